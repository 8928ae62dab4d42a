"""Dates as people and registries write them ⇄ partial dates; the calendar decides.

``read`` takes one date standing alone, ``find`` all dates of a running text with their
spans.  Neither guesses: what the calendar does not have comes back without a value and with
the fault that says why.  ``from_parts`` and ``to_parts`` speak CSL's ``date-parts``,
``of_item`` and ``year_of`` read a CSL item.
"""

from refpipe.dates.grammar import ERAS, Era, era_of, from_parts, is_day, of_item, to_parts, year_of
from refpipe.dates.parser import DateFault, DateReading, FaultKind, FoundDate, find, read

__all__ = [
    "ERAS",
    "DateFault",
    "DateReading",
    "Era",
    "FaultKind",
    "FoundDate",
    "era_of",
    "find",
    "from_parts",
    "is_day",
    "of_item",
    "read",
    "to_parts",
    "year_of",
]
