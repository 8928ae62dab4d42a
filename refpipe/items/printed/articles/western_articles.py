"""A reference in a language of Europe: authors, year, title, container and numbers."""

from __future__ import annotations

import re

from refpipe.items.printed import quotes
from refpipe.items.printed.addresses import Addresses
from refpipe.items.printed.articles import head as heads
from refpipe.items.printed.articles import western_middle as middle
from refpipe.items.printed.articles.head import YEAR
from refpipe.items.printed.articles.western_middle import Stretch
from refpipe.items.printed.clean import Clean
from refpipe.items.printed.figures import numbers as number_tails
from refpipe.items.printed.figures import placing
from refpipe.items.printed.figures.numbers import Numbers
from refpipe.items.printed.nouns import Draft, Head, Part
from refpipe.items.printed.words import MONTHS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_LABELLED_TAIL = re.compile(
    rf",\s(?:vol|no|pp?|art)\.\s\S|,\s(?:(?:{_MONTH})\.?\s)?{YEAR}\.?\s*$|,\s(?:{_MONTH})\.?\s(?:\d{{1,2}},\s)?{YEAR}",
    re.IGNORECASE,
)
_CONTAINER_YEAR = re.compile(r"(?P<open>\(?)(?:19|20)\d\d\)?(?=,\s|\.?\s*$)")


def read(clean: Clean, addresses: Addresses) -> Draft:
    """The parts of a reference, with positions in the cleaned text."""
    masked = addresses.masked
    end = len(masked.rstrip(" ,;"))
    begin = heads.last_begin(masked, end, clean.lines)
    if begin:
        masked = " " * begin + masked[begin:]
    head = heads.read(clean.text, masked, end)
    labelled = _labelled_tail(clean.text, masked, head.end, end)
    if labelled is not None:
        tail = number_tails.read_at(masked, labelled, end, has_year=head.year is not None)
        number_tails.take_labelled(masked, tail)
    else:
        tail = number_tails.read(masked, head.end, end, has_year=head.year is not None)
    _give_back(masked, head, tail)
    draft = Draft(head=head)
    title_at, container_at = middle.read(clean.text, masked, head, tail, draft)
    _add_names(draft, head)
    _add_text(draft, clean, masked, "title", title_at)
    _add_text(draft, clean, masked, "container-title", container_at)
    placing.add(draft, head, tail)
    draft.unread.extend(tail.unread)
    return draft


def _give_back(masked: str, head: Head, tail: Numbers) -> None:
    """Leave a year to the container that it belongs to ("Pipelines 2011", "… Excel 2010, 1-3").

    Behind a year of its own, a work has no other; and a volume is parted from its container by
    a comma, or from its pages by a colon.
    """
    if head.year is None:
        twice = re.compile(rf"(?:19|20)\d\d(?=\s\({YEAR}\))").match(masked, tail.start, tail.end)
        if twice and masked[: tail.start].rstrip()[-1:].isalpha():
            rest = number_tails.read_at(masked, twice.end(), tail.end, has_year=False)
            tail.found, tail.unread, tail.start = rest.found, rest.unread, twice.end()
        return
    match = _CONTAINER_YEAR.match(masked, tail.start, tail.end)
    before = masked[: tail.start].rstrip()
    if not match or before.endswith((",", ";")) or (before[-1:] == "." and not match["open"]):
        return
    start = tail.start
    rest = number_tails.read_at(masked, match.end(), tail.end, has_year=True)
    tail.found, tail.unread, tail.start = rest.found, rest.unread, match.end()
    if tail.start == start:
        tail.start = match.end()


def _labelled_tail(text: str, masked: str, start: int, end: int) -> int | None:
    """Where the numbers begin behind a title in quotation marks when labels say so.

    IEEE parts them from the container with a comma and a label each, so that a container may
    end in a figure ("Pipelines 2011, Jul. 2011").
    """
    found = quotes.quoted(text, start, end)
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


def _add_text(draft: Draft, clean: Clean, masked: str, name: str, at: Stretch) -> None:
    if at is None:
        return
    start, end, confidence = at
    while start < end and masked[start] in " .,;:":
        start += 1
    while end > start and masked[end - 1] in " ,;:":
        end -= 1
    value = clean.text[start:end].strip()
    if value.strip(".,;: ()[]“”\"'-"):
        draft.parts.append(
            Part(name=name, value=value, start=start, end=end, confidence=confidence)
        )
