"""A BibTeX list of names as CSL names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from refpipe import markup
from refpipe.items.bibtex import latex
from refpipe.items.exchange import fields as people
from refpipe.normalise.text import EAST_ASIAN

_JOINED = re.compile(r"[,;]?\s+and\s+|(?<!&amp);", re.IGNORECASE)
_HIDDEN = {" ": "\ufdd0", ",": "\ufdd1"}
"""Signs within braces, as what no text has: private signs are somebody's kanji."""
_SHOWN = str.maketrans({hidden: shown for shown, hidden in _HIDDEN.items()})
_MACRO = re.compile(r"\\[A-Za-z]+$")
_NAMED_PART = re.compile(r'\s*"?([a-z]+(?:-i)?)\s*=\s*(.*?)"?\s*', re.DOTALL)
_COMMA = re.compile(",")
_GENERATION = re.compile(r"[JS]r\.?|II|III|IV")
_PARTICLE = {"true": "non-dropping-particle", "false": "dropping-particle"}


def read(value: str) -> tuple[list[people.Name], bool, list[str]]:
    """The names in a field, whether it says that the list goes on, and what is doubtful in it."""
    names: list[people.Name] = []
    notes: list[str] = []
    goes_on = False
    for part in in_order(split(value)):
        cut = people.ET_AL.search(part)
        joined = parted(part[: cut.start()] if cut else part)
        written = [text for text in joined.names if not people.OTHERS.fullmatch(text.strip("{} "))]
        goes_on = goes_on or cut is not None or len(written) < len(joined.names)
        names += [name for text in written if (name := one(text))]
        notes += joined.notes
    return names, goes_on, notes


def split(value: str) -> list[str]:
    """The names of a field, parted by ``and`` or semicolons outside of braces."""
    value = " ".join(value.split())
    parts = at_depth_0(value, _JOINED)
    return [part.strip() for part in parts if part.strip()]


def one(text: str) -> people.Name | None:
    """One name; what stands in braces is not taken apart."""
    text = " ".join(text.split())
    if text.startswith("{") and _closes_at_end(text):
        return people.literal(_shown(text))
    if "=" in text and (parts := _named_parts(text)):
        return _extended(parts)
    name = people.name(_shown(_shielded(text)))
    if name is None:
        return None
    return _with_suffix({part: words.translate(_SHOWN) for part, words in name.items()})


def _named_parts(text: str) -> dict[str, str]:
    """The parts of biblatex's extended name format; none where a part has no name."""
    found = [_NAMED_PART.fullmatch(part) for part in at_depth_0(text, _COMMA)]
    return {part[1]: part[2] for part in found if part} if all(found) else {}


def _extended(parts: dict[str, str]) -> people.Name | None:
    shown = {part: _shown(value) for part, value in parts.items()}
    prefix = shown.get("prefix", "")
    particle = _PARTICLE.get(shown.get("useprefix", "").lower())
    family = shown.get("family", "")
    if not particle:
        family = f"{prefix} {family}".strip()
    name = people.named(
        family, shown.get("given") or shown.get("given-i", ""), shown.get("suffix", "")
    )
    return {**name, particle: prefix} if name and particle and prefix else name


def _with_suffix(name: people.Name) -> people.Name:
    """The name with the ``Jr.`` apart that BibTeX has within the braces of the family name."""
    family, _, last = name.get("family", "").rpartition(" ")
    if not family or "suffix" in name or not _GENERATION.fullmatch(last):
        return name
    return {**name, "family": family.rstrip(","), "suffix": last}


def _shown(text: str) -> str:
    return markup.plain(markup.read(latex.read(text)))


