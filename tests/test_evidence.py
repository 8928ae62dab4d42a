"""Evidence: what was checked of a page, and nothing that was not."""

from __future__ import annotations

import datetime
import hashlib
import json
import sqlite3
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from facts import name
from fake_registry import FakeRegistry
from running import refpipe

from refpipe import config, items
from refpipe.library import Library
from refpipe.model import Record
from refpipe.pipeline import query
from refpipe.pipeline.check import Order, evidence
from refpipe.sources import Registries

NOW = "2026-11-20T00:00:00Z"


def crossref(doi: str, title: str, **more: Any) -> Record:
    message = {"DOI": doi, "type": "journal-article", "title": [title],
               "author": [{"family": "Sato", "given": "Hana"}],
               "issued": {"date-parts": [[2020, 1]]}, **more}  # fmt: skip
    payload = json.dumps(message, sort_keys=True)
    return Record(source="crossref", identifier=name(f"doi:{doi}"), payload=payload)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "refpipe.toml").write_text('articles = ["."]\nlang = "en"\n', encoding="utf-8")
    printed = "Mori K. A trial of rest. Spine. 1999;12:1-9."
    with Library.open(tmp_path / "library.db", create=True) as library:
        library.add([crossref("10.5555/a", "<b>A</b> trial & <error>")], heard=NOW)
        library.add(
            [Record(source="printed", identifier=name("text:" + "a" * 32), payload=printed)],
            heard=NOW,
        )
        fallen = crossref(
            "10.5555/r",
            "Withdrawn",
            **{"updated-by": [{"DOI": "10.5555/n", "type": "retraction", "source": "publisher",
                               "updated": {"date-parts": [[2024, 1, 1]]}}]},
        )  # fmt: skip
        library.add([fallen], heard=NOW)
    return tmp_path


def of(folder: Path, text: str) -> evidence.Evidence:
    page = folder / "a.md"
    page.write_text(text, encoding="utf-8")
    order = Order(config=config.load(folder), today=datetime.date(2026, 11, 25))
    (found,) = evidence.gather(order, [page], [])
    return found


def test_all_confirmed_is_said_only_where_it_is(folder: Path) -> None:
    good = of(folder, "x [@doi:10.5555/a]\n\n<!--bibliography-->\n")
    assert good.is_all_confirmed
    assert not good.is_unchecked
    assert good.sources[0].by == ("Crossref",)
    assert good.sources[0].asked == "2026-11-20"
    assert good.digest == hashlib.sha256((folder / "a.md").read_bytes()).hexdigest()
    assert "None is known to be retracted" in evidence.summary(good, "en")
    assert "撤回が知られている文献はありません" in evidence.summary(good, "ja")
    shown = evidence.as_html(good, "en")
    assert "<error>" not in shown
    assert "&lt;error&gt;" in shown


@pytest.mark.parametrize(
    ("text", "verdict", "unseen"),
    [
        ("x [@doi:10.5555/a; @mori1999]\n\n<!--bibliography-->\n", "unconfirmed", 0),
        ("x [@doi:10.5555/a; @doi:10.5555/r]\n\n<!--bibliography-->\n", "retracted", 0),
        ("x [@doi:10.5555/a; @doi:10.5555/none]\n\n<!--bibliography-->\n", "confirmed", 1),
        ("x\n", "", 0),
        ("x [1]\n\n## References\n\n1. Mori K. A trial of rest. Spine. 1999;12:1-9.\n", "", 1),
    ],
)
def test_anything_less_is_never_told_as_good(
    folder: Path, text: str, verdict: str, unseen: int
) -> None:
    found = of(folder, text)
    assert not found.is_all_confirmed
    assert (verdict in found.counts) is bool(verdict)
    assert len(found.unseen) == unseen
    for lang in ("en", "ja"):
        for told in (evidence.summary(found, lang), evidence.as_html(found, lang)):
            assert "None is known" not in told
            assert "ありません。" not in told.replace("署名者はいません。", "").replace(
                "保証するものではありません。", ""
            )


