"""One entry on its way: what is left of it, what was read, and what elements may look like."""

from __future__ import annotations

import re

from refpipe.items.printed.nouns import TYPE_OF, Draft, Head, Part
from refpipe.items.printed.people.western_names import Names
from refpipe.items.printed.words import MONTHS, ends_as_organisation
from refpipe.items.printed.works import imprint
from refpipe.items.printed.works.western_hosts import CONFERENCE
from refpipe.lifetimes import lazy

Span = tuple[int, int]

_MADE_BY = lazy(r"\b(?:by|par|von|por)\s[A-ZÀ-Þ]")
"""``Translated by Lau P. London``: no town."""
YEAR = r"(?P<year>(?:1[4-9]|20)\d\d)"
MONTH = rf"(?P<month>(?i:{'|'.join(sorted(MONTHS, key=len, reverse=True))}))\.?"
PAGES = (
    r"(?P<page>[A-Z]{0,3}\d[\w:.]*(?:-[\w:.]*\w)?(?:,\s(?!(?:19|20)\d\d\b)\d+(?:-\d+)?)*"
    r"|[ivxlcdm]+(?:-[ivxlcdm]+)?)"
)
EXTENT = r"(?P<number_of_pages>(?:[ivxlcdm]+\W{1,2})?\d{1,5})"
BRACKETED = r"[^()]*(?:\([^()]*\)[^()]*)*"
SMALL = "a-zß-öø-ÿа-я"
_SURE = 0.92


