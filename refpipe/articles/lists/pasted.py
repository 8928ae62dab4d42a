"""A pasted list cut into references: by blank lines where there are any, else by its shape."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from itertools import pairwise

from refpipe.articles.lists import labels
from refpipe.articles.lists.legacy_list import (
    STRONG,
    is_heading,
    may_hold_heading,
    reference_score,
)
from refpipe.articles.lists.units import Unit
from refpipe.items import printed
from refpipe.items.printed.doubts import refers_back
from refpipe.model import Span

_BLANK = re.compile(r"\n[ \t\u3000\r]*\n\s*")
_SETTINGS = re.compile(r"---\n(?:.*\n)*?---\n")
"""What stands above a page in Markdown, as its generator reads it."""
_TITLE = re.compile(r"#{1,6}[ \t\u3000][^\n]*")
_WORDS = re.compile(r"[^\W\d_]{3}|[\u3040-\u30ff\u3400-\u9fff]")
_LONG = 700
"""Signs behind which a reference is taken to be whole although it does not read so."""
_LINE = re.compile(r"[^\n]+")


def split(text: str) -> tuple[Span, ...]:
    """Where each reference of a pasted list stands, wrapped lines and label included.

    Blank lines part references where there are any.  Within a block its numbers part them: the
    next one always, any other (a number twice, left out or begun anew) where a reference stands
    on both sides.  A block without numbers is parted where a line begins with names and the one
    before is complete; beside other blocks only where every part is a reference by itself.
    Headings within the list part it, and are no part of a reference.
    """
    return tuple(
        Span(start + one.start, start + one.end)
        for start, end in _sections(text)
        for one in _split(text[start:end])
    )


_WITHIN = (
    r"書籍|図書|単行本|教科書|論文|雑誌|和文|邦文|欧文|英文|(?:日本語|英語|外国語)?文献"
    r"|[Ww][Ee][Bb]\s?(?:サイト|ページ)?|ウェブ(?:サイト|ページ)?|サイト|ガイドライン|新聞(?:記事)?"
    r"|資料|統計|法令|動画|その他|公的機関|学会"
)
_HEADING = re.compile(
    r"^[ \t\u3000]*(?:[【〔［\[＜<〈《](?!\d)[^】〕］\]＞>〉》\n]{1,20}[】〕］\]＞>〉》]"
    r"|[■□●◆◇▼▽★☆◎]\s?[^\s。．.,，、：:「『\d]{1,20}|#{1,6}\s[^\n]{1,60}"
    rf"|(?:{_WITHIN})(?:(?:[・／/、]|および|や)(?:{_WITHIN}))*(?:等|など|関連|類)?[:：]?)"
    r"[ \t\u3000\r]*$",
    re.MULTILINE,
)
"""A heading within a list: 【書籍】, ■ウェブサイト, ## 論文."""


def _sections(text: str) -> list[tuple[int, int]]:
    """The stretches of a list that its own headings part."""
    headings = [match.span() for match in _HEADING.finditer(text)]
    edges = [0, *(edge for heading in headings for edge in heading), len(text)]
    return [
        (start, end)
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        if text[start:end].strip()
    ]


def _split(text: str) -> tuple[Span, ...]:
    blocks = _blocks(text)
    full = _full_breaks(text, [_lines(text, block) for block in blocks])
    found: list[Span] = []
    for block in blocks:
        parts = _numbered(text, block, full)
        if not parts:
            parts = _unnumbered(text, block, full, is_all=len(blocks) == 1)
            if len(blocks) > 1 and not all(_is_whole(part.of(text)) for part in parts):
                parts = (block,)
        found += parts
    return tuple(found)


def is_by_shape(text: str) -> bool:
    """Whether references without numbers were parted where their lines may have been wrapped.

    Where a wrapped line reads as a reference of its own nobody can tell, and a person should look.
    """
    for start, end in _sections(text):
        part = text[start:end]
        blocks = [(block, _lines(part, block)) for block in _blocks(part)]
        full = _full_breaks(part, [lines for _, lines in blocks])
        for block, lines in blocks:
            if len(lines) < 2 or _numbered(part, block, full):
                continue
            parted = _unnumbered(part, block, full, is_all=len(blocks) == 1)
            is_wrapped = any(line.start in full for line in lines[1:])
            if is_wrapped or not all(_is_certain(one.of(part)) for one in parted):
                return True
    return False


