"""A book by its ISBN: the catalogues that may know it, one after another, until one does.

"Nobody knows it" and "somebody could not be asked" are two answers: where one catalogue is
silent and the others do not know the book, it may be known to the silent one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from refpipe.http import Failure, Http
from refpipe.model import Identifier
from refpipe.sources import cinii, loc, ndl, open_library
from refpipe.sources.answers import Absent, Heard, Outcome
from refpipe.sources.crossref import Crossref

_Asked: TypeAlias = Callable[..., Outcome]
_JAPAN = "9784"
"""How the ISBNs of Japan begin."""


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
        """Japanese books first at home, the others first where their publishers register them."""
        if isbn.value.startswith(_JAPAN):
            return (self._ndl, self._cinii, self._crossref.by_isbn, self._open_library)
        return (self._crossref.by_isbn, self._loc, self._open_library, self._ndl)

    def _ndl(self, isbn: Identifier, *, is_fresh: bool) -> Outcome:
        return ndl.by_isbn(self._http, isbn, is_fresh=is_fresh)

    def _cinii(self, isbn: Identifier, *, is_fresh: bool) -> Outcome:
        return cinii.by_isbn(self._http, isbn, is_fresh=is_fresh)

    def _loc(self, isbn: Identifier, *, is_fresh: bool) -> Outcome:
        return loc.by_isbn(self._http, isbn, is_fresh=is_fresh)

    def _open_library(self, isbn: Identifier, *, is_fresh: bool) -> Outcome:
        return open_library.by_isbn(self._http, isbn, is_fresh=is_fresh)


def _together(reasons: list[str]) -> str:
    """One sentence of several that mostly say the same."""
    ending = " does not know it"
    plain = [reason.removesuffix(ending) for reason in reasons if reason.endswith(ending)]
    told = [reason for reason in reasons if not reason.endswith(ending)]
    if plain:
        told.append(f"unknown to {', '.join(plain)}")
    return "; ".join(told)
