"""Who brought a work out and where: places, publishers and the orders in which they are printed."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from refpipe.items.printed.words import (
    FOREIGN_BODIES,
    FUNCTION_WORDS,
    ORGANISATION_WORDS,
    PUBLISHER_WORDS,
    TOWNS,
)
from refpipe.items.printed.works.marks import CUT, Marked, trimmed
from refpipe.lifetimes import lazy

_REGIONS = """USA;UK;U.S.A.;U.S.A;U.S.;U.K.;United States of America;United States;United Kingdom
Germany;Netherlands;The Netherlands;Switzerland;Japan;Australia;Canada;France;Italy;Spain;China
India;Sweden;Denmark;Norway;Austria;Belgium;Brazil;Ireland;England;Scotland;Wales
Northern Ireland;New Zealand;South Korea;Korea;Singapore;Poland;Portugal;Finland
Dominican Republic;Greece;Turkey;Taiwan;Thailand;Malaysia;Mexico;México;Chile;Argentina
Colombia;Peru;Russia;Czech Republic;Hungary;Iran;Israel;Egypt;South Africa;Iceland
Luxembourg;Croatia;Slovenia;Serbia;Romania;Bulgaria;Ukraine;Estonia;Latvia;Lithuania
Indonesia;Philippines;Vietnam;Pakistan;Bangladesh;Hong Kong;Deutschland;España;Österreich
Schweiz;Ontario;Quebec;British Columbia;Queensland;New South Wales;Victoria;Massachusetts
California;Illinois;Pennsylvania;New York;Texas;Maryland;Minnesota;Michigan;Oregon
New Jersey;Connecticut;Florida;Ohio;Georgia;Louisiana;Tennessee;Arizona;Colorado;Indiana
Iowa;Kansas;Kentucky;Missouri;Nebraska;Nevada;Utah;Virginia;Wisconsin;Washington
North Carolina;South Carolina;Cyprus;Malta;Slovakia;PR China;P.R. China;Sri Lanka;Nepal;Cuba
Costa Rica;Uruguay;Venezuela;Ecuador;Nigeria;Kenya;Ghana;Ethiopia;Uganda;Tanzania;Zimbabwe
Morocco;Tunisia;Algeria;Iraq;Jordan;Lebanon;Saudi Arabia;United Arab Emirates;UAE;Qatar
Kuwait;West Virginia;Alabama;Hawaii;Alaska;Oklahoma;Vermont;Maine;New Hampshire;Rhode Island
Delaware;Québec;Alberta;Manitoba;Tasmania;Western Australia;South Australia;Surrey;Kent
Sussex;Hampshire;Oxfordshire;Berkshire;Hants;Herts;Bucks;Oxon"""
"""Countries and states that are printed behind a town."""
REGIONS = sorted(re.split(r"[;\n]", _REGIONS), key=lambda word: (-len(word), word))
_REGION = "|".join(map(re.escape, REGIONS))
_DISTRICT = lazy(r"(?<=Washington),?\sD\.?\s?C\.?$|(?<=Frankfurt)\sam\sMain$")
_STATE = (
    r"(?>\s?[(\[](?:[A-Z]{2,4}|[A-Z][a-z]+|[A-Z]\.[A-Z]\.)[)\]]|,\s(?:[A-Z]{2}"
    r"|[A-Z]\.[A-Z]\.|Mass\.?|Calif\.?|Ill\.?|Conn\.?|Md\.?|Pa\.?|Minn\.?)(?=,|$|\s?\()"
    rf"|,\s(?:{_REGION}))"
)
_CITY = (
    r"[A-ZÀ-ÞА-ЯЁ][^\W\d_]*\.?+(?:['’][^\W\d_]+)?(?:[\s-](?:upon|on|sur|sub|am|an|im|bei|de|del|dos|of|the|la|le|los|las"
    r"|[A-ZÀ-ÞА-ЯЁ][^\W\d_]*)\.?+)*\.?(?:\s\[(?:etc\.?|et al\.?|и др\.)\])?"
)
_CODE_LAST = lazy(
    r"(?<=[a-z])\s(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])$"
)
"""``Baltimore MD``: a state of the US without a comma."""
_PLACE = lazy(
    rf"(?P<city>{_CITY})(?P<state>{_STATE})*(?:(?:\s?[&/;]\s?|\s-\s?|-\s|(?<=[)\]])-){_CITY}(?:{_STATE})*"
    rf"|\sand\s{_CITY}(?:{_STATE})*)*"
)
_ENDS_AS_HOUSE = lazy(
    r"(?:Press|Verlag|Books|Publishers?|Publishing|Publications?|Inc|Ltd|Co|Company"
    r"|Kinetics|& [A-Z]\w+|Sons|Group|University|Society|Association|Institute|Organization"
    r"|Organisation|Office|Foundation|Hall|House)\.?$"
)


def is_place(text: str) -> bool:
    """Whether a text is a town, with its state or country, or several."""
    text = _DISTRICT.sub("", text.strip())
    plain = re.sub(r"^United States\s-+\s(?=[A-Z])", "", text.strip())
    if plain != text.strip():
        return len(plain.split()) <= 3
    coded = _CODE_LAST.search(plain)
    if coded:
        town = plain[: coded.start()]
        return (
            re.fullmatch(_CITY, town) is not None and len(town.split()) <= 3 and not is_house(town)
        )
    match = _PLACE.fullmatch(plain)
    if match is None or len(plain) > 60:
        return False
    city = match["city"].split(",")[0]
    if city.isupper() and len(city) > 2 and city.lower() not in TOWNS:
        return False
    if match["state"]:
        return len(match["city"].split()) <= 4 and not is_house(match["city"])
    words = re.findall(r"[^\W\d_]+", re.split(r"[,&/;]|\sand\s", plain)[0])
    return all(word.lower() in TOWNS for word in words)


def _is_place_behind(text: str) -> bool:
    """Whether what stands behind a publisher is a place, be it a state alone."""
    return is_place(text) or text.strip() in REGIONS


def is_house(text: str) -> bool:
    """Whether words of a text are those of a publisher, a press or a body of people."""
    words = {word.lower().strip(".,&()") for word in text.split()}
    is_told = words & (PUBLISHER_WORDS | ORGANISATION_WORDS | FOREIGN_BODIES)
    return bool(is_told) or _ENDS_AS_HOUSE.search(text) is not None


def ends_as_house(text: str) -> bool:
    """Whether an element ends as a firm or an office does: ``ACT, Inc.``, ``OECD Publishing``."""
    return re.search(r"\b(?:Publishing|Publishers|Inc|Ltd|LLC|Agency)\.?(?:,|$)", text) is not None


WESTERN_HOUSE = lazy(
    r"(?<![A-Za-z])(?:[A-Z][\w.’&-]*\s){0,3}(?:Press|Publishers|Publishing|Publications"
    r"|Verlag|Elsevier|Springer(?:-Verlag)?|Wiley(?:-Blackwell)?|Saunders|Mosby|Lippincott"
    r"|Williams & Wilkins|Churchill|McGraw[- ]Hill|Routledge|Blackwell|Thieme|Karger"
    r"|Human Kinetics|CRC|Academic|Kluwer|Erlbaum|Books|Guilford|Macmillan|Penguin"
    r"|F\.\s?A\. Davis)\b"
)


def ends_with_house(masked: str) -> bool:
    """Whether the last element before the date is a publisher's."""
    tail = re.sub(r"[\s.,;:()\d\x01-]+$|\bpp?\.?\s?[\d-]+", "", masked.rstrip())
    last = re.split(r"[.?!;]\s|,\s(?=[A-Z])", tail)[-1]
    before = re.split(r"[.?!]\s", tail)[-1]
    return WESTERN_HOUSE.search(last) is not None or WESTERN_HOUSE.search(before[-90:]) is not None


