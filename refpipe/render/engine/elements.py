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
from collections.abc import Callable
from html import unescape
from typing import Any

from citeproc import model

from refpipe.render.engine import forms
from refpipe.render.engine.pieces import (
    AFFIX,
    APOSTROPHE,
    BOLD,
    BROKEN,
    CLOSED,
    ITALIC,
    LIGHT,
    OPENED,
    PREFIX,
    SUBSCRIPT,
    SUPERSCRIPT,
    UPRIGHT,
    Cite,
    Piece,
    Pieces,
    Place,
    affixed,
    joined,
    marked,
    plain,
    raised,
)
from refpipe.render.style import CONDITIONS, DISPLAYS, HELD
from refpipe.render.texts import rich

NUMBERS = frozenset(
    ("volume", "issue", "edition", "number", "collection-number", "number-of-pages",
     "number-of-volumes", "chapter-number", "supplement-number", "printing-number", "part-number")
)  # fmt: skip
"""CSL's number variables, in which a hyphen between two numbers is a range."""


def numbered(found: Pieces, mark: str) -> Pieces:
    """A number variable with its ranges written out; text in several faces stays as it is."""
    if len(found) > 1:
        return found
    return [piece._replace(text=forms.number_range(piece.text, mark)) for piece in found]


_STOP = re.compile(r"\.(?![a-z])")
"""A full stop after an abbreviation; the one in ``LWN.net`` is part of the name."""


def _name(tag: str) -> str:
    """An element's name without the namespace of CSL."""
    return tag.removeprefix("{http://purl.org/net/xbiblio/csl}")


class Prepared:
    """An element whose attributes were read once."""

    get: Any
    keys: Any
    iterchildren: Any
    tag: str

    def prepare(self) -> None:
        """Read the attributes that rendering needs."""
        held = HELD.get(_name(self.tag), frozenset())
        self.kids = [kid for kid in self.iterchildren() if _name(kid.tag) in held]
        self.before = unescape(self.get("prefix", ""))
        self.after = unescape(self.get("suffix", ""))
        self.marks = _marks(self)
        self.is_quoted = self.get("quotes") == "true"
        self.is_own_line = self.get("display") in DISPLAYS
        self.drops_periods = self.get("strip-periods") == "true"
        self.text_case = self.get("text-case", "")

    def finish(self, pieces: Pieces | None, language: str = "") -> Pieces | None:
        """The pieces with all that the element's attributes ask for; None for nothing."""
        if not pieces:
            return None
        if self.drops_periods:
            pieces = [
                piece if piece.role in (AFFIX, PREFIX)
                else piece._replace(text=_STOP.sub("", piece.text))
                for piece in pieces
            ]  # fmt: skip
        if self.text_case:
            pieces = forms.cased(self.text_case, pieces, language)
        if self.marks:
            pieces = marked(pieces, self.marks)
        if self.is_quoted:
            pieces = [OPENED, *pieces, CLOSED]
        pieces = affixed(pieces, self.before, self.after)
        return [BROKEN, *pieces, BROKEN] if self.is_own_line else pieces

    def parts(self, place: Place) -> list[Pieces]:
        """What each child gives, those with nothing left out."""
        found = [kid.render(place) for kid in self.kids]
        return [part for part in found if part]


def _marks(element: Any) -> int:
    get = element.get
    return (
        (ITALIC if get("font-style") in ("italic", "oblique") else 0)
        | (UPRIGHT if get("font-style") == "normal" else 0)
        | (BOLD if get("font-weight") == "bold" else 0)
        | (LIGHT if get("font-weight") == "normal" else 0)
        | (SUPERSCRIPT if get("vertical-align") == "sup" else 0)
        | (SUBSCRIPT if get("vertical-align") == "sub" else 0)
    )


class Layout(Prepared, model.Layout):  # type: ignore[misc]
    """The whole entry."""

    def render(self, place: Place) -> Pieces:
        """All pieces of an entry; the face of a layout, and of no other element, covers affixes."""
        found = joined(self.parts(place), "")
        return marked(affixed(found, self.before, self.after), self.marks) if found else []


class Macro(Prepared, model.Macro):  # type: ignore[misc]
    """A named part of a style."""

    def render(self, place: Place) -> Pieces | None:
        """What the children give, or None if every variable was missing, as in a group."""
        return gathered(place, self.parts, "")


def gathered(place: Place, parts: Callable[[Place], list[Pieces]], delimiter: str) -> Pieces | None:
    """The parts joined, or None if they asked for variables and every one was missing."""
    called, rendered = place.called, place.rendered
    found = parts(place)
    if not found or (place.called > called and place.rendered == rendered):
        return None
    # What prints counts as a variable that is there for the group around it, also where it prints
    # nothing but a term: ``n.d.`` beside a missing volume and page.
    place.rendered = max(place.rendered, rendered + 1)
    return joined(found, delimiter)


class Group(Prepared, model.Group):  # type: ignore[misc]
    """Children that stand or fall together."""

    def prepare(self) -> None:
        """Read the attributes that rendering needs."""
        super().prepare()
        self.delimiter = unescape(self.get("delimiter", ""))

    def render(self, place: Place) -> Pieces | None:
        """The children with the delimiter between, or None if every variable was missing."""
        return self.finish(gathered(place, self._parts, self.delimiter))

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
        asked = {*self.keys()} - {"match"}
        self.is_taken = bool(asked) and asked <= CONDITIONS
        self.tests = [
            (kind, word) for kind in sorted(asked - {"type"}) for word in self.get(kind, "").split()
        ]
        # No item has two types, so several types can only mean any of them, whatever ``match`` is.
        if types := self.get("type", ""):
            self.tests.insert(0, ("type", f" {types} "))

    def holds(self, place: Place) -> bool:
        """True if the conditions do, all, any or none of them as the style says."""
        if not self.is_taken:
            return False
        outcomes = (_holds(kind, word, place) for kind, word in self.tests)
        if self.match == "any":
            return any(outcomes)
        if self.match == "none":
            return not any(outcomes)
        return all(outcomes)


