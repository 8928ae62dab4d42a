"""What looks like a citation of a plain list and was not read as one.

A page whose list gets new numbers may keep none of the old ones in its text: each would name
another work from then on.  So this looks far wider than ``citing``, which takes only what
clearly cites, and it is better that it stops at a number too many than at one too few.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from refpipe.articles.lists import citing, labels
from refpipe.articles.lists.nouns import LegacyList
from refpipe.model import Fault

_JA = "ぁ-んァ-ヶー一-龯々」』）"
_CIRCLED = "①-⑳㉑-㉟㊱-㊿"
_SIGNS = r"[,，、;；・:：&＆\-‐‑–—−～〜~]"
_INSIDE = r"(?:\s|&nbsp;|&\#160;|&\#xa0;)*"
_BRACKETED = re.compile(
    rf"(?<!!)(?:[\[［【〔]|&\#91;|&\#x5b;|&lbrack;){_INSIDE}(?:文献|refs?\.?)?{_INSIDE}[*＊※]?(\d{{1,3}})(?!\d)"
    rf"(?!,\d{{3}}(?!\d)){_INSIDE}(?=[\]］】〕]|&\#93;|&\#x5d;|&rbrack;|{_SIGNS}|pp?\b|p\.|fig|tab|chap|頁|ページ)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?i)(?:文献|\brefs?\.?|\breferences?)\s*[\[(（]?\s*(\d{1,3})(?![\d件本編報つ種点年月])",
    re.IGNORECASE,
)
_RAISED = re.compile(
    rf"<sup\b[^<>]*>(?P<inside>(?:(?!</sup).){{1,200}}?)</sup\s*>"
    rf"|(?<=[{_JA}。、）)])[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}|(?<=[a-z]{{4}})[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}",
    re.IGNORECASE | re.DOTALL,
)
_SHOWN = re.compile(r"[\W_]*?(?<![-−+])(\d{1,3})(?![\d+])(?!(?:st|nd|rd|th)\b)")
_ANCHOR = re.compile(
    r"(?is)<a\b[^<>]*href\s*=\s*[\"']?#[^<>]*>(?P<inside>(?:(?!</a).){1,80}?)</a\s*>",
    re.IGNORECASE | re.DOTALL,
)
_FREE = {
    "(n)": re.compile(r"[(（](\d{1,3})(?!\d)(?:\s*[,，、・;；\-–—~〜～]\s*\d{1,3})*[)）]"),
    "n)": re.compile(r"(?<![\d.(（図表第式])(\d{1,3})[)）]"),
    "①": re.compile(rf"([{_CIRCLED}])"),
    "n:": re.compile(r"[*＊※]\s?(\d{1,3})(?!\d)"),
}
"""Forms that number many things; a list's own form is looked for anywhere in a line."""
_END = r"(?=[。、，．,.)）<]|\s*$|\s*[(（①-⑳])"
_PLACED = {
    "(n)": re.compile(
        rf"(?m)(?<=[{_JA}])[(（](\d{{1,3}})(?:\s*[,，、・\-–~〜～]\s*\d{{1,3}})*[)）]{_END}",
        re.MULTILINE,
    ),
    "n)": re.compile(rf"(?m)(?<=[{_JA}])(?<![図表第式])(\d{{1,3}})[)）](?=[。、，．,.]|\s*$)"),
    "①": re.compile(rf"(?m)(?<=[{_JA}])([{_CIRCLED}])(?:[、,・]?[{_CIRCLED}])*{_END}"),
}
"""The forms that another list would not have, where a citation stands: behind what it proves."""
_SPAN = r"<!--\s*(?P<managed>[a-z]+)\b(?:(?!-->).)*-->.*?<!--\s*/(?P=managed)\s*-->"
_SKIPPED = {
    "markdown": re.compile(
        rf"{_SPAN}|<!--.*?(?:-->|\Z)|(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
        r"|^ {0,3}\[[^\[\]]+\]:\s*(?:https?:|#|<|/).*$|\]\([^()\s]*(?:\s[^()]*)?\)"
        r"|https?://[^\s\]）)]+|\$\$.+?\$\$",
        re.DOTALL | re.MULTILINE,
    ),
    "html": re.compile(
        rf"{_SPAN}|<!--.*?(?:-->|\Z)|https?://[^\s<]+"
        r"|<(?P<hidden>pre|script|style|code|textarea|kbd|samp|title)\b.*?</(?P=hidden)\s*>"
        r"|<(?!/?sup\b|a\b|/a\b)[^<>]*>",
        re.DOTALL | re.IGNORECASE,
    ),
}


