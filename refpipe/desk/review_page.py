"""Works that may be one, side by side, decided by a key or a button and taken back as easily."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from refpipe import match
from refpipe.desk.desk import Desk, back_to, language
from refpipe.errors import RefpipeError
from refpipe.pipeline import review


def show(request: Request) -> Response:
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
    library = desk.library(is_written=True)
    assert library is not None  # noqa: S101
    chosen = {
        name.removeprefix("keep-"): value
        for name, value in form.items()
        if name.startswith("keep-")
    }
    with library:
        try:
            made = review.decide(
                library, names, answer,
                reason=form.get("reason", ""), chosen=chosen, now=desk.now(),
            )  # fmt: skip
        except RefpipeError as error:
            told = f"{error} {error.hint}"
            return desk.page(request, "message", status=409, heading="went_wrong", text=told)
    note = "decided" if made else "settled"
    address = {"later": " ".join(later), "undo": " ".join(made), "note": note}
    return back_to(f"/review?{urlencode(address)}")
