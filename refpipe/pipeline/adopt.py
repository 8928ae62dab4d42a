"""Turn a hand-made list of references into a managed one."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from refpipe import articles, files, identifiers, items
from refpipe.articles import lists
from refpipe.articles.lists.legacy_list import is_passage
from refpipe.checks.rule import in_marks_of
from refpipe.errors import ArticleError
from refpipe.items import printed
from refpipe.items.printed import Printed
from refpipe.items.printed.nouns import SERIAL
from refpipe.library import Library
from refpipe.model import (
    Article,
    Certainty,
    Citation,
    Claim,
    Fault,
    Identifier,
    Record,
    Scheme,
    Span,
    Work,
)
from refpipe.pipeline import changes, intake, pages, refs, stated_differences
from refpipe.pipeline.lookup import safe_key, typed_key
from refpipe.pipeline.pages import RefsRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """One printed reference and the work it came to."""

    label: str
    record: Record
    work: Work
    claim: Claim | None
    """Its surest identifier; None where the print holds none."""
    key: str
    """What to type for the work."""

    @property
    def is_verbatim(self) -> bool:
        """Whether it could not be read, and is kept as it was printed."""
        return self.record.source == "verbatim"

    @property
    def doubted(self) -> tuple[str, ...]:
        """The fields that were not read with certainty, of a work that no registry stands for."""
        if self.work.is_confirmed or self.is_verbatim:
            return ()
        return printed.remembered(self.record.payload).doubted


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What became of one page."""

    file: files.File
    typed: str
    """The page with typed citations and an empty list, ready to be woven."""
    references: tuple[Adopted, ...] = ()
    refusal: str = ""
    """Why nothing was changed; empty where the list was adopted."""
    is_left: bool = False
    """True where there is a list and it was left alone because it cannot be read."""
    doubts: tuple[str, ...] = ()
    """What looks like a citation and was left in the text; its number still holds."""
    plan: lists.Plan | None = None
    """Where the list and its citations stand; None where there is no list."""

    @property
    def works(self) -> tuple[Work, ...]:
        """The works of the list, each once, in the order of their first reference."""
        return tuple({adopted.work.id: adopted.work for adopted in self.references}.values())


def adopt(
    library: Library,
    file: files.File,
    shown: str,
    *,
    now: str,
    declared: Collection[int] = (),
) -> Adoption:
    """Read the page's list into the library and give the page with typed citations.

    Every printed reference is stored as a record before anyone has an opinion on it.  Where a
    number of the text could come to name another work, nothing is changed and each is told;
    ``declared`` are the lines whose numbers the writer says to be no citations.
    """
    text = file.text
    article = articles.read(shown, text)
    if article.bibliographies:
        return Adoption(file=file, typed=text, refusal="it has a managed list already")
    plan = lists.plan(text, article.format, declared=declared)
    if plan is None:
        return _without_list(file, shown, article.format)
    if faults := plan.obstacles or plan.doubts():
        refusal = _told(shown, faults, "" if plan.obstacles else _WHAT_TO_DO)
        return Adoption(file=file, typed=text, refusal=refusal, is_left=True)
    if plan.numbers.unclear:
        with library.rehearsal():
            adopted = _take_all(library, plan.found, text, shown, now)
            rehearsed = _adoption(file, shown, plan, adopted)
        if rehearsed.refusal:
            return rehearsed
    adopted = _take_all(library, plan.found, text, shown, now)
    return _adoption(file, shown, plan, adopted)


def _without_list(file: files.File, shown: str, form: str) -> Adoption:
    """A page without a list that can be read: why, where it seems to have one."""
    faults = lists.unreadable(file.text, form) or lists.uncounted(file.text, form)
    refusal = _told(shown, faults) if faults else "it holds no list of references"
    return Adoption(file=file, typed=file.text, refusal=refusal, is_left=bool(faults))


