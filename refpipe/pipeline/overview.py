"""The state of a site at a glance: each article with its findings, and the works in figures."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from refpipe import files
from refpipe.config import SUFFIXES, Config
from refpipe.errors import ArticleError, LibraryError
from refpipe.library import Library
from refpipe.model import Finding, Work
from refpipe.pipeline import check, check_memory, git_dates, pages

_FALLEN = frozenset({"retraction", "expression-of-concern"})
_TITLE = re.compile(
    r"^#[ \t]+(?P<heading>[^\n]+)|^title:[ \t]*[\"']?(?P<front>[^\n\"']+)"
    r"|<(?:title|h1)\b[^>]*>(?P<html>[^<]+)<",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleState:
    """One article, and what an editor should know of it before it is published."""

    path: Path
    shown: str
    """Its path as messages print it."""
    title: str
    findings: tuple[Finding, ...] = ()
    works: tuple[str, ...] = ()
    """The ids of the works it cites, in no order."""
    unconfirmed: int = 0
    fallen: int = 0
    """How many of its works are retracted or of concern."""
    error: str = ""
    """Why it could not be checked; empty where it was."""

    @property
    def weight(self) -> tuple[int, int, int, int]:
        """How much it needs a person; the largest first."""
        unchecked = bool(self.error) or any(one.is_unchecked for one in self.findings)
        return self.fallen, int(unchecked), len(self.findings), self.unconfirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The whole site."""

    articles: tuple[ArticleState, ...]
    """Those first that most need a person."""
    confirmed: int = 0
    unconfirmed: int = 0
    fallen: int = 0
    years: Mapping[int, int] = field(default_factory=dict)
    """Year of publication → how many works of the library are of it."""
    ages: tuple[tuple[int, int | None, int], ...] = ()
    """Youngest and oldest age in years, and how many works of the library are of it."""
    changed: frozenset[Path] | None = None
    """The articles that changed in the last seven days; None where no git can tell."""
    library_error: str = ""
    """Why the library could not be read; empty where it was or where there is none."""


def overview(config: Config, *, today: datetime.date) -> Overview:
    """Every article with its findings, and the library in figures; nobody is asked."""
    works: dict[str, Work] = {}
    error = ""
    if config.library.exists():
        try:
            with Library.open(config.library, writable=False) as library:
                works = {work.id: work for work in library.works()}
        except LibraryError as caught:
            error = str(caught)
    states = sorted(
        _states(config, works, today), key=lambda one: (*(-n for n in one.weight), one.shown)
    )
    years = Counter(year for work in works.values() if (year := _year(work)) is not None)
    recent = git_dates.changed_since(config.root, today - datetime.timedelta(days=7))
    paths = {state.path for state in states}
    confirmed = sum(work.is_confirmed for work in works.values())
    return Overview(
        articles=tuple(states),
        confirmed=confirmed,
        unconfirmed=len(works) - confirmed,
        fallen=sum(_is_fallen(work) for work in works.values()),
        years=years,
        ages=tuple(ages(years, today.year)),
        changed=None if recent is None else recent & paths,
        library_error=error,
    )


_AGES = ((0, 5), (6, 10), (11, 20), (21, None))


def ages(years: Mapping[int, int], now: int) -> Iterator[tuple[int, int | None, int]]:
    """How many works are of each age; one that is still to appear counts among the youngest."""
    for young, old in _AGES:
        yield (
            young,
            old,
            sum(
                many
                for year, many in years.items()
                if young <= max(now - year, 0) and (old is None or now - year <= old)
            ),
        )


def article(config: Config, path: Path, *, today: datetime.date) -> ArticleState:
    """One article by itself, with its findings and the fixes that would mend them."""
    order = check.Order(
        config=config, today=today, select=config.select, ignore=config.ignore, is_fixing=True
    )
    checked = next(iter(check.check(order, [path])))
    return _state(check_memory.Outcome.of(checked), checked.context.works.values())


def _states(
    config: Config, works: Mapping[str, Work], today: datetime.date
) -> Iterator[ArticleState]:
    order = check.Order(config=config, today=today, select=config.select, ignore=config.ignore)
    broken: list[ArticleError] = []
    there = [path for path in config.articles if path.exists()]
    paths = list(files.find(there, SUFFIXES, config.exclude, unreadable=broken))
    try:
        for outcome in check_memory.outcomes(order, check.readable(paths, broken)):
            yield _state(outcome, [works[one] for one in outcome.works if one in works])
    except LibraryError as error:
        broken.append(ArticleError(str(error)))
    for one in broken:
        yield ArticleState(path=config.root, shown=str(one).split(":")[0], title="", error=str(one))


def _state(outcome: check_memory.Outcome, works: Iterable[Work]) -> ArticleState:
    cited = list({work.id: work for work in works}.values())
    return ArticleState(
        path=outcome.file.path,
        shown=pages.shown(outcome.file.path),
        title=title_of(outcome.file.text),
        findings=outcome.findings,
        works=tuple(sorted(work.id for work in cited)),
        unconfirmed=sum(not work.is_confirmed for work in cited),
        fallen=sum(_is_fallen(work) for work in cited),
    )


def title_of(text: str) -> str:
    """What the article calls itself; empty where it does not.

    >>> title_of("# 腰痛の話"), title_of("<h1>Back pain</h1>")
    ('腰痛の話', 'Back pain')
    """
    match = _TITLE.search(text[:20_000])
    found = next((part for part in match.groups() if part), "") if match else ""
    return " ".join(found.split())


def _is_fallen(work: Work) -> bool:
    return any(tie.kind in _FALLEN for tie in work.relations)


def _year(work: Work) -> int | None:
    issued = work.item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    year = parts[0][0] if isinstance(parts, list) and parts and parts[0] else None
    return year if isinstance(year, int) else None
