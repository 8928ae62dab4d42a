"""One work listed twice.

Two references of a hand-made list are the same work, though they are printed differently:
by DOI, or by title, authors and year together.

Why: the list looks longer than it is, and the poorer copy is the one that gets copied on.

Bad::

    参考文献

    [1] M. Modic and J. Ross, “Acute low back pain and radiculopathy,” [Online]. Available: https://pubs.rsna.org/doi/abs/10.1148/radiol.2372041509
    [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
    [3] M. T. Modic et al., “Acute low back pain and radiculopathy,” Radiology, vol. 237, 2005, doi: 10.1148/radiol.2372041509.

Good::

    参考文献

    [1] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.
    [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
    [3] M. T. Modic et al., “Acute low back pain and radiculopathy,” Radiology, vol. 237, 2005, doi: 10.1148/radiol.2372041509.

日本語: 同じ文献の重複。

手書きの一覧の二つの文献が、書き方は違っても同じものです(DOI、または題名・著者・年の一致による)。

理由: 一覧が実際より長く見え、不完全なほうが次の記事に写されていきます。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import listed
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Each pair, at the later of its two references."""
    places = {reference.label: reference.span.start for reference in listed(context)}
    for double in context.doubles:
        if double.first in places and double.second in places:
            first, second = sorted((double.first, double.second), key=places.__getitem__)
            line, _ = subject.lines.at(places[first])
            yield subject.finding(
                "DUP001",
                places[second],
                kind="" if double.is_certain else "possible",
                first=first,
                second=second,
                line=str(line),
            )


RULE = Rule(
    code="DUP001",
    name="listed-twice",
    page=__doc__,
    messages={
        "": (
            "[{second}] is the same work as [{first}] (line {line})",
            "[{second}] は [{first}]({line}行目)と同じ文献です",
        ),
        "possible": (
            "[{second}] may be the same work as [{first}] (line {line}); look at both",
            "[{second}] は [{first}]({line}行目)と同じ文献かもしれません。見比べてください",
        ),
    },
    check=check,
)
