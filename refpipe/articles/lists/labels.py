"""The labels of references: ``[1]``, ``1.``, ``(1)``, ``①``, ``¹``, ``[ref 1]``, in any width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from refpipe.articles.lists import marks
from refpipe.articles.prose import Prose
from refpipe.lifetimes import lazy

CIRCLED = {chr(0x2460 + n): n + 1 for n in range(20)} | {chr(0x3251 + n): n + 21 for n in range(15)}
CIRCLED |= {chr(0x32B1 + n): n + 36 for n in range(15)}
_WORD = rf"(?:{marks.WORD}|引用|資料|No\.?|#|№)[.:：]?"
_END = r"(?:\s?[.．:：)）、，]|\s*[–—―|｜・-](?=\s))?\s*"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("[^n]", re.compile(r"\[\^(\d{1,3})\]:\s*")),
    ("[n]", re.compile(r"(?:文献)?[\[［〔【](?:文献)?\s?([\d０-９]{1,3})\s?[\]］〕】][.:：]?\s*")),
    ("(n)", re.compile(r"[(（]([\d０-９]{1,3})[)）]\s*")),
    ("n)", re.compile(r"(?:文献)?([\d０-９]{1,3})[)）]\s*")),
    ("n.", re.compile(r"([\d０-９]{1,3})[.．](?![\d０-９])\s*")),
    ("注n", re.compile(r"[注註]\s?([\d０-９]{1,3})\s?[.．:：)）]?\s*")),
    ("¹", re.compile(r"([⁰¹²³⁴-⁹]{1,3})[)）⁾.．:：]?\s*")),
    (
        "文献n",
        re.compile(
            rf"(?:[\[［〔【(（]\s?{_WORD}\s?([\d０-９]{{1,3}})\s?[\])］〕】）]|{_WORD}\s?([\d０-９]{{1,3}}))"
            rf"(?![\d０-９]){_END}",
            re.IGNORECASE,
        ),
    ),
    (
        "※n",
        re.compile(
            r"(?:[(（\[［]※\s?([\d０-９]{1,3})\s?[)）\]］]|[*＊※]\s?([\d０-９]{1,3})\s?[.．:：)）]?)\s*"
        ),
    ),
    (
        "n",
        re.compile(
            r"([\d０-９]{1,3})(?:[ \u3000\t]+(?:[|｜–—―][ \u3000]+)?|、|，)"
            r"(?=[^\s\d:：~〜年月時歳回週件%％])"
            r"(?!日[間目後前以]|人[がはにのを中以]|名[がはにのを中])"
        ),
    ),
)
_SKIPPED = lazy(rf"[\[［(（\d０-９①-⑳⁰¹²³⁴-⁹]|{_WORD}\s?[\d０-９]", re.IGNORECASE)
"""What is a label behind a bullet."""
_RINGS = "\u2460-\u24ff\u2776-\u2793\u3220-\u32bf"
_COMMON = lazy(
    rf"(?P<before>[^\d\n{_RINGS}]{{0,12}}?)(?P<number>\d{{1,3}}(?!\d)|[{_RINGS}])"
    r"(?P<after>[^\w\s]{0,2}\s*)"
)
_AROUND = lazy(r"[\s\[\](){}［］（）【】〔〕.．:：]")
_STYLES = frozenset({"①", *(style for style, _ in _PATTERNS)})
_BULLET = lazy(r"[-*+•・●■◆▪‣○]\s+|[•・●■◆▪‣]")


@dataclass(frozen=True, slots=True)
class Label:
    """A number before a reference."""

    style: str
    number: int
    length: int
    """How many signs it takes."""


def read(text: str) -> Label | None:
    """The label that ``text`` begins with; None where it has none."""
    bullet = _BULLET.match(text)
    skipped = bullet.end() if bullet and _SKIPPED.match(text, bullet.end()) else 0
    rest = text[skipped:] if skipped else text
    if rest[:1] in CIRCLED:
        blank = len(rest) - len(rest[1:].lstrip(" \u3000.．:："))
        return Label("①", CIRCLED[rest[0]], skipped + blank)
    for style, pattern in _PATTERNS:
        match = pattern.match(rest)
        if match:
            number = next(group for group in match.groups() if group)
            return Label(style, int(marks.narrow(number)), skipped + match.end())
    return None


def _value(shown: str) -> int:
    """The number that figures or one sign show; 0 for a sign that shows none."""
    return int(shown) if shown.isdecimal() else marks.circled(shown) or 0


def common(texts: Sequence[str]) -> list[Label]:
    """The labels of entries that all begin alike but for a number, whatever the form is.

    Empty where they do not: a number in a title, or of one entry alone, is no label.  A label
    that might be part of the title (``第1章``) has no length.  The style tells the word: ``Rn``.
    """
    found = [_COMMON.match(marks.narrow(text)) for text in texts]
    heads = [head for head in found if head]
    if len(heads) < max(2, len(texts)) or len({head["before"].strip() for head in heads}) > 1:
        return []
    numbers = [_value(head["number"]) for head in heads]
    before = heads[0]["before"].strip()
    is_counted = sorted(numbers) == list(range(1, len(numbers) + 1))
    if len(set(numbers)) < len(numbers) or not (is_counted or before):
        return []
    is_apart = all(head["after"] for head in heads) or not before
    word = _AROUND.sub("", before)
    return [
        Label(f"{word}n" if word else "", number, head.end() if is_apart else 0)
        for head, number in zip(heads, numbers, strict=True)
    ]


def own_word(style: str) -> str:
    """The word of a style that no known form has: ``R`` of ``Rn``; empty for a known one."""
    return "" if style in _STYLES or not style.endswith("n") else style[:-1]


def bullet(text: str) -> int:
    """How many signs a bullet at the beginning takes; 0 for none."""
    match = _BULLET.match(text)
    return match.end() if match else 0


# ── Lists that count with letters, Roman numerals or daggers, and the links that cite them ──────
# Such a sign alone cites nothing for certain: ``a`` and ``i`` are words. A link to the entry's
# own place does, where it shows the sign of that entry.


_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_COUNTS = (
    _ALPHABET,
    "アイウエオカキクケコサシスセソタチツテト",
    "イロハニホヘトチリヌルヲ",
    "いろはにほへとちりぬるを",
)
_TENS = ("", "x", "xx", "xxx", "xl")
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN = tuple(f"{tens}{ones}" for tens in _TENS for ones in _ONES)
_LABEL = lazy(
    r"[\[［(（]?(?P<sign>[†‡§¶]+|[A-Za-z]|[ivxlIVXL]{1,7}|[ⅰ-ⅿⅠ-Ⅿ]|[ア-ヲ]|[い-を])"
    r"(?:[\]］)）.．:：、]+\s*|(?<=[†‡§¶ⅰ-ⅿⅠ-Ⅿ])\s*|(?<=[a-z])\s+)"
)
_TYPE = lazy(
    r"\btype\s*=\s*[\"']?(?P<type>[aAiI])\b|list-style(?:-type)?\s*:[^;\"']*?"
    r"\b(?P<style>(?:lower|upper)-(?:roman|alpha|latin|greek)|katakana|hiragana)",
    re.IGNORECASE,
)
_OPEN, _CLOSE = "[［(（【〔", "]］)）】〕"
_AROUND_LETTER = lazy(rf"[\s{re.escape(_OPEN + _CLOSE)}.．:：]")
_SPLIT = lazy(r"[\s,，、;；・･&＆~〜～–—‐-]+")
_COMMAS = lazy(r"[,，、;；・･&＆]+")
_HEAD = lazy(
    rf"[{re.escape(_OPEN)}][^{re.escape(_OPEN + _CLOSE)}]{{1,40}}[{re.escape(_CLOSE)}]"
    r"|\S{1,8}(?=\s)"
)
_BOXED = lazy(
    rf"[{re.escape(_OPEN)}](?P<inside>[^\n{re.escape(_OPEN + _CLOSE)}]{{1,40}})"
    rf"[{re.escape(_CLOSE)}]"
)
_HALF = lazy(r"(?<![A-Za-z\s])(?P<inside>[A-Za-zア-ヲⅰ-ⅿⅠ-Ⅿ]{1,7})[)）]")
_WORDED = lazy(
    r"(?:文献|注|(?<![A-Za-z])[Rr]efs?\.?)\s?(?P<inside>[A-Za-zア-ヲⅰ-ⅿⅠ-Ⅿ]{1,7})(?![A-Za-z])"
)
_ALONE = lazy(r"(?P<inside>[†‡§¶*＊]+|[ⅰ-ⅿⅠ-Ⅿ]+)")


def labels(texts: Sequence[str]) -> list[tuple[str, int]]:
    """The sign of each entry, and the length of its label; empty where they count nothing."""
    heads = [head for text in texts if (head := _LABEL.match(text))]
    signs = [core(head["sign"]) for head in heads]
    is_enough = len(texts) > 1 or (heads and heads[0][0].rstrip()[-1] in _CLOSE)
    if not is_enough or len(signs) < len(texts) or len(set(signs)) < len(signs):
        return []
    is_daggers = all(sign[0] in "†‡§¶" for sign in signs)
    counts = (*_COUNTS, _ROMAN[1:])
    if not is_daggers and all(sorted(signs) != sorted(count[: len(signs)]) for count in counts):
        return []
    return [(sign, head.end()) for sign, head in zip(signs, heads, strict=True)]


def is_labelled(text: str) -> bool:
    """Whether a line begins as an entry with a letter does: ``(a)``, ``ii.``."""
    return _LABEL.match(text) is not None


def heads(entries: Sequence[str]) -> set[str]:
    """What the entries begin with as a citation might repeat it: ``[Sato18]``, ``論文A``.

    Empty where they begin with names: those stay true, whatever becomes of the list.
    """
    found = [head[0] for entry in entries if (head := _HEAD.match(entry))]
    is_boxed = all(head[0] in _OPEN for head in found)
    is_counted = len(found) > 1 and len({head[:-1] for head in found}) == 1
    if len(found) < len(entries) or not (is_boxed or is_counted):
        return set()
    return {core(head) for head in found}


def counted(opening: str, numbers: Sequence[int]) -> list[str]:
    """The signs that an ``<ol>`` shows instead of numbers; empty where it shows numbers.

    A sign is empty where a browser counts in a way that is not known here.
    """
    found = _TYPE.search(opening)
    if found is None:
        return []
    kind = (found["type"] or found["style"]).lower()
    signs: Sequence[str] = ()
    if kind == "i" or kind.endswith("roman"):
        signs = _ROMAN
    elif kind == "a" or kind.endswith(("alpha", "latin")):
        signs = ("", *_ALPHABET)
    return [signs[number] if 0 < number < len(signs) else "" for number in numbers]


def core(shown: str) -> str:
    """A sign without its brackets and its dress: ``[Ⅲ]`` as ``iii``."""
    return unicodedata.normalize("NFKC", _AROUND_LETTER.sub("", shown)).lower()


def is_wordless(shown: str) -> bool:
    """Whether what a link shows is a sign and no word: ``iii``, ``[a]``, ``*``."""
    return re.search(r"[A-Za-z]{5}|[\u3040-\u30ff\u3400-\u9fff]{2}|\d", shown) is None


def written(prose: Prose, signs: Collection[str]) -> Iterator[tuple[int, int]]:
    """Each stretch of the text that shows nothing but signs of the list, as a citation would."""
    for run in re.finditer(rb"\x01+", prose.raised):
        if _is_signs(prose.text[run.start() : run.end()], signs):
            yield run.span()
    yield from named(prose.text, signs)


def named(text: str, signs: Collection[str]) -> Iterator[tuple[int, int]]:
    """The stretches of a text that name signs of the list in brackets, behind a word or alone."""
    for form in (_BOXED, _HALF, _WORDED, _ALONE):
        for found in form.finditer(text):
            if _is_signs(found["inside"], signs):
                yield found.span()


def _is_signs(shown: str, signs: Collection[str]) -> bool:
    for split in (_SPLIT, _COMMAS):
        pieces = [piece for one in split.split(shown) if (piece := core(one))]
        if pieces and all(piece in signs for piece in pieces):
            return True
    return False
