"""Preprint servers and repositories whose numbers are part of the DOI."""

from __future__ import annotations

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
