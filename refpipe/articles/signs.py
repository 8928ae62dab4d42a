"""The signs that a reader sees of a text, whatever its format: what tags and machinery leave.

Tags, comments, addresses, shortcodes and formulas go; entities become the signs they stand for.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from refpipe.articles import html as page
from refpipe.articles import markdown
from refpipe.articles.scanner import template_end
from refpipe.lifetimes import lazy
from refpipe.model import Span


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_DEEPEST = 100
"""Elements within one another that are kept in mind; all that is put down looks through them."""
HOLE = "\ufffc"
"""Stands for whatever is no text: a sample, an image, a formula, a woven citation."""
_MANAGED = lazy(
    r"<!--\s*(?P<mark>cite|bibliography)(?=\s|-->)(?:(?!-->).)*-->(?:(?!<!--).)*<!--\s*/(?P=mark)\s*-->"
    r"|\{/\*\s*(?P<jsx>cite|bibliography)(?=\s|\*/)(?:(?!\*/\}).)*\*/\}(?:(?!\{/\*).)*"
    r"\{/\*\s*/(?P=jsx)\s*\*/\}",
    re.DOTALL,
)
_COMMENT = lazy(r"<!--.*?(?:-->|\Z)|\{/\*.*?(?:\*/\}|\Z)", re.DOTALL)
_ENTITY = lazy(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CARETS = lazy(
    r"\^(?P<caret>[\[(（［]?[\d０-９][\d０-９,，、 ~〜–-]*[\])）］]?)\^"
    r"|\$\{?\}?\^\{?(?P<math>[\[(]?\d[\d,\s–-]*[\])]?)\}?\$"
)
"""A raised number as Pandoc and as formulas write it: ``^1^`` and ``$^{1}$``."""
_NUMBERS = r"(?:[\d\s,，、;–-]|\[[\d,\s–-]{1,20}\]\([^()\s]{1,400}\)|</?a\b[^<>]{0,400}>)+"
"""Figures alone, or linked: what stands between ``\\[`` and ``\\]`` where those are brackets."""
_MATH = lazy(
    rf"\$\$.+?\$\$|\\\((?!{_NUMBERS}\\\)).+?\\\)|\\\[(?!{_NUMBERS}\\\]).+?\\\]"
    r"|(?<![\\$\w])\$(?=[^\s$])[^$\n]*?(?<=[^\s\\])\$(?![\d$])",
    re.DOTALL,
)
_ADDRESS = lazy(r"(?:https?://|www\.)[^\s<>\"'`]*[^\s<>\"'`。、，．」』）)\]】,.;:]", re.IGNORECASE)
_ATTRIBUTE = lazy(r"([A-Za-z_:@-][\w:.@-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>{}]+))")
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
_RAISED_STYLE = lazy(
    r"vertical-align\s*:\s*super|mso-text-raise|position\s*:\s*relative;\s*top\s*:\s*-"
)
_NOTE_CLASS = lazy(
    r"\b(?:sup|superscript|refs?|reference|cites?|citation|footnote|endnote|fn|note)\b"
)
_QUIET = _words(
    """class id href src style width height lang type name rel target role layout ref key"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrap:
    """An element or link around some signs, from ``first`` to ``last`` in the visible text."""

    span: Span
    first: int
    last: int
    kind: str
    """``raised`` (``<sup>``), ``apart`` (another element set apart) or ``link``."""
    target: str = ""


_INDEX = lazy(r"\w\[")
CITING_SHORTCODE = "a shortcode that cites"
"""Where a number stands that a site's own shortcode shows as a citation: ``{{< cite 1 >}}``."""
_CITING = lazy(
    r"\{[{%][<%]?-?\s*(?:include\s+)?(?![\w/.-]*(?:fig|tab|eq|img|sec|href))"
    r"[\w/.-]*(?:cit|ref|foot|note|fn|bib|sup|source|文献|引用|出典|注)",
    re.IGNORECASE,
)
_SENTENCE = lazy(r"\s*[^\s{\[@][^{}@]*(?:[\u3040-\u30ff\u3400-\u9fff]|[a-z] [a-z])")
_LONE = lazy(r"(?<![\w.:/-])\d{1,3}(?![\w.:/-])")


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


