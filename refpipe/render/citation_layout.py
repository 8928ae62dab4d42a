"""What a style says of citations: how numbers are wrapped, joined, collapsed and raised.

Numbers in the text are ours and not the engine's: it never collapses a range and prints
``[1]M. Modic`` without a space, and a run that renders no entry should not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

_NS = "{http://purl.org/net/xbiblio/csl}"


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
    after_collapse: str = ""
    is_superscript: bool = False
    locator_gap: str = ", "
    """Between number and locator."""
    has_label: bool = True
    is_sorted: bool = False
    """True where numbers in one citation are put in order."""


def read(citation: Element, root: Element) -> CitationLayout:
    """The layout of ``<citation>``, macros followed."""
    layout = citation.find(f"{_NS}layout")
    if layout is None:
        return CitationLayout(each_before="[", each_after="]", delimiter=", ")
    path = _path(layout, root, 0) or [layout]
    number = path[-1]
    groups = path[1:-1]
    last = groups[-1] if groups else None
    each_before = "".join(group.get("prefix", "") for group in groups)
    each_after = "".join(group.get("suffix", "") for group in reversed(groups))
    delimiter = layout.get("delimiter", "")
    return CitationLayout(
        before=layout.get("prefix", ""),
        after=layout.get("suffix", ""),
        each_before=each_before,
        each_after=each_after,
        number_before=number.get("prefix", "") if number is not layout else "",
        number_after=number.get("suffix", "") if number is not layout else "",
        delimiter=delimiter,
        collapses=citation.get("collapse") == "citation-number",
        after_collapse=citation.get("after-collapse-delimiter", delimiter),
        is_superscript=any(element.get("vertical-align") == "sup" for element in path),
        locator_gap=(last.get("delimiter") if last is not None else None) or ", ",
        has_label=_has_label(layout, root),
        is_sorted=citation.find(f"{_NS}sort/{_NS}key[@variable='citation-number']") is not None,
    )


def _path(element: Element, root: Element, depth: int) -> list[Element] | None:
    """The elements from one down to the first number, macros followed."""
    if element.get("variable") == "citation-number":
        return [element]
    children = list(element)
    if "macro" in element.attrib and depth < 8:
        macro = next(root.iterfind(f"{_NS}macro[@name='{element.get('macro')}']"), None)
        children = [] if macro is None else list(macro)
    for child in children:
        found = _path(child, root, depth + 1)
        if found is not None:
            return [element, *found]
    return None


def _has_label(layout: Element, root: Element) -> bool:
    """True if locators carry their word (``p.``): most styles say so, some print them bare."""
    used = [layout, *_macros(layout, root, 0)]
    return any(
        part.find(f".//{_NS}label[@variable='locator']") is not None
        or not any(node.get("variable") == "locator" for node in part.iter())
        for part in used[:1]
    ) or any(part.find(f".//{_NS}label[@variable='locator']") is not None for part in used[1:])


def _macros(element: Element, root: Element, depth: int) -> list[Element]:
    """The macros that an element calls, and those that they call."""
    if depth > 8:
        return []
    found: list[Element] = []
    for node in element.iter(f"{_NS}text"):
        name = node.get("macro")
        macro = name and next(root.iterfind(f"{_NS}macro[@name='{name}']"), None)
        if macro is not None and macro != "":
            found += [macro, *_macros(macro, root, depth + 1)]
    return found
