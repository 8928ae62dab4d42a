"""Crossref: works by DOI, in batches where possible, by a publisher's number, and by search.

What the API does was taken from its documentation and from recorded answers; where the two
differ, the recorded answer counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote

from refpipe import identifiers
from refpipe.http import Failure, Http, Pace, Reply, read_json
from refpipe.model import Identifier, Scheme
from refpipe.sources.answers import Absent, Heard, Outcome, disbelieve

BATCH = 40
"""DOIs in one list request at most."""
LONGEST = 3500
"""Bytes of a list request's address at most; the server cuts off at 4,096."""

KEPT = (
    "DOI", "ISBN", "ISSN", "accepted", "alternative-id", "approved", "archive",
    "article-number", "author", "chair", "clinical-trial-number", "container-title",
    "content-created", "degree", "editor", "event", "group-title", "issn-type", "issue",
    "issued", "original-title", "page", "posted", "published", "published-online",
    "published-print", "publisher", "publisher-location", "relation",
    "short-container-title", "short-title", "standards-body", "subtitle", "title", "translator",
    "type", "update-to", "updated-by", "volume",
)  # fmt: skip
"""What is asked for with ``select``, out of the names that the API accepts there
(https://api.crossref.org/swagger-ui/index.html, works, ``select``).  Left out are the
bulky (``reference``, ``abstract``, ``assertion``, ``license``, ``link``) and the volatile."""

_BOOKS = frozenset({"book", "monograph", "edited-book", "reference-book", "proceedings", "report"})
"""The types of things that have an ISBN as a whole (https://api.crossref.org/types)."""
_ROWS_OF_A_BOOK = 100
"""A book's chapters come with it; few have more."""

_SINGLE_ONLY = ("aliases", "edition-number", "review", "subtype")
"""Kept of a single answer too, though lists cannot be asked for it."""
_INSTITUTIONAL = frozenset(
    {"posted-content", "dissertation", "report", "report-component", "standard"}
)
"""The types whose server, university or body is told in ``institution`` and nowhere else; that
of an article is where its authors work."""
_WHOLE = _BOOKS | _INSTITUTIONAL | {"book-chapter", "book-section", "book-part", "reference-entry"}
"""The types whose whole records are asked for, in lists of their own: ``select`` knows neither
editions nor institutions, and without its edition it is not known which book it is."""


