"""The tags that titles are written with: what each means, and how runs open and close them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape
from html.entities import html5
from types import MappingProxyType

from refpipe.lifetimes import lazy
from refpipe.model import Inline, Run

# ── The elements that titles in registries are written with, and what they mean ─────────────────
# From JATS (https://jats.nlm.nih.gov/publishing/tag-library/1.3/), the face markup that Crossref
# accepts
# (https://www.crossref.org/documentation/schema-library/markup-guide-metadata-segments/face-markup/)
# and HTML. A name that is not here is no markup: ``<La captive>`` is the title of a film.


ITALIC, BOLD, SUPERSCRIPT, SUBSCRIPT = "italic", "bold", "superscript", "subscript"

NOCASE, NODECOR = "nocase", "nodecor"
"""Marks that give no face: the text keeps its letters where a style changes capitals, and stays
as it is where a style sets italics or bold type."""

MARKS = {
    "i": ITALIC, "em": ITALIC, "italic": ITALIC, "emph": ITALIC, "cite": ITALIC,
    "b": BOLD, "strong": BOLD, "bold": BOLD,
    "sup": SUPERSCRIPT, "superscript": SUPERSCRIPT,
    "sub": SUBSCRIPT, "inf": SUBSCRIPT, "subscript": SUBSCRIPT,
}  # fmt: skip
"""Element → the face it gives its text."""

PLAIN = frozenset(
    """
    scp sc smallcaps small-caps u underline ovl overline strike s tt monospace roman sans-serif
    span font small big nobr a ext-link uri email named-content styled-content abbrev
    inline-formula formula alternatives title p sec article-title subtitle trans-title div
    nowrap bdi bdo q
    """.split()  # noqa: SIM905
)
"""Elements of which only the text is kept."""

SPACE = frozenset(
    """
    br break hr p div sec
    """.split()  # noqa: SIM905
)
"""Elements that part words."""

SKIPPED = frozenset(
    """
    fn xref inline-graphic graphic img script style annotation annotation-xml mphantom
    mprescripts none
    """.split()  # noqa: SIM905
)
"""Elements whose text is no part of a title."""

MATH = frozenset(
    """
    math mrow mi mn mo mtext ms msup msub msubsup munder mover munderover mfrac msqrt mroot
    mfenced mmultiscripts mprescripts none mspace mstyle mpadded mphantom semantics annotation
    annotation-xml mtable mtr mtd menclose merror maction mglyph maligngroup malignmark
    mlabeledtr
    """.split()  # noqa: SIM905
)
"""MathML 3 presentation elements (https://www.w3.org/TR/MathML3/chapter3.html)."""

PREFIXES = ("jats:", "mml:", "m:", "xhtml:", "html:", "ns2:", "ns3:", "ns4:")

TEX = frozenset({"tex", "tex-math"})
"""Elements whose text is TeX."""

KNOWN = frozenset(MARKS) | PLAIN | SPACE | SKIPPED | MATH | TEX


def local(name: str) -> str:
    """The element's name without its prefix, in lower case; empty for one that is no markup."""
    lowered = name.lower()
    for prefix in PREFIXES:
        lowered = lowered.removeprefix(prefix)
    return lowered if lowered in KNOWN else ""


_REFERENCE = lazy(r"&(?:amp;)*(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)


def decode(text: str) -> str:
    """The text with every known character reference resolved, once and for all its escapes."""
    return _REFERENCE.sub(_resolved, text)


def is_reference(text: str, at: int) -> bool:
    """True where ``text`` would read as a character reference at that place."""
    match = _REFERENCE.match(text, at)
    return match is not None and _resolved(match) != match.group()


def is_readable(text: str, at: int) -> bool:
    """True where any reader of HTML might see a reference, also an old one without semicolon."""
    return is_reference(text, at) or not unescape(text[at : at + 40]).startswith(text[at : at + 2])


def _resolved(match: re.Match[str]) -> str:
    name = match.group(1)
    if not name.startswith("#") and f"{name};" not in html5:
        name_lower = name.lower()
        if f"{name_lower};" not in html5 or not name.isupper():
            return match.group()
        name = name_lower
    return unescape(f"&{name};")


# ── Text with tags as a tree, forgiving of everything that is not well formed ───────────────────


_DEEPEST = 40
"""Elements nested deeper are read as if they were not nested."""

_NAME = rf"(?:{'|'.join(PREFIXES)})?(?:{'|'.join(sorted(KNOWN, key=len, reverse=True))})"
_ATTRIBUTES = r"(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=&]+))*"
_OPEN = r"(?:<|&(?:amp;)*(?:lt|\#60|\#x3c);)"
_CLOSE = r"(?:>|&(?:amp;)*(?:gt|\#62|\#x3e);)"
_TAG = lazy(
    rf"{_OPEN}(?P<slash>/?)(?P<name>{_NAME})(?P<attributes>{_ATTRIBUTES})\s*(?P<empty>/?){_CLOSE}"
    r"|<!--.{0,2000}?-->|<\?.{0,2000}?\?>|<!\[CDATA\[(?P<cdata>.{0,5000}?)\]\]>",
    re.IGNORECASE | re.DOTALL,
)
"""A tag of a known element, written plainly or escaped any number of times.

What is opened is looked for its end only so far, lest a text of nothing but beginnings be read
to its end for each of them.
"""


@dataclass(slots=True)
class Node:
    """An element, or a stretch of text where ``name`` is empty."""

    name: str
    text: str = ""
    attributes: str = ""
    children: list[Node] = field(default_factory=list)


def normal_tags(text: str) -> str:
    """The text with escaped tags as plain ones in small letters, without comments and the like."""
    return _TAG.sub(_plainly, text)


def _plainly(match: re.Match[str]) -> str:
    if match["name"] is None:
        return match["cdata"] or ""
    return f"<{match['slash']}{match['name'].lower()}{match['attributes']}{match['empty']}>"


def parse(text: str) -> Node:
    """The tree of a text; a tag without a partner closes with its parent or is dropped."""
    root = Node("")
    stack = [root]
    at = 0
    for match in _TAG.finditer(text):
        _add_text(stack[-1], text[at : match.start()])
        at = match.end()
        _add_tag(stack, match)
    _add_text(stack[-1], text[at:])
    return root


def _add_text(parent: Node, text: str) -> None:
    if text:
        parent.children.append(Node("", text))


def _add_tag(stack: list[Node], match: re.Match[str]) -> None:
    if match["name"] is None:
        _add_text(stack[-1], match["cdata"] or "")
        return
    name = local(match["name"])
    if match["slash"]:
        _close(stack, name)
        return
    node = Node(name, attributes=match["attributes"])
    stack[-1].children.append(node)
    if not match["empty"] and name not in {"br", "hr", "img", "break"} and len(stack) < _DEEPEST:
        stack.append(node)


def _close(stack: list[Node], name: str) -> None:
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].name == name:
            del stack[depth:]
            return


# ── How runs of one face after another open and close their tags ────────────────────────────────


TAGS = {ITALIC: "i", BOLD: "b", SUPERSCRIPT: "sup", SUBSCRIPT: "sub"}
"""Face → its element, in the order in which they nest."""


def tagged(
    inline: Inline, write: Callable[[Run], str], tags: Mapping[str, str] = MappingProxyType(TAGS)
) -> str:
    """The runs, each written by ``write``, between the tags of their faces."""
    return "".join(_pieces(inline, write, tags))


def _pieces(inline: Inline, write: Callable[[Run], str], tags: Mapping[str, str]) -> Iterator[str]:
    opened: list[str] = []
    for run in inline:
        wanted = [tag for face, tag in tags.items() if face in run.marks]
        while not set(opened) <= set(wanted):
            yield f"</{opened.pop().partition(' ')[0]}>"
        for tag in wanted:
            if tag not in opened:
                opened.append(tag)
                yield f"<{tag}>"
        yield write(run)
    while opened:
        yield f"</{opened.pop().partition(' ')[0]}>"


_SAFE_TARGET = lazy(r"(?:https?://|mailto:|#|[./]|[\w%-]+(?:[/?#.]|$))", re.IGNORECASE)
"""Where a link may lead; ``javascript:`` and its kind are none of these."""


def html(inline: Inline) -> str:
    """HTML in which every character of the text is text, and no link runs a script."""
    return tagged(inline, _written)


def _written(run: Run) -> str:
    text = escape(run.text, quote=False)
    anchor = f' id="{escape(run.anchor)}"' if run.anchor else ""
    if run.target and is_safe(run.target):
        return f'<a{anchor} href="{escape(run.target)}">{text}</a>'
    return f"<span{anchor}>{text}</span>" if anchor else text


def is_safe(target: str) -> bool:
    """True if following the target runs no script."""
    return bool(_SAFE_TARGET.match(target)) and not re.search(r"[\x00-\x20]", target)


_TAGS = TAGS | {mark: f'span class="{mark}"' for mark in (NOCASE, NODECOR)}
_TAG_LIKE = lazy(r"<(?=[A-Za-z/!?])")
_KNOWN_TAG = lazy(
    rf"(?:{'|'.join(PREFIXES)})?(?:{'|'.join(sorted(KNOWN))})[\s/>]|/|[!?]", re.IGNORECASE
)


def to_csl(inline: Inline) -> str:
    """The tags of CSL; a literal ``<`` or ``&`` is escaped only where it would read as markup.

    What ``read`` would take for an escaped tag or an entity escaped twice keeps its letters by
    a numeric reference, so that reading gives the same text back.
    """
    return tagged(inline, _escaped, _TAGS)


def _escaped(run: Run) -> str:
    text = run.text
    if "<" not in text and "&" not in text:
        return text
    return "".join(_escaped_letter(text, at) for at in range(len(text)))


def _escaped_letter(text: str, at: int) -> str:
    letter = text[at]
    if at and _is_guarded(text, at):
        return f"&#{ord(letter)};"
    if letter == "<" and _TAG_LIKE.match(text, at):
        return "&lt;"
    return "&amp;" if letter == "&" and is_readable(text, at) else letter


def _is_guarded(text: str, at: int) -> bool:
    """True for the first letter of what must not read as a tag or an entity."""
    before = text[at - 1]
    return (before == "<" and bool(_KNOWN_TAG.match(text, at))) or (
        before == "&" and is_reference(text, at - 1)
    )


# ── Rich text as Markdown that no reader of Markdown takes for more than it is ──────────────────
# The escapes are CommonMark's (https://spec.commonmark.org/0.31.2/), plus what GitHub and Pandoc
# add: strikethrough, dollar mathematics, typed citations. Only what would be taken for markup is
# escaped, so that the text stays readable.


TYPED = "typed"
"""The mark of text that an author wrote in the article's own format: it is Markdown already."""

AS_TYPED = lazy(
    r"""\$\$[^$\n]+\$\$ | \$(?=\S)[^$\n]*(?<=\S)\$(?!\d) | \\\(.+?\\\) | `[^`\n]+`
    | \*\*(?=\S)[^*\n<\[\]]+(?<=\S)\*\* | \*(?=[^\s*])[^*\n<\[\]]*(?<=\S)\*(?!\*)
    | (?<!\w)(__?)(?=[^\s_])[^_\n<\[\]]*(?<=\S)\1(?!\w)
    | \^\[[^\[\]\n@]*\] | \[\^[^\[\]\s@]+\]""",
    re.VERBOSE,
)
"""Formulas, code, emphasis and footnotes of Markdown, whole: what is closed is what was meant."""


_ALWAYS = frozenset("\\*`")
_IN_PAIRS = frozenset("~$")
_ENTITY = lazy(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{0,31});", re.IGNORECASE)
_BLOCK_START = lazy(r"\s*(?:#{1,6}(?=\s|$)|[-+>=|:]|\d{1,9}(?P<dot>[.)])(?=\s|$))")
_HTML_FACES = ((SUPERSCRIPT, "sup"), (SUBSCRIPT, "sub"))
_STARRED = ((BOLD, "**", "b"), (ITALIC, "*", "i"))


@lru_cache(maxsize=8192)  # A site prints the same entries in many articles.
def markdown(inline: Inline) -> str:
    """Markdown that reads as the text itself: ``*``, ``**``, ``<sup>``, ``<sub>`` and links."""
    text = "".join(run.text for run in inline).replace("\n", " ")
    escaped = _places(text) | _before_links(inline, text)
    written: list[str] = []
    at = 0
    for run in inline:
        piece = (
            run.text
            if TYPED in run.marks
            else "".join(
                _markdown_letter(text, place, place in escaped, run)
                for place in range(at, at + len(run.text))
            )
        )
        at += len(run.text)
        written.append(_linked(run, _faced(run, piece, written)))
    return "".join(written)


def _markdown_letter(text: str, at: int, is_escaped: bool, run: Run) -> str:
    letter = text[at]
    if letter == "<":
        return "&lt;"
    if letter == "&":
        return "&amp;" if _ENTITY.match(text, at) else "&"
    if is_escaped or (run.target and letter in "[]"):
        return "\\" + letter
    return letter


def _places(text: str) -> set[int]:
    """Where the text needs a backslash."""
    places = {at for at, letter in enumerate(text) if letter in _ALWAYS or _is_lone(text, at)}
    for letter in _IN_PAIRS:
        found = [at for at, other in enumerate(text) if other == letter]
        places.update(found if len(found) > 1 else ())
    places.update(_brackets(text))
    start = _BLOCK_START.match(text)
    if start:
        places.add(start.start("dot") if start["dot"] else _first_letter(text))
    return places


def _is_lone(text: str, at: int) -> bool:
    """True for an underscore that does not stand within a word."""
    if text[at] != "_":
        return False
    around = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
    return not all(letter.isalnum() for letter in around)


def _first_letter(text: str) -> int:
    return len(text) - len(text.lstrip())


def _brackets(text: str) -> set[int]:
    """Brackets that would make a link, a note or a typed citation."""
    places: set[int] = set()
    opened: list[int] = []
    for at, letter in enumerate(text):
        if letter == "[":
            opened.append(at)
        elif letter == "]" and opened:
            start = opened.pop()
            if text[at + 1 : at + 2] in {"(", "[", ":"} or re.search(
                r"@|^\^", text[start + 1 : at]
            ):
                places.update((start, at))
                places.update(
                    start + 1 + found.start() for found in re.finditer("@", text[start + 1 : at])
                )
    return places


def _before_links(inline: Inline, text: str) -> set[int]:
    """A ``!`` or ``]`` right before a link, which would change what the link is."""
    places: set[int] = set()
    at = 0
    for run in inline:
        if run.target and at and text[at - 1] in "!]":
            places.add(at - 1)
        at += len(run.text)
    return places


def _faced(run: Run, piece: str, written: list[str]) -> str:
    for face, tag in _HTML_FACES:
        if face in run.marks:
            piece = f"<{tag}>{piece}</{tag}>"
    follows_star = bool(written) and written[-1].endswith("*")
    is_word = bool(re.fullmatch(r"\w(?:.*\w)?", run.text.replace("_", " "), re.DOTALL))
    starred = is_word and not follows_star and len(run.marks) == 1
    for face, star, tag in _STARRED:
        if face in run.marks:
            piece = f"{star}{piece}{star}" if starred else f"<{tag}>{piece}</{tag}>"
    return piece


def _linked(run: Run, piece: str) -> str:
    anchor = f'<a id="{escape(run.anchor)}"></a>' if run.anchor else ""
    if not run.target or not is_safe(run.target):
        return anchor + piece
    return f"{anchor}[{piece}]({_destination(run.target)})"


def _destination(target: str) -> str:
    """The target with nothing in it that could end it, or begin something else."""
    target = re.sub(r"[<>\\\"]", lambda found: f"%{ord(found.group()):02X}", target)
    target = _ENTITY.sub(lambda found: found.group().replace("&", "&amp;"), target)
    if target.count("(") != target.count(")") or target.find(")") < target.find("("):
        target = target.replace("(", "%28").replace(")", "%29")
    return target.replace("*", "%2A") if "*" in target else target
