"""The mark of a footnote at the end of a title.

A digit, asterisk or dagger was glued to the title when it was copied from the journal's page.

Why: it is no part of the title; searches for the title fail, and two copies look like two works.

Bad::

    参考文献

    [1] M. Modic and J. Ross, “MR Imaging Findings and Their Effect on Outcome1,” Radiology, 2005.
    [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
    [3] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.

Good::

    参考文献

    [1] M. Modic and J. Ross, “Imaging of type 2 Modic changes and interleukin-1,” Radiology, 2005.
    [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
    [3] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.

日本語: 題名の末尾に残った脚注記号。

雑誌のページから写したときに、数字やアスタリスクなどの脚注記号が題名に付いたままになっています。

理由: 題名の一部ではありません。題名での検索に失敗し、同じ文献が別の文献に見えます。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import listed
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """References whose reader found such a mark at the end of the title."""
    for reference in listed(context):
        for repair in reference.reading.repairs:
            if repair.field == "title" and "footnote" in repair.reason:
                yield subject.finding(
                    "REF004",
                    reference.span.start,
                    label=reference.label,
                    before=repair.before[-30:],
                    after=repair.after[-30:],
                )


RULE = Rule(
    code="REF004",
    name="footnote-mark",
    page=__doc__,
    messages={
        "": (
            "[{label}]: “{before}” ends with the mark of a footnote; the title is “{after}”",
            "[{label}] の題名「{before}」に脚注記号が付いています(正しくは「{after}」)",
        )
    },
    check=check,
)
