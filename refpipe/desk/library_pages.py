"""The library: search as one types, one work with all that is known of it, the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from refpipe import identifiers, match, styles
from refpipe.desk.desk import Desk, back_to, language
from refpipe.errors import RefpipeError
from refpipe.items import exchange, values
from refpipe.library import Library
from refpipe.library.search import ORDERS, Figures, Filters
from refpipe.model import Decision, Record, Work
from refpipe.pipeline import confirm, decisions, manual_entry, query, review
from refpipe.pipeline.check import overview
from refpipe.pipeline.retractions import KnownNotices

_SHOWN = 50
_OWN_STYLES = ("ieee", "vancouver", "ama", "sist02")


def search(request: Request) -> Response:
    """The works that have every word, narrowed and sorted; with ``part`` only the list."""
    desk: Desk = request.app.state.desk
    asked = {name: value.strip()[:500] for name, value in request.query_params.items()}
    words, order = asked.get("q", ""), asked.get("order", "best")
    figures = desk.figures()
    narrowing = _narrowing(asked, desk.fallen)
    is_asked = bool(words) or any(asked.get(name) for name in _NARROWED)
    library = desk.library()
    found: tuple[Work, ...] = ()
    if library is not None and is_asked:
        with library:
            found, counted = library.look(words, _SHOWN, narrowing=narrowing, order=order)
            figures = counted()
    kept = {name: asked[name] for name in _NARROWED if asked.get(name)}
    return desk.page(
        request, "works" if asked.get("part") else "library",
        found=found, figures=figures, q=words, order=order, orders=ORDERS, kept=kept,
        count=desk.figures().count, is_asked=is_asked, facets=_facets(asked, figures),
    )  # fmt: skip


_NARROWED = ("standing", "type", "decade", "journal")
_JOURNALS = 12


def _narrowing(asked: Mapping[str, str], fallen: frozenset[str]) -> Filters:
    decade = asked.get("decade", "")
    return Filters(
        standing=asked.get("standing", ""),
        type=asked.get("type", ""),
        decade=int(decade) if decade.isascii() and decade.isdigit() and len(decade) == 4 else None,
        journal=asked.get("journal", ""),
        known_fallen=fallen,
    )


def _facets(asked: Mapping[str, str], figures: Figures) -> list[Facet]:
    """By what the list can be narrowed, with the number that would be left."""
    standings = {
        "confirmed": figures.confirmed,
        "unconfirmed": figures.count - figures.confirmed,
        "fallen": figures.fallen,
    }
    types = dict(sorted(figures.types.items(), key=lambda one: -one[1]))
    journals = sorted(figures.journals.items(), key=lambda one: (-one[1], one[0]))[:_JOURNALS]
    told: list[tuple[str, Mapping[str, int]]] = [
        ("standing", standings),
        ("type", types),
        ("decade", {str(decade): many for decade, many in figures.decades.items()}),
        ("journal", dict(journals)),
    ]
    facets = []
    for name, counts in told:
        chosen = asked.get(name, "")
        choices = [(chosen, 0)] if chosen else [one for one in counts.items() if one[1]]
        rest = {key: value for key, value in asked.items() if key not in {name, "part", "lang"}}
        rows = [
            (value, many, urlencode(rest if chosen else {**rest, name: value}))
            for value, many in choices
        ]
        facets.append(Facet(name=name, chosen=chosen, rows=rows))
    return facets


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One property of works that a list can be narrowed by."""

    name: str
    chosen: str
    rows: list[tuple[str, int, str]]
    """Each value, how many works have it, and the query of the page that shows them."""


def work(request: Request) -> Response:
    """One work: its entry in every style, who said what, its history, the articles that cite it."""
    return _of_work(request, _shown)


def _of_work(request: Request, show: Callable[[Request, Library, Work], Response]) -> Response:
    """The page that ``show`` makes of the work that is asked for, or the one that says why not."""
    desk: Desk = request.app.state.desk
    library = desk.library()
    if library is None:
        return desk.page(request, "message", status=404, heading="no_library", text="")
    with library:
        try:
            found = decisions.named(library, request.query_params.get("key", "")).work
        except RefpipeError as error:
            return desk.page(request, "message", status=404, heading="not_here", text=str(error))
        return show(request, library, found)


