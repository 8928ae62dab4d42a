"""``library.db``: facts are added, works are found.

Reading needs ``sqlite3`` alone; what projects, matches or migrates is imported when a fact
is really added.
"""

from __future__ import annotations

from refpipe.library.library import Library

__all__ = ["Library"]
