"""What the checker is given of each article: its text, its works, and what stands around them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from refpipe import articles, files, identifiers, items, match
from refpipe.articles import lists
from refpipe.checks import Context, Double
from refpipe.config import Config
from refpipe.library import Library
from refpipe.model import (
    Article,
    Certainty,
    Decision,
    DecisionKind,
    Identifier,
    Item,
    Reading,
    Record,
    Scheme,
    Work,
)
from refpipe.pipeline import lookup, pages, stated_differences
from refpipe.pipeline.notices import KnownNotices, pseudo_work


@dataclass(frozen=True, slots=True, kw_only=True)
class PageUnderCheck:
    """One article and its surroundings, ready for ``checks.run``."""

    file: files.File
    article: Article
    context: Context


def pages_under_check(
    config: Config, paths: Iterable[Path | files.File], *, today: datetime.date
) -> Iterator[PageUnderCheck]:
    """Each article with what the library knows of it; nothing is written, nobody is asked.

    One article is held at a time, so that a thousand take no more memory than one.
    """
    path = config.library
    opened = Library.open(path, writable=False) if path.exists() else nullcontext()
    with opened as library, KnownNotices() as notices:
        possible = _possible(library)
        waivers = library.standing_waivers() if library is not None else ()
        for place in paths:
            file = place if isinstance(place, files.File) else files.read(place)
            article = articles.read(pages.shown(file.path), file.text)
            works = notices.informed(_works(library, article))
            found = _legacy(article)
            records = _records(library, works.values())
            of_list = stated_differences.of_list(library, found)
            yield PageUnderCheck(
                file=file,
                article=article,
                context=Context(
                    today=today,
                    works=works,
                    is_complete=True,
                    possible=possible,
                    records=records,
                    differences=stated_differences.of_works(works.values(), records),
                    misprinted=_misprinted(library, works.values()),
                    listed_differences=of_list.differences,
                    listed_misprints=of_list.misprints,
                    related=_related(library, works.values()),
                    waivers=waivers,
                    data_of=notices.day,
                    listed=tuple(_listed(notices, found)),
                    legacy=found,
                    doubles=_doubles(found),
                    unmanaged=lists.unmanaged(article),
                ),
            )


def _works(library: Library | None, article: Article) -> dict[str, Work]:
    wanted = lookup.keys([article])
    return lookup.find(library, wanted) if library is not None and wanted else {}


def _possible(library: Library | None) -> tuple[tuple[str, str, str], ...]:
    if library is None:
        return ()
    return tuple((a.id, b.id, decision.reason) for a, b, decision in library.possible())


def _records(library: Library | None, works: Iterable[Work]) -> Mapping[str, tuple[Record, Item]]:
    if library is None:
        return {}
    return {
        record.key: (record, items.read(record).item)
        for work in works
        for record in library.records_of(work)
    }


def _misprinted(
    library: Library | None, works: Iterable[Work]
) -> Mapping[str, tuple[tuple[str, str], ...]]:
    return stated_differences.misprinted(library, works) if library is not None else {}


def _related(library: Library | None, works: Iterable[Work]) -> Mapping[str, Work]:
    targets = {tie.target for work in works for tie in work.relations}
    if library is None or not targets:
        return {}
    return {str(target): work for target, work in library.find_many(targets).items()}


def _listed(notices: KnownNotices, found: lists.LegacyList | None) -> Iterator[tuple[Work, int]]:
    """The references of a hand-made list of which the data on retractions know something."""
    printed = {
        claim.identifier: reference
        for reference in (found.references if found else ())
        for _, claim in identifiers.find(reference.text)
        if claim.certainty is not Certainty.CANDIDATE
    }
    for identifier, relations in notices.find(printed).items():
        reference = printed[identifier]
        name = f"[{reference.label}] {identifier}"
        yield pseudo_work(identifier, name, relations), reference.span.start


def _legacy(article: Article) -> lists.LegacyList | None:
    """The list that nobody manages; a managed one looks like a list too and is none."""
    if article.bibliographies:
        return None
    return lists.find(article.text, article.format)


def _doubles(found: lists.LegacyList | None) -> tuple[Double, ...]:
    """Which references of a list that nobody manages are one work."""
    if found is None:
        return ()
    # The reader of references is large; most articles have no hand-made list to read.
    from refpipe.items import printed

    readings = [(one.label, printed.remembered(one.text).reading) for one in found.references]
    return tuple(
        Double(first=one, second=other, reason=reason, is_certain=is_certain)
        for one, other, reason, is_certain in repeated_references(readings)
    )


def repeated_references(
    readings: Sequence[tuple[str, Reading]],
) -> Iterator[tuple[str, str, str, bool]]:
    """Label, label, reason and whether it is certain, for each pair that may be one work."""
    subjects = [
        match.Subject(
            identifier=Identifier(Scheme.TEXT, str(number)),
            item=reading.item,
            claims=reading.claims,
        )
        for number, (_, reading) in enumerate(readings)
    ]
    decisions = [
        decision
        for decision in match.decide_all(subjects)
        if decision.kind in {DecisionKind.MATCH, DecisionKind.POSSIBLE}
    ]
    for decision in sorted(decisions, key=lambda decision: _places(decision)[::-1]):
        first, second = _places(decision)
        is_certain = decision.kind is DecisionKind.MATCH
        yield readings[first][0], readings[second][0], decision.rule, is_certain


def _places(decision: Decision) -> tuple[int, int]:
    """Where the two stand in the list, the earlier first."""
    one, other = int(decision.a.value), int(decision.b.value)
    return (one, other) if one < other else (other, one)
