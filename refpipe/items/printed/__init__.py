"""One printed reference → its item, each field with its confidence and its place.

``read`` takes the text of a single reference in whatever style, line breaks and all.  What was
not understood comes back as ``rest``; nothing is invented.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from refpipe.items.printed import (
    addresses,
    assemble,
    clean,
    confidence,
    doubts,
    grammar,
    japanese_choice,
    japanese_layout,
    reranking,
    second_reading,
    western_whole,
)
from refpipe.items.printed.addresses import Addresses
from refpipe.items.printed.articles import japanese_articles
from refpipe.items.printed.clean import Clean
from refpipe.items.printed.confidence import Evidence
from refpipe.items.printed.nouns import SERIAL, Believed, Draft, Field, Printed, Rest, Way
from refpipe.model import LONGEST_REFERENCE, Reading, Record, Span

__all__ = ["Field", "Printed", "Rest", "read", "reading", "remembered"]


_HALF = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: no character, and nothing that the labeller can be given."""


_REMARK = re.compile(
    r"\s*(?:[(（][^()（）]*[)）]|[【［\[][^\[\]［］【】]*[】］\]])[\s.。]*\Z"
    r"|\s[※←→⇒★☆◎◆■●▶♪][^\n]*\Z"
)
"""What somebody may have written behind a reference that was complete without it."""
_NUMBERS = re.compile(
    r"\d\)?\s?[:,]\s?(?:pp?\.?\s?)?[A-Z]{0,2}\d|\bp{1,2}\.\s?\d|\d\s?[巻頁]", re.IGNORECASE
)
"""A volume and a page behind it, in whatever style."""
_NUMBERS_BEHIND = re.compile(
    r"\d(?:\)\s?[:,]\s?|:\s?|,\s)(?:pp?\.?\s?)?(?!(?:19|20)\d\d\b)[A-Z]{0,2}\d"
    r"|\d\s?\(\d{1,3}\)"
)
_FIGURE_END = re.compile(
    r"(?P<figure>\d(?:[\])）］]|\s?[年月日号頁]|ページ)*)"
    r"(?:[.,。．，;|]\s*(?=[^\W\d]|[^\w\s])|\s+(?=[^\W\da-z]|[^\w\s])|(?=[^\x00-\x7f]))"
)
"""Where a figure ends and words follow it."""
_UNTOLD = {"article-journal", "document", "book", "chapter"}
"""Types of works whose figures a remark may have thrown off: where no sign tells the kind, and
chapters, whose pages stand like an article's."""
_FIGURES = ("volume", "issue", "page", "number", "issued", "number-of-pages", "collection-number")
_STOPS = 8
"""How many ends of figures are tried; more figures than these stand in no remark."""


def read(text: str) -> Printed:
    """The reference, read; what stands behind a journal's numbers is ``rest``.

    Where something of a Western one is in doubt it is read in other ways as well, and what most
    probably has more right stands (``reranking``).
    """
    source = _Source(text, _HALF.sub("\ufffd", text[:LONGEST_REFERENCE]))
    cleaned = clean.clean(source.whole)
    if japanese_articles.is_japanese(cleaned):
        first = _up_to_numbers(source, cleaned, Way())
    else:
        first = _in_way(source, cleaned, Way())
        if reranking.is_in_doubt(first):
            first = reranking.likeliest(first, [_in_way(source, cleaned, way) for way in _WAYS])
        first = assemble.with_town(first)
    label = clean.worded_label(cleaned, is_named=bool(first.people) and first.is_in_front)
    if not label:
        return first
    at = text.index(label)
    return replace(first, rest=(Rest(text=label, span=Span(at, at + len(label))), *first.rest))


