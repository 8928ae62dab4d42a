"""What an author types for a work."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from refpipe.model import Certainty, Claim, Identifier, Scheme, Work

if TYPE_CHECKING:
    from refpipe.library import Library

_RANK = (Scheme.DOI, Scheme.PMID, Scheme.PMCID, Scheme.ARXIV, Scheme.ISBN)

_PLAIN = re.compile(
    r"(?:doi:10\.[0-9]{4,9}/|pmid:|pmcid:|arxiv:)?[A-Za-z0-9]+(?:[./_-][A-Za-z0-9]+)*"
)
"""Keys that the grammar of citations reads back as they stand, whatever follows."""


def surest(claims: Sequence[Claim]) -> Claim | None:
    """The claim to name a work by: literal before candidate, DOI before the others."""
    able = [claim for claim in claims if claim.identifier.scheme in _RANK]
    return min(
        able,
        key=lambda claim: (
            claim.certainty is Certainty.CANDIDATE,
            _RANK.index(claim.identifier.scheme),
        ),
        default=None,
    )


def key_of(work: Work) -> str:
    """What to type after ``@`` for ``work``: a literal identifier, its address, or its name."""
    literal = surest([c for c in work.claims if c.certainty is not Certainty.CANDIDATE])
    if literal is not None:
        return str(literal.identifier)
    for claim in work.claims:
        if claim.identifier.scheme is Scheme.URL:
            return claim.identifier.value
    return work.name


def safe_key(library: Library, work: Work) -> str:
    """What to type for ``work``, and for no other: an identifier only where it finds this work.

    An identifier that is printed in one reference and registered for another work finds the
    other one.
    """
    key = key_of(work)
    found = library.find(Identifier.parse(key)) if ":" in key and "//" not in key else None
    if found is None and "//" in key:
        found = library.find(Identifier(Scheme.URL, key))
    return key if key == work.name or (found is not None and found.id == work.id) else work.name


def typed_key(key: str) -> str:
    """``@`` and the key, in braces where the bare key would be read otherwise."""
    bare = f"@{key}"
    if _PLAIN.fullmatch(key):
        return bare
    # Imported here: most keys are plain, and the grammar of articles takes 30 ms to import.
    from refpipe.articles import citations

    read = citations.items(f"{bare}; @x")
    return bare if [item.key for item in read] == [key, "x"] else f"@{{{key}}}"
