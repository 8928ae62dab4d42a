"""One WordPress site over its REST interface; every refusal is a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from refpipe.errors import UsageError
from refpipe.http import Failure, Reply, Settings, read_json
from refpipe.lifetimes import Closing
from refpipe.wordpress import posts
from refpipe.wordpress.posts import Listing, Post, Refused, Revision, Rights

PER_PAGE = 50
_NAMESPACE = "wp/v2"
_API_LINK = re.compile(r"<([^<>]+)>\s*;\s*rel=\"?https://api\.w\.org/\"?")


class WordPressSite(Closing):
    """What can be asked of a site and written to it; use it as a context.

    Raises UsageError where ``address`` is none to which a password may be sent.
    """

    def __init__(self, settings: Settings, address: str, user: str, password: str) -> None:
        from refpipe.http.site_session import SiteSession, is_safe

        self.address = address.rstrip("/")
        if not is_safe(self.address):
            raise UsageError(
                f"{address} is no https address, and the password would be readable on the way",
                hint="Name the site with https://; http:// is for 127.0.0.1 only.",
            )
        self._session = SiteSession(settings, self.address, user, password)
        self._root = ""

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def rights(self) -> Rights | Refused:
        """Who we are to the site.  Only this tells whether the password was taken at all."""
        value = self._get("users/me", {"context": "edit"})
        if isinstance(value, Refused):
            return value
        able = value.get("capabilities") if isinstance(value, dict) else None
        if not isinstance(able, dict):
            return Refused(reason="the site does not say what this user may do")
        return Rights(
            name=str(value.get("username") or value.get("name") or ""),
            may_keep_markup=able.get("unfiltered_html") is True,
        )

    def listing(
        self, kind: str, *, since: str = "", broken_off: Listing | None = None
    ) -> tuple[Listing, Iterator[Post]]:
        """The posts of a type, oldest first, and a count that is whole when they have come.

        ``since`` is a time in ISO 8601, by the site's own clock unless it ends with ``Z``: only
        what was changed after it is listed.  A listing that was broken off goes on behind its
        last whole page, unless the site has other posts than it had then; one that loses posts
        while it is read begins anew, since every later post has moved up.
        """
        told = replace(broken_off or Listing(kind=kind, since=since), refused=None)
        told.is_resumed = told.page > 0
        return told, self._pages(told)

    def _pages(self, told: Listing) -> Iterator[Post]:
        while told.page < told.pages:
            reply = self._reply(told.kind, _listed(told))
            if isinstance(reply, Refused):
                told.refused = reply
                return
            value, headers = reply
            total, pages = _count(headers, "x-wp-total"), _count(headers, "x-wp-totalpages")
            if total is None or pages is None or not isinstance(value, list):
                told.refused = _NO_LISTING
                return
            if told.page and (total < told.total or (told.is_resumed and total != told.total)):
                # Posts came or went meanwhile, so that its pages are no longer those of then.
                told.page, told.shown, told.began, told.is_resumed = 0, 0, "", False
                told.pages, told.total = 1, total
                continue
            told.total, told.pages = total, pages
            told.began = told.began or _moment(headers.get("date", ""))
            for row in value:
                found = posts.post(row, told.kind) if isinstance(row, dict) else None
                if found is not None:
                    told.shown += 1
                    yield found
            told.page += 1

    def post(self, kind: str, number: int) -> Post | Refused:
        """One post as it is stored now."""
        return self._post_of(self._get(f"{kind}/{number}", {"context": "edit"}), kind)

    def write(self, post: Post, raw: str, footnotes: str | None = None) -> Post | Refused:
        """Store the text, and the post as the site answers that it is stored now.

        Where the answer is lost, nobody knows whether it was written: read the post again.
        """
        value: dict[str, object] = {"content": raw}
        if footnotes is not None:
            value["meta"] = {"footnotes": footnotes}
        url = self._url(f"{post.kind}/{post.id}")
        if isinstance(url, Refused):
            return url
        glue = "&" if "?" in url else "?"
        reply = self._session.post(f"{url}{glue}context=edit", value)
        answer = _value(reply)
        return self._post_of(answer if isinstance(answer, Refused) else answer[0], post.kind)

    def revisions(self, post: Post) -> list[Revision] | Refused:
        """The earlier texts of a post, the latest first."""
        return self._texts(f"{post.kind}/{post.id}/revisions")

    def autosave(self, post: Post) -> Revision | Refused | None:
        """An unsaved text that somebody's editor left, where it is newer than the post."""
        found = self._texts(f"{post.kind}/{post.id}/autosaves")
        if isinstance(found, Refused):
            # A type whose editor never saves by itself has no such route.
            return None if found.reason == _WORDS["rest_no_route"][0] else found
        newer = [one for one in found if one.modified > post.modified]
        return max(newer, key=lambda one: one.modified, default=None)

    def _texts(self, path: str) -> list[Revision] | Refused:
        value = self._get(path, {"context": "edit", "per_page": 100})
        if isinstance(value, Refused):
            return value
        texts = []
        for row in value if isinstance(value, list) else ():
            one = posts.post(row, "revisions") if isinstance(row, dict) else None
            if one is not None:
                texts.append(Revision(id=one.id, modified=one.modified, raw=one.raw))
        return sorted(texts, key=lambda one: (one.modified, one.id), reverse=True)

    def _post_of(self, value: Any, kind: str) -> Post | Refused:
        if isinstance(value, Refused):
            return value
        found = posts.post(value, kind) if isinstance(value, dict) else None
        return found or Refused(reason="the site's answer is no post that can be edited")

    def _get(self, path: str, parameters: Mapping[str, object]) -> Any:
        reply = self._reply(path, parameters)
        return reply if isinstance(reply, Refused) else reply[0]

    def _reply(
        self, path: str, parameters: Mapping[str, object]
    ) -> tuple[Any, Mapping[str, str]] | Refused:
        url = self._url(path)
        return url if isinstance(url, Refused) else _value(self._session.get(url, parameters))

    def _url(self, path: str) -> str | Refused:
        """The address of a route; the first call finds out where the site's interface stands."""
        if not self._root:
            found = self._discover()
            if isinstance(found, Refused):
                return found
            self._root = found
        return f"{self._root}{_NAMESPACE}/{path}"

    def _discover(self) -> str | Refused:
        reply = self._session.get(f"{self.address}/")
        if isinstance(reply, Failure):
            return Refused(reason=str(reply))
        link = _API_LINK.search(reply.headers.get("link", ""))
        if link is None:
            return f"{self.address}/?rest_route=/"
        named = urlsplit(self.address)
        if urlsplit(link[1]).hostname != named.hostname:
            return Refused(
                reason=f"the site's interface stands elsewhere, at {link[1][:200]!r}",
                hint="Name that address as the site.",
            )
        # A site behind a proxy often takes itself for http; only what was named is asked.
        whole = urlsplit(link[1])._replace(scheme=named.scheme, netloc=named.netloc).geturl()
        return whole if whole.endswith("/") else f"{whole}/"


