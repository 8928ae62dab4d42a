"""CSL-JSON files ⇄ items."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from refpipe import markup
from refpipe.items import exchange
from refpipe.items.csl import NAMES
from refpipe.items.exchange import Broken, Entry, dates
from refpipe.items.exchange import fields as people
from refpipe.model import Item, Reading, Record

_DATES = frozenset(
    {
        "issued",
        "accessed",
        "event-date",
        "original-date",
        "submitted",
        "available-date",
        "container",
    }
)
_NUMBERS = frozenset({"volume", "issue", "page", "edition", "number", "number-of-pages", "version",
    "number-of-volumes", "chapter-number", "collection-number", "PMID", "PMCID", "citation-number",
    "part-number", "printing-number", "supplement-number"})  # fmt: skip
_RICH = frozenset({"title", "title-short", "container-title", "container-title-short",
    "collection-title", "original-title", "reviewed-title", "event-title",
    "publisher"})  # fmt: skip


def read_all(text: str) -> tuple[Entry | Broken, ...]:
    """Every item of a CSL-JSON text (an array, one object, or an object a line)."""
    text = text.lstrip("\ufeff")
    try:
        found = json.loads(text)
    except RecursionError:
        return (Broken(reason="JSON nested too deeply to be items", raw=text[:200], line=1),)
    except ValueError as error:
        return _lines(text, error)
    items = found.get("items", [found]) if isinstance(found, dict) else found
    if not isinstance(items, list):
        return (Broken(reason="CSL-JSON is a list of items", raw=text[:200], line=1),)
    lines = _places(text, len(items))
    return tuple(_read(item, lines[index]) for index, item in enumerate(items))


def read(record: Record) -> Reading:
    """What a stored item means."""
    return exchange.reading(read_all(record.payload))


def _places(text: str, count: int) -> list[int]:
    """The line where each element of the outermost list begins."""
    decoder = json.JSONDecoder()
    places: list[int] = []
    start = text.find("[") + 1 if text.lstrip()[:1] == "[" else 0
    while len(places) < count:
        while start < len(text) and text[start] in " \t\r\n,":
            start += 1
        places.append(text.count("\n", 0, start) + 1)
        try:
            start = decoder.raw_decode(text, start)[1]
        except ValueError:
            places += [places[-1]] * (count - len(places))
    return places


def _lines(text: str, error: ValueError) -> tuple[Entry | Broken, ...]:
    """An object a line; where that is not so either, what is wrong with the whole."""
    entries: list[Entry | Broken] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            entries.append(_read(json.loads(line), number))
        except (ValueError, RecursionError) as reason:
            entries.append(Broken(reason=f"not JSON: {reason}", raw=line, line=number))
    if any(isinstance(entry, Entry) for entry in entries):
        return tuple(entries)
    at = error.lineno if isinstance(error, json.JSONDecodeError) else 1
    return (Broken(reason=f"not JSON: {error}", raw=text[:200], line=at),)


def _read(found: Any, line: int) -> Entry | Broken:
    raw = json.dumps(found, ensure_ascii=False, sort_keys=True)
    if not isinstance(found, dict):
        return Broken(reason="an item is a JSON object", raw=raw, line=line)
    item: Item = {}
    for variable, value in found.items():
        kept = _value(variable, _pruned(value))
        if kept not in (None, "", [], {}):
            item[variable] = kept
    item.setdefault("type", "document")
    return Entry(item=item, raw=raw, line=line)


def _pruned(value: Any) -> Any:
    """The value without what stands in it as null, which says nothing."""
    if isinstance(value, dict):
        return {key: kept for key, one in value.items() if (kept := _pruned(one)) is not None}
    if isinstance(value, list):
        return [kept for one in value if (kept := _pruned(one)) is not None]
    return value


def _names(value: Any) -> list[dict[str, Any]]:
    """Names in the parts that CSL knows; a bare text is a name as it is written."""
    found: list[dict[str, Any]] = []
    for person in value if isinstance(value, list) else [value]:
        if isinstance(person, str) and (name := people.name(person)):
            found.append(dict(name))
        elif isinstance(person, dict):
            parts = {part: said if isinstance(said, bool) else str(said).strip()
                     for part, said in person.items() if isinstance(said, str | int)}  # fmt: skip
            if parts := {part: said for part, said in parts.items() if said != ""}:
                found.append(parts)
    return found


def _value(variable: str, value: Any) -> Any:
    if variable in NAMES:
        return _names(value)
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        # CSL has one text here; Crossref has lists of titles and numbers.
        value = ", ".join(map(str, value)) if variable == "keyword" else _first(value)
    if isinstance(value, bool):
        return None
    if variable in _DATES:
        return dates.of_csl(value)
    if variable in _RICH and isinstance(value, str):
        return markup.clean(value)
    if (variable in _NUMBERS or variable == "id") and isinstance(value, int | float):
        return str(value)
    return value


def _first(values: list[Any]) -> Any:
    return values[0] if values else None


def write(items: Iterable[Item]) -> str:
    """A CSL-JSON array, each item with an id, as CSL demands."""
    numbered = [{"id": f"item-{number}", **item} for number, item in enumerate(items, 1)]
    return json.dumps(numbered, ensure_ascii=False, indent=2) + "\n"
