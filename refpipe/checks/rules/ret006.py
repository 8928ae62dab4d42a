"""A cited work that is a notice about another.

What is cited is no study: it is the notice by which another work was retracted, doubted, corrected
or reinstated.  The finding names that work.

Why: a notice is easily taken for the paper, whose title it bears.  Who cites it on purpose answers
with a waiver.

Library::

    {"key": "doi:10.5555/a", "item": {"title": "A"}, "relations": [{"kind": "retraction-of", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "publisher"}]}
    {"key": "doi:10.5555/c", "item": {"title": "C"}}

Bad::

    痛みは半年で軽くなる [@doi:10.5555/a]。

Good::

    痛みは半年で軽くなる [@doi:10.5555/c]。

日本語: 告知そのものの引用。

引用されているのは研究ではなく、ほかの文献の撤回・懸念・訂正・復帰を知らせる告知です。どの文献の告知かを
示します。

理由: 告知は論文と同じ題名を持ち、取り違えやすいものです。意図した引用なら、除外指定で応えてください。
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import related
from refpipe.checks.rule import Rule, Subject
from refpipe.checks.standing import NOTICES, notices_of
from refpipe.model import Finding, Relation, Work


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Cited works that are notices, each at its first mention."""
    for kind in NOTICES:
        yield from related(subject, context, "RET006", _of(kind), kind=kind)


def _of(kind: str) -> Callable[[Work], Iterator[Relation]]:
    return lambda work: (one for one in notices_of(work) if one.kind == f"{kind}-of")


RULE = Rule(
    code="RET006",
    name="notice",
    page=__doc__,
    messages={
        "retraction": (
            "{work} is the notice that retracted {notice}{when}, not the paper (says {source})",
            "{work} は論文ではなく、{notice} の撤回の告知です{when}(情報源: {source})",
        ),
        "expression-of-concern": (
            "{work} is the expression of concern about {notice}{when}, not the paper (says {source})",
            "{work} は論文ではなく、{notice} への懸念の表明です{when}(情報源: {source})",
        ),
        "correction": (
            "{work} is the correction of {notice}{when}, not the paper (says {source})",
            "{work} は論文ではなく、{notice} の訂正です{when}(情報源: {source})",
        ),
        "reinstatement": (
            "{work} is the notice that reinstated {notice}{when}, not the paper (says {source})",
            "{work} は論文ではなく、{notice} の撤回を取り消した告知です{when}(情報源: {source})",
        ),
    },
    check=check,
)
