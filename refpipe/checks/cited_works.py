"""The works that an article cites, each at the place where a finding about it belongs."""

from __future__ import annotations

from collections.abc import Iterator

from refpipe import dates, identifiers
from refpipe.checks.context import Context
from refpipe.checks.subject import Subject
from refpipe.model import Finding, Item, PartialDate, Relation, Work


def cited(subject: Subject, context: Context) -> Iterator[tuple[Work, tuple[int, int]]]:
    """Each cited or listed work once, with line and column of its first mention."""
    seen: set[str] = set()
    for key, place in subject.first_mentions.items():
        work = context.works.get(key)
        if work is not None and work.id not in seen:
            seen.add(work.id)
            yield work, place


def issued(item: Item) -> PartialDate | None:
    """The date of a work as far as it is known; None without a year."""
    return dates.from_parts((item.get("issued") or {}).get("date-parts"))


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
