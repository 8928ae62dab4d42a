"""The engine: which rows of a file are one work, which of them to keep, and why."""

from __future__ import annotations

import contextlib
import dataclasses
import gc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from refpipe.dedupe import parallel
from refpipe.dedupe.rows import Row
from refpipe.match import Judgement, Subject, united
from refpipe.model import Item, Verdict


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


def _run(rows: Iterable[Row], jobs: int) -> Outcome:
    kept: list[Row] = []
    weights: list[int] = []

    def subjects() -> Iterator[Subject]:
        for row in rows:
            kept.append(dataclasses.replace(row, subject=None))
            if row.subject is not None:
                weights.append(weight(row.subject.item))
                yield row.subject

    cores = jobs or parallel.cores()
    ready = list(parallel.profiles(subjects(), cores))
    judged = parallel.judgements(ready, cores if jobs or len(ready) >= parallel.MANY else 1)
    readable = [number for number, row in enumerate(kept) if not row.fault]
    ties = [Tie(a=readable[i], b=readable[j], judgement=told) for i, j, told in judged]
    clusters = [[readable[i] for i in cluster] for cluster in united(ready, judged)]
    return _outcome(kept, clusters, ties, dict(zip(readable, weights, strict=True)))


def weight(item: Item) -> int:
    """How much a record says; a DOI counts most, since everything else follows from it."""
    filled = sum(1 for value in item.values() if value)
    return filled + 5 * bool(item.get("DOI")) + len(str(item.get("title") or "")) // 20


def _outcome(
    rows: Sequence[Row],
    clusters: Sequence[Sequence[int]],
    ties: Sequence[Tie],
    weights: dict[int, int],
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


def _group(cluster: Sequence[int], ties: Sequence[Tie], weights: dict[int, int]) -> Group:
    kept = max(cluster, key=lambda row: (weights[row], -row))
    removed = tuple(row for row in cluster if row != kept)
    matches = tuple(tie for tie in ties if tie.judgement.verdict is Verdict.MATCH)
    return Group(kept=kept, removed=removed, ties=matches)


def reason(group: Group, removed: int) -> Tie:
    """The tie that best says why a row was left out: to the kept row where there is one."""
    own = [tie for tie in group.ties if removed in {tie.a, tie.b}]
    direct = [tie for tie in own if group.kept in {tie.a, tie.b}]
    return (direct or own)[0]
