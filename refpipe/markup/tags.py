"""How runs of one face after another open and close their tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from html import escape
from types import MappingProxyType

from refpipe.markup.elements import (
    BOLD,
    ITALIC,
    KNOWN,
    NOCASE,
    NODECOR,
    PREFIXES,
    SUBSCRIPT,
    SUPERSCRIPT,
    is_readable,
    is_reference,
)
from refpipe.model import Inline, Run

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


_SAFE_TARGET = re.compile(r"(?:https?://|mailto:|#|[./]|[\w%-]+(?:[/?#.]|$))", re.IGNORECASE)
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
_TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?])")
_KNOWN_TAG = re.compile(
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

AS_TYPED = re.compile(
    r"""\$\$[^$\n]+\$\$ | \$(?=\S)[^$\n]*(?<=\S)\$(?!\d) | \\\(.+?\\\) | `[^`\n]+`
    | \*\*(?=\S)[^*\n<\[\]]+(?<=\S)\*\* | \*(?=[^\s*])[^*\n<\[\]]*(?<=\S)\*(?!\*)
    | (?<!\w)(__?)(?=[^\s_])[^_\n<\[\]]*(?<=\S)\1(?!\w)
    | \^\[[^\[\]\n@]*\] | \[\^[^\[\]\s@]+\]""",
    re.VERBOSE,
)
"""Formulas, code, emphasis and footnotes of Markdown, whole: what is closed is what was meant."""


_ALWAYS = frozenset("\\*`")
_IN_PAIRS = frozenset("~$")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{0,31});", re.IGNORECASE)
_BLOCK_START = re.compile(r"\s*(?:#{1,6}(?=\s|$)|[-+>=|:]|\d{1,9}(?P<dot>[.)])(?=\s|$))")
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
    target = re.sub(_ENTITY, lambda found: found.group().replace("&", "&amp;"), target)
    if target.count("(") != target.count(")") or target.find(")") < target.find("("):
        target = target.replace("(", "%28").replace(")", "%29")
    return target.replace("*", "%2A") if "*" in target else target