def _may_be_house(text: str) -> bool:
    """Whether a text can be a publisher's name: short, and capital words but for small ones."""
    words = re.findall(r"[^\s,]+", text)
    return 0 < len(words) <= 9 and words[0][0] not in "([" and all(
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
    """``Place: House``, ``Place, House`` or the house alone, where the year behind is no doubt."""
    left = marked.left
    colon = re.compile(r"\s?:\s").search(left, start, end)
    if colon and len(left[start : colon.start()]) <= 60:
        house, place = (colon.end(), end), (start, colon.start())
        if is_place(left[slice(*house)]) and not is_place(left[slice(*place)]):
            house, place = place, house
        _take_bracketed(marked, "publisher", house, 0.93)
        _take_bracketed(marked, "publisher-place", place, 0.92)
        return start
    commas = [one.start() for one in re.compile(r",\s").finditer(left, start, end)]
    commas = [] if is_place(left[start:end]) else commas
    if left[marked.sealed : marked.sealed + 1] != ",":
        # Before a semicolon a place stands behind a colon, or behind the house.
        back = next((at for at in commas if _is_place_behind(left[at + 2 : end])), -1)
        if back > 0:
            marked.take_text("publisher-place", (back + 2, end), 0.85)
        marked.take_text("publisher", (start, back if back > 0 else end), 0.9)
        return start
    front = next((at for at in reversed(commas) if is_place(left[start:at])), -1)
    if front < 0 and commas and _is_town_before_house(left[start:end]):
        front = commas[0]
    back = next((at for at in commas if _is_place_behind(left[at + 2 : end])), -1)
    if front > 0:
        marked.take_text("publisher-place", (start, front), 0.85)
        marked.take_text("publisher", (front + 2, end), 0.88)
    elif back > 0:
        marked.take_text("publisher-place", (back + 2, end), 0.85)
        marked.take_text("publisher", (start, back), 0.9)
    else:
        marked.take_text("publisher", (start, end), 0.9)
    return start


def _take_bracketed(marked: Marked, name: str, span: tuple[int, int], confidence: float) -> None:
    """Take a field, without square brackets around the whole of it."""
    start, end = trimmed(marked.left, *span)
    inner = marked.left[start] == "[" and marked.left.find("]", start) == end - 1
    marked.take_text(name, (start + inner, end - inner), confidence)


_TOWN = lazy(
    r"(?:(?:San|Santa|Saint|St\.|New|Den|Le|La|Los|Las|El|The|Bad|Fort|Port|Cape)\s)?"
    r"[^\W\d_][^\W\d_.’-]+(?:-[^\W\d_]+|\s(?:am|an der)\s[^\W\d_]+)?"
)

_HOUSE_AND_TOWN = lazy(
    r"(?:.*,\s)?(?P<house>[A-ZÀ-Þ][^,;:]*\s(?:Press|Publish(?:ing|ers)|Publications|Verlag|Books)),\s"
    r"(?P<town>[A-ZÀ-Þ][^\W\d_]+(?:\s[A-ZÀ-Þ][^\W\d_]+){0,2})"
)


def is_town_behind(text: str) -> bool:
    """Whether one word behind a body's name may be a town that no list knows."""
    return _TOWN.fullmatch(text) is not None and not is_house(text) and text[:1].isupper()


def _is_town_before_house(text: str) -> bool:
    """Whether one or two words before the first comma may be a town that no list knows."""
    town, _, house = text.partition(", ")
    if re.search(r"^[A-Z][\w’-]+,?\s(?:and|&)\s[A-Z][\w’-]+$", house):
        # Farrar, Straus and Giroux
        return False
    is_house_behind = not LEGAL_FORM.fullmatch(house) and (
        is_house(house) or len(house.split()) >= 2
    )
    return _TOWN.fullmatch(town) is not None and not is_house(town) and is_house_behind


def _place_first(marked: Marked, start: int, end: int, *, is_whole: bool) -> int | None:
    """``Place: Publisher``, alone or behind a comma."""
    for colon in reversed(
        list(re.compile(r"\s?:\s?(?=[^\W\d_])").finditer(marked.left, start, end))
    ):
        publisher = marked.left[colon.end() : end]
        is_named = _may_be_house(publisher.split(",")[0]) or (is_whole and publisher[0].isupper())
        if CUT in publisher or len(publisher) > 90 or not is_named:
            continue
        edges = [start] + [
            match.end()
            for match in re.compile(r"[,;]\s").finditer(marked.left, start, colon.start())
        ]
        for edge in edges:
            place = marked.left[edge : colon.start()].strip(" ,")
            is_alone = edge == start and is_whole
            is_last = (
                edge > start
                and marked.left[end : end + 4].strip(" ,.")[:1] == CUT
                and len(place.split()) <= 3
                and 0 < len(publisher.split()) <= 4
            )
            if is_place(place) or ((is_alone or is_last) and may_be_place(place)):
                marked.take_text("publisher", (colon.end(), end), 0.9)
                marked.take_text("publisher-place", (edge, colon.start()), 0.9)
                return edge
    return None


_MAYBE_PLACE = lazy(
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
    begin = town_and_house(marked, start, end, least=2 + (not is_whole))
    if begin < end:
        return begin
    place_at: tuple[int, int] | None = None
    for edge in edges:
        words = marked.left[edge:end].strip(" ,")
        if (_is_place_behind(words) and edge > start) or (is_whole and is_place(words)):
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


def town_and_house(marked: Marked, start: int, end: int, *, least: int) -> int:
    """Take ``Paris, Fayard`` at the end of so many elements; where it begins, or ``end``.

    What is a house by its words (``CRC Press, Boca Raton``) stands before a town that no list has.
    """
    if known := _HOUSE_AND_TOWN.fullmatch(marked.left, start, end):
        marked.take_text("publisher", known.span("house"), 0.88)
        marked.take_text("publisher-place", known.span("town"), 0.85)
        return known.start("house")
    commas = re.compile(r",\s+").finditer(marked.left, start, end)
    edges = [start, *(comma.end() for comma in commas), end]
    pieces = [marked.left[one:two].strip(" ,.") for one, two in pairwise(edges)]
    is_more = len(pieces) > 2 and is_house(pieces[-3])
    if len(pieces) < least or is_more or not is_house_of(pieces[-2], pieces[-1]):
        return end
    marked.take_text("publisher-place", (edges[-3], edges[-2]), 0.85)
    marked.take_text("publisher", (edges[-2], end), 0.8)
    return edges[-3]


_OF_HOUSE = lazy(
    r"(?:Presses|[ÉE]ditions|Editora|Editorial|Edizioni|Librairie|Verlag|Wydawnictwo)\b"
)
"""What the name of a house begins with, before words that have no capitals."""


def is_house_of(place: str, house: str) -> bool:
    """Whether ``Paris, Fayard`` are a town and who has a house there."""
    joined = re.sub(r"\s(?:et|und|y|e|i)\s", " and ", house)
    is_named = _may_be_house(joined) or is_house(house) or _OF_HOUSE.match(house) is not None
    is_named = is_named and not LEGAL_FORM.fullmatch(house) and CUT not in place + house
    is_region = house in REGIONS or is_place(house) or len(house.replace(".", "")) < 3
    return is_named and is_place(place) and not is_region


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
        if (is_house(word) and not LEGAL_FORM.fullmatch(word)) or (
            has_place and edge == before[-1]
        ):
            return (edge, stop)
    return None


LEGAL_FORM = lazy(r"(?:Inc|Ltd|LLC|Co|Corp|GmbH|Limited|& Co|and Co|& Sons)\.?")
"""What stands behind the last comma of a publisher's name and is none by itself."""


# ── Japanese houses and series ──────────────────────────────────────────

PUBLISHER = lazy(
    r"(?:書院|出版[会部局社]?|堂|書店|書房|新社|社|館|協会|振興会|書林|図書|刊行会|研究会|センター"
    r"|ジャパン|ブックス"
    r"|クリエイティブ|ハウス|プレス|企画|じほう|ぎょうせい|インターナショナル|サイエンス"
    r"|メディカ|メディカル|会館|印刷局|ケア|舎|閣|堂出版|新聞"
    r"|Press|Publishing|Publishers|Springer|Elsevier|エルゼビア|シュプリンガー|法人.*"
    r"|学会|機構|財団|省|庁)$"
)
"""Endings of the names of Japanese publishers; where a name stands tells more."""

SERIES = lazy(
    r"(?:新書|文庫|選書|叢書|双書|シリーズ|ブックレット|ライブラリー|全書)(?:\s?[A-Z]?\d*)?$"
)
_SERIES_IN_BRACKETS = lazy(
    r"\((?P<name>[^()\d]{2,24}?(?:新書|文庫|選書|叢書|双書|全書|ブックレット|ライブラリー|シリーズ)|(?:シリーズ|講座)[^()\d,]{2,20}?)"
    r"(?:[\s,]{0,2}(?P<number>(?!(?:19|20)\d\d\))[A-Z]?\d{1,4}|[①-⑳]))?\)"
)


def take_series(marked: Marked) -> None:
    """A series in brackets: 〈新潮文庫〉, （シリーズ人間と健康 3）."""
    for match in list(_SERIES_IN_BRACKETS.finditer(marked.left)):
        marked.take_text("collection-title", match.span("name"), 0.75)
        if match["number"]:
            marked.take_text("collection-number", match.span("number"), 0.75)
        marked.cut(match.start(), match.end())
    for match in list(re.finditer(r"[〈《]([^〈〉《》]{2,30})[〉》]", marked.left)):
        word = match[1].strip()
        if SERIES.search(word) or marked.left[: match.start()].endswith("社"):
            marked.take_text("collection-title", match.span(1), 0.75)
            marked.cut(*match.span())


_PAPERBACKS = lazy(
    r"(?:岩波|角川|ちくま|筑摩|ハヤカワ|創元|新潮|中公|河出|文春)\w*(?:文庫|新書|選書)"
)
"""A series whose name does not say whose it is; any other 文庫 or 新書 may be a house."""
_HOUSE_WITHIN = lazy(r".{2,6}?(?:社|舎|館|書[房院店]|出版)(?=.*(?:文庫|新書|選書|ブックス)$)")
"""光文社 of 光文社新書, 講談社 of 講談社学術文庫."""


def settle_publisher(marked: Marked, alone: tuple[int, int]) -> None:
    """What stands in the place of a publisher is the publisher: a house may be called 文庫.

    光文社新書 is a series, but names whose it is, and nothing else does.
    """
    parts = marked.parts
    series = next((part for part in parts if part.name == "collection-title"), None)
    if series is None or marked.has("publisher"):
        return
    name = str(series.value)
    is_house = re.search("(?:文庫|新書|選書)$", name) and not _PAPERBACKS.match(name)
    within = _HOUSE_WITHIN.match(name)
    if within and alone == (series.start, series.end):
        end = series.start + within.end()
        house = replace(series, name="publisher", value=within[0], end=end, confidence=0.65)
        parts.append(house)
    elif is_house and alone == (series.start, series.end):
        parts[parts.index(series)] = replace(series, name="publisher", confidence=0.6)
