"""The works that an article cites, each at the place where a finding about it belongs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

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


def related(
    subject: Subject,
    context: Context,
    code: str,
    chosen: Callable[[Work], Iterable[Relation]],
    kind: str = "",
) -> Iterator[Finding]:
    """A finding for each notice that ``chosen`` gives of a work that the article cites.

    What several sources say of one notice is one finding that names them all; ``kind`` chooses
    the rule's message.
    """
    for work, place in (*cited(subject, context), *_listed(subject, context)):
        by_target: defaultdict[str, list[Relation]] = defaultdict(list)
        for relation in chosen(work):
            by_target[str(relation.target)].append(relation)
        for said in by_target.values():
            date = max(one.date for one in said)
            reasons = dict.fromkeys(one.reason for one in said if one.reason)
            yield subject.finding_at(
                code,
                place,
                about=work.id,
                work=work.name or work.id,
                notice=identifiers.link(said[0].target),
                when=f" ({date})" if date else "",
                source=", ".join(sorted({one.source or "registry" for one in said})),
                asked=_asked(work, said, context),
                why=f": {'; '.join(reasons)}" if reasons else "",
                kind=kind,
            )


def of_kind(kind: str) -> Callable[[Work], Iterator[Relation]]:
    """The relations of one kind."""
    return lambda work: (one for one in work.relations if one.kind == kind)


def _listed(subject: Subject, context: Context) -> Iterator[tuple[Work, tuple[int, int]]]:
    """The works that a hand-made list names, each at its reference."""
    for work, offset in context.listed:
        yield work, subject.lines.at(offset)


def _asked(work: Work, said: Sequence[Relation], context: Context) -> str:
    """When somebody was last asked about the work, as far as that is known."""
    if context.checked_online:
        return f"asked {context.today}"
    heard = [
        context.records[key][0].heard[:10]
        for key in work.members
        if key in context.records and context.records[key][0].source not in _PRINT
    ]
    is_local = any(one.source == "retraction-watch" for one in said)
    days = [*heard, context.data_of if is_local else ""]
    return f"last asked {max(days)}" if any(days) else "not asked again"
