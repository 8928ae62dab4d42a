"""What the data on retractions say of the works at hand, put beside what registries said."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Self

from refpipe.errors import RetractionDataError
from refpipe.model import (
    Article,
    Bibliography,
    Certainty,
    CitationItem,
    Claim,
    Finding,
    Identifier,
    Relation,
    Scheme,
    Span,
    Waiver,
    Work,
)
from refpipe.retractions.index import Found, Index
from refpipe.retractions.place import index_path

_SCHEMES = frozenset({Scheme.DOI, Scheme.PMID})
_SOURCE = "retraction-watch"
STALE = 30
"""Days after which the data are told to be old."""


class KnownNotices:
    """The data on retractions for one run; use it as a context.

    Where there are none, every work comes back as it went in, and ``missing`` says why.
    """

    def __init__(self) -> None:
        self.missing = ""
        """Why nothing can be looked up, and what to do; empty where it can."""
        self._index: Index | None = None
        try:
            self._index = Index(index_path())
        except RetractionDataError as error:
            self.missing = f"{error}; {error.hint}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._index is not None:
            self._index.__exit__(kind, error, trace)

    @property
    def day(self) -> str:
        """The day of the data (ISO 8601); empty where there are none."""
        return self._index.day if self._index is not None else ""

    def note(self, today: datetime.date) -> str:
        """What a person should know of the data: that there are none, or that they are old."""
        if self.missing:
            return f"retractions are known only as far as a registry told them: {self.missing}"
        try:
            age = (today - datetime.date.fromisoformat(self.day)).days
        except ValueError:
            return ""
        if age <= STALE:
            return ""
        return f"the data on retractions are {age} days old; refpipe retractions update renews them"

    def find(self, wanted: Iterable[Identifier]) -> dict[Identifier, tuple[Relation, ...]]:
        """What the data say of each identifier."""
        if self._index is None:
            return {}
        found = self._index.find(one for one in wanted if one.scheme in _SCHEMES)
        return {one: tuple(_relations(one, listed)) for one, listed in found.items()}

    def informed(self, works: Mapping[str, Work]) -> dict[str, Work]:
        """The same works with the notices that the data have of them."""
        names = {key: tuple(names_of(work)) for key, work in works.items()}
        known = self.find({name for listed in names.values() for name in listed})
        if not known:
            return dict(works)
        return {
            key: _with(work, [tie for name in names[key] for tie in known.get(name, ())])
            for key, work in works.items()
        }


def names_of(work: Work) -> Iterator[Identifier]:
    """The DOIs and PMIDs that the work surely has."""
    for claim in work.claims:
        if claim.identifier.scheme in _SCHEMES and claim.certainty is not Certainty.CANDIDATE:
            yield claim.identifier


def _relations(own: Identifier, listed: Iterable[Found]) -> Iterator[Relation]:
    """The notices about the work, or the works that it is a notice of."""
    for one in listed:
        notice = one.notice
        if one.is_paper:
            # A notice without identifier stands on the page of the paper itself.
            targets, kind = notice.notice or (own,), notice.kind
        else:
            targets, kind = notice.paper, f"{notice.kind}-of"
        yield Relation(
            kind=kind,
            target=targets[0],
            date=notice.date,
            source=_SOURCE,
            reason="; ".join(notice.reasons),
        )


def _with(work: Work, ties: Iterable[Relation]) -> Work:
    """The work with more relations; what a registry passed on of the same data is reported once."""
    added = dict.fromkeys(ties)
    said = {(tie.kind, tie.target) for tie in added}
    kept = [
        tie for tie in work.relations if tie.source != _SOURCE or (tie.kind, tie.target) not in said
    ]
    return replace(work, relations=(*kept, *added)) if added else work


def pseudo_work(identifier: Identifier, name: str, relations: tuple[Relation, ...]) -> Work:
    """A work of which nothing is known but an identifier and what is said of it."""
    claim = Claim(identifier=identifier, certainty=Certainty.LITERAL)
    return Work(id=str(identifier), name=name, item={}, claims=(claim,), relations=relations)


def findings(
    work: Work,
    *,
    today: datetime.date,
    select: tuple[str, ...],
    data_of: str = "",
    waivers: tuple[Waiver, ...] = (),
) -> tuple[Finding, ...]:
    """What the rules on standing say of a work, wherever it is cited."""
    from refpipe import checks

    listed = Bibliography(span=Span(0, 0), line=1, typed="", uncited=(CitationItem(key=work.id),))
    article = Article(path="", format="markdown", text="", bibliographies=(listed,))
    context = checks.Context(today=today, works={work.id: work}, data_of=data_of, waivers=waivers)
    return checks.run(article, context, select=select)
