"""A BibTeX list of names as CSL names."""

from __future__ import annotations

import re

from refpipe import markup
from refpipe.items.exchange import fields as people
from refpipe.items.exchange import latex

_AND = re.compile(r"\s+and\s+|\s*[{}]|\s*\\[{}]", re.IGNORECASE)
_OTHERS = re.compile(r"others|et\.? al\.?|他|ほか", re.IGNORECASE)
_ET_AL = re.compile(r"[,\s]+et\.? al\.?$", re.IGNORECASE)
_HIDDEN = {" ": "\ue000", ",": "\ue001"}
_SHOWN = str.maketrans({hidden: shown for shown, hidden in _HIDDEN.items()})
_MACRO = re.compile(r"\\[A-Za-z]+$")
_NAMED_PART = re.compile(r'\s*"?(family|given|prefix|suffix)(?:-i)?\s*=\s*([^,]*?)"?\s*(?:,|$)')


def read(value: str) -> tuple[list[people.Name], bool]:
    """The names in a field, and whether it says that the list goes on."""
    names: list[people.Name] = []
    goes_on = False
    for part in split(value):
        cut = _ET_AL.search(part)
        is_others = _OTHERS.fullmatch(part.strip("{} ")) is not None
        goes_on = goes_on or is_others or cut is not None
        name = None if is_others else one(part[: cut.start()] if cut else part)
        if name:
            names.append(name)
    return names, goes_on


def split(value: str) -> list[str]:
    """The names of a field, parted by ``and`` outside of braces (or by semicolons, if by none)."""
    value = " ".join(value.split())
    parts = _at_depth_0(value, re.compile(r"\s+and\s+", re.IGNORECASE))
    if len(parts) == 1 and value.count(";"):
        parts = _at_depth_0(value, re.compile(r";"))
    return [part.strip() for part in parts if part.strip()]


def _at_depth_0(value: str, separator: re.Pattern[str]) -> list[str]:
    parts: list[str] = []
    depth = start = end = 0
    while end < len(value):
        found = separator.match(value, end) if depth == 0 else None
        if found:
            parts.append(value[start:end])
            start = end = found.end()
            continue
        depth += {"{": 1, "}": -1}.get(value[end], 0)
        end += 2 if value[end] == "\\" else 1
    return [*parts, value[start:]]


def one(text: str) -> people.Name | None:
    """One name; what stands in braces is not taken apart."""
    text = " ".join(text.split())
    if text.startswith("{") and _closes_at_end(text):
        return people.literal(_shown(text))
    if "=" in text and (parts := dict(_NAMED_PART.findall(text))):
        family = f"{parts.get('prefix', '')} {parts.get('family', '')}".strip()
        return people.name(
            _shown(", ".join((family, parts.get("suffix", ""), parts.get("given", ""))))
        )
    name = people.name(_shown(_shielded(text)))
    return {part: words.translate(_SHOWN) for part, words in name.items()} if name else None


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
