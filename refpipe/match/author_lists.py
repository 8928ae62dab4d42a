"""Two lists of authors held against each other: who is missing, who is too many, who moved.

Lists are aligned like two words of a spelling checker (edit distance over whole people), so that
one name too many is told as that and not as a difference of every name behind it.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from refpipe import normalise
from refpipe.match.persons import MORE, Likeness, Person, is_latin, is_one_family, likeness, plain
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


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorDifference:
    """One difference between the lists; either name is None where there is none."""

    kind: AuthorKind
    stated: Person | None
    found: Person | None
    place: int
    """Where in the stated list, counted from 0."""


def is_cut(item: Item) -> bool:
    """Whether the list says that there are more: by its reader, or as a name in the list."""
    if (item.get("custom") or {}).get("author-et-al"):
        return True
    listed = item.get("author")
    names = [one for one in (listed if isinstance(listed, list) else ()) if isinstance(one, dict)]
    return any(
        normalise.fold(str(one.get("family") or one.get("literal") or "")) in MORE for one in names
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
    name = person.whole
    for one in (each.whole for each in others):
        ahead, behind = one[len(name) :], one[: len(one) - len(name)]
        if one.startswith(name) and any(map(ahead.endswith, _beside(person, own))):
            return True
        if one.endswith(name) and any(map(behind.startswith, _beside(person, own))):
            return True
    return False


def _beside(person: Person, own: Sequence[Person]) -> Iterator[str]:
    return (each.whole for each in own if each is not person)


def is_given_name(one: AuthorDifference, ours: Sequence[Person], theirs: Sequence[Person]) -> bool:
    """Whether a name too many is the given name of the one before it: ``v. Thurzó, Eugen``."""
    given = one.stated
    if given is None or one.found or not 0 < one.place < len(ours):
        return False
    before = ours[one.place - 1]
    is_bare = not given.initials and len(given.parts) <= 3
    initials = given.family[:1] + before.initials
    return is_bare and any(
        is_one_family(before, each) and each.initials.startswith(initials) for each in theirs
    )


_COSTS = {
    Likeness.SAME: 0.0,
    Likeness.UNKNOWN: 0.0,
    Likeness.NEAR: 0.5,
    Likeness.INITIALS: 0.7,
    Likeness.OTHER: 2.2,
}
_GAP = 1.5
"""One name too many or too few; a name replaced costs less than one of each."""
_WINDOW = 80
"""Names that are laid side by side at once; the first half of them is then settled."""


def compare(
    stated: Sequence[Person], found: Sequence[Person], *, is_cut: bool = False, gap: bool = False
) -> tuple[AuthorDifference, ...]:
    """What is different in the two lists, in the order of the stated one.

    ``is_cut`` says that the stated list ends in "et al."; ``gap`` that it leaves names out before
    the last one, as APA does with more than twenty.
    """
    if not stated or not found:
        return ()
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
    """The cheapest way to lay the two lists side by side, long ones a window at a time.

    What is the same at the end is set aside first: a list that leaves two hundred names out before
    its last one has it in no window.
    """
    rows, columns = len(stated), len(found)
    last: list[_Step] = []
    least = _same(stated, found)
    while min(rows, columns) > least and (
        likeness(stated[rows - 1], found[columns - 1]) is Likeness.SAME
    ):
        rows, columns = rows - 1, columns - 1
        last.append(_Step(rows, stated[rows], found[columns], Likeness.SAME))
    steps: list[_Step] = []
    row = column = 0
    while row < rows or column < columns:
        for _ in range(_same(stated[row:rows], found[column:columns])):
            steps.append(_Step(row, stated[row], found[column], Likeness.SAME))
            row, column = row + 1, column + 1
        ours = stated[row : min(rows, row + _WINDOW)]
        theirs = found[column : min(columns, column + _WINDOW)]
        settled = _cheapest(ours, theirs, row)
        if row + len(ours) < rows or column + len(theirs) < columns:
            settled = settled[: _WINDOW // 2]
        steps += settled
        row += sum(one.stated is not None for one in settled)
        column += sum(one.found is not None for one in settled)
    return [*steps, *reversed(last)]


def _same(stated: Sequence[Person], found: Sequence[Person]) -> int:
    """How many names are the same at the beginning of both lists."""
    pairs = zip(stated, found, strict=False)
    same = itertools.takewhile(lambda pair: likeness(*pair) is Likeness.SAME, pairs)
    return sum(1 for _ in same)


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
    steps = [_uncrossed(step, steps) for step in steps]
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


def _uncrossed(step: _Step, steps: Sequence[_Step]) -> _Step:
    """The step; nobody is a like name beside it who stands elsewhere in the list as they are."""
    one = step.stated
    if one is None or step.likeness not in _ALIKE:
        return step
    others = (other.found for other in steps if other is not step and other.likeness in _ALIKE)
    is_crossed = any(likeness(one, other) is Likeness.SAME for other in others if other)
    return replace(step, likeness=Likeness.OTHER) if is_crossed else step


def _moved(steps: Sequence[_Step]) -> dict[int, Person]:
    """Place of a stated person who is alone there → the same person, alone elsewhere."""
    alone = [step for step in steps if step.likeness is Likeness.OTHER]
    free: dict[str, list[Person]] = defaultdict(list)
    for step in alone:
        if step.found is not None:
            for word in _words(step.found):
                free[word].append(step.found)
    moved: dict[int, Person] = {}
    taken: set[int] = set()
    for step in alone:
        if step.stated is None:
            continue
        for other in (one for word in _words(step.stated) for one in free.get(word, ())):
            if id(other) not in taken and likeness(step.stated, other) is Likeness.SAME:
                moved[step.place] = other
                taken.add(id(other))
                break
    return moved


def _words(person: Person) -> list[str]:
    """What two names have in common, any of it, where they can be one person's."""
    if not person.is_latin:
        return [person.whole[:1]]
    spelt = (person.family, person.whole, plain(person.family), plain(person.whole))
    return sorted({*spelt, *person.words})


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
