"""Which of several identifiers to name a work by, or to ask a registry about."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from refpipe.model import Certainty, Claim, Scheme

STRONGEST_FIRST = (Scheme.DOI, Scheme.PMID, Scheme.PMCID, Scheme.ARXIV, Scheme.ISBN)
"""The schemes that name one work each, the one with the best-kept register first."""


def surest(
    claims: Iterable[Claim],
    among: Collection[Scheme] = STRONGEST_FIRST,
    *,
    or_candidate: bool = True,
) -> Claim | None:
    """The claim to rely on: what is written before what is derived, a DOI before the others.

    ``among`` says which schemes count, ``or_candidate`` whether a derived identifier does where
    there is no other.  The first of equals is taken.

    >>> from refpipe.model import Identifier
    >>> doi = Claim(identifier=Identifier(Scheme.DOI, "10.1000/a"), certainty=Certainty.CANDIDATE)
    >>> pmid = Claim(identifier=Identifier(Scheme.PMID, "7"), certainty=Certainty.LITERAL)
    >>> str(surest([doi, pmid]).identifier)
    'pmid:7'
    >>> surest([doi], or_candidate=False) is None
    True
    """
    able = [
        claim
        for claim in claims
        if claim.identifier.scheme in among
        and (or_candidate or claim.certainty is not Certainty.CANDIDATE)
    ]
    return min(able, key=_rank, default=None)


def _rank(claim: Claim) -> tuple[bool, int]:
    return (
        claim.certainty is Certainty.CANDIDATE,
        STRONGEST_FIRST.index(claim.identifier.scheme),
    )