def test_the_files_are_written_once_and_are_no_articles(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    page = folder / "a.md"
    page.write_text("x [@doi:10.5555/a]\n\n<!--bibliography-->\n", encoding="utf-8")
    run = refpipe("evidence", folder=folder)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.startswith("a.md: references: 1, works: 1;")
    found = json.loads((folder / "a.md.evidence.json").read_text(encoding="utf-8"))
    assert found["verdicts"] == {"confirmed": 1}
    assert found["sources"][0]["identifier"] == "doi:10.5555/a"
    shown = folder / "a.md.evidence.html"
    before = shown.stat().st_mtime_ns
    assert refpipe("evidence", folder=folder).returncode == 0
    assert shown.stat().st_mtime_ns == before
    assert "1 article" in refpipe("check", "--exit-zero", folder=folder).stderr
    page.write_text("x\n", encoding="utf-8")
    assert refpipe("evidence", folder=folder).returncode == 2
    assert not fake_registry.requests


def test_pages_of_one_name_overwrite_no_evidence_of_each_other(folder: Path) -> None:
    for place in ("content/a", "content/b", "."):
        (folder / place).mkdir(parents=True, exist_ok=True)
        (folder / place / "index.md").write_text("x [@doi:10.5555/a]\n", encoding="utf-8")
    refpipe("evidence", "--out", "out", folder=folder)
    written = {path.relative_to(folder / "out").as_posix() for path in folder.glob("out/**/*.json")}
    assert written == {
        "index.md.evidence.json",
        "content/a/index.md.evidence.json",
        "content/b/index.md.evidence.json",
    }
    for one in written:
        told = json.loads((folder / "out" / one).read_text(encoding="utf-8"))
        assert told["page"] == one.removesuffix(".evidence.json")


def test_only_registries_confirm(folder: Path) -> None:
    """A file that was imported and an alias of our own are no registry, and never were asked."""
    later = "2026-11-24T00:00:00Z"
    entry = "@article{a, title = {A trial}, doi = {10.5555/a}, year = {2020}}"
    alias = items.alias_record(name("pmid:7"), name("doi:10.5555/a"), reason="tied", origin="here")
    with Library.open(folder / "library.db") as library:
        library.add(
            [Record(source="bibtex", identifier=name("doi:10.5555/a"), payload=entry), alias],
            heard=later,
        )
    found = of(folder, "One [@doi:10.5555/a].\n\n<!--bibliography-->\n")
    (source,) = found.sources
    assert (source.by, source.asked) == (("Crossref",), NOW[:10])
    with Library.open(folder / "library.db") as library:
        work = library.find(name("doi:10.5555/a"))
        assert work is not None
        asked = SimpleNamespace(heard_on=lambda _: "")
        due = query.due_for_refresh(library, cast("Registries", asked), before="2026-11-22")
        assert work in [one for one, _ in due]


def test_a_retraction_that_was_withdrawn_is_told_as_none(folder: Path) -> None:
    row = "INSERT INTO relations (work, kind, target, date, source) SELECT number, 'reinstatement',"
    with sqlite3.connect(folder / "library.db") as database:
        database.execute(
            f"{row} 'doi:10.5555/n', '2025-01-01', 'pubmed' FROM works WHERE id = 'doi:10.5555/r'"
        )
    found = of(folder, "x [@doi:10.5555/r]\n\n<!--bibliography-->\n")
    assert [source.verdict for source in found.sources] == ["confirmed"]


def test_the_day_that_is_told_holds_for_every_work(folder: Path) -> None:
    with Library.open(folder / "library.db") as library:
        library.add([crossref("10.5555/old", "An older trial")], heard="2024-03-01T00:00:00Z")
    found = of(folder, "x [@doi:10.5555/a; @doi:10.5555/old]\n\n<!--bibliography-->\n")
    assert found.is_all_confirmed
    assert "2 confirmed by a registry (each since 2024-03-01)" in evidence.summary(found, "en")
    assert "どれも 2024-03-01 以降" in evidence.summary(found, "ja")
