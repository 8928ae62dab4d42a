"""From articles to findings: look at each, ask afresh where that is wanted, run the rules."""

from __future__ import annotations

import datetime
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from refpipe import articles, checks, files, identifiers, items, match
from refpipe.articles import lists
from refpipe.articles.unmanaged import unmanaged
from refpipe.checks import Context, Double
from refpipe.config import Config
from refpipe.errors import ArticleError
from refpipe.library import Library, read_if_there
from refpipe.model import (
    Article,
    Bibliography,
    Certainty,
    CitationItem,
    Decision,
    DecisionKind,
    Edit,
    Finding,
    Identifier,
    Item,
    Reading,
    Record,
    Scheme,
    Span,
    Unresolved,
    Work,
)
from refpipe.pipeline import git, lookup, pages, stated_differences
from refpipe.pipeline.retractions import KnownNotices, pseudo_work

# ────────────────────────────────────────────────────────────────────────────────────────────────
# What the checker is given of each article: its text, its works, and what stands around them.


@dataclass(frozen=True, slots=True, kw_only=True)
class PageUnderCheck:
    """One article and its surroundings, ready for ``checks.run``."""

    file: files.File
    article: Article
    context: Context


def pages_under_check(
    config: Config,
    paths: Iterable[Path | files.File],
    *,
    today: datetime.date,
    searched: Mapping[str, checks.Searched] | None = None,
) -> Iterator[PageUnderCheck]:
    """Each article with what the library knows of it; nothing is written, nobody is asked.

    One article is held at a time, so that a thousand take no more memory than one.
    """
    with read_if_there(config.library) as library, KnownNotices() as notices:
        possible = _possible(library)
        waivers = library.standing_waivers() if library is not None else ()
        for place in paths:
            file = place if isinstance(place, files.File) else files.read(place)
            article = articles.read(pages.shown(file.path), file.text)
            works = notices.informed(_works(library, article))
            found = lists.of_article(article)
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
                    unheld=len(found.references) - len(of_list.held) if found else 0,
                    related=_related(library, works.values()),
                    waivers=waivers,
                    data_of=notices.day,
                    listed=tuple(_listed(library, notices, found, searched or {})),
                    legacy=found,
                    unread=lists.unread(article, found),
                    doubles=_doubles(found),
                    unmanaged=unmanaged(article),
                    site=site_dates(file.path),
                ),
            )


def site_dates(path: Path) -> checks.SiteDates | None:
    """What WordPress says of the dates of a post that was pulled; None for any other file."""
    from refpipe.wordpress import checkout

    tracked = checkout.tracked_at(path.absolute())
    if tracked is None:
        return None
    return checks.SiteDates(
        published=_day(tracked.post.published_on), changed=_day(tracked.post.modified_on)
    )


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


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


def _listed(
    library: Library | None,
    notices: KnownNotices,
    found: lists.LegacyList | None,
    searched: Mapping[str, checks.Searched],
) -> Iterator[tuple[Work, int]]:
    """The references of a hand-made list of whose standing anything is known.

    A reference without identifier counts as the work that a search of this run found for it.
    """
    printed: dict[Identifier, list[lists.LegacyReference]] = {}
    for reference in found.references if found else ():
        came = searched.get(reference.text)
        if came is not None and came.found is not None:
            printed.setdefault(came.found, []).append(reference)
        for _, claim in identifiers.find(reference.text):
            if claim.certainty is not Certainty.CANDIDATE:
                printed.setdefault(claim.identifier, []).append(reference)
    known = library.find_many(printed) if library is not None and printed else {}
    works = {str(one): known.get(one) or pseudo_work(one, str(one), ()) for one in printed}
    for one, work in zip(printed, notices.informed(works).values(), strict=True):
        for reference in printed[one] if work.relations else ():
            yield replace(work, name=f"[{reference.label}] {one}"), reference.span.start


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be checked, and how."""

    config: Config
    today: datetime.date
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    unresolved: Mapping[str, Unresolved] = field(default_factory=dict)
    """Key → why the registries gave nothing for it, where they were asked in this run."""
    searched: Mapping[str, checks.Searched] = field(default_factory=dict)
    """Text of a reference without identifier → what came of searching for it in this run."""
    unversioned: Mapping[str, str] = field(default_factory=dict)
    """Id of a work → why nobody could say in this run whether it has a newer version."""
    opened: Mapping[str, checks.Opened] = field(default_factory=dict)
    """Id of a work, or text of a listed reference → what its address led to in this run."""
    is_online: bool = False
    is_fixing: bool = False
    is_unsafe: bool = False
    """True: fixes that a person must look at are made too, so the articles' history is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One article and what was found in it."""

    file: files.File
    article: Article
    findings: tuple[Finding, ...]
    works: frozenset[str]
    """The ids of the works it cites."""
    context: checks.Context


