"""A printed reference without a year.

Why: the reader cannot tell research of last year from research of the last century.

Bad::

    参考文献

    [1] M. Modic and J. Ross, “MR imaging findings,” [Online]. Available: https://pubs.rsna.org/doi/abs/10.1148/radiol.2372041509
    [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
    [3] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.

Good::

    参考文献

    [1] M. Modic and J. Ross, “MR imaging findings,” Radiology, vol. 237, pp. 597–604, Nov. 2005.
    [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
    [3] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.

日本語: 年のない文献。

手書きの一覧の文献に、発行年がありません。

理由: 去年の研究なのか前世紀の研究なのか、読者には分かりません。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe import dates
from refpipe.checks.context import Context
from refpipe.checks.references import Listed, listed
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """References of the hand-made list in which no year was found; web pages have none to print."""
    for reference in listed(context):
        if not _has_year(reference):
            yield subject.finding("REF008", reference.span.start, label=reference.label)


def _has_year(reference: Listed) -> bool:
    issued = reference.item.get("issued", {})
    return dates.from_parts(issued.get("date-parts")) is not None or bool(issued.get("literal"))


RULE = Rule(
    code="REF008",
    name="no-year",
    page=__doc__,
    messages={"": ("[{label}]: no year", "[{label}] に発行年がありません")},
    check=check,
)
