"""Markdown without HTML, for site generators that drop it."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import project, refpipe

from refpipe import articles
from refpipe.config import Config, load
from refpipe.errors import UsageError
from refpipe.model import Entry, Rendering, Run

OURS = re.compile(r"<!--.*?-->|<wbr class=\"cite\">", re.DOTALL)
TYPED = (
    "痛みは軽くなる [@one]。\n\n再発は多い [@two]。\n\n"
    "## 参考文献\n\n<!--bibliography-->\n\n終わり\n"
)


def rendering(text: str, words: tuple[Run, ...], *, is_raised: bool = False) -> Rendering:
    article = articles.read("page.md", text)
    keys = list(dict.fromkeys(item.key for one in article.citations for item in one.items))
    marks = frozenset({"superscript"}) if is_raised else frozenset()
    return Rendering(
        citations=tuple(
            tuple(
                Run(str(keys.index(item.key) + 1), marks, f"#ref-{keys.index(item.key) + 1}", "c")
                for item in one.items
            )
            for one in article.citations
        ),
        entries=tuple(
            Entry(
                number=n, work_id=key, label=f"[{n}]", content=words, anchor=f"ref-{n}",
                backlinks=(f"cite-{n}-1",),
            )
            for n, key in enumerate(keys, 1)
        ),
    )  # fmt: skip


def woven(text: str, words: tuple[Run, ...], *, is_raised: bool = False) -> str:
    article = articles.read("page.md", text)
    return articles.weave(article, rendering(text, words, is_raised=is_raised), is_plain=True)


FACES = st.frozensets(st.sampled_from(["italic", "bold", "superscript", "subscript"]), max_size=2)
RUNS = st.builds(
    Run,
    st.text("abc 12,.()*_<>&[]腰痛", min_size=1, max_size=6),
    FACES,
    st.sampled_from(["", "#ref-1"]),
)


@given(words=st.lists(RUNS, min_size=1, max_size=4).map(tuple), is_raised=st.booleans())
def test_no_tag_is_woven_and_weaving_stays_what_it_is(
    words: tuple[Run, ...], *, is_raised: bool
) -> None:
    text = woven(TYPED, words, is_raised=is_raised)
    bare = OURS.sub("", text)
    assert not re.search(r"<[a-zA-Z/!]", bare), bare
    assert "↩" not in bare
    assert woven(text, words, is_raised=is_raised) == text
    assert articles.unweave(articles.read("page.md", text)) == TYPED


def test_raised_and_lowered_digits_keep_their_meaning() -> None:
    words = (
        Run("10"),
        Run("5", frozenset({"superscript"})),
        Run(" H"),
        Run("2", frozenset({"subscript"})),
    )
    text = woven(TYPED, words, is_raised=True)
    assert "10⁵ H₂" in text
    assert "-->¹<!--/cite-->" in text


def test_a_plain_list_whose_end_was_deleted_is_told() -> None:
    text = woven(TYPED, (Run("著者. 題名."),)).replace("<!--/bibliography-->", "")
    assert [fault.is_blocking for fault in articles.read("page.md", text).faults] == [True]


def test_html_and_mdx_are_woven_as_ever() -> None:
    for path in ("page.html", "page.mdx"):
        text = TYPED if path == "page.html" else TYPED.replace("<!--", "{/*").replace("-->", "*/}")
        article = articles.read(path, text)
        found = rendering(TYPED, (Run("著者. 題名."),))
        assert articles.weave(article, found, is_plain=True) == articles.weave(article, found)


def test_the_setting_is_obeyed_and_changed_back(tmp_path: Path) -> None:
    folder = project(tmp_path)
    page = folder / "articles" / "lumbar-mri.md"
    before = page.read_bytes()
    settings = next(
        folder / name for name in ("pyproject.toml", "refpipe.toml") if (folder / name).exists()
    )
    kept = settings.read_text(encoding="utf-8")
    settings.write_text(
        kept.replace("library =", 'markup = "plain"\nlibrary =', 1), encoding="utf-8"
    )
    assert load(folder).markup == "plain"
    run = refpipe("refs", "--offline", "articles/lumbar-mri.md", folder=folder)
    assert run.returncode == 0, run.stderr
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"<(?:a|div|span|sup|i)\b", text)
    assert "↩" not in text
    settings.write_text(kept, encoding="utf-8")
    assert refpipe("refs", "--offline", "articles/lumbar-mri.md", folder=folder).returncode == 0
    assert page.read_bytes() == before


def test_a_markup_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "refpipe.toml").write_text('markup = "rich"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="rich"):
        load(tmp_path)
    assert Config(root=tmp_path, library=tmp_path / "l.db", articles=()).markup == "html"


@pytest.mark.skipif(shutil.which("hugo") is None, reason="hugo is not installed")
def test_hugo_as_installed_shows_numbers_and_entries_whole(tmp_path: Path) -> None:
    words = (Run("著者. 10"), Run("5", frozenset({"superscript"})), Run(" 個 & <題名> * 12(3)."))
    (tmp_path / "content").mkdir()
    (tmp_path / "layouts/_default").mkdir(parents=True)
    (tmp_path / "config.toml").write_text('baseURL = "https://example.org/"\n', encoding="utf-8")
    layout = tmp_path / "layouts/_default/single.html"
    layout.write_text("{{ .Content }}", encoding="utf-8")
    head = "---\ntitle: 痛み\n---\n"
    page = head + woven("[@two] 行の初め。\n\n" + TYPED, words, is_raised=True)
    (tmp_path / "content/page.md").write_text(page, encoding="utf-8")
    subprocess.run(["hugo", "--quiet"], cwd=tmp_path, check=True, timeout=60)
    built = (tmp_path / "public/page/index.html").read_text(encoding="utf-8")
    seen = html.unescape(re.sub(r"<!--.*?-->|<[^<>]+>", "", built))
    assert "¹ 行の初め。" in seen
    assert "痛みは軽くなる ²。" in seen
    assert [line for line in seen.splitlines() if line.startswith("[")] == [
        f"[{number}] 著者. 10⁵ 個 & <題名> * 12(3)." for number in (1, 2)
    ]
    assert "↩" not in seen
    assert "cite" not in seen
