"""A session with Spark: on this machine, or with a master elsewhere; its faults in words.

Spark writes its own log to the streams of the process that starts it.  Here it goes to a file,
which is named where something fails, or to stderr where the person asks for it.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from refpipe.errors import RefpipeError, UsageError

JAVA = 17
"""The oldest Java that Spark 4 runs on."""
PATIENCE = 300
"""Seconds to wait for the first worker of a cluster."""
_PACKAGE = Path(__file__).parents[1]
_ON_THIS_MACHINE = re.compile(r"local(?:\[.*\])?$")
_Say = Callable[[str], None]


@contextlib.contextmanager
def connected(
    master: str | None, settings: Mapping[str, str], *, is_verbose: bool, say: _Say
) -> Iterator[Any]:
    """A session for as long as it is used.

    Raises UsageError for what the person can set right (no Java, no PySpark, nobody at the
    address, workers without what is needed), RefpipeError where Spark gives up.
    """
    _need_pyspark()
    _need_java()
    if master is None:
        # Whoever started us with spark-submit has said where.
        master = "" if "PYSPARK_GATEWAY_PORT" in os.environ else "local[*]"
    _need_master(master)
    with tempfile.TemporaryDirectory(prefix="refpipe-spark-") as folder:
        log = Path(folder) / "log"
        with _told(log, master, settings):
            with contextlib.nullcontext() if is_verbose else _streams_to(log):
                session = _started(master, settings)
            session.sparkContext.setLogLevel("WARN" if is_verbose else "ERROR")
            try:
                _make_ready(session, master, Path(folder), say)
                yield session
            finally:
                with contextlib.suppress(Exception):
                    session.stop()


# ── what has to be there ──


def _need_pyspark() -> None:
    if importlib.util.find_spec("pyspark") is None:
        raise UsageError(
            "--engine spark needs PySpark, which is not installed",
            hint="pip install 'refpipe[spark]'",
        )


def _need_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    how = (
        f"Install Java {JAVA} or newer (Debian, Ubuntu: apt install openjdk-{JAVA}-jre-headless; "
        f"macOS: brew install openjdk@{JAVA}), or name one in JAVA_HOME."
    )
    if home and not Path(str(java)).exists():
        raise UsageError(f"Spark needs Java, and there is none in JAVA_HOME ({home})", hint=how)
    if java is None:
        raise UsageError("Spark needs Java, and there is none here", hint=how)
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr  # noqa: S603
    version = re.search(r'version "(?:1\.)?(\d+)', told)
    if version and int(version[1]) < JAVA:
        raise UsageError(f"Spark needs Java {JAVA} or newer; {java} is {version[1]}", hint=how)


def _need_master(master: str) -> None:
    """Ask at the address before Spark does, who asks for a minute and tells it in its own way."""
    if not master.startswith("spark://"):
        return
    addresses = master.removeprefix("spark://").split(",")
    faults = []
    for address in addresses:
        host, _, port = address.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=5).close()
        except ValueError:
            raise UsageError(
                f"{master} is no address of a master", hint="It reads spark://HOST:7077"
            ) from None
        except OSError as error:
            faults.append(f"{address}: {error.strerror or error}")
        else:
            return
    raise UsageError(
        f"no Spark master answers at {master} ({'; '.join(faults)})",
        hint="Start it (sbin/start-master.sh prints its address), or work on this machine "
        "without --master.",
    )


# ── the start ──


def _started(master: str, settings: Mapping[str, str]) -> Any:
    from pyspark.sql import SparkSession

    if _ON_THIS_MACHINE.match(master):
        # Spark asks the path for "python3", which need not be the one that has refpipe.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("refpipe dedupe")
    if master:
        builder = builder.master(master)
    for name, value in {**_defaults(master), **settings}.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


_BOUNDED = {
    # A task has as many pages as it has sorts and counts at once, each from its first record on,
    # and Spark would make them so large that a task has room for two to four of them.
    "spark.buffer.pageSize": "1m",
    # What a task writes to disk is held until the writer forgets it: a hundred batches of 4 MB.
    "spark.serializer.objectStreamReset": "1",
    # No task reads more than this of a file that can be read from its middle.
    "spark.sql.files.maxPartitionBytes": "16m",
    # Nor is a table that looks small held whole by every worker, beside all that is counted.
    "spark.sql.autoBroadcastJoinThreshold": "-1",
}
"""What makes the memory of a task independent of the number of records."""


def _defaults(master: str) -> dict[str, str]:
    common = {"spark.ui.showConsoleProgress": "false", **_BOUNDED}
    if not _ON_THIS_MACHINE.match(master):
        return common
    return common | {
        "spark.driver.memory": "2g",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
    }


def _make_ready(session: Any, master: str, folder: Path, say: _Say) -> None:
    context = session.sparkContext
    if _ON_THIS_MACHINE.match(context.master):
        return
    # The workers compare with the very program that runs here.
    context.addPyFile(str(_zipped(folder)))
    if master.startswith("spark://"):
        _wait_for_workers(context, master, say)
    _try_workers(context)


def _zipped(folder: Path) -> Path:
    whole = folder / "refpipe.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(_PACKAGE.rglob("*.py")):
            archive.write(file, Path("refpipe") / file.relative_to(_PACKAGE))
    return whole


def _wait_for_workers(context: Any, master: str, say: _Say) -> None:
    known = context._jsc.sc()  # noqa: SLF001 — PySpark has no name of its own for it
    for second in range(PATIENCE):
        if known.getExecutorMemoryStatus().size() > 1:
            return
        if second == 10:
            say(f"{master} has no worker free; waiting for one")
        time.sleep(1)
    raise RefpipeError(
        f"{master} gave no worker within {PATIENCE // 60} minutes",
        hint="Its page (port 8080) shows its workers, and who has their cores and memory; "
        "--conf spark.executor.memory=… and spark.cores.max=… ask for less.",
    )


def _try_workers(context: Any) -> None:
    """Have the workers import what they need, before any work is done."""
    from refpipe.spark.records import is_here

    parts = max(context.defaultParallelism, 2)
    context.parallelize(range(parts), parts).foreach(is_here)


# ── what is said ──


@contextlib.contextmanager
def _told(log: Path, master: str, settings: Mapping[str, str]) -> Iterator[None]:
    """Whatever Spark throws, as one of our errors that says where its log is."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as error:
        said = _words(error)
        written = log.read_text("utf-8", "replace") if log.exists() else ""
        end = _end_of_java(is_near=not said)
        if end == -signal.SIGKILL:
            raise RefpipeError("Spark gave up: its Java was killed", hint=_no_room(log)) from error
        text = f"{said}\n{written}"
        if end == _OUT_OF_MEMORY or _IS_OF_MEMORY.search(said or written):
            setting = _setting_of_memory(master, said)
            now = {**_defaults(master), **settings}.get(setting, "1g")
            fault = f"Spark ran out of memory: {_reason(text, _IS_OF_MEMORY)}"
            raise RefpipeError(fault, hint=_more(setting, now, log)) from error
        raise RefpipeError(f"Spark gave up: {_reason(text)}", hint=_next(text, log)) from error


