"""What became of the cited works: findings from their relations."""

from __future__ import annotations

from collections.abc import Iterator

from refpipe import identifiers
from refpipe.checks.citing import cited
from refpipe.checks.context import Context
from refpipe.checks.subject import Subject
from refpipe.model import Finding, Relation, Work

_PRINT = frozenset({"printed", "manual"})


def related(subject: Subject, context: Context, code: str, kind: str) -> Iterator[Finding]:
    """A finding for each cited work that has a relation of this kind."""
    for work, place in cited(subject, context):
        notices: dict[str, Relation] = {}
        for relation in work.relations:
            if relation.kind == kind:
                notices.setdefault(str(relation.target), relation)
        for relation in notices.values():
            yield subject.finding_at(
                code,
                place,
                about=work.id,
                work=work.name or work.id,
                notice=identifiers.link(relation.target),
                when=f" ({relation.date})" if relation.date else "",
                source=relation.source or "registry",
                asked=_asked(work, context),
            )


def _asked(work: Work, context: Context) -> str:
    """When a registry last answered for the work, as far as that is known."""
    if context.checked_online:
        return f"asked {context.today}"
    heard = [
        context.records[key][0].heard[:10]
        for key in work.members
        if key in context.records and context.records[key][0].source not in _PRINT
    ]
    return f"last asked {max(heard)}" if any(heard) else "not asked again"