class Entry:
    """The stretch that is left to be read, and what was read."""

    def __init__(self, text: str, masked: str, kind: str) -> None:
        self.text, self.left, self.kind = text, masked, kind
        self.start = len(masked) - len(masked.lstrip())
        self.end = len(masked.rstrip(" ."))
        self.parts: list[Part] = []
        self.head = Head()

    def draft(self, kind: str) -> Draft:
        """What was read, as a work of a kind."""
        return Draft(head=self.head, kind=TYPE_OF[kind], parts=self.parts)

    def whole(self) -> Draft:
        """What was read, as a work that stands for itself and that no sign tells from a book."""
        is_of_body = self.head.names is not None and self.head.names.kind == "group"
        is_page = (self.kind == "webpage" or is_of_body) and _SEEN.search(self.text)
        if is_page:
            return self.draft("webpage")
        return self.draft(self.kind if self.kind in ("thesis", "report") else "book")

    def words(self, span: Span) -> str:
        """What stands in a stretch, for patterns."""
        return self.left[slice(*span)].strip(" ,.;")

    # ── what was read ──

    def take(self, name: str, span: Span, value: object = None) -> None:
        """Make a field of a stretch."""
        start, end = _trimmed(self.left, *span)
        if start < end:
            value = value or self.text[start:end]
            self.parts.append(Part(name=name, value=value, start=start, end=end, confidence=_SURE))

    def take_groups(self, found: re.Match[str] | None) -> None:
        """The fields that the groups of a match name."""
        groups = found.groupdict() if found else {}
        for name in _FIELDS & groups.keys():
            if found and groups[name]:
                self.take(name.replace("_", "-"), found.span(name))
        if found and groups.get("year"):
            told = [groups.get(name) for name in ("year", "month", "day")]
            parts = [int(one) if one.isdigit() else MONTHS[one.lower()] for one in told if one]
            self.take("issued", found.span("year"), {"date-parts": [parts]})

    def take_edition(self, found: re.Match[str]) -> None:
        """An edition: a number alone is given as the number."""
        number = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", found["edition"])
        self.take("edition", found.span("edition"), number[1] if number else None)

    def behind(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """A pattern at the end of what is left, which then ends before it."""
        found = pattern.search(self.left, max(self.start, self.end - _REACH), self.end)
        if found:
            self.end = found.start()
        return found

    def set_people(self, people: Names, *, role: str = "") -> None:
        """Make the names of a list a field."""
        role = role or ("editor" if people.are_editors else "author")
        value = [dict(one) for one in people.names]
        self.parts.append(
            Part(name=role, value=value, start=people.start, end=people.end, confidence=_SURE)
        )
        if self.head.names is None:
            self.head.names = people

    def take_house(self, span: Span) -> bool:
        """``Place: House``, or the house alone; False where it can be none."""
        colon = self.left.find(": ", *span)
        house = (colon + 2, span[1]) if colon >= 0 else span
        if not is_house(self.words(house)) or (colon < 0 and self.ends_with_town(house)):
            return False
        if colon >= 0:
            if _MADE_BY.search(self.words((span[0], colon))):
                return False
            self.take("publisher-place", (span[0], colon))
        self.take("publisher", house)
        return True

    # ── what stands there ──

    def sentences(self, start: int, end: int) -> list[Span]:
        """The stretches between full stops that end a sentence."""
        found, begin = [], start
        for stop in _STOP.finditer(self.left, start, end):
            if not (stop["dot"] and _ABBREVIATED.search(self.left[begin : stop.start()])):
                found.append((begin, stop.start() if stop["dot"] else stop.start() + 1))
                begin = stop.end()
        return [*found, (begin, end)]

    def ends_with_town(self, span: Span) -> bool:
        """``House, Town``, which none of our styles prints."""
        pieces = self.words(span).split(", ")
        ends = [", ".join(pieces[n:]) for n in range(1, len(pieces))]
        return any(imprint.is_place(end) or is_region(end) for end in ends)

    def body_before(self, titles: list[Span], house: Span) -> Names | None:
        """The body, or the office of a state, that the first sentences name; they are taken out."""
        count = 0
        if len(titles) > 1 and is_body(self.words(titles[0]), self.words(house)):
            count = 1
        elif len(titles) > 2 and is_region(self.words(titles[0])):
            count = 2 if is_body(self.words(titles[1])) else 0
        if not count:
            return None
        people = named_bodies(self.text, (titles[0][0], titles[count - 1][1]))
        del titles[:count]
        return people


_SEEN = lazy(r"\d\s\[[^\]]*\d{4}[^\]]*\]")
_REACH = 240
"""How far an element at the end goes back at most."""
_FIELDS = {
    "title", "container_title", "collection_title", "collection_number", "event_title", "volume",
    "issue", "page", "number_of_pages", "genre", "number",
}  # fmt: skip
_STOP = lazy(
    rf"(?:(?P<dot>\.(?=\s+in\s|\s+[^.]{{3,300}}\s(?:editors?|eds?)\b)|\.(?!\s+[{SMALL}])|\.(?=\s+\w+\.\w))|[?!])\s+(?=\S)"
    r"(?!(?<=\b\w\w\.\s)\[|(?<=\b\w\w\w\.\s)\[)"
)
"""No sentence ends before a small letter, but for editors, nor a town before ``[etc.]``."""
_ABBREVIATED = lazy(
    r"(?:(?<!\w)(?:[A-Z]|St|Ste|Mt|Ft|Dr|Mrs?|Inc|Ltd|Co|Corp|Univ|Dept|Vol|No|vs|ca)"
    r"|(?<!Ph)(?<!Ed)(?<!\bM)[.&][A-Z]|\b(?:[a-z]\.)+[a-z])\Z"
)
_FOREIGN = lazy(
    r"\"|\bIn:\S|\bin:\s|[^”]\.\sIn\s|[(\[]eds?\.?[)\]]|\.\s(?:and|&)\s"
    "|\\b(?:[Uu]pdated|[Aa]ccessed|[Rr]eviewed)\\b|\\bVol\\.?\\s\\d{1,4},\\s\\d+-\\d"
)
"""Plain quotes, other words for a book, other days, a volume and pages without a label."""
_BLANKS = lazy(r"\s{3,}")
INITIAL = lazy(r"(?<![.\w])[A-Z]\.\s[A-Z]")
"""What stands in lists of names, and hardly in a title."""
DEGREE = (
    r"(?P<genre>[^,\d\[]{0,40}\b(?:[Tt]hesis|[Dd]issertation|[Tt]hèse|[Tt]esis|Ph\.?\s?D"
    r"|Doctor\w*|Master\w*|M\.?[AS]|Ed\.?D)\b[^,\d]{0,40})"
)
"""The words for a thesis."""
TOLD_EDITION = lazy(r"\bed(?:n|ition)?\Z")
_NO_HOUSE = lazy(
    r"\b(?:[Tt]hesis|[Dd]isserta\w+|[Rr]eport|Eds?|[Tt]es[ei]s?|[Tt]hèse|[Mm]émoire|[Pp]roefschrift"
    r"|[^\W\d_]+arbeit)\b"
)
_JOURNAL = lazy(
    r"(?<![.\w])(?:Journal|J|Bulletin|Proceedings|Proc|Annals|Transactions|Trans|Archives|Reviews?"
    r"|Letters|Lett|Magazine|Newsletter|Revue|Revista|Rivista|Zeitschrift|Notes|Conference"
    r"|Conf|Symposium|Symp|Workshop|Studies|Studien|Science|Nature|Mind)\b"
)


def is_foreign(text: str, masked: str) -> bool:
    """Whether an entry shows what none of our styles prints, as an address in the middle."""
    left = masked.rstrip()
    blanks = (text[slice(*one.span())].strip() for one in _BLANKS.finditer(left))
    return _FOREIGN.search(left) is not None or not all(one.startswith("[") for one in blanks)


def is_house(words: str) -> bool:
    """Whether words may be a publisher's: few, without figures, and no journal's."""
    return (
        0 < len(words.split()) <= 14
        and re.search(r"\d|[“”]|:\s|\w\.(?:org|com|net|gov|edu|int)\b", words) is None
        and (words[0] == "[" or words[0].isalpha())
        and (not words[0].islower() or " " in words or "." in words)
        and _NO_HOUSE.search(words) is None
        and (_JOURNAL.search(words) is None or imprint.is_house(words))
    )


def is_body(words: str, house: str = "") -> bool:
    """Whether words in front of a title name a body of people, or the publisher."""
    is_told = ends_as_organisation(words) or re.fullmatch(r"[A-Z]{2,8}", words)
    return (bool(is_told) and len(words.split()) <= 14) or (
        len(words) > 2 and house.endswith(words)
    )


def is_meeting(words: str) -> bool:
    """Whether words name proceedings or a meeting, and no sitting of a parliament."""
    plain = re.sub(r"\d(?:st|nd|rd|th) Congress(?=[.,]|\Z)", "", words)
    return (
        CONFERENCE.search(plain) is not None or re.search("論文集|研討會|会议", words) is not None
    )


def is_region(words: str) -> bool:
    """Whether words are a state or a country alone."""
    is_state = re.fullmatch(r"[A-Z]{2}|[A-Z]\.\s?[A-Z]\.?", words) is not None
    return is_state or words in imprint.REGIONS or words.title() in imprint.REGIONS


def is_latin(words: str) -> bool:
    """Whether most letters are Latin ones."""
    letters = [sign for sign in words if sign.isalpha()]
    return sum(sign < "\u0250" for sign in letters) * 2 > len(letters)


def named_bodies(text: str, span: Span) -> Names:
    """What stands in a stretch as the name of a body, or of several that are each told."""
    words = text[slice(*span)].strip(" ,;")
    named = re.sub(r", eds?\.?\Z", "", words)
    several = re.split(r"[;,] ", named)
    names = several if len(several) > 1 and all(map(is_body, several)) else [named]
    return Names(
        names=tuple({"literal": one} for one in names), start=span[0], end=span[1],
        kind="group", are_editors=named != words,
    )  # fmt: skip


def whole_names(left: str, start: int, end: int) -> Names | None:
    """Chinese and Korean names, which are not turned: ``曾國鴻, 賴秋露, and 鍾季娟``."""
    words = left[start:end].strip(" .,;")
    core = re.sub(r",? et al\.?\Z", "", words)
    pieces = re.split(r"[,;] (?:and )?| and ", core)
    if not all(re.fullmatch("[\u3400-\u9fff\uac00-\ud7a3]{2,4}", piece) for piece in pieces):
        return None
    return Names(
        names=tuple({"literal": piece} for piece in pieces), start=start, end=end, kind="within",
        is_cut=core != words,
    )  # fmt: skip


def _trimmed(left: str, start: int, end: int) -> Span:
    while start < end and left[start] in " ,;":
        start += 1
    while end > start and left[end - 1] in " ,;":
        end -= 1
    is_whole = left[start : start + 1] == "[" and left.find("]", start, end) == end - 1
    return (start + 1, end - 1) if is_whole else (start, end)
