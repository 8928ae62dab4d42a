"""Names of authors and editors, as registries damage them: capitals, lookalikes, lost parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from refpipe.items import values
from refpipe.lifetimes import lazy
from refpipe.model import Repair
from refpipe.normalise.text import EAST_ASIAN

Name = dict[str, str]

_NOBODY = lazy(
    r"&?na;?|n/?a|none|null|anon(?:ymous)?\.?|no authors? listed|unknown|\[object object\]|[\W_]+",
    re.IGNORECASE,
)
"""What is written where there is no author."""

_MARKS = "*\u2020\u2021\u00a7\u00b6\u2016\u204e,;: "
_RAISED = "\u00b9\u00b2\u00b3\u2070\u2071\u2072\u2073\u2074\u2075\u2076\u2077\u2078\u2079"
_SUFFIX = lazy(r"(?P<family>.+?),?\s+(?P<suffix>Jr|Sr|II|III|IV)\.?$")
_GENERATION = lazy(r"(?:jr|sr|jnr|snr)\.?|[ivx]{1,4}\.?|(?:1st|2nd|3rd|4th)", re.IGNORECASE)
_INITIALS = lazy(r"(?<=\b[^\W\d_]\.)(?=[^\W\d_])")
_ADDRESS = lazy(
    r"\b(?:department|faculty|university|hospital|institute|ph\.?d|professor|wydzia)", re.IGNORECASE
)
_CJK = lazy(rf"[{EAST_ASIAN}\uff66-\uff9f]")

_LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅасеорухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABEKMHOPCTYXIJSaceopyxijsABEZHIKMNOPTYXo",
)
"""Cyrillic and Greek letters that look like Latin ones
(https://www.unicode.org/Public/security/latest/confusables.txt)."""


def names(people: object, role: str, repairs: list[Repair]) -> list[Name]:
    """The CSL names of a registry's list; what was mended is added to ``repairs``.

    Groups are ``literal``, empty entries and signs for "nobody" are left out, an address that
    was taken for an author is too.
    """
    found = [name for person in values.listed(people) for name in _one(person, role, repairs)]
    if len(found) > 1:
        found = [name for name in found if not _is_address(name, role, repairs)]
    return found


def _one(person: object, role: str, repairs: list[Repair]) -> Iterator[Name]:
    if isinstance(person, str):
        person = {"name": person}
    fields = values.mapping(person)
    family, given, group = (
        _readable(_part(part), role, repairs)
        for part in (
            fields.get("family"),
            fields.get("given"),
            fields.get("name") or fields.get("literal"),
        )
    )
    if not family and not given:
        if group and not _NOBODY.fullmatch(group):
            yield {"literal": group}
        return
    if _NOBODY.fullmatch(family or given):
        return
    yield _person(family, given, values.bare(fields.get("suffix")), role, repairs)


def _readable(part: str, role: str, repairs: list[Repair]) -> str:
    """The part with its letters as they were meant."""
    after = values.mended(part)
    if after != part:
        repairs.append(Repair(field=role, before=part, after=after, reason="wrong-encoding"))
    return after


def _part(value: object) -> str:
    """A part of a name without footnote marks and markup."""
    whole = values.bare(value).strip(_MARKS)
    bare = whole.rstrip(_RAISED)
    return bare.rstrip() if bare != whole else whole


def _person(family: str, given: str, suffix: str, role: str, repairs: list[Repair]) -> Name:
    if split := _SUFFIX.fullmatch(family):
        family, suffix = split["family"].rstrip(","), suffix or split["suffix"]
    before = " ".join(filter(None, (given, family)))
    family, given = _latin(family, given)
    if not given and "," in family:
        family, given = (part.strip() for part in family.split(",", 1))
    family, given = _in_case(family, given)
    if (after := " ".join(filter(None, (given, family)))) != before:
        repairs.append(Repair(field=role, before=before, after=after, reason="name-mended"))
    return _csl(family, _INITIALS.sub(" ", given), suffix)


_PARTICLES = frozenset(
    """
    van von der den de del della di da dos du la le ten ter zu zum zur el al bin ibn y e
    """.split()  # noqa: SIM905
)


def _in_case(family: str, given: str) -> tuple[str, str]:
    """A person's name in mixed case, where the family name is shouted."""
    if not _is_shouted_name(family):
        return family, given
    words = [word for word in re.split(r"[\s.-]+", given) if word]
    if words and all(word.isupper() and len(word) >= 4 for word in words if len(word) > 1):
        given = re.sub(r"[^\W\d_]{4,}", lambda found: found.group().capitalize(), given)
    return re.sub(r"[^\W\d_]+", _cased_name, family), given


def _is_shouted_name(family: str) -> bool:
    letters = [letter for letter in family if letter.isalpha()]
    return len(letters) >= 3 and all(letter.isupper() for letter in letters)


def _cased_name(match: re.Match[str]) -> str:
    word = match.group()
    if word.lower() in _PARTICLES and match.end() < len(match.string):
        return word.lower()
    if re.match(r"MC[A-Z]{3}", word):
        return f"Mc{word[2:].capitalize()}"
    return word.capitalize()


def _csl(family: str, given: str, suffix: str) -> Name:
    """CSL's name of the parts: literal where it cannot be known which part is which."""
    if not given:
        return {"literal": family} if " " in family else {"family": family}
    if not family:
        return {"literal": given}
    name = {"family": family, "given": given}
    if _GENERATION.fullmatch(suffix):
        name["suffix"] = suffix
    return name


def _latin(family: str, given: str) -> tuple[str, str]:
    """The name in one script, where only lookalikes of another stray into it."""
    both = family + given
    strays = [letter for letter in both if letter.isalpha() and not _is_latin(letter)]
    mapped = both.translate(_LOOKALIKES)
    if not strays or not any(_is_latin(letter) for letter in both) or _CJK.search(both):
        return family, given
    if any(letter.isalpha() and not _is_latin(letter) for letter in mapped):
        return family, given
    return family.translate(_LOOKALIKES), given.translate(_LOOKALIKES)


def _is_latin(letter: str) -> bool:
    return letter.isalpha() and (letter < "\u0370" or "\u1e00" <= letter < "\u1f00")


def _is_address(name: Name, role: str, repairs: list[Repair]) -> bool:
    """True for an affiliation that was deposited as an author."""
    literal = name.get("literal", "")
    found = literal.count(",") >= 2 and bool(_ADDRESS.search(literal))
    if found:
        repairs.append(Repair(field=role, before=literal, after="", reason="address-as-author"))
    return found


def described(people: object) -> list[dict[str, Any]]:
    """The entries of a list that are objects."""
    return [person for person in values.listed(people) if isinstance(person, dict)]
