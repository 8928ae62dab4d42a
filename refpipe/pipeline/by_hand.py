"""A work described by hand, for what no registry knows."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from typing import Any

from refpipe import dates, identifiers
from refpipe.errors import UsageError
from refpipe.items import kinds
from refpipe.model import Identifier, Item, Record
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
    own = address or intake.own_name(payload)
    return Record(source="manual", identifier=own, payload=payload, origin="described by hand")


def _known_kind(kind: str) -> str:
    """The CSL type as it was typed, in small letters."""
    typed = kind.strip().lower()
    if not typed or typed in kinds.CSL:
        return typed
    near = difflib.get_close_matches(typed, sorted(kinds.CSL), n=3)
    near = near or sorted(one for one in kinds.CSL if typed in one or one in typed)
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
