"""What stands behind the title of a Western work: a site, a series, a school, an imprint."""

from __future__ import annotations

import itertools
import re
from typing import Protocol

from refpipe.items.printed.nouns import Part
from refpipe.items.printed.people import full_names
from refpipe.items.printed.people import western_names as name_lists
from refpipe.items.printed.words import MONTHS
from refpipe.items.printed.works import imprint, western_kinds
from refpipe.items.printed.works.marks import CUT, Marked

ROLE_MARK = re.compile(
    r"[,\s]*[(\[]?\s?\b(?P<ed>[Ee]ditors?|[Ee]ds?\b|Hrsg|Hg"
    r"|(?<=[(\[])(?:éds?|dirs?|coords?|orgs?|a cura di))\b\.?(?P<both>\s*(?:&"
    r"|and)\s*[Tt]rans(?:lators?|\.)?\.?)?\s?[)\]]?"
    r"|[,\s]*[(\[]?\s?\b(?P<trans>[Tt]ranslators?\b|[Tt]rans\b)\.?(?P<both2>\s*(?:&"
    r"|and)\s*[Ee]ds?\.?)?\s?[)\]]?"
)
_EDITED_BY = re.compile(
    r"[(\[]?\s?\b(?:[Ee]dited(?:\sand\s\w+)?\sby|[Hh]erausgegeben\svon"
    r"|(?<=\()[Ee]ds?\.?|(?<=[,.]\s)[Ee]ds?\.(?=\s[A-Z][\w.’-]*\s(?:[A-Z]|v[ao]n\s|d[ei]\s)))\s+(?=[A-Zvd])"
)
_TRANSLATED_BY = re.compile(
    r"[(\[]?\s?\b(?:[Tt]ranslated|[Tt]rans\.|[Tt]raduit"
    r"|[Üü]bersetzt)(?:\sand\s\w+)?(?:\sfrom\s(?:the\s)?\w+)?\s(?:by|par|von)?\s*(?=[A-Z])"
)


_AS_EDITED_BY = re.compile(r"\s(?:[Ee]ds?|[Tt]rans)\.\s[A-Z][\w.’-]*\s(?:[A-Z][\w.’-]*|v[ao]n|de)")
"""``Title. Ed. William Andrews``: the role stands before its name."""
_IN_ORDER = re.compile(
    r"[A-Z][a-z]+\s(?:[A-Z]\.\s?)+(?:v[ao]n\s|de[rn]?\s)*[A-Z][\w’-]+(?!\s?:|\w)"
)
"""``Carolyn R. Fawcett``: a given name first, for a full stop stands behind the initial."""


_INVERTED_IN_FULL = re.compile(
    r"[A-ZÀ-Þ][\w’-]+(?:\s[A-ZÀ-Þ][\w’-]+)?,\s[A-ZÀ-Þ][\w.’ -]+"
    r"(?:;\s[A-ZÀ-Þ][\w’ -]+,\s[A-ZÀ-Þ][\w.’ -]+)*,?\s*"
)
"""``Fekete, Sándor; Lubiw, Anna,`` before "eds.", as SIST 02 prints editors behind a title."""


def take_roles(marked: Marked, start: int, end: int) -> None:
    """Editors and translators, told by the words beside them."""
    for match in list(ROLE_MARK.finditer(marked.left, start, end)):
        if (
            match["ed"]
            and re.match(r"\s*[,\s]*\(?ed\b\.?$", match[0])
            and re.search(r"\d(?:st|nd|rd|th)\s*$", marked.left[: match.start()])
        ):
            continue
        if _stands_before_name(marked.left, match, start):
            continue
        take_names_before(marked, match, start)
    for mark, role in ((_TRANSLATED_BY, "translator"), (_EDITED_BY, "editor")):
        named = mark.search(marked.left, start, end)
        if named:
            take_named_by(marked, named, role)


