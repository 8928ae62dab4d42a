"""Profiles and judgements on several cores: the same for every number of them.

The workers are forks of this process, so that what is ready need not be sent to them.  Where
processes cannot fork, all is done in this one.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from multiprocessing.connection import Connection
from typing import TypeVar

from refpipe import match
from refpipe.match import Judgement, Profile, Subject

Judged = tuple[int, int, Judgement]
_T = TypeVar("_T")

MANY = 20_000
"""Records from which on several cores are worth their start."""
_PORTION = 16_000


def cores() -> int:
    """How many cores this process may use, 1 where it cannot fork."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def profiles(subjects: Iterable[Subject], jobs: int) -> Iterator[Profile]:
    """The profiles of the subjects, in their order; they are read a portion at a time."""
    waiting = iter(subjects)
    while portion := list(islice(waiting, _PORTION)):
        if jobs == 1 or len(portion) < _PORTION:
            yield from map(match.profile, portion)
            continue
        step = -(-len(portion) // jobs)
        slices = [portion[start : start + step] for start in range(0, len(portion), step)]

        def of_part(part: int, parts: Sequence[Sequence[Subject]] = slices) -> list[Profile]:
            return [match.profile(subject) for subject in parts[part]]

        for ready in _forked(of_part, len(slices)):
            yield from ready


def judgements(ready: Sequence[Profile], jobs: int) -> list[Judged]:
    """Every candidate pair with its judgement, distinct ones left out, by place."""
    if jobs == 1 or len(ready) < jobs:
        found = list(match.judgements(ready))
    else:

        def of_part(part: int) -> list[Judged]:
            return list(match.judgements(ready))[part::jobs]

        found = [one for told in _forked(of_part, jobs) for one in told]
    return sorted(found, key=lambda judged: judged[:2])


def _forked(work: Callable[[int], _T], parts: int) -> Iterator[_T]:
    """What ``work`` gives for each part, done in as many processes; the last part is done here."""
    context = multiprocessing.get_context("fork")
    started = []
    for part in range(parts - 1):
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_send, args=(work, part, there), daemon=True)
        process.start()
        there.close()
        started.append((part, process, here))
    last = work(parts - 1)
    for part, process, here in started:
        try:
            yield here.recv()
        except EOFError:
            # A worker that was killed, for want of memory perhaps, costs time and no result.
            yield work(part)
        process.join()
    yield last


def _send(work: Callable[[int], object], part: int, there: Connection) -> None:
    there.send(work(part))
    there.close()
