"""One run of the checker over many articles: what was found, remembered and mended."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from refpipe import checks, files, parallel
from refpipe.cache import Cache
from refpipe.config import Config
from refpipe.errors import ArticleError, RefpipeError
from refpipe.model import Edit, Finding, Span
from refpipe.pipeline import pages
from refpipe.pipeline.check import (
    Checked,
    Order,
    again,
    check,
    mended,
    readable,
    site_dates,
    uncited,
)
from refpipe.pipeline.pages import shown
from refpipe.pipeline.retractions import KnownNotices
from refpipe.retractions import index_path, stamp

if TYPE_CHECKING:
    from refpipe.pipeline.site.published import FetchedPages


@dataclass(slots=True, kw_only=True)
class CheckRun:
    """What to do with fixes, and what was found."""

    config: Config
    is_whole: bool
    """Whether all articles of the project are checked, so that works nobody cites are as well."""
    is_writing: bool
    is_diff: bool
    is_unsafe: bool
    show_diff: Callable[[str], None] = lambda _: None
    """Hears what the fixes would change, where only that is wanted."""
    findings: list[Finding] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)
    texts: dict[str, Path] = field(default_factory=dict)
    broken: list[ArticleError] = field(default_factory=list)
    fixed: int = 0
    done: list[tuple[Path, bytes]] = field(default_factory=list)
    """Each article with what it held when it was checked, or holds since it was mended."""
    names: dict[str, str] = field(default_factory=dict)
    """Path as it would be shown → the address of the page that it was fetched from."""
    has_citations: bool = False
    has_works: bool = False
    unheld: int = 0
    """References of hand-made lists that have been held against no registry."""
    unclear: int = 0
    """Works and references that could not be compared in all that they state."""

    def afresh(self) -> CheckRun:
        """The same run before anything was looked at, for articles that were saved since."""
        return CheckRun(
            config=self.config,
            is_whole=False,
            is_writing=self.is_writing,
            is_diff=self.is_diff,
            is_unsafe=self.is_unsafe,
            show_diff=self.show_diff,
            names=self.names,
        )

    @property
    def has_library(self) -> bool:
        """Whether there is anything to look works up in."""
        return self.config.library.exists()

    @property
    def is_blind(self) -> bool:
        """Whether works are cited or listed and there is nothing to look them up in."""
        return not self.has_library and (self.has_citations or self.unheld > 0)

    @property
    def is_unchecked(self) -> bool:
        """Whether something could not be checked, or there was nothing to check."""
        is_unlooked = bool(self.broken) or self.is_blind or not self.checked
        return is_unlooked or any(each.is_unchecked for each in self.findings)

    @property
    def is_due(self) -> bool:
        """Whether something was found, or a fix would change an article."""
        return bool(self.findings) or (self.is_diff and self.fixed > 0)

    def add_pages(self, pages: FetchedPages) -> list[Path]:
        """Take over the articles of fetched pages, and what went wrong with the others."""
        self.broken += pages.failed
        self.names |= {shown(page.file): page.url for page in pages.found if page.file}
        return pages.files

    def look(self, order: Order, paths: Iterable[Path]) -> None:
        """Check every article, and mend it where that was asked for."""
        cited: set[str] = set()
        rules = checks.select(order.select, order.ignore)
        is_held = order.is_online or not any(one.family in {"REF", "RET"} for one in rules)
        for outcome in self._outcomes(order, readable(paths, self.broken)):
            cited |= outcome.works
            self.has_works = self.has_works or bool(outcome.works or outcome.has_list)
            self.unheld += 0 if is_held else outcome.unheld
            self.unclear += outcome.unclear
            path = shown(outcome.file.path)
            name = self.names.get(path, path)
            self.checked.append(name)
            self.has_citations |= outcome.has_citations
            self.texts[name] = outcome.file.path
            self.findings += [_called(one, path, name) for one in outcome.findings]
        if self.is_whole:
            self.findings += uncited(order, frozenset(cited))

    def _outcomes(self, order: Order, paths: Iterable[Path]) -> Iterator[CheckOutcome]:
        """What came of each article; of one to be mended, what is left after its fixes."""
        if order.is_fixing:
            for checked in check(order, paths):
                outcome = CheckOutcome.of(checked)
                yield replace(outcome, findings=self._mend(order, checked))
            return
        for outcome in outcomes(order, paths):
            self.done.append((outcome.file.path, outcome.file.content))
            yield outcome

    def _mend(self, order: Order, checked: Checked) -> tuple[Finding, ...]:
        """What is left to say of an article after its fixes."""
        text = mended(checked, is_unsafe=self.is_unsafe)
        left = text if self.is_writing else checked.file.text
        self.done.append((checked.file.path, left.encode("utf-8")))
        if text != checked.file.text:
            self.fixed += 1
            if self.is_diff:
                self.show_diff(files.diff(checked.article.path, checked.file.text, text))
            if self.is_writing:
                files.replace(checked.file, text)
        return again(order, checked, left)

    def note(self, today: datetime.date) -> str:
        """What a person should know of the data on retractions; empty where nothing is cited."""
        with KnownNotices() as notices:
            return notices.note(today) if self.has_works else ""

    def line_of(self, path: str, number: int) -> str:
        """A line of an article, for showing it; empty where there is none."""
        if path not in self.texts:
            return ""
        lines = files.read(self.texts[path]).text.split("\n", number)
        return lines[number - 1].rstrip("\r") if len(lines) >= number else ""


def _called(finding: Finding, path: str, name: str) -> Finding:
    """The finding of a text that came from elsewhere, under the name that it has there."""
    if path == name:
        return finding
    values = dict(finding.values)
    if "command" in values:
        is_page = "://" in name
        values["command"] = (
            f"refpipe adopt {name} --out FILE.html"
            if is_page
            else f"refpipe wordpress pull --from-wxr {name.partition('.xml/')[0]}.xml"
        )
    return replace(finding, path=name, values=values)


# ────────────────────────────────────────────────────────────────────────────────────────────────
# What ``check`` found in articles that have not changed since, told again without reading them.
#
# An outcome is remembered under all that it depends on: the article's bytes and its path, the
# library and the data on retractions as they stand, the rules chosen, the day and the program.
# Whatever could not be checked is never remembered, so that the next run looks again.


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOutcome:
    """What came of checking one article."""

    file: files.File
    findings: tuple[Finding, ...]
    works: frozenset[str]
    """The ids of the works it cites."""
    has_citations: bool
    has_list: bool
    """Whether it prints a list of references that nobody manages."""
    unheld: int = 0
    """How many references of that list have been held against no registry."""
    unclear: int = 0
    """How many works and references could not be compared in all that they state."""

    @classmethod
    def of(cls, checked: Checked) -> CheckOutcome:
        """The outcome of an article that was looked at in this run."""
        return cls(
            file=checked.file,
            findings=checked.findings,
            works=checked.works,
            has_citations=bool(checked.article.citations),
            has_list=checked.context.legacy is not None,
            unheld=checked.context.unheld,
            unclear=checked.context.unclear,
        )


def outcomes(order: Order, paths: Iterable[Path]) -> Iterator[CheckOutcome]:
    """The outcome of each article, from memory where nothing that it depends on has changed.

    Raises LibraryError, ArticleError.
    """
    if order.is_online or order.is_fixing or not order.config.is_project:
        # Nothing is written into a folder that nobody made a project of refpipe's.
        yield from _looked_at(order, list(map(files.read, paths)))
        return
    memory = _Memory.read(order)
    read = list(map(files.read, paths))
    known = {file.path: outcome for file in read if (outcome := memory.recall(file))}
    looks = _looked_at(order, [file for file in read if file.path not in known])
    with closing(looks):
        try:
            for file in read:
                outcome = known.get(file.path)
                if outcome is None:
                    outcome = next(looks)
                    memory.learn(outcome)
                yield outcome
        finally:
            memory.write()


_PORTION = 50
"""Articles that one core looks at before it hands over what it found."""


def _looked_at(order: Order, due: Sequence[files.File]) -> Generator[CheckOutcome]:
    """The outcome of each article, in order, on every core where there are many."""
    jobs = min(parallel.cores(), len(due) // _PORTION)
    if jobs < 2 or order.is_online:
        yield from (CheckOutcome.of(one) for one in check(order, iter(due)))
        return
    portions = [due[start : start + _PORTION] for start in range(0, len(due), _PORTION)]
    arrived: dict[int, list[CheckOutcome] | RefpipeError] = {}
    following = 0
    for number, result in parallel.each(partial(_portion, order, portions), len(portions), jobs):
        arrived[number] = result
        while following in arrived:
            done = arrived.pop(following)
            if isinstance(done, RefpipeError):
                raise done
            yield from done
            following += 1


def _portion(
    order: Order, portions: Sequence[Sequence[files.File]], number: int
) -> list[CheckOutcome] | RefpipeError:
    """What came of a portion; an error is handed over, so that it is raised once."""
    try:
        return [CheckOutcome.of(one) for one in check(order, iter(portions[number]))]
    except RefpipeError as error:
        return error


@dataclass(slots=True, kw_only=True)
class _Memory:
    """What is remembered, and what this run adds to it."""

    folder: Path
    surroundings: str
    """All that an outcome depends on but the article itself."""
    has_library: bool
    known: dict[str, tuple[str, str]]
    """Path → the state in which it was checked, and what came of it."""
    learned: list[tuple[str, str, str]] = field(default_factory=list)

    @classmethod
    def read(cls, order: Order) -> _Memory:
        config = order.config
        generation = pages.generation(config.library)
        parts = (
            str(config.library),
            generation,
            stamp(index_path()),  # Where there is no library its generation says nothing.
            order.today.isoformat(),
            order.select,
            order.ignore,
        )
        with Cache(config.cache) as cache:
            known = cache.checked()
        return cls(
            folder=config.cache,
            surroundings=files.readable(repr(parts)),
            has_library=bool(generation),
            known=known,
        )

    def recall(self, file: files.File) -> CheckOutcome | None:
        """What came of the article when it was last checked; None where that may be otherwise."""
        state, written = self.known.get(_place(file), ("", ""))
        return _parsed(file, written) if state == self._state(file) else None

    def learn(self, outcome: CheckOutcome) -> None:
        """Keep what came of an article, unless something of it could not be checked."""
        lacks_library = outcome.has_citations and not self.has_library
        if not lacks_library and not any(one.is_unchecked for one in outcome.findings):
            file = outcome.file
            self.learned.append((_place(file), self._state(file), _written(outcome)))

    def write(self) -> None:
        """Write what was learned, all at once, so that no other run waits for this one."""
        if self.learned:
            with Cache(self.folder) as cache:
                cache.remember_checked(self.learned)

    def _state(self, file: files.File) -> str:
        site = site_dates(file.path)
        parts = (self.surroundings, pages.shown(file.path), repr(site) if site else "")
        about = "\0".join(parts).encode("utf-8", "surrogateescape")
        # A digest by itself, so that no text can pass for another setting.
        digest = hashlib.blake2b(file.content, digest_size=32).digest()
        return hashlib.blake2b(digest + about, digest_size=32).hexdigest()


def _place(file: files.File) -> str:
    return files.readable(file.path.absolute())


def _written(outcome: CheckOutcome) -> str:
    """The outcome as text, without the path that the article is called by."""
    return json.dumps(
        {
            "works": sorted(outcome.works),
            "citations": outcome.has_citations,
            "list": outcome.has_list,
            "unheld": outcome.unheld,
            "unclear": outcome.unclear,
            "findings": [_finding_written(one) for one in outcome.findings],
        }
    )


def _finding_written(finding: Finding) -> Sequence[Any]:
    edit = finding.edit
    change = edit and [edit.span.start, edit.span.end, edit.replacement, edit.is_safe]
    values = dict(finding.values)
    return [finding.code, finding.line, finding.column, values, finding.subject, change]


def _parsed(file: files.File, written: str) -> CheckOutcome | None:
    """The outcome that ``_written`` wrote; None for anything else."""
    try:
        data, path = json.loads(written), pages.shown(file.path)
        return CheckOutcome(
            file=file,
            findings=tuple(_finding(path, one) for one in data["findings"]),
            works=frozenset(data["works"]),
            has_citations=data["citations"],
            has_list=data["list"],
            unheld=data["unheld"],
            unclear=data["unclear"],
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _finding(path: str, parts: Sequence[Any]) -> Finding:
    code, line, column, values, subject, change = parts
    edit = None
    if change is not None:
        start, end, replacement, is_safe = change
        edit = Edit(span=Span(start, end), replacement=replacement, is_safe=is_safe)
    return Finding(
        code=code,
        path=path,
        line=line,
        column=column,
        values=values,
        subject=subject,
        edit=edit,
    )
