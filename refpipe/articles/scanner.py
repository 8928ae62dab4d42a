"""One scanner for both formats: citations, lists and faults, in the order they stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape

from refpipe.articles import citations
from refpipe.lifetimes import lazy
from refpipe.model import Bibliography, Citation, Fault, Span

GUARD = '<wbr class="cite">'
"""Stands before a woven citation at the head of a Markdown line.

CommonMark takes a line that begins with a comment for raw HTML, and would print the rest of
it unread; a line that begins with this element is an ordinary paragraph.
"""
LINE_HEAD = lazy(rf"\ufeff?(?:[ \t>]|[-+*][ \t]|\d{{1,9}}[.)][ \t])*(?:{re.escape(GUARD)})*\Z")
"""What of a Markdown line still is its head; a guard that was typed there is no text either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comments:
    """How a format writes a comment, and the marks of refpipe in one."""

    opening: str
    closing: str
    mark: re.Pattern[str]
    list_mark: re.Pattern[str]
    managed: re.Pattern[str]
    """A managed list, its opening mark and what stands in it."""

    @classmethod
    def between(cls, opening: str, closing: str) -> Comments:
        """The comments between two signs: ``<!--`` and ``-->``, or those of MDX."""
        start, end = re.escape(opening), re.escape(closing)
        return cls(
            opening=opening,
            closing=closing,
            mark=re.compile(
                rf"{start}\s*(?P<name>/?(?:cite|bibliography))(?P<inside>(?=\s|{end}).*?){end}",
                re.DOTALL,
            ),
            list_mark=re.compile(rf"{start}\s*(?P<close>/?)bibliography(?=\s|{end})"),
            managed=re.compile(
                rf"({start}bibliography(?:(?!{end}|{start})[\s\S])*{end})"
                rf"((?:(?!{start}/?bibliography)[\s\S])*)(?={start}/bibliography{end})"
            ),
        )

    def closes_nothing(self, name: str) -> str:
        """What is told of a closing mark that has no partner."""
        return f"{self.opening}/{name}{self.closing} closes nothing"


HTML_COMMENTS = Comments.between("<!--", "-->")
MDX_COMMENTS = Comments.between("{/*", "*/}")

_START = re.compile(r"[\\`<\[\]{]")
"""What a token can begin with: one set of characters, which ``re`` finds many times faster than
the alternatives themselves."""
_LINKED = "this citation stands in a link and cannot lead to its reference; put it behind the link"
_NESTED = "brackets in this citation cannot be read; put what they hold behind it"
_NOTE_WITHIN = re.compile(r"\[(?!\^)[^\[\]\n]*(?<!\w)-?@[\w{][^\[\]\n]*(?:\^\[|\[\^|\[[^\[\]\n]*@)")
_WOVEN_ENTRY = re.compile(
    r"""(?:\s|</?p>|<br\s*/?>|[>|])*<(?:a|div|span|p)\b[^<>]*(?:\bid="ref-\d+"|\bclass="csl-)"""
    r"""|\s*(?:\\?\[1\\?\]|1\\[.)])[ ]\S"""
)
"""The beginning of a list that was woven, as far as an editor may have changed it."""
_ATTRIBUTES = r'(?:\s+[\w-]+="[^"]*")*?'
CARRIED = re.compile(
    rf'<span{_ATTRIBUTES}\s+data-cite="(?P<typed>[^"]*)"{_ATTRIBUTES}\s*>'
    r"(?P<shown>(?:(?!</?span\b|<!--|\n[ \t]*\r?\n)[\s\S])*)</span>(?:<!--\s*/cite\s*-->)?"
)
"""A citation woven in WordPress content: its element says what was typed, since editors before
WordPress 6.8 drop the comments around it and keep the element."""
_BLANK_LINE = re.compile(r"\n[ \t>]*\r?\n")


