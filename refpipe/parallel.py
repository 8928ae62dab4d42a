"""Tasks done on several cores: the same results for every number of them.

The workers are forks of this process, so that what is ready need not be sent to them.  Where
processes cannot fork, all is done in this one.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

_T = TypeVar("_T")


def cores() -> int:
    """How many cores this process may use, 1 where it cannot fork."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(work: Callable[[int], _T], tasks: int, jobs: int) -> Iterator[tuple[int, _T]]:
    """The number and the result of each task, as it is done, by ``jobs`` processes.

    A worker that was killed, for want of memory perhaps, costs time and no result: what it owes
    is done here.
    """
    if jobs == 1 or tasks <= 1:
        for task in range(tasks):
            yield task, work(task)
        return
    owed = set(range(tasks))
    for task, result in _received(_started(work, tasks, min(jobs, tasks))):
        owed.discard(task)
        yield task, result
    for task in sorted(owed):
        yield task, work(task)


def _started(
    work: Callable[[int], _T], tasks: int, jobs: int
) -> dict[Connection, multiprocessing.Process]:
    context: Any = multiprocessing.get_context("fork")
    started = {}
    for number in range(jobs):
        here, there = context.Pipe(duplex=False)
        process = context.Process(
            target=_send, args=(work, tasks, number, jobs, there), daemon=True
        )
        process.start()
        there.close()
        started[here] = process
    return started


def _send(
    work: Callable[[int], object], tasks: int, number: int, jobs: int, to: Connection
) -> None:
    """The worker: its tasks in turn; the first process meets a fault when it does that task."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(Exception):
        for task in range(number, tasks, jobs):
            to.send((task, work(task)))
    to.close()


def _received(started: dict[Connection, multiprocessing.Process]) -> Iterator[Any]:
    try:
        while started:
            for ready in wait(list(started)):
                assert isinstance(ready, Connection)  # noqa: S101
                try:
                    yield ready.recv()
                except EOFError:
                    started.pop(ready).join()
    finally:
        for process in started.values():
            process.terminate()