def located(place: Place) -> Cite | None:
    """The citation that is being printed, if it names a place in the work."""
    return place.cite if place.cite is not None and place.cite.locator else None


def _holds(kind: str, word: str, place: Place) -> bool:
    if word == "locator" or kind == "locator":
        return _holds_of_locator(kind, word, place.cite)
    reference = place.reference
    if kind == "type":
        return f" {reference.type} " in word
    if kind == "variable":
        return word not in place.suppressed and reference.has(word)
    if kind == "is-numeric":
        return word in reference.texts and forms.is_numeric(plain(reference.texts[word]))
    # No work has a position in the text that a numeric style minds, nor a double to be told from.
    is_date = kind == "is-uncertain-date" and word in reference.dates
    return is_date and reference.dates[word].is_circa


def _holds_of_locator(kind: str, word: str, cite: Cite | None) -> bool:
    """The same of a citation's locator, which an entry has none of."""
    if cite is None or not cite.locator:
        return False
    if kind == "locator":
        return cite.label == word
    return kind == "variable" or (kind == "is-numeric" and forms.is_numeric(cite.locator))


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
        self.is_term = "term" in self.attrib
        # An item that names no language is written in the style's: headline capitals are English.
        self.language = self.get_root().get("default-locale", "")[:2].lower()
        self.fixed: Pieces = []
        if "macro" in self.attrib:
            # Case is set where a text is printed, not where it is gathered.
            self.text_case = ""
            found = self.get_root().xpath_search(f"cs:macro[@name='{self.get('macro')}']")
            self.macro = found[0] if found else None
        elif "term" in self.attrib:
            self.fixed = raised(_term(self))
        elif "value" in self.attrib:
            self.fixed = _value(unescape(self.get("value")))
        self.range_format = self.get_root().get("page-range-format", "")
        # A term or a macro has no range.
        self.range_mark = self.get_root().range_mark if self.variable else ""

    def render(self, place: Place) -> Pieces | None:
        """The text, or None where there is none."""
        if self.variable:
            return self._variable(place)
        if self.macro is not None:
            return self.finish(self.macro.render(place))
        if not plain(self.fixed):
            return None
        is_first, place.has_begun = not place.has_begun, True
        if is_first and self.is_term:
            # An entry that begins with a term begins with a capital: ``In Handbook of …``.
            return self.finish(forms.cased("capitalize-first", self.fixed, ""))
        return self.finish(self.fixed)

    def _variable(self, place: Place) -> Pieces | None:
        if self.variable in ("citation-label", "year-suffix"):
            return None
        if self.variable in ("citation-number", "locator"):
            return self.finish(cited(place, self.variable, self.range_format, self.range_mark))
        place.called += 1
        found = self._found(place)
        if not found:
            return None
        place.found(self.variable)
        if self.variable in ("page", "page-first"):
            found = self._pages(found)
        elif self.variable in NUMBERS:
            found = numbered(found, self.range_mark)
        return self.finish(found, place.reference.language or self.language)

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
            return [Piece(forms.first_page(text))]
        return [Piece(forms.page_range(text, self.range_format, self.range_mark))]


def cited(place: Place, variable: str, style: str, mark: str) -> Pieces | None:
    """The number or the locator of a work in a citation; an entry has neither."""
    cite = place.cite
    if cite is None:
        return None
    place.called += 1
    text = cite.number if variable == "citation-number" else cite.locator
    if not text:
        return None
    place.found(variable)
    if variable == "locator" and not cite.is_spelled:
        is_page = cite.label == "page"
        text = forms.page_range(text, style, mark) if is_page else forms.number_range(text, mark)
    return [Piece(text)]


def _value(text: str) -> Pieces:
    """A style's own words, which may hold markup and quotation marks; blanks at their ends stay."""
    bare = text.strip()
    before, _, after = text.partition(bare) if bare else (text, "", "")
    return [Piece(part) for part in (before,) if part] + rich(bare) + [
        Piece(part) for part in (after,) if part
    ]  # fmt: skip


def _term(element: Any) -> str:
    """The term that the element asks for, in its form and number."""
    return term(
        element,
        element.get("term"),
        element.get("form", "long"),
        is_plural=element.get("plural") == "true",
    )


_FALLBACKS = {
    "verb-short": ("verb-short", "verb", None),
    "symbol": ("symbol", "short", None),
    "verb": ("verb", None),
    "short": ("short", None),
}
"""A term's form → the forms to look for, in CSL's order; None is the long one."""


def term(element: Any, name: str, form: str, *, is_plural: bool = False) -> str:
    """A term of the locale, in the nearest form that the locale has."""
    for wanted in _FALLBACKS.get(form, (None,)):
        found = element.get_term(name, wanted)
        if found is not None:  # An empty term is one too: the locale prints nothing there.
            text = str(found.multiple if is_plural else found.single)
            return APOSTROPHE.sub("’", text) if text.strip() else ""
    return ""


def plain_term(element: Any, name: str) -> str:
    """A term in its long form, or nothing."""
    return str(element.get_single_term(name=name))
