"""Who brought a work out and where: places, publishers and the orders in which they are printed."""

from __future__ import annotations

import re

from refpipe.items.printed.words import FUNCTION_WORDS, ORGANISATION_WORDS, PLACES, PUBLISHER_WORDS
from refpipe.items.printed.works.marks import CUT, Marked, trimmed

_STATE = (
    r"(?:\s?[(\[](?:[A-Z]{2,4}|[A-Z][a-z]+|[A-Z]\.[A-Z]\.)[)\]]|,\s(?:[A-Z]{2}"
    r"|[A-Z]\.[A-Z]\.|Mass\.?|Calif\.?|Ill\.?|Conn\.?|Md\.?|Pa\.?|Minn\.?)(?=,|$|\s?\()"
    r"|,\s(?:USA|UK|U\.S\.A?\.?|U\.K\.|Germany|Netherlands|The Netherlands|Switzerland"
    r"|Japan|Australia|Canada|France|Italy|Spain|China|India|Sweden|Denmark|Norway|Austria"
    r"|Belgium|Brazil|Ireland|England|Scotland|New Zealand|South Korea|Korea|Singapore"
    r"|Poland|Portugal|Finland"
    r"|Massachusetts|California|Illinois|Pennsylvania|New York|Texas|Maryland|Minnesota"
    r"|Michigan|Oregon|New Jersey|Connecticut|Florida|Ohio|Georgia|Victoria))"
)
_CITY = (
    r"[A-Z][^\W\d_]*\.?(?:['’][^\W\d_]+)?(?:[\s-](?:upon|am|an|de|of|the|la|le"
    r"|[A-Z][^\W\d_]*)\.?)*\.?"
)
_PLACE = re.compile(
    rf"(?P<city>{_CITY})(?P<state>{_STATE})*(?:\s?[&/;-]\s?{_CITY}(?:{_STATE})*"
    rf"|\sand\s{_CITY}(?:{_STATE})*)*"
)
_ENDS_AS_HOUSE = re.compile(
    r"(?:Press|Verlag|Books|Publishers?|Publishing|Publications?|Inc|Ltd|Co|Company"
    r"|Kinetics|& [A-Z]\w+|Sons|Group|University|Society|Association|Institute|Organization"
    r"|Organisation|Office|Foundation|Hall|House)\.?$"
)


def is_place(text: str) -> bool:
    """Whether a text is a town, with its state or country, or several."""
    plain = text.strip()
    match = _PLACE.fullmatch(plain)
    if match is None or len(plain) > 60:
        return False
    if match["state"]:
        return len(match["city"].split()) <= 4 and not is_house(match["city"])
    words = re.findall(r"[^\W\d_]+", re.split(r"[,&/;]|\sand\s", plain)[0])
    return all(word.lower() in PLACES for word in words)


def is_house(text: str) -> bool:
    """Whether words of a text are those of a publisher, a press or a body of people."""
    words = {word.lower().strip(".,&()") for word in text.split()}
    return bool(words & (PUBLISHER_WORDS | ORGANISATION_WORDS)) or bool(_ENDS_AS_HOUSE.search(text))


def _may_be_house(text: str) -> bool:
    """Whether a text can be a publisher's name: short, and capital words but for small ones."""
    words = re.findall(r"[^\s,]+", text)
    return 0 < len(words) <= 9 and all(
        not word[0].islower() or word.lower() in FUNCTION_WORDS
        for word in words
    )  # fmt: skip


def is_placed(text: str) -> bool:
    """Whether a sentence names a place and a publisher with a colon between."""
    place, colon, house = text.partition(":")
    return bool(colon) and is_place(place.strip(" ,")) and bool(house.strip())


def take(marked: Marked, start: int, end: int, *, is_whole: bool) -> int:
    """Take the imprint at the end of a stretch and give where it begins; ``end`` where none stands.

    ``is_whole`` says that the stretch is a sentence of its own behind the titles, so that what
    stands in it can be nothing but an imprint.
    """
    begin, stop = trimmed(marked.left, start, end)
    if stop <= begin:
        return end
    if is_whole and is_sealed(marked, stop):
        return _take_sealed(marked, begin, stop)
    for order in (_place_first, _publisher_first, _commas):
        found = order(marked, begin, stop, is_whole=is_whole)
        if found is not None:
            return found
    return end


def is_sealed(marked: Marked, end: int) -> bool:
    """Whether a stretch ends where a semicolon and the year of the work show a publisher's end."""
    return marked.sealed >= end and not marked.left[end : marked.sealed].strip(" .,;")


def _take_sealed(marked: Marked, start: int, end: int) -> int:
    """``Place: House`` or the house alone, where the year behind leaves no doubt."""
    colon = re.compile(r"\s?:\s").search(marked.left, start, end)
    if colon and (
        may_be_place(marked.left[start : colon.start()])
        or is_place(marked.left[start : colon.start()])
        or is_place(marked.left[colon.end() : end])
    ):
        house, place = (colon.end(), end), (start, colon.start())
        if is_place(marked.left[slice(*house)]) and not is_place(marked.left[slice(*place)]):
            house, place = place, house
        marked.take_text("publisher", house, 0.93)
        marked.take_text("publisher-place", place, 0.92)
    else:
        comma = marked.left.rfind(", ", start, end)
        if comma > 0 and is_place(marked.left[comma + 2 : end]):
            marked.take_text("publisher-place", (comma + 2, end), 0.85)
            end = comma
        marked.take_text("publisher", (start, end), 0.9)
    return start


