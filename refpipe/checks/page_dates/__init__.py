"""The dates that a page says of itself, wherever it says them: text, front matter, metadata."""

from __future__ import annotations

from refpipe.checks import visible_text
from refpipe.checks.page_dates import metadata, visible
from refpipe.checks.page_dates.page_date import ACCESSED, MODIFIED, PUBLISHED, REVIEWED, PageDate

__all__ = ["ACCESSED", "MODIFIED", "PUBLISHED", "REVIEWED", "PageDate", "page_dates"]


def page_dates(text: str, words: str, form: str) -> tuple[PageDate, ...]:
    """Every stamp of a page, in the order in which they stand.

    ``words`` is the text with everything that is not prose blanked, character for character.
    """
    front, body = metadata.front_matter(text)
    found = list(front)
    found += visible.visible_dates(words, body)
    if "<" in text:
        found += metadata.html(visible_text.markup(text, form), found)
    return tuple(sorted(found, key=lambda stamp: stamp.span))