def _stands_before_name(left: str, match: re.Match[str], floor: int) -> bool:
    """Whether a role belongs to the names behind it: ``Title. Ed. William Andrews``."""
    if re.match(r"\s*by\s", left[match.end() :]):
        return True
    if match[0].lstrip(", ")[0] in "([" and re.match(r"[^)\]]\s?[A-Z]", left[match.end() - 1 :]):
        return True
    at = match.start() + (match[0][0] == ",")
    if not _AS_EDITED_BY.match(left, at):
        return False
    if at == match.start():
        return left[:at].endswith(".")
    before = left[: match.start()]
    for edge in re.finditer(rf"(?:^|[,.?!]\s|{CUT})\s*(?=[A-Z])", before[floor:]):
        names = name_lists.scan(before, floor + edge.end())
        if names is not None and names.end >= match.start():
            return False
    stop = re.compile(rf"[,;(]|(?<=[^\W\d_]{{2}})\.(?=\s|$)|{CUT}").search(left, match.end())
    end = stop.start() if stop else len(left)
    begin = end - len(left[match.end() : end].lstrip())
    behind = full_names.scan(left[:end], begin, is_certain=True)
    return behind is not None and behind.end >= len(left[:end].rstrip())


def take_named_by(marked: Marked, match: re.Match[str], role: str) -> None:
    """The names behind "edited by", up to a bracket, a stop, or the comma behind the last."""
    left = marked.left
    is_bracketed = match[0][0] in "(["
    scanned = name_lists.scan(left, match.end())
    is_in_order = _IN_ORDER.match(left, match.end()) is not None
    if scanned and scanned.kind == "vancouver" and not is_in_order:
        value = [dict(one) for one in scanned.names]
        around = (match.start(), scanned.end)
        marked.take(role, value, (scanned.start, scanned.end), 0.88, around=around)
        return
    if is_bracketed:
        close = re.compile(r"[)\]]").search(left, match.end())
        stop = close.start() if close else match.end()
        after = stop + 1
    else:
        known = left.find(CUT, match.end())
        limit = min(match.end() + 200, known if known >= 0 else len(left))
        sentence = re.compile(r"(?<=[^\W\d_]{2})\.\s").search(left, match.end(), limit)
        limit = sentence.start() if sentence else limit
        last = re.compile(r"\s(?:and|&)\s").search(left, match.end(), limit)
        final = re.compile(rf"[,;(]|(?<=[^\W\d_]{{2}})\.(?=\s|$)|{CUT}").search(
            left, last.end() if last else match.end()
        )
        stop = after = final.start() if final else len(left.rstrip(" ."))
    names = name_lists.within(left, match.end(), stop, is_certain=True, is_in_order=True)
    if names:
        marked.take(
            role,
            [dict(one) for one in names.names],
            (names.start, names.end),
            0.88,
            around=(match.start(), after),
        )