_TEMPLATES = (("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}"))
"""Hugo's shortcodes, Liquid's tags and values, Jinja's: how they open and close."""
_SHORT_TEMPLATE = re.compile(
    # kramdown's and Pandoc's attribute lists.
    r"\{[:#.][^{}\n]*\}"
    # WordPress's shortcodes: a bracket is one where it sets a value.
    r"|\[/?[a-z][\w-]*(?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'))+\s*/?\]"
)


def template_end(text: str, at: int) -> int | None:
    """Where the template that opens at ``at`` ends, however long it is; None where none does.

    A site generator replaces it before anybody sees it, and no citation is woven in it.  One
    that opens again before it closes was never opened: these braces are text.

    >>> template_end('{{< figure title="[1]" >}}.', 0), template_end("{{ and {{ a }}", 0)
    (26, None)
    """
    for opener, closer in _TEMPLATES:
        if text.startswith(opener, at):
            start = at + len(opener)
            again = text.find(opener, start)
            close = text.find(closer, start, again if again >= 0 else len(text))
            if close >= 0:
                return close + len(closer)
    found = _SHORT_TEMPLATE.match(text, at)
    return found.end() if found else None


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of text, and the pattern that finds its tokens.

    The pattern's groups say what a token is: ``comment`` (its opening), ``bracket``, or any other
    name, which the format skips by its own rules.
    """

    start: int
    end: int
    token: re.Pattern[str]
    reach: int
    """How far a comment that begins here can reach; an open one hides all up to there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """What the scanner must know of a format."""

    name: str
    prose: Callable[[str], Iterable[Prose]]
    skip: Callable[[str, re.Match[str], int], int]
    """Where the text goes on behind a token that is neither comment nor bracket."""
    plain: Callable[[str], str]
    """The inside of a bracket as a reader would see it."""
    labels: Callable[[str], frozenset[str]]
    """The labels that the text itself defines."""
    is_link: Callable[[str, re.Match[str], frozenset[str]], bool]
    """Whether a bracket with a key in it is the format's own: a link or a definition."""
    encloses: Callable[[str, re.Match[str], int], bool]
    """Whether the bracket is, or stands in, a link that swallows a citation."""
    settings: Callable[[str], Mapping[str, str]]
    comments: Comments = HTML_COMMENTS


@dataclass(slots=True)
class Scanned:
    """What one scan has found."""

    citations: list[Citation] = field(default_factory=list)
    bibliographies: list[Bibliography] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def scan(text: str, form: Format) -> Scanned:
    """All citations and lists of a text, and the marks that cannot be read."""
    if "@" not in text and form.comments.opening not in text:
        return Scanned()
    return _Scanner(text, form).run()


def _is_woven(inside: str) -> bool:
    """Whether what stands between the marks of a list was woven, or is nothing at all."""
    return not inside.strip() or _WOVEN_ENTRY.match(inside) is not None


def _blank(place: re.Match[str]) -> str:
    """A managed list with nothing but letters in it, blanks and line ends kept.

    The list is written anew at every run, so an element or fence that somebody opened in it
    must not decide how the text behind it is read.  A line that holds something stays one that
    does: an empty line would end the HTML block that the list may stand in.  What is no list
    that was woven is the author's, and may quote the closing mark.
    """
    if not _is_woven(place[2]):
        return place[0]
    return place[1] + re.sub(r"\S", "x", place[2])


