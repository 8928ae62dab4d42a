"""Names of CSL-JSON as the elements take them.

The given and family fields of real records hold particles, suffixes, stray commas and names
of which one half is missing; each is put where it belongs before a style sees it.
"""

from __future__ import annotations

import re
from typing import Any

from refpipe.render.engine.pieces import Person
from refpipe.render.language import is_east_asian, starts_with_letter

_FAMILY_PARTICLE = re.compile(r"([^\s’'ʻ-]+(?:[-ʻ’']| |['’] ) *)(?=\S)")
_GIVEN_PARTICLE = re.compile(r"(?<=\S)\s+([^\s]+)\Z")
_ELIDED = re.compile(r"(?:\A|(?<=[\s.]))([ODLodl])\.?’\Z")
_SPACES = re.compile("[\\s\u00a0\u200b\x00-\x1f\x7f]+")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_LOOSE_STOP = re.compile(r"\s+[.,;]+\s*\Z")
_QUOTED = re.compile('"([^"]+)"')
_KATAKANA = re.compile("[\u30a0-\u30ff\uff66-\uff9f]+")
_INITIALS_ALONE = re.compile(
    r"[A-Z]\.?|(?:[A-Z]\.[ -]?){1,3}(?:[A-Z]\.?)?|(?!NG$)[BCDFGHJKLMNPQRSTVWXZ]{2,3}"
)
"""What no family is called: one letter, letters with stops, letters without a vowel."""
_WHOLE_NAME = re.compile(r"[^\W\d_][a-z’\u00df-\u024f]{3,}(?:-[^\W\d_]+)?\.?")
_SUFFIX = re.compile(r"\s*,(!?)\s*")


def read(names: object) -> tuple[tuple[Person, ...], bool]:
    """The people of a name variable, and whether the list ends in a literal "et al."."""
    if not isinstance(names, list):
        names = [names] if isinstance(names, (dict, str)) else []
    people = [person for name in names if (person := _person(name)) is not None]
    if len(people) > 1 and people[-1].literal.strip(" .").casefold() in ("et al", "others"):
        return tuple(people[:-1]), True
    return tuple(people), False


def _person(name: object) -> Person | None:
    """One name, or None if there is nothing of it to print."""
    if isinstance(name, str):
        name = {"literal": name}
    if not isinstance(name, dict):
        return None
    family, given = _field(name, "family"), _field(name, "given")
    if not family or not given:
        whole = family or given or _field(name, "literal") or _field(name, "name")
        whole = " ".join(part for part in (_particles(name), whole) if part)
        return Person(literal=whole) if whole else None
    if is_east_asian(family):
        # Family name first, as the owner writes it; a space only before a name in other letters,
        # and between two in katakana, which are not read apart without one.
        is_apart = starts_with_letter(given) and not is_east_asian(given)
        gap = " " if is_apart or (_KATAKANA.fullmatch(family + given)) else ""
        return Person(literal=f"{family}{gap}{given}")
    if _INITIALS_ALONE.fullmatch(family) and _WHOLE_NAME.fullmatch(given):
        family, given = given.rstrip("."), family  # The two halves were deposited the wrong way.
    return _western(name, family, given)


def _particles(name: dict[str, Any]) -> str:
    if not _field(name, "family"):
        return ""
    kinds = ("dropping-particle", "non-dropping-particle")
    return " ".join(part for kind in kinds if (part := _field(name, kind)))


def _field(name: dict[str, Any], key: str) -> str:
    value = name.get(key)
    if not isinstance(value, str):
        return ""
    readable = _LONE_SURROGATES.sub("\ufffd", value)
    text = _LOOSE_STOP.sub("", _SPACES.sub(" ", readable)).strip()
    return _QUOTED.sub("“\\1”", text).replace("'", "’") if "'" in text or '"' in text else text


def _western(name: dict[str, Any], family: str, given: str) -> Person:
    """A name of two halves, with the particles and the suffix taken out of them."""
    particle, dropping = _field(name, "non-dropping-particle"), _field(name, "dropping-particle")
    is_whole = family[:1] == "“" and family[-1:] == "”" and len(family) > 2
    if is_whole:  # Quotation marks around a family name say that its first word is no particle.
        family = family[1:-1]
    suffix, has_comma = _field(name, "suffix"), bool(name.get("comma-suffix"))
    if not particle and not is_whole:
        particle, family = _split_family(family)
    if not suffix and (match := _SUFFIX.search(given)):
        given, suffix, has_comma = given[: match.start()], given[match.end() :], bool(match[1])
    if not dropping:
        given, dropping = _split_given(given)
    if match := _ELIDED.search(given):
        # ``C. O’`` and ``Neill``: the O belongs to the family.
        given, family = given[: match.start()].strip(), f"{match[1]}’{family}"
    return Person(
        family=family,
        given=given,
        dropping=dropping,
        particle=particle,
        suffix=suffix,
        has_comma=has_comma,
    )


def _split_family(family: str) -> tuple[str, str]:
    """The particles that a family name begins with, and the rest of it."""
    at = 0
    while match := _FAMILY_PARTICLE.match(family, at):
        first = match.group().lstrip("-'’ʻ ")[:1]
        if not first.islower():
            break
        at = match.end()
    return family[:at].strip(), family[at:]


def _split_given(given: str) -> tuple[str, str]:
    """A given name without the small words at its end, and those words."""
    words: list[str] = []
    while match := _GIVEN_PARTICLE.search(given):
        if not match[1].lstrip("-'’ʻ")[:1].islower():
            break
        words.insert(0, match[1])
        given = given[: match.start()]
    return given, " ".join(words)
