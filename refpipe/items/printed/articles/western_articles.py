"""A reference in a language of Europe: authors, year, title, container and numbers."""

from __future__ import annotations

import re
from dataclasses import replace

from refpipe.items.printed.addresses import Addresses
from refpipe.items.printed.articles import container_ends
from refpipe.items.printed.articles import head as heads
from refpipe.items.printed.articles import numbers as number_tails
from refpipe.items.printed.articles import split as splits
from refpipe.items.printed.articles.container_ends import Stretch
from refpipe.items.printed.articles.head import YEAR
from refpipe.items.printed.articles.numbers import Numbers
from refpipe.items.printed.clean import Clean
from refpipe.items.printed.nouns import Draft, Head, Part
from refpipe.items.printed.people import western_names as name_lists
from refpipe.items.printed.words import MONTHS, is_organisation
from refpipe.items.printed.works import marks
from refpipe.lifetimes import lazy

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_LABELLED_TAIL = lazy(
    rf",\s(?:vol|no|pp?|art)\.\s\S|,\s(?:(?:{_MONTH})\.?\s)?{YEAR}\.?\s*$|,\s(?:{_MONTH})\.?\s(?:\d{{1,2}},\s)?{YEAR}",
    re.IGNORECASE,
)


def read(clean: Clean, addresses: Addresses) -> Draft:
    """The parts of a reference, with positions in the cleaned text."""
    masked = addresses.masked
    if (numbers_first := _numbers_first(clean, masked)) is not None:
        return numbers_first
    end = len(masked.rstrip(" ,;"))
    begin = heads.last_begin(masked, end, clean.lines)
    if begin:
        masked = " " * begin + masked[begin:]
    if (titleless := _titleless(clean, masked, end)) is not None:
        return titleless
    bracketed = splits.in_brackets(masked[:end])
    end = bracketed.start("container") if bracketed else end
    head = heads.read(clean.text, masked, end)
    if bracketed:
        return _in_brackets(clean, masked, head, bracketed)
    behind = heads.names_behind(masked, end) if head.names is None and not head.end else None
    title_first, head = behind or (None, head)
    labelled = _labelled_tail(clean.text, masked, head.end, end)
    if labelled is not None:
        tail = number_tails.read_at(masked, labelled, end, has_year=head.year is not None)
        number_tails.take_labelled(masked, tail)
    else:
        tail = number_tails.read(masked, head.end, end, has_year=head.year is not None)
    container_ends.give_back(masked, head, tail)
    container_ends.take_year_before(masked, head, tail)
    draft = Draft(head=head)
    draft.parts.extend(container_ends.imprint_behind(clean.text, masked, tail))
    title_at, container_at = titles(clean.text, masked, head, tail, draft)
    if title_first:
        title_at, container_at = (
            title_first,
            container_ends.trimmed(masked, head.end, tail.start, 0.75),
        )
    if title_at is None and container_at and (front := _title_like_a_body(masked, head)):
        title_at, head.names = front, None
    figures = container_ends.FIGURES if labelled is None else container_ends.PLAIN_FIGURES
    container_at = container_ends.without_figures(masked, head, tail, container_at, figures)
    container_at = container_ends.without_town(draft, clean.text, masked, container_at)
    _add_names(draft, head)
    _add_text(draft, clean, masked, "title", title_at)
    _add_text(draft, clean, masked, "container-title", container_at)
    number_tails.place(draft, head, tail)
    draft.unread.extend(tail.unread)
    return draft


def _in_brackets(clean: Clean, masked: str, head: Head, bracketed: re.Match[str]) -> Draft:
    """``Title (Journal, 2019)``, as pages for patients name what they mean."""
    draft = Draft(head=head)
    _add_names(draft, head)
    _add_text(draft, clean, masked, "title", (head.end, bracketed.end("before"), 0.8))
    _add_text(draft, clean, masked, "container-title", (*bracketed.span("container"), 0.85))
    head.year = (bracketed["year"], *bracketed.span("year"))
    number_tails.place(draft, head, Numbers(start=bracketed.end(), end=bracketed.end()))
    return draft


