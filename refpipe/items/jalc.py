"""Answers of the Japan Link Center, both languages kept
(https://japanlinkcenter.org/top/doc/JaLC_tech_interface_document.pdf).
"""

from __future__ import annotations

import re
from typing import Any

from refpipe import dates, identifiers
from refpipe.items import crossref, damaged_titles, people, values
from refpipe.model import Certainty, Claim, Item, Reading, Record, Repair
from refpipe.normalise.text import JAPANESE

_KINDS = {
    "JA": "article-journal",
    "BK": "book",
    "RD": "dataset",
    "EL": "document",
    "GD": "document",
}
"""JaLC's content types → CSL's."""

_JAPANESE = re.compile(rf"[{JAPANESE}\uff66-\uff9f]")
_WIDE = {
    code: code - 0xFEE0
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
"""Full-width digits and letters, which say nothing that plain ones do not."""


def read(record: Record) -> Reading:
    """The item in the language of the work; the other one stands in ``custom.twin``."""
    message = values.payload(record.payload)
    data = values.mapping(message.get("data")) or message
    repairs: list[Repair] = []
    doi = identifiers.doi(values.text(data.get("doi"))) or record.identifier
    first, second = _languages(data)
    item: Item = {"type": _KINDS.get(values.text(data.get("content_type")), "article-journal")}
    item |= _told(data, first, repairs) | _numbers(data) | _publication(data, first)
    if doi.scheme.value == "doi":
        item["DOI"] = doi.value
    twin = _told(data, second, [])
    if not _has_names_in(data, second):
        twin.pop("author", None)
    if twin.get("title") or twin.get("author"):
        item["custom"] = item.get("custom", {}) | {"twin": twin}
    found = dict.fromkeys((doi, record.identifier))
    claims = tuple(Claim(identifier=one, certainty=Certainty.CONFIRMED) for one in found)
    return Reading(item=item, claims=claims, repairs=tuple(dict.fromkeys(repairs)))


def _languages(data: dict[str, Any]) -> tuple[str, str]:
    """The language to cite in, and the other: the content's own, if there is a title in it."""
    held = {_language(entry, "title") for entry in _entries(data, "title_list", "title")}
    content = _code(data.get("content_language")) or ("ja" if "ja" in held or not held else "en")
    own = "ja" if content == "ja" else "en"
    first = own if own in held or not held else next(iter(held))
    return first, "en" if first == "ja" else "ja"


def _code(value: object) -> str:
    """``ja`` or another code of two letters; JaLC also writes ``jpn``."""
    code = values.text(value).lower()
    return "ja" if code.startswith(("ja", "jp")) else code[:2]


def _language(entry: dict[str, Any], field: str) -> str:
    """The language of an entry: what is written in kana or kanji is Japanese, whatever it says."""
    if _JAPANESE.search(values.text(entry.get(field))):
        return "ja"
    # A title of Latin letters alone is called Japanese now and then; it serves as the other one.
    return "ja" if _code(entry.get("lang")) == "ja" and not values.text(entry.get(field)) else "en"


def _entries(data: dict[str, Any], key: str, field: str) -> list[dict[str, Any]]:
    return [entry for entry in people.described(data.get(key)) if values.text(entry.get(field))]


def _told(data: dict[str, Any], language: str, repairs: list[Repair]) -> Item:
    """What is said of the work in one language: title, authors, journal."""
    item: Item = {"language": language}
    for entry in _entries(data, "title_list", "title"):
        if _language(entry, "title") == language and "title" not in item:
            item["title"] = damaged_titles.title(
                _narrow(entry["title"]), _narrow(entry.get("subtitle")), repairs=repairs
            )
    if authors := _authors(data, language, repairs):
        item["author"] = authors
    return item | _journal(data, language)


def _narrow(value: object) -> object:
    return value.translate(_WIDE) if isinstance(value, str) else value


def _authors(data: dict[str, Any], language: str, repairs: list[Repair]) -> list[people.Name]:
    found: list[dict[str, Any]] = []
    for creator in people.described(data.get("creator_list")):
        names = [_name(name, creator) for name in people.described(creator.get("names"))]
        spoken = [name for name in names if _is_in(name, language)]
        found.extend((spoken or names)[:1])
    return people.names(found, "author", repairs)


def _has_names_in(data: dict[str, Any], language: str) -> bool:
    return any(
        _is_in(_name(name, creator), language)
        for creator in people.described(data.get("creator_list"))
        for name in people.described(creator.get("names"))
    )


def _name(name: dict[str, Any], creator: dict[str, Any]) -> dict[str, Any]:
    family, given = _narrow(name.get("last_name")), _narrow(name.get("first_name"))
    if values.text(creator.get("type")) not in {"", "person"}:
        return {"name": " ".join(filter(None, (values.text(given), values.text(family))))}
    return {"family": family, "given": given}


def _is_in(name: dict[str, Any], language: str) -> bool:
    written = " ".join(map(values.text, name.values()))
    return bool(_JAPANESE.search(written)) == (language == "ja")


def _journal(data: dict[str, Any], language: str) -> Item:
    named = {"full": "", "abbreviation": ""}
    for entry in _entries(data, "journal_title_name_list", "journal_title_name"):
        kind = values.text(entry.get("type")) or "full"
        if _language(entry, "journal_title_name") == language and not named.get(kind):
            named[kind] = values.clean(_narrow(entry["journal_title_name"]))
    full, short = named["full"] or named["abbreviation"], named["abbreviation"]
    item: Item = {"container-title": full} if full else {}
    return item | ({"container-title-short": short} if short and short != full else {})


def _numbers(data: dict[str, Any]) -> Item:
    item: Item = {}
    for variable in ("volume", "issue"):
        if found := values.number(_narrow(data.get(variable))):
            item[variable] = found
    first, last = (
        values.bare(_narrow(data.get("first_page"))),
        values.bare(_narrow(data.get("last_page"))),
    )
    if page := crossref.pages(f"{first}-{last}" if first and last else first):
        item["page"] = page
    if number := values.bare(data.get("article_number")):
        item["custom"] = {"article-number": number}
        if not page and not number.startswith("KJ"):
            # KJ… is the number of a scan in J-STAGE's archive, which no one cites.
            item["number"] = number
    if date := _date(values.mapping(data.get("publication_date"))):
        item["issued"] = date
    return item


def _date(date: dict[str, Any]) -> dict[str, Any] | None:
    parts = [date.get(f"publication_{part}") for part in ("year", "month", "day")]
    found = dates.from_parts([[values.text(part) for part in parts]])
    return {"date-parts": dates.to_parts(found)} if found else None


def _publication(data: dict[str, Any], language: str) -> Item:
    publishers = _entries(data, "publisher_list", "publisher_name")
    spoken = [one for one in publishers if _language(one, "publisher_name") == language]
    issns = [
        entry["journal_id"]
        for entry in _entries(data, "journal_id_list", "journal_id")
        if values.text(entry.get("type")) == "ISSN"
    ]
    item: Item = {}
    if chosen := (spoken or publishers)[:1]:
        item["publisher"] = values.clean(chosen[0]["publisher_name"])
    if issns:
        item["ISSN"] = " ".join(dict.fromkeys(values.texts(issns)))
    return item
