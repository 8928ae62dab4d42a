"""What comes of one request: a reply, or why there is none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Pace(Enum):
    """How fast one kind of request may follow another; each kind has its own session."""

    SINGLE = "single"
    """One work at Crossref."""
    LIST = "list"
    """A list or a search at Crossref."""
    OTHER = "other"
    """Any other registry."""
    CATALOGUE = "catalogue"
    """A library's catalogue, which asks for one request at a time."""
    PAGE = "page"
    """A web page: nobody's private address, nobody's proxy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server said."""

    url: str
    """The address that answered, after redirects."""
    status: int
    headers: Mapping[str, str]
    """By lower-case names."""
    body: bytes
    heard: str = ""
    """When it was said, a UTC time in ISO 8601; empty for just now."""
    is_remembered: bool = False
    is_stale: bool = False
    """Remembered for longer than it is good for, because nobody could be asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a server gave no reply that can be used."""

    url: str
    host: str
    reason: str
    """For people, as the end of a sentence: ``did not answer within 90 s``."""

    def __str__(self) -> str:
        return f"{self.host} {self.reason}"


_NOT_JSON = ValueError("not JSON")


def read_json(body: bytes) -> Any:
    """The JSON value that ``body`` holds; raises ValueError on anything else.

    HTML under a JSON label, a torn body and nesting without end are all "anything else".
    """
    if body.lstrip()[:1] not in {b"{", b"["}:
        raise _NOT_JSON
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON value")
