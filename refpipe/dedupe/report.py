"""What is written: the rows kept, those left out, and what was found, for people and programs.

``Findings`` is what a report is made of, whichever engine found it: by names and not by places,
and read once from the front, so that it need not be held whole.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from refpipe.dedupe.engine import Group, Outcome, Tie, reason
from refpipe.dedupe.rows import SUFFIXES, Row
from refpipe.match import Judgement, evidence, explain, held_back, is_part_of_title
from refpipe.model import Item

MOST = 200
"""Pairs of each kind that the text shows; the JSON has them all."""


@dataclass(frozen=True, slots=True)
class Named:
    """A record by its id and its place; of several files two may have one id."""

    id: str
    file: str
    line: int

    @property
    def place(self) -> str:
        """File and line, as editors take them."""
        return f"{self.file}:{self.line}"

    def __str__(self) -> str:
        return f"{self.id} ({self.place})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records, and what the rules say of them."""

    a: Named
    b: Named
    judgement: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A record that was left out, the one that stays for it, and the pair that says why."""

    record: Named
    kept: Named
    group: int
    """The same number for all that one record stays for."""
    why: Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that a report says; each part can be gone through again."""

    records: int
    removed: int
    undecided: int
    """Pairs that a person has to look at."""
    duplicates: Iterable[Duplicate]
    """Those of one group beside one another."""
    possible: Iterable[Pair]
    related: Iterable[Pair]
    unreadable: Iterable[Row]
    clusters: Iterable[list[str]]
    """The ids that are one work, where there is more than one."""


def findings(outcome: Outcome) -> Findings:
    """What was found on this machine, as a report tells it."""
    duplicates = [one for group in outcome.groups for one in _duplicates(outcome, group)]
    clusters = (sorted((group.kept, *group.removed)) for group in outcome.groups)
    return Findings(
        records=len(outcome.rows),
        removed=len(duplicates),
        undecided=len(outcome.possible),
        duplicates=duplicates,
        possible=[_pair(outcome, tie) for tie in outcome.possible],
        related=[_pair(outcome, tie) for tie in outcome.related],
        unreadable=[row for row in outcome.rows if row.fault],
        clusters=[[outcome.rows[n].id for n in cluster] for cluster in clusters],
    )


def _duplicates(outcome: Outcome, group: Group) -> Iterator[Duplicate]:
    kept = _named(outcome, group.kept)
    for number in group.removed:
        why = _pair(outcome, reason(group, number))
        yield Duplicate(record=_named(outcome, number), kept=kept, group=group.kept, why=why)


def _pair(outcome: Outcome, tie: Tie) -> Pair:
    a, b = _named(outcome, tie.a), _named(outcome, tie.b)
    return Pair(a=a, b=b, judgement=tie.judgement)


def _named(outcome: Outcome, number: int) -> Named:
    row = outcome.rows[number]
    return Named(row.id, row.file, row.line)


def as_json(found: Findings) -> Iterator[str]:
    """The groups with the reason for each left-out row, then the pairs that wait or are related.

    The pieces of one JSON text.
    """
    yield f'{{\n "records": {found.records},\n "removed": {found.removed},\n "groups": '
    yield from _listed(_groups(found))
    yield ',\n "possible": '
    yield from _listed(_told(_waiting(pair)) for pair in found.possible)
    yield ',\n "related": '
    related = ({**_told(pair), "relation": pair.judgement.relation} for pair in found.related)
    yield from _listed(related)
    yield ',\n "unreadable": '
    unreadable = (
        {"id": r.id, "file": r.file, "line": r.line, "reason": r.fault} for r in found.unreadable
    )
    yield from _listed(unreadable)
    yield "\n}"


def _listed(values: Iterable[Any]) -> Iterator[str]:
    """A JSON list of the second level, value by value."""
    before = "["
    for value in values:
        text = json.dumps(value, ensure_ascii=False, indent=1)
        yield before + "\n" + "\n".join(f"  {line}" for line in text.split("\n"))
        before = ","
    yield "[]" if before == "[" else "\n ]"


def _groups(found: Findings) -> Iterator[dict[str, Any]]:
    for _, members in itertools.groupby(found.duplicates, key=lambda one: one.group):
        group = list(members)
        removed = [{"id": one.record.id, **_told(one.why)} for one in group]
        yield {"kept": group[0].kept.id, "removed": removed}


def _told(pair: Pair) -> dict[str, Any]:
    both = pair.a, pair.b
    return {
        "pair": [one.id for one in both],
        "places": [one.place for one in both],
        **json.loads(evidence(pair.judgement)),
    }


def as_text(found: Findings, lang: str = "en") -> Iterator[str]:
    """The same as lines to read: a heading and a reason for each duplicate."""
    for one in found.duplicates:
        yield f"{one.record} = {one.kept}"
        yield _indented(one.why, lang)
    for pair in itertools.islice(found.possible, MOST):
        yield f"{pair.a} ? {pair.b}"
        yield _indented(_waiting(pair), lang)
    if found.undecided > MOST:
        yield f"... and {found.undecided - MOST} more; --format json shows all"