@dataclass(slots=True, kw_only=True)
class Signs:
    """The signs of a text that a reader sees, put down one after the other."""

    source: str
    form: str
    text: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    raised: bytearray = field(default_factory=bytearray)
    zones: list[str] = field(default_factory=list)
    wraps: list[Wrap] = field(default_factory=list)
    elements: list[_Open] = field(default_factory=list)
    footnotes: frozenset[str] | None = None
    """The marks of the footnotes that the text holds, once they are asked for."""
    asides: list[tuple[int, int, str]] = field(default_factory=list)

    # ── what is put down ──

    @property
    def around(self) -> tuple[str, bool]:
        """The zone that the open elements make, and whether they raise what they hold."""
        if not self.elements:
            return "", False
        zone = next((one.zone for one in self.elements if one.zone), "")
        return zone, any(one.is_raised for one in self.elements)

    def put(self, sign: str, start: int, end: int) -> None:
        """Put down visible signs that all come from one stretch of the source."""
        zone, raised = self.around
        for one in sign:
            self.text.append(one)
            self.starts.append(start)
            self.ends.append(end)
            self.raised.append(raised or _is_superscript(one))
            self.zones.append(zone)

    def plain(self, start: int, end: int, *, zone: str = "", is_raised: bool = False) -> None:
        """Put down a stretch that shows what it holds."""
        inherited, raised = self.around
        inherited, raised = zone or inherited, is_raised or raised
        piece = self.source[start:end]
        self.text.extend(piece)
        self.starts.extend(range(start, end))
        self.ends.extend(range(start + 1, end + 1))
        self.raised.extend(b"\x01" * len(piece) if raised else _superscripts(piece))
        self.zones.extend([inherited] * len(piece))

    def hole(self, at: int, end: int) -> None:
        """Put down a sign that stands for what is no text."""
        self.put(HOLE, at, end)

    def line(self, at: int) -> None:
        """Begin a new line of what is seen."""
        self.put("\n", at, at)

    def aside(self, start: int, end: int, zone: str) -> None:
        """Keep words that stand outside the flow (an alternative text, a value) for the end."""
        self.asides.append((start, end, zone))

    # ── what every format has ──

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
        """An address, of which no number cites."""
        is_word = at > 0 and self.source[at - 1].isalnum() and self.source[at - 1].isascii()
        address = None if is_word else _ADDRESS.match(self.source, at, end)
        if address is None:
            return None
        self.hole(*address.span())
        return address.end()

    def formula(self, at: int, end: int) -> int | None:
        """A raised number as formulas write it, or a formula, which is no text."""
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
        if behind := template_end(self.source, at):
            self.hole(at, behind)
            if _CITING.match(self.source, at, behind):
                for number in _LONE.finditer(self.source, at, behind):
                    # {{ page.refs[1] }} is the second value of a list that the page sets.
                    start = number.start()
                    if not _INDEX.fullmatch(self.source, start - 2, start):
                        self.aside(*number.span(), CITING_SHORTCODE)
            if "@" in self.source[at:behind]:
                self.aside(at, behind, "a shortcode")
            else:
                self.values(at, behind, "a shortcode")
            return behind
        if self.source[at] == "{" and self.form == "mdx":
            after = markdown.expression_end(self.source, at, end)
            self.hole(at, after)
            return after
        return None

    def values(self, start: int, end: int, zone: str) -> None:
        """Keep the words that attributes show somewhere."""
        for found in _ATTRIBUTE.finditer(self.source, start, end):
            group = next((one for one in (2, 3, 4) if found[one] is not None), 2)
            name = found[1].lower()
            is_quiet = name.startswith("on") or name in _QUIET
            if name.startswith("data-"):
                # A tooltip or the caption of a lightbox is shown; settings and keys are not.
                is_quiet = _SENTENCE.match(found[group] or "") is None
                name = "title"
            shown = name in _SHOWN_ATTRIBUTES or (
                zone != "an attribute" and has_words(found[group])
            )
            if shown and not is_quiet:
                self.aside(*found.span(group), zone)

    # ── tags ──

    def tag(self, at: int) -> int | None:
        """A tag: an element opens, closes, or is hidden."""
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
        """Pass over an element whose text is no prose."""
        close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self.source, end)
        after = close.end() if close else end
        self.hole(at, after)
        return after

    def open(self, name: str, tag: re.Match[str], at: int) -> None:
        """Note an element that opens."""
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
        """Note an element that closes, with the signs that it holds."""
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


@lru_cache(maxsize=4096)
def _is_superscript(sign: str) -> bool:
    return sign > "\x7f" and unicodedata.decomposition(sign).startswith("<super>")


def has_words(value: str) -> bool:
    """Whether a value is a text: it holds letters outside its brackets."""
    return (
        re.search(r"[^\W\d_]{2}|[\u3040-\u30ff\u3400-\u9fff]", re.sub(r"\[[^\]]*\]", "", value))
        is not None
    )


def _superscripts(piece: str) -> bytes:
    """For each sign of a stretch, 1 where it is raised by itself."""
    if piece.isascii():
        return bytes(len(piece))
    found = {one for one in set(piece) if _is_superscript(one)}
    return bytes(one in found for one in piece) if found else bytes(len(piece))