def _title_like_a_body(masked: str, head: Head) -> Stretch:
    """``Conference on Indian Science. (1977). Science, 196(4285)``: no author, but the title."""
    names = head.names
    if names is None or names.kind not in ("group", "within") or len(names.names) > 1:
        return None
    is_dated = masked[names.end : head.end].lstrip(" .").startswith("(")
    return (names.start, names.end, 0.8) if is_dated and "literal" in names.names[0] else None


_JOURNAL_IN_FRONT = lazy(
    r"\s*(?P<container>[A-Z][^.;:\d“]{1,80}(?:\.\s?[A-Z][^.;:\d“]{0,40}){0,4})\.\s"
    r"(?=(?:19|20)\d\d[^;.:]{0,18};\s?\d[^.\s]*\.\s)"
)
_AFFILIATION = lazy(r"\(\d{1,2}\)")


def _numbers_first(clean: Clean, masked: str) -> Draft | None:
    """``J Bone Joint Surg. 1990;72(3):403-8. Title. Boden SD, Davis DO.``: as PubMed shows it."""
    front = _JOURNAL_IN_FRONT.match(masked)
    if front is None:
        return None
    stop = re.compile(r"\d\.\s+").search(masked, front.end())
    plain = _AFFILIATION.sub(lambda mark: " " * len(mark[0]), masked)
    edges = re.compile(r"[.?!]\s+(?=\w)").finditer(plain, stop.end()) if stop else ()
    for edge in edges:
        names = name_lists.scan(plain, edge.end())
        if stop is None or names is None or names.kind != "vancouver":
            continue
        head = Head(end=names.end, names=names, confidence=0.9)
        tail = number_tails.read_at(masked, front.end(), stop.start() + 1, has_year=False)
        draft = Draft(head=head)
        _add_names(draft, head)
        _add_text(draft, clean, masked, "title", (stop.end(), edge.start() + 1, 0.85))
        _add_text(draft, clean, masked, "container-title", (*front.span("container"), 0.9))
        number_tails.place(draft, head, tail)
        return draft
    return None


_NAMES_END = lazy(
    rf"(?:[,.:;]\s(?:\(?{YEAR}[a-z]?\)?[,.:]?\s)?|\s{YEAR},\s)"
    r"(?=[A-Z][A-Za-z]{0,9}\.|[A-Z][A-Z&]{2,5},?\s\d|J\s[A-Z])"
    r"(?=[^\d(]{1,80}[\d(])(?![^\d(]{1,80}\s[a-z]{2})"
)
"""What stands before the shortened name of a journal: a sign, a year; no small words behind."""
_INITIALISM = lazy(r"[A-Z]{2,3}(?:&[A-Z]{1,3}|[A-Z]{1,3})|[A-Z]&[A-Z]")


def _titleless(clean: Clean, masked: str, end: int) -> Draft | None:
    """``Y. M. Cho, J. Math. Phys. 16 (1975), 2029``: names, a shortened journal, its numbers."""
    begin = len(masked) - len(masked.lstrip())
    for sign in _NAMES_END.finditer(masked, begin, min(end, _LONGEST_TITLELESS)):
        year = re.search(YEAR, sign[0])
        tail = number_tails.read(masked, sign.end(), end, has_year=year is not None)
        if "volume" not in tail.found or not _is_short_name(masked, sign, tail):
            continue
        stop = sign.start() + (masked[sign.start()] == "." and masked[sign.start() - 1].isupper())
        names = name_lists.scan(masked[:stop], begin)
        if names is None or masked[names.end : stop].strip(" ."):
            continue
        head = Head(end=sign.end(), names=names, confidence=0.9)
        if year:
            head.year = (year[0], sign.start() + year.start(), sign.start() + year.end())
        draft = Draft(head=head)
        _add_names(draft, head)
        stop = container_ends.take_section(masked, tail)
        container_at = container_ends.trimmed(masked, sign.end(), stop, 0.9)
        _add_text(draft, clean, masked, "container-title", container_at)
        number_tails.place(draft, head, tail)
        draft.unread.extend(tail.unread)
        return draft
    return None


