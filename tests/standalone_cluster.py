"""A Spark master and its workers on this machine, each a process of its own."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_CLASS = "org.apache.spark.deploy."


@dataclass(slots=True)
class Cluster:
    """The address of the master, the processes of the workers, and all of them."""

    master: str
    processes: list[subprocess.Popen[bytes]]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def kill(self, worker: int) -> None:
        """Kill a worker and what it started, as when a machine is switched off."""
        _end(self.workers[worker])


@contextlib.contextmanager
def cluster(
    folder: Path, *, workers: int = 2, cores: int = 1, environment: Mapping[str, str] | None = None
) -> Iterator[Cluster]:
    """A cluster for as long as it is used; its logs are in the folder."""
    started: list[subprocess.Popen[bytes]] = []
    try:
        log = folder / "master.log"
        options = ("--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        started.append(_start(log, environment, _CLASS + "master.Master", *options))
        master = _said(log, r"Starting Spark master at (spark://\S+)")
        found = Cluster(master, started)
        for number in range(workers):
            log = folder / f"worker{number}.log"
            worker = _start(
                log, environment, _CLASS + "worker.Worker", "--host", "127.0.0.1",
                "--webui-port", "0", "--cores", str(cores), "--memory", "2g",
                "--work-dir", str(folder / f"work{number}"), master,
            )  # fmt: skip
            started.append(worker)
            found.workers.append(worker)
        for number in range(workers):
            _said(folder / f"worker{number}.log", r"(Successfully registered with master)")
        yield found
    finally:
        for process in reversed(started):
            _end(process)


def _start(
    log: Path, environment: Mapping[str, str] | None, *arguments: str
) -> subprocess.Popen[bytes]:
    import pyspark

    home = Path(str(pyspark.__file__)).parent
    with log.open("wb") as file:
        return subprocess.Popen(
            [str(home / "bin" / "spark-class"), *arguments],
            stdout=file,
            stderr=file,
            env={**os.environ, "SPARK_HOME": str(home), **(environment or {})},
            start_new_session=True,
        )


def _said(log: Path, pattern: str) -> str:
    """What a process says of itself, once it has said it."""
    for _ in range(1200):
        found = re.search(pattern, log.read_text("utf-8", "replace"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise TimeoutError(log.read_text("utf-8", "replace")[-2000:])


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
