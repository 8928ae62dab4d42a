"""The dates that a page says of itself, wherever it says them: text, front matter, metadata."""

from __future__ import annotations

from refpipe.checks import masking
from refpipe.checks.stamps import metadata, printed
from refpipe.checks.stamps.stamp import ACCESSED, MODIFIED, PUBLISHED, REVIEWED, Stamp

__all__ = ["ACCESSED", "MODIFIED", "PUBLISHED", "REVIEWED", "Stamp", "stamps"]


def stamps(text: str, words: str, form: str) -> tuple[Stamp, ...]:
    """Every stamp of a page, in the order in which they stand.

    ``words`` is the text with everything that is not prose blanked, character for character.
    """
    front, body = metadata.front_matter(text)
    found = list(front)
    found += printed.stamps(words, body)
    if "<" in text:
        found += metadata.html(masking.markup(text, form), found)
    return tuple(sorted(found, key=lambda stamp: stamp.span))
