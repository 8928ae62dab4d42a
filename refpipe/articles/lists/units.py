"""An article as a row of units: lines of Markdown, or stretches between block tags of HTML."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from refpipe.articles import blocks
from refpipe.articles import html as page
from refpipe.lifetimes import lazy


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A stretch that a reader sees as one line or paragraph."""

    start: int
    end: int
    """Of the content, without the tags and spaces around it."""
    outer_start: int
    outer_end: int
    """With the tags of the element that it fills."""
    text: str
    """As a reader sees it."""
    is_heading: bool = False
    is_after_gap: bool = False
    """A blank line or a new block stands before it."""
    items: tuple[tuple[int, int], ...] = ()
    """The list elements (``<ol>``) around it, each with its item, by their places, inmost last."""
    is_dead: bool = False
    """Code, a table or a managed list: never part of a plain list of lines."""
    row: int = -1
    """The table's row that it is a cell of, by its place; -1 for none."""

    @property
    def container(self) -> int:
        """The list element (``<ol>``) it is an item of, by its place; -1 for none."""
        return self.items[-1][0] if self.items else -1

    def is_part_of(self, other: Unit) -> bool:
        """Whether it stands in the same item as another unit, or in a list in that item."""
        return bool(other.items) and self.items[: len(other.items)] == other.items


def read(text: str, form: str) -> list[Unit]:
    """The units of an article in the order they stand."""
    return list(_html(text) if form == "html" else _markdown(text))


# ── Markdown ───────────────────────────────────────────────────────────────────────────────

_MANAGED = lazy(r"<!--\s*bibliography(?=\s|-->).*?(?:<!--\s*/bibliography\s*-->|\Z)", re.DOTALL)
_NAME = lazy(r"\s*([a-z]+)\b")
_CLOSER = lazy(r"<!--\s*/([a-z]+)\s*-->")
_OPEN_BLOCK = lazy(r"^ {0,3}<!--", re.MULTILINE)
_HEADING = lazy(r"\s{0,3}#{1,6}\s+")
_TABLE_RULE = lazy(r"[\s:|-]+")
_MARGIN = lazy(r"\s*(?:>[ \t]?)*\s*")
"""What stands before the words of a line: blanks, and the marks of a quotation."""
_RULE = lazy(r"\s*(?:[-*_=]\s?){3,}\s*$")
_LINK = lazy(
    r"!?\[(?P<text>[^\[\]]*)\]\(\s*<?(?P<address>[^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?(?:\s+[\"'(][^\n]*?)?\)"
)


def _markdown(text: str) -> Iterator[Unit]:
    dead = _dead(text)
    is_gap = True
    at = 0
    for match in re.finditer(r"[^\n]*\n|[^\n]+$", text):
        line = match[0]
        if not line.strip(" \t\r\n>"):
            is_gap = True
            continue
        margin = _MARGIN.match(line)
        start = match.start() + (margin.end() if margin else 0)
        end = match.start() + len(line.rstrip())
        while at < len(dead) and dead[at][1] <= start:
            at += 1
        is_dead = at < len(dead) and dead[at][0] <= start < dead[at][1]
        heading = _HEADING.match(text, start, end)
        if not is_dead and _is_table(line):
            yield from _cells(text, start, end)
            is_gap = False
            continue
        yield Unit(
            start=start, end=end, outer_start=start, outer_end=end,
            text=text[heading.end() : end].rstrip("#").rstrip()
            if heading
            else _visible(text[start:end]),
            is_heading=heading is not None,
            is_after_gap=is_gap,
            is_dead=is_dead or _RULE.match(line) is not None,
        )  # fmt: skip
        is_gap = heading is not None


def _is_table(line: str) -> bool:
    """Whether a line is a row of a table, or the rule below its head."""
    bare = line.strip()
    if bare.startswith("|") and "|" in bare[1:]:
        return True
    return "|" in bare.partition("---")[2] and _TABLE_RULE.fullmatch(bare) is not None