def take_names_before(marked: Marked, match: re.Match[str], floor: int) -> None:
    """The names that stand before "editors", "(Eds.)" or "Trans."."""
    left = marked.left
    bracket = left.rfind("(", floor, match.start())
    is_open = bracket >= 0 and ")" not in left[bracket : match.start()]
    starts = [bracket + 1] if is_open else []
    starts += [floor] if not is_open else []
    starts += [
        one.end()
        for one in re.compile(rf"(?:[.,;:]\s+|{CUT}\s*|\(|\b[Ii]n:?\s)").finditer(
            left, floor, match.start()
        )
    ]
    for edge in starts:
        start = edge + len(left[edge:]) - len(left[edge:].lstrip(" "))
        names = name_lists.scan(left[: match.start()], start)
        if (
            (names is None or names.end < match.start())
            and edge in (floor, bracket + 1)
            and CUT not in left[start : match.start()].strip(f" {CUT}")
        ):
            stretch = left[start : match.start()]
            is_certain = not stretch.endswith(".")
            names = full_names.scan(left[: match.start()], start, is_certain=is_certain)
            if names is None and " and " in stretch and ":" not in stretch:
                names = name_lists.within(left, start, match.start(), is_certain=True)
        is_sentence = match["ed"] and left[:start].endswith((". ", CUT, CUT + " "))
        if (
            names is None
            and is_sentence
            and _INVERTED_IN_FULL.fullmatch(left[start : match.start()])
        ):
            names = full_names.scan(left[: match.start()], start, is_certain=True)
        if names is None or left[names.end : match.start()].strip(" ,()&."):
            continue
        roles = ["editor"] if match["ed"] else ["translator"]
        if match["both"]:
            roles.append("translator")
        if match["both2"]:
            roles.append("editor")
        begin = start - 1 if is_open else start
        value = [dict(one) for one in names.names]
        for role in roles:
            if not marked.has(role):
                marked.parts.append(
                    Part(name=role, value=value, start=start, end=match.end(), confidence=0.9)
                )
        marked.cut(begin, max(match.end(), names.end))
        return


# ── titles ──


Span = tuple[int, int]


class Reader(Protocol):
    """The reader of a reference, as far as what stands behind the title needs it."""

    marked: Marked
    begin: int


_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = re.compile(
    rf"(?<=,\s)(?:(?P<d>\d{{1,2}})\s(?P<m>{_MONTH})|(?P<n>{_MONTH})\.?\s(?P<e>\d{{1,2}}))(?=[,.])",
    re.IGNORECASE,
)


def imprint_behind(reader: Reader, sentences: list[Span]) -> None:
    """The imprint is the last sentence; series and reports may stand before it."""
    left = reader.marked.left
    sealed = [one for one in sentences if imprint.is_sealed(reader.marked, one[1])]
    placed = sealed or [one for one in sentences if imprint.is_placed(left[slice(*one)])]
    chosen = placed[-1] if placed else sentences[-1]
    imprint.take(reader.marked, *chosen, is_whole=True)
    for span in sentences:
        if span != chosen and span < chosen:
            take_series(reader, span)


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


def site_behind(reader: Reader, sentences: list[Span]) -> None:
    """The name of a site, or the imprint of an office, behind the title of a page."""
    first = sentences[0]
    words = reader.marked.left[slice(*first)]
    colon = re.match(r"([^:]{2,40}):\s(.+)", words)
    is_imprint = imprint.is_sealed(reader.marked, first[1]) or (
        colon and (imprint.is_place(colon[1]) or imprint.is_house(colon[2]))
    )
    if is_imprint and imprint.take(reader.marked, *first, is_whole=True) < first[1]:
        return
    if len(words) <= 100:
        reader.marked.take_text("container-title", first, 0.75)
    for span in sentences[1:]:
        if imprint.is_house(reader.marked.left[slice(*span)]) and not reader.marked.has(
            "publisher"
        ):
            reader.marked.take_text("publisher", span, 0.6)


def school_behind(reader: Reader, sentences: list[Span]) -> None:
    """The university that took a thesis, and its town."""
    sealed = [one for one in sentences if imprint.is_sealed(reader.marked, one[1])]
    is_sure = sealed and reader.marked.left[reader.marked.sealed : reader.marked.sealed + 1] == ";"
    if is_sure:
        imprint.take(reader.marked, *sealed[-1], is_whole=True)
        return
    for span in reversed(sentences):
        words = reader.marked.left[slice(*span)]
        if reader.marked.has("publisher"):
            break
        if western_kinds.SCHOOL.search(words) or imprint.is_place(words):
            take_school(reader, span)
    if not reader.marked.has("publisher"):
        imprint.take(reader.marked, *sentences[-1], is_whole=True)


_OF_NUMBER = re.compile(
    r"\d|\b(?:[Rr]eport|[Pp]aper|[Dd]raft|[Bb]rief|[Tt]hesis|[Dd]issertation|Ph\.?D|M\.?S|Doctor|Master|Rapport)\b"
)


