"""The inside of a citation's bracket, and how it hides in a comment.

The grammar is Pandoc's, made kinder where a health writer pastes what she has: parentheses, a
SICI's ``;2-2`` and a comma in the middle of a pasted DOI or address belong to the key, full-width
semicolons and commas separate as the others do, and ``[@a, @b]`` means both.
"""

from __future__ import annotations

import re

from refpipe.articles import locators
from refpipe.markup import AS_TYPED
from refpipe.model import CitationItem

# An "@" behind these belongs to an e-mail address or to a URL and begins no key.
_AT = r"(?<![A-Za-z0-9_/.%+=&?#~:@\\])-?@"
_KEY = re.compile(
    _AT
    + r"""(?:
        \{ (?P<braced> (?: [^{}\s] | \{[^{}\s]*\} )+ ) \}
      | (?P<bare> \w (?:
            [^\s;,\[\]{}\uff1b\uff0c\u3001\u3002\u300c\u300d\uff08\uff09]
          | \[ [^\s\[\]@]+ \] (?=[^\s;,])
        )* )
    )""",
    re.VERBOSE,
)
_LONG = re.compile(r"https?://|doi:|10\.\d{4,}/", re.IGNORECASE)
_TAIL = re.compile(r"([,;])([^\s,;\uff1b\uff0c\u3001\[\]@]+)")
_NUMBERS_ONLY = re.compile(r"\d+(?:[-–]\d+)?")
_SEPARATOR = re.compile(r"[;\uff1b]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_EMPTY = " \t\r\n.,;:\uff0c\u3001\u3002\uff1b"


def has_key(typed: str) -> bool:
    """Whether the inside of a bracket cites anything."""
    return _KEY.search(typed) is not None


def items(typed: str) -> tuple[CitationItem, ...]:
    """The works that the inside of a bracket cites, in order; none if it is no citation.

    A prefix is to be printed with a space behind it; so is a suffix with a space before it,
    unless it begins with punctuation.
    """
    found: list[CitationItem] = []
    keys = _keys(typed)
    if not keys:
        return ()
    prefix = typed[: keys[0][0]]
    for (_, end, key), (following, _, _) in zip(keys, (*keys[1:], (None, 0, "")), strict=True):
        rest, next_prefix = (
            (typed[end:], "") if following is None else _parted(typed[end:following])
        )
        found.append(_item(key, prefix, rest))
        prefix = next_prefix
    return tuple(found)


def _keys(typed: str) -> list[tuple[int, int, str]]:
    """Start, end and text of each key."""
    keys: list[tuple[int, int, str]] = []
    end = 0
    while match := _KEY.search(typed, end):
        key, end = _whole_key(typed, match)
        keys.append((match.start(), end, key))
    return keys


def _parted(between: str) -> tuple[str, str]:
    """What lies between two keys, as the first one's rest and the second one's prefix."""
    hidden = AS_TYPED.sub(lambda found: " " * len(found[0]), between)
    marks = list(_SEPARATOR.finditer(hidden))
    return (between[: marks[-1].start()], between[marks[-1].end() :]) if marks else (between, "")


def _item(key: str, prefix: str, rest: str) -> CitationItem:
    place = locators.read(rest)
    suffix = place.rest.strip()
    return CitationItem(
        key=_unescaped(key),
        prefix=_unescaped(" ".join(prefix.split())),
        label=place.label,
        locator=place.locator,
        spelled=place.spelled,
        suffix="" if not suffix.strip(_EMPTY) else _unescaped(" ".join(suffix.split())),
    )


def _unescaped(text: str) -> str:
    """The text without its escapes, those in formulas and code left."""
    if "\\" not in text:
        return text
    pieces: list[str] = []
    end = 0
    for typed in AS_TYPED.finditer(text):
        pieces += (_ESCAPED.sub(r"\1", text[end : typed.start()]), typed[0])
        end = typed.end()
    return "".join((*pieces, _ESCAPED.sub(r"\1", text[end:])))


def _whole_key(typed: str, match: re.Match[str]) -> tuple[str, int]:
    """The key and where it ends, punctuation of the sentence left outside."""
    if match["braced"] is not None:
        return match["braced"], match.end()
    start, end = match.span("bare")
    if _LONG.match(typed, start):
        end = _stretched(typed, end)
    while typed[end - 1] in ".,:;!?'\"\u201d\u2019*^" or _closes_too_much(typed[start:end]):
        end -= 1
    return typed[start:end], end


def _stretched(typed: str, end: int) -> int:
    """The end of a pasted DOI or address that goes on behind a comma or semicolon."""
    while tail := _TAIL.match(typed, end):
        mark, more = tail.groups()
        if mark == "," and (_NUMBERS_ONLY.fullmatch(more) or locators.is_place(typed[end + 1 :])):
            break
        if mark == ";" and not any(character.isdigit() for character in more):
            break
        end = tail.end()
    return end


def _closes_too_much(key: str) -> bool:
    return key.endswith(")") and key.count(")") > key.count("(")


# ── in a comment ───────────────────────────────────────────────────────────────────────

_MASKED = re.compile(r"&((?:amp;)*)#(45|47);")
_SIGNS = {"45": "-", "47": "/"}


def to_comment(typed: str) -> str:
    """The typed text in a form that no parser of HTML, CommonMark or MDX ends a comment in.

    Two hyphens in a row become one and ``&#45;``, the stroke of ``*/`` becomes ``&#47;``; either
    that was typed gains ``amp;``, so that ``from_comment`` can tell them apart.
    """
    masked = _MASKED.sub(r"&amp;\1#\2;", typed)
    masked = re.sub(r"-(?=-)", "&#45;", masked).replace("*/", "*&#47;")
    # A last hyphen would join the comment's own end.
    return f"{masked[:-1]}&#45;" if masked.endswith("-") else masked


def from_comment(masked: str) -> str:
    """The typed text again."""
    return _MASKED.sub(
        lambda found: f"&{found[1][4:]}#{found[2]};" if found[1] else _SIGNS[found[2]], masked
    )
