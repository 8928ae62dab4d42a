"""What stands behind the title of a Western work: a site, a series, a school, an imprint."""

from __future__ import annotations

import itertools
import re
from typing import Protocol

from refpipe.items.printed.people import western_names as name_lists
from refpipe.items.printed.words import MONTHS
from refpipe.items.printed.works import imprint, western_kinds
from refpipe.items.printed.works.marks import CUT
from refpipe.items.printed.works.western_hosts import CONFERENCE, Reader, Span, site_behind
from refpipe.lifetimes import lazy

# ── titles ──


_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = lazy(
    rf"(?:(?<=,\s)|(?<=\s{{4}}))(?:(?P<d>\d{{1,2}})\s(?P<m>{_MONTH})|(?P<n>{_MONTH})\.?\s(?P<e>\d{{1,2}}))"
    r"(?:,?\s(?:19|20)\d\d)?(?=[,.])",
    re.IGNORECASE,
)


def imprint_behind(reader: Reader, sentences: list[Span]) -> None:
    """The imprint is the last sentence; series and reports may stand before it."""
    left = reader.marked.left
    sealed = [one for one in sentences if imprint.is_sealed(reader.marked, one[1])]
    placed = sealed or [one for one in sentences if imprint.is_placed(left[slice(*one)])]
    chosen = placed[-1] if placed else sentences[-1]
    imprint.take(reader.marked, *chosen, is_whole=True)
    for at, span in enumerate(sentences):
        if span > chosen and imprint.is_place(left[slice(*span)]):
            # ``House, September 2009, Town.``
            reader.marked.take_text("publisher-place", span, 0.8)
        if span >= chosen or reader.marked.left[span[0]] == CUT:
            continue
        behind = _NUMBER_ALONE.fullmatch(left[slice(*sentences[at + 1])])
        if behind and not is_number_alone(left[slice(*span)]):
            begin = sentences[at + 1][0] + behind.start("n")
            reader.marked.take_text("collection-number", (begin, sentences[at + 1][1]), 0.7)
            reader.marked.cut(*sentences[at + 1])
            reader.marked.take_text("collection-title", span, 0.7)
        else:
            take_series(reader, span)


_NUMBER_ALONE = lazy(r"(?:[Nn]os?|[Nn]r|[Nn]umber|#)\.?\s?(?P<n>[\w/-]{1,10})\.?")
"""``NCHS Data Brief. No 303.``: a sentence that is but the number of the one before it."""


def is_number_alone(words: str) -> bool:
    """Whether a sentence is but the number of a series."""
    return _NUMBER_ALONE.fullmatch(words) is not None


def take_series(reader: Reader, span: Span) -> None:
    """A series with its number: "NCHS Data Brief, no 390"; a place or house left to itreader."""
    words = reader.marked.left[slice(*span)]
    number = re.search(
        r"(?:,|;)?\s(?:[Nn]os?\.?|[Nn]umber|#)\s?(?P<n>[\w-]+)$|\s(?P<m>\d+)$", words
    )
    if number and len(words) < 80:
        reader.marked.take_text("collection-title", (span[0], span[0] + number.start()), 0.7)
        reader.marked.take_text(
            "collection-number", (span[0] + number.start(number.lastgroup or 0), span[1]), 0.7
        )
    elif imprint.is_place(words) and not reader.marked.has("publisher-place"):
        reader.marked.take_text("publisher-place", span, 0.8)
    elif not reader.marked.has("publisher") and (
        imprint.is_place(words) or imprint.is_house(words)
    ):
        imprint.take(reader.marked, *span, is_whole=True)


def school_behind(reader: Reader, sentences: list[Span]) -> None:
    """The university that took a thesis, and its town."""
    sealed = [one for one in sentences if imprint.is_sealed(reader.marked, one[1])]
    is_sure = sealed and reader.marked.left[reader.marked.sealed : reader.marked.sealed + 1] == ";"
    if is_sure:
        imprint.take(reader.marked, *sealed[-1], is_whole=True)
        return
    for span in reversed(sentences):
        words = reader.marked.left[slice(*span)].strip(" ,")
        if reader.marked.has("publisher"):
            break
        if western_kinds.SCHOOL.search(words):
            take_school(reader, span)
        elif imprint.is_place(words) and not reader.marked.has("publisher-place"):
            reader.marked.take_text("publisher-place", span, 0.8)
    if not reader.marked.has("publisher"):
        imprint.take(reader.marked, *sentences[-1], is_whole=True)


