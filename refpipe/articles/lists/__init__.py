"""A plain list of references in an article: where it stands, what is in it, and who cites it.

``find`` gives the list or None; ``numbers`` the plain citations that name it, and what may be
one.  Opening hours, calendars, tables and numbered steps are no references: a list is one when
its lines read as references, and where it ends is found the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from refpipe.articles.lists import candidates, obstacles, units
from refpipe.articles.lists.candidates import Candidate, Draft
from refpipe.articles.lists.citing import Numbers, numbers
from refpipe.articles.lists.nouns import LegacyCitation, LegacyList, LegacyReference
from refpipe.articles.lists.one_line import one_line
from refpipe.model import Fault, Span

__all__ = [
    "LegacyCitation",
    "LegacyList",
    "LegacyReference",
    "Numbers",
    "find",
    "numbers",
    "unreadable",
]


def find(text: str, format: str) -> LegacyList | None:  # noqa: A002
    """The plain list of references in an article; ``format`` is ``markdown`` or ``html``.

    None where nothing is unmistakably such a list.
    """
    found, others = candidates.best(units.read(text, format))
    if found is None:
        return None
    numbers = _numbers(text, found, format)
    references = tuple(
        _reference(draft, number) for draft, number in zip(found.drafts, numbers, strict=True)
    )
    heading = found.heading
    return LegacyList(
        span=_span(text, found, format),
        heading=Span(heading.outer_start, heading.outer_end) if heading else None,
        references=references,
        faults=_faults(text, found, numbers),
        style=next((draft.label.style for draft in found.drafts if draft.label), ""),
        obstacles=obstacles.of(text, found, others, numbers),
    )


def unreadable(text: str, format: str) -> tuple[Fault, ...]:  # noqa: A002
    """The lines of a list under a heading of references that ``find`` cannot read as one."""
    return tuple(
        replace(fault, line=text.count("\n", 0, fault.line) + 1)
        for fault in obstacles.unreadable(units.read(text, format))
    )


def _reference(draft: Draft, number: int) -> LegacyReference:
    return LegacyReference(
        label=str(number),
        span=Span(draft.units[0].start, draft.units[-1].end),
        text=one_line(draft.text),
    )


def _numbers(text: str, found: Candidate, format: str) -> list[int]:  # noqa: A002
    """The number that a reader sees before each reference."""
    labels = [draft.label.number if draft.label else None for draft in found.drafts]
    style = next((draft.label.style for draft in found.drafts if draft.label), "")
    if format != "html" and style in ("n.", "n)") and len(labels) > 1 and len(set(labels)) == 1:
        # Markdown counts on from the first number, whatever the others are.
        return list(range(labels[0] or 1, (labels[0] or 1) + len(labels)))
    if any(labels):
        return [label or position for position, label in enumerate(labels, 1)]
    return obstacles.counted(text, found)


def _span(text: str, found: Candidate, format: str) -> Span:  # noqa: A002
    """The whole list; where HTML holds it, with the elements that hold nothing but references."""
    first, last = found.drafts[0].units[0], found.drafts[-1].units[-1]
    span = found.whole or Span(first.start, last.end)
    is_tagged = format == "html" or text.startswith("<", span.start)
    return units.whole_elements(text, span) if is_tagged else span


def _faults(text: str, found: Candidate, numbers: Sequence[int]) -> tuple[Fault, ...]:
    """Numbers that are missing or stand twice."""
    faults: list[Fault] = []
    for draft, number, previous in zip(found.drafts[1:], numbers[1:], numbers, strict=False):
        if number != previous + 1 and draft.label is not None:
            line = text.count("\n", 0, draft.units[0].start) + 1
            message = f"the list goes from {previous} to {number}; a number is missing"
            faults.append(Fault(line=line, message=message))
    return tuple(faults)