_LONGEST_TITLELESS = 600
"""How far the names of a reference without a title may reach."""


def _is_short_name(masked: str, sign: re.Match[str], tail: Numbers) -> bool:
    """Whether nothing but a journal's shortened name stands between names and numbers."""
    name = masked[sign.end() : tail.start].strip(" ,.;:")
    is_parted = sign[0][0] != "." or re.search(YEAR, sign[0]) is not None
    if _INITIALISM.fullmatch(name):
        return is_parted and "page" in tail.found
    is_parted = is_parted or re.match(r"J\.?\s", name) is not None
    return splits.is_abbreviated_container(
        masked, sign.end(), tail.start, has_comma_style=is_parted
    )


def _labelled_tail(text: str, masked: str, start: int, end: int) -> int | None:
    """Where the numbers begin behind a title in quotation marks when labels say so.

    IEEE parts them from the container with a comma and a label each, so that a container may
    end in a figure ("Pipelines 2011, Jul. 2011").
    """
    found = marks.quoted(text, start, end)
    if found is None or text[found[0][1] - 1] not in ",.?!":
        return None
    match = _LABELLED_TAIL.search(masked, found[1], end)
    if match is None:
        return None
    # "Spine 27, no. 1 (2000)": the figure before the issue is the volume.
    volume = re.compile(r"\s\d{1,4}$").search(masked[: match.start()], found[1])
    is_issue = masked[match.start() :].startswith(", no")
    return volume.start() if volume and is_issue else match.start() + 1


def _add_names(draft: Draft, head: Head) -> None:
    if head.names:
        names = head.names
        draft.parts.append(
            Part(
                name="editor" if names.are_editors else "author",
                value=[dict(name) for name in names.names],
                start=names.start, end=names.end, confidence=head.confidence,
            )
        )  # fmt: skip


_REMARK_FIRST = lazy(r"\([a-z]+(?:\s[a-z]+){0,3}\s?\)\s+(?=[A-Z])")
"""``Title. (editorial) Journal``: what an article is, and no part of the journal's name."""
_MEDIUM_LAST = lazy(r"\s[\[(](?:[Ii]nternet|[Oo]nline)[)\]][.\s]*$")


def _add_text(draft: Draft, clean: Clean, masked: str, name: str, at: Stretch) -> None:
    if at is None:
        return
    start, end, confidence = at
    while start < end and masked[start] in " .,;:":
        start += 1
    while end > start and masked[end - 1] in " ,;:":
        end -= 1
    remark = _REMARK_FIRST.match(masked, start, end) if name == "container-title" else None
    start = remark.end() if remark else start
    if medium := _MEDIUM_LAST.search(clean.text, start, end):
        end = medium.start()
    if masked[start:end].startswith("“") and "”" not in masked[start:end]:
        start += 1
    value = clean.text[start:end].strip()
    if value.strip(".,;: ()[]“”\"'-"):
        draft.parts.append(
            Part(name=name, value=value, start=start, end=end, confidence=confidence)
        )


_EDITED_BY = lazy(r"[\s.,]*(?:Edited by|Eds?\.|Edited and translated by)\s(?=[A-Z])")


