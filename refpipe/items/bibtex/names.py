"""A BibTeX list of names as CSL names."""

from __future__ import annotations

import re

from refpipe import markup
from refpipe.items.bibtex import name_lists
from refpipe.items.exchange import fields as people
from refpipe.items.exchange import latex

_JOINED = re.compile(r"[,;]?\s+and\s+|(?<!&amp);", re.IGNORECASE)
_OTHERS = re.compile(r"others|et\.? al\.?|他|ほか", re.IGNORECASE)
_ET_AL = re.compile(r"(?<![,\s])[,\s]+et\.? al\.?$", re.IGNORECASE)
_HIDDEN = {" ": "\ue000", ",": "\ue001"}
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
    for part in name_lists.in_order(split(value)):
        cut = _ET_AL.search(part)
        is_others = _OTHERS.fullmatch(part.strip("{} ")) is not None
        goes_on = goes_on or is_others or cut is not None
        if not is_others:
            joined = name_lists.parted(part[: cut.start()] if cut else part)
            names += [name for text in joined.names if (name := one(text))]
            notes += joined.notes
    return names, goes_on, notes


def split(value: str) -> list[str]:
    """The names of a field, parted by ``and`` or semicolons outside of braces."""
    value = " ".join(value.split())
    parts = name_lists.at_depth_0(value, _JOINED)
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
    found = [_NAMED_PART.fullmatch(part) for part in name_lists.at_depth_0(text, _COMMA)]
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
