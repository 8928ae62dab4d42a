"""The parts of a reference, read by the order of its kind, before a labeller is asked.

The kind is told by signs (``works``); whoever knows better may name another.
"""

from __future__ import annotations

import re
from dataclasses import replace

from refpipe.items.printed import japanese_layout, labeller, own_styles
from refpipe.items.printed.addresses import Addresses
from refpipe.items.printed.articles import japanese_articles, japanese_numbers, western_articles
from refpipe.items.printed.clean import Clean
from refpipe.items.printed.nouns import Draft
from refpipe.items.printed.people import japanese_names
from refpipe.items.printed.works import (
    japanese_kinds,
    japanese_works,
    western_hosts,
    western_kinds,
    western_own_words,
    western_works,
)
from refpipe.model import Claim, Scheme

_KANA = re.compile(rf"[{japanese_names.KANA}]|\A\W*JIS [A-Z] \d")
"""What an entry in Japanese holds, or begins with, whose signs and words are its own."""


def read(cleaned: Clean, found: Addresses, as_kind: str = "") -> Draft:
    """The parts, read by the order of the kind that the signs tell.

    ``as_kind``: the kind for which a Western reference is taken in the place of that one; our own
    styles, and other orders whose signs show them, are read as they are.
    """
    is_japanese = japanese_articles.is_japanese(cleaned)
    if not (is_japanese and _KANA.search(cleaned.text)):
        masked = _unstressed(found.masked, cleaned)
        kind = as_kind or western_kind(cleaned, found)
        has_isbn = any(claim.identifier.scheme is Scheme.ISBN for claim in found.claims)
        has_isbn = has_isbn or any(found.mistyped)
        is_book = cleaned.stressed[1] or (has_isbn and not set(masked) & set('“"'))
        if kind == "journal" and is_book and not western_own_words.has_volume(masked):
            kind = "book"
        own = own_styles.read(cleaned.text, masked, kind)
        if own is not None:
            return own
    if is_japanese:
        found.masked, remarks = japanese_layout.without_remarks(
            japanese_layout.without_labels(found.masked)
        )
        named = {part.name for part in found.parts} | {
            str(one.identifier.scheme) for one in found.claims
        }
        issue = japanese_numbers.of_magazine(found.masked)
        if issue:
            kind = "magazine" if issue.is_plain else "journal"
            draft = japanese_articles.of_issue(cleaned, found.masked, issue)
        elif (kind := japanese_kinds.kind_of(found.masked, named)) == "journal":
            draft = japanese_articles.read(cleaned, found)
        else:
            draft = japanese_works.read(cleaned.text, found.masked, kind)
        draft.remarks = remarks
        draft.told = labeller.told_of(kind, draft.parts + found.parts)
        return draft
    whole = own_styles.as_a_whole(cleaned.text, found.masked, kind)
    return whole or _in_order(cleaned, found, kind)


def western_kind(cleaned: Clean, found: Addresses) -> str:
    """The kind that the signs of a Western reference tell."""
    has_url = any(part.name in ("URL", "accessed") for part in found.parts)
    shape, masked = (_unstressed(text, cleaned) for text in (cleaned.shape, found.masked))
    return western_kinds.kind_of(shape, masked, has_url=has_url, has_doi=has_doi(found.claims))


def _in_order(cleaned: Clean, found: Addresses, kind: str) -> Draft:
    """The parts of a Western reference, by the order of its kind."""
    other, own, held, masked = own_styles.in_other_order(cleaned.text, found.masked, kind)
    if own:
        kind, cleaned, found = other, replace(cleaned, text=held), replace(found, masked=masked)
    if kind == "journal":
        draft = western_articles.read(cleaned, found)
        kind = western_hosts.given_out(draft, has_doi=has_doi(found.claims)) or kind
    if kind != "journal":
        draft = western_works.read(cleaned.text, found.masked, kind)
    if own:
        told = {one.name for one in own}
        draft.parts = own + [one for one in draft.parts if one.name not in told]
        draft.known.append((0, max(one.start for one in own)))
        return draft
    draft.told = labeller.told_of(kind, draft.parts + found.parts)
    return draft


def _unstressed(text: str, cleaned: Clean) -> str:
    """A text without the quotation marks that were set around what was emphasised."""
    for at in cleaned.stressed if cleaned.stressed[1] else ():
        text = f"{text[:at]} {text[at + 1 :]}"
    return text


def has_doi(claims: list[Claim]) -> bool:
    """Whether a DOI is among what a reference claims."""
    return any(claim.identifier.scheme is Scheme.DOI for claim in claims)
