"""The one definition of prose: what a reader sees of an article, and where each sign of it stands.

A page is text, machinery and samples.  Here the machinery goes (tags, comments, addresses,
shortcodes, formulas, code), entities and escapes become the signs they stand for, and what
remains can be read by one grammar, whatever the format.  Each sign knows its place in the source,
whether it is raised, whether it belongs to a link, and whether a citation could be woven there.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from refpipe.articles import blocks, markdown
from refpipe.articles import html as page
from refpipe.articles.scanner import TEMPLATE
from refpipe.model import Span


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_DEEPEST = 100
"""Elements within one another that are kept in mind; all that is put down looks through them."""
HOLE = "\ufffc"
"""Stands for whatever is no text: a sample, an image, a formula, a woven citation."""

_MANAGED = re.compile(
    r"<!--\s*(?P<mark>cite|bibliography)(?=\s|-->)(?:(?!-->).)*-->(?:(?!<!--).)*<!--\s*/(?P=mark)\s*-->"
    r"|\{/\*\s*(?P<jsx>cite|bibliography)(?=\s|\*/)(?:(?!\*/\}).)*\*/\}(?:(?!\{/\*).)*"
    r"\{/\*\s*/(?P=jsx)\s*\*/\}",
    re.DOTALL,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|\{/\*.*?(?:\*/\}|\Z)", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CARETS = re.compile(
    r"\^(?P<caret>[\[(（［]?[\d０-９][\d０-９,，、 ~〜–-]*[\])）］]?)\^"
    r"|\$\{?\}?\^\{?(?P<math>[\[(]?\d[\d,\s–-]*[\])]?)\}?\$"
)
"""A raised number as Pandoc and as formulas write it: ``^1^`` and ``$^{1}$``."""
_MATH = re.compile(
    r"\$\$.+?\$\$|\\\((?!\s*[\d\s,，、–-]+\\\)).+?\\\)|\\\[(?!\s*[\d\s,，、–-]+\\\]).+?\\\]"
    r"|(?<![\\$\w])\$(?=[^\s$])[^$\n]*?(?<=[^\s\\])\$(?![\d$])",
    re.DOTALL,
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'`]*[^\s<>\"'`。、，．」』）)\]】,.;:]", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"([A-Za-z_:@-][\w:.@-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>{}]+))")
_SHOWN_ATTRIBUTES = _words(
    """alt title aria-label placeholder caption label summary description content text heading
    subtitle attr"""
)
"""Attributes whose value a reader sees or hears; elsewhere a value counts where it holds words."""
_HIDDEN = _words(
    """script style pre code textarea kbd samp var template math iframe noscript canvas object"""
)
_SHOWN = _words("""title button option select svg""")
"""Elements whose text is shown, and that cannot hold a link."""
_BLOCK = _words(
    """p div li ol ul dl dt dd h1 h2 h3 h4 h5 h6 br hr table tr td th thead tbody tfoot section
    article header footer main aside nav blockquote body html head figure figcaption form
    address details summary center caption fieldset legend"""
)
_RAISED_STYLE = re.compile(
    r"vertical-align\s*:\s*super|mso-text-raise|position\s*:\s*relative;\s*top\s*:\s*-"
)
_NOTE_CLASS = re.compile(
    r"\b(?:sup|superscript|refs?|reference|cites?|citation|footnote|endnote|fn|note)\b"
)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrap:
    """An element or link around some signs, from ``first`` to ``last`` in the visible text."""

    span: Span
    first: int
    last: int
    kind: str
    """``raised`` (``<sup>``), ``apart`` (another element set apart) or ``link``."""
    target: str = ""


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
    return _Reader(text, form, keeps_footnotes).read()


@dataclass(slots=True)
class _Open:
    """An element that is open."""

    name: str
    start: int
    first: int
    kind: str
    target: str = ""
    is_raised: bool = False
    zone: str = ""


@dataclass(slots=True)
class _Reader:
    """One pass over a text."""

    source: str
    form: str
    keeps_footnotes: bool
    text: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    raised: bytearray = field(default_factory=bytearray)
    zones: list[str] = field(default_factory=list)
    wraps: list[Wrap] = field(default_factory=list)
    elements: list[_Open] = field(default_factory=list)
    brackets: list[tuple[int, int]] = field(default_factory=list)
    """Open ``[`` of Markdown: place in the source, place in the visible text."""
    labels: dict[str, str] = field(default_factory=dict)
    """The labels that the text defines as links, and where each leads."""
    footnotes: frozenset[str] | None = None
    """The marks of the footnotes that the text holds, once they are asked for."""
    resume: int = 0
    """Where the next stretch may begin: an element may reach beyond its own."""
    asides: list[tuple[int, int, str]] = field(default_factory=list)

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

    # ── what is put down ──

    def put(self, sign: str, start: int, end: int) -> None:
        """Put down visible signs that all come from one stretch of the source."""
        zone = next((one.zone for one in self.elements if one.zone), "")
        raised = any(one.is_raised for one in self.elements)
        for one in sign:
            self.text.append(one)
            self.starts.append(start)
            self.ends.append(end)
            self.raised.append(raised or _is_superscript(one))
            self.zones.append(zone)

    def plain(self, start: int, end: int, *, zone: str = "", is_raised: bool = False) -> None:
        """Put down a stretch that shows what it holds."""
        inherited = zone or next((one.zone for one in self.elements if one.zone), "")
        raised = is_raised or any(one.is_raised for one in self.elements)
        piece = self.source[start:end]
        self.text.extend(piece)
        self.starts.extend(range(start, end))
        self.ends.extend(range(start + 1, end + 1))
        self.raised.extend(b"\x01" * len(piece) if raised else _superscripts(piece))
        self.zones.extend([inherited] * len(piece))

    def hole(self, at: int, end: int) -> None:
        self.put(HOLE, at, end)

    def line(self, at: int) -> None:
        self.put("\n", at, at)

    def aside(self, start: int, end: int, zone: str) -> None:
        """Keep words that stand outside the flow (an alternative text, a value) for the end."""
        self.asides.append((start, end, zone))

    # ── Markdown ──

    def markdown(self) -> None:
        self.labels = markdown.definitions(self.source)
        position = self.front_matter()
        for stretch in blocks.stretches(self.source, position):
            self.between(position, stretch.start)
            start = max(stretch.start, self.resume)
            if self.form == "mdx" and _ESM.match(self.source, stretch.start, stretch.end):
                self.hole(stretch.start, stretch.end)
            elif start < stretch.end:
                is_markdown = stretch.kind is blocks.Kind.PROSE or self.form == "mdx"
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
            is_text = _has_words(line["value"]) and line["value"][:1] not in "[{"
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

    def machinery(self, at: int, end: int) -> int | None:
        """What both formats have: comments, tags, entities, shortcodes, formulas, addresses."""
        source, sign = self.source, self.source[at]
        if sign == "<" or source.startswith("{/*", at):
            return self.comment(at) or (self.tag(at) if sign == "<" else None)
        if sign == "&" and (entity := _ENTITY.match(source, at, end)):
            self.put(html.unescape(entity[0]), *entity.span())
            return entity.end()
        if sign in "{[":
            return self.template(at, end)
        if sign in "hw":
            return self.address(at, end)
        return self.formula(at, end) if sign in "$\\^" else None

    def comment(self, at: int) -> int | None:
        """A comment, or a woven citation or list, which is somebody else's."""
        if managed := _MANAGED.match(self.source, at):
            self.hole(*managed.span())
            return managed.end()
        comment = _COMMENT.match(self.source, at)
        return comment.end() if comment else None

    def address(self, at: int, end: int) -> int | None:
        is_word = at > 0 and self.source[at - 1].isalnum() and self.source[at - 1].isascii()
        address = None if is_word else _ADDRESS.match(self.source, at, end)
        if address is None:
            return None
        self.hole(*address.span())
        return address.end()

    def formula(self, at: int, end: int) -> int | None:
        if raised := _CARETS.match(self.source, at, end):
            group = "caret" if raised["caret"] else "math"
            first = len(self.text)
            self.plain(*raised.span(group), is_raised=True)
            self.starts[first], self.ends[-1] = raised.start(), raised.end()
            return raised.end()
        if formula := _MATH.match(self.source, at, end):
            self.hole(*formula.span())
            return formula.end()
        return None

    def template(self, at: int, end: int) -> int | None:
        """A shortcode or a Liquid tag, the words among whose values are shown somewhere."""
        if template := TEMPLATE.match(self.source, at):
            self.hole(*template.span())
            if "@" in template[0]:
                self.aside(*template.span(), "a shortcode")
            else:
                self.values(*template.span(), "a shortcode")
            return template.end()
        if self.source[at] == "{" and self.form == "mdx":
            after = markdown.expression_end(self.source, at, end)
            self.hole(at, after)
            return after
        return None

    def values(self, start: int, end: int, zone: str) -> None:
        for found in _ATTRIBUTE.finditer(self.source, start, end):
            group = next((one for one in (2, 3, 4) if found[one] is not None), 2)
            name = found[1].lower()
            is_quiet = name.startswith(("data-", "on")) or name in _QUIET
            shown = name in _SHOWN_ATTRIBUTES or (
                zone != "an attribute" and _has_words(found[group])
            )
            if shown and not is_quiet:
                self.aside(*found.span(group), zone)

    # ── tags ──

    def tag(self, at: int) -> int | None:
        tag = (markdown.JSX_TAG if self.form == "mdx" else page.ANY_TAG).match(self.source, at)
        if tag is None:
            return None
        name, end = (tag["name"] or "").lower(), tag.end()
        if tag["close"]:
            self.close(name, at, end)
        elif name in _HIDDEN and not tag[0].endswith("/>"):
            return self.hide(name, at, end)
        else:
            self.values(at, end, "an attribute")
            self.open(name, tag, at)
        return end

    def hide(self, name: str, at: int, end: int) -> int:
        close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self.source, end)
        after = close.end() if close else end
        self.hole(at, after)
        return after

    def open(self, name: str, tag: re.Match[str], at: int) -> None:
        if name in _BLOCK:
            self.elements = [one for one in self.elements if one.kind == "zone"]
            self.line(tag.end())
        if name in ("img", "input", "video", "audio", "embed"):
            self.hole(at, tag.end())
        if tag[0].endswith("/>") or name in page.VOID:
            return
        if name not in _BLOCK and len(self.elements) < _DEEPEST:
            self.elements.append(self.opened(name, tag[0], at))

    def opened(self, name: str, tag: str, at: int) -> _Open:
        """What an element that opens at ``at`` means for the signs in it."""
        found = _ATTRIBUTE.finditer(tag)
        attributes = {one[1].lower(): one[2] or one[3] or one[4] or "" for one in found}
        first = len(self.text)
        if name in _SHOWN:
            return _Open(name, at, first, "zone", zone=f"<{name}>")
        if name == "a":
            return _Open(name, at, first, "link", attributes.get("href", ""))
        if name == "sup" or _RAISED_STYLE.search(attributes.get("style", "")):
            return _Open(name, at, first, "raised", is_raised=True)
        is_note = _NOTE_CLASS.search(attributes.get("class", "")) is not None
        return _Open(name, at, first, "apart" if is_note else "plain")

    def close(self, name: str, at: int, end: int) -> None:
        if name in _BLOCK:
            self.line(at)
            self.elements = [one for one in self.elements if one.kind == "zone"]
            return
        for index in range(len(self.elements) - 1, -1, -1):
            one = self.elements[index]
            if one.name == name:
                del self.elements[index:]
                if one.kind in ("link", "raised", "apart") and len(self.text) > one.first:
                    self.wraps.append(
                        Wrap(
                            span=Span(one.start, end),
                            first=one.first,
                            last=len(self.text),
                            kind=one.kind,
                            target=html.unescape(one.target),
                        )
                    )
                return

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
        if _has_words(image["alt"]):
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


_ESM = re.compile(r"(?:import|export)\s")
_VALUE = re.compile(
    r"^[ \t]*(?:-[ \t]+)?(?:[\w.-]+[ \t]*[:=][ \t]*)?[\"']?(?P<value>[^\n\"']*)", re.MULTILINE
)
_QUIET = _words(
    """class id href src style width height lang type name rel target role layout ref key"""
)


@lru_cache(maxsize=4096)
def _is_superscript(sign: str) -> bool:
    return sign > "\x7f" and unicodedata.decomposition(sign).startswith("<super>")


def _superscripts(piece: str) -> bytes:
    """For each sign of a stretch, 1 where it is raised by itself."""
    if piece.isascii():
        return bytes(len(piece))
    found = {one for one in set(piece) if _is_superscript(one)}
    return bytes(one in found for one in piece) if found else bytes(len(piece))


def _has_words(value: str) -> bool:
    """Whether a value is a text: it holds letters outside its brackets."""
    return (
        re.search(r"[^\W\d_]{2}|[\u3040-\u30ff\u3400-\u9fff]", re.sub(r"\[[^\]]*\]", "", value))
        is not None
    )
