"""What pasting and printing damaged: mended where it is unmistakable, proposed where it is not.

Every repair carries its reason.  One that is applied can be seen by its ``after`` standing in
the item; the others wait for a registry or a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from refpipe.items.printed.journals import container_of_doi
from refpipe.items.printed.words import word_set
from refpipe.model import Claim, Item, Repair

_ORDINARY_ENDING = re.compile(
    r"(?:tion|tions|sion|ment|ments|ness|ity|ities|come|comes|ance|ence|ing|ings|sis|ses|logy|ism|ship"
    r"|ture|tures|graphy|apy|apies|ical|tive|ous|ery|ers|ors|ents|ants|ists|ease|eases|ures|tics|tric"
    r"|spine|pain|study|studies|review|trial|trials|children|women|men|life|care|disc|knee|heart|brain"
    r"|model|models|method|methods|effect|effects|role|results?|guidelines?|adults?|syndromes?|cells?)$"
)
"""Endings of ordinary words, behind which a digit can only be a footnote; names of genes and
proteins (Notch1, connexin43) end otherwise."""
_FOOTNOTE = re.compile(r"(?P<word>(?<![\w-])[^\W\d_]{4,})(?P<mark>\d|[*†‡§¶]{1,2})$")
_CUT = re.compile(r"\s*(?:…|\.\s?\.\s?\.)$")
_GIVEN_NAMES = word_set(
    """dimitrios georgios konstantinos ioannis nikolaos panagiotis christos vasileios athanasios
    michael christopher matthew jennifer jessica elizabeth katherine catherine stephanie
    rebecca nicholas benjamin jonathan timothy gregory kenneth jeffrey patricia deborah
    barbara margaret susan andrea alessandro giuseppe giovanni francesco marco maria anna
    laura stefano wolfgang jürgen hans klaus dieter heinz ursula sabine jacques françois
    philippe nathalie isabelle mohammed mohamed muhammad ahmed fatima hassan mehmet mustafa
    sergei vladimir dmitri natalia hiroshi takeshi kenji yoshiko akira makoto kazuo satoshi"""
)
"""Given names that are hardly ever family names."""


def mend(item: Item, claims: Sequence[Claim]) -> tuple[Item, tuple[Repair, ...]]:
    """The item with what is unmistakable mended, and every repair made or proposed."""
    mended: dict[str, Any] = dict(item)
    repairs: list[Repair] = []
    if isinstance(mended.get("title"), str):
        _mend_title(mended, repairs)
    _doubt_names(mended, repairs)
    _doubt_container(mended, claims, repairs)
    return mended, tuple(repairs)


def _mend_title(item: dict[str, Any], repairs: list[Repair]) -> None:
    title = item["title"]
    title = _apply(
        title, re.sub(r"\s+:(?=\s)", ":", title), "a space stood before the colon", repairs
    )
    if _CUT.search(title):
        item["custom"] = {**item.get("custom", {}), "title-is-cut": True}
        reason = "the title breaks off here; the whole one must come from a registry"
        repairs.append(Repair(field="title", before=title, after=title, reason=reason))
    elif re.search(r"(?<![.\s][^\W\d_])\.$", title) and not title.endswith(".."):
        bare = title[:-1]
        title = _apply(title, bare, "a full stop stood before the closing mark", repairs)
    item["title"] = _without_footnote(title, repairs)


def _apply(before: str, after: str, reason: str, repairs: list[Repair]) -> str:
    if before != after:
        repairs.append(Repair(field="title", before=before, after=after, reason=reason))
    return after


def _without_footnote(title: str, repairs: list[Repair]) -> str:
    match = _FOOTNOTE.search(title)
    if not match:
        return title
    bare = title[: match.start("mark")]
    is_plain = _ORDINARY_ENDING.search(match["word"].lower()) is not None
    if not match["mark"].isdigit() or is_plain:
        return _apply(
            title, bare, f"“{match['mark']}” at the end is the mark of a footnote", repairs
        )
    if match["word"].islower():
        reason = f"“{match['mark']}” at the end may be the mark of a footnote"
        repairs.append(Repair(field="title", before=title, after=bare, reason=reason))
    return title


def _doubt_names(item: dict[str, Any], repairs: list[Repair]) -> None:
    """A list of bare family names in which a given name has slipped."""
    authors = item.get("author") or []
    if any("given" in name or "literal" in name for name in authors):
        return
    for name in authors:
        family = name.get("family", "")
        if "non-dropping-particle" in name:
            continue
        if len(authors) > 1 and family.lower() in _GIVEN_NAMES:
            reason = "this is a given name; the family name is missing or stands before it"
            repairs.append(Repair(field="author", before=family, after="", reason=reason))


def _doubt_container(item: dict[str, Any], claims: Sequence[Claim], repairs: list[Repair]) -> None:
    """A container that is not the one its DOI belongs to."""
    printed = item.get("container-title")
    if not isinstance(printed, str):
        return
    for claim in claims:
        if claim.identifier.scheme.value == "doi":
            expected = container_of_doi(claim.identifier.value, printed)
            if expected:
                reason = f"the DOI {claim.identifier.value} is one of {expected}"
                repairs.append(
                    Repair(field="container-title", before=printed, after=expected, reason=reason)
                )
                return
