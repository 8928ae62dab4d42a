"""One date that a page says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from refpipe.dates import DateReading
from refpipe.model import Span

PUBLISHED, MODIFIED, REVIEWED, ACCESSED = "published", "modified", "reviewed", "accessed"

TEXT = "text"
"""The source of a stamp that a reader sees; the others name the metadata it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDate:
    """A date with what it is the date of, and where it stands."""

    kind: str
    """``published``, ``modified``, ``reviewed``, ``accessed``; empty where nobody can tell."""
    source: str
    """``text``, ``front matter``, ``meta``, ``time`` or ``JSON-LD``."""
    label: str
    """The word it is announced by, as it is written: ``更新日``, ``dateModified``."""
    reading: DateReading
    span: Span
    """The date itself."""
    element: Span | None = None
    """For ``<time>``: the words inside the element."""
