"""A title as rich text that knows no syntax."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from refpipe.lifetimes import lazy
from refpipe.markup.formulas import BEGIN, END, INLINE, math_runs, tex_runs
from refpipe.markup.tags import (
    MARKS,
    NOCASE,
    NODECOR,
    SKIPPED,
    SPACE,
    SUBSCRIPT,
    SUPERSCRIPT,
    TEX,
    Node,
    decode,
    normal_tags,
    parse,
    to_csl,
)
from refpipe.model import Inline, Run

_TEX = lazy(r"\$\$[^$]*\\[^$]*\$\$\s*(?=[^\x00-\x7f])")
"""TeX right before the sign that it stands for: Springer deposits both."""

_ROUNDS = 8
"""A tag that nobody closed is closed in the first round, words glued to it part in the second."""

_UNSEEN = lazy(
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
                yield from tex_runs(decode("".join(part.text for part in child.children)), marks)
        elif child.name == "math":
            yield from math_runs(child, marks)
        elif child.name in SKIPPED:
            continue
        else:
            yield from _element(child, marks)


def _text(text: str, marks: frozenset[str]) -> Iterator[Run]:
    """A stretch of text, with the formulas in it that are TeX."""
    at = 0
    for formula in INLINE.finditer(text):
        yield Run(text[at : formula.start()], marks)
        yield from tex_runs(formula["long"] or formula["short"], marks)
        at = formula.end()
    yield Run(text[at:], marks)


def _element(node: Node, marks: frozenset[str]) -> Iterator[Run]:
    face = MARKS.get(node.name) or _protection(node)
    if node.name in SPACE:
        yield Run(" ", marks)
    yield from _runs(node, marks | {face} if face else marks)
    if node.name in SPACE:
        yield Run(" ", marks)


def _protection(node: Node) -> str:
    """What a span of CSL-JSON protects its text from, or nothing.

    Small capitals keep their letters too: they already are a case.
    """
    if node.name != "span":
        return NOCASE if node.name == "sc" else ""
    said = node.attributes
    return NODECOR if NODECOR in said else NOCASE if NOCASE in said or "small-caps" in said else ""


def tidy(runs: Iterable[Run]) -> Inline:
    """The same text in as few runs as can be, with single blanks and none at the ends."""
    kept: list[Run] = []
    for run in _without_edges(runs):
        text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", _UNSEEN.sub("", run.text)))
        if text.startswith(" ") and (not kept or kept[-1].text.endswith(" ")):
            text = text[1:]
        if text:
            _append(kept, text, run)
    while kept and not (last := kept[-1].text.rstrip()):
        kept.pop()
    if kept:
        kept[-1] = with_text(kept[-1], last)
    return tuple(kept)


def _without_edges(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs with a blank for each edge of a fraction at which two figures would touch."""
    before, signs = Run(""), ""
    for run in runs:
        for text in _EDGE.split(run.text):
            if text in {BEGIN, END}:
                signs += text
            elif text:
                is_one_line = not (run.marks ^ before.marks) & _SCRIPTS
                is_touching = BEGIN in signs or (END in signs and text[0].isdigit())
                if is_touching and is_one_line and before.text[-1:].isdigit():
                    yield Run(" ")
                before, signs = with_text(run, text), ""
                yield before


_EDGE = lazy(f"([{BEGIN}{END}])")
_SCRIPTS = frozenset({SUPERSCRIPT, SUBSCRIPT})


def _append(kept: list[Run], text: str, run: Run) -> None:
    """Add the text, to the last run where that looks the same."""
    last = kept[-1] if kept else None
    same = last and (last.marks, last.target) == (run.marks, run.target) and not run.anchor
    if last and same:
        kept[-1] = with_text(last, last.text + text)
        return
    if last and last.text.endswith(" ") and last.text != " " and last.marks > run.marks:
        # The blank belongs to the plain text: "<i>Homo sapiens </i>and" reads the same without it.
        kept[-1] = with_text(last, last.text[:-1])
        text = " " + text
    kept.append(with_text(run, text))


def with_text(run: Run, text: str) -> Run:
    """The same face with another text."""
    return Run(text, run.marks, run.target, run.anchor)


_FACES = r"(?:jats:)?(?:i|em|italic|b|bold|strong|scp|sc)"
_ELEMENT = lazy(rf"<(?P<tag>{_FACES})>(?P<inner>[^<>&]+)</(?P=tag)>")
_LAST_WORD = lazy(r"[^\W_]+$")
_FIRST_WORD = lazy(r"[^\W_]+")

_FUNCTION_WORDS = frozenset(
    """
    of in on an by to with and for from the between against among during after before using via into
    within without under through as at are is its their
    """.split()  # noqa: SIM905
)
_LATIN = frozenset(
    """
    versus|vs|vs.|via|in vitro|in vivo|in situ|in silico|in utero|ex vivo|de novo|et al|et al.
    |per se|a priori|post hoc|ad hoc|post mortem
    """.replace("\n    ", "").split("|")
)
"""Latin words that stand by themselves in an English title."""

