"""The inside of a citation's bracket: keys, the place in a work, and how it hides in a comment."""

from __future__ import annotations

import re
from dataclasses import dataclass

from refpipe.lifetimes import lazy
from refpipe.markup import AS_TYPED
from refpipe.model import CitationItem

# ── The inside of a citation's bracket, and how it hides in a comment ───────────────────────────
# The grammar is Pandoc's, made kinder where a health writer pastes what she has: parentheses, a
# SICI's ``;2-2`` and a comma in the middle of a pasted DOI or address belong to the key,
# full-width semicolons and commas separate as the others do, and ``[@a, @b]`` means both.


# An "@" behind these belongs to an e-mail address or to a URL and begins no key.
_AT = r"(?<![A-Za-z0-9_/.%+=&?#~:@\\])-?@"
_KEY = lazy(
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
_LONG = lazy(r"https?://|doi:|10\.\d{4,}/", re.IGNORECASE)
_TAIL = lazy(r"([,;])([^\s,;\uff1b\uff0c\u3001\[\]@]+)")
_NUMBERS_ONLY = lazy(r"\d+(?:[-–]\d+)?")
_SEPARATOR = lazy(r"[;\uff1b]")
_ESCAPED = lazy(r"\\([!-/:-@\[-`{-~])")
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
    place = read(rest)
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
        if mark == "," and (_NUMBERS_ONLY.fullmatch(more) or is_locator(typed[end + 1 :])):
            break
        if mark == ";" and not any(character.isdigit() for character in more):
            break
        end = tail.end()
    return end


def _closes_too_much(key: str) -> bool:
    return key.endswith(")") and key.count(")") > key.count("(")


# ── in a comment ───────────────────────────────────────────────────────────────────────

_MASKED = lazy(r"&((?:amp;)*)#(45|47);")
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


# ── The place in a work that a citation points to: ``p. 600``, ``第3章``, ``図2`` ───────────────
# The terms are CSL's locator terms (CSL 1.0.2 specification, appendix III); the spellings are
# those of the English terms in the CSL locale files, as Pandoc reads them, and what Japanese
# medical writing uses.


_SPELLINGS: dict[str, tuple[str, ...]] = {
    "page": ("pages", "page", "pgs", "pg", "pp", "p", "頁", "ページ"),
    "chapter": ("chapters", "chapter", "chaps", "chap", "chs", "ch"),
    "figure": ("figures", "figure", "figs", "fig", "図"),
    "table": ("tables", "table", "tbls", "tbl", "tab", "表"),
    "section": ("sections", "section", "secs", "sec", "§§", "§"),
    "paragraph": ("paragraphs", "paragraph", "paras", "para", "¶¶", "¶"),
    "volume": ("volumes", "volume", "vols", "vol"),
    "issue": ("numbers", "number", "nos", "no", "issues", "issue"),
    "appendix": ("appendices", "appendix", "app", "付録"),
    "book": ("books", "book", "bks", "bk"),
    "column": ("columns", "column", "cols", "col"),
    "equation": ("equations", "equation", "eqs", "eq", "式"),
    "folio": ("folios", "folio", "fols", "fol"),
    "line": ("lines", "line", "ll", "l"),
    "note": ("notes", "note", "nn", "n", "注"),
    "opus": ("opera", "opus", "opp", "op"),
    "part": ("parts", "part", "pts", "pt"),
    "supplement": ("supplements", "supplement", "supp", "補遺"),
    "timestamp": ("timestamp", "time"),
    "verse": ("verses", "verse", "vv", "v"),
}
"""CSL term → spellings that stand before the number."""

_COUNTERS: dict[str, tuple[str, ...]] = {
    "page": ("頁", "ページ"),
    "chapter": ("章",),
    "section": ("節",),
    "volume": ("巻",),
    "issue": ("号",),
    "part": ("部", "編"),
    "article-locator": ("条",),
    "paragraph": ("段落", "項"),
    "line": ("行",),
    "column": ("列",),
}
"""CSL term → Japanese counters that stand behind the number."""

_BEFORE = {spelling: term for term, row in _SPELLINGS.items() for spelling in row}
_BEHIND = {spelling: term for term, row in _COUNTERS.items() for spelling in row}


def _one_of(spellings: dict[str, str]) -> str:
    return "|".join(re.escape(s) for s in sorted(spellings, key=len, reverse=True))


_NUMBER = r"[A-Za-z]{0,2}\d[0-9A-Za-z:/]*(?:\.\d[0-9A-Za-z]*)*(?:(?<=\df)\.|(?<=ff)\.)?"
_JOIN = r"\s*(?:[-–—~〜]{1,2}|,|、|(?<![0-9A-Za-z:/])and|&|と)\s*"
_NUMBERS = rf"{_NUMBER}(?:{_JOIN}{_NUMBER})*"
_ROMAN = (
    r"(?=[IVXLCDM]{2}|[ivxlcdm]{2})(?i:m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}))"
    r"(?!\w|\s+(?!and\b)[^\W\d_])"
)
"""A Roman numeral of two letters and more, which is a page without a label too,
unless a word follows (``mix of``)."""
# A single letter is a place only behind a label or beside a number: "p. v", "Appendix A", "V, 89".
_LETTER = r"(?:[ivxlcdmIVXLCDM]+|[ABE-HJKN-UWYZ])(?![A-Za-z])"
_LABELLED_ONE = rf"\(?(?:{_NUMBER}|{_LETTER})\)?"
_LABELLED = rf"{_LABELLED_ONE}(?:{_JOIN}{_LABELLED_ONE})*"
_BARE = rf"(?:{_NUMBER}|{_ROMAN}|[IVX](?={_JOIN}\d))(?:{_JOIN}(?:{_NUMBER}|{_ROMAN}))*"
_KANJI = r"[一二三四五六七八九十百千〇]+"

_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"第?\s*(?P<place>{_NUMBERS}|(?<=第){_KANJI})\s*(?P<behind>{_one_of(_BEHIND)})",
        rf"(?P<before>(?i:{_one_of(_BEFORE)}))(?![A-Za-z])\.?\s*(?P<place>{_LABELLED})",
        rf"(?P<place>{_BARE})(?!\w)",
        r"(?P<entry>s\.\s?vv?\.|sub verb(?:o|is))\s+(?P<place>[^\s,;][^,;]*)",
    )
)
_JAPANESE = lazy(r"[\u3040-\u30ff\u4e00-\u9fff]")
_LABEL = lazy(rf"(?i:({_one_of(_BEFORE)}))(?![A-Za-z])\.?\s*")
_GOES_ON = lazy(rf"\s*,\s*(?={_LABEL.pattern}{_LABELLED_ONE})")
"""Between two places of which the second has a label of its own: ``vol. 2, p. 5``."""
_BRACED = lazy(r"\{(?P<inside>[^{}]*)\}")

