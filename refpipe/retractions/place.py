"""Where the index lies, and whether it is another one than before; imported by every idle run."""

from __future__ import annotations

import os
from pathlib import Path


def index_path() -> Path:
    """Where the index lies: ``REFPIPE_RETRACTIONS``, else the user's cache folder."""
    named = os.environ.get("REFPIPE_RETRACTIONS", "").strip()
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_cache_path("refpipe") / "retractions.sqlite"


def stamp(path: Path) -> str:
    """A string that changes whenever the index does; empty where there is none."""
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_size}.{status.st_mtime_ns}"