def _cells(text: str, start: int, end: int) -> Iterator[Unit]:
    """The cells of a Markdown table's row."""
    for cell in re.finditer(r"[^|\\]*(?:\\.[^|\\]*)*(?=\||$)", text[start:end]):
        shown = cell[0].strip()
        if shown:
            left = start + cell.start() + len(cell[0]) - len(cell[0].lstrip())
            right = left + len(shown)
            yield Unit(
                start=left, end=right, outer_start=start, outer_end=end,
                text=_visible(shown), is_dead=True, row=start,
            )  # fmt: skip


def _dead(text: str) -> list[tuple[int, int]]:
    """Managed stretches, comments and code, in order and apart."""
    dead = [match.span() for match in _MANAGED.finditer(text)]
    dead += _comments(text)
    position = 0
    for stretch in blocks.stretches(text):
        if stretch.start > position:
            dead.append((position, stretch.start))
        position = stretch.end
    dead.append((position, len(text)))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(dead):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """The comments: from ``<!--name-->`` to the ``<!--/name-->`` that closes it, if one does.

    One without an end reaches to the end of the text where it begins a line.
    """
    closers: dict[str, list[tuple[int, int]]] = {}
    for closer in _CLOSER.finditer(text):
        closers.setdefault(closer[1], []).append(closer.span())
    start = text.find("<!--")
    while start >= 0:
        close = text.find("-->", start + 4)
        if close < 0:
            line = text.rfind("\n", 0, start) + 1
            blocks_open = (one for one in _OPEN_BLOCK.finditer(text, line) if one.end() > start)
            yield from ((one.start(), len(text)) for one in islice(blocks_open, 1))
            return
        name, end = _NAME.match(text, start + 4), close + 3
        behind = closers.get(name[1], []) if name else []
        place = bisect_left(behind, (end, end))
        end = behind[place][1] if place < len(behind) else end
        yield start, end
        start = text.find("<!--", end)


_ESCAPED = lazy(r"\\([\[\]().*_#!-])")
_STARS = lazy(r"(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?!\w)")
_ADDRESS = lazy(r"((?:https?://|www\.|\b10\.\d{4,9}/)[^\s<>]+|‹[^›]*›)", re.IGNORECASE)
_STROKES = lazy(r"(?<!\w)_(?=[^\s_])|(?<=[^\s_])_(?!\w)")


def _visible(line: str) -> str:
    """A line of Markdown as a reader sees it, addresses of links kept."""
    # Most lines hold none of these signs, and finding that out is cheap.
    if "](" in line:
        line = _linked(line)
    if "<" in line:
        line = re.sub(r"<(https?://[^>\s]+)>", r"\1", line)
        line = _strip_tags(line) if "<" in line else line
    if "\\" in line:
        line = _ESCAPED.sub(r"\1", line)
    if "*" not in line and "_" not in line:
        return line
    # An address keeps its stars and strokes: it has no emphasis.
    pieces = _ADDRESS.split(line)
    pieces[::2] = [_STROKES.sub("", _STARS.sub("", piece)) for piece in pieces[::2]]
    return "".join(pieces)


def _linked(line: str) -> str:
    """A line with the addresses of Markdown's links, those of linked titles at its end."""
    behind: list[str] = []
    pieces: list[str] = []
    position = 0
    for link in _LINK.finditer(line):
        pieces.append(line[position : link.start()])
        pieces.append(_beside(link["text"], link["address"], line[link.end() :], behind))
        position = link.end()
    return " ".join(("".join((*pieces, line[position:])), *behind))


def _beside(shown: str, address: str, rest: str, behind: list[str]) -> str:
    """A link's text with its address, or without where words of the entry follow a linked title.

    The address then is put ``behind`` all of the entry, where a print has it.
    """
    whole = with_address(shown, address)
    is_title = whole == f"{shown} {address.strip()}" and _TITLE.search(shown) is not None
    if is_title and _FOLLOWING.match(rest):
        behind.append(address.strip())
        return shown
    return whole


_TITLE = lazy(r"\w+\W+\w+\W+\w|[\u3040-\u30ff\u3400-\u9fff]{6}")
_FOLLOWING = lazy(r"(?:<[^<>]*>|[^\w<])*[^\W_]")
_BEFORE_BARE = lazy(r"https?://(?:dx\.)?(?:www\.)?(?:doi\.org/)?")
_WITHIN_ADDRESS = lazy(r"[\w@:/.%-]\Z")


