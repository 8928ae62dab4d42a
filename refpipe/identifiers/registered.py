"""DOIs that another identifier always has."""

from __future__ import annotations

from refpipe.identifiers.dois import normal
from refpipe.model import Certainty, Claim, Identifier, Scheme


def registered_doi(identifier: Identifier) -> Claim | None:
    """The DOI under which a registry is asked for this identifier; None where there is none.

    arXiv registers every preprint with DataCite as ``10.48550/arXiv.ID``
    (https://info.arxiv.org/help/doi.html).
    """
    if identifier.scheme is Scheme.DOI:
        return Claim(identifier=identifier, certainty=Certainty.LITERAL)
    if identifier.scheme is Scheme.ARXIV:
        return Claim(
            identifier=normal(f"10.48550/arxiv.{identifier.value}"),
            certainty=Certainty.CANDIDATE,
            rule="arxiv-datacite",
        )
    return None
