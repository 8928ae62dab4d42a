"""Items as the elements take them: whatever CSL-JSON holds, made fit to be rendered.

Nothing in an item can make the engine stumble after this: a title that is a list, a month 0,
a missing type, a name without a family.  What had to be left out is said in a warning.
"""

from __future__ import annotations

import re
from typing import Any

from refpipe import dates
from refpipe.model import Item
from refpipe.render import people
from refpipe.render.engine.pieces import Person, Piece, Pieces, When
from refpipe.render.engine.place import Reference
from refpipe.render.texts import rich

NAMES = frozenset(
    [
        "author",
        "chair",
        "collection-editor",
        "compiler",
        "composer",
        "container-author",
        "contributor",
        "curator",
        "director",
        "editor",
        "editorial-director",
        "executive-producer",
        "guest",
        "host",
        "illustrator",
        "interviewer",
        "narrator",
        "organizer",
        "original-author",
        "performer",
        "producer",
        "recipient",
        "reviewed-author",
        "script-writer",
        "series-creator",
        "translator",
    ]
)
DATES = frozenset(
    ("accessed", "available-date", "event-date", "issued", "original-date", "submitted")
)
_SKIPPED = frozenset(("id", "type", "custom", "abstract", "categories"))
_LINKS = {
    "DOI": "https://doi.org/{}",
    "PMID": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "PMCID": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    "URL": "{}",
}
_VERBATIM = frozenset(("DOI", "URL", "PMID", "PMCID", "ISBN", "ISSN", "page"))
_OTHER_NAMES = {
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
    "event": "event-title",
}
"""What Zotero writes in CSL-JSON beside the schema's own names, and CSL's own name of old."""
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
_EDITION = re.compile(rf"(?:the )?({'|'.join(_ORDINALS)})(?: ed(?:ition|n)?\.?)?", re.IGNORECASE)
_NUMBER = re.compile(r"(?:nos?|nr|number|№)\b\.?\s*(?=\d)|№\s*(?=\d)", re.IGNORECASE)
_WORDS = {
    "volume": re.compile(r"vol(?:ume)?\b\.?\s*(?=\d)", re.IGNORECASE),
    "issue": _NUMBER,
    "collection-number": _NUMBER,
}
"""Variable → the word before its number, which styles write themselves."""
_PUBLISHED = frozenset(("published", "publish", "final", "epublish", "ppublish"))
"""Words in ``status`` that say no more than the date does."""
_DOI_PREFIX = re.compile(r"\A\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def reference(item: Item, *, has_status: bool = False) -> tuple[Reference, tuple[str, ...]]:
    """The item as a reference, and what had to be left out of it.

    ``has_status`` is true for a style that prints CSL's ``status``: words in the place of a date
    ("in press") are one.
    """
    warnings: list[str] = []
    item = _mended(item, has_status=has_status)
    texts: dict[str, Pieces] = {}
    names: dict[str, tuple[Person, ...]] = {}
    whens: dict[str, When] = {}
    is_endless = False
    for key, value in item.items():
        if key in _SKIPPED or value is None:
            continue
        if key in NAMES:
            names[key], is_cut = people.read(value)
            is_endless = is_endless or (is_cut and key == "author")
        elif key in DATES:
            when = _when(value)
            if when is not None:
                whens[key] = when
            elif value:
                warnings.append(f"{key}: no date that the calendar has: {str(value)[:60]}")
        elif pieces := _text(key, value):
            texts[_OTHER_NAMES.get(key, key)] = pieces
    custom = item.get("custom")
    is_endless = is_endless or (isinstance(custom, dict) and custom.get("author-et-al") is True)
    return (
        Reference(
            type=_type(item),
            texts=texts,
            names={key: value for key, value in names.items() if value},
            dates=whens,
            language=language(item),
            is_endless=is_endless,
        ),
        tuple(warnings),
    )


def _mended(item: Item, *, has_status: bool) -> Item:
    """The item with each thing said in its own field, in its plain form, and once."""
    changed: Item = {}
    if edition := _EDITION.fullmatch(str(item.get("edition") or "").strip()):
        changed["edition"] = str(_ORDINALS.index(edition[1].lower()) + 1)
    for key, word in _WORDS.items():
        if isinstance(said := item.get(key), str) and (found := word.match(said.strip())):
            changed[key] = said.strip()[found.end() :]
    number, genre = item.get("number"), item.get("genre")
    if isinstance(number, str) and isinstance(genre, str) and genre.strip():
        said = re.match(rf"{re.escape(genre.strip())}[\s:,]+(?=\S)", number.strip(), re.IGNORECASE)
        if said:
            changed["number"] = number.strip()[said.end() :]
    status, issued = item.get("status"), item.get("issued")
    if str(status).strip(" .").lower() in _PUBLISHED:
        changed["status"] = None
    words = issued.get("literal") or issued.get("raw") if isinstance(issued, dict) else issued
    if has_status and not status and isinstance(words, str) and not re.search(r"\d", words):
        changed |= {"status": words, "issued": None}
    return {**item, **changed} if changed else item


def _type(item: Item) -> str:
    kind = item.get("type")
    return kind if isinstance(kind, str) and kind else "document"


def language(item: Item) -> str:
    """The item's language as two small letters, or empty."""
    tag = item.get("language")
    if not isinstance(tag, str):
        return ""
    return re.split(r"[-_]", tag.strip().casefold(), maxsplit=1)[0][:2]


def _text(key: str, value: Any) -> Pieces:
    """A text variable as pieces; a list gives its first text."""
    if isinstance(value, list):
        value = next((part for part in value if isinstance(part, (str, int, float))), "")
    if isinstance(value, (bool, dict)):
        return []
    text = str(value).strip()
    if not text:
        return []
    if key == "DOI":
        text = _DOI_PREFIX.sub("", text)
    if key in _VERBATIM:
        link = _LINKS[key].format(_escaped(text)) if key in _LINKS else ""
        if key == "DOI":
            link = link.replace("#", "%23")  # In a DOI it is a letter, in an address a fragment.
        return [Piece(_clean(text), target=link)]
    return rich(text)


def _clean(text: str) -> str:
    """The text without what no page can hold: controls and lone surrogates."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", "\ufffd", text)


def _escaped(text: str) -> str:
    """A DOI or address as it stands in a link."""
    return re.sub(r"[\s<>\"\x00-\x1f\ud800-\udfff]", lambda m: f"%{ord(m.group()) & 255:02X}", text)


def _when(value: Any) -> When | None:
    """A CSL date as far as the calendar allows, or None."""
    if isinstance(value, str):
        value = {"raw": value}
    if not isinstance(value, dict):
        return None
    parts = value.get("date-parts")
    is_circa = bool(value.get("circa"))
    if isinstance(parts, list) and (begin := _part(parts[:1], value)) is not None:
        end = _part(parts[1:2], {}) if len(parts) > 1 else None
        return When(
            year=begin.year, month=begin.month, day=begin.day, season=begin.season,
            is_circa=is_circa, end=end,
        )  # fmt: skip
    for key in ("literal", "raw"):
        if isinstance(words := value.get(key), str) and words.strip():
            return When(literal=_clean(words.strip()), is_circa=is_circa)
    return None


def _part(parts: list[Any], value: dict[str, Any]) -> When | None:
    date = dates.from_parts(parts)
    if date is None:
        return _before_christ(parts)
    season = _season(parts, value) if date.month is None else 0
    return When(year=date.year, month=date.month or 0, day=date.day or 0, season=season)


def _before_christ(parts: list[Any]) -> When | None:
    """A year before Christ, which no calendar date of ours reaches."""
    year = parts[0][0] if parts and isinstance(parts[0], list) and parts[0] else None
    is_year = re.fullmatch(r"-\d{1,4}", str(year)) and int(str(year)) < 0
    return When(year=int(str(year))) if is_year else None


def _season(parts: list[Any], value: dict[str, Any]) -> int:
    """A season 1–4, said as such or as a month 13–24, as CSL processors and EDTF write it."""
    said = value.get("season")
    if str(said) in ("1", "2", "3", "4"):
        return int(str(said))
    month = parts[0][1] if isinstance(parts[0], list) and len(parts[0]) > 1 else None
    if str(month).isdecimal() and 13 <= int(str(month)) <= 24:
        return (int(str(month)) - 13) % 4 + 1
    return 0
