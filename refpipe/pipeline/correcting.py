"""Corrections by hand: fields as a person types them, kept as a record of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from refpipe import dates, items
from refpipe.errors import UsageError
from refpipe.items import csl
from refpipe.library import Library
from refpipe.model import Identifier, Item, Record, Work
from refpipe.pipeline import deciding

ALIASES = {
    "journal": "container-title",
    "container": "container-title",
    "year": "issued",
    "date": "issued",
    "pages": "page",
    "number": "issue",
    "lang": "language",
}
"""What people call a CSL variable."""

_OTHERS = frozenset({"title", "page", "type", "URL", "ISBN", "ISSN"})
_IDENTITY = frozenset({"DOI", "PMID", "PMCID"})


def correct(library: Library, key: str, typed: Iterable[str], *, reason: str, now: str) -> Work:
    """The work under the corrected fields, each typed as ``field=value``; empty takes it away.

    Raises UsageError where a field is unknown or a value cannot be read; nothing is stored then.
    """
    found = deciding.named(library, key).work
    item, removed = _item(typed)
    if removed:
        item["custom"] = {"removed": " ".join(removed)}
    # The time makes the record new even when the same words were typed, and taken back, before.
    identifier = Identifier.parse(found.id)
    now = library.after_corrections(identifier, now)
    payload = json.dumps(item | {"corrected": now}, ensure_ascii=False, sort_keys=True)
    record = Record(
        source="manual",
        identifier=identifier,
        payload=payload,
        origin=reason or "corrected by hand",
    )
    _be_readable(record, item)
    library.add([record], heard=now)
    work = library.find(record.identifier)
    assert work is not None  # noqa: S101
    return work


def _item(typed: Iterable[str]) -> tuple[Item, list[str]]:
    item: Item = {}
    removed: list[str] = []
    for text in typed:
        field, separator, value = text.partition("=")
        if not separator:
            raise UsageError(f"{text!r} is no correction", hint="type it as field=value")
        variable = _variable(field.strip())
        if value.strip():
            item[variable] = _value(variable, value.strip())
        else:
            removed.append(variable)
    if not item and not removed:
        raise UsageError("nothing to correct", hint="type field=value, such as volume=237")
    return item, removed


def _variable(field: str) -> str:
    known = csl.TEXTS | csl.NUMBERS | csl.NAMES | csl.DATES | _OTHERS
    variable = ALIASES.get(field.lower(), field)
    found = {name.lower(): name for name in known}.get(variable.lower(), "")
    if variable.upper() in _IDENTITY:
        raise UsageError(
            f"{field} is what the work is known by and is not edited",
            hint="refpipe add the right one, then refpipe merge or refpipe split",
        )
    if not found:
        raise UsageError(
            f"there is no field {field!r}",
            hint=f"title, author, issued, journal, volume, issue, page … (CSL: {_some(known)} …)",
        )
    return found


def _some(known: Iterable[str]) -> str:
    return ", ".join(sorted(known)[:8])


def _value(variable: str, text: str) -> Any:
    if variable in csl.NAMES:
        return [_name(part.strip()) for part in text.split(";") if part.strip()]
    if variable in csl.DATES:
        reading = dates.read(text)
        if reading.value is None or reading.faults:
            raise UsageError(f"no date: {text!r}", hint="type it as 2005, 2005-11 or 2005-11-02")
        return {"date-parts": dates.to_parts(reading.value)}
    return text


def _name(text: str) -> dict[str, str]:
    """``Modic, M. T.`` has a family and a given name; without a comma it is a name as it stands."""
    family, comma, given = text.partition(",")
    if comma and given.strip():
        return {"family": family.strip(), "given": given.strip()}
    return {"literal": text}


def _be_readable(record: Record, item: Item) -> None:
    """Refuse what the reader would drop: a correction must not vanish in silence."""
    read = items.read(record).item
    lost = [variable for variable in item if not read.get(variable)]
    if lost:
        raise UsageError(f"cannot make sense of {', '.join(lost)} as typed; nothing was stored")
