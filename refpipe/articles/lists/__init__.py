"""A plain list of references in an article: where it stands, what is in it, and who cites it.

``find`` gives the list or None; ``numbers`` the plain citations that name it, and what may be
one.  Opening hours, calendars, tables and numbered steps are no references: a list is one when
its lines read as references, and where it ends is found the same way.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from refpipe.articles import html, prose
from refpipe.articles.lists import candidates, labels, marks, obstacles, quantities, units
from refpipe.articles.lists.candidates import Candidate, Draft
from refpipe.articles.lists.legacy_list import (
    LegacyCitation,
    LegacyList,
    LegacyReference,
    may_hold_heading,
)
from refpipe.articles.lists.number_citations import Numbers, numbers
from refpipe.model import Article, Fault, Span

__all__ = [
    "LegacyCitation",
    "LegacyList",
    "LegacyReference",
    "Numbers",
    "Plan",
    "find",
    "numbers",
    "of_article",
    "plan",
    "replaced",
    "uncounted",
    "unread",
    "unreadable",
]


def find(text: str, format: str) -> LegacyList | None:  # noqa: A002
    """The plain list of references in an article; ``format`` is ``markdown`` or ``html``.

    None where nothing is unmistakably such a list.
    """
    seen = units.read(text, format)
    found, others = candidates.best(text, seen)
    if found is None:
        return None
    numbers = _numbers(text, found, format)
    references = tuple(
        _reference(draft, number, sign)
        for draft, number, sign in zip(
            found.drafts, numbers, _signs(text, found, numbers), strict=True
        )
    )
    heading = found.heading
    return LegacyList(
        span=_span(text, found, format),
        heading=Span(heading.outer_start, heading.outer_end) if heading else None,
        references=references,
        faults=_faults(text, found, numbers),
        style=next((draft.label.style for draft in found.drafts if draft.label), ""),
        obstacles=obstacles.of(text, seen, found, others, numbers),
    )


def of_article(article: Article) -> LegacyList | None:
    """The list that nobody manages; a managed one looks like a list too and is none."""
    return None if article.bibliographies else find(article.text, article.format)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an article with a hand-made list comes to before any library is asked."""

    found: LegacyList
    numbers: Numbers
    obstacles: tuple[Fault, ...]
    """Why the list cannot be managed as it stands; empty where it can."""
    is_kept: bool
    """Whether a list in the order of the citations has the numbers that this one has."""

    def doubts(self, *, is_one_fewer: bool = False) -> tuple[Fault, ...]:
        """What may not stay in the text, because its number would come to name another work.

        ``is_one_fewer`` says that two references turned out to be one work, so that the numbers
        behind them move up.
        """
        return self.numbers.unclear if is_one_fewer or not self.is_kept else ()


def plan(text: str, format: str, *, declared: Collection[int] = ()) -> Plan | None:  # noqa: A002
    """What a plain list and the numbers that may cite it come to; None where there is no list."""
    found = find(text, format)
    if found is None:
        return None
    read = numbers(text, found, format, declared=declared)
    mentions = tuple(_mentions(text, found))
    read = replace(read, unclear=(*read.unclear, *mentions))
    return Plan(
        found=found,
        numbers=read,
        obstacles=(
            *found.faults,
            *found.obstacles,
            *read.crossed,
            *_bound(text, found),
            *_lettered(text, found, read),
            *_starred(text, found, format),
        ),
        is_kept=_is_kept(read, found),
    )


_ID = re.compile(r"""<[A-Za-z][^<>]*?\b(?:id|name)\s*=\s*["']?([^"'\s<>]+)""")
_TARGET = re.compile(r"""(?:href\s*=\s*["']?|\]\()#([^"'\s<>)]+)""")

_COMMENT = re.compile(r"<!--.*?-->|\{/\*.*?\*/\}", re.DOTALL)
_BLOCK_MARK = re.compile(r"<!--\s*/?wp:")


