"""What a command changed of works that were there before, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refpipe.items import values
from refpipe.library import Library
from refpipe.model import Identifier, Item, Relation, Work

if TYPE_CHECKING:
    from refpipe.render import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is said of a work now that was not said before."""

    work: Work
    relations: tuple[Relation, ...] = ()
    """Retractions, corrections and other ties that are new."""
    fields: tuple[tuple[str, object, object], ...] = ()
    """(CSL variable, before, after) for each that is another now."""

    @property
    def is_any(self) -> bool:
        """Whether anything changed."""
        return bool(self.relations or self.fields)


def changed(before: Work, after: Work) -> Change:
    """What is another in ``after``."""
    known = {(tie.kind, tie.target) for tie in before.relations}
    return Change(
        work=after,
        relations=tuple(tie for tie in after.relations if (tie.kind, tie.target) not in known),
        fields=tuple(_fields(before.item, after.item)),
    )


def _fields(before: Item, after: Item) -> Iterator[tuple[str, object, object]]:
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield name, before.get(name), after.get(name)


def of_entries(
    library: Library, changed: Iterable[tuple[Work, Work]], style: Style
) -> Iterator[Change]:
    """What is another in the printed entries of works, each of them before and now.

    A work that was not there before has no entry that could have changed, but it may have got the
    identifier by which another one was cited.
    """
    for before, after in changed:
        fields = tuple(_visible(before.item, after.item, style))
        if fields:
            yield Change(work=after, fields=fields)
        now = library.find(Identifier.parse(before.id))
        if now is not None and now.id != after.id:
            entry = _entry(before.item, style)
            yield Change(work=now, fields=(("entry", entry, _entry(now.item, style)),))


def _visible(before: Item, after: Item, style: Style) -> Iterator[tuple[str, object, object]]:
    """The fields by which the entry of an item becomes another; the entry itself if none does."""
    before, after = _told(before), _told(after)
    entry, new = (_entry(item, style) for item in (before, after))
    if entry == new:
        return
    fields = list(_fields(before, after))
    seen = [one for one in fields if _entry(_with(before, *one), style) != entry]
    yield from seen or [("entry", entry, new)]


def _entry(item: Item, style: Style) -> str:
    """The entry of an item as it is printed."""
    from refpipe import markup, render

    return markup.plain(render.entry(_untold(item), style).content)


_ET_AL = {"literal": "et al."}


def _told(item: Item) -> Item:
    """The item with "et al." as the last of its authors, where the list goes on."""
    custom = dict(values.mapping(item.get("custom")))
    goes_on = custom.pop("author-et-al", False)
    shown = {name: value for name, value in item.items() if name != "custom"}
    shown |= {"custom": custom} if custom else {}
    return shown | ({"author": [*(item.get("author") or []), _ET_AL]} if goes_on else {})


def _untold(item: Item) -> Item:
    """The item as it is stored, whose list says aside that it goes on."""
    if _ET_AL not in item.get("author", ()):
        return item
    names = [name for name in item["author"] if name != _ET_AL]
    return {**item, "author": names, "custom": {**item.get("custom", {}), "author-et-al": True}}


def _with(item: Item, name: str, _: object, value: object) -> Item:
    """The item with one field as it is now."""
    others = {variable: told for variable, told in item.items() if variable != name}
    return others if value is None else {**others, name: value}
