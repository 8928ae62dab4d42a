"""What changed since last time in the standing of everything that a site cites, page by page.

The state of last time is a small JSON file; a job that keeps it is told each change once.  Works
that a page lists by hand are looked at as well as those that refpipe manages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from refpipe import articles, files, identifiers
from refpipe.articles import lists
from refpipe.checks import standing
from refpipe.config import Config
from refpipe.errors import ArticleError, RetractionDataError, UsageError
from refpipe.library import Library
from refpipe.model import Article, Certainty, Claim, Identifier, Relation, Work
from refpipe.pipeline import lookup, pages
from refpipe.pipeline.notices import KnownNotices, pseudo_work

_KEPT_EVENTS = 200
"""How many of the last changes the state remembers, for the feed."""
_LEVELS = ("retraction", "expression-of-concern", "reinstatement", "correction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
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
class Night:
    """What one run found."""

    events: tuple[Event, ...]
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


def look(config: Config, paths: Iterable[Path], before: Mapping[str, Any], *, now: str) -> Night:
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
    return Night(
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
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{path} cannot be read: {error}",
            hint="Delete it to begin anew; everything that stands is then reported once more.",
        ) from error
    is_ours = isinstance(value, dict) and value.get("version") == 1
    if not is_ours or not isinstance(value.get("pages"), dict):
        raise UsageError(f"{path} is no state of refpipe retractions", hint="Name another file.")
    return dict(value)


def _pages(
    config: Config, paths: Iterable[Path], notices: KnownNotices, broken: list[ArticleError]
) -> Iterator[_Page]:
    path = config.library
    opened = Library.open(path, writable=False) if path.exists() else nullcontext()
    with opened as library:
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
    if article.bibliographies:
        return {}
    found = lists.find(article.text, article.format)
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
) -> Iterator[Event]:
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
) -> Event:
    kind, target, date, source, reason = told
    return Event(
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
