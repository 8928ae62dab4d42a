"""The address under which a reader finds what an identifier names."""

from __future__ import annotations

from urllib.parse import quote

from refpipe.model import Identifier, Scheme

_ADDRESSES = {
    Scheme.DOI: "https://doi.org/{}",
    Scheme.PMID: "https://pubmed.ncbi.nlm.nih.gov/{}/",
    Scheme.PMCID: "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    Scheme.ISBN: "https://openlibrary.org/isbn/{}",
    Scheme.ARXIV: "https://arxiv.org/abs/{}",
}


def link(identifier: Identifier) -> str:
    """The address for a reader; empty for names and printed references, which have none."""
    if identifier.scheme is Scheme.URL:
        return identifier.value
    address = _ADDRESSES.get(identifier.scheme, "")
    return address.format(quote(identifier.value, safe="/:;()._-~,=!$@"))
