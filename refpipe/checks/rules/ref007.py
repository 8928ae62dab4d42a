"""Authors with surnames only.

Every author is a bare family name: no given name, no initial.

Why: "Hughes" is thousands of people; a list pasted without initials is often damaged elsewhere.

Bad::

    参考文献

    [1] Yildiz, Irwin, Ozgokce, and Hughes, “Cauda equina in pregnancy,” Cureus, 2025, doi: 10.7759/cureus.82274.
    [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
    [3] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.

Good::

    参考文献

    [1] S. Yildiz and D. Hughes, “Cauda equina in pregnancy,” Cureus, 2025, doi: 10.7759/cureus.82274.
    [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
    [3] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.

日本語: 姓だけの著者名。

どの著者にも名やイニシャルがありません。

理由: Hughes という姓の人は無数にいます。イニシャルの欠けた一覧は、ほかの箇所も壊れていることが
多いものです。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import cited, has_only_surnames, listed
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding, Item


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """References of the hand-made list, and cited works that only print vouches for."""
    for reference in listed(context):
        if has_only_surnames(reference.item):
            yield subject.finding(
                "REF007",
                reference.span.start,
                work=f"[{reference.label}]",
                names=_names(reference.item),
            )
    for work, place in cited(subject, context):
        if not work.is_confirmed and has_only_surnames(work.item):
            names = _names(work.item)
            yield subject.finding_at("REF007", place, about=work.id, work=work.name, names=names)


def _names(item: Item) -> str:
    families = [str(name.get("family", "")) for name in item["author"]]
    return ", ".join(families[:3]) + (" …" if len(families) > 3 else "")


RULE = Rule(
    code="REF007",
    name="surnames-only",
    page=__doc__,
    messages={
        "": (
            "{work}: the authors are surnames only ({names})",
            "{work} の著者が姓だけです({names})",
        )
    },
    check=check,
)
