"""Why the numbers of an article cannot be held against its list: they may mean another line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from refpipe import identifiers
from refpipe.articles.lists import labels
from refpipe.articles.lists.candidates import Candidate, Draft
from refpipe.articles.lists.legacy_list import (
    STRONG,
    WEAK,
    entries_from,
    is_heading,
    reference_score,
)
from refpipe.articles.lists.units import Unit
from refpipe.lifetimes import lazy
from refpipe.model import LONGEST_REFERENCE, Certainty, Fault, Scheme

_ATTRIBUTE = lazy(r"\s(start|reversed)\b(?:\s*=\s*[\"']?([^\s\"'<>]*))?", re.IGNORECASE)
_TWO_WORKS = lazy(
    r"(?<!\d)(?:19|20)\d\d\b[^a-z]{0,40}[;；]\s+"
    r"(?:[A-Z][\w'-]+,?\s[A-Z]{1,3}\b|[一-龯]{2,})[^;；]{10,}(?<!\d)(?:19|20)\d\d\b"
)
"""A year, a semicolon, and then names and a year once more."""
_VALUE = lazy(r"<li\b[^<>]*\svalue\s*=\s*[\"']?(\d+)[^<>]*>\s*\Z", re.IGNORECASE)


def of(
    text: str,
    units: Sequence[Unit],
    found: Candidate,
    others: Sequence[Candidate],
    numbers: Sequence[int],
) -> tuple[Fault, ...]:
    """What stands against reading the numbers of the text by this list."""
    seconds = {_line(text, other) for other in others}
    seconds |= {text.count("\n", 0, unit.start) + 1 for unit in _headed_besides(units, found)}
    return (
        *_all(text, found, seconds, numbers),
        *_going_on(text, units, found, numbers),
        *_cut_short(text, units, found),
    )


def _going_on(
    text: str, units: Sequence[Unit], found: Candidate, numbers: Sequence[int]
) -> Iterator[Fault]:
    """The next reference, where one stands behind the last: the list was cut short."""
    label = found.drafts[-1].label
    if label is None:
        return
    last, end = numbers[-1], found.drafts[-1].units[-1].end
    following = [unit for unit in units if unit.start >= end and unit.text.strip()]
    number = re.match(r"[^\w\s]*\s?(\d+)(?![\w])", following[0].text) if following else None
    is_next = number and int(number[1]) == last + 1
    if number and is_next and reference_score(following[0].text[number.end() :]) >= WEAK:
        yield Fault(
            line=text.count("\n", 0, following[0].start) + 1,
            message=f"the list of references was read up to {last} and goes on here."
            " Lists are read up to 999 references; make two pages of it",
        )
        return
    for unit in following:
        other = None if unit.is_dead else labels.read(unit.text)
        if other is None or (other.style, other.number) != (label.style, last + 1):
            continue
        if reference_score(unit.text[other.length :]) >= STRONG:
            yield Fault(
                line=text.count("\n", 0, unit.start) + 1,
                message=f"the list of references was read up to {last} and goes on here."
                " Make one list of it, with no heading and no paragraph between its references",
            )
            return


def _cut_short(text: str, units: Sequence[Unit], found: Candidate) -> Iterator[Fault]:
    """The bullet behind the last reference that may be one: not all of the list was read."""
    draft = found.drafts[-1]
    bullet = _bullet(draft.units[0])
    if not bullet or draft.label:
        return
    end = draft.units[-1].end
    for unit in units:
        if unit.start < end:
            continue
        if text.count("\n", end, unit.start) > 1 or _bullet(unit) != bullet:
            return
        if reference_score(unit.text[len(bullet) :].strip()) >= _SOME:
            yield Fault(
                line=text.count("\n", 0, unit.start) + 1,
                message=f"the list goes on with “{unit.text.strip()[:40]}”, which tells too little"
                " to be read as a reference. Write each reference out in full, or part what is none"
                " from the list with an empty line",
            )
            return
        end = unit.end


def _bullet(unit: Unit) -> str:
    return unit.text[: labels.bullet(unit.text)]


_SOME = 0.5
"""Evidence that a line behind a list may be one of its references."""


def _headed_besides(units: Sequence[Unit], found: Candidate) -> Iterator[Unit]:
    """The first entry under each other heading of references: a list, readable or not."""
    start, end = found.drafts[0].units[0].start, found.drafts[-1].units[-1].end
    for index, unit in enumerate(units[:-1]):
        first = units[index + 1]
        if unit.is_dead or start <= first.start < end or not is_heading(unit):
            continue
        label = labels.read(first.text)
        is_entry = label.style in _COUNTING if label else first.container >= 0
        if is_entry and not first.is_dead and not first.is_heading:
            yield first


def _remarks(text: str, found: Candidate) -> Iterator[Fault]:
    """The footnotes that tell no work, in a list of footnotes that tell some."""
    for draft in found.drafts:
        is_said = draft.evidence < 0 or (draft.evidence == 0 and _SAYING.search(draft.text))
        if draft.label and draft.label.style == "[^n]" and is_said:
            yield Fault(
                line=text.count("\n", 0, draft.units[0].start) + 1, message=_remark(draft.text)
            )


_SAYING = lazy(r"(?:[。！？!?]|です|ます|ません|ください)[)）」\s]*\Z")
"""How a sentence ends, and no reference."""


def _remark(text: str) -> str:
    return (
        f"this footnote tells no work, and others do: “{text.strip()[:40]}”. They share their"
        " numbers; write it into the text, or give it a sign of its own such as ※"
    )


def _footnotes(text: str, found: Candidate, line: int) -> Iterator[Fault]:
    """The first of the footnotes that stand with numbered references, of which it is no part."""
    styles = [draft.label.style if draft.label else "" for draft in found.drafts]
    if "[^n]" in styles and set(styles) != {"[^n]"}:
        first = found.drafts[styles.index("[^n]")].units[0].start
        yield Fault(
            line=text.count("\n", 0, first) + 1,
            message=f"there are two lists of references, here and at line {line}; a number in the"
            " text may mean either. Make one list of them, with numbers that go on",
        )


_COUNTING = frozenset({"[n]", "n.", "n)", "(n)", "n", "¹", "文献n"})


def _all(
    text: str, found: Candidate, seconds: Collection[int], numbers: Sequence[int]
) -> Iterator[Fault]:
    line = _line(text, found)
    for second in sorted(seconds):
        yield Fault(
            line=second,
            message=f"there are two lists of references, here and at line {line}; a number in the"
            " text may mean either. Make one list of them, with numbers that go on",
        )
    for draft, number in zip(found.drafts, numbers, strict=True):
        if draft.text.startswith("[^"):
            yield Fault(
                line=text.count("\n", 0, draft.units[0].start) + 1,
                message="the list counts with letters or Roman numerals. Give it numbers from 1,"
                " and write the citations after them",
            )
        if not re.search(r"\w", draft.text):
            yield Fault(
                line=text.count("\n", 0, draft.units[0].start) + 1,
                message=f"reference {number} has no text. Write it out, or take its number away",
            )
        if len(draft.text) > LONGEST_REFERENCE:
            yield Fault(
                line=text.count("\n", 0, draft.units[0].start) + 1,
                message=f"reference {number} has more than {LONGEST_REFERENCE:,} signs, and so much"
                " is not read. Give each work a line of its own, or shorten it",
            )
        elif _is_crowded(draft, numbers):
            yield Fault(
                line=text.count("\n", 0, draft.units[0].start) + 1, message=_several(draft.text)
            )
        elif _holds_two(draft.text):
            yield Fault(
                line=text.count("\n", 0, draft.units[0].start) + 1,
                message=f"reference {number} seems to hold two works; give each its own number:"
                f" {draft.text[:60]}",
            )
    labelled = [draft.label for draft in found.drafts if draft.label]
    yield from _footnotes(text, found, line)
    yield from _remarks(text, found)
    if 0 < len(labelled) < len(found.drafts):
        bare = next(draft for draft in found.drafts if draft.label is None)
        at = text.count("\n", 0, bare.units[0].start) + 1
        yield Fault(
            line=at,
            message="a line without a number stands in the numbered list, and it is not clear"
            " whether it is a reference. Join it to the reference it belongs to, or number it",
        )
    elif len(set(numbers)) < len(numbers):
        yield Fault(line=line, message="a number stands twice in the list. Number it anew")


def _is_crowded(draft: Draft, numbers: Sequence[int]) -> bool:
    """Whether the reference with the next number, which the list lacks, stands on the line too."""
    if draft.label is None or draft.label.number + 1 in numbers:
        return False
    following = rf"(?<=[\s.。．)）])[\[［(（]?{draft.label.number + 1}[\]］)）.．]\s*(?=\S)"
    pieces = re.split(following, draft.text, maxsplit=1)
    return len(pieces) == 2 and all(reference_score(piece) >= WEAK for piece in pieces)


def _holds_two(entry: str) -> bool:
    """Whether an entry tells two works: names and a year twice, or two DOIs."""
    # A DOI that goes on behind a full stop or a slash has caught the next word, or names a part.
    return _TWO_WORKS.search(entry) is not None or any(
        not other.startswith(one) or other[len(one)].isalnum()
        for one, other in combinations(_dois(entry), 2)
    )


def _dois(entry: str) -> list[str]:
    """The DOIs that an entry prints, each once, in the order of the alphabet."""
    claims = [claim for _, claim in identifiers.find(entry) if claim.certainty is Certainty.LITERAL]
    found = [claim.identifier for claim in claims]
    return sorted({one.value for one in found if one.scheme is Scheme.DOI})


def opening(text: str, found: Candidate) -> str:
    """The ``<ol …>`` of a list; empty where none holds it."""
    holder = found.drafts[0].units[0].container
    if holder < 0 or not text.startswith("<ol", holder):
        return ""
    return text[holder : text.find(">", holder) + 1]


def counted(text: str, found: Candidate) -> list[int]:
    """The numbers of a list without labels, as a browser counts them."""
    attributes = {one[1].lower(): one[2] or "" for one in _ATTRIBUTE.finditer(opening(text, found))}
    step = -1 if "reversed" in attributes else 1
    begin = len(found.drafts) if step < 0 else 1
    if re.fullmatch(r"-?\d{1,6}", attributes.get("start", "")):
        begin = int(attributes["start"])
    numbers: list[int] = []
    for draft in found.drafts:
        value = _VALUE.search(text, max(0, draft.units[0].start - 300), draft.units[0].start)
        begin = int(value[1]) if value else begin
        numbers.append(begin)
        begin += step
    return numbers


def _line(text: str, candidate: Candidate) -> int:
    return text.count("\n", 0, candidate.drafts[0].units[0].start) + 1


def unreadable(text: str, units: Sequence[Unit], *, but_notes: bool = False) -> tuple[Fault, ...]:
    """The entries under a heading of references, where they cannot be read as references.

    ``but_notes`` leaves out what stands under a heading of notes (注釈), which need be no
    references.  ``line`` of each counts signs from the beginning of the text, not lines: units
    know no lines.
    """
    units = [unit for unit in units if unit.text.strip()]
    for index, unit in enumerate(units[:-1]):
        is_list = is_heading(unit) and not (but_notes and re.search("注|note", unit.text))
        entries = _entries(text, units, entries_from(units, index)) if is_list else []
        if entries and not unit.is_dead:
            return tuple(_told(entry) for entry in entries if _is_weak(entry)) or (
                _told(entries[0]),
            )
    return () if but_notes else tuple(_mixed(units)) or tuple(_crowded(units))


_FOOTNOTE = lazy(r"\[\^[^\[\]\s]+\]:\s*")


def _mixed(units: Sequence[Unit]) -> Iterator[Fault]:
    """The footnotes that tell no work, where at least one of the page's tells one."""
    heads = [None if unit.is_dead else _FOOTNOTE.match(unit.text) for unit in units]
    notes = [
        (unit, unit.text[head.end() :]) for unit, head in zip(units, heads, strict=True) if head
    ]
    if any(reference_score(text) >= STRONG for _, text in notes):
        for unit, text in notes:
            if reference_score(text) < WEAK:
                yield Fault(line=unit.start, message=_remark(text))


