"""A pasted list of references: each read, held against the library, and against the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from refpipe import identifiers, items, match
from refpipe.articles.lists import pasted
from refpipe.errors import UnreadableText
from refpipe.items import exchange, printed
from refpipe.items.exchange import FileEntry
from refpipe.items.printed import Printed
from refpipe.library import Library
from refpipe.model import Item, Reading, Record, Work
from refpipe.pipeline import check, intake, lookup

LONGEST = 1_000_000
"""Signs of a pasted text that are read; more is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedReference:
    """One reference of a paste."""

    text: str
    item: Item
    printed: Printed | None
    """How it was read, field by field; None where it came out of a bibliography file."""
    record: Record | None
    """What to store for it; None for an identifier, which a registry is asked about."""
    key: str = ""
    """The identifier to ask a registry about; empty where it names none."""
    known: Work | None = None
    """The work of the library that it is."""
    same_as: int | None = None
    """The place in the list, from 0, of an earlier reference to the same work."""
    maybe: tuple[str, ...] = ()
    """The works, by name, and places (``[3]``) that it may be; a person decides."""

    @property
    def doubted(self) -> tuple[str, ...]:
        """The fields that were not read with certainty."""
        return self.printed.doubted if self.printed else ()

    @property
    def is_read(self) -> bool:
        """Whether anything was understood that names a work."""
        return bool(self.key or {"title", "author", "editor"} & self.item.keys())


def read(
    text: str, library: Library | None, *, name: str = "pasted"
) -> tuple[PastedReference, ...]:
    """The references of a text in whatever form: a list, identifiers, or a bibliography file.

    Raises UnreadableText where it is too long to be a list of references.
    """
    if len(text) > LONGEST:
        raise UnreadableText(
            f"{name}: {len(text)} signs are more than a pasted list may have ({LONGEST})",
            hint="refpipe import takes files of any size.",
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _from_file(text, name) or [
        _one(line) for span in pasted.split(text) for line in _identifiers_apart(span.of(text))
    ]
    return tuple(_held_against(found, library))


def remark(name: str, text: str) -> str:
    """What a person should know of how the references were parted; empty where it is certain."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (
        len(text) > LONGEST
        or exchange.form_of(name, text) is not None
        or not pasted.is_by_shape(text)
    ):
        return ""
    return (
        "the list has no numbers and its lines may have been wrapped: its references were parted"
        " by their shape. See whether each is one; an empty line between two parts them for certain"
    )


def _identifiers_apart(text: str) -> list[str]:
    """The lines where each is an identifier by itself, else the text as one reference."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return lines if len(lines) > 1 and all(map(identifiers.read, lines)) else [text]


def _from_file(text: str, name: str) -> list[PastedReference]:
    """The entries of a bibliography file; nothing where the text is none."""
    form = exchange.form_of(name, text)
    if form is None:
        return []
    found = exchange.read_all(form, text)
    entries = [one for one in found if isinstance(one, FileEntry)]
    records = iter(intake.records_of_entries(form, name, entries))
    return [
        PastedReference(
            text=one.raw,
            item=one.item if isinstance(one, FileEntry) else {},
            printed=None,
            record=next(records) if isinstance(one, FileEntry) else None,
        )
        for one in found
    ]


def _one(text: str) -> PastedReference:
    bare = text.strip()
    claim = identifiers.read(bare) if len(bare.split()) <= 2 else None
    if claim is not None:
        return PastedReference(text=text, item={}, printed=None, record=None, key=bare)
    read_as = printed.read(text)
    surest = identifiers.surest(read_as.reading.claims)
    from refpipe.pipeline.adopt import record_of

    return PastedReference(
        text=text,
        item=read_as.reading.item,
        printed=read_as,
        record=record_of(text, origin="pasted"),
        key=str(surest.identifier) if surest is not None else "",
    )


def _held_against(
    found: Sequence[PastedReference], library: Library | None
) -> list[PastedReference]:
    readings = [
        (str(place), one.printed.reading if one.printed else Reading(item=one.item))
        for place, one in enumerate(found)
    ]
    repeated = list(check.repeated_references(readings))
    out = []
    for place, one in enumerate(found):
        earlier = [int(a) for a, b, _, sure in repeated if sure and b == str(place)]
        unsure = [int(a) for a, b, _, sure in repeated if not sure and b == str(place)]
        doubtful = tuple(f"[{number + 1}]" for number in unsure)
        known, maybe = _in_library(one, library)
        out.append(
            replace(one, same_as=min(earlier, default=None), known=known, maybe=(*doubtful, *maybe))
        )
    return out


def _in_library(
    one: PastedReference, library: Library | None
) -> tuple[Work | None, tuple[str, ...]]:
    """The work that it certainly is, and the names of those that it may be."""
    if library is None:
        return None, ()
    if one.key and (work := lookup.find(library, [one.key]).get(one.key)) is not None:
        return work, ()
    if one.record is None:
        return None, ()
    if (work := library.find(one.record.identifier)) is not None:
        return work, ()
    reading = items.read(one.record)
    subject = match.Subject(
        identifier=one.record.identifier, item=reading.item, claims=reading.claims
    )
    known: Work | None = None
    maybe = []
    (others,) = library.candidates([subject])
    for decision in match.decide(subject, others):
        other = decision.b if decision.a == subject.identifier else decision.a
        work = library.find(other)
        if work is None:
            continue
        if decision.kind == "match":
            known = known or work
        elif decision.kind == "possible":
            maybe.append(work.name)
    return known, tuple(dict.fromkeys(maybe))
