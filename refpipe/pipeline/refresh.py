"""What the registries say today of works that were asked about some time ago."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from refpipe import identifiers
from refpipe.library import Library
from refpipe.model import Certainty, Claim, Identifier, Relation, Scheme, Unresolved, Work
from refpipe.pipeline.query import Asker
from refpipe.sources import Registries

_ASKED = (Scheme.DOI, Scheme.PMID)
"""The schemes whose registries say how a work stands today."""
_PORTION = 200
"""Works asked about at once: five batches; what was heard is stored before the next ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is said of a work now that was not said before."""

    work: Work
    relations: tuple[Relation, ...] = ()
    """Retractions, corrections and other ties that are new."""
    fields: tuple[tuple[str, object, object], ...] = ()
    """(CSL variable, before, after) for each that is another now."""

    @property
    def is_any(self) -> bool:
        """Whether anything changed."""
        return bool(self.relations or self.fields)


def due(library: Library, registries: Registries, *, before: str) -> list[tuple[Work, Identifier]]:
    """The works that nobody was asked about since ``before`` (a UTC time in ISO 8601)."""
    found = []
    for work in library.works():
        asked = identifier(work)
        if asked is not None and _last(library, registries, work, asked) < before:
            found.append((work, asked))
    return found


def identifier(work: Work) -> Identifier | None:
    """The identifier by which registries know the work, or None for a work that none knows."""
    claim = identifiers.surest(work.claims, _ASKED, or_candidate=False)
    return claim.identifier if claim is not None else None


def _last(library: Library, registries: Registries, work: Work, asked: Identifier) -> str:
    """When a registry was last heard on the work.

    The library dates an answer by its first hearing; the memory knows of later ones.
    """
    heard = [
        record.heard
        for record in library.records_of(work)
        if record.source not in {"printed", "manual", "alias"}
    ]
    return max((*heard, registries.heard_on(asked)), default="")


def refresh(
    asker: Asker, works: Iterable[tuple[Work, Identifier]]
) -> Iterator[Change | Unresolved]:
    """One outcome for each work, in portions; the answers are in the library by then."""
    waiting = list(works)
    for start in range(0, len(waiting), _PORTION):
        portion = waiting[start : start + _PORTION]
        claims = [Claim(identifier=asked, certainty=Certainty.CONFIRMED) for _, asked in portion]
        missing = asker.claims(claims).missing
        found = asker.library.find_many({asked for _, asked in portion})
        for work, asked in portion:
            if asked in missing:
                yield missing[asked]
            else:
                yield changed(work, found.get(asked, work))


def changed(before: Work, after: Work) -> Change:
    """What is another in ``after``."""
    known = {(tie.kind, tie.target) for tie in before.relations}
    names = sorted(before.item.keys() | after.item.keys())
    return Change(
        work=after,
        relations=tuple(tie for tie in after.relations if (tie.kind, tie.target) not in known),
        fields=tuple(
            (name, before.item.get(name), after.item.get(name))
            for name in names
            if before.item.get(name) != after.item.get(name)
        ),
    )
