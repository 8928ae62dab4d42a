"""Where the real pages lie that tests read and the repository does not hold."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("REFPIPE_SHARED", ROOT.parent / "shared"))


def seed(name: str) -> Path:
    """The page whose name begins so; skips the test, by name, where it is absent."""
    found = sorted((SHARED / "seeds").glob(f"{name}*.txt"))
    if not found:
        pytest.skip(f"{SHARED / 'seeds' / name}*.txt is absent")
    return found[0]
