"""``refpipe init``: what a folder is, what is written into it, and nothing written twice."""

from __future__ import annotations

import json
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import contents, refpipe

from refpipe import config
from refpipe.pipeline import site
from refpipe.pipeline.site import init

CASES = json.loads((Path(__file__).parent / "cases" / "sites.json").read_text(encoding="utf-8"))
EVERYTHING = init.InitOptions(has_hooks=True, ci=("github", "gitlab"), has_target=True)


def build(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def carry_out(root: Path, wishes: init.InitOptions = EVERYTHING) -> list[init.Step]:
    steps = init.steps(root, site.survey(root), wishes)
    for step in steps:
        if step.is_due:
            init.write(step)
    return list(steps)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_site_is_known_by_what_it_holds(case: dict[str, Any], tmp_path: Path) -> None:
    build(tmp_path, case["files"])
    found = site.survey(tmp_path)
    seen = {
        "generator": found.generator,
        "articles": list(found.articles),
        "exclude": list(found.exclude),
        "markup": found.markup,
        "exports": list(found.exports),
    }
    assert seen == {"exclude": [], "markup": "html", "exports": []} | case["found"]


def test_what_evidence_writes_beside_the_pages_is_no_page(tmp_path: Path) -> None:
    build(tmp_path, {"content/a.md": "# A\n", "content/b.html": "<p>B</p>\n"})
    assert "2 pages" in refpipe("init", folder=tmp_path).stderr
    refpipe("evidence", folder=tmp_path)
    assert (tmp_path / "content" / "a.md.evidence.html").exists()
    assert "2 pages" in refpipe("init", folder=tmp_path).stderr


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_second_run_writes_nothing(case: dict[str, Any], tmp_path: Path) -> None:
    build(tmp_path, case["files"])
    carry_out(tmp_path)
    settings = config.load(tmp_path)
    assert settings.file is not None
    before = contents(tmp_path)
    assert not [step.path for step in carry_out(tmp_path) if step.is_due]
    assert contents(tmp_path) == before


_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text(max_size=6)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from(["name", "scripts", "dependencies", "x"]), _VALUES, max_size=4),
    st.dictionaries(st.text(max_size=8), st.text(max_size=12), max_size=3) | st.none(),
    st.sampled_from([None, 2, 4, "\t"]),
)
def test_a_package_gets_a_script_and_nothing_else(
    whole: dict[str, object], scripts: dict[str, str] | None, indent: int | str | None
) -> None:
    if scripts is not None:
        whole["scripts"] = scripts
    text = json.dumps(whole, indent=indent, ensure_ascii=False)
    try:
        after = init._script(text)
    except init._NotUnderstood:
        return
    old = whole.get("scripts") or {}
    assert isinstance(old, dict)
    assert json.loads(after) == {**whole, "scripts": {"refs": "refpipe refs", **old}}
    assert init._script(after) == after


@pytest.mark.parametrize("indent", [2, 4, "\t"])
@pytest.mark.parametrize("scripts", [{}, {"build": "hugo"}, {"a": "1", "b": '{"scripts": {'}])
def test_the_usual_packages_are_understood(indent: int | str, scripts: dict[str, str]) -> None:
    text = json.dumps({"name": "x", "scripts": scripts, "private": True}, indent=indent)
    after = init._script(text)
    assert json.loads(after)["scripts"] == {"refs": "refpipe refs"} | scripts
    assert [line for line in after.splitlines() if '"refs"' in line]


_LINES = st.lists(
    st.sampled_from(
        ["node_modules/", "# .refpipe", "*.db", "library.db text", ".refpipe", "", "!/library.db"]
    ),
    max_size=5,
)


