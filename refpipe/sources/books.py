"""A book by its ISBN: the catalogues that may know it, one after another, until one does.

"Nobody knows it" and "somebody could not be asked" are two answers: where one catalogue is
silent and the others do not know the book, it may be known to the silent one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from refpipe.http import Failure, Http, Pace
from refpipe.items.catalogue import book_services
from refpipe.model import Identifier
from refpipe.sources import catalogues
from refpipe.sources.answers import Absent, Heard, Outcome, disbelieve
from refpipe.sources.crossref import Crossref

_Asked: TypeAlias = Callable[..., Outcome]
_JAPAN = "9784"
"""How the ISBNs of Japan begin."""
_NO_ROLES = "Google Books names people without roles: one of the authors may be a translator"


class Books:
    """All that can be asked about an ISBN."""

    def __init__(self, http: Http, crossref: Crossref) -> None:
        self._http = http
        self._crossref = crossref

    def find(self, isbn: Identifier, *, is_fresh: bool = False) -> Outcome:
        """What the first catalogue that knows the book says of it."""
        absent: list[str] = []
        failure: Failure | None = None
        for ask in self._order(isbn):
            outcome = ask(isbn, is_fresh=is_fresh)
            if isinstance(outcome, Heard):
                return outcome
            if isinstance(outcome, Failure):
                failure = failure or outcome
            else:
                absent.append(outcome.reason)
        if failure is not None:
            return failure
        return Absent(reason=_together(absent))

    def _order(self, isbn: Identifier) -> tuple[_Asked, ...]:
        """Japanese books first at home, the others first where their publishers register them.

        Open Library and Google Books come last: the one is written by its readers, the other
        knows neither roles nor places.
        """
        openbd = (self._openbd,) if self._http.settings.openbd else ()
        if isbn.value.startswith(_JAPAN):
            home = (self._ndl, self._cinii, *openbd)
            return (*home, self._crossref.by_isbn, self._open_library, self._google_books)
        abroad = (self._crossref.by_isbn, self._loc, self._open_library)
        return (*abroad, self._ndl, self._google_books)

    def _ndl(self, isbn: Identifier, *, is_fresh: bool) -> Outcome:
        return catalogues.ndl_by_isbn(self._http, isbn, is_fresh=is_fresh)

    def _cinii(self, isbn: Identifier, *, is_fresh: bool) -> Outcome:
        return catalogues.cinii_by_isbn(self._http, isbn, is_fresh=is_fresh)

    def _loc(self, isbn: Identifier, *, is_fresh: bool) -> Outcome:
        return catalogues.loc_by_isbn(self._http, isbn, is_fresh=is_fresh)

    def _open_library(self, isbn: Identifier, *, is_fresh: bool) -> Outcome:
        """Open Library (https://openlibrary.org/dev/docs/api/books)."""
        key = f"ISBN:{isbn.value}"
        base = self._http.settings.open_library
        url = f"{base}/api/books?bibkeys={key}&format=json&jscmd=data"
        got = self._http.get_json(url, pace=Pace.CATALOGUE, is_fresh=is_fresh)
        if isinstance(got, Failure):
            return got
        reply, value = got
        if not isinstance(value, dict):
            return disbelieve(self._http, reply, url, f"sent no record ({reply.status})")
        if not value:
            return Absent(reason="Open Library does not know it")
        message = value.get(key)
        if not isinstance(message, dict) or not message.get("title"):
            return disbelieve(self._http, reply, url, "answered for another book")
        if (listed := book_services.open_library_isbns(message)) and isbn not in listed:
            return disbelieve(self._http, reply, url, "answered for another book")
        return Heard(
            source="openlibrary", identifier=isbn, message=message, origin=url,
            agency="Open Library",
        )  # fmt: skip

    def _google_books(self, isbn: Identifier, *, is_fresh: bool) -> Outcome:
        """Google Books (https://developers.google.com/books/docs/v1/using)."""
        url = f"{self._http.settings.google_books}/volumes?q=isbn:{isbn.value}"
        got = self._http.get_json(url, pace=Pace.CATALOGUE, is_fresh=is_fresh)
        if isinstance(got, Failure):
            return got
        reply, value = got
        if not isinstance(value, dict) or not isinstance(value.get("totalItems"), int):
            return disbelieve(self._http, reply, url, f"sent no search result ({reply.status})")
        hits = [one for one in value.get("items") or () if isinstance(one, dict)]
        # A hit need not be the book: the search looks into the texts as well.
        bearing = [one for one in hits if isbn in book_services.google_isbns(one)]
        if not bearing:
            return Absent(reason="Google Books does not know it")
        return Heard(
            source="googlebooks", identifier=isbn, message=bearing[0], origin=url,
            agency="Google Books", reason=_NO_ROLES,
        )  # fmt: skip

    def _openbd(self, isbn: Identifier, *, is_fresh: bool) -> Outcome:
        """openBD, where the user wants it asked (https://openbd.jp/)."""
        url = f"{self._http.settings.openbd}/get?isbn={isbn.value}"
        got = self._http.get_json(url, pace=Pace.CATALOGUE, is_fresh=is_fresh)
        if isinstance(got, Failure):
            return got
        reply, value = got
        entries: list[Any] = value if isinstance(value, list) else []
        if len(entries) != 1 or not isinstance(entries[0], dict | None):
            return disbelieve(self._http, reply, url, f"sent no record ({reply.status})")
        if entries[0] is None:
            return Absent(reason="openBD does not know it")
        if isbn not in book_services.openbd_isbns(entries[0]):
            return disbelieve(self._http, reply, url, "answered for another book")
        return Heard(
            source="openbd", identifier=isbn, message=entries[0], origin=url, agency="openBD"
        )


def _together(reasons: list[str]) -> str:
    """One sentence of several that mostly say the same."""
    ending = " does not know it"
    plain = [reason.removesuffix(ending) for reason in reasons if reason.endswith(ending)]
    told = [reason for reason in reasons if not reason.endswith(ending)]
    if plain:
        told.append(f"unknown to {', '.join(plain)}")
    return "; ".join(told)
