"""From an empty Hugo site to a woven page that Hugo builds."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from running import ROOT, refpipe

LAYOUT = "<html><head><title>{{ .Title }}</title></head><body>{{ .Content }}</body></html>\n"
PAGE = "---\ntitle: A\n---\n\nMRI [@modic2005].\n\n## References\n\n<!--bibliography-->\n"
UNSAFE = "[markup.goldmark.renderer]\nunsafe = true\n"


@pytest.mark.slow
@pytest.mark.parametrize("is_unsafe", [False, True])
def test_hugo_builds_what_was_woven(tmp_path: Path, is_unsafe: bool) -> None:
    program = shutil.which("hugo")
    if program is None:
        pytest.skip("Hugo (hugo) is absent")
    site = tmp_path / "site"
    subprocess.run([program, "new", "site", str(site)], check=True, capture_output=True)
    settings = next(path for path in site.glob("*.toml") if path.stem in {"hugo", "config"})
    with settings.open("a", encoding="utf-8") as stream:
        stream.write(UNSAFE if is_unsafe else "")
    for name in ("_default/single.html", "_default/list.html", "index.html"):
        (site / "layouts" / name).parent.mkdir(parents=True, exist_ok=True)
        (site / "layouts" / name).write_text(LAYOUT, encoding="utf-8")
    page = site / "content" / "posts" / "a.md"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE, encoding="utf-8")

    started = refpipe("init", "--yes", folder=site)
    assert started.returncode == 0, started.stderr
    assert "site:      Hugo" in started.stderr
    assert ("drops HTML" in started.stderr) is not is_unsafe
    shutil.copy(ROOT / "library.db", site / "library.db")
    assert refpipe("refs", "--offline", folder=site).returncode == 0
    subprocess.run([program], cwd=site, check=True, capture_output=True)
    built = (site / "public" / "posts" / "a" / "index.html").read_text(encoding="utf-8")
    assert "[1]" in built
    assert "Acute Low Back Pain and Radiculopathy" in built
    assert ('href="#ref-1"' in built) is is_unsafe
    assert not list((site / "public").rglob("library.db"))
    assert "0 written" in refpipe("refs", folder=site).stderr
