"""What ``check`` found in articles that have not changed since, told again without reading them.

An outcome is remembered under all that it depends on: the article's bytes and its path, the
library and the data on retractions as they stand, the rules chosen, the day and the program.
Whatever could not be checked is never remembered, so that the next run looks again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from refpipe import files, parallel
from refpipe.cache import Cache
from refpipe.errors import RefpipeError
from refpipe.model import Edit, Finding, Span
from refpipe.pipeline import pages
from refpipe.pipeline.check import Checked, Order, check, site_dates


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
