"""Where an article's plain list of references begins and ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from refpipe.articles.lists import labels
from refpipe.articles.lists.labels import Label
from refpipe.articles.lists.legacy_list import (
    STRONG,
    WEAK,
    entries_from,
    heading_before,
    is_beside,
    is_heading,
    is_of_page,
    may_head,
    reference_score,
)
from refpipe.articles.lists.units import Unit
from refpipe.model import Span

_MOST_BETWEEN = 8
"""Lines of one wrapped reference; more between two numbers are other text."""


@dataclass(slots=True, kw_only=True)
class Draft:
    """One reference on the way: its units, and the label of the first."""

    units: list[Unit]
    label: Label | None = None
    sign: str = ""
    """The letter or Roman numeral that it has for a label."""
    cut: int = 0
    """Signs of label or bullet at the beginning of the first unit's text."""

    @property
    def text(self) -> str:
        """The reference on its lines, without the label."""
        return "\n".join([unit.text for unit in self.units])[self.cut :]

    @property
    def evidence(self) -> float:
        """How much it looks like a reference."""
        return reference_score(self.text.replace("\n", " "))


@dataclass(slots=True, kw_only=True)
class Candidate:
    """A list that might be the one."""

    drafts: list[Draft]
    heading: Unit | None = None
    is_linked: bool = False
    """Whether links of the text lead to its references, as good as a heading over them."""
    is_bare: bool = False
    """Whether it has no numbers of its own and no heading."""
    is_ordered: bool = False
    """Whether it is an ``<ol>``, which shows numbers."""
    whole: Span | None = None
    """All that makes up the list, where it is more than its references: a table."""

    @property
    def scores(self) -> list[float]:
        """The evidence of each reference."""
        return [draft.evidence for draft in self.drafts]

    def is_list(self) -> bool:
        """Whether the shape is unmistakable, or a heading makes up for what it lacks."""
        scores = self.scores
        if not scores or (self.is_bare and not self.is_linked and not self.is_ordered):
            return False
        if self.heading is not None or self.is_linked:
            enough = sum(score >= WEAK for score in scores)
            is_of_addresses = all("http" in draft.text for draft in self.drafts)
            return enough * 2 >= len(scores) and (max(scores) >= 2.0 or is_of_addresses)
        strong = sum(score >= STRONG for score in scores)
        return len(scores) >= 2 and strong * 10 >= len(scores) * 6

    def is_labelled(self) -> bool:
        """Whether each reference has a number, or none has."""
        return len({draft.label is None for draft in self.drafts}) == 1

    def overlaps(self, other: Candidate) -> bool:
        """Whether the two hold lines in common."""
        first, last = self.drafts[0].units[0].start, self.drafts[-1].units[-1].end
        start, end = other.drafts[0].units[0].start, other.drafts[-1].units[-1].end
        return first < end and start < last

    def weight(self) -> float:
        """The evidence in all, to choose between several."""
        return sum(self.scores) + (2.0 if self.heading else 0.0)


def best(text: str, units: Sequence[Unit]) -> tuple[Candidate | None, list[Candidate]]:
    """The article's list of references, and the other lists that stand beside it.

    None where nothing is unmistakably one.
    """
    candidates = [
        *_named(units),
        *_numbered(units),
        *_headed(units),
        *_tabled(units),
        *_contained(text, units),
    ]
    for candidate in candidates:
        _label(candidate.drafts)
        candidate.is_linked = _is_linked(text, candidate)
    lists = [candidate for candidate in candidates if candidate.is_list()]
    if not lists:
        return None, []
    chosen = max(lists, key=Candidate.weight)
    # A note under a reference makes a list of mixed lines; read by its numbers it is whole.
    whole = [one for one in lists if one.is_labelled() and one.overlaps(chosen)]
    if not chosen.is_labelled() and whole:
        chosen = max(whole, key=Candidate.weight)
    return chosen, [one for one in lists if not one.overlaps(chosen)]


