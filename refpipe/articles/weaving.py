"""A rendering woven into an article's text, and taken out again.

What the author typed stands in a comment, what the reader sees behind it.  Every other
character stays where it was.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import Enum, auto
from itertools import groupby

from refpipe import markup
from refpipe.articles import blocks, citations
from refpipe.articles.scanner import GUARD
from refpipe.model import Article, Bibliography, Citation, Entry, Inline, Rendering, Run, Span

_LINE_HEAD = re.compile(r"\ufeff?(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t])*\Z")
_DEFINES_LABELS = re.compile(r"^[ \t>]*\[[^\]\n]+\]:", re.MULTILINE)
_LIST_END = "<!--/bibliography-->"
_UNKNOWN = re.compile(r"\\?\[\?\\?\]")
_BARE_BRACKET = re.compile(r"(?<!\\)[\[\]]")


def weave(article: Article, rendering: Rendering) -> str:
    """The article's text with the numbers in its citations and the list in its place.

    ``rendering`` must have one ``Inline`` for each of the article's citations.  A second place
    for the list is left alone; ``read`` has reported it.
    """
    writer = _Writer(article)
    replacements = [
        (citation.span, writer.citation(citation, inline))
        for citation, inline in zip(article.citations, rendering.citations, strict=True)
    ]
    replacements += [
        (place.span, writer.bibliography(place, rendering.entries))
        for place in article.bibliographies[:1]
    ]
    return _replaced(article.text, replacements)


def unweave(article: Article) -> str:
    """The article's text as its author typed it."""
    replacements = [(c.span, f"[{c.typed}]") for c in article.citations]
    replacements += [(b.span, _opener(article.text, b)) for b in article.bibliographies]
    return _replaced(article.text, replacements)


def printed(article: Article, span: Span) -> str:
    """What the reader sees of a woven citation or list; empty where nothing was woven."""
    whole = article.text[span.start : span.end]
    opener, close = whole.find("-->"), whole.rfind("<!--")
    return whole[opener + 3 : close] if 0 <= opener < close else ""


def question_marks(shown: str) -> int:
    """How many works a woven citation shows as unknown."""
    return len(_UNKNOWN.findall(shown))


def _replaced(text: str, replacements: Iterable[tuple[Span, str]]) -> str:
    pieces: list[str] = []
    end = 0
    for span, new in sorted(replacements):
        pieces += (text[end : span.start], new)
        end = span.end
    return "".join((*pieces, text[end:]))


def _others_text(article: Article) -> str:
    """The text without what weaving changes, so that it is the same typed and woven.

    ``[@a]: これ`` looks like a definition until it is woven, and is none.
    """
    spans = [c.span for c in article.citations] + [b.span for b in article.bibliographies]
    return _replaced(article.text, ((span, "…") for span in spans))


def _opener(text: str, place: Bibliography) -> str:
    return text[place.span.start : text.index("-->", place.span.start) + 3]


class _Layout(Enum):
    """How the list is laid out."""

    PARAGRAPHS = auto()
    """Markdown, an entry a paragraph."""
    LINES = auto()
    """HTML, an entry a line, with no empty line that would end a block."""
    ONE_LINE = auto()
    """Markdown on one line: inside a paragraph, a table's row, a list item."""
    ONE_TAGGED_LINE = auto()
    """HTML on one line: where a line of raw HTML stands in a quotation or a list item."""


