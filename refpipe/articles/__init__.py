"""An article's text: find what is cited and listed, weave the rendering back.

``read`` gives an ``Article``; ``weave`` and ``unweave`` give text.  Whatever stands outside the
citations and the list is the same before and after, character for character.
"""

from __future__ import annotations

from refpipe.articles import html, markdown, unmanaged
from refpipe.articles.scanner import Format, Scanned, scan
from refpipe.articles.weaving import printed, question_marks, unweave, weave, without_comments
from refpipe.model import Article, Fault

__all__ = ["printed", "question_marks", "read", "unweave", "weave", "without_comments"]

_BY_SUFFIX: dict[str, Format] = {
    ".html": html.FORMAT,
    ".htm": html.FORMAT,
    ".xhtml": html.FORMAT,
    ".mdx": markdown.MDX_FORMAT,
}


def read(path: str, text: str) -> Article:
    """The article that ``text`` is; ``path`` says by its suffix whether it is HTML or Markdown."""
    form = _BY_SUFFIX.get(_suffix(path), markdown.FORMAT)
    found = scan(text, form)
    if "@" in text or "＠" in text:
        told = {fault.line for fault in found.faults}
        elsewhere = unmanaged.misplaced(text, form.name, found.citations)
        found.faults += [fault for fault in elsewhere if fault.line not in told]
    found.faults += unmanaged.endless(text)
    return Article(
        path=path,
        format=form.name,
        text=text,
        citations=tuple(found.citations),
        bibliographies=tuple(found.bibliographies),
        settings=form.settings(text),
        faults=tuple(sorted((*found.faults, *_homeless(found)), key=lambda fault: fault.line)),
    )


def _suffix(path: str) -> str:
    name = path.replace("\\", "/").rpartition("/")[2]
    return name[name.rfind(".") :].lower() if "." in name else ""


def _homeless(found: Scanned) -> tuple[Fault, ...]:
    """A fault where works are cited and no place is named for their list."""
    is_torn = any(fault.is_blocking for fault in found.faults)
    if not found.citations or found.bibliographies or is_torn:
        return ()
    message = "works are cited, but no place is named for the list; write <!--bibliography--> there"
    return (Fault(line=found.citations[0].line, message=message),)
