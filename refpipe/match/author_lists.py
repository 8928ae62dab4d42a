"""Two lists of authors held against each other: who is missing, who is too many, who moved.

Lists are aligned like two words of a spelling checker (edit distance over whole people), so that
one name too many is told as that and not as a difference of every name behind it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from rapidfuzz.distance import Indel, Levenshtein

from refpipe import normalise
from refpipe.lifetimes import lazy
from refpipe.model import Item


class AuthorKind(StrEnum):
    """What is different in a list of authors."""

    SURPLUS = "surplus"
    """Stated, and not among those found."""
    MISSING = "missing"
    """Found, and not stated though no "et al." says that there are more."""
    OTHER = "other"
    """Another person stands in the place of the one found."""
    ORDER = "order"
    """Stated in another place of the list."""
    SPELLING = "spelling"
    """The same person, spelt otherwise."""
    INITIALS = "initials"
    """The same family name with other initials."""


class Likeness(IntEnum):
    """How far two names can be one person's."""

    OTHER = 0
    INITIALS = 1
    NEAR = 2
    SAME = 3
    UNKNOWN = 4
    """Two scripts, which cannot be held against each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One author made ready for comparing."""

    shown: str
    """As it is printed in a finding."""
    family: str
    """Folded, without particles and gaps."""
    whole: str
    """The family name with its particles, folded, without gaps."""
    initials: str
    parts: frozenset[str]
    """The words of the family name."""
    words: frozenset[str]
    """Every word of the name that is longer than a letter."""
    is_latin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorDifference:
    """One difference between the lists; either name is None where there is none."""

    kind: AuthorKind
    stated: Person | None
    found: Person | None
    place: int
    """Where in the stated list, counted from 0."""


