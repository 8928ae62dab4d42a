"""Numbers in the prose of an article, and what each can be: a citation, a quantity, or unclear.

A list that is numbered anew gives every number that cites it another meaning, in whatever form
somebody wrote it.  So every number of the text is looked at, not every known form: what stands
alone in brackets, raised, behind a sign or in a link to the page could cite; what counts
something, names a figure or begins a step does not.  What can be neither proved is unclear.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from refpipe.articles import citations
from refpipe.articles.prose import Prose
from refpipe.lifetimes import lazy

DASH = "-‐‑‒–—―−－﹣⁃⁻〜～∼~ー"
_SEPARATOR = ",，、､;；・･&＆"
_OPEN, _CLOSE = "[［(（【〔〖⁽{｛<＜「『", "]］)）】〕〗⁾}｝>＞」』"
_PAIRS = dict(zip(_OPEN, _CLOSE, strict=True))
_WORD_BEGINS = r"(?:(?<![A-Za-z])|(?<=[a-z])(?=(?-i:[A-Z])))"
_WORK = rf"(?:(?:参考|引用|関連)?文献(?:番号)?|{_WORD_BEGINS}(?:references?|refs?)\b)"
_NOTE = (
    r"(?:(?:参考|引用)(?:資料|論文)?|出典|論文|注釈|脚注|[注註]"
    rf"|{_WORD_BEGINS}(?:footnotes?|notes?|nos?|sources?)\b)"
)
WORD = rf"(?:{_WORK}|{_NOTE})"
_SIGN = r"[*＊※#＃†‡^]"
_LEAD = lazy(rf"{WORD}\Z", re.IGNORECASE)
_BEFORE_FIGURE = " .:：*＊※#＃†‡^"
"""What may stand between such a word and its number."""
_LAST_OF_WORDS = "献号料文典釈注註"
_LONGEST = 12
"""Letters of the longest of these words."""
_RAISED_JOINT = lazy(rf" ?[{re.escape(_SEPARATOR + DASH)}] ?")


@lru_cache(maxsize=16)
def _forms(own: str = "") -> dict[str, re.Pattern[str]]:
    gap = r"[ ]*"
    between = rf"(?:{gap}[{re.escape(_SEPARATOR)}]{gap}|{gap}(?:と|及び|および|and|to|から){gap})"
    dash = rf"{gap}[{re.escape(DASH)}]{{1,2}}{gap}"
    one = rf"(?:{_SIGN}{gap})?\d{{1,3}}"
    # More than a hundred in a row cite nothing, and each of them would look for the end of all.
    many = rf"{one}(?:(?:{between}|{dash}){one}){{0,100}}"
    halved = rf"{one}(?:(?:{between}|[)）]?{dash}){one}){{0,100}}"
    own = rf"|{re.escape(own)}" if own else ""
    word = rf"(?:{WORD}|{_SIGN}{own})"
    halves = rf"{many}[)）⁾](?:(?:{between}|{dash}|){many}[)）⁾])*"
    boxed = rf"(?:{WORD}|資料|{_SIGN}{own})"
    again = rf"(?:(?:(?P=word)|{_WORK})[.:：]?{gap})?"
    worded = rf"{one}(?:(?:{between}|{dash}|[ ]){again}{one}){{0,100}}"
    signed = rf"{_SIGN}{gap}\d{{1,3}}(?!\d)(?:(?:{between}|{dash}|(?=[※＊†‡])){one}(?!\d))*"
    return {
        "raised": re.compile(
            rf"{gap}[\[(（［⁽【〔]?{gap}{word}?[.:：]?{gap}(?P<many>{one}[)）⁾]?(?:(?:{between}|{dash}|)"
            rf"{one}[)）⁾]?)*){gap}[\])）］⁾】〕]?{gap}"
        ),
        "inside": re.compile(
            rf"{gap}(?P<word>{boxed})?[.:：]?{gap}(?P<many>{worded}){gap}", re.IGNORECASE
        ),
        "placed": re.compile(
            rf"{gap}{word}?[.:：]?{gap}(?P<many>{one}){gap}[,，、]{gap}(?P<place>[^;；]+?){gap}"
        ),
        "half": re.compile(rf"(?<![\d.．(（]){halves}"),
        "signed": re.compile(rf"(?:(?<![\w*＊])|(?<=[^\x00-\x7f])|(?=[※＊†‡])){signed}"),
        "worded": re.compile(rf"{WORD}[.:：]?{gap}(?P<many>{halved})(?!\d)", re.IGNORECASE),
        "own": re.compile(
            rf"(?<![A-Za-z])(?:{own[1:]}){gap}(?P<many>{many})(?![\dA-Za-z])", re.IGNORECASE
        ),
        "bare": re.compile(rf"(?<!\d)(?P<many>{many})(?!\d)"),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A number, or several that belong together, as a reader sees them."""

    first: int
    last: int
    """Places in the visible text."""
    numbers: tuple[int, ...]
    """Ranges written out; empty where they cannot be (a range that runs backwards)."""
    form: str
    """``[n]``, ``(n)``, ``<n>``, ``n)``, ``n``, ``①``, ``sup``, ``link``, ``No``, 文献, 注, ※, or
    ``own`` for the word of the list's labels in no brackets."""
    place: str = ""
    """The place in the work, as it is printed (``p. 12``)."""


