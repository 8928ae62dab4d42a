"""Which numbers of an article cite its plain list, and which might and cannot be read.

A number is one of three: it cites (and is woven), it cannot be taken for a citation, or it is
unclear.  Nobody needs to have thought of the form of an unclear one: whatever is not proved to be
something else is unclear, and it is better to stop at a number too many than at one too few.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from refpipe.articles import prose as proses
from refpipe.articles.lists import innocence, marks
from refpipe.articles.lists.marks import Mark
from refpipe.articles.lists.nouns import LegacyCitation, LegacyList
from refpipe.articles.prose import HOLE, Prose
from refpipe.model import Fault, Span

_STRONG = frozenset({"[n]", "sup", "文献", "link"})
"""Forms that nothing but a citation has, where their numbers are in the list."""
_STYLES = {"[n]": "[n]", "[^n]": "[n]", "(n)": "(n)", "n)": "n)", "①": "①", "n:": "※"}
"""The form that the labels of a list have, as the text would repeat it."""
_JOINT = re.compile(rf"\s?(?P<sign>[{re.escape(marks.DASH)}]|[,，、・]|)\s?")
_DECLARED = re.compile(r"(?:<!--|\{/\*)\s*refpipe:\s*not-a-citation\b")
_NOTE_TARGET = re.compile(
    r"#_?(?:ref|r|fn|ftn|edn|en|cite|bib|lit|note|source|文献|b)[\W_]*\d*\b|#\d+$", re.IGNORECASE
)
_OPENERS = frozenset("\n、,，:：;；。．.|│・（(「")
_PROVED = re.compile(rf"[\w。．.,)）」』”\"'’%％℃!?！？+{HOLE}](?<![のがをは])$")
"""What a citation stands behind; behind a particle the number is a word of the sentence."""
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w.:-]*)[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What the numbers of an article are, as far as they could name its list."""

    citations: tuple[LegacyCitation, ...]
    unclear: tuple[Fault, ...]
    """What a reader could take for a citation, and what cannot be woven as one."""
    astray: tuple[Fault, ...]
    """Citations whose numbers are not in the list; they are unclear too."""


def numbers(
    text: str,
    found: LegacyList,
    format: str,  # noqa: A002
    *,
    declared: Collection[int] = (),
) -> Numbers:
    """The citations of an article with a plain list, and all that might be one.

    ``declared`` are lines whose numbers the writer says to be no citations.
    """
    return _Judge(text, found, format, frozenset(declared)).numbers()


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


