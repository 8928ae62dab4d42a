"""Preprint servers and repositories whose numbers are part of the DOI."""

from __future__ import annotations

import re

from refpipe.identifiers.rules.rule import Rule

PREPRINTS: tuple[Rule, ...] = (
    Rule(
        name="ssrn-abstract",
        host=r"(?:.+\.)?ssrn\.com",
        pattern=r"abstract(?:_?id)?=(?P<id>\d+)|/abstract/(?P<id2>\d+)",
        gives="10.2139/ssrn.{id}{id2}",
        source="SSRN",
        example=("https://www.ssrn.com/abstract=3794374", "10.2139/ssrn.3794374"),
    ),
    Rule(
        name="research-square",
        host=r"researchsquare\.com",
        pattern=r"/article/(?P<id>rs-(?P<number>\d+)/v\d+)",
        gives="10.21203/rs.3.{id}",
        between=("number", 20_000, 99_999_999),
        source="Research Square, since 2020 (earlier ones are 10.21203/rs.2.…)",
        example=(
            "https://www.researchsquare.com/article/rs-1668926/v1",
            "10.21203/rs.3.rs-1668926/v1",
        ),
    ),
    Rule(
        name="preprints-org",
        host=r"preprints\.org",
        pattern=r"/manuscript/(?P<id>\d{6}\.\d{4}/v\d+)",
        gives=lambda match: "10.20944/preprints" + match["id"].replace("/", "."),
        source="Preprints.org",
        example=(
            "https://www.preprints.org/manuscript/201810.0525/v2",
            "10.20944/preprints201810.0525.v2",
        ),
    ),
    Rule(
        name="biorxiv-early",
        host=r"(?:biorxiv|medrxiv)\.org",
        pattern=r"/content/(?:(?:biorxiv|medrxiv)/)?early/\d{4}/\d\d/\d\d/"
        r"(?P<id>(?:\d{4}\.\d\d\.\d\d\.)?\d{5,8})\b",
        gives="10.1101/{id}",
        source="bioRxiv, addresses before 2020",
        example=(
            "https://www.biorxiv.org/content/early/2018/10/26/454978.full.pdf",
            "10.1101/454978",
        ),
    ),
    Rule(
        name="peerj-preprint",
        host=r"peerj\.com",
        pattern=r"/preprints/(?P<id>\d+v\d+)(?:\.pdf)?/?(?:\?|$)",
        gives="10.7287/peerj.preprints.{id}",
        source="PeerJ Preprints (2013-2019)",
        example=("https://peerj.com/preprints/1233v1/", "10.7287/peerj.preprints.1233v1"),
    ),
    Rule(
        name="jmir-preprint",
        host=r"preprints\.jmir\.org",
        pattern=r"/preprint/(?P<id>\d+)",
        gives="10.2196/preprints.{id}",
        source="JMIR Preprints",
        example=("http://preprints.jmir.org/preprint/96189", "10.2196/preprints.96189"),
    ),
    Rule(
        name="scielo-preprint",
        host=r"preprints\.scielo\.org",
        pattern=r"/preprint/(?:view|download)/(?P<id>\d+)",
        gives="10.1590/scielopreprints.{id}",
        source="SciELO Preprints",
        example=(
            "https://preprints.scielo.org/index.php/scielo/preprint/view/11386/version/12000",
            "10.1590/scielopreprints.11386",
        ),
    ),
    Rule(
        name="engrxiv",
        host=r"engrxiv\.org",
        pattern=r"/preprint/view/(?P<id>\d+)",
        gives="10.31224/{id}",
        source="engrXiv",
        example=("https://engrxiv.org/preprint/view/2632/version/3806", "10.31224/2632"),
    ),
    Rule(
        name="osf-versioned-preprint",
        host=r"osf\.io",
        pattern=r"/preprints/psyarxiv/(?P<id>[a-z0-9]{5}_v\d+)",
        gives="10.31234/osf.io/{id}",
        source="PsyArXiv on OSF, addresses since 2025 that name the version",
        example=("https://osf.io/preprints/psyarxiv/hq8sd_v1", "10.31234/osf.io/hq8sd_v1"),
    ),
    Rule(
        name="zenodo-record",
        host=r"zenodo\.org",
        pattern=r"/records?/(?P<id>\d+)",
        gives="10.5281/zenodo.{id}",
        source="https://help.zenodo.org/docs/deposit/describe-records/reserve-doi/",
        example=("https://zenodo.org/records/45756#.ZEAe1sQpAUE", "10.5281/zenodo.45756"),
    ),
    Rule(
        name="figshare-article",
        host=r"figshare\.com",
        pattern=r"/articles/(?:[^/]+/)*?(?P<id>\d{5,9})/(?P<version>\d+)/?(?:\?|$)",
        gives="10.6084/m9.figshare.{id}.v{version}",
        source="figshare, where the address names the version",
        example=(
            "https://figshare.com/articles/dataset/A_title/1234567/2",
            "10.6084/m9.figshare.1234567.v2",
        ),
    ),
    Rule(
        name="rodare-record",
        host=r"rodare\.hzdr\.de",
        pattern=r"/records?/(?P<id>\d+)",
        gives="10.14278/rodare.{id}",
        source="Rodare",
        example=("https://rodare.hzdr.de/record/2582", "10.14278/rodare.2582"),
    ),
    Rule(
        name="tuwien-record",
        host=r"researchdata\.tuwien\.(?:ac\.)?at",
        pattern=r"/records/(?P<id>[a-z0-9]{5}-[a-z0-9]{5})",
        gives="10.48436/{id}",
        source="TU Wien Research Data",
        example=("https://researchdata.tuwien.at/records/k1ce7-hrt53", "10.48436/k1ce7-hrt53"),
    ),
    Rule(
        name="nber-working-paper",
        host=r"nber\.org",
        pattern=r"/papers/(?P<id>[wt]\d{3,6})\b",
        gives="10.3386/{id}",
        source="NBER",
        example=("https://www.nber.org/papers/w17577", "10.3386/w17577"),
    ),
    Rule(
        name="qeios",
        host=r"qeios\.com",
        pattern=r"/read/(?P<id>[a-z0-9]{6})(?:\.\d+)?(?:/|\?|$)",
        gives="10.32388/{id}",
        source="Qeios",
        example=("https://www.qeios.com/read/VWPLUA", "10.32388/vwplua"),
    ),
)
"""Rules for preprints, working papers and data."""


