"""Page ranges in one form: a plain hyphen, and the second page written out."""

from __future__ import annotations

import re

_RANGE = re.compile(
    r"([A-Za-z]*\.?)(\d+)([A-Za-z]?)\s*[-‐‑‒–—−~〜～]+\s*([A-Za-z]*\.?)(\d+)([A-Za-z]?)"
)


def expand(text: str) -> str:
    """``1650-60`` as ``1650-1660``; what is no shortened range only loses its fancy dash.

    A last page as long as the first is left alone even when it is smaller, and so is one whose
    completion would not lie behind the first page: a guess would be worse than the print.
    """
    match = _RANGE.fullmatch(text.strip())
    if not match:
        return re.sub(r"\s*[‐‑‒–—−-]+\s*", "-", text.strip().strip(".,;:"))
    lead, first, letter, lead_two, last, letter_two = match.groups()
    if len(last) < len(first) and (letter_two == letter or not letter_two.isupper()):
        whole = first[: -len(last)] + last
        if int(whole) >= int(first):
            last, lead_two = whole, lead_two or lead
    return f"{lead}{first}{letter}-{lead_two}{last}{letter_two}"
