"""One printed reference → its item, each field with its confidence and its place.

``read`` takes the text of a single reference in whatever style, line breaks and all.  What was
not understood comes back as ``rest``; nothing is invented.
"""

from __future__ import annotations

from refpipe.items.printed import addresses, assemble, clean, western
from refpipe.items.printed.nouns import Field, Printed, Rest
from refpipe.model import Reading, Record

__all__ = ["Field", "Printed", "Rest", "read", "reading"]


def read(text: str) -> Printed:
    """The reference, read."""
    cleaned = clean.clean(text)
    found = addresses.find(cleaned.text, cleaned.shape)
    draft = western.read(cleaned, found)
    parts = draft.parts + found.parts
    fields = assemble.fields(parts, cleaned)
    item = assemble.item(fields, draft.head.names, draft.kind)
    return Printed(
        text=text,
        reading=Reading(item=item, claims=tuple(found.claims), repairs=()),
        fields=fields,
        rest=assemble.rest(parts, found, cleaned),
    )


def reading(record: Record) -> Reading:
    """What a record of the source ``printed`` means; its payload is the printed line."""
    return read(record.payload).reading
