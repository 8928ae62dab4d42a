"""``refpipe refs`` where works meet every fault: the rest of the article is done and stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import running
from fake_registry import FakeRegistry
from fake_registry.faults import Fault


@pytest.fixture(autouse=True)
def a_project(tmp_path: Path) -> None:
    """Outside a project nothing is written."""
    (tmp_path / "refpipe.toml").touch()


BAD = ("cut", "html as json", "no object", "other", "reset", "loop")


def work(name: str) -> dict[str, Any]:
    return {
        "DOI": f"10.5555/{name}",
        "type": "journal-article",
        "title": [f"The {name} of the lumbar spine"],
        "author": [{"family": name.title(), "given": "A"}],
        "container-title": ["Spine"],
        "issued": {"date-parts": [[2005]]},
    }


@pytest.mark.slow
def test_one_run_meets_every_fault_and_the_next_asks_only_for_what_is_missing(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    good = [f"good{number}" for number in range(5)]
    bad = [f"bad{number}" for number in range(len(BAD))]
    fake_registry.add_all(work(name) for name in (*good, *bad))
    faults = dict(zip((f"10.5555/{name}" for name in bad), map(Fault, BAD), strict=True))
    fake_registry.faults |= faults
    cited = "\n\n".join(f"Text [@doi:10.5555/{name}]." for name in (*good, *bad))
    (tmp_path / "articles").mkdir()
    article = tmp_path / "articles" / "one.md"
    article.write_text(f"# A\n\n{cited}\n\n<!--bibliography-->\n", encoding="utf-8")
    first = running.refpipe("refs", folder=tmp_path, extra=fake_registry.environ)
    assert first.returncode == 2, first.stderr
    woven = article.read_text(encoding="utf-8")
    assert all(f"The {name} of the lumbar spine" in woven for name in good)
    assert all(name in first.stderr + first.stdout for name in bad)
    fake_registry.faults.clear()
    fake_registry.forget_requests()
    second = running.refpipe("refs", folder=tmp_path, extra=fake_registry.environ)
    assert second.returncode == 0, second.stderr
    assert not any("good" in request.path for request in fake_registry.requests)
    woven = article.read_text(encoding="utf-8")
    assert all(f"The {name} of the lumbar spine" in woven for name in bad)
    fake_registry.forget_requests()
    third = running.refpipe("refs", folder=tmp_path, extra=fake_registry.environ)
    assert (third.returncode, fake_registry.requests) == (0, [])
    assert article.read_text(encoding="utf-8") == woven
