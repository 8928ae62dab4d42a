"""Lists of names.

Cures: a name list joined by the style's own delimiter throughout (the engine prints ``, ``
before the last name whatever the style says); particles kept where the style wants them; a
name in Chinese, Japanese or Korean characters printed as its owner writes it; a list that its
source cut off (``author-et-al``) closed with "et al."; 3,000 names cost no more than the few
that are printed; ``cs:substitute`` uses a variable up for the whole entry.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from citeproc import model

from refpipe.normalise.text import is_east_asian
from refpipe.render.engine.elements import Prepared, term
from refpipe.render.engine.forms import initials, punctuated, stopped
from refpipe.render.engine.pieces import (
    AFFIX,
    Person,
    Piece,
    Pieces,
    Place,
    affixed,
    joined,
    marked,
    raised,
)

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
        self.least = _count(self.options["et-al-min"], 0)
        mark = self.options["initialize-with"]
        # Styles that write initials without full stops write ``Jr`` so too.
        self.drops_stops = mark is not None and "." not in mark
        self.first = _count(self.options["et-al-use-first"], 1)
        word = {"text": "and", "symbol": "symbol"}.get(self.options["and"], "")
        self.conjunction = "&" if word == "symbol" else _and(self) if word else ""
        parts = {kid.get("name"): kid for kid in self.kids}
        self.family_part, self.given_part = parts.get("family"), parts.get("given")

    def listed(
        self,
        people: tuple[Person, ...],
        et_al: Pieces,
        *,
        language: str,
        is_endless: bool = False,
    ) -> Pieces:
        """The names, cut where the style cuts them."""
        gap = self._gap(people, language)
        keep = self.kept(people, is_endless=is_endless)
        # Where the style cuts no list, what the source cut off is told all the same.
        is_cut = is_endless or keep is not None
        keep = len(people) if keep is None else keep
        is_mixed = 0 < sum(bool(one.literal) for one in people) < len(people)
        shown = [
            self._one(person, at, is_mixed=is_mixed) for at, person in enumerate(people[:keep])
        ]
        has_last = self.options["et-al-use-last"] == "true" and not is_endless
        if is_cut and has_last and keep <= len(people) - 2:
            last = self._one(people[-1], keep)
            return [*joined(shown, gap), Piece(f"{gap}… ", 0, AFFIX), *last]
        if is_cut:
            return self._cut(shown, et_al, gap, people)
        return self._all(shown, gap, people)

    def kept(self, people: tuple[Person, ...], *, is_endless: bool) -> int | None:
        """How many names the style keeps of a list that it cuts; None where it cuts none."""
        # A list that its source cut off is as long as a style's longest, whatever it shows.
        length = max(len(people), self.least) if is_endless else len(people)
        return self.first if length > 1 and 0 < self.least <= length else None

    def _gap(self, people: tuple[Person, ...], language: str) -> str:
        """The delimiter; semicolons part names with a comma inside, and 山田太郎 has none."""
        if (
            self.delimiter.strip() == ";"
            and language == "ja"
            and all(is_east_asian(one.literal) for one in people)
        ):
            return ", "
        return str(self.delimiter)

    def _cut(
        self, shown: list[Pieces], et_al: Pieces, gap: str, people: tuple[Person, ...]
    ) -> Pieces:
        names = joined(shown, gap)
        if not et_al:
            return names
        rule = self.options["delimiter-precedes-et-al"]
        has_delimiter = (
            rule == "always"
            or (rule == "contextual" and len(shown) > 1)
            or (rule == "after-inverted-name" and self._is_inverted(len(shown) - 1, people))
        )
        # ほか follows a name without a space.
        if not has_delimiter:
            gap = "" if is_east_asian(et_al[0].text) else " "
        return [*names, Piece(gap, 0, AFFIX), *et_al]

    def _all(self, shown: list[Pieces], gap: str, people: tuple[Person, ...]) -> Pieces:
        if len(shown) < 2 or not self.conjunction:
            return joined(shown, gap)
        rule = self.options["delimiter-precedes-last"]
        has_delimiter = (
            (rule == "always" and not _is_body_beside_one(people))
            or (rule == "contextual" and len(shown) > 2)
            or (rule == "after-inverted-name" and self._is_inverted(len(shown) - 2, people))
            or (len(people) > 2 and all(is_east_asian(one.literal) for one in people))
        )
        before = joined(shown[:-1], gap)
        # A word that ends in a blank of its own, as the Hebrew one may, touches both names.
        blank = "" if self.conjunction[-1].isspace() else " "
        between = f"{gap if has_delimiter else blank}{self.conjunction}{blank}"
        return [*before, Piece(between, 0, AFFIX), *shown[-1]]

    def _turns(self, at: int) -> bool:
        """True if the style puts the family name first at this place."""
        order = self.options["name-as-sort-order"]
        return order == "all" or (order == "first" and at == 0)

    def _is_inverted(self, at: int, people: tuple[Person, ...]) -> bool:
        """True if the name at this place is turned round; a name that is one word is not."""
        return self._turns(at) and not people[at].literal

    def _one(self, person: Person, at: int, *, is_mixed: bool = False) -> Pieces:
        """One name in the order that the style wants at this place.

        ``is_mixed`` is true where bodies and persons stand in one list.
        """
        if person.literal:
            whole = self._part(self.family_part, person.literal)
            # 山田太郎 is complete, and so is a body beside persons: the full stop that a style sets
            # behind each name parts initials.
            is_complete = is_mixed or is_east_asian(person.literal)
            return whole if is_complete else self._affixed(whole)
        return self._affixed(self._of_two(person, at))

    def _affixed(self, pieces: Pieces) -> Pieces:
        """One name between the affixes that the style sets around each."""
        return affixed(pieces, self.before, self.after)

    def _of_two(self, person: Person, at: int) -> Pieces:
        """A name of two halves in the order that the style wants at this place."""
        if self.drops_stops and person.suffix.endswith("."):
            person = replace(person, suffix=person.suffix.rstrip("."))
        given = self._given(person)
        if self.form == "short":
            return self._part(self.family_part, _beside(person.particle, person.family))
        if self._turns(at):
            return self._inverted(person, given)
        family = _beside(person.dropping, _beside(person.particle, person.family))
        if person.suffix:
            # A suffix belongs to the family name, inside what the style writes around that.
            family += (", " if person.has_comma else " ") + person.suffix
        parts = [(self.given_part, given), (self.family_part, family)]
        return joined([piece for pair in parts if (piece := self._part(*pair))], " ")

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
        if mark is None:
            return person.given
        if self.options["initialize"] == "false":
            return punctuated(person.given, mark, keeps_hyphen=self.keeps_hyphen)
        given = stopped(person.given) if not person.family.isupper() else person.given
        return initials(given, mark, keeps_hyphen=self.keeps_hyphen)

    def _part(self, element: Any, text: str) -> Pieces:
        if not text:
            return []
        pieces = raised(text)
        return pieces if element is None else element.finish(pieces) or []


def _count(said: str, default: int) -> int:
    """The number that an option says, or the default where it says none."""
    return int(said) if said.isdecimal() else default


def _is_body_beside_one(people: tuple[Person, ...]) -> bool:
    """True for one person and one body, which no comma parts: they are no list of one kind."""
    return len(people) == 2 and bool(people[1].literal) and not people[0].literal


def _and(element: Any) -> str:
    return term(element, "and", "long")


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
        words = term(self, self.get("term", "et-al"), "long")
        self.words: Pieces = (self.finish([Piece(words)]) or []) if words else []


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
        self.et_al_term = [Piece(term(self, "et-al", "long"))]
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
        counted = 0
        for variable, role in self._roles(place):
            place.called += 1
            people = place.reference.names.get(variable)
            if people and variable not in place.suppressed:
                place.found(variable)
                counted += len(people[: source.name_element.kept(people, is_endless=False)])
                found.append(source.role(place, variable, people, role))
                if place.stands_in:
                    place.suppressed.add(variable)
        if found and source.name_element.form == "count":
            return self.finish([Piece(str(counted))])
        if found:
            gap = self.delimiter or source.delimiter
            # A style that prints editors alone has nothing to put between them and others.
            gap = gap or (", " if "editorial-director" in place.reference.role_words else "")
            listed = self.finish(joined(found, gap))
            # Who stands in is written as the missing one would be, affixes included.
            return listed if source is self else source.finish(listed)
        other = self.others.stand_in(place, self) if self.others is not None else None
        if other:
            place.rendered += 1
        return other

    def _roles(self, place: Place) -> list[tuple[str, str]]:
        """The variables, each with the term of its label; the same people stand only once."""
        names = place.reference.names
        if (
            set(self.variables) == {"editor", "translator"}
            and names.get("editor")
            and (names["editor"] == names.get("translator"))
        ):
            return [(self.variables[0], "editortranslator")]
        roles = [(variable, variable) for variable in self.variables]
        if "editorial-director" in place.reference.role_words and "editor" in self.variables:
            at = self.variables.index("editor")
            roles.insert(at, ("editorial-director", "editorial-director"))
        return roles

    def role(self, place: Place, variable: str, people: tuple[Person, ...], said: str) -> Pieces:
        """The people of one variable with their label."""
        et_al = self.et_al_element.words if self.et_al_element is not None else self.et_al_term
        name = self.name_element
        listed = name.listed(
            people,
            et_al,
            is_endless=variable in place.reference.endless,
            language=place.reference.language,
        )
        listed = marked(listed, name.marks)
        if self.label_element is None:
            return listed
        word = place.reference.role_words.get(said)
        if word:
            label = self.label_element.finish([Piece(word)])
        else:
            label = self.label_element.words(said, is_plural=len(people) > 1) or []
        return [*label, *listed] if self.is_label_first else [*listed, *label]


class Substitute(Prepared, model.Substitute):  # type: ignore[misc]
    """What stands where names are missing."""

    def stand_in(self, place: Place, names: Names) -> Pieces | None:
        """The first child that gives something; its variables are used up by that."""
        place.stands_in += 1
        try:
            for kid in self.kids:
                before = len(place.printed)
                is_bare = isinstance(kid, Names) and not kid.has_name
                found: Pieces | None = kid.render(place, names) if is_bare else kid.render(place)
                if found:
                    place.suppressed.update(place.printed[before:])
                    return found
        finally:
            place.stands_in -= 1
        return None
