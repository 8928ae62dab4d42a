"""One work that was only read from print: the registries are asked, and a person chooses."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from refpipe.desk.desk import Desk
from refpipe.errors import RefpipeError
from refpipe.pipeline import confirm, decisions, query


def show(request: Request) -> Response:
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
    library = desk.library(is_written=True)
    assert library is not None  # noqa: S101
    with library, desk.registries() as registries:
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
    desk: Desk = request.app.state.desk
    library = desk.library()
    if library is None:
        return desk.page(request, "message", status=404, heading="no_library", text="")
    with library:
        try:
            work = decisions.named(library, request.query_params.get("key", "")).work
        except RefpipeError as error:
            return desk.page(request, "message", status=404, heading="not_here", text=str(error))
    path = desk.article(request.query_params.get("path", ""))
    rest = {"outcome": None, "choice": None, "chosen": "", "is_offline": False} | given
    article = desk.name_of(path) if path is not None else ""
    return desk.page(request, "confirm", work=work, article=article, **rest)
