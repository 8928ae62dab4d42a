"""Publishers' platforms whose article numbers are part of the DOI."""

from __future__ import annotations

import re

from refpipe.identifiers.rules import rule
from refpipe.identifiers.rules.rule import Rule


def _optica(match: re.Match[str]) -> str:
    return f"10.1364/{match['journal']}.{match['volume']}.{match['page']:0>6}"


_OPTICA_LAST = {"oe": 27, "boe": 10, "ol": 44, "ao": 58, "josaa": 36, "josab": 36, "optica": 6}
"""Journal → its volume of 2019, the last year in which DOIs were volume and page."""


def _optica_old(match: re.Match[str]) -> str | None:
    last = _OPTICA_LAST.get(match["journal"].lower(), 0)
    return _optica(match) if int(match["volume"]) <= last else None


PLATFORMS: tuple[Rule, ...] = (
    Rule(
        name="nature-article",
        host=r"nature\.com",
        pattern=r"^/articles/(?P<id>[a-z0-9][a-z0-9._-]+)",
        gives=rule.nature_article,
        source="Springer Nature: the last part of the DOI is the address of the article",
        example=("https://www.nature.com/articles/hdy201326", "10.1038/hdy.2013.26"),
    ),
    Rule(
        name="elsevier-pii",
        pattern=r"(?:/pii/|/retrieve/pii/|[/?&=]pii=?|/article/|/abstract/|/fulltext/)"
        r"(?P<pii>[sb]?[0-9x()./-]{15,24})(?:[/?&.]|$)",
        gives=rule.pii_doi,
        source="Elsevier: the PII is the DOI's suffix before 2003 and in the Lancets",
        example=(
            "https://linkinghub.elsevier.com/retrieve/pii/0002914979902765",
            "10.1016/0002-9149(79)90276-5",
        ),
    ),
    Rule(
        name="lww-article-path",
        host=r"journals\.lww\.com",
        pattern=r"^/(?P<slug>[a-z0-9-]+)/(?:\w+/)?(?P<year>\d{4})/(?P<issue>\d{4})(?P<part>\d)/"
        r"[^/]*\.(?P<article>\d{1,3})\.aspx",
        gives=rule.from_slug,
        source="Lippincott: Ovid's code of the journal, date of the issue, number in the issue",
        example=(
            (
                "https://journals.lww.com/spinejournal/fulltext/1997/07150/"
                "A_Prospective_Analysis_of_Magnetic_Resonance.25.aspx"
            ),
            "10.1097/00007632-199707150-00025",
        ),
    ),
    Rule(
        name="lww-article-viewer",
        host=r"journals\.lww\.com",
        pattern=r"^/(?P<slug>[a-z0-9-]+)/pages/articleviewer\.aspx\?year=(?P<year>\d{4})"
        r"&issue=(?P<issue>\d{4})(?P<part>\d)&article=(?P<article>\d{5})",
        gives=rule.from_slug,
        source="Lippincott: the same in older addresses",
        example=(
            (
                "https://journals.lww.com/spinejournal/pages/articleviewer.aspx?year=1997&issue=07150"
                "&article=00025&type=abstract"
            ),
            "10.1097/00007632-199707150-00025",
        ),
    ),
    Rule(
        name="ovid-accession",
        host=r"(?:.+\.)?(?:ovid|wkhealth)\.com",
        pattern=r"(?:/article/|an=)(?P<code>\d{8})-(?P<year>\d{4})(?P<issue>\d{5})-(?P<article>\d{5})",
        gives=rule.from_code,
        source="Ovid: the accession number is the suffix for Lippincott's journals before 2003",
        example=(
            "https://oce.ovid.com/article/00007632-199707150-00025",
            "10.1097/00007632-199707150-00025",
        ),
    ),
    Rule(
        name="mdpi-article",
        host=r"mdpi\.com",
        pattern=r"^/(?P<issn>\d{4}-\d{3}[\dx])/(?P<volume>\d+)/(?P<issue>\d+)/(?P<article>\d+)",
        gives=rule.mdpi_article,
        source="MDPI: code of the journal, volume, issue and article in fixed widths",
        example=("https://www.mdpi.com/1420-3049/23/10/2454", "10.3390/molecules23102454"),
    ),
    Rule(
        name="karger-article",
        host=r"karger\.com",
        pattern=r"/article/(?:fulltext|abstract|pdf)/(?P<id>\d{3,9})\b",
        gives="10.1159/{id:0>9}",
        source="Karger",
        example=("https://www.karger.com/Article/FullText/525910", "10.1159/000525910"),
    ),
    Rule(
        name="hindawi-article",
        host=r"(?:.+\.)?hindawi\.com",
        pattern=r"^/(?:journals/[a-z0-9.]+|archive)/(?P<year>\d{4})/(?P<id>\d{4,8})\b",
        gives="10.1155/{year}/{id}",
        source="Hindawi",
        example=("https://www.hindawi.com/journals/bmri/2019/1871239/", "10.1155/2019/1871239"),
    ),
    Rule(
        name="rsc-article",
        host=r"pubs\.rsc\.org",
        pattern=r"/content/article(?:landing|html|pdf)/\d{4}/\w{2}/(?P<id>[a-z]\d[a-z]{2}\d{5}[a-z]|"
        r"[ab]\d{6}[a-z])\b",
        gives="10.1039/{id}",
        source="Royal Society of Chemistry",
        example=(
            "https://pubs.rsc.org/en/content/articlelanding/2012/ee/c1ee02148f",
            "10.1039/c1ee02148f",
        ),
    ),
    Rule(
        name="rsc-crosslink",
        host=r"xlink\.rsc\.org",
        pattern=r"\?doi=(?P<id>[a-z0-9]{6,14})\b",
        gives="10.1039/{id}",
        source="Royal Society of Chemistry",
        example=("http://xlink.rsc.org/?DOI=C5CC05468K", "10.1039/c5cc05468k"),
    ),
    Rule(
        name="iop-volume-page",
        host=r"iopscience\.iop\.org",
        pattern=r"^/(?P<id>\d{4}-\d{3}[\dx]/\d+/\d+[a-z]?/[a-z0-9]+)(?:/|\?|$)",
        gives="10.1088/{id}",
        source="Institute of Physics: ISSN, volume, issue and page, in older addresses",
        example=("http://iopscience.iop.org/0022-3727/34/10/311/", "10.1088/0022-3727/34/10/311"),
    ),
    Rule(
        name="peerj-article",
        host=r"peerj\.com",
        pattern=r"^/articles/(?P<id>\d+)(?:\.pdf)?/?(?:\?|$)",
        gives="10.7717/peerj.{id}",
        source="PeerJ",
        example=("https://peerj.com/articles/525", "10.7717/peerj.525"),
    ),
    Rule(
        name="peerj-section",
        host=r"peerj\.com",
        pattern=r"^/articles/(?P<section>cs|pchem|ichem|ochem|achem|matsci)-(?P<id>\d+)\b",
        gives="10.7717/peerj-{section}.{id}",
        source="PeerJ Computer Science and the chemistry titles",
        example=("https://peerj.com/articles/cs-86/", "10.7717/peerj-cs.86"),
    ),
    Rule(
        name="elife-article",
        host=r"elifesciences\.org",
        pattern=r"^/(?:articles|content/\d+)/e?(?P<id>\d{5,6})(?:v\d+)?\b",
        gives="10.7554/elife.{id}",
        source="eLife",
        example=("https://elifesciences.org/articles/16800", "10.7554/elife.16800"),
    ),
    Rule(
        name="jstor-stable",
        host=r"jstor\.org",
        pattern=r"^/(?:stable|discover)/(?:pdf/|pdfplus/|info/)?(?P<id>\d{4,9})\b",
        gives="10.2307/{id}",
        source="JSTOR",
        example=("http://www.jstor.org/stable/1934287?origin=crossref", "10.2307/1934287"),
    ),
    Rule(
        name="copernicus-article",
        host=r"(?P<journal>[a-z]+)\.copernicus\.org",
        pattern=r"^/articles/(?P<volume>\d+)/(?P<page>\d+)/(?P<year>\d{4})/"
        r"(?:[a-z0-9-]*?(?P<supplement>-supplement)\.)?",
        gives="10.5194/{journal}-{volume}-{page}-{year}{supplement}",
        source="Copernicus",
        example=(
            "https://ars.copernicus.org/articles/6/1/2008/ars-6-1-2008.html",
            "10.5194/ars-6-1-2008",
        ),
    ),
    Rule(
        name="copernicus-preprint",
        host=r"[a-z]+\.copernicus\.org",
        pattern=r"^/preprints/(?:\d{4}/)?(?P<id>[a-z]+-\d{4}-\d+)/"
        r"(?:[a-z0-9-]*?(?P<supplement>-supplement)\.)?",
        gives="10.5194/{id}{supplement}",
        source="Copernicus",
        example=(
            "https://cp.copernicus.org/preprints/cp-2020-95/cp-2020-95.pdf",
            "10.5194/cp-2020-95",
        ),
    ),
    Rule(
        name="optica-abstract",
        host=r"(?:opg\.optica|osapublishing|opticsinfobase)\.org",
        pattern=r"[?&]uri=(?P<journal>[a-z]+)-(?P<volume>\d+)-\d+-(?P<page>\d+)\b",
        gives=_optica_old,
        source="Optica: volume and page until 2019, the manuscript's number since",
        example=("https://opg.optica.org/abstract.cfm?URI=oe-27-22-31465", "10.1364/oe.27.031465"),
    ),
    Rule(
        name="cambridge-sici-like",
        host=r"(?:journals\.)?cambridge\.org|journals\.cambridge\.org",
        pattern=r"(?:/product/identifier/|/abstract_|/article_|aid=)(?P<id>S\d{7}[\dx](?P<yy>\d\d)"
        r"\d{5}[\dx])\b",
        gives=lambda match: f"10.1017/{match['id']}" if rule.year(match["yy"]) <= 2012 else None,
        source="Cambridge: the PII is the suffix until about 2012",
        example=(
            "https://www.cambridge.org/core/product/identifier/S0016672300026173/type/journal_article",
            "10.1017/s0016672300026173",
        ),
    ),
    Rule(
        name="ingenta-openurl",
        host=r"openurl\.ingenta\.com",
        pattern=r"issn=0099-1112&volume=(?P<volume>\d+)&issue=(?P<issue>\d+)&spage=(?P<page>\d+)",
        gives="10.14358/pers.{volume}.{issue}.{page}",
        source="Photogrammetric Engineering & Remote Sensing, the registered address of its DOIs",
        example=(
            (
                "http://openurl.ingenta.com/content/xref?genre=article&issn=0099-1112&volume=70&issue=5"
                "&spage=581"
            ),
            "10.14358/pers.70.5.581",
        ),
    ),
    Rule(
        name="openedition-journal",
        host=r"journals\.openedition\.org",
        pattern=r"^/(?P<journal>[a-z0-9-]+)/(?P<id>\d{1,6})/?(?:\?|$)",
        gives="10.4000/{journal}.{id}",
        source="OpenEdition, until 2023",
        example=("https://journals.openedition.org/remi/2495", "10.4000/remi.2495"),
    ),
    Rule(
        name="openedition-book",
        host=r"books\.openedition\.org",
        pattern=r"^/(?P<press>[a-z0-9-]+)/(?P<id>\d{1,6})/?(?:\?|$)",
        gives="10.4000/books.{press}.{id}",
        source="OpenEdition, until 2023",
        example=("http://books.openedition.org/pul/13932", "10.4000/books.pul.13932"),
    ),
    Rule(
        name="ams-meeting-view",
        host=r"journals\.ametsoc\.org",
        pattern=r"/view/journals/[a-z]+/[^?]*/(?P<id>[a-z]+-d-\d\d-\d{4}\.\d)\.xml",
        gives="10.1175/{id}",
        source="American Meteorological Society",
        example=(
            "https://journals.ametsoc.org/view/journals/bams/104/2/BAMS-D-22-0031.1.xml",
            "10.1175/bams-d-22-0031.1",
        ),
    ),
    Rule(
        name="ojs-doi-with-hyphen",
        pattern=r"/article/view\w*/10\.(?P<registrant>\d{4,5})-(?P<id>[a-z]+\.[\w.-]+)",
        gives="10.{registrant}/{id}",
        source="Open Journal Systems: a DOI as public id, its slash written as a hyphen",
        example=(
            "http://socpvs.org/journals/index.php/wbp/article/viewArticle/10.2461-wbp.2005.1.12",
            "10.2461/wbp.2005.1.12",
        ),
    ),
)
"""Rules for publishers of many journals."""
