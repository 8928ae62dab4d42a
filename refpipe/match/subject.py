"""What is compared: a record's item with its own name and the identifiers claimed for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from refpipe.model import Claim, Identifier, Item, Work

if TYPE_CHECKING:
    from refpipe.match.profiles import Profile


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One record as the matching room sees it.

    ``identifier`` is the record's own name, the one that decisions about it use; ``claims``
    are the identifiers that somebody says it has.
    """

    identifier: Identifier
    item: Item
    claims: tuple[Claim, ...] = ()

    @cached_property
    def profile(self) -> Profile:
        """The record made ready for comparing, once."""
        from refpipe.match import profiles

        return profiles.of(self)

    @classmethod
    def of_work(cls, work: Work) -> Subject:
        """A work of the library, all its records in one."""
        return cls(identifier=Identifier.parse(work.id), item=work.item, claims=work.claims)
