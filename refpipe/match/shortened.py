"""Whether one value of a field is a shortening of another, which says all that it says and more.

A title that breaks off, the first of seven authors, initials for a given name, a journal's
abbreviation: neither contradicts the other, and whoever prints one of the two prints the fuller.
What is no shortening is another statement, and who is to be believed is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from refpipe import normalise
from refpipe.lifetimes import lazy
from refpipe.match import containers, persons
from refpipe.match.persons import Likeness, Person
from refpipe.normalise.text import EAST_ASIAN

Name: TypeAlias = Mapping[str, Any]

# ── titles ─────────────────────────────────────────────────────────────────────────────

_ELLIPSIS = lazy(
    r"[\[(（［〔]?\s*(?:…|⋯|‥|\.{2,}+|。{2,}+|・{2,}+|(?:\.\s){2,}+\.*+)+\s*[\])）］〕]?"
)
_NOTE = lazy(r"\s*[\[［〔][^\[\]［］〔〕]*[\]］〕][\s.。]*$")
"""What a database or a style puts behind a title: ``[Internet]``, ``[in Japanese]``."""
_SPACED, _UNSPACED = 12, 4
"""Letters that a title still has where it was cut within a word, and where there are no words."""
_CJK = lazy(f"[{EAST_ASIAN}]")
_MARK = lazy(r"\d{1,2}|[a-z]")
"""What behind a title may be a footnote's mark, or a plural."""


def ends_in_ellipsis(title: str) -> bool:
    """Whether a title says by its last sign that it was cut off."""
    found = list(_ELLIPSIS.finditer(title.rstrip()))
    return bool(found) and found[-1].end() == len(title.rstrip())


def is_part_of_title(short: str, long: str, *, is_cut: bool = False) -> bool:
    """Whether ``short`` is ``long`` broken off, or with an ellipsis for what it leaves out.

    ``is_cut`` tells that ``short`` breaks off though no sign in it says so.

    >>> is_part_of_title("Acute Low Back Pain", "Acute low back pain: a review")
    True
    >>> is_part_of_title("Pain", "Painful knees"), is_part_of_title("Outcome", "Outcome1")
    (False, False)
    """
    short, long = normalise.unmarked(short), normalise.unmarked(long)
    pieces = [normalise.squeeze(piece) for piece in _ELLIPSIS.split(short)]
    whole, letters = normalise.squeeze(long), "".join(pieces)
    if letters == whole:
        return len(pieces) > 1 and not _ELLIPSIS.search(long)
    if not letters or len(letters) > len(whole) or not whole.startswith(pieces[0]):
        return False
    if letters == normalise.squeeze(_NOTE.sub("", long)):
        return False
    at = len(pieces[0])
    for piece in pieces[1:]:
        at = whole.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return is_cut or len(pieces) > 1 or _is_broken_off(letters, long, whole[at:])


def _is_broken_off(letters: str, long: str, rest: str) -> bool:
    """Whether what is missing behind the letters may have been cut off, and is no mark."""
    if _MARK.fullmatch(rest):
        return False
    ends, end = set(), 0
    for word in normalise.fold(long).split():
        end += len(word)
        ends.add(end)
    return len(letters) in ends or len(letters) >= (_UNSPACED if _CJK.search(letters) else _SPACED)


def behind_title(short: str, long: str) -> str:
    """The letters by which ``long`` goes on where ``short`` ends, without figures."""
    rest = normalise.squeeze(long)[len(normalise.squeeze(short)) :]
    return "".join(sign for sign in rest if not sign.isdigit())


# ── journals and other names in words ──────────────────────────────────────────────────


def is_abbreviated(short: str, long: str) -> bool:
    """Whether ``short`` is the abbreviation of the journal or book ``long``.

    A subtitle, or what stands in brackets behind a name, makes no name fuller.

    >>> is_abbreviated("J Bone Joint Surg Am", "The Journal of Bone and Joint Surgery. American")
    True
    >>> is_abbreviated("Spine", "Spine (Phila Pa 1976)"), is_abbreviated("整形外科", "整形外科学")
    (False, False)
    """
    one, other = normalise.fold(short), normalise.fold(long)
    if not one or len(one) >= len(other) or other.startswith(f"{one} "):
        return False
    if _CJK.search(one + other) and (other.startswith(one) or not _CJK.search(one)):
        return False
    return containers.compare_names([short], [long]) is containers.Likeness.SAME