def of_page(text: str, form: str) -> tuple[Span, tuple[str, ...]] | None:
    """The list of a whole page that was pasted with its header and its text; None elsewhere.

    It is where the list stands, and its references; ``form`` is ``markdown`` or ``html``.  Where
    anything before the list reads as a reference, all of it is taken for a list.
    """
    from refpipe.articles import lists

    if not _OF_PAGE.match(text) and not may_hold_heading(text):
        return None  # A bare list: to look for one would read each of its references once more.
    found = lists.find(text, form)
    if found is None:
        return None
    start = found.heading.start if found.heading else found.span.start
    before = [one.of(text[:start]) for one in _blocks(text[:start])]
    is_page = bool(before) and (found.heading is not None or bool(_OF_PAGE.match(text)))
    if not is_page or any(reference_score(one) >= STRONG for one in before):
        return None
    if form == "html" or found.heading is None:
        return found.span, tuple(one.text for one in found.references)
    listed = text[found.heading.end : found.span.end]
    return found.span, tuple(one.of(listed) for one in split(listed))


class _Elements(HTMLParser):
    """The text of HTML: an empty line around each element that stands by itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        self._skipped += tag in _UNREAD
        self.found.append("" if tag in _INLINE else "\n" if tag == "br" else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= self._skipped > 0 and tag in _UNREAD
        self.found.append("" if tag in _INLINE else "\n\n")

    def handle_data(self, data: str) -> None:
        self.found.append("" if self._skipped else re.sub(r"\s+", " ", data))


_UNREAD = frozenset(("script", "style", "title", "nav", "h1", "h2", "h3", "h4", "h5", "h6"))
_INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "ins", "mark", "q", "s", "small",
     "span", "strong", "sub", "sup", "time", "u", "wbr")
)  # fmt: skip
_ELEMENT = re.compile(
    r"<(?:p|li|ol|ul|dl|div|td|table|section|article|html|body)\b[^<>]*>", re.IGNORECASE
)


def is_markup(text: str) -> bool:
    """Whether what was pasted is HTML, by the elements that stand by themselves."""
    return _ELEMENT.search(text) is not None


def without_markup(text: str) -> str:
    """The text of HTML, each paragraph and each item of a list by itself, headings left out."""
    reader = _Elements()
    reader.feed(text)
    reader.close()
    return "".join(reader.found).strip()


_OF_PAGE = re.compile(r"\s*(?:#{1,6}\s|---\n|<[a-zA-Z!])")
"""How a page begins: with a title, its settings or an element."""


def _blocks(text: str) -> list[Span]:
    """The stretches between blank lines, without a heading at the top."""
    found: list[Span] = []
    settings = _SETTINGS.match(text)
    position = settings.end() if settings else 0
    for gap in [*(match.span() for match in _BLANK.finditer(text)), (len(text), len(text))]:
        block = _stripped(text, position, gap[0])
        position = gap[1]
        while block is not None and (title := _TITLE.match(text, block.start, block.end)):
            block = _stripped(text, title.end(), block.end)
        if block is None:
            continue
        if not found:
            block = _without_heading(text, block)
        elif not _WORDS.search(block.of(text)) and not block.of(text)[0].isalpha():
            # A blank line inside a reference leaves nothing but the end of a number behind it.
            block = Span(found.pop().start, block.end)
        if block is not None:
            found.append(block)
    return found


def _stripped(text: str, start: int, end: int) -> Span | None:
    part = text[start:end]
    left = start + len(part) - len(part.lstrip())
    right = start + len(part.rstrip())
    return Span(left, right) if right > left else None


def _without_heading(text: str, block: Span) -> Span | None:
    line_end = text.find("\n", block.start, block.end)
    line_end = block.end if line_end < 0 else line_end
    line = text[block.start : line_end].strip()
    unit = Unit(start=0, end=0, outer_start=0, outer_end=0, text=line)
    return _stripped(text, line_end, block.end) if is_heading(unit) else block


def _lines(text: str, block: Span) -> list[Span]:
    spans = (
        _stripped(text, match.start(), match.end())
        for match in _LINE.finditer(text, block.start, block.end)
    )
    return [span for span in spans if span is not None]


def _numbered(text: str, block: Span, full: set[int]) -> tuple[Span, ...]:
    """The references of a block whose lines are numbered from its first line on."""
    lines = _lines(text, block)
    last = labels.read(lines[0].of(text))
    if last is None or (last.number > 1 and len(lines) < 2):
        return ()
    found = [lines[0]]
    for line in lines[1:]:
        label = labels.read(line.of(text))
        before, own = found[-1].of(text), line.of(text)
        is_full = line.start in full
        if label is not None and _is_labelled(before, last, own, label, is_full=is_full):
            found.append(line)
            last = label
        else:
            found[-1] = Span(found[-1].start, line.end)
    return tuple(found) if len(found) > 1 else ()


def _is_labelled(
    before: str, last: labels.Label, line: str, label: labels.Label, *, is_full: bool
) -> bool:
    """Whether the number that a line begins with is the label of a reference.

    Where nobody wrapped the line before (it is not ``is_full``), the number is no part of it.
    """
    rest = line[label.length :]
    if label.style == last.style and label.number == last.number + 1:
        return len(rest) > _SHORT or refers_back(rest)
    if label.style == "n" != last.style or _is_within_brackets(before):
        return False  # A number without a mark is a figure as well.
    says = _says_enough if is_full else _names_work
    return says(before[last.length :]) and says(rest)


_SHORT = 8
"""Signs that are no reference by themselves."""


def _unnumbered(text: str, block: Span, full: set[int], *, is_all: bool) -> tuple[Span, ...]:
    """The references of a block without numbers; ``full`` is of ``_full_breaks``.

    Where other blocks stand beside it (it is not all there is), blank lines part references, and
    a line that may have been wrapped begins none.
    """
    lines = _lines(text, block)
    strong = [reference_score(line.of(text)) >= STRONG for line in lines]
    if is_all and sum(strong) * 10 >= len(lines) * 8:
        return tuple(lines)
    found = [lines[0]]
    for number, line in enumerate(lines[1:], 1):
        before, own = found[-1].of(text), line.of(text)
        is_full = line.start in full
        begins = _begins(before, own, is_strong=strong[number], is_full=is_full)
        if begins and (is_all or not is_full):
            found.append(line)
        else:
            found[-1] = Span(found[-1].start, line.end)
    return tuple(found)


def _full_breaks(text: str, blocks: list[list[Span]]) -> set[int]:
    """Where lines start before which there was no room for their first word: perhaps wrapped.

    The widest line is always full; where no other one is, nothing was wrapped at its width.
    """
    widths = {line.start: _width(line.of(text)) for lines in blocks for line in lines}
    words = {line.start: _first_word(line.of(text)) for lines in blocks for line in lines}
    # An address that is longer than the lines are has a line of its own.
    longest = (widths[line.start] for lines in blocks for line in lines
               if words[line.start] != line.of(text))  # fmt: skip
    widest = max(longest, default=0)
    if widest > _WRAPPED:
        return set()
    full = {
        line.start
        for lines in blocks
        for before, line in pairwise(lines)
        if widths[before.start] + 1 + _width(words[line.start]) > widest
    }
    return full if len(full) > 1 or len(full) == len(widths) - len(blocks) else set()


_WRAPPED = 160
"""Columns at which nobody wraps a text any more."""


def _width(line: str) -> int:
    """The columns of a line; a letter of Chinese or Japanese takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


