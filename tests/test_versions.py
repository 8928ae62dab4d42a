"""Newer versions of what is cited: found, told, and cited in the place of the old."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from catalogue_records import dcndl
from fake_registry import FakeRegistry
from fake_registry.faults import Fault

from refpipe import cli
from refpipe.match import book_agreement
from refpipe.model import Identifier, Scheme
from refpipe.pipeline.versions import next_version

BASE = "10.1002/14651858.cd000963"


def review(version: str, year: int, **changes: Any) -> dict[str, Any]:
    return {
        "DOI": f"{BASE}{version}",
        "type": "journal-article",
        "title": ["Fictional rehabilitation for chronic low back pain"],
        "author": [{"family": "Guzman", "given": "Jaime"}],
        "container-title": ["Cochrane Database of Systematic Reviews"],
        "issued": {"date-parts": [[year]]},
    } | changes


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_registry: FakeRegistry) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("REFPIPE_MAILTO", "writer@example.org")
    monkeypatch.setenv("REFPIPE_CACHE_DIR", str(tmp_path / "cache"))
    for name, value in fake_registry.environ.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "refpipe.toml").write_text('articles = ["articles"]\n', encoding="utf-8")
    (tmp_path / "articles").mkdir()
    return tmp_path


def article(folder: Path, name: str, *keys: str) -> Path:
    path = folder / "articles" / name
    cited = "".join(f"腰の話 [@{key}, p. {n}]。\n\n" for n, key in enumerate(keys, 1))
    path.write_text(f"# 題\n\n{cited}## 参考文献\n\n<!--bibliography-->\n", encoding="utf-8")
    return path


def test_a_later_version_is_told_and_cited_instead_in_one_command(
    folder: Path, fake_registry: FakeRegistry, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_registry.add_all([review("", 2001), review(".pub2", 2002), review(".pub3", 2014)])
    first = article(folder, "a.md", f"doi:{BASE}.pub2")
    second = article(folder, "b.md", f"doi:{BASE}.pub2", f"doi:{BASE}")
    assert cli.run(["refs"]) == 0
    assert cli.run(["check", "articles"]) == 0
    capsys.readouterr()
    assert cli.run(["check", "articles", "--online"]) == 1
    said = capsys.readouterr().out
    assert said.count("RET008") == 3
    assert f"https://doi.org/{BASE}.pub3" in said
    # What was heard stays known, offline as well.
    assert cli.run(["check", "articles"]) == 1
    assert capsys.readouterr().out.count("RET008") == 3
    before = second.read_text(encoding="utf-8")
    assert cli.run(["replace", f"doi:{BASE}.pub2", "--diff"]) == 0
    assert second.read_text(encoding="utf-8") == before
    assert cli.run(["replace", f"doi:{BASE}.pub2"]) == 0
    said = capsys.readouterr().out
    assert "articles/a.md" in said
    assert "articles/b.md" in said
    text = first.read_text(encoding="utf-8")
    assert ".pub3" in text
    assert ".pub2" not in text
    assert "p. 1" in text
    assert "2014" in text
    # The other version that the second page cites is left alone, and the old work with it.
    assert f"@doi:{BASE}," in second.read_text(encoding="utf-8")
    assert cli.run(["history", f"doi:{BASE}.pub2"]) == 0
    assert "cited in its place since" in capsys.readouterr().out
    # What nobody cites any more may be as old as it is.
    assert cli.run(["check", "--select", "RET008", "--exit-zero"]) == 0
    assert f"{BASE}.pub2" not in capsys.readouterr().out
    assert cli.run(["refs", "--check"]) == 0
    assert cli.run(["replace", f"doi:{BASE}.pub2"]) == 1
    assert "no article cites" in capsys.readouterr().err


def test_the_latest_of_several_versions_is_cited(folder: Path, fake_registry: FakeRegistry) -> None:
    path = article(folder, "a.md", f"doi:{BASE}.pub2")
    fake_registry.add_all([review(".pub2", 2002), review(".pub3", 2014)])
    assert cli.run(["refs"]) == 0
    assert cli.run(["check", "articles", "--online"]) == 1
    fake_registry.add(review(".pub4", 2020))
    shutil.rmtree(folder / ".refpipe")
    assert cli.run(["check", "articles", "--online"]) == 1
    assert cli.run(["replace", f"doi:{BASE}.pub2"]) == 0
    assert "cd000963.pub4" in path.read_text(encoding="utf-8")


def test_what_is_not_plain_is_asked(
    folder: Path, fake_registry: FakeRegistry, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_registry.add_all([review(".pub2", 2002), review(".pub9", 2020, DOI="10.5555/other")])
    path = article(folder, "a.md", f"doi:{BASE}.pub2")
    assert cli.run(["refs"]) == 0
    assert cli.run(["replace", f"doi:{BASE}.pub2"]) == 2
    assert "no newer version" in capsys.readouterr().err
    assert cli.run(["replace", f"doi:{BASE}.pub2", "doi:10.5555/nowhere"]) == 2
    assert ".pub2" in path.read_text(encoding="utf-8")
    assert cli.run(["replace", f"doi:{BASE}.pub2", "doi:10.5555/other"]) == 0
    assert ".pub2" not in path.read_text(encoding="utf-8")


def test_a_version_that_could_not_be_asked_for_is_unchecked(
    folder: Path, fake_registry: FakeRegistry, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_registry.add(review(".pub2", 2002))
    article(folder, "a.md", f"doi:{BASE}.pub2")
    assert cli.run(["refs"]) == 0
    fake_registry.faults[f"{BASE}.pub3"] = Fault("503", after="3600")
    capsys.readouterr()
    assert cli.run(["check", "articles", "--online"]) == 2
    assert "could not be asked" in capsys.readouterr().out


def test_an_article_published_anew_is_cited_and_a_notice_is_not(
    folder: Path, fake_registry: FakeRegistry, capsys: pytest.CaptureFixture[str]
) -> None:
    def corrected(doi: str, by: str) -> dict[str, Any]:
        notice = {"DOI": by, "type": "correction", "updated": {"date-parts": [[2015, 2]]}}
        return review("", 2014, DOI=doi, **{"updated-by": [notice]})

    notice = review("", 2015, DOI="10.5555/notice", title=["Correction to: Fictional"])
    fake_registry.add_all([
        corrected("10.5555/one", "10.5555/anew"), corrected("10.5555/two", "10.5555/notice"),
        review("", 2015, DOI="10.5555/anew"), notice,
    ])  # fmt: skip
    path = article(folder, "a.md", "doi:10.5555/one", "doi:10.5555/two")
    assert cli.run(["refs"]) == 0
    assert cli.run(["replace", "doi:10.5555/one"]) == 0
    assert "10.5555/anew" in path.read_text(encoding="utf-8")
    capsys.readouterr()
    assert cli.run(["replace", "doi:10.5555/two"]) == 2
    assert "10.5555/notice corrects it" in capsys.readouterr().err
    assert cli.run(["history", "doi:10.5555/one"]) == 0
    assert "cited in its place since" in capsys.readouterr().out


def test_a_later_edition_at_crossref(
    folder: Path, fake_registry: FakeRegistry, capsys: pytest.CaptureFixture[str]
) -> None:
    def book(doi: str, title: str, year: int, **changes: Any) -> dict[str, Any]:
        return {"DOI": doi, "type": "monograph", "title": [title], "publisher": "Fictional House",
                "author": [{"family": "Alder", "given": "Anna"}],
                "issued": {"date-parts": [[year]]}} | changes  # fmt: skip

    fake_registry.add_all([
        book("10.5555/b4", "Fictional spine surgery", 2013, **{"edition-number": "4"}),
        book("10.5555/b5", "Fictional spine surgery", 2019, **{"edition-number": "5"}),
        book("10.5555/r", "Fictional spine surgery", 2022, **{"edition-number": "4"}),
        book("10.5555/x", "Fictional spine surgery", 2023, publisher="Other", author=[]),
        book("10.5555/g19", "架空腰痛診療ガイドライン2019", 2019),
        book("10.5555/g24", "架空腰痛診療ガイドライン2024", 2024),
    ])  # fmt: skip
    path = article(folder, "a.md", "doi:10.5555/b4", "doi:10.5555/g19")
    assert cli.run(["refs"]) == 0
    capsys.readouterr()
    assert cli.run(["check", "articles", "--online"]) == 1
    said = capsys.readouterr().out
    assert [one in said for one in ("10.5555/b5", "10.5555/g24", "10.5555/r", "10.5555/x")] == [
        True, True, False, False,
    ]  # fmt: skip
    for doi in ("10.5555/b4", "10.5555/g19"):
        assert cli.run(["replace", f"doi:{doi}"]) == 0
    assert "10.5555/b5" in path.read_text(encoding="utf-8")
    assert "10.5555/g24" in path.read_text(encoding="utf-8")


def test_a_later_edition_of_a_guideline(
    folder: Path, fake_registry: FakeRegistry, capsys: pytest.CaptureFixture[str]
) -> None:
    def edition(number: int, nth: int, year: int) -> str:
        return dcndl(
            f"架空腰痛診療ガイドライン{year}",
            isbn=f"97840000{number:05d}",
            number=f"R100000002-I{nth}",
            statements=("架空腰痛学会 編",),
            agents=("架空腰痛学会",),
            edition=f"改訂第{nth}版",
            publisher="架空南江堂",
            date=f"{year}.5",
            issued=str(year),
        )

    fake_registry.catalogues.ndl += [edition(17, 2, 2012), edition(24, 3, 2019)]
    article(folder, "a.md", "isbn:9784000000017")
    article(folder, "b.md", "isbn:9784000000024")
    assert cli.run(["refs"]) == 0
    capsys.readouterr()
    assert cli.run(["check", "articles", "--online"]) == 1
    said = capsys.readouterr().out
    assert said.count("RET008") == 1
    assert "articles/a.md" in said


BOOK = {
    "type": "book",
    "title": "架空腰痛診療ガイドライン",
    "author": [{"literal": "架空腰痛学会"}],
    "publisher": "架空南江堂",
    "edition": "改訂第2版",
    "issued": {"date-parts": [[2012]]},
}


@pytest.mark.parametrize(
    ("changes", "is_later"),
    [
        ({"edition": "改訂第3版", "issued": {"date-parts": [[2019]]}}, True),
        ({"edition": "第2版第5刷", "issued": {"date-parts": [[2019]]}}, False),
        ({"edition": "", "issued": {"date-parts": [[2019]]}}, False),
        ({"edition": "改訂第3版", "issued": {"date-parts": [[2012]]}}, False),
        ({"edition": "第1版", "issued": {"date-parts": [[2019]]}}, False),
        (
            {"edition": "改訂第3版", "issued": {"date-parts": [[2019]]},
             "author": [{"literal": "別の膝学会"}]},
            False,
        ),
        (
            {"edition": "改訂第3版", "issued": {"date-parts": [[2019]]},
             "title": "架空腰痛診療ガイドライン : 患者さんのために"},
            False,
        ),
        (
            {"edition": "改訂第3版", "issued": {"date-parts": [[2019]]},
             "title": "架空膝痛診療ガイドライン"},
            False,
        ),
    ],
)  # fmt: skip
def test_a_reprint_or_another_book_is_no_later_edition(
    changes: dict[str, Any], is_later: bool
) -> None:
    assert book_agreement.is_later_edition(BOOK, BOOK | changes) is is_later


@pytest.mark.parametrize(
    ("doi", "following"),
    [
        (BASE, f"{BASE}.pub2"),
        (f"{BASE}.pub9", f"{BASE}.pub10"),
        ("10.12688/f1000research.1234.1", "10.12688/f1000research.1234.2"),
        ("10.21203/rs.3.rs-12345/v1", "10.21203/rs.3.rs-12345/v2"),
        ("10.20944/preprints202001.0001.v3", "10.20944/preprints202001.0001.v4"),
        ("10.1148/radiol.2372041509", ""),
        ("10.1016/j.spinee.2014.02.028", ""),
    ],
)
def test_the_number_of_a_version(doi: str, following: str) -> None:
    found = next_version(Identifier(Scheme.DOI, doi))
    assert (found.value if found else "") == following
