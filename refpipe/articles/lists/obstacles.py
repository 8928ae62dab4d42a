"""Why the numbers of an article cannot be held against its list: they may mean another line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from refpipe.articles.lists import candidates, evidence, labels
from refpipe.articles.lists.candidates import Candidate
from refpipe.articles.lists.units import Unit
from refpipe.model import Fault

_COUNTED_ANEW = re.compile(r"\s(?:start|reversed)\b", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]*\svalue\s*=", re.IGNORECASE)


def of(text: str, found: Candidate, others: Sequence[Candidate]) -> tuple[Fault, ...]:
    """What stands against reading the numbers of the text by this list."""
    return tuple(_all(text, found, others))


def _all(text: str, found: Candidate, others: Sequence[Candidate]) -> Iterator[Fault]:
    line = _line(text, found)
    for second in sorted({_line(text, other) for other in others}):
        yield Fault(
            line=second,
            message=f"there are two lists of references, here and at line {line}; a number in the"
            " text may mean either. Make one list of them, with numbers that go on",
        )
    labelled = [draft.label.number for draft in found.drafts if draft.label]
    if 0 < len(labelled) < len(found.drafts):
        bare = next(draft for draft in found.drafts if draft.label is None)
        at = text.count("\n", 0, bare.units[0].start) + 1
        yield Fault(
            line=at,
            message="a line without a number stands in the numbered list, and it is not clear"
            " whether it is a reference. Join it to the reference it belongs to, or number it",
        )
    elif len(set(labelled)) < len(labelled):
        yield Fault(line=line, message="a number stands twice in the list. Number it anew")
    if not labelled and _is_counted_anew(text, found):
        yield Fault(
            line=line,
            message="the list sets its numbers itself (start, reversed or value). Write it with"
            " numbers from 1, and the citations after it",
        )


def _is_counted_anew(text: str, found: Candidate) -> bool:
    holder, end = found.drafts[0].units[0].container, found.drafts[-1].units[-1].end
    if holder < 0:
        return False
    opening = text[holder : text.find(">", holder) + 1]
    return _COUNTED_ANEW.search(opening) is not None or _ITEM.search(text, holder, end) is not None


def _line(text: str, candidate: Candidate) -> int:
    return text.count("\n", 0, candidate.drafts[0].units[0].start) + 1


def unreadable(units: Sequence[Unit]) -> tuple[Fault, ...]:
    """The entries under a heading of references, where they cannot be read as references.

    ``line`` of each counts signs from the beginning of the text, not lines: units know no lines.
    """
    for index, unit in enumerate(units[:-1]):
        entries = _entries(units, index + 1) if candidates.is_heading(unit) else []
        if entries and not unit.is_dead:
            return tuple(_told(entry) for entry in entries if _is_weak(entry)) or (
                _told(entries[0]),
            )
    return ()


def _entries(units: Sequence[Unit], start: int) -> list[Unit]:
    """The numbered or bulleted lines that stand straight under a heading."""
    entries: list[Unit] = []
    for unit in units[start:]:
        is_entry = labels.read(unit.text) or labels.bullet(unit.text) or unit.container >= 0
        if not is_entry or unit.is_dead or unit.is_heading:
            break
        entries.append(unit)
    return entries


def _is_weak(unit: Unit) -> bool:
    label = labels.read(unit.text)
    cut = label.length if label else labels.bullet(unit.text)
    return evidence.of(unit.text[cut:]) < evidence.WEAK


def _told(unit: Unit) -> Fault:
    return Fault(
        line=unit.start,
        message=f"this list of references cannot be read: “{unit.text[:40]}” tells no work"
        " (names, title and year, or an address). Write each reference out in full",
    )
