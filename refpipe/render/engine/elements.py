"""The elements of a style that decide and gather: layout, group, choose, macro, text.

They subclass citeproc-py's, whose reader builds them from the style, and replace how text is
handed upwards: as pieces (see ``pieces``) and without looking anything up in the XML while an
entry is rendered.  ``prepare`` reads an element's attributes once.

Cures: a group around nothing but terms vanishes only when it asked for a variable in vain
(the engine also counts branches that were not taken); a page range keeps the last page whole
unless the style says otherwise; a missing macro costs its own text and not the entry.
"""

from __future__ import annotations

import re
from typing import Any

from citeproc import model

from refpipe.render.engine import casing, ranges
from refpipe.render.engine.pieces import (
    BOLD,
    CLOSED,
    ITALIC,
    OPENED,
    SUBSCRIPT,
    SUPERSCRIPT,
    Piece,
    Pieces,
    affixed,
    joined,
    marked,
    plain,
)
from refpipe.render.engine.place import Place

NUMBERS = frozenset(
    ("volume", "issue", "edition", "number", "collection-number", "number-of-pages",
     "number-of-volumes", "chapter-number", "supplement-number", "printing-number", "part-number")
)  # fmt: skip
"""CSL's number variables, in which a hyphen between two numbers is a range."""


def numbered(found: Pieces, mark: str) -> Pieces:
    """A number variable with its ranges written out; text in several faces stays as it is."""
    if len(found) > 1:
        return found
    return [piece._replace(text=ranges.number(piece.text, mark)) for piece in found]


_STOP = re.compile(r"\.(?![a-z])")
"""A full stop after an abbreviation; the one in ``LWN.net`` is part of the name."""


class Prepared:
    """An element whose attributes were read once."""

    get: Any
    iterchildren: Any

    def prepare(self) -> None:
        """Read the attributes that rendering needs."""
        self.kids = list(self.iterchildren())
        self.before = self.get("prefix", "")
        self.after = self.get("suffix", "")
        self.marks = _marks(self)
        self.is_quoted = self.get("quotes") == "true"
        self.drops_periods = self.get("strip-periods") == "true"
        self.text_case = self.get("text-case", "")

    def finish(self, pieces: Pieces | None, language: str = "") -> Pieces | None:
        """The pieces with all that the element's attributes ask for; None for nothing."""
        if not pieces:
            return None
        if self.drops_periods:
            pieces = [piece._replace(text=_STOP.sub("", piece.text)) for piece in pieces]
        if self.text_case:
            pieces = casing.apply(self.text_case, pieces, language)
        if self.marks:
            pieces = marked(pieces, self.marks)
        if self.is_quoted:
            pieces = [OPENED, *pieces, CLOSED]
        return affixed(pieces, self.before, self.after)

    def parts(self, place: Place) -> list[Pieces]:
        """What each child gives, those with nothing left out."""
        found = [kid.render(place) for kid in self.kids]
        return [part for part in found if part]


def _marks(element: Any) -> int:
    get = element.get
    return (
        (ITALIC if get("font-style") in ("italic", "oblique") else 0)
        | (BOLD if get("font-weight") == "bold" else 0)
        | (SUPERSCRIPT if get("vertical-align") == "sup" else 0)
        | (SUBSCRIPT if get("vertical-align") == "sub" else 0)
    )


class Layout(Prepared, model.Layout):  # type: ignore[misc]
    """The whole entry."""

    def render(self, place: Place) -> Pieces:
        """All pieces of an entry."""
        return self.finish(joined(self.parts(place), "")) or []


class Macro(Prepared, model.Macro):  # type: ignore[misc]
    """A named part of a style."""

    def render(self, place: Place) -> Pieces | None:
        """What the children give, one after the other."""
        return joined(self.parts(place), "") or None


class Group(Prepared, model.Group):  # type: ignore[misc]
    """Children that stand or fall together."""

    def prepare(self) -> None:
        """Read the attributes that rendering needs."""
        super().prepare()
        self.delimiter = self.get("delimiter", "")

    def render(self, place: Place) -> Pieces | None:
        """The children with the delimiter between, or None if every variable was missing."""
        called, rendered = place.called, place.rendered
        parts = self._parts(place)
        if place.called > called and place.rendered == rendered:
            return None
        return self.finish(joined(parts, self.delimiter)) if parts else None

    def _parts(self, place: Place) -> list[Pieces]:
        """The children's pieces; a choose hands over its children one by one."""
        parts: list[Pieces] = []
        for kid in self.kids:
            if isinstance(kid, Choose):
                parts += kid.parts(place)
            else:
                part = kid.render(place)
                if part:
                    parts.append(part)
        return parts