def _closes_at_end(text: str) -> bool:
    depth = 0
    for place, character in enumerate(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0:
            # An accent such as {\'E} begins a name and is no name in braces.
            return place == len(text) - 1 and not re.match(r"\{\\.\{?\w\}?\}$", text)
    return False


def _shielded(text: str) -> str:
    """The text with spaces and commas inside braces hidden, macros' arguments excepted."""
    pieces: list[str] = []
    depth = 0
    for place, character in enumerate(text):
        if character == "{" and text[place - 1 : place] != "\\":
            depth += 1
        elif character == "}":
            depth -= 1
        hides = depth > 0 and character in _HIDDEN and not _MACRO.search(text[:place][-30:])
        pieces.append(_HIDDEN[character] if hides else character)
    return "".join(pieces)


# ── lists joined otherwise ───────────────────────────────────────────────────────────────────────
# Lists of names joined otherwise than BibTeX joins them: by commas, ``&`` or a Japanese comma.
#
# BibTeX takes ``Smith J, Jones K, Brown L`` for one person. Where the shape of the parts says
# that each is a whole name, they are names; where it does not, the text stays whole and is noted.


_JAPANESE_COMMA = re.compile(r"\s*[、，；]\s*")
_LIST_COMMA = re.compile(r"\s*,\s*")
_AMPERSAND = re.compile(r",?\s+(?:\\?&|\+|und|et|y)\s+")
_BODY = re.compile(r"\s+\\?&\s+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}")
_CAPITALS = re.compile(r"[^\W\d_a-z]{1,4}")
_GENERATION_MARK = re.compile(r"(?:jr|sr)\.?|[IVX]{1,4}|\d(?:st|nd|rd|th)", re.IGNORECASE)
_EAST_ASIAN = re.compile(rf"[{EAST_ASIAN}\s]+")
_LONGEST_PART = 3
"""Signs of the longest family or given name in kanji that is met often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The names that a text holds, each as it is written, and what is doubtful about them."""

    names: Sequence[str]
    notes: Sequence[str] = ()


def at_depth_0(value: str, separator: re.Pattern[str]) -> list[str]:
    """The parts of the value between the separators that stand outside of braces."""
    parts: list[str] = []
    depth = start = end = 0
    while end < len(value):
        found = separator.match(value, end) if depth == 0 else None
        if found:
            parts.append(value[start : found.start()])
            start = end = found.end()
            continue
        depth += {"{": 1, "}": -1}.get(value[end], 0)
        end += 2 if value[end] == "\\" else 1
    return [*parts, value[start:]]


def in_order(names: Sequence[str]) -> Sequence[str]:
    """The names with a comma before their initials, where all of several end in initials.

    One alone may be a person called X, and a name with a comma is in BibTeX's order already.
    """
    has_order = any(len(at_depth_0(name, _LIST_COMMA)) > 1 for name in names)
    if len(names) > 1 and not has_order and all(map(_is_family_with_initials, names)):
        return _with_commas(names)
    return names


def _with_commas(names: Sequence[str]) -> Sequence[str]:
    # BibTeX would take the initials for the family name.
    return [", ".join(name.rsplit(" ", 1)) for name in names]


def parted(text: str) -> Joined:
    """The names of a text that BibTeX takes for one name."""
    if "=" in text:
        return Joined(names=(text,))
    for mark in (_JAPANESE_COMMA, _AMPERSAND):
        sides = [side for side in at_depth_0(text, mark) if side]
        if len(sides) > 1 and all(map(_is_whole, sides)):
            found = [parted(side) for side in sides]
            return Joined(
                names=[name for one in found for name in one.names],
                notes=[note for one in found for note in one.notes],
            )
    if len(at_depth_0(text, _BODY)) > 1:
        return Joined(names=(f"{{{text}}}",))
    return _by_commas(text, [part for part in at_depth_0(text, _LIST_COMMA) if part.strip()])


def _is_whole(side: str) -> bool:
    """True for a side that is a person: a body such as ``Rose & Thorn`` has one word a side."""
    return " " in side.strip() or "," in side or _EAST_ASIAN.fullmatch(side) is not None


def _by_commas(text: str, parts: list[str]) -> Joined:
    if len(parts) < 2 or (len(parts) == 3 and any(map(_GENERATION_MARK.fullmatch, parts[1:]))):
        return Joined(names=(text,))
    if names := _persons(parts):
        return Joined(names=names)
    if len(parts) == 2 or _is_with_degree(parts):
        return Joined(names=(text,))
    note = f'the names in “{text}” are not joined by "and", and are left as one'
    return Joined(names=(f"{{{text}}}",), notes=(note,))


def _persons(parts: list[str]) -> Sequence[str]:
    """The names that the parts are, if their shape says that they are several; else none."""
    if all(map(_is_family_with_initials, parts)):
        return _with_commas(parts)
    if all(map(_is_initials_with_family, parts)):
        return parts
    if all(map(_EAST_ASIAN.fullmatch, parts)):
        is_list = len(parts) > 2 or all(len(part) > _LONGEST_PART for part in parts)
        return parts if is_list else ()
    is_paired = len(parts) > 2 and len(parts) % 2 == 0
    if is_paired and all(map(_INITIALS.fullmatch, parts[1::2])):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return ()


def _is_with_degree(parts: list[str]) -> bool:
    """True where family and given name are followed by degrees (``MD``, ``Ph.D.``)."""
    return all(re.fullmatch(r"(?:[A-Z][a-z]?\.?){2,4}", part) for part in parts[2:])


def _is_family_with_initials(part: str) -> bool:
    family, _, last = part.rpartition(" ")
    return _is_family(family) and _is_initials(last)


def _is_initials_with_family(part: str) -> bool:
    first, _, rest = part.partition(" ")
    return _is_initials(first) and _is_family(rest.split(" ")[-1])


def _is_initials(word: str) -> bool:
    return _CAPITALS.fullmatch(re.sub(r"[.-]", "", word)) is not None


def _is_family(word: str) -> bool:
    return any(letter.islower() for letter in word) and len(word) > 1
