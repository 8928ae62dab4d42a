"""From articles to findings: look at each, ask afresh where that is wanted, run the rules."""

from __future__ import annotations

import datetime
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from refpipe import articles, checks, files, items
from refpipe.articles import lists
from refpipe.config import Config
from refpipe.errors import ArticleError
from refpipe.library import Library
from refpipe.model import Article, Bibliography, CitationItem, Edit, Finding, Span, Unresolved, Work
from refpipe.pipeline import check_context, git_dates, pages, stated_differences


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be checked, and how."""

    config: Config
    today: datetime.date
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    unresolved: Mapping[str, Unresolved] = field(default_factory=dict)
    """Key → why the registries gave nothing for it, where they were asked in this run."""
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
    for look in check_context.pages_under_check(order.config, paths, today=order.today):
        context = replace(
            _numbered(look.context, look.article),
            unresolved=order.unresolved,
            checked_online=order.is_online,
        )
        if order.is_unsafe:
            context = replace(context, changed=git_dates.changed(look.file.path, order.today))
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


def uncited(order: Order, cited: frozenset[str]) -> Iterator[Finding]:
    """What is found in the works of the library that no article cites, at its first line."""
    path = order.config.library
    families = ("DATE", "REF", "RET")
    chosen = [
        rule.code for rule in checks.select(order.select, order.ignore) if rule.family in families
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