@lru_cache(maxsize=2)
def narrow(text: str) -> str:
    """The text with its digits and spaces in ASCII, sign for sign."""
    if _KANJI.search(text):
        text = _KANJI.sub(_in_figures, text)
    if not text.isascii():
        # A handful of signs is another one: replacing each goes ten times as fast as translating.
        for sign in set(text):
            if sign > "\x7f" and (other := _narrow(sign)) != sign:
                text = text.replace(sign, other)
    return text


_NUMERALS = "一二三四五六七八九"
_KANJI = lazy(
    rf"[{_NUMERALS}十百](?:(?<=[{re.escape(_OPEN)}].)[{_NUMERALS}十百]{{0,2}}(?=[{re.escape(_CLOSE)}、,])"
    rf"|(?<=文献.)[{_NUMERALS}十百]{{0,2}}(?![一-龯々]))"
)
"""Numbers in kanji where only a citation stands: alone in brackets, or behind 文献."""


def _in_figures(match: re.Match[str]) -> str:
    """The number in figures, sign for sign, with noughts before it; ⑩ for a lone 十."""
    tens, has_tens, ones = match[0].rpartition("十")
    if not set(match[0]) <= set(f"{_NUMERALS}十") or len(tens) > 1 or len(ones) > 1:
        return "9" * len(match[0])
    value = (_NUMERALS.find(tens) + 1 if tens else 1) * 10 if has_tens else 0
    value += _NUMERALS.index(ones) + 1 if ones else 0
    return "⑩" if match[0] == "十" else f"{value:0{len(match[0])}d}"


@lru_cache(maxsize=4096)
def _narrow(sign: str) -> str:
    if sign in "\u00a0\u3000\u2009\u200a\u202f\u2002\u2003":
        return " "
    decomposition = unicodedata.decomposition(sign)
    if decomposition.startswith("<sub>"):
        return "\u2080"
    value = unicodedata.digit(sign, None)
    is_digit = sign.isdecimal() or decomposition.startswith("<super>")
    return str(value) if value is not None and is_digit else sign


@lru_cache(maxsize=4096)
def circled(sign: str) -> int | None:
    """The number that one sign shows: ①, ⑴, ⒈, ❶; None for any other sign."""
    if sign < "\u2460" or unicodedata.category(sign) != "No":
        return None
    if "SUBSCRIPT" in unicodedata.name(sign, "") or "FRACTION" in unicodedata.name(sign, ""):
        return None
    value = unicodedata.numeric(sign, None)
    return int(value) if value is not None and value == int(value) and 0 < value < 100 else None


def value(figures: str) -> int:
    """The number that figures show; Python refuses thousands of them, and no list has as many."""
    return int(figures[:9]) if figures.isdecimal() else 0


