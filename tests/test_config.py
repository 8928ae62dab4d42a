from pathlib import Path

import pytest

from refpipe import config
from refpipe.errors import UsageError


def write(folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")


def test_defaults_where_nothing_is_set(tmp_path: Path) -> None:
    found = config.load(tmp_path)
    assert found.library == tmp_path / "library.db"
    assert found.articles == (tmp_path / "articles",)
    assert found.style_for(tmp_path / "articles" / "a.md") == "ieee"


def test_the_nearest_table_above_holds(tmp_path: Path) -> None:
    write(tmp_path, '[tool.refpipe]\nlibrary = "works.db"\nstyle = "ama"\n')
    inner = tmp_path / "site" / "posts"
    inner.mkdir(parents=True)
    (tmp_path / "site" / "pyproject.toml").write_text("[tool.other]\n", encoding="utf-8")
    found = config.load(inner)
    assert found.root == tmp_path
    assert found.library == tmp_path / "works.db"
    assert found.style == "ama"


def test_own_style_before_folder_before_default(tmp_path: Path) -> None:
    write(
        tmp_path,
        '[tool.refpipe]\nstyle = "ieee"\n[tool.refpipe.styles]\n"a" = "ama"\n"a/ja" = "sist02"\n',
    )
    found = config.load(tmp_path)
    assert found.style_for(tmp_path / "b.md") == "ieee"
    assert found.style_for(tmp_path / "a" / "x.md") == "ama"
    assert found.style_for(tmp_path / "a" / "ja" / "x.md") == "sist02"
    assert found.style_for(tmp_path / "a" / "ja" / "x.md", own="vancouver") == "vancouver"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[tool.refpipe]\nstyel = 'ama'\n", "'styel'"),
        ("[tool.refpipe]\narticles = 'articles'\n", "a list of strings"),
        ("[tool.refpipe]\nstyle = 3\n", "a string"),
        ("[tool\n", "cannot be read"),
        ("[tool]\nrefpipe = 1\n", "not a table"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_file(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, text)
    with pytest.raises(UsageError) as caught:
        config.load(tmp_path)
    assert said in str(caught.value)
    assert "pyproject.toml" in str(caught.value)


def test_the_article_says_which_project_it_belongs_to(tmp_path: Path) -> None:
    inner, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    (inner / "articles").mkdir(parents=True)
    elsewhere.mkdir()
    article = inner / "articles" / "a.md"
    assert config.load_for([article], elsewhere).root == article.parent
    assert config.load_for([article], inner).root == inner, "no settings: where one stands"
    (inner / "library.db").touch()
    assert config.load_for([article], elsewhere).root == inner
    write(elsewhere, "[tool.refpipe]\n")
    assert config.load_for([article], elsewhere).root == elsewhere
    write(inner, "[tool.refpipe]\n")
    assert config.load_for([article], elsewhere).root == inner
    assert config.load_for([inner], elsewhere).root == inner
    assert config.load_for([], elsewhere).root == elsewhere


def test_a_file_of_its_own_goes_before_pyproject(tmp_path: Path) -> None:
    write(tmp_path, '[tool.refpipe]\nstyle = "ama"\n')
    (tmp_path / config.FILE).write_text('style = "sist02"\nexclude = ["a/old"]\n', encoding="utf-8")
    found = config.load(tmp_path)
    assert found.style == "sist02"
    assert found.exclude == (tmp_path / "a" / "old",)
    assert found.is_project
    (tmp_path / config.FILE).write_text("stlye = 'ama'\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"refpipe\.toml: refpipe knows no setting 'stlye'"):
        config.load(tmp_path)


def test_a_folder_without_settings_or_library_is_no_project(tmp_path: Path) -> None:
    assert not config.load(tmp_path).is_project
    (tmp_path / "library.db").touch()
    assert config.load(tmp_path).is_project
