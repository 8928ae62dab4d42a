"""The numbers of one page that may cite its list, and what stands around each."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, cached_property
from itertools import pairwise
from urllib.parse import unquote

from refpipe.articles import prose as proses
from refpipe.articles.lists import labels, marks, quantities
from refpipe.articles.lists.legacy_list import LegacyList, may_name_list, names_list
from refpipe.articles.lists.marks import Mark
from refpipe.articles.prose import Prose
from refpipe.articles.signs import HOLE, Wrap
from refpipe.lifetimes import lazy

_STYLES = {"[n]": "[n]", "[^n]": "[n]", "(n)": "(n)", "n)": "n)", "①": "①", "※n": "※", "注n": "注"}
"""The form that the labels of a list have, as the text would repeat it."""
_JOINT = lazy(rf"\s?(?P<sign>[{re.escape(marks.DASH)}]|[,，、・]|)\s?")
_DECLARED = lazy(r"(?:<!--|\{/\*)\s*refpipe:\s*not-a-citation\b")
_OPENERS = frozenset("\n、,，:：;；。．.|│・（(「")
_PROVED = lazy(rf"[\w。．.,)）」』”\"'’%％℃°!?！？+^{HOLE}](?<![のがをは])\Z")
"""What a citation stands behind; behind a particle the number is a word of the sentence."""
_WORD_BEFORE = lazy(rf"{marks.WORD}[.:：]? *\Z", re.IGNORECASE)
_FOOTNOTE = lazy(r"\[\^([^\[\]\s]+)\]")
_COUNTER = lazy(r"[回日人名件年月週時分円歳%％個錠本枚台杯]")
"""What counts behind a note's sign: ※1回限り is a note without a number."""
_BEFORE_SIGN = re.escape("[［(（⁽【〔{｛<＜ ")
_NOTE_HEAD = lazy(
    rf"^(?:[-+・•●■][ ]+)?[{_BEFORE_SIGN}]*(?P<sign>[^\d\n{_BEFORE_SIGN}]{{1,12}})[ .:：]*"
    r"(?P<many>\d{1,3}(?:[ ]?[,，、・][ ]?\d{1,3}){0,20})(?!\d)"
    r"(?=[^。\n]?[^。、，\n][^\n]*[^\W\d_])",
    re.MULTILINE,
)
"""The sign and number that a line begins with, where words of the line follow."""
_ANCHOR = lazy(
    r"""\b(?:id|name)\s*=\s*["']?([^"'\s>]+)(?=["'\s>])|\{:?[^{}\n]{0,99}?#([^\s{}"'.]+)[^{}\n]*\}"""
)
_HEADING = lazy(r"^ {0,3}#{1,6}[ \t]+([^\n{#]+)", re.MULTILINE)
_UNSEEN = lazy(r"<!--.*?-->|\{/\*.*?\*/\}|<[^<>]*>|\{:?[^{}\n]*\}", re.DOTALL)
_ENTRY_NAME = lazy(
    r"(?<![a-z])(?:cit(?:e|ation)?|x?ref(?:erence)?|bib(?:l\w*|item|ref)?|lit(?:erat\w*)?|foot|fn|edn|ftn"
    r"|(?:foot|end|side)?note|sup|source)(?:s|ref|note|text|id|r)?(?![a-z])"
    r"|文献|引用|出典|[注註]|(?<![a-z])[rbs][-_:]?\Z",
    re.IGNORECASE,
)
"""What a place is called that an entry of a list of references has."""
_LIST_NAME = lazy(r"(?:refs?|bib|citations?|footnotes|endnotes)", re.IGNORECASE)
_AROUND_LABEL = lazy(r"<[^<>]*>|\*\*|\A[-+*•・●■][ ]")
_BOXES = ("[]", "［］", "()", "（）", "【】", "〔〕")
_KINDS = ("[［", "【〖", "〔")
_MOST_JOINED = 100
"""Neighbours that are joined into one citation; each is held against all before it."""
_NEAR = 200
"""Signs before a mark that are looked at."""


