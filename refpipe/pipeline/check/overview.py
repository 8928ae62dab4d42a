"""The state of a site at a glance: each article with its findings, and the works in figures."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from refpipe import articles, files
from refpipe.articles import lists
from refpipe.checks import standing
from refpipe.config import Config
from refpipe.display import visible
from refpipe.errors import ArticleError, LibraryError
from refpipe.library import Library, read_if_there
from refpipe.library.search import Figures
from refpipe.model import Article, Certainty, Claim, Finding, Identifier, Work
from refpipe.pipeline import check, git, lookup, pages
from refpipe.pipeline.check import run
from refpipe.pipeline.retractions import KnownNotices

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


def overview(config: Config, *, today: datetime.date, figures: Figures | None = None) -> Overview:
    """Every article with its findings, and the library in figures; nobody is asked.

    ``figures`` are those of the whole library, where they were counted before.
    """
    outcomes, broken = _outcomes(config, today)
    works: dict[str, Work] = {}
    error = ""
    if config.library.exists():
        cited = {Identifier.parse(one) for outcome in outcomes for one in outcome.works}
        try:
            with Library.open(config.library, writable=False) as library:
                works = {work.id: work for work in library.find_many(cited).values()}
                with KnownNotices() as notices:
                    works = notices.informed(works)
                figures = figures or library.figures()
        except LibraryError as caught:
            error = str(caught)
    states = [_state(one, [works[id_] for id_ in one.works if id_ in works]) for one in outcomes]
    states += [
        ArticleState(path=config.root, shown=str(one).split(":")[0], title="", error=str(one))
        for one in broken
    ]
    told = figures or Figures()
    recent = git.changed_since(config.root, today - datetime.timedelta(days=7))
    return Overview(
        articles=tuple(sorted(states, key=lambda one: (*(-n for n in one.weight), one.shown))),
        confirmed=told.confirmed,
        unconfirmed=told.count - told.confirmed,
        fallen=told.fallen,
        years=told.years,
        ages=tuple(ages(told.years, today.year)),
        changed=None if recent is None else recent & {state.path for state in states},
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
    return _state(run.CheckOutcome.of(checked), checked.context.works.values())


def _outcomes(
    config: Config, today: datetime.date
) -> tuple[list[run.CheckOutcome], list[ArticleError]]:
    """What came of checking each article, and those that could not be checked."""
    order = check.Order(config=config, today=today, select=config.select, ignore=config.ignore)
    broken: list[ArticleError] = []
    paths = pages.articles_of(config, unreadable=broken)
    found: list[run.CheckOutcome] = []
    try:
        found += run.outcomes(order, check.readable(paths, broken))
    except LibraryError as error:
        broken.append(ArticleError(str(error)))
    return found, broken


def _state(outcome: run.CheckOutcome, works: Iterable[Work]) -> ArticleState:
    cited = list({work.id: work for work in works}.values())
    return ArticleState(
        path=outcome.file.path,
        shown=pages.shown(outcome.file.path),
        title=title_of(outcome.file.text),
        findings=outcome.findings,
        works=tuple(sorted(work.id for work in cited)),
        unconfirmed=sum(not work.is_confirmed for work in cited),
        fallen=sum(bool(standing.alarms(work)) for work in cited),
    )


def title_of(text: str) -> str:
    """What the article calls itself; empty where it does not.

    >>> title_of("# 腰痛の話"), title_of("<h1>Back pain</h1>")
    ('腰痛の話', 'Back pain')
    """
    match = _TITLE.search(text[:20_000])
    found = next((part for part in match.groups() if part), "") if match else ""
    return " ".join(found.split())


# ── An article as its reader sees it, each citation with its entry at hand ──────────────────────


_STYLE = """<style>
body { font-family: sans-serif; line-height: 1.7; margin: 1rem; max-width: 44rem; }
[title]:focus::after {
  content: attr(title); display: block; margin: .3rem 0; padding: .4rem .6rem; font-size: .9rem;
  color: #1c2330; background: #f4f6f8; border: 1px solid #55606e; vertical-align: baseline;
}
</style>"""
_CITED = re.compile(r"<a\b[^<>]*\shref=\"#ref-(?P<number>[0-9]+)\"[^<>]*(?=>)", re.IGNORECASE)
_TITLED = re.compile(r"\stitle\s*=", re.IGNORECASE)


def preview_page(path: Path, text: str, entries: Mapping[int, str]) -> str:
    """The article as one HTML page; ``entries`` are the plain entries by number.

    The numbers that cite a hand-made list carry its references as they are printed.
    """
    text = _with_references(path, text)
    if path.suffix.lower() not in {".html", ".htm"}:
        from markdown_it import MarkdownIt

        text = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return f"<!doctype html><meta charset=utf-8>{_STYLE}{with_entries(text, entries)}"


def _with_references(path: Path, text: str) -> str:
    """The text with each citation by number of a hand-made list in an element with its entries."""
    article = articles.read(path.name, text)
    found = lists.of_article(article)
    if found is None:
        return text
    printed_as = {reference.label: reference.text for reference in found.references}
    pieces, end = [], 0
    for citation in lists.numbers(text, found, article.format).citations:
        told = [printed_as[str(one)] for one in citation.numbers if str(one) in printed_as]
        title = html.escape(visible(" ".join("\u2003".join(told).split())))
        shown = citation.span.of(text)
        pieces += [
            text[end : citation.span.start],
            f'<span tabindex="0" title="{title}">{shown}</span>',
        ]
        end = citation.span.end
    return "".join([*pieces, text[end:]])


def with_entries(text: str, entries: Mapping[int, str]) -> str:
    """The HTML, with each link to an entry carrying the entry; other links are left unchanged.

    >>> with_entries('<a href="#ref-1">[1]</a>', {1: 'Sato, "Pain," 2011.'})
    '<a href="#ref-1" title="Sato, &quot;Pain,&quot; 2011.">[1]</a>'
    """

    def told(link: re.Match[str]) -> str:
        entry = entries.get(int(link["number"][:9]))
        if entry is None or _TITLED.search(link[0]):
            return link[0]
        return f'{link[0]} title="{html.escape(visible(" ".join(entry.split())))}"'

    return _CITED.sub(told, text)


# ── Which articles cite a work, managed or by hand ──────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkMention:
    """One place where an article cites or lists the work."""

    path: str
    line: int
    said: str
    """The key as it is typed, or the number in a hand-made list."""
    is_managed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedWork:
    """The work that is looked for: all its names, and the work itself where it is known."""

    names: frozenset[Identifier]
    work: Work | None


def work_wanted(config: Config, key: str) -> WantedWork:
    """What ``key`` names, in the library or as an identifier of its own."""
    names = set(lookup.names(key))
    work = None
    if config.library.exists():
        with Library.open(config.library, writable=False) as library:
            work = lookup.find(library, [key]).get(key)
    if work is not None:
        names |= {Identifier.parse(work.id), *_sure(work.claims)}
    return WantedWork(names=frozenset(names), work=work)


def find_mentions(
    config: Config, paths: Iterable[Path], sought: WantedWork
) -> Iterator[WorkMention]:
    """Every place that cites or lists the work, article by article."""
    with read_if_there(config.library) as library:
        for place in paths:
            article = articles.read(pages.shown(place), files.read(place).text)
            yield from _managed(library, article, sought)
            yield from _by_hand(article, sought)


def _managed(
    library: Library | None, article: Article, sought: WantedWork
) -> Iterator[WorkMention]:
    keys = lookup.keys([article])
    known = lookup.find(library, keys) if library is not None and keys else {}
    own = {key for key in keys if _is_it(key, known.get(key), sought)}
    cited = [(c.line, item.key) for c in article.citations for item in c.items]
    listed = [(b.line, item.key) for b in article.bibliographies for item in b.uncited]
    for line, key in cited + listed:
        if key in own:
            yield WorkMention(path=article.path, line=line, said=f"[@{key}]", is_managed=True)


def _is_it(key: str, work: Work | None, sought: WantedWork) -> bool:
    if work is not None and sought.work is not None:
        return work.id == sought.work.id
    return not sought.names.isdisjoint(lookup.names(key))


def _by_hand(article: Article, sought: WantedWork) -> Iterator[WorkMention]:
    """The references of a hand-made list that bear one of the work's identifiers."""
    from refpipe.items import printed

    found = lists.of_article(article)
    for reference in found.references if found else ():
        claims = printed.remembered(reference.text).reading.claims
        if not sought.names.isdisjoint(_sure(claims)):
            line = article.text.count("\n", 0, reference.span.start) + 1
            said = f"[{reference.label}]"
            yield WorkMention(path=article.path, line=line, said=said, is_managed=False)


def _sure(claims: Iterable[Claim]) -> set[Identifier]:
    return {claim.identifier for claim in claims if claim.certainty is not Certainty.CANDIDATE}
