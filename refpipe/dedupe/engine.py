"""The engine: which rows of a file are one work, which of them to keep, and why."""

from __future__ import annotations

import contextlib
import dataclasses
import gc
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import overload

from refpipe import parallel
from refpipe.dedupe.rows import Lines, Row, named
from refpipe.match import (
    Judgement,
    Profile,
    blocks_of,
    groups,
    judge,
    judge_copy,
    outline,
    profile,
    united,
    worth_judging,
)
from refpipe.model import Item, Verdict
from refpipe.normalise import Title


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two rows, by their places, and what the rules say of them."""

    a: int
    b: int
    judgement: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows that are one work: the one to keep and those to leave out, each with its reason."""

    kept: int
    removed: tuple[int, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All that was found in a file."""

    rows: tuple[Row, ...]
    groups: tuple[Group, ...]
    possible: tuple[Tie, ...]
    """Pairs that a person has to look at."""
    related: tuple[Tie, ...]
    """Pairs that belong together and are not one work."""


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """Hold the cycle collector: it would walk a million lasting objects and find no cycle.

    Without it 50,000 records take two thirds of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def run(rows: Iterable[Row], *, jobs: int = 0) -> Outcome:
    """What the rules find in the rows of a file.

    ``jobs`` processes share the work, one where it is 1, and where it is 0 as many as there are
    cores if the rows are many.  What is found is the same for every number.
    """
    with _without_collector():
        return _run(rows, jobs)


MANY = 20_000
"""Records from which on several cores are worth their start."""


def _run(rows: Iterable[Row], jobs: int) -> Outcome:
    source = rows if isinstance(rows, Lines) else list(rows)
    size = len(source)
    cores = jobs or (parallel.cores() if size >= MANY else 1)
    made: list[Portion] = [Portion()] * -(-size // PORTION)

    def rows_of(number: int) -> Iterable[Row]:
        start, stop = number * PORTION, (number + 1) * PORTION
        return source.rows(start, stop) if isinstance(source, Lines) else source[start:stop]

    for number, portion in portions(rows_of, len(made), cores):
        made[number] = portion
    ready = Profiles(made, size)
    judged = judgements(made, ready, cores)
    clusters = united(ready, judged)
    for portion in made:
        # A third of a gigabyte for a million records, beside all that is made of them now.
        portion.packed = Pieces()
    ties = [Tie(a=i, b=j, judgement=told) for i, j, told in judged]
    weights = [weight for portion in made for weight in portion.weights]
    return _outcome(_kept(source, made), clusters, ties, weights)


def _kept(source: Lines | list[Row], made: Iterable[Portion]) -> list[Row]:
    """The rows without what was compared of them."""
    if not isinstance(source, Lines):
        return [dataclasses.replace(row, subject=None) for row in source]
    told = (
        (name, fault)
        for portion in made
        for name, fault in zip(portion.names, portion.faults, strict=True)
    )
    rows = (
        Row(id=name, raw=raw, line=line, file=file, fault=fault)
        for raw, (file, line), (name, fault) in zip(source.raw, source.places, told, strict=True)
    )
    return list(named(rows))


def _outcome(
    rows: Sequence[Row],
    clusters: Sequence[Sequence[int]],
    ties: Sequence[Tie],
    weights: Sequence[int],
) -> Outcome:
    home = {row: number for number, cluster in enumerate(clusters) for row in cluster}
    inside: list[list[Tie]] = [[] for _ in clusters]
    apart: dict[Verdict, list[Tie]] = {Verdict.POSSIBLE: [], Verdict.RELATED: []}
    for tie in sorted(ties, key=lambda tie: (tie.a, tie.b)):
        one, other = home.get(tie.a, -1), home.get(tie.b, -2)
        if one == other:
            inside[one].append(tie)
        else:
            # A match that the look at the whole cluster did not bear out waits for a person.
            is_related = tie.judgement.verdict is Verdict.RELATED
            apart[Verdict.RELATED if is_related else Verdict.POSSIBLE].append(tie)
    groups = (_group(c, t, weights) for c, t in zip(clusters, inside, strict=True))
    return Outcome(
        rows=tuple(rows),
        groups=tuple(groups),
        possible=tuple(apart[Verdict.POSSIBLE]),
        related=tuple(apart[Verdict.RELATED]),
    )


def _group(cluster: Sequence[int], ties: Sequence[Tie], weights: Sequence[int]) -> Group:
    kept = max(cluster, key=lambda row: (weights[row], -row))
    removed = tuple(row for row in cluster if row != kept)
    matches = tuple(tie for tie in ties if tie.judgement.verdict is Verdict.MATCH)
    return Group(kept=kept, removed=removed, ties=matches)


def reason(group: Group, removed: int) -> Tie:
    """The tie that best says why a row was left out: to the kept row where there is one."""
    own = [tie for tie in group.ties if removed in {tie.a, tie.b}]
    direct = [tie for tie in own if group.kept in {tie.a, tie.b}]
    return (direct or own)[0]


# ── The candidate pairs of a large file and what the rules say of them, a shard at a time ───────
# Three rounds, each of tasks that may run on any core: portions of the file are read and packed;
# shards of the blocks give the pairs that are not told apart by their titles; ranges of these are
# judged. Between the rounds there are
# only arrays of numbers and packed profiles, so that a million records take little memory, and no
# round depends on how many processes share it.


Judged = tuple[int, int, Judgement]

PORTION = 4_000
"""Records that are read and packed together."""
_SHARDS = 32
_HELD = 40_000
"""Profiles that a process keeps unpacked."""


class Pieces(Sequence[bytes]):
    """Many short pieces of bytes as one long one, which takes a third of the memory."""

    def __init__(self, pieces: Sequence[bytes] = ()) -> None:
        self._whole = b"".join(pieces)
        self._ends = array("I", accumulate(map(len, pieces), initial=0))

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> list[bytes]: ...
    def __getitem__(self, index: int | slice) -> bytes | list[bytes]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        return self._whole[self._ends[index] : self._ends[index + 1]]


@dataclass(slots=True)
class Portion:
    """What is kept of some records: names, faults, packed profiles, and their blocks by shard."""

    names: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    weights: array[int] = field(default_factory=lambda: array("I"))
    packed: Pieces = field(default_factory=Pieces)
    outlines: Pieces = field(default_factory=Pieces)
    keys: array[int] = field(default_factory=lambda: array("q"))
    """For each record a number that its copies have too, as may others: none without a title."""
    blocks: list[tuple[array[int], array[int]]] = field(
        default_factory=lambda: [(array("q"), array("H")) for _ in range(_SHARDS)]
    )
    """For each shard the hashes of blocks, and beside each the record's place in the portion."""


_MANY = 1023
"""Authors, letters or words of a title above which no more are counted."""


def weight(item: Item, ready: Profile) -> int:
    """How much a record says: of several that are one work the first with the most is kept.

    Authors come first and the title second, for no other field makes up for one that is left out;
    then a DOI, from which everything else follows, and only then the number of fields.
    """
    people = min(len(ready.families), _MANY)
    is_whole = not ready.has_more_authors
    letters = min(_length(ready.title), _MANY)
    fields = min(len(item) - ("custom" in item), 63)
    return (((people * 2 + is_whole) * (_MANY + 1) + letters) * 2 + bool(ready.dois)) * 64 + fields


def _length(title: Title | None) -> int:
    """The words of a title, and its letters where it is written without spaces."""
    if title is None:
        return 0
    if title.key.isascii():
        return len(title.words)
    return sum(1 if word.isascii() else len(word) for word in title.words)


def packed(rows: Iterable[Row]) -> Portion:
    """The portion that the rows make."""
    made = Portion()
    profiles: list[bytes] = []
    outlines: list[bytes] = []
    for place, row in enumerate(rows):
        made.names.append(row.id)
        made.faults.append(row.fault)
        if row.subject is not None:
            ready = profile(row.subject)
            for block in map(hash, blocks_of(ready)):
                hashes, places = made.blocks[block % _SHARDS]
                hashes.append(block)
                places.append(place)
        profiles.append(ready.packed() if row.subject is not None else b"")
        outlines.append(outline(ready) if row.subject is not None else b"")
        made.keys.append(_key(ready) if row.subject is not None else _NO_KEY)
        made.weights.append(weight(row.subject.item, ready) if row.subject else 0)
    made.packed, made.outlines = Pieces(profiles), Pieces(outlines)
    return made


_NO_KEY = -1
"""What no value has for a hash."""


def _key(ready: Profile) -> int:
    if ready.title is None:
        return _NO_KEY
    return hash((ready.title.key, ready.families, ready.year, ready.volume))


class Profiles(Sequence[Profile]):
    """The profiles of all portions, unpacked when they are asked for."""

    def __init__(self, portions: Sequence[Portion], size: int) -> None:
        self._portions, self._size = portions, size
        self._held: dict[int, Profile] = {}

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> Profile: ...
    @overload
    def __getitem__(self, index: slice) -> list[Profile]: ...
    def __getitem__(self, index: int | slice) -> Profile | list[Profile]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(self._size))]
        found = self._held.get(index)
        if found is None:
            if len(self._held) >= _HELD:
                self._held.clear()
            number, place = divmod(index, PORTION)
            packed_one = self._portions[number].packed[place]
            found = self._held[index] = Profile.unpacked(packed_one)
        return found

    def outline(self, index: int) -> bytes:
        """What tells a record from most others; many pairs need no more to be read of it."""
        number, place = divmod(index, PORTION)
        return self._portions[number].outlines[place]