def _label(drafts: Sequence[Draft]) -> None:
    """Give entries without a label of a known form the one that they have in common."""
    if any(draft.label for draft in drafts):
        return
    texts = [draft.text for draft in drafts]
    for draft, label in zip(drafts, labels.common(texts), strict=False):
        draft.label = label
        draft.cut += label.length
    for draft, (sign, length) in zip(drafts, labels.labels(texts), strict=False):
        draft.sign = sign
        draft.cut += length


_PLACE = re.compile(r"""<[A-Za-z][^<>]*?\b(?:id|name)\s*=\s*["']?([^"'\s<>]+)""")


def _is_linked(text: str, candidate: Candidate) -> bool:
    """Whether each reference but one at most holds a place that a link of the text leads to."""
    found = 0
    for draft in candidate.drafts:
        first, last = draft.units[0], draft.units[-1]
        places = _PLACE.findall(text, first.outer_start, last.outer_end)
        found += any(f"#{place}" in text for place in places)
    return found > 1 and found >= len(candidate.drafts) - 1


# ── numbered lists ─────────────────────────────────────────────────────────────────────────


def _numbered(units: Sequence[Unit]) -> list[Candidate]:
    read = [None if unit.is_dead or unit.is_heading else labels.read(unit.text) for unit in units]
    found: list[Candidate] = []
    index = 0
    while index < len(units):
        label = read[index]
        if label is None or label.number != 1:
            index += 1
            continue
        candidate, index = _run(units, read, index)
        found.append(candidate)
    return found


def _run(units: Sequence[Unit], read: Sequence[Label | None], first: int) -> tuple[Candidate, int]:
    """The list that begins with the number 1 at ``first``, and where to look on."""
    label = read[first]
    drafts = [Draft(units=[units[first]], label=label, cut=label.length if label else 0)]
    index = first + 1
    while True:
        following = _next_number(units, read, index, drafts[-1].label)
        if following is None:
            break
        drafts[-1].units.extend(units[index:following])
        number = read[following]
        cut = number.length if number else 0
        drafts.append(Draft(units=[units[following]], label=number, cut=cut))
        index = following + 1
    index = _finish(units, drafts[-1], index)
    return Candidate(drafts=drafts, heading=heading_before(units, first)), index


def _next_number(
    units: Sequence[Unit], read: Sequence[Label | None], start: int, last: Label | None
) -> int | None:
    """Where the next number of the list stands, with nothing but wrapped lines before it."""
    if last is None:
        return None
    for index in range(start, min(start + _MOST_BETWEEN, len(units))):
        unit, label = units[index], read[index]
        if unit.is_dead and not unit.text.strip():
            continue  # a comment between two references
        if unit.is_dead or unit.is_heading:
            return None
        if label and label.style == last.style and last.number < label.number <= last.number + 2:
            return index
    return None


def _finish(units: Sequence[Unit], draft: Draft, index: int) -> int:
    """Take the wrapped lines of a last reference: those that make a better reference of it."""
    while index < len(units):
        taken = _continuation(units, draft, index)
        if not taken:
            return index
        draft.units.extend(units[index : index + taken])
        index += taken
    return index


