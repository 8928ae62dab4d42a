"""A work described by hand, for what no registry knows."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from refpipe import dates, identifiers, items
from refpipe.errors import UsageError
from refpipe.items import csl, values
from refpipe.library import Library
from refpipe.model import Identifier, Item, Record, Work
from refpipe.pipeline import decisions, intake

_PLAIN = {
    "title": "title",
    "container": "container-title",
    "publisher": "publisher",
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "language": "language",
    "url": "URL",
}
"""Option → CSL variable, for those that are taken as they are typed."""


def record(options: Mapping[str, Any]) -> Record:
    """The record of a work that a writer described.  Raises UsageError where it names none."""
    address = _address(options["url"])
    item: Item = {"type": _known_kind(options["kind"]) or _kind(options)}
    item |= {csl: options[name] for name, csl in _PLAIN.items() if options[name]}
    if not item.get("title"):
        raise UsageError("a work described by hand needs a title", hint='Add --title "...".')
    if options["authors"]:
        item["author"] = [_name(author) for author in options["authors"]]
    for option, variable in (("issued", "issued"), ("accessed", "accessed")):
        if options[option]:
            item[variable] = _date(options[option])
    payload = json.dumps(item, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    own = address or intake.text_identifier(payload)
    return Record(source="manual", identifier=own, payload=payload, origin="described by hand")


def _known_kind(kind: str) -> str:
    """The CSL type as it was typed, in small letters."""
    typed = kind.strip().lower()
    if not typed or typed in values.TYPES:
        return typed
    near = difflib.get_close_matches(typed, sorted(values.TYPES), n=3)
    near = near or sorted(one for one in values.TYPES if typed in one or one in typed)
    usual = near or ["article-journal", "book", "chapter", "report", "thesis", "webpage"]
    raise UsageError(f"no type of work: {kind!r}", hint=f"Try --type {' or '.join(usual)}.")


def _address(text: str) -> Identifier | None:
    if not text:
        return None
    found = identifiers.url(text)
    if found is None:
        raise UsageError(
            f"no address of a web page: {text!r}", hint="It begins with https:// or http://."
        )
    return found


def _kind(options: Mapping[str, Any]) -> str:
    if options["container"] and not options["url"]:
        return "article-journal"
    return "webpage" if options["url"] else "document"


def _name(text: str) -> dict[str, str]:
    """``Modic, M. T.`` has a family and a given name; without a comma it is a name as it stands."""
    family, comma, given = text.partition(",")
    if not any(sign.isalpha() for sign in (family if given.strip() else text)):
        raise UsageError(
            f"no name: {text!r}", hint='Type --author "Family, Given" or the name of a group.'
        )
    if comma and given.strip():
        return {"family": family.strip(), "given": given.strip()}
    return {"literal": text.strip()}


def _date(text: str) -> dict[str, Any]:
    reading = dates.read(text)
    if reading.value is None or reading.faults:
        raise UsageError(f"no date: {text!r}", hint="Type it as 2024, 2024-05 or 2024-05-02.")
    return {"date-parts": dates.to_parts(reading.value)}


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
    found = decisions.named(library, key).work
    item, removed = _item(typed)
    if removed:
        item["custom"] = {"removed": " ".join(removed)}
    # The time makes the record new even when the same words were typed, and taken back, before.
    identifier = library.bearer(found)
    manual = [one.identifier for one in library.records_of(found) if one.source == "manual"]
    for corrected in (identifier, *manual):
        now = library.after_corrections(corrected, now)
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
            item[variable] = _field_value(variable, value.strip())
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


def _field_value(variable: str, text: str) -> Any:
    if variable in csl.NAMES:
        return [_name(part.strip()) for part in text.split(";") if part.strip()]
    return _date(text) if variable in csl.DATES else text


def _be_readable(record: Record, item: Item) -> None:
    """Refuse what the reader would drop: a correction must not vanish in silence."""
    read = items.read(record).item
    lost = [variable for variable in item if not read.get(variable)]
    if lost:
        raise UsageError(f"cannot make sense of {', '.join(lost)} as typed; nothing was stored")
