"""Journals whose old DOIs are made of volume, issue and page, up to a known volume."""

from __future__ import annotations

import re
from functools import partial

from refpipe.identifiers.rules.rule import Rule

_BMJ = {
    "thorax": ("thorax", 58), "gut": ("gut", 52), "heart": ("heart", 89), "jnnp": ("jnnp", 74),
    "ard": ("ard", 62), "bjsm": ("bjsm", 37), "bjsports": ("bjsm", 37), "bjo": ("bjo", 87),
    "adc": ("adc", 88), "jech": ("jech", 57), "oem": ("oem", 60), "sti": ("sti", 79),
    "emj": ("emj", 20), "tobaccocontrol": ("tc", 12), "injuryprevention": ("ip", 9),
    "pmj": ("pmj", 79), "jcp": ("jcp", 56), "jme": ("jme", 29),
}  # fmt: skip
"""Host of a BMJ journal → its code in DOIs, and its volume of 2003."""

_OUP = {
    "brain": 125, "nar": 30, "hmg": 11, "carcin": 23, "humrep": 17, "jnci": 94,
    "bioinformatics": 18,
    "rheumatology": 41, "ageing": 31, "ndt": 17, "ije": 31, "qjmed": 95, "cercor": 12, "glycob": 12,
    "mutage": 17, "alcalc": 37, "jac": 49, "fampra": 19, "tropej": 48, "heapol": 17, "her": 17,
}  # fmt: skip
"""Journal's code at Oxford → its volume of 2002; before 2003 a DOI is ``10.1093/CODE/V.I.P``."""

_OUP_FIRST = {
    "brain": 120, "nar": 25, "hmg": 6, "carcin": 18, "humrep": 12, "jnci": 89, "bioinformatics": 14,
    "rheumatology": 38, "ageing": 26, "ndt": 12, "ije": 26, "qjmed": 90, "cercor": 7, "glycob": 7,
    "mutage": 12, "alcalc": 35, "jac": 39, "fampra": 17, "tropej": 46, "heapol": 12, "her": 12,
}  # fmt: skip
"""The same → the first volume with such DOIs."""

_BIOLOGISTS = {"jeb": 205, "dev": 129, "jcs": 115}
"""Journal of the Company of Biologists → its volume of 2002."""


def _bmj_journal(match: re.Match[str], *, journal: str, last: int) -> str | None:
    if int(match["volume"]) > last:
        return None
    return f"10.1136/{journal}.{match['volume']}.{match['issue']}.{match['page']}"


def _bmj_rule(host: str, journal: str, last: int) -> Rule:
    return Rule(
        name=f"bmj-{host}-volume",
        host=rf"{host}\.(?:bmj|bmjjournals)\.com",
        pattern=r"^/(?:cgi/)?content/(?:(?:full|abstract|short|extract|reprint)/)?(?P<volume>\d+)/(?P<issue>\d+)/"
        r"(?P<page>[a-z]?\d+)(?:\.\d+)?(?:\.(?:full|abstract|extract|short|long|info))?(?:\.pdf)?(?:/|\?|$)",
        gives=partial(_bmj_journal, journal=journal, last=last),
        source="BMJ journals, until 2003",
        example=(
            f"http://{host}.bmj.com/content/{last}/1/10.full",
            f"10.1136/{journal}.{last}.1.10",
        ),
    )


def _oxford(match: re.Match[str]) -> str | None:
    code, volume = match["code"].lower(), int(match["volume"])
    if not _OUP_FIRST.get(code, 1) <= volume <= _OUP.get(code, 0):
        return None
    return f"10.1093/{code}/{volume}.{match['issue']}.{match['page']}"


def _biologists(match: re.Match[str]) -> str | None:
    code = match["code"].lower()
    code = {"develop": "dev"}.get(code, code)
    if int(match["volume"]) > _BIOLOGISTS.get(code, 0):
        return None
    return f"10.1242/{code}.{match['volume']}.{match['issue']}.{match['page']}"


VOLUMES: tuple[Rule, ...] = (
    Rule(
        name="bmj-volume",
        host=r"bmj\.com",
        pattern=r"^/(?:cgi/)?content/(?:(?:full|abstract|short|extract)/)?(?P<volume>\d+)/(?P<issue>\d{4})/"
        r"(?P<page>\d+)(?:\.\d+)?(?:\.(?:full|abstract|extract|short))?(?:\.pdf)?(?:/|\?|$)",
        gives="10.1136/bmj.{volume}.{issue}.{page}",
        between=("volume", 280, 326),
        source="The BMJ, until mid-2003",
        example=("https://www.bmj.com/content/322/7277/29.1", "10.1136/bmj.322.7277.29"),
    ),
    *(_bmj_rule(host, *row) for host, row in _BMJ.items()),
    Rule(
        name="pmj-at-oxford",
        host=r"academic\.oup\.com",
        pattern=r"^/pmj/article(?:-abstract|-pdf)?/(?P<volume>\d+)/(?P<issue>\d+)/(?P<page>\d+)/",
        gives="10.1136/pgmj.{volume}.{issue}.{page}",
        between=("volume", 1, 76),
        source="Postgraduate Medical Journal, until 2000",
        example=(
            "https://academic.oup.com/pmj/article/73/864/617/7061192",
            "10.1136/pgmj.73.864.617",
        ),
    ),
    Rule(
        name="oxford-volume",
        host=r"academic\.oup\.com",
        pattern=r"^/(?P<code>[a-z]+)/article(?:-abstract|-pdf)?/(?P<volume>\d+)/(?P<issue>\d+)/(?P<page>\d+)/",
        gives=_oxford,
        source="Oxford journals, from 1997 to 2002",
        example=(
            "https://academic.oup.com/brain/article/123/1/10/123456",
            "10.1093/brain/123.1.10",
        ),
    ),
    Rule(
        name="company-of-biologists-volume",
        host=r"journals\.biologists\.com|(?P<site>jeb|jcs|dev)\.biologists\.org",
        pattern=r"^/(?P<code>[a-z]+)/article(?:-abstract|-pdf)?/(?P<volume>\d+)/(?P<issue>\d+)/(?P<page>\d+)/",
        gives=_biologists,
        source="The Company of Biologists, until 2002",
        example=(
            "https://journals.biologists.com/jeb/article/201/4/479/7829/CHANGES-IN-H",
            "10.1242/jeb.201.4.479",
        ),
    ),
    Rule(
        name="ama-cgi-volume",
        host=r"(?P<journal>jama|arch(?:inte|neur|psyc|pedi|surg|derm|opht|otol))\.ama-assn\.org",
        pattern=r"^/cgi/(?:content|reprint)/(?:(?:full|abstract|short|extract)/)?"
        r"(?P<volume>\d+)/(?P<issue>\d+)/(?P<page>\d+)(?:\?|$)",
        gives="10.1001/{journal}.{volume}.{issue}.{page}",
        source="JAMA and the Archives, addresses before 2012",
        example=(
            "http://jama.ama-assn.org/cgi/content/full/286/17/2165",
            "10.1001/jama.286.17.2165",
        ),
    ),
)
"""Rules by volume, issue and page."""
