"""What was retracted, of concern, corrected or reinstated, known on this machine.

The Retraction Watch data, which Crossref publishes as one file, are read once into a small index
in the user's cache; whoever is cited is looked up there, and nothing of it leaves the machine.
"""

from __future__ import annotations

from refpipe.retractions.index import Found, Index, index_path
from refpipe.retractions.rows import Notice

__all__ = ["Found", "Index", "Notice", "index_path"]
