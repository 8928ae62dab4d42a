"""Forms that styles ask of a text: its case, the initials of a name, ranges of numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

from refpipe.lifetimes import lazy
from refpipe.render.engine.pieces import FIELD, NOCASE, SUBSCRIPT, SUPERSCRIPT, Piece, Pieces, plain

# ── Text case as styles ask for it, over pieces ─────────────────────────────────────────────────
# Cures the engine's losses: its title case splits a text at spaces and drops the markup, and its
# capitalising fails on an empty word.


_KEPT = SUPERSCRIPT | SUBSCRIPT | NOCASE

_SMALL_WORDS = frozenset(
    """a about above across after against al along alongside amid among an and apropos around as
    aside at atop before behind below beneath beside besides between beyond but by c ca circa de
    despite down during et except for from given in inside into like near next nor of off on onto
    or out over per plus pro qua sans since so than the through throughout till to toward towards
    under underneath until unto up upon v van versus via von vs with within without yet
    """.split()  # noqa: SIM905 -- a list of a hundred words reads better as a paragraph
)
"""Words that headline capitals leave small, in English and where English titles quote others."""

_WORD = lazy(r"[^\s\-–—/.,;:?!()\[\]\"“”‘’']+")
_BREAK = lazy(r"[-–—/.,;:?!()\[\]\"“”‘’']")
_LONE_GREEK = lazy("[\u0370-\u03ff]\\Z")


def cased(case: str, pieces: Pieces, language: str) -> Pieces:
    """The pieces in another case; title case is for English only."""
    if case == "title":
        return _title(pieces) if language in ("", "en") else pieces
    change = _CHANGES.get(case)
    return pieces if change is None else change(pieces)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _each_piece(pieces: Pieces, change: Callable[[str], str]) -> Pieces:
    return [
        piece if piece.marks & NOCASE else piece._replace(text=change(piece.text))
        for piece in pieces
    ]


def _first(pieces: Pieces) -> Pieces:
    """The pieces with their first letter a capital."""
    for at, piece in enumerate(pieces):
        if piece.text and piece.role == FIELD:
            if piece.marks & NOCASE:
                return pieces
            return [*pieces[:at], piece._replace(text=_capital(piece.text)), *pieces[at + 1 :]]
    return pieces


def _title(pieces: Pieces) -> Pieces:
    """The pieces in headline capitals: every word but the small ones in the middle.

    A word that has a capital somewhere stays as it is; so does what stands raised or lowered.
    """
    whole = plain(pieces)
    last = max((match.start() for match in _WORD.finditer(whole)), default=-1)
    done: list[Piece] = []
    offset = 0
    for piece in pieces:
        done.append(piece if piece.marks & _KEPT else _titled(piece, offset, whole, last))
        offset += len(piece.text)
    return done


def _titled(piece: Piece, offset: int, whole: str, last: int) -> Piece:
    """One piece of a title; ``offset`` is where it begins in the whole."""

    def change(match: re.Match[str]) -> str:
        at = offset + match.start()
        after = whole[at + len(match.group()) :]
        return _title_word(match.group(), whole[:at], after, is_last=at == last)

    return piece._replace(text=_WORD.sub(change, piece.text))


def _title_word(word: str, before: str, after: str, *, is_last: bool) -> str:
    """One word with its capital, if it gets one."""
    if word != word.lower() or _LONE_GREEK.match(word) or before[-1:] in ("’", "'"):
        return word
    head = before.rstrip(' \u00a0"“‘([')
    is_first = not head or head[-1] in ":?!"
    # The first compound of a title is capital in its first half: ``By-Laws``, ``E-Education``.
    is_first = is_first or (after[:1] == "-" and not _BREAK.search(before))
    if is_first or (len(word) > 1 and (is_last or word not in _SMALL_WORDS)):
        return _capital(word)
    return word


def _sentence(pieces: Pieces) -> Pieces:
    """The pieces with a capital first; what is written all in capitals becomes small."""
    return _first(_each_piece(pieces, str.lower) if plain(pieces).isupper() else pieces)


def _words(pieces: Pieces) -> Pieces:
    """The pieces with every word a capital."""
    return _each_piece(pieces, lambda text: _WORD.sub(lambda match: _capital(match.group()), text))


_CHANGES: dict[str, Callable[[Pieces], Pieces]] = {
    "lowercase": lambda pieces: _each_piece(pieces, str.lower),
    "uppercase": lambda pieces: _each_piece(pieces, str.upper),
    "capitalize-first": _first,
    "capitalize-all": _words,
    "sentence": _sentence,
}


# ── Given names to initials ─────────────────────────────────────────────────────────────────────
# Cures the engine's: it drops everything behind a hyphen that has a space beside it, spaces
# ``A.B.`` by guesswork, and takes a lower-case particle or ``Md.`` for a name to shorten.


_GAP = lazy(r"[\s\u00a0]+|[\s\u00a0]*[-‐‑][\s\u00a0]*(?=[^\W\d_])")
_HYPHENS = lazy(r"[\s\u00a0]*[-‐‑]+[\s\u00a0]*")
_GLUED = lazy(r"\.(?=[^\s\u00a0.,’'-])")
_LETTER = lazy(r"[^\W\d_]")


_SHORT_FORMS = frozenset(
    ("Alex", "Archd", "Benj", "Chas", "Danl", "Edwd", "Fredk", "Friedr", "Heinr", "Mohd",
     "Muhd", "Nath", "Robt", "Saml", "Theo", "Thos", "Wilh")
)  # fmt: skip
"""Given names as people have always shortened them; shorter ones need no table.