_CROWDED = lazy(
    r"(?:^|[\s:：])[\[［(（]?[1１][\]］)）.．]\s*\S.{12,}?[\s.。．)）][\[［(（]?[2２][\]］)）.．]\s*\S.{12,}"
)


def _crowded(units: Sequence[Unit]) -> Iterator[Fault]:
    """A line that holds several references, numbered 1, 2 and so on."""
    for unit in units:
        if not unit.is_dead and _CROWDED.search(unit.text) and reference_score(unit.text) > 0:
            yield Fault(
                line=unit.start,
                message=_several(unit.text),
            )


def _several(line: str) -> str:
    return (
        "several references stand on this line; give each a line of its own"
        f" that begins with its number: {line[:40]}"
    )


def _entries(text: str, units: Sequence[Unit], start: int) -> list[Unit]:
    """The numbered or bulleted lines that stand straight under a heading."""
    entries: list[Unit] = []
    for unit in units[start:]:
        is_labelled = labels.read(unit.text) or labels.is_labelled(unit.text)
        is_entry = is_labelled or labels.bullet(unit.text) or unit.container >= 0
        is_entry = is_entry or text.startswith("<li", unit.start)  # in Markdown
        if not is_entry or unit.is_dead or unit.is_heading:
            break
        entries.append(unit)
    return entries


def _is_weak(unit: Unit) -> bool:
    label = labels.read(unit.text)
    cut = label.length if label else labels.bullet(unit.text)
    return reference_score(unit.text[cut:]) < WEAK


def _told(unit: Unit) -> Fault:
    return Fault(
        line=unit.start,
        message=f"this list of references cannot be read: “{unit.text[:40]}” tells no work"
        " (names, title and year, or an address). Write each reference out in full",
    )
