"""What a stated reference and a found record say differently, field by field.

The one place that the checker, ``confirm``, ``resolve`` and the adopting of lists ask.  Only what
both sides state is compared: what one side lacks is unknown, never agreement and never a fault.
Where the printed line itself is given, a difference that may only be a misreading of it is
called unclear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from refpipe import dates, normalise
from refpipe.match import author_lists, containers, fields, persons
from refpipe.match.author_lists import AuthorDifference, AuthorKind
from refpipe.match.comparison import Comparison, Level
from refpipe.match.judgement import compare
from refpipe.match.persons import Person
from refpipe.match.printed_line import PrintedLine
from refpipe.match.profiles import Subject
from refpipe.model import Difference, Item, Weight
from refpipe.normalise import containers as hosts

__all__ = ["differences", "is_agreed", "is_other_work"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """The two sides, made ready once for all fields."""

    stated: Item
    found: Item
    line: PrintedLine
    comparison: Comparison


def differences(stated: Item, found: Item, *, text: str = "") -> tuple[Difference, ...]:
    """Every field in which ``stated`` is not what ``found`` says, in the order of a reference.

    ``text`` is the printed line that ``stated`` was read from, where there is one.
    """
    pair = _Pair(
        stated=stated,
        found=found,
        line=PrintedLine(text, title=str(found.get("title") or "")),
        comparison=compare(
            Subject.of_item(stated, without=["ISSN"]), Subject.of_item(found, without=["ISSN"])
        ),
    )
    return tuple(one for compared in _FIELDS for one in compared(pair))


# ── authors ────────────────────────────────────────────────────────────────────────────


def _authors(pair: _Pair) -> Iterator[Difference]:
    ours = persons.people(pair.stated)
    theirs = persons.in_script_of(ours, pair.found)
    told = author_lists.compare(
        ours, theirs, is_cut=author_lists.is_cut(pair.stated), gap=pair.line.has_ellipsis
    )
    torn = _torn(told, ours, theirs)
    if odd := _odd_group(pair, has_nobody=not ours or not theirs):
        yield _unclear("group", *odd)
    if ours and theirs and not told and persons.is_latin(ours) != persons.is_latin(theirs):
        yield _unclear("script", ours[0].shown, theirs[0].shown)
    for one in told:
        if one.stated and not one.found and author_lists.is_named_whole(one.stated, pair.found):
            continue
        yield Difference(
            field="author",
            kind=one.kind,
            stated=one.stated.shown if one.stated else "",
            found=one.found.shown if one.found else "",
            weight=_weight(one, pair, ours, theirs, torn=torn),
            place=one.place + 1,
        )


def _unclear(kind: str, stated: str, found: str) -> Difference:
    return Difference(field="author", kind=kind, stated=stated, found=found, weight=Weight.UNCLEAR)


def _odd_group(pair: _Pair, *, has_nobody: bool) -> tuple[str, str] | None:
    """A group or body that is named on one side, and not by that name on the other."""
    ours, theirs = (_first_name(item) for item in (pair.stated, pair.found))
    one, other = normalise.squeeze(ours), normalise.squeeze(theirs)
    if has_nobody and one and other and one not in other and other not in one:
        return ours, theirs
    is_cut = author_lists.is_cut(pair.stated) or pair.line.has_more
    return persons.odd_body(pair.stated, pair.found, pair.line.text, is_cut=is_cut)


def _first_name(item: Item) -> str:
    """The first author as one string; empty where the item has none."""
    listed = item.get("author")
    first = listed[0] if isinstance(listed, list) and listed else None
    if not isinstance(first, dict):
        return ""
    names = (first.get("family"), first.get("literal"), first.get("given"))
    return " ".join(str(name) for name in names if name)


def _weight(
    one: AuthorDifference,
    pair: _Pair,
    ours: list[Person],
    theirs: list[Person],
    *,
    torn: Weight | None,
) -> Weight:
    if one.kind in {AuthorKind.SPELLING, AuthorKind.INITIALS}:
        return Weight.SLIP
    if author_lists.is_doubled(one, ours, theirs):
        return Weight.UNCLEAR  # Printed twice by mistake, or two people of one name.
    if torn is not None:
        return torn
    is_beyond = one.kind is AuthorKind.MISSING and one.place == len(ours) and pair.line.has_more
    if is_beyond or _is_torn_name(one, ours, theirs):
        return Weight.UNCLEAR
    return Weight.UNCLEAR if _is_misread(one, pair) else Weight.ERROR


def _is_torn_name(one: AuthorDifference, ours: list[Person], theirs: list[Person]) -> bool:
    """Whether a name too many or too few is a piece of another name."""
    if one.found and not one.stated:
        return author_lists.is_part_of_one(one.found, theirs, ours)
    if one.stated and not one.found:
        is_part = author_lists.is_part_of_one(one.stated, ours, theirs)
        return is_part or author_lists.is_given_name(one, ours, theirs)
    return False


def _torn(
    told: tuple[AuthorDifference, ...], ours: list[Person], theirs: list[Person]
) -> Weight | None:
    """What to think where the lists differ as two readings of one list do; None elsewhere."""
    surplus = [one.stated for one in told if one.kind is AuthorKind.SURPLUS and one.stated]
    missing = [one for one in told if one.kind is AuthorKind.MISSING]
    if len(ours) == 1 and len(told) == len(missing) == len(theirs) - 1 >= 3:
        return Weight.SLIP  # Only the first author is named at all.
    if ours and theirs and persons.is_latin(ours) != persons.is_latin(theirs):
        return Weight.UNCLEAR
    words = {word for person in theirs for word in person.words}
    fragments = [one for one in surplus if one.parts <= words]
    # Many a registered record of old names the first author only.
    is_first_only = len(theirs) == 1 and len(surplus) == len(ours) - 1 >= 3
    others = [one for one in told if one.kind is AuthorKind.OTHER]
    is_turned = bool(others) and all(
        persons.is_turned_round(one.stated, one.found, is_strict=len(others) == 1)
        for one in others
        if one.stated and one.found
    )
    is_torn = len(fragments) >= 2 or is_first_only or is_turned
    return Weight.UNCLEAR if is_torn else None


def _is_misread(one: AuthorDifference, pair: _Pair) -> bool:
    """Whether the line may say what is found, read otherwise."""
    if one.kind is AuthorKind.ORDER:
        return False
    if one.found is not None and pair.line.has_name(one.found):
        return True
    if one.stated is None:
        return False
    names = ("title", "container-title", "publisher", "title-short")
    elsewhere = {
        word for name in names for word in normalise.fold(str(pair.found.get(name) or "")).split()
    }
    return len(one.stated.family) < 2 or one.stated.words <= elsewhere


# ── title and container ────────────────────────────────────────────────────────────────


def _title(pair: _Pair) -> Iterator[Difference]:
    ours, theirs = (str(item.get("title") or "") for item in (pair.stated, pair.found))
    agreement = pair.comparison.title
    if agreement.level is Level.AGREE or not ours or not theirs or pair.line.has_title(theirs):
        return
    if agreement.level is Level.UNKNOWN and normalise.squeeze(ours) == normalise.squeeze(theirs):
        return
    # Many a registered title breaks off where markup began.
    is_cut = agreement.level is Level.SIMILAR and agreement.how in {"cut", "lead-in", "part"}
    # Brackets say that a database translated it, and no two do so with the same words.
    is_translated = any(text.startswith("[") and text.rstrip(".").endswith("]")
                        for text in (ours, theirs))  # fmt: skip
    is_known = agreement.level is not Level.UNKNOWN  # A title such as "Note" tells nothing.
    weight = Weight.ERROR if is_known and not is_cut and not is_translated else Weight.UNCLEAR
    yield Difference(field="title", stated=ours, found=theirs, weight=weight)


def _container(pair: _Pair) -> Iterator[Difference]:
    ours = str(pair.stated.get("container-title") or "")
    mine, theirs = containers.known(pair.stated), containers.known(pair.found)
    if not ours or not theirs:
        yield from _unread_container(pair, theirs) if theirs else ()
        return
    kind = containers.compare_names(mine, theirs, is_eastern=_has_romanised_author(pair))
    if kind is not containers.Likeness.SAME:
        yield Difference(
            field="container-title",
            kind=kind,
            stated=ours,
            found=theirs[0],
            weight=_container_weight(pair, kind, theirs),
        )


def _unread_container(pair: _Pair, theirs: tuple[str, ...]) -> Iterator[Difference]:
    """The journal that was not read out of a line which says more than its title and names."""
    if theirs and not any(map(pair.line.has_phrase, theirs)) and _has_more(pair):
        yield Difference(field="container-title", stated="", found=theirs[0], weight=Weight.UNCLEAR)


def _has_more(pair: _Pair) -> bool:
    """Whether the line says more than names and title; all of it may have been read as title."""
    people = [*persons.people(pair.stated), *persons.people(pair.found)]
    read = {word for person in people for word in person.words}
    ours, theirs = (str(item.get("title") or "") for item in (pair.stated, pair.found))
    if len(normalise.squeeze(ours)) <= len(normalise.squeeze(theirs)) + _LONG // 4:
        read.update(normalise.fold(ours).split())
    return bool(pair.line.text) and bool(pair.line.words_beside(read))


def _has_romanised_author(pair: _Pair) -> bool:
    """Whether a family name of either list is one of Chinese or Japanese syllables."""
    people = (*persons.people(pair.stated), *persons.people(pair.found))
    return any(len(one.family) > 1 and containers.is_romanised(one.family) for one in people)


_LONG = 24
"""Letters that no name of a journal shares with a title by chance."""


def _container_weight(pair: _Pair, kind: containers.Likeness, theirs: tuple[str, ...]) -> Weight:
    if kind is containers.Likeness.UNKNOWN:
        return Weight.UNCLEAR
    ours = normalise.squeeze(str(pair.stated.get("container-title") or ""))
    is_of_title = ours in normalise.squeeze(str(pair.found.get("title") or ""))
    is_publisher = ours == normalise.squeeze(str(pair.found.get("publisher") or ""))
    if is_publisher or (len(ours) >= _LONG and is_of_title):
        return Weight.UNCLEAR  # Read out of the title, where a sign of quotation parted it.
    if any(pair.line.has_phrase(name, is_whole=True) for name in theirs):
        return Weight.UNCLEAR
    is_part = kind in {containers.Likeness.SECTION, containers.Likeness.PART}
    # Pages such as H1234 carry the section themselves.
    if is_part and re.match(r"[A-Za-z]\d", str(pair.stated.get("page") or "")):
        return Weight.SLIP
    if kind is containers.Likeness.SECTION and not _is_in_doi(pair, theirs[0]):
        return Weight.SLIP
    return Weight.ERROR


def _is_in_doi(pair: _Pair, name: str) -> bool:
    """Whether the DOI itself names what only one of the two names has: a journal of its own."""
    doi = str(pair.found.get("DOI") or pair.stated.get("DOI") or "").lower().partition("/")[2]
    ours = set(normalise.fold(str(pair.stated.get("container-title") or "")).split())
    apart = ours ^ set(normalise.fold(name).split())
    return any(
        len(word) > 3 and (word in doi or re.search(rf"(?<![a-z]){word[:3]}\.", doi))
        for word in apart
    )


# ── year and place ─────────────────────────────────────────────────────────────────────

_DATES = ("issued", "published-print", "published-online")


def _year(pair: _Pair) -> Iterator[Difference]:
    """Years further apart than print and online ever honestly are."""
    ours = dates.of_item(pair.stated)
    theirs = [known.year for name in _DATES if (known := dates.of_item(pair.found, name))]
    if ours is None and theirs:
        yield from _unread_year(pair, theirs)
    if ours is None or not theirs or any(abs(ours.year - year) <= 1 for year in theirs):
        return
    is_read = any(
        pair.line.has_number(str(year), str(pair.stated.get("page") or "")) for year in theirs
    )
    weight = Weight.UNCLEAR if is_read else Weight.ERROR
    yield Difference(field="year", stated=str(ours.year), found=str(theirs[0]), weight=weight)


def _unread_year(pair: _Pair, theirs: list[int]) -> Iterator[Difference]:
    """What the line says of years where none was read: the registered one should be among them."""
    years = pair.line.years
    if years and not any(abs(one - year) <= 1 for one in years for year in theirs):
        stated = ", ".join(map(str, years))
        yield Difference(field="year", stated=stated, found=str(theirs[0]), weight=Weight.UNCLEAR)


def _place(pair: _Pair, name: str, level: Level, *others: str) -> Iterator[Difference]:
    ours, theirs = str(pair.stated.get(name) or ""), str(pair.found.get(name) or "")
    if level not in {Level.DIFFER, Level.SIMILAR} or not ours or not theirs:
        return
    spent = [str(pair.stated.get(other) or "") for other in others]
    year = dates.of_item(pair.stated)
    is_slip = level is not Level.DIFFER or fields.looks_alike(ours, theirs)
    weight = Weight.SLIP if is_slip else Weight.ERROR
    if weight is Weight.ERROR and (
        pair.line.has_number(theirs, *spent, str(year.year) if year else "")
        or (not theirs.isdigit() and pair.line.has_phrase(theirs))
        or _is_exchanged(pair, name)
        or _is_mangled(pair, name, ours, theirs)
    ):
        weight = Weight.UNCLEAR
    yield Difference(field=name, stated=ours, found=theirs, weight=weight)


def _is_mangled(pair: _Pair, name: str, ours: str, theirs: str) -> bool:
    """Whether a page is no page at all, or the year was read for the volume."""
    if name == "page":
        return fields.is_no_page(ours, theirs)
    year = dates.of_item(pair.stated)
    return year is not None and ours == str(year.year) and pair.line.has_number(theirs)


def _is_exchanged(pair: _Pair, name: str) -> bool:
    """Whether volume and page were read for each other."""
    other = "page" if name == "volume" else "volume"
    ours, theirs = (
        [normalise.pages(str(item.get(each) or "")) for each in (name, other)]
        for item in (pair.stated, pair.found)
    )
    return None not in {*ours, *theirs} and [one.first for one in ours if one] == [
        one.first for one in reversed(theirs) if one
    ]


def _volume(pair: _Pair) -> Iterator[Difference]:
    level = pair.comparison.volume.level
    ours, theirs = (str(item.get("volume") or "") for item in (pair.stated, pair.found))
    if level is Level.UNKNOWN and ours and theirs and ours != theirs:
        if all(_is_year(one) for one in (ours, theirs)) and abs(int(ours) - int(theirs)) > 1:
            return _place(pair, "volume", Level.DIFFER, "issue", "page")
        # One counts volumes and the other years, or one is no number at all.
        return iter([Difference(field="volume", stated=ours, found=theirs, weight=Weight.UNCLEAR)])
    return _place(pair, "volume", level, "issue", "page")


def _is_year(volume: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", volume))


def _issue(pair: _Pair) -> Iterator[Difference]:
    """Issues are numbered anew, left out and doubled; the page finds the paper all the same."""
    if pair.comparison.issue.level in {Level.DIFFER, Level.SIMILAR}:
        yield from _place(pair, "issue", Level.SIMILAR)


def _pages(pair: _Pair) -> Iterator[Difference]:
    level = pair.comparison.pages.level
    return _place(pair, "page", level, "volume", "issue")


def _article_number(pair: _Pair) -> Iterator[Difference]:
    """The number of an article without pages, which print gives as its page; versions aside."""
    theirs = _number(pair.found)
    ours = _number(pair.stated) or str(pair.stated.get("page") or "")
    is_range = bool(re.search(r"\d\s*[-\u2013]\s*\w*\d", ours))
    if not ours or not theirs or is_range or pair.found.get("page"):
        return
    if not {_bare(ours), ours.lower()} & {_bare(theirs), theirs.lower().partition(".")[0]}:
        has_it = pair.line.has_number(theirs, str(pair.stated.get("volume") or ""))
        weight = Weight.UNCLEAR if has_it else Weight.ERROR
        yield Difference(field="number", stated=ours, found=theirs, weight=weight)


def _number(item: Item) -> str:
    custom = item.get("custom") or {}
    return str(custom.get("article-number") or item.get("number") or "")


def _bare(number: str) -> str:
    """The figures of an article's number, without letters before them and a version behind."""
    match = re.match(r"\D*0*(\d+)", number)
    return match[1] if match else number.lower()