def with_address(shown: str, address: str) -> str:
    """A link's text, and its address where that says more: behind it, or whole in its place.

    >>> with_address("jstage.jst.go.jp/article/naika/107", "https://www.jstage.jst.go.jp/article/naika/107")
    'https://www.jstage.jst.go.jp/article/naika/107'
    """
    address = address.strip()
    if not re.match(r"https?://", address) or re.search(
        r"scholar\.google|google\.[a-z.]+/search|/search\?", address
    ):
        return shown
    bare = _BEFORE_BARE.sub("", address, count=1).rstrip("/")
    if not bare:
        return shown
    if bare.lower() in shown.lower():
        return _made_whole(shown, bare, address)
    if re.fullmatch(
        r"[\s\[\]]*(?:link|url|pdf|こちら|リンク|doi|pubmed|crossref|full text"
        r"|google scholar|article)?[\s\[\]]*",
        shown,
        re.IGNORECASE,
    ):
        return address
    return f"{shown} {address}"


def _made_whole(shown: str, bare: str, address: str) -> str:
    """What a link shows, with the ``https://www.`` that an address in it lacks.

    A DOI is known without, and a site that is named by its address (Healthline.com) is a name.
    """
    before, found, behind = shown.partition(bare)
    before = before.removesuffix("www.")
    if not found or bare.startswith("10.") or _WITHIN_ADDRESS.search(before):
        return shown
    return f"{before}{address[: address.index(bare)]}{bare}{behind}"


# ── HTML ───────────────────────────────────────────────────────────────────────────────────


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_BLOCK = _words(
    """p div li ol ul dl dt dd h1 h2 h3 h4 h5 h6 br hr table tr td th thead tbody section article
    header footer main aside nav blockquote body html head figure figcaption form address
    details summary"""
)
_HIDDEN = _words("""script style pre textarea title template svg math select noscript iframe""")
_HREF = lazy(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)


_BUTTON = lazy(r"[\[［]\s*[^\W\d][^\[\]\d]{0,24}[\]］]")
"""What wikis put beside a heading: [編集], [edit | edit source]."""


def _html(text: str) -> Iterator[Unit]:
    walk = _Walk(text)
    dead = [match.span() for match in _MANAGED.finditer(text)]
    dead += _comments(text)
    is_below = False
    for start, end, lists, heading, row in walk.stretches():
        content = text[start:end]
        shown = _strip_tags(content)
        is_button = is_below and "<a" in content and _BUTTON.fullmatch(shown.strip())
        if not shown.strip() or is_button:
            continue
        is_below = heading
        left = start + len(content) - len(content.lstrip())
        right = start + len(content.rstrip())
        outer = _outer(text, left, right)
        yield Unit(
            start=left, end=right, outer_start=outer[0], outer_end=outer[1],
            text=re.sub(r"\s+", " ", shown).strip(),
            is_heading=heading,
            is_after_gap=True,
            items=lists,
            is_dead=row >= 0 or any(a <= left < b for a, b in dead),
            row=row,
        )  # fmt: skip


class _Walk:
    """One pass over the tags: stretches of text between block tags."""

    def __init__(self, text: str) -> None:
        self.text = text

    def stretches(self) -> Iterator[tuple[int, int, tuple[tuple[int, int], ...], bool, int]]:
        """(start, end, lists with their items, is a heading, table's row or -1) of each stretch."""
        lists: list[tuple[int, int]] = []
        position, heading, table, row = 0, False, 0, -1
        resume = 0
        for tag in page.TAG_OR_COMMENT.finditer(self.text):
            if tag.start() < resume:
                continue
            name = (tag["name"] or "").lower()
            if name in _HIDDEN and not tag["close"]:
                resume = self._hidden_end(name, tag.end())
                yield position, tag.start(), tuple(lists), heading, row
                position = resume
                continue
            if name not in _BLOCK:
                continue
            yield position, tag.start(), tuple(lists), heading, row
            position = tag.end()
            _count(lists, name, tag)
            if name == "table":
                table = max(0, table + (-1 if tag["close"] else 1))
                row = -1 if not table else tag.start()
            if name == "tr" and table:
                row = tag.start()
            if re.fullmatch(r"h[1-6]", name):
                heading = not tag["close"]
        yield position, len(self.text), (), heading, row

    def _hidden_end(self, name: str, position: int) -> int:
        close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self.text, position)
        return close.end() if close else len(self.text)


