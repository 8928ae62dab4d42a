"""What an editor's actions come to: new texts, edits, facts in the library."""

from __future__ import annotations

import datetime
import difflib
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from refpipe import files, identifiers, markup
from refpipe.cache import Cache
from refpipe.config import Config
from refpipe.display import in_language
from refpipe.errors import ArticleError, UsageError
from refpipe.items import values
from refpipe.library import Library
from refpipe.model import (
    Certainty,
    Decision,
    DecisionKind,
    Edit,
    Finding,
    Identifier,
    Scheme,
    Span,
    Unresolved,
    Work,
)
from refpipe.pipeline import lookup, pages
from refpipe.pipeline.editor.session import Session, TextPlace, View, places
from refpipe.pipeline.lookup import key_of, typed_key

# What weaves, adopts or asks is loaded by the action that needs it, so that an editor starts fast.
if TYPE_CHECKING:
    from refpipe.pipeline import confirm
    from refpipe.pipeline.adopt import Adopted, Adoption, NotShown
    from refpipe.sources import Registries


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When something is done."""

    now: str
    """A UTC time in ISO 8601."""
    today: datetime.date


def woven(config: Config, path: Path, text: str, moment: Moment) -> tuple[str, tuple[Finding, ...]]:
    """The text with its numbers and list, and what could not be looked up; nobody is asked.

    Raises RefpipeError where nothing can be done with this article.
    """
    from refpipe.pipeline import refs

    file = files.File(path=path, content=text.encode("utf-8"))
    with Cache(config.cache) as cache:
        page = refs.weave_text(_run(config, cache, moment), file, text)
    if page.error is not None:
        raise page.error
    return page.after, page.findings


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedText:
    """A text whose hand-made list is managed, or the text itself and why it is not."""

    text: str
    refusal: str = ""
    remarks: tuple[str, ...] = ()
    """What the person should look at first: what is not shown any more, or was not read surely."""


def adopted(  # noqa: PLR0913
    config: Config, path: Path, text: str, moment: Moment, *, is_kept: bool, lang: str = "en"
) -> AdoptedText:
    """The text with its hand-made list managed, or unchanged and why; nobody is asked.

    Unless ``is_kept``, a copy of the library takes the facts, so that the person can look at
    the difference first.
    """
    from refpipe.pipeline import adopt, refs

    file, shown = files.File(path=path, content=text.encode("utf-8")), pages.shown(path)
    with tempfile.TemporaryDirectory() as folder:
        shadow = adopt.shadow(config.library, Path(folder))
        own = config if is_kept else replace(config, library=shadow)
        with Cache(config.cache) as cache:
            run = _run(own, cache, moment)
            with Library.open(own.library, create=True) as library:
                adoption = adopt.adopt(library, file, shown, now=moment.now)
                if adoption.refusal:
                    return AdoptedText(text=text, refusal=adoption.refusal)
                missing = adopt.not_shown(run, library, adoption, shown)
                remarks = tuple(
                    in_language(line, lang)
                    for line in (*doubtful(adoption, lang), *missing_words(missing))
                )
            page = refs.weave_text(run, file, adoption.typed)
    if page.error is not None:
        raise page.error
    return AdoptedText(text=page.after, remarks=remarks)


def doubtful(adoption: Adoption, lang: str) -> Iterator[str]:
    """What was not read with certainty or was recorded as one, and what was left in the text."""
    first: dict[str, str] = {}
    for one in adoption.references:
        same = first.setdefault(one.work.id, one.label)
        note = "" if same == one.label else f"  the same work as [{same}]"
        if note or one.is_verbatim or one.doubted:
            yield f"[{one.label}] {reference_words(one, lang)}{note}"
    for doubt in adoption.doubts:
        yield f"left unchanged: {doubt}"


def reference_words(reference: Adopted, lang: str, *, is_doubted: bool = True) -> str:
    """One adopted reference in a line: what it is known by, and how surely it was read."""
    from refpipe.checks.references import field_name

    if reference.is_verbatim:
        return f"{reference.work.name} (could not be read; kept as printed)"
    unsure = ", ".join(field_name(one, lang) for one in reference.doubted) if is_doubted else ""
    name, said = str(reference.claim.identifier if reference.claim else reference.work.name), ""
    if reference.claim is None:
        said = "no identifier in print"
    elif reference.claim.certainty is Certainty.CANDIDATE:
        said = "candidate, unconfirmed"
    remarks = "; ".join(filter(None, (said, f"unsure: {unsure}" if unsure else "")))
    return f"{name} ({remarks})" if remarks else name


def missing_words(found: Iterable[NotShown]) -> Iterator[str]:
    """What stood in a hand-made list and the new one does not show, a line each."""
    for one in found:
        yield from (f"[{one.label}] not shown in the new list: “{words}”" for words in one.words)
        for words, address in one.links:
            yield f"[{one.label}] not shown in the new list: the link “{words}” to {address}"
        yield from (
            f"[{one.label}] in plain letters in the new list: “{word}”" for word in one.signs
        )


def added(config: Config, key: str, registries: Registries, moment: Moment) -> Unresolved | None:
    """Put the work of a key into the library; why it could not be had, or None."""
    from refpipe.pipeline import query

    with Library.open(config.library, create=True) as library:
        asker = query.Asker(library=library, registries=registries, now=moment.now)
        return asker.keys([key]).get(key)


def confirmed(
    config: Config, key: str, registries: Registries, moment: Moment
) -> confirm.Confirmation | None:
    """What came of asking about the work of a key; None where it is confirmed already."""
    from refpipe.pipeline import confirm, query

    with Library.open(config.library) as library:
        work = lookup.find(library, [key]).get(key)
        if work is None:
            raise lookup.no_such_work(library, key)
        asker = query.Asker(library=library, registries=registries, now=moment.now)
        return next(confirm.confirm(asker, [work]), None)


def waived(text: str, finding: Finding, form: str, reason: str = "") -> Edit:
    """The comment that answers a finding, at the end of its line of an article of the format.

    Without a reason the checker does not take it, so that nothing is waived by a mere click.
    """
    from refpipe.checks import page_dates
    from refpipe.checks.rules import waivers

    ends = [found.start() for found in re.finditer(r"\r?\n|\Z", text)]
    end = ends[min(finding.line, len(ends)) - 1]
    is_in_front = end < page_dates.front_matter(text)[1]
    comment = waivers.written(finding.code, reason, form=form, is_in_front_matter=is_in_front)
    return Edit(span=Span(end, end), replacement=comment)


def _run(config: Config, cache: Cache, moment: Moment) -> pages.RefsRun:
    return pages.RefsRun(
        config=config,
        cache=cache,
        now=moment.now,
        today=moment.today,
        unasked="the editor",
        may_write=False,
    )


# ── over the whole site ────────────────────────────────────────────────────────────────


def mentions(
    session: Session, sought: TextPlace, texts: Mapping[Path, str]
) -> Iterator[tuple[Path, str, TextPlace]]:
    """Every key of the site that names the work; ``texts`` go before what is on disk."""
    for path, text in _site(session.config, texts):
        for place in places(session.view(path, text)):
            is_same = (
                place.work.id == sought.work.id
                if place.work is not None and sought.work is not None
                else place.key == sought.key
            )
            if is_same and place.key:
                yield path, text, place


def _site(config: Config, texts: Mapping[Path, str]) -> Iterator[tuple[Path, str]]:
    """The articles of the project as they stand, in the editor or on disk."""
    for path in dict.fromkeys([*texts, *pages.articles_of(config)]):
        if path in texts:
            yield path, texts[path]
            continue
        try:
            text = files.read(path).text
        except ArticleError:
            continue
        if "@" in text:
            yield path, text


def renamed(
    session: Session, sought: TextPlace, new: str, texts: Mapping[Path, str], moment: Moment
) -> dict[Path, list[Edit]]:
    """The edits that type every mention of a work as ``new``; a free name becomes the work's.

    Raises UsageError where ``new`` names another work or nothing that could be typed.
    """
    new = new.strip().removeprefix("@").strip("{}")
    if sought.work is None:
        raise UsageError(f"{sought.key} is not in the library", hint="Add it before renaming.")
    _give(session.config, sought.work.id, new, moment)
    return _retyped(mentions(session, sought, texts), new)


def typed_anew(
    session: Session, work: Work, new: str, texts: Mapping[Path, str]
) -> dict[Path, list[Edit]]:
    """The edits that type ``new`` wherever these texts, and no others, cite or list the work."""
    return _retyped(
        (
            (path, text, place)
            for path, text in texts.items()
            for place in places(session.view(path, text))
            if place.key and place.work is not None and place.work.id == work.id
        ),
        new,
    )


def _retyped(found: Iterable[tuple[Path, str, TextPlace]], new: str) -> dict[Path, list[Edit]]:
    edits: dict[Path, list[Edit]] = {}
    for path, text, place in found:
        whole = _with_braces(text, place.span)
        edit = Edit(span=whole, replacement=_in_comment(text, whole, typed_key(new)))
        if edit not in edits.setdefault(path, []):
            edits[path].append(edit)
    return edits


def on_disk(path: Path) -> str:
    """The text of an article that no editor has open.  Raises ArticleError."""
    return files.read(path).text


def _with_braces(text: str, key: Span) -> Span:
    """The key with its ``@`` and its braces."""
    if text[key.start - 2 : key.start] == "@{" and text[key.end : key.end + 1] == "}":
        return Span(key.start - 2, key.end + 1)
    return Span(key.start - 1, key.end)


def _in_comment(text: str, span: Span, typed: str) -> str:
    """The typed key as it may stand there: a comment cannot hold two hyphens in a row."""
    opened = max(text.rfind("<!--", 0, span.start), text.rfind("{/*", 0, span.start))
    closed = max(text.rfind("-->", 0, span.start), text.rfind("*/}", 0, span.start))
    is_in_comment = opened > closed
    return typed.replace("--", "&#45;-") if is_in_comment else typed


def _give(config: Config, bearer: str, new: str, moment: Moment) -> None:
    """Make ``new`` a name of the work, unless it finds the work already."""
    names = lookup.names(new)
    if not names or not new:
        raise UsageError(f"{new!r} has characters that a key cannot have")
    with Library.open(config.library) as library:
        holder = lookup.find(library, [new]).get(new)
        if holder is not None and holder.id == bearer:
            return
        if holder is not None:
            raise UsageError(f"{new} is already a name of another work ({holder.name})")
        if names[0].scheme is not Scheme.NAME:
            raise UsageError(f"{new} reads as {names[0]}, which the work does not have")
        name = Decision(
            kind=DecisionKind.NAME,
            a=Identifier.parse(bearer),
            b=names[0],
            by="person",
            rule="renamed",
            made=moment.now,
        )
        library.decide([name], made=moment.now)


# ── from text to text ──────────────────────────────────────────────────────────────────


def edits(before: str, after: str) -> list[Edit]:
    """The changes from one text to another, line by line, so that a cursor elsewhere stays."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [
        Edit(span=Span(starts[first], starts[last]), replacement="".join(new[start:end]))
        for tag, first, last, start, end in matcher.get_opcodes()
        if tag != "equal"
    ]


# ── Works for what was begun to be typed behind ``[@`` ──────────────────────────────────────────


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
    head = " ".join(filter(None, (values.first_author(item), values.year(item))))
    title = markup.plain(markup.read(str(item.get("title") or "")))
    container = item.get("container-title")
    detail = " · ".join(part for part in (str(container or ""), work.name) if part)
    return f"{head} — {title}" if head else title or work.name, detail


def pasted(text: str, span: Span) -> tuple[Span, Identifier] | None:
    """A bare DOI or address in the text that touches the span, and what it is."""
    for found in re.finditer(r"(?:https?://|doi:\s?|10\.\d{4,9}/)[^\s<>\[\]「」、。()]+", text):
        if found.start() <= span.end and span.start <= found.end():
            claim = identifiers.read(found[0].rstrip(".,;"))
            if claim is not None:
                end = found.start() + len(found[0].rstrip(".,;"))
                return Span(found.start(), end), claim.identifier
    return None
