"""Works for what was begun to be typed behind ``[@``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from refpipe import identifiers, markup
from refpipe.library import Library
from refpipe.model import Identifier, Span, Work
from refpipe.pipeline import lookup
from refpipe.pipeline.editor.session import Session, View
from refpipe.pipeline.lookup import key_of, typed_key

_MOST = 120
"""Letters behind the ``@`` that are still a question; more is text with a stray ``@``."""
_BEGUN = re.compile(
    rf"(?:\[|(?:<!--|\{{/\*)\s*(?:cite|bibliography)\s)(?:[^\[\]\n]|\[[^\[\]\n]*\])*?"
    rf"(?P<at>(?<![\w.])@\{{?)(?P<query>[^;,，、；\[\]@\n]{{0,{_MOST}}})\Z"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """A key that is being typed."""

    query: str
    span: Span
    """From the ``@`` to the cursor: what a suggestion takes the place of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A work to cite, or an identifier that no work of the library has yet."""

    typed: str
    """``@`` and the key."""
    label: str
    detail: str
    work: Work | None


def typing_at(text: str, offset: int) -> Typing | None:
    """The key that is being typed at the offset; None where none is."""
    start = text.rfind("\n", 0, offset) + 1
    found = _BEGUN.search(text, start, offset)
    if found is None:
        return None
    return Typing(query=found["query"], span=Span(found.start("at"), offset))


def suggest(session: Session, view: View, query: str, *, limit: int = 100) -> list[Suggestion]:
    """Works by name, author, title words, journal, year or identifier, best first."""
    library = session.library
    wanted = query.strip()
    asked = _as_identifier(wanted)
    if library is None:
        return [asked] if asked else []
    works = {work.id: work for work in _works(library, view, wanted, limit)}
    found = _suggestions(library, list(works.values())[:limit])
    is_known = asked is not None and bool(lookup.find(library, [wanted]))
    return [*([asked] if asked and not is_known else []), *found]


def _works(library: Library, view: View, wanted: str, limit: int) -> list[Work]:
    """Works of that name, of that identifier, of those words; the article's own where none."""
    if not wanted:
        cited = list(view.works.values())
        return [*cited, *_named(library, "", limit - len(cited))]
    exact = list(lookup.find(library, [wanted]).values())
    return [*exact, *_named(library, wanted, limit), *library.search(wanted, limit)]


def _named(library: Library, beginning: str, limit: int) -> list[Work]:
    if limit <= 0:
        return []
    names = [identifiers.name(name) for name in library.names(beginning, limit)]
    return list(library.find_many([name for name in names if name is not None]).values())


def _suggestions(library: Library, works: list[Work]) -> list[Suggestion]:
    keys = {work.id: key_of(work) for work in works}
    asked = {key: lookup.names(key) for key in keys.values()}
    holders = library.find_many({name for names in asked.values() for name in names})
    found = []
    for work in works:
        key = keys[work.id]
        # An identifier that finds another work is no way to cite this one.
        finds = next((holders[name] for name in asked[key] if name in holders), None)
        key = key if finds is not None and finds.id == work.id else work.name
        label, detail = described(work)
        found.append(Suggestion(typed=typed_key(key), label=label, detail=detail, work=work))
    return found


def _as_identifier(wanted: str) -> Suggestion | None:
    """What a pasted DOI or address is typed as."""
    claim = identifiers.read(wanted) if len(wanted) > 4 else None
    if claim is None:
        return None
    key = str(claim.identifier) if "://" not in wanted else wanted
    return Suggestion(typed=typed_key(key), label=key, detail="", work=None)


def described(work: Work) -> tuple[str, str]:
    """A work in a line: first author, year and title; journal and name."""
    item = work.item
    year = _year(item)
    head = " ".join(part for part in (_first(item), year) if part)
    title = markup.plain(markup.read(str(item.get("title") or "")))
    container = item.get("container-title")
    detail = " · ".join(part for part in (str(container or ""), work.name) if part)
    return f"{head} — {title}" if head else title or work.name, detail


def _first(item: dict[str, Any]) -> str:
    people = item.get("author") or item.get("editor")
    if not isinstance(people, list) or not people or not isinstance(people[0], dict):
        return ""
    first = str(people[0].get("family") or people[0].get("literal") or "")
    return f"{first} et al." if len(people) > 1 and first else first


def _year(item: dict[str, Any]) -> str:
    try:
        return str(item["issued"]["date-parts"][0][0])
    except (KeyError, IndexError, TypeError):
        return ""


def pasted(text: str, span: Span) -> tuple[Span, Identifier] | None:
    """A bare DOI or address in the text that touches the span, and what it is."""
    for found in re.finditer(r"(?:https?://|doi:\s?|10\.\d{4,9}/)[^\s<>\[\]「」、。()]+", text):
        if found.start() <= span.end and span.start <= found.end():
            claim = identifiers.read(found[0].rstrip(".,;"))
            if claim is not None:
                end = found.start() + len(found[0].rstrip(".,;"))
                return Span(found.start(), end), claim.identifier
    return None
