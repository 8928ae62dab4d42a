"""One run of the checker over many articles: what was found, and what was mended."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from refpipe import checks, files
from refpipe.config import Config
from refpipe.errors import ArticleError
from refpipe.model import Finding
from refpipe.pipeline import check
from refpipe.pipeline.check import Checked, Order, memory
from refpipe.pipeline.pages import shown
from refpipe.pipeline.retractions import KnownNotices

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
        for outcome in self._outcomes(order, check.readable(paths, self.broken)):
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
            self.findings += check.uncited(order, frozenset(cited))

    def _outcomes(self, order: Order, paths: Iterable[Path]) -> Iterator[memory.CheckOutcome]:
        """What came of each article; of one to be mended, what is left after its fixes."""
        if order.is_fixing:
            for checked in check.check(order, paths):
                outcome = memory.CheckOutcome.of(checked)
                yield replace(outcome, findings=self._mend(order, checked))
            return
        for outcome in memory.outcomes(order, paths):
            self.done.append((outcome.file.path, outcome.file.content))
            yield outcome

    def _mend(self, order: Order, checked: Checked) -> tuple[Finding, ...]:
        """What is left to say of an article after its fixes."""
        text = check.mended(checked, is_unsafe=self.is_unsafe)
        left = text if self.is_writing else checked.file.text
        self.done.append((checked.file.path, left.encode("utf-8")))
        if text != checked.file.text:
            self.fixed += 1
            if self.is_diff:
                self.show_diff(files.diff(checked.article.path, checked.file.text, text))
            if self.is_writing:
                files.replace(checked.file, text)
        return check.again(order, checked, left)

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
