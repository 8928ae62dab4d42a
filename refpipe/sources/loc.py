"""The Library of Congress: books in Western languages, by SRU (https://www.loc.gov/standards/sru/)."""

from __future__ import annotations

from refpipe.http import Failure, Http
from refpipe.items.catalogue import mods
from refpipe.model import Identifier
from refpipe.sources import sru
from refpipe.sources.answers import Absent, Heard, Outcome

NAME = "the Library of Congress"


def by_isbn(http: Http, isbn: Identifier, *, is_fresh: bool = False) -> Outcome:
    """The book that bears the ISBN."""
    parameters = {
        "operation": "searchRetrieve",
        "version": "1.1",
        "query": f"bath.ISBN=^{isbn.value}",
        "recordSchema": "mods",
        "maximumRecords": "5",
    }
    found = sru.search(http, http.settings.loc, parameters, is_fresh=is_fresh)
    if isinstance(found, Failure):
        return found
    bearing = [one for one in found if isbn in mods.isbns(one)]
    if found and not bearing:
        return Failure(url="", host=NAME, reason=f"answered for another book than {isbn.value}")
    if not bearing:
        return Absent(reason=f"{NAME} does not know it")
    return Heard(
        source="loc",
        identifier=isbn,
        message=mods.kept(bearing[0]),
        origin=http.settings.loc,
        agency="Library of Congress",
    )