@dataclass(frozen=True, slots=True)
class _Source:
    """A reference, and what was made of it so far: most is the same in all ways to read it."""

    text: str
    whole: str
    """The same without halves of characters, up to the longest reference."""
    _found: dict[Clean, Addresses] = field(default_factory=dict)
    _drafts: dict[tuple[Clean, Clean, str], Draft] = field(default_factory=dict)
    _kinds: dict[tuple[Clean, Clean], str] = field(default_factory=dict)
    read: dict[tuple[Clean, Clean, Way], Printed] = field(default_factory=dict)

    def found(self, whole: Clean) -> Addresses:
        """The identifiers and addresses."""
        if whole not in self._found:
            self._found[whole] = addresses.find(whole.text, whole.shape)
        return self._found[whole]

    def kind(self, whole: Clean, cleaned: Clean, found: Addresses) -> str:
        """The kind that the signs of ``cleaned`` tell, which is all or the front of ``whole``."""
        if (whole, cleaned) not in self._kinds:
            self._kinds[whole, cleaned] = grammar.western_kind(cleaned, found)
        return self._kinds[whole, cleaned]

    def draft(self, whole: Clean, cleaned: Clean, found: Addresses, kind: str) -> Draft:
        """What the grammar reads of it."""
        if (whole, cleaned, kind) not in self._drafts:
            # Figures alone say nothing, nor what points to the reference above: that is a guess.
            is_said = any(map(str.isalpha, cleaned.text)) and not doubts.refers_back(cleaned.text)
            draft = grammar.read(cleaned, replace(found), kind) if is_said else Draft()
            self._drafts[whole, cleaned, kind] = draft
        return self._drafts[whole, cleaned, kind].copied()


_KINDS = ("journal", "book", "chapter", "report", "webpage", "newspaper")
"""What a Western reference may be taken for whatever its signs; others say what they are."""
_WAYS = (Way("", Believed.WORDS), Way("", Believed.BORDERS), *map(Way, _KINDS))
"""The other ways to take a Western reference."""


def _in_way(source: _Source, cleaned: Clean, way: Way) -> Printed:
    """The reading; where nobody wrote it, it is read again without what may be a mark in front,
    and with its lines as sentences.
    """
    first = _by_emphasis(source, cleaned, _up_to_numbers(source, cleaned, way), way)
    nearly: Printed | None = None
    for other, front in _others(source.whole, cleaned, first):
        again = _up_to_numbers(source, other, way)
        if again.is_whole and (front or not _goes_over_lines(again, other)):
            return replace(again, rest=(*front, *again.rest))
        if nearly is None and front and front[0].text.endswith((":", "：")) and again.is_cited:
            nearly = replace(again, rest=(*front, *again.rest))
    return nearly or first


def _up_to_numbers(source: _Source, cleaned: Clean, way: Way) -> Printed:
    """The reading, up to a journal's numbers where something stands behind them.

    A note, the name of a link or a menu pasted along (``Review. Free full text``) is no part of
    the source, and no list knows them all.  So where the numbers of a journal were not read, the
    reference is read again up to each figure, the last one first, until they are.
    """
    found = source.found(cleaned)
    whole = _read(source, cleaned, way)
    numbers = [cleaned.origin(*match.span()) for match in _NUMBERS.finditer(found.masked)]
    if not (_is_spoilt(whole) or _is_misread(whole, numbers)):
        return whole
    for stop in _stops(found.masked):
        if _NUMBERS_BEHIND.search(found.masked, stop):
            continue  # the numbers are the source's own, or another work's
        shorter = _read(source, cleaned, way, stop)
        end = cleaned.origin(stop, stop).end
        before = [number for number in numbers if number.end <= end]
        is_dated = "issued" in shorter.places or "issued" not in whole.places
        if is_dated and _is_journal(shorter) and not _is_misread(shorter, before):
            return shorter
    return whole


def _stops(masked: str) -> list[int]:
    """Where the source may end, the last place first."""
    remark = _REMARK.search(masked)
    figures = list(_FIGURE_END.finditer(masked))[-_STOPS:]
    stops = {at for match in figures for at in (match.end("figure"), match.start() + 1)}
    if remark:
        stops.add(remark.start())
    # Within quotation marks a title goes on, whatever figures it holds.
    return sorted((at for at in stops if not _is_quoted(masked, at)), reverse=True)


def _is_quoted(masked: str, at: int) -> bool:
    """Whether a quotation mark is open at a place, and closes behind it."""
    return masked.rfind("“", 0, at) > masked.rfind("”", 0, at) and "”" in masked[at:]


def _is_spoilt(read: Printed) -> bool:
    """Whether a journal's numbers stand where no numbers are: in a name, or unread."""
    held = str(read.reading.item.get("container-title", ""))
    return read.is_run_together or any(
        SERIAL.search(text) for text in (held, *(stretch.text for stretch in read.rest))
    )


