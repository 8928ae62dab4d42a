"""Rich text as Markdown that no reader of Markdown takes for more than it is.

The escapes are CommonMark's (https://spec.commonmark.org/0.31.2/), plus what GitHub and Pandoc
add: strikethrough, dollar mathematics, typed citations.  Only what would be taken for markup
is escaped, so that the text stays readable.
"""

from __future__ import annotations

import re
from html import escape

from refpipe.markup.elements import BOLD, ITALIC, SUBSCRIPT, SUPERSCRIPT
from refpipe.markup.tags import is_safe
from refpipe.model import Inline, Run

_ALWAYS = frozenset("\\*`")
_IN_PAIRS = frozenset("~$")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{0,31});", re.IGNORECASE)
_BLOCK_START = re.compile(r"\s*(?:#{1,6}(?=\s|$)|[-+>=|:]|\d{1,9}(?P<dot>[.)])(?=\s|$))")
_HTML_FACES = ((SUPERSCRIPT, "sup"), (SUBSCRIPT, "sub"))
_STARRED = ((BOLD, "**", "b"), (ITALIC, "*", "i"))


def markdown(inline: Inline) -> str:
    """Markdown that reads as the text itself: ``*``, ``**``, ``<sup>``, ``<sub>`` and links."""
    text = "".join(run.text for run in inline).replace("\n", " ")
    escaped = _places(text) | _before_links(inline, text)
    written: list[str] = []
    at = 0
    for run in inline:
        piece = "".join(
            _letter(text, place, place in escaped, run) for place in range(at, at + len(run.text))
        )
        at += len(run.text)
        written.append(_linked(run, _faced(run, piece, written)))
    return "".join(written)


def _letter(text: str, at: int, is_escaped: bool, run: Run) -> str:
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
