"""A WordPress site on 127.0.0.1, with the habits that were measured on real ones.

No conditional update; wrong credentials on a public route are answered with public data; what a
user may not read is left out of a page silently; a user without ``unfiltered_html`` gets what
she writes filtered; an update moves ``modified`` and makes a revision only where the text differs.
"""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

ROLES = {"admin": "administrator", "ed": "editor", "au": "author", "co": "contributor"}
_NIGHT = datetime(2026, 11, 25, tzinfo=UTC)
PASSWORD = "abcd efgh ijkl mnop qrst uvwx"


@dataclass
class Stored:
    """One post in the site's database."""

    id: int
    kind: str
    raw: str
    author: str = "admin"
    status: str = "publish"
    slug: str = ""
    title: str = ""
    modified: int = 0
    footnotes: str = ""
    revisions: list[tuple[int, int, str]] = field(default_factory=list)
    autosaves: list[tuple[int, int, str]] = field(default_factory=list)


class FakeWordPress:
    """The site; a context that serves while it is open."""

    def __init__(self, *, has_pretty_addresses: bool = True) -> None:
        self.posts: dict[int, Stored] = {}
        self.clock = 1000
        self.number = 500
        self.requests: list[str] = []
        self.queries: list[dict[str, str]] = []
        self.writes = 0
        self.keeps_revisions = True
        self.has_pretty_addresses = has_pretty_addresses
        self.faults: list[Callable[[str, str], tuple[int, bytes, str] | None]] = []
        """Each gets method and route and gives an answer to play instead, or None."""
        self.before_write: Callable[[Stored], None] = lambda _: None
        """What somebody else does at the very moment of a write."""
        self.loses_answer = False
        """True to write and then break the connection off."""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                return

            def date_time_string(self, timestamp: float | None = None) -> str:
                return format_datetime(_NIGHT + timedelta(seconds=site.clock), usegmt=True)

            def do_GET(self) -> None:
                site.answer(self, "GET", b"")

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", "0"))
                site.answer(self, "POST", self.rfile.read(length))

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def add(self, raw: str, **given: Any) -> Stored:
        self.number += 1
        kind = given.pop("kind", "posts")
        slug = given.pop("slug", f"post-{self.number}")
        post = Stored(id=self.number, kind=kind, raw=raw, slug=slug, title=slug, **given)
        post.modified = self.tick()
        self.posts[post.id] = post
        return post

    def tick(self) -> int:
        self.clock += 1
        return self.clock

    def save(self, post: Stored, raw: str, user: str = "admin") -> None:
        """What saving in the site itself does."""
        if user in {"au", "co"}:
            raw = kses(raw)
        post.modified = self.tick()
        if raw != post.raw and self.keeps_revisions:
            self.number += 1
            post.revisions.append((self.number, post.modified, raw))
        post.raw = raw

    def answer(self, handler: BaseHTTPRequestHandler, method: str, body: bytes) -> None:
        parts = urlsplit(handler.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        path = query.pop("rest_route", None) or parts.path.removeprefix("/wp-json")
        self.requests.append(f"{method} {path}")
        self.queries.append(query)
        for fault in self.faults:
            if (played := fault(method, path)) is not None:
                _send(handler, *played)
                return
        if path in {"/", ""} and "rest_route" not in parts.query:
            root = (
                f"{self.address}/wp-json/"
                if self.has_pretty_addresses
                else (f"{self.address}/?rest_route=/")
            )
            _send(
                handler,
                200,
                b"<html>",
                "text/html",
                {"Link": f'<{root}>; rel="https://api.w.org/"'},
            )
            return
        user = self._user(handler)
        route = path.removeprefix("/wp/v2/").strip("/").split("/")
        self._route(handler, method, route, query, user, body)

    def _user(self, handler: BaseHTTPRequestHandler) -> str:
        kind, _, coded = handler.headers.get("Authorization", "").partition(" ")
        if kind != "Basic":
            return ""
        name, _, password = base64.b64decode(coded).decode().partition(":")
        is_right = password.replace(" ", "") == PASSWORD.replace(" ", "")
        return name if is_right and name in ROLES else ""

    def _route(  # noqa: C901
        self,
        handler: BaseHTTPRequestHandler,
        method: str,
        route: list[str],
        query: dict[str, str],
        user: str,
        body: bytes,
    ) -> None:
        def no(status: int, code: str) -> None:
            _send(handler, status, json.dumps({"code": code, "message": "Sorry."}).encode())

        if route[:2] == ["users", "me"]:
            if not user:
                return no(401, "rest_not_logged_in")
            able = {"edit_posts": True}
            if user in {"admin", "ed"}:
                able |= {"unfiltered_html": True, "edit_others_posts": True}
            return _send(
                handler, 200, json.dumps({"username": user, "capabilities": able}).encode()
            )
        if not user and query.get("context") == "edit":
            return no(401, "rest_forbidden_context")
        if len(route) == 1:
            return self._list(handler, route[0], query, user)
        post = self.posts.get(int(route[1]))
        if post is None or post.kind != route[0]:
            return no(404, "rest_post_invalid_id")
        if user in {"au", "co"} and post.author != user:
            return no(403, "rest_cannot_edit" if method == "POST" else "rest_forbidden_context")
        if route[2:] in (["revisions"], ["autosaves"]):
            rows = post.revisions if route[2] == "revisions" else post.autosaves
            return _send(handler, 200, json.dumps([_text(*row) for row in reversed(rows)]).encode())
        if method == "POST":
            self.before_write(post)
            sent = json.loads(body)
            self.writes += 1
            if "content" in sent:
                self.save(post, sent["content"], user)
            if "footnotes" in sent.get("meta", {}):
                post.footnotes = sent["meta"]["footnotes"]
            if self.loses_answer:
                self.loses_answer = False
                handler.connection.close()
                return None
        return _send(handler, 200, json.dumps(self._object(post)).encode())

    def _list(
        self, handler: BaseHTTPRequestHandler, kind: str, query: dict[str, str], user: str
    ) -> None:
        after = query.get("modified_after", "")
        rows = sorted(
            (p for p in self.posts.values() if p.kind == kind and _moment(p.modified) > after),
            key=lambda p: p.id,
        )
        size, page = int(query.get("per_page", "10")), int(query.get("page", "1"))
        pages = -(-len(rows) // size)
        if page > max(1, pages):
            error = {"code": "rest_post_invalid_page_number"}
            return _send(handler, 400, json.dumps(error).encode())
        shown = rows[(page - 1) * size : page * size]
        if user in {"au", "co"}:
            shown = [post for post in shown if post.author == user]
        headers = {"X-WP-Total": str(len(rows)), "X-WP-TotalPages": str(pages)}
        body = json.dumps([self._object(post) for post in shown]).encode()
        return _send(handler, 200, body, "application/json", headers)

    def _object(self, post: Stored) -> dict[str, Any]:
        links: dict[str, Any] = {}
        if self.keeps_revisions:
            links["version-history"] = [{"count": len(post.revisions)}]
            if post.revisions:
                links["predecessor-version"] = [{"id": post.revisions[-1][0]}]
        return {
            "id": post.id,
            "status": post.status,
            "slug": post.slug,
            "link": f"{self.address}/{post.slug}/",
            "title": {"raw": post.title, "rendered": post.title},
            "content": {"raw": post.raw, "rendered": f"<p>{post.raw}</p>"},
            "modified_gmt": _moment(post.modified),
            "date_gmt": _moment(0),
            "modified": _moment(post.modified, hours=9),
            "date": _moment(0, hours=9),
            "meta": {"footnotes": post.footnotes},
            "_links": links,
        }


def kses(raw: str) -> str:
    """What WordPress leaves of a text by somebody without ``unfiltered_html``."""
    raw = re.sub(r"</?(?:wbr|script|template)\b[^>]*>", "", raw)
    return raw.replace("&#45;", "&#045;")


def _text(number: int, modified: int, raw: str) -> dict[str, Any]:
    return {"id": number, "content": {"raw": raw}, "modified_gmt": _moment(modified)}


def _moment(seconds: int, *, hours: int = 0) -> str:
    return f"{_NIGHT + timedelta(hours=hours, seconds=seconds):%Y-%m-%dT%H:%M:%S}"


def _send(
    handler: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    form: str = "application/json; charset=UTF-8",
    headers: dict[str, str] | None = None,
) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", form)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in (headers or {}).items():
        handler.send_header(name, unquote(value))
    handler.end_headers()
    handler.wfile.write(body)
