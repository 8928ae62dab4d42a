"""What a rule looks at: an article, and readings of it that several rules share."""

from __future__ import annotations

from functools import cached_property

from refpipe import dates
from refpipe.checks import masking
from refpipe.checks.lines import Lines
from refpipe.checks.stamps import Stamp, stamps
from refpipe.model import Article, CitationItem, Edit, Finding


class Subject:
    """An article with its line index; what rules share is read once, when first asked for."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = article.text
        self.lines = Lines(article.text)

    @cached_property
    def words(self) -> str:
        """The page's own words: code, comments, tags and the managed list are blanks."""
        managed = [bibliography.span for bibliography in self.article.bibliographies]
        return masking.words(self.text, self.article.format, managed)

    @cached_property
    def stamps(self) -> tuple[Stamp, ...]:
        """The dates that the page says of itself, in the order in which they stand."""
        return stamps(self.text, self.words, self.article.format)

    @cached_property
    def dates(self) -> tuple[dates.Found, ...]:
        """The dates in the running text that are no stamps."""
        taken = [stamp.span for stamp in self.stamps]
        return tuple(
            found
            for found in dates.find(self.words)
            if not any(span.start <= found.span.start < span.end for span in taken)
        )

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
        return Finding(
            code=code,
            path=self.article.path,
            line=place[0],
            column=place[1],
            values=values,
            subject=about,
            is_unchecked=True,
        )
