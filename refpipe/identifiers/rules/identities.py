"""Addresses that hold an identifier other than a DOI, as the registries write them."""

from __future__ import annotations

from refpipe.identifiers.rules.rule import Rule
from refpipe.model import Certainty, Scheme

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
