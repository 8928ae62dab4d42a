"""A reference whose DOI stands only in the address of a page.

The DOI can be read from the address, or only guessed from it; then it waits for a registry.

Why: addresses of publishers change, DOIs do not.

Bad::

    参考文献

    [1] M. Modic and J. Ross, “MR imaging findings,” [Online]. Available: https://pubs.rsna.org/doi/abs/10.1148/radiol.2372041509
    [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
    [3] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.

Good::

    参考文献

    [1] M. Modic and J. Ross, “MR imaging findings,” Radiology, 2005, doi: 10.1148/radiol.2372041509.
    [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
    [3] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.

日本語: DOIがページのアドレスの中にしかない文献。

アドレスからDOIを読み取れるか、推定しかできません。推定の場合は登録機関の確認を待ちます。

理由: 出版社のアドレスは変わりますが、DOIは変わりません。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import listed
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Claim, Finding, Scheme


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """References that print an address, no DOI of their own, and hide one in the address."""
    for reference in listed(context):
        dois = [c for c in reference.reading.claims if c.identifier.scheme is Scheme.DOI]
        if dois and all(_is_hidden(claim) for claim in dois):
            is_guess = dois[0].certainty == "candidate"
            yield subject.finding(
                "REF006",
                reference.span.start,
                about=str(dois[0].identifier),
                kind="guess" if is_guess else "",
                label=reference.label,
                doi=dois[0].identifier.value,
            )


def _is_hidden(claim: Claim) -> bool:
    """Whether a rule took the identifier out of an address; doi.org's own addresses are DOIs."""
    return bool(claim.rule) and not claim.rule.startswith("doi.org") and claim.rule != "doi-org"


RULE = Rule(
    code="REF006",
    name="doi-only-in-address",
    page=__doc__,
    messages={
        "": (
            "[{label}]: the DOI stands only in the address; write doi: {doi}",
            "[{label}] のDOIがアドレスの中にしかありません。doi: {doi} と書いてください",
        ),
        "guess": (
            "[{label}]: no DOI; its address suggests {doi}, which no registry has confirmed",
            "[{label}] にDOIがありません。アドレスからは {doi} と推定されますが、未確認です",
        ),
    },
    check=check,
)
