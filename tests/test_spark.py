"""Spark finds what one machine finds, word for word, whatever is read and whoever dies.

``make test-spark`` runs it, with Java 17 and PySpark 4; ``REFPIPE_SPARK_ALL=1`` takes each of the
labelled sets by itself as well, and the largest whole.
"""

from __future__ import annotations

import gzip
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refpipe import cli, dedupe, match
from refpipe.errors import RefpipeError
from refpipe.items.exchange import ris
from refpipe.match import candidate_pairs

pytest.importorskip("pyspark", reason="PySpark is not installed: pip install 'refpipe[spark]'")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("there is no Java here", allow_module_level=True)

from py4j.protocol import Py4JError, Py4JNetworkError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame
from standalone_cluster import Cluster, cluster

from refpipe.spark import beside, clusters, deduplicated, records, session

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore::ResourceWarning")]

SHARED = Path(os.environ.get("REFPIPE_SHARED") or Path(__file__).parents[2] / "shared")
SETS = SHARED / "data" / "dedup"
NAMES = sorted(path.name.removesuffix(".jsonl.gz") for path in SETS.glob("*.jsonl.gz"))
QUICK = "local[2]"
WORDS = ("cohort", "posture", "walking", "therapy", "imaging", "muscle", "fatigue", "腰痛", "歩行")


def nobody(message: str) -> None:
    """Nobody listens."""


def told(found: dedupe.Findings) -> tuple[str, str, str]:
    """All that a report says, in each of its forms."""
    text = "\n".join(dedupe.as_text(found, "ja"))
    return "".join(dedupe.as_json(found)), text, "".join(dedupe.clusters_text(found))


def here(*files: Path) -> tuple[str, str, str]:
    return told(dedupe.findings(dedupe.run(dedupe.read(*files), jobs=1)))


def on_spark(
    *files: Path, master: str = QUICK, settings: Mapping[str, str] | None = None
) -> tuple[str, str, str]:
    names = [str(file) for file in files]
    with deduplicated(
        names, out=None, master=master, settings=settings or {}, is_verbose=False, say=nobody
    ) as done:
        return told(done.findings)


