"""Who may see the desk: one browser on this machine that was given the token.

The token in the address that was opened becomes a cookie that no other site can send; the host
and the origin of every request are held against our own, so that neither a name that was bent
to 127.0.0.1 nor a form on a foreign page reaches anything.
"""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