def _continuation(units: Sequence[Unit], draft: Draft, index: int) -> int:
    """How many of the units at ``index`` go on with the draft: as few as improve it.

    A line is taken when the reference says more with it (a year, a volume, a DOI); a sentence
    of the article that merely follows adds nothing and is left.
    """
    is_long = len(draft.units) > _MOST_BETWEEN
    is_empty = not is_long and not draft.text.strip()
    if is_empty and not (units[index].is_dead or units[index].is_heading):
        # A label with nothing behind it (<dt>[1]</dt>) has its reference in the next unit.
        return 1
    unit, first = units[index], draft.units[0]
    is_nested = unit.is_part_of(first) and len(unit.items) > len(first.items)
    if is_nested and not (unit.is_dead or unit.is_heading or labels.read(unit.text)):
        return 1
    if not _may_follow(unit):
        return 0
    if _goes_on(draft.units[-1].text, unit.text):
        return 1
    # None of the lines behind it makes a better reference of one that long, and each is read whole.
    following = () if is_long else units[index : index + 4]
    joined = draft.text if following else ""
    have = reference_score(joined.replace("\n", " ")) if following else 0.0
    for count, unit in enumerate(takewhile(_may_follow, following), 1):
        joined += "\n" + unit.text
        line = joined.replace("\n", " ")
        if reference_score(line) - have >= 0.75:
            return 0 if is_beside(line, len(draft.text)) else count
    return 0


def _may_follow(unit: Unit) -> bool:
    """Whether a unit can be a further line of the reference before it."""
    is_apart = unit.is_dead or unit.is_heading or unit.is_after_gap or is_heading(unit)
    return not is_apart and len(unit.text) <= 400 and labels.read(unit.text) is None


def _goes_on(line: str, following: str) -> bool:
    """Whether a line plainly breaks off in the middle of a reference."""
    if re.match(r"(?:doi:|https?://|PMID|PMCID)", following, re.IGNORECASE):
        return True
    if re.search(r"[^\W\d_]-$", line) and following[:1].islower():
        return True
    return following[:1].islower() and not re.search(r"[.。]\s*$", line) and following[:1].isascii()


# ── footnotes of Markdown with names ──


_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]+)\]:\s*")


def _named(units: Sequence[Unit]) -> list[Candidate]:
    """Footnotes with names (``[^maher]:``), counted as they stand; numbers are read as such."""
    heads = [None if unit.is_dead else _FOOTNOTE.match(unit.text) for unit in units]
    found = [index for index, head in enumerate(heads) if head]
    if not found or all(head[1].isdecimal() for head in heads if head):
        return []
    drafts: list[Draft] = []
    for number, index in enumerate(found, 1):
        following = found[number] if number < len(found) else index + 1
        between = units[index + 1 : following]
        if len(between) > _MOST_BETWEEN or any(unit.is_dead or unit.is_heading for unit in between):
            return []
        length = head.end() if (head := heads[index]) else 0
        label = Label("[^n]", number, length)
        drafts.append(Draft(units=[units[index], *between], label=label, cut=length))
    _finish(units, drafts[-1], found[-1] + 1)
    return [Candidate(drafts=drafts, heading=heading_before(units, found[0]))]


# ── lists of HTML ──────────────────────────────────────────────────────────────────────────


def _contained(text: str, units: Sequence[Unit]) -> list[Candidate]:
    """The items of each list element, where no label and no heading says what they are."""
    members: dict[int, list[Unit]] = {}
    for unit in units:
        for place, _ in unit.items:
            members.setdefault(place, []).append(unit)
    found: list[Candidate] = []
    for place, inside in members.items():
        if not any(unit.is_dead or labels.read(unit.text) for unit in inside):
            items = groupby(inside, key=lambda unit: dict(unit.items)[place])
            drafts = [Draft(units=list(item)) for _, item in items]
            is_ordered = text[place : place + 3].lower() == "<ol"
            found.append(Candidate(drafts=drafts, is_bare=True, is_ordered=is_ordered))
    return found


# ── tables ─────────────────────────────────────────────────────────────────────────────────


def _tabled(units: Sequence[Unit]) -> list[Candidate]:
    """Tables whose rows begin with 1, 2, 3 …, with a heading row or without."""
    found: list[Candidate] = []
    tables = groupby(range(len(units)), key=lambda index: units[index].row >= 0)
    for is_table, indices in tables:
        places = list(indices)
        drafts = _rows([units[index] for index in places]) if is_table else []
        if drafts:
            heading = heading_before(units, places[0])
            first, last = units[places[0]], units[places[-1]]
            whole = Span(first.outer_start, last.outer_end)
            found.append(Candidate(drafts=drafts, heading=heading, whole=whole))
    return found


