"""Lists of names.

Cures: a name list joined by the style's own delimiter throughout (the engine prints ``, ``
before the last name whatever the style says); particles kept where the style wants them; a
name in Chinese, Japanese or Korean characters printed as its owner writes it, and a Latin one on a
Chinese or Japanese item with the family name first; a list that its
source cut off (``author-et-al``) closed with "et al."; 3,000 names cost no more than the few
that are printed; ``cs:substitute`` uses a variable up for the whole entry.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from citeproc import model

from refpipe.render.engine.elements import Prepared
from refpipe.render.engine.initials import initials
from refpipe.render.engine.pieces import (
    AFFIX,
    Person,
    Piece,
    Pieces,
    affixed,
    joined,
    marked,
    raised,
)
from refpipe.render.engine.place import Place
from refpipe.render.language import is_east_asian

_OPTIONS = {
    "and": "", "delimiter-precedes-et-al": "contextual", "delimiter-precedes-last": "contextual",
    "et-al-min": "0", "et-al-use-first": "1", "et-al-use-last": "false", "initialize": "true",
    "initialize-with": None, "name-as-sort-order": "", "sort-separator": ", ",
}  # fmt: skip
"""CSL's options on names and what holds where no element says anything."""


def _option(chain: list[Any], name: str, default: str | None, outer: str = "") -> Any:
    """An option from the innermost element that sets it; ``outer`` is its name further out."""
    for element in chain:
        value = element.get(name if element is chain[0] or not outer else outer)
        if value is not None:
            return value
    return default


class Name(Prepared, model.Name):  # type: ignore[misc]
    """How one list of names is written."""

    def prepare(self) -> None:
        """Resolve the options that a name inherits from the bibliography and the style."""
        super().prepare()
        root = self.get_root()
        chain = [self, *([root.bibliography] if root.bibliography is not None else []), root]
        self.options = {key: _option(chain, key, value) for key, value in _OPTIONS.items()}
        self.form = _option(chain, "form", "long", "name-form")
        self.delimiter = _option(chain, "delimiter", ", ", "name-delimiter")
        self.keeps_hyphen = root.get("initialize-with-hyphen", "true") == "true"
        self.demotes = root.get("demote-non-dropping-particle", "display-and-sort")
        self.least = int(self.options["et-al-min"] or 0)
        mark = self.options["initialize-with"]
        # Styles that write initials without full stops write ``Jr`` so too.
        self.drops_stops = mark is not None and "." not in mark
        self.first = int(self.options["et-al-use-first"] or 1)
        word = {"text": "and", "symbol": "symbol"}.get(self.options["and"], "")
        self.conjunction = "&" if word == "symbol" else _and(self) if word else ""
        parts = {kid.get("name"): kid for kid in self.kids}
        self.family_part, self.given_part = parts.get("family"), parts.get("given")

    def listed(
        self,
        people: tuple[Person, ...],
        et_al: Pieces,
        *,
        is_endless: bool = False,
        is_family_first: bool = False,
    ) -> Pieces:
        """The names, cut where the style cuts them.

        ``is_family_first`` puts the family name first, without a comma, as its language does.
        """
        gap = self._gap(people)
        # A list that its source cut off is as long as a style's longest, whatever it shows.
        length = max(len(people), self.least) if is_endless else len(people)
        is_cut = length > 1 and 0 < self.least <= length
        keep = self.first if is_cut else len(people)
        shown = [self._one(person, at, is_family_first) for at, person in enumerate(people[:keep])]
        has_last = self.options["et-al-use-last"] == "true" and not is_endless
        if is_cut and has_last and keep <= len(people) - 2:
            last = self._one(people[-1], keep, is_family_first)
            return [*joined(shown, gap), Piece(f"{gap}… ", 0, AFFIX), *last]
        if is_cut:
            return self._cut(shown, et_al, gap)
        return self._all(shown, gap)

    def _gap(self, people: tuple[Person, ...]) -> str:
        """The delimiter; semicolons part names with a comma inside, and 山田太郎 has none."""
        if self.delimiter.strip() == ";" and all(is_east_asian(one.literal) for one in people):
            return ", "
        return str(self.delimiter)

    def _cut(self, shown: list[Pieces], et_al: Pieces, gap: str) -> Pieces:
        names = joined(shown, gap)
        if not et_al:
            return names
        rule = self.options["delimiter-precedes-et-al"]
        has_delimiter = rule == "always" or (rule == "contextual" and len(shown) > 1)
        # ほか follows a name without a space.
        if not has_delimiter:
            gap = "" if is_east_asian(et_al[0].text) else " "
        return [*names, Piece(gap, 0, AFFIX), *et_al]

    def _all(self, shown: list[Pieces], gap: str) -> Pieces:
        if len(shown) < 2 or not self.conjunction:
            return joined(shown, gap)
        rule = self.options["delimiter-precedes-last"]
        has_delimiter = rule == "always" or (rule == "contextual" and len(shown) > 2)
        before = joined(shown[:-1], gap)
        return [
            *before,
            Piece(f"{gap if has_delimiter else ' '}{self.conjunction} ", 0, AFFIX),
            *shown[-1],
        ]

    def _one(self, person: Person, at: int, is_family_first: bool) -> Pieces:
        """One name in the order that the style wants at this place."""
        if person.literal:
            return self._part(self.family_part, person.literal)
        if self.drops_stops and person.suffix.endswith("."):
            person = replace(person, suffix=person.suffix.rstrip("."))
        given = self._given(person)
        order = self.options["name-as-sort-order"]
        if self.form == "short":
            return self._part(self.family_part, _beside(person.particle, person.family))
        if order == "all" or (order == "first" and at == 0):
            return self._inverted(person, given)
        if is_family_first:
            parts = [(self.family_part, _beside(person.particle, person.family))]
            parts.append((self.given_part, given))
        else:
            family = _beside(person.dropping, _beside(person.particle, person.family))
            parts = [(self.given_part, given), (self.family_part, family)]
        pieces = joined([piece for pair in parts if (piece := self._part(*pair))], " ")
        if person.suffix:
            pieces = [*pieces, Piece((", " if person.has_comma else " ") + person.suffix)]
        return pieces

    def _inverted(self, person: Person, given: str) -> Pieces:
        family = person.family
        if self.demotes == "display-and-sort":
            given = " ".join(part for part in (given, person.dropping, person.particle) if part)
        else:
            given = " ".join(part for part in (given, person.dropping) if part)
            family = _beside(person.particle, family)
        parts = [self._part(self.family_part, family), self._part(self.given_part, given)]
        if person.suffix:
            parts.append([Piece(person.suffix)])
        return joined([part for part in parts if part], self.options["sort-separator"])

    def _given(self, person: Person) -> str:
        mark = self.options["initialize-with"]
        if mark is None or self.options["initialize"] == "false":
            return person.given
        return initials(person.given, mark, keeps_hyphen=self.keeps_hyphen)

    def _part(self, element: Any, text: str) -> Pieces:
        if not text:
            return []
        pieces = raised(text)
        return pieces if element is None else element.finish(pieces) or []


