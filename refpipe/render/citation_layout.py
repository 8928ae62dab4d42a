"""What a style says of citations: how numbers are wrapped, joined, collapsed and raised.

Numbers in the text are ours and not the engine's: it never collapses a range and prints
``[1]M. Modic`` without a space, and a run that renders no entry should not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    locator_before: str = ", "
    """Between the number and its locator: ``, `` or ``(``."""
    locator_after: str = ""
    label_gap: str = " "
    """Between a locator's word and the place: ``p. 600`` or ``p600``."""
    has_label: bool = True
    drops_periods: bool = False
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
    delimiter = layout.get("delimiter", "")
    return replace(
        _around_locator(layout, root, path),
        before=layout.get("prefix", ""),
        after=layout.get("suffix", ""),
        each_before="".join(group.get("prefix", "") for group in groups),
        each_after="".join(group.get("suffix", "") for group in reversed(groups)),
        number_before="" if number is None else number.get("prefix", ""),
        number_after="" if number is None else number.get("suffix", ""),
        delimiter=delimiter,
        collapses=citation.get("collapse") == "citation-number",
        after_collapse=citation.get("after-collapse-delimiter", delimiter),
        is_superscript=any(element.get("vertical-align") == "sup" for element in path),
        is_sorted=citation.find(f"{_NS}sort/{_NS}key[@variable='citation-number']") is not None,
    )


def _around_locator(layout: Element, root: Element, path: list[Element]) -> CitationLayout:
    """What stands around a locator; the usual ``, p. 600`` where the style knows none."""
    found = _path(layout, root, "locator", 0)
    if found is None:
        return CitationLayout()
    shared = [element for element in found if element in path]
    own = found[len(shared) :]
    label = next((node for part in own for node in part.iter(f"{_NS}label")), None)
    inner = own[-2] if len(own) > 1 else shared[-1]
    return CitationLayout(
        locator_before=shared[-1].get("delimiter", "")
        + "".join(part.get("prefix", "") for part in own),
        locator_after="".join(part.get("suffix", "") for part in reversed(own)),
        label_gap=inner.get("delimiter", "") or ("" if label is None else label.get("suffix", "")),
        has_label=label is not None,
        drops_periods=label is not None and label.get("strip-periods") == "true",
    )


def _path(element: Element, root: Element, variable: str, depth: int) -> list[Element] | None:
    """The elements from one down to the first that prints a variable, macros followed."""
    if element.get("variable") == variable and not element.tag.endswith("}label"):
        return [element]
    children = list(element)
    if "macro" in element.attrib and depth < 8:
        macro = next(root.iterfind(f"{_NS}macro[@name='{element.get('macro')}']"), None)
        children = [] if macro is None else list(macro)
    for child in children:
        found = _path(child, root, variable, depth + 1)
        if found is not None:
            return [element, *found]
    return None
