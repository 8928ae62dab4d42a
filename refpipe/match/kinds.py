"""What kind of thing a record is, where that parts it from a work of the same title.

The DOI prefixes are those of Crossref members and DataCite clients that register preprints
(https://www.crossref.org/documentation/research-nexus/posted-content-includes-preprints/);
the trial numbers are those of the registers that the WHO's platform gathers
(https://www.who.int/clinical-trials-registry-platform).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from refpipe.model import Item

PREPRINT_PREFIXES = (
    "10.1101/", "10.64898/", "10.21203/rs.", "10.20944/preprints", "10.26434/chemrxiv",
    "10.31234/", "10.31219/", "10.31235/", "10.48550/arxiv", "10.2139/ssrn", "10.36227/techrxiv",
    "10.22541/au", "10.51094/jxiv", "10.1590/scielopreprints", "10.7287/peerj.preprints",
    "10.12688/verixiv", "10.32388/",
)  # fmt: skip
_COLD_SPRING_JOURNALS = re.compile(r"^10\.1101/(?:gad|gr|lm|cshperspect|pdb|mcs|sqb|rna)\b")
_PREPRINT_HOST = re.compile(
    r"\b(?:bio|med|psy|chem|tech|eng|soc)?a?rxiv\b|\bssrn\b|research square|preprint", re.IGNORECASE
)
_POSTED = re.compile(
    r"(?:\b(?:bio|med|psy|chem)?a?rxiv|\bssrn|research square|\[preprint\]|preprint posted online)"
    r"[\W_]*$",
    re.IGNORECASE,
)
"""How a title ends into which the name of a preprint server was read."""
_THESIS = re.compile(
    r"\bph\.?\s?d\b|\bm\.?d\.? thesis|\bthes[ie]s\b|dissertation(?!.{0,3}abstr)", re.IGNORECASE
)
_TRIAL = re.compile(
    r"\b(NCT\d{8}|ISRCTN\d{8}|ACTRN\d{14}|ChiCTR[-\w]{6,18}|EUCTR\d{4}-\d{6}-\d{2}|"
    r"UMIN\d{9}|JPRN-[\w-]+|jRCTs?\d{9,11}|NTR\d{3,4}|DRKS\d{8}|CTRI/\d{4}/\d+/\d+|"
    r"IRCT\d{10,}N?\d*|KCT\d{7}|PACTR\d{12,}|TCTR\d{11}|RBR-\w{6,7})\b",
    re.IGNORECASE,
)


def is_preprint(item: Item, dois: Iterable[str]) -> bool:
    """True for what is posted on a preprint server."""
    if _PREPRINT_HOST.search(str(item.get("container-title") or item.get("publisher") or "")):
        return True
    if _POSTED.search(str(item.get("title") or "")):
        return True
    return any(
        doi.startswith(PREPRINT_PREFIXES) and not _COLD_SPRING_JOURNALS.match(doi) for doi in dois
    )


def is_thesis(item: Item) -> bool:
    """True for a thesis, also one that a database files as an article of volume "Ph.D."."""
    if item.get("type") == "thesis":
        return True
    where = f"{item.get('volume') or ''} {item.get('container-title') or ''}"
    return bool(_THESIS.search(where))


def trials(item: Item) -> frozenset[str]:
    """The number under which a trial is registered, where the record is its registration."""
    where = (
        f"{item.get('URL') or ''} {item.get('container-title') or ''} {item.get('number') or ''}"
    )
    if len(where) < 10:
        return frozenset()
    return frozenset(found.lower() for found in _TRIAL.findall(where))
