"""``refpipe adopt`` end to end: the real page, the tour's page, and pages of other shapes."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path

import pytest
from running import ROOT, contents, refpipe
from seeds import seed

from refpipe.items import printed

EXPECTED = (Path(__file__).parent / "cases" / "adopt" / "seed-entries.txt").read_text(
    encoding="utf-8"
)


def entries(text: str) -> list[str]:
    """The printed entries of a woven Markdown page as plain text, without label and back links."""
    found = re.findall(r'<a id="ref-\d+"></a>\[\d+\] (.*)', text)
    return [_plain(entry) for entry in found]


def _plain(entry: str) -> str:
    without_links = re.sub(r'<a href="#[^"]*">.*?</a>', "", entry)
    addresses = re.sub(r"\[((?:10\.|https?:)[^\]]*)\]\([^)]*\)", r"\1", without_links)
    without_faces = re.sub(r"</?[a-z]+>|(?<!\\)\*", "", addresses)
    return re.sub(r"\\(?=[\[\]*_])", "", html.unescape(without_faces)).strip()


def parted(before: str, after: str) -> tuple[str, str]:
    """What stands before and behind the hand-made list in ``before``, if ``after`` has it too."""
    start, end = after.index("<!--bibliography"), after.index("<!--/bibliography-->")
    end += len("<!--/bibliography-->")
    assert before.startswith(after[:start])
    assert before.endswith(after[end:])
    return after[:start], after[end:]


def test_the_real_page_has_eleven_works_and_nothing_else_changed(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    before = seed("000").read_bytes().decode("utf-8")
    page.write_bytes(before.encode("utf-8"))
    run = refpipe("adopt", "--offline", "--library", "library.db", "page.txt", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    after = page.read_bytes().decode("utf-8")
    assert entries(after) == EXPECTED.splitlines()
    head, tail = parted(before, after)
    assert len(before) - len(head) - len(tail) == len(
        before[before.index("[1]M. Modic") : before.index("S007760050017.") + 14]
    )


def test_the_page_without_references_is_left_alone_and_that_is_said(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    shutil.copy(seed("003"), page)
    page.chmod(0o644)
    before = contents(tmp_path)
    run = refpipe("adopt", "--offline", "--library", "library.db", "page.txt", folder=tmp_path)
    assert run.returncode == 0
    assert "no list of references" in run.stderr
    assert contents(tmp_path)["page.txt"] == before["page.txt"]


@pytest.fixture
def tour(tmp_path: Path) -> Path:
    (tmp_path / "docs" / "tour").mkdir(parents=True)
    shutil.copy(ROOT / "docs" / "tour" / "legacy-page.md", tmp_path / "docs" / "tour")
    return tmp_path


def test_the_tour_is_what_the_commands_give(tour: Path) -> None:
    page = tour / "docs" / "tour" / "legacy-page.md"
    assert (
        refpipe(
            "adopt", "--offline", "--library", "library.db", "docs/tour/legacy-page.md", folder=tour
        ).returncode
        == 0
    )
    assert page.read_bytes() == (ROOT / "docs" / "tour" / "adopted-page.md").read_bytes()
    assert entries(page.read_text(encoding="utf-8")) == EXPECTED.splitlines()


def test_no_reference_is_read_twice(tour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read, texts = printed.read, []

    def counted(text: str) -> printed.Printed:
        texts.append(text)
        return read(text)

    monkeypatch.setattr(printed, "read", counted)
    printed.remembered.cache_clear()
    refpipe(
        "adopt", "--offline", "--library", "library.db", "docs/tour/legacy-page.md", folder=tour
    )
    assert len(texts) >= len(EXPECTED.splitlines())
    assert sorted(texts) == sorted({*texts})


def test_a_look_stores_nothing(tour: Path) -> None:
    before = contents(tour)
    run = refpipe("adopt", "--diff", "--offline", "docs/tour/legacy-page.md", folder=tour)
    assert run.returncode == 0
    assert "-[1]M. Modic" in run.stdout
    assert "[11] G. Taira" in run.stdout
    assert contents(tour) == before


def test_the_evidence_is_stored_and_candidates_stay_candidates(tour: Path) -> None:
    refpipe(
        "adopt", "--offline", "--library", "library.db", "docs/tour/legacy-page.md", folder=tour
    )
    told = json.loads(refpipe("show", "carragee1997", "--format", "json", folder=tour).stdout)
    assert len(told["records"]) == 2
    assert not told["is_confirmed"]
    (decision,) = [one for one in told["decisions"] if one["kind"] == "match"]
    assert decision["by"] == "rule"
    assert decision["evidence"]
    modic = json.loads(refpipe("show", "modic2005", "--format", "json", folder=tour).stdout)
    assert len(modic["records"]) == 2
    assert {author["family"] for author in modic["item"]["author"]} == {
        "Modic",
        "Obuchowski",
        "Ross",
    }
    assert modic["item"]["title"].endswith("Effect on Outcome")
    assert set(modic["suppliers"]) >= {"title", "author", "volume", "DOI", "URL"}
    boos = refpipe("show", "10.1097/00007632-199512150-00002", folder=tour)
    assert boos.returncode == 2, "a candidate must not find a work"


def test_adopting_twice_is_adopting_once(tour: Path) -> None:
    refpipe(
        "adopt", "--offline", "--library", "library.db", "docs/tour/legacy-page.md", folder=tour
    )
    once = contents(tour)
    run = refpipe(
        "adopt", "--offline", "--library", "library.db", "docs/tour/legacy-page.md", folder=tour
    )
    assert run.returncode == 0
    assert "managed list already" in run.stderr
    assert contents(tour) == once


PLAIN = (Path(__file__).parent / "cases" / "adopt" / "plain-citations.md").read_text(
    encoding="utf-8"
)


def test_plain_citations_follow_their_works(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PLAIN, encoding="utf-8")
    run = refpipe("adopt", "--offline", "--library", "library.db", "a.md", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    text = (tmp_path / "a.md").read_text(encoding="utf-8")
    cited = re.findall(r"<!--cite ([^>]*)-->", text)
    assert cited == [
        "@doi:10.1148/radiol.2372041509",
        "@doi:10.1148/radiol.2372041509",
        "@carragee1997",
    ]
    assert len(entries(text)) == 2
    assert "[3]" not in text
    assert text.startswith("# 腰痛\n\n画像の所見は症状と一致しません")
    assert text.endswith("\n\nおわりに。\n")
    assert refpipe("refs", "--offline", "a.md", folder=tmp_path).returncode == 0
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == text


TWICE = """The dose is high [1]. Others say so [2], and [3]. So it is (2).

## References

1. Cobb J. Study of scoliosis. Course Lect. 1948;5:261-275.
2. Nash C, Moe J. A study of rotation. J Bone Surg. 1969;51:223-229.
3. Cobb J. Study of scoliosis. Course Lect. 1948;5:261-275.
"""


@pytest.mark.parametrize("is_known", [False, True])
def test_a_page_that_is_refused_leaves_the_library_as_it_was(
    is_known: bool, tmp_path: Path
) -> None:
    """Two of the references are one work, so the numbers would move, and (2) cannot follow."""
    (tmp_path / "page.md").write_text(TWICE, encoding="utf-8")
    if is_known:
        known = "Seen [1].\n\n## References\n\n1. Boos N. Discs of men. Spine. 2000;25:1484-1492.\n"
        (tmp_path / "known.md").write_text(known, encoding="utf-8")
        refpipe("adopt", "--offline", "--library", "library.db", "known.md", folder=tmp_path)
    before = contents(tmp_path)
    run = refpipe("adopt", "--offline", "--library", "library.db", "page.md", folder=tmp_path)
    assert run.returncode == 1
    assert "nothing changed" in run.stderr
    assert contents(tmp_path) == before
