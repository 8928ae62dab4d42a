"""Compare two records field by field."""

from __future__ import annotations

from typing import Any

from refpipe.match import contradictions, identities, people, places, profiles, relations, titles
from refpipe.match.comparison import Comparison
from refpipe.match.profiles import Profile
from refpipe.match.subject import Subject


def compare(a: Subject, b: Subject) -> Comparison:
    """The agreement of two records in each field, and what contradicts."""
    return compare_profiles(profiles.of(a), profiles.of(b))


def compare_profiles(a: Profile, b: Profile) -> Comparison:
    """The same for records made ready before."""
    fields: dict[str, Any] = {
        "title": titles.compare(a, b),
        "authors": people.compare(a, b),
        "year": places.year(a, b),
        "container": places.container(a, b),
        "volume": places.volume(a, b),
        "issue": places.issue(a, b),
        "pages": places.pages(a, b),
        "doi": identities.doi(a, b),
        "identifier": identities.identifier(a, b),
        "url": identities.url(a, b),
    }
    relation = relations.between(a, b)
    against = contradictions.find(fields, relation, is_other_kind=a.is_thesis != b.is_thesis)
    return Comparison(
        **fields,
        detail=detail(a, b),
        is_equal=is_equal(a, b),
        is_anchored=is_anchored(a) or is_anchored(b),
        single_author=min(len(a.families), len(b.families)) == 1
        and not a.has_more_authors
        and not b.has_more_authors,
        relation=relation,
        contradictions=against,
    )


def is_equal(a: Profile, b: Profile) -> bool:
    """True for records equal in every field that say enough to be told from any other.

    The name of a column heads another piece in every issue, so it needs its place, as does a
    record without a title.
    """
    is_named = a.title is not None and not a.title.is_heading
    has_place = a.pages is not None and bool(a.volume or a.container)
    return (is_named or has_place) and a.is_equal(b)


def is_anchored(p: Profile) -> bool:
    """True for a record that says where it was published, or has an identifier."""
    is_named = any(not name.startswith("trial:") for name in p.others)
    return bool(p.container or p.dois or is_named or p.volume or p.issns)


def detail(a: Profile, b: Profile) -> int:
    """How telling the shorter title is: 0 generic, 1 short, 2 telling, 3 long."""
    if a.title is None or b.title is None:
        return 0
    short = min(a.title, b.title, key=lambda t: (len(t.key), len(t.words), t.words))
    if short.is_heading:
        return 0
    if short.is_distinctive:
        return 3 if len(short.words) >= 8 and len(short.key) >= 50 else 2
    return 1 if len(short.words) >= 3 and len(short.key) >= 15 else 0
