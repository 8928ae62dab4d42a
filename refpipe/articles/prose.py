"""The one definition of prose: what a reader sees of an article, and where each sign of it stands.

A page is text, machinery and samples.  Here the machinery goes (tags, comments, addresses,
shortcodes, formulas, code), entities and escapes become the signs they stand for, and what
remains can be read by one grammar, whatever the format.  Each sign knows its place in the source,
whether it is raised, whether it belongs to a link, and whether a citation could be woven there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from refpipe.articles import blocks, markdown
from refpipe.articles.signs import Signs, Wrap, has_words
from refpipe.model import Span

_LINE_HEAD = re.compile(r"[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]+)?")
_DEFINITION = re.compile(
    r"[ \t>]*\[(?!\^)[^\[\]\n]+\]:[ \t]*(?:https?:|#|<|/|\.|\S+\.[A-Za-z]{2,})[^\n]*"
)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]:?")
_FOOTNOTE_DEFINED = re.compile(r"^[ \t>]*(\[\^[^\[\]\s]+\]):", re.MULTILINE)
_FULL_LABEL = re.compile(r"\[[^\[\]\n]*\]")
_STOPS = {
    "html": re.compile(r"[<&{$\[\\hw]"),
    "markdown": re.compile(r"[\\`<\[\]{$&*_^!\nhw]"),
}


_REACH = 64


@dataclass(kw_only=True)
class Prose:
    """What a reader sees of a text, sign by sign."""

    text: str
    starts: list[int]
    ends: list[int]
    raised: bytearray
    zones: list[str]
    """Where a citation cannot be woven, the name of the place (``an attribute``); else empty."""
    wraps: list[Wrap]

    def span(self, first: int, last: int) -> Span:
        """The stretch of the source that shows the signs from ``first`` to ``last``."""
        return Span(self.starts[first], self.ends[last - 1])

    def around(self, first: int, last: int) -> list[Wrap]:
        """The elements and links that hold any of the signs."""
        places = range(first // _REACH, max(first, last - 1) // _REACH + 1)
        near = dict.fromkeys(index for place in places for index in self.near.get(place, ()))
        found = (self.wraps[index] for index in sorted(near))
        return [wrap for wrap in found if wrap.first < last and first < wrap.last]

    @cached_property
    def near(self) -> dict[int, list[int]]:
        """The wraps that hold any of each ``_REACH`` signs, so that not all are looked through."""
        found: dict[int, list[int]] = {}
        for index, wrap in enumerate(self.wraps):
            for place in range(wrap.first // _REACH, max(wrap.first, wrap.last - 1) // _REACH + 1):
                found.setdefault(place, []).append(index)
        return found


def read(text: str, form: str, *, keeps_footnotes: bool = False) -> Prose:
    """The prose of an article; ``form`` is ``markdown``, ``html`` or ``mdx``.

    A footnote's mark is machinery, unless ``keeps_footnotes`` says that the list is made of them.
    """
    return _Reader(source=text, form=form, keeps_footnotes=keeps_footnotes).read()


@dataclass(slots=True, kw_only=True)
class _Reader(Signs):
    """One pass over a text."""

    keeps_footnotes: bool
    brackets: list[tuple[int, int]] = field(default_factory=list)
    """Open ``[`` of Markdown: place in the source, place in the visible text."""
    labels: dict[str, str] = field(default_factory=dict)
    """The labels that the text defines as links, and where each leads."""
    resume: int = 0
    """Where the next stretch may begin: an element may reach beyond its own."""

    def read(self) -> Prose:
        if self.form == "html":
            self.walk(0, len(self.source), is_markdown=False)
        else:
            self.markdown()
        self.elements.clear()
        for start, end, zone in self.asides:
            self.line(start)
            self.plain(start, end, zone=zone)
        return Prose(
            text="".join(self.text),
            starts=self.starts,
            ends=self.ends,
            raised=self.raised,
            zones=self.zones,
            wraps=self.wraps,
        )

    # ── Markdown ──

    def markdown(self) -> None:
        self.labels = markdown.definitions(self.source)
        position = self.front_matter()
        for stretch in blocks.stretches(self.source, position):
            self.between(position, stretch.start)
            start = max(stretch.start, self.resume)
            if self.form == "mdx" and markdown.ESM.match(self.source, stretch.start, stretch.end):
                self.hole(stretch.start, stretch.end)
            elif start < stretch.end:
                is_markdown = stretch.kind is blocks.BlockKind.PROSE or self.form == "mdx"
                self.walk(start, stretch.end, is_markdown=is_markdown)
            self.brackets.clear()
            self.line(stretch.end)
            position = stretch.end
        self.between(position, len(self.source))

    def between(self, start: int, end: int) -> None:
        """Blank lines and code."""
        self.line(start)
        if self.source[start:end].strip() and start >= self.resume:
            self.hole(start, end)
            self.line(end)

    def front_matter(self) -> int:
        front = markdown.FRONT_MATTER.match(self.source)
        if front is None:
            return 0
        for line in _VALUE.finditer(self.source, front.start(2), front.end(2)):
            start, end = line.span("value")
            is_text = has_words(line["value"]) and line["value"][:1] not in "[{"
            if is_text or "[@" in line["value"]:
                self.aside(start, end, "the front matter")
        return front.end()

    # ── the walk ──

    def walk(self, start: int, end: int, *, is_markdown: bool) -> None:
        stops = _STOPS["markdown" if is_markdown else "html"]
        position = start
        if is_markdown:
            position = self.line_head(position, end)
        while position < end:
            stop = stops.search(self.source, position, end)
            at = stop.start() if stop else end
            self.plain(position, at)
            position = self.sign(at, end, is_markdown=is_markdown) if at < end else end
        self.resume = max(self.resume, position)

    def sign(self, at: int, end: int, *, is_markdown: bool) -> int:
        """Read what begins at a sign that may mean something; where to go on."""
        sign = self.source[at]
        after = self.machinery(at, end)
        if after is None and is_markdown:
            after = self.markup(sign, at, end)
        if after is None:
            self.plain(at, at + 1)
            return at + 1
        return after

    # ── what only Markdown has ──

    def line_head(self, position: int, end: int) -> int:
        head = _LINE_HEAD.match(self.source, position, end)
        position = head.end() if head else position
        if definition := _DEFINITION.match(self.source, position, end):
            return definition.end()
        footnote = _FOOTNOTE.match(self.source, position, end)
        if footnote and footnote[0].endswith(":"):
            self.hole(*footnote.span())
            return footnote.end()
        return position

    def markup(self, sign: str, at: int, end: int) -> int | None:
        source = self.source
        if sign == "\n":
            self.plain(at, at + 1)
            return self.line_head(at + 1, end)
        if sign == "\\" and at + 1 < end:
            self.put(source[at + 1], at, at + 2)
            return at + 2
        if sign in "*_":
            return at + 1 if self.is_emphasis(sign, at) else None
        readers = {"`": self.code_span, "!": self.image, "[": self.bracket, "]": self.target}
        return readers[sign](at, end) if sign in readers else None

    def image(self, at: int, end: int) -> int | None:
        image = markdown.IMAGE.match(self.source, at, end)
        if image is None:
            return None
        self.hole(*image.span())
        if has_words(image["alt"]):
            self.aside(*image.span("alt"), "an image's alternative text")
        return image.end()

    def code_span(self, at: int, end: int) -> int | None:
        ticks = re.compile("`+").match(self.source, at)
        run = ticks[0] if ticks else "`"
        close = re.compile(rf"(?<!`){run}(?!`)").search(self.source, at + len(run), end)
        if close is None:
            self.plain(at, at + len(run))
            return at + len(run)
        self.hole(at, close.end())
        return close.end()

    def is_emphasis(self, sign: str, at: int) -> bool:
        """Whether the sign is no sign but emphasis.  A star before a number may mark a note."""
        before = self.source[at - 1 : at]
        after = self.source[at + 1 : at + 2]
        if sign == "*":
            is_mark = after.isdigit() and before != "*"
            return not is_mark and (bool(after.strip()) or bool(before.strip()))
        return not (before.isalnum() and after.isalnum())

    def bracket(self, at: int, end: int) -> int | None:
        if (footnote := _FOOTNOTE.match(self.source, at, end)) and self.is_defined(footnote[0]):
            self.hole(*footnote.span())
            return footnote.end()
        self.brackets.append((at, len(self.text)))
        return None

    def is_defined(self, footnote: str) -> bool:
        if self.keeps_footnotes:
            return False
        if self.footnotes is None:
            self.footnotes = frozenset(_FOOTNOTE_DEFINED.findall(self.source))
        return footnote.rstrip(":") in self.footnotes

    def target(self, at: int, end: int) -> int | None:
        """The end of a link's words, with the address that follows."""
        if not self.brackets:
            return None
        start, first = self.brackets.pop()
        if target := markdown.INLINE_LINK.match(self.source, at + 1, end):
            words = target[0][1:-1].split()
            return self.linked(at, start, target.end(), first, words[0] if words else "")
        label = _FULL_LABEL.match(self.source, at + 1, end)
        own = self.source[start + 1 : at]
        named = label[0][1:-1] if label else ""
        for name, after in ((named or own, label.end() if label else at + 1), (own, at + 1)):
            if (address := self.labels.get(markdown.label(name))) is not None:
                return self.linked(at, start, after, first, address)
        return None

    def linked(self, at: int, start: int, end: int, first: int, target: str) -> int:
        """Note a link's words; its closing bracket stands for all that follows them."""
        last = len(self.text)
        self.put("]", at, end)
        wrap = Wrap(
            span=Span(start, end),
            first=first + 1,
            last=last,
            kind="link",
            target=target.strip("<>"),
        )
        if wrap.first < wrap.last:
            self.wraps.append(wrap)
        return end


_VALUE = re.compile(
    r"^[ \t]*(?:-[ \t]+)?(?:[\w.-]+[ \t]*[:=][ \t]*)?[\"']?(?P<value>[^\n\"']*)", re.MULTILINE
)
