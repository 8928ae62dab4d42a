"""Which numbers of an article cite its plain list, and which might and cannot be read.

A number is one of three: it cites (and is woven), it cannot be taken for a citation, or it is
unclear.  Nobody needs to have thought of the form of an unclear one: whatever is not proved to be
something else is unclear, and it is better to stop at a number too many than at one too few.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from refpipe.articles import html
from refpipe.articles.lists import labels, legacy_list, marks, quantities
from refpipe.articles.lists.legacy_list import LegacyCitation, LegacyList
from refpipe.articles.lists.marks import Mark
from refpipe.articles.lists.page_marks import PageMarks
from refpipe.articles.signs import CITING_SHORTCODE, HOLE, Wrap
from refpipe.lifetimes import lazy
from refpipe.model import Fault, Span

_STRONG = frozenset({"[n]", "sup", "文献", "link"})
"""Forms that nothing but a citation has, where their numbers are in the list."""
_STEPS = frozenset({"(n)", "n)", "①"})
_SAID = lazy(r"(?:[らるたすい氏等]|et al\.?|[。．%％])\Z")
"""What ends a statement or names who made it: a number behind it is the source, and no step."""
_BESIDE = 8
"""Signs beside a number that are shown with it."""
_LONGEST_SHOWN = 160
_UNCOUNTED = lazy(r"(?! ?(?:[件本編報つ種人名点年月日回週時個冊歳%％]|[mkμ]?g\b|[A-Za-z]+s\b))")
_ENDED = lazy(r"[\s)）\]］^]*(?:[。、，,;；.．](?!\d)|[ぁ-ん](?!つ)|\Z|\n)")
"""How a text goes on behind a number that counts nothing."""
_LAST = lazy(r"[,;，；、] ?(?:and|or|and/or|und|oder|et|ou|および|または|及び|又は) ?\Z")
"""What stands before the last of several steps."""
_OWN_TAGS = lazy(
    r"<(?:(?:li|p|dt|dd|tr)\b[^<>]*>(?:<[^<>]*>|\s)*+"
    r"|(?:a|span|sup|b)\b[^<>]*>(?:</?(?:a|span|sup|b)\b[^<>]*>|\s)*+)"
)
"""The tags of an entry, or those within its line, with nothing but tags up to its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What the numbers of an article are, as far as they could name its list."""

    citations: tuple[LegacyCitation, ...]
    unclear: tuple[Fault, ...]
    """What a reader could take for a citation, and what cannot be woven as one."""
    astray: tuple[Fault, ...]
    """Citations whose numbers are not in the list; they are unclear too."""
    crossed: tuple[Fault, ...] = ()
    """Links that show the number of one entry and lead to another; they are unclear too."""


def numbers(
    text: str,
    found: LegacyList,
    format: str,  # noqa: A002
    *,
    declared: Collection[int] = (),
    is_woven: bool = False,
) -> Numbers:
    """The citations of an article with a plain list, and all that might be one.

    ``declared`` are lines whose numbers the writer says to be no citations.  ``is_woven`` says
    that the article's own citations are managed: a number in a form that steps and prices have
    too is then told only where it stands as a citation would, behind what it proves.
    """
    judge = _Judge(text, found, format, frozenset(declared))
    judge.is_woven = is_woven
    return judge.numbers(judge.stands if is_woven else lambda _: True)


_FIGURE = lazy(r"(?:(?:^|[^一-龯々])[図表]|\b(?:Fig(?:ure)?s?\.?|Tables?)) ?$")


class _Judge(PageMarks):
    """One article's numbers held against its list."""

    def __init__(self, source: str, found: LegacyList, form: str, declared: frozenset[int]) -> None:
        super().__init__(source, found, form, declared)
        self.is_accepted = cache(self._is_accepted)
        self.is_woven = False

    # ── the verdict ──

    def numbers(self, is_told: Callable[[Mark], bool]) -> Numbers:
        citations: list[LegacyCitation] = []
        unclear: list[Fault] = []
        told: dict[str, list[Fault]] = {_ASTRAY: [], _CROSSED: []}
        torn = self.torn()
        for mark in self.marks:
            why = _UNCLEAR if mark in torn else self.why_not(mark)
            is_worded = mark.form == "文献"
            if why is None and not is_worded and self.is_note(mark):
                why = _UNCLEAR
            if why == "" or not is_told(mark):
                continue
            if why is None:
                citations.append(self.citation(mark))
            else:
                fault = Fault(line=self.line(mark), message=self.message(mark, why))
                unclear.append(fault)
                told.get(why, []).append(fault)
        unclear.extend(self.unread())
        return Numbers(
            citations=tuple(sorted(citations, key=lambda one: one.span)),
            unclear=tuple(sorted(set(unclear), key=lambda one: (one.line, one.message))),
            astray=tuple(told[_ASTRAY]),
            crossed=tuple(told[_CROSSED]),
        )

    def unread(self) -> Iterator[Fault]:
        """Links to entries that show some other sign, and letters of the list in no link."""
        links = [wrap for wrap in self.prose.wraps if wrap.kind == "link"]
        stretches = [
            (wrap.first, wrap.last)
            for wrap in links
            if self.is_to_list(wrap) and labels.is_wordless(self.text[wrap.first : wrap.last])
        ]
        # A list without numbers may be cited by whatever its entries begin with.
        entries = () if self.found.style else [one.text for one in self.found.references]
        signs = self.signs or labels.heads(entries)
        stretches += labels.written(self.prose, signs) if signs else ()
        firsts, lasts = [one.first for one in self.marks], [one.last for one in self.marks]
        for first, last in stretches:
            mark = Mark(first=first, last=last, numbers=(), form="link")
            near = self.marks[bisect_right(lasts, first) : bisect_left(firsts, last)]
            is_read = any(self.why_not(one) != "" for one in near)
            if not is_read and self.is_own(mark):
                yield Fault(line=self.line(mark), message=self.message(mark, _UNCLEAR))

    def leads_into_list(self, link: Wrap) -> bool:
        """Whether a link that does not lead to its own entry leads to another one."""
        return not self.signs and self.is_to_list(link)

    def is_to_list(self, link: Wrap) -> bool:
        """Whether a link leads to a place in the list."""
        place = self.place(link) if link.target.startswith("#") else None
        return place is not None and self.found.span.start <= place < self.found.span.end

    def torn(self) -> set[Mark]:
        """Numbers that make one citation together, which is not read: 文献1から3, 1/3), [1]⁓[3]."""
        torn: set[Mark] = set()
        for one, other in pairwise(self.marks):
            if other.first - one.last > legacy_list.WIDEST:
                continue
            joint = legacy_list.joint(self.text, one.last, other.first)
            is_dressed = "n" not in (one.form, other.form)
            is_joined = legacy_list.is_range(joint) or (is_dressed and legacy_list.is_odd(joint))
            is_joined = is_joined or self.is_halved(one, other, joint)
            if is_joined and None in map(self.why_not, (one, other)):
                torn |= {one, other}
        return torn

    def is_halved(self, one: Mark, other: Mark, joint: str) -> bool:
        """Whether a comma joins two numbers of which one alone is dressed as a citation."""
        touches = one.last + len(joint) == other.first
        is_joint = legacy_list.joins(joint) or (joint in tuple(".．") and touches)
        if one.last == other.first or not {*one.numbers, *other.numbers} <= self.known:
            return False
        if is_joint and one.form == other.form == "sup":
            return "" in map(self.why_not, (one, other))
        if other.form == "n" and one.form != "n" and (is_joint or legacy_list.is_odd(joint)):
            # [1] or 3 days counts; 文献1か3 and 文献1.3 are not closed before the second number.
            is_closed = not self.text[one.last - 1].isdigit()
            return (_ENDED if is_closed else _UNCOUNTED).match(self.text, other.last) is not None
        is_open = self.text[other.first].isdigit() and other.form in ("n)", "sup")
        return is_joint and one.form == "n" and is_open

    def why_not(self, mark: Mark) -> str | None:
        """None for a citation, empty for what cannot be one, else why it is unclear."""
        named = set(mark.numbers) or {
            marks.value(one) for one in re.findall(r"\d+", self.shown(mark))
        }
        if not named & self.known:
            return self.foreign(mark)
        if zone := self.zone(mark):
            is_citing = mark.form in _STRONG or zone == CITING_SHORTCODE
            return _ZONE.format(zone) if is_citing else ""
        if mark.form in _STRONG or self.is_apart(mark):
            return self.strong(mark)
        if mark.form == "own":
            return _UNCLEAR
        if mark.form in ("n", "<n>"):
            return self.bare(mark)
        return self.weak(mark)

    def bare(self, mark: Mark) -> str:
        """The verdict on a number in no dress, or in quotation marks."""
        if mark.form == "<n>":
            is_citing = self.is_behind(mark) or self.is_link_of_figures(mark)
            is_citing = is_citing or _SAID.search(self.before(mark)[-8:]) is not None
            return _UNCLEAR if is_citing else ""
        span = self.prose.span(mark.first, mark.last)
        if quantities.is_in_column(self.source, span.start, span.end):
            return _UNCLEAR
        raised = self.prose.raised[mark.first : mark.last]
        power = raised.find(1)
        if power > 0 and re.match(rf"\d[{re.escape(marks.DASH)}]", self.shown(mark)[power - 1 :]):
            return ""  # 10 and its raised −3 are one figure.
        is_raised = any(raised)
        is_quantity = quantities.is_quantity(self.text, mark, is_raised=is_raised)
        is_quantity = is_quantity and not quantities.names_work(self.text, mark)
        return "" if is_quantity and not self.is_link_of_figures(mark) else _UNCLEAR

    def foreign(self, mark: Mark) -> str:
        """The verdict on a mark that names no entry: it may be misprinted, or ¹² mean 1 and 2."""
        if self.zone(mark) or quantities.is_index(self.text, mark):
            return ""
        if mark.form == "[n]" and self.text[mark.first] in "[［":
            return _ASTRAY
        if mark.form == "sup":
            return "" if quantities.is_exponent(self.text, mark) else _ASTRAY
        if mark.form == "文献":
            return "" if quantities.is_counted(self.text, mark) else _ASTRAY
        is_weak = mark.form not in ("[n]", "n", "<n>", "link")
        is_citing = is_weak and self.is_behind(mark) and self.is_accepted(mark.form)
        return _ASTRAY if is_citing else ""

    def strong(self, mark: Mark) -> str | None:
        is_power = mark.form == "sup" and quantities.is_exponent(self.text, mark)
        if is_power or (mark.form == "文献" and quantities.is_counted(self.text, mark)):
            return ""
        is_power = mark.form == "sup" and quantities.may_be_power(self.text, mark)
        if is_power or quantities.is_measured(self.text, mark):
            return _UNCLEAR
        if self.signs and re.search(r"\d", self.shown(mark)):
            return _UNCLEAR
        why = self.bracket(mark) if mark.form == "[n]" else None
        return self.readable(mark) if why is None else why

    def bracket(self, mark: Mark) -> str | None:
        """Why a bracket is no citation, or may be none; None where nothing speaks against it."""
        opening = self.text[mark.first]
        if opening not in "[［" and self.begins_line(mark) and self.is_headings(opening):
            return ""
        is_usual = opening in self.brackets
        if not is_usual and (not self.is_behind(mark) or self.is_named(mark)):
            return _UNCLEAR
        is_odd = quantities.is_statistic(self.text, mark) or self.is_second_list
        is_label = self.text[mark.last : mark.last + 1] in (":", "：")
        # 図[2] may be the second figure or one of reference 2; と発表[2] cites.
        is_figure = _FIGURE.search(self.before(mark)[-12:]) is not None
        return _BRACKETED if is_odd or is_label or is_figure else None

    def weak(self, mark: Mark) -> str | None:
        """The verdict on a form that steps, notes and prices have too."""
        if quantities.is_volume(self.text, mark) or 0 in mark.numbers:
            return ""
        if self.is_before(mark):
            return "" if self.is_step(mark) else _UNCLEAR
        if self.is_accepted(mark.form) and self.is_behind(mark):
            return _UNCLEAR if self.is_named(mark) else self.readable(mark)
        if self.is_last_step(mark):
            return ""
        explained = self.explained(mark.form, self.sign(mark), at_heads=self.is_behind(mark))
        is_explained = bool(mark.numbers) and set(mark.numbers) <= explained
        if mark.form in _STEPS and (len(explained) < 2 or _SAID.search(self.before(mark)[-8:])):
            return _UNCLEAR
        return "" if is_explained and mark.form != self.style else _UNCLEAR

    def is_last_step(self, mark: Mark) -> bool:
        """Whether a mark begins the last of the steps that a sentence counts: …, or (4) rest."""
        before, after = self.before(mark), self.text[mark.last : mark.last + 2]
        if not (_LAST.search(before) and re.match(r" ?[^\W\d_]", after)):
            return False
        start = mark.first - len(re.split(r"[.。!?！？](?:\s|\Z)|\n\n", before)[-1])
        others = [one for one in self.marks if start <= one.first and one.form == mark.form]
        steps = [one for one in others if one.first < mark.first]
        counted = [one.numbers for one in (*steps, mark)]
        is_counting = counted == [(number,) for number in range(1, len(counted) + 1)]
        return len(steps) > 0 and is_counting and all(map(self.is_before, steps))

    def readable(self, mark: Mark) -> str | None:
        """None where the mark can be woven as a citation of the list."""
        if not mark.numbers or not set(mark.numbers) <= self.known:
            return _ASTRAY if mark.numbers and mark.form == "[n]" else _UNCLEAR
        for wrap in self.prose.around(mark.first, mark.last):
            is_whole = mark.first <= wrap.first and wrap.last <= mark.last
            is_dead = not wrap.target.strip("#") or wrap.target.lower().startswith("javascript:")
            if wrap.kind == "link" and not (
                is_whole and (is_dead or self.leads_to_its_entry(wrap))
            ):
                return _CROSSED if self.leads_into_list(wrap) else _LINKED
        if not html.is_balanced(self.span(mark).of(self.source)):
            return _UNCLEAR
        return None

    def is_note(self, mark: Mark) -> bool:
        """Whether the mark leads to a note of the page, or begins one."""
        return self.is_noted(mark) or self.begins_note(mark) or mark.first in self.led_to_notes

    @cached_property
    def led_to_notes(self) -> frozenset[int]:
        """Where the raised numbers stand that lead to a note of the page."""
        end = bisect_left(self.prose.starts, self.found.span.start)
        return quantities.of_notes(self.text, self.marks, end)

    def is_noted(self, mark: Mark) -> bool:
        """Whether a note of the page begins with the mark's sign and number, and no entry does."""
        sign = self.note_sign(self.shown(mark))
        if not sign or "文献" in sign or sign in self.label_signs:
            return False
        if not self.notes[sign] & set(mark.numbers):
            return False
        links = (one for one in self.prose.around(mark.first, mark.last) if one.kind == "link")
        return not any(map(self.is_to_list, links))

    def leads_to_its_entry(self, wrap: Wrap) -> bool:
        """Whether a link leads to the entry whose number it shows, as far as can be told."""
        if not wrap.target.startswith("#"):
            return False
        inside = self.text[wrap.first : wrap.last]
        shown = re.findall(r"\d+", inside)
        if self.signs:
            shown = [str(self.signs.get(labels.core(inside), 0))]
        place = self.place(wrap)
        if place is None and not self.signs:
            return self.says_entry(wrap.target[1:], shown)
        if place is None or not self.is_in_list(place):
            return False
        first = self.found.references[0].span.start
        if place < first and self.is_shared(wrap.target) and not self.is_in_entry(place, first):
            return True
        entries = [one for one in self.found.references if place < one.span.end]
        return not entries or not shown or int(entries[0].label) in map(marks.value, shown)

    def is_in_entry(self, place: int, first: int) -> bool:
        """Whether what stands at ``place`` is the first entry's own tag, and not the list's."""
        return (
            _OWN_TAGS.fullmatch(self.source, self.source.rfind("<", 0, place + 1), first)
            is not None
        )

    def is_shared(self, target: str) -> bool:
        """Whether links that show other numbers lead there too: to the list, and to no entry."""
        links = (one for one in self.prose.wraps if one.kind == "link" and one.target == target)
        return len({self.text[one.first : one.last].strip() for one in links}) > 1

    def stands(self, mark: Mark) -> bool:
        """Whether the mark is a citation by its form, or ends what it would prove."""
        if mark.form in _STRONG or self.is_apart(mark):
            return True
        before, after = self.before(mark)[-8:], self.text[mark.last : mark.last + 1]
        if mark.form in ("n", "<n>"):
            is_glued = re.search(rf"[a-z]{{4}}\Z|{_SAID.pattern}", before) is not None
            return is_glued and not after.isalnum()
        is_end = not after or after in "。、，．,.;；\n"
        is_said = is_end or _SAID.search(before.rstrip(" ")) is not None
        return is_said and self.is_behind(mark) and not self.is_named(mark)

    # ── the forms of the article ──

    @cached_property
    def has_strong(self) -> bool:
        """Whether the article cites in a form that can be nothing else."""
        return any(
            mark.form in _STRONG and not self.zone(mark) and set(mark.numbers) & self.known
            and self.strong(mark) is None
            for mark in self.marks
        )  # fmt: skip

    def _is_accepted(self, form: str) -> bool:
        """Whether the form cites here: it is the list's own or the only one, and begins nothing."""
        signs = {self.sign(mark) for mark in self.marks if mark.form == form}
        if any(len(self.explained(form, sign)) > 1 for sign in signs) or self.heads_lines(form):
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
        """Whether the form stands somewhere as a citation of an entry would."""
        return any(
            mark.form == form and set(mark.numbers) & self.known and self.is_behind(mark)
            for mark in self.marks
        )

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
        if why == _BRACKETED and self.is_woven:
            why = _UNCLEAR
        if why == _BRACKETED:
            # The usual advice is to write [1], which it is already.
            number = self.shown(mark).strip("[]［］【】〔〕 ")
            word = "文献" if re.search(r"[ぁ-んァ-ヶ]", self.text) else "ref "
            return why.format(self.surroundings(mark), f"[{word}{number}]")
        if why == _ASTRAY:
            return why.format(self.prose.span(mark.first, mark.last).of(self.source))
        told = why.format(self.surroundings(mark))
        # To write [1] there would be no use.
        is_placeless = self.zone(mark) and not self.is_woven
        return f"{told}; move it into the text" if is_placeless else told

    def surroundings(self, mark: Mark) -> str:
        """A mark in the source with the signs beside it on its line, no tag cut in two."""
        first = max(self.text.rfind("\n", 0, mark.first) + 1, mark.first - _BESIDE)
        end = self.text.find("\n", mark.last)
        last = min(len(self.text) if end < 0 else end, mark.last + _BESIDE)
        around = self.prose.span(first, last).of(self.source)
        if not around or len(around) > _LONGEST_SHOWN:
            around = self.prose.text[first:last]
        return " ".join(around.replace(HOLE, "").split())


_UNCLEAR = "“{}” looks like a citation of the list, and it is not clear of what"
_BRACKETED = (
    "“{}” looks like a citation of the list, and it is not clear of what; if it is one, write {}"
)
_ASTRAY = "{} names no entry of the list"
_LINKED = "“{}” stands in a link that leads elsewhere, and looks like a citation of the list"
_CROSSED = (
    "“{}” leads to another reference than the one whose number it shows. Mend the link or the"
    " number, or take the link away"
)
_ZONE = "“{{}}” looks like a citation of the list, and none can be woven in {}"
