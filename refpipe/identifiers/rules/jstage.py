"""Journals on J-STAGE whose older DOIs are made of volume and page."""

from __future__ import annotations

import re

_TABLE = """
internalmedicine   10.2169/internalmedicine
internalmedicine1992 10.2169/internalmedicine
naika              10.2169/naika
bpb                10.1248/bpb
bpb1993            10.1248/bpb
cpb                10.1248/cpb
cpb1958            10.1248/cpb
yakushi            10.1248/yakushi
circj              10.1253/circj
circj1960          10.1253/jcj
tjem               10.1620/tjem
tjem1920           10.1620/tjem
jpts               10.1589/jpts
rika               10.1589/rika
jspfsm             10.7600/jspfsm
jspfsm1949         10.7600/jspfsm
geriatrics         10.3143/geriatrics
geriatrics1964     10.3143/geriatrics
jjsca              10.2199/jjsca
jnms               10.1272/jnms
joh                10.1539/joh
sangyoeisei        10.1539/sangyoeisei
fpj                10.1254/fpj
"""
_BEGINNINGS = dict(re.findall(r"(\S+) +(10\.\S+)", _TABLE))
"""Code of the journal in addresses → the beginning of its DOIs."""


def article(match: re.Match[str]) -> str | None:
    """The DOI of ``/article/CODE/VOLUME/ISSUE/VOLUME_ISSUE_PAGE``, for journals of the table.

    Newer articles have the manuscript's number where the page was; their page must be asked.
    """
    begin = _BEGINNINGS.get(match["journal"].lower())
    return f"{begin}.{match['volume']}.{match['page']}" if begin else None
