"""Ask the registries about all that some articles cite, remembered answers or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from refpipe import articles, files
from refpipe.config import Config
from refpipe.library import Library
from refpipe.model import Claim, Scheme, Unresolved, Work
from refpipe.pipeline import asking, lookup, refs
from refpipe.sources import Registries

_ASKED = (Scheme.DOI, Scheme.PMID)
"""The schemes whose registries say how a work stands today."""


def ask(
    config: Config, registries: Callable[[], Registries], paths: Iterable[Path], *, now: str
) -> dict[str, Unresolved]:
    """Key → why nothing could be had for it.  What the registries said is in the library then."""
    opened = (articles.read(refs.shown(path), files.read(path).text) for path in paths)
    keys = lookup.keys(opened)
    if not keys:
        return {}
    with Library.open(config.library, create=True) as library, registries() as asked:
        known = lookup.find(library, keys)
        claims = {key: claim for key in keys if (claim := _claim(key, known.get(key))) is not None}
        evidence = {claim.identifier: lookup.evidence(key) for key, claim in claims.items()}
        asker = asking.Asker(library=library, registries=asked, now=now, is_fresh=True)
        missing = asker.claims(claims.values(), evidence).missing
    return {
        key: missing[claim.identifier]
        for key, claim in claims.items()
        if claim.identifier in missing
    }


def _claim(key: str, work: Work | None) -> Claim | None:
    """What to ask about a key: its work's surest registered identifier, else the key itself."""
    if work is not None:
        for scheme in _ASKED:
            for claim in work.claims:
                if claim.identifier.scheme is scheme:
                    return claim
    return lookup.claim(key)