def _shown(request: Request, library: Library, found: Work) -> Response:
    desk: Desk = request.app.state.desk
    records = {record.key: record for record in library.records_of(found)}
    events = decisions.events(library, found, language(request, desk.config.lang))
    with KnownNotices() as notices:
        found = notices.informed({found.id: found})[found.id]
    fields = [
        (name, values.shown(found.item.get(name)), records.get(key))
        for name, key in found.suppliers.items()
        if name in found.item
    ]
    links = [(claim, identifiers.link(claim.identifier)) for claim in found.claims]
    entries = [
        (name, desk.entry(found.item, name)) for name in _OWN_STYLES if name in styles.names()
    ]
    sought = overview.work_wanted(desk.config, found.name)
    cited = overview.find_mentions(desk.config, desk.articles(), sought)
    return desk.page(
        request, "work",
        origin=decisions.origin(found, records.values(), language(request, desk.config.lang)),
        work=found, fields=fields, links=links, entries=entries, events=events,
        records=list(records.values()),
        cited=[(one, desk.name_of(Path(one.path).absolute())) for one in cited],
        correctable=sorted({*review.FIELDS, *manual_entry.ALIASES} - {"type"}),
    )  # fmt: skip


async def correct(request: Request) -> Response:
    """Correct one field of a work by hand."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    return await run_in_threadpool(_corrected, request, form)


def _corrected(request: Request, form: dict[str, str]) -> Response:
    desk: Desk = request.app.state.desk
    typed = [f"{form.get('field', '')}={form.get('value', '').strip()}"]
    reason = form.get("reason", "").strip()

    def correct_field(library: Library) -> Response:
        found = manual_entry.correct(
            library, form.get("key", ""), typed, reason=reason, now=desk.now()
        )
        return back_to(f"/work?key={found.name}")

    return desk.change(request, correct_field)


def ledger(request: Request) -> Response:
    """Every decision and correction by a person or a rule, the latest first."""
    desk: Desk = request.app.state.desk
    library = desk.library()
    if library is None:
        return desk.page(request, "ledger", rows=(), is_cut=False)
    with library:
        decided, corrections, gone = library.latest(_LEDGER)
    lang = language(request, desk.config.lang)
    rows: list[tuple[Decision | Record, str, str, str]]
    rows = [(one, one.made, one.by, one.reason) for one in decided]
    rows += [(one, one.heard, "person", "") for one in corrections]
    told = [
        (when, decisions.as_sentence(one, lang), by, reason, one.key, one.key in gone)
        for one, when, by, reason in sorted(rows, key=lambda row: row[1], reverse=True)[:_LEDGER]
    ]
    is_cut = len(rows) > _LEDGER or len(decided) == _LEDGER or len(corrections) == _LEDGER
    return desk.page(request, "ledger", rows=told, is_cut=is_cut)


_LEDGER = 500
"""Decisions and corrections that the ledger shows."""


async def undo(request: Request) -> Response:
    """Take one decision or correction back."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    return await run_in_threadpool(_undone, request, form)


def _undone(request: Request, form: dict[str, str]) -> Response:
    desk: Desk = request.app.state.desk

    def take_back(library: Library) -> Response:
        for key in form.get("key", "").split():
            library.undo(key, reason=form.get("reason", ""), made=desk.now())
        return back_to("/review?note=taken_back" if form.get("from") == "review" else "/ledger")

    return desk.change(request, take_back)


# ────────────────────────────────────────────────────────────────────────────────────────────────
# Works that may be one, side by side, decided by a key or a button and taken back as easily.


def show_review(request: Request) -> Response:
    """One group after another; what was put off comes again at the end."""
    desk: Desk = request.app.state.desk
    library = desk.library()
    if library is None:
        return desk.page(request, "review", group=None, count=0, rows=(), why=(), undo="", later="")
    with library:
        waiting = review.groups(library)
    later = request.query_params.get("later", "").split()
    waiting.sort(key=lambda group: later.index(group.key) + 1 if group.key in later else 0)
    group = waiting[0] if waiting else None
    lang = language(request, desk.config.lang)
    return desk.page(
        request, "review",
        group=group, count=len(waiting), later=" ".join(later),
        rows=group.rows(is_whole=bool(request.query_params.get("all"))) if group else (),
        why=[match.explain(one, lang) for one in group.evidence] if group else (),
        undo=request.query_params.get("undo", ""), chosen=review.CHOSEN,
    )  # fmt: skip


