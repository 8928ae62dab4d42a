"""A person types in WordPress's own editors, in Chromium, between a push and the next ``refs``.

Run by ``make test-wordpress`` where Chromium and Playwright are there as well.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from real_wordpress import RealWordPress, missing
from running import project
from test_wordpress_real import call, raw

from refpipe import cli

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = [
    pytest.mark.wordpress,
    pytest.mark.skipif(bool(missing()), reason=missing()),
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium"),
]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
FIRST, SECOND = "doi:10.1148/radiol.2372041509", "doi:10.3171/2013.9.spine13349"
BLOCKS = (
    f"<!-- wp:paragraph -->\n<p>MRIは有用である [@{FIRST}]。</p>\n<!-- /wp:paragraph -->\n\n"
    "<!-- wp:paragraph -->\n<p>別の段落&amp;記号“x” \\ 🦴</p>\n<!-- /wp:paragraph -->\n\n"
    "<!-- wp:html -->\n<!--bibliography-->\n<!-- /wp:html -->"
)
CLASSIC = f"MRIは有用である [@{FIRST}]。\n\n別の段落\n\n<!--bibliography-->"
CLASSIC_ONLY = "<?php add_filter('use_block_editor_for_post', '__return_false', 100);"


@pytest.fixture(scope="module", params=["6.2", "6.5"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RealWordPress]:
    folder = tmp_path_factory.mktemp("wordpress")
    with RealWordPress(folder, request.param, with_editors=True) as site:
        yield site


@pytest.fixture(scope="module")
def page(site: RealWordPress) -> Iterator[Any]:
    """A page of a browser in which the site's editor is logged in."""
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = chromium.new_page()
        page.set_default_timeout(90_000)
        page.goto(f"{site.address}/wp-login.php")
        page.fill("#user_login", "ed")
        page.fill("#user_pass", "log-in-only")
        page.click("#wp-submit")
        page.wait_for_url("**/wp-admin/**")
        yield page
        chromium.close()


def pushed(
    site: RealWordPress, home: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[int, Path]:
    """A post that was typed with one citation, pulled, woven and pushed: its number and file."""
    project(home)
    monkeypatch.chdir(home)
    settings = (home / "pyproject.toml").read_text(encoding="utf-8")
    own = f'[tool.refpipe.wordpress]\nsite = "{site.address}"\nuser = "ed"\n'
    (home / "pyproject.toml").write_text(f"{settings}\n{own}", encoding="utf-8")
    monkeypatch.setenv("REFPIPE_WORDPRESS_PASSWORD", site.passwords["ed"])
    post = {"title": "腰痛", "status": "draft", "content": text}
    number = call(site, "ed", "posts", post)["id"]
    assert cli.run(["wordpress", "pull", "--types", "posts"]) == 0
    (path,) = (home / "wordpress" / "posts").glob(f"{number}*.html")
    weave(path)
    assert cli.run(["wordpress", "push", str(path)]) == 0
    assert raw(site, number) == path.read_bytes().decode()
    return number, path


def weave(path: Path) -> None:
    assert cli.run(["refs", "--offline", str(path)]) == 0
    before = path.read_bytes()
    assert cli.run(["refs", "--offline", str(path)]) == 0
    assert path.read_bytes() == before


def woven_again(site: RealWordPress, number: int, path: Path) -> str:
    """The post pulled, woven and pushed once more, and what the site holds then."""
    assert cli.run(["wordpress", "pull", "--types", "posts"]) == 0
    weave(path)
    assert cli.run(["wordpress", "push", str(path)]) == 0
    stored = raw(site, number)
    assert stored == path.read_bytes().decode()
    return stored


def numbers(stored: str) -> list[str]:
    """The numbers that a reader sees in the text, in its order."""
    text = re.sub(r"<!--.*?-->|<[^<>]*>", "", stored[: stored.index("<!--bibliography")])
    return re.findall(r"\[[\d, –]+\]", text)


def entries(stored: str) -> list[str]:
    return re.findall(r'id="(?:[\w-]*-)?ref-(\d+)"', stored)


def test_typing_in_the_block_editor_loses_no_citation(
    site: RealWordPress, page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, path = pushed(site, tmp_path, BLOCKS, monkeypatch)
    page.goto(f"{site.address}/wp-admin/post.php?post={number}&action=edit")
    page.wait_for_function("wp.data.select('core/block-editor').getBlockCount() > 2")
    page.evaluate(
        "wp.data.dispatch('core/edit-post').isFeatureActive?.('welcomeGuide');"
        "wp.data.select('core/edit-post').isFeatureActive('welcomeGuide')"
        " && wp.data.dispatch('core/edit-post').toggleFeature('welcomeGuide');"
        "const b = wp.data.select('core/block-editor').getBlocks();"
        "wp.data.dispatch('core/block-editor').selectBlock(b[0].clientId, -1)"
    )
    page.wait_for_timeout(500)
    page.keyboard.type(f" 追って書く [@{SECOND}]。")
    page.evaluate("wp.data.dispatch('core/editor').savePost()")
    page.wait_for_function("!wp.data.select('core/editor').isSavingPost()")
    edited = raw(site, number)
    assert SECOND in edited
    assert edited.count("<!--cite") == 0  # These versions drop comments out of a paragraph.
    stored = woven_again(site, number, path)
    assert numbers(stored) == ["[1]", "[2]"]
    assert entries(stored) == ["1", "2"]
    assert stored.count("<!--cite") == 2
    untouched = BLOCKS.split("\n\n")[1]
    assert untouched in stored


def test_typing_in_the_classic_editor_loses_no_citation(
    site: RealWordPress, page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, path = pushed(site, tmp_path, CLASSIC, monkeypatch)
    site.install("classic.php", CLASSIC_ONLY)
    try:
        page.goto(f"{site.address}/wp-admin/post.php?post={number}&action=edit")
        page.wait_for_function("window.tinymce && tinymce.get('content')?.initialized")
        page.evaluate(
            "const e = tinymce.get('content'); e.focus();"
            "const p = e.dom.select('p')[1]; e.selection.select(p, true);"
            f"e.selection.collapse(false); e.insertContent(' 追記 [@{SECOND}]。'); e.save()"
        )
        page.click("#save-post")
        page.wait_for_url("**message=*")
    finally:
        site.uninstall("classic.php")
    assert SECOND in raw(site, number)
    stored = woven_again(site, number, path)
    assert numbers(stored) == ["[1]", "[2]"]
    assert entries(stored) == ["1", "2"]