def written(text: str) -> tuple[int, ...]:
    """``1,3-5`` as 1, 3, 4, 5; empty where a range runs backwards or is too long to be meant."""
    if text.isdecimal():
        return (value(text),)
    numbers: list[int] = []
    is_range = False
    for piece in re.findall(rf"\d+|[{re.escape(DASH)}]|[^\d{re.escape(DASH)}]+", text):
        if piece.isdigit():
            number = value(piece)
            if is_range:
                if not 0 < number - numbers[-1] < 100:
                    return ()
                numbers.extend(range(numbers[-1] + 1, number))
            numbers.append(number)
            is_range = False
        elif re.match(r"\s*[)）⁾]?\s*(?:から|to\b)", piece) or piece in DASH:
            is_range = bool(numbers)
    return tuple(dict.fromkeys(numbers))


# ── marks ──────────────────────────────────────────────────────────────────────────────────


def read(prose: Prose, own: str = "") -> list[Mark]:
    """Every number of a text, each once, by the widest form that it takes part in.

    ``own`` is the word that the labels of its list have, where no other list has it: ``[R1]``.
    """
    return sorted(_Marks(prose, own).read(), key=lambda mark: mark.first)


_ROUND = lazy(r"[\n(（)）]")
_SIGNS = lazy(_SIGN)
_FIGURES_AND_SIGNS = lazy(rf"\d|{_SIGN}")


