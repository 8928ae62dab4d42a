"""The works that an article cites, each at the place where a finding about it belongs."""

from __future__ import annotations

from collections.abc import Iterator

from refpipe import dates
from refpipe.checks.context import Context
from refpipe.checks.subject import Subject
from refpipe.model import Item, PartialDate, Work


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