def _is_misread(read: Printed, numbers: list[Span]) -> bool:
    """Whether a volume and a page, or the year, became no field, or stand in a strange order."""
    item = read.reading.item
    if str(item["type"]) not in _UNTOLD or {"publisher-place", "editor"} & item.keys():
        return False  # where an imprint was read, or who edited the book, no journal is meant
    held = [left.text for left in read.rest]
    if "volume" in item:
        held.append(str(item.get("container-title", ""))[-4:])
    if "issued" not in read.places and any(map(assemble.YEAR.search, held)):
        return True
    taken = [read.places[name].span for name in _FIGURES if name in read.places]
    if any(all(one.end <= two.start or two.end <= one.start for two in taken) for one in numbers):
        return True
    page = read.places.get("page")
    behind = [read.places[name] for name in ("volume", "issue") if name in read.places]
    return page is not None and any(one.span.start > page.span.end for one in behind)


def _is_journal(read: Printed) -> bool:
    """Whether an article was read with its journal and the numbers of it, and nothing odd."""
    item = read.reading.item
    is_named = "container-title" in item and bool({"title", "author"} & item.keys())
    is_whole = is_named and {"volume", "page"} & item.keys()
    return bool(is_whole) and not _is_spoilt(read)


# ── other ways to take a reference of which nobody seems to be the author ──
# No list knows every mark that a page sets before a reference, nor whether the end of a line is a
# blank or parts two elements.  So it is asked what becomes of the reading.

_LONGEST_MARK, _TRIES = 48, 4
"""How far a mark reaches, and how many of its ends are tried."""
_QUOTES = tuple("“\"„«‘'")
_MARK = re.compile(
    r"(?!\W*(?:1[5-9]|20)\d\d\W*\Z)"
    r"(?:[\[(【{<][^\])】}>]*[\])】}>]\W*|(?:[^\s,;]+\s?){1,3})"
)
"""A bracket, or up to three words; no year."""
_MARK_ENDS = re.compile(
    r"(?:(?<=[^\w\s,.;&'’“”\"(\[-])|(?<=\d[.\s-])|(?<=\d[.]\s))\s*"
    r"(?=[^\W\d_a-z][\w'’.-]*[\s,.]|(?:v[ao]n|de[rln]?|d[aiou]s?|el|al|l[ae])\s[A-Z])"
)
"""Where a word with a capital, or a particle before one, stands behind a sign or a figure."""


def _others(raw: str, cleaned: Clean, first: Printed) -> Iterator[tuple[Clean, tuple[Rest, ...]]]:
    """The reference with lines as sentences, and without what may be a mark, which is told."""
    is_headless = first.is_headless
    is_hosted = bool({"container-title", "publisher", "URL"} & first.places.keys())
    is_bare = all(name.keys() == {"family"} for name in first.people)
    is_open = is_bare or not is_hosted
    if cleaned.lines and (is_headless or (is_open and _goes_over_lines(first, cleaned))):
        yield clean.parted_at_lines(cleaned), ()
    if not is_headless:
        return
    begin = cleaned.origin(0, 0).start
    ends = _MARK_ENDS.finditer(raw, begin + 1, begin + _LONGEST_MARK)
    for end, _ in zip(sorted({one.end() for one in ends}), range(_TRIES), strict=False):
        front = raw[begin:end].strip()
        if front[:1] in _QUOTES or not _MARK.fullmatch(front):
            return
        yield clean.clean(raw, end), (Rest(text=front, span=Span(begin, begin + len(front))),)


_STRESSED = re.compile(
    r"(?<![\w*])(?P<star>\*{1,3})(?=[^\s*])(?P<a>[^*]{4,300}?)(?<!\s)(?P=star)(?!\w)"
    r"|(?<![^\s(\[])(?P<line>_{1,2})(?=[^\s_])(?P<b>[^_]{4,300}?)(?<!\s)(?P=line)(?=[\s,.;:)]|$)"
    r"|<(?P<tag>i|em|cite|b|strong)>(?P<c>[^<>]{4,300})</(?P=tag)>"
)
"""What is emphasised in Markdown and HTML."""
_STRESSED_TRIES = 3