def _listed(told: Listing) -> dict[str, object]:
    """What the next page of a listing is asked with."""
    asked: dict[str, object] = {
        "context": "edit", "status": "any", "orderby": "id", "order": "asc",
        "per_page": PER_PAGE, "page": told.page + 1,
    }  # fmt: skip
    return asked | ({"modified_after": told.since} if told.since else {})


def _moment(header: str) -> str:
    """The time of a ``Date`` header in UTC, ISO 8601, less the second that it may be short of.

    Empty where it tells none.
    """
    try:
        return f"{parsedate_to_datetime(header) - timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}"
    except (TypeError, ValueError):
        return ""


def _count(headers: Mapping[str, str], name: str) -> int | None:
    header = headers.get(name, "")
    return int(header) if header.isdecimal() else None


_NO_LISTING = Refused(
    reason="the site's answer is no list of posts with their number, so none were read",
    hint="Is it a type of posts? A proxy or a plug-in may also take away the number (X-WP-Total).",
)


_WORDS = {
    "rest_not_logged_in": ("the site did not take the user and the application password", True),
    "rest_forbidden_context": (
        "the site did not take the user and the application password, or this user may not edit",
        True,
    ),
    "rest_cannot_edit": ("this user may not change it", True),
    "rest_post_invalid_id": ("the site has no such post any more", True),
    "rest_no_route": ("the site does not answer there; is its REST interface switched off?", True),
    "incorrect_password": ("the site did not take the application password", True),
    "invalid_username": ("the site knows no such user", True),
}
"""What WordPress's error codes mean to whoever reads them, and whether that is final."""

_LOGIN_HINT = (
    "Make an application password under Users > Profile in the site's administration;"
    " the password for logging in is not taken."
)


def _value(reply: Reply | Failure) -> tuple[Any, Mapping[str, str]] | Refused:
    """The JSON of a good answer and its headers; anything else as a refusal in plain words."""
    if isinstance(reply, Failure):
        return Refused(reason=str(reply))
    try:
        value = read_json(reply.body)
    except ValueError:
        return Refused(
            reason=f"something other than WordPress answered ({reply.status}, no JSON)",
            hint="A proxy or a security plug-in may stand before the site's REST interface.",
        )
    if reply.status in {200, 201}:
        return value, reply.headers
    code = str(value.get("code", "")) if isinstance(value, dict) else ""
    words, is_final = _WORDS.get(code, ("", reply.status in {400, 401, 403, 404}))
    if not words and reply.status == 429:
        words = "the site says that we ask too often (429); wait some minutes and run again"
    told = words or f"the site refused ({reply.status}{f', {code}' if code else ''})"
    hint = _LOGIN_HINT if reply.status == 401 else ""
    return Refused(reason=told, hint=hint, is_final=is_final)
