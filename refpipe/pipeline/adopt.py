"""Turn a hand-made list of references into a managed one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from refpipe import articles, files, identifiers, items
from refpipe.articles import lists
from refpipe.items import printed
from refpipe.library import Library
from refpipe.model import Certainty, Claim, Fault, Identifier, Record, Scheme, Work
from refpipe.pipeline import intake, misprinted_identifiers
from refpipe.pipeline.lookup import safe_key, typed_key

_TWO_WORKS = re.compile(
    r"(?<!\d)(?:19|20)\d\d\b[^a-z]{0,40}[;；]\s+[A-Z][\w'-]+,?\s[A-Z]{1,3}\b[^;；]{10,}(?<!\d)(?:19|20)\d\d\b"
)
"""A year, a semicolon, and then names and a year once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """One printed reference and the work it came to."""

    label: str
    record: Record
    work: Work
    claim: Claim | None
    """Its surest identifier; None where the print holds none."""
    key: str
    """What to type for the work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What became of one page."""

    file: files.File
    typed: str
    """The page with typed citations and an empty list, ready to be woven."""
    references: tuple[Adopted, ...] = ()
    refusal: str = ""
    """Why nothing was changed; empty where the list was adopted."""
    is_left: bool = False
    """True where there is a list and it was left alone because it cannot be read."""
    doubts: tuple[str, ...] = ()
    """What looks like a citation and was left in the text; its number still holds."""
    found: lists.LegacyList | None = None
    numbers: lists.Numbers | None = None

    @property
    def works(self) -> tuple[Work, ...]:
        """The works of the list, each once, in the order of their first reference."""
        return tuple({adopted.work.id: adopted.work for adopted in self.references}.values())


def adopt(library: Library, file: files.File, shown: str, *, now: str) -> Adoption:
    """Read the page's list into the library and give the page with typed citations.

    Every printed reference is stored as a record before anyone has an opinion on it; a list
    of which one reference cannot be read is left alone, because a list that is half ours
    and half the writer's would have two numberings.
    """
    text = file.text
    article = articles.read(shown, text)
    if article.bibliographies:
        return Adoption(file=file, typed=text, refusal="it has a managed list already")
    found = lists.find(text, article.format)
    if found is None:
        unreadable = lists.unreadable(text, article.format)
        refusal = _told(shown, unreadable) if unreadable else "it holds no list of references"
        return Adoption(file=file, typed=text, refusal=refusal, is_left=bool(unreadable))
    numbers = lists.numbers(text, found, article.format)
    doubts = numbers.unclear
    refusal = _refusal(found, shown)
    if not refusal and doubts and not _is_kept(numbers, found):
        refusal = _told(shown, doubts, _WHAT_TO_DO)
    if refusal:
        return Adoption(file=file, typed=text, refusal=refusal, is_left=True)
    adopted = _take_all(library, found, text, shown, now)
    if doubts and len({entry.work.id for entry in adopted}) < len(adopted):
        # Two references to one work become one, and the numbers behind them move up.
        refusal = _told(shown, doubts, _WHAT_TO_DO)
        return Adoption(file=file, typed=text, refusal=refusal, is_left=True)
    return Adoption(
        file=file,
        typed=_typed(text, numbers, found, adopted),
        references=adopted,
        found=found,
        numbers=numbers,
        doubts=tuple(f"{shown}:{doubt.line}: {doubt.message}" for doubt in doubts),
    )


def renewed(library: Library, adoption: Adoption) -> Adoption:
    """The adoption as it stands after the registries were asked.

    An answer may have shown that a printed identifier belongs to another work; the page must
    then be typed anew, or its citations would follow the identifier to the other work.
    """
    if adoption.found is None or adoption.numbers is None:
        return adoption
    references = tuple(
        _adopted(library, reference.label, reference.record) for reference in adoption.references
    )
    if adoption.doubts and len({entry.work.id for entry in references}) < len(references):
        refusal = "\n  ".join(["", *adoption.doubts, _WHAT_TO_DO])
        return replace(adoption, references=(), refusal=refusal, is_left=True)
    typed = _typed(adoption.file.text, adoption.numbers, adoption.found, references)
    return replace(adoption, references=references, typed=typed)


_WHAT_TO_DO = (
    "The list would be numbered anew, and a number left in the text would name another work."
    " Write each as [1], [1,3] or [1, p. 12], or take it away, and adopt again"
)


