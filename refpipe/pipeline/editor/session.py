"""A project held open for an editor, and the texts that are looked at in it."""

from __future__ import annotations

import datetime
import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from refpipe import articles, identifiers, markup, render, styles
from refpipe.articles import lists
from refpipe.checks import standing
from refpipe.checks.references import seen_on
from refpipe.config import Config
from refpipe.errors import LibraryError, UsageError
from refpipe.files import File
from refpipe.library import Library
from refpipe.model import (
    REGISTRIES,
    Article,
    Bibliography,
    Citation,
    CitationItem,
    Finding,
    Identifier,
    Inline,
    Item,
    Rendering,
    Span,
    Work,
)
from refpipe.pipeline import check, lookup, pages
from refpipe.pipeline.retractions import KnownNotices
from refpipe.render import EntryResult, Style

_REMEMBERED = 16
"""How many texts are remembered with what was found in them."""
_ENTRIES = 2000
"""How many finished entries are remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One text and what it cites."""

    path: Path
    article: Article
    works: Mapping[str, Work]
    """Key as typed → work, for the keys that the library knows."""
    rendering: Rendering
    """Its numbers and citations; the entries have no content."""

    @property
    def numbers(self) -> dict[str, int]:
        """Work's id → its number in the list."""
        return {entry.work_id: entry.number for entry in self.rendering.entries}

    @property
    def listed(self) -> dict[int, Work]:
        """Number → work."""
        by_id = {work.id: work for work in self.works.values()}
        return {entry.number: by_id[entry.work_id] for entry in self.rendering.entries}


class Session:
    """The settings and the library of one project, open for reading."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._library: Library | None = None
        self._generation = ""
        self._views: OrderedDict[tuple[Path, str, str], View] = OrderedDict()
        self._entries: OrderedDict[str, Inline] = OrderedDict()
        self._styles: dict[str, Style] = {}

    def close(self) -> None:
        """Let the library go."""
        if self._library is not None:
            self._library.close()
            self._library = None
        self._generation = ""

    @property
    def library(self) -> Library | None:
        """The library as it stands on disk now; None where there is none or it cannot be read."""
        generation = pages.generation(self.config.library)
        if generation != self._generation:
            self.close()
            self._generation = generation
            if generation:
                try:
                    self._library = Library.open(self.config.library, writable=False)
                except LibraryError:
                    self._library = None
        return self._library

    def view(self, path: Path, text: str) -> View:
        """The text and what it cites, remembered until it or the library changes."""
        library = self.library
        key = (path, text, self._generation)
        found = self._views.get(key)
        if found is None:
            found = self._views[key] = self._look(path, text, library)
            while len(self._views) > _REMEMBERED:
                self._views.popitem(last=False)
        self._views.move_to_end(key)
        return found

    def _look(self, path: Path, text: str, library: Library | None) -> View:
        article = articles.read(pages.shown(path), text)
        wanted = lookup.keys([article])
        works = lookup.find(library, wanted) if library is not None and wanted else {}
        rendering = render.render(article, works, self.style(path, article), entry=_no_entry)
        return View(path=path, article=article, works=works, rendering=rendering)

    def style(self, path: Path, article: Article | None = None) -> Style:
        """The style of the article; IEEE where the one that is set cannot be had."""
        own = article.settings.get("style", "") if article is not None else ""
        name = self.config.style_for(path, own)
        if name not in self._styles:
            try:
                self._styles[name] = styles.load(name)
            except UsageError:
                self._styles[name] = styles.load("ieee")
        return self._styles[name]

    def entry(self, item: Item, style: Style) -> Inline:
        """The entry of an item, rendered once."""
        key = render.entry_key(item, style)
        content = self._entries.get(key)
        if content is None:
            content = self._entries[key] = render.entry(item, style).content
            while len(self._entries) > _ENTRIES:
                self._entries.popitem(last=False)
        return content


def findings(config: Config, path: Path, text: str, *, today: datetime.date) -> tuple[Finding, ...]:
    """What the checker says of a text that may not be on disk yet; nobody is asked.

    Raises LibraryError or UsageError where it cannot be checked.
    """
    order = check.Order(
        config=config, today=today, select=config.select, ignore=config.ignore, is_fixing=True
    )
    file = File(path=path, content=text.encode("utf-8", "surrogatepass"))
    return tuple(found for checked in check.check(order, [file]) for found in checked.findings)


def _no_entry(item: Item) -> EntryResult:  # noqa: ARG001
    """No content: only the numbers are wanted."""
    return EntryResult(content=())


# ── Where works stand in a text: keys, printed numbers, entries of the list ─────────────────────


_NUMBER = re.compile(r"\d+")
_ENTRY = re.compile(r"""id=["'][^"']*?ref-(\d+)["']|\[(\d+)\\?\]|^[\s>*-]*\(?(\d+)[.)]""")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlace:
    """One mention of a work."""

    span: Span
    """The key without its ``@``, the printed number, or the line of the entry."""
    key: str
    """As the author typed it; empty in the list."""
    work: Work | None
    """None where the library does not know the key."""
    kind: str
    """``key``, ``number`` or ``entry``."""


def places(view: View) -> Iterator[TextPlace]:
    """Every key that the text cites or lists, in order."""
    for citation in view.article.citations:
        yield from _keys(view, citation.span, citation.items, _typed_span(view.article, citation))
    for bibliography in view.article.bibliographies:
        opener = _opener(view.article, bibliography)
        yield from _keys(view, bibliography.span, bibliography.uncited, opener)


def place_at(view: View, offset: int) -> TextPlace | None:
    """What stands at the offset; None where it is no work."""
    for citation in view.article.citations:
        if citation.span.start <= offset <= citation.span.end:
            return _in_citation(view, citation, offset)
    for bibliography in view.article.bibliographies:
        if bibliography.span.start <= offset <= bibliography.span.end:
            return _in_list(view, bibliography, offset)
    return None


def entry_place(view: View, number: int) -> Span | None:
    """The line of the woven list that holds the entry of that number."""
    for bibliography in view.article.bibliographies[:1]:
        for span in _lines(
            view.article.text, _opener(view.article, bibliography).end, bibliography
        ):
            if _numbered(span.of(view.article.text)) == number:
                return span
    return None


def numbers_to_be(view: View) -> Iterator[tuple[Span, str]]:
    """Each citation that is typed and not woven yet, with what it will show."""
    for citation, inline in zip(view.article.citations, view.rendering.citations, strict=True):
        if _typed_span(view.article, citation) == citation.span:
            yield citation.span, markup.plain(inline)


def can_be_asked(key: str) -> bool:
    """Whether a registry can be asked about the key."""
    return lookup.claim(key) is not None


def has_plain_list(article: Article) -> bool:
    """Whether the article has a list of references that nobody manages."""
    return lists.of_article(article) is not None


def _typed_span(article: Article, citation: Citation) -> Span:
    """The stretch that holds the keys: all of a typed citation, a woven one's comment."""
    text = citation.span.of(article.text)
    end = text.find(_comment_end(article))
    is_woven = not text.startswith("[") and end >= 0
    return Span(citation.span.start, citation.span.start + end) if is_woven else citation.span


