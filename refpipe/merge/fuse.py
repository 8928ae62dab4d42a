"""One item out of the records of a work, field by field, and who supplied each field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from refpipe import identifiers, match, normalise
from refpipe.merge.precedence import SourcedReading, completeness, identities
from refpipe.model import Identifier, Item, Scheme
from refpipe.normalise import places

Offers: TypeAlias = Sequence[tuple[SourcedReading, Any]]
"""Who offers which value for one variable, strongest first; never empty."""

_FROM_IDENTITY = {Scheme.DOI: "DOI", Scheme.PMID: "PMID", Scheme.PMCID: "PMCID"}
_NOT_FUSED = frozenset({"custom", "id", *_FROM_IDENTITY.values()})
_ET_AL = "-et-al"
_OF_ANOTHER_FIELD = frozenset({"title-is-cut", "removed"})
"""Remarks in ``custom`` that belong to a variable and travel with it, or with its absence.

So do those that end in ``-et-al``.
"""


def fuse(
    saids: Sequence[SourcedReading], identity: Sequence[Identifier]
) -> tuple[Item, dict[str, str]]:
    """The item of the records, which stand strongest first, and the supplier of each variable.

    ``identity`` has the identifiers that the work goes by, best first: its DOI is the work's,
    whichever record spoke of it.  A supplier named ``author+`` lent further names, and
    ``custom.x`` stands for the entry ``x`` of ``custom``.
    """
    item: Item = {}
    suppliers: dict[str, str] = {}
    custom: dict[str, Any] = {}
    for variable in sorted({name for said in saids for name in said.item} - _NOT_FUSED):
        offers = _offers(saids, variable)
        if not offers:
            continue
        if variable == "author" or _is_names(offers[0][1]):
            _fuse_people(variable, offers, item, custom, suppliers)
            continue
        said, value = _CHOOSERS.get(variable, _first)(offers)
        item[variable] = value
        suppliers[variable] = said.record.key
        if variable == "title" and _is_cut(said):
            custom["title-is-cut"] = True
    _fuse_custom(saids, custom, suppliers)
    _drop_repeated_page(item, custom, suppliers)
    _state_identity(saids, identity, item, suppliers)
    if custom:
        item["custom"] = dict(sorted(custom.items()))
    return item, suppliers


def _offers(saids: Sequence[SourcedReading], variable: str) -> Offers:
    """What the records have to offer, up to where a person said that there is no such thing."""
    found = []
    for said in saids:
        if variable in _removed(said):
            break
        value = said.item.get(variable)
        if value not in (None, "", [], {}):
            found.append((said, value))
    return found


def _removed(said: SourcedReading) -> list[str]:
    custom = said.item.get("custom")
    told = custom.get("removed") if isinstance(custom, dict) else None
    return told.split() if isinstance(told, str) and said.record.source == "manual" else []


def _first(offers: Offers) -> tuple[SourcedReading, Any]:
    return offers[0]


# ── The fuller of two values that say the same ──────────────────────────────────────────────────
# The rank of a source decides between statements that contradict each other.  A value that another
# source has whole is no statement of its own, so that a file that holds the first author only
# does not take the others away.


def _may_add(said: SourcedReading, chosen: SourcedReading) -> bool:
    """Whether what the one says may complete what was chosen.

    A person's word stands as it is, and what a registry says of its work is completed by another
    registry, not from print or from a file.  A year and a first page are known for beginnings,
    and do not ask: whoever begins alike goes on.
    """
    if chosen.record.source == "manual":
        return False
    return said.is_registry or not chosen.is_registry


def _fullest(offers: Offers, is_shorter: Callable[[str, str], bool]) -> tuple[SourcedReading, Any]:
    """The first value, or the one of which it is a shortening."""
    chosen = offers[0]
    for said, value in offers[1:]:
        if _may_add(said, chosen[0]) and is_shorter(str(chosen[1]), str(value)):
            chosen = said, value
    return chosen


def _title(offers: Offers) -> tuple[SourcedReading, Any]:
    """The first whole title or the one that it is the beginning of; clean of a footnote's mark."""
    if offers[0][0].record.source == "manual":
        return offers[0]
    whole = [offer for offer in offers if not _is_cut(offer[0])] or list(offers)
    names = (str(said.item.get(name) or "") for said, _ in offers for name in _BEHIND)
    others = set(filter(None, map(normalise.squeeze, names)))
    chosen = whole[0]
    for said, value in whole[1:]:
        mine, theirs = str(chosen[1]), str(value)
        is_cut = _is_cut(chosen[0]) or match.ends_in_ellipsis(mine)
        if not is_cut and not _may_add(said, chosen[0]):
            continue
        is_clean = match.is_same_but_for_mark(mine, theirs)
        is_fuller = match.is_part_of_title(mine, theirs, is_cut=is_cut)
        if is_clean or (is_fuller and match.behind_title(mine, theirs) not in others):
            chosen = said, value
    return chosen


