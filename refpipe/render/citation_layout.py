"""What a style says of citations: how numbers are wrapped, joined, collapsed and raised.

Numbers in the text are ours and not the engine's: it never collapses a range, and a run that
renders no entry should not wait for it.  What is more than a number goes through the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

_NS = "{http://purl.org/net/xbiblio/csl}"
_LEAVES = frozenset(("text", "number", "label", "date", "names"))
_FACES = {
    ("font-style", "italic"): "italic", ("font-style", "oblique"): "italic",
    ("font-weight", "bold"): "bold",
}  # fmt: skip
_RAISED = frozenset(("superscript",))
_PLACES = frozenset(("locator", "position"))
"""Conditions that ask for nothing but what the author typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationLayout:
    """The affixes from outside in, the delimiters, and the rules."""

    before: str = ""
    """Before the whole citation: ``(``."""
    after: str = ""
    each_before: str = ""
    """Before each work in it: ``[``."""
    each_after: str = ""
    number_before: str = ""
    """Before the number itself, where a locator follows inside the brackets."""
    number_after: str = ""
    delimiter: str = ""
    collapses: bool = False
    marks: frozenset[str] = frozenset()
    """The faces of the whole citation, raised ones included."""
    number_marks: frozenset[str] = frozenset()
    """Those of the number alone."""
    has_locator: bool = False
    """True where the style says how a place in a work is written."""
    is_plain: bool = True
    """True where a work without a locator is its number and nothing else."""
    is_sorted: bool = False
    """True where numbers in one citation are put in order."""


def read(citation: Element, root: Element) -> CitationLayout:
    """The layout of ``<citation>``, macros followed."""
    layout = citation.find(f"{_NS}layout")
    if layout is None:
        return CitationLayout(each_before="[", each_after="]", delimiter=", ")
    path = _path(layout, root, "citation-number", 0) or [layout]
    number = path[-1] if len(path) > 1 else None
    groups = path[1:-1]
    return CitationLayout(
        before=layout.get("prefix", ""),
        after=layout.get("suffix", ""),
        each_before="".join(group.get("prefix", "") for group in groups),
        each_after="".join(group.get("suffix", "") for group in reversed(groups)),
        number_before="" if number is None else number.get("prefix", ""),
        number_after="" if number is None else number.get("suffix", ""),
        delimiter=layout.get("delimiter", ""),
        collapses=citation.get("collapse") == "citation-number",
        marks=_faces(layout) | (_RAISED if any(map(_is_raised, path)) else frozenset()),
        number_marks=frozenset().union(*map(_faces, path[1:])),
        has_locator=_path(layout, root, "locator", 0) is not None,
        is_plain=number is not None and not any(map(_is_choice, path)) and _is_plain(layout, root),
        is_sorted=_is_sorted(citation, root),
    )


def _faces(element: Element) -> frozenset[str]:
    return frozenset(face for (name, value), face in _FACES.items() if element.get(name) == value)


def _is_raised(element: Element) -> bool:
    return element.get("vertical-align") == "sup"


def _is_choice(element: Element) -> bool:
    return element.tag in (f"{_NS}if", f"{_NS}else-if", f"{_NS}else")


def _is_sorted(citation: Element, root: Element) -> bool:
    """True if the first key of the citation's order is the number, itself or through a macro."""
    key = citation.find(f"{_NS}sort/{_NS}key")
    if key is None or key.get("sort") == "descending":
        return False
    if key.get("variable") == "citation-number":
        return True
    macro = root.find(f"{_NS}macro[@name='{key.get('macro', '')}']")
    return macro is not None and _variables(macro, root, 0) == {"citation-number"}


def _is_plain(element: Element, root: Element, depth: int = 0) -> bool:
    """True if without a locator nothing below an element prints but the number."""
    if _variables(element, root, depth) == {"locator"} and element.tag == f"{_NS}group":
        return True  # It falls away whole where there is no locator.
    for child in _children(element, root, depth):
        name = child.tag.removeprefix(_NS)
        if name in _LEAVES and "macro" not in child.attrib:
            if child.get("variable") not in ("citation-number", "locator"):
                return False
        elif not _asks_for_places(child) or not _is_plain(child, root, depth + 1):
            return False
    return True


def _asks_for_places(element: Element) -> bool:
    """True if an element has no condition, or only such as concern the locator."""
    if element.tag not in (f"{_NS}if", f"{_NS}else-if"):
        return True
    asked = {name: value for name, value in element.attrib.items() if name != "match"}
    return all(name in _PLACES or value == "locator" for name, value in asked.items())


def _variables(element: Element, root: Element, depth: int) -> set[str]:
    """The variables that are printed below an element; a label prints none."""
    found: set[str] = set()
    for child in _children(element, root, depth):
        if (variable := child.get("variable")) and child.tag.removeprefix(_NS) in _LEAVES:
            found |= set(variable.split())
        found |= _variables(child, root, depth + 1)
    return found


def _children(element: Element, root: Element, depth: int) -> Iterator[Element]:
    """The elements below one, those of its macro where it has one."""
    if "macro" in element.attrib and depth < 8:
        macro = root.find(f"{_NS}macro[@name='{element.get('macro')}']")
        return iter(() if macro is None else macro)
    return iter(element)


def _path(element: Element, root: Element, variable: str, depth: int) -> list[Element] | None:
    """The elements from one down to the first that prints a variable, macros followed."""
    if element.get("variable") == variable and element.tag in (f"{_NS}text", f"{_NS}number"):
        return [element]
    if depth < 16:
        for child in _children(element, root, depth // 2):
            found = _path(child, root, variable, depth + 1)
            if found is not None:
                return [element, *found]
    return None