def _adoption(
    file: files.File, shown: str, plan: lists.Plan, adopted: tuple[Adopted, ...]
) -> Adoption:
    """The page typed out, unless two references are one work and the numbers would move."""
    is_one_fewer = len({entry.work.id for entry in adopted}) < len(adopted)
    if faults := plan.doubts(is_one_fewer=is_one_fewer):
        refusal = _told(shown, faults, _WHAT_TO_DO)
        return Adoption(file=file, typed=file.text, refusal=refusal, is_left=True)
    doubts = tuple(f"{shown}:{one.line}: {one.message}" for one in plan.numbers.unclear)
    is_mdx = shown.lower().endswith(".mdx")
    typed = _typed(file.text, plan, adopted, is_mdx=is_mdx)
    return Adoption(file=file, typed=typed, references=adopted, plan=plan, doubts=doubts)


def renewed(library: Library, adoption: Adoption, shown: str) -> Adoption:
    """The adoption as it stands after the registries were asked.

    An answer may have shown that a printed identifier belongs to another work; the page must
    then be typed anew, or its citations would follow the identifier to the other work.
    """
    if adoption.plan is None:
        return adoption
    adopted = tuple(
        _adopted(library, reference.label, reference.record) for reference in adoption.references
    )
    return _adoption(adoption.file, shown, adoption.plan, adopted)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotShown:
    """What a reference of the hand-made list had, and its entry in the new one has not."""

    label: str
    words: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    """The words and address of each link."""
    signs: tuple[str, ...]
    """Words whose raised, lowered or slanted signs are plain now."""


def not_shown(run: RefsRun, library: Library, adoption: Adoption, name: str) -> Iterator[NotShown]:
    """What of each reference the new list does not show, so that nothing vanishes untold."""
    article = articles.read(name, adoption.typed)
    own = article.settings.get("style", "")
    style = run.style(run.config.style_for(adoption.file.path, own))
    found = adoption.plan.found.references if adoption.plan else ()
    for entry, reference in zip(adoption.references, found, strict=True):
        read, item = printed.remembered(entry.record.payload), entry.work.item
        differences = stated_differences.of_library(library, entry.work)
        told = {"issued" if one.field == "year" else one.field for one in differences}
        words = changes.not_shown(
            replace(read, fields={}) if entry.is_verbatim else read, item, style, told=told
        )
        source = reference.span.of(adoption.file.text)
        beyond = changes.plainer(source, article.format, item, style)
        links = tuple(link for link in beyond if link[1])
        words = tuple(
            one for one in words if not any(one in name or url in one for name, url in links)
        )
        signs = tuple(word for word, address in beyond if not address)
        if words or links or signs:
            yield NotShown(label=entry.label, words=words, links=links, signs=signs)


def changed_elsewhere(run: RefsRun, paths: Iterable[Path]) -> Iterator[str]:
    """The articles of these and of the project, as shown, that would be written otherwise now."""
    found = pages.articles_of(run.config) if run.config.is_project else ()
    looking = replace(run, may_write=False, registries=None, unasked="adopt")
    managed = filter(_is_managed, {path.absolute(): path for path in (*found, *paths)}.values())
    for page in refs.weave_all(looking, managed):
        if page.is_changed:
            yield pages.shown(page.file.path)


def _is_managed(path: Path) -> bool:
    try:
        return "bibliography" in files.read(path).text
    except ArticleError:
        return False


_WHAT_TO_DO = (
    "The list would be numbered anew, and a number left in the text would name another work."
    " Write each as [1], [1,3] or [1, p. 12]; one that cites nothing is let stand by"
    " <!-- refpipe: not-a-citation --> on its line, or by --not-a-citation LINE"
)


def _told(shown: str, faults: Sequence[Fault], last: str = "") -> str:
    """Each fault with its place, on lines of their own, and what to do."""
    told = [f"{shown}:{fault.line}: {fault.message}" for fault in faults]
    return in_marks_of(shown, "\n  ".join(["", *told, *([last] if last else [])]))


def _take_all(
    library: Library, found: lists.LegacyList, text: str, shown: str, now: str
) -> tuple[Adopted, ...]:
    taken = []
    for reference in found.references:
        line = text.count("\n", 0, reference.span.start) + 1
        record = record_of(reference.text, origin=f"{shown}:{line}")
        taken.append((reference.label, record))
    intake.take_all(library, [record for _, record in taken], now=now)
    stated_differences.deny_misprints(library, [record for _, record in taken], now=now)
    return tuple(_adopted(library, label, record) for label, record in taken)