def _first_word(line: str) -> str:
    """What a program that wraps lines would have had to put on the line before."""
    return _WORD.match(line)[0]  # type: ignore[index]  # It matches any line.


_GOES_ON = re.compile(r"[，、．。：；,.;:)）」』】〕\]]")
"""What no reference begins with."""
_WORD = re.compile(
    r"[\u3000-\u9fff\uac00-\ud7af\uf900-\uffef]|[^\s\u3000-\u9fff\uac00-\ud7af\uf900-\uffef]*"
)


def _begins(before: str, line: str, *, is_strong: bool, is_full: bool) -> bool:
    """Whether a line begins a new reference, behind one or several that make one so far.

    Where the line before had room for its first word (it is not ``is_full``), nobody wrapped it
    there: the line was begun because something new begins.
    """
    if labels.bullet(line):
        return True
    if _GOES_ON.match(line) or before[-1] in "：:，、,・([（「『":
        return False
    # e-Stat, eLife and iDeCo are names.
    is_lower = line[:1].isascii() and not re.match(r'[“"\[A-Z]|[a-z]-?[A-Z]', line)
    if _is_within_brackets(before):
        # Where the line does not close it, somebody forgot to.
        return not _is_within_brackets(line[::-1].translate(_MIRROR)) and _is_complete(line)
    if not is_full:
        return _says_enough(before) and (not is_lower or _says_enough(line))
    has_names = _has_names_first(line)
    # van der Kolk begins a reference in a small letter.
    if not _is_complete(before) or (is_lower and not (is_strong and has_names)):
        return False
    return is_strong or has_names or _are_dated(before, line) or _is_complete(line)


