"""``refpipe check --online``: what the registries say today, and what not reaching them means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fake_registry import FakeRegistry, load
from running import CLOSED, REGISTRIES

from refpipe.cli import refpipe, run

SPINE = load(Path(__file__).parent / "cases" / "registry" / "spine.jsonl")
MODIC = "10.1148/radiol.2372041509"
NOTICE = {
    "DOI": "10.1148/radiol.retraction",
    "type": "retraction",
    "label": "Retraction",
    "source": "retraction-watch",
    "updated": {"date-parts": [[2026, 11, 1]]},
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("REFPIPE_MAILTO", "writer@example.org")
    return tmp_path


def found(fake: FakeRegistry | None, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """The exit code and the findings; without a registry, the network is off."""
    closed = dict.fromkeys((f"REFPIPE_{name}_URL" for name in REGISTRIES), CLOSED)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (fake.environ if fake is not None else closed).items():
            patch.setenv(name, value)
        result = CliRunner().invoke(
            refpipe, ["check", "a.md", "--format", "json", *arguments], standalone_mode=False
        )
    if result.exception is not None:
        raise result.exception
    return int(result.return_value), json.loads(result.stdout)


def write(folder: Path, text: str) -> None:
    (folder / "a.md").write_text(
        text + "\n\n## 参考文献\n\n<!--bibliography-->\n", encoding="utf-8"
    )


def test_a_paper_that_fell_overnight(folder: Path, fake_registry: FakeRegistry) -> None:
    fake_registry.add_all(SPINE)
    write(folder, f"軽くなる [@doi:{MODIC}]。")
    assert found(fake_registry, "--online") == (0, [])
    work = fake_registry.works[MODIC]
    fake_registry.add({**work, "updated-by": [NOTICE]})
    assert found(None) == (0, [])
    code, findings = found(fake_registry, "--online")
    assert code == 1
    assert [finding["code"] for finding in findings] == ["RET001"]
    said = findings[0]["message"]
    assert "10.1148/radiol.retraction" in said
    assert "2026-11-01" in said
    assert "retraction-watch" in said
    code, later = found(None)
    assert code == 1
    assert "last asked" in later[0]["message"]


def test_not_registered_and_not_reached_are_two_things(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    write(folder, "軽くなる [@doi:10.1000/nowhere]。")
    code, findings = found(fake_registry, "--online")
    assert (code, [finding["code"] for finding in findings]) == (1, ["CIT001"])
    code, findings = found(None, "--online")
    assert (code, [finding["code"] for finding in findings]) == (2, ["CIT002"])
    assert findings[0]["unchecked"]


def test_a_known_work_that_could_not_be_asked_about_is_not_clean(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.add_all(SPINE)
    write(folder, f"軽くなる [@doi:{MODIC}]。")
    assert found(fake_registry, "--online") == (0, [])
    code, findings = found(None, "--online")
    assert code == 2
    assert [finding["code"] for finding in findings] == ["RET005"]


def test_a_printed_doi_that_nobody_registered_is_told_of_a_cited_work(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    entry = "@article{alder2019, title={Fictional discs}, author={Alder, A}, year=2019,"
    (folder / "own.bib").write_text(f"{entry} doi={{10.5555/nowhere}}}}\n", encoding="utf-8")
    assert run(["import", "own.bib"]) == 0
    write(folder, "軽くなる [@doi:10.5555/nowhere]。")
    assert "REF011" not in {one["code"] for one in found(None)[1]}
    code, findings = found(fake_registry, "--online", "--lang", "en")
    assert code == 1
    (told,) = [one["message"] for one in findings if one["code"] == "REF011"]
    assert "doi:10.5555/nowhere was not found" in told
    assert "refpipe replace" in told
    code, findings = found(None, "--online")
    assert code == 2
    assert {"RET005"} <= {one["code"] for one in findings if one["unchecked"]}
    assert "REF011" not in {one["code"] for one in findings}


def test_a_waiver_of_the_library_answers_for_a_work(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.add_all(SPINE)
    fake_registry.add(
        {**fake_registry.works[MODIC], "updated-by": [{**NOTICE, "type": "correction"}]}
    )
    write(folder, f"軽くなる [@doi:{MODIC}]。")
    code, findings = found(fake_registry, "--online")
    assert (code, [finding["code"] for finding in findings]) == (1, ["RET003"])
    reason = "only the affiliation changed"
    assert run(["waive", "RET003", f"doi:{MODIC}", reason]) == 0
    assert found(None) == (0, [])
    assert run(["waive", "NOPE", f"doi:{MODIC}", reason]) == 2
    assert run(["waive", "RET003", "nobody1999", reason]) == 2


# ── references without identifier ──────────────────────────────────────────────────────

REFERENCES = {
    "right": "Modic MT, Obuchowski NA, Ross JS, et al. Acute low back pain and radiculopathy: MR"
    " imaging findings and their prognostic role and effect on outcome. Radiology."
    " 2005;237(2):597-604.",
    "other people": "Alder A, Birch B. Acute low back pain and radiculopathy: MR imaging findings"
    " and their prognostic role and effect on outcome. Radiology. 2005;237(2):597-604.",
    "nobody's": "Alder A, Birch B. Migration of fictional discs in made-up backs. Made-up Spine."
    " 2019;4(2):10-19.",
}


def by_hand(folder: Path, *names: str) -> None:
    listed = "".join(f"[{n}] {REFERENCES[name]}\n\n" for n, name in enumerate(names, 1))
    cited = "".join(f"文{n}[{n}]。" for n in range(1, len(names) + 1))
    text = f"# 題\n\n{cited}\n\n## 参考文献\n\n{listed}"
    (folder / "a.md").write_text(text, encoding="utf-8")


def ref012(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [finding for finding in findings if finding["code"] == "REF012"]


def test_a_reference_without_identifier_is_searched_for(
    folder: Path, fake_registry: FakeRegistry, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_registry.add_all(SPINE)
    by_hand(folder, "right", "other people", "nobody's")
    code, findings = found(fake_registry, "--online", "--lang", "en")
    other, nobody = ref012(findings)
    assert code == 1
    assert other["line"] == 9
    assert "https://doi.org/10.1148/radiol.2372041509, differs in author" in other["message"]
    assert "A. Alder" in other["message"]
    assert nobody["line"] == 11
    assert "which proves nothing" in nobody["message"]
    assert ref012(found(None)[1]) == []
    capsys.readouterr()
    assert run(["check", "a.md"]) == 1
    assert "references held against no registry" in capsys.readouterr().err
    _, findings = found(fake_registry, "--online", "--lang", "ja")
    assert "著者(「A. Alder」、登録「" in ref012(findings)[0]["message"]


def test_a_search_that_nobody_answers_is_no_absence(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    by_hand(folder, "nobody's", "right", "other people")
    code, findings = found(None, "--online")
    assert code == 2
    assert [one["unchecked"] for one in ref012(findings)] == [True] * 3


def test_a_paper_listed_without_identifier_that_fell(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.add_all(SPINE)
    fake_registry.add({**fake_registry.works[MODIC], "updated-by": [NOTICE]})
    REFERENCES["again"] = f"{REFERENCES['right']} doi:{MODIC}"
    by_hand(folder, "right", "nobody's", "again")
    code, findings = found(fake_registry, "--online")
    assert code == 1
    fallen = [one for one in findings if one["code"] == "RET001"]
    assert [one["line"] for one in fallen] == [7, 11]


def test_a_chapter_is_not_held_against_the_book_of_its_isbn(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    book = {"DOI": "10.5555/book", "type": "monograph", "title": ["Fictional spine surgery"],
            "ISBN": ["9780000000019"], "author": [{"family": "Alder", "given": "Anna"}],
            "issued": {"date-parts": [[2013]]}, "edition-number": "5"}  # fmt: skip
    fake_registry.add(book)
    REFERENCES["book"] = (
        "Alder A. Fictional spine surgery. 4th ed. New York: Fictional House; 2013."
        " ISBN 978-0-00-000001-9."
    )
    REFERENCES["chapter"] = (
        "Birch B. Walking again. In: Alder A, editor. Fictional spine surgery. 5th ed. New York:"
        " Fictional House; 2013. p. 10-19. ISBN 978-0-00-000001-9."
    )
    by_hand(folder, "book", "chapter", "nobody's")
    _, findings = found(fake_registry, "--online", "--lang", "en")
    said = [
        (one["line"], one["message"]) for one in findings if one["code"] in {"REF002", "REF010"}
    ]
    assert said == [(7, "[1]: edition is “4” here, the registry has “5”")]
