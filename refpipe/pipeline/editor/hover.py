"""What is known of the work under the cursor: its entry, its standing, who confirmed it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from refpipe import identifiers, markup
from refpipe.model import Identifier, Work
from refpipe.pipeline import lookup
from refpipe.pipeline.editor.places import Place
from refpipe.pipeline.editor.session import Session, View

_WORDS = {
    "en": {
        "unknown": "is not in the library",
        "confirmed": "confirmed by {who}, {when}",
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
        "unconfirmed": "どの登録機関も未確認。{who} から読み取ったままです",
        "retraction": "撤回されています",
        "expression-of-concern": "懸念が表明されています",
        "correction": "訂正されています",
        "notice": "告知",
        "possible": "{other} と同じ文献かもしれません",
        "says": "情報源: {who}",
    },
}
_SOURCES = {"crossref": "Crossref", "jalc": "JaLC", "datacite": "DataCite", "pubmed": "PubMed"}
_PRINT = frozenset({"printed", "manual"})
_STANDING = ("retraction", "expression-of-concern", "correction")


def explain(session: Session, view: View, place: Place, *, lang: str) -> str:
    """What to show of the place, as Markdown."""
    words = _WORDS.get(lang, _WORDS["en"])
    if place.work is None:
        reason = lookup.unknown(place.key).reason
        return f"`{place.key}` {words['unknown']}\n\n{reason}"
    work = place.work
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
    for relation in work.relations:
        if relation.kind in _STANDING:
            when = f" ({relation.date})" if relation.date else ""
            source = f", {words['says'].format(who=relation.source)}" if relation.source else ""
            link = identifiers.link(relation.target)
            yield f"**{words[relation.kind]}**{when}: {words['notice']} {link}{source}"


def _verdict(session: Session, work: Work, words: dict[str, str]) -> str:
    library = session.library
    records = library.records_of(work) if library is not None else ()
    answered = [record for record in records if record.source not in _PRINT]
    name = f"`{work.name}` · `{work.id}`"
    if work.is_confirmed and answered:
        who = ", ".join(dict.fromkeys(_SOURCES.get(r.source, r.source) for r in answered))
        when = max(record.heard[:10] for record in answered)
        return f"✓ {words['confirmed'].format(who=who, when=when)} · {name}"
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
