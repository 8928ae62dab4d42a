"""Turn a hand-made list of references into a managed one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from refpipe import files, formats, items
from refpipe.formats import legacy_list
from refpipe.items import printed
from refpipe.library import Library
from refpipe.model import Certainty, Claim, Identifier, Record, Work
from refpipe.pipeline import intake
from refpipe.pipeline.keys import key_of, surest, typed_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """One printed reference and the work it came to."""

    label: str
    record: Record
    work: Work
    claim: Claim | None
    """Its surest identifier; None where the print holds none."""


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
    article = formats.read(shown, text)
    if article.bibliographies:
        return Adoption(file=file, typed=text, refusal="it has a managed list already")
    found = legacy_list.find(text, article.format)
    if found is None:
        return Adoption(file=file, typed=text, refusal="it holds no list of references")
    refusal = _refusal(found)
    if refusal:
        return Adoption(file=file, typed=text, refusal=refusal, is_left=True)
    adopted = _take_all(library, found, text, shown, now)
    return Adoption(
        file=file, typed=_typed(text, article.format, found, adopted), references=adopted
    )


def _refusal(found: legacy_list.LegacyList) -> str:
    if found.faults:
        fault = found.faults[0]
        return f"line {fault.line}: {fault.message}"
    for reference in found.references:
        item = printed.read(reference.text).reading.item
        if not item.get("title") and not item.get("DOI") and not item.get("URL"):
            return (
                f"reference {reference.label} cannot be read (neither a title nor an identifier):"
                f" {reference.text[:60]}"
            )
    return ""


def _take_all(
    library: Library, found: legacy_list.LegacyList, text: str, shown: str, now: str
) -> tuple[Adopted, ...]:
    taken = []
    for reference in found.references:
        line = text.count("\n", 0, reference.span.start) + 1
        record = record_of(reference.text, origin=f"{shown}:{line}")
        taken.append((reference.label, record))
    intake.take_all(library, [record for _, record in taken], now=now)
    return tuple(
        Adopted(
            label=label,
            record=record,
            work=_work(library, record.identifier),
            claim=surest(items.read(record).claims),
        )
        for label, record in taken
    )


def _work(library: Library, identifier: Identifier) -> Work:
    work = library.find(identifier)
    assert work is not None  # noqa: S101
    return work


def record_of(text: str, *, origin: str) -> Record:
    """The record of one printed reference, named by its literal identifier or its own text."""
    reading = printed.read(text).reading
    claim = surest(reading.claims)
    if claim is not None and claim.certainty is Certainty.LITERAL:
        identifier = claim.identifier
    else:
        identifier = intake.own_name(text)
    return Record(source="printed", identifier=identifier, payload=text, origin=origin)


def _typed(
    text: str,
    form: str,
    found: legacy_list.LegacyList,
    adopted: Sequence[Adopted],
) -> str:
    """The page with its plain citations typed out and its list replaced by an empty managed one."""
    cited: set[str] = set()
    edits = []
    works = {int(entry.label): entry.work for entry in adopted if entry.label.isdigit()}
    for citation in legacy_list.citations(text, found, form):
        named = [works[number] for number in citation.numbers if number in works]
        once = {work.id: work for work in named}
        cited.update(once)
        typed = "; ".join(typed_key(key_of(work)) for work in once.values())
        edits.append((citation.span, f"[{typed}]"))
    listed = {entry.work.id: entry.work for entry in adopted if entry.work.id not in cited}
    uncited = "; ".join(typed_key(key_of(work)) for work in listed.values())
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