def _adopted(library: Library, label: str, record: Record) -> Adopted:
    # The record's own name is asked for: what it prints may be the identifier of another work.
    work = library.find(Identifier(Scheme.TEXT, record.key))
    assert work is not None  # noqa: S101
    return Adopted(
        label=label,
        record=record,
        work=work,
        claim=identifiers.surest(items.read(record).claims),
        key=safe_key(library, work),
    )


def record_of(text: str, *, origin: str) -> Record:
    """The record of one printed reference, named by its literal identifier or its own text.

    One that the reader of references would print with words missing is kept as it was printed.
    """
    read = printed.remembered(text)
    claim = identifiers.surest(read.reading.claims)
    if claim is not None and claim.certainty is Certainty.LITERAL:
        identifier = claim.identifier
    else:
        identifier = intake.text_identifier(text)
    # A paragraph or a court is no title, and its figures are no volume: 医療法第6条の5.
    is_kept = is_passage(text) and read.reading.item.get("type") != "legislation"
    source = "printed" if claim is not None or (is_whole(read) and not is_kept) else "verbatim"
    return Record(source=source, identifier=identifier, payload=text, origin=origin)


def is_whole(read: Printed) -> bool:
    """Whether a reading holds the words and figures of the reference, so that none is lost.

    An access date, a page count and the like may be missing; a word of a title may not, nor may
    a journal's volume.
    """
    if not read.reading.item.get("title") or read.is_run_together:
        return False
    kept = _folded(" ".join(_strings(read.reading.item)))
    plain, item = read.text, read.reading.item
    end = max(field.span.end for field in read.fields.values())
    is_journal = "container-title" in item and {"volume", "page"} & item.keys()
    # What stands behind a journal's numbers is no part of the work; it is told by itself.
    behind = [left.span for left in read.rest if is_journal and left.span.start >= end]
    for note in (*read.notes, *behind):
        plain = plain[: note.start] + " " * (note.end - note.start) + plain[note.end :]
    words = list(_WORD.findall(_DAY.sub(" ", unicodedata.normalize("NFKC", plain))))
    lost = [word for word in words if _folded(word) not in kept and not _NOISE.fullmatch(word)]
    names = [str(read.reading.item.get(name, "")) for name in ("container-title", "publisher")]
    is_spoilt = any(map(_FIGURES.search, (stretch.text for stretch in read.rest))) or any(
        _REMARK.match(name) or SERIAL.search(name) for name in names
    )
    return not is_spoilt and sum(map(len, lost)) * 8 <= sum(map(len, words))


_FIGURES = re.compile(rf"{SERIAL.pattern}|\d\s?[-–]\s?\d", re.IGNORECASE)
"""Figures of a journal that were left unread: its volume, its pages."""
_REMARK = re.compile(r"[【（［〔※←→★☆\[(]|第\d+[章節部]")
"""How a remark begins that was taken for the name of a journal or a publisher."""
_WORD = re.compile(r"[A-Za-zÀ-ɏ]{4,}|[ぁ-んァ-ヶー一-龯々]{2,}")
_DAY = re.compile(r"(?<=\d)[日面](?!付)")
"""What a figure counts, which is no part of the word behind it (4月12日朝刊)."""
_NOISE = re.compile(
    r"(?i:https?|www|retrieved|accessed|available|from|published|online|version|edition|editors?"
    r"|volume|issue|pages?|pmid|pmcid)|[A-Z][a-z]{2,8}|明治|大正|昭和|平成|令和|.*(?:閲覧|参照|アクセス|更新|発行|最終|日付|年|月|巻|号|頁|版|編|著|訳|監修|ほか|など).*",
)


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text).casefold())