def _by_emphasis(source: _Source, cleaned: Clean, first: Printed, way: Way) -> Printed:
    """The reading in which what is emphasised behind names is the title, if it is no border yet.

    Nobody emphasises half a title; so it is asked whether one stands there.  What is emphasised
    behind a title is all of its container.  A few stretches are tried: each is a whole reading.
    """
    tries = 0
    for found in _STRESSED.finditer(source.text):
        span = found.span("a" if found["a"] else "b" if found["b"] else "c")
        start, end = (_cleaned(cleaned, at) for at in span)
        words = _VOLUME_LAST.sub("", cleaned.text[start:end].rstrip(" .,;:"))
        title, host = (first.places.get(name) for name in ("title", "container-title"))
        if title and title.span.end <= found.start():
            return _with_host(first, words, Span(span[0], span[0] + len(words)))
        is_host = host and str(host.value).rstrip(" .") == words
        if is_host or (title and title.value == words and not _is_open(first)):
            return first
        if not start or len(words) < 4 or words.startswith("et al"):
            continue
        if tries == _STRESSED_TRIES:
            return first
        tries += 1
        again = _up_to_numbers(source, _quoted(cleaned, start, start + len(words)), way)
        item = again.reading.item
        is_named = again.people and again.is_in_front and "“" not in str(again.people)
        is_named = is_named and (first.people in ([], again.people) or first.is_headless)
        is_lost = "publisher" not in item and title and title.value == words
        if item.get("title") == words and is_named and not is_lost and not again.is_headless:
            return again
    return first


_VOLUME_LAST = re.compile(r",\s(?:\d{1,4}|[IVXL]+)$")


def _is_open(read: Printed) -> bool:
    """Whether no sign tells the kind of the work, nor surely what it stands in."""
    host = read.fields.get("container-title")
    return read.reading.item["type"] in _UNTOLD and not (host and host.is_sure)


def _with_host(read: Printed, words: str, span: Span) -> Printed:
    """The reading with all of the container that is emphasised, and nothing else."""
    host = read.fields.get("container-title")
    title = read.fields["title"]
    is_next = re.search(r"\w", read.text[title.span.end : span.start]) is None
    value = str(host.value).rstrip(" .") if host else words
    if host is None or value == words or not (is_next or host.span.start == span.start):
        return read
    behind = read.text[max(span.end, host.span.start) : host.span.end].strip(" ,.*_")
    left = [one for one in read.rest if not span.start <= one.span.start < span.end]
    if behind:
        left.append(Rest(text=behind, span=Span(host.span.end - len(behind), host.span.end)))
    item = {**read.reading.item, "container-title": words}
    fields = {**read.fields, "container-title": replace(host, value=words, span=span)}
    return replace(read, reading=replace(read.reading, item=item), fields=fields, rest=tuple(left))


def _cleaned(cleaned: Clean, origin: int) -> int:
    """Where a place of the original stands in the cleaned text."""
    at = max(bisect_right(cleaned.anchors, origin, key=lambda one: one[1]) - 1, 0)
    place, there = cleaned.anchors[at] if cleaned.anchors else (0, 0)
    stop = cleaned.anchors[at + 1][0] if at + 1 < len(cleaned.anchors) else len(cleaned.text)
    return min(max(place + origin - there, 0), stop)


def _quoted(cleaned: Clean, start: int, end: int) -> Clean:
    """The reference with quotation marks around what was emphasised."""
    marked = clean.changed(cleaned, [(end, end, "”"), (start, start, "“")])
    return replace(marked, stressed=(start, end + 1))


def _goes_over_lines(read: Printed, cleaned: Clean) -> bool:
    """Whether a title holds the end of a line."""
    title = read.places.get("title")
    starts = (cleaned.origin(line, line).start for line in cleaned.lines)
    return title is not None and any(title.span.start < start < title.span.end for start in starts)