def _rows(cells: Sequence[Unit]) -> list[Draft]:
    """A table's rows as references; none where one is not numbered in its place."""
    drafts: list[Draft] = []
    for _, group in groupby(cells, key=lambda cell: cell.row):
        row = list(group)
        number = re.fullmatch(r"\W*(\d{1,3})\W*", row[0].text)
        if number is None or len(row) < 2:
            if drafts or re.search(r"\d", row[0].text):
                return []
            continue
        label = Label("n", int(number[1]), 0)
        if label.number != len(drafts) + 1:
            return []
        drafts.append(Draft(units=row[1:], label=label))
    return drafts


# ── lists under a heading ──────────────────────────────────────────────────────────────────


def _headed(units: Sequence[Unit]) -> list[Candidate]:
    found: list[Candidate] = []
    for index, unit in enumerate(units):
        if not unit.is_dead and may_head(unit) and index + 1 < len(units):
            drafts = _unnumbered(units, entries_from(units, index))
            if drafts:
                found.append(Candidate(drafts=drafts, heading=unit))
    return found


def _unnumbered(units: Sequence[Unit], start: int) -> list[Draft]:
    """The paragraphs or lines under a heading, as far as they look like references."""
    end = start
    while end < len(units) and not (
        units[end].is_dead or units[end].is_heading or _is_outside(units[end], units[start])
    ):
        end += 1
    drafts: list[Draft] = []
    misses = 0
    index = start
    while index < end:
        if drafts and _is_of_page(units[index], units[start]):
            break
        draft, index = _paragraph(units, index, end)
        if draft.evidence < WEAK:
            misses += 1
            if misses > 1 or not drafts:
                break
            drafts.append(draft)
            continue
        misses = 0
        drafts.append(draft)
    if misses and drafts:
        del drafts[-1:]
    return drafts


def _is_outside(unit: Unit, first: Unit) -> bool:
    """Whether the list that begins with another unit has ended: by a heading, or with ``</ol>``."""
    places = {place for place, _ in unit.items}
    is_inside = first.container in places if first.items else not places
    return is_heading(unit) or not is_inside


def _is_of_page(unit: Unit, first: Unit) -> bool:
    """Whether a line behind references tells of the page: who wrote or checked it, and when.

    Behind bullets or items each line without one does; behind bare lines only what begins so.
    """
    if first.items or labels.read(unit.text) or labels.bullet(unit.text):
        return False
    if labels.bullet(first.text):
        return re.match(r"[\w「『©]", unit.text) is not None
    return labels.read(first.text) is None and is_of_page(unit.text)


def _paragraph(units: Sequence[Unit], start: int, end: int) -> tuple[Draft, int]:
    """One line, and the lines behind it that make a better reference of it.

    All that an ``<li>`` holds is one reference, a list of remarks in it too.
    """
    label = labels.read(units[start].text)
    cut = _cut(units[start].text)
    draft = Draft(units=[units[start]], label=label, cut=cut)
    index = start + 1
    if label is None and not units[start - 1].is_part_of(units[start]):
        while index < end and units[index].is_part_of(units[start]):
            index += 1
        draft.units.extend(units[start + 1 : index])
    while index < end and not labels.bullet(units[index].text):
        # Without its label, as it is read if it turns out to be a reference of its own.
        own = reference_score(units[index].text[_cut(units[index].text) :])
        if own >= STRONG and draft.evidence >= WEAK:
            break
        taken = _continuation(units, draft, index)
        if not taken:
            break
        draft.units.extend(units[index : index + taken])
        index += taken
    return draft, index


def _cut(text: str) -> int:
    """How many signs the label or bullet before a reference takes."""
    label = labels.read(text)
    return label.length if label else labels.bullet(text)