_BEHIND = ("container-title", "container-title-short", "collection-title", "publisher")
"""What stands behind a title in print, and was read as its end where the two were not parted."""


def _container(offers: Offers) -> tuple[SourcedReading, Any]:
    return _fullest(offers, match.is_abbreviated)


def _phrase(offers: Offers) -> tuple[SourcedReading, Any]:
    return _fullest(offers, match.is_part_of_phrase)


def _date(offers: Offers) -> tuple[SourcedReading, Any]:
    """The first date, or one that says the same more exactly: its month where it is a year."""
    chosen = offers[0]
    if chosen[0].record.source == "manual":
        return chosen
    for said, value in offers[1:]:
        known, offered = _parts(chosen[1]), _parts(value)
        if known and len(offered) > len(known) and offered[: len(known)] == known:
            chosen = said, value
    return chosen


def _page(offers: Offers) -> tuple[SourcedReading, Any]:
    """The first pages, or the range that begins with them where they are its first page alone."""
    chosen = offers[0]
    known = places.pages(str(chosen[1]))
    if chosen[0].record.source == "manual" or known is None or known.last or known.others:
        return chosen
    for said, value in offers[1:]:
        offered = places.pages(str(value))
        if offered and offered.last and offered.first == known.first:
            return said, value
    return chosen


_CHOOSERS: Mapping[str, Callable[[Offers], tuple[SourcedReading, Any]]] = {
    "title": _title,
    "container-title": _container,
    "collection-title": _phrase,
    "event-title": _phrase,
    "publisher": _phrase,
    "publisher-place": _phrase,
    "issued": _date,
    "page": _page,
}


def _fuse_people(
    role: str, offers: Offers, item: Item, custom: dict[str, Any], suppliers: dict[str, str]
) -> None:
    lists = [offer for offer in offers if _is_names(offer[1])]
    if not lists:
        return
    item[role], goes_on, givers = fuse_names(lists, role)
    suppliers[role] = givers[0].record.key
    if role == "author" and len(givers) > 1:
        suppliers["author+"] = givers[1].record.key
    if goes_on:
        custom[f"{role}{_ET_AL}"] = True


def _fuse_custom(
    saids: Sequence[SourcedReading], custom: dict[str, Any], suppliers: dict[str, str]
) -> None:
    for said in saids:
        remarks = said.item.get("custom")
        if not isinstance(remarks, dict):
            continue
        for name, value in remarks.items():
            if name in _OF_ANOTHER_FIELD or name.endswith(_ET_AL):
                continue
            if name not in custom and value not in (None, ""):
                custom[name] = value
                suppliers[f"custom.{name}"] = said.record.key


def _drop_repeated_page(item: Item, custom: Mapping[str, Any], suppliers: dict[str, str]) -> None:
    """An article number that a poorer source took for a page is not printed twice."""
    number = item.get("number") or custom.get("article-number")
    if number and str(item.get("page", "")) == str(number):
        is_same_source = suppliers.get("page") == suppliers.get("number")
        if not is_same_source:
            del item["page"], suppliers["page"]


def _state_identity(
    saids: Sequence[SourcedReading],
    identity: Sequence[Identifier],
    item: Item,
    suppliers: dict[str, str],
) -> None:
    titled = [said for said in saids if said.record.key == suppliers.get("title")]
    for scheme, variable in _FROM_IDENTITY.items():
        names = [one for one in identity if one.scheme is scheme]
        if not names:
            continue
        same = [said for said in saids if _tells(said.item, item)]
        name = _of_text(names, same, (*titled, *saids))
        said = _states(saids, variable, name)
        if variable == "DOI":
            said = _in_its_letters(saids, name, said)
        if _is_in_address_alone(name, variable, saids):
            continue
        written = str(said.item.get(variable) or "")
        # A DOI has no case; it is shown in the one in which its source has it.
        found = re.search(re.escape(name.value), written, re.IGNORECASE)
        item[variable] = found[0] if found else name.value
        suppliers[variable] = said.record.key


def _is_in_address_alone(name: Identifier, variable: str, saids: Iterable[SourcedReading]) -> bool:
    """True where nobody states an identifier but for an address that holds it.

    The address is what the source states and what is printed; that it names the work all the
    same is in the work's claims.
    """
    naming = [said for said in saids if name in identities(said) or said.record.identifier == name]
    return bool(naming) and all(
        not said.item.get(variable) and _of_address(said.item) == name for said in naming
    )


