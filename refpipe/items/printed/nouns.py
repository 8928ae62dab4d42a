"""What reading a printed reference gives: the reading, and where each field stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from refpipe.model import Reading, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field as it was read."""

    value: object
    """As it stands in the item: text, names, or ``{"date-parts": …}``."""
    confidence: float
    """Between 0 and 1; how sure the reader is that this stretch is this field."""
    span: Span
    """Where it stands in the text that was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A stretch that was not understood; it is kept to be shown."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A printed reference, read."""

    text: str
    reading: Reading
    fields: Mapping[str, Field]
    rest: tuple[Rest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A field on the way: positions are those of the cleaned text."""

    name: str
    value: object
    start: int
    end: int
    confidence: float
