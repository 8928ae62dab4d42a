"""Values of any JSON as the readers want them: never an exception, never ``None`` as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from refpipe import dates, markup
from refpipe.lifetimes import lazy
from refpipe.model import Item

_NOTHING = frozenset(
    {"none", "null", "n/a", "na", "nan", "undefined", "[object object]", "-", "--"}
)
"""What programs write where they had nothing to write."""


def payload(text: str) -> dict[str, Any]:
    """The JSON object of a payload; an empty one where there is none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def mapping(value: object) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """The value if it is a list, else a list of it, else nothing."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def text(value: object) -> str:
    """A string or number as text with single blanks; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        bare = " ".join(str(value).split())
    except ValueError:
        # Python refuses to write integers of thousands of digits.
        return ""
    return "" if bare.lower() in _NOTHING else bare


def texts(value: object) -> Iterator[str]:
    """The texts in a list, or the one that stands instead of a list; empty ones are left out."""
    yield from filter(None, map(text, listed(value)))


def first(value: object) -> str:
    """The first text of a list, or the one that stands instead of it."""
    return next(texts(value), "")


def raw(value: object) -> str:
    """The first text just as it was sent, line breaks and all, for ``markup`` to judge."""
    for part in listed(value):
        if found := text(part):
            return part if isinstance(part, str) else found
    return ""


def clean(value: object) -> str:
    """The first text with CSL's tags and nothing else."""
    return markup.clean(raw(value))


def bare(value: object) -> str:
    """The first text without any markup."""
    return markup.plain(markup.read(raw(value)))


def date(value: object) -> dict[str, Any] | None:
    """CSL's date of a value with ``date-parts``; None where not even the year is known."""
    found = dates.from_parts(mapping(value).get("date-parts"))
    return {"date-parts": dates.to_parts(found)} if found else None


_LABEL = lazy(
    r"^(?:vol(?:ume)?|no|n[°º]|nr|num(?:ber)?|iss(?:ue)?|heft|band|bd|tome)\b\.?\s*(?=\d)|^n[°º]\s*(?=\d)",
    re.IGNORECASE,
)


def number(value: object) -> str:
    """A volume or issue; empty for the signs that there is none yet."""
    found = _LABEL.sub("", bare(value))
    return (
        ""
        if re.fullmatch(r"0+|ahead[ -]of[ -]print|aop|in press|online first", found.lower())
        else found
    )


_SCRAMBLED = lazy(
    "[\u00c3\u00c2\u00c5\u00c4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
    "|\u00e2\u20ac[\u0080-\u00bf\u0153\u0161\u0178\u02dc\u2122\u201c\u201d\u2018\u2019\u00a6]"
)
"""The two or three characters that one letter or quotation mark becomes."""


def shown(value: object) -> str:
    """A field of an item as a person reads it; only what no person reads is written as JSON.

    >>> shown([{"family": "Barzouhi", "given": "A.", "non-dropping-particle": "el"}])
    'el Barzouhi, A.'
    >>> shown({"date-parts": [[2005, 11]]})
    '2005-11'
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        return "; ".join(map(_name, value))
    if isinstance(value, dict) and set(value) == {"date-parts"}:
        return _date(value["date-parts"])
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _name(name: dict[str, Any]) -> str:
    """A name with its particle, as it is printed: ``A. el Barzouhi`` keeps its ``el``."""
    if literal := name.get("literal"):
        return str(literal)
    particle = name.get("non-dropping-particle") or name.get("dropping-particle")
    family = " ".join(str(part) for part in (particle, name.get("family")) if part)
    parts = (family, name.get("given"), name.get("suffix"))
    return ", ".join(str(part) for part in parts if part)


def _date(parts: object) -> str:
    try:
        return " to ".join("-".join(f"{int(part):02d}" for part in one) for one in listed(parts))
    except (TypeError, ValueError):
        return json.dumps(parts)


def first_author(item: Item) -> str:
    """The first author or editor with the particle, ``et al.`` behind where there are more.

    >>> first_author({"author": [{"family": "Barzouhi", "non-dropping-particle": "el"}, {}]})
    'el Barzouhi'
    >>> first_author({"author": [{"family": "Sato"}, {"family": "Mori"}]})
    'Sato et al.'
    """
    people = [one for one in listed(item.get("author") or item.get("editor")) if one]
    if not people or not isinstance(people[0], dict):
        return ""
    particle = people[0].get("non-dropping-particle") or people[0].get("dropping-particle")
    family = people[0].get("family") or people[0].get("literal")
    first = " ".join(str(part) for part in (particle, family) if part)
    goes_on = len(people) > 1 or mapping(item.get("custom")).get("author-et-al")
    return f"{first} et al." if first and goes_on else first


def year(item: Item) -> str:
    """The year in which it was issued; empty where that is not known.

    >>> year({"issued": {"date-parts": [[2005, 11]]}})
    '2005'
    """
    return str(dates.year_of(item) or "")


def mended(text: str) -> str:
    """The text with such letters as they were meant; anything else is left alone."""
    return _SCRAMBLED.sub(_decoded, text)


def _decoded(match: re.Match[str]) -> str:
    octets = bytearray()
    for letter in match.group():
        try:
            octets += letter.encode("cp1252")
        except UnicodeEncodeError:
            # Windows-1252 leaves five octets free; Latin-1 reads them as control characters.
            octets += letter.encode("latin-1", "replace")
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return match.group()


# ── what kind of work it is ─────────────────────────────────────────────

_CROSSREF = {
    "journal-article": "article-journal",
    "journal": "periodical",
    "journal-volume": "periodical",
    "journal-issue": "periodical",
    "proceedings-article": "paper-conference",
    "proceedings": "book",
    "proceedings-series": "book",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-set": "book",
    "book-series": "book",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "book-track": "chapter",
    "reference-entry": "entry",
    "posted-content": "article",
    "preprint": "article",
    "report": "report",
    "report-series": "report",
    "report-component": "report",
    "standard": "standard",
    "standard-series": "standard",
    "dissertation": "thesis",
    "dataset": "dataset",
    "database": "dataset",
    "peer-review": "review",
    "component": "document",
    "grant": "document",
    "other": "document",
}
"""Crossref's types (https://api.crossref.org/types) → CSL's
(https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types)."""

TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter
    classic collection dataset document entry entry-dictionary entry-encyclopedia event figure
    graphic hearing interview legal_case legislation manuscript map motion_picture musical_score
    pamphlet paper-conference patent performance periodical personal_communication post
    post-weblog regulation report review review-book software song speech standard thesis treaty
    webpage
    """.split()  # noqa: SIM905
)
"""Every type of CSL 1.0.2."""


def type_of(kind: str, *, has_journal: bool = False) -> str:
    """CSL's type for a registry's word; an article of a journal where nothing else is known."""
    known = _CROSSREF.get(kind) or (kind if kind in TYPES else "")
    return known or ("article-journal" if has_journal else "document")