def _count(lists: list[tuple[int, int]], name: str, tag: re.Match[str]) -> None:
    """Keep the open lists, and the item of each that is open, up to a tag."""
    if name in ("ol", "ul"):
        if tag["close"]:
            lists[-1:] = []
        else:
            lists.append((tag.start(), -1))
    if name == "li" and lists and not tag["close"]:
        lists[-1] = (lists[-1][0], tag.start())


_RAISED_LABEL = lazy(
    r"\A((?:\s|<[^<>]*>)*)<sup\b[^<>]*>\s*(?:(\d{1,3})|([^\s<>\d]{1,4}))\s*</sup>", re.IGNORECASE
)


def _raised(label: re.Match[str]) -> str:
    """A label in ``<sup>`` as the signs ¹²³ or ``a)``, which nothing of the entry can run into."""
    if label[3]:
        return f"{label[1]}{label[3]}{'' if label[3][-1] in ')）]］.' else ')'} "
    return label[1] + label[2].translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


_BACK = lazy(
    r"\s*(?:jump (?:up|back)(?: to)?:?\s*)?(?:[↩↵⤴↑⏎^][\s\ufe0e]*(?:\d{1,2}[\s\ufe0e]*)?)+",
    re.IGNORECASE,
)
_BACK_AGAIN = lazy(
    r"\s*(?:jump (?:up|back)[^a-z]*(?:to)?:?)?\s*(?:\^|[a-z]{0,2}|\d+\.\d+)\s*", re.IGNORECASE
)
_POINTING_BACK = lazy(r"[\s^↑↩⤴]*[\^↑↩⤴][\s^↑↩⤴]*(?:jump up(?: to)?:?\s*)?", re.IGNORECASE)


def _leads_back(shown: str, before: str) -> bool:
    """Whether a link in an entry only leads back to where it is cited: ↩², or the a of ^ a b."""
    if _BACK.fullmatch(shown):
        return True
    return _BACK_AGAIN.fullmatch(shown) is not None and _POINTING_BACK.fullmatch(before) is not None


def _strip_tags(content: str) -> str:
    """The text of a stretch of HTML, with the addresses of its links where they say more."""
    content = _RAISED_LABEL.sub(_raised, content)
    pieces: list[str] = []
    position, address, link_start = 0, "", 0
    behind: list[str] = []
    for tag in page.TAG_OR_COMMENT.finditer(content):
        pieces.append(content[position : tag.start()])
        position = tag.end()
        if (tag["name"] or "").lower() == "a":
            if not tag["close"]:
                href = _HREF.search(tag["rest"])
                address = (
                    html.unescape(next(g for g in href.groups() if g is not None)) if href else ""
                )
                link_start = len(pieces)
            elif address:
                shown = "".join(pieces[link_start:])
                before = "".join(pieces[:link_start])
                leads_back = address.startswith("#") and _leads_back(shown, before)
                rest = content[tag.end() :]
                pieces[link_start:] = [] if leads_back else [_beside(shown, address, rest, behind)]
                if leads_back and _POINTING_BACK.fullmatch(before):
                    pieces[:] = ["^ "]
                address = ""
    pieces.append(content[position:])
    return html.unescape(" ".join(("".join(pieces), *behind)))


def _outer(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the ``<p>`` or ``<li>`` that holds nothing else."""
    opening = re.compile(r"<(p|li|div|dd|h[1-6])\b[^<>]*>\s*$", re.IGNORECASE).search(
        text, max(0, start - 400), start
    )
    if opening:
        closing = re.compile(rf"\s*</{opening[1]}\s*>", re.IGNORECASE).match(text, end)
        if closing:
            return opening.start(), closing.end()
        if opening[1].lower() == "li":
            return opening.start(), end
    return start, end