_OF_NUMBER = lazy(
    r"\d|\b(?:[Rr]eport|[Pp]aper|[Dd]raft|[Bb]rief|[Tt]hesis|[Dd]issertation|Ph\.?D|M\.?S|Doctor|Master|Rapport)\b"
)


def take_institution(reader: Reader, start: int, end: int) -> None:
    """``Institution, Place, Report no. 5, 2019`` behind a quoted title, as the IEEE prints it."""
    left = reader.marked.left
    stop = next((at for at in range(start, end) if left[at] == CUT), end)
    edges = [start, *[one.end() for one in re.compile(r",\s+").finditer(left, start, stop)], stop]
    pieces = [piece for piece in itertools.pairwise(edges) if left[slice(*piece)].strip(" ,.")]
    for at in range(len(pieces) - 1, 0, -1):
        if imprint.LEGAL_FORM.fullmatch(left[slice(*pieces[at])].strip(" ,")):
            pieces[at - 1 : at + 1] = [(pieces[at - 1][0], pieces[at][1])]
    while pieces and _GENRE.match(left[slice(*pieces[0])].strip()):
        reader.marked.take_text("genre", pieces.pop(0), 0.8)
    is_cut = left[stop : stop + 1] == CUT and left[:stop].rstrip()[-1:] not in (",", ".")
    if len(pieces) > 1 and is_cut:
        # ``University, Lab Research Report No. 138``: what bears the number that was taken.
        pieces.pop()
    while len(pieces) > 1 and _OF_NUMBER.search(left[slice(*pieces[-1])]):
        reader.marked.take_text("number", pieces.pop(), 0.75)
    behind = 1
    while behind < len(pieces) and not imprint.is_place(
        left[pieces[behind][0] : pieces[-1][1]].strip(" ,.")
    ):
        behind += 1
    if behind == len(pieces) == 2 and imprint.is_town_behind(left[slice(*pieces[1])].strip(" ,.")):
        behind = 1
    if behind < len(pieces):
        span = (pieces[behind][0], pieces[-1][1])
        reader.marked.take_text("publisher-place", span, 0.82)
    if pieces:
        reader.marked.take_text("publisher", (pieces[0][0], pieces[behind - 1][1]), 0.85)


_GENRE = lazy(
    r"Ph\.?\s?D|Doctor|Master|M\.\s?[SA]\b|MBA|Ed\.?D|D\.?Phil|Bachelor|[^,]*(?:[Tt]hesis|[Dd]iss)"
)


def take_school(reader: Reader, span: Span) -> None:
    """``Dept. X, Univ. Y, Town, ST, Country``: the school, and what follows it."""
    start, end = span
    words = reader.marked.left[start:end]
    colon = re.match(r"([^:]{2,40}):\s", words)
    if colon and (imprint.is_place(colon[1]) or imprint.may_be_place(colon[1])):
        imprint.take(reader.marked, start, end, is_whole=True)
        return
    left = reader.marked.left
    edges = [start, *[start + match.end() for match in re.finditer(r",\s+", words)], end + 2]
    pieces = [(one, min(end, two)) for one, two in itertools.pairwise(edges)]
    schools = [one for one in pieces if _is_school(left[slice(*one)].strip(" ,"))]
    # A university goes before its institutes.
    piece = next((one for one in schools if _UNIVERSITY.search(left, *one)), None)
    piece = piece or next(iter(schools), None)
    if piece is None:
        imprint.take(reader.marked, start, end, is_whole=True)
        return
    place = left[piece[1] : end].strip(" ,")
    before = left[start : piece[0]].strip(" ,")
    reader.marked.take_text("publisher", piece, 0.88)
    if before and not place and not imprint.is_house(before) and len(schools) == 1:
        reader.marked.take_text("publisher-place", (start, piece[0]), 0.75)
    is_town = len(place.split()) <= 4 and place[:1].isupper() and not imprint.is_house(place)
    if imprint.is_place(place) or is_town:
        reader.marked.take_text("publisher-place", (piece[1], end), 0.8)


_UNIVERSITY = lazy(r"\bUniv")


def _is_school(words: str) -> bool:
    is_part = re.match(r"(?:Dept|Department|School|Faculty|Graduate School)\b", words)
    return western_kinds.SCHOOL.search(words) is not None and is_part is None


