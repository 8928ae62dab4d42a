"""Lists that count with letters, Roman numerals or daggers, and the links that cite them.

Such a sign alone cites nothing for certain: ``a`` and ``i`` are words.  A link to the entry's own
place does, where it shows the sign of that entry.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from refpipe.articles.prose import Prose

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
_LABEL = re.compile(
    r"[\[［(（]?(?P<sign>[†‡§¶]+|[A-Za-z]|[ivxlIVXL]{1,7}|[ⅰ-ⅿⅠ-Ⅿ]|[ア-ヲ]|[い-を])"
    r"(?:[\]］)）.．:：、]+\s*|(?<=[†‡§¶ⅰ-ⅿⅠ-Ⅿ])\s*|(?<=[a-z])\s+)"
)
_TYPE = re.compile(
    r"\btype\s*=\s*[\"']?(?P<type>[aAiI])\b|list-style(?:-type)?\s*:[^;\"']*?"
    r"\b(?P<style>(?:lower|upper)-(?:roman|alpha|latin|greek)|katakana|hiragana)",
    re.IGNORECASE,
)
_OPEN, _CLOSE = "[［(（【〔", "]］)）】〕"
_AROUND = re.compile(rf"[\s{re.escape(_OPEN + _CLOSE)}.．:：]")
_SPLIT = re.compile(r"[\s,，、;；・･&＆~〜～–—‐-]+")
_COMMAS = re.compile(r"[,，、;；・･&＆]+")
_HEAD = re.compile(
    rf"[{re.escape(_OPEN)}][^{re.escape(_OPEN + _CLOSE)}]{{1,40}}[{re.escape(_CLOSE)}]"
    r"|\S{1,8}(?=\s)"
)
_BOXED = re.compile(
    rf"[{re.escape(_OPEN)}](?P<inside>[^\n{re.escape(_OPEN + _CLOSE)}]{{1,40}})"
    rf"[{re.escape(_CLOSE)}]"
)
_HALF = re.compile(r"(?<![A-Za-z\s])(?P<inside>[A-Za-zア-ヲⅰ-ⅿⅠ-Ⅿ]{1,7})[)）]")
_WORDED = re.compile(
    r"(?:文献|注|(?<![A-Za-z])[Rr]efs?\.?)\s?(?P<inside>[A-Za-zア-ヲⅰ-ⅿⅠ-Ⅿ]{1,7})(?![A-Za-z])"
)
_ALONE = re.compile(r"(?P<inside>[†‡§¶*＊]+|[ⅰ-ⅿⅠ-Ⅿ]+)")


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
    return unicodedata.normalize("NFKC", _AROUND.sub("", shown)).lower()


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