class Choose(Prepared, model.Choose):  # type: ignore[misc]
    """The first branch whose conditions hold."""

    def parts(self, place: Place) -> list[Pieces]:
        """What the children of that branch give."""
        for branch in self.kids:
            if branch.holds(place):
                parts: list[Pieces] = []
                for kid in branch.kids:
                    if isinstance(kid, Choose):
                        parts += kid.parts(place)
                    elif part := kid.render(place):
                        parts.append(part)
                return parts
        return []

    def render(self, place: Place) -> Pieces | None:
        """The same, one after the other."""
        return joined(self.parts(place), "") or None


class If(Prepared, model.If):  # type: ignore[misc]
    """A branch with conditions."""

    def prepare(self) -> None:
        """Read the conditions as pairs of a kind and a word."""
        super().prepare()
        self.match = self.get("match", "all")
        self.tests = [
            (kind, word)
            for kind in ("type", "variable", "is-numeric", "is-uncertain-date", "locator",
                         "position", "disambiguate")
            for word in self.get(kind, "").split()
        ]  # fmt: skip

    def holds(self, place: Place) -> bool:
        """True if the conditions do, all, any or none of them as the style says."""
        outcomes = (_holds(kind, word, place) for kind, word in self.tests)
        if self.match == "any":
            return any(outcomes)
        if self.match == "none":
            return not any(outcomes)
        return all(outcomes)


def _holds(kind: str, word: str, place: Place) -> bool:
    reference = place.reference
    if kind == "type":
        return word == reference.type
    if kind == "variable":
        return word not in place.suppressed and reference.has(word)
    if kind == "is-numeric":
        return word in reference.texts and ranges.is_numeric(plain(reference.texts[word]))
    if kind == "is-uncertain-date":
        return word in reference.dates and reference.dates[word].is_circa
    # An entry has no locator, no position in the text, and nothing to be told apart from.
    return False


class ElseIf(If, model.Else_If):  # type: ignore[misc]
    """A further branch with conditions."""


class Else(Prepared, model.Else):  # type: ignore[misc]
    """The branch that is left."""

    def holds(self, place: Place) -> bool:  # noqa: ARG002
        """Always true."""
        return True


class Text(Prepared, model.Text):  # type: ignore[misc]
    """A variable, a macro, a term or a word of the style."""

    def prepare(self) -> None:
        """Find the macro or term once."""
        super().prepare()
        self.variable = self.get("variable", "")
        self.is_short = self.get("form") == "short"
        self.macro = None
        self.fixed: Pieces = []
        if "macro" in self.attrib:
            found = self.get_root().xpath_search(f"cs:macro[@name='{self.get('macro')}']")
            self.macro = found[0] if found else None
        elif "term" in self.attrib:
            self.fixed = [Piece(_term(self))]
        elif "value" in self.attrib:
            self.fixed = [Piece(self.get("value"))]
        self.range_format = self.get_root().get("page-range-format", "")
        self.range_mark = _plain_term(self, "page-range-delimiter") or "–"

    def render(self, place: Place) -> Pieces | None:
        """The text, or None where there is none."""
        if self.variable:
            return self._variable(place)
        if self.macro is not None:
            return self.finish(self.macro.render(place), place.reference.language)
        return self.finish(self.fixed) if self.fixed and self.fixed[0].text else None

    def _variable(self, place: Place) -> Pieces | None:
        if self.variable in ("citation-number", "citation-label", "locator", "year-suffix"):
            return None
        place.called += 1
        found = self._found(place)
        if not found:
            return None
        place.rendered += 1
        if self.variable in ("page", "page-first"):
            found = self._pages(found)
        elif self.variable in NUMBERS:
            found = numbered(found, self.range_mark)
        return self.finish(found, place.reference.language)

    def _found(self, place: Place) -> Pieces | None:
        if self.variable in place.suppressed:
            return None
        texts = place.reference.texts
        if self.is_short and f"{self.variable}-short" in texts:
            return texts[f"{self.variable}-short"]
        return texts.get("page" if self.variable == "page-first" else self.variable)

    def _pages(self, found: Pieces) -> Pieces:
        text = plain(found)
        if self.variable == "page-first":
            return [Piece(ranges.first(text))]
        return [Piece(ranges.pages(text, self.range_format, self.range_mark))]


def _term(element: Any) -> str:
    """A term of the locale in the form and number that the element asks for."""
    form = element.get("form", "long")
    find = element.get_plural_term if element.get("plural") == "true" else element.get_single_term
    return str(find(name=element.get("term"), form=None if form == "long" else form))


def _plain_term(element: Any, name: str) -> str:
    return str(element.get_single_term(name=name))