def _strings(value: object) -> Iterator[str]:
    """Every text in an item, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _typed(text: str, plan: lists.Plan, adopted: Sequence[Adopted], *, is_mdx: bool) -> str:
    """The page with its plain citations typed out and its list replaced by an empty managed one."""
    cited: set[str] = set()
    keys = {entry.work.id: entry.key for entry in adopted}
    edits: list[tuple[Span, str]] = []
    works = {int(entry.label): entry.work for entry in adopted if entry.label.isdigit()}
    for citation in plan.numbers.citations:
        named = [works[number] for number in citation.numbers if number in works]
        once = {work.id: work for work in named}
        cited.update(once)
        typed = "; ".join(typed_key(keys[work.id]) for work in once.values())
        typed += f", {citation.locator}" if citation.locator else ""
        edits.append((citation.span, f"[{typed}]"))
    listed = {entry.work.id: entry.work for entry in adopted if entry.work.id not in cited}
    uncited = "; ".join(typed_key(keys[work.id]) for work in listed.values())
    return lists.replaced(text, plan.found, edits, uncited, is_mdx=is_mdx)


def shadow(library: Path, folder: Path) -> Path:
    """A copy of the library in ``folder``, for looking at what an adoption would do."""
    copy = folder / "library.db"
    if library.exists():
        copy.write_bytes(library.read_bytes())
    return copy


# ── What is remembered of an adopted page, and its hand-made list given back ────────────────────
# The memory is part of the cache: it may be deleted at any time, and then an adoption is undone
# by the page's own history.


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """The page as it was before, or why it cannot be given back."""

    text: str
    refusal: str = ""


def remember(cache: Path, adoption: Adoption, after: str) -> None:
    """Keep what an adopted page was, in the cache's folder."""
    if adoption.plan is None:
        return
    memory = {
        "before": adoption.file.text,
        "after": after,
        "list": adoption.plan.found.span.of(adoption.file.text),
        "labels": {entry.key: entry.label for entry in reversed(adoption.references)},
    }
    place = _place(cache, adoption.file.path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(memory, ensure_ascii=False), encoding="utf-8", newline="")


def undo(cache: Path, file: files.File, shown: str) -> Undone:
    """The page with its hand-made list: byte for byte where nobody has edited it since.

    In an edited page the list takes its old place back, and each citation the number that the
    list gives its work; a citation of a work that the list does not hold is a refusal.
    """
    text = file.text
    memory = _remembered(_place(cache, file.path))
    if memory is None:
        refusal = (
            "nothing is remembered of a hand-made list here; the page's own history"
            " (git log, a backup) has it"
        )
        return Undone(text=text, refusal=refusal)
    article = articles.read(shown, text)
    # What weaving wrote anew since, the page's writer did not.
    if articles.unweave(article) == articles.unweave(articles.read(shown, memory["after"])):
        return Undone(text=memory["before"])
    return _edited(article, memory["list"], memory["labels"])


def _remembered(place: Path) -> dict[str, Any] | None:
    """What was written down when the list was adopted; None where it is not there whole."""
    try:
        memory = json.loads(place.read_text(encoding="utf-8"))
        texts = [memory[name] for name in ("before", "after", "list")]
        texts += memory["labels"].values()
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return memory if all(isinstance(text, str) for text in texts) else None


def _edited(article: Article, printed: str, labels: dict[str, str]) -> Undone:
    text = article.text
    if len(article.bibliographies) != 1:
        return Undone(text=text, refusal="it has no managed list, or more than one")
    unknown = [one for one in article.citations if not {i.key for i in one.items} <= set(labels)]
    if unknown:
        told = [
            f"{article.path}:{one.line}: [{one.typed}] cites a work that the old list does not hold"
            for one in unknown
        ]
        return Undone(text=text, refusal="\n  ".join(["", *told]))
    edits = [(one.span, _numbered(one, labels)) for one in article.citations]
    edits.append((article.bibliographies[0].span, printed))
    for span, new in sorted(edits, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return Undone(text=text)


def _numbered(citation: Citation, labels: dict[str, str]) -> str:
    """The citation as the old list would have it: ``[1, 3]``, ``[2, p. 12]``."""
    shown: list[str] = []
    for item in citation.items:
        shown.append(labels[item.key])
        if item.locator:
            label = "p." if item.label == "page" else item.label
            shown.append(item.spelled or f"{label} {item.locator}")
    return f"[{', '.join(shown)}]"


def _place(cache: Path, path: Path) -> Path:
    digest = hashlib.sha256(str(path.absolute()).encode("utf-8", "surrogateescape")).hexdigest()
    return cache / "adoptions" / f"{digest[:24]}.json"
