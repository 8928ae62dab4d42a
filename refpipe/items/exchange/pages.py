"""Pages as bibliography files write them."""

from __future__ import annotations

import re

_RANGE = re.compile(r"([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)")


def tidy(text: str) -> str:
    """The pages with a plain hyphen for every kind of dash."""
    return re.sub(r"\s*[-\u2010-\u2015\u2212]+\s*", "-", text.strip())


def whole(text: str) -> str:
    """The pages with a shortened end made whole: ``6913-7`` is ``6913-6917``."""
    return ", ".join(
        _RANGE.sub(_lengthened, part.strip()) for part in tidy(text).split(",") if part
    )


def _lengthened(found: re.Match[str]) -> str:
    letters, start, end_letters, end = found.groups()
    if len(end) < len(start) and end_letters in ("", letters):
        end = start[: len(start) - len(end)] + end
        end_letters = letters
    return f"{letters}{start}-{end_letters}{end}"
