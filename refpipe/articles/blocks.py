"""The block structure of a Markdown text: which lines are prose and which are code.

This is the first phase of CommonMark's parsing strategy (spec 0.31.2, appendix), reduced to the
question whether a line is code.  Lines are whole: a stretch of prose keeps its ``>`` and ``-``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto


class BlockKind(Enum):
    """What a stretch of lines holds."""

    PROSE = auto()
    """Inline content of one block: code spans and brackets do not reach beyond it."""
    CODE = auto()
    """Code, or nothing at all: a blank line."""
    HTML = auto()
    """A block of raw HTML, in which backticks mean nothing."""


class _Leaf(Enum):
    NONE = auto()
    PARAGRAPH = auto()
    CODE = auto()
    FENCE = auto()
    HTML = auto()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of one kind, as offsets."""

    start: int
    end: int
    kind: BlockKind
    is_nested: bool = False
    """Whether it stands in a quotation or a list item."""


_PLAIN = re.compile(r"[^\s>`~<|#=*_+\-0-9]")
"""A line that begins so can only be a paragraph's, unless a container is open."""

_QUOTE = re.compile(r" {0,3}> ?")
_QUOTE_WIDTH = -1
_FENCE = re.compile(r" {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$")
_BREAK = re.compile(r" {0,3}([-*_])(?:[ ]*\1){2,}[ ]*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+) *$")
_HEADING = re.compile(r" {0,3}#{1,6}(?: |$)")
_ITEM = re.compile(r"( {0,3})([-+*]|(\d{1,9})[.)])( +(?=\S)| *$)")

_TYPE_6 = (
    "address article aside base basefont blockquote body caption center col colgroup dd details "
    "dialog dir div dl dt fieldset figcaption figure footer form frame frameset h[1-6] head header "
    "hr html iframe legend li link main menu menuitem nav noframes ol optgroup option p param "
    "search section summary table tbody td tfoot th thead title tr track ul"
).replace(" ", "|")
_TAG = (
    r"<(?:/[a-z][a-z0-9-]*\s*|[a-z][a-z0-9-]*(?:\s+[a-z_:][\w.:-]*"
    r"(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*\s*/?)>"
)
_HTML: tuple[tuple[re.Pattern[str], re.Pattern[str] | None, bool], ...] = tuple(
    (
        re.compile(" {0,3}" + start, re.IGNORECASE),
        re.compile(end, re.IGNORECASE) if end else None,
        may_interrupt,
    )
    for start, end, may_interrupt in (
        (r"<(?:pre|script|style|textarea)(?=\s|>|$)", r"</(?:pre|script|style|textarea)>", True),
        (r"<!--", r"-->", True),
        (r"<\?", r"\?>", True),
        (r"<![a-z]", r">", True),
        (r"<!\[CDATA\[", r"\]\]>", True),
        (rf"</?(?:{_TYPE_6})(?=\s|/?>|$)", None, True),
        (rf"{_TAG}\s*$", None, False),
    )
)
"""Start, end (a blank line where None), and whether it may interrupt a paragraph."""


def stretches(text: str, start: int = 0) -> Iterator[Stretch]:
    """The stretches of a Markdown text that are not code, in order."""
    return _Reader(text).read(start)


