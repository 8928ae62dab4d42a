"""Open Library, whose readers describe books themselves; asked when no library knows one."""

from __future__ import annotations

from refpipe.http import Failure, Http, Pace
from refpipe.items.catalogue import open_library
from refpipe.model import Identifier
from refpipe.sources.answers import Absent, Heard, Outcome, disbelieve


def by_isbn(http: Http, isbn: Identifier, *, is_fresh: bool = False) -> Outcome:
    """The edition that bears the ISBN (https://openlibrary.org/dev/docs/api/books)."""
    key = f"ISBN:{isbn.value}"
    url = f"{http.settings.open_library}/api/books?bibkeys={key}&format=json&jscmd=data"
    got = http.get_json(url, pace=Pace.CATALOGUE, is_fresh=is_fresh)
    if isinstance(got, Failure):
        return got
    reply, value = got
    if not isinstance(value, dict):
        return disbelieve(http, reply, url, f"sent no record ({reply.status})")
    if not value:
        return Absent(reason="Open Library does not know it")
    message = value.get(key)
    if not isinstance(message, dict) or not message.get("title"):
        return disbelieve(http, reply, url, "answered for another book")
    if (listed := open_library.isbns(message)) and isbn not in listed:
        return disbelieve(http, reply, url, "answered for another book")
    return Heard(
        source="openlibrary", identifier=isbn, message=message, origin=url, agency="Open Library"
    )