def is_part_of_phrase(short: str, long: str) -> bool:
    """Whether ``short`` is the first words of ``long``: a house, a town, a series."""
    return normalise.fold(long).startswith(f"{normalise.fold(short)} ") and bool(short.strip())


# ── names of people ────────────────────────────────────────────────────────────────────


def fuller_names(names: Sequence[Name], others: Sequence[Name]) -> list[Name] | None:
    """Both lists in one, where the shorter leaves people out of the longer; None elsewhere.

    Of each person the fuller form is taken, that of ``names`` where both tell as much.
    """
    long, short = (names, others) if len(names) >= len(others) else (others, names)
    beside: dict[int, Name] = {}
    place = 0
    for one in short:
        while place < len(long) and not is_one_name(one, long[place]):
            if not beside:
                return None  # Whoever leaves somebody out does not leave out the first.
            place += 1
        if place == len(long):
            return None
        beside[place] = one
        place += 1
    if _repeats(long, beside):
        return None
    pairs = [(one, beside.get(number)) for number, one in enumerate(long)]
    if long is not names:
        return [one if ours is None else fuller_name(ours, one) for one, ours in pairs]
    return [one if theirs is None else fuller_name(one, theirs) for one, theirs in pairs]


def _repeats(long: Sequence[Name], beside: Mapping[int, Name]) -> bool:
    """Whether a name that only the longer list has stands in it twice: then it was misread."""
    return any(
        number not in beside
        and any(one == other for other in (*long[:number], *long[number + 1 :]))
        for number, one in enumerate(long)
    )


def is_one_name(a: Name, b: Name) -> bool:
    """Whether two names can be one person's or body's, the one written more fully."""
    one, other = _person(a), _person(b)
    if one is None or other is None:
        return bool(_spellings(a) & _spellings(b))
    if persons.likeness(one, other) is not Likeness.SAME:
        return False
    return one.initials.startswith(other.initials) or other.initials.startswith(one.initials)


def fuller_name(a: Name, b: Name) -> Name:
    """What two forms of one name tell together; the first where both tell as much."""
    one, other = _person(a), _person(b)
    if one is None or other is None:
        return b if one is None and other is not None else a
    if not one.is_latin:
        ours, theirs = ((len(each.whole + each.initials), each.initials) for each in (one, other))
        return b if (theirs[0], bool(theirs[1])) > (ours[0], bool(ours[1])) else a
    family = b if _tells_more_family(one, other, a, b) else a
    given = b if _goes_on(str(a.get("given") or ""), str(b.get("given") or "")) else a
    joined = {part: value for part, value in family.items() if part not in {"given", "suffix"}}
    for part, value in (("given", given.get("given")), ("suffix", a.get("suffix"))):
        joined |= {part: value or b.get(part)} if value or b.get(part) else {}
    return a if joined == a else joined


def _person(name: Name) -> Person | None:
    """The person that a name is; None for a body, and for a name that nobody took apart."""
    return next(iter(persons.people({"author": [name]})), None)


def _spellings(name: Name) -> set[str]:
    """The ways to write a name as one string."""
    if name.get("literal"):
        return {normalise.squeeze(str(name["literal"]))}
    family, given = str(name.get("family") or ""), str(name.get("given") or "")
    initials = normalise.name(name).initials
    forms = (f"{family} {given}", f"{given} {family}", f"{family} {initials}")
    return {normalise.squeeze(form) for form in forms}


def _tells_more_family(one: Person, other: Person, a: Name, b: Name) -> bool:
    """Whether the second has more of the family name: both halves, its particle, its accents."""
    if one.whole != other.whole:
        return len(other.whole) > len(one.whole) and one.whole in other.whole
    return _accents(str(b.get("family"))) > _accents(str(a.get("family")))


def _goes_on(short: str, long: str) -> bool:
    """Whether a given name tells all that another does, and more: ``M.``, ``Michael T.``."""
    ours, theirs = _words(short), _words(long)
    if ours == theirs:
        return _accents(long) > _accents(short)
    begins = all(other.startswith(one) for one, other in zip(ours, theirs, strict=False))
    return len(ours) <= len(theirs) and begins


def _words(given: str) -> list[str]:
    """The words of a given name; a run of initials is one of each."""
    words: list[str] = []
    for word in re.split(r"[\s.,\-‐]+", given):
        folded = normalise.squeeze(word)
        words += folded if word.isupper() and len(word) <= 3 else [folded] if folded else []
    return words


def _accents(text: str) -> int:
    return sum(not sign.isascii() for sign in text)
