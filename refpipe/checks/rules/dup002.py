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

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import cited
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Each undecided pair of which the article cites both, at the later first mention."""
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


RULE = Rule(
    code="DUP002",
    name="perhaps-cited-twice",
    page=__doc__,
    messages={
        "": (
            "{work} and {other} may be one work; decide with refpipe review",
            "{work} と {other} は同じ文献かもしれません。refpipe review で決めてください",
        )
    },
    check=check,
)