async def decide(request: Request) -> Response:
    """Keep one answer."""
    form = await request.form()
    given = {name: str(value) for name, value in form.items()}
    names = [str(value) for value in form.getlist("work")]
    return await run_in_threadpool(_decided, request, names, given)


def _decided(request: Request, names: list[str], form: dict[str, str]) -> Response:
    desk: Desk = request.app.state.desk
    later = form.get("later", "").split()
    answer = form.get("answer", "")
    if answer == "s":
        kept = [one for one in later if one != names[0]] + names[:1]
        return back_to(f"/review?{urlencode({'later': ' '.join(kept)})}")
    chosen = {
        name.removeprefix("keep-"): value
        for name, value in form.items()
        if name.startswith("keep-")
    }

    def keep(library: Library) -> Response:
        made = review.decide(
            library, names, answer,
            reason=form.get("reason", ""), chosen=chosen, now=desk.now(),
        )  # fmt: skip
        note = "decided" if made else "settled"
        address = {"later": " ".join(later), "undo": " ".join(made), "note": note}
        return back_to(f"/review?{urlencode(address)}")

    return desk.change(request, keep)


# ── A file of references that is reviewed: the counts, and what is left and was removed ──────────


def show_flow(request: Request) -> Response:
    """What became of the records before they are screened."""
    desk: Desk = request.app.state.desk
    library = desk.library()
    if library is None or not desk.reviewed:
        return desk.page(request, "message", status=404, heading="not_here", text="")
    with library:
        return desk.page(request, "flow", flow=review.flow(library, desk.reviewed))


def save_flow(request: Request) -> Response:
    """The records to screen, or the duplicates that were removed, in the format of the file."""
    desk: Desk = request.app.state.desk
    library = desk.library()
    kind = request.path_params["kind"]
    if library is None or not desk.reviewed or kind not in {"left", "removed"}:
        return desk.page(request, "message", status=404, heading="not_here", text="")
    with library:
        left, removed = review.left_and_removed(library)
    form = next((f.form for f in desk.reviewed if exchange.FORMATS[f.form].is_written), "ris")
    text = exchange.write(form, left if kind == "left" else removed)
    suffix = exchange.FORMATS[form].suffixes[0]
    head = {"Content-Disposition": f'attachment; filename="{kind}{suffix}"'}
    return PlainTextResponse(text, headers=head)


# ── One work that was only read from print: the registries are asked, and a person chooses ──────


def show_confirmation(request: Request) -> Response:
    """The work, and the button that asks."""
    return _page(request)


async def ask(request: Request) -> Response:
    """Ask about the work, or hold it for the one that was chosen."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    return await run_in_threadpool(_asked, request, form)


def _asked(request: Request, form: dict[str, str]) -> Response:
    desk: Desk = request.app.state.desk
    if desk.registries is None:
        return _page(request, is_offline=True)
    key, chosen = request.query_params.get("key", ""), form.get("as", "")
    with desk.written() as library, desk.registries() as registries:
        asker = query.Asker(library=library, registries=registries, now=desk.now())
        work = decisions.named(library, key).work
        if chosen:
            is_sure = form.get("sure") == "yes"
            choice = confirm.choose(asker, key, chosen, is_sure=is_sure)
            given = {"choice": choice, "chosen": chosen}
        else:
            given = {"outcome": next(confirm.confirm(asker, [work]), None)}
    return _page(request, **given)


def _page(request: Request, **given: Any) -> Response:
    return _of_work(request, lambda *asked: _confirmation(*asked, **given))


def _confirmation(request: Request, library: Library, work: Work, **given: Any) -> Response:
    desk: Desk = request.app.state.desk
    lang = language(request, desk.config.lang)
    origin = decisions.origin(work, library.records_of(work), lang)
    path = desk.article(request.query_params.get("path", ""))
    rest = {"outcome": None, "choice": None, "chosen": "", "is_offline": False} | given
    article = desk.name_of(path) if path is not None else ""
    return desk.page(request, "confirm", work=work, origin=origin, article=article, **rest)