_CJK = lazy(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
GROUP_WORDS = frozenset(
    ("group", "groups", "investigators", "consortium", "study", "trial", "initiative", "society",
     "committee", "collaborators", "collaboration", "collaborative", "network", "association",
     "team", "organization", "registry", "institute", "panel", "council", "taskforce", "force")
)  # fmt: skip
"""Words that no person is called, and names of groups hold."""
_CJK_NAME = lazy(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\s\u30fb]{2,12}")
_CJK_GROUP = lazy(
    r"(?:会|班|グループ|機構|省|庁|局|大学|病院|研究所|センター|編集部|連盟|財団|法人|チーム|本部)$"
)
"""How the names of Japanese bodies end; what is no whole name of a person is not compared."""
_ENTITY = lazy(r"(?<=[aeiounyc])(?:acute|grave|circ|tilde|uml|cedil)")
"""What is left of the entity of a letter with a mark, as in ``Guzmaacuten``."""
_DIGRAPHS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ou", "o"), ("sh", "s"), ("ii", "i"))
"""Letters that one transliteration writes doubled and another does not."""
_VARIANTS = str.maketrans(
    "髙﨑濵濱邊邉齋齊斉澤廣櫻國學眞惠德嶋嶌桒槇曻瀨瀬栁籔",
    "高崎浜浜辺辺斎斎斎沢広桜国学真恵徳島島桑槙昇瀬瀬柳薮",
)
"""Kanji of names that registers write in an old form and papers in a new one."""


def people(item: Item) -> list[Person]:
    """The persons of an item, groups left out; editors where nobody is its author."""
    listed = item.get("author") or item.get("editor") or []
    if not isinstance(listed, list):
        return []
    named = [_with_family(one) for one in listed if isinstance(one, Mapping)]
    return [_person(one) for one in named if _is_person(one)]


def is_cut(item: Item) -> bool:
    """Whether the list says that there are more: by its reader, or as a name in the list."""
    if (item.get("custom") or {}).get("author-et-al"):
        return True
    listed = item.get("author")
    names = [one for one in (listed if isinstance(listed, list) else ()) if isinstance(one, dict)]
    return any(
        normalise.fold(str(one.get("family") or one.get("literal") or "")) in _MORE for one in names
    )


def is_doubled(one: AuthorDifference, ours: Sequence[Person], theirs: Sequence[Person]) -> bool:
    """Whether a name too many or too few is one that stands in the other list all the same."""
    person = one.stated or one.found
    if person is None or (one.stated and one.found):
        return False
    other = theirs if one.stated else ours
    return any((each.family, each.initials) == (person.family, person.initials) for each in other)


def is_named_whole(person: Person, item: Item) -> bool:
    """Whether a registry has the person's name as one string, as it has a group's."""
    listed = item.get("author")
    literals = [one.get("literal") for one in (listed if isinstance(listed, list) else ())]
    wholes = [normalise.squeeze(str(one)) for one in literals if one]
    return any(person.whole in one or person.whole.endswith(one) for one in wholes)


def is_part_of_one(person: Person, own: Sequence[Person], others: Sequence[Person]) -> bool:
    """Whether a list has two names of the other as one: Mohammad and Ghasemi, CarrionJrWeaver."""
    pairs = ((person.whole, one.whole) for one in own if one is not person)
    glued = [
        re.escape(a) + ".*" + re.escape(b)
        for one, two in pairs
        for a, b in ((one, two), (two, one))
    ]
    return any(re.fullmatch("|".join(glued), one.whole) for one in others) if glued else False


def is_given_name(one: AuthorDifference, ours: Sequence[Person], theirs: Sequence[Person]) -> bool:
    """Whether a name too many is the given name of the one before it: ``v. Thurzó, Eugen``."""
    given = one.stated
    if given is None or one.found or not 0 < one.place < len(ours):
        return False
    before = ours[one.place - 1]
    is_bare = not given.initials and len(given.parts) <= 3
    initials = given.family[:1] + before.initials
    return is_bare and any(
        _is_one_family(before, each) and each.initials.startswith(initials) for each in theirs
    )


_MORE = frozenset(("et al", "and others", "others"))


def in_script_of(stated: Sequence[Person], found: Item) -> list[Person]:
    """The persons of ``found`` as the language of ``stated`` writes them, where that is known."""
    theirs = people(found)
    twin = (found.get("custom") or {}).get("twin")
    for one in twin if isinstance(twin, list | tuple) else (twin,):
        others = people(one) if isinstance(one, dict) else []
        if stated and others and not (theirs and is_latin(stated) == is_latin(theirs)):
            theirs = others
    return theirs


def is_latin(people: Sequence[Person]) -> bool:
    """Whether most of the names are in Latin letters or their like."""
    return sum(one.is_latin for one in people) * 2 >= len(people)


def _with_family(name: Mapping[str, Any]) -> Mapping[str, Any]:
    """The name, with a Japanese person's whole name in the place of the family name."""
    literal = str(name.get("literal") or "")
    is_name = _CJK_NAME.fullmatch(literal) and not _CJK_GROUP.search(literal)
    return {"family": literal} if is_name else name


def _is_person(name: Mapping[str, Any]) -> bool:
    """Whether a name is a person's; groups are taken apart into given and family names by some."""
    family, given = (normalise.fold(str(name.get(part) or "")) for part in ("family", "given"))
    return (
        bool(family) and not GROUP_WORDS & {*family.split(), *given.split()} and family not in _MORE
    )


def _person(name: Mapping[str, Any]) -> Person:
    particles = (name.get("dropping-particle"), name.get("non-dropping-particle"))
    particle = " ".join(str(one) for one in particles if one)
    family, given = str(name.get("family") or ""), str(name.get("given") or "")
    full = _ENTITY.sub("", f"{particle} {family}".strip())
    folded = normalise.name({"family": full, "given": given})
    parts = frozenset(normalise.fold(full).split())
    is_latin = not _CJK.search(full)
    return Person(
        shown=f"{full}{given}" if not is_latin else f"{given} {full}".strip(),
        family=folded.family.translate(_VARIANTS),
        whole=normalise.squeeze(full).translate(_VARIANTS),
        initials=folded.initials if is_latin else normalise.squeeze(given).translate(_VARIANTS),
        parts=parts,
        words=frozenset(folded.words) | parts,
        is_latin=is_latin,
    )


def likeness(one: Person, other: Person) -> Likeness:
    """How far two names can be one person's."""
    if one.is_latin != other.is_latin:
        return Likeness.UNKNOWN
    if not one.is_latin:
        return _japanese(one, other)
    if _is_one_family(one, other):
        return Likeness.SAME if _agree(one.initials, other.initials) else Likeness.INITIALS
    if _is_turned(one, other) or _is_turned(other, one):
        return Likeness.SAME
    return Likeness.NEAR if _is_misspelt(one, other) else Likeness.OTHER


def _japanese(one: Person, other: Person) -> Likeness:
    ours, theirs = one.whole + one.initials, other.whole + other.initials
    if ours == theirs:
        return Likeness.SAME
    if one.whole == other.whole:
        return Likeness.SAME if not one.initials or not other.initials else Likeness.INITIALS
    if ours.startswith(other.whole) and not other.initials:
        return Likeness.SAME
    if theirs.startswith(one.whole) and not one.initials:
        return Likeness.SAME
    is_near = len(ours) > 2 and Levenshtein.distance(ours, theirs) == 1
    return Likeness.NEAR if is_near else Likeness.OTHER


def _is_one_family(one: Person, other: Person) -> bool:
    """Whether two family names are one: particles, transliteration, half a double name."""
    if one.family == other.family or one.whole == other.whole:
        return True
    if _plain(one.whole) == _plain(other.whole) or _plain(one.family) == _plain(other.family):
        return True
    telling = [frozenset(part for part in name.parts if len(part) > 2) for name in (one, other)]
    return (
        bool(telling[0] and telling[1])
        and (telling[0] <= other.words or telling[1] <= one.words)
        and bool(telling[0] & telling[1])
    )


def _plain(name: str) -> str:
    for double, single in _DIGRAPHS:
        name = name.replace(double, single)
    return name


def _agree(ours: str, theirs: str) -> bool:
    """Whether initials can be one person's: nothing on one side, or a letter in common."""
    return not ours or not theirs or ours[0] == theirs[0] or bool(set(ours) & set(theirs))


def _is_turned(one: Person, other: Person) -> bool:
    """Whether ``one`` has the given name of ``other`` for its family name, and says so."""
    if not one.parts <= other.words or one.parts & other.parts:
        return False
    return bool(set(one.initials) & {part[0] for part in other.parts})


def is_turned_round(one: Person, other: Person, *, is_strict: bool) -> bool:
    """Whether each has for a family name what the other has for its initial: Qian CY, Yong QC.

    A strict reading asks that all letters are the same, or that the first initials are crossed.
    """
    letters = [sorted(name.family[:1] + name.initials) for name in (one, other)]
    is_whole = not is_strict or (letters[0] == letters[1] and len(letters[0]) > 2)
    ours, theirs = (
        (one.initials, other.initials) if is_whole else (one.initials[:1], other.initials[:1])
    )
    is_crossed = one.family[:1] in theirs and other.family[:1] in ours
    return bool(ours and theirs) and is_crossed


def _is_misspelt(one: Person, other: Person) -> bool:
    """Whether the family names are a slip or two apart, initials not speaking against it.

    A capital I was typed or recognised for an L, and an L for an I.
    """
    is_one_sign = {one.initials[:1], other.initials[:1]} == {"i", "l"}
    if not is_one_sign and not _agree(one.initials, other.initials):
        return False
    ours, theirs = one.family, other.family
    shortest = min(len(ours), len(theirs))
    if shortest < 3:
        return False
    if Levenshtein.distance(ours, theirs) <= (1 if shortest < 6 else 2):
        return shortest > 3 or bool(one.initials and one.initials == other.initials)
    is_cut = shortest > 3 and (ours.startswith(theirs) or theirs.startswith(ours))
    is_ended = shortest > 3 and (ours.endswith(theirs) or theirs.endswith(ours))
    return is_cut or is_ended or Indel.normalized_similarity(ours, theirs) >= 0.75


_COSTS = {
    Likeness.SAME: 0.0,
    Likeness.UNKNOWN: 0.0,
    Likeness.NEAR: 0.5,
    Likeness.INITIALS: 0.7,
    Likeness.OTHER: 2.2,
}
_GAP = 1.5
"""One name too many or too few; a name replaced costs less than one of each."""
_LONGEST = 80
"""Names that are aligned, of a thousand the first."""


def compare(
    stated: Sequence[Person], found: Sequence[Person], *, is_cut: bool = False, gap: bool = False
) -> tuple[AuthorDifference, ...]:
    """What is different in the two lists, in the order of the stated one.

    ``is_cut`` says that the stated list ends in "et al."; ``gap`` that it leaves names out before
    the last one, as APA does with more than twenty.
    """
    if not stated or not found:
        return ()
    if max(len(stated), len(found)) > _LONGEST:
        stated, found, is_cut = stated[:_LONGEST], found[:_LONGEST], True
    steps = _aligned(stated, found)
    excused = ({len(stated)} if is_cut else set()) | ({len(stated) - 1} if gap else set())
    return tuple(
        one
        for one in _named(steps)
        if one.kind is not AuthorKind.MISSING or one.place not in excused
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of the alignment: two people side by side, or one alone."""

    place: int
    stated: Person | None
    found: Person | None
    likeness: Likeness = Likeness.OTHER


def _aligned(stated: Sequence[Person], found: Sequence[Person]) -> list[_Step]:
    """The cheapest way to lay the two lists side by side."""
    start = 0
    shortest = min(len(stated), len(found))
    while start < shortest and likeness(stated[start], found[start]) is Likeness.SAME:
        start += 1
    head = [_Step(i, stated[i], found[i], Likeness.SAME) for i in range(start)]
    return head + _cheapest(stated[start:], found[start:], start)


def _cheapest(stated: Sequence[Person], found: Sequence[Person], start: int) -> list[_Step]:
    # A list in another script is another writing of it; one name in another script is not.
    is_one_script = is_latin(stated) == is_latin(found)
    like = [
        [
            Likeness.OTHER if is_one_script and level is Likeness.UNKNOWN else level
            for level in (likeness(one, other) for other in found)
        ]
        for one in stated
    ]
    rows, columns = len(stated), len(found)
    cost = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    best = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows, -1, -1):
        for column in range(columns, -1, -1):
            ways = list(_ways(like, row, column, rows, columns))
            if ways:
                price = [one + cost[r][c] for one, r, c in ways]
                cost[row][column] = min(price)
                best[row][column] = ways[price.index(cost[row][column])][1:]
    steps, row, column = [], 0, 0
    while row < rows or column < columns:
        r, c = best[row][column]
        one = stated[row] if r > row else None
        other = found[column] if c > column else None
        level = like[row][column] if one and other else Likeness.OTHER
        steps.append(_Step(start + row, one, other, level))
        row, column = r, c
    return steps


def _ways(
    like: Sequence[Sequence[Likeness]], row: int, column: int, rows: int, columns: int
) -> Iterator[tuple[float, int, int]]:
    """Price and next cell of each step that can be taken from a cell."""
    if row < rows and column < columns:
        yield _COSTS[like[row][column]], row + 1, column + 1
    if row < rows:
        yield _GAP, row + 1, column
    if column < columns:
        yield _GAP, row, column + 1


_ALIKE = {Likeness.NEAR: AuthorKind.SPELLING, Likeness.INITIALS: AuthorKind.INITIALS}


def _named(steps: Sequence[_Step]) -> Iterator[AuthorDifference]:
    """Each difference with its kind; who is alone on both sides has moved."""
    moved = _moved(steps)
    seen = {id(one) for one in moved.values()}
    for step in steps:
        if step.likeness is not Likeness.OTHER:
            if kind := _ALIKE.get(step.likeness):
                yield AuthorDifference(
                    kind=kind, stated=step.stated, found=step.found, place=step.place
                )
            continue
        yield from _alone(step, moved, seen)


def _moved(steps: Sequence[_Step]) -> dict[int, Person]:
    """Place of a stated person who is alone there → the same person, alone elsewhere."""
    alone = [step for step in steps if step.likeness is Likeness.OTHER]
    free = [step.found for step in alone if step.found is not None]
    moved: dict[int, Person] = {}
    for step in alone:
        for other in free:
            if step.stated is not None and likeness(step.stated, other) is Likeness.SAME:
                moved[step.place] = other
                free.remove(other)
                break
    return moved


def _alone(
    step: _Step, moved: Mapping[int, Person], seen: Collection[int]
) -> Iterator[AuthorDifference]:
    """What one step without a partner says."""
    here = step.stated
    there = step.found if step.found is not None and id(step.found) not in seen else None
    if here is not None and step.place in moved:
        yield AuthorDifference(
            kind=AuthorKind.ORDER, stated=here, found=moved[step.place], place=step.place
        )
        here = None
    if here is not None or there is not None:
        kind = AuthorKind.OTHER if here and there else AuthorKind.SURPLUS
        kind = kind if here else AuthorKind.MISSING
        yield AuthorDifference(kind=kind, stated=here, found=there, place=step.place)
