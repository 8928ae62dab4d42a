"""Fixtures for every test."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from fake_registry import FakeRegistry
from hypothesis import settings

# A change is judged by what it does and not by luck: CI draws the same examples each time, while
# everybody's own runs go on looking for new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture
def fake_registry() -> Iterator[FakeRegistry]:
    """All registries on 127.0.0.1, knowing nothing and behaving well."""
    with FakeRegistry() as fake:
        yield fake
