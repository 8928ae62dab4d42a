"""Which articles cite a work, managed or by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from refpipe import articles, files
from refpipe.articles import lists
from refpipe.config import Config
from refpipe.items import printed
from refpipe.library import Library
from refpipe.model import Article, Certainty, Claim, Identifier, Work
from refpipe.pipeline import lookup, pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where an article cites or lists the work."""

    path: str
    line: int
    said: str
    """The key as it is typed, or the number in a hand-made list."""
    is_managed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The work that is looked for: all its names, and the work itself where it is known."""

    names: frozenset[Identifier]
    work: Work | None


def wanted(config: Config, key: str) -> Wanted:
    """What ``key`` names, in the library or as an identifier of its own."""
    names = set(lookup.names(key))
    work = None
    if config.library.exists():
        with Library.open(config.library, writable=False) as library:
            work = lookup.find(library, [key]).get(key)
    if work is not None:
        names |= {Identifier.parse(work.id), *_sure(work.claims)}
    return Wanted(names=frozenset(names), work=work)


def find(config: Config, paths: Iterable[Path], sought: Wanted) -> Iterator[Mention]:
    """Every place that cites or lists the work, article by article."""
    path = config.library
    opened = Library.open(path, writable=False) if path.exists() else nullcontext()
    with opened as library:
        for place in paths:
            article = articles.read(pages.shown(place), files.read(place).text)
            yield from _managed(library, article, sought)
            if not article.bibliographies:
                yield from _by_hand(article, sought)


def _managed(library: Library | None, article: Article, sought: Wanted) -> Iterator[Mention]:
    keys = lookup.keys([article])
    known = lookup.find(library, keys) if library is not None and keys else {}
    own = {key for key in keys if _is_it(key, known.get(key), sought)}
    cited = [(c.line, item.key) for c in article.citations for item in c.items]
    listed = [(b.line, item.key) for b in article.bibliographies for item in b.uncited]
    for line, key in cited + listed:
        if key in own:
            yield Mention(path=article.path, line=line, said=f"[@{key}]", is_managed=True)


def _is_it(key: str, work: Work | None, sought: Wanted) -> bool:
    if work is not None and sought.work is not None:
        return work.id == sought.work.id
    return not sought.names.isdisjoint(lookup.names(key))


def _by_hand(article: Article, sought: Wanted) -> Iterator[Mention]:
    """The references of a hand-made list that bear one of the work's identifiers."""
    found = lists.find(article.text, article.format)
    for reference in found.references if found else ():
        claims = printed.remembered(reference.text).reading.claims
        if not sought.names.isdisjoint(_sure(claims)):
            line = article.text.count("\n", 0, reference.span.start) + 1
            said = f"[{reference.label}]"
            yield Mention(path=article.path, line=line, said=said, is_managed=False)


def _sure(claims: Iterable[Claim]) -> set[Identifier]:
    return {claim.identifier for claim in claims if claim.certainty is not Certainty.CANDIDATE}
