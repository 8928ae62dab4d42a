"""The desk: what a writer or editor needs, on pages in her own browser.

``application`` is the desk as an ASGI application behind its guard, who keeps everybody else out;
``serve`` shows it to one browser.  Pages are made by the server and useful without JavaScript;
they call ``refpipe.pipeline`` as the commands do and hold no logic of their own.
"""

from __future__ import annotations

import hmac
import secrets
import socket
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from refpipe.desk import article_pages, library_pages, paste_page
from refpipe.desk.desk import Desk
from refpipe.errors import RefpipeError, UsageError

# ── Who may see the desk: one browser on this machine that was given the token ──────────────────
# The token in the address that was opened becomes a cookie that no other site can send; the host
# and the origin of every request are held against our own, so that neither a name that was bent
# to 127.0.0.1 nor a form on a foreign page reaches anything.


LARGEST = 4 * 1024 * 1024
"""Bytes of one request."""
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'self'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """The door in front of the application."""

    def __init__(self, app: ASGIApp, *, token: str, port: int) -> None:
        self._app = app
        self._token = token
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._cookie = f"refpipe-desk-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a stranger with a refusal, and let our own browser through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
            return
        await self._app(scope, _bounded(receive), _with_headers(send))

    def _refusal(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        if headers.get("host", "") not in self._hosts:
            return PlainTextResponse("This is not the desk's address.", status_code=421)
        if scope["method"] not in {"GET", "HEAD", "POST"}:
            return PlainTextResponse("This cannot be done.", status_code=405)
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        given = query.pop("token", "")
        if given and scope["method"] == "GET" and self._is_token(given):
            return self._welcome(scope, query)
        return self._unknown(scope, headers)

    def _unknown(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        """The refusal of a request without our cookie, from a foreign page, or too large."""
        length = headers.get("content-length", "0")
        if not self._is_token(_cookie(headers, self._cookie)):
            return PlainTextResponse(
                "Open the address that refpipe desk printed.\n"
                "refpipe desk が表示したアドレスを開いてください。\n",
                status_code=403,
            )
        if scope["method"] == "POST" and not self._is_ours(headers):
            return PlainTextResponse("The form came from another page.", status_code=403)
        if length.isdigit() and int(length) > LARGEST:
            return PlainTextResponse("This is too large.", status_code=413)
        return None

    def _welcome(self, scope: Scope, query: dict[str, str]) -> ASGIApp:
        """The same address without the token, and the cookie in its place."""
        rest = f"?{urlencode(query)}" if query else ""
        path = "/" + scope["path"].lstrip("/\\")
        answer = RedirectResponse(f"{path}{rest}", status_code=303)
        answer.set_cookie(self._cookie, self._token, httponly=True, samesite="strict", path="/")
        return answer

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8"), self._token.encode("utf-8"))

    def _is_ours(self, headers: Headers) -> bool:
        """Whether a form was sent from one of our own pages."""
        origin = headers.get("origin")
        if origin is not None:
            return origin in {f"http://{host}" for host in self._hosts}
        return headers.get("sec-fetch-site") == "same-origin"


def _cookie(headers: Headers, name: str) -> str:
    try:
        jar = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


def _with_headers(send: Send) -> Send:
    """Every answer carries our headers, unless it sets its own policy."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message["headers"]}
            message["headers"] = [
                *message["headers"],
                *(
                    (name.lower().encode(), value.encode())
                    for name, value in _HEADERS.items()
                    if name.lower().encode() not in present
                ),
            ]
        await send(message)

    return sending


def _bounded(receive: Receive) -> Receive:
    """The request's body, cut off where it is larger than a request may be."""
    seen = 0

    async def receiving() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > LARGEST:
                return {"type": "http.disconnect"}
        return message

    return receiving


_STATIC = Path(__file__).parent / "static"


def application(desk: Desk, *, token: str, port: int) -> ASGIApp:
    """The desk behind its guard."""
    app = Starlette(
        routes=[
            Route("/", article_pages.index),
            Route("/article", article_pages.one),
            Route("/article", article_pages.act, methods=["POST"]),
            Route("/preview", article_pages.preview),
            Route("/confirm", library_pages.show_confirmation),
            Route("/confirm", library_pages.ask, methods=["POST"]),
            Route("/paste", paste_page.paste, methods=["GET", "POST"]),
            Route("/paste/answers", paste_page.answers, methods=["POST"]),
            Route("/library", library_pages.search),
            Route("/work", library_pages.work),
            Route("/work", library_pages.correct, methods=["POST"]),
            Route("/review", library_pages.show_review),
            Route("/review", library_pages.decide, methods=["POST"]),
            Route("/flow", library_pages.show_flow),
            Route("/flow/{kind}", library_pages.save_flow),
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
        request, "message", status=409, heading="went_wrong", text=f"{error}\n{hint}".strip()
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
