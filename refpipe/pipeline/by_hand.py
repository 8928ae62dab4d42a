"""A work described by hand, for what no registry knows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from refpipe import dates, identifiers
from refpipe.errors import UsageError
from refpipe.model import Item, Record
from refpipe.pipeline import intake

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
    item: Item = {"type": options["kind"] or _kind(options)}
    item |= {csl: options[name] for name, csl in _PLAIN.items() if options[name]}
    if not item.get("title"):
        raise UsageError("a work described by hand needs a title", hint='Add --title "...".')
    if options["authors"]:
        item["author"] = [_name(author) for author in options["authors"]]
    for option, variable in (("issued", "issued"), ("accessed", "accessed")):
        if options[option]:
            item[variable] = _date(options[option])
    payload = json.dumps(item, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    address = identifiers.url(options["url"]) if options["url"] else None
    own = address or intake.own_name(payload)
    return Record(source="manual", identifier=own, payload=payload, origin="described by hand")


def _kind(options: Mapping[str, Any]) -> str:
    if options["container"] and not options["url"]:
        return "article-journal"
    return "webpage" if options["url"] else "document"


def _name(text: str) -> dict[str, str]:
    family, comma, given = text.partition(",")
    if comma and given.strip():
        return {"family": family.strip(), "given": given.strip()}
    return {"literal": text.strip()}


def _date(text: str) -> dict[str, Any]:
    reading = dates.read(text)
    if reading.value is None or reading.faults:
        raise UsageError(f"no date: {text!r}", hint="Type it as 2024, 2024-05 or 2024-05-02.")
    return {"date-parts": dates.to_parts(reading.value)}
