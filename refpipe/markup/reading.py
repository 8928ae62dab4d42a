"""A title as rich text that knows no syntax."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from refpipe.markup import math, tex
from refpipe.markup.csl import to_csl
from refpipe.markup.elements import MARKS, SKIPPED, SPACE, TEX
from refpipe.markup.entities import decode
from refpipe.markup.gaps import mend
from refpipe.markup.tree import Node, normal_tags, parse
from refpipe.model import Inline, Run

_TEX = re.compile(r"\$\$[^$]*\\[^$]*\$\$\s*(?=[^\x00-\x7f])")
"""TeX right before the sign that it stands for: Springer deposits both."""

_ROUNDS = 8
"""A tag that nobody closed is closed in the first round, words glued to it part in the second."""

_UNSEEN = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u200b\u2060\ufeff\ud800-\udfff]"
)
"""Control characters, soft hyphens, zero-width blanks and halves of characters."""


def read(text: str) -> Inline:
    """The rich text of a title as a registry, a person or ``to_csl`` writes it.

    Known elements give their face or vanish, anything else in angle brackets is text.  Entities
    are resolved however often they were escaped, blanks are single, glued words are parted,
    letters are composed (NFC).
    """
    text = _TEX.sub("", text)
    if not re.search(r"[<&]|\$.*\$", text, re.DOTALL):
        return tidy((Run(text),))
    for _ in range(_ROUNDS):
        runs = _once(text)
        if (written := to_csl(runs)) == text:
            break
        text = written
    return runs


def _once(text: str) -> Inline:
    return tidy(_runs(parse(mend(normal_tags(text)))))


def _runs(node: Node, marks: frozenset[str] = frozenset()) -> Iterator[Run]:
    for child in node.children:
        if not child.name:
            yield from _text(decode(child.text), marks)
        elif child.name in TEX:
            # Publishers give a formula twice, and MathML says more than TeX.
            if not any(other.name == "math" for other in node.children):
                yield from tex.runs(decode("".join(part.text for part in child.children)), marks)
        elif child.name == "math":
            yield from math.runs(child, marks)
        elif child.name in SKIPPED:
            continue
        else:
            yield from _element(child, marks)


def _text(text: str, marks: frozenset[str]) -> Iterator[Run]:
    """A stretch of text, with the formulas in it that are TeX."""
    at = 0
    for formula in tex.INLINE.finditer(text):
        yield Run(text[at : formula.start()], marks)
        yield from tex.runs(formula[1], marks)
        at = formula.end()
    yield Run(text[at:], marks)


def _element(node: Node, marks: frozenset[str]) -> Iterator[Run]:
    face = MARKS.get(node.name)
    if node.name in SPACE:
        yield Run(" ", marks)
    yield from _runs(node, marks | {face} if face else marks)
    if node.name in SPACE:
        yield Run(" ", marks)


def tidy(runs: Iterable[Run]) -> Inline:
    """The same text in as few runs as can be, with single blanks and none at the ends."""
    kept: list[Run] = []
    for run in runs:
        text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", _UNSEEN.sub("", run.text)))
        if text.startswith(" ") and (not kept or kept[-1].text.endswith(" ")):
            text = text[1:]
        if text:
            _append(kept, text, run)
    while kept and not (last := kept[-1].text.rstrip()):
        kept.pop()
    if kept:
        kept[-1] = _with_text(kept[-1], last)
    return tuple(kept)


def _append(kept: list[Run], text: str, run: Run) -> None:
    """Add the text, to the last run where that looks the same."""
    last = kept[-1] if kept else None
    same = last and (last.marks, last.target) == (run.marks, run.target) and not run.anchor
    if last and same:
        kept[-1] = _with_text(last, last.text + text)
        return
    if last and last.text.endswith(" ") and last.text != " " and last.marks > run.marks:
        # The blank belongs to the plain text: "<i>Homo sapiens </i>and" reads the same without it.
        kept[-1] = _with_text(last, last.text[:-1])
        text = " " + text
    kept.append(_with_text(run, text))


def _with_text(run: Run, text: str) -> Run:
    return Run(text, run.marks, run.target, run.anchor)
