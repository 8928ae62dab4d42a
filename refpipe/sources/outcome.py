"""What comes of asking one source about one identifier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from refpipe import items
from refpipe.http import Failure
from refpipe.model import Identifier, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A source knows it, and this is what it says."""

    source: str
    """A row of ``items.READERS``."""
    identifier: Identifier
    """What it answered for; under an alias, the primary one."""
    message: Any
    origin: str
    """The address that answered."""
    agency: str
    reason: str = ""

    def record(self) -> Record:
        """The answer as it is stored, heard now."""
        return Record(
            source=self.source,
            identifier=self.identifier,
            payload=items.canonical(self.source, self.message),
            heard=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            origin=self.origin,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """A source says that it does not know it."""

    reason: str
    """For people."""


Outcome: TypeAlias = Heard | Absent | Failure