def day_of_paper(reader: Reader) -> None:
    """The day and month of a paper whose year stands in front."""
    issued = next((part for part in reader.marked.parts if part.name == "issued"), None)
    if issued is None or not isinstance(issued.value, dict):
        return
    year = issued.value["date-parts"][0]
    day = _DAY.search(reader.marked.left, reader.begin)
    if day and len(year) == 1:
        month = MONTHS[(day["m"] or day["n"]).lower()]
        issued.value["date-parts"] = [[year[0], month, int(day["d"] or day["e"])]]
        reader.marked.known.append(day.span())
        reader.marked.cut(*day.span())


def paper_behind(reader: Reader, sentences: list[Span]) -> None:
    """The newspaper, where its name was not known."""
    if not reader.marked.has("container-title"):
        reader.marked.take_text("container-title", sentences[0], 0.75)
        sentences = sentences[1:]
    for span in sentences:
        words = reader.marked.left[slice(*span)]
        if re.fullmatch(r"[A-Z]?\d{1,3}", words.strip(" ,.")) and not reader.marked.has("page"):
            reader.marked.take_text("page", span, 0.8)


def event_behind(reader: Reader, sentences: list[Span]) -> None:
    """The meeting at which a paper was given, and its town."""
    start, end = sentences[0]
    commas = list(re.compile(r",\s+").finditer(reader.marked.left, start, end))
    place = next(
        (one for one in commas if imprint.is_place(reader.marked.left[one.end() : end])), None
    )
    if place:
        reader.marked.take_text("event-place", (place.end(), end), 0.8)
        end = place.start()
    reader.marked.take_text("container-title", (start, end), 0.8)
    for span in sentences[1:]:
        words = reader.marked.left[slice(*span)]
        if imprint.is_placed(words):
            imprint.take(reader.marked, *span, is_whole=True)
        elif imprint.is_place(words):
            reader.marked.take_text("event-place", span, 0.8)


def nothing_behind(reader: Reader, sentences: list[Span]) -> None:
    """Notes behind the title of a law or a standard; publishers of labels."""
    for span in sentences:
        words = reader.marked.left[slice(*span)]
        if not reader.marked.has("publisher") and (imprint.is_house(words) or ":" in words):
            imprint.take(reader.marked, *span, is_whole=True)


# ── works within others ──


class Hosted(Reader, Protocol):
    """The reader of a reference to a part, as far as the work that holds it needs it."""

    kind: str

    def sentences(self, start: int, end: int) -> list[Span]:
        """The stretches between full stops."""

    def title_sentences(self, sentences: list[Span]) -> int:
        """How many of the sentences are the title."""

    def take_bracketed_imprint(self, start: int, end: int) -> None:
        """The imprint in a bracket."""


_HELD = lazy(
    r"\s\((?P<town>[A-Z][^()]*?),?\s(?:[A-Z][a-z]{2,8}\.?\s\d[^()]*?|\d[^()]*?)(?P<y>(?:19|20)\d\d)?\)"
)


def take_meeting(reader: Hosted) -> None:
    """``Proceedings of CHI (Seattle, Washington, April 1-5, 1990)``: where and when people met."""
    left = reader.marked.left
    for held in _HELD.finditer(left):
        meeting = CONFERENCE.search(left, 0, held.start())
        if meeting is None or not imprint.is_place(held["town"]):
            continue
        reader.marked.take_text("event-place", held.span("town"), 0.8)
        if held["y"] and not re.search(r"(?:19|20)\d\d", left[: held.start()] + left[held.end() :]):
            value = {"date-parts": [[int(held["y"])]]}
            reader.marked.take("issued", value, held.span("y"), 0.7)
        reader.marked.cut(*held.span())
        return


