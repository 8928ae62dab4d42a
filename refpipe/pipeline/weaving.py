"""From typed or woven articles to woven ones: look up, ask, number, write."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from refpipe import articles, files, identifiers, render
from refpipe.articles import weaving
from refpipe.articles.unmanaged import unmanaged as unmanaged_numbers
from refpipe.errors import UsageError
from refpipe.library import Library
from refpipe.model import Article, Finding, Item, Rendering, Unresolved, Waiver, Work
from refpipe.pipeline import lookup
from refpipe.pipeline.pages import Page, RefsRun, generation, shown
from refpipe.pipeline.retractions import KnownNotices

RULES = ("CIT001", "CIT002", "CIT009", "CIT010")
"""The rules that speak up while weaving: what they find is printed as ``[?]`` or not at all."""


_TOLD = frozenset(
    {"retraction", "expression-of-concern", "correction", "reinstatement", "new-version"}
)
"""The relations of a work that are told while weaving."""


def weave(run: RefsRun, texts: Sequence[tuple[files.File, str]]) -> Iterator[Page]:
    """The page that each text comes to; the text may differ from what its file holds."""
    opened = [articles.read(shown(file.path), text) for file, text in texts]
    found = _resolve(run, opened)
    library = generation(run.config.library)
    for article, (file, text) in zip(opened, texts, strict=True):
        try:
            yield _page(run, article, file, found, library)
        except UsageError as error:
            yield Page(file=file, after=text, error=_at(article, error))


def untouched(run: RefsRun, pages: Sequence[Page]) -> set[Path]:
    """The paths of those articles whose works are what they were when they were woven."""
    cited = {page.file.path: run.cache.cited(str(page.file.path.absolute())) for page in pages}
    before = {path: _remembered_works(text) for path, text in cited.items()}
    wanted = {path: list(works) for path, works in before.items() if works is not None}
    if not wanted or not run.config.library.exists():
        return set()
    with Library.open(run.config.library, writable=False) as library, KnownNotices() as notices:
        known = dict.fromkeys(key for keys in wanted.values() for key in keys)
        works = notices.informed(lookup.find(library, known))
        seen = _seen(library, works.values())
    digests = {key: _digest(work, seen) for key, work in works.items()}
    return {
        path
        for path, keys in wanted.items()
        if before[path] == {key: digests.get(key) for key in keys}
    }


def _remembered_works(text: str | None) -> dict[str, Any] | None:
    """The works that an article cited, as ``_cited`` wrote them; None where it wrote none."""
    try:
        works = json.loads(text or "")["works"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return works if isinstance(works, dict) else None


def _cited(works: Mapping[str, Work], seen: Collection[str]) -> str:
    """Key → digest of its work, to tell later whether anything of it has changed."""
    return json.dumps({"works": {key: _digest(work, seen) for key, work in works.items()}})


def _seen(library: Library, works: Iterable[Work]) -> frozenset[str]:
    """The ids of the works that only their page speaks for, and whose page was seen."""
    waiting = [work for work in works if identifiers.page_of(work) is not None]
    if not waiting:
        return frozenset()
    # Imported here: most articles cite nothing that no registry has confirmed.
    from refpipe.checks.references import seen_on

    return frozenset(work.id for work in waiting if seen_on(work, library.records_of(work)))


def _digest(work: Work, seen: Collection[str]) -> str:
    """A digest of all of a work that a page may show, or that ``refs`` may have to tell."""
    told = (tie for tie in work.relations if tie.kind.removesuffix("-of") in _TOLD)
    notices = sorted({f"{tie.kind} {tie.target} {tie.date}" for tie in told})
    is_settled = work.is_confirmed or work.id in seen
    whole = json.dumps([work.id, work.item, is_settled, notices], ensure_ascii=True, sort_keys=True)
    return hashlib.blake2b(whole.encode("ascii"), digest_size=12).hexdigest()


def _at(article: Article, error: UsageError) -> UsageError:
    """The same error with the article that it is about."""
    return type(error)(f"{article.path}: {error}", hint=error.hint)


def _resolve(run: RefsRun, articles: Sequence[Article]) -> lookup.FoundWorks:
    wanted = lookup.keys(articles)
    works: dict[str, Work] = {}
    has_library = False
    waivers: tuple[Waiver, ...] = ()
    seen: frozenset[str] = frozenset()
    if wanted and run.config.library.exists():
        with Library.open(run.config.library, writable=False) as library:
            works = lookup.find(library, wanted)
            has_library = bool(works) or library.count() > 0
            waivers = library.standing_waivers()
            seen = _seen(library, works.values())
    missing = [key for key in wanted if key not in works]
    unresolved = _ask(run, works, missing, has_library=has_library) if missing else {}
    with KnownNotices() as notices:
        return lookup.FoundWorks(
            works=notices.informed(works),
            unresolved={key: unresolved[key] for key in missing if key not in works},
            waivers=waivers,
            data_of=notices.day,
            seen=seen,
        )


def _ask(
    run: RefsRun, works: dict[str, Work], missing: Sequence[str], *, has_library: bool
) -> dict[str, Unresolved]:
    """Key → why it has no work, after asking whoever may know; what came is put into ``works``."""
    askable = [key for key in missing if lookup.claim(key) is not None]
    unknown = {
        key: lookup.unknown(key, unasked=run.unasked, has_library=has_library) for key in missing
    }
    if run.registries is None or not run.may_write or not askable:
        return unknown | _remembered_verdicts(run, askable)
    from refpipe.pipeline import query

    with (
        run.registries() as registries,
        Library.open(run.config.library, create=True) as library,
    ):
        asker = query.Asker(library=library, registries=registries, now=run.now)
        unresolved = asker.keys(askable)
        works.update(lookup.find(library, missing))
    return unknown | unresolved


def _remembered_verdicts(run: RefsRun, keys: Sequence[str]) -> dict[str, Unresolved]:
    """Key → the registries' remembered word that it does not exist; nobody is asked again."""
    if run.memory is None or not keys:
        return {}
    claims = {key: claim for key in keys if (claim := lookup.claim(key)) is not None}
    evidence = {claim.identifier: lookup.own_evidence(key) for key, claim in claims.items()}
    with run.memory() as registries:
        outcomes = list(registries.resolve(dict.fromkeys(claims.values()), evidence))
    final = {
        outcome.identifier: outcome
        for outcome in outcomes
        if isinstance(outcome, Unresolved) and outcome.is_final
    }
    return {
        key: final[claim.identifier] for key, claim in claims.items() if claim.identifier in final
    }


