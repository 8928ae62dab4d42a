"""Items as the elements take them: whatever CSL-JSON holds, made fit to be rendered.

Nothing in an item can make the engine stumble after this: a title that is a list, a month 0,
a missing type, a name without a family.  What had to be left out is said in a warning.
"""

from __future__ import annotations

import re
from typing import Any

from refpipe import dates
from refpipe.lifetimes import lazy
from refpipe.model import Item
from refpipe.normalise.text import is_east_asian, starts_with_letter
from refpipe.render.engine.pieces import Person, Piece, Pieces, Reference, When
from refpipe.render.entries import is_japanese
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
_BARE_HOST = lazy(r"www\.[\w-]+\.|[\w-]+(?:\.[\w-]+)+/", re.IGNORECASE)
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
_EDITION = lazy(rf"(?:the )?({'|'.join(_ORDINALS)})(?: ed(?:ition|n)?\.?)?", re.IGNORECASE)
_NUMBER = lazy(r"(?:nos?|nr|number|№)\b\.?\s*(?=\d)|№\s*(?=\d)", re.IGNORECASE)
_WORDS = {
    "volume": re.compile(r"vol(?:ume)?\b\.?\s*(?=\d)", re.IGNORECASE),
    "issue": _NUMBER,
    "collection-number": _NUMBER,
}
"""Variable → the word before its number, which styles write themselves."""
_PUBLISHED = frozenset(("published", "publish", "final", "epublish", "ppublish"))
"""Words in ``status`` that say no more than the date does."""
_DOI_PREFIX = lazy(r"\A\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def reference(
    item: Item, *, has_status: bool = False, has_directors: bool = False
) -> tuple[Reference, tuple[str, ...]]:
    """The item as a reference, and what had to be left out of it.

    ``has_status`` is true for a style that prints CSL's ``status``: words in the place of a date
    ("in press") are one.  ``has_directors`` is true for a style that prints those who directed
    the editors; elsewhere those of a Japanese book (監修) are printed beside the editors.
    """
    warnings: list[str] = []
    item = _mended(item, has_status=has_status)
    is_beside = not has_directors and is_japanese(item)
    item = _with_directors_for_editors(item) if is_beside else item
    texts: dict[str, Pieces] = {}
    names: dict[str, tuple[Person, ...]] = {}
    whens: dict[str, When] = {}
    endless: set[str] = set()
    for key, value in item.items():
        if key in _SKIPPED or value is None:
            continue
        if key in NAMES:
            names[key], is_cut = people_of(value)
            endless |= {key} if is_cut else set()
        elif key in DATES:
            when = _when(value)
            if when is not None:
                whens[key] = when
            elif value:
                warnings.append(f"{key}: no date that the calendar has: {str(value)[:60]}")
        elif pieces := _text(key, value):
            texts[_OTHER_NAMES.get(key, key)] = pieces
    custom = item.get("custom")
    names = {key: value for key, value in names.items() if value}
    endless |= _said_endless(custom, names)
    return (
        Reference(
            type=_type(item),
            texts=texts,
            names=names,
            dates=whens,
            language=language(item),
            endless=frozenset(endless),
            role_words=_role_words(custom, names if is_beside else {}),
        ),
        tuple(warnings),
    )


_FIRST_NAMED = ("author", "editor", "editorial-director", "translator")
"""Who stands first in an entry, and is meant where a source says that there are more people."""


def _said_endless(custom: object, names: dict[str, tuple[Person, ...]]) -> set[str]:
    """The roles of which the source said that more people have them."""
    if not isinstance(custom, dict):
        return set()
    said = {role for role in names if custom.get(f"{role}-et-al") is True}
    if custom.get("author-et-al") is True and "author" not in names:
        said |= set([role for role in _FIRST_NAMED if role in names][:1])
    return said


def _with_directors_for_editors(item: Item) -> Item:
    """The item with those who directed the editors in their place, where nobody else edited it."""
    if item.get("editor") or not item.get("editorial-director"):
        return item
    custom = item.get("custom")
    said = custom if isinstance(custom, dict) else {}
    own = {
        "editor-label": said.get("editorial-director-label", _DIRECTED),
        "editor-et-al": said.get("editorial-director-et-al"),
    }
    directors = item["editorial-director"]
    return {**item, "editor": directors, "editorial-director": None, "custom": {**said, **own}}


_DIRECTED = "監修"
"""How those are called who directed the editors, where their book has no other word for it."""


def _role_words(custom: object, names: dict[str, tuple[Person, ...]]) -> dict[str, str]:
    """How a Japanese book calls its editors, where it is not the style's 編: 監修, 編著.

    Those who stand beside the editors among ``names`` have a word of their own.
    """
    words = {}
    for role, usual in (("editor", ""), ("editorial-director", _DIRECTED)):
        word = custom.get(f"{role}-label", usual) if isinstance(custom, dict) else usual
        is_word = isinstance(word, str) and re.fullmatch(r"[\u3040-\u9fff・]{1,8}", word)
        if is_word and (role == "editor" or {"editor", role} <= names.keys()):
            words[role] = str(word)
    return words


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
        if key == "URL" and _BARE_HOST.match(link):
            link = f"https://{link}"  # As it stands it would lead to a page of the writer's own.
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


# ── Names of CSL-JSON as the elements take them ─────────────────────────────────────────────────
# The given and family fields of real records hold particles, suffixes, stray commas and names of
# which one half is missing; each is put where it belongs before a style sees it.


