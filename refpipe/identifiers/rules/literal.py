"""Addresses with the DOI written in them, and what publishers hang behind it."""

from __future__ import annotations

import re

from refpipe.identifiers.numbers import START, measure
from refpipe.identifiers.rules.rule import Rule
from refpipe.model import Certainty, Scheme

_VIEWS = re.compile(
    r"/(?:full|full-?text|abstract|abs|pdf|pdfplus|pdfdirect|e?pdf|epub|html?|xml|meta|ampdf|summary|"
    r"references|ref-list|cited-?by|citations?|figures?|tables?|metrics|comments?|email|standard|"
    r"information|suppinfo|suppl|related|related-content|download|issuetoc|toc|preview|article-info|"
    r"appendices|open-peer-review|epdf/full|fulltext\.html|_pdf|_article|ja|en)(?:/\d{1,3})?/?$"
    r"|/(?:suppl_file|asset|media|mediaobjects|figures?|tables?)/.*$"
    r"|;jsessionid=.*$|/$"
    r"|\.(?:full|short|long|abstract|extract|pdf|epub|html?|xml|full-?text|article-info|article-metrics|"
    r"supplementary-material|figures-only|pdf\+html|reprint|peer-review)$",
    re.IGNORECASE,
)
"""What follows a DOI to choose a view of the work, seen on publishers' sites."""

_SILVERCHAIR = re.compile(r"/\d{3,10}(?:/[^/]*)?$")
"""The platform's own number behind a DOI, and perhaps the title in words."""

_VERSION = re.compile(r"(10\.(?:1101|64898)/(?:\d{4}\.\d\d\.\d\d\.)?\d{5,8})v\d+\b.*", re.DOTALL)
"""A version of a bioRxiv or medRxiv preprint, which has no DOI of its own."""

_BOOK = re.compile(
    r"(10\.(?:1201|4324)/97[89]\d{10}(?:[-.][a-z]*\d*[a-z]*)?)/.*", re.DOTALL | re.IGNORECASE
)
"""A book at Taylor & Francis: its DOI is the ISBN, and the title follows in words."""

_BOOK_PART = r"(?:chapter|book-part|part|chapterpart|e|div\d|miscmatter|graphic|appendix)-\d+"


def _written(match: re.Match[str]) -> str | None:
    """The DOI of a path, without the views behind it."""
    return _cut(_without_views(match["doi"]))


def _silverchair(match: re.Match[str]) -> str | None:
    return _cut(_SILVERCHAIR.sub("", _without_views(match["doi"])))


def _without_views(text: str) -> str:
    text = _BOOK.sub(r"\1", _VERSION.sub(r"\1", text))
    while (shorter := _VIEWS.sub("", text)) != text:
        text = shorter
    return text


def _cut(text: str) -> str | None:
    start = START.match(text)
    end = measure(text, start.end()) if start else 0
    return text[:end] if start and end > start.end() else None


_DOI = r"(?P<doi>10\.\d{4,9}(?:\.\d+)*/[^?]+)"

LITERAL: tuple[Rule, ...] = (
    Rule(
        name="scholarship-online-part",
        host=r"(?:.+\.)?(?:universitypressscholarship|oxfordscholarship|oxfordhandbooks|oxfordreference"
        r"|oxfordmedicine|oxfordclinicalpsych|oxfordsciencetrove)\.com",
        pattern=rf"/10\.\d+/[^?]*/[a-z]+-\d{{9,13}}-{_BOOK_PART}",
        gives="",
        source="Oxford Scholarship Online: the address of a part holds the DOI of the whole book",
        example=(
            (
                "https://www.oxfordhandbooks.com/view/10.1093/oxfordhb/9780199747979.001.0001/"
                "oxfordhb-9780199747979-e-12"
            ),
            "",
        ),
    ),
    Rule(
        name="scholarship-online-book",
        host=r"(?:.+\.)?(?:universitypressscholarship|oxfordscholarship|oxfordhandbooks|oxfordreference"
        r"|oxfordmedicine|oxfordclinicalpsych|oxfordsciencetrove)\.com",
        pattern=r"/(?P<doi>10\.\d+/[^?]*\.\d{3}\.\d{4})(?:/[a-z]+-\d{9,13})?/?(?:\?|$)",
        gives=_written,
        certainty=Certainty.LITERAL,
        source="Oxford Scholarship Online",
        example=(
            (
                "https://fordham.universitypressscholarship.com/view/10.5422/fordham/"
                "9780823288359.001.0001/upso-9780823288359"
            ),
            "10.5422/fordham/9780823288359.001.0001",
        ),
    ),
    Rule(
        name="silverchair-doi-path",
        pattern=rf"/(?:advance-)?article(?:-abstract|-pdf|-lookup|-standard|-split)?/doi/{_DOI}",
        gives=_silverchair,
        certainty=Certainty.LITERAL,
        source="Silverchair sites (OUP, AIP, ASH …): DOI, the site's own number, the title",
        example=(
            "https://academic.oup.com/femsec/advance-article/doi/10.1093/femsec/fiz143/5565042",
            "10.1093/femsec/fiz143",
        ),
    ),
    Rule(
        name="doi-in-query",
        pattern=r"[?&](?:[\w.]*doi|id|persistentid|uri|rft_id|article)=(?:info:)?(?:doi[:/])?"
        r"(?:https?://(?:dx\.)?doi\.org/)?(?P<doi>10\.\d{4,9}(?:\.\d+)*/[^&]+)",
        gives=_written,
        certainty=Certainty.LITERAL,
        source="PLOS, AEA, JAMA before 2017, Dataverse, OpenURL (ANSI/NISO Z39.88)",
        example=(
            "http://journals.plos.org/plosmedicine/article?id=10.1371/journal.pmed.1000098",
            "10.1371/journal.pmed.1000098",
        ),
    ),
    Rule(
        name="doi-as-query",
        pattern=r"\?(?P<doi>10\.\d{4,9}(?:\.\d+)*/[^&]+)",
        gives=_written,
        certainty=Certainty.LITERAL,
        source="Thieme",
        example=(
            "http://www.thieme-connect.de/DOI/DOI?10.1055/s-0039-1690894",
            "10.1055/s-0039-1690894",
        ),
    ),
    Rule(
        name="doi-in-path",
        # The last one counts: some sites put a number that looks like a DOI before the title.
        pattern=rf"^(?:[^?]*[/=:])?{_DOI}",
        gives=_written,
        certainty=Certainty.LITERAL,
        source="most publishers: Wiley, Sage, Springer, Taylor & Francis, ACS, RSNA, Frontiers …",
        example=(
            "https://pubs.rsna.org/doi/abs/10.1148/radiol.2372041509",
            "10.1148/radiol.2372041509",
        ),
    ),
)
"""Rules that take the DOI as it stands."""