def titles(
    text: str, masked: str, head: Head, tail: Numbers, draft: Draft
) -> tuple[Stretch, Stretch]:
    """Title and container: (start, end, confidence) each, or None."""
    if head.title:
        return _untitled(masked, head, tail)
    found = marks.quoted(text, head.end, tail.start)
    if found:
        tail.start = max(tail.start, container_ends.take_section(masked, tail))
        begin = _after_editors(masked, found[1], tail.start, draft)
        if head.names is None:
            begin = _after_late_names(masked, begin, tail.start, head)
        _late_year(masked, head, begin, tail)
        return (*found[0], 0.97), container_ends.trimmed(
            masked, max(begin, head.end), tail.start, 0.93
        )
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


def _after_late_names(masked: str, start: int, end: int, head: Head) -> int:
    """Where the container begins behind people who stand behind their title."""
    stop = re.compile(r"(?<=[^\W\d_]{2})\.\s(?=\S)").search(masked, start, end)
    if stop is None:
        return start
    names = name_lists.within(masked, start, stop.start(), is_certain=True, is_in_order=True)
    if names is None or len(names.names) < 2 or not all("given" in one for one in names.names):
        return start
    head.names = names
    return stop.end()


def _untitled(masked: str, head: Head, tail: Numbers) -> tuple[Stretch, Stretch]:
    """Text, year, text: a single author and a title, or a title and its container."""
    before_year = head.title or (0, 0)
    parted = splits.split(masked, head.end, tail.start, has_comma_style=False)
    before, behind = masked[slice(*before_year)], masked[head.end : tail.start].strip(" .,")
    has_figures = {"volume", "issue", "page"} & tail.found.keys()
    if not has_figures and container_ends.is_author(before, behind):
        # One word or two, or one of bodies, are hardly a title.
        is_sure = len(before.split()) < 3 or is_organisation(before)
        head.names, head.confidence = (
            name_lists.body(*before_year, before),
            0.75 if is_sure else 0.65,
        )
        return (head.end, tail.start, head.confidence), None
    if parted and parted.score > -2 and len(before.split()) <= 4:
        head.names = name_lists.within(masked, *before_year)
        head.confidence = 0.75
        title = (head.end, parted.title_end, 0.8)
        return title, container_ends.trimmed(masked, parted.container_start, tail.start, 0.8)
    return (*before_year, 0.8), container_ends.trimmed(masked, head.end, tail.start, 0.85)


def _late_year(masked: str, head: Head, begin: int, tail: Numbers) -> None:
    """A year straight behind the quoted title of a work without authors."""
    match = re.compile(rf"[\s.,]*({YEAR})([a-z])?\.\s+(?=\S)").match(masked, begin, tail.start)
    if match and head.year is None:
        head.year = (match[1], *match.span(1))
        head.end = match.end()
        if "year" in tail.found:
            del tail.found["year"]


def _unquoted(masked: str, head: Head, tail: Numbers, draft: Draft) -> tuple[Stretch, Stretch]:
    start, end = head.end, tail.start
    start = _before_false_name(masked, head, end)
    if tail.found and splits.is_abbreviated_container(
        masked, start, end, has_comma_style=masked[:start].rstrip().endswith(",")
    ):
        return None, container_ends.trimmed(masked, start, end, 0.85)
    imprint = (
        container_ends.behind_article(masked, start, end)
        if not {"volume", "issue"} & tail.found.keys()
        else None
    )
    if imprint:
        draft.parts.extend(imprint.parts)
        return _of_book(masked, start, imprint.start, draft)
    late = _late_year_between(masked, start, end, head, tail)
    if late:
        return (start, late.start(), 0.8), container_ends.trimmed(masked, late.end(), end, 0.8)
    return _parted(masked, (start, end), head, tail, draft)


