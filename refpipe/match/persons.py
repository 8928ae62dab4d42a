"""Persons as they are compared: one author made ready, and how far two can be one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from rapidfuzz.distance import Indel, Levenshtein

from refpipe import normalise
from refpipe.lifetimes import lazy
from refpipe.model import Item
from refpipe.normalise.text import EAST_ASIAN


class Likeness(IntEnum):
    """How far two names can be one person's."""

    OTHER = 0
    INITIALS = 1
    NEAR = 2
    SAME = 3
    UNKNOWN = 4
    """Two scripts, which cannot be held against each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One author made ready for comparing."""

    shown: str
    """As it is printed in a finding."""
    family: str
    """Folded, without particles and gaps."""
    whole: str
    """The family name with its particles, folded, without gaps."""
    initials: str
    parts: frozenset[str]
    """The words of the family name."""
    words: frozenset[str]
    """Every word of the name that is longer than a letter."""
    is_latin: bool


_CJK = lazy(f"[{EAST_ASIAN}]")
GROUP_WORDS = frozenset(
    ("group", "groups", "investigators", "consortium", "study", "trial", "initiative", "society",
     "committee", "collaborators", "collaboration", "collaborative", "network", "association",
     "team", "organization", "registry", "institute", "panel", "council", "taskforce", "force")
)  # fmt: skip
"""Words that no person is called, and names of groups hold."""
_CJK_NAME = lazy(rf"[{EAST_ASIAN}\s]{{2,12}}")
_CJK_GROUP = lazy(
    r"(?:会|班|グループ|機構|省|庁|局|大学|病院|研究所|センター|編集部|連盟|財団|法人|チーム|本部)$"
)
"""How the names of Japanese bodies end; what is no whole name of a person is not compared."""
_ENTITY = lazy(r"(?<=[aeiounyc])(?:acute|grave|circ|tilde|uml|cedil)")
"""What is left of the entity of a letter with a mark, as in ``Guzmaacuten``."""
_DIGRAPHS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ou", "o"), ("sh", "s"), ("ii", "i"))
"""Letters that one transliteration doubles and another does not."""
_VARIANTS = str.maketrans(
    "髙﨑濵濱邊邉齋齊斉澤廣櫻國學眞惠德嶋嶌桒槇曻瀨瀬栁籔",
    "高崎浜浜辺辺斎斎斎沢広桜国学真恵徳島島桑槙昇瀬瀬柳薮",
)
"""Kanji of names that registers write in an old form and papers in a new one."""
MORE = frozenset(("et al", "and others", "others"))
"""What stands as a name in a list, and says that there are more."""


def people(item: Item) -> list[Person]:
    """The persons of an item, groups left out; editors where nobody is its author."""
    listed = item.get("author") or item.get("editor") or []
    if not isinstance(listed, list):
        return []
    named = [_with_family(one) for one in listed if isinstance(one, Mapping)]
    return [_person(one) for one in named if _is_person(one)]


def bodies(item: Item) -> list[str]:
    """The authors of an item that are no persons, as they are written."""
    listed = item.get("author") or []
    named = [
        one for one in (listed if isinstance(listed, list) else ()) if isinstance(one, Mapping)
    ]
    names = (
        " ".join(str(one[part]) for part in ("given", "family", "literal") if one.get(part))
        for one in named
        if not _is_person(_with_family(one))
    )
    return [name for name in names if name and normalise.fold(name) not in MORE]


def odd_body(stated: Item, found: Item, text: str, *, is_cut: bool) -> tuple[str, str] | None:
    """A body that one of two lists names more than the other, as stated and as found.

    Many a reference leaves out the group for which its authors write, and names it where it comes
    first; many a registry has no groups at all.
    """
    ours, theirs = bodies(stated), bodies(found)
    rest = dict(enumerate(theirs))
    for name in ours:
        partner = next((n for n, other in rest.items() if _are_one_body(name, other)), None)
        if partner is not None:
            del rest[partner]
        elif theirs:
            return name, ""
    printed = normalise.squeeze(text + "".join(one.whole for one in people(stated)))
    is_first = bool(theirs) and not _is_person(_with_family(found["author"][0]))
    for number, name in rest.items():
        is_left_out = name in ours or normalise.squeeze(name) not in printed
        if is_left_out and not is_cut and (ours or (number == 0 and is_first)):
            return "", name
    return None


