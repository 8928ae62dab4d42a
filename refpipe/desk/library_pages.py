"""The library: search as one types, one work with all that is known of it, the ledger."""

from __future__ import annotations

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from refpipe import identifiers, styles
from refpipe.desk.desk import Desk, back_to, language
from refpipe.errors import RefpipeError
from refpipe.merge import undone
from refpipe.model import DecisionKind
from refpipe.pipeline import decisions, history, manual_entry, mentions, review

_SHOWN = 50
_OWN_STYLES = ("ieee", "vancouver", "ama", "sist02")


def search(request: Request) -> Response:
    """The works that have every word, best first; with ``part`` only the list, for typing."""
    desk: Desk = request.app.state.desk
    words = request.query_params.get("q", "").strip()[:500]
    library = desk.library()
    if library is None:
        return desk.page(request, "library", found=(), q=words, count=0, is_part=False)
    with library:
        found = library.search(words, limit=_SHOWN) if words else ()
        count = library.count()
    name = "works" if request.query_params.get("part") else "library"
    return desk.page(request, name, found=found, q=words, count=count, is_part=True)


def work(request: Request) -> Response:
    """One work: its entry in every style, who said what, its history, the articles that cite it."""
    desk: Desk = request.app.state.desk
    library = desk.library()
    if library is None:
        return desk.page(request, "message", status=404, heading="no_library", text="")
    with library:
        try:
            found = decisions.named(library, request.query_params.get("key", "")).work
        except RefpipeError as error:
            return desk.page(request, "message", status=404, heading="not_here", text=str(error))
        records = {record.key: record for record in library.records_of(found)}
        events = history.events(library, found, language(request, desk.config.lang))
    fields = [
        (name, review.shown(found, name), records.get(key))
        for name, key in found.suppliers.items()
        if name in found.item
    ]
    links = [(claim, identifiers.link(claim.identifier)) for claim in found.claims]
    entries = [
        (name, desk.entry(found.item, name)) for name in _OWN_STYLES if name in styles.names()
    ]
    sought = mentions.wanted(desk.config, found.name)
    cited = mentions.find(desk.config, desk.articles(), sought)
    return desk.page(
        request, "work",
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
    library = desk.library(is_written=True)
    assert library is not None  # noqa: S101
    with library:
        try:
            typed = [f"{form.get('field', '')}={form.get('value', '').strip()}"]
            reason = form.get("reason", "").strip()
            found = manual_entry.correct(
                library, form.get("key", ""), typed, reason=reason, now=desk.now()
            )
        except RefpipeError as error:
            told = f"{error} {error.hint}"
            return desk.page(request, "message", status=409, heading="went_wrong", text=told)
    return back_to(f"/work?key={found.name}")


def ledger(request: Request) -> Response:
    """Every decision and correction by a person or a rule, the latest first."""
    desk: Desk = request.app.state.desk
    library = desk.library()
    if library is None:
        return desk.page(request, "ledger", rows=())
    with library:
        facts = list(library.decisions())
        gone = undone(facts)
        corrections = [one for one in library.records() if one.source == "manual"]
        rows = [
            (one.made, history.sentence(one), one.by, one.reason, one.key, one.key in gone)
            for one in facts
            if one.kind is not DecisionKind.NAME
        ]
        rows += [
            (one.heard, history.sentence(one), "person", "", one.key, one.key in gone)
            for one in corrections
        ]
    return desk.page(request, "ledger", rows=sorted(rows, reverse=True)[:500])


async def undo(request: Request) -> Response:
    """Take one decision or correction back."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    return await run_in_threadpool(_undone, request, form)


def _undone(request: Request, form: dict[str, str]) -> Response:
    desk: Desk = request.app.state.desk
    library = desk.library(is_written=True)
    assert library is not None  # noqa: S101
    with library:
        try:
            for key in form.get("key", "").split():
                library.undo(key, reason=form.get("reason", ""), made=desk.now())
        except RefpipeError as error:
            told = f"{error} {error.hint}"
            return desk.page(request, "message", status=409, heading="went_wrong", text=told)
    return back_to("/review?note=taken_back" if form.get("from") == "review" else "/ledger")