class _Writer:
    """How one article's format and newlines write citations and entries."""

    __slots__ = ("is_html", "keeps_brackets", "newline", "text")

    def __init__(self, article: Article) -> None:
        self.text = article.text
        self.is_html = article.format == "html"
        first = self.text.find("\n")
        self.newline = "\r\n" if first > 0 and self.text[first - 1] == "\r" else "\n"
        # A definition such as ``[1]: https://…`` would make a link of every bare ``[1]``.
        self.keeps_brackets = self.is_html or not _DEFINES_LABELS.search(_others_text(article))

    def citation(self, citation: Citation, inline: Inline) -> str:
        guard = "" if self.is_html or not self.is_line_head(citation.span.start) else GUARD
        shown = self.shown(inline)
        return f"{guard}<!--cite {citations.to_comment(citation.typed)}-->{shown}<!--/cite-->"

    def is_line_head(self, position: int) -> bool:
        head = self.text.rfind("\n", 0, position) + 1
        return _LINE_HEAD.match(self.text[head:position]) is not None

    def bibliography(self, place: Bibliography, entries: tuple[Entry, ...]) -> str:
        opener = _opener(self.text, place)
        if not entries:
            return opener
        layout = _Layout.LINES if self.is_html else self.layout(place.span)
        if layout in (_Layout.LINES, _Layout.ONE_TAGGED_LINE):
            newline = self.newline if layout is _Layout.LINES else ""
            return newline.join((opener, *self.tagged(entries, newline and "  "), _LIST_END))
        plain = [self.plain(entry) for entry in entries]
        if layout is _Layout.ONE_LINE:
            return f"{opener} {'<br>'.join(plain)} {_LIST_END}"
        return (self.newline * 2).join((opener, *plain, _LIST_END))

    def layout(self, span: Span) -> _Layout:
        """How a list can stand at this place of a Markdown text without changing what follows."""
        for stretch in blocks.stretches(self.text):
            if stretch.start <= span.start < stretch.end:
                break
        else:
            return _Layout.PARAGRAPHS
        before, after = self.text[stretch.start : span.start], self.text[span.end : stretch.end]
        if stretch.kind is blocks.Kind.HTML:
            if stretch.is_nested:
                return _Layout.ONE_TAGGED_LINE
            return _Layout.LINES if before.strip() else _Layout.PARAGRAPHS
        if stretch.is_nested or after.strip() or before.lstrip().startswith("|"):
            return _Layout.ONE_LINE
        return _Layout.PARAGRAPHS

    def tagged(self, entries: tuple[Entry, ...], margin: str) -> Iterator[str]:
        yield '<div class="csl-bib-body">'
        for entry in entries:
            anchor, words = _attribute(entry.anchor), self.words(entry, is_html=True)
            yield f'{margin}<div class="csl-entry" id="{anchor}">{words}</div>'
        yield "</div>"

    def plain(self, entry: Entry) -> str:
        return f'<a id="{_attribute(entry.anchor)}"></a>{self.words(entry)}'

    def words(self, entry: Entry, *, is_html: bool = False) -> str:
        label = self.unlinked(self.bare((Run(entry.label),), is_html)) if entry.label else ""
        words = (label, self.bare(entry.content, is_html), *_backlinks(entry, is_html))
        return " ".join(word for word in words if word)

    def shown(self, inline: Inline) -> str:
        """A citation as the reader sees it: each link once, whatever faces are inside."""
        pieces: list[str] = []
        for (target, anchor), group in groupby(inline, key=lambda run: (run.target, run.anchor)):
            text = self.unlinked(
                self.bare(tuple(Run(run.text, run.marks) for run in group), self.is_html)
            )
            names = f' id="{_attribute(anchor)}"' if anchor else ""
            names += f' href="{_attribute(target)}"' if target.startswith(("#", "http")) else ""
            pieces.append(f"<a{names}>{text}</a>" if names else text)
        return "".join(pieces)

    def bare(self, inline: Inline, is_html: bool) -> str:
        """Rich text in the article's format, on one line."""
        inline = tuple(replace(run, text=" ".join(run.text.splitlines())) for run in inline)
        return markup.html(inline) if is_html else markup.markdown(inline)

    def unlinked(self, text: str) -> str:
        """Text whose brackets stay brackets although the article may define them as a link."""
        return text if self.keeps_brackets else _BARE_BRACKET.sub(r"\\\g<0>", text)


def _backlinks(entry: Entry, is_html: bool) -> Iterator[str]:
    for count, anchor in enumerate(entry.backlinks, 1):
        arrow = "↩" if count == 1 else f"↩<sup>{count}</sup>"
        role = ' role="doc-backlink"' if is_html else ""
        yield f'<a href="#{_attribute(anchor)}"{role}>{arrow}</a>'


def _attribute(text: str) -> str:
    return html.escape(text, quote=True)
