"""The numbers at the end of a reference: year, volume, issue and pages in any order.

The pieces of the tail are told apart by their labels, brackets, signs and order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from refpipe.items.printed.articles import pieces
from refpipe.items.printed.articles.pieces import ELEMENT, IS_YEAR, LABEL_OF, Piece
from refpipe.items.printed.nouns import Draft, Head, Part
from refpipe.items.printed.words import ERAS, INITIALS, MONTHS
from refpipe.items.printed.works.days import is_day


@dataclass(slots=True, kw_only=True)
class Numbers:
    """What the tail says; each value with its place in the cleaned text."""

    start: int
    end: int
    found: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    """``volume issue page number year month day letter`` → (text, start, end)."""
    unread: list[tuple[int, int]] = field(default_factory=list)


def read(shape: str, start: int, end: int, *, has_year: bool) -> Numbers:
    """The numbers at the end of ``shape[start:end]``; ``has_year`` when one stood before."""
    return read_at(shape, pieces.begin(shape, start, end), end, has_year=has_year)


def read_at(shape: str, begin: int, end: int, *, has_year: bool) -> Numbers:
    """The numbers of a tail that is known to begin at ``begin``."""
    numbers = Numbers(start=begin, end=end)
    pieces = [
        Piece(kind=match.lastgroup or "", match=match)
        for match in ELEMENT.finditer(shape, begin, end)
    ]
    _Assignment(numbers, pieces, has_year=has_year).run()
    return numbers


_LABELLED = re.compile(r"\b(?P<label>vol|no|pp?)\.\s(?P<value>[^,\s][^,]{0,30}?)(?=,\s|\.?\s*$)")


def take_labelled(shape: str, numbers: Numbers) -> None:
    """Add what labels name and no number is: ``vol. LIX``, ``pp. I-IV``, ``no. sup1``."""
    names = {"vol": "volume", "no": "issue", "p": "page", "pp": "page"}
    for match in _LABELLED.finditer(shape, numbers.start, numbers.end):
        name = names[match["label"]]
        is_other = name not in numbers.found or numbers.found[name][1] != match.start("value")
        if is_other and re.search(r"[^\W_]", match["value"]):
            numbers.found[name] = (match["value"], *match.span("value"))


class _Assignment:
    """One pass over the pieces of a tail; each rule takes what it is sure of."""

    def __init__(self, numbers: Numbers, pieces: list[Piece], *, has_year: bool) -> None:
        self.numbers = numbers
        self.found = numbers.found
        self.pieces = pieces
        self.has_year = has_year

    def run(self) -> None:
        for rule in (self._labels, self._dates, self._years, self._issues, self._order):
            rule()
        self.numbers.unread.extend(
            piece.match.span()
            for piece in self.pieces
            if not piece.is_used and piece.kind in ("num", "range", "word", "roman")
        )

    def _take(self, name: str, piece: Piece, text: str | None = None) -> None:
        piece.is_used = True
        self.found.setdefault(name, (text or piece.text, *piece.match.span()))

    def _labels(self) -> None:
        for index, piece in enumerate(self.pieces[:-1]):
            if piece.kind != "label":
                continue
            word = piece.text.lower().split()[0].rstrip(".: ")
            name = LABEL_OF.get(word)
            following = self.pieces[index + 1]
            if name is None or following.kind not in ("num", "range", "roman", "suppl"):
                continue
            piece.is_used = True
            if following.is_used or name in self.found:
                continue
            self._take(name, following)
            self._extend_issue(name, index + 2)

    def _extend_issue(self, name: str, index: int) -> None:
        """Supplements are printed as two pieces: ``no. 3 Suppl 1``."""
        if name != "issue" or index >= len(self.pieces):
            return
        following = self.pieces[index]
        if following.kind == "suppl":
            text, start, _ = self.found["issue"]
            following.is_used = True
            self.found["issue"] = (f"{text} {following.text}", start, following.match.end())

    def _dates(self) -> None:
        for index, piece in enumerate(self.pieces):
            if piece.kind != "date":
                continue
            piece.is_used = True
            if "month" in self.found:
                continue
            words = re.findall(r"[^\W\d_]+", piece.text.lower())
            if words[0] in MONTHS:
                self.found["month"] = (str(MONTHS[words[0]]), *piece.match.span())
                day = re.search(r"\d{1,2}", piece.text)
                if day:
                    self.found["day"] = (day[0], *piece.match.span())
            self._year_beside(index)

    def _year_beside(self, index: int) -> None:
        """The year written next to a month, before or after it."""
        for neighbour in (index + 1, index - 1):
            if 0 <= neighbour < len(self.pieces):
                piece = self.pieces[neighbour]
                if piece.kind == "num" and IS_YEAR.match(piece.text) and not piece.is_used:
                    self._year(piece)
                    return

    def _year(self, piece: Piece) -> None:
        letter = IS_YEAR.match(piece.text)
        self._take("year", piece, piece.text[:4])
        if letter and letter[1]:
            self.found["letter"] = (letter[1], *piece.match.span())

    def _years(self) -> None:
        if "year" in self.found:
            return
        candidates = [
            index for index, piece in enumerate(self.pieces)
            if piece.kind == "num" and not piece.is_used and IS_YEAR.match(piece.text)
        ]  # fmt: skip
        bracketed = [
            i for i in candidates if self._kind(i - 1) == "open" and self._kind(i + 1) == "close"
        ]
        if self.has_year:
            candidates = []
        chosen = bracketed[:1] or self._unbracketed(candidates)
        if chosen:
            self._year(self.pieces[chosen[0]])
            for index in candidates:
                # The same year printed twice is a year both times.
                if index not in chosen and self._text(index) == self._text(chosen[0]):
                    self.pieces[index].is_used = self._text(index + 1) in (",", ";", ".")

    def _unbracketed(self, candidates: list[int]) -> list[int]:
        if not candidates:
            return []
        first_number = next(i for i, p in enumerate(self.pieces) if p.kind in ("num", "range"))
        if candidates[0] == first_number and self._text(first_number + 1) != "(":
            if (
                len(candidates) > 1
                and self._text(candidates[0] + 1) == ":"
                and self._is_last(candidates[-1])
            ):
                return candidates[-1:]
            return candidates[:1]
        if self._is_last(candidates[-1]) and self._text(candidates[-1] - 1) != ":":
            return candidates[-1:]
        if candidates[0] == first_number:
            return candidates[:1]
        return [i for i in candidates if self._text(i + 1) == ";" or self._is_between(i)][:1]

    def _is_between(self, index: int) -> bool:
        """``no. 1, 1995, pp. 3-9``: a year with a comma on either side, behind volume or issue."""
        return self._text(index - 1) in (",", ".") and self._text(index + 1) in (",", ".")

    def _is_last(self, index: int) -> bool:
        return all(p.kind in ("sep", "close") for p in self.pieces[index + 1 :])

    def _kind(self, index: int) -> str:
        return self.pieces[index].kind if 0 <= index < len(self.pieces) else ""

    def _text(self, index: int) -> str:
        return self.pieces[index].text if 0 <= index < len(self.pieces) else ""

    def _issues(self) -> None:
        """What stands in brackets behind a volume, or behind nothing at all."""
        index = 0
        while index < len(self.pieces):
            if self.pieces[index].kind == "open":
                close = next(
                    (
                        j
                        for j in range(index + 1, len(self.pieces))
                        if self.pieces[j].kind == "close"
                    ),
                    None,
                )
                if close is None:
                    return
                self._bracket(index, close)
                index = close
            index += 1

    def _bracket(self, opening: int, close: int) -> None:
        inside = [p for p in self.pieces[opening + 1 : close] if p.kind != "sep"]
        if not inside or all(piece.is_used for piece in inside):
            return
        before = self._previous_number(opening)
        if before is not None and "volume" not in self.found:
            self._take("volume", before)
        if "issue" not in self.found:
            start, end = inside[0].match.start(), inside[-1].match.end()
            text = inside[0].match.string[start:end]
            self.found["issue"] = (text, start, end)
        for piece in self.pieces[opening + 1 : close]:
            piece.is_used = True

    def _previous_number(self, index: int) -> Piece | None:
        for piece in reversed(self.pieces[:index]):
            if piece.kind in ("num", "range", "roman") and not piece.is_used:
                return piece
            if piece.kind != "suppl":
                return None
        return None

    def _order(self) -> None:
        """What has neither label nor bracket is told by its sign and its place."""
        self._dotted_issue()
        for index, piece in enumerate(self.pieces):
            if piece.is_used:
                continue
            if piece.kind == "suppl":
                self._supplement(piece)
            elif piece.kind in ("num", "range", "roman"):
                self._number(index, piece)

    def _supplement(self, piece: Piece) -> None:
        if "issue" not in self.found:
            self._take("issue", piece)
        elif "page" not in self.found:
            text, start, _ = self.found["issue"]
            piece.is_used = True
            self.found["issue"] = (f"{text} {piece.text}", start, piece.match.end())

    def _dotted_issue(self) -> None:
        """``12.10``, ``12,10``: MLA and PubMed part volume and issue with nothing but a sign."""
        for index, piece in enumerate(self.pieces[:-3]):
            is_volume = self.found.get("volume", ("", 0, 0))[1:] == piece.match.span()
            if is_volume and self._is_glued(index, ","):
                self._take("issue", self.pieces[index + 2])
                return
            is_free = not piece.is_used and "volume" not in self.found
            if is_free and piece.kind == "num" and self._is_glued(index, "."):
                self._take("volume", piece)
                self._take("issue", self.pieces[index + 2])
                return
        for piece in self.pieces:
            dotted = re.fullmatch(r"(\d+)\.([\d-]+)", piece.text)
            if (
                dotted
                and not piece.is_used
                and piece.kind in ("num", "range")
                and "volume" not in self.found
            ):
                start = piece.match.start()
                piece.is_used = True
                self.found["volume"] = (dotted[1], start, start + len(dotted[1]))
                self.found.setdefault(
                    "issue", (dotted[2], start + len(dotted[1]) + 1, piece.match.end())
                )
                return

    def _is_glued(self, index: int, sign: str) -> bool:
        """``84.A9 (1979)``, ``21,3 (2025)``: volume and issue, a sign between, before a bracket."""
        first, between, second, bracket = self.pieces[index : index + 4]
        return (
            between.text == sign
            and second.kind in ("num", "range")
            and bracket.kind == "open"
            and not second.is_used
            and first.match.end() == between.match.start()
            and between.match.end() == second.match.start()
        )

    def _number(self, index: int, piece: Piece) -> None:
        before, after = self._text(index - 1), self._text(index + 1)
        left = [
            p
            for p in self.pieces[index + 1 :]
            if p.kind in ("num", "range", "roman") and not p.is_used
        ]
        is_page_sign = before == ":" or (before == "." and self._text(index - 2) == ":")
        if (
            "volume" not in self.found
            and not is_page_sign
            and self._may_be_volume(piece, after, left)
        ):
            self._take("volume", piece)
        elif (
            "issue" not in self.found
            and "page" not in self.found
            and piece.kind == "num"
            and left
            and left[0].kind == "range"
            and piece.text.isdigit()
        ):
            self._take("issue", piece)
        elif ("page" not in self.found and piece.kind != "roman") or self._is_page_roman(piece):
            self._take("page", piece)

    def _may_be_volume(self, piece: Piece, after: str, left: list[Piece]) -> bool:
        if piece.kind == "range":
            return (after in (":", "(") and bool(left)) or (after == "," and len(left) == 1)
        if piece.kind == "roman":
            return bool(left) and (piece.text.isupper() or piece.text in ("i", "ii", "iii", "iv"))
        if "page" in self.found or left:
            return True
        if "day" in self.found and "year" in self.found:
            # Behind the day of a paper stands its page.
            return False
        # A number alone behind a container is its volume, unless it looks like an e-page.
        return piece.text.isdigit() and len(piece.text) <= 4

    def _is_page_roman(self, piece: Piece) -> bool:
        return piece.kind == "roman" and "page" not in self.found and piece.text.islower()


# ── the parts that the numbers make ───────────────────────────────────────────────────

_FIELDS = ("volume", "issue", "page", "number", "number-of-pages")


def place(draft: Draft, head: Head, tail: Numbers) -> None:
    """Add the date and the numbers to the draft."""
    year = head.year or tail.found.get("year")
    if year:
        draft.parts.append(_issued(year, head, tail))
    for name in _FIELDS:
        if name in tail.found:
            text, start, end = tail.found[name]
            draft.parts.append(Part(name=name, value=text, start=start, end=end, confidence=0.93))


def _issued(year: tuple[str, int, int], head: Head, tail: Numbers) -> Part:
    """The date as far as it is printed; a month or day that cannot be is left out."""
    parts, (_, start, end) = [int(year[0])], year
    printed = {name: tail.found[name] for name in ("month", "day") if name in tail.found}
    month = head.month or printed.get("month", ("",))[0]
    if month and is_day(parts[0], int(month)):
        parts.append(int(month))
        day = head.day or printed.get("day", ("",))[0]
        if day and is_day(parts[0], parts[1], int(day)):
            parts.append(int(day))
    if year[1] >= tail.start:
        start = min([start, *(found[1] for found in printed.values())])
        end = max([end, *(found[2] for found in printed.values())])
    value = {"date-parts": [parts]}
    return Part(name="issued", value=value, start=start, end=end, confidence=0.95)


def part_volume(numbers: Numbers) -> None:
    """``38-2：180``: volume and issue, as Japanese lists join them; 12-13 is a double volume."""
    text, start, end = numbers.found.get("volume", ("", 0, 0))
    match = re.fullmatch(r"(\d{1,4})\s?-\s?(\d{1,2})", text)
    if match and "issue" not in numbers.found and int(match[2]) not in (0, int(match[1]) + 1):
        numbers.found["volume"] = (match[1], start, start + len(match[1]))
        numbers.found["issue"] = (match[2], end - len(match[2]), end)


# ── what Japanese print says of its figures: 巻, 号, 頁, 年 ──────────────────────────

_JAPANESE_WORDS = {
    "volume": re.compile(r"(?:第\s?)?(?P<v>\d+)\s?巻"),
    "issue": re.compile(
        r"(?:第\s?)?(?P<v>\d+(?:\s?[-・/,]\s?\d+)?)\s?(?:合併)?号"
        r"|(?P<w>(?:(?:臨時)?増刊|臨増|別冊|特集|特別)号?(?:\d{1,2}|\s\d{1,2}(?=\s?[):]))(?![\d-]))"
    ),
    "page": re.compile(
        r"(?<![A-Za-z])(?P<x>[A-Z]{1,2}-\d{2,5})(?!\d)|(?:第\s?)?(?P<v>[A-Za-z]?\d+(?:\s?-\s?[A-Za-z]?\d+)?)\s?(?:頁|ページ)|(?:頁|ページ)\s?(?P<w>\d+(?:\s?-\s?\d+)?)|\bpp?\.?\s?(?P<y>\d+(?:\s?-+\s?\d+)?(?:,\s?(?!(?:19|20)\d\d(?!\d))\d+(?:\s?-+\s?\d+)?)+)(?=[\s.)]*$)"
    ),
    "number-of-pages": re.compile(
        r"(?:全|総)?\s?(?<![-\d])(?P<v>\d{2,4})\s?p(?!\w)(?=\s*[.,)]?\s*$)|(?:全|総)(?P<w>\d{2,4})\s?頁"
    ),
    "date": re.compile(
        rf"(?P<v>{pieces.YEAR})\s?年(?:\s?(?P<m>\d{{1,2}})\s?月(?:\s?(?P<d>\d{{1,2}})\s?日)?)?|(?<![:：\w])(?<!:\s)(?P<iso>{pieces.YEAR})[-/.](?P<im>0?[1-9]|1[0-2])(?!\d)(?:[-/.](?P<id>\d{{1,2}}))?(?![-\d:])|\b(?P<bare>{pieces.YEAR})\s?\(\s?(?P<bm>\d{{1,2}})\s?月\s?\)|[(（]?(?P<era>昭和|平成|令和)\s?(?P<n>元|\d{{1,2}})\s?(?:年(?:\s?(?P<em>\d{{1,2}})\s?月(?:\s?(?P<ed>\d{{1,2}})\s?日)?)?|(?=[;；]))|(?<![^\W_])(?P<short>[SHR昭平令])\s?(?P<count>元|\d{{1,2}})\s?(?:年|(?=[;；]))"
    ),
}
_VOLUME_AND_ISSUE = re.compile(
    r"(?<![\dp-])(?<!p[.\s])(?<!p\.\s)(?P<volume>\d{1,3})-(?P<issue>\d{1,2})"
    rf"(?=[\s,]+{pieces.YEAR}|\s?[:,.]\s?p*\.?\s?\d+-)"
)
_FOUR = re.compile(rf"(?<!\d){pieces.YEAR}(?!\d)")


def labelled(masked: str, begin: int, end: int) -> tuple[Numbers, str]:
    """What words tell of the figures, and the text without those."""
    text = list(masked)
    # 理学療法2006;23: the name and its figures are parted by no sign.
    text[max(0, begin - 1) : begin] = " " * min(1, begin)
    told = Numbers(start=begin, end=end)
    for name, pattern in _JAPANESE_WORDS.items():
        match = pattern.search(masked, begin, end)
        if match and match.groupdict().get("short") and not _may_be_year(match, begin, end):
            continue
        if match:
            _label(told, name, match)
            text[match.start() : match.end()] = " " * (match.end() - match.start())
    both = _VOLUME_AND_ISSUE.search(masked, begin, end)
    is_open = both is not None and "volume" not in told.found
    if both and is_open and re.search(r"\bpp?\.?\s?\d|頁|ページ", masked[both.end() : end]):
        for name in ("volume", "issue"):
            told.found[name] = (both[name], *both.span(name))
        text[both.start() : both.end()] = " " * (both.end() - both.start())
    return told, "".join(text)


def _may_be_year(match: re.Match[str], begin: int, end: int) -> bool:
    """Whether H22 is a year: no other one is printed, and the era is as long (H77 is a volume)."""
    if _FOUR.search(match.string, begin, end):
        return False
    last = {"S": 64, "昭": 64, "H": 31, "平": 31}.get(match["short"], 99)
    return match["count"] == "元" or int(match["count"]) <= last


def _label(numbers: Numbers, name: str, match: re.Match[str]) -> None:
    groups = match.groupdict()
    if name != "date":
        key = next(key for key in ("v", "w", "x", "y") if groups.get(key))
        numbers.found[name] = (match[key], *match.span(key))
        return
    named = groups.get("era") or groups.get("short")
    if named:
        era = next(era for era in ERAS if era.startswith(INITIALS.get(named, named)))
        said = groups["n"] or groups["count"]
        count = ERAS[era] + (1 if said == "元" else int(said))
        numbers.found["year"] = (str(count), *match.span())
        _label_day(numbers, match, (("em", "month"), ("ed", "day")))
        return
    year = next(key for key in ("v", "iso", "bare") if groups.get(key))
    numbers.found["year"] = (match[year], *match.span(year))
    parts = (("m", "month"), ("d", "day"), ("im", "month"), ("id", "day"), ("bm", "month"))
    _label_day(numbers, match, parts)


def _label_day(numbers: Numbers, match: re.Match[str], parts: tuple[tuple[str, str], ...]) -> None:
    for key, part in parts:
        if match[key]:
            numbers.found[part] = (match[key], *match.span(key))