_HYPHENS = "\u2010\u2011\u2012\u2015\u2212"
"""What stands between page numbers that were pasted from a PDF or a Japanese keyboard."""
_NARROW = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, _HYPHENS), ord("-"))
    | {0x3000: 0x20}
)
"""Full-width forms and hyphens to ASCII, one character for one, so that offsets stay true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """A CSL locator term, the place itself, and the text that follows it."""

    label: str = ""
    locator: str = ""
    spelled: str = ""
    """All of it as it was typed, where its word is Japanese."""
    rest: str = ""


def read(text: str) -> Locator:
    """The place at the head of ``text`` (which follows a key), and what is left.

    A place may be wrapped in braces, as Pandoc allows, where it would not be recognised.
    """
    narrow = text.translate(_NARROW)
    start = len(narrow) - len(narrow.lstrip(" \t\r\n,、"))
    if braced := _BRACED.match(narrow, start):
        return _braced(text[braced.start("inside") : braced.end("inside")], text[braced.end() :])
    for form in _FORMS:
        if found := form.match(narrow, start):
            end = _end(narrow, found)
            whole = text[start:end]
            return Locator(
                label=_term(found),
                locator=found["place"],
                spelled=whole if _JAPANESE.search(whole) or end > found.end() else "",
                rest=text[end:],
            )
    return Locator(rest=text)


def _braced(inside: str, rest: str) -> Locator:
    """All that stands in braces is the place, whatever it looks like."""
    narrow = inside.translate(_NARROW).strip()
    label = _LABEL.match(narrow)
    place = narrow[label.end() :] if label else narrow
    found = read(inside)
    return Locator(
        label=_BEFORE[label[1].lower()] if label else found.label or "page",
        locator=place,
        spelled=inside.strip() if _JAPANESE.search(inside) or _GOES_ON.search(narrow) else "",
        rest=rest,
    )


def _end(narrow: str, found: re.Match[str]) -> int:
    """Where a place ends, with all the labelled ones that follow it."""
    end = found.end()
    while (comma := _GOES_ON.match(narrow, end)) and (more := _FORMS[1].match(narrow, comma.end())):
        end = more.end()
    return end


def is_locator(text: str) -> bool:
    """Whether ``text`` begins with a place; a comma before one ends a key."""
    return any(form.match(text.translate(_NARROW)) for form in _FORMS)


def _term(found: re.Match[str]) -> str:
    groups = found.groupdict()
    if behind := groups.get("behind"):
        return _BEHIND[behind]
    if before := groups.get("before"):
        return _BEFORE[before.lower()]
    if groups.get("entry"):
        return "sub-verbo"
    return "page"