def unread(text: str, found: LegacyList, format: str) -> tuple[Fault, ...]:  # noqa: A002
    """Each place that looks like a citation of the list and is none that ``citations`` gives."""
    known = {int(reference.label) for reference in found.references}
    taken = [(one.span.start, one.span.end) for one in citing.citations(text, found, format)]
    taken += _skipped(text, found, format)
    places: dict[int, tuple[int, str]] = {}
    for start, end, number in _looks(text, found.style):
        is_taken = any(start < last and first < end for first, last in taken)
        if number in known and not is_taken:
            line_start = text.rfind("\n", 0, start) + 1
            places.setdefault(start, (end, text[line_start:start]))
    beyond = [
        (fault.line, fault.message)
        for fault in citing.doubts(text, found, format)
        # Raised or half in brackets, a number that no reference has is no citation.
        if fault.message[0] in "[［&"
    ]
    told = [
        (text.count("\n", 0, start) + 1, _message(text, start, end))
        for start, (end, _) in sorted(places.items())
    ]
    return tuple(Fault(line=line, message=message) for line, message in sorted({*told, *beyond}))


def _message(text: str, start: int, end: int) -> str:
    around = " ".join(text[max(0, start - 8) : end + 8].split())
    return f"“{around}” looks like a citation of the list, and it is not clear of what"


def _skipped(text: str, found: LegacyList, format: str) -> list[tuple[int, int]]:  # noqa: A002
    begin = found.heading.start if found.heading else found.span.start
    skipped = [(begin, max(found.span.end, begin))]
    skipped += [match.span() for match in _SKIPPED[format].finditer(text)]
    if format == "markdown":
        skipped.extend(citing.code(text))
    return skipped


def _looks(text: str, style: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and first number of everything that looks like a citation."""
    for pattern in (_BRACKETED, _NAMED):
        for match in pattern.finditer(text):
            yield match.start(), match.end(), int(match[1])
    for pattern in (_RAISED, _ANCHOR):
        for match in pattern.finditer(text):
            number = _shown_number(text, match)
            if number is not None:
                yield match.start(), match.end(), number
    for form, placed in _PLACED.items():
        if form != style:
            yield from _loose(text, placed)
    if style in _FREE:
        yield from _loose(text, _FREE[style])


def _shown_number(text: str, match: re.Match[str]) -> int | None:
    if match["inside"] is None:
        return int("".join(str("⁰¹²³⁴⁵⁶⁷⁸⁹".index(figure)) for figure in match[0]))
    shown = html.unescape(re.sub(r"<[^<>]*>", "", match["inside"])).strip()
    number = _SHOWN.match(shown)
    # m<sup>2</sup> and 10<sup>3</sup> are powers, and an anchor with words is a link.
    if number is None or citing.is_exponent(text, match) or re.search(r"[^\W\d_]{2}", shown):
        return None
    return int(number[1])


def _loose(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, int]]:
    for match in pattern.finditer(text):
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        visible = re.sub(r"<[^<>]*>", "", before)
        # The number a line begins with counts steps, and a bracket left open holds a figure.
        is_step = not re.search(r"\w", visible)
        is_inside = match[0][0] not in "(（" and (
            len(re.findall(r"[(（]", visible)) > len(re.findall(r"[)）]", visible))
        )
        if not is_step and not is_inside:
            number = labels.CIRCLED.get(match[1])
            yield match.start(), match.end(), number or int(match[1])