def _is_within_brackets(before: str) -> bool:
    """Whether a bracket is still open: a reference that was read so far ends within it."""
    return any(
        before.count(pair[0]) > before.count(pair[1]) for pair in ("()", "（）", "「」", "『』")
    )


_MIRROR = str.maketrans("()（）「」『』", ")(）（」「』『")


def _are_dated(before: str, line: str) -> bool:
    """Whether both have what one reference has once: a title, and when it came out or was read."""
    first, second = (printed.remembered(one).reading.item for one in (before, line))
    is_dated = "issued" in first or "accessed" in first
    return is_dated and "title" in first and {"title", "issued"} <= second.keys()


def _is_whole(part: str) -> bool:
    """Whether a part is a reference by itself, and no remark on the one before."""
    return part[0] not in "(（" and _says_enough(part)


def _is_certain(part: str) -> bool:
    """Whether a part is a reference with a title, and none of its later lines is one by itself."""
    is_joined = any(reference_score(line) >= STRONG for line in part.split("\n")[1:])
    return not is_joined and _is_whole(part) and "title" in printed.remembered(part).reading.item


def _says_enough(reference: str) -> bool:
    """Whether a line can be a reference by itself: a title, and anything that finds it.

    Without a title it is an issue of a newspaper, of some day; a report whose year is in its title
    has who wrote it and a full stop.
    """
    item = printed.remembered(reference).reading.item
    is_issue = "container-title" in item and "issued" in item
    is_report = {"author", "title"} <= item.keys() and reference.rstrip().endswith(
        ("．", "。", ".")
    )
    return is_issue or is_report or ("title" in item and not _FINDING.isdisjoint(item))


def _names_work(reference: str) -> bool:
    """Whether a reference has said who wrote what, or more."""
    item = printed.remembered(reference).reading.item
    return {"title", "author"} <= item.keys() or _says_enough(reference)


_FINDING = frozenset(
    ("issued", "volume", "page", "publisher", "container-title", "number", "genre", "DOI", "URL",
     "PMID", "ISBN")
)  # fmt: skip


def _is_complete(reference: str) -> bool:
    """Whether nothing that a reference needs is still to come."""
    if len(reference) > _LONG:
        return reference.rstrip()[-1] in ".)]" or reference.rstrip()[-1].isdigit()
    item = printed.remembered(reference).reading.item
    is_placed = "volume" in item or "page" in item or "publisher" in item
    # A notice or a law is found by its number and day.
    is_placed = is_placed or {"number", "issued"} <= item.keys()
    return "title" in item and (is_placed or "DOI" in item or "URL" in item or "PMID" in item)


def _has_names_first(line: str) -> bool:
    authors = printed.remembered(line).reading.item.get("author") or []
    return any("given" in name or "literal" in name for name in authors)