def _parted(
    masked: str, stretch: tuple[int, int], head: Head, tail: Numbers, draft: Draft
) -> tuple[Stretch, Stretch]:
    """Title and container told apart by their words."""
    start, end = stretch
    issue = tail.found.get("issue", ("", 0, 0))
    if (
        re.fullmatch(rf"{YEAR}\s?-\s?{YEAR}", issue[0])
        and not {"volume", "page"} & tail.found.keys()
    ):
        # A span of years in brackets ends a title, and is no issue.
        end = tail.found.pop("issue")[2] + 1
    parted = splits.split(masked, start, end, has_comma_style=head.has_comma_style)
    has_numbers = any(name in tail.found for name in ("volume", "page", "issue"))
    threshold = -6.0 if has_numbers else (-2.0 if head.year else 1.0)
    bare = splits.unmarked(masked, start, end) if "volume" in tail.found else None
    if bare and (parted is None or parted.score < threshold):
        return (start, bare, 0.6), container_ends.trimmed(masked, bare, end, 0.6)
    if parted is None or parted.score < threshold:
        year = tail.found.get("year", ("", 0, 0))
        if container_ends.is_bare(masked, (start, end), head, tail):
            return None, container_ends.trimmed(masked, start, end, 0.65)
        if tail.found.keys() == {"year"} and _NAMED_YEAR.search(masked[: year[1]]):
            # ``World Obesity Atlas 2023.``: nothing parts the year from the words before it.
            end = year[2]
        has_place = "volume" in tail.found or "page" in tail.found
        if has_place and _is_container_alone(masked, start, end):
            return None, container_ends.trimmed(masked, start, end, 0.7)
        return (start, end, 0.7 if not has_numbers else 0.5), None
    confidence = max(0.35, min(0.96, 0.6 + 0.06 * parted.score))
    is_serial = "volume" in tail.found and masked[: parted.container_start].endswith(": ")
    draft.kind = "chapter" if parted.is_in and not is_serial else ""
    return (
        (start, parted.title_end, confidence),
        container_ends.trimmed(masked, parted.container_start, end, confidence),
    )


_NAMED_YEAR = lazy(r"\b[A-Z][a-z]+\s$")
_FALSE_NAME = lazy(
    r".*(?:\b(?:and|&|et)\s[^,]+|\bal\.?),\s(?=[A-Z]\.?\s)|.*,\s(?=[A-Z][a-z]{2}\.\s)"
)
"""Up to the last of a list of names, if it stands behind an "and" or begins as "Int." does."""


def _before_false_name(masked: str, head: Head, end: int) -> int:
    """Where the text begins when "Int. J. Mod." or "N. Engl." was read as the last author."""
    names = head.names
    if names is None or len(names.names) < 2 or "." not in masked[names.end - 1 : names.end + 1]:
        return head.end
    found = _FALSE_NAME.match(masked, names.start, names.end)
    if found is None or not splits.is_abbreviated_container(
        masked, found.end(), end, has_comma_style=True
    ):
        return head.end
    stop = len(masked[: found.end()].rstrip(" ,"))
    head.names = replace(names, names=names.names[:-1], end=stop)
    return found.end()


_LATE_YEAR = lazy(rf"(?<=[.?!)])\s\((?P<y>{YEAR})[a-z]?\)\.\s")
"""``Title. (2015). Container``: the year behind the title, as the APA prints without authors."""


def _late_year_between(
    masked: str, start: int, end: int, head: Head, tail: Numbers
) -> re.Match[str] | None:
    """The year between title and container; it becomes that of the work."""
    late = _LATE_YEAR.search(masked, start, end)
    if late is None or head.year is not None or "year" in tail.found:
        return None
    if len(re.findall(r"\b[^\W\d_A-Z]{4,}\b", masked[start : late.start()])) < 2:
        return None
    head.year = (late["y"], *late.span("y"))
    return late


def _of_book(masked: str, start: int, end: int, draft: Draft) -> tuple[Stretch, Stretch]:
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
    return (start, introduced.start(), 0.85), container_ends.trimmed(masked, begin, end, 0.75)


def _is_container_alone(masked: str, start: int, end: int) -> bool:
    """Whether no title was printed, as physicists do: authors, journal, numbers."""
    words = masked[start:end].split()
    return 0 < len(words) <= 8 and all(splits.evidence_of(word) > -0.5 for word in words)