class _Scanner:
    __slots__ = ("comments", "form", "found", "is_carrying", "labels", "lines", "prose", "text")

    def __init__(self, text: str, form: Format) -> None:
        self.text = text
        self.form = form
        self.comments = form.comments
        self.found = Scanned()
        self.is_carrying = 'data-cite="' in text
        self.labels = form.labels(text)
        self.lines = _Lines(text)
        self.prose = list(form.prose(form.comments.managed.sub(_blank, text)))

    def run(self) -> Scanned:
        resume = 0
        for stretch in self.prose:
            position = max(stretch.start, resume)
            while position < stretch.end:
                place = _START.search(self.text, position, stretch.end)
                if place is None:
                    break
                if place[0] in "{[" and (end := template_end(self.text, place.start())):
                    position = end
                    continue
                if (behind := self.carried(place.start(), place.start())) is not None:
                    position = behind
                    continue
                token = stretch.token.match(self.text, place.start(), stretch.end)
                if token is None and _NOTE_WITHIN.match(self.text, place.start(), stretch.end):
                    self.fault(place.start(), _NESTED)
                position = place.end() if token is None else self.take(token, stretch)
            resume = max(resume, position)
        return self.found

    def take(self, token: re.Match[str], stretch: Prose) -> int:
        """Read one token; where to go on."""
        if token.lastgroup == "comment":
            return self.comment(token.start(), stretch.reach)
        if token.lastgroup == "bracket":
            return self.bracket(token, stretch.end)
        resume = self.form.skip(self.text, token, stretch.end)
        if token.lastgroup == "element" and token["element"].lower() == "a":
            self.linked(stretch, token.end(), resume)
        return resume

    def linked(self, stretch: Prose, start: int, end: int) -> None:
        """Report each citation between the tags of a link: two links cannot share their words."""
        while place := _START.search(self.text, start, end):
            token = stretch.token.match(self.text, place.start(), end)
            start = place.end()
            if token is None:
                continue
            if token.lastgroup == "bracket":
                if citations.has_key(token.group()[1:-1]):
                    self.fault(token.start(), _LINKED)
            elif token.lastgroup == "comment":
                close = self.text.find(self.comments.closing, start, end)
                start = close if close >= 0 else end
            else:
                start = self.form.skip(self.text, token, end)

    def fault(self, position: int, message: str, *, is_blocking: bool = False) -> None:
        line = self.lines.number(position)
        self.found.faults.append(Fault(line=line, message=message, is_blocking=is_blocking))

    # ── typed ──

    def is_link(self, token: re.Match[str]) -> bool:
        return self.form.is_link(self.text, token, self.labels)

    def bracket(self, token: re.Match[str], end: int) -> int:
        typed = token.group()[1:-1]
        if "@" in typed and citations.has_key(typed) and self.form.encloses(self.text, token, end):
            self.fault(token.start(), _LINKED)
            return token.end()
        if "@" in typed and self.comments.opening not in typed and not self.is_link(token):
            items = citations.items(self.form.plain(typed))
            if items:
                span = Span(token.start(), token.end())
                line = self.lines.number(span.start)
                self.found.citations.append(
                    Citation(span=span, line=line, typed=typed, items=items)
                )
                return token.end()
        return token.start() + 1

    # ── woven ──

    def comment(self, start: int, reach: int) -> int:
        opening, closing = self.comments.opening, self.comments.closing
        close = self.text.find(closing, start + len(opening), reach)
        if close < 0:
            # Weaving anything behind it would close it, and hide what stands between.
            self.fault(start, f"a comment is opened here and never closed; add {closing}")
            return reach
        mark = self.comments.mark.match(self.text, start)
        if mark is None:
            return close + len(closing)
        if (inner := mark["inside"].find(opening)) >= 0:
            self.fault(
                start, f"{opening}{mark['name']} is opened here and never closed; add {closing}"
            )
            return mark.start("inside") + inner
        if mark["name"] == "cite":
            return self.woven(mark)
        if mark["name"] == "bibliography":
            return self.list_place(mark)
        opener = mark["name"].removeprefix("/")
        told = self.comments.closes_nothing(opener)
        self.fault(start, f"{told}; no {opening}{opener} stands before it")
        return mark.end()

    def carried(self, start: int, element: int) -> int | None:
        """Read a citation by its element at ``element``; where it ends, None where none is.

        It begins at ``start``, with whatever is left of its comments.
        """
        found = CARRIED.match(self.text, element) if self.is_carrying else None
        if found is None:
            return None
        typed = unescape(found["typed"])
        items = citations.items(self.form.plain(typed))
        if not items:
            return None
        line = self.lines.number(start)
        self.found.citations.append(
            Citation(span=Span(start, found.end()), line=line, typed=typed, items=items)
        )
        return found.end()

    def woven(self, mark: re.Match[str]) -> int:
        text = self.text
        if (behind := self.carried(mark.start(), mark.end())) is not None:
            return behind
        following = text.find(self.comments.opening, mark.end())
        close = self.comments.mark.match(text, following) if following >= 0 else None
        is_closed = close is not None and close["name"] == "/cite"
        if close is None or not is_closed or _BLANK_LINE.search(text, mark.end(), following):
            end = f"{self.comments.opening}/cite{self.comments.closing}"
            message = f"this citation is opened and never closed; put {end} behind its number"
            self.fault(mark.start(), message)
            return mark.end()
        typed = citations.from_comment(mark["inside"][1:])
        items = citations.items(self.form.plain(typed))
        if not items:
            self.fault(mark.start(), "this citation names no work; write @ and a key in it")
            return close.end()
        start = mark.start()
        if self.form.name == "markdown" and text.endswith(GUARD, 0, start):
            head = text.rfind("\n", 0, start) + 1
            if LINE_HEAD.match(text, head, start):
                start -= len(GUARD)
        citation = Citation(
            span=Span(start, close.end()), line=self.lines.number(start), typed=typed, items=items
        )
        self.found.citations.append(citation)
        return close.end()

    def list_place(self, mark: re.Match[str]) -> int:
        start, end = mark.span()
        close = self.list_close(end)
        if close is not None:
            end = close
        elif _WOVEN_ENTRY.match(self.text, end):
            # Where the entries end is not written any more: a list woven here would be a second.
            closer = f"{self.comments.opening}/bibliography{self.comments.closing}"
            self.fault(
                start,
                f"the end of this list is lost; put {closer} behind its last entry",
                is_blocking=True,
            )
            return end
        typed = mark["inside"]
        place = Bibliography(
            span=Span(start, end),
            line=self.lines.number(start),
            column=self.lines.column(start),
            typed=typed,
            uncited=citations.items(self.form.plain(citations.from_comment(typed))),
        )
        if self.found.bibliographies:
            first = self.found.bibliographies[0].line
            message = (
                f"a second <!--bibliography-->; the list goes to the first one, in line {first}:"
                " take this one away"
            )
            self.fault(start, message)
        self.found.bibliographies.append(place)
        return end

    def list_close(self, position: int) -> int | None:
        """The end of the mark that closes a list, if the next mark of a list in prose does."""
        begun = position
        while mark := self.comments.list_mark.search(self.text, position):
            position = mark.end()
            if not self.is_prose(mark.start()):
                continue
            if not _is_woven(self.text[begun : mark.start()]) and self.is_quoted(mark.start()):
                continue
            if not mark["close"]:
                return None
            end = self.text.find(self.comments.closing, position)
            return end + len(self.comments.closing) if end >= 0 else None
        return None

    def stretch_at(self, position: int) -> Prose | None:
        index = bisect_right(self.prose, position, key=lambda stretch: stretch.start) - 1
        return self.prose[index] if index >= 0 and position < self.prose[index].end else None

    def is_prose(self, position: int) -> bool:
        return self.stretch_at(position) is not None

    def is_quoted(self, position: int) -> bool:
        """Whether a mark stands in a sample or a script, which hide what they hold."""
        stretch = self.stretch_at(position)
        at = position if stretch is None else stretch.start
        while stretch and (place := _START.search(self.text, at, position)):
            token = stretch.token.match(self.text, place.start(), stretch.end)
            at = place.end()
            if token is not None and token.lastgroup not in ("comment", "bracket", "tag"):
                at = self.form.skip(self.text, token, stretch.end)
        return at > position


class _Lines:
    """Line numbers of growing offsets, counted as they are asked for."""

    __slots__ = ("at", "count", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.count = 1

    def number(self, position: int) -> int:
        if position < self.at:
            return self.text.count("\n", 0, position) + 1
        self.count += self.text.count("\n", self.at, position)
        self.at = position
        return self.count

    def column(self, position: int) -> int:
        return position - self.text.rfind("\n", 0, position)