def made(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Records of which many share a block, say the same, say little, or have one id."""
    chance = random.Random(seed)
    table = []
    for number in range(count):
        words = chance.sample(WORDS, 4)
        row = {
            "id": str(number),
            "author": f"{chance.choice(['Abe', 'Ito', 'Ota'])}, K.; {chance.choice('LMNO')}ori, Y.",
            "title": f"Cohort posture walking therapy {' '.join(words)} {number % (count // 2)}",
            "container": chance.choice(["Spine", "Spine J", "Gait and Posture"]),
            "year": str(2000 + number % 7),
            "volume": str(number % 5),
            "pages": f"{number * 3}-{number * 3 + 4}",
            "doi": f"10.1000/{number}" if chance.random() < 0.3 else "",
        }
        table.append(row)
    for number, row in enumerate(chance.sample(table, count // 4)):
        like = dict(row, id=chance.choice([row["id"], f"c{number}"]))
        if chance.random() < 0.5:
            like |= {"title": row["title"].upper(), "doi": ""}
        table.append(like)
    table += [dict(table[0], id=f"same{number}") for number in range(90)]
    table += [{"title": "Editorial", "year": "2001"} for _ in range(70)]
    table += [{"author": "Abe, K.", "container": "Spine", "volume": "3", "pages": "9-13"}] * 3
    chance.shuffle(table)
    return table


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of such records, with lines between them that cannot be read."""
    lines = [json.dumps(row, ensure_ascii=False) for row in made(300)]
    lines[5:5] = ["", "  ", "{oh dear", "[1, 2]", '"\\ud800"']
    file = tmp_path_factory.mktemp("odd") / "odd 表.jsonl"
    file.write_text("\ufeff" + "\r\n".join(lines), encoding="utf-8", newline="")
    return file


# ── what needs no Java ──


@given(st.lists(st.lists(st.integers(0, 3), max_size=7), max_size=6))
def test_neighbours_are_found_across_parts_of_any_size(parts: list[list[int]]) -> None:
    count = itertools.count()
    placed = [[(key, next(count)) for key in sorted(part)] for part in parts]
    whole = [place for part in placed for place in part]
    ends = [last for n, part in enumerate(placed) for _, last in clusters._last(n, part)]
    before = clusters._before(ends)
    found = [pair for n, part in enumerate(placed) for pair in clusters._near(before, n, part)]
    near = candidate_pairs.NEIGHBOURS
    wanted = [
        (i, j) for key, i in whole for other, j in whole if key == other and i < j <= i + near
    ]
    assert sorted(found) == sorted(wanted)


def test_records_that_meet_in_several_groups_are_judged_once() -> None:
    ready = [
        match.profile(one.subject)
        for number, row in enumerate(made(60))
        if (one := dedupe.jsonl_row(json.dumps(row), number)).subject
    ]
    chance = random.Random(7)
    groups = {key: chance.sample(range(len(ready)), 20) for key in range(-9, 9)}
    keys = {n: [key for key, group in groups.items() if n in group] for n in range(len(ready))}
    members = [
        (key, n, keys[n], bytearray(ready[n].packed()))
        for key, group in groups.items()
        for n in group
    ]
    met = {
        tuple(sorted(pair)) for some in groups.values() for pair in itertools.combinations(some, 2)
    }
    wanted = [(a, b) for a, b in sorted(met) if match.judge(ready[a], ready[b])]
    found = sorted((a, b) for a, b, _, _ in clusters._of_groups(members))
    assert found == wanted
    assert len(wanted) > 10, "the test has something to find"


ENTRY = ["TY  - JOUR", "TI  - A b", "AU  - C", "ER  - ", "ER  -", "", "ID  - 5", " go on", "TY - X"]


@given(st.lists(st.sampled_from(ENTRY), max_size=25), st.sampled_from(["\n", "\r\n"]))
def test_a_ris_file_in_pieces_has_the_same_entries(lines: list[str], end: str) -> None:
    class Piece:
        def __init__(self, value: str) -> None:
            self.value = value.encode()

    text = end.join(lines)
    pieces = [Piece(value) for value in text.split("\nTY  -")]
    in_pieces = list(ris.entry_blocks(records._lines(pieces)))
    assert in_pieces == list(ris.entry_blocks(text.splitlines()))


def test_what_was_left_out_goes_beside() -> None:
    assert beside("hdfs://h/a.b/clean.jsonl/") == "hdfs://h/a.b/clean.removed.jsonl"
    assert beside("clean") == "clean.removed"


# ── on this machine ──


def test_odd_records(odd: Path) -> None:
    # Small blocks of the file: lines that run over their ends, and numbers in every block.
    settings = {"spark.sql.files.maxPartitionBytes": "9000", "spark.sql.shuffle.partitions": "3"}
    assert on_spark(odd, settings=settings) == here(odd)


def test_ten_thousand_records(tmp_path: Path) -> None:
    if "depression" not in NAMES:
        pytest.skip("the labelled sets are not here")
    file = tmp_path / "records.jsonl"
    with gzip.open(SETS / "depression.jsonl.gz", "rt", encoding="utf-8") as lines:
        file.write_text("".join(itertools.islice(lines, 10_000)), encoding="utf-8")
    assert on_spark(file) == here(file)


def test_several_files_as_one_and_what_is_written(
    odd: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = odd.read_text("utf-8").split("\n")
    files = [tmp_path / "b.jsonl", tmp_path / "a.jsonl"]
    for file, part in zip(files, (lines[:100], lines[100:]), strict=True):
        file.write_text("\n".join(part), encoding="utf-8", newline="")
    common = [str(file) for file in files] + ["--format", "json"]
    for engine in ("local", "spark"):
        (tmp_path / engine).mkdir()
        out = str(tmp_path / engine / "out.jsonl")
        found = str(tmp_path / engine / "clusters.json")
        master = ["--master", QUICK] if engine == "spark" else []
        arguments = [*common, "--engine", engine, *master, "--out", out, "--clusters", found]
        assert cli.run(["dedupe", *arguments]) == cli.FINDINGS
        said = capfd.readouterr()
        (tmp_path / engine / "report.json").write_text(said.out, encoding="utf-8")
        assert f"{files[0]}:" in said.err
        assert "WARN" not in said.err
    for name in ("report.json", "clusters.json"):
        assert (tmp_path / "spark" / name).read_bytes() == (tmp_path / "local" / name).read_bytes()
    for name in ("out.jsonl", "out.removed.jsonl"):
        parts = sorted((tmp_path / "spark" / name).glob("part-*"))
        whole = b"".join(part.read_bytes() for part in parts)
        assert whole == (tmp_path / "local" / name).read_bytes()


def test_ris(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    entries = []
    for row in made(60):
        tags = {"ID": "id", "TI": "title", "JO": "container", "PY": "year", "VL": "volume"}
        told = [f"{tag}  - {row[name]}" for tag, name in tags.items() if row.get(name)]
        people = [f"AU  - {name}" for name in row.get("author", "").split("; ") if name]
        entries.append("\n".join(["TY  - JOUR", *told, *people, "ER  - ", ""]))
    entries[3] = "TY  - \nER  - \n"
    file = tmp_path / "a.ris"
    file.write_text("\n".join(entries), encoding="utf-8")
    for engine in ("local", "spark"):
        master = ["--master", QUICK] if engine == "spark" else []
        out = str(tmp_path / f"{engine}.ris")
        assert cli.run(["dedupe", str(file), "--engine", engine, *master, "--out", out]) == 1
        (tmp_path / f"{engine}.txt").write_text(capfd.readouterr().out, encoding="utf-8")
    assert (tmp_path / "spark.txt").read_bytes() == (tmp_path / "local.txt").read_bytes()
    for name in ("{}.ris", "{}.removed.ris"):
        parts = sorted((tmp_path / name.format("spark")).glob("part-*"))
        whole = b"".join(part.read_bytes() for part in parts)
        assert whole == (tmp_path / name.format("local")).read_bytes()


def test_squeezed_files_in_a_folder_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    lines = [json.dumps(row) + "\n" for row in made(40)]
    folder, plain = tmp_path / "in.jsonl", [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for file, part in zip(plain, (lines[:20], lines[20:]), strict=True):
        file.write_text("".join(part), encoding="utf-8")
    folder.mkdir()
    (folder / "b.jsonl").write_bytes(plain[1].read_bytes())
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(plain[0].read_bytes()))
    found = [
        part.replace(f"{folder}/", "").replace("jsonl.gz", "jsonl") for part in on_spark(folder)
    ]
    assert found == [part.replace(f"{tmp_path}/", "") for part in here(*plain)]


def test_parquet_keeps_its_columns_and_what_is_not_utf_8_its_bytes(tmp_path: Path) -> None:
    rows = [row | {"seen": 7} for row in made(40)]
    file = tmp_path / "a.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    broken = tmp_path / "b 100% 表.jsonl"
    broken.write_bytes(b'{"title": "\xff\xfe"}\n')
    with deduplicated(
        [str(file), str(broken)], out=None, master=QUICK, settings={}, is_verbose=False, say=nobody
    ) as done:
        unreadable = [(row.file, row.line, row.fault) for row in done.findings.unreadable]
        assert unreadable == [(str(broken), 1, "not UTF-8 (byte 11)")]
        done.write(str(tmp_path / "kept.jsonl"))
        kept = b"".join(p.read_bytes() for p in sorted((tmp_path / "kept.jsonl").glob("part-*")))
        assert kept.endswith(broken.read_bytes()), "a record that cannot be read is kept as it is"
        spark = done._records.table.sparkSession
        spark.read.json(str(file)).coalesce(1).write.parquet(str(tmp_path / "a.parquet"))
    with deduplicated(
        [str(tmp_path / "a.parquet")], out=None, master=QUICK, settings={}, is_verbose=False,
        say=nobody,
    ) as done:  # fmt: skip
        assert told(done.findings)[2] == here(file)[2]
        done.write(str(tmp_path / "kept.parquet"))
        spark = done._records.table.sparkSession
        whole = spark.read.parquet(str(tmp_path / "kept.parquet"))
        assert dict(whole.dtypes)["seen"] == "bigint"
        ids = [row.id for row in whole.where("duplicates is not null").collect()]
        removed = sum(len(row.duplicates or ()) for row in whole.collect())
        assert ids
        assert whole.count() + removed == len(rows)


def test_whatever_is_connected_has_one_root() -> None:
    chance = random.Random(3)
    chain = [(n + 1, n) for n in range(300, 420)]
    star = [(n, 500) for n in range(501, 560)]
    loose = [tuple(sorted(chance.sample(range(200), 2), reverse=True)) for _ in range(150)]
    edges = sorted({*chain, *star, *loose})
    root = {n: n for edge in edges for n in edge}
    for _ in root:
        for a, b in edges:
            root[a] = root[b] = min(root[a], root[b])
    with session.connected(QUICK, {}, is_verbose=False, say=nobody) as spark:
        edges_on_spark = spark.sparkContext.parallelize(edges, 3)
        assert dict(clusters.components(edges_on_spark, 3).collect()) == root


def test_what_is_left_to_divide_carries_no_plan_of_how_it_came_about() -> None:
    """It is used twice in each step, so the plan of the last one would hold the first 16 times.

    Spark tells of a plan with all that the rows came from, as its history server shows it.
    """
    with session.connected(QUICK, {}, is_verbose=False, say=nobody) as spark:
        told = spark._jvm.org.apache.spark.sql.execution.SparkPlanInfo

        def nodes(table: DataFrame) -> int:
            """How many steps Spark tells of."""
            found, left = 0, [told.fromSparkPlan(table._jdf.queryExecution().executedPlan())]
            while left:
                inside = left.pop().children()
                found += 1
                left += [inside.apply(at) for at in range(inside.size())]
            return found

        left = spark.createDataFrame([(n, n % 2) for n in range(150)], "n bigint, key bigint")
        sizes = []
        for _ in range(3):
            small, left = clusters._by_size(left)
            sizes.append((nodes(small), nodes(left)))
        assert (small.count(), left.count()) == (0, 150)
        assert len(set(sizes)) == 1


# ── faults ──


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.run(["dedupe", "--engine", "spark", "--dry-run", *arguments]) == cli.FAILED
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


def test_what_cannot_be_is_said_with_what_to_do(
    odd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, str(odd), "--master", "spark://127.0.0.1:9")
    assert "spark://127.0.0.1:9" in said
    assert "start-master.sh" in said
    assert "HOST:7077" in refused(capsys, str(odd), "--master", "spark://here")
    assert "refpipe convert" in refused(capsys, str(odd), "x.ris", "--master", QUICK)
    assert "not there" in refused(capsys, str(tmp_path / "no.jsonl"), "--master", QUICK)
    assert "KEY=VALUE" in refused(capsys, str(odd), "--conf", "nothing")
    (tmp_path / "out").mkdir()
    taken = ["dedupe", "--engine", "spark", str(odd), "--master", QUICK]
    assert cli.run([*taken, "--out", str(tmp_path / "out")]) == cli.FAILED
    assert "is there already" in capsys.readouterr().err
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert "openjdk-17" in refused(capsys, str(odd))
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n", encoding="utf-8")
    java.chmod(0o755)
    assert "is 8" in refused(capsys, str(odd))


SMALL = {"spark.memory.fraction": "0.01"}
"""Some 17 MB for the sorting and counting of all tasks together."""


def test_a_small_memory_is_enough_for_any_number_of_records(tmp_path: Path) -> None:
    """What is counted, sorted and kept is many times the memory that Spark has for it."""
    file = tmp_path / "records.jsonl"
    lines = [json.dumps(row | {"abstract": "a b" * 2000}) + "\n" for row in made(6000)]
    file.write_text("".join(lines), encoding="utf-8")
    names = [str(file)]
    with deduplicated(
        names, out=None, master=QUICK, settings=SMALL, is_verbose=False, say=nobody
    ) as done:
        context = done._records.table.sparkSession.sparkContext._jsc.sc()
        found = told(done.findings)
        kept = list(context.getRDDStorageInfo())
        assert sum(table.memSize() for table in kept) == 0, "no table takes room from the steps"
        assert sum(table.diskSize() for table in kept) > 0
    assert found == here(file)


def test_no_room_is_told_with_the_setting_that_gives_more(
    odd: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    none = ["--conf", "spark.memory.fraction=0.0001", "--conf", "spark.driver.memory=700m"]
    said = refused(capsys, str(odd), "--master", QUICK, *none)
    assert "Spark ran out of memory: " in said
    assert "It had 700m. Give it more: --conf spark.driver.memory=1400m; its log is in " in said
    out = tmp_path / "clean.jsonl"
    arguments = ["--engine", "spark", str(odd), "--master", QUICK, *none, "--out", str(out)]
    assert cli.run(["dedupe", *arguments]) == cli.FAILED
    assert not (out / "_SUCCESS").exists()


@pytest.mark.parametrize(
    ("master", "said", "written", "end", "wanted"),
    [
        ("local[2]", "", "java.lang.OutOfMemoryError: Java heap space", 52, "driver.memory=4g"),
        ("local[2]", "", "", 52, "driver.memory=4g"),
        ("local[2]", "", "", -9, "local[1]"),
        ("local[2]", "[AGGREGATE_OUT_OF_MEMORY] no room", "", None, "driver.memory=4g"),
        ("spark://h:7077", "stage failure: a.OutOfMemoryError: b", "", None, "executor.memory=2g"),
        ("spark://h:7077", "java.lang.OutOfMemoryError: b", "", None, "driver.memory=2g"),
        ("local[2]", "java.io.IOException: No space left", "x.OutOfMemoryError: y", None, "log is"),
    ],
)
def test_whose_memory_it_was(
    master: str,
    said: str,
    written: str,
    end: int | None,
    wanted: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log = tmp_path / "log"
    log.write_text(written, encoding="utf-8")
    monkeypatch.setattr(session, "_end_of_java", lambda *, is_near: end)
    error = Py4JError(said) if said else Py4JNetworkError("Answer from Java side is empty")
    with pytest.raises(RefpipeError) as told, session._told(log, master, {}):
        raise error
    assert wanted in told.value.hint
    assert ("memory" in f"{told.value}{told.value.hint}") == (wanted != "log is")


def test_java_that_is_killed_in_the_middle_of_a_report_is_no_end_of_it(
    odd: Path, tmp_path: Path
) -> None:
    """Rows that no longer come would look like our reader's going away, which is no fault."""
    found = tmp_path / "clusters.json"
    run = subprocess.run(
        [sys.executable, "-c", KILLS, str(odd), str(found)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == cli.FAILED, run.stderr
    assert "Spark gave up: its Java was killed" in run.stderr
    assert "--master 'local[1]'" in run.stderr
    assert not found.exists()


KILLS = """
import os, signal, sys
from refpipe import cli
from refpipe.spark import outcome

named = outcome._clusters

def killed(found):
    table = named(found)
    java = table.sparkSession._jvm.java.lang.ProcessHandle.current().pid()

    class Table:
        def toLocalIterator(self):
            rows = iter(table.toLocalIterator())
            yield next(rows)
            os.kill(java, signal.SIGKILL)
            yield from rows
            raise BrokenPipeError

    return Table()

outcome._clusters = killed
arguments = [sys.argv[1], "--engine", "spark", "--master", "local[2]", "--clusters", sys.argv[2]]
raise SystemExit(cli.run(["dedupe", *arguments]))
"""


def test_what_was_not_written_whole_is_named(odd: Path, tmp_path: Path) -> None:
    said: list[str] = []
    out = str(tmp_path / "clean.jsonl")
    with deduplicated(
        [str(odd)], out=out, master=QUICK, settings={}, is_verbose=False, say=said.append
    ) as done:
        # Somebody else writes there meanwhile.
        Path(out).mkdir()
        with pytest.raises(PySparkException):
            done.write(out)
    assert said[-1] == f"{out}, {beside(out)}: not written whole; take away what is there"
    assert not (Path(out) / "_SUCCESS").exists()


# ── on a cluster ──


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


def of_command(*arguments: str, python: str = sys.executable) -> subprocess.Popen[str]:
    """A refpipe of its own, whose workers are given a Python by name."""
    return subprocess.Popen(
        [sys.executable, "-m", "refpipe", "dedupe", "--engine", "spark", "--dry-run", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYSPARK_PYTHON": python},
    )


def sets(names: list[str], folder: Path) -> list[Path]:
    files = []
    for name in names:
        files.append(folder / f"{name}.jsonl")
        files[-1].write_bytes(gzip.decompress((SETS / f"{name}.jsonl.gz").read_bytes()))
    return files


def test_a_cluster_finds_the_same(two_workers: Cluster, odd: Path, tmp_path: Path) -> None:
    small = [name for name in NAMES if name != "depression"]
    wanted = [[odd], sets(small, tmp_path)]
    if os.environ.get("REFPIPE_SPARK_ALL"):
        wanted += [[file] for file in sets(NAMES, tmp_path)]
    for files in filter(None, wanted):
        names = map(str, files)
        run = of_command(*names, "--master", two_workers.master, "--format", "json")
        out, error = run.communicate()
        assert out == here(*files)[0] + "\n", f"{files}: {error}"


def test_workers_without_what_they_need_are_told_of(
    two_workers: Cluster, odd: Path, tmp_path: Path
) -> None:
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(bare)], check=True)
    run = of_command(str(odd), "--master", two_workers.master, python=str(bare / "bin" / "python"))
    out, error = run.communicate()
    assert (run.returncode, out) == (cli.FAILED, "")
    assert "No module named 'rapidfuzz'" in error
    assert "dedupe-on-a-cluster.md" in error


def test_workers_get_what_they_need_in_an_archive(
    two_workers: Cluster, odd: Path, tmp_path: Path
) -> None:
    venv_pack = pytest.importorskip("venv_pack")
    env = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", str(env)], check=True)
    pip = [str(env / "bin" / "python"), "-m", "pip", "install", "-q"]
    subprocess.run([*pip, "--disable-pip-version-check", "rapidfuzz>=3.13,<4"], check=True)
    archive = tmp_path / "env.tar.gz"
    venv_pack.pack(prefix=str(env), output=str(archive))
    shutil.rmtree(env)
    run = of_command(
        str(odd), "--master", two_workers.master, "--format", "json",
        "--conf", f"spark.archives={archive}#env", python="./env/bin/python",
    )  # fmt: skip
    out, error = run.communicate()
    assert out == here(odd)[0] + "\n", error


def test_a_worker_that_is_killed_costs_time_and_no_result(odd: Path, tmp_path: Path) -> None:
    with cluster(tmp_path) as mortal:
        run = of_command(str(odd), "--master", mortal.master, "--format", "json")
        assert run.stderr is not None
        assert run.stdout is not None
        out: list[str] = []
        reader = threading.Thread(target=lambda: out.extend(run.stdout or ()))
        reader.start()
        # Its records and shuffled pairs are lost with it, in the middle of the work.
        said = next(line for line in run.stderr if "pairs that are alike" in line)
        mortal.kill(0)
        error = said + "".join(run.stderr)
        reader.join()
        assert "".join(out) == here(odd)[0] + "\n", error
        assert run.wait() == cli.FINDINGS