class Crossref:
    """Crossref's REST API through one ``Http``."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._base = http.settings.crossref
        self._mailto = http.settings.mailto
        self._selects = True

    def works(
        self, dois: Sequence[Identifier], *, is_fresh: bool = False
    ) -> Iterator[tuple[Identifier, Outcome]]:
        """What Crossref says of each DOI, as it arrives.

        First come those that are remembered, then those that a batch has, then the books among
        them, whole, then, one by one, those that no batch has: unknown ones and aliases.
        """
        waiting: list[Identifier] = []
        for doi in dois:
            known = None if is_fresh else self._remembered(doi)
            if known is None:
                waiting.append(doi)
            else:
                yield doi, known
        singly = [doi for doi in waiting if "," in doi.value]
        together = [doi for doi in waiting if "," not in doi.value]
        books: list[Identifier] = []
        for batch in self._batches(together):
            if len(batch) == 1:
                singly += batch
                continue
            found = self._batch(batch)
            articles = {doi: one for doi, one in found.items() if not _is_cut(one)}
            yield from articles.items()
            singly += [doi for doi in batch if doi not in found]
            books += [doi for doi in batch if doi in found and doi not in articles]
        for batch in self._batches(books):
            found = self._batch(batch, is_whole=True) if len(batch) > 1 else {}
            yield from found.items()
            singly += [doi for doi in batch if doi not in found]
        for doi in singly:
            yield doi, self.work(doi, is_fresh=is_fresh)

    def work(self, doi: Identifier, *, is_fresh: bool = False) -> Outcome:
        """What Crossref says of one DOI; an alias is followed to its primary DOI."""
        got = self._http.get_json(self._single(doi), pace=Pace.SINGLE, is_fresh=is_fresh)
        if isinstance(got, Failure):
            return got
        outcome = self._read_single(doi, *got)
        if isinstance(outcome, str):
            return disbelieve(self._http, got[0], self._single(doi), outcome, pace=Pace.SINGLE)
        return outcome

    def heard_on(self, doi: Identifier) -> str:
        """When Crossref was last heard on one DOI, as far as is remembered; else empty."""
        reply = self._http.remembered(self._single(doi), pace=Pace.SINGLE, even_stale=True)
        return reply.heard if reply is not None and reply.status == 200 else ""

    def by_publisher_number(self, number: str) -> Outcome:
        """The one work that carries a publisher's own number (an Elsevier PII)."""
        url = self._list({"filter": f"alternative-id:{number}"}, rows=2)
        found = self._items(url)
        if isinstance(found, Failure):
            return found
        works = [message for message in found if number in message.get("alternative-id", ())]
        if len(works) != 1:
            return Absent(reason=f"Crossref knows {len(works) or 'no'} work(s) by {number}")
        return self._heard(works[0], url) or Absent(reason=f"Crossref knows no work by {number}")

    def by_isbn(self, isbn: Identifier, *, is_fresh: bool = False) -> Outcome:
        """The one book that is registered under the ISBN; its chapters bear it as well."""
        url = self._list({"filter": f"isbn:{isbn.value}"}, rows=_ROWS_OF_A_BOOK)
        found = self._items(url, is_fresh=is_fresh)
        if isinstance(found, Failure):
            return found
        books = [one for one in found if is_book(one) and _bears(one, isbn)]
        if len(books) != 1:
            many = f"Crossref has {len(books)} books of that ISBN"
            return Absent(reason=many if books else "Crossref does not know it")
        heard = self._heard(books[0], url)
        unknown = Absent(reason="Crossref does not know it")
        # What a list had of it may be remembered as the answer; it lacks the edition.
        return self.work(heard.identifier, is_fresh=True) if heard else unknown

    def search(self, words: str, *, rows: int = 5) -> list[Heard] | Failure:
        """The works that Crossref finds for the words of a printed reference, best first."""
        url = self._list({"query.bibliographic": words}, rows=rows)
        found = self._items(url)
        if isinstance(found, Failure):
            return found
        return [heard for message in found if (heard := self._heard(message, url))]

    # ── singles ────────────────────────────────────────────────────────────────────────

    def _single(self, doi: Identifier) -> str:
        return self._signed(f"{self._base}/works/{quote(doi.value, safe='')}", "?")

    def _signed(self, url: str, joint: str) -> str:
        return f"{url}{joint}mailto={quote(self._mailto)}" if self._mailto else url

    def _remembered(self, doi: Identifier) -> Outcome | None:
        reply = self._http.remembered(self._single(doi), pace=Pace.SINGLE)
        if reply is None:
            return None
        try:
            value = read_json(reply.body) if reply.status == 200 else None
        except ValueError:
            return None
        outcome = self._read_single(doi, reply, value)
        return None if isinstance(outcome, str) else outcome

    def _read_single(self, doi: Identifier, reply: Reply, value: Any) -> Heard | Absent | str:
        """What a single answer says of ``doi``, or why it is none."""
        if reply.status == 404:
            if reply.is_stale:
                return "did not know it some time ago, and is silent now"
            return Absent(reason="Crossref does not know it")
        heard = self._heard(_message(value), reply.url)
        if heard is None:
            return f"sent no record ({reply.status})"
        aliases = [a for a in (heard.message.get("aliases") or []) if isinstance(a, str)]
        is_named = doi.value in {heard.identifier.value, *(alias.lower() for alias in aliases)}
        if is_named:
            return heard
        if heard.identifier != _asked_in(reply.url, self._base):
            return f"answered for another DOI ({heard.identifier.value})"
        heard.message["aliases"] = [*aliases, doi.value]
        return heard

    # ── lists ──────────────────────────────────────────────────────────────────────────

    def _batches(self, dois: Iterable[Identifier]) -> Iterator[list[Identifier]]:
        """The DOIs in sorted batches that keep to both bounds."""
        room = LONGEST - len(self._batch_url([]))
        batch: list[Identifier] = []
        used = 0
        for doi in sorted(dois):
            size = len(_filter([doi])) + 1
            if batch and (len(batch) == BATCH or used + size > room):
                yield batch
                batch, used = [], 0
            batch.append(doi)
            used += size
        if batch:
            yield batch

    def _batch_url(self, dois: Sequence[Identifier], *, is_whole: bool = False) -> str:
        return self._list({}, rows=BATCH, is_whole=is_whole) + "&filter=" + _filter(dois)

    def _batch(
        self, dois: Sequence[Identifier], *, is_whole: bool = False
    ) -> dict[Identifier, Heard]:
        """What one list request has of these DOIs; nothing where it fails.

        Each work is remembered as if it had been asked for alone, so that the next run may
        ask for others beside it.  A failed list is no verdict: its DOIs are asked for singly.
        """
        url = self._batch_url(dois, is_whole=is_whole)
        found = self._items(url, is_kept=False)
        if isinstance(found, Failure):
            return {}
        wanted = set(dois)
        heard = {}
        for message in found:
            one = self._heard(message, url)
            if one is not None and one.identifier in wanted:
                heard[one.identifier] = one
        self._http.remember(
            {
                self._single(doi): _envelope(one.message)
                for doi, one in heard.items()
                if is_whole or not _is_cut(one)
            },
            pace=Pace.SINGLE,
        )
        return heard

    def _list(self, parameters: dict[str, str], *, rows: int, is_whole: bool = False) -> str:
        fields = {**parameters, "rows": str(rows)}
        if self._selects and not is_whole:
            fields["select"] = ",".join(KEPT)
        query = "&".join(f"{name}={quote(value, safe=',:')}" for name, value in fields.items())
        return self._signed(f"{self._base}/works?{query}", "&")

    def _items(
        self, url: str, *, is_kept: bool = True, is_fresh: bool = False
    ) -> list[dict[str, Any]] | Failure:
        got = self._http.get_json(url, pace=Pace.LIST, is_kept=is_kept, is_fresh=is_fresh)
        if isinstance(got, Failure):
            return got
        reply, value = got
        if reply.status == 400 and self._selects:
            # The list of what may be selected has changed before; whole records do as well.
            self._selects = False
            return self._items(url.replace(f"&select={','.join(KEPT)}", ""), is_kept=is_kept)
        message = _message(value)
        found = message.get("items") if message else None
        if not isinstance(found, list):
            reason = f"sent no list of works ({reply.status})"
            return disbelieve(self._http, reply, url, reason, pace=Pace.LIST)
        return [item for item in found if isinstance(item, dict)]

    def _heard(self, message: dict[str, Any] | None, origin: str) -> Heard | None:
        doi = identifiers.doi(str((message or {}).get("DOI") or ""))
        if message is None or doi is None:
            return None
        bodies = ("institution",) if str(message.get("type")) in _INSTITUTIONAL else ()
        names = (*KEPT, *_SINGLE_ONLY, *bodies)
        kept = {name: message[name] for name in names if name in message}
        return Heard(
            source="crossref",
            identifier=doi,
            message=kept,
            origin=origin.replace(quote(self._mailto), "…") if self._mailto else origin,
            agency="Crossref",
        )


