"""citeproc-py behind a wall: a style read with every element ours, and the cures that it needs.

Each module subclasses elements of ``citeproc.model`` and says in its docstring which fault of
the engine it cures.  Nothing outside ``refpipe.render`` imports this package, and importing it
is what costs the time of lxml: ``refpipe.render`` does so only to render an entry.

Here: a style is bound to its parser and not to a formatter; lxml forgets an element's Python
side as soon as nobody holds it, so each style holds all of its own.
"""

from __future__ import annotations

import functools
from io import BytesIO
from typing import Any

from citeproc import frontend, model
from lxml import etree

from refpipe.render.engine import contributors, dates, elements
from refpipe.render.engine.pieces import Cite, Pieces, Place, Quotes, Reference, joined

_NAMESPACE = "http://purl.org/net/xbiblio/csl"
_OURS: dict[str, type] = {
    "layout": elements.Layout, "macro": elements.Macro, "group": elements.Group,
    "choose": elements.Choose, "if": elements.If, "else-if": elements.ElseIf,
    "else": elements.Else, "text": elements.Text,
    "names": contributors.Names, "name": contributors.Name, "name-part": contributors.NamePart,
    "et-al": contributors.EtAl, "substitute": contributors.Substitute,
    "date": dates.Date, "date-part": dates.DatePart, "number": dates.Number,
    "label": dates.Label,
}  # fmt: skip


def _parser() -> etree.XMLParser:
    """A parser that builds the engine's elements, ours in their place where we have one."""
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(_NAMESPACE)
    namespace[None] = model.CitationStylesElement
    for upstream in model.CitationStylesElement.__subclasses__():
        namespace[upstream.__name__.replace("_", "-").lower()] = upstream
    namespace.update(_OURS)
    parser = etree.XMLParser(
        remove_comments=True, remove_pis=True, no_network=True, resolve_entities=False
    )
    parser.set_element_class_lookup(lookup)
    return parser


class _Xml(frontend.CitationStylesXML):  # type: ignore[misc]
    """One XML file read with our elements; the engine's own reader cannot be told of them."""

    def __init__(self, source: str | BytesIO) -> None:
        self.xml = etree.parse(source, _parser())
        self.root = self.xml.getroot()


class Loaded:
    """A style for one locale, ready to render entries."""

    def __init__(self, csl: str, locale: str) -> None:
        root = _Xml(BytesIO(csl.encode("utf-8"))).root
        root.formatter = _Plain
        root.set_locale_list(locale, validate=False)
        _drop_long_forms(root)
        self._alive = [root, *root.iter(), *(node for tree in root.locales for node in tree.iter())]
        # To look a term up goes through the locale: what many elements ask for is asked once.
        root.range_mark = elements.plain_term(root, "page-range-delimiter") or "–"
        for element in list(root.iter()):
            if isinstance(element, elements.Prepared) and not _is_local(element):
                element.prepare()
        self._kept = list(root.iter())
        self.layout = root.bibliography.layout
        self.citation = None if root.citation is None else root.citation.layout
        self.quotes = _quotes(root)
        self.root = root

    def pieces(self, reference: Reference) -> Pieces:
        """The entry of one item."""
        pieces: Pieces = self.layout.render(Place(reference))
        return pieces

    def cite(self, reference: Reference, cite: Cite) -> Pieces:
        """One work in a citation, without what the layout puts around all of them."""
        place = Place(reference, cite, has_begun=True)
        return [] if self.citation is None else joined(self.citation.parts(place), "")


def _drop_long_forms(root: Any) -> None:
    """Let a term that says ``form="long"`` be found: the engine knows the long form by no form."""
    for element in root.iterfind(f".//{{{_NAMESPACE}}}term[@form='long']"):
        del element.attrib["form"]


class _Plain:
    """What the engine calls a formatter, doing nothing: pieces know their faces."""

    @staticmethod
    def preformat(text: str) -> str:
        """The text itself."""
        return text


def _is_local(element: Any) -> bool:
    return any(parent.tag == f"{{{_NAMESPACE}}}locale" for parent in element.iterancestors())


def _quotes(root: Any) -> Quotes:
    def term(name: str) -> str:
        return str(root.get_single_term(name=name))

    return Quotes(
        outer=(term("open-quote"), term("close-quote")),
        inner=(term("open-inner-quote"), term("close-inner-quote")),
        is_punctuation_inside=root.get_locale_option("punctuation-in-quote") == "true",
    )


@functools.lru_cache(maxsize=16)
def load(csl: str, locale: str) -> Loaded:
    """A style for one locale; the last few are kept."""
    return Loaded(csl, locale)
