"""The words of a page without its machinery, every character in its old place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from refpipe.model import Span

_FENCE = (
    r"(?m:^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?s:.*?)"
    r"(?:^[ ]{0,3}(?P=fence)[`~]*[ \t]*$|\Z))"
)
_CODE_SPAN = r"(?P<ticks>`+)(?!`)(?s:(?:(?!\n[ \t]*\n).)+?)(?<!`)(?P=ticks)(?!`)"
_HIDDEN = (
    r"<!--(?s:.*?)(?:-->|\Z)"
    r"|<(?P<tag>script|style|pre|code|textarea|template)\b(?s:.*?)</(?P=tag)\s*>"
)
_TAG = r"</?[a-zA-Z][^<>]*>|&(?:nbsp|ensp|emsp|thinsp|#160|#12288);"
_MACHINERY = re.compile(f"{_HIDDEN}|{_TAG}", re.IGNORECASE)
_MARKDOWN = re.compile(f"{_FENCE}|{_CODE_SPAN}|{_HIDDEN}|{_TAG}", re.IGNORECASE)
_UNSEEN = re.compile(f"{_FENCE}|{_CODE_SPAN}|<!--(?s:.*?)(?:-->|\\Z)", re.IGNORECASE)
_SHOWN = re.compile(f"{_FENCE}|{_CODE_SPAN}")
_SIGNS = re.compile("[<&`]|~~~")
"""Without one of these there is nothing to blank."""
_NOT_A_BREAK = re.compile(r"[^\n]")


def words(text: str, form: str, spans: Iterable[Span] = ()) -> str:
    """The text with code, comments, tags and ``spans`` turned to blanks of the same length."""
    masked = text
    if _SIGNS.search(text):
        machinery = _MACHINERY if form == "html" else _MARKDOWN
        masked = machinery.sub(_blank, text)
    for span in spans:
        masked = masked[: span.start] + _blanks(span.of(masked)) + masked[span.end :]
    return masked


def markup(text: str, form: str) -> str:
    """The text with its tags, but without code that is shown and comments."""
    if form == "html":
        return re.sub(r"<!--(?s:.*?)(?:-->|\Z)", _blank, text) if "<!--" in text else text
    return _UNSEEN.sub(_blank, text) if "<!--" in text or "`" in text or "~~~" in text else text


def without_code(text: str, form: str) -> str:
    """The text without code that is only shown; tags and comments stand."""
    if form == "html":
        return text
    return _SHOWN.sub(_blank, text) if "`" in text or "~~~" in text else text


def _blank(match: re.Match[str]) -> str:
    return _blanks(match[0])


def _blanks(text: str) -> str:
    return _NOT_A_BREAK.sub(" ", text) if "\n" in text else " " * len(text)