_FAMILY_PARTICLE = lazy(r"([^\s’'ʻ-]+(?:[-ʻ’']| |['’] ) *)(?=\S)")
_GIVEN_PARTICLE = lazy(r"(?<=\S)\s+([^\s]+)\Z")
_ELIDED = lazy(r"(?:\A|(?<=[\s.]))([ODLodl])\.?’\Z")
_SPACES = lazy("[\\s\u00a0\u200b\x00-\x1f\x7f]+")
_LONE_SURROGATES = lazy("[\ud800-\udfff]")
_LOOSE_STOP = lazy(r"\s+[.,;]+\s*\Z")
_QUOTED = lazy('"([^"]+)"')
_KATAKANA = lazy("[\u30a0-\u30ff\uff66-\uff9f]+")
_INITIALS_ALONE = lazy(
    r"[A-Z]\.?|(?:[A-Z]\.[ -]?){1,3}(?:[A-Z]\.?)?|(?!NG$)[BCDFGHJKLMNPQRSTVWXZ]{2,3}"
)
"""What no family is called: one letter, letters with stops, letters without a vowel."""
_WHOLE_NAME = lazy(r"[^\W\d_][a-z’\u00df-\u024f]{3,}(?:-[^\W\d_]+)?\.?")
_SUFFIX = lazy(r"\s*,(!?)\s*")


def people_of(names: object) -> tuple[tuple[Person, ...], bool]:
    """The people of a name variable, and whether the list ends in a literal "et al."."""
    if not isinstance(names, list):
        names = [names] if isinstance(names, (dict, str)) else []
    people = [person for name in names if (person := _person(name)) is not None]
    if len(people) > 1 and people[-1].literal.strip(" .").casefold() in ("et al", "others"):
        return tuple(people[:-1]), True
    return tuple(people), False


def _person(name: object) -> Person | None:
    """One name, or None if there is nothing of it to print."""
    if isinstance(name, str):
        name = {"literal": name}
    if not isinstance(name, dict):
        return None
    family, given = _field(name, "family"), _field(name, "given")
    if not family or not given:
        whole = family or given or _field(name, "literal") or _field(name, "name")
        whole = " ".join(part for part in (_particles(name), whole) if part)
        return Person(literal=whole) if whole else None
    if is_east_asian(family):
        # Family name first, as the owner writes it; a space only before a name in other letters,
        # and between two in katakana, which are not read apart without one.
        is_apart = starts_with_letter(given) and not is_east_asian(given)
        gap = " " if is_apart or (_KATAKANA.fullmatch(family + given)) else ""
        return Person(literal=f"{family}{gap}{given}")
    if _INITIALS_ALONE.fullmatch(family) and _WHOLE_NAME.fullmatch(given):
        family, given = given.rstrip("."), family  # The two halves were deposited the wrong way.
    return _western(name, family, given)


def _particles(name: dict[str, Any]) -> str:
    if not _field(name, "family"):
        return ""
    kinds = ("dropping-particle", "non-dropping-particle")
    return " ".join(part for kind in kinds if (part := _field(name, kind)))


def _field(name: dict[str, Any], key: str) -> str:
    value = name.get(key)
    if not isinstance(value, str):
        return ""
    readable = _LONE_SURROGATES.sub("\ufffd", value)
    text = _LOOSE_STOP.sub("", _SPACES.sub(" ", readable)).strip()
    return _QUOTED.sub("“\\1”", text).replace("'", "’") if "'" in text or '"' in text else text


def _western(name: dict[str, Any], family: str, given: str) -> Person:
    """A name of two halves, with the particles and the suffix taken out of them."""
    particle, dropping = _field(name, "non-dropping-particle"), _field(name, "dropping-particle")
    is_whole = family[:1] == "“" and family[-1:] == "”" and len(family) > 2
    if is_whole:  # Quotation marks around a family name say that its first word is no particle.
        family = family[1:-1]
    suffix, has_comma = _field(name, "suffix"), bool(name.get("comma-suffix"))
    if not particle and not is_whole:
        particle, family = _split_family(family)
    if not suffix and (match := _SUFFIX.search(given)):
        given, suffix, has_comma = given[: match.start()], given[match.end() :], bool(match[1])
    if not dropping:
        given, dropping = _split_given(given)
    if match := _ELIDED.search(given):
        # ``C. O’`` and ``Neill``: the O belongs to the family.
        given, family = given[: match.start()].strip(), f"{match[1]}’{family}"
    return Person(
        family=family,
        given=given,
        dropping=dropping,
        particle=particle,
        suffix=suffix,
        has_comma=has_comma,
    )


def _split_family(family: str) -> tuple[str, str]:
    """The particles that a family name begins with, and the rest of it."""
    at = 0
    while match := _FAMILY_PARTICLE.match(family, at):
        first = match.group().lstrip("-'’ʻ ")[:1]
        if not first.islower():
            break
        at = match.end()
    return family[:at].strip(), family[at:]


def _split_given(given: str) -> tuple[str, str]:
    """A given name without the small words at its end, and those words."""
    words: list[str] = []
    while match := _GIVEN_PARTICLE.search(given):
        if not match[1].lstrip("-'’ʻ")[:1].islower():
            break
        words.insert(0, match[1])
        given = given[: match.start()]
    return given, " ".join(words)