def _told(shown: str, faults: Sequence[Fault], last: str = "") -> str:
    """Each fault with its place, on lines of their own, and what to do."""
    told = [f"{shown}:{fault.line}: {fault.message}" for fault in faults]
    return "\n  ".join(["", *told, *([last] if last else [])])


def _is_kept(numbers: lists.Numbers, found: lists.LegacyList) -> bool:
    """Whether a list in the order of the citations has the numbers that this one has.

    Where no citation was read at all the next one that is typed would be the first.
    """
    cited = [number for citation in numbers.citations for number in citation.numbers]
    labels = [int(reference.label) for reference in found.references]
    order = list(dict.fromkeys((*cited, *labels)))
    return bool(cited) and order == labels == list(range(1, len(labels) + 1))


def _refusal(found: lists.LegacyList, shown: str) -> str:
    if found.faults or found.obstacles:
        return _told(shown, (*found.faults, *found.obstacles))
    for reference in found.references:
        if _TWO_WORKS.search(reference.text):
            return (
                f"reference {reference.label} seems to hold two works; give each its own number:"
                f" {reference.text[:60]}"
            )
        item = printed.read(reference.text).reading.item
        if not item.get("title") and not item.get("DOI") and not item.get("URL"):
            return (
                f"reference {reference.label} cannot be read (neither a title nor an identifier):"
                f" {reference.text[:60]}"
            )
    return ""


def _take_all(
    library: Library, found: lists.LegacyList, text: str, shown: str, now: str
) -> tuple[Adopted, ...]:
    taken = []
    for reference in found.references:
        line = text.count("\n", 0, reference.span.start) + 1
        record = record_of(reference.text, origin=f"{shown}:{line}")
        taken.append((reference.label, record))
    intake.take_all(library, [record for _, record in taken], now=now)
    misprinted_identifiers.deny(library, [record for _, record in taken], now=now)
    return tuple(_adopted(library, label, record) for label, record in taken)


def _adopted(library: Library, label: str, record: Record) -> Adopted:
    # The record's own name is asked for: what it prints may be the identifier of another work.
    work = library.find(Identifier(Scheme.TEXT, record.key))
    assert work is not None  # noqa: S101
    return Adopted(
        label=label,
        record=record,
        work=work,
        claim=identifiers.surest(items.read(record).claims),
        key=safe_key(library, work),
    )


def record_of(text: str, *, origin: str) -> Record:
    """The record of one printed reference, named by its literal identifier or its own text."""
    reading = printed.read(text).reading
    claim = identifiers.surest(reading.claims)
    if claim is not None and claim.certainty is Certainty.LITERAL:
        identifier = claim.identifier
    else:
        identifier = intake.own_name(text)
    return Record(source="printed", identifier=identifier, payload=text, origin=origin)


def _typed(
    text: str,
    numbers: lists.Numbers,
    found: lists.LegacyList,
    adopted: Sequence[Adopted],
) -> str:
    """The page with its plain citations typed out and its list replaced by an empty managed one."""
    cited: set[str] = set()
    keys = {entry.work.id: entry.key for entry in adopted}
    edits = []
    works = {int(entry.label): entry.work for entry in adopted if entry.label.isdigit()}
    for citation in numbers.citations:
        named = [works[number] for number in citation.numbers if number in works]
        once = {work.id: work for work in named}
        cited.update(once)
        typed = "; ".join(typed_key(keys[work.id]) for work in once.values())
        typed += f", {citation.locator}" if citation.locator else ""
        edits.append((citation.span, f"[{typed}]"))
    listed = {entry.work.id: entry.work for entry in adopted if entry.work.id not in cited}
    uncited = "; ".join(typed_key(keys[work.id]) for work in listed.values())
    opening = f"<!--bibliography {uncited}-->" if uncited else "<!--bibliography-->"
    newline = "\r\n" if "\r\n" in text else "\n"
    edits.append((found.span, f"{opening}{newline}<!--/bibliography-->"))
    for span, replacement in sorted(edits, key=lambda edit: edit[0].start, reverse=True):
        text = text[: span.start] + replacement + text[span.end :]
    return text


def shadow(library: Path, folder: Path) -> Path:
    """A copy of the library in ``folder``, for looking at what an adoption would do."""
    copy = folder / "library.db"
    if library.exists():
        copy.write_bytes(library.read_bytes())
    return copy
