"""What was retracted, of concern, corrected or reinstated, known on this machine.

The Retraction Watch data, which Crossref publishes as one file, are read once into a small index
in the user's cache; whoever is cited is looked up there, and nothing of it leaves the machine.
"""

from __future__ import annotations

import os
from pathlib import Path

# Here, and not beside the index, because every idle run asks whether the index is another one.


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
