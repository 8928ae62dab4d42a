"""Fixtures for every test."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from fake_registry import FakeRegistry
from hypothesis import HealthCheck, settings

from refpipe.http import Settings

# Nobody's own data on retractions decide how a test ends.
os.environ["REFPIPE_RETRACTIONS"] = os.fspath(Path(__file__).parent / "no-retractions.sqlite")

# Hundreds of commands are started here, and none need compile the whole package anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A change is judged by what it does and not by luck: every run draws the same examples, on a
# person's machine as in CI.  Half as many as hypothesis takes found nearly all that these found;
# `make test-slow` draws them all, and looks for new ones, many and at random.
# No time is asserted: a busy machine is no fault of the code.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fixed", _PATIENT, derandomize=True, max_examples=50)
settings.register_profile("whole", _PATIENT, derandomize=True)
settings.register_profile("random", _PATIENT, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


def pytest_collection_finish() -> None:
    """Leave what was collected out of the search for garbage: all of it is needed to the end.

    Some eight thousand tests and their modules were looked through again and again for circles
    that nobody had made, which was a twelfth of the suite's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture
def fake_registry() -> Iterator[FakeRegistry]:
    """All registries on 127.0.0.1, knowing nothing and behaving well.

    Nobody there minds haste, so the commands that a test runs inside its process ask NCBI, the
    catalogues and the sites without the seconds in between that the real ones want.
    """
    of_environment = Settings.from_environment

    def hurried(*arguments: Any, **options: Any) -> Settings:
        return replace(of_environment(*arguments, **options), others=500.0, catalogues=500.0)

    with FakeRegistry() as fake, mock.patch.object(Settings, "from_environment", hurried):
        yield fake
