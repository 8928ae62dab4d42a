"""Pull, weave, push on a real WordPress, as each role; run by ``make test-wordpress``."""

from __future__ import annotations

import json
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from real_wordpress import RealWordPress, missing

from refpipe import cli

pytestmark = [pytest.mark.wordpress, pytest.mark.skipif(bool(missing()), reason=missing())]

BODY = (
    "<!-- wp:paragraph -->\n<p>MRIは有用である [@doi:10.1148/radiol.2372041509]。"
    "&amp; “x” \\ 🦴</p>\n<!-- /wp:paragraph -->\n\n"
    "<!-- wp:html -->\n<!--bibliography-->\n<!-- /wp:html -->"
)


@pytest.fixture(scope="module", params=["6.2", "6.5"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RealWordPress]:
    with RealWordPress(tmp_path_factory.mktemp("wordpress"), request.param) as site:
        yield site


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(site: RealWordPress, user: str, path: str, value: object = None) -> Any:
    """What an editor of the site does, through the same interface but not through refpipe."""
    coded = b64encode(f"{user}:{site.passwords[user]}".encode()).decode()
    request = urllib.request.Request(
        f"{site.address}/wp-json/wp/v2/{path}",
        data=json.dumps(value).encode() if value is not None else None,
        headers={"Authorization": f"Basic {coded}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def raw(site: RealWordPress, number: int) -> str:
    text: str = call(site, "admin", f"posts/{number}?context=edit")["content"]["raw"]
    return text


def set_up(
    site: RealWordPress, home: Path, user: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[int, Path]:
    """A new post by the user, pulled: its number and its file."""
    (home / "refpipe.toml").write_text(
        f'[wordpress]\nsite = "{site.address}"\nuser = "{user}"\n', encoding="utf-8"
    )
    monkeypatch.setenv("REFPIPE_WORDPRESS_PASSWORD", site.passwords[user])
    number = call(site, user, "posts", {"title": "腰痛", "status": "draft", "content": BODY})["id"]
    assert cli.run(["wordpress", "pull"]) in {0, 2}
    (path,) = (home / "wordpress" / "posts").glob(f"{number}*.html")
    return number, path


def weave(path: Path) -> None:
    """What refs does to such a post, with a markup that every role may store."""
    text = path.read_text(encoding="utf-8")
    woven = (
        '<span class="cite" data-cite="@doi:10.1148/radiol.2372041509">'
        '<a href="#ref-1">[1]</a></span>'
    )
    text = text.replace("[@doi:10.1148/radiol.2372041509]", woven)
    path.write_text(
        text.replace("<!--bibliography-->", '<p id="ref-1">[1] Modic</p>'), encoding="utf-8"
    )


@pytest.mark.parametrize("user", ["admin", "ed", "au", "co"])
def test_every_role_pulls_changes_and_pushes_to_the_byte(
    site: RealWordPress, home: Path, monkeypatch: pytest.MonkeyPatch, user: str
) -> None:
    number, path = set_up(site, home, user, monkeypatch)
    assert path.read_text(encoding="utf-8") == raw(site, number)
    weave(path)
    assert cli.run(["wordpress", "push"]) == 0
    assert raw(site, number) == path.read_text(encoding="utf-8")
    assert call(site, "admin", f"posts/{number}?context=edit")["status"] == "draft"
    assert cli.run(["wordpress", "status"]) == 0
    assert cli.run(["wordpress", "push", "--undo", str(path)]) == 0
    assert raw(site, number) == path.read_text(encoding="utf-8")


def test_two_writers_at_once_lose_nothing(
    site: RealWordPress, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, path = set_up(site, home, "ed", monkeypatch)
    weave(path)
    theirs = raw(site, number).replace("<!--bibliography-->", "<!--bibliography-->\n<p>追記</p>")
    theirs = theirs.replace("<!-- /wp:html -->", "<!-- /wp:html -->\n\n<!-- wp:separator /-->")
    call(site, "admin", f"posts/{number}", {"content": theirs})
    assert cli.run(["wordpress", "push"]) == 1
    assert raw(site, number) == theirs
    cli.run(["wordpress", "pull"])
    merged = path.read_text(encoding="utf-8")
    assert "data-cite" in merged
    assert "<!-- wp:separator /-->" in merged
    assert "追記" in merged


def test_what_an_author_may_not_store_is_reported(
    site: RealWordPress,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    number, path = set_up(site, home, "au", monkeypatch)
    text = path.read_text(encoding="utf-8").replace("有用", "<script>x()</script>有用")
    path.write_text(text, encoding="utf-8")
    assert cli.run(["wordpress", "push"]) == 1
    assert "-" in capfd.readouterr().out
    assert "<script>" not in raw(site, number)


def test_a_wrong_password_is_told(
    site: RealWordPress,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    _, path = set_up(site, home, "admin", monkeypatch)
    weave(path)
    monkeypatch.setenv("REFPIPE_WORDPRESS_PASSWORD", "wrong wrong wrong")
    assert cli.run(["wordpress", "push"]) == 2
    assert "application password" in capfd.readouterr().err
