"""Plain citations in an article that clearly name entries of its plain list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from refpipe.articles import blocks
from refpipe.articles.lists.nouns import LegacyCitation, LegacyList
from refpipe.model import Fault, Span

_DIGITS = (
    str.maketrans("０１２３４５６７８９", "0123456789")
    | str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
    | {ord(sign): "-" for sign in "‐‑–—−～〜~⁻"}
    | {ord(sign): "," for sign in "，、・；;"}
)
_GAP = r"(?:\s|&nbsp;)*"
_NUMBERS = (
    rf"[\d０-９]{{1,3}}(?:{_GAP}[,，、;；・]{_GAP}[\d０-９]{{1,3}}"
    rf"|{_GAP}[-‐‑–—−～〜~]{_GAP}[\d０-９]{{1,3}})*"
)
_ONE = r"[\d０-９]{1,3}"
_NEXT = r"(?!\(|[:：]|\[(?![\d０-９,，、;； \-–~〜～]+\]))"
"""What may not follow a bracket: it would be a link."""
_PLACE = (
    r"(?:pp?\.?\s?[\d０-９]{1,5}(?:\s?[-–]\s?[\d０-９]{1,5})?"
    r"|[\d０-９]{1,5}(?:\s?[-–〜~～]\s?[\d０-９]{1,5})?\s?(?:頁|ページ))"
)
_BRACKET = rf"(?<![\w\\])[\[［]\s?(?:文献\s?)?({_NUMBERS})\s?[\]］]{_NEXT}"
_BRACKET_JA = rf"(?<=[^\x00-\x7f])[\[［]\s?(?:文献\s?)?({_NUMBERS})\s?[\]］]{_NEXT}"
_ENTITIES = rf"&\#(?:91|x5b);\s?({_NUMBERS})\s?&\#(?:93|x5d);"
_LOCATED = rf"(?<!\\)[\[［]\s?({_ONE})\s?[,，、]\s?(?P<place>{_PLACE})\s?[\]］](?![(\[:：])"
_WORD = rf"(?<=文献)\s?({_NUMBERS})(?![\d０-９件本編報つ種点年月.．)）\]］])"
_BRACKET_LATIN = rf"(?<=[A-Za-z])\[({_NUMBERS})\](?=[\s.,;:)]|$)(?![(\[:])"
_NAMED = rf"[（(]\s*(?:参考|引用)?文献\s*({_NUMBERS})\s*[)）]|(?:参考|引用)文献\s*({_NUMBERS})[)）]"
_SUPERSCRIPT = (
    rf"<sup\b[^<>]*>\s*(?:<a\b[^<>]*>)?{_GAP}[\[(（［]?{_GAP}[*＊※]?({_NUMBERS})"
    rf"{_GAP}[\])）］]?\s*(?:</a>)?\s*</sup>"
)
_RAISED = r"(?:⁽)?([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?:[⁻,、，][⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})*)⁾"
_HALF = rf"(?<=[ぁ-ん」』）])(?<![のがを])({_NUMBERS})[)）](?=[。、，．,.]|\s*$)"
_ANCHORED = rf"<a\b[^<>]*href\s*=\s*[\"']?#[^<>]*>\s*[\[［(]?[*＊※]?({_NUMBERS})[\]］)]?\s*</a>"
_LINKED = (
    rf"\[\\?\[({_NUMBERS})\\?\]\]\(#[^()\s]*\)"
    rf"|\[({_NUMBERS})\]\(#(?:ref|r|fn|cite|bib|lit|note|文献)[^()\s]*\)"
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.MULTILINE)
    for form in (
        _SUPERSCRIPT,
        _ANCHORED,
        _LINKED,
        _NAMED,
        _LOCATED,
        _ENTITIES,
        _BRACKET,
        _BRACKET_JA,
        _BRACKET_LATIN,
        _RAISED,
        _HALF,
        _WORD,
    )
)
_JOINT = re.compile(r"\s?(?P<sign>[-‐‑–—−～〜~]|[,，、・]|)\s?")
_PAIR = re.compile(rf"\[{_NUMBERS}\]\[{_NUMBERS}\]")
_UNIT_BEFORE = re.compile(r"(?:[\dμmkc]m|\bm|/m|kg|\d|[²³χRrxn×])$")
_DEAD = {
    "markdown": re.compile(
        r"<!--\s*(?P<managed>cite|bibliography)\b(?:(?!-->).)*-->.*?<!--\s*/(?P=managed)\s*-->"
        r"|<!--.*?(?:-->|\Z)|(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)|!?\[[^\[\]]*\]\([^()\s]*(?:\s[^()]*)?\)|!?\[[^\[\]]*\]\[[^\[\]]*\]"
        r"|^ {0,3}\[[^\[\]]+\]:.*$|<https?://[^>]*>|https?://\S+|\$\$.+?\$\$"
        # A citation inside a link to elsewhere cannot be woven.
        r"|<a\b(?![^<>]*href\s*=\s*[\"']?#)[^<>]*>.*?</a\s*>",
        re.DOTALL | re.MULTILINE,
    ),
    "html": re.compile(
        r"<!--.*?(?:-->|\Z)|<(pre|script|style|code|textarea|kbd|samp|title)\b.*?</\1\s*>|https?://[^\s<]+"
        r"|<a\b(?![^<>]*href\s*=\s*[\"']?#)[^<>]*>.*?</a\s*>|<(?!/?sup|a\b|/a)[^<>]*>",
        re.DOTALL | re.IGNORECASE,
    ),
}


def citations(text: str, found: LegacyList, format: str) -> tuple[LegacyCitation, ...]:  # noqa: A002
    """The plain citations of an article, in order; only such as clearly name the list."""
    known = {int(reference.label) for reference in found.references}
    singles = [
        citation
        for citation in _singles(text, found, format)
        if citation.numbers and set(citation.numbers) <= known
    ]
    return tuple(_joined(text, singles))


def doubts(text: str, found: LegacyList, format: str) -> tuple[Fault, ...]:  # noqa: A002
    """What looks like a citation and was left: its numbers are not in the list."""
    known = {int(reference.label) for reference in found.references}
    return tuple(
        Fault(
            line=text.count("\n", 0, citation.span.start) + 1,
            message=f"{citation.span.of(text)} names no entry of the list and was left as it is",
        )
        for citation in _singles(text, found, format)
        if not set(citation.numbers) <= known
    )


def _singles(text: str, found: LegacyList, format: str) -> list[LegacyCitation]:  # noqa: A002
    taken = _dead(text, found, format)
    singles: list[LegacyCitation] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if not _is_free(match.span(), taken) or is_exponent(text, match):
                continue
            taken.append(match.span())
            singles.append(_single(match))
        taken.sort()
    return sorted(singles, key=lambda citation: citation.span)


def _single(match: re.Match[str]) -> LegacyCitation:
    return LegacyCitation(
        span=Span(*match.span()),
        numbers=_numbers(next(group for group in match.groups() if group)),
        locator=match.groupdict().get("place") or "",
    )


def _dead(text: str, found: LegacyList, format: str) -> list[tuple[int, int]]:  # noqa: A002
    """Where no citation is looked for: code, links, addresses, comments and the list itself."""
    begin = found.heading.start if found.heading else found.span.start
    taken = [(begin, max(found.span.end, begin))]
    for match in _DEAD[format].finditer(text):
        # A link to an anchor of the same page that shows nothing but a number is a citation.
        if re.fullmatch(_LINKED, match[0], re.IGNORECASE) or match[0].startswith("[["):
            continue
        # [1][2] is a link only where an address for "2" is given.
        if _PAIR.fullmatch(match[0]) and not _defined(text, match[0]):
            continue
        taken.append(match.span())
    if format == "markdown":
        taken.extend(code(text))
    return sorted(taken)


def _defined(text: str, pair: str) -> bool:
    name = re.escape(pair[pair.rindex("[") : -1])
    address = rf"^ {{0,3}}{name}\]:\s*(?:https?:|[#</])"
    return re.search(address, text, re.MULTILINE) is not None


def code(text: str) -> Iterator[tuple[int, int]]:
    """Where a Markdown text holds no prose."""
    position = 0
    for stretch in blocks.stretches(text):
        if stretch.start > position:
            yield position, stretch.start
        position = stretch.end
    if position < len(text):
        yield position, len(text)


def _is_free(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return all(span[1] <= start or end <= span[0] for start, end in taken)


def is_exponent(text: str, match: re.Match[str]) -> bool:
    """Whether a raised number is a power: m<sup>2</sup> and 10<sup>3</sup> are."""
    if not match[0].lower().startswith("<sup"):
        return False
    if re.search(r"[\[(（［\])）］]|<a\b", re.sub(r"</?sup[^>]*>", "", match[0])):
        return False
    return _UNIT_BEFORE.search(text[max(0, match.start() - 4) : match.start()]) is not None


def _numbers(written: str) -> tuple[int, ...]:
    """``1,3-5`` as 1, 3, 4, 5; empty where a range runs backwards or is too long to be meant."""
    numbers: list[int] = []
    for piece in written.translate(_DIGITS).split(","):
        ends = [int(figure) for figure in re.findall(r"\d+", piece)]
        if len(ends) == 2:
            if not 0 < ends[1] - ends[0] < 100:
                return ()
            numbers.extend(range(ends[0], ends[1] + 1))
        else:
            numbers.extend(ends)
    return tuple(dict.fromkeys(numbers))


def _joined(text: str, singles: list[LegacyCitation]) -> Iterator[LegacyCitation]:
    """Neighbours that make one citation: ``[1], [2]`` and ``[1]-[3]``."""
    index = 0
    while index < len(singles):
        current = singles[index]
        while index + 1 < len(singles):
            following = singles[index + 1]
            between = _JOINT.fullmatch(text, current.span.end, following.span.start)
            is_placed = bool(current.locator or following.locator)
            if (
                between is None
                or is_placed
                or text[current.span.start] != text[following.span.start]
            ):
                break
            numbers = _bridge(current.numbers, following.numbers, between["sign"])
            if numbers is None:
                break
            current = LegacyCitation(
                span=Span(current.span.start, following.span.end), numbers=numbers
            )
            index += 1
        yield current
        index += 1


def _bridge(first: tuple[int, ...], second: tuple[int, ...], sign: str) -> tuple[int, ...] | None:
    if not sign or sign in ",，、・":
        return tuple(dict.fromkeys((*first, *second)))
    if not 0 < second[0] - first[-1] < 100:
        return None
    return tuple(dict.fromkeys((*first, *range(first[-1], second[0] + 1), *second)))