def _and(element: Any) -> str:
    return str(element.get_single_term(name="and"))


def _beside(particle: str, name: str) -> str:
    """A particle and a name, a space between them unless the particle ends in a mark."""
    if not particle or not name:
        return particle or name
    return particle + name if particle[-1] in "’'-" else f"{particle} {name}"


class NamePart(Prepared, model.Name_Part):  # type: ignore[misc]
    """The face of a family or given name."""


class EtAl(Prepared, model.Et_Al):  # type: ignore[misc]
    """The words for "and others"."""

    def prepare(self) -> None:
        """Find the term once."""
        super().prepare()
        term = str(self.get_single_term(name=self.get("term", "et-al")))
        self.words: Pieces = self.finish([Piece(term)]) or []


class Names(Prepared, model.Names):  # type: ignore[misc]
    """One or more name variables with their labels, or what stands in for them."""

    def prepare(self) -> None:
        """Find the children by their kind."""
        super().prepare()
        self.variables = self.get("variable", "").split()
        kinds = {kid.tag.rpartition("}")[2]: kid for kid in self.kids}
        self.has_name = "name" in kinds
        self.name_element = kinds["name"] if "name" in kinds else self._default_name()
        self.label_element = kinds.get("label")
        self.et_al_element = kinds.get("et-al")
        self.others = kinds.get("substitute")
        tags = [kid.tag.rpartition("}")[2] for kid in self.kids]
        self.is_label_first = (
            "label" in tags and "name" in tags and (tags.index("label") < tags.index("name"))
        )
        self.et_al_term = [Piece(str(self.get_single_term(name="et-al")))]
        chain = [element for element in (self, self.get_root().bibliography, self.get_root())
                 if element is not None]  # fmt: skip
        self.delimiter = _option(chain, "delimiter", "", "names-delimiter")

    def _default_name(self) -> Any:
        """A name element that says nothing, so that every option is inherited."""
        name = self.makeelement(self.tag.replace("names", "name"))
        self.append(name)
        name.prepare()
        return name

    def render(self, place: Place, model_names: Names | None = None) -> Pieces | None:
        """The names, written as ``model_names`` says where that is given; else the substitute."""
        source = self if model_names is None else model_names
        found: list[Pieces] = []
        for variable in self._roles(place):
            place.called += 1
            people = place.reference.names.get(variable)
            if people and variable not in place.suppressed:
                place.rendered += 1
                found.append(source.role(place, variable, people))
        if found:
            return self.finish(joined(found, self.delimiter or source.delimiter))
        return self.others.stand_in(place, self) if self.others is not None else None

    def _roles(self, place: Place) -> list[str]:
        """The variables, those that hold the same people only once."""
        names = place.reference.names
        if (
            set(self.variables) == {"editor", "translator"}
            and names.get("editor")
            and (names["editor"] == names.get("translator"))
        ):
            return ["editor"]
        return list(self.variables)

    def role(self, place: Place, variable: str, people: tuple[Person, ...]) -> Pieces:
        """The people of one variable with their label."""
        et_al = self.et_al_element.words if self.et_al_element is not None else self.et_al_term
        name = self.name_element
        listed = name.listed(
            people,
            et_al,
            is_endless=variable == "author" and place.reference.is_endless,
            is_family_first=place.reference.language in ("ja", "zh"),
        )
        listed = affixed(marked(listed, name.marks), name.before, name.after)
        if self.label_element is None:
            return listed
        label = self.label_element.words(variable, is_plural=len(people) > 1) or []
        return [*label, *listed] if self.is_label_first else [*listed, *label]


class Substitute(Prepared, model.Substitute):  # type: ignore[misc]
    """What stands where names are missing."""

    def stand_in(self, place: Place, names: Names) -> Pieces | None:
        """The first child that gives something; its variables are used up by that."""
        for kid in self.kids:
            before = set(_used(kid))
            if isinstance(kid, Names) and not kid.has_name:
                found = kid.render(place, names)
            else:
                found = kid.render(place)
            if found:
                place.suppressed |= {name for name in before if place.reference.has(name)}
                return found
        return None


def _used(element: Any) -> list[str]:
    """The variables that an element prints, also through its macro."""
    if "macro" in element.attrib:
        return [] if element.macro is None else _used(element.macro)
    found = element.get("variable", "").split() if element.tag.rpartition("}")[2] != "label" else []
    return found + [name for kid in element.kids for name in _used(kid)]
