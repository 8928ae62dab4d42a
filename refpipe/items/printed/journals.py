"""Journals that can be told by their DOIs, to doubt a container that does not fit.

The patterns are the publishers' own habits as their DOIs show them
(https://www.crossref.org/documentation/member-setup/constructing-your-dois/ leaves the suffix
to the publisher); only journals whose DOIs carry their name or ISSN are here.
"""

from __future__ import annotations

import re

_ROWS: tuple[tuple[str, str, str], ...] = (
    (r"10\.3171/(?:spi\.|.*spine)", "Journal of Neurosurgery: Spine", r"spine|spi\b"),
    (r"10\.3171/(?:ped\.|.*peds)", "Journal of Neurosurgery: Pediatrics", r"pediatr"),
    (r"10\.3171/(?:foc\.|.*focus)", "Neurosurgical Focus", r"focus|foc\b"),
    (r"10\.1148/(?:radiol\b|radiology)", "Radiology", r"^radiology"),
    (r"10\.1148/rg\.", "RadioGraphics", r"radiogr"),
    (r"10\.1097/(?:00007632|brs\.)", "Spine", r"spine"),
    (r"10\.1016/j\.spinee\.", "The Spine Journal", r"spine"),
    (r"10\.1007/s00586-", "European Spine Journal", r"spine"),
    (r"10\.7759/cureus\.", "Cureus", r"cureus"),
    (r"10\.1056/nejm", "New England Journal of Medicine", r"n(?:ew|\.)? *engl|nejm"),
    (r"10\.1001/jama\.\d", "JAMA", r"jama|j\.? *am|journal of the american medical"),
    (r"10\.1136/bmj\.", "BMJ", r"bmj|br(?:itish|\.)? *med"),
    (r"10\.1016/s0140-6736", "The Lancet", r"lancet"),
    (r"10\.1371/journal\.pone\.", "PLoS ONE", r"plos *one"),
    (r"10\.1371/journal\.pmed\.", "PLoS Medicine", r"plos *med"),
    (r"10\.1186/s12891-", "BMC Musculoskeletal Disorders", r"musculoskelet"),
    (r"10\.1136/bjsports-", "British Journal of Sports Medicine", r"sports|bjsm"),
    (r"10\.2519/jospt\.", "Journal of Orthopaedic & Sports Physical Therapy", r"sports|jospt"),
    (r"10\.1016/j\.pain\.", "Pain", r"pain"),
    (r"10\.1093/ptj/", "Physical Therapy", r"phys(?:ical|\.)? *ther|ptj"),
    (r"10\.2106/jbjs\.", "Journal of Bone and Joint Surgery", r"bone|jbjs"),
    (r"10\.1302/", "Bone & Joint Journal", r"bone"),
    (r"10\.1007/s00264-", "International Orthopaedics", r"int(?:ernational|\.)? *orthop"),
    (r"10\.1007/s00198-", "Osteoporosis International", r"osteopor"),
    (r"10\.1002/14651858\.", "Cochrane Database of Systematic Reviews", r"cochrane"),
)
"""Pattern of the DOI, its journal, and what a container must hold to be that journal."""

_TABLE = tuple(
    (re.compile(doi), name, re.compile(sign, re.IGNORECASE)) for doi, name, sign in _ROWS
)


def container_of_doi(doi: str, printed: str) -> str:
    """The journal that the DOI belongs to where the printed one differs; empty otherwise."""
    for pattern, name, sign in _TABLE:
        if pattern.match(doi):
            return "" if sign.search(printed) else name
    return ""
