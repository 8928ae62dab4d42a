"""What a reader sees and nobody manages: keys where none can be woven, numbers typed by hand."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from refpipe.articles import prose, weaving
from refpipe.articles.signs import HOLE
from refpipe.model import LONGEST_ADDRESS, Article, Citation, Fault, Span

_MAY_CITE = re.compile(
    r"[\d&]|[\u00b2\u00b3\u00b9\u2070-\u209f\u2460-\u32ff\u2776-\u2793]|[一二三四五六七八九十]"
)
_ANCHOR = re.compile(r'\bid="ref-(\d+)"')

_TYPED = re.compile(r"[\[［][^\[\]［］\n@＠]*[@＠][^\[\]［］\n]*+[\]］]")
_KEY = re.compile(r"[@＠][\w{]")
_ENDLESS = re.compile(rf"(?<!\S)\S{{{LONGEST_ADDRESS},}}")
_WIDE = re.compile("[［］＠]")


def endless(text: str) -> Iterator[Fault]:
    """Each address that is longer than any that is read."""
    for word in _ENDLESS.finditer(text) if len(text) >= LONGEST_ADDRESS else ():
        if "http" in word[0]:
            line = text.count("\n", 0, word.start()) + 1
            message = f"an address here has {LONGEST_ADDRESS:,} signs or more, and was not read"
            yield Fault(line=line, message=message)


def misplaced(text: str, form: str, found: Sequence[Citation]) -> Iterator[Fault]:
    """Each bracket with a key that a reader sees and that was not read as a citation."""
    spans = sorted((one.span.start, one.span.end) for one in found)
    typed = (at for at in _TYPED.finditer(text) if _KEY.search(at[0]))
    if all(_is_in(at.start(), spans) for at in typed):
        return
    seen = prose.read(text, form)
    line, counted = 1, 0
    for bracket in _TYPED.finditer(seen.text):
        start = seen.starts[bracket.start()]
        zone = seen.zones[bracket.start()]
        if _is_in(start, spans) or HOLE in bracket[0] or not _KEY.search(bracket[0]):
            continue
        if start < counted:  # What stands aside comes behind the text around it.
            line, counted = 1, 0
        line += text.count("\n", counted, start)
        counted = start
        if zone:
            yield Fault(
                line=line,
                message=f"{bracket[0]} stands in {zone}, where no citation can be woven;"
                " write it in the text",
            )
        elif _WIDE.search(bracket[0]):
            yield Fault(
                line=line,
                message=f"{bracket[0]} is typed with full-width signs and is not read;"
                " write [ ] and @ in half width",
            )


def _is_in(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the position lies in one of the spans, which are sorted."""
    at = bisect_right(spans, (position, sys.maxsize)) - 1
    return at >= 0 and position < spans[at][1]


def unmanaged(article: Article) -> tuple[Fault, ...]:
    """Each number that a reader could take for a citation of the managed list, and is none.

    The same scan judges it that decides whether a hand-made list may be adopted.  A form that
    steps and prices have too is told only where it stands as a citation would.
    """
    if not article.bibliographies:
        return ()
    text = _without_ours(article)
    if not _MAY_CITE.search(text):
        return ()
    # The readers of lists take time to load, and most runs meet no page that needs them.
    from refpipe.articles.lists.legacy_list import LegacyList, LegacyReference
    from refpipe.articles.lists.number_citations import numbers

    count = _count(article)
    found = LegacyList(
        span=article.bibliographies[0].span,
        heading=None,
        references=tuple(
            LegacyReference(label=str(number), span=Span(0, 0), text="")
            for number in range(1, count + 1)
        ),
    )
    read = numbers(text, found, article.format, is_woven=True)
    plain = (
        Fault(
            line=text.count("\n", 0, one.span.start) + 1,
            message=f"“{one.span.of(text)}” looks like a citation of the list",
        )
        for one in read.citations
    )
    return tuple(sorted((*plain, *read.unclear), key=lambda fault: (fault.line, fault.message)))


def _without_ours(article: Article) -> str:
    """The text, sign for sign, with a hole for each citation and a blank for each list."""
    text = article.text
    filled = [(one.span, HOLE) for one in article.citations]
    filled += [(one.span, " ") for one in article.bibliographies]
    for span, sign in filled:
        inside = re.sub(r"[^\r\n]", sign, span.of(text))
        text = f"{text[: span.start]}{inside}{text[span.end :]}"
    return text


def _count(article: Article) -> int:
    """How many entries the list has, or will have where it was not woven yet."""
    shown = weaving.printed(article, article.bibliographies[0].span)
    keys = {item.key for one in article.citations for item in one.items}
    keys |= {item.key for one in article.bibliographies for item in one.uncited}
    return max((len(keys), *(int(number) for number in _ANCHOR.findall(shown))))
