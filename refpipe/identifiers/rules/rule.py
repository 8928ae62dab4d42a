"""The shape of a rule, and how it is tried on an address."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from refpipe.model import Certainty, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row: where it applies, what it finds there, and how that is known."""

    name: str
    host: str = ".*"
    """A pattern for the whole host, without ``www.``; its groups fill ``gives``."""
    pattern: str
    """A pattern searched in path and query, percent-decoded; its groups fill it as well."""
    gives: str | Callable[[re.Match[str]], str | None]
    """A template (``10.1038/{id}``) or a function of the match; an empty string says that the
    address is known to hold no identifier and ends the search."""
    certainty: Certainty = Certainty.CANDIDATE
    scheme: Scheme = Scheme.DOI
    source: str = ""
    """Where the knowledge comes from."""
    example: tuple[str, str]
    """An address and what the rule makes of it."""
    between: tuple[str, int, int] | None = None
    """A numeric group and the range, ends included, in which the rule holds."""

    def answer(self, host: str, subject: str) -> str | None:
        """What the rule finds in an address; None where it does not apply."""
        site = _compiled(self.host).fullmatch(host)
        match = _compiled(self.pattern).search(subject) if site else None
        if not site or not match or not self._holds(match):
            return None
        if callable(self.gives):
            return self.gives(match)
        return self.gives.format(**site.groupdict(), **match.groupdict(default=""))

    def _holds(self, match: re.Match[str]) -> bool:
        if self.between is None:
            return True
        group, first, last = self.between
        return first <= int(match[group]) <= last


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)
