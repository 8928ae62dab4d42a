"""Fixtures for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fake_registry import FakeRegistry


@pytest.fixture
def fake_registry() -> Iterator[FakeRegistry]:
    """All registries on 127.0.0.1, knowing nothing and behaving well."""
    with FakeRegistry() as fake:
        yield fake