class PageMarks:
    """A page's numbers outside its list, each with its place among the others."""

    def __init__(self, source: str, found: LegacyList, form: str, declared: frozenset[int]) -> None:
        self.source = source
        self.found = found
        self.prose: Prose = proses.read(source, form, keeps_footnotes=found.style == "[^n]")
        self.text = marks.narrow(self.prose.text)
        self.known = {int(one.label) for one in found.references}
        self.signs = {one.sign: int(one.label) for one in found.references if one.sign}
        self.declared = declared | declared_lines(source)
        self.own = labels.own_word(found.style)
        self.style = _STYLES.get(found.style, "")
        # Each is asked for every mark, and looks through all of them.
        self.explained = cache(self._explained)

    # ── the marks ──

    @cached_property
    def marks(self) -> list[Mark]:
        """The numbers outside the list, those of declared lines left out, neighbours joined."""
        named = list(self.footnotes())
        taken = {at for mark in named for at in range(mark.first, mark.last)}
        read = [mark for mark in marks.read(self.prose, self.own) if mark.first not in taken]
        found = [*read, *named, *self.lettered()]
        found = sorted(filter(self.is_own, found), key=lambda mark: mark.first)
        return [self.boxed(mark) for mark in self.joined(found)]

    def footnotes(self) -> Iterator[Mark]:
        """The footnote marks of a list whose footnotes have names: ``[^maher]``."""
        starts = [one.span.start for one in self.found.references]
        heads = [_FOOTNOTE.match(self.source, start) for start in starts]
        names = {head[1]: number for number, head in enumerate(heads, 1) if head}
        if all(map(str.isdecimal, names)):
            return
        for mark in _FOOTNOTE.finditer(self.prose.text):
            if number := names.get(mark[1]):
                yield Mark(first=mark.start(), last=mark.end(), numbers=(number,), form="[n]")

    def lettered(self) -> Iterator[Mark]:
        """The links that show the sign of an entry that has a letter for its number."""
        for wrap in self.prose.wraps if "?" not in self.signs else ():
            number = self.signs.get(labels.core(self.prose.text[wrap.first : wrap.last]))
            if number and wrap.kind == "link" and wrap.target.startswith("#"):
                yield Mark(first=wrap.first, last=wrap.last, numbers=(number,), form="link")

    def boxed(self, mark: Mark) -> Mark:
        """A link with the brackets of the text that it fills: ``[a]``, ``[[1](#r1)]``."""
        before, after = self.text[mark.first - 1 : mark.first], self.text[mark.last : mark.last + 1]
        is_sign = mark.form == "link" and self.signs
        is_double = f"{before}{after}" == "[]" and self.text[mark.first] == "["
        is_double = is_double and self.is_linked(mark)
        is_boxed = is_double or (is_sign and f"{before}{after}" in _BOXES)
        return replace(mark, first=mark.first - 1, last=mark.last + 1) if is_boxed else mark

    def is_own(self, mark: Mark) -> bool:
        """Whether a mark stands outside the list, on a line that nobody declared."""
        start = self.prose.starts[mark.first]
        if any(span.start <= start < span.end for span in self.found.spans):
            return False
        return self.line(mark) not in self.declared

    def line(self, mark: Mark) -> int:
        """The line of the source that a mark stands on."""
        return bisect_left(self.line_ends, self.prose.starts[mark.first]) + 1

    @cached_property
    def line_ends(self) -> list[int]:
        """Where each line of the source ends."""
        return [end.start() for end in re.finditer("\n", self.source)]

    def joined(self, singles: list[Mark]) -> Iterator[Mark]:
        """Neighbours that make one citation: ``[1], [2]`` and ``[1]-[3]``."""
        index = 0
        while index < len(singles):
            current = singles[index]
            for other in singles[index + 1 : index + _MOST_JOINED]:
                both = self.join(current, other)
                if both is None:
                    break
                current = both
                index += 1
            yield current
            index += 1

    def join(self, one: Mark, other: Mark) -> Mark | None:
        """The two marks as one, where nothing but a joint stands between them."""
        is_alike = one.form == other.form and not one.place and not other.place
        if not is_alike or one.form == "n":
            return None
        between = _JOINT.fullmatch(self.text, self.outer(one)[1], self.outer(other)[0])
        if between is None or "\n" in between[0]:
            return None
        if self.is_linked(one) != self.is_linked(other):
            return None
        if any(
            quantities.is_exponent(self.text, mark) for mark in (one, other) if mark.form == "sup"
        ):
            return None
        sign = between["sign"]
        joined = _bridged(one.numbers, other.numbers, is_range=bool(sign) and sign in marks.DASH)
        return replace(one, last=other.last, numbers=joined) if joined else None

    def outer(self, mark: Mark) -> tuple[int, int]:
        """Where a mark stands with the brackets of Markdown's own link around it."""
        first, last = mark.first, mark.last
        for wrap in self.prose.around(first, last):
            is_filled = first <= wrap.first and wrap.last <= last
            if wrap.kind == "link" and is_filled and self.source[wrap.span.start] == "[":
                first, last = min(first, wrap.first - 1), max(last, wrap.last + 1)
        return first, last

    def is_linked(self, mark: Mark) -> bool:
        """Whether a link holds the mark, or some of it."""
        return any(wrap.kind == "link" for wrap in self.prose.around(mark.first, mark.last))

    # ── what stands around a mark ──

    def shown(self, mark: Mark) -> str:
        """The mark as a reader sees it, digits in ASCII."""
        return self.text[mark.first : mark.last]

    def zone(self, mark: Mark) -> str:
        """The place around a mark where no citation can be woven; empty where there is none."""
        return next((zone for zone in self.prose.zones[mark.first : mark.last] if zone), "")

    def is_apart(self, mark: Mark) -> bool:
        """Whether an element for notes holds the number and nothing else."""
        return mark.form == "n" and any(
            wrap.kind == "apart"
            and self.text[wrap.first : wrap.last].strip() == self.shown(mark).strip()
            for wrap in self.prose.around(mark.first, mark.last)
        )

    def is_link_of_figures(self, mark: Mark) -> bool:
        """Whether a link within the page shows nothing but figures and signs."""
        return any(
            wrap.kind == "link"
            and wrap.target.startswith("#")
            and not re.search(
                r"[^\W\d_ー]",
                re.sub(r"\b(?:and|to)\b|と|から|及び", "", self.text[wrap.first : wrap.last]),
            )
            for wrap in self.prose.around(mark.first, mark.last)
        )

    def before(self, mark: Mark) -> str:
        """The text before a mark and the word that belongs to it (注1)."""
        before = self.text[max(0, mark.first - _NEAR) : mark.first]
        is_worded = mark.form in ("文献", "注", "No") and self.shown(mark)[:1].isdigit()
        return _WORD_BEFORE.sub("", before[-24:]) if is_worded else before

    def is_before(self, mark: Mark) -> bool:
        """Whether the mark begins something: a step, the thing it numbers, a note's own text."""
        before, after = self.before(mark)[-8:], self.text[mark.last : mark.last + 2]
        if before.endswith(("et al.", "et al. ")):
            return False
        if mark.form in ("注", "No") and re.match(r"を|より|から|に[よ基]", after):
            return False
        if mark.form in ("①", "(n)") and re.match(r"[ァ-ヺ一-龯]", after):
            return True
        is_opening = not before.strip(" ") or before.rstrip(" ")[-1] in _OPENERS
        is_glued = before[-1:] in ("。", "．", ".")
        return is_opening and not is_glued and re.match(rf" ?[\w「『（({HOLE}]", after) is not None

    def is_step(self, mark: Mark) -> bool:
        """Whether what the mark begins is one of several: a step is never alone."""
        return self.begins_line(mark) or len(self.explained(mark.form, self.sign(mark))) > 1

    def is_behind(self, mark: Mark) -> bool:
        """Whether the mark stands where a citation stands: behind what it proves."""
        before, after = self.before(mark)[-24:], self.text[mark.last : mark.last + 1]
        if self.is_wrapped(mark):
            before = before.rstrip(" ")[:-1] + " "
        shown = unicodedata.normalize("NFC", before.rstrip(" "))
        is_letter = re.search(rf"(?:^|[^{quantities.LETTERS}])[A-Za-zＡ-Ｚａ-ｚ]$|\d$", shown)
        if is_letter and not before.endswith(" "):
            return False
        is_free = not after or after in "(（" or not after.isalnum()
        # 動作1)の話 may name the movement; the other forms are no part of a name.
        particle = r"[ぁ-ん]" if mark.form != "n)" else r"(?!の)[ぁ-ん]"
        takes_particle = mark.form not in ("n", "<n>") and re.match(particle, after) is not None
        # 受診を（2）。 ends with the source, where 図を（2）に shows a thing.
        is_proved = _PROVED.search(f"{shown}た" if after and after in "。．" else shown) is not None
        return (is_free or takes_particle) and is_proved

    def is_named(self, mark: Mark) -> bool:
        """Whether the number may be that of a figure, or begin the sentence behind a full stop."""
        before, after = self.before(mark)[-12:], self.text[mark.last : mark.last + 2]
        is_name = re.search(r"(?:[図表式問]|\b(?:Fig(?:ure)?|Table)\.?) ?$", before) is not None
        is_worded = re.search(r"[^\W\d_]", self.shown(mark)) is not None
        is_ended = before[-1:] in tuple("。．!?！？") and not before.endswith("et al.")
        is_opening = is_ended and not is_worded and after.strip()[:1].isalnum()
        return is_name or is_opening

    # ── where a link leads ──

    def place(self, link: Wrap) -> int | None:
        """Where on the page a link leads; None where the page does not show it."""
        name = link.target[1:]
        return self.anchors.get(name, self.headings.get(unquote(name).casefold()))

    @cached_property
    def anchors(self) -> dict[str, int]:
        """Where each name in the source stands that a link can lead to."""
        found: dict[str, int] = {}
        for anchor in _ANCHOR.finditer(self.source):
            found.setdefault(anchor[1] or anchor[2], anchor.start())
        return found

    @cached_property
    def headings(self) -> dict[str, int]:
        """The names that generators give to the headings of Markdown, and where each stands."""
        found: dict[str, int] = {}
        for heading in _HEADING.finditer(self.source):
            words = re.sub(r"[^\w\s-]", "", heading[1].strip()).casefold()
            found.setdefault(re.sub(r"\s", "-", words), heading.start())
        return found

    def is_in_list(self, place: int) -> bool:
        """Whether a place lies in the list, or with nothing but its heading and tags between."""
        span = self.found.span
        if place >= span.start or span.start - place > _NEAR:
            return span.start <= place < span.end
        between = self.source[place : span.start]
        if self.source.rfind("<", 0, place) > self.source.rfind(">", 0, place):
            between = between[between.find(">") + 1 :]  # The name stands in a tag.
        shown = _UNSEEN.sub("", between).strip()
        return not shown or names_list(shown)

    def says_entry(self, name: str, shown: Sequence[str]) -> bool:
        """Whether a name that the page does not explain is that of the entry with the number.

        The site's generator may make such places; one named for a question or a figure is none.
        """
        stem = unquote(name).rstrip("0123456789")
        number = unquote(name)[len(stem) :]
        if not number:
            return may_name_list(stem) or _LIST_NAME.fullmatch(stem) is not None
        is_shown = marks.value(number) in map(marks.value, shown)
        return is_shown and _ENTRY_NAME.search(stem) is not None

    # ── the forms of the page ──

    def sign(self, mark: Mark) -> str:
        """The sign that a number stands behind, where it has one: ``#2`` is no note ``※2``."""
        signs = re.findall(r"[*＊※#＃†‡^]", self.shown(mark)) if mark.form == "※" else []
        return signs[0].translate({ord("＊"): "*", ord("＃"): "#"}) if signs else ""

    def note_sign(self, shown: str) -> str:
        """The sign that stands before the first figure, in one width."""
        lead = re.split(r"\d", shown, maxsplit=1)[0]
        sign = unicodedata.normalize("NFKC", re.sub(rf"[\s\\.:：{_BEFORE_SIGN}]", "", lead))
        return sign.replace("註", "注").lower()

    @cached_property
    def notes(self) -> dict[str, set[int]]:
        """The numbers behind each sign with which lines outside the list begin."""
        found: dict[str, set[int]] = defaultdict(set)
        for head in _NOTE_HEAD.finditer(self.text):
            start = self.prose.starts[head.start("many")]
            if not any(span.start <= start < span.end for span in self.found.spans):
                found[self.note_sign(head["sign"])].update(marks.written(head["many"]))
        return found

    @cached_property
    def label_signs(self) -> set[str]:
        """The signs that the labels of the list bear."""
        heads = (one.span.of(self.source) for one in self.found.references)
        return {self.note_sign(_AROUND_LABEL.sub("", head)) for head in heads}

    def _explained(self, form: str, sign: str = "", *, at_heads: bool = False) -> set[int]:
        """The numbers that begin something in this form outside the list, or begin a line."""
        return {
            number
            for mark in self.marks
            if mark.form == form
            and self.sign(mark) == sign
            and len(mark.numbers) == 1
            and self.is_before(mark)
            and not _COUNTER.match(self.text, mark.last)
            and (self.begins_line(mark) or not at_heads)
            for number in mark.numbers
        }

    @cached_property
    def brackets(self) -> str:
        """The brackets that cite here: square ones, the list's own, and others where none does."""
        own = self.source[self.found.span.start : self.found.span.start + 1]
        used = Counter(
            next((kind for kind in _KINDS if self.text[mark.first] in kind), "")
            for mark in self.marks
            if mark.form == "[n]" and set(mark.numbers) & self.known and not self.zone(mark)
        )
        kinds = [kind for kind in _KINDS if used[kind] and own in kind]
        if not kinds:
            kinds = [one for one in _KINDS[:1] if used[one]]
        return "".join(kinds or [kind for kind in _KINDS if used[kind] > 1])

    @cached_property
    def is_second_list(self) -> bool:
        """Whether other lines of the page begin with ``[1]``, ``[2]`` too."""
        heads = self.heads(self.brackets)
        return any(second == first + 1 for first, second in pairwise(heads))

    def is_headings(self, opening: str) -> bool:
        """Whether lines count 1, 2, 3 in brackets that cite nowhere: 【1】原因, 【2】手当."""
        kind = next((kind for kind in _KINDS if opening in kind), opening)
        heads = self.heads(kind)
        everywhere = [m for m in self.marks if m.form == "[n]" and self.text[m.first] in kind]
        is_counted = heads == list(range(1, len(heads) + 1))
        return len(heads) > 1 and is_counted and len(everywhere) == len(heads)

    def heads(self, kind: str) -> list[int]:
        """The numbers in brackets of a kind that begin lines."""
        return [
            mark.numbers[0]
            for mark in self.marks
            if mark.form == "[n]" and len(mark.numbers) == 1 and self.text[mark.first] in kind
            and self.begins_line(mark) and not self.is_alone(mark)
        ]  # fmt: skip

    def is_alone(self, mark: Mark) -> bool:
        """Whether a mark is all that stands on its line: in a table's cell, it heads nothing."""
        behind = self.text[mark.last : mark.last + _NEAR].partition("\n")[0]
        return self.begins_line(mark) and not behind.strip()

    def heads_lines(self, form: str) -> bool:
        """Whether a mark of this form begins a line, where that was not wrapped before it."""
        return any(
            mark.form == form and self.begins_line(mark) and not self.is_wrapped(mark)
            for mark in self.marks
        )

    def is_wrapped(self, mark: Mark) -> bool:
        """Whether the sentence of the line above goes on: a stop follows, as behind no heading."""
        above = self.before(mark).rstrip(" ")
        goes_on = re.search(r"[^\n。．.!?！？:：]\n\Z", above) is not None
        return (
            goes_on and re.match(r"[,，、;；.。．](?!\d)", self.text[mark.last :][:2]) is not None
        )

    def begins_note(self, mark: Mark) -> bool:
        """Whether a number is the first sign of a paragraph, and a note's text follows it."""
        above = self.before(mark).rstrip(" ")
        is_first = not above or above.endswith("\n\n") or re.search(r"[。．.!?！？]\n\Z", above)
        return (
            bool(is_first)
            and re.match(r" ?(?![ぁ-んa-z])[^\W\d_]", self.text[mark.last :][:2]) is not None
        )

    def begins_line(self, mark: Mark) -> bool:
        """Whether nothing stands before a mark on its line."""
        return not self.before(mark).rpartition("\n")[2].strip()


def _bridged(first: tuple[int, ...], second: tuple[int, ...], *, is_range: bool) -> tuple[int, ...]:
    if not first or not second:
        return ()
    if not is_range:
        return tuple(dict.fromkeys((*first, *second)))
    if not 0 < second[0] - first[-1] < 100:
        return ()
    return tuple(dict.fromkeys((*first, *range(first[-1], second[0] + 1), *second)))


def declared_lines(text: str) -> frozenset[int]:
    """The lines that ``<!-- refpipe: not-a-citation -->`` speaks for.

    Beside text it speaks for its own line, alone on a line for the next one that has text.
    """
    lines: set[int] = set()
    for comment in _DECLARED.finditer(text):
        start = text.rfind("\n", 0, comment.start()) + 1
        close = re.compile(r"-->|\*/\}").search(text, comment.end())
        end = close.end() if close else len(text)
        rest = text[end:].partition("\n")[0]
        at = end + len(text[end:]) - len(text[end:].lstrip())
        is_alone = not text[start : comment.start()].strip() and not rest.strip()
        lines.add(text.count("\n", 0, at if is_alone else comment.start()) + 1)
    return frozenset(lines)