@given(_LINES, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_lines_of_git_are_added_once_and_none_is_lost(
    lines: list[str], newline: str, ends: bool
) -> None:
    text = newline.join(lines) + (newline if ends and lines else "")
    for add in (init._attributes, init._ignored):
        after = add(text, "library.db")
        assert after.startswith(text)
        assert add(after, "library.db") == after


def test_settings_go_into_a_pyproject_that_is_there(tmp_path: Path) -> None:
    build(tmp_path, {"pyproject.toml": '[project]\nname = "x"', "docs/a.md": "A\n"})
    carry_out(tmp_path)
    whole = tomllib.loads((tmp_path / "pyproject.toml").read_text(encoding="utf-8"))
    assert whole["project"] == {"name": "x"}
    assert whole["tool"]["refpipe"]["articles"] == ["docs"]
    assert not (tmp_path / "refpipe.toml").exists()


def test_a_pyproject_that_cannot_take_a_table_is_left(tmp_path: Path) -> None:
    build(tmp_path, {"pyproject.toml": "tool = {other = {a = 1}}\n", "docs/a.md": "A\n"})
    before = contents(tmp_path)
    (step,) = init.steps(tmp_path, site.survey(tmp_path), init.InitOptions(is_in_git=False))
    assert "[tool.refpipe]" in step.by_hand
    assert not step.is_due
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".pre-commit-config.yaml", "repos: [{repo: meta, hooks: [{id: identity}]}]\n"),
        (".gitlab-ci.yml", "- just\n- a list\n}\n"),
        ("Makefile", ".RECIPEPREFIX = >\nall:\n> echo\n"),
        ("package.json", "{ not json"),
    ],
)
def test_a_file_of_another_form_is_left_and_the_lines_are_told(
    name: str, text: str, tmp_path: Path
) -> None:
    build(tmp_path, {name: text, "a/b.md": "A\n"})
    run = refpipe("init", "--pre-commit", "--ci", "gitlab", "--target", folder=tmp_path)
    assert run.returncode == 1, run.stderr
    assert (tmp_path / name).read_text(encoding="utf-8") == text
    assert f"{name} was left unchanged" in run.stderr


def test_hooks_go_before_those_that_are_there(tmp_path: Path) -> None:
    there = "# ours\nrepos:\n- repo: https://example.org/x\n  rev: v1\n  hooks:\n  - id: a\n"
    after = init._hooks(there)
    assert after.index("id: refpipe-check") < after.index("https://example.org/x")
    assert after.endswith(there.partition("repos:\n")[2])


def test_the_whole_command_twice_in_a_repository(tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is absent")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    build(tmp_path, {"index.html": "<p>A</p>\n", "b.html": "<p>B</p>\n", "README.md": "x\n"})
    run = refpipe("init", "--mailto", "me@example.org", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "wrote refpipe.toml" in run.stderr
    assert "2 pages" in run.stderr
    assert config.load(tmp_path).exclude == (tmp_path / "README.md",)
    git = [path for path in contents(tmp_path) if path.startswith(".git/")]
    before = {k: v for k, v in contents(tmp_path).items() if k not in git}
    again = refpipe("init", folder=tmp_path)
    assert again.returncode == 0, again.stderr
    assert "nothing to do" in again.stderr
    assert {k: v for k, v in contents(tmp_path).items() if k not in git} == before
    inner = tmp_path / "inner"
    inner.mkdir()
    refused = refpipe("init", folder=inner)
    assert refused.returncode == 2
    assert "belongs to the project of" in refused.stderr


def test_a_folder_without_a_project_is_told_the_way(tmp_path: Path) -> None:
    for command in (["check"], ["refs"], ["show", "x"], ["confirm"], ["export"], ["who", "x"]):
        run = refpipe(*command, folder=tmp_path)
        assert run.returncode == 2, command
        assert "there is no project" in run.stderr, command
        assert "refpipe init" in run.stderr, command
    assert not list(tmp_path.iterdir())


def test_what_sqlite_leaves_beside_a_library_of_any_name_stays_out_of_git(tmp_path: Path) -> None:
    build(
        tmp_path, {"refpipe.toml": 'library = "data/works.db"\narticles = ["a"]\n', "a/b.md": "x"}
    )
    carry_out(tmp_path)
    assert "works.db-journal" in (tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines()
