"""A reference in Japanese: SIST 02, Vancouver as Japan prints it, 「」『』, books, web pages.

SIST 02-2007 (https://warp.da.ndl.go.jp/info:ndljp/pid/12003258/jipsti.jst.go.jp/sist/) parts
the elements with full stops; most medical journals put a colon behind the authors and the year
last.  Both are read by the same walk: names, title, container, numbers.
"""

from __future__ import annotations

import re

from refpipe.items.printed.addresses import Addresses
from refpipe.items.printed.articles.japanese_middle import Middle
from refpipe.items.printed.clean import Clean
from refpipe.items.printed.draft import Draft, Head
from refpipe.items.printed.figures import japanese_numbers, placing
from refpipe.items.printed.figures.japanese_numbers import YEAR
from refpipe.items.printed.nouns import Part
from refpipe.items.printed.people import japanese_names, western_names
from refpipe.items.printed.people.japanese_names import HANGUL, JAPANESE, KANA, KANJI
from refpipe.items.printed.people.western_names import Names
from refpipe.items.printed.works.marks import PLAIN_DATE


def is_japanese(clean: Clean) -> bool:
    """Whether the reference is to be read by Japanese habits."""
    found = len(JAPANESE.findall(clean.text))
    return found >= 2 and (
        found * 5 >= len(clean.text) or JAPANESE.search(clean.text[:12]) is not None
    )


def language(text: str) -> Part:
    """The language that the writing shows."""
    code = "ko" if re.search(f"[{HANGUL}]{{2}}", text) else "ja"
    return Part(name="language", value=code, start=0, end=0, confidence=0.9)


def read(clean: Clean, addresses: Addresses) -> Draft:
    """The parts of a reference in Japanese, with positions in the cleaned text."""
    masked = _NOTES.sub(lambda match: " " * len(match[0]), addresses.masked)
    end = len(masked.rstrip(" ,;"))
    head = _head(masked, end)
    tail = japanese_numbers.read(masked, head.end, end, has_year=head.year is not None)
    draft = Draft(head=head)
    if head.names:
        names = head.names
        draft.parts.append(
            Part(
                name="editor" if names.are_editors else "author",
                value=[dict(name) for name in names.names],
                start=names.start, end=names.end, confidence=head.confidence,
            )
        )  # fmt: skip
    Middle(draft, clean, masked).read(head.end, tail.start)
    placing.add(draft, head, tail)
    draft.parts.append(language(clean.text))
    draft.unread.extend(tail.unread)
    return draft


_NOTES = re.compile(
    rf"[,.(]?\s?(?:早期)?(?:公開|受理|受付|掲載|更新)日?\s?:?\s?{PLAIN_DATE}\s?[)]?"
    rf"|(?<=(?:19|20)\d\d)\s?年?\s?[(](?![^()]*\d\s?[月巻号])[^()]*[{KANJI}{KANA}][^()]*[)]\s*[.]?\s*$",
    re.IGNORECASE,
)
"""Days of an article that are not those of its issue, and a remark behind everything."""

# ── the head ───────────────────────────────────────────────────────────────────────────────

_HEAD_STOP = re.compile(rf"[:.]|[「『“\"]|\((?={YEAR}[a-z]?\))|,\s?(?={YEAR}[.,])")
_HEAD_YEAR = re.compile(
    rf"[\s,.]*[(]?(?P<y>{YEAR})[a-z]?(?:年)?[)]?[\s.,:]+|[\s,.]*[(](?P<z>{YEAR})[a-z]?年?[)][\s.,:]*"
)


def _head(masked: str, end: int) -> Head:
    for stop in _HEAD_STOP.finditer(masked, 0, min(end, 400)):
        names = japanese_names.within(masked, 0, stop.start())
        if names:
            return _after(masked, names, stop.start(), end)
    names = _leading(masked, end)
    if names:
        head = _after(masked, names, names.end, end)
        head.has_comma_style, head.confidence = True, 0.75
        return head
    western = western_names.scan(masked)
    if western and re.match(r"\s*[.:,(]", masked[western.end :]):
        return _after(masked, western, western.end, end)
    return Head(end=0, confidence=0.4)


def _after(masked: str, names: Names, position: int, end: int) -> Head:
    head = Head(end=position, names=names, confidence=0.93)
    year = _HEAD_YEAR.match(masked, position, end)
    if year:
        name = "y" if year["y"] else "z"
        head.year = (year[name], *year.span(name))
        head.end = year.end()
    else:
        sign = re.compile(r"[\s:.,]*").match(masked, position)
        head.end = sign.end() if sign else position
    return head


def _leading(masked: str, end: int) -> Names | None:
    """The names that open a reference whose elements are all separated by commas."""
    stop = 0
    for comma in re.compile(r",\s*").finditer(masked, 0, min(end, 300)):
        if japanese_names.within(masked, 0, comma.start()) is None:
            break
        stop = comma.start()
    # Where spaces part the elements, one stands behind the last of the names.
    for space in re.compile(r"\s+").finditer(masked, stop, min(end, 300)):
        names = japanese_names.within(masked, 0, space.start())
        if names and re.search(r"\s", masked[space.end() : end].strip()):
            return names
        if masked[stop : space.start()].count(" ") > 1:
            break
    return japanese_names.within(masked, 0, stop) if stop else None