def _each(form: re.Pattern[str], first: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What ``form`` finds, tried only where it can begin: one sign, for which ``re`` looks fast."""
    end = 0
    for begin in first.finditer(text):
        if begin.start() >= end and (found := form.match(text, begin.start())):
            end = found.end()
            yield found


class _Marks:
    def __init__(self, prose: Prose, own: str) -> None:
        self.prose = prose
        self.own = own
        self.forms = _forms(own)
        self.text = narrow(prose.text)
        self.taken = bytearray(len(self.text))

    def read(self) -> Iterator[Mark]:
        for reader in (
            self.bracketed, self.raised, self.linked, self.apart, self.worded, self.owned,
            self.signed, self.half, self.signs, self.bare,
        ):  # fmt: skip
            for mark in reader():
                if not any(self.taken[mark.first : mark.last]):
                    self.taken[mark.first : mark.last] = b"\x01" * (mark.last - mark.first)
                    yield mark

    def raised(self) -> Iterator[Mark]:
        for first, last in self.runs():
            found = self.forms["raised"].fullmatch(self.text, first, last)
            if found and re.search(r"\d", found[0]):
                yield Mark(
                    first=first, last=last, numbers=self.written(*found.span("many")), form="sup"
                )
            elif values := self.values(first, last):
                yield Mark(first=first, last=last, numbers=values, form="sup")

    def runs(self) -> Iterator[tuple[int, int]]:
        """Where raised signs stand: links side by side apart, a bracket with its other half."""
        half = (-1, -1)
        for run in re.finditer(rb"\x01+", self.prose.raised):
            first, last = run.span()
            if half[0] >= 0 and _RAISED_JOINT.fullmatch(self.text, half[1], first):
                first = half[0]
            half = (-1, -1)
            if self.text.count("⁽", first, last) > self.text.count("⁾", first, last):
                half = (first, last)
                continue
            yield from pairwise((first, *self.cuts(first, last), last))

    def is_raised(self, first: int, last: int) -> bool:
        """Whether all signs are raised but those that stand between two numbers."""
        return all(
            self.prose.raised[at] or _RAISED_JOINT.fullmatch(self.text[at])
            for at in range(first, last)
        )

    def cuts(self, first: int, last: int) -> list[int]:
        """Where the figures of two links touch, which make no number together."""
        return [
            at
            for at in range(first + 1, last)
            if at in self.link_begins and self.text[at - 1].isdigit() and self.text[at].isdigit()
        ]

    @cached_property
    def link_begins(self) -> set[int]:
        """Where the links of the text begin."""
        return {wrap.first for wrap in self.prose.wraps if wrap.kind == "link"}

    def written(self, first: int, last: int) -> tuple[int, ...]:
        """The numbers of a stretch, those of two links that touch apart."""
        pieces = pairwise((first, *self.cuts(first, last), last))
        return written(",".join(self.text[start:end] for start, end in pieces))

    def values(self, first: int, last: int) -> tuple[int, ...]:
        """The numbers of ①, ② or ①〜③, where there is nothing else."""
        text = self.text[first:last]
        signs = [sign for sign in text if sign not in f" ,、・()（）[]［］{DASH}"]
        if not signs or not all(map(circled, signs)):
            return ()
        return written("".join(f",{circled(sign)}" if circled(sign) else sign for sign in text))

    def linked(self) -> Iterator[Mark]:
        for wrap in self.prose.wraps:
            if wrap.kind == "link" and wrap.target.startswith("#"):
                found = self.forms["raised"].fullmatch(self.text, wrap.first, wrap.last)
                if found:
                    numbers = self.written(*found.span("many"))
                    yield Mark(first=wrap.first, last=wrap.last, numbers=numbers, form="link")

    def apart(self) -> Iterator[Mark]:
        """Numbers that an element for notes sets apart from the figures beside it."""
        for wrap in self.prose.wraps:
            if wrap.kind == "apart":
                found = self.forms["bare"].fullmatch(self.text, wrap.first, wrap.last)
                if found:
                    numbers = self.written(*found.span("many"))
                    yield Mark(first=wrap.first, last=wrap.last, numbers=numbers, form="n")

    def bracketed(self) -> Iterator[Mark]:
        for opening in re.finditer(rf"[{re.escape(_OPEN)}]", self.text):
            first = opening.start()
            last = self.closing(first)
            inside = self.text[first + 1 : last - 1]
            if last == 0 or not re.search(r"\d|[\u2460-\u32ff\u2776-\u2793]", inside):
                continue
            form = "(n)" if opening[0] in "(（⁽" else "[n]" if opening[0] in "[［【〔〖" else "<n>"
            if mark := self.inside(first, last, form):
                yield mark

    def closing(self, first: int) -> int:
        """Where the bracket that opens at ``first`` ends, on its line; 0 where it does not."""
        wanted = _PAIRS[self.text[first]]
        both = {
            wanted,
            *({")", "）"} if wanted in ")）" else {"]", "］"} if wanted in "]］" else ()),
        }
        for place in range(first + 1, min(first + 60, len(self.text))):
            if self.text[place] in both:
                return place + 1
            if self.text[place] in "\n" + _OPEN:
                return 0
        return 0

    def inside(self, first: int, last: int, form: str) -> Mark | None:
        inner = (first + 1, last - 1)
        if self.is_raised(first, last):
            form = "sup"
        if found := self.forms["inside"].fullmatch(self.text, *inner):
            form = self.form(found, form)
            if form != "文献" and re.search(_WORK, found["many"], re.IGNORECASE):
                return None
            numbers = self.written(*found.span("many"))
            return Mark(first=first, last=last, numbers=numbers, form=form)
        if form == "[n]" and (found := self.forms["placed"].fullmatch(self.text, *inner)):
            place = citations.read(found["place"])
            if place.label and not place.rest.strip():
                start, end = found.span("place")
                return Mark(
                    first=first, last=last, numbers=written(found["many"]), form=form,
                    place=self.prose.text[start:end].strip(),
                )  # fmt: skip
        values = self.values(first + 1, last - 1)
        return Mark(first=first, last=last, numbers=values, form="①") if values else None

    def form(self, found: re.Match[str], form: str) -> str:
        """The form that a bracket has with the word or sign in it."""
        word = found[0][: found.start("many") - found.start()].strip(" .:：")
        if word and (word == self.own or re.fullmatch(_WORK, word, re.IGNORECASE)):
            return "文献"
        if re.fullmatch(rf"{_NOTE}|資料", word, re.IGNORECASE):
            return "No" if word[:1] in "Nn" and word[1:2] in "Oo" and word[2:3] != "t" else "注"
        is_signed = re.match(_SIGN, found["many"]) or word
        return "※" if is_signed and form == "(n)" else form

    def worded(self) -> Iterator[Mark]:
        for found in self.behind_words():
            first, last = found.span("many")
            form = self.form(found, "文献")
            if self.text[last : last + 1] in (")", "）") and not self.is_closing(first):
                last += 1
            yield Mark(first=first, last=last, numbers=written(found["many"]), form=form)

    def behind_words(self) -> Iterator[re.Match[str]]:
        """What ``worded`` finds, looked for backwards from each figure, of which there are few."""
        end = 0
        for figure in re.finditer(r"\d+", self.text):
            at = figure.start()
            while at > end and self.text[at - 1] in _BEFORE_FIGURE:
                at -= 1
            if at <= end or not (
                self.text[at - 1].isascii() or self.text[at - 1] in _LAST_OF_WORDS
            ):
                continue
            lead = _LEAD.search(self.text, max(end, at - _LONGEST), at)
            found = lead and self.forms["worded"].match(self.text, lead.start())
            if found:
                end = found.end()
                yield found

    def owned(self) -> Iterator[Mark]:
        for found in self.forms["own"].finditer(self.text) if self.own else ():
            first, last = found.span()
            yield Mark(first=first, last=last, numbers=written(found["many"]), form="own")

    def signed(self) -> Iterator[Mark]:
        for found in _each(self.forms["signed"], _SIGNS, self.text):
            yield Mark(first=found.start(), last=found.end(), numbers=written(found[0]), form="※")

    def half(self) -> Iterator[Mark]:
        for found in _each(self.forms["half"], _FIGURES_AND_SIGNS, self.text):
            first, last = found.span()
            if not self.is_closing(first):
                yield Mark(first=first, last=last, numbers=written(found[0]), form="n)")

    def is_closing(self, place: int) -> bool:
        """Whether the bracket behind a number at ``place`` closes one that is still open."""
        index = bisect_left(self.round, (place,)) - 1
        return index >= 0 and self.round[index][1] > 0

    @cached_property
    def round(self) -> list[tuple[int, int]]:
        """Each round bracket and line end, and how many brackets of its line are open behind it."""
        found: list[tuple[int, int]] = []
        depth = 0
        for sign in _ROUND.finditer(self.text):
            depth = 0 if sign[0] == "\n" else depth + 1 if sign[0] in "(（" else max(0, depth - 1)
            found.append((sign.start(), depth))
        return found

    def signs(self) -> Iterator[Mark]:
        values = {one: value for one in set(self.text) if (value := circled(one)) is not None}
        if not values:
            return
        for found in re.finditer(f"[{re.escape(''.join(values))}]+", self.text):
            numbers = tuple(dict.fromkeys(values[one] for one in found[0]))
            yield Mark(first=found.start(), last=found.end(), numbers=numbers, form="①")

    def bare(self) -> Iterator[Mark]:
        for found in _each(self.forms["bare"], _FIGURES_AND_SIGNS, self.text):
            first, last = found.span("many")
            if any(self.taken[first:last]):
                yield from self.remaining(first, last)
            else:
                yield Mark(first=first, last=last, numbers=written(found["many"]), form="n")

    def remaining(self, first: int, last: int) -> Iterator[Mark]:
        """The numbers of a stretch that no wider form has taken: none is passed over."""
        for found in re.compile(r"\d+").finditer(self.text, first, last):
            yield Mark(first=found.start(), last=found.end(), numbers=written(found[0]), form="n")


def is_citing(entry: str, own: str = "") -> bool:
    """Whether an entry of a list names another one by number: 前掲書1, comment on ref. 1, [R1]."""
    if own and re.search(rf"[{re.escape(_OPEN)}]\s?{re.escape(own)}\s?\d", entry):
        return True
    return _NAMES_ANOTHER.search(narrow(entry)) is not None


def is_repeating(entry: str) -> bool:
    """Whether an entry of a list leans on the one before it: 同上, ibid."""
    return _REPEATS.match(entry) is not None and not is_citing(entry)


_NAMES_ANOTHER = lazy(
    r"(?:文献|前掲(?:書|論文|文献)?|既出|上掲(?:書|論文)?|上記)\s*[\[(（［]?\s*\d{1,3}(?!\d)"
    r"|(?<![A-Za-z])(?:ref(?:erence)?s?\.?|see|cf\.?|comment on)\s*[\[(]?\s*\d{1,3}\s*[\])]?\s*"
    r"(?:$|[.,;)。、])|[\[［]\d{1,3}[\]］]\s*の",
    re.IGNORECASE,
)
_REPEATS = lazy(
    r"\W*(?:同上|同前|同書|前掲|上掲|ibid\b|op\. ?cit)"
    r"|\W*[^\s「『“\"]{1,24}(?:\s[^\s「『“\"]{1,12})?[,，、：:\s]\s?(?:前掲|上掲|前出)(?:書|論文|文献|誌)?(?=[\s,，、.．。(（]|$)",
    re.IGNORECASE,
)
