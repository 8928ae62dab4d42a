"""The words of a page without its machinery, every character in its old place."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from refpipe.lifetimes import lazy
from refpipe.model import Span

_FENCE = (
    r"(?m:^[ ]{0,3}(?P<fence>`{3,}(?!`)|~{3,}(?!~))[^\n]*\n(?s:.*?)"
    r"(?:^[ ]{0,3}(?P=fence)[`~]*[ \t]*$|\Z))"
)
_CODE_SPAN = r"(?<!`)(?P<ticks>`+)(?!`)(?s:(?:(?!\n[ \t]*\n).)+?)(?<!`)(?P=ticks)(?!`)"
_HIDDEN = (
    r"<!--(?s:.*?)(?:-->|\Z)"
    r"|<(?P<raw>script|style|textarea|template)\b(?s:.*?)(?:</(?P=raw)\s*>|\Z)"
    # The search for the end gives up at the next beginning, so that no text is read twice.
    r"|<(?P<tag>pre|code)\b(?s:(?!<(?P=tag)\b).)*?</(?P=tag)\s*>"
)
_DATE_SIGN = r"&\#(?P<sign>24180|26376|26085|26178|20998|x(?:5e74|6708|65e5|6642|5206));"
"""年, 月, 日, 時 and 分 as numeric entities, which some editors write for all that is no ASCII."""
_TAG = rf"</?[a-zA-Z][^<>]*>|&(?:nbsp|ensp|emsp|thinsp|#160|#12288);|{_DATE_SIGN}"
_MACHINERY = lazy(f"{_HIDDEN}|{_TAG}", re.IGNORECASE)
_MARKDOWN = lazy(f"{_FENCE}|{_CODE_SPAN}|{_HIDDEN}|{_TAG}", re.IGNORECASE)
_UNSEEN = lazy(f"{_FENCE}|{_CODE_SPAN}|<!--(?s:.*?)(?:-->|\\Z)", re.IGNORECASE)
_SHOWN = lazy(f"{_FENCE}|{_CODE_SPAN}")
_SIGNS = lazy(r"<[a-zA-Z/!]|&[a-z#]|`|~~~", re.IGNORECASE)
"""Without one of these there is nothing to blank."""
_NOT_A_BREAK = lazy(r"[^\n]")


def words(text: str, form: str, spans: Iterable[Span] = ()) -> str:
    """The text with code, comments, tags and ``spans`` turned to blanks of the same length."""
    masked = text
    if _SIGNS.search(text):
        has_code = form != "html" and ("`" in text or "~~~" in text)
        machinery = _MARKDOWN if has_code else _MACHINERY
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
    """Blanks of the same length; an entity's sign stands last, where its date ends."""
    if match.groupdict().get("sign"):
        return html.unescape(match[0]).rjust(len(match[0]))
    return _blanks(match[0])


def _blanks(text: str) -> str:
    return _NOT_A_BREAK.sub(" ", text) if "\n" in text else " " * len(text)