def _are_one_body(one: str, other: str) -> bool:
    """Whether all of the one name stands in the other, in whatever order it was taken apart."""
    ours, theirs = normalise.squeeze(one), normalise.squeeze(other)
    words, its_words = (set(normalise.fold(name).split()) for name in (one, other))
    return ours in theirs or theirs in ours or words <= its_words or its_words <= words


def in_script_of(stated: Sequence[Person], found: Item) -> list[Person]:
    """The persons of ``found`` as the language of ``stated`` writes them, where that is known."""
    theirs = people(found)
    twin = (found.get("custom") or {}).get("twin")
    for one in twin if isinstance(twin, list | tuple) else (twin,):
        others = people(one) if isinstance(one, dict) else []
        if stated and others and not (theirs and is_latin(stated) == is_latin(theirs)):
            theirs = others
    return theirs


def is_latin(people: Sequence[Person]) -> bool:
    """Whether most of the names are in Latin letters or their like."""
    return sum(one.is_latin for one in people) * 2 >= len(people)


def _with_family(name: Mapping[str, Any]) -> Mapping[str, Any]:
    """The name, with a Japanese person's whole name in the place of the family name."""
    literal = str(name.get("literal") or "")
    is_name = _CJK_NAME.fullmatch(literal) and not _CJK_GROUP.search(literal)
    return {"family": literal} if is_name else name


def _is_person(name: Mapping[str, Any]) -> bool:
    """Whether a name is a person's; groups are taken apart into given and family names by some."""
    family, given = (normalise.fold(str(name.get(part) or "")) for part in ("family", "given"))
    return (
        bool(family) and not GROUP_WORDS & {*family.split(), *given.split()} and family not in MORE
    )


def _person(name: Mapping[str, Any]) -> Person:
    particles = (name.get("dropping-particle"), name.get("non-dropping-particle"))
    particle = " ".join(str(one) for one in particles if one)
    family, given = str(name.get("family") or ""), str(name.get("given") or "")
    full = _ENTITY.sub("", f"{particle} {family}".strip())
    folded = normalise.name({"family": full, "given": given})
    parts = frozenset(normalise.fold(full).split())
    is_latin = not _CJK.search(full)
    return Person(
        shown=f"{full}{given}" if not is_latin else f"{given} {full}".strip(),
        family=folded.family.translate(_VARIANTS),
        whole=normalise.squeeze(full).translate(_VARIANTS),
        initials=folded.initials if is_latin else normalise.squeeze(given).translate(_VARIANTS),
        parts=parts,
        words=frozenset(folded.words) | parts,
        is_latin=is_latin,
    )


def is_one_whole_name(one: str, other: str) -> bool:
    """Whether two names that nobody took apart are one: ``J. Smith`` and ``John A. Smith``.

    Two bodies that begin and end alike are not: each word before the last is the other's, or its
    initial, and only a person's name has more of them than another form of it.
    """
    (*given, family), (*its_given, its_family) = (
        [normalise.squeeze(word) for word in name.split() or [""]] for name in (one, other)
    )
    pairs = list(zip(given, its_given, strict=False))
    beyond = (*given[len(pairs) :], *its_given[len(pairs) :])
    is_persons = any(min(map(len, pair)) == 1 for pair in pairs)
    return (
        bool(family == its_family and pairs)
        and all(a == b or (1 in (len(a), len(b)) and a[:1] == b[:1]) for a, b in pairs)
        and (is_persons or all(len(word) == 1 for word in beyond))
    )