# ── Journals whose old DOIs are made of volume, issue and page, up to a known volume ────────────


_BMJ = (
    ("thorax", "thx", 1, 50), ("thorax", "thorax", 55, 58), ("gut", "gut", 1, 52),
    ("heart", "hrt", 1, 79), ("heart", "heart", 84, 89), ("jnnp", "jnnp", 1, 74),
    ("ard", "ard", 1, 62), ("bjsm", "bjsm", 1, 37), ("bjo", "bjo", 1, 87), ("adc", "adc", 1, 88),
    ("jech", "jech", 33, 57), ("oem", "oem", 51, 60), ("sti", "sti", 50, 79),
    ("emj", "emj", 17, 20),
    ("tobaccocontrol", "tc", 1, 12), ("injuryprevention", "ip", 1, 9), ("jcp", "jcp", 1, 56),
    ("pmj", "pgmj", 1, 76), ("pmj", "pmj", 77, 79), ("jme", "jme", 1, 29),
)  # fmt: skip
"""Host of a BMJ journal, its code in DOIs, and the volumes that have it; all end with 2003."""

_AMA = (
    ("jama", 279, 301), ("archinte", 158, 167), ("archneur", 55, 63), ("archpsyc", 55, 64),
    ("archpedi", 152, 161), ("archsurg", 133, 142), ("archderm", 134, 143), ("archopht", 116, 125),
    ("archotol", 124, 133),
)  # fmt: skip
"""Code of JAMA and its sisters in hosts and DOIs, and their volumes from 1998 to about 2007."""

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


_PATH = r"(?P<volume>\d+)/(?P<issue>\d+)/(?P<page>[a-z]?\d+)"
_ARTICLE = r"article(?:-abstract|-pdf)?/(?P<volume>\d+)/(?P<issue>\d+)/(?P<page>\d+)/"
_KIND = r"(?:(?:full|abstract|short|extract|reprint)/)?"
_VIEW = r"(?:\.\d+)?(?:\.(?:full|abstract|extract|short|long|info))?(?:\.pdf)?(?:/|\?|$)"


def _bmj_rule(host: str, code: str, first: int, last: int) -> Rule:
    return Rule(
        name=f"bmj-{code}-volume",
        host=rf"{host}\.(?:bmj|bmjjournals)\.com",
        pattern=rf"^/(?:cgi/)?content/{_KIND}{_PATH}{_VIEW}",
        gives=f"10.1136/{code}.{{volume}}.{{issue}}.{{page}}",
        between=("volume", first, last),
        source="BMJ journals, until 2003",
        example=(f"http://{host}.bmj.com/content/{last}/1/10.full", f"10.1136/{code}.{last}.1.10"),
    )


def _ama_rule(code: str, first: int, last: int) -> Rule:
    return Rule(
        name=f"ama-{code}-volume",
        host=rf"{code}\.ama-assn\.org",
        pattern=rf"^/cgi/(?:content|reprint)/{_KIND}{_PATH}(?:\?|$)",
        gives=f"10.1001/{code}.{{volume}}.{{issue}}.{{page}}",
        between=("volume", first, last),
        source="JAMA and the Archives, addresses before 2012",
        example=(
            f"http://{code}.ama-assn.org/cgi/content/full/{last}/1/10",
            f"10.1001/{code}.{last}.1.10",
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
        pattern=rf"^/(?:cgi/)?content/{_KIND}{_PATH}{_VIEW}",
        gives="10.1136/bmj.{volume}.{issue}.{page}",
        between=("volume", 280, 326),
        source="The BMJ, until mid-2003",
        example=("https://www.bmj.com/content/322/7277/29.1", "10.1136/bmj.322.7277.29"),
    ),
    *(_bmj_rule(*row) for row in _BMJ),
    *(_ama_rule(*row) for row in _AMA),
    Rule(
        name="pmj-at-oxford",
        host=r"academic\.oup\.com",
        pattern=rf"^/pmj/{_ARTICLE}",
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
        pattern=rf"^/(?P<code>[a-z]+)/{_ARTICLE}",
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
        pattern=rf"^/(?P<code>[a-z]+)/{_ARTICLE}",
        gives=_biologists,
        source="The Company of Biologists, until 2002",
        example=(
            "https://journals.biologists.com/jeb/article/201/4/479/7829/CHANGES-IN-H",
            "10.1242/jeb.201.4.479",
        ),
    ),
)
"""Rules by volume, issue and page."""