def check(order: Order, paths: Iterable[Path | files.File]) -> Generator[Checked]:
    """Each article with its findings, one held at a time.  Raises LibraryError, ArticleError."""
    looks = pages_under_check(order.config, paths, today=order.today, searched=order.searched)
    for look in looks:
        context = replace(
            _numbered(look.context, look.article),
            unresolved=order.unresolved,
            searched=order.searched,
            unversioned=order.unversioned,
            opened=order.opened,
            checked_online=order.is_online,
        )
        if order.is_unsafe:
            context = replace(context, changed=git.changed_in_git(look.file.path, order.today))
        yield Checked(
            file=look.file,
            article=look.article,
            findings=_run(order, look.article, context),
            works=frozenset(work.id for work in context.works.values()),
            context=context,
        )


def readable(paths: Iterable[Path], broken: list[ArticleError]) -> Iterator[Path]:
    """The paths whose text can be read; what is wrong with the others is put into ``broken``."""
    for path in paths:
        try:
            _ = files.read(path).text
        except ArticleError as error:
            broken.append(error)
        else:
            yield path


def mended(checked: Checked, *, is_unsafe: bool) -> str:
    """The article's text with every fix made that does not touch another."""
    edits = [
        finding.edit
        for finding in checked.findings
        if finding.edit is not None and (finding.edit.is_safe or is_unsafe)
    ]
    return edited(checked.file.text, edits)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made; of two that touch, the first counts."""
    pieces, end = [], 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        if edit.span.start >= end:
            pieces += [text[end : edit.span.start], edit.replacement]
            end = edit.span.end
    return "".join((*pieces, text[end:]))


def again(order: Order, checked: Checked, text: str) -> tuple[Finding, ...]:
    """What is found in the article once its text is ``text``."""
    article = articles.read(checked.article.path, text)
    # A fix moves what stands behind it, so the list is found anew.
    found = lists.find(text, article.format) if checked.context.legacy else None
    context = _numbered(replace(checked.context, legacy=found), article)
    return _run(replace(order, is_fixing=False), article, context)


_ONLY_OF_CITED = frozenset({"RET004", "RET008"})
"""What is out of date is no fault where nobody cites it."""


def uncited(order: Order, cited: frozenset[str]) -> Iterator[Finding]:
    """What is found in the works of the library that no article cites, at its first line."""
    path = order.config.library
    families = ("DATE", "REF", "RET")
    chosen = [
        rule.code
        for rule in checks.select(order.select, order.ignore)
        if rule.family in families and rule.code not in _ONLY_OF_CITED
    ]
    if not path.exists() or not chosen:
        return
    with Library.open(path, writable=False) as library:
        waivers = library.standing_waivers()
        for work in library.works():
            if work.id not in cited:
                records = {
                    record.key: (record, items.read(record).item)
                    for record in library.records_of(work)
                }
                context = checks.Context(
                    today=order.today,
                    works={work.id: work},
                    records=records,
                    differences=stated_differences.of_works([work], records),
                    misprinted=stated_differences.misprinted(library, [work]),
                    waivers=waivers,
                    checked_online=order.is_online,
                )
                yield from checks.run(_listing(work, pages.shown(path)), context, select=chosen)


def _numbered(context: checks.Context, article: Article) -> checks.Context:
    """The context with the citations by number that name the hand-made list, or miss it."""
    found = context.legacy
    if not isinstance(found, lists.LegacyList):
        return context
    numbers = lists.numbers(article.text, found, article.format)
    # Where nothing is cited by number, a number in brackets names no entry that could be missing.
    astray = numbers.astray if numbers.citations else ()
    return replace(context, plain=numbers.citations, astray=astray)


def _run(order: Order, article: Article, context: checks.Context) -> tuple[Finding, ...]:
    return checks.run(
        article, context, select=order.select, ignore=order.ignore, is_fixing=order.is_fixing
    )


def _listing(work: Work, path: str) -> Article:
    """An article without text that lists the work, so that the rules can look at it."""
    listed = CitationItem(key=work.id)
    listing = Bibliography(span=Span(0, 0), line=1, typed="", uncited=(listed,))
    return Article(path=path, format="markdown", text="", bibliographies=(listing,))