The English ones as genealogists list them, German ones, and Mohd. and Muhd. for Mohammed.
"""


_BARE = lazy(r"[A-Z]{2,3}|[BCDFGHJKLMNPQRSTVWXZ]{4}")
"""Initials as indexes write them; longer ones only where no vowel makes a name of them."""


def stopped(given: str) -> str:
    """A given name whose bare initials, ``EJ``, have their stops: ``E.J.``.

    They are known by a family name in small letters beside them, which the caller looks at.
    """
    return "".join(f"{letter}." for letter in given) if _BARE.fullmatch(given) else given


def initials(given: str, mark: str, *, keeps_hyphen: bool = True) -> str:
    """The initials of a given name, each followed by ``mark`` (``. `` or nothing)."""
    if not given or not _LETTER.match(given):
        return given
    if not keeps_hyphen:
        given = given.replace("-", " ").replace("‐", " ").replace("‑", " ")
    parts = _parts(_GLUED.sub(". ", given))
    text = ""
    for word, gap in parts:
        text += _step(word, gap, mark)
    if not mark:
        text = text.replace(" )", ")")
    return re.sub(r"\s*-\s*", "-", re.sub(r"\s+", " ", text)).strip()


def _parts(given: str) -> list[tuple[str, str]]:
    """The words, each with the gap behind it: a space, a hyphen or nothing."""
    parts: list[tuple[str, str]] = []
    start = 0
    for match in _GAP.finditer(given):
        is_hyphen = "-" in _HYPHENS.sub("-", match.group())
        if is_hyphen and given[match.end()].islower():
            continue  # ``Jean-marie`` is one word: a hyphen before a small letter parts nothing.
        parts.append((given[start : match.start()], "-" if is_hyphen else " "))
        start = match.end()
    parts.append((given[start:], ""))
    return [(word, gap) for word, gap in parts if word]


def _step(word: str, gap: str, mark: str) -> str:
    """One word shortened, with the mark and the gap behind it."""
    short = _short(word)
    if short is None:
        return f" {word} "
    if gap == "-":
        return f"{short}{mark.rstrip()}-"
    # Initials stand as close as the mark puts them; the gap between the words is gone.
    return short + mark


def _short(word: str) -> str | None:
    """The initial of a word, or None if it is no name to shorten (``van``, ``(Bob)``)."""
    first = word[0]
    if not first.isalpha() or first.islower():
        return None
    rest = re.match(r"[^\W\d_]*", word[1:])
    letters = rest.group() if rest else ""
    has_stop = word[1 + len(letters) : 2 + len(letters)] == "."
    if letters and has_stop and _is_short_form(first + letters):
        return first + letters
    capitals = ""
    for letter in letters:
        if not letter.isupper():
            break
        capitals += letter
    # ``YUri`` is one sound written with two capitals; ``IVAN`` is only loud.
    return first + (capitals.lower() if len(capitals) < len(letters) else "")


def _is_short_form(word: str) -> bool:
    """True for ``Md``, ``Chr`` and ``Mohd``; ``William`` before a stop is a name with a slip."""
    return len(word) <= 3 or word in _SHORT_FORMS or not word[1:].islower()


def punctuated(given: str, mark: str, *, keeps_hyphen: bool = True) -> str:
    """A given name in full, only its initials written with ``mark``: ``John M.E.``, ``John ME``."""
    if not keeps_hyphen:
        given = _HYPHEN_OF_INITIALS.sub(".", given)
    text = ""
    for word in _WORDS.findall(given):
        bare = word.rstrip(".")
        is_initial = word != bare or (len(bare) == 1 and bare.isupper())
        text += f"{bare}{mark}" if is_initial else f" {bare} "
    return re.sub(r"\s+", " ", text).strip()


_WORDS = lazy(r"[^\s\u00a0.]+\.?|\.")
_HYPHEN_OF_INITIALS = lazy(r"\.?[-‐‑](?=[^\W\d_](?:\.|\b))")


# ── Page fields and other numbers: what in them is a range, and how a style writes ranges ───────
# Cures the engine's reading of ``page-range-format="minimal"``, which prints pages 1-15 as
# ``1–5`` because it drops as many leading characters as are equal, whatever the lengths; its
# hyphens in issues (``1-2``); and its plural before a single dotted or lettered number.


_JOINER = lazy(r"(\s*&\s*|,?\s+and\s+|[;,]\s+)")
_DASH = lazy(r"\s*[-–‐‑−]+\s*")
_NUMBER = lazy(r"(\d*[A-Za-z]+0*)?(\d+)([A-Za-z]*)\Z")
_COUNTED = lazy(r"(?:\d+|[ivxlcdm]+)\Z", re.IGNORECASE)
_ROMAN = lazy(r"[ivxlcdm]+\Z", re.IGNORECASE)


def first_page(text: str) -> str:
    """The first page of a range or list."""
    return _DASH.split(_JOINER.split(text, maxsplit=1)[0], maxsplit=1)[0].strip()


def is_many(text: str) -> bool:
    """True if a field names more than one number, so that its label is in the plural."""
    chunks = _JOINER.split(text.strip())[::2]
    parts = [part for chunk in chunks for part in _DASH.split(chunk)]
    if len(parts) > 1 and _ROMAN.match(parts[0]):
        if len(chunks) > 1:
            return True
        return bool(_ROMAN.match(parts[1])) or parts[0].islower()
    return len(parts) > 1 and bool(_NUMBER.match(parts[0]))


def is_numeric(text: str) -> bool:
    """True if a field holds numbers and nothing else, as CSL understands ``is-numeric``."""
    parts = [part for chunk in _JOINER.split(text.strip())[::2] for part in _DASH.split(chunk)]
    # A Roman number in capitals may as well be a name or a word; CSL's own do not count it.
    is_roman = [bool(_ROMAN.match(part)) and part.islower() for part in parts]
    is_number = [bool(_NUMBER.match(part)) for part in parts]
    return all(map(max, is_roman, is_number)) and any(is_number)


def page_range(text: str, style: str, mark: str) -> str:
    """A page field in a style's range format, ``mark`` standing between first and last.

    A dash in anything that is not plainly a range of pages becomes a hyphen.
    """
    return _each(text.replace("–", "-"), lambda start, end: _pages(start, end, style, mark))


def number_range(text: str, mark: str = "–") -> str:
    """A volume, issue or edition with a proper dash in its ranges."""
    return _each(text, lambda start, end: _plain_range(start, end, mark))


def _each(text: str, change: Callable[[str, str], str]) -> str:
    """The text with every stretch of exactly two numbers and a dash changed."""
    done: list[str] = []
    for at, part in enumerate(_JOINER.split(text.strip())):
        ends = _DASH.split(part)
        is_range = at % 2 == 0 and len(ends) == 2 and all(ends)
        done.append((is_range and change(ends[0], ends[1])) or part)
    return "".join(done)


def _plain_range(start: str, end: str, mark: str) -> str:
    """Two numbers of one kind with a dash between; empty for anything else."""
    if _COUNTED.match(start) and _COUNTED.match(end):
        return f"{start}{mark}{end}"
    left, right = _NUMBER.match(start), _NUMBER.match(end)
    if left and right and left[1] == right[1]:
        return f"{start}{mark}{end}"
    return ""  # ``E743-749`` and ``e00068-15`` keep the hyphen: they may be names, not ranges.


def _pages(start: str, end: str, style: str, mark: str) -> str:
    """A page range, the last page written as the style wants it."""
    left, right = _NUMBER.match(start), _NUMBER.match(end)
    if not left or not right or left[1] != right[1] or left[3] or right[3]:
        return _plain_range(start, end, mark)
    letters, low = left[1] or "", left[2]
    high = low[: max(0, len(low) - len(right[2]))] + right[2]  # 135-41 ends on page 141.
    if int(low) >= int(high):
        return _plain_range(start, end, mark)
    if style in ("", "expanded") or len(high) != len(low):
        return f"{letters}{low}{mark}{letters}{high}"
    return f"{letters}{low}{mark}{_shortened(low, high, style)}"


def _shortened(start: str, end: str, style: str) -> str:
    """As much of the last page as a style keeps; both have the same length."""
    same = 0
    while start[same] == end[same]:
        same += 1
    if style == "minimal-two":
        same = min(same, max(0, len(end) - 2))
    elif style.startswith("chicago"):
        same = _chicago(start, same)
    return end[same:]


def _chicago(start: str, same: int) -> int:
    """How many digits the Chicago Manual leaves out."""
    low = int(start)
    if low < 100 or low % 100 == 0:
        return 0
    if low % 100 < 10:
        return same
    if len(start) == 4 and len(start) - same >= 3:
        return 0
    return min(same, len(start) - 2)
