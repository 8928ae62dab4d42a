"""What a rule is, and what it looks at.

A rule is a promise (its code), its words in two languages, and a pure function; its subject is an
article, with readings of it that several rules share.
"""

from __future__ import annotations

import inspect
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from refpipe import dates
from refpipe.checks import visible_text
from refpipe.checks.context import Context
from refpipe.checks.page_dates import PageDate, page_dates
from refpipe.dates import DateFault, DateReading, FaultKind
from refpipe.model import Article, CitationItem, Edit, Finding
from refpipe.translation import translated


class Subject:
    """An article with its line index; what rules share is read once, when first asked for."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = article.text
        self.lines = LineIndex(article.text)

    @cached_property
    def words(self) -> str:
        """The page's own words: code, comments, tags and the managed list are blanks."""
        managed = [bibliography.span for bibliography in self.article.bibliographies]
        return visible_text.words(self.text, self.article.format, managed)

    @cached_property
    def stamps(self) -> tuple[PageDate, ...]:
        """The dates that the page says of itself, in the order in which they stand."""
        return page_dates(self.text, self.words, self.article.format)

    @cached_property
    def dates(self) -> tuple[dates.FoundDate, ...]:
        """The dates in the running text that are no stamps."""
        taken = [stamp.span for stamp in self.stamps]
        return tuple(
            found
            for found in dates.find(self.words)
            if not any(span.start <= found.span.start < span.end for span in taken)
        )

    def faults(self, kind: FaultKind) -> Iterator[tuple[DateReading, int, DateFault]]:
        """Every date with a fault of this kind, in stamps and text, with its offset."""
        dated = [(stamp.reading, stamp.span.start) for stamp in self.stamps]
        dated += [(found.reading, found.span.start) for found in self.dates]
        for reading, start in dated:
            for fault in reading.faults:
                if fault.kind is kind:
                    yield reading, start, fault

    @cached_property
    def mentions(self) -> tuple[tuple[CitationItem, tuple[int, int]], ...]:
        """Every cited or listed key with the line and column of its bracket or list."""
        cited = [
            (item, self.lines.at(citation.span.start))
            for citation in self.article.citations
            for item in citation.items
        ]
        listed = [
            (item, (bibliography.line, bibliography.column))
            for bibliography in self.article.bibliographies
            for item in bibliography.uncited
        ]
        return tuple(cited + listed)

    @cached_property
    def first_mentions(self) -> dict[str, tuple[int, int]]:
        """Key → line and column of its first mention, in order of mention."""
        places: dict[str, tuple[int, int]] = {}
        for item, place in self.mentions:
            places.setdefault(item.key, place)
        return places

    def finding(
        self, code: str, offset: int, *, about: str = "", edit: Edit | None = None, **values: str
    ) -> Finding:
        """A finding at the character at ``offset``; ``about`` is the identifier it concerns."""
        line, column = self.lines.at(offset)
        return self.finding_at(code, (line, column), about=about, edit=edit, **values)

    def finding_at(
        self,
        code: str,
        place: tuple[int, int],
        *,
        about: str = "",
        edit: Edit | None = None,
        **values: str,
    ) -> Finding:
        """A finding at a line and column."""
        return Finding(
            code=code,
            path=self.article.path,
            line=place[0],
            column=place[1],
            values=values,
            subject=about,
            edit=edit,
        )

    def unchecked(self, code: str, place: tuple[int, int], *, about: str, **values: str) -> Finding:
        """A finding of the third verdict: it could not be looked at."""
        return replace(
            self.finding_at(code, place, about=about, edit=None, **values), is_unchecked=True
        )


class LineIndex:
    """The beginnings of a text's lines, found when somebody first asks."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] | None = None

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at ``offset``, both counted from 1."""
        starts = self._lines()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def text(self, line: int) -> str:
        """The line with this number, without its line break; empty where there is none."""
        starts = self._lines()
        if not 1 <= line <= len(starts):
            return ""
        end = starts[line] if line < len(starts) else len(self._text)
        return self._text[starts[line - 1] : end].rstrip("\r\n")

    def _lines(self) -> list[int]:
        if self._starts is None:
            starts = [0]
            find = self._text.find
            position = find("\n")
            while position >= 0:
                starts.append(position + 1)
                position = find("\n", position + 1)
            self._starts = starts
        return self._starts


Check = Callable[[Subject, Context], Iterable[Finding]]
"""From an article and what is known around it to the findings; no clock, no file, no network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.  Its code is never given to another."""

    code: str
    name: str
    page: str
    """The docstring of its function, in two languages (see ``run.page``)."""
    messages: Mapping[str, tuple[str, str]]
    """Kind of finding → the message in English and in Japanese, with ``{value}`` places.

    ``Finding.values["kind"]`` chooses; most rules have one kind, the empty string.
    """
    check: Check = field(repr=False)
    is_default: bool = True
    """False: it speaks only when it is selected by name or family."""
    is_quiet: bool = False
    """True: it is no finding at all, only a fix that ``--fix`` makes by the way."""

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.code.rstrip("0123456789")

    def message(self, finding: Finding, lang: str) -> str:
        """What the finding says, in ``ja`` or (any other ``lang``) in English."""
        english, japanese = self.messages[finding.values.get("kind", "")]
        if lang != "ja":
            return english.format_map(_Values(finding.values))
        values = dict(finding.values)
        for name in ("reason", "fault"):  # Sentences of their own, said elsewhere in English.
            if name in values:
                values[name] = translated(values[name])
        return japanese.format_map(_Values(values))


def rule(
    code: str,
    name: str,
    messages: Mapping[str, tuple[str, str]],
    *,
    is_default: bool = True,
    is_quiet: bool = False,
) -> Callable[[Check], Rule]:
    """What makes a rule of the function below it, whose docstring is the rule's page."""
    return lambda check: Rule(
        code=code,
        name=name,
        page=inspect.getdoc(check) or "",
        messages=messages,
        check=check,
        is_default=is_default,
        is_quiet=is_quiet,
    )


def in_marks_of(path: str, said: str) -> str:
    """What is said of the page at ``path``, with the marks of its format: MDX has its own comments.

    >>> in_marks_of("a.mdx", "write <!--bibliography--> there")
    'write {/*bibliography*/} there'
    """
    is_mdx = path.lower().endswith(".mdx")
    return said.replace("<!--", "{/*").replace("-->", "*/}") if is_mdx else said


class _Values(dict[str, str]):
    """Values for a message; one that is not there leaves its place as it is written."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"
