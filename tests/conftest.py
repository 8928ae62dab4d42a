"""Fixtures for every test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_registry import FakeRegistry
from hypothesis import HealthCheck, settings

# Nobody's own data on retractions decide how a test ends.
os.environ["REFPIPE_RETRACTIONS"] = os.fspath(Path(__file__).parent / "no-retractions.sqlite")

# A change is judged by what it does and not by luck: every run draws the same examples, on a
# person's machine as in CI.  `make test-slow` looks for new ones, many and at random.
# No time is asserted: a busy machine is no fault of the code.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fixed", _PATIENT, derandomize=True)
settings.register_profile("random", _PATIENT, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


@pytest.fixture
def fake_registry() -> Iterator[FakeRegistry]:
    """All registries on 127.0.0.1, knowing nothing and behaving well."""
    with FakeRegistry() as fake:
        yield fake
