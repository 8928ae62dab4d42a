"""What a person is shown: sentences in their language, and nothing that a terminal would obey.

``ja.txt`` holds a sentence as the code writes it, ``{}`` where it puts a value (``{#}`` a
number), and below it, indented, the Japanese, ``{0}`` the first value.  A value may be a
sentence itself and is translated too.  What stands in no row is shown as it is: a path, a title,
a command.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_CATALOGUE = Path(__file__).with_name("ja.txt")
_PLACE = re.compile(r"\{(#?)\}")
_INDENT = re.compile(r"\A(\s*)(.*?)(\s*)\Z", re.DOTALL)
_ENGLISH = re.compile(r"\b[a-z]{2,}\b", re.ASCII)  # Japanese letters bound a word as well.
_LETTER = re.compile(r"[^\W\d_]")
_DEEPEST = 4
"""Sentences within sentences that are looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence."""

    english: str
    japanese: str
    words: tuple[str, ...]
    """What stands between its values; all of it stands in every sentence that it matches."""

    def match(self, sentence: str) -> re.Match[str] | None:
        """The sentence's values; its pattern is made when a sentence first holds all its words."""
        if all(part in sentence for part in self.words):
            return _pattern(self.english).fullmatch(sentence)
        return None


def in_language(text: str, lang: str) -> str:
    """The text for a reader of ``ja``, translated, or of any other language, as it is."""
    return translated(text) if lang == "ja" else text


def translated(text: str) -> str:
    """The text with every line that is known put into Japanese, and its blanks kept.

    >>> translated("nothing to do")
    '変更するところはありません'
    """
    return "".join(_line(line, _DEEPEST) for line in text.splitlines(keepends=True))


def _line(line: str, depth: int) -> str:
    match = _INDENT.match(line)
    assert match is not None  # noqa: S101
    before, words, after = match.groups()
    return f"{before}{_sentence(words, depth)}{after}"


@lru_cache(maxsize=1000)
def _sentence(words: str, depth: int) -> str:
    """The sentence by the row that leaves least of it in English, of such the most telling one."""
    if not words or depth == 0:
        return words
    told = []
    for row in catalogue():
        if match := row.match(words):
            values = tuple(_sentence(one, depth - 1) for one in match.groups())
            # A row of nothing but signs is there for the sentences between them, not for names.
            if values != match.groups() or any(map(_LETTER.search, row.words)):
                told.append(row.japanese.format(*values))
    return min(told, key=lambda one: len(_ENGLISH.findall(one)), default=words)


@cache
def catalogue() -> tuple[Sentence, ...]:
    """Every row, those first that have most words of their own; a number tells more than a text."""
    found = list(_rows(_CATALOGUE.read_text(encoding="utf-8")))
    return tuple(
        sorted(found, key=lambda row: -sum(map(len, row.words)) - 2 * row.english.count("{#}"))
    )


def _rows(text: str) -> Iterator[Sentence]:
    english = ""
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("\t"):
            yield _row(english, line[1:])
        else:
            english = line


def _row(english: str, japanese: str) -> Sentence:
    words = tuple(part for part in _PLACE.split(english)[::2] if part)
    return Sentence(english=english, japanese=japanese, words=words)


@cache
def _pattern(english: str) -> re.Pattern[str]:
    parts = _PLACE.split(english)
    pattern = re.escape(parts[0])
    for kind, literal in zip(parts[1::2], parts[2::2], strict=True):
        pattern += (r"(\d[\d,.]*)" if kind else "(.+?)") + re.escape(literal)
    return re.compile(pattern)


# ── Text of strangers, shown and not obeyed ───────────────────────────────────────────────────────
# A terminal obeys control characters, and a reader is misled by characters that turn the direction
# of the text; a title, a name or a file's name may hold both.  What is escaped is written as JSON
# would write it, so that JSON stays JSON and means the same.

_ESCAPED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, formats, half characters, separators of lines and of paragraphs."""
_HARMLESS = frozenset("\n\t\u00ad\u200c\u200d")
"""Line ends and tabs, the soft hyphen, and what joins or parts letters in some writings."""


def visible(text: str) -> str:
    """The text with everything escaped that would be obeyed and not seen; lines stay lines."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    return "".join(map(_shown, text))


def one_line(text: str) -> str:
    """The same on one line, for a message that must not look like two."""
    return visible(text).replace("\n", "\\n")


def _shown(character: str) -> str:
    if character in _HARMLESS or unicodedata.category(character) not in _ESCAPED:
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def columns(text: str) -> int:
    """The columns a terminal needs for the text; East Asian wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
