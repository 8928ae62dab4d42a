"""A plain list of references as it stands in an article, and the citations that name it."""

from __future__ import annotations

from dataclasses import dataclass

from refpipe.model import Fault, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyReference:
    """One entry of a plain list."""

    label: str
    """Its number as digits (``1``); counted by us where the list has none."""
    span: Span
    text: str
    """On one line, without the label, tags and line-end hyphens; addresses of links added."""
    sign: str = ""
    """What it shows instead of a number, in lower case (``iii``); ``?`` where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyList:
    """A plain list of references.

    ``span`` reaches from the first sign of the first reference to the last of the last; where
    HTML elements hold the references (``<ol>``, ``<li>``, ``<p>``) it takes in whole elements, so
    that it can be replaced without leaving half a tag behind.  The heading stays outside.
    """

    span: Span
    heading: Span | None
    references: tuple[LegacyReference, ...]
    faults: tuple[Fault, ...] = ()
    style: str = ""
    """How its labels are written (``[n]``, ``n)``, ``①`` …); empty where it has none."""
    obstacles: tuple[Fault, ...] = ()
    """Why it is not clear which reference a number of the text means."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where no citation of the article stands: the list with its heading."""
        begin = min(self.heading.start, self.span.start) if self.heading else self.span.start
        return (Span(begin, self.span.end),)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyCitation:
    """A plain citation in the text, such as ``[1]-[3]``."""

    span: Span
    numbers: tuple[int, ...]
    """Ranges written out, in the order they stand."""
    locator: str = ""
    """The place in the work as it was typed (``p. 12``); only behind a single number."""
