"""In which fields two works differ, in words that a person can decide by."""

from __future__ import annotations

from dataclasses import dataclass

from refpipe import confirm
from refpipe.model import Item, Work

_FIELDS = ("title", "authors", "year")
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that the two works state differently."""

    field: str
    here: str
    """What the work says that is asked about."""
    there: str
    """What the other one says."""

    def __str__(self) -> str:
        return f"{self.field}: here “{self.here}”, there “{self.there}”"


def differences(here: Work, there: Work) -> tuple[Difference, ...]:
    """The title, authors and year where the two works do not agree; what is missing is unknown."""
    if here.id == there.id:
        return ()
    found = confirm.agreement(here.item, there.item).differs
    return tuple(
        Difference(field=field, here=_shown(here.item, field), there=_shown(there.item, field))
        for field in _FIELDS
        if field in found
    )


def _shown(item: Item, field: str) -> str:
    if field == "title":
        return str(item.get("title") or "")
    if field == "year":
        issued = item.get("issued")
        parts = issued.get("date-parts") if isinstance(issued, dict) else None
        return str(parts[0][0]) if parts and parts[0] else ""
    names = [name for name in item.get("author") or () if isinstance(name, dict)]
    told = [str(name.get("family") or name.get("literal") or "") for name in names[:_MOST_NAMES]]
    return ", ".join(told) + (" et al." if len(names) > _MOST_NAMES else "")
