"""Character classes for names: the capitals and small letters of Latin, Greek and Cyrillic."""

from __future__ import annotations

import sys
import unicodedata


def _ranges(category: str) -> str:
    found = [
        code
        for start, end in ((0x41, 0x530), (0x1E00, 0x2000))
        for code in range(start, min(end, sys.maxunicode))
        if unicodedata.category(chr(code)) == category
    ]
    return "".join(chr(code) for code in found)


UPPER = _ranges("Lu")
"""For use inside ``[…]``: every capital letter."""
LOWER = _ranges("Ll") + "ʹªº"
"""For use inside ``[…]``: every small letter."""
