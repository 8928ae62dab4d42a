"""The engine: which rows of a file are one work, which of them to keep, and why."""

from __future__ import annotations

import contextlib
import dataclasses
import gc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from refpipe import parallel
from refpipe.dedupe import shards
from refpipe.dedupe.rows import Lines, Row, named
from refpipe.dedupe.shards import Portion
from refpipe.match import Judgement, united
from refpipe.model import Verdict


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
    made: list[Portion] = [Portion()] * -(-size // shards.PORTION)

    def rows_of(number: int) -> Iterable[Row]:
        start, stop = number * shards.PORTION, (number + 1) * shards.PORTION
        return source.rows(start, stop) if isinstance(source, Lines) else source[start:stop]

    for number, portion in shards.portions(rows_of, len(made), cores):
        made[number] = portion
    ready = shards.Profiles(made, size)
    judged = shards.judgements(made, ready, cores)
    ties = [Tie(a=i, b=j, judgement=told) for i, j, told in judged]
    weights = [weight for portion in made for weight in portion.weights]
    return _outcome(_kept(source, made), united(ready, judged), ties, weights)


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