class _Judge:
    """One article's numbers held against its list."""

    def __init__(self, source: str, found: LegacyList, form: str, declared: frozenset[int]) -> None:
        self.source = source
        self.found = found
        self.prose: Prose = proses.read(source, form, keeps_footnotes=found.style == "[^n]")
        self.text = marks.narrow(self.prose.text)
        self.known = {int(one.label) for one in found.references}
        self.declared = declared | declared_lines(source)
        self.style = _STYLES.get(found.style, "")

    # ── the marks of the article itself ──

    @cached_property
    def marks(self) -> list[Mark]:
        """The numbers outside the list, those of declared lines left out, neighbours joined."""
        return list(self.joined([mark for mark in marks.read(self.prose) if self.is_own(mark)]))

    def is_own(self, mark: Mark) -> bool:
        start = self.prose.starts[mark.first]
        if any(span.start <= start < span.end for span in self.found.spans):
            return False
        return self.line(mark) not in self.declared

    def line(self, mark: Mark) -> int:
        return self.source.count("\n", 0, self.prose.starts[mark.first]) + 1

    def joined(self, singles: list[Mark]) -> Iterator[Mark]:
        """Neighbours that make one citation: ``[1], [2]`` and ``[1]-[3]``."""
        index = 0
        while index < len(singles):
            current = singles[index]
            while index + 1 < len(singles) and (both := self.join(current, singles[index + 1])):
                current = both
                index += 1
            yield current
            index += 1

    def join(self, one: Mark, other: Mark) -> Mark | None:
        between = _JOINT.fullmatch(self.text, one.last, other.first)
        is_alike = one.form == other.form and not one.place and not other.place
        if between is None or not is_alike or "\n" in between[0] or one.form == "n":
            return None
        if self.is_linked(one) != self.is_linked(other):
            return None
        if any(
            innocence.is_exponent(self.text, mark) for mark in (one, other) if mark.form == "sup"
        ):
            return None
        sign = between["sign"]
        joined = _bridged(one.numbers, other.numbers, is_range=bool(sign) and sign in marks.DASH)
        return replace(one, last=other.last, numbers=joined) if joined else None

    def is_linked(self, mark: Mark) -> bool:
        return any(wrap.kind == "link" for wrap in self.prose.around(mark.first, mark.last))

    # ── the verdict ──

    def numbers(self) -> Numbers:
        citations: list[LegacyCitation] = []
        unclear: list[Fault] = []
        astray: list[Fault] = []
        for mark in self.marks:
            why = self.why_not(mark)
            if why is None:
                citations.append(self.citation(mark))
            elif why:
                fault = Fault(line=self.line(mark), message=self.message(mark, why))
                unclear.append(fault)
                if why == _ASTRAY:
                    astray.append(fault)
        return Numbers(
            citations=tuple(sorted(citations, key=lambda one: one.span)),
            unclear=tuple(sorted(set(unclear), key=lambda one: (one.line, one.message))),
            astray=tuple(astray),
        )

    def why_not(self, mark: Mark) -> str | None:
        """None for a citation, empty for what cannot be one, else why it is unclear."""
        named = set(mark.numbers) or {int(one) for one in re.findall(r"\d+", self.shown(mark))}
        if not named & self.known:
            return self.foreign(mark)
        if zone := self.zone(mark):
            return _ZONE.format(zone) if mark.form in _STRONG else ""
        if mark.form in _STRONG or self.is_apart(mark):
            return self.strong(mark)
        if mark.form in ("n", "<n>"):
            return self.bare(mark)
        return self.weak(mark)

    def bare(self, mark: Mark) -> str:
        """The verdict on a number in no dress, or in quotation marks."""
        if mark.form == "<n>":
            return _UNCLEAR if self.is_behind(mark) else ""
        span = self.prose.span(mark.first, mark.last)
        if innocence.is_in_column(self.source, span.start, span.end):
            return _UNCLEAR
        is_raised = any(self.prose.raised[mark.first : mark.last])
        is_quantity = innocence.is_quantity(self.text, mark, is_raised=is_raised)
        return "" if is_quantity and not self.is_link_of_figures(mark) else _UNCLEAR

    def foreign(self, mark: Mark) -> str:
        """The verdict on a mark that names no entry: it may be misprinted, or ¹² mean 1 and 2."""
        if self.zone(mark) or innocence.is_index(self.text, mark):
            return ""
        if mark.form == "[n]" and self.text[mark.first] in "[［":
            return _ASTRAY
        digits = [int(one) for one in re.findall(r"\d", self.shown(mark))]
        is_run = mark.form == "sup" and len(digits) > 1 and set(digits) <= self.known
        return _UNCLEAR if is_run and not innocence.is_exponent(self.text, mark) else ""

    def strong(self, mark: Mark) -> str | None:
        if mark.form == "sup" and innocence.is_exponent(self.text, mark):
            return ""
        if mark.form == "文献" and innocence.is_counted(self.text, mark):
            return ""
        is_bracket = mark.form == "[n]"
        is_odd = innocence.is_statistic(self.text, mark) or self.is_second_list
        if is_bracket and (is_odd or self.text[mark.last : mark.last + 1] in (":", "：")):
            return _UNCLEAR
        return self.readable(mark)

    def weak(self, mark: Mark) -> str | None:
        """The verdict on a form that steps, notes and prices have too."""
        if innocence.is_volume(self.text, mark):
            return ""
        if self.is_before(mark):
            return "" if self.is_step(mark) else _UNCLEAR
        if self.is_accepted(mark.form) and self.is_behind(mark):
            return self.readable(mark)
        explained = self.explained(mark.form, at_heads=self.is_behind(mark))
        is_explained = bool(mark.numbers) and set(mark.numbers) <= explained
        return "" if is_explained and mark.form != self.style else _UNCLEAR

    def readable(self, mark: Mark) -> str | None:
        """None where the mark can be woven as a citation of the list."""
        if not mark.numbers or not set(mark.numbers) <= self.known:
            return _ASTRAY if mark.numbers and mark.form == "[n]" else _UNCLEAR
        for wrap in self.prose.around(mark.first, mark.last):
            is_whole = mark.first <= wrap.first and wrap.last <= mark.last
            if wrap.kind == "link" and not (is_whole and self.leads_here(wrap.target)):
                return _LINKED
        if not _is_balanced(self.span(mark).of(self.source)):
            return _UNCLEAR
        return None

    def leads_here(self, target: str) -> bool:
        """Whether a link leads to the list, as far as can be told."""
        if not target.startswith("#"):
            return False
        name = re.escape(target[1:])
        place = (
            re.search(rf"""\b(?:id|name)\s*=\s*["']?{name}(?=["'\s>])""", self.source)
            if name
            else None
        )
        if place is None:
            return _NOTE_TARGET.match(target) is not None
        first, last = self.found.span.start - 200, self.found.span.end + 200
        return first <= place.start() <= last

    # ── what stands around a mark ──

    def shown(self, mark: Mark) -> str:
        return self.text[mark.first : mark.last]

    def zone(self, mark: Mark) -> str:
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
            and not re.search(r"[^\W\d_]", self.text[wrap.first : wrap.last])
            for wrap in self.prose.around(mark.first, mark.last)
        )

    def is_before(self, mark: Mark) -> bool:
        """Whether the mark begins something: a step, the thing it numbers, a note's own text."""
        before, after = self.text[: mark.first][-3:], self.text[mark.last : mark.last + 2]
        if mark.form in ("①", "(n)") and re.match(r"[ァ-ヺ一-龯]", after):
            return True
        is_opening = not before.strip(" ") or before.rstrip(" ")[-1] in _OPENERS
        is_glued = before[-1:] in ("。", "．", ".")
        return is_opening and not is_glued and re.match(rf" ?[\w「『（({HOLE}]", after) is not None

    def is_step(self, mark: Mark) -> bool:
        """Whether what the mark begins is one of several: a step is never alone."""
        return self.begins_line(mark) or len(self.explained(mark.form)) > 1

    def is_behind(self, mark: Mark) -> bool:
        """Whether the mark stands where a citation stands: behind what it proves."""
        before, after = self.text[: mark.first][-24:], self.text[mark.last : mark.last + 1]
        shown = before.rstrip(" ")
        if re.search(r"(?:^|[^A-Za-z])[A-Za-z]$|\d$", shown) and shown == before:
            return False
        is_free = not after or after in "(（" or not after.isalnum()
        takes_particle = mark.form in ("(n)", "①") and re.match(r"[ぁ-ん]", after) is not None
        return (is_free or takes_particle) and _PROVED.search(shown) is not None

    # ── the forms of the article ──

    @cached_property
    def has_strong(self) -> bool:
        """Whether the article cites in a form that can be nothing else."""
        return any(
            mark.form in _STRONG and not self.zone(mark) and set(mark.numbers) & self.known
            and self.strong(mark) is None
            for mark in self.marks
        )  # fmt: skip

    def explained(self, form: str, *, at_heads: bool = False) -> set[int]:
        """The numbers that begin something in this form outside the list, or begin a line."""
        return {
            number
            for mark in self.marks
            if mark.form == form
            and self.is_before(mark)
            and (self.begins_line(mark) or not at_heads)
            for number in mark.numbers
        }

    def is_accepted(self, form: str) -> bool:
        """Whether the form cites here: it is the list's own or the only one, and begins nothing."""
        if len(self.explained(form)) > 1 or self.heads_lines(form):
            return False
        if form == self.style:
            return True
        halves = ("(n)", "n)")
        if self.has_strong or (self.style in halves and form in halves):
            return not self.has_strong
        strong = (*_STRONG, "n", "<n>")
        used = {mark.form for mark in self.marks if mark.form not in strong}
        return {one for one in used if self.is_used(one)} == {form}

    def is_used(self, form: str) -> bool:
        """Whether the form stands somewhere as a citation would."""
        return any(mark.form == form and self.is_behind(mark) for mark in self.marks)

    @cached_property
    def is_second_list(self) -> bool:
        """Whether other lines of the page begin with ``[1]``, ``[2]`` too."""
        heads = [
            mark.numbers[0]
            for mark in self.marks
            if mark.form == "[n]" and len(mark.numbers) == 1 and self.begins_line(mark)
        ]
        return any(second == first + 1 for first, second in pairwise(heads))

    def heads_lines(self, form: str) -> bool:
        return any(mark.form == form and self.begins_line(mark) for mark in self.marks)

    def begins_line(self, mark: Mark) -> bool:
        return not self.text[: mark.first].rpartition("\n")[2].strip()

    # ── what is given ──

    def span(self, mark: Mark) -> Span:
        """The stretch of the source that the citation takes, with the tags that only raise it."""
        span = self.prose.span(mark.first, mark.last)
        start, end = span.start, span.end
        for wrap in self.prose.around(mark.first, mark.last):
            inner = self.text[wrap.first : wrap.last]
            first = wrap.first + len(inner) - len(inner.lstrip())
            last = wrap.last - len(inner) + len(inner.rstrip())
            if wrap.kind != "apart" and mark.first <= first and last <= mark.last:
                start, end = min(start, wrap.span.start), max(end, wrap.span.end)
        return Span(start, end)

    def citation(self, mark: Mark) -> LegacyCitation:
        return LegacyCitation(span=self.span(mark), numbers=mark.numbers, locator=mark.place)

    def message(self, mark: Mark, why: str) -> str:
        span = self.prose.span(mark.first, mark.last)
        around = " ".join(self.source[max(0, span.start - 8) : span.end + 8].split())
        return why.format(around) if why != _ASTRAY else why.format(span.of(self.source))


_UNCLEAR = "“{}” looks like a citation of the list, and it is not clear of what"
_ASTRAY = "{} names no entry of the list"
_LINKED = "“{}” stands in a link that leads elsewhere, and looks like a citation of the list"
_ZONE = "“{{}}” looks like a citation of the list, and none can be woven in {}"


def _bridged(first: tuple[int, ...], second: tuple[int, ...], *, is_range: bool) -> tuple[int, ...]:
    if not first or not second:
        return ()
    if not is_range:
        return tuple(dict.fromkeys((*first, *second)))
    if not 0 < second[0] - first[-1] < 100:
        return ()
    return tuple(dict.fromkeys((*first, *range(first[-1], second[0] + 1), *second)))


def _is_balanced(source: str) -> bool:
    """Whether each tag and each run of emphasis in a stretch opens and closes in it."""
    opened: list[str] = []
    for tag in _TAG.finditer(source):
        name = tag["name"].lower()
        if not tag["close"]:
            if name not in ("br", "wbr", "img") and not tag[0].endswith("/>"):
                opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    bare = _TAG.sub("", source)
    return not opened and bare.count("**") % 2 == 0