@contextlib.contextmanager
def heard() -> Iterator[None]:
    """Rows as they come from Java; that it has gone meanwhile is an error of Spark's.

    Without this it would look like the end of our own output, which is no fault.
    """
    from py4j.protocol import Py4JNetworkError

    try:
        yield
    except (ConnectionError, EOFError) as error:
        raise Py4JNetworkError("Java has gone") from error


def _words(error: Exception) -> str:
    """What an error says; nothing where Java, who is asked for it, has gone."""
    from py4j.protocol import Py4JNetworkError

    if isinstance(error, Py4JNetworkError):
        return ""
    with contextlib.suppress(Py4JNetworkError, ConnectionError):
        return str(error)
    return ""


_OUT_OF_MEMORY = 52
"""The code with which Spark ends a Java that has no memory left."""
_IS_OF_MEMORY = re.compile(r"OutOfMemory|[A-Z]_MEMORY\b|exited with code 52\b")


def _end_of_java(*, is_near: bool) -> int | None:
    """The exit code of the Java that was started here; None where it runs, or was there before."""
    from pyspark import SparkContext

    process = getattr(SparkContext._gateway, "proc", None)  # noqa: SLF001 — its only way
    if process is None:
        return None
    with contextlib.suppress(subprocess.TimeoutExpired):
        return int(process.wait(timeout=10 if is_near else 0))
    return None


def _setting_of_memory(master: str, said: str) -> str:
    """Whose memory it was: on this machine all is done by the process that asks."""
    is_of_worker = not _ON_THIS_MACHINE.match(master) and "stage failure" in said
    return "spark.executor.memory" if is_of_worker else "spark.driver.memory"


def _more(setting: str, now: str, log: Path) -> str:
    size = re.fullmatch(r"(\d+)(\D*)", now.strip())
    more = f"{2 * int(size[1])}{size[2]}" if size else "4g"
    return f"It had {now}. Give it more: --conf {setting}={more}{_log_of(log)}"


def _no_room(log: Path) -> str:
    return (
        "Machines do that when their memory is short: end other programs, or take fewer cores "
        f"(--master 'local[1]'){_log_of(log)}"
    )


@contextlib.contextmanager
def _streams_to(log: Path) -> Iterator[None]:
    """Programs that are started here write into a file.

    Java keeps the streams that it was started with; ours are our own again afterwards.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    own = [(number, os.dup(number)) for number in (1, 2) if _is_open(number)]
    with log.open("ab") as file:
        for number, _ in own:
            os.dup2(file.fileno(), number)
    try:
        yield
    finally:
        for number, kept in own:
            os.dup2(kept, number)
            os.close(kept)


def _is_open(number: int) -> bool:
    with contextlib.suppress(OSError):
        os.fstat(number)
        return True
    return False


_FAULT = re.compile(r"^\s*((?:[\w.]+\.)?\w*(?:Error|Exception): .+)$", re.MULTILINE)


def _reason(text: str, telling: re.Pattern[str] | None = None) -> str:
    """The line of all that Spark says that tells a person something: that of our own program.

    Where it is known what it is about, a line that tells of that.
    """
    found = _FAULT.findall(text)
    if telling:
        found = [line for line in found if telling.search(line)] or found
    in_python = [line for line in found if not line.startswith(("org.", "java.", "py4j."))]
    return str(next(iter(in_python + found), text.strip().split("\n")[0]))[:300]


def _next(text: str, log: Path) -> str:
    page = "docs/how-to/dedupe-on-a-cluster.md"
    if "ModuleNotFoundError" in text or "PYTHON_VERSION_MISMATCH" in text:
        return f"The workers need the same Python with refpipe's parts; {page} tells how."
    if not log.exists():
        return f"What Spark says stands above; {page} tells what it needs."
    return f"Its log is in {_kept(log)}; --verbose shows it as it runs."


def _log_of(log: Path) -> str:
    return f"; its log is in {_kept(log)}" if log.exists() else ""


def _kept(log: Path) -> str:
    """The name of a copy of the log that stays."""
    handle, name = tempfile.mkstemp(prefix="refpipe-spark-", suffix=".log")
    os.close(handle)
    shutil.copyfile(log, name)
    return name
