"""A rule's page, read from the docstring of its file.

The docstring is in two languages, separated by a line that begins with ``日本語:``.  Its first
line says what the rule finds; a paragraph that begins ``Why:`` (``理由:``) says why that is
bad.  ``Bad::`` and ``Good::`` are followed by an indented article that must, or must not,
raise the code (``Bad, HTML::`` where it is HTML); ``Library::`` holds what the library knows
then, one JSON object a line.  The tests run every example.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from functools import cache

from refpipe.checks.run import RULES

_JAPANESE = re.compile(r"^日本語:[ ]*", re.MULTILINE)
_EXAMPLE = re.compile(
    r"^(?P<kind>Bad|Good|Library)(?P<form>, HTML)?::\n(?P<body>(?:\n|[ ]{4}[^\n]*\n?)+)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An article that must or must not raise the code."""

    is_bad: bool
    form: str
    """``markdown`` or ``html``."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A rule's page in one language."""

    summary: str
    body: str
    """Paragraphs separated by blank lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that a rule's docstring says."""

    code: str
    name: str
    english: Words
    japanese: Words
    examples: tuple[Example, ...]
    library: tuple[str, ...] = ()
    """What the library holds in the examples, one JSON object each."""

    def words(self, lang: str) -> Words:
        """The page in Japanese for ``ja``, else in English."""
        return self.japanese if lang == "ja" else self.english


@cache
def page(code: str) -> Page:
    """The page of the rule ``code``.  Raises KeyError where there is no such rule."""
    rule = RULES[code]
    text = textwrap.dedent(rule.page).strip() + "\n"
    english, _, japanese = _JAPANESE.sub("\0", text, count=1).partition("\0")
    examples, library = [], []
    for match in _EXAMPLE.finditer(english):
        body = textwrap.dedent(match["body"]).strip("\n") + "\n"
        if match["kind"] == "Library":
            library += body.strip().splitlines()
        else:
            form = "html" if match["form"] else "markdown"
            examples.append(Example(is_bad=match["kind"] == "Bad", form=form, text=body))
    return Page(
        code=code,
        name=rule.name,
        english=_words(_EXAMPLE.sub("", english)),
        japanese=_words(japanese),
        examples=tuple(examples),
        library=tuple(library),
    )


def _words(text: str) -> Words:
    summary, _, body = text.strip().partition("\n\n")
    paragraphs = re.split(r"\n\s*\n", body.strip())
    return Words(summary=_join(summary), body="\n\n".join(_join(part) for part in paragraphs))


def _join(paragraph: str) -> str:
    """A paragraph's lines on one, without a blank between two Japanese characters."""
    joined = " ".join(line.strip() for line in paragraph.splitlines())
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", joined)
