"""A printed reference as a line in which registered values are looked for.

What stands there was printed, however it was read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from functools import cached_property

from rapidfuzz import fuzz

from refpipe import normalise
from refpipe.lifetimes import lazy
from refpipe.match.persons import Person

_TORN = lazy(r"[-\u2010\u00ad]\s*\n\s*")
"""A word divided at the end of a line."""
_ADDRESS = lazy(r"(?:https?://|www\.|doi:?\s*10\.|\b10\.\d{4,9}/)\S+", re.IGNORECASE)
_MORE = lazy(r"\bet\.? ?al\b|\band others\b|ほか|他\s*\d*\s*[名人]|[,、・]\s*他")
_NUMBER = lazy(r"\d+")
_BRACKETED = lazy(r"\([^()]*\)|\[[^\[\]]*\]")
_TELLING = 24
"""Letters of a name that hardly stands anywhere by chance, not even in a title."""
_CONTAINED = 92
"""How much of a title has to stand in the line (0–100), letters and order considered."""
_YEAR = lazy(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/]|-\d)")

_OF_LISTS = frozenset(
    """online internet available from accessed retrieved cited and vol volume issue pages
    jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july
    august september october november december""".split()  # noqa: SIM905
)
"""Words of a reference that name nothing."""


def _small(text: str) -> str:
    """The text in small letters without marks, its signs kept."""
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return unicodedata.normalize("NFKC", bare).casefold()


class PrintedLine:
    """A printed reference as it can be searched; an empty one knows nothing."""

    def __init__(self, text: str, *, title: str) -> None:
        """``title`` is the registered one, whose words and numbers are nothing else."""
        self.text = _TORN.sub("", text)
        self._title = normalise.unmarked(" ".join(title.split()))

    @cached_property
    def bare(self) -> str:
        """The line without its identifiers and addresses, whose figures say nothing."""
        return _ADDRESS.sub(" ", self.text)

    @cached_property
    def has_ellipsis(self) -> bool:
        """Whether names are left out in the middle of the list."""
        return "…" in self.text or ". . ." in self.text or "..." in self.text

    @cached_property
    def has_more(self) -> bool:
        """Whether it says somewhere that there are more people than it names."""
        return bool(_MORE.search(self._outside_title))

    @cached_property
    def _key(self) -> str:
        return normalise.squeeze(self.bare)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(normalise.fold(self.bare).split())

    def has_title(self, title: str) -> bool:
        """Whether a title stands in the line, but for slips."""
        key = normalise.squeeze(title)
        if len(key) < 8 or not self._key:
            return False
        if key in self._key:
            return True
        return len(key) >= 20 and fuzz.partial_ratio(key, self._key) >= _CONTAINED

    def has_phrase(self, name: str, *, is_whole: bool = False) -> bool:
        """Whether a name stands word for word in what is no title.

        ``is_whole`` asks that the name ends there, so that no longer name goes on behind it.
        """
        words = normalise.fold(_BRACKETED.sub(" ", name)).split()
        key = "".join(words)
        if not words or not self.text:
            return False
        if len(words) > 1 and key in self._words:
            return True
        if len(key) >= _TELLING or not key.isascii():
            return key in self._key
        ends = r"(?=\s*(?:[.,;(\[:]|\d|$))" if is_whole else r"(?![^\W_])"
        pattern = r"(?<![^\W_])" + r"[\W_]+".join(map(re.escape, words)) + ends
        return bool(re.search(pattern, self._outside_title))

    def has_word_of(self, name: str) -> bool:
        """Whether a word of the name that is longer than three letters stands in the line."""
        return any(len(word) > 3 and word in self._words for word in normalise.fold(name).split())

    @cached_property
    def _outside_title(self) -> str:
        """The line in small letters without its title."""
        plain = _small(normalise.unmarked(" ".join(self.bare.split())))
        return plain.replace(_small(self._title), " ") if self._title else plain

    def words_beside(self, read: Collection[str]) -> set[str]:
        """The words that are left without the title, what was read, and words of every list."""
        found = normalise.fold(self._outside_title).split()
        return {one for one in found if len(one) > 2 and one.isalpha()} - {*read} - _OF_LISTS

    @cached_property
    def years(self) -> tuple[int, ...]:
        """What looks like a year outside the title and its identifiers."""
        return tuple(map(int, _YEAR.findall(self._outside_title)))

    def has_name(self, person: Person) -> bool:
        """Whether a family name stands in the line."""
        if not self.text or not person.family:
            return False
        if len(person.whole) >= 5 or not person.is_latin:
            return person.whole in self._key or person.family in self._key
        return person.parts <= self._words

    def has_number(self, number: str, *apart_from: str) -> bool:
        """Whether a number stands in the line beside those that ``apart_from`` account for."""
        wanted = [digits.lstrip("0") for digits in _NUMBER.findall(number)][:1]
        if not wanted or not self.text:
            return False
        numbers = Counter(digits.lstrip("0") for digits in _NUMBER.findall(self.bare))
        spent = (self._title, *apart_from)
        for text in spent:
            numbers.subtract(digits.lstrip("0") for digits in _NUMBER.findall(text))
        return numbers[wanted[0]] > 0