class _Reader:
    """One pass over the lines, with the open containers and the open leaf block."""

    __slots__ = ("containers", "ending", "fence", "hollow", "leaf", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.containers: list[int] = []
        self.leaf = _Leaf.NONE
        self.fence = ""
        self.ending: re.Pattern[str] | None = None
        self.hollow = False

    def read(self, start: int) -> Iterator[Stretch]:
        """Lines of one kind, or of one block, joined to stretches."""
        begun, kind, is_nested = start, BlockKind.CODE, False
        while start < len(self.text):
            stop = self.text.find("\n", start) + 1 or len(self.text)
            line_kind, is_new = self.line(start, stop)
            if is_new or line_kind is not kind:
                if kind is not BlockKind.CODE:
                    yield Stretch(begun, start, kind, is_nested)
                begun, kind, is_nested = start, line_kind, bool(self.containers)
            start = stop
        if kind is not BlockKind.CODE:
            yield Stretch(begun, start, kind, is_nested)

    def line(self, start: int, stop: int) -> tuple[BlockKind, bool]:
        """The kind of a line, and whether a block begins."""
        is_open = self.leaf not in (_Leaf.NONE, _Leaf.PARAGRAPH)
        if not self.containers and not is_open and _PLAIN.match(self.text, start, stop):
            is_new = self.leaf is _Leaf.NONE
            self.leaf = _Leaf.PARAGRAPH
            return BlockKind.PROSE, is_new
        rest = self.text[start:stop].rstrip("\r\n").expandtabs(4)
        rest, depth = self.descend(rest)
        if is_open and depth == len(self.containers) and self.goes_on(rest):
            return self.inside(rest), False
        return self.begin(rest, depth)

    def descend(self, rest: str) -> tuple[str, int]:
        """The line without the marks of the containers that go on, and how many do."""
        depth = 0
        for width in self.containers:
            if width == _QUOTE_WIDTH:
                if not (quote := _QUOTE.match(rest)):
                    break
                rest = rest[quote.end() :]
            elif not rest.strip():
                if self.hollow and depth == len(self.containers) - 1:
                    break
                rest = ""
            elif len(rest) - len(rest.lstrip(" ")) >= width:
                rest = rest[width:]
            else:
                break
            depth += 1
        self.hollow = False
        return rest, depth

    def goes_on(self, rest: str) -> bool:
        """Whether an open code or HTML block holds this line too."""
        return self.leaf is not _Leaf.CODE or not rest.strip() or rest.startswith("    ")

    def inside(self, rest: str) -> BlockKind:
        """The kind of a line inside an open code or HTML block, which it may end."""
        if self.leaf is _Leaf.HTML:
            if self.ending.search(rest) if self.ending else not rest.strip():
                self.leaf = _Leaf.NONE
            return BlockKind.HTML if rest.strip() or self.ending else BlockKind.CODE
        is_fence = self.leaf is _Leaf.FENCE
        if is_fence and re.fullmatch(rf" {{0,3}}{self.fence[0]}{{{len(self.fence)},}} *", rest):
            self.leaf = _Leaf.NONE
        return BlockKind.CODE

    def begin(self, rest: str, depth: int) -> tuple[BlockKind, bool]:
        """Open what the line opens; its kind, and whether a block begins."""
        in_paragraph = self.leaf is _Leaf.PARAGRAPH
        must_interrupt = in_paragraph and depth == len(self.containers)
        if must_interrupt and _UNDERLINE.match(rest):
            self.leaf = _Leaf.NONE
            return BlockKind.PROSE, False
        rest, opened = self.open_containers(rest, must_interrupt)
        if opened:
            self.containers[depth:] = opened
            depth = len(self.containers)
            in_paragraph = False
        if not rest.strip():
            self.settle(depth, _Leaf.NONE)
            return BlockKind.CODE, True
        if rest.startswith("    "):
            if in_paragraph:
                return BlockKind.PROSE, False
            self.settle(depth, _Leaf.CODE)
            return BlockKind.CODE, True
        return self.begin_leaf(rest, depth, in_paragraph)

    def open_containers(self, rest: str, must_interrupt: bool) -> tuple[str, list[int]]:
        """What follows the containers that the line opens, and their widths."""
        opened: list[int] = []
        while rest and not rest.startswith("    "):
            if quote := _QUOTE.match(rest):
                opened.append(_QUOTE_WIDTH)
                rest = rest[quote.end() :]
            elif not _BREAK.match(rest) and (item := self.item(rest, must_interrupt)):
                opened.append(item[0])
                rest = item[1]
                self.hollow = not rest
            else:
                break
            must_interrupt = False
        return rest, opened

    @staticmethod
    def item(rest: str, must_interrupt: bool) -> tuple[int, str] | None:
        """The width of a list item's margin and what follows it."""
        match = _ITEM.match(rest)
        if not match:
            return None
        after = rest[match.end() :]
        if must_interrupt and (not after.strip() or (match[3] and int(match[3]) != 1)):
            return None
        gap = len(match[4]) if after and len(match[4]) < 5 else 1
        width = len(match[1]) + len(match[2]) + gap
        return width, rest[width:]

    def begin_leaf(self, rest: str, depth: int, in_paragraph: bool) -> tuple[BlockKind, bool]:
        """Open the leaf block that the line begins, or go on with the paragraph."""
        if fence := _FENCE.match(rest):
            self.fence = fence[1] or fence[2]
            self.settle(depth, _Leaf.FENCE)
            return BlockKind.CODE, True
        if self.opens_html(rest, in_paragraph):
            self.settle(depth, self.leaf)
            return BlockKind.HTML, True
        if _HEADING.match(rest) or _BREAK.match(rest):
            self.settle(depth, _Leaf.NONE)
            return BlockKind.PROSE, True
        if in_paragraph:
            # A lazy line goes on with the paragraph although its container's mark is missing;
            # a table's row is a block of its own to code spans.
            return BlockKind.PROSE, rest.lstrip().startswith("|")
        self.settle(depth, _Leaf.PARAGRAPH)
        return BlockKind.PROSE, True

    def opens_html(self, rest: str, in_paragraph: bool) -> bool:
        """Whether the line opens a block of raw HTML, which it may also close."""
        for start, end, may_interrupt in _HTML:
            opening = start.match(rest)
            if opening and (may_interrupt or not in_paragraph):
                is_closed = end is not None and end.search(rest, opening.end())
                self.leaf = _Leaf.NONE if is_closed else _Leaf.HTML
                self.ending = end
                return True
        return False

    def settle(self, depth: int, leaf: _Leaf) -> None:
        """Close the containers that ended and open the leaf."""
        del self.containers[depth:]
        self.leaf = leaf
