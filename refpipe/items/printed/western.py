"""A reference in a language of Europe: authors, year, title, container and numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from refpipe.items.printed import books
from refpipe.items.printed import names as name_lists
from refpipe.items.printed import numbers as number_tails
from refpipe.items.printed import split as splits
from refpipe.items.printed.addresses import Addresses
from refpipe.items.printed.clean import Clean
from refpipe.items.printed.names import Names
from refpipe.items.printed.nouns import Part
from refpipe.items.printed.numbers import Numbers
from refpipe.items.printed.words import MONTHS

_YEAR = r"(?:1[4-9]|20)\d\d"
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_HEAD_YEAR = re.compile(
    rf"[\s,.;:]*(?:(?P<open>[(\[])\s*(?P<y1>{_YEAR})(?P<l1>[a-z](?!\w))?(?:\s?[-/]\s?\d{{2,4}})?"
    rf"(?:[,\s]+(?P<m1>{_MONTH})\b\.?(?:\s?(?P<d1>\d{{1,2}}))?[^)\]]{{0,12}})?[^)\]]{{0,12}}[)\]]"
    rf"|(?P<y2>{_YEAR})(?P<l2>[a-z](?!\w))?(?P<mark>[.,:;])?(?=\s|$|[“\"])"
    rf"|[(\[]\s*(?:n\.\s?d\.|in press|forthcoming|s\.\s?d\.)\s*[)\]])[.,:;]*\s*",
    re.IGNORECASE,
)
_BRACKET_YEAR = re.compile(rf"[(\[](?:{_YEAR}[a-z]?(?:,[^)\]]{{0,20}})?|n\.d\.)[)\]]")
_PLAIN_YEAR = re.compile(rf"(?<=[.,”\"])\s(?:{_YEAR}[a-z]?)[.,:]?\s(?=\S)")
_WORD_START = re.compile(r"(?<=[\w.)])\s(?=[^\W\d_]|[’'])")
_LINE_LABEL = re.compile(r"(?:\d{1,3}\.\s)?")
_LABELLED_TAIL = re.compile(
    rf",\s(?:vol|no|pp?|art)\.\s\S|,\s(?:(?:{_MONTH})\.?\s)?{_YEAR}\.?\s*$|,\s(?:{_MONTH})\.?\s(?:\d{{1,2}},\s)?{_YEAR}",
    re.IGNORECASE,
)
_CONTAINER_YEAR = re.compile(r"(?P<open>\(?)(?:19|20)\d\d\)?(?=,\s|\.?\s*$)")
_EDITED_BY = re.compile(r"[\s.,]*(?:Edited by|Eds?\.|Edited and translated by)\s(?=[A-Z])")
_QUOTE_AHEAD = re.compile(r"(?<=[,.:)]\s)[“\"]")
_OPENERS = {"“": "”", '"': '"', "„": "“", "‘": "’", "'": "'", "«": "»"}


@dataclass(slots=True, kw_only=True)
class Head:
    """What stands before the title."""

    end: int = 0
    names: Names | None = None
    year: tuple[str, int, int] | None = None
    letter: str = ""
    month: str = ""
    day: str = ""
    title: tuple[int, int] | None = None
    """Where the title stands when it comes before the year, as in a work without authors."""
    confidence: float = 0.5
    has_comma_style: bool = False


@dataclass(slots=True, kw_only=True)
class Draft:
    """The parts found so far, and the stretch still to be read."""

    parts: list[Part] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)
    head: Head = field(default_factory=Head)
    kind: str = ""


def read(clean: Clean, addresses: Addresses) -> Draft:
    """The parts of a reference, with positions in the cleaned text."""
    masked = addresses.masked
    end = len(masked.rstrip(" ,;"))
    begin = _last_begin(masked, end, clean.lines)
    if begin:
        masked = " " * begin + masked[begin:]
    head = _head(clean.text, masked, end)
    labelled = _labelled_tail(clean.text, masked, head.end, end)
    if labelled is not None:
        tail = number_tails.read_at(masked, labelled, end, has_year=head.year is not None)
        number_tails.take_labelled(masked, tail)
    else:
        tail = number_tails.read(masked, head.end, end, has_year=head.year is not None)
    _give_back(masked, head, tail)
    draft = Draft(head=head)
    title_at, container_at = _middle(clean.text, masked, head, tail, draft)
    _add_names(draft, clean, head)
    _add_text(draft, clean, masked, "title", title_at)
    _add_text(draft, clean, masked, "container-title", container_at)
    _add_numbers(draft, head, tail)
    draft.unread.extend(tail.unread)
    return draft


def _last_begin(masked: str, end: int, lines: tuple[int, ...]) -> int:
    """Where the last of several references that ran together begins; 0 for a single one.

    A list of names that ends at a second year in brackets can only be another reference's; it
    begins a line where the lines are known, and a word where they are not.
    """
    years = list(_BRACKET_YEAR.finditer(masked, 0, end))
    for year in reversed(years[1:]):
        floor = max(years[0].end(), year.start() - 500)
        starts = [match.end() for match in _WORD_START.finditer(masked, floor, year.start())]
        if lines:
            labels = (_LINE_LABEL.match(masked, line) for line in lines)
            starts = [label.end() for label in labels if label and floor < label.end() < year.start()]
        for start in starts:
            names = name_lists.scan(masked, start)
            is_list = names and names.kind in ("vancouver", "inverted")
            if names and is_list and not masked[names.end : year.start()].strip(" ."):
                return start
    return 0


def _give_back(masked: str, head: Head, tail: Numbers) -> None:
    """Leave a year to the container that it belongs to ("Pipelines 2011", "… Excel 2010, 1-3").

    Behind a year of its own, a work has no other; and a volume is parted from its container by
    a comma, or from its pages by a colon.
    """
    if head.year is None:
        twice = re.compile(rf"(?:19|20)\d\d(?=\s\({_YEAR}\))").match(masked, tail.start, tail.end)
        if twice and masked[: tail.start].rstrip()[-1:].isalpha():
            rest = number_tails.read_at(masked, twice.end(), tail.end, has_year=False)
            tail.found, tail.unread, tail.start = rest.found, rest.unread, twice.end()
        return
    match = _CONTAINER_YEAR.match(masked, tail.start, tail.end)
    before = masked[: tail.start].rstrip()
    if not match or before.endswith((",", ";")) or before[-1:] == "." and not match["open"]:
        return
    start = tail.start
    rest = number_tails.read_at(masked, match.end(), tail.end, has_year=True)
    tail.found, tail.unread, tail.start = rest.found, rest.unread, match.end()
    if tail.start == start:
        tail.start = match.end()


# ── the head ───────────────────────────────────────────────────────────────────────────────


def _head(text: str, masked: str, end: int) -> Head:
    begin = len(masked) - len(masked.lstrip())
    names = name_lists.scan(masked, begin)
    if names and (
        _stops_before_quote(text, masked, names, end) or _stops_before_year(masked, names, end)
    ):
        return _bounded_head(text, masked, end) or Head(end=0, confidence=0.4)
    if names:
        names = _extended(masked, names)
        head = _after_names(text, masked, names, end)
        if head:
            return head
    return _bounded_head(text, masked, end) or Head(end=0, confidence=0.4)


def _stops_before_quote(text: str, masked: str, names: Names, end: int) -> bool:
    """Whether the walk broke off at an odd name although a quoted title follows the list."""
    quote = _QUOTE_AHEAD.search(text, names.end, end)
    if quote is None:
        return False
    between = masked[names.end : quote.start()]
    if len(between) > 600 or not re.sub(_YEAR + r"[a-z]?|[^\w]|\bn\.\s?d\.|\b[Ee]ds?\b", "", between):
        return False
    floor = max(names.end, quote.start() - 24)
    year = re.compile(rf"[\s,.(\[]*{_YEAR}[a-z]?[)\].,:\s]*$").search(
        masked[: quote.start()], floor
    )
    boundary = year.start() if year else quote.start()
    return name_lists.within(masked, 0, boundary, is_certain=True) is not None


def _stops_before_year(masked: str, names: Names, end: int) -> bool:
    """Whether the walk broke off at an odd name although the list goes on to a year."""
    if masked[names.end : names.end + 1] != ",":
        return False
    year = _BRACKET_YEAR.search(masked, names.end, min(end, names.end + 400))
    if year is None:
        return False
    return name_lists.within(masked, 0, year.start(), is_certain=True) is not None


def _extended(masked: str, names: Names) -> Names:
    """The list with an odd name in its middle stepped over, if it plainly goes on behind it."""
    if names.is_cut or masked[names.end : names.end + 1] != "," or names.kind in ("direct", "bare"):
        return names
    for _ in range(4):
        following = re.compile(r",\s*(?:and\s+)?&?\s*([^,:;.()\d]{2,60}?),\s*(?:and\s|&\s)?").match(masked, names.end)
        if not following:
            return names
        more = name_lists.scan(masked, following.end())
        if not more or more.kind != names.kind or len(following[1].split()) > 8:
            return names
        odd = name_lists.one(following[1])
        names = Names(
            names=(*names.names, odd, *more.names), start=names.start, end=more.end,
            kind=names.kind, is_cut=more.is_cut, are_editors=more.are_editors,
        )
        if masked[names.end : names.end + 1] != ",":
            return names
    return names


def _after_names(text: str, masked: str, names: Names, end: int) -> Head | None:
    head = Head(end=names.end, names=names, confidence=0.9)
    if _take_year(masked, head, end):
        head.confidence = 0.97
        return head
    sign = re.compile(r"\s*([.:,;]*)\s*").match(masked, names.end)
    assert sign is not None
    head.end = sign.end()
    if text[head.end : head.end + 1] in _OPENERS:
        head.confidence = 0.97
    elif ":" in sign[1]:
        head.confidence = 0.96
    elif "," in sign[1] or ";" in sign[1]:
        return _after_comma(masked, head, names, sign[1])
    elif not sign[1] and masked[names.end - 1] != ".":
        return None
    return head


def _after_comma(masked: str, head: Head, names: Names, sign: str) -> Head | None:
    """A list that ends with a comma: a group may follow, or the title itself."""
    head.has_comma_style = "," in sign
    group = re.compile(r"((?:[A-Z(][^\s.:;,]*|of|for|the|and|in|on|de|to)(?:\s(?:[A-Z(&][^\s.:;,]*|of|for|the|and|in|on|de|to|at))*)[.:](?=\s)").match(
        masked, head.end
    )
    if group and name_lists._is_organisation(group[1]):
        head.names = Names(
            names=(*names.names, {"literal": group[1]}), start=names.start, end=group.end(1),
            kind=names.kind, is_cut=names.is_cut,
        )
        head.end, head.has_comma_style = group.end() + 1, False
        return head
    if len(names.names) == 1 and names.kind == "bare" and not names.is_cut:
        head.confidence = 0.7
    else:
        head.confidence = 0.85
    return head


def _take_year(masked: str, head: Head, end: int) -> bool:
    match = _HEAD_YEAR.match(masked, head.end, end)
    if not match:
        return False
    name = "1" if match["y1"] else "2"
    if match["y2"] and not match["mark"] and _tail_has_year(masked, match.end(), end):
        # Without a sign of its own the figure is the title's first word: "1918 influenza".
        return False
    if match["y" + name]:
        head.year = (match["y" + name], *match.span("y" + name))
        head.letter = match["l" + name] or ""
        if match["m1"]:
            head.month, head.day = str(MONTHS[match["m1"].lower()]), match["d1"] or ""
    else:
        head.year = None
    head.end = match.end()
    return True


def _tail_has_year(masked: str, start: int, end: int) -> bool:
    return "year" in number_tails.read(masked, start, end, has_year=False).found


def _bounded_head(text: str, masked: str, end: int) -> Head | None:
    """The head when no list can be walked: a quotation mark or a year may end it."""
    quote = re.compile(r"[“\"„‘«]").search(text, 0, end)
    if quote and quote.start() < end * 0.9:
        is_certain = re.search(r"[,.:;]\s*$", text[: quote.start()]) is not None
        head = _up_to(masked, quote.start(), end, is_certain=is_certain)
        if head:
            return head
    if masked.strip() and (year_first := Head(end=0)) and _take_year(masked, year_first, end):
        year_first.confidence = 0.8
        return year_first
    year = _BRACKET_YEAR.search(masked, 0, end) or _PLAIN_YEAR.search(masked, 0, int(end * 0.7))
    if year and year.end() < end - 3:
        head = _up_to(masked, year.start(), end)
        if head and not _may_be_title(masked, head, year[0]):
            return head
        if year[0].lstrip()[0] in "([":
            return _title_first(masked, year.start(), end)
    return _organisation_head(masked, end) or _full_names_head(masked, end)


def _may_be_title(masked: str, head: Head, year: str) -> bool:
    """Whether "Personal Reflections. (2017)" may be a title and no name."""
    if head.names is None or year.lstrip()[0] not in "([":
        return False
    only = head.names.names[0]
    if "literal" in only and name_lists.ends_as_organisation(only["literal"]):
        return False
    bare = not set(",.") & set(masked[: head.names.end].rstrip("."))
    return len(head.names.names) == 1 and bare and not head.names.are_editors


def _up_to(masked: str, boundary: int, end: int, *, is_certain: bool = False) -> Head | None:
    """The head that ends at ``boundary``, if nothing but names and a year stand before it."""
    stretch = masked[:boundary].rstrip(" ,.:;")
    head = Head(end=boundary, confidence=0.93)
    if not stretch:
        return head
    dated = re.compile(rf"[\s,.(\[]+({_YEAR})([a-z])?[)\].,]*$").search(
        masked[: len(masked[:boundary].rstrip(" ,.:;"))], max(0, boundary - 24)
    )
    if dated:
        head.year = (dated[1], *dated.span(1))
        head.letter = dated[2] or ""
        stretch = masked[: dated.start()]
    if not stretch.strip(" ,.:;"):
        return head
    names = name_lists.within(masked, 0, len(stretch), is_certain=is_certain)
    if names is None:
        return head if is_certain and len(stretch) < 80 else None
    head.names = names
    if not dated:
        _take_year(masked, head, end)
    return head


def _title_first(masked: str, boundary: int, end: int) -> Head | None:
    """A work without authors: its title, then the year, then the container."""
    head = Head(end=boundary, confidence=0.8)
    if not _take_year(masked, head, end):
        return None
    head.title = (0, len(masked[:boundary].rstrip(" ,.:;")))
    return head


def _organisation_head(masked: str, end: int) -> Head | None:
    """A society or an office that stands where authors stand."""
    stop = re.compile(r"[.:]\s").search(masked, 0, min(end, 200))
    if not stop or not name_lists._is_organisation(masked[: stop.start()]):
        return None
    stretch = masked[: stop.start()]
    words = stretch.split()
    small = sum(1 for word in words if word[0].islower() and len(word) > 3)
    if len(words) > 14 or small > 1 or stop.end() > end * 0.7:
        return None
    names = Names(names=({"literal": stretch.strip()},), start=0, end=stop.start(), kind="group")
    head = Head(end=stop.end(), names=names, confidence=0.75)
    _take_year(masked, head, end)
    return head


def _full_names_head(masked: str, end: int) -> Head | None:
    """Names written out, parted by commas, before a full stop or colon."""
    stop = re.compile(r"(?<=[^\W\d_]{3})[.:]\s").search(masked, 0, min(end, 600))
    if not stop or stop.end() > end * 0.7 or "," not in masked[: stop.start()]:
        return None
    names = name_lists.within(masked, 0, stop.start())
    if names is None or len(names.names) < 2 or not all("given" in name for name in names.names):
        return None
    if any(len(name["given"].split()) > 3 or len(name["family"].split()) > 3 for name in names.names):
        return None
    head = Head(end=stop.end(), names=names, confidence=0.6)
    _take_year(masked, head, end)
    return head


# ── the middle ─────────────────────────────────────────────────────────────────────────────

_Stretch = tuple[int, int, float] | None


def _middle(
    text: str, masked: str, head: Head, tail: Numbers, draft: Draft
) -> tuple[_Stretch, _Stretch]:
    """Title and container: (start, end, confidence) each, or None."""
    if head.title:
        return _untitled(masked, head, tail)
    quoted = _quoted(text, masked, head.end, tail.start)
    if quoted:
        begin = _after_editors(masked, quoted[1], tail.start, draft)
        _late_year(masked, head, begin, tail)
        return (*quoted[0], 0.97), _container(masked, max(begin, head.end), tail.start, 0.93)
    return _unquoted(masked, head, tail, draft)


def _after_editors(masked: str, start: int, end: int, draft: Draft) -> int:
    """Where the container begins behind "Edited by …"; its editors become a part."""
    marked = _EDITED_BY.match(masked, start, end)
    if not marked:
        return start
    for stop in re.compile(r"(?<=[^\W\d_]{2})\.\s(?=[A-Z])").finditer(masked, marked.end(), end):
        names = name_lists.within(masked, marked.end(), stop.start(), is_certain=True)
        if names is None:
            break
        draft.parts.append(
            Part(
                name="editor", value=[dict(name) for name in names.names],
                start=names.start, end=names.end, confidence=0.8,
            )
        )  # fmt: skip
        return stop.end()
    return start


def _untitled(masked: str, head: Head, tail: Numbers) -> tuple[_Stretch, _Stretch]:
    """Text, year, text: a single author and a title, or a title and its container."""
    assert head.title is not None
    parted = splits.split(masked, head.end, tail.start, has_comma_style=False)
    before = masked[slice(*head.title)]
    if parted and parted.score > -2 and len(before.split()) <= 4:
        head.names = name_lists.within(masked, *head.title)
        head.confidence = 0.75
        title = (head.end, parted.title_end, 0.8)
        return title, _container(masked, parted.container_start, tail.start, 0.8)
    return (*head.title, 0.8), _container(masked, head.end, tail.start, 0.85)


def _labelled_tail(text: str, masked: str, start: int, end: int) -> int | None:
    """Where the numbers begin behind a title in quotation marks when labels say so.

    IEEE parts them from the container with a comma and a label each, so that a container may
    end in a figure ("Pipelines 2011, Jul. 2011").
    """
    quoted = _quoted(text, masked, start, end)
    if quoted is None or text[quoted[0][1] - 1] not in ",.?!":
        return None
    match = _LABELLED_TAIL.search(masked, quoted[1], end)
    return match.start() + 1 if match else None


def _late_year(masked: str, head: Head, begin: int, tail: Numbers) -> None:
    """A year straight behind the quoted title of a work without authors."""
    match = re.compile(rf"[\s.,]*({_YEAR})([a-z])?\.\s+(?=\S)").match(masked, begin, tail.start)
    if match and head.year is None:
        head.year = (match[1], *match.span(1))
        head.end = match.end()
        if "year" in tail.found:
            del tail.found["year"]


def _quoted(text: str, masked: str, start: int, end: int) -> tuple[tuple[int, int], int] | None:
    """The title in quotation marks that open at ``start``: its stretch, and where they close."""
    while start < end and text[start] == " ":
        start += 1
    opener = text[start : start + 1]
    if opener not in _OPENERS:
        return None
    closer = _OPENERS[opener]
    close = _closing_quote(text, start + 1, min(len(text), end + 8), opener, closer)
    if close is None:
        return None
    return (start + 1, close), close + 1


def _closing_quote(text: str, start: int, end: int, opener: str, closer: str) -> int | None:
    depth, last, is_german = 0, None, False
    for position in range(start, end):
        sign = text[position]
        if sign == "„":
            is_german = True
        elif sign == "“" and is_german:
            is_german = False
        elif sign == opener and opener != closer:
            depth += 1
        elif sign == closer:
            if closer in "’'" and text[position + 1 : position + 2].isalnum():
                continue
            if depth and opener != closer:
                depth -= 1
                continue
            if _closes_title(text, position):
                return position
            if opener != closer and closer != "’":
                return None
            last = position
    return last if last is not None and last > end - 10 else None


def _closes_title(text: str, position: int) -> bool:
    """Whether a title ends at this quotation mark, and not just a word in quotes within it."""
    if text[position - 1] in ",.?!" or re.search(r"[,.?!][’'»”]$", text[:position][-2:]):
        return True
    behind = text[position + 1 : position + 3]
    if not behind.strip() or behind[0] in ",.;":
        return True
    if behind[0] != " " or len(behind) < 2:
        return False
    opened = max(text.rfind(sign, 0, position) for sign in _OPENERS)
    is_long = text.count(" ", opened, position) >= 3
    return behind[1] in "([0123456789" or (is_long and behind[1].isupper())


def _unquoted(
    masked: str, head: Head, tail: Numbers, draft: Draft
) -> tuple[_Stretch, _Stretch]:
    start, end = head.end, tail.start
    imprint = books.read(masked, start, end) if not {"volume", "issue"} & tail.found.keys() else None
    if imprint:
        draft.parts.extend(imprint.parts)
        return _of_book(masked, start, imprint.start, draft)
    parted = splits.split(masked, start, end, has_comma_style=head.has_comma_style)
    has_numbers = any(name in tail.found for name in ("volume", "page", "issue"))
    threshold = -6.0 if has_numbers else (-2.0 if head.year else 1.0)
    if parted is None or parted.score < threshold:
        if has_numbers and _is_container_alone(masked, start, end):
            return None, _container(masked, start, end, 0.7)
        return (start, end, 0.7 if not has_numbers else 0.5), None
    confidence = max(0.35, min(0.96, 0.6 + 0.06 * parted.score))
    draft.kind = "chapter" if parted.is_in else ""
    return (
        (start, parted.title_end, confidence),
        _container(masked, parted.container_start, end, confidence),
    )


def _of_book(masked: str, start: int, end: int, draft: Draft) -> tuple[_Stretch, _Stretch]:
    """The title of a book, or those of a chapter and its book."""
    introduced = re.compile(r"[.?!,]\s+In\s?:?\s+(?=[A-Z])").search(masked, start, end)
    if introduced is None:
        draft.kind = "book"
        return (start, end, 0.8), None
    draft.kind = "chapter"
    begin = introduced.end()
    names = name_lists.scan(masked, begin)
    if names and (names.are_editors or len(names.names) > 1):
        draft.parts.append(
            Part(
                name="editor", value=[dict(name) for name in names.names],
                start=names.start, end=names.end, confidence=0.75,
            )
        )  # fmt: skip
        begin = names.end
    return (start, introduced.start(), 0.85), _container(masked, begin, end, 0.75)


def _is_container_alone(masked: str, start: int, end: int) -> bool:
    """Whether no title was printed, as physicists do: authors, journal, numbers."""
    words = masked[start:end].split()
    return 0 < len(words) <= 8 and all(splits.evidence_of(word) > -0.5 for word in words)


def _container(masked: str, start: int, end: int, confidence: float) -> _Stretch:
    """The container without the signs around it, or None where nothing is left."""
    while start < end and masked[start] in " ,.;:-–)]”\"’":
        start += 1
    introduced = re.compile(r"In\s?:\s*").match(masked, start, end)
    if introduced:
        start = introduced.end()
    while end > start and masked[end - 1] in " ,;:-–(":
        end -= 1
    if end > start and masked[end - 1] == "." and not _has_inner_stop(masked[start : end - 1]):
        end -= 1
    return (start, end, confidence) if end > start else None


def _has_inner_stop(text: str) -> bool:
    return re.search(r"\.(?:\s|$|\w)", text) is not None


# ── the parts ──────────────────────────────────────────────────────────────────────────────


def _add_names(draft: Draft, clean: Clean, head: Head) -> None:
    if head.names:
        names = head.names
        draft.parts.append(
            Part(
                name="editor" if names.are_editors else "author",
                value=[dict(name) for name in names.names],
                start=names.start, end=names.end, confidence=head.confidence,
            )
        )  # fmt: skip


def _add_text(draft: Draft, clean: Clean, masked: str, name: str, at: _Stretch) -> None:
    if at is None:
        return
    start, end, confidence = at
    while start < end and masked[start] in " .,;:":
        start += 1
    while end > start and masked[end - 1] in " ,;:":
        end -= 1
    value = clean.text[start:end].strip()
    if value.strip(".,;: ()[]“”\"'-"):
        draft.parts.append(Part(name=name, value=value, start=start, end=end, confidence=confidence))


def _add_numbers(draft: Draft, head: Head, tail: Numbers) -> None:
    year = head.year or tail.found.get("year")
    if year:
        found = tail.found
        parts = [int(year[0])]
        month = head.month or (found["month"][0] if "month" in found else "")
        if month:
            parts.append(int(month))
            day = head.day or (found["day"][0] if "day" in found else "")
            if day and 1 <= int(day) <= 31:
                parts.append(int(day))
        draft.parts.append(
            Part(name="issued", value={"date-parts": [parts]}, start=year[1], end=year[2], confidence=0.95)
        )
    for name in ("volume", "issue", "page", "number"):
        if name in tail.found:
            text, start, end = tail.found[name]
            draft.parts.append(Part(name=name, value=text, start=start, end=end, confidence=0.93))
