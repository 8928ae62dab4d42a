"""Entries as plain text, HTML or Markdown: a thin door to ``refpipe.markup``."""

from __future__ import annotations

import html
import re

from refpipe.model import Inline, Run

_TAGS = (("italic", "i"), ("bold", "b"), ("superscript", "sup"), ("subscript", "sub"))


def written(content: Inline, form: str) -> str:
    """The runs on one line, as ``text``, ``html`` or ``markdown``."""
    write = {"html": _html, "markdown": _markdown}.get(form, _text)
    return re.sub(r"[\r\n\u2028\u2029]+", " ", "".join([write(run) for run in content]))


def _text(run: Run) -> str:
    return run.text


def _html(run: Run) -> str:
    text = html.escape(run.text, quote=False)
    for mark, tag in _TAGS:
        if mark in run.marks:
            text = f"<{tag}>{text}</{tag}>"
    return text


def _markdown(run: Run) -> str:
    text = re.sub(r"([\\`*_\[\]<>&#~|])", r"\\\1", run.text)
    for mark, tag in (("superscript", "sup"), ("subscript", "sub")):
        if mark in run.marks:
            text = f"<{tag}>{text}</{tag}>"
    if "italic" in run.marks:
        text = f"*{text}*"
    return f"**{text}**" if "bold" in run.marks else text