def take_container(reader: Hosted, start: int, end: int) -> None:
    """The book's title and its imprint."""
    left = reader.marked.left
    reader.take_bracketed_imprint(start, end)
    while start < end and left[start] in f" .,;:{CUT}":
        start += 1
    start = _behind_people(reader, start)
    sentences = reader.sentences(start, end)
    if not sentences:
        return
    count = reader.title_sentences(sentences) if len(sentences) > 1 else 1
    first, rest = (sentences[0][0], sentences[count - 1][1]), sentences[count:]
    first = _without_event(reader, *first, is_last=not rest)
    if not rest:
        stop = first[1] if count > 1 else imprint.take(reader.marked, *first, is_whole=False)
        if stop == first[1]:
            stop = _short_house(reader, *first)
        reader.marked.take_text("container-title", (first[0], stop), 0.85)
        return
    if len(rest) >= 1:
        before = len(reader.marked.parts)
        begin = imprint.take(reader.marked, *rest[-1], is_whole=True)
        first = (first[0], _subtitle_end(reader, first, rest, begin))
        if len(reader.marked.parts) == before and len(rest) > 1:
            imprint.take(reader.marked, *rest[-2], is_whole=True)
    if not reader.marked.has("publisher-place") and reader.marked.has("publisher"):
        stop = first[1]
    reader.marked.take_text("container-title", first, 0.88)
    for span in rest[:-1]:
        take_series(reader, span)


def _behind_people(reader: Hosted, start: int) -> int:
    """Where a book's title begins; who stands before it without a role has edited it."""
    left = reader.marked.left
    people = None if reader.marked.has("editor") else name_lists.scan(left, start)
    is_list = people and people.kind in ("vancouver", "inverted")
    if not people or not is_list or not (people.is_cut or len(people.names) > 1):
        return start
    if len({one.get("family") for one in people.names}) == 1 < len(people.names):
        return start  # Hepatitis B, Hepatitis C: what the book is about.
    behind = re.compile(r"\.?\s+(?=[A-ZÀ-Þ])").match(left, people.end)
    if behind is None or (left[people.end - 1] != "." and "." not in behind[0]):
        return start
    if people.is_cut:
        reader.marked.custom["editor-et-al"] = True
    value = [dict(one) for one in people.names]
    reader.marked.take("editor", value, (people.start, people.end), 0.8)
    return behind.end()


def _subtitle_end(reader: Hosted, first: Span, rest: list[Span], begin: int) -> int:
    """Where a title ends: ``Open Source Systems. Long-Term Sustainability, Berlin: Springer``."""
    words = reader.marked.left[rest[-1][0] : begin].strip(f" .,;{CUT}")
    is_subtitle = len(rest) == 1 and rest[0][0] < begin < rest[0][1] and words[:1].isupper()
    return begin if is_subtitle else first[1]


def _without_town(reader: Hosted, start: int, end: int, *, is_last: bool) -> Span:
    """The name of proceedings without the town of the meeting behind it.

    Where nothing else is printed behind it, it may be the publisher's as well.
    """
    left = reader.marked.left
    if not CONFERENCE.search(left, start, end):
        return start, end
    for comma in re.compile(r",\s").finditer(left, start, end):
        if imprint.is_place(left[comma.end() : end].strip(" .,")):
            name = "publisher-place" if is_last else "event-place"
            reader.marked.take_text(name, (comma.end(), end), 0.8)
            return start, comma.start()
    return start, end


def _without_event(reader: Hosted, start: int, end: int, *, is_last: bool) -> Span:
    """The name of proceedings without the day and the town of the meeting behind it."""
    stop = reader.marked.left.find(";", start, end)
    if reader.kind != "conference" or stop < 0:
        return _without_town(reader, start, end, is_last=is_last)
    for piece in re.finditer(r"[^;]+", reader.marked.left[stop:end]):
        span = (stop + piece.start(), stop + piece.end())
        if imprint.is_place(piece[0].strip(" .")):
            reader.marked.take_text("event-place", span, 0.8)
    return start, stop


def _short_house(reader: Hosted, start: int, end: int) -> int:
    """Where a publisher of few words begins, behind the last comma and before the date."""
    left = reader.marked.left
    comma = left.rfind(", ", start, end)
    words = left[comma + 2 : end].split()
    is_last = left[end : end + 3].strip(" ,.")[:1] == CUT
    if comma < 0 or not is_last or not 0 < len(words) <= 4 or len(left[start:comma].split()) < 2:
        return end
    if not all(re.match(r"[A-Z][^\d]*$", word) for word in words):
        return end
    is_sure = len(words) == 1 and words[0].isupper() and len(words[0]) <= 6
    reader.marked.take_text("publisher", (comma + 2, end), 0.82 if is_sure else 0.6)
    return comma


BEHIND = {
    "webpage": site_behind,
    "video": site_behind,
    "dataset": site_behind,
    "preprint": site_behind,
    "newspaper": paper_behind,
    "thesis": school_behind,
    "conference": event_behind,
    "law": nothing_behind,
    "standard": nothing_behind,
}
