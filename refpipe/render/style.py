"""A CSL style as a value: its text, and what numbering and citations need to know of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from refpipe.errors import UsageError

# ── A CSL style as a value: its text, and what numbering and citations need to know of it ───────


_NS = "{http://purl.org/net/xbiblio/csl}"

_PRINTING = frozenset(("text", "number", "date", "names", "label", "group", "choose"))
HELD = {
    "layout": _PRINTING, "macro": _PRINTING, "group": _PRINTING, "if": _PRINTING,
    "else-if": _PRINTING, "else": _PRINTING, "substitute": _PRINTING,
    "choose": frozenset(("if", "else-if", "else")),
    "names": frozenset(("name", "et-al", "label", "substitute")),
    "name": frozenset(("name-part",)), "date": frozenset(("date-part",)),
}  # fmt: skip
"""Element → what CSL 1.0.2 has it hold.  Anything else in it prints nothing, and is told.

https://docs.citationstyles.org/en/stable/specification.html, "Rendering Elements"
"""
CONDITIONS = frozenset(
    ("type", "variable", "is-numeric", "is-uncertain-date", "locator", "position", "disambiguate")
)
"""What a branch of CSL can ask for; one that asks for anything else is never taken."""

DISPLAYS = frozenset(("block", "left-margin", "right-inline", "indent"))
"""How CSL sets a part of an entry on a line or in a column of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A numeric style, ready to number with; the engine reads its text only to render entries."""

    name: str
    csl: str
    digest: str
    """A hash of the text: what was rendered with another text was rendered otherwise."""
    default_locale: str
    citation: CitationLayout
    label: tuple[str, str]
    """What stands before and behind the number in the list: ``("[", "]")``, ``("", ".")``."""
    remarks: tuple[str, ...] = ()
    """What the style asks for and does not get, for whoever chose it."""

    @classmethod
    def parse(cls, csl_text: str, name: str) -> Style:
        """The style that a CSL text describes; UsageError where it is none we can number with."""
        root = _root(csl_text, name)
        _refuse_unless_numeric(root, name)
        _refuse_endless(root, name)
        citation, bibliography = root.find(f"{_NS}citation"), root.find(f"{_NS}bibliography")
        if citation is None or bibliography is None or bibliography.find(f"{_NS}layout") is None:
            raise UsageError(
                f"style {name}: it has no <citation>, or no <bibliography> with a <layout>",
                hint="choose a style that prints a list, such as ieee",
            )
        return cls(
            name=name,
            csl=csl_text,
            digest=hashlib.sha256(csl_text.encode("utf-8", "replace")).hexdigest()[:16],
            default_locale=root.get("default-locale", "en-US"),
            citation=read(citation, root),
            label=_label(bibliography, root),
            remarks=tuple(_remarks(name, root)),
        )


def _root(csl_text: str, name: str) -> ElementTree.Element:
    """The parsed text; UsageError with the place where it is not XML or not CSL."""
    try:
        root = ElementTree.fromstring(csl_text)  # noqa: S314
    except (ElementTree.ParseError, ValueError) as error:
        raise UsageError(
            f"style {name}: not well-formed XML: {error}",
            hint="a .csl file from the Zotero style repository works as it is",
        ) from error
    if root.tag != f"{_NS}style":
        raise UsageError(
            f"style {name}: not a CSL style (its root is <{root.tag.rpartition('}')[2]}>)",
            hint='a CSL style begins with <style xmlns="http://purl.org/net/xbiblio/csl">',
        )
    return root


def _refuse_unless_numeric(root: ElementTree.Element, name: str) -> None:
    parent = root.find(f"{_NS}info/{_NS}link[@rel='independent-parent']")
    if parent is not None and root.find(f"{_NS}citation") is None:
        base = parent.get("href", "").rpartition("/")[2]
        raise UsageError(
            f"style {name}: it only points to another style, {base}",
            hint=f"name that one instead: {base}",
        )
    category = root.find(f"{_NS}info/{_NS}category[@citation-format]")
    kind = "" if category is None else category.get("citation-format", "")
    if kind == "numeric" or (not kind and _cites_by_number(root)):
        return
    said = f"it cites by {kind or 'author and date'}"
    raise UsageError(
        f"style {name}: {said}, and only numeric styles are supported",
        hint="choose a style that cites by number: ieee, vancouver, ama, sist02",
    )


MOST_CALLS = 1_000_000
"""Macros that one entry may call; the most of any style that people use are 150,000."""
_DEEPEST = 100
"""Elements, or macros, that may stand within one another."""


def _refuse_endless(root: ElementTree.Element, name: str) -> None:
    """Refuse a style whose entries would never be written: macros that call each other."""
    calls = {macro.get("name", ""): _calls(macro) for macro in root.iterfind(f"{_NS}macro")}
    try:
        order = list(TopologicalSorter(calls).static_order())
    except CycleError as error:
        loop = " → ".join(reversed(error.args[1]))
        raise _broken(name, f"its macros call each other without end: {loop}") from error
    called: dict[str, int] = {}
    depth: dict[str, int] = {}
    for macro in order:
        inner = calls.get(macro, Counter())
        called[macro] = 1 + sum(count * called[one] for one, count in inner.items())
        depth[macro] = 1 + max((depth[one] for one in inner), default=0)
    most = max(called.values(), default=0)
    if most > MOST_CALLS:
        raise _broken(name, f"its macros call each other {most:,} times for one entry")
    if max(depth.values(), default=0) > _DEEPEST or _is_deep(root):
        raise _broken(name, f"more than {_DEEPEST} of its elements stand within one another")


def _calls(element: ElementTree.Element) -> Counter[str]:
    return Counter(one.attrib["macro"] for one in element.iter() if "macro" in one.attrib)


def _is_deep(root: ElementTree.Element) -> bool:
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
    return bool(level)


def _broken(name: str, reason: str) -> UsageError:
    return UsageError(
        f"style {name}: it is broken: {reason}", hint="choose another style, such as ieee"
    )


def _cites_by_number(root: ElementTree.Element) -> bool:
    numbers = root.iterfind(f".//{_NS}text[@variable='citation-number']")
    return next(numbers, None) is not None


def _remarks(name: str, root: ElementTree.Element) -> Iterator[str]:
    """What a style that calls itself numeric has of other kinds of styles."""
    citation, bibliography = root.find(f"{_NS}citation"), root.find(f"{_NS}bibliography")
    yield from _unknown(name, root)
    if citation is not None and not _prints_number(citation, root):
        yield f"style {name}: it cites without numbers; numbers are written all the same"
    key = None if bibliography is None else bibliography.find(f"{_NS}sort/{_NS}key")
    if key is None or key.get("variable") == "citation-number":
        return
    macro = root.find(f"{_NS}macro[@name='{key.get('macro', '')}']")
    if macro is None or not _prints_number(macro, root):
        by = key.get("variable") or key.get("macro")
        yield f"style {name}: it sorts its list by {by}; the list stands in the order of the text"


def _unknown(name: str, root: ElementTree.Element) -> Iterator[str]:
    """What a style has that is not CSL, each thing once."""
    macros = {macro.get("name") for macro in root.iterfind(f"{_NS}macro")}
    told: dict[str, None] = {}
    for element in root.iter():
        tag = element.tag.removeprefix(_NS)
        for child in element if tag in HELD else ():
            if (inner := child.tag.removeprefix(_NS)) not in HELD[tag]:
                said = f"<{inner.rpartition('}')[2]}> in <{tag}> is not CSL; it prints nothing"
                told[f"style {name}: {said}"] = None
        if tag in ("if", "else-if"):
            asked = {*element.keys()} - {"match"}
            for one in sorted(asked - CONDITIONS) or ([] if asked else ["nothing"]):
                said = f"<{tag}> asks for {one}, which is no condition of CSL; it is never taken"
                told[f"style {name}: {said}"] = None
        if tag == "text" and "macro" in element.attrib and element.get("macro") not in macros:
            said = f"it has no macro {element.get('macro')}, which it calls; nothing is printed"
            told[f"style {name}: {said}"] = None
        for one in _plainly(element, root):
            told[f"style {name}: {one}"] = None
    yield from told


def _plainly(element: ElementTree.Element, root: ElementTree.Element) -> Iterator[str]:
    """What an element asks for that an entry shows without it."""
    if element.get("font-variant") == "small-caps" or element.get("text-decoration") == "underline":
        yield "small capitals and underlines are printed as plain letters"
    display = element.get("display")
    is_apart = display in ("block", "indent") or (
        # The number stands apart from its entry anyway.
        display == "left-margin" and not _prints_number(element, root)
    )
    if is_apart:
        yield "it sets parts of an entry on lines of their own; they are printed on one line"
    if element.get("subsequent-author-substitute") is not None:
        yield "it has a sign for the authors of the entry before; they are printed in full"


def _prints_number(element: ElementTree.Element, root: ElementTree.Element, depth: int = 0) -> bool:
    """True if the number stands somewhere below an element, macros followed."""
    for one in element.iter():
        if one.get("variable") == "citation-number":
            return True
        if one.tag == f"{_NS}text" and "macro" in one.attrib and depth < 8:
            macro = root.find(f"{_NS}macro[@name='{one.get('macro')}']")
            if macro is not None and _prints_number(macro, root, depth + 1):
                return True
    return False


def _label(bibliography: ElementTree.Element, root: ElementTree.Element) -> tuple[str, str]:
    """What the bibliography's layout writes around the number."""
    layout = bibliography.find(f"{_NS}layout")
    found = None if layout is None else _around_number(layout, root, 0)
    before, after = found if found is not None else ("[", "]")
    return before.strip(), after.strip()


def _around_number(
    element: ElementTree.Element, root: ElementTree.Element, depth: int
) -> tuple[str, str] | None:
    """The affixes of the first number below an element, its groups' included."""
    for child in element:
        if child.get("variable") == "citation-number":
            return child.get("prefix", ""), child.get("suffix", "")
        inner = child
        if "macro" in child.attrib and depth < 8:
            inner = next(root.iterfind(f"{_NS}macro[@name='{child.get('macro')}']"), child)
        found = _around_number(inner, root, depth + 1)
        if found is not None:
            return child.get("prefix", "") + found[0], found[1] + child.get("suffix", "")
    return None


# ── What a style says of citations: how numbers are wrapped, joined, collapsed and raised ───────
# Numbers in the text are ours and not the engine's: it never collapses a range, and a run that
# renders no entry should not wait for it. What is more than a number goes through the engine.


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
    if element.get("variable") == variable and element.tag in (
        f"{_NS}text",
        f"{_NS}number",
    ):
        return [element]
    if depth < 16:
        for child in _children(element, root, depth // 2):
            found = _path(child, root, variable, depth + 1)
            if found is not None:
                return [element, *found]
    return None