def _page(
    run: RefsRun, article: Article, file: files.File, found: lookup.FoundWorks, library: str
) -> Page:
    name = run.config.style_for(file.path, article.settings.get("style", ""))
    style = run.style(name)
    own = {key: found.works[key] for key in lookup.keys([article]) if key in found.works}
    missing = {key: found.unresolved[key] for key in lookup.keys([article]) if key not in own}
    is_blocked = any(fault.is_blocking for fault in article.faults)
    if is_blocked or must_stay(article, missing):
        findings, notes = _findings(run, article, own, found)
        return Page(
            file=file, after=file.text, findings=findings, notes=notes, is_left=not is_blocked
        )
    rendering = render.render(article, own, style, entry=_remembered(run, style))
    woven = articles.weave(article, rendering, is_plain=run.config.markup == "plain")
    text = _linked(run, woven, article, _listed(rendering, own))
    findings, notes = _findings(run, article, own, found)
    works = _listed(rendering, own)
    return Page(
        file=file,
        after=text,
        findings=findings,
        notes=notes,
        works=works,
        unconfirmed=tuple(
            work.id for work in works if not work.is_confirmed and work.id not in found.seen
        ),
        cited=_cited(own, found.seen),
        # What has to be told every time is looked at every time.
        state=None
        if article.path in run.placeless
        else run.state(file.path, text.encode("utf-8"), library, name),
    )


def _linked(run: RefsRun, text: str, article: Article, works: Sequence[Work]) -> str:
    """The woven text with its block of JSON-LD, or without one where none is wanted."""
    bare = weaving.take_out_linked_data(text, article.format)
    if not run.config.has_json_ld or not works:
        return bare
    from refpipe.pipeline import json_ld

    json = json_ld.page(articles.read(article.path, bare), works)
    linked = weaving.put_linked_data(bare, article.format, json)
    if linked == bare:
        run.placeless.append(article.path)
    return linked


def _findings(
    run: RefsRun, article: Article, works: Mapping[str, Work], found: lookup.FoundWorks
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What went wrong, and what is worth knowing; the rules are imported only for a reason."""
    is_told = any(
        tie.kind.removesuffix("-of") in _TOLD for work in works.values() for tie in work.relations
    )
    unmanaged = unmanaged_numbers(article)
    is_whole = not article.faults and all(key in works for key in lookup.keys([article]))
    if is_whole and not is_told and not unmanaged:
        return (), ()
    from refpipe import checks
    from refpipe.checks import standing

    context = checks.Context(
        today=run.today,
        works=works,
        unresolved=found.unresolved,
        unmanaged=unmanaged,
        waivers=found.waivers,
        data_of=found.data_of,
    )
    ignored = [name for name in run.config.ignore if name.upper().startswith("RET")]
    said = checks.run(article, context, select=(*RULES, *standing.TOLD), ignore=ignored)
    quiet = set(standing.TOLD) - set(standing.ALARMS)
    return (
        tuple(one for one in said if one.code not in quiet),
        tuple(one for one in said if one.code in quiet),
    )


def _listed(rendering: Rendering, works: Mapping[str, Work]) -> tuple[Work, ...]:
    by_id = {work.id: work for work in works.values()}
    return tuple(by_id[entry.work_id] for entry in rendering.entries)


def _remembered(run: RefsRun, style: render.Style) -> Callable[[Item], render.EntryResult]:
    def entry(item: Item) -> render.EntryResult:
        # An item is one object throughout a run; it is kept beside its entry, so that it stays one.
        known = run.entries.get((id(item), style.digest))
        if known is not None:
            return known[1]
        result = asked(item)
        run.entries[id(item), style.digest] = item, result
        return result

    def asked(item: Item) -> render.EntryResult:
        key = render.entry_key(item, style)
        content = run.cache.entry(key)
        if content is not None:
            return render.EntryResult(content=content, warnings=())
        result = render.entry(item, style)
        if not result.warnings:
            run.cache.remember_entry(key, result.content)
        return result

    return entry


def must_stay(article: Article, unresolved: Mapping[str, Unresolved]) -> bool:
    """Whether weaving now would take away a number or an entry that nobody has refuted.

    A number is lost where a woven citation would show more question marks than it does.  An
    entry that no citation names cannot be told from the printed list, so a list with anything in
    it counts as holding every uncited work.
    """
    open_keys = {key for key, why in unresolved.items() if not why.is_final}
    if not open_keys:
        return False
    for citation in article.citations:
        shown = articles.printed(article, citation.span)
        asked = sum(item.key in open_keys for item in citation.items)
        if shown and asked > articles.question_marks(shown):
            return True
    return any(
        articles.printed(article, place.span).strip()
        and any(item.key in open_keys for item in place.uncited)
        for place in article.bibliographies[:1]
    )