def _opener(article: Article, place: Bibliography) -> Span:
    close = _comment_end(article)
    end = article.text.find(close, place.span.start, place.span.end)
    return Span(place.span.start, end + len(close) if end >= 0 else place.span.end)


def _comment_end(article: Article) -> str:
    """What ends a comment in the article's format."""
    return "*/}" if article.format == "mdx" else "-->"


def _keys(
    view: View, whole: Span, items: Sequence[CitationItem], typed: Span
) -> Iterator[TextPlace]:
    """The place of each key; all of the citation where a key cannot be found as it was typed."""
    start = typed.start
    for item in items:
        span = _find(view.article.text, item.key, Span(start, typed.end))
        if span is not None:
            start = span.end
        work = view.works.get(item.key)
        yield TextPlace(span=span or whole, key=item.key, work=work, kind="key")


def _find(text: str, key: str, inside: Span) -> Span | None:
    # A comment cannot hold two hyphens in a row, so a woven key has the second as an entity.
    for spelled in (key, key.replace("--", "&#45;-")):
        for opening in ("@{", "@"):
            found = text.find(opening + spelled, inside.start, inside.end)
            if found >= 0:
                start = found + len(opening)
                return Span(start, start + len(spelled))
    return None


def _in_citation(view: View, citation: Citation, offset: int) -> TextPlace | None:
    typed = _typed_span(view.article, citation)
    found = list(_keys(view, citation.span, citation.items, typed))
    for place in found:
        # The @ belongs to the key, for whoever points at it.
        if place.span.start - 2 <= offset <= place.span.end:
            return place
    if offset > typed.end:
        number = _number_at(view.article.text, citation.span, offset)
        if number is not None and (work := view.listed.get(int(number.of(view.article.text)))):
            key = next((one.key for one in found if one.work and one.work.id == work.id), "")
            return TextPlace(span=number, key=key, work=work, kind="number")
    return found[0] if found else None


def _number_at(text: str, inside: Span, offset: int) -> Span | None:
    for found in _NUMBER.finditer(text, inside.start, inside.end):
        if found.start() <= offset <= found.end():
            return Span(found.start(), found.end())
    return None


def _in_list(view: View, bibliography: Bibliography, offset: int) -> TextPlace | None:
    opener = _opener(view.article, bibliography)
    if offset <= opener.end:
        for place in _keys(view, bibliography.span, bibliography.uncited, opener):
            if place.span.start - 2 <= offset <= place.span.end:
                return place
        return None
    for span in _lines(view.article.text, opener.end, bibliography):
        if span.start <= offset <= span.end:
            number = _numbered(span.of(view.article.text))
            work = view.listed.get(number) if number else None
            return TextPlace(span=span, key="", work=work, kind="entry") if work else None
    return None


