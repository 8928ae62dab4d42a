"""What a rule is: a promise (its code), its words in two languages, and a pure function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from refpipe.checks.context import Context
from refpipe.checks.subject import Subject
from refpipe.model import Finding
from refpipe.translation import translated

Check = Callable[[Subject, Context], Iterable[Finding]]
"""From an article and what is known around it to the findings; no clock, no file, no network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.  Its code is never given to another."""

    code: str
    name: str
    page: str
    """The docstring of its file, which is also its page (see ``page``)."""
    messages: Mapping[str, tuple[str, str]]
    """Kind of finding → the message in English and in Japanese, with ``{value}`` places.

    ``Finding.values["kind"]`` chooses; most rules have one kind, the empty string.
    """
    check: Check = field(repr=False)
    is_default: bool = True
    """False: it speaks only when it is selected by name or family."""
    is_quiet: bool = False
    """True: it is no finding at all, only a fix that ``--fix`` makes by the way."""

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.code.rstrip("0123456789")

    def message(self, finding: Finding, lang: str) -> str:
        """What the finding says, in ``ja`` or (any other ``lang``) in English."""
        english, japanese = self.messages[finding.values.get("kind", "")]
        if lang != "ja":
            return english.format_map(_Values(finding.values))
        values = dict(finding.values)
        if reason := values.get("reason"):  # A sentence of its own, said elsewhere in English.
            values["reason"] = translated(reason)
        return japanese.format_map(_Values(values))


class _Values(dict[str, str]):
    """Values for a message; one that is not there leaves its place as it is written."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"
