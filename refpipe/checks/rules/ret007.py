"""A cited work whose retraction was itself withdrawn.

The work was retracted, and a later notice took that back: by mistake it was the wrong paper, or it
was retracted and replaced by a mended version in its place.  The finding says which.

Why: of a paper that was replaced, the page may quote what is no longer in it; of one that was
reinstated, the writer should know that it was in doubt.

Library::

    {"key": "doi:10.5555/a", "item": {"title": "A"}, "relations": [{"kind": "retraction", "target": "doi:10.5555/b", "date": "2023-03-01", "source": "retraction-watch"}, {"kind": "reinstatement", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "retraction-watch"}]}
    {"key": "doi:10.5555/c", "item": {"title": "C"}}

Bad::

    痛みは半年で軽くなる [@doi:10.5555/a]。

Good::

    痛みは半年で軽くなる [@doi:10.5555/c]。

日本語: 撤回が取り消された文献の引用。

いったん撤回され、後の告知でそれが取り消された文献です。誤って撤回された場合と、訂正した版に差し替え
られた場合(retract and replace)があり、どちらかを示します。

理由: 差し替えられた論文では、ページの引いた内容がもう載っていないかもしれません。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import related
from refpipe.checks.rule import Rule, Subject
from refpipe.checks.standing import is_replaced, reinstatements
from refpipe.model import Finding, Relation, Work


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Cited works that were reinstated or replaced, each at its first mention."""
    yield from related(subject, context, "RET007", _restored)
    yield from related(subject, context, "RET007", _replaced, kind="replaced")


def _restored(work: Work) -> tuple[Relation, ...]:
    found = reinstatements(work)
    return () if is_replaced(work.relations) else found


def _replaced(work: Work) -> tuple[Relation, ...]:
    found = reinstatements(work)
    return found if is_replaced(work.relations) else ()


RULE = Rule(
    code="RET007",
    name="reinstated",
    page=__doc__,
    messages={
        "": (
            "{work} was retracted, and that was withdrawn{when}; read {notice} (says {source})",
            "{work} はいったん撤回され、それが取り消されました{when}。{notice} を確かめてください(情報源: {source})",
        ),
        "replaced": (
            "{work} was retracted and replaced by a mended version{when}; read {notice} (says {source})",
            "{work} は撤回され、訂正した版に差し替えられました{when}。{notice} を確かめてください(情報源: {source})",
        ),
    },
    check=check,
)
