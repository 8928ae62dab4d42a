"""Journals and books as they can be compared, whether abbreviated or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from refpipe.normalise import text as texts

LONGEST = 1000
"""Signs of a container's name that are compared."""

STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "d",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "des",
        "di",
        "die",
        "do",
        "du",
        "e",
        "ed",
        "edition",
        "el",
        "en",
        "et",
        "for",
        "fur",
        "i",
        "il",
        "in",
        "its",
        "l",
        "la",
        "le",
        "les",
        "los",
        "n",
        "na",
        "nel",
        "o",
        "of",
        "official",
        "on",
        "online",
        "print",
        "s",
        "the",
        "to",
        "u",
        "und",
        "van",
        "voor",
        "w",
        "y",
        "z",
        "zu",
    ]
)
"""Words that abbreviated journal titles leave out (ISO 4 drops articles and prepositions)."""

_OVID = re.compile(
    r"^(?:(?P<name>.*?)\.)?\s?(?P<volume>[^\s().]*(?:\s[^().]*)?)\s?\((?P<issue>[^()]*(?:\([^()]*\))?[^()]*)\)"
    r"\s?(?:\([^()]*\))?\s?\((?:pp?\s*(?P<pages>[^()]*)|no pagination[^()]*)\)"
)
_OVID_NO_ISSUE = re.compile(
    r"^(?:(?P<name>.*?)\.)?(?P<volume>\d+)\s?(?:\(\))?"
    r"\s?\((?:pp?\s*(?P<pages>[^()]*)|no pagination[^()]*)\)"
)
_OVID_SIGN = re.compile(r"\(pp?\s|\(no pagination|Date of Publication")
_OVID_TAIL = re.compile(r"(?:\(pp|\(no pagination|Date of Publication|Conference).*$")
_CONFERENCE = re.compile(r"\.?\s?Conference:.*$", re.DOTALL)
_SERIES = re.compile(r"\([^)]*\)|\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Host:
    """A container and whatever place was written into the same string."""

    name: str
    volume: str = ""
    issue: str = ""
    pages: str = ""
    is_conference: bool = False


def host(raw: str) -> Host:
    """The container's name separated from the place that some databases write behind it.

    "Neuroscience.169 (1) ()(pp 171-181) 2010.Date of Publication: …" is Ovid's way.
    """
    conference = ".Conference" in raw or "Conference:" in raw or "Conference Start" in raw
    if not _OVID_SIGN.search(raw):
        name = _CONFERENCE.sub("", raw) if conference else raw
        return Host(name, is_conference=conference)
    bare = _CONFERENCE_BODY.sub(".", raw) if conference else raw
    match = _OVID.match(bare) or _OVID_NO_ISSUE.match(bare)
    if match is None:
        return Host(_OVID_TAIL.sub("", bare).strip(" ."), is_conference=conference)
    groups = match.groupdict()
    return Host(
        groups["name"] or "", (groups["volume"] or "").strip(), groups.get("issue") or "",
        groups.get("pages") or "", conference,
    )  # fmt: skip


_CONFERENCE_BODY = re.compile(
    r"\.?\s?Conference: .*?(?:Conference Publication: (?:\(var\.pagings\))?\.?|"
    r"Conference End: \d{8}\.?)+(?=\s?\d)",
    re.DOTALL,
)


def container(raw: str) -> str:
    """The container's name folded, without bracketed twins and without small words.

    >>> container('The Journal of Bone & Joint Surgery')
    'journal bone joint surgery'
    """
    return " ".join(container_words(raw))


def container_words(raw: str) -> tuple[str, ...]:
    """The telling words of a container's name."""
    raw = raw[:LONGEST]
    bare = _SERIES.sub(" ", raw)
    words = texts.fold(bare).split() or texts.fold(raw).split()
    telling = tuple(w for w in words if w not in STOP_WORDS)
    return telling or tuple(words)
