"""What the data on retractions say of the works at hand, put beside what registries said."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from refpipe import files, identifiers
from refpipe.config import Config
from refpipe.errors import ArticleError, RetractionDataError, UsageError
from refpipe.library import Library, read_if_there
from refpipe.lifetimes import Closing
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
from refpipe.pipeline import lookup, pages
from refpipe.retractions import index_path
from refpipe.retractions.index import FoundNotice, Index

_SCHEMES = frozenset({Scheme.DOI, Scheme.PMID})
_SOURCE = "retraction-watch"
STALE = 30
"""Days after which the data are told to be old."""


class KnownNotices(Closing):
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

    def close(self) -> None:
        """Let the index go."""
        if self._index is not None:
            self._index.close()

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

    def fallen(self, library: Library) -> frozenset[str]:
        """The ids of the library's works that the data know as retracted or of concern."""
        if self._index is None:
            return frozenset()
        from refpipe.checks import standing

        holders = dict(library.published())
        told: dict[str, list[Relation]] = defaultdict(list)
        for one, ties in self.find(holders).items():
            told[holders[one]] += ties
        return frozenset(
            name
            for name, ties in told.items()
            if standing.alarms(Work(id=name, name="", item={}, relations=tuple(ties)))
        )

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


def _relations(own: Identifier, listed: Iterable[FoundNotice]) -> Iterator[Relation]:
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


def notice_findings(
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


# ────────────────────────────────────────────────────────────────────────────────────────────────
# What changed since last time in the standing of everything that a site cites, page by page.
#
# The state of last time is a small JSON file; a job that keeps it is told each change once. Works
# that a page lists by hand are looked at as well as those that refpipe manages.


_KEPT_EVENTS = 200
"""How many of the last changes the state remembers, for the feed."""
_LEVELS = ("retraction", "expression-of-concern", "reinstatement", "correction")


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingChange:
    """One thing that changed: a notice that is new, or one that was taken back."""

    path: str
    line: int
    work: str
    """The work's identifier, written."""
    title: str
    kind: str
    """The kind of notice."""
    notice: str
    """The address of the notice."""
    date: str
    source: str
    reason: str
    seen: str
    """When this was found (UTC, ISO 8601)."""
    is_gone: bool = False
    """True: a source said it before and says it no longer."""
    is_retracted: bool = False
    """True: with all notices taken together, the work is retracted now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingChanges:
    """What one run found."""

    events: tuple[StandingChange, ...]
    pages: int
    works: int
    state: Mapping[str, Any]
    """What to remember for the next run."""
    broken: tuple[ArticleError, ...] = ()
    is_first: bool = False


@dataclass(slots=True, kw_only=True)
class _Page:
    """One page and the works it cites, with the line of the first mention."""

    path: str
    works: dict[str, tuple[Work, int]] = field(default_factory=dict)


def changes_since(
    config: Config, paths: Iterable[Path], before: Mapping[str, Any], *, now: str
) -> StandingChanges:
    """What changed since ``before``.

    Raises RetractionDataError where there are no data on this machine: nothing looked up must
    not look like nothing found.
    """
    broken: list[ArticleError] = []
    with KnownNotices() as notices:
        if notices.missing:
            raise RetractionDataError(notices.missing)
        seen = list(_pages(config, paths, notices, broken))
    known = {page.path: _said(page) for page in seen}
    earlier = before.get("pages", {})
    events = [
        event
        for page in seen
        for event in _changes(page, known[page.path], earlier.get(page.path, {}), now)
    ]
    # A page that was not looked at, or could not be read, keeps what was known of it.
    kept = {path: said for path, said in earlier.items() if path not in known}
    remembered = [*map(asdict, events), *before.get("events", [])][:_KEPT_EVENTS]
    return StandingChanges(
        events=tuple(events),
        pages=len(seen),
        works=len({work for page in seen for work in page.works}),
        state={"version": 1, "made": now, "pages": {**kept, **known}, "events": remembered},
        broken=tuple(broken),
        is_first=not before,
    )


def read_state(path: Path) -> dict[str, Any]:
    """What was remembered; nothing where this is the first run.  Raises UsageError on damage."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(
            f"{path} cannot be read: {error}",
            hint="Delete it to begin anew; everything that stands is then reported once more.",
        ) from error
    if not _is_state(value):
        raise UsageError(f"{path} is no state of refpipe retractions", hint="Name another file.")
    return dict(value)


def _is_state(value: object) -> bool:
    """Whether a JSON value is of the shape that ``changes_since`` gives."""
    if not isinstance(value, dict) or value.get("version") != 1:
        return False
    works = _values([value.get("pages")])
    notices = _values(_values(works))
    events = value.get("events", [])
    return (
        notices is not None
        and all(map(_is_notice, notices))
        and isinstance(events, list)
        and all(isinstance(one, dict) for one in events)
    )


