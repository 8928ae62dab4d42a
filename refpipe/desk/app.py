"""The desk as an ASGI application, and the server that shows it to one browser."""

from __future__ import annotations

import secrets
import socket
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from refpipe.desk import article_pages, confirm_page, library_pages, paste_page, review_page
from refpipe.desk.desk import Desk
from refpipe.desk.guard import Guard
from refpipe.errors import RefpipeError, UsageError

_STATIC = Path(__file__).parent / "static"


def application(desk: Desk, *, token: str, port: int) -> ASGIApp:
    """The desk behind its guard."""
    app = Starlette(
        routes=[
            Route("/", article_pages.index),
            Route("/article", article_pages.one),
            Route("/article", article_pages.act, methods=["POST"]),
            Route("/preview", article_pages.preview),
            Route("/confirm", confirm_page.show),
            Route("/confirm", confirm_page.ask, methods=["POST"]),
            Route("/paste", paste_page.paste, methods=["GET", "POST"]),
            Route("/paste/answers", paste_page.answers, methods=["POST"]),
            Route("/library", library_pages.search),
            Route("/work", library_pages.work),
            Route("/work", library_pages.correct, methods=["POST"]),
            Route("/review", review_page.show),
            Route("/review", review_page.decide, methods=["POST"]),
            Route("/ledger", library_pages.ledger),
            Route("/ledger", library_pages.undo, methods=["POST"]),
            Route("/favicon.ico", lambda _: RedirectResponse("/static/icon.svg")),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ],
        exception_handlers={404: _not_here, RefpipeError: _went_wrong},
    )
    app.state.desk = desk
    return Guard(app, token=token, port=port)


async def _not_here(request: Request, _: Exception) -> Response:
    desk: Desk = request.app.state.desk
    return desk.page(request, "message", status=404, heading="not_here", text="")


async def _went_wrong(request: Request, error: Exception) -> Response:
    desk: Desk = request.app.state.desk
    hint = error.hint if isinstance(error, RefpipeError) else ""
    return desk.page(
        request, "message", status=409, heading="went_wrong", text=f"{error} {hint}".strip()
    )


def listen(port: int) -> socket.socket:
    """A socket on 127.0.0.1; port 0 takes one that is free.  Raises UsageError on one in use."""
    opened = socket.socket()
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind(("127.0.0.1", port))
        # From here on a browser that is quicker than the server waits, and is not refused.
        opened.listen(64)
    except OSError as error:
        opened.close()
        raise UsageError(
            f"port {port} cannot be used: {error.strerror}", hint="Give another with --port."
        ) from error
    return opened


def serve(desk: Desk, opened: socket.socket, token: str) -> None:
    """Show the desk until Ctrl-C."""
    import uvicorn

    app = application(desk, token=token, port=opened.getsockname()[1])
    settings = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(settings).run(sockets=[opened])


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(32)
