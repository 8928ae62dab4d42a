"""Whether a catalogue's book is the one that a printed reference speaks of.

A book has no volume and page to hold it against; what tells it from its neighbours is who is
responsible for it, who published it, when, and above all which edition it is: the guideline's
other edition has the same title, the same body and the same house.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from refpipe import dates, normalise
from refpipe.match import persons
from refpipe.match.agreement import Agreement, Standing
from refpipe.match.comparison import Level
from refpipe.model import Item
from refpipe.normalise import containers

_ROLES = ("author", "editor", "editorial-director", "translator", "illustrator", "contributor")
_WEIGHTS = {"title": 0.4, "responsible": 0.2, "year": 0.1, "publisher": 0.1, "edition": 0.2}
_NAME_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–~～]\s*(?:19|20)?\d\d)?\s*(?:年度?)?版?$")
_BEHIND = re.compile(
    r"[\s　,、.。（(\[]*(?:\d{4}\s*)?[（(\[]?\s*"
    r"((?:改訂|増補|新訂)?\s*第\s*\S{1,3}?\s*版|新版|改訂(?:新?版)?)"
)
"""An edition behind a title in running text."""
_TELLING = 6
_SHORT = 4
"""Letters of a title in kanji and kana that tell a book; twice as many in Latin letters."""


def is_book(item: Item) -> bool:
    """Whether a reference is to a whole book, guideline or report."""
    kind = item.get("type")
    is_whole = not item.get("container-title") and not item.get("volume")
    return (
        bool(item.get("title")) and is_whole and kind in {"book", "report", "document", "standard"}
    )


def book_agreement(claimed: Item, found: Item, *, text: str = "") -> Agreement:
    """How far the book ``found`` agrees with what a reference says of one.

    ``text`` is the reference itself: a title that was read in part may stand there whole.
    """
    levels = {
        "title": _title(claimed, found, text),
        "responsible": _responsible(claimed, found, text),
        "year": _year(claimed, found, text),
        "publisher": _publisher(claimed, found, text),
        "edition": _edition(claimed, found, text),
        "volume": _volume(claimed, found, text),
    }
    agrees = tuple(name for name, level in levels.items() if level is Level.AGREE)
    differs = tuple(name for name, level in levels.items() if level is Level.DIFFER)
    return Agreement(
        standing=_standing(levels, claimed, found),
        score=round(sum(_WEIGHTS.get(name, 0.0) for name in agrees), 3),
        agrees=agrees,
        differs=differs,
    )


def _standing(levels: Mapping[str, Level], claimed: Item, found: Item) -> Standing:
    if Level.DIFFER in levels.values():
        return Standing.DIFFERS
    if levels["year"] is not Level.AGREE or levels["edition"] is not Level.AGREE:
        return Standing.UNKNOWN
    sides = (levels["responsible"], levels["publisher"])
    if sides == (Level.AGREE, Level.AGREE) and levels["title"] >= Level.SIMILAR:
        return Standing.AGREES
    if levels["title"] is not Level.AGREE:
        return Standing.UNKNOWN
    is_telling = _is_telling(claimed, found)
    return Standing.AGREES if Level.AGREE in sides and is_telling else Standing.UNKNOWN


def _is_telling(claimed: Item, found: Item) -> bool:
    """Whether the shorter title has enough letters to tell a book by, with one witness."""
    shorter = min((_core(str(item.get("title") or "")) for item in (claimed, found)), key=len)
    return sum(1 if letter.isascii() else 2 for letter in shorter) >= 2 * _TELLING


# ── title ──────────────────────────────────────────────────────────────────────────────


def _title(claimed: Item, found: Item, text: str) -> Level:
    one, other = str(claimed.get("title") or ""), str(found.get("title") or "")
    if not one or not other:
        return Level.UNKNOWN
    if _stands_in(text, other):
        return Level.AGREE
    if not _is_of_one_year(one, claimed, other, found):
        return Level.DIFFER
    forms = {
        _core(one),
        _without_volume(one, found),
        _core(containers.main_title(containers.without_edition(one)[0])),
    }
    others = {_core(other), _core(containers.main_title(containers.without_edition(other)[0]))}
    if forms & others - {""} and not _subtitles_differ(one, other):
        return Level.AGREE
    # Of a reference that could not be parted, the title stands somewhere in it.
    house = containers.house(str(found.get("publisher") or ""))
    is_whole = len(house) > 2 and house in _letters(one)
    is_unread = (is_whole or not any(_people(claimed))) and _stands_in(
        text, containers.main_title(other)
    )
    return Level.SIMILAR if is_unread or _stands_in(text, other, length=_SHORT) else Level.DIFFER


def _without_volume(title: str, found: Item) -> str:
    """The letters of a title behind which the volume stands that the other book has."""
    volume = _letters(str(found.get("volume") or ""))
    letters = _letters(title)
    return letters.removesuffix(volume) if volume else letters


def _stands_in(text: str, title: str, *, length: int = _TELLING) -> bool:
    """Whether the title stands in the reference as a whole, and not as the beginning of another."""
    whole = _letters(title)
    if sum(1 if letter.isascii() else 2 for letter in whole) < 2 * length:
        return False
    plain = normalise.fold(unicodedata.normalize("NFKC", text))
    spaced = r"\W*".join(map(re.escape, whole))
    return bool(re.search(rf"(?<!\w){spaced}(?=\W|$|第\d|改訂|増補|新版)", plain))


def _subtitles_differ(one: str, other: str) -> bool:
    """Whether both have a subtitle, and not the same."""
    first, second = (_subtitle(title) for title in (one, other))
    return bool(first and second and first not in second and second not in first)


def _subtitle(title: str) -> str:
    bare, _ = containers.without_edition(title)
    return _letters(bare.removeprefix(containers.main_title(bare)))


def _core(title: str) -> str:
    """The letters of a title without its edition and the year in its name."""
    bare, _ = containers.without_edition(title)
    return _letters(_NAME_YEAR.sub("", unicodedata.normalize("NFKC", bare).strip()))


def _letters(text: str) -> str:
    folded = normalise.fold(unicodedata.normalize("NFKC", re.sub(r"<[^>]+>", "", text)))
    return re.sub(r"\W+", "", folded)


def _is_of_one_year(one: str, claimed: Item, other: str, found: Item) -> bool:
    """Whether the year in the name, as in ``ガイドライン2019``, is no other one.

    Where only one title has a year, it has to be that in which the other came out.
    """
    first, second = _name_years(one), _name_years(other)
    if first and second:
        return not first.isdisjoint(second)
    if not first and not second:
        return True
    return str(dates.year_of(found if first else claimed)) in first | second


def _name_years(title: str) -> frozenset[str]:
    """The years in the name: ``ガイドライン2019``, ``2022-2023``."""
    bare, _ = containers.without_edition(containers.main_title(title))
    match = _NAME_YEAR.search(unicodedata.normalize("NFKC", bare).strip())
    return frozenset(re.findall(r"(?:19|20)\d\d", match.group())) if match else frozenset()


# ── who and when ───────────────────────────────────────────────────────────────────────


def _responsible(claimed: Item, found: Item, text: str) -> Level:
    """Whether whom the reference names first has any part in the book.

    Where nobody was read, it is enough that the reference names somebody of the book.
    """
    first = next(_people(claimed), None)
    others = list(_people(found))
    if first is None:
        letters = _letters(text)
        is_named = any(_is_telling_name(name) and name in letters for name in map(_whole, others))
        return Level.AGREE if is_named else Level.UNKNOWN
    if not others:
        return Level.UNKNOWN
    return Level.AGREE if any(_is_same(first, other) for other in others) else Level.DIFFER


def _is_telling_name(name: str) -> bool:
    return len(name) >= (8 if name.isascii() else 3)


def _people(item: Item) -> Iterator[Mapping[str, Any]]:
    for role in _ROLES:
        listed = item.get(role)
        yield from (one for one in (listed if isinstance(listed, list) else ()) if one)


def _is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    first, second = _whole(one), _whole(other)
    if not first or not second:
        return False
    if first == second:
        return True
    if not first.isascii() or not second.isascii():
        # A committee is named with or without the society that it belongs to.
        shorter, longer = sorted((first, second), key=len)
        return len(shorter) >= 5 and shorter in longer
    if one.get("literal") and other.get("literal"):
        return persons.is_one_whole_name(str(one["literal"]), str(other["literal"]))
    return _western(one) == _western(other) != ("", "") or _is_initialled(one, other)


def _whole(person: Mapping[str, Any]) -> str:
    particle = person.get("non-dropping-particle")
    parts = (particle, person.get("family"), person.get("given"), person.get("literal"))
    return _letters("".join(str(part) for part in parts if part))


def _western(person: Mapping[str, Any]) -> tuple[str, str]:
    """Family name and first initial; of a whole name the last word is the family's."""
    family, given = str(person.get("family") or ""), str(person.get("given") or "")
    if not family:
        words = str(person.get("literal") or "").split()
        family, given = (words[-1], words[0]) if len(words) > 1 else ("", "")
    family = f"{person.get('non-dropping-particle') or ''}{family}"
    return _letters(family), _letters(given)[:1]