def replaced(
    text: str,
    found: LegacyList,
    edits: Sequence[tuple[Span, str]],
    uncited: str,
    *,
    is_mdx: bool = False,
) -> str:
    """The article with its citations typed out and an empty managed list in place of its own.

    A place that something left in the text leads to stays, before the list, and so does what
    somebody wrote into a comment of the list.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    pieces: list[str] = []
    position = 0
    lost: list[str] = []
    place = 0
    for span, new in sorted([*edits, (found.span, "")], key=lambda edit: edit[0]):
        pieces += (text[position : span.start], new)
        place = len(pieces) - 1 if span == found.span else place
        lost += _ID.findall(span.of(text))
        position = span.end
    pieces.append(text[position:])
    wanted = set(_TARGET.findall("".join(pieces)))
    anchors = "".join(f'<a id="{one}"></a>' for one in dict.fromkeys(lost) if one in wanted)
    start, end = ("{/*", "*/}") if is_mdx else ("<!--", "-->")
    opening = f"{start}bibliography {uncited}{end}" if uncited else f"{start}bibliography{end}"
    managed = f"{opening}{newline}{start}/bibliography{end}"
    said = [one for one in _COMMENT.findall(found.span.of(text)) if not _BLOCK_MARK.match(one)]
    for kept in filter(None, (newline.join(said), anchors)):
        managed = f"{kept}{newline}{newline}{managed}"
    if html.is_between_blocks(text, found.span.start):
        managed = f"<!-- wp:html -->{newline}{managed}{newline}<!-- /wp:html -->"
    return "".join((*pieces[:place], managed, *pieces[place + 1 :]))


def _is_kept(read: Numbers, found: LegacyList) -> bool:
    """Whether the order of the citations is that of the list already.

    Where no citation was read at all the next one that is typed would be the first.
    """
    cited = [number for citation in read.citations for number in citation.numbers]
    labels = [int(reference.label) for reference in found.references]
    order = list(dict.fromkeys((*cited, *labels)))
    return bool(cited) and order == labels == list(range(1, len(labels) + 1))


def _mentions(text: str, found: LegacyList) -> Iterator[Fault]:
    """Entries that name another entry by its number: a citation that stands in the list."""
    own = labels.own_word(found.style)
    signs = {one.sign for one in found.references if one.sign}
    for reference in found.references:
        is_lettered = signs and any(labels.named(reference.text, signs))
        if is_lettered or marks.is_citing(reference.text, own):
            yield Fault(
                line=text.count("\n", 0, reference.span.start) + 1,
                message=f"reference {reference.label} names another one by its number:"
                f" “{reference.text[-40:]}”. Write there what it is, without the number",
            )


def _lettered(text: str, found: LegacyList, read: Numbers) -> Iterator[Fault]:
    """Why a list that counts with letters is left: not each sign of the text is a link to it."""
    if found.references[0].sign and (read.unclear or not read.citations):
        yield Fault(
            line=text.count("\n", 0, found.references[0].span.start) + 1,
            message="the list counts with letters or Roman numerals. Give it numbers from 1, and"
            " write the citations after them",
        )
        yield from read.unclear if read.citations else ()


_STARRED = re.compile(r"(?:<[^<>]*>|[\s\\>|-])*(?:注|註)?\\?[*＊※★☆](?:\\?[*＊※★☆])*.?")
_STARS = re.compile(r"(?:\\?[*＊※★☆])+")


def _starred(text: str, found: LegacyList, format: str) -> Iterator[Fault]:  # noqa: A002
    """Each asterisk of the text, where the references bear asterisks.

    Where all of them are Markdown's bullets, no reader sees an asterisk, and there is none to cite.
    """
    marked = [_STARRED.match(text, _beginning(text, one)) for one in found.references]
    bearing = [one for one in marked if one is not None]
    bullets = [one for one in bearing if re.fullmatch(r"[\s>]*\*[ \t]", one[0])]
    if not bearing or (format != "html" and len(bullets) == len(bearing)):
        return
    line, counted = 1, 0
    for star in _STARS.finditer(text):
        is_counted = text[star.end() : star.end() + 1].isdigit()
        is_outside = not found.span.start <= star.start() < found.span.end
        if is_outside and not is_counted and not _is_bullet(text, star):
            line += text.count("\n", counted, star.start())
            counted = star.start()
            yield Fault(
                line=line,
                message=f"“{star[0]}” may cite a reference that bears this sign. Give the list"
                " numbers from 1, and write the citations after them",
            )


def _beginning(text: str, reference: LegacyReference) -> int:
    """Where a reference begins, with the sign that was taken for a bullet."""
    start = reference.span.start
    before = re.search(r"(?:注|註)?[*＊※★☆\\]+[ \t]*\Z", text[max(0, start - 9) : start])
    return start - len(before[0]) if before else start


def _is_bullet(text: str, star: re.Match[str]) -> bool:
    before = text[max(0, star.start() - 20) : star.start()]
    is_first = re.search(r"(?:\A|\n)[ \t>]*\Z", before) is not None
    return is_first and star[0] == "*" and text[star.end() : star.end() + 1] in tuple(" \t")


def _bound(text: str, found: LegacyList) -> Iterator[Fault]:
    """Entries that mean nothing without the one before them."""
    for reference in found.references:
        if marks.is_repeating(reference.text):
            yield Fault(
                line=text.count("\n", 0, reference.span.start) + 1,
                message=f"reference {reference.label} only repeats another one:"
                f" “{reference.text[:40]}”. Write it out in full",
            )


_CITED = re.compile(r"(?:[るたすんい]|\b[a-z]{3,}[)%]?|[%％]) ?\Z")
_STOPPED = re.compile(r" ?(?:[。、．，.;；](?!\d)|[(（]|\n|\Z)")


def _is_said(seen: prose.Prose, mark: marks.Mark) -> bool:
    """Whether a number in round brackets stands between a statement and its stop."""
    return (
        mark.form in ("(n)", "n)", "※")
        and not seen.zones[mark.first]
        and _CITED.search(seen.text[max(0, mark.first - 12) : mark.first]) is not None
        and _STOPPED.match(seen.text, mark.last) is not None
    )


def uncounted(text: str, format: str) -> tuple[Fault, ...]:  # noqa: A002
    """The first number that cites a list, in an article where no list was found."""
    seen = prose.read(text, format)
    read = marks.read(seen)
    said = [mark for mark in read if _is_said(seen, mark)]
    for mark in read:
        is_strong = mark.form in ("[n]", "文献", "sup", "link") and not seen.zones[mark.first]
        is_citing = is_strong or (len(said) > 1 and mark is said[0])
        is_power = mark.form == "sup" and (
            quantities.is_exponent(seen.text, mark) or quantities.may_be_power(seen.text, mark)
        )
        if is_citing and not is_power and not quantities.is_index(seen.text, mark):
            span = seen.span(mark.first, mark.last)
            message = (
                f"“{span.of(text)}” looks like a citation, and no list of references was found"
                " that it could name. Put the list under a heading such as 参考文献, each reference"
                " on a line of its own that begins with its number"
            )
            return (Fault(line=text.count("\n", 0, span.start) + 1, message=message),)
    return ()


def unreadable(text: str, format: str, *, but_notes: bool = False) -> tuple[Fault, ...]:  # noqa: A002
    """The lines of a list under a heading of references that ``find`` cannot read as one."""
    return tuple(
        replace(fault, line=text.count("\n", 0, fault.line) + 1)
        for fault in obstacles.unreadable(text, units.read(text, format), but_notes=but_notes)
    )


def unread(article: Article, found: LegacyList | None) -> tuple[Fault, ...]:
    """The lines of a list that nobody manages and that cannot be read as one either."""
    if found or article.bibliographies or not may_hold_heading(article.text):
        return ()
    return unreadable(article.text, article.format, but_notes=True)


def _signs(text: str, found: Candidate, numbers: Sequence[int]) -> list[str]:
    """What the entries of a list show instead of numbers; empty where they have numbers."""
    if any(draft.label for draft in found.drafts):
        return [""] * len(numbers)
    shown = labels.counted(obstacles.opening(text, found), numbers)
    signs = [draft.sign for draft in found.drafts]
    return signs if any(signs) else [sign or "?" for sign in shown] or signs


def _reference(draft: Draft, number: int, sign: str) -> LegacyReference:
    return LegacyReference(
        sign=sign,
        label=str(number),
        span=Span(draft.units[0].start, draft.units[-1].end),
        text=_one_line(draft.text),
    )


def _numbers(text: str, found: Candidate, format: str) -> list[int]:  # noqa: A002
    """The number that a reader sees before each reference."""
    labels = [draft.label.number if draft.label else None for draft in found.drafts]
    style = next((draft.label.style for draft in found.drafts if draft.label), "")
    if format != "html" and style in ("n.", "n)") and len(labels) > 1 and len(set(labels)) == 1:
        # Markdown counts on from the first number, whatever the others are.
        return list(range(labels[0] or 1, (labels[0] or 1) + len(labels)))
    if any(labels):
        return [label or position for position, label in enumerate(labels, 1)]
    return obstacles.counted(text, found)


def _span(text: str, found: Candidate, format: str) -> Span:  # noqa: A002
    """The whole list; where HTML holds it, with the elements that hold nothing but references."""
    first, last = found.drafts[0].units[0], found.drafts[-1].units[-1]
    span = found.whole or Span(first.start, last.end)
    is_tagged = format == "html" or text.startswith("<", span.start)
    return html.whole_elements(text, span) if is_tagged else span


def _faults(text: str, found: Candidate, numbers: Sequence[int]) -> tuple[Fault, ...]:
    """Numbers that are missing or stand twice."""
    faults: list[Fault] = []
    for draft, number, previous in zip(found.drafts[1:], numbers[1:], numbers, strict=False):
        if number != previous + 1 and draft.label is not None:
            line = text.count("\n", 0, draft.units[0].start) + 1
            message = (
                f"the list goes from {previous} to {number}; a number is missing. Write reference"
                f" {previous + 1} out, or number the list 1, 2, 3 … and its citations with it"
            )
            faults.append(Fault(line=line, message=message))
    return tuple(faults)


_ARROWS = re.compile(r"\A\s*[\^↑⤴↩]\ufe0e?\s+|(?:\s*[↩↵⤴↑⏎]\ufe0e?)+\s*\Z")
"""What leads from an entry back to the text, and is no word of it."""


def _one_line(text: str) -> str:
    """The reference on one line: line-end hyphens and soft breaks undone, spaces made single."""
    # The reader of references is large, and most articles have nothing to join.
    from refpipe.items.printed import clean

    return re.sub(r"\s+", " ", clean.unbroken(_ARROWS.sub("", text)).text).strip()
