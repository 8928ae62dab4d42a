"""The numbers at the end of a reference: year, volume, issue and pages in any order.

The pieces of the tail are told apart by their labels, brackets, signs and order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from refpipe.items.printed.articles import pieces
from refpipe.items.printed.articles.pieces import ELEMENT, IS_YEAR, LABEL_OF, Piece
from refpipe.items.printed.nouns import Draft, Head, Part
from refpipe.items.printed.words import MONTHS
from refpipe.items.printed.works.days import is_day
from refpipe.lifetimes import lazy

Figure = tuple[str, int, int]
"""A figure as it is printed, where it begins and where it ends."""


@dataclass(slots=True, kw_only=True)
class Numbers:
    """What the tail says; each value with its place in the cleaned text."""

    start: int
    end: int
    found: dict[str, Figure] = field(default_factory=dict)
    """``volume issue page number year month day letter`` → the figure."""
    unread: list[tuple[int, int]] = field(default_factory=list)


def read(shape: str, start: int, end: int, *, has_year: bool) -> Numbers:
    """The numbers at the end of ``shape[start:end]``; ``has_year`` when one stood before."""
    return read_at(shape, pieces.begin(shape, start, end), end, has_year=has_year)


def read_at(
    shape: str, begin: int, end: int, *, has_year: bool, told: dict[str, Figure] | None = None
) -> Numbers:
    """The numbers of a tail that is known to begin at ``begin``; ``told``: those known before."""
    numbers = Numbers(start=begin, end=end, found=dict(told or {}))
    pieces = [
        Piece(kind=match.lastgroup or "", match=match)
        for match in ELEMENT.finditer(shape, begin, end)
    ]
    _Assignment(numbers, pieces, has_year=has_year).run()
    return numbers


_LABELLED = lazy(r"\b(?P<label>vol|no|pp?)\.\s(?P<value>[^,\s][^,]{0,30}?)(?=,\s|\.?\s*$)")


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
        self._more_pages()
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
        ) or self._is_between_colons(index, piece):
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

    def _is_between_colons(self, index: int, piece: Piece) -> bool:
        """``39:20: 4899``: between a volume and a page stands the issue."""
        volume = self.found.get("volume", ("", 0, 0))
        return (
            not {"issue", "page"} & self.found.keys()
            and piece.kind == "num"
            and self._text(index - 1) == self._text(index + 1) == ":"
            and index >= 2
            and self.pieces[index - 2].match.span() == volume[1:]
            and self._kind(index + 2) in ("num", "range")
        )

    def _more_pages(self) -> None:
        """``12-15, 18``, ``pp. 1, 5``: what goes on behind the pages, ever higher, is of them."""
        text, start, end = self.found.get("page", ("", 0, 0))
        at = next((i for i, one in enumerate(self.pieces) if one.match.end() == end), None)
        if at is None or not (last := _first_and_last(text)):
            return
        more: list[Piece] = []
        while self._text(at + 1) == "," and self._kind(at + 2) in ("num", "range"):
            following = self.pieces[at + 2]
            figures = _first_and_last(following.text)
            is_year = IS_YEAR.match(following.text) is not None
            if following.is_used or is_year or not figures or figures[0] <= last[1]:
                break
            last, at = figures, at + 2
            more.append(following)
        is_last = all(one.kind in ("sep", "close") or one.is_used for one in self.pieces[at + 1 :])
        if more and is_last:
            for piece in more:
                piece.is_used = True
            end = more[-1].match.end()
            self.found["page"] = (more[-1].match.string[start:end], start, end)

    def _is_page_roman(self, piece: Piece) -> bool:
        return piece.kind == "roman" and "page" not in self.found and piece.text.islower()


def _first_and_last(pages: str) -> tuple[int, int] | None:
    """The figures of ``112-5`` in full, (112, 115); nothing where letters stand with them."""
    match = re.fullmatch(r"(\d+)(?:\s?-+\s?(\d+))?", pages)
    if match is None:
        return None
    first, last = match[1], match[2] or match[1]
    return int(first), int(first[: max(len(first) - len(last), 0)] + last)


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
