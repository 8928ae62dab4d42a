"""``refpipe resolve`` and ``refresh`` as a person runs them, against the fake registries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import running
from fake_registry import FakeRegistry

MODIC: dict[str, Any] = {
    "DOI": "10.1148/radiol.2372041509",
    "type": "journal-article",
    "title": ["Acute Low Back Pain and Radiculopathy"],
    "author": [{"family": "Modic", "given": "Michael T.", "sequence": "first"}],
    "container-title": ["Radiology"],
    "volume": "237",
    "issue": "2",
    "page": "597-604",
    "issued": {"date-parts": [[2005, 11]]},
}
NOTICE = {
    "DOI": "10.1148/radiol.retraction",
    "type": "retraction",
    "source": "retraction-watch",
    "updated": {"date-parts": [[2025, 3, 4]]},
}


def refpipe(fake: FakeRegistry, folder: Path, *arguments: str, stdin: str | None = None) -> Any:
    return running.refpipe(*arguments, folder=folder, stdin=stdin, extra=fake.environ)


def objects(run: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_resolve_reads_lines_and_writes_one_object_for_each(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    fake_registry.add(MODIC)
    lines = "https://doi.org/10.1148/RADIOL.2372041509\n\nnonsense\n10.9999/none\n"
    run = refpipe(fake_registry, tmp_path, "resolve", "--format", "json", "-", stdin=lines)
    found, nonsense, none = objects(run)
    assert run.returncode == 1
    assert found["input"] == "https://doi.org/10.1148/RADIOL.2372041509"
    assert (found["doi"], found["certainty"], found["agency"]) == (
        "10.1148/radiol.2372041509",
        "confirmed",
        "Crossref",
    )
    assert (nonsense["doi"], nonsense["certainty"]) == (None, None)
    assert (none["doi"], none["certainty"]) == ("10.9999/none", "literal")
    assert "does not exist" in none["reason"]


PRINTED = "Modic MT. Acute Low Back Pain and Radiculopathy. Radiology. {}(2):597-604."


def test_resolve_holds_a_printed_reference_against_its_record(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    fake_registry.add(MODIC)
    named = f"{PRINTED.format('2005;239')} doi:{MODIC['DOI']}"
    run = refpipe(fake_registry, tmp_path, "resolve", named)
    assert run.returncode == 1
    assert "error: volume: here “239”, there “237”" in run.stdout
    (tmp_path / "refpipe.toml").write_text('lang = "ja"\n', encoding="utf-8")
    run = refpipe(fake_registry, tmp_path, "resolve", named)
    assert "誤り: 巻: 手元「239」、登録「237」" in run.stdout
    lines = "\n".join((named.replace("239", "237"), PRINTED.format("2005;237"), named))
    run = refpipe(fake_registry, tmp_path, "resolve", "--format", "json", "-", stdin=lines)
    right, searched, wrong = objects(run)
    assert [one["differences"] for one in (right, searched)] == [[], []]
    assert searched["doi"] == MODIC["DOI"].lower()
    assert searched["reason"].startswith("found by search")
    assert [(one["field"], one["found"]) for one in wrong["differences"]] == [("volume", "237")]
    run = refpipe(
        fake_registry, tmp_path, "resolve", "Doe J. Another fictional paper. J Doors. 2001;1:1-2."
    )
    assert run.returncode == 1
    assert "すべての項目が一致する文献は" in run.stdout


def test_resolve_offline_says_what_is_written_and_asks_nobody(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    address = "https://journals.lww.com/spinejournal/Abstract/1997/07150/The_Title.25.aspx"
    arguments = ("resolve", "--offline", "--format", "json", address, "10.1148/radiol.2372041509")
    run = refpipe(fake_registry, tmp_path, *arguments)
    assert run.returncode == 0
    assert [(o["doi"], o["certainty"]) for o in objects(run)] == [
        ("10.1097/00007632-199707150-00025", "candidate"),
        ("10.1148/radiol.2372041509", "literal"),
    ]
    assert fake_registry.requests == []
    assert not (tmp_path / ".refpipe").exists()


def test_resolve_writes_entries_for_people_and_for_programs(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    fake_registry.add(MODIC)
    text = refpipe(fake_registry, tmp_path, "resolve", MODIC["DOI"])
    assert "Acute Low Back Pain and Radiculopathy" in text.stdout
    assert "confirmed, Crossref" in text.stdout
    csl = refpipe(fake_registry, tmp_path, "resolve", "--format", "csl-json", MODIC["DOI"])
    assert json.loads(csl.stdout)[0]["page"] == "597-604"
    bibtex = refpipe(fake_registry, tmp_path, "resolve", "--format", "bibtex", MODIC["DOI"])
    assert bibtex.stdout.startswith("@article{")
    # The second and the third run found the answer in the memory of the first.
    assert fake_registry.counts == {"crossref": 1}


def test_resolve_without_a_network_is_exit_2(tmp_path: Path) -> None:
    run = running.refpipe("resolve", "--format", "json", MODIC["DOI"], folder=tmp_path)
    assert run.returncode == 2
    assert "network" in objects(run)[0]["reason"]


def test_resolve_of_nothing_is_exit_2(tmp_path: Path) -> None:
    assert running.refpipe("resolve", folder=tmp_path).returncode == 2
    assert running.refpipe("resolve", "-", folder=tmp_path, stdin="\n\n").returncode == 2


def test_refresh_tells_of_a_retraction_once(fake_registry: FakeRegistry, tmp_path: Path) -> None:
    fake_registry.add(MODIC)
    assert refpipe(fake_registry, tmp_path, "add", MODIC["DOI"]).returncode == 0
    young = refpipe(fake_registry, tmp_path, "refresh")
    assert (young.returncode, young.stdout) == (0, "")
    assert "0 works asked about" in young.stderr
    same = refpipe(fake_registry, tmp_path, "refresh", "--older-than", "0")
    assert (same.returncode, same.stdout) == (0, "")
    assert "1 work asked about, 0 changed" in same.stderr
    fake_registry.add(MODIC | {"updated-by": [NOTICE]})
    changed = refpipe(fake_registry, tmp_path, "refresh", "--older-than", "0")
    assert changed.returncode == 1
    assert "retraction" in changed.stdout
    assert "10.1148/radiol.retraction" in changed.stdout
    again = refpipe(fake_registry, tmp_path, "refresh", "--older-than", "0")
    assert (again.returncode, again.stdout) == (0, "")


def test_refresh_refuses_what_is_no_age(fake_registry: FakeRegistry, tmp_path: Path) -> None:
    run = refpipe(fake_registry, tmp_path, "refresh", "--older-than", "soon")
    assert run.returncode == 2
    assert "30d" in run.stderr