_BEFORE_CLOSING = lazy(r"(</[\w:-]+>)[^\S\n]*\n\s*(?=[-\u2010-\u2013,.;:)\]/])")
_AFTER_OPENING = lazy(r"(?<=[(\[/\u2010-\u2013-])[^\S\n]*\n\s*(?=<[\w:-]+[\s>])")
_SLASHED = lazy(r"(?<=>)(\s*/)[^\S\n]*\n\s*(?=<[\w:-]+[\s>])")
_SCRIPT = r"(?:jats:)?(?:sup|sub|inf)"
_BEFORE_SCRIPT = lazy(rf"(?<=\S)[^\S\n]*\n\s*(?=<{_SCRIPT}>)")
_INSIDE_SCRIPT = lazy(rf"(<{_SCRIPT}>)\s+|\s+(</{_SCRIPT}>)")
_AFTER_SCRIPT = lazy(
    rf"(</{_SCRIPT}>)[^\S\n]*\n\s*(?=(?![AI]\b)[A-Z][a-z]?(?:\s*\n\s*<|[\s,.;:)<-]|$))"
)
_BEFORE_MATH = lazy(
    r"(?<=[^\W\d_])(?=<(?:mml:|m:)?math\b(?:[^<]|<(?!/(?:mml:|m:)?math))*?>\s*(?:<[^>]*>\s*)*[^\W_])"
)
_AFTER_MATH = lazy(r"(</(?:mml:|m:)?math>)(?=[^\W\d_])")


def mend(text: str) -> str:
    """The text with the blanks around its tags as an author would set them."""
    text = _without_indentation(text)
    if "math" in text:
        text = _AFTER_MATH.sub(r"\1 ", _BEFORE_MATH.sub(" ", text))
    return _ELEMENT.sub(_parted, text)


def _without_indentation(text: str) -> str:
    """Line breaks that a pretty-printer put next to tags where no blank can be."""
    if "\n" not in text:
        return _INSIDE_SCRIPT.sub(_bare, text)
    for pattern in (_BEFORE_CLOSING, _SLASHED):
        text = pattern.sub(r"\1", text)
    text = _AFTER_OPENING.sub("", text)
    text = _BEFORE_SCRIPT.sub("", text)
    text = _AFTER_SCRIPT.sub(r"\1", text)
    return _INSIDE_SCRIPT.sub(_bare, text)


def _bare(match: re.Match[str]) -> str:
    return match[1] or match[2]


def _parted(match: re.Match[str]) -> str:
    """The element with the blanks that set it off from the words it is glued to."""
    inner = match["inner"].strip()
    # No word that decides anything has more letters; to look from the start takes the square.
    left = _LAST_WORD.search(match.string, max(0, match.start() - 100), match.start())
    right = _FIRST_WORD.match(match.string, match.end())
    before = _is_apart(inner, left.group()) if left else _is_after_comma(match, inner)
    after = bool(right) and (
        _is_over(inner, right.group() if right else "")
        or (before and len(right.group() if right else "") >= 4)
    )
    return (" " if before else "") + match.group() + (" " if after else "")


def _is_apart(inner: str, word: str) -> bool:
    """True if a word right before the tag cannot be part of what is in it."""
    if not inner or not inner[0].isalpha():
        return False
    if inner.lower() in _LATIN or re.fullmatch(r"[A-Z][\w.-]*( [\w.-]+)+", inner):
        return True
    if word.lower() in _FUNCTION_WORDS and (
        len(inner) >= 3 or inner.isupper() or not inner.isascii()
    ):
        return True
    return word[-1].islower() and len(word) >= 2 and bool(re.match(r"[A-Z][a-z]{2}", inner))


def _is_after_comma(match: re.Match[str], inner: str) -> bool:
    """True if a comma or colon stands right before the tag, where a blank belongs."""
    before = match.string[max(match.start() - 2, 0) : match.start()]
    return bool(re.fullmatch(r"[^\W\d_][,;:]", before)) and inner[:1].isalpha()


def _is_over(inner: str, word: str) -> bool:
    """True if what is in the tag ends before the word that follows."""
    if not inner or not inner[-1].isalnum():
        return False
    if inner.lower() in _LATIN:
        return True
    if re.fullmatch(r"[A-Z][\w.-]*( [\w.-]+)+", inner):
        return len(word) >= 2
    is_camel = bool(re.match(r"[A-Z][a-z]{2}", word))
    if is_camel and (inner[-1].islower() or inner[-1].isdigit()):
        return len(inner) >= 3 or not inner.isascii()
    is_name = bool(re.fullmatch(r"[A-Z][a-z]{3,}", inner))
    return is_name and (len(word) >= 4 or word in _FUNCTION_WORDS or word in {"sp", "spp"})