# ── Addresses that hold an identifier other than a DOI, as the registries write them ────────────


_NCBI = "https://www.ncbi.nlm.nih.gov/books/NBK3862/"

IDENTITIES: tuple[Rule, ...] = (
    Rule(
        name="pubmed-address",
        host=r"(?:m\.|www\.)?pubmed\.ncbi\.nlm\.nih\.gov|pubmed\.gov|pmid\.us",
        pattern=r"^/(?:m/)?(?P<id>\d{1,8})(?:/|\?|$)",
        gives="{id}",
        scheme=Scheme.PMID,
        certainty=Certainty.LITERAL,
        source=_NCBI,
        example=("https://pubmed.ncbi.nlm.nih.gov/8747249/", "8747249"),
    ),
    Rule(
        name="pubmed-query",
        host=r"(?:m\.|www\.)?pubmed\.ncbi\.nlm\.nih\.gov|pubmed\.gov",
        pattern=r"^/?\?(?:.*&)?term=(?P<id>\d{6,8})(?:\[\w+\])?(?:&|$)",
        gives="{id}",
        scheme=Scheme.PMID,
        certainty=Certainty.LITERAL,
        source="https://pubmed.ncbi.nlm.nih.gov/help/#citation-matcher",
        example=("https://pubmed.ncbi.nlm.nih.gov/?term=8747249", "8747249"),
    ),
    Rule(
        name="pubmed-old-address",
        host=r"(?:.+\.)?ncbi\.nlm\.nih\.gov",
        pattern=r"^/(?:m/)?pubmed/(?P<id>\d{1,8})(?:/|\?|$)|^/pubmed/?\?(?:.*&)?term=(?P<id2>\d{6,8})"
        r"(?:\[\w+\])?(?:&|$)",
        gives="{id}{id2}",
        scheme=Scheme.PMID,
        certainty=Certainty.LITERAL,
        source=_NCBI,
        example=("http://www.ncbi.nlm.nih.gov/pubmed/8747249?dopt=Abstract", "8747249"),
    ),
    Rule(
        name="entrez-query",
        host=r"(?:.+\.)?ncbi\.nlm\.nih\.gov",
        pattern=r"^/(?:entrez|sites/entrez)[^?]*\?(?=(?:.*&)?db=pubmed\b)(?:.*&)?"
        r"(?:(?:list_uids|uid|id)=(?P<id>\d{1,8})|term=(?P<id2>\d{6,8}))(?:&|$)",
        gives="{id}{id2}",
        scheme=Scheme.PMID,
        certainty=Certainty.LITERAL,
        source="https://www.ncbi.nlm.nih.gov/books/NBK25499/",
        example=(
            (
                "https://www.ncbi.nlm.nih.gov/entrez/query.fcgi?cmd=Retrieve&db=PubMed"
                "&list_uids=8747249&dopt=Abstract"
            ),
            "8747249",
        ),
    ),
    Rule(
        name="europepmc-query",
        host=r"(?:.+\.)?europepmc\.org|(?:www\.)?ebi\.ac\.uk",
        pattern=r"[?&]query=(?:\(|%28)?ext_id(?::|%3a)(?:%22|\")?(?P<id>\d{1,8})(?:%22|\")?"
        r"(?:(?:\+|%20| )and(?:\+|%20| )\(?src(?::|%3a)med\)?)?(?:\)|%29)?(?:&|$)",
        gives="{id}",
        scheme=Scheme.PMID,
        certainty=Certainty.LITERAL,
        source="https://europepmc.org/LinkingToEuropePMC",
        example=("https://europepmc.org/search?query=EXT_ID:8747249%20AND%20SRC:MED", "8747249"),
    ),
    Rule(
        name="pmid-at-pmc",
        host=r"(?:.+\.)?ncbi\.nlm\.nih\.gov|(?:www\.)?pubmedcentral\.(?:nih\.)?gov",
        pattern=r"/articles/pmid/(?P<id>\d{1,8})(?:/|\?|$)|[?&]pubmedid=(?P<id2>\d{1,8})(?:&|$)",
        gives="{id}{id2}",
        scheme=Scheme.PMID,
        certainty=Certainty.LITERAL,
        source="https://pmc.ncbi.nlm.nih.gov/about/faq/",
        example=("https://pmc.ncbi.nlm.nih.gov/articles/pmid/8747249/", "8747249"),
    ),
    Rule(
        name="europepmc-med",
        host=r"(?:.+\.)?europepmc\.org|ukpmc\.ac\.uk|(?:www\.)?ebi\.ac\.uk",
        pattern=r"^/(?:europepmc/webservices/rest/|\w+/)?(?:abstract/|articles?/)?med/(?P<id>\d{1,8})\b",
        gives="{id}",
        scheme=Scheme.PMID,
        certainty=Certainty.LITERAL,
        source="https://europepmc.org/LinkingToEuropePMC",
        example=("https://europepmc.org/article/MED/8747249", "8747249"),
    ),
    Rule(
        name="identifiers-org-pubmed",
        host=r"identifiers\.org|n2t\.net",
        pattern=r"^/(?:pubmed|pmid)[:/](?P<id>\d{1,8})(?:/|\?|$)",
        gives="{id}",
        scheme=Scheme.PMID,
        certainty=Certainty.LITERAL,
        source="https://registry.identifiers.org/registry/pubmed",
        example=("https://identifiers.org/pubmed:8747249", "8747249"),
    ),
    Rule(
        name="pmc-address",
        host=r"(?:.+\.)?ncbi\.nlm\.nih\.gov|(?:.+\.)?europepmc\.org|ukpmc\.ac\.uk|(?:www\.)?ebi\.ac\.uk"
        r"|identifiers\.org|n2t\.net",
        pattern=r"[/:=](?P<id>pmc\d{2,8})\b",
        gives="{id}",
        scheme=Scheme.PMCID,
        certainty=Certainty.LITERAL,
        source=_NCBI,
        example=(
            "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2801612/?report=reader",
            "PMC2801612",
        ),
    ),
    Rule(
        name="pmc-bare-number",
        host=r"(?:.+\.)?europepmc\.org|ukpmc\.ac\.uk|(?:.+\.)?ncbi\.nlm\.nih\.gov"
        r"|(?:www\.)?pubmedcentral\.(?:nih\.)?gov",
        pattern=r"^/(?:abstract|articles?)/pmc/(?P<id>\d{2,8})\b|^/pmc/articles/instance/(?P<id2>\d{2,8})\b"
        r"|[?&]artid=(?:pmc)?(?P<id3>\d{2,8})\b",
        gives="PMC{id}{id2}{id3}",
        scheme=Scheme.PMCID,
        certainty=Certainty.LITERAL,
        source="https://europepmc.org/LinkingToEuropePMC",
        example=("https://europepmc.org/article/PMC/2801612", "PMC2801612"),
    ),
    Rule(
        name="arxiv-address",
        host=r"(?:.+\.)?arxiv\.org",
        pattern=r"^/(?:abs|pdf|html|format|ps)/(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})"
        r"(?:v\d+)?(?:\.pdf)?(?:[/?]|$)",
        gives="{id}",
        scheme=Scheme.ARXIV,
        certainty=Certainty.LITERAL,
        source="https://info.arxiv.org/help/arxiv_identifier.html",
        example=("https://arxiv.org/pdf/1402.1516v2.pdf", "1402.1516"),
    ),
    Rule(
        name="isbn-address",
        host=r"openlibrary\.org|(?:search\.)?worldcat\.org|isbnsearch\.org|iss\.ndl\.go\.jp",
        pattern=r"/isbn/(?P<id>[\dx-]{10,17})(?:[/?]|$)",
        gives="{id}",
        scheme=Scheme.ISBN,
        certainty=Certainty.LITERAL,
        source="https://openlibrary.org/dev/docs/api/books",
        example=("https://openlibrary.org/isbn/9784260050067", "9784260050067"),
    ),
)
"""Rules whose answer is a PMID, PMCID, arXiv id or ISBN."""