def _lines(text: str, start: int, bibliography: Bibliography) -> Iterator[Span]:
    while start < bibliography.span.end:
        end = text.find("\n", start, bibliography.span.end)
        end = bibliography.span.end if end < 0 else end
        yield Span(start, end)
        start = end + 1


def _numbered(line: str) -> int | None:
    found = _ENTRY.search(line)
    return int(next(group for group in found.groups() if group)) if found else None


# ── What is known of the work under the cursor: its entry, its standing, who confirmed it ───────


_WORDS = {
    "en": {
        "unknown": "is not in the library",
        "confirmed": "confirmed by {who}, {when}",
        "seen": "its page bore the title, {when}",
        "unconfirmed": "no registry has confirmed it; it is as it was read from {who}",
        "retraction": "retracted",
        "expression-of-concern": "expression of concern",
        "correction": "corrected",
        "notice": "notice",
        "possible": "possibly the same work as {other}",
        "says": "says {who}",
    },
    "ja": {
        "unknown": "はライブラリにありません",
        "confirmed": "{who} が確認({when})",
        "seen": "ページに題名があることを確認({when})",
        "unconfirmed": "どの登録機関も未確認。{who} から読み取ったままです",
        "retraction": "撤回されています",
        "expression-of-concern": "懸念が表明されています",
        "correction": "訂正されています",
        "notice": "告知",
        "possible": "{other} と同じ文献かもしれません",
        "says": "情報源: {who}",
    },
}


def explain(session: Session, view: View, place: TextPlace, *, lang: str) -> str:
    """What to show of the place, as Markdown."""
    words = _WORDS.get(lang, _WORDS["en"])
    if place.work is None:
        reason = lookup.unknown(place.key).reason
        return f"`{place.key}` {words['unknown']}\n\n{reason}"
    with KnownNotices() as notices:
        work = notices.informed({place.key: place.work})[place.key]
    number = view.numbers.get(work.id)
    head = f"**[{number}]** " if number else ""
    lines = [head + _escaped(entry_text(session, view, work))]
    lines += [f"⚠ {line}" for line in _standing(work, words)]
    lines.append(_verdict(session, work, words))
    lines += [f"? {line}" for line in _possible(session, work, words)]
    return "\n\n".join(lines)


def entry_text(session: Session, view: View, work: Work) -> str:
    """The entry of the work in the article's style, as plain text."""
    style = session.style(view.path, view.article)
    return markup.plain(session.entry(work.item, style))


def entry_of(session: Session, path: Path, work_id: str) -> str:
    """The entry of the work with that id, in the style of the article at ``path``."""
    library = session.library
    identifier = Identifier.parse(work_id)
    work = library.find(identifier) if library is not None else None
    return markup.plain(session.entry(work.item, session.style(path))) if work else ""


def _standing(work: Work, words: dict[str, str]) -> Iterator[str]:
    """A retraction, a concern or a correction, with its notice and who says so."""
    for relation in (*standing.alarms(work), *standing.corrections(work)):
        when = f" ({relation.date})" if relation.date else ""
        source = f", {words['says'].format(who=relation.source)}" if relation.source else ""
        link = identifiers.link(relation.target)
        yield f"**{words[relation.kind]}**{when}: {words['notice']} {link}{source}"


def _verdict(session: Session, work: Work, words: dict[str, str]) -> str:
    library = session.library
    records = library.records_of(work) if library is not None else ()
    answered = [record for record in records if record.source in REGISTRIES]
    name = f"`{work.name}` · `{work.id}`"
    if work.is_confirmed and answered:
        who = ", ".join(dict.fromkeys(REGISTRIES[r.source] for r in answered))
        when = max(record.heard[:10] for record in answered)
        return f"✓ {words['confirmed'].format(who=who, when=when)} · {name}"
    if seen := seen_on(work, records):
        return f"✓ {words['seen'].format(when=seen)} · {name}"
    who = ", ".join(dict.fromkeys(record.origin or record.source for record in records))
    return f"△ {words['unconfirmed'].format(who=who or '?')} · {name}"


def _possible(session: Session, work: Work, words: dict[str, str]) -> Iterator[str]:
    library = session.library
    for a, b, _ in library.possible(work) if library is not None else ():
        if work.id in {a.id, b.id}:
            other = b if a.id == work.id else a
            yield words["possible"].format(other=f"`{other.name}`")


def _escaped(text: str) -> str:
    """The text so that Markdown shows it as it is."""
    return "".join(f"\\{letter}" if letter in r"\`*_[]<>#|" else letter for letter in text)