def portions(
    rows_of: Callable[[int], Iterable[Row]], count: int, jobs: int
) -> Iterator[tuple[int, Portion]]:
    """Round one: the portions, numbered, in the order in which they are done."""
    return parallel.each(lambda number: packed(rows_of(number)), count, jobs)


def judgements(made: Sequence[Portion], ready: Profiles, jobs: int) -> list[Judged]:
    """Rounds two and three: every candidate pair with its judgement, distinct ones left out."""
    same = _copies(made, ready)
    step = -(-len(ready) // _SHARDS) or 1
    paired: list[list[array[int]]] = [[] for _ in range(_SHARDS)]

    def pair(shard: int) -> list[array[int]]:
        return _pairs(made, ready, same, shard, step)

    for _, found in parallel.each(pair, _SHARDS, jobs):
        for range_, pairs in zip(paired, found, strict=True):
            range_.append(pairs)
    for portion in made:
        # A quarter of a gigabyte for a million records, of no use from here on.
        portion.blocks, portion.keys, portion.outlines = [], array("q"), Pieces()

    def told(number: int) -> list[Judged]:
        return _judged(ready, paired[number])

    judged = [one for _, some in parallel.each(told, _SHARDS, jobs) for one in some]
    return sorted([*judged, *_of_copies(ready, same)], key=lambda one: one[:2])


def _copies(made: Sequence[Portion], ready: Profiles) -> dict[int, int]:
    """Place of a copy → place of the first record of which it is one."""
    seen: set[int] = set()
    repeated: set[int] = set()
    for portion in made:
        for key in portion.keys:
            (repeated if key in seen else seen).add(key)
    first: dict[bytes, int] = {}
    found: dict[int, int] = {}
    for number, portion in enumerate(made):
        for place, key in enumerate(portion.keys, number * PORTION):
            if key == _NO_KEY or key not in repeated:
                continue
            if (of := first.setdefault(ready[place].digest, place)) != place:
                found[place] = of
    sure = {of: judge_copy(ready[of]) is not None for of in set(found.values())}
    return {place: of for place, of in found.items() if sure[of]}


def _of_copies(ready: Profiles, same: dict[int, int]) -> Iterator[Judged]:
    itself = {of: judge_copy(ready[of]) for of in set(same.values())}
    for place, of in same.items():
        if (judgement := itself[of]) is not None:
            yield of, place, judgement


def _pairs(
    made: Sequence[Portion], ready: Profiles, left_out: dict[int, int], shard: int, step: int
) -> list[array[int]]:
    """The pairs of the blocks of one shard that are worth judging, by the first one's range."""
    found: list[array[int]] = [array("Q") for _ in range(_SHARDS)]
    size = len(ready)
    for members in _shared(made, left_out, shard):
        for group in groups(members, ready):
            for i, j in worth_judging(group, ready.outline, ready):
                found[i // step].append(i * size + j)
    return found


def _shared(
    made: Sequence[Portion], left_out: dict[int, int], shard: int
) -> Iterator[Sequence[int]]:
    """The members of each block of a shard that two records or more share, in rising order."""
    alone: dict[int, int] = {}
    several: dict[int, list[int]] = {}
    for number, portion in enumerate(made):
        base = number * PORTION
        for block, place in zip(*portion.blocks[shard], strict=True):
            at = base + place
            if at in left_out:
                continue
            before = alone.setdefault(block, at)
            if before != at:
                several.setdefault(block, [before]).append(at)
    yield from several.values()


def _judged(ready: Profiles, paired: Iterable[array[int]]) -> list[Judged]:
    found = []
    size = len(ready)
    for pair in sorted(set().union(*paired)):
        i, j = divmod(pair, size)
        if (judgement := judge(ready[i], ready[j])) is not None:
            found.append((i, j, judgement))
    return found