def _is_notice(value: object) -> bool:
    """Whether it is kind, target, date, source and reason, as ``_said`` writes them."""
    if not isinstance(value, list) or len(value) != 5:
        return False
    try:
        return all(isinstance(one, str) for one in value) and bool(Identifier.parse(value[1]))
    except ValueError:
        return False


def _values(objects: Iterable[object] | None) -> list[object] | None:
    """What stands in all of these JSON objects; None where one of them is none."""
    found: list[object] = []
    for one in objects if objects is not None else (None,):
        if not isinstance(one, dict):
            return None
        found += one.values()
    return found


def _pages(
    config: Config, paths: Iterable[Path], notices: KnownNotices, broken: list[ArticleError]
) -> Iterator[_Page]:
    from refpipe import articles

    with read_if_there(config.library) as library:
        for place in paths:
            try:
                article = articles.read(pages.shown(place), files.read(place).text)
            except ArticleError as error:
                broken.append(error)
                continue
            yield _page(library, article, notices)


def _page(library: Library | None, article: Article, notices: KnownNotices) -> _Page:
    page = _Page(path=article.path)
    for key, line in _mentions(article):
        page.works.setdefault(key, (_unknown(key), line))
    known = lookup.find(library, list(page.works)) if library is not None else {}
    works = {key: known.get(key, work) for key, (work, _) in page.works.items()}
    for number, name in _by_hand(article).items():
        works[number] = name[0]
        page.works[number] = name
    informed = notices.informed(works)
    by_work = {work.id: (work, page.works[key][1]) for key, work in reversed(informed.items())}
    page.works = dict(sorted(by_work.items(), key=lambda pair: pair[1][1]))
    return page


def _mentions(article: Article) -> Iterator[tuple[str, int]]:
    """Each key that the article cites or lists, with its line."""
    for citation in article.citations:
        yield from ((item.key, citation.line) for item in citation.items)
    for bibliography in article.bibliographies:
        yield from ((item.key, bibliography.line) for item in bibliography.uncited)


def _unknown(key: str) -> Work:
    """A work that the library does not hold, by what was typed."""
    claim = identifiers.read(key)
    sure = claim is not None and claim.certainty is not Certainty.CANDIDATE
    if claim is None or not sure:
        return Work(id=key, name=key, item={})
    return pseudo_work(claim.identifier, key, ())


def _by_hand(article: Article) -> dict[str, tuple[Work, int]]:
    """The works of a list that nobody manages, by the identifiers that it prints."""
    from refpipe.articles import lists

    found = lists.of_article(article)
    works: dict[str, tuple[Work, int]] = {}
    for reference in found.references if found else ():
        line = article.text.count("\n", 0, reference.span.start) + 1
        claims = tuple(claim for _, claim in identifiers.find(reference.text) if _is_sure(claim))
        if claims:
            own = str(claims[0].identifier)
            item = {"title": reference.text[:120]}
            works[own] = (Work(id=own, name=f"[{reference.label}]", item=item, claims=claims), line)
    return works


def _is_sure(claim: Claim) -> bool:
    return claim.certainty is not Certainty.CANDIDATE


def _said(page: _Page) -> dict[str, dict[str, list[str]]]:
    """Work → notice → what was said of it, in the form that the state keeps."""
    said: dict[str, dict[str, list[str]]] = {}
    for name, (work, _) in page.works.items():
        ties = [tie for tie in work.relations if tie.kind in _LEVELS]
        if ties:
            said[name] = {
                _key(tie): [tie.kind, str(tie.target), tie.date, tie.source, tie.reason]
                for tie in ties
            }
    return said


def _key(tie: Relation) -> str:
    """What makes a notice the same one as last time, whoever says so."""
    return f"{tie.kind} {tie.target}"


def _changes(
    page: _Page,
    said: Mapping[str, Mapping[str, list[str]]],
    before: Mapping[str, Mapping[str, list[str]]],
    now: str,
) -> Iterator[StandingChange]:
    """What is said now and was not, then what was said and is no longer.

    That a page no longer cites a work is no change of the work.
    """
    for name, (work, line) in page.works.items():
        now_said, then = said.get(name, {}), before.get(name, {})
        for key in sorted(now_said.keys() - then.keys()):
            yield _event(page, work, line, now_said[key], now, is_gone=False)
        for key in sorted(then.keys() - now_said.keys()):
            yield _event(page, work, line, then[key], now, is_gone=True)


def _event(  # noqa: PLR0913
    page: _Page, work: Work, line: int, told: list[str], now: str, *, is_gone: bool
) -> StandingChange:
    from refpipe.checks import standing

    kind, target, date, source, reason = told
    return StandingChange(
        path=page.path,
        line=line,
        work=work.id,
        title=str(work.item.get("title") or work.name),
        kind=kind,
        notice=identifiers.link(Identifier.parse(target)),
        date=date,
        source=source,
        reason=reason,
        seen=now,
        is_gone=is_gone,
        is_retracted=bool(standing.retractions(work)),
    )
