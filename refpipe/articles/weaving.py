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
from refpipe.articles.markdown import FRONT_MATTER
from refpipe.articles.scanner import (
    CARRIED,
    GUARD,
    HTML_COMMENTS,
    LINE_HEAD,
    MDX_COMMENTS,
    Comments,
)
from refpipe.lifetimes import lazy
from refpipe.model import Article, Bibliography, Citation, Entry, Inline, Rendering, Run, Span

_DEFINES_LABELS = lazy(r"^[ \t>]*\[(?!\^)[^\]\n]+\]:", re.MULTILINE)
_COMMENTS = {"mdx": MDX_COMMENTS}
_PARAGRAPH = lazy(r"<(?P<close>/?)p\b[^<>]*>", re.IGNORECASE)
_ENDS_PARAGRAPH = lazy(
    r"</?(?:div|section|article|ol|ul|dl|table|h[1-6]|blockquote|figure|header|footer|main|aside"
    r"|details|form|body|hr|pre)\b",
    re.IGNORECASE,
)
_UNKNOWN = lazy(r"\\?\[\?\\?\]")
_LINE_BREAK = lazy(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BRACES = lazy(r"(?<!\\)[{}]")
_BARE_BRACKET = lazy(r"(?<!\\)[\[\]]")


def weave(article: Article, rendering: Rendering, *, is_plain: bool = False) -> str:
    """The article's text with the numbers in its citations and the list in its place.

    ``rendering`` must have one ``Inline`` for each of the article's citations.  A second place
    for the list is left alone; ``read`` has reported it.  ``is_plain`` writes Markdown without
    HTML, and so without links between numbers and list.
    """
    writer = _Writer(article, is_plain=is_plain and article.format == "markdown")
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
    replacements += [(b.span, _emptied(article, b)) for b in article.bibliographies]
    return _replaced(article.text, replacements)


def printed(article: Article, span: Span) -> str:
    """What the reader sees of a woven citation or list; empty where nothing was woven."""
    whole = article.text[span.start : span.end]
    if 'data-cite="' in whole and (carried := CARRIED.search(whole)):
        return carried["shown"]
    comments = _comments(article)
    opener, close = whole.find(comments.closing), whole.rfind(comments.opening)
    return whole[opener + len(comments.closing) : close] if 0 <= opener < close else ""


def without_comments(article: Article) -> int:
    """How many woven citations have lost a comment to an editor; what they cite is still known."""
    comments = _comments(article)
    opener, closer = f"{comments.opening}cite ", f"{comments.opening}/cite{comments.closing}"
    return sum(
        not (whole.startswith(opener) and whole.endswith(closer))
        for citation in article.citations
        if 'data-cite="' in (whole := citation.span.of(article.text).removeprefix(GUARD))
    )


def _comments(article: Article) -> Comments:
    return _COMMENTS.get(article.format, HTML_COMMENTS)


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


def _opener(text: str, place: Bibliography, comments: Comments) -> str:
    end = comments.closing
    return text[place.span.start : text.index(end, place.span.start) + len(end)]


def _emptied(article: Article, place: Bibliography) -> str:
    """The mark of a list without entries: not closed, unless an end without a partner follows.

    That would be taken for its own, and what stands between for the list.
    """
    comments = _comments(article)
    stray = comments.closes_nothing("bibliography")
    opener = _opener(article.text, place, comments)
    if not any(fault.message.startswith(stray) for fault in article.faults):
        return opener
    return f"{opener}{comments.opening}/bibliography{comments.closing}"


class _Layout(Enum):
    """How the list is laid out."""

    PARAGRAPHS = auto()
    """Markdown, an entry a paragraph."""
    LINES = auto()
    """HTML, an entry a line, with no empty line that would end a block."""
    ONE_LINE = auto()
    """Markdown on one line: inside a paragraph, a table's row, a list item."""
    BREAKS = auto()
    """HTML within a paragraph, an entry a line: a block would end the paragraph."""
    ONE_TAGGED_LINE = auto()
    """HTML on one line: where a line of raw HTML stands in a quotation or a list item."""


class _Writer:
    """How one article's format and newlines write citations and entries."""

    __slots__ = (
        "arrow",
        "article",
        "comments",
        "is_html",
        "is_mdx",
        "is_plain",
        "is_wordpress",
        "keeps_brackets",
        "newline",
        "text",
    )

    def __init__(self, article: Article, *, is_plain: bool) -> None:
        self.article = article
        self.text = article.text
        self.is_plain = is_plain
        self.is_html = article.format == "html"
        self.is_mdx = article.format == "mdx"
        self.comments = _comments(article)
        # WordPress makes a picture of a bare arrow in its feeds; its own footnotes do the same.
        self.is_wordpress = "<!-- wp:" in self.text
        self.arrow = "↩\ufe0e" if self.is_wordpress else "↩"
        first = self.text.find("\n")
        self.newline = "\r\n" if first > 0 and self.text[first - 1] == "\r" else "\n"
        # A definition such as ``[1]: https://…`` would make a link of every bare ``[1]``.
        self.keeps_brackets = self.is_html or not _DEFINES_LABELS.search(_others_text(article))

    def citation(self, citation: Citation, inline: Inline) -> str:
        is_guarded = not (self.is_html or self.is_mdx) and self.is_line_head(citation.span.start)
        start, end = self.comments.opening, self.comments.closing
        typed = citations.to_comment(citation.typed)
        guard = GUARD if is_guarded else ""
        return f"{guard}{start}cite {typed}{end}{self.carried(citation, inline)}{start}/cite{end}"

    def carried(self, citation: Citation, inline: Inline) -> str:
        """What the reader sees, in WordPress in an element that says what was typed.

        Elsewhere nothing takes comments away, and the source stays easier to read without it.
        """
        shown = self.shown(inline)
        if not (self.is_html and self.is_wordpress):
            return shown
        typed = _attribute(citation.typed).replace("\r", "&#13;").replace("\n", "&#10;")
        return f'<span data-cite="{typed}">{shown}</span>'

    def is_line_head(self, position: int) -> bool:
        head = self.text.rfind("\n", 0, position) + 1
        return LINE_HEAD.match(self.text, head, position) is not None

    def bibliography(self, place: Bibliography, entries: tuple[Entry, ...]) -> str:
        if not entries:
            return _emptied(self.article, place)
        opener = _opener(self.text, place, self.comments)
        closer = f"{self.comments.opening}/bibliography{self.comments.closing}"
        layout = self.layout(place.span)
        if layout in (_Layout.LINES, _Layout.ONE_TAGGED_LINE):
            newline = self.newline if layout is _Layout.LINES else ""
            return newline.join((opener, *self.tagged(entries, newline and "  "), closer))
        if layout is _Layout.BREAKS:
            spans = f"<br>{self.newline}".join(self.tagged_span(entry) for entry in entries)
            return self.newline.join((opener, spans, closer))
        plain = [self.plain(entry) for entry in entries]
        if layout is _Layout.ONE_LINE:
            line_break = "<br/>" if self.is_mdx else " " if self.is_plain else "<br>"
            return f"{opener} {line_break.join(plain)} {closer}"
        return (self.newline * 2).join((opener, *plain, closer))

    def layout(self, span: Span) -> _Layout:
        """How a list can stand at this place of a text without changing what follows."""
        if self.is_html:
            return _in_html(self.text[: span.start], _Layout.LINES)
        for stretch in blocks.stretches(self.text):
            if stretch.start <= span.start < stretch.end:
                break
        else:
            return _Layout.PARAGRAPHS
        before, after = self.text[stretch.start : span.start], self.text[span.end : stretch.end]
        if stretch.kind is blocks.BlockKind.HTML:
            if stretch.is_nested:
                return _Layout.ONE_TAGGED_LINE
            return _in_html(before, _Layout.LINES if before.strip() else _Layout.PARAGRAPHS)
        if stretch.is_nested or after.strip() or before.lstrip().startswith("|"):
            return _Layout.ONE_LINE
        return _Layout.PARAGRAPHS

    def tagged(self, entries: tuple[Entry, ...], margin: str) -> Iterator[str]:
        yield '<div class="csl-bib-body">'
        for entry in entries:
            anchor, words = _attribute(entry.anchor), self.words(entry, is_html=True)
            yield f'{margin}<div class="csl-entry" id="{anchor}">{words}</div>'
        yield "</div>"

    def tagged_span(self, entry: Entry) -> str:
        anchor, words = _attribute(entry.anchor), self.words(entry, is_html=True)
        return f'<span class="csl-entry" id="{anchor}">{words}</span>'

    def plain(self, entry: Entry) -> str:
        words = self.words(entry)
        return words if self.is_plain else f'<a id="{_attribute(entry.anchor)}"></a>{words}'

    def words(self, entry: Entry, *, is_html: bool = False) -> str:
        label = self.unlinked(self.bare((Run(entry.label),), is_html)) if entry.label else ""
        back = () if self.is_plain and not is_html else self.backlinks(entry, is_html)
        words = (label, self.bare(entry.content, is_html), *back)
        return " ".join(word for word in words if word)

    def shown(self, inline: Inline) -> str:
        """A citation as the reader sees it: each link once, whatever faces are inside."""
        if self.is_plain:
            inline = tuple(Run(run.text, run.marks) for run in inline)
        pieces: list[str] = []
        for (target, anchor, is_typed), group in groupby(inline, key=_place):
            runs = tuple(Run(run.text, run.marks) for run in group)
            if is_typed and not self.is_html:
                pieces += (run.text for run in runs)
                continue
            text = self.unlinked(self.bare(runs, self.is_html))
            names = f' id="{_attribute(anchor)}"' if anchor else ""
            names += f' href="{_attribute(target)}"' if target.startswith(("#", "http")) else ""
            pieces.append(f"<a{names}>{text}</a>" if names else text)
        return "".join(pieces)

    def bare(self, inline: Inline, is_html: bool) -> str:
        """Rich text in the article's format, on one line."""
        if any(_LINE_BREAK.search(run.text) for run in inline):
            inline = tuple(replace(run, text=" ".join(run.text.splitlines())) for run in inline)
        if is_html:
            return markup.html(inline)
        text = _tagless(inline) if self.is_plain else markup.markdown(inline)
        # A brace of MDX begins code, and a closing one is an error.
        return _BRACES.sub(r"\\\g<0>", text) if self.is_mdx else text

    def unlinked(self, text: str) -> str:
        """Text whose brackets stay brackets although the article may define them as a link."""
        return text if self.keeps_brackets else _BARE_BRACKET.sub(r"\\\g<0>", text)

    def backlinks(self, entry: Entry, is_html: bool) -> Iterator[str]:
        for count, anchor in enumerate(entry.backlinks, 1):
            arrow = self.arrow if count == 1 else f"{self.arrow}<sup>{count}</sup>"
            role = ' role="doc-backlink"' if is_html else ""
            yield f'<a href="#{_attribute(anchor)}"{role}>{arrow}</a>'


def _place(run: Run) -> tuple[str, str, bool]:
    """Where a run leads and can be led to, and whether it is the author's own Markdown."""
    return run.target, run.anchor, markup.TYPED in run.marks


def _in_html(before: str, layout: _Layout) -> _Layout:
    """The layout behind some HTML: lines with breaks where a ``<p>`` of it is still open."""
    paragraphs = list(_PARAGRAPH.finditer(before))
    if not paragraphs or paragraphs[-1]["close"]:
        return layout
    is_over = _ENDS_PARAGRAPH.search(before, paragraphs[-1].end()) is not None
    return layout if is_over else _Layout.BREAKS


def _tagless(inline: Inline) -> str:
    """Markdown without a tag: raised and lowered digits are signs of their own.

    A generator that drops tags keeps what they hold, and 10<sup>5</sup> would read as 105.
    """
    shown = tuple(
        Run(
            run.text.translate(
                _RAISED if "superscript" in run.marks
                else _LOWERED if "subscript" in run.marks
                else {}
            ),
            run.marks - {"superscript", "subscript"},
            "" if run.target.startswith("#") else run.target,
        )
        for run in inline
    )  # fmt: skip
    text = markup.markdown(shown)
    if _FACE.search(text):
        return markup.markdown(tuple(replace(run, marks=frozenset()) for run in shown))
    return text


_RAISED = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_FACE = lazy(r"</?(?:[a-z]+)>")


def _attribute(text: str) -> str:
    return html.escape(text, quote=True)


# ── A block of JSON-LD kept in an article, and taken out again without a trace ──────────────────
# In HTML it stands before ``</head>``, or else behind the list; in Markdown it is a line of the
# front matter, which the site's template prints. Taking it out gives back the text, character for
# character.


_BLOCK = lazy(r"<!--json-ld-->.*?<!--/json-ld-->", re.DOTALL)
_MARK = lazy(r"<!--|(?P<end></head\s*>)|<(?P<name>script|style|template|textarea)\b", re.IGNORECASE)
_LIST_END = "<!--/bibliography-->"
LINKED_DATA = "refpipe_json_ld"
"""The name of the line in the front matter."""
_LINE = lazy(rf"^{LINKED_DATA}[ \t]*[:=][^\n]*\n", re.MULTILINE)


def put_linked_data(text: str, form: str, json: str) -> str:
    """The text with this JSON as its block; without a block where there is no place for one."""
    bare = take_out_linked_data(text, form)
    if form == "html":
        return _linked_in_html(bare, json)
    return _in_front_matter(bare, json)


def take_out_linked_data(text: str, form: str) -> str:
    """The text without the block."""
    if form == "html":
        return _BLOCK.sub("", text)
    front = FRONT_MATTER.match(text)
    if front is None:
        return text
    return _LINE.sub("", text[: front.end()]) + text[front.end() :]


def front_matter(text: str) -> str:
    """The front matter of the text, fences and all; empty where there is none."""
    front = FRONT_MATTER.match(text)
    return front[0] if front else ""


def safe_json(json: str) -> str:
    """The JSON so that nothing in it ends a script, a comment, an attribute or a quotation."""
    escaped = {"<": "u003c", ">": "u003e", "&": "u0026", "'": "u0027"}
    escaped |= {"\u2028": "u2028", "\u2029": "u2029"}
    return "".join(f"\\{escaped[letter]}" if letter in escaped else letter for letter in json)


def _linked_in_html(text: str, json: str) -> str:
    script = f'<script type="application/ld+json">{safe_json(json)}</script>'
    block = f"<!--json-ld-->{script}<!--/json-ld-->"
    place = _html_place(text)
    return text if place is None else text[:place] + block + text[place:]


def _html_place(text: str) -> int | None:
    """Before the end of the head that is no comment's or script's; else behind the list."""
    at, unclosed = 0, set[str]()
    while mark := _MARK.search(text, at):
        at = mark.end()
        if mark["end"]:
            return mark.start()
        name = (mark["name"] or "").lower()
        closing = re.compile(rf"</{name}\s*>" if name else "-->", re.IGNORECASE)
        # What is not closed once is closed nowhere behind it either.
        close = None if name in unclosed else closing.search(text, at)
        unclosed |= {name} if close is None else set()
        at = close.end() if close else at
    list_end = text.find(_LIST_END)
    return list_end + len(_LIST_END) if list_end >= 0 else None


def _in_front_matter(text: str, json: str) -> str:
    front = FRONT_MATTER.match(text)
    if front is None:
        return text
    newline = "\r\n" if "\r\n" in front[0] else "\n"
    # A backslash is one in both: TOML's literal and YAML's single quotation take it as it is.
    between = " = " if front[1] == "+++" else ": "
    line = f"{LINKED_DATA}{between}'{safe_json(json)}'{newline}"
    return text[: front.end(2)] + line + text[front.end(2) :]