def _read(source: _Source, whole: Clean, way: Way, stop: int | None = None) -> Printed:
    """The reference up to ``stop``, or to its twin, with the identifiers of all of it."""
    found = source.found(whole)
    stop = assemble.twin(found.masked) if stop is None else stop
    blank = " " * (len(whole.text) - stop)
    cleaned = replace(whole, text=whole.text[:stop] + blank, shape=whole.shape[:stop] + blank)
    found = replace(found, text=cleaned.text, masked=found.masked[:stop] + blank)
    if not japanese_articles.is_japanese(cleaned):
        way = Way(way.kind or source.kind(whole, cleaned, found), way.believed)
        if (whole, cleaned, way) not in source.read:
            draft = source.draft(whole, cleaned, found, way.kind)
            _settle(draft, cleaned, way.believed)
            made = _assembled(source.text, whole, draft, found)
            source.read[whole, cleaned, way] = _unweighed(made, draft, cleaned)
        return source.read[whole, cleaned, way]
    draft = source.draft(whole, cleaned, found, "")
    made = _assembled(source.text, whole, draft, found)
    cleaned = replace(cleaned, text=said(cleaned.text, draft))
    first = _unweighed(made, draft, cleaned)
    asked = (draft, cleaned.text.rstrip(), _signs(*made).all, first.rest)
    # What is in doubt is worked out only where nothing else decides whether the labeller is asked.
    is_open = not japanese_choice.is_asked(*asked) and japanese_choice.is_asked(*asked, ("any",))
    settled = japanese_choice.settled(*asked, first.doubted if is_open else ())
    if settled is draft:
        return first
    made = _assembled(source.text, whole, settled, found)
    return _unweighed(made, settled, cleaned, japanese_choice.open_fields(draft, settled))


_Made = tuple[Printed, tuple[Rest, ...]]


def _signs(read: Printed, unread: tuple[Rest, ...]) -> doubts.Signs:
    return doubts.signs(read.fields, str(read.reading.item["type"]), unread, read.text)


def _unweighed(
    made: _Made, draft: Draft, cleaned: Clean, firm: frozenset[str] = frozenset()
) -> Printed:
    """The reading, of which it is told what is in doubt when somebody asks."""

    def weigh() -> Printed:
        signs, view = _signs(*made), second_reading.opinion(draft, cleaned)
        signs = replace(signs, firm=signs.firm | firm)
        told = Evidence(signs=signs, opinion=view, grammar=draft.told[0])
        return confidence.weighed(made[0], told)

    return Printed.unweighed(made[0], weigh)


def _settle(draft: Draft, cleaned: Clean, believed: Believed) -> None:
    """Make one reading of the grammar's and the labeller's."""
    words = cleaned.text.rstrip()
    if believed is Believed.WORDS:
        if draft.told[0]:
            western_whole.read(draft, words, cleaned.shape)
    elif draft.told[0] in second_reading.KINDS:
        is_believed = believed is Believed.BORDERS
        second_reading.settle(draft, words, cleaned.shape, is_believed=is_believed)


def said(text: str, draft: Draft) -> str:
    """A Japanese reference as its labeller sees it, without labels and remarks.

    雑誌名： before a journal is none of its words.
    """
    text = japanese_layout.without_labels(text)
    for start, end in draft.remarks:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _assembled(text: str, whole: Clean, draft: Draft, found: Addresses) -> _Made:
    """The reading that the parts make, and what of it is unread and no remark."""
    parts = draft.parts + found.parts
    fields = assemble.fields(parts, whole, _HALF.sub("\ufffd", text))
    item = assemble.item(fields, draft, has_doi=grammar.has_doi(found.claims))
    item, repairs = assemble.mend(assemble.parted(item), found.claims)
    fields = assemble.mended(fields, item)
    rest = assemble.rest(parts, found.spans + draft.known, whole)
    rest += assemble.beyond(text, LONGEST_REFERENCE)
    reading = Reading(item=item, claims=tuple(found.claims), repairs=repairs)
    unread = rest
    if draft.remarks:
        unread = assemble.rest(parts, found.spans + draft.known + draft.remarks, whole)
    notes = tuple(whole.origin(*span) for span in found.spans)
    read = Printed(
        text=text,
        reading=reading,
        fields=fields,
        rest=rest,
        notes=notes,
        is_by_own_order=not draft.told[0] or second_reading.is_formal(whole.text),
    )
    return read, unread


@lru_cache(maxsize=1024)
def remembered(text: str) -> Printed:
    """The reference, read once for all who ask for it soon after; nobody may change its item."""
    return read(text)


def reading(record: Record) -> Reading:
    """What a record of the source ``printed`` means; its payload is the printed line."""
    return remembered(record.payload).reading