def _place_first(marked: Marked, start: int, end: int, *, is_whole: bool) -> int | None:
    """``Place: Publisher``, alone or behind a comma."""
    for colon in reversed(
        list(re.compile(r"\s?:\s?(?=[^\W\d_])").finditer(marked.left, start, end))
    ):
        publisher = marked.left[colon.end() : end]
        if CUT in publisher or len(publisher) > 90 or not _may_be_house(publisher.split(",")[0]):
            continue
        edges = [start] + [
            match.end()
            for match in re.compile(r"[,;]\s").finditer(marked.left, start, colon.start())
        ]
        for edge in edges:
            place = marked.left[edge : colon.start()].strip(" ,")
            is_sure = is_place(place) or (edge == start and is_whole and may_be_place(place))
            if (
                is_sure
                and (edge == start or is_place(place))
                and ((edge == start and is_whole) or is_place(place))
            ):
                marked.take_text("publisher", (colon.end(), end), 0.9)
                marked.take_text("publisher-place", (edge, colon.start()), 0.9)
                return edge
    return None


_MAYBE_PLACE = re.compile(
    rf"{_CITY}(?:\s?[(\[][A-Z][\w. ]{{1,14}}[)\]])?"
    r"(?:,\s[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2}){0,2}"
    rf"(?:\s?[&/;]\s?{_CITY}|\sand\s{_CITY})*"
)


def may_be_place(text: str) -> bool:
    """Whether a text has the form of a town that no list knows, with its region or without."""
    town = text.split(",", maxsplit=1)[0]
    return (
        _MAYBE_PLACE.fullmatch(text) is not None and len(town.split()) <= 5 and not is_house(town)
    )


def _publisher_first(marked: Marked, start: int, end: int, *, is_whole: bool) -> int | None:
    """``Publisher: Place``, as some chemical journals print it."""
    match = re.compile(r"(?P<house>[^:]{2,60}):\s(?P<place>[^:]{2,40})$").match(
        marked.left[:end], max(start, marked.left.rfind("; ", start, end) + 2)
    )
    if match is None or not is_place(match["place"].strip()):
        return None
    begin = match.start()
    house = marked.left[begin : match.end("house")]
    if not (is_whole or begin > start or is_house(house)):
        return None
    marked.take_text("publisher", (begin, match.end("house")), 0.85)
    marked.take_text("publisher-place", match.span("place"), 0.85)
    return begin


def _commas(marked: Marked, start: int, end: int, *, is_whole: bool) -> int | None:
    """``Publisher, Place`` or ``Place, Publisher`` or the publisher alone."""
    edges = [
        start,
        *[match.end() for match in re.compile(r",\s+").finditer(marked.left, start, end)],
    ]
    place_at: tuple[int, int] | None = None
    for edge in edges:
        if is_place(marked.left[edge:end].strip(" ,")) and (edge > start or is_whole):
            place_at = (edge, end)
            break
    stop = place_at[0] if place_at else end
    house_at = _house_before(marked, edges, stop, is_whole=is_whole, has_place=place_at is not None)
    if house_at is None and place_at is None:
        return None
    if house_at is None and place_at is not None and place_at[0] == start and not is_whole:
        return None
    if house_at and place_at is None:
        # Place, Publisher
        first = marked.left[house_at[0] : house_at[1]]
        commas = [match.start() for match in re.finditer(", ", first)]
        comma = next((at for at in reversed(commas) if is_place(first[:at])), -1)
        if comma > 0:
            marked.take_text("publisher-place", (house_at[0], house_at[0] + comma), 0.85)
            house_at = (house_at[0] + comma + 2, house_at[1])
            marked.take_text("publisher", house_at, 0.85)
            return house_at[0] - comma - 2
    if place_at:
        marked.take_text("publisher-place", place_at, 0.88)
    if house_at:
        marked.take_text("publisher", house_at, 0.85)
    return min(span[0] for span in (house_at, place_at) if span)


def _house_before(
    marked: Marked, edges: list[int], stop: int, *, is_whole: bool, has_place: bool
) -> tuple[int, int] | None:  # fmt: skip
    """The publisher that ends at ``stop``: all of a sentence, or its last elements."""
    start = edges[0]
    text = marked.left[start:stop].strip(" ,")
    if is_whole and text and CUT not in text and len(text) <= 90 and _may_be_house(text):
        return (start, stop)
    before = [edge for edge in edges[1:] if edge < stop]
    if not before:
        return None
    for edge in reversed(before):
        word = marked.left[edge:stop].strip(" ,")
        if CUT in word or not _may_be_house(word) or len(word) > 60:
            return None
        if (is_house(word) and not _LEGAL_FORM.fullmatch(word)) or (
            has_place and edge == before[-1]
        ):
            return (edge, stop)
    return None


_LEGAL_FORM = re.compile(r"(?:Inc|Ltd|LLC|Co|Corp|GmbH|Limited|& Co|and Co|& Sons)\.?")
"""What stands behind the last comma of a publisher's name and is none by itself."""