def _of_address(item: Item) -> Identifier | None:
    claim = identifiers.from_url(str(item.get("URL") or ""))
    return claim.identifier if claim else None


_TOLD = ("title", "container-title", "issued", "volume", "page")
"""The variables by which a reader knows which of two papers an entry is about."""


def _tells(told: Item, item: Item) -> bool:
    """True for a record of the very text that the entry shows."""
    return bool(told.get("title")) and all(told.get(name) == item.get(name) for name in _TOLD)


def _of_text(
    names: Sequence[Identifier], same: Iterable[SourcedReading], saids: Iterable[SourcedReading]
) -> Identifier:
    """The best of several names if it is of the text shown, else that of the title's record.

    Where a person holds two registered papers for one work, the entry must not show the text of
    the one with the DOI of the other.
    """
    if any(names[0] in identities(said) for said in same):
        return names[0]
    for said in saids:
        if said.record.identifier in names:
            return said.record.identifier
        stated = identities(said)
        if own := [name for name in names if name in stated]:
            return own[0]
    return names[0]


def _states(saids: Sequence[SourcedReading], variable: str, name: Identifier) -> SourcedReading:
    """The strongest record that has the identifier among its fields, or else claims it.

    A correction of another field names the work by its identifier, and did not supply that.
    """
    for said in saids:
        if str(said.item.get(variable, "")).casefold() == name.value.casefold():
            return said
    claiming = [said for said in saids if name in identities(said)] or list(saids)
    return next((said for said in claiming if said.record.source != "manual"), claiming[0])


def _in_its_letters(
    saids: Sequence[SourcedReading], name: Identifier, said: SourcedReading
) -> SourcedReading:
    """The record whose DOI is shown: one in capitals throughout gives way to any other.

    A DOI has no case, and many a program writes all of it in capitals; small letters, or some of
    either, are as a publisher or a registry writes it.
    """
    for one in (said, *saids):
        written = str(one.item.get("DOI") or "")
        if written.casefold() == name.value.casefold() and not identifiers.is_in_capitals(written):
            return one
    return said


def _is_cut(said: SourcedReading) -> bool:
    custom = said.item.get("custom")
    return isinstance(custom, dict) and bool(custom.get("title-is-cut"))


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, dict) for name in value)


def _parts(date: Any) -> list[Any]:
    try:
        first = date["date-parts"][0]
    except (KeyError, IndexError, TypeError):
        return []
    return first if isinstance(first, list) else []


Names: TypeAlias = list[dict[str, Any]]


def fuse_names(
    lists: Sequence[tuple[SourcedReading, Names]], role: str
) -> tuple[Names, bool, tuple[SourcedReading, ...]]:
    """The names, whether the list goes on beyond them, and whom they come from.

    ``lists`` stand strongest first.  A list that leaves out people of another, or has their
    initials where that has their names, is completed from it; one that contradicts it is not.
    Whether the list goes on is for those to say who have all of it.
    """
    leader, names = lists[0]
    goes_on = is_open(leader, role)
    givers, longest = [leader], [leader]
    for said, others in lists[1:]:
        if not _may_add(said, longest[0]) and not (goes_on and leader.record.source != "manual"):
            continue
        joined = match.fuller_names(names, others)
        if joined is None:
            continue
        if len(others) >= len(names):
            longest = [*longest, said] if len(others) == len(names) else [said]
            is_doubted = goes_on and not any(_is_whole(one, leader) for one in longest)
            goes_on = is_doubted or any(is_open(one, role) for one in longest)
        if joined != names:
            givers.append(said)
            names = [dict(name) for name in joined]
    whole = next((said for said, told in lists if told == names), None)
    if whole is None:
        return names, goes_on, tuple(givers)
    return names, any(is_open(one, role) for one in longest), (whole,)


def _is_whole(said: SourcedReading, leader: SourcedReading) -> bool:
    """True for a record that tells a work and its year, or as much as the leader.

    A list that ends in one is believed to end there; a bare title may have lost names.
    """
    is_told = all(said.item.get(name) for name in ("title", "issued"))
    return is_told or completeness(said) >= completeness(leader)


def is_open(said: SourcedReading, role: str) -> bool:
    """True when the record's list of these people ends in "et al."."""
    custom = said.item.get("custom")
    if not isinstance(custom, dict):
        return False
    # Of a book without authors "et al." is said of its editors.
    is_first = role == "editor" and not said.item.get("author")
    return bool(custom.get(f"{role}{_ET_AL}") or (is_first and custom.get(f"author{_ET_AL}")))