def _is_cut(heard: Heard) -> bool:
    """Whether a list that selects fields may lack something that a reference prints."""
    return str(heard.message.get("type")) in _WHOLE


def is_book(message: Mapping[str, Any]) -> bool:
    """Whether the work is a whole book, which has editions."""
    return str(message.get("type")) in _BOOKS


def _bears(message: dict[str, Any], isbn: Identifier) -> bool:
    """Whether the ISBN is among the work's own."""
    listed = message.get("ISBN")
    texts = [text for text in (listed if isinstance(listed, list) else ()) if isinstance(text, str)]
    return any(identifiers.isbn(text.rpartition("/")[2]) == isbn for text in texts)


def _filter(dois: Sequence[Identifier]) -> str:
    return ",".join(f"doi:{quote(doi.value, safe='')}" for doi in dois)


def _envelope(message: dict[str, Any]) -> bytes:
    whole = {"status": "ok", "message-type": "work", "message": message}
    return json.dumps(whole, ensure_ascii=False).encode("utf-8", "replace")


def _message(value: Any) -> dict[str, Any] | None:
    message = value.get("message") if isinstance(value, dict) else None
    return message if isinstance(message, dict) else None


def _asked_in(url: str, base: str) -> Identifier | None:
    """The DOI in the address that answered in the end."""
    path = url.removeprefix(base).partition("?")[0].removeprefix("/works/")
    value = unquote(path)
    return Identifier(Scheme.DOI, value.lower()) if value.startswith("10.") else None
