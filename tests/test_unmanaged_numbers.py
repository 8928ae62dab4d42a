"""Numbers beside a managed list that nobody manages, and a list whose end was deleted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import project, refpipe
from test_adopt_conventions import CASES, CONVENTIONS, Convention

from refpipe import articles
from refpipe.articles.unmanaged import unmanaged
from refpipe.model import Article, Entry, Rendering, Run

LIST = "\n\n## 参考文献\n\n<!--bibliography-->\n"


def woven(path: str, typed: str) -> Article:
    """The article as ``refs`` leaves it, each work with the number of its first mention."""
    article = articles.read(path, typed)
    numbers: dict[str, int] = {}
    for citation in article.citations:
        for item in citation.items:
            numbers.setdefault(item.key, len(numbers) + 1)
    entries = tuple(
        Entry(
            work_id=key,
            number=number,
            label=f"[{number}]",
            content=(Run(f"著者 {key}. 痛みの経過 12(3): 4-9, 2020."),),
            anchor=f"ref-{number}",
            backlinks=(f"cite-{number}-1",),
        )
        for key, number in numbers.items()
    )
    inlines = tuple(
        tuple(
            Run(f"[{numbers[item.key]}]", target=f"#ref-{numbers[item.key]}") for item in one.items
        )
        for one in article.citations
    )
    text = articles.weave(article, Rendering(citations=inlines, entries=entries, warnings=()))
    return articles.read(path, text)


@pytest.mark.parametrize(
    "number",
    [
        "[1]", "[1, 2]", "［２］", "<sup>2</sup>", "¹", "【1】", "文献2", "※1", "[1-2]",
        '<a href="#ref-2">[2]</a>', "[7]",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["page.md", "page.mdx", "page.html"])
def test_a_number_typed_by_hand_is_told_with_its_line(path: str, number: str) -> None:
    place = LIST.replace("<!--", "{/*").replace("-->", "*/}") if path == "page.mdx" else LIST
    text = f"痛みは軽くなる [@one]。\n\n安静は勧めない [@two]。\n\n再発は多い{number}。{place}"
    if path == "page.html":
        text = "<p>" + text.replace("\n\n## 参考文献\n\n", "</p>\n").replace("\n\n", "</p>\n\n<p>")
    typed = articles.read(path, text)
    for article in (typed, woven(path, text)):
        assert [fault.line for fault in unmanaged(article)] == [5], article.text


@pytest.mark.parametrize(
    "sentence",
    [
        "参加者は2人で、3か月後に1人が再発した。",
        "面積は 10 m<sup>2</sup> である。",
        "図1と表2に示す。",
        "再発は多い[1]。<!-- refpipe: not-a-citation -->",
        "```\nprint(a[1])\n```",
        "`a[1]` と書く。",
    ],
)
def test_what_cites_nothing_is_not_told(sentence: str) -> None:
    text = f"痛みは軽くなる [@one]。\n\n安静は勧めない [@two; @three]。\n\n{sentence}{LIST}"
    assert unmanaged(articles.read("page.md", text)) == ()
    assert unmanaged(woven("page.md", text)) == ()


TYPED = "痛みは軽くなる [@one; @two; @three; @four; @five]。\n\n"


@pytest.mark.parametrize(
    "convention", CONVENTIONS, ids=lambda one: one.write([2, 3], is_range=False)
)
def test_a_number_in_any_convention_is_told_behind_what_it_proves(convention: Convention) -> None:
    number = convention.write([2, 3], is_range=False)
    for claim in CASES["claims"]:
        article = woven("page.md", f"{TYPED}{claim}{number}。{LIST}")
        assert [fault.line for fault in unmanaged(article)] == [3], article.text


@pytest.mark.parametrize("sentence", CASES["cites nothing"] + CASES["no citation of ours"])
def test_steps_prices_doses_and_counts_are_not_told(sentence: str) -> None:
    sentence = sentence.replace("|", "\n")
    assert unmanaged(woven("page.md", f"{TYPED}{sentence}{LIST}")) == ()


def test_without_a_managed_list_nothing_is_told() -> None:
    assert unmanaged(articles.read("page.md", "再発は多い[1]。\n")) == ()


@given(
    keys=st.lists(st.sampled_from(["one", "two", "three", "four"]), min_size=1, max_size=6),
    ending=st.sampled_from([".md", ".html"]),
)
def test_what_refs_wove_is_never_told(keys: list[str], ending: str) -> None:
    lines = "\n\n".join(f"痛みは軽くなる [@{key}]。" for key in keys)
    assert unmanaged(woven(f"page{ending}", lines + LIST)) == ()


@pytest.mark.parametrize("name", ["lumbar-mri.md", "herniation-recovery.html"])
def test_refs_tells_a_number_typed_by_hand(tmp_path: Path, name: str) -> None:
    folder = project(tmp_path)
    page = folder / "articles" / name
    end = "</h1>" if name.endswith("html") else "# "
    text = page.read_text(encoding="utf-8")
    at = text.index("。", text.index(end))
    page.write_text(f"{text[:at]}[1]{text[at:]}", encoding="utf-8")
    line = text.count("\n", 0, at) + 1
    for _ in range(2):  # It is told at every run, not only at the first.
        run = refpipe("refs", "--offline", f"articles/{name}", folder=folder)
        assert run.returncode == 1, run.stderr
        assert f"articles/{name}:{line}:" in run.stderr
        assert "CIT010" in run.stderr
    run = refpipe("check", f"articles/{name}", folder=folder)
    assert run.returncode == 1
    assert "CIT010" in run.stdout


@pytest.mark.parametrize("name", ["lumbar-mri.md", "herniation-recovery.html"])
def test_a_list_whose_end_was_deleted_is_told_and_gets_no_second_list(
    tmp_path: Path, name: str
) -> None:
    folder = project(tmp_path)
    page = folder / "articles" / name
    text = page.read_text(encoding="utf-8")
    assert text.count("<!--/bibliography-->") == 1
    torn = text.replace("<!--/bibliography-->", "")
    page.write_text(torn, encoding="utf-8")
    for _ in range(2):
        run = refpipe("refs", "--offline", f"articles/{name}", folder=folder)
        assert run.returncode == 1, run.stderr
        assert "<!--/bibliography-->" in run.stderr
        assert page.read_text(encoding="utf-8") == torn
    run = refpipe("check", f"articles/{name}", folder=folder)
    assert run.returncode == 1
    assert "CIT009" in run.stdout
    page.write_text(text, encoding="utf-8")
    assert refpipe("refs", "--offline", f"articles/{name}", folder=folder).returncode == 0
    assert page.read_text(encoding="utf-8") == text