def _waiting(pair: Pair) -> Pair:
    """A pair that a person has to look at; a match among them stands between two works."""
    return dataclasses.replace(pair, judgement=held_back(pair.judgement))


def _indented(pair: Pair, lang: str) -> str:
    return "\n".join(f"  {line}" for line in explain(pair.judgement, lang).split("\n"))


def clusters_text(found: Findings) -> Iterator[str]:
    """The ids that are one work as a JSON list of lists, in pieces."""
    before = "["
    for cluster in found.clusters:
        yield before + "\n" + json.dumps(cluster, ensure_ascii=False, indent=0)
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def kept_text(outcome: Outcome, suffix: str) -> str:
    """The rows to keep, in the order of the file, with what only their duplicates tell.

    In a table (``.jsonl``) a kept row is given the fields that only its duplicates have, and
    ``duplicates``, their ids; an entry of another format the DOI and the whole of a title.
    """
    removed = {row for group in outcome.groups for row in group.removed}
    others = {
        group.kept: [(outcome.rows[row].id, outcome.rows[row].raw) for row in group.removed]
        for group in outcome.groups
    }
    form = SUFFIXES[suffix]
    kept = [
        filled(row.raw, others[number], form) if number in others else row.raw
        for number, row in enumerate(outcome.rows)
        if number not in removed
    ]
    return "".join(f"{line}\n" for line in kept) if form == "jsonl" else _joined(kept)


def removed_text(outcome: Outcome, suffix: str) -> str:
    """The rows that were left out, word for word."""
    removed = sorted(row for group in outcome.groups for row in group.removed)
    raw = [outcome.rows[number].raw for number in removed]
    return "".join(f"{line}\n" for line in raw) if suffix == ".jsonl" else _joined(raw)


def filled(kept: str, others: Iterable[tuple[str, str]], form: str) -> str:
    """A row with what only its duplicates tell (their ids and rows)."""
    return _filled_entry(kept, others, form) if form in _LAST else _filled_row(kept, others)


def _filled_row(kept: str, others: Iterable[tuple[str, str]]) -> str:
    row = json.loads(kept)
    names = []
    for name, other in others:
        names.append(name)
        for field, value in json.loads(other).items():
            if row.get(field) in (None, "") or (field == "title" and _is_cut(row[field], value)):
                row[field] = value
    row["duplicates"] = names
    return json.dumps(row, ensure_ascii=False)


def _is_cut(title: object, other: object) -> bool:
    return is_part_of_title(str(title), str(other))


_LAST = {
    "ris": (r"\n(?=ER  -[^\n]*\s*\Z)|\Z", "\nDO  - {}\n"),
    "nbib": (r"\Z", "\nLID - {} [doi]"),
    "enw": (r"\Z", "\n%R {}"),
    "bibtex": (r",?\s*(?=\}\s*\Z)", ",\n  doi = {{{}}}\n"),
}
"""Format → where a field may be added to an entry, and how a DOI is."""


def _filled_entry(kept: str, others: Iterable[tuple[str, str]], form: str) -> str:
    """An entry with its title whole and its DOI; unchanged where it would be read as another."""
    from refpipe.items.bibtex import writing

    for _, other in others:
        ours, theirs = _item(kept, form), _item(other, form)
        title, whole = str(ours.get("title") or ""), str(theirs.get("title") or "")
        if title and _is_cut(title, whole):
            printed = r"\s+".join(map(re.escape, title.split()))
            written = writing.title_field(whole) if form == "bibtex" else whole
            kept = _unless_more(kept, _replaced(kept, printed, written), form, title=whole)
        if theirs.get("DOI") and not ours.get("DOI"):
            doi, (place, field) = str(theirs["DOI"]), _LAST[form]
            added = _replaced(kept.rstrip(), place, field.format(doi))
            kept = _unless_more(kept, added, form, DOI=doi)
    return kept


def _replaced(text: str, pattern: str, value: str) -> str:
    found = re.search(pattern, text)
    return text[: found.start()] + value + text[found.end() :] if found else text


def _unless_more(kept: str, changed: str, form: str, **value: str) -> str:
    """The changed entry where nothing but that one value is read otherwise."""
    return changed if _item(changed, form) == {**_item(kept, form), **value} else kept


def _item(raw: str, form: str) -> Item:
    from refpipe.items import exchange

    read = exchange.read_all(form, raw)
    alone = read[0] if len(read) == 1 else None
    return alone.item if isinstance(alone, exchange.FileEntry) else {}


def _joined(entries: list[str]) -> str:
    return "".join(f"{entry.strip()}\n\n" for entry in entries)
