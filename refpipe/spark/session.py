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
        with _told(log):
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


def _defaults(master: str) -> dict[str, str]:
    common = {"spark.ui.showConsoleProgress": "false"}
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
def _told(log: Path) -> Iterator[None]:
    """Whatever Spark throws, as one of our errors that says where its log is."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as error:
        text = f"{error}\n{log.read_text('utf-8', 'replace') if log.exists() else ''}"
        raise RefpipeError(f"Spark gave up: {_reason(text)}", hint=_next(text, log)) from error


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


def _reason(text: str) -> str:
    """The line of all that Spark says that tells a person something: that of our own program."""
    found = _FAULT.findall(text)
    in_python = [line for line in found if not line.startswith(("org.", "java.", "py4j."))]
    return str(next(iter(in_python + found), text.strip().split("\n")[0]))[:300]


def _next(text: str, log: Path) -> str:
    page = "docs/how-to/dedupe-on-a-cluster.md"
    if "ModuleNotFoundError" in text or "PYTHON_VERSION_MISMATCH" in text:
        return f"The workers need the same Python with refpipe's parts; {page} tells how."
    if not log.exists():
        return f"What Spark says stands above; {page} tells what it needs."
    handle, name = tempfile.mkstemp(prefix="refpipe-spark-", suffix=".log")
    os.close(handle)
    shutil.copyfile(log, name)
    return f"Its log is in {name}; --verbose shows it as it runs."
