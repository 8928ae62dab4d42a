"""Markdown and MDX: where their prose is, and how numbers and lists are written into it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from refpipe.articles import blocks, html
from refpipe.articles.scanner import MDX_COMMENTS, Format, Prose
from refpipe.lifetimes import lazy

_BRACKET = r"""(?P<bracket>\[(?!\^)(?:
      \^\[[^\[\]\n@]*\]
    | \[\^[^\[\]\s@]+\]
    | \[[^\[\]\\`<\n@^][^\[\]\\`<\n@]*\](?![\[(:])
    | [^\[\]\\`<\n@]
    | \\[^\n]
    | <(?![A-Za-z/!?])
    | \n(?![ \t>]*\r?(?:\n|$))
    | `[^`\n]*`
    | @ (?: \{ (?: [^{}\s] | \{[^{}\s]*\} )+ \}
          | (?: (?!\^\[)[^\s\[\]\\`<] | <(?![A-Za-z/!?]) | \[[^\s\[\]@]+\](?=[^\s;,\]]) )* )
    )*+\])"""
_DESTINATION = r"""\([ \t]*+(?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)
    (?:\s++(?:"[^"]*"|'[^']*'))?[ \t]*\)"""
"""Where an inline link leads: an address, and perhaps a title."""
_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_JSX_VALUES = rf"(?:[^<>\"'{{}}]|\"[^\"]*\"|'[^']*'|{_BRACES})*+"
JSX_TAG = lazy(rf"<(?P<close>/?)(?P<name>[A-Za-z][\w.:-]*){_JSX_VALUES}>")
"""A tag of MDX, whose values may be expressions."""
MDX_TOKEN = lazy(
    rf"""
      (?P<escape>\\.)
    | (?P<ticks>`+)
    | (?P<comment>\{{/\*)
    | (?P<expression>\{{)
    | <(?P<element>{"|".join(sorted(html.OPAQUE))})(?=[\s/>]){_JSX_VALUES}>
    | (?P<tag></?[A-Za-z]{_JSX_VALUES}>)
    | (?P<target>\]{_DESTINATION})
    | {_BRACKET}
    """,
    re.VERBOSE | re.DOTALL,
)
_TOKEN = lazy(
    rf"""
      (?P<escape>\\.)
    | (?P<ticks>`+)
    | (?P<comment><!--)
    | {html.ELEMENT}
    | (?P<autolink><(?:[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^<>\s]*|[^\s<>@]+@[^\s<>]+)>)
    | {html.TAG}
    | (?P<target>\]{_DESTINATION})
    | {_BRACKET}
    """,
    re.VERBOSE | re.DOTALL,
)

FRONT_MATTER = lazy(
    r"\ufeff?(---|\+\+\+)[ \t]*\r?\n"
    # A rule at the head of a text is none: the first line must name something.
    r"(?=\s*(?:#|\1|\[|[\w.-]+[ \t]*[:=]))(.*?)^\1[ \t]*(?:\r?\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_SETTING = lazy(r"([ \t]*)([A-Za-z][\w-]*)[ \t]*[:=][ \t]*(.*)")
_FOLDED = lazy(r"\r?\n[ \t>]*")

_DEFINITION = lazy(
    r"^[ \t>]*\[([^\[\]]+)\]:[ \t]*(?:<|#|\.{0,2}/|[A-Za-z][A-Za-z0-9+.-]*:|\S+\.[A-Za-z]{2,})",
    re.MULTILINE,
)
INLINE_LINK = lazy(_DESTINATION, re.VERBOSE)
IMAGE = lazy(
    rf"!\[(?P<alt>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\](?:{_DESTINATION}|\[[^\[\]\n]*\])", re.VERBOSE
)
_DEFINED_ADDRESS = lazy(
    r"^[ \t>]*\[(?!\^)([^\[\]]+)\]:[ \t]*(<[^<>\n]*>|(?:#|\.{0,2}/|[A-Za-z][A-Za-z0-9+.-]*:)\S*"
    r"|\S+\.[A-Za-z]{2,}\S*)",
    re.MULTILINE,
)
_BRACE = lazy(r"[{}]|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`")
_CLOSING = lazy(r"\\.|[\[\]]|\n[ \t>]*\r?\n", re.DOTALL)
"""A bracket, what is escaped, or the end of a paragraph."""
_LABEL = lazy(r"\[([^\[\]]+)\]")


def _prose(text: str) -> Iterator[Prose]:
    front = FRONT_MATTER.match(text)
    for stretch in blocks.stretches(text, front.end() if front else 0):
        if stretch.kind is blocks.BlockKind.PROSE:
            yield Prose(stretch.start, stretch.end, _TOKEN, reach=stretch.end)
        else:
            yield Prose(stretch.start, stretch.end, html.TOKEN, reach=len(text))


def _skip(text: str, token: re.Match[str], end: int) -> int:
    if token.lastgroup != "ticks":
        return html.skip(text, token, end)
    ticks = token.group()
    close = re.compile(rf"(?<!`){ticks}(?!`)").search(text, token.end(), end)
    return close.end() if close else token.end()


def _plain(typed: str) -> str:
    return _FOLDED.sub(" ", typed) if "\n" in typed else typed


def _labels(text: str) -> frozenset[str]:
    """The labels that the text defines as links.

    ``[@a]: これは`` at the head of a line is no definition, although CommonMark would swallow it:
    what follows is no address, and the author meant to cite.
    """
    if "]:" not in text:
        return frozenset()
    return frozenset(label(found[1]) for found in _DEFINITION.finditer(text))


def _is_link(text: str, bracket: re.Match[str], labels: frozenset[str]) -> bool:
    """Whether Markdown itself makes a link or a definition of the bracket."""
    start, end = bracket.span()
    if text.startswith("(", end) and INLINE_LINK.match(text, end):
        return True
    if not labels:
        return False
    if label(text[start + 1 : end - 1]) in labels:
        return True
    full = _LABEL.match(text, end)
    return full is not None and label(full[1]) in labels


def _encloses(text: str, bracket: re.Match[str], end: int) -> bool:
    """Whether an inline link has the bracket for its words, or among them.

    ``[@user](https://social.example/@user)`` leads where it says, and cites nothing.
    """
    start, after = bracket.span()
    if own := INLINE_LINK.match(text, after):
        name = text[start + 1 : after - 1].strip().removeprefix("@")
        return name not in own.group()
    links = _link_words(text)
    at = bisect_right(links, (start, start)) - 1
    return at >= 0 and after <= links[at][1] < end


@lru_cache(maxsize=4)
def _link_words(text: str) -> tuple[tuple[int, int], ...]:
    """Where the words of each inline link stand: its brackets, those of the outermost links only.

    All of the text is read at once: to look around every citation for itself takes the square of
    the length.
    """
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for mark in _CLOSING.finditer(text):
        sign = mark.group()
        if sign == "[":
            opened.append(mark.start())
        elif sign == "]":
            start = opened.pop() if opened else -1
            if start >= 0 and INLINE_LINK.match(text, mark.end()):
                while found and found[-1][0] > start:
                    found.pop()
                found.append((start, mark.start()))
        elif sign[0] != "\\":
            opened.clear()
    return tuple(found)


def label(text: str) -> str:
    """A link's label as CommonMark compares them."""
    return " ".join(text.split()).casefold()


def definitions(text: str) -> dict[str, str]:
    """The labels that a text defines as links, and where each leads."""
    if "]:" not in text:
        return {}
    return {label(found[1]): found[2] for found in _DEFINED_ADDRESS.finditer(text)}


def expression_end(text: str, start: int, end: int) -> int:
    """Where an expression of MDX that opens at ``start`` ends: at its own closing brace."""
    depth = 0
    for brace in _BRACE.finditer(text, start, end):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0:
            return brace.end()
    return end


def _settings(text: str) -> Mapping[str, str]:
    """``style`` and ``lang`` of the front matter, and all that is indented under ``refpipe:``."""
    front = FRONT_MATTER.match(text)
    found: dict[str, str] = {}
    section = ""
    for line in front[2].splitlines() if front else ():
        setting = _SETTING.match(line)
        if not setting:
            section = line.strip(" []") if line.startswith("[") else section
            continue
        margin, name, value = setting[1], setting[2], _scalar(setting[3])
        if not margin and ":" in line.partition("=")[0]:
            section = "" if value else name
        if value and (section == "refpipe" or (not margin and name in ("style", "lang"))):
            found[name] = value
    return found


def _scalar(text: str) -> str:
    """The value of a simple ``key: value`` line, without quotes and comment."""
    text = text.strip()
    if text[:1] in "\"'" and text[:1] and (close := text.find(text[0], 1)) > 0:
        return text[1:close]
    return re.split(r"\s#", f" {text}", maxsplit=1)[0].strip()


FORMAT = Format(
    name="markdown",
    prose=_prose,
    skip=_skip,
    plain=_plain,
    labels=_labels,
    is_link=_is_link,
    encloses=_encloses,
    settings=_settings,
)


# ── MDX: comments are ``{/* … */}``, braces hold code ──

ESM = lazy(r"(?:import|export)\s")
"""An import or export, with which a stretch of MDX holds code."""


def _mdx_prose(text: str) -> Iterator[Prose]:
    """All that is neither code nor an import: what stands in an element is Markdown as well."""
    front = FRONT_MATTER.match(text)
    for stretch in blocks.stretches(text, front.end() if front else 0):
        if not ESM.match(text, stretch.start):
            yield Prose(stretch.start, stretch.end, MDX_TOKEN, reach=len(text))


def _mdx_skip(text: str, token: re.Match[str], end: int) -> int:
    if token.lastgroup == "expression":
        return expression_end(text, token.start(), len(text))
    return FORMAT.skip(text, token, end)


MDX_FORMAT = replace(FORMAT, name="mdx", prose=_mdx_prose, skip=_mdx_skip, comments=MDX_COMMENTS)
