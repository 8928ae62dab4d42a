"""What a person gets who installs the wheel: styles, rules' pages, and five minutes to a page."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from fake_registry import FakeRegistry
from running import ROOT, environment

DOI = "10.1148/radiol.2372041509"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)], check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_holds_all_that_is_read_at_run_time(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (ROOT / "styles").rglob("*.csl"):
        assert f"refpipe/_styles/{path.name}" in names
    for path in (ROOT / "refpipe").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert path.relative_to(ROOT).as_posix() in names


@pytest.mark.slow
def test_five_minutes_from_pip_to_a_managed_site(
    wheel: Path, tmp_path: Path, fake_registry: FakeRegistry
) -> None:
    place = tmp_path / "venv"
    venv.create(place, with_pip=True)
    program = place / "bin" / "refpipe"
    pip = [str(place / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "-qqq", str(wheel)], check=True)

    folder = tmp_path / "site"
    folder.mkdir()
    page = folder / "index.html"
    page.write_text(f"<p>MRI [@doi:{DOI}]</p>\n<h2>References</h2>\n<!--bibliography-->\n", "utf-8")
    (folder / "about.html").write_text("<p>About</p>\n", encoding="utf-8")
    surroundings = environment() | fake_registry.environ
    del surroundings["PYTHONPATH"]

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(program), *arguments],
            cwd=folder,
            env=surroundings | {"PATH": os.environ["PATH"], "REFPIPE_MAILTO": "me@example.org"},
            capture_output=True,
            text=True,
            check=False,
        )

    fake_registry.add(
        {
            "DOI": DOI,
            "type": "journal-article",
            "title": ["Acute low back pain and radiculopathy"],
            "author": [{"family": "Modic", "given": "Michael T."}],
            "issued": {"date-parts": [[2005, 11]]},
            "container-title": ["Radiology"],
        },
    )
    started = run("init")
    assert started.returncode == 0, started.stderr
    added = run("add", DOI)
    assert added.returncode == 0, added.stderr
    woven = run("refs", "--offline")
    assert woven.returncode == 0, woven.stderr
    assert "[1]" in page.read_text(encoding="utf-8")
    assert "Radiology" in page.read_text(encoding="utf-8")
    checked = run("check", "--select", "REF,CIT,RET")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "2 articles checked" in checked.stderr
    for code in ("DATE001", "RET001"):
        assert run("rule", code).returncode == 0
    assert run("refs").stderr.endswith("0 written\n")
