"""A wrapped reference on one line."""

from __future__ import annotations

import re


def one_line(text: str) -> str:
    """The reference on one line: line-end hyphens and soft breaks undone, spaces made single."""
    # The reader of references is large, and most articles have nothing to join.
    from refpipe.items.printed.clean import clean

    # The cleaner also strips a label; a reference that begins with a figure must keep it.
    joined = clean("\x02" + text).text.replace("\x02", "")
    return re.sub(r"\s+", " ", joined).strip()
