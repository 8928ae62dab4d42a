"""Works that an article lists or cites twice."""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.references import cited, listed
from refpipe.checks.rule import Context, Subject, rule
from refpipe.model import Finding


@rule(
    "DUP001",
    "listed-twice",
    {
        "": (
            "[{second}] is the same work as [{first}] (line {line})",
            "[{second}] は [{first}]({line}行目)と同じ文献です",
        ),
        "possible": (
            "[{second}] may be the same work as [{first}] (line {line}); look at both",
            "[{second}] は [{first}]({line}行目)と同じ文献かもしれません。見比べてください",
        ),
    },
)
def listed_twice(subject: Subject, context: Context) -> Iterator[Finding]:
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


@rule(
    "DUP002",
    "perhaps-cited-twice",
    {
        "": (
            "{work} and {other} may be one work; decide with refpipe review",
            "{work} と {other} は同じ文献かもしれません。refpipe review で決めてください",
        )
    },
)
def perhaps_cited_twice(subject: Subject, context: Context) -> Iterator[Finding]:
    """Two cited works that may be one.

    The library could not tell whether they are the same, and waits for a person: `refpipe review`
    shows both, `refpipe merge` and `refpipe split` decide.

    Why: the list then has one work twice, or the reader is sent to the wrong one of two.

    Library::

        {"key": "doi:10.5555/one", "item": {"title": "Natural history of disc herniation"}}
        {"key": "doi:10.5555/two", "item": {"title": "Natural history of disc herniation"}, "possible": "doi:10.5555/one"}
        {"key": "doi:10.5555/other", "item": {"title": "Another"}}

    Bad::

        自然に縮小する [@doi:10.5555/one]。半年で小さくなる [@doi:10.5555/two]。

    Good::

        自然に縮小する [@doi:10.5555/one]。半年で小さくなる [@doi:10.5555/other]。

    日本語: 同じかもしれない二つの文献の引用。

    同じ文献かどうかライブラリには判断できず、人の判断を待っています。`refpipe review` で両方を見て、
    `refpipe merge` か `refpipe split` で決めてください。

    理由: 一つの文献が一覧に二度載るか、読者を別の文献に導いてしまいます。
    """
    if not context.possible:
        return
    works = {work.id: (work, place) for work, place in cited(subject, context)}
    order = list(works)
    for pair in context.possible:
        if pair[0] in works and pair[1] in works:
            first, second = sorted(pair[:2], key=order.index)
            work, place = works[second]
            yield subject.finding_at(
                "DUP002",
                place,
                about=second,
                work=work.name or second,
                other=works[first][0].name or first,
            )