def _is_initialled(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether the family names are one and a given name is missing or begins alike."""
    (family, initial), (its_family, its_initial) = _western(one), _western(other)
    is_open = not initial or not its_initial or initial == its_initial
    return bool(family) and family == its_family and is_open


def _year(claimed: Item, found: Item, text: str) -> Level:
    one, other = dates.year_of(claimed) or _only_year(text), dates.year_of(found)
    if not one or not other:
        return Level.UNKNOWN
    return Level.AGREE if abs(one - other) <= 1 else Level.DIFFER


def _only_year(text: str) -> int:
    """The one year that stands in a reference; 0 where none does or several."""
    plain = unicodedata.normalize("NFKC", text)
    found = set(re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", plain))
    return int(found.pop()) if len(found) == 1 else 0


def _publisher(claimed: Item, found: Item, text: str) -> Level:
    one, other = (str(item.get("publisher") or "") for item in (claimed, found))
    house = containers.house(other)
    if other and not one:
        return Level.AGREE if len(house) >= 4 and house in _letters(text) else Level.UNKNOWN
    if not other:
        return Level.UNKNOWN
    return Level.AGREE if containers.is_one_house(one, other) else Level.DIFFER


# ── edition and volume ─────────────────────────────────────────────────────────────────


def told_edition(item: Item, text: str = "") -> containers.Edition:
    """The edition in its field, or at the end of the title."""
    written = str(item.get("edition") or "")
    title = str(item.get("title") or "")
    tail = containers.without_edition(title)[1]
    return (
        containers.edition(written)
        if written
        else containers.edition(tail or _printed(text, title))
    )


def _printed(text: str, title: str) -> str:
    """The edition that stands right behind the title in the reference itself."""
    at = text.find(title) if title else -1
    if at < 0:
        anywhere = re.search(r"(?:改訂|増補|新訂)?\s*第\s*\S{1,3}?\s*版", text)
        return anywhere.group() if anywhere else ""
    behind = text[at + len(title) :][:24]
    match = _BEHIND.match(behind)
    return match[1] if match else ""


def _edition(claimed: Item, found: Item, text: str) -> Level:
    """Agreement only where nothing lets it be another edition.

    A book without a word on its edition may be any edition of its very year; one with a word
    is none but that.
    """
    one, other = told_edition(claimed, text), told_edition(found)
    is_its_year = dates.year_of(claimed) == dates.year_of(found) != 0
    if one.number and other.number:
        return Level.AGREE if one.number == other.number else Level.DIFFER
    if not one.is_told and not other.is_told:
        return Level.AGREE
    if one.is_told != other.is_told:
        # Only print may be silent: a catalogue tells every edition but the first.
        return Level.AGREE if other.is_told and is_its_year and not one.number else Level.DIFFER
    return Level.AGREE if one.words == other.words and is_its_year else Level.DIFFER


def _volume(claimed: Item, found: Item, text: str) -> Level:
    """Nothing said, where neither has a volume or both the same; else another book."""
    one, other = (_letters(str(item.get("volume") or "")) for item in (claimed, found))
    is_printed = f"{_letters(str(found.get('title') or ''))}{other}" in _letters(text)
    return Level.UNKNOWN if one == other or (not one and is_printed) else Level.DIFFER


def may_be_later(claimed: Item, found: Item) -> bool:
    """Whether the book ``found`` has the same name and came out later, whoever made it."""
    one, other = (str(item.get("title") or "") for item in (claimed, found))
    is_one_name = _core(one) == _core(other) != "" and not _subtitles_differ(one, other)
    return is_one_name and dates.year_of(found) > dates.year_of(claimed) > 0


def is_later_edition(claimed: Item, found: Item) -> bool:
    """Whether the book ``found`` is the same guideline or textbook in a later edition.

    Title and whoever is responsible are the same, and edition or year in the name say that it
    is no reprint.
    """
    sides = (_responsible(claimed, found, ""), _publisher(claimed, found, ""))
    is_one = Level.AGREE in sides and Level.DIFFER not in sides
    if not is_one or not may_be_later(claimed, found):
        return False
    if _volume(claimed, found, "") is Level.DIFFER:
        return False
    ours, theirs = told_edition(claimed).number, told_edition(found).number
    years, its_years = (_name_years(str(item.get("title") or "")) for item in (claimed, found))
    is_named_later = bool(years and its_years and max(its_years) > max(years))
    is_numbered_later = bool(theirs) and theirs > (ours or 1)
    is_earlier = bool(ours and theirs and theirs <= ours)
    return not is_earlier and (is_numbered_later or is_named_later)


# ── choosing ───────────────────────────────────────────────────────────────────────────


def choose(found: Sequence[tuple[Item, Agreement]]) -> int | None:
    """The index of the one book that agrees; None where none does, or two books do.

    Several records of one book, by several cataloguers, are one book: the first counts.
    """
    agreeing = [index for index, (_, one) in enumerate(found) if one.standing is Standing.AGREES]
    if not agreeing:
        return None
    first = agreeing[0]
    is_one = all(_is_one_book(found[first][0], found[index][0]) for index in agreeing[1:])
    return first if is_one else None


def _is_one_book(one: Item, other: Item) -> bool:
    if str(one.get("ISBN") or "x") == str(other.get("ISBN") or "y"):
        return True
    both = book_agreement(one, other)
    return both.standing is Standing.AGREES and dates.year_of(one) == dates.year_of(other)