def take_institution(reader: Reader, start: int, end: int) -> None:
    """``Institution, Place, Report no. 5, 2019`` behind a quoted title, as the IEEE prints it."""
    left = reader.marked.left
    stop = next((at for at in range(start, end) if left[at] == CUT), end)
    edges = [start, *[one.end() for one in re.compile(r",\s+").finditer(left, start, stop)], stop]
    pieces = [piece for piece in itertools.pairwise(edges) if left[slice(*piece)].strip(" ,.")]
    while pieces and _GENRE.match(left[slice(*pieces[0])].strip()):
        reader.marked.take_text("genre", pieces.pop(0), 0.8)
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


_GENRE = re.compile(r"Ph\.?\s?D|Doctor|Master|M\.\s?S|Bachelor|[^,]*(?:[Tt]hesis|[Dd]iss)")


def take_school(reader: Reader, span: Span) -> None:
    """``Dept. X, Univ. Y, Town, ST, Country``: the school, and what follows it."""
    start, end = span
    words = reader.marked.left[start:end]
    colon = re.match(r"([^:]{2,40}):\s", words)
    if colon and (imprint.is_place(colon[1]) or imprint.may_be_place(colon[1])):
        imprint.take(reader.marked, start, end, is_whole=True)
        return
    edges = [start, *[start + match.end() for match in re.finditer(r",\s+", words)], end + 2]
    for left, right in itertools.pairwise(edges):
        piece = (left, min(end, right))
        text = reader.marked.left[slice(*piece)].strip(" ,")
        if western_kinds.SCHOOL.search(text) and not re.match(
            r"(?:Dept|Department|School|Faculty|Graduate School)\b", text
        ):
            place = reader.marked.left[piece[1] : end].strip(" ,")
            before = reader.marked.left[start : piece[0]].strip(" ,")
            reader.marked.take_text("publisher", piece, 0.88)
            if before and not place and not imprint.is_house(before):
                reader.marked.take_text("publisher-place", (start, piece[0]), 0.75)
            if place and (imprint.is_place(place) or len(place.split()) <= 4):
                reader.marked.take_text("publisher-place", (piece[1], end), 0.8)
            return
    imprint.take(reader.marked, start, end, is_whole=True)


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


def take_container(reader: Hosted, start: int, end: int) -> None:
    """The book's title and its imprint."""
    left = reader.marked.left
    reader.take_bracketed_imprint(start, end)
    while start < end and left[start] in f" .,;:{CUT}":
        start += 1
    sentences = reader.sentences(start, end)
    if not sentences:
        return
    count = reader.title_sentences(sentences) if len(sentences) > 1 else 1
    first, rest = (sentences[0][0], sentences[count - 1][1]), sentences[count:]
    if reader.kind == "conference" and ";" in left[slice(*first)]:
        first = _without_event(reader, *first)
    if not rest:
        stop = imprint.take(reader.marked, *first, is_whole=False)
        if stop == first[1]:
            stop = _short_house(reader, *first)
        reader.marked.take_text("container-title", (first[0], stop), 0.85)
        return
    if len(rest) >= 1:
        before = len(reader.marked.parts)
        imprint.take(reader.marked, *rest[-1], is_whole=True)
        if len(reader.marked.parts) == before and len(rest) > 1:
            imprint.take(reader.marked, *rest[-2], is_whole=True)
    if not reader.marked.has("publisher-place") and reader.marked.has("publisher"):
        stop = first[1]
    reader.marked.take_text("container-title", first, 0.88)
    for span in rest[:-1]:
        take_series(reader, span)


def _without_event(reader: Hosted, start: int, end: int) -> Span:
    """The name of proceedings without the day and the town of the meeting behind it."""
    stop = reader.marked.left.index(";", start)
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