# ── books ──────────────────────────────────────────────────────────────────────────────


def _edition(pair: _Pair) -> Iterator[Difference]:
    """Two numbers of editions: a guideline's other edition says other things.

    Two editions of which one tells no number may be one: 改訂版 and 第2版.
    """
    ours, theirs = (_told_edition(item) for item in (pair.stated, pair.found))
    one, other = hosts.edition(ours), hosts.edition(theirs)
    if one.number and other.number:
        weight = Weight.ERROR if one.number != other.number else None
    else:
        is_same = normalise.squeeze(ours) == normalise.squeeze(theirs) or (
            one == other and bool(one.words)
        )
        weight = Weight.UNCLEAR if ours and theirs and not is_same else None
    if weight is not None:
        yield Difference(field="edition", stated=ours, found=theirs, weight=weight)


def _told_edition(item: Item) -> str:
    title = str(item.get("title") or "")
    return str(item.get("edition") or "") or hosts.without_edition(title)[1]


def _publisher(pair: _Pair) -> Iterator[Difference]:
    """Houses have imprints and sell books to each other: neither right nor wrong."""
    ours, theirs = (str(item.get("publisher") or "") for item in (pair.stated, pair.found))
    is_book = not pair.stated.get("container-title") or not pair.found.get("container-title")
    is_other = ours and theirs and not hosts.is_one_house(ours, theirs)
    is_unread = not ours and pair.found.get("type") == "book" and not pair.line.has_word_of(theirs)
    if is_book and (is_other or (theirs and is_unread and _has_more(pair))):
        yield Difference(field="publisher", stated=ours, found=theirs, weight=Weight.UNCLEAR)


_FIELDS = (
    _authors, _title, _container, _year, _volume, _issue, _pages, _article_number, _edition,
    _publisher,
)  # fmt: skip


def is_agreed(told: tuple[Difference, ...]) -> bool:
    """Whether nothing but slips is different: only then is a reference confirmed."""
    return all(one.weight is Weight.SLIP for one in told)


_PLACE = frozenset(("container-title", "volume", "page", "year"))


def is_other_work(told: tuple[Difference, ...]) -> bool:
    """Whether what differs says that the two are different works.

    A title or an author alone may be misprinted; where the one and the other are different, or
    either and the place, the identifier leads to another work.
    """
    wrong = {one.field for one in told if one.is_error}
    is_first = any(
        one.is_error and one.field == "author" and one.place == 1 and one.kind == AuthorKind.OTHER
        for one in told
    )
    place = wrong & _PLACE
    if "title" in wrong:
        return is_first or bool(place - {"year"})
    return len(place) >= 3 or (is_first and len(place) >= 2)