def likeness(one: Person, other: Person) -> Likeness:
    """How far two names can be one person's."""
    if one.is_latin != other.is_latin:
        return Likeness.UNKNOWN
    if not one.is_latin:
        return _japanese(one, other)
    if is_one_family(one, other):
        return Likeness.SAME if _agree(one.initials, other.initials) else Likeness.INITIALS
    if _is_turned(one, other) or _is_turned(other, one):
        return Likeness.SAME
    return Likeness.NEAR if _is_misspelt(one, other) else Likeness.OTHER


def _japanese(one: Person, other: Person) -> Likeness:
    ours, theirs = one.whole + one.initials, other.whole + other.initials
    if ours == theirs:
        return Likeness.SAME
    if one.whole == other.whole:
        return Likeness.SAME if not one.initials or not other.initials else Likeness.INITIALS
    if ours.startswith(other.whole) and not other.initials:
        return Likeness.SAME
    if theirs.startswith(one.whole) and not one.initials:
        return Likeness.SAME
    is_near = len(ours) > 2 and Levenshtein.distance(ours, theirs) == 1
    return Likeness.NEAR if is_near else Likeness.OTHER


def is_one_family(one: Person, other: Person) -> bool:
    """Whether two family names are one: particles, transliteration, half a double name."""
    if one.family == other.family or one.whole == other.whole:
        return True
    if plain(one.whole) == plain(other.whole) or plain(one.family) == plain(other.family):
        return True
    telling = [frozenset(part for part in name.parts if len(part) > 2) for name in (one, other)]
    return (
        bool(telling[0] and telling[1])
        and (telling[0] <= other.words or telling[1] <= one.words)
        and bool(telling[0] & telling[1])
    )


def plain(name: str) -> str:
    """The name without the letters that one transliteration doubles."""
    for double, single in _DIGRAPHS:
        name = name.replace(double, single)
    return name


def _agree(ours: str, theirs: str) -> bool:
    """Whether initials can be one person's: nothing on one side, or a letter in common."""
    return not ours or not theirs or ours[0] == theirs[0] or bool(set(ours) & set(theirs))


def _is_turned(one: Person, other: Person) -> bool:
    """Whether ``one`` has the given name of ``other`` for its family name, and says so."""
    if not one.parts <= other.words or one.parts & other.parts:
        return False
    return bool(set(one.initials) & {part[0] for part in other.parts})


def is_turned_round(one: Person, other: Person, *, is_strict: bool) -> bool:
    """Whether each has for a family name what the other has for its initial: Qian CY, Yong QC.

    A strict reading asks that all letters are the same, or that the first initials are crossed.
    """
    letters = [sorted(name.family[:1] + name.initials) for name in (one, other)]
    is_whole = not is_strict or (letters[0] == letters[1] and len(letters[0]) > 2)
    ours, theirs = (
        (one.initials, other.initials) if is_whole else (one.initials[:1], other.initials[:1])
    )
    is_crossed = one.family[:1] in theirs and other.family[:1] in ours
    return bool(ours and theirs) and is_crossed


def _is_misspelt(one: Person, other: Person) -> bool:
    """Whether the family names are a slip or two apart, initials not speaking against it.

    A capital I was typed or recognised for an L, and an L for an I.
    """
    first = {one.initials[:1], other.initials[:1]}
    # One of several initials in common is little where the family name differs as well.
    if len(first - {""}) > 1 and first != {"i", "l"}:
        return False
    ours, theirs = one.family, other.family
    shortest = min(len(ours), len(theirs))
    if shortest < 3:
        return False
    if Levenshtein.distance(ours, theirs) <= (1 if shortest < 6 else 2):
        return shortest > 3 or bool(one.initials and one.initials == other.initials)
    is_cut = shortest > 3 and (ours.startswith(theirs) or theirs.startswith(ours))
    is_ended = shortest > 3 and (ours.endswith(theirs) or theirs.endswith(ours))
    return is_cut or is_ended or Indel.normalized_similarity(ours, theirs) >= 0.75
