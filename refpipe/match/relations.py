"""Ties that are not sameness, read from what titles and versions say."""

from __future__ import annotations

from refpipe.match import places
from refpipe.match.comparison import Level
from refpipe.match.profiles import Profile
from refpipe.normalise import Title

OF_MARK = {
    "erratum": "correction", "addendum": "correction", "retraction": "retraction",
    "concern": "expression-of-concern", "reply": "reply", "comment": "reply",
    "abstract": "congress-abstract", "summary": "congress-abstract", "reprint": "reprint",
    "preprint": "preprint", "protocol": "part", "withdrawn": "new-version",
}  # fmt: skip
"""Mark of a title → kind of relation (model.RELATION_KINDS) that one title having it speaks of."""

_STRONG = ("retraction", "concern", "erratum", "addendum", "reprint", "preprint", "withdrawn")


def between(a: Profile, b: Profile) -> str:
    """The kind of relation that the titles speak of, or nothing."""
    if a.title is None or b.title is None:
        return ""
    if a.title.marks == b.title.marks:
        return _of_kinds(a, b)
    one, other = a.title.marks - b.title.marks, b.title.marks - a.title.marks
    for mark in (*_STRONG, *OF_MARK):
        if mark in one or mark in other:
            return OF_MARK[mark]
    if has_other_serial(a.title, b.title):
        return "part"
    return _of_kinds(a, b)


def _of_kinds(a: Profile, b: Profile) -> str:
    """The relation that lies in what kind of thing each of two works of one title is."""
    if _is_preprint_pair(a, b):
        return "preprint"
    if a.edition and b.edition and a.edition != b.edition:
        return "next-edition"
    if _is_review_updated(a, b):
        return "review-version"
    return "congress-abstract" if _is_congress_pair(a, b) else ""


def _is_preprint_pair(a: Profile, b: Profile) -> bool:
    """True when one is a preprint and the other is not.

    What says nothing of where it stands may be the preprint itself, as long as the year is its own.
    """
    if a.is_preprint == b.is_preprint:
        return False
    if a.volume and a.volume == b.volume and places.pages(a, b).level is Level.AGREE:
        # SSRN gives a DOI of its own to papers that a journal has printed.
        return False
    other = b if a.is_preprint else a
    is_placed = other.container or other.volume or other.issue or other.pages or other.issns
    return bool(is_placed or other.dois or not a.year or a.year != b.year)


def _is_review_updated(a: Profile, b: Profile) -> bool:
    """True for one Cochrane review (CD and its number for a page) in two issues or years."""
    if a.pages is None or b.pages is None or not a.pages.first.startswith("cd"):
        return False
    is_one_review = a.pages.first == b.pages.first
    is_later = bool(a.year and b.year and a.year != b.year)
    return is_one_review and (is_later or bool(a.issue and b.issue and a.issue != b.issue))


def _is_congress_pair(a: Profile, b: Profile) -> bool:
    """True when one is filed under a congress and the other stands in another container.

    Who names the congress' book a little otherwise still means the same pages of it.
    """
    if a.volume and a.volume == b.volume:
        return False
    if places.pages(a, b).how == "equal" and places.container(a, b).how == "shorter":
        return False
    return a.is_conference != b.is_conference and places.container(a, b).level in {
        Level.DIFFER,
        Level.SIMILAR,
    }


def has_other_serial(a: Title, b: Title) -> bool:
    """True when both are numbered parts and no number is in both."""
    one = {m for m in a.marks if ":" in m}
    other = {m for m in b.marks if ":" in m}
    kinds = {m.split(":")[0] for m in one} & {m.split(":")[0] for m in other}
    return any(
        {m for m in one if m.startswith(f"{k}:")}.isdisjoint(
            m for m in other if m.startswith(f"{k}:")
        )
        for k in kinds
    )


def notice(a: Profile, b: Profile) -> Profile | None:
    """The one of two related records that is about the other: the notice, the reply, the preprint.

    None where neither is: parts, versions, editions.
    """
    if a.title is None or b.title is None:
        return None
    one, other = a.title.marks - b.title.marks, b.title.marks - a.title.marks
    for mark in (*_STRONG, *OF_MARK):
        if mark in one or mark in other:
            return a if mark in one else b
    for told in ("is_preprint", "is_conference"):
        if getattr(a, told) != getattr(b, told):
            return a if getattr(a, told) else b
    return None
