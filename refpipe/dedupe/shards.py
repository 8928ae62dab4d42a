"""The candidate pairs of a large file and what the rules say of them, a shard at a time.

Three rounds, each of tasks that may run on any core: portions of the file are read and packed;
shards of the blocks give pairs; ranges of the pairs are judged.  Between the rounds there are
only arrays of numbers and packed profiles, so that a million records take little memory, and
no round depends on how many processes share it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import overload

from refpipe import parallel
from refpipe.dedupe.rows import Row
from refpipe.match import (
    Judgement,
    Profile,
    blocks_of,
    groups,
    judge,
    judge_copy,
    profile,
)
from refpipe.model import Item

Judged = tuple[int, int, Judgement]

PORTION = 4_000
"""Records that are read and packed together."""
_SHARDS = 32
_HELD = 40_000
"""Profiles that a process keeps unpacked."""


@dataclass(slots=True)
class Portion:
    """What is kept of some records: names, faults, packed profiles, and their blocks by shard."""

    names: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    weights: array[int] = field(default_factory=lambda: array("H"))
    packed: bytes = b""
    ends: array[int] = field(default_factory=lambda: array("I"))
    digests: list[bytes] = field(default_factory=list)
    blocks: list[tuple[array[int], array[int]]] = field(
        default_factory=lambda: [(array("q"), array("H")) for _ in range(_SHARDS)]
    )
    """For each shard the hashes of blocks, and beside each the record's place in the portion."""


def weight(item: Item) -> int:
    """How much a record says; a DOI counts most, since everything else follows from it."""
    filled = sum(1 for value in item.values() if value)
    return filled + 5 * bool(item.get("DOI")) + len(str(item.get("title") or "")) // 20


def packed(rows: Iterable[Row]) -> Portion:
    """The portion that the rows make."""
    made = Portion()
    pieces: list[bytes] = []
    end = 0
    for place, row in enumerate(rows):
        made.names.append(row.id)
        made.faults.append(row.fault)
        if row.subject is not None:
            ready = profile(row.subject)
            for block in map(hash, blocks_of(ready)):
                hashes, places = made.blocks[block % _SHARDS]
                hashes.append(block)
                places.append(place)
            pieces.append(ready.packed())
            end += len(pieces[-1])
        made.digests.append(ready.digest if row.subject is not None and ready.title else b"")
        made.weights.append(min(weight(row.subject.item), 65_535) if row.subject else 0)
        made.ends.append(end)
    made.packed = b"".join(pieces)
    return made


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
            portion = self._portions[number]
            start = portion.ends[place - 1] if place else 0
            packed_one = portion.packed[start : portion.ends[place]]
            found = self._held[index] = Profile.unpacked(packed_one)
        return found


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
        # A tenth of a gigabyte for a million records, of no use from here on.
        portion.blocks, portion.digests = [], []

    def told(number: int) -> list[Judged]:
        return _judged(ready, paired[number])

    judged = [one for _, some in parallel.each(told, _SHARDS, jobs) for one in some]
    return sorted([*judged, *_of_copies(ready, same)], key=lambda one: one[:2])


def _copies(made: Sequence[Portion], ready: Profiles) -> dict[int, int]:
    """Place of a copy → place of the first record of which it is one."""
    first: dict[bytes, int] = {}
    found: dict[int, int] = {}
    for number, portion in enumerate(made):
        for place, digest in enumerate(portion.digests, number * PORTION):
            if digest and (of := first.setdefault(digest, place)) != place:
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
    """The pairs of the blocks of one shard, by the range in which the first of the two stands."""
    found: list[array[int]] = [array("Q") for _ in range(_SHARDS)]
    size = len(ready)
    for members in _shared(made, left_out, shard):
        for group in groups(members, ready):
            for i, j in combinations(group, 2):
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
