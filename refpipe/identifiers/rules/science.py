"""Other fields: journals and publishers whose addresses hold the number of the DOI."""

from __future__ import annotations

import re

from refpipe.identifiers.rules import rule
from refpipe.identifiers.rules.rule import Rule

_TRANS_TECH_LAST = {
    "amm": 900, "amr": 1170, "asap": 20, "ast": 105, "ddf": 405, "jbbbe": 50, "jbbte": 24,
    "jmnm": 32, "jnanor": 65, "kem": 880, "msf": 1020, "nh": 23, "ssp": 315,
}  # fmt: skip
"""Series → a volume of early 2021; later articles have DOIs that their address does not tell."""

_AMS = {
    "0025-5718": "mcom", "0002-9939": "proc", "0002-9947": "tran", "0894-0347": "jams",
    "0273-0979": "bull", "0033-569x": "qam", "1061-0022": "spmj", "1088-4173": "ecgd",
    "1088-4165": "ert", "0094-9000": "tpms", "0077-1554": "mosc", "1056-3911": "jag",
    "0065-9266": "memo",
}  # fmt: skip
"""ISSN → the journal's code in the DOIs that the society registers since 2016."""
_AMS_OLD, _AMS_NEW = 2014, 2016
"""Until the first year the PII is the DOI's suffix, from the second on its number is; between
them both occur."""

_ELE_MATH_LAST = {"jmi": 10, "oam": 10, "dea": 8, "mia": 19}
"""Journal → its volume of 2016, after which the year stands in the DOI."""


def _dlib(match: re.Match[str]) -> str:
    year = rule.year(match["yy"], first=90)
    return f"10.1045/{match['month']}{year}-{match['author']}"


def _toc(match: re.Match[str]) -> str:
    return f"10.4086/toc.{2004 + int(match['volume'])}.v{match['volume']}a{match['article']}"


def _trans_tech(match: re.Match[str]) -> str | None:
    """The DOI of a series and volume that still has the address for its suffix."""
    last = _TRANS_TECH_LAST.get(match["series"].lower(), 0)
    if not 1 <= int(match["volume"]) <= last:
        return None
    return f"10.4028/www.scientific.net/{match['id']}"


def _ams(match: re.Match[str]) -> str | None:
    """The PII itself, or the journal's code and the number in the PII, by year."""
    written = match["year"]
    year = int(written) if len(written) == 4 else rule.year(written, first=70)
    if year <= _AMS_OLD:
        return f"10.1090/{match['id']}"
    code = _AMS.get(match["issn"].lower())
    return f"10.1090/{code}/{int(match['number'])}" if code and year >= _AMS_NEW else None


def _ele_math(journal: str, last: int, start: str) -> Rule:
    """A row for one Ele-Math journal, whose name is in the host."""
    return Rule(
        name=f"ele-math-{journal}",
        host=rf"{journal}\.ele-math\.com",
        pattern=r"^/(?P<volume>\d\d)-(?P<article>\d\d+)(?:/|$)",
        gives=f"10.7153/{journal}-{{volume}}-{{article}}",
        between=("volume", 1, last),
        source="Ele-Math, until 2016",
        example=(f"http://{journal}.ele-math.com/{start}", f"10.7153/{journal}-{start}"),
    )


SCIENCE: tuple[Rule, ...] = (
    *(_ele_math(journal, last, "03-25") for journal, last in _ELE_MATH_LAST.items()),
    Rule(
        name="scientific-net",
        host=r"scientific\.net",
        pattern=r"^/(?P<id>(?P<series>[a-z]{2,6})\.(?P<volume>\d+)(?:-\d+)*\.\d+)(?:/|\?|$)",
        gives=_trans_tech,
        source="Trans Tech Publications, until 2021",
        example=(
            "https://www.scientific.net/AMR.199-200.548",
            "10.4028/www.scientific.net/amr.199-200.548",
        ),
    ),
    Rule(
        name="erudit-article",
        host=r"(?:id\.)?erudit\.org",
        pattern=r"/(?P<id>\d{6,7}ar)(?:/|\?|$)",
        gives="10.7202/{id}",
        source="Érudit",
        example=(
            "https://www.erudit.org/fr/revues/ri/1989-v44-n2-ri1155/050499ar/",
            "10.7202/050499ar",
        ),
    ),
    Rule(
        name="persee-document",
        host=r"persee\.fr",
        pattern=r"^/doc/(?P<journal>[a-z]+)_\d{4}-\d{3}[\dx]_(?P<year>\d{4})_[\w-]*_(?P<id>\d+)(?:/|\?|$)",
        gives="10.3406/{journal}.{year}.{id}",
        source="Persée",
        example=(
            "https://www.persee.fr/doc/bulmi_0366-3248_1904_num_27_1_2702",
            "10.3406/bulmi.1904.2702",
        ),
    ),
    Rule(
        name="cairn-id-article",
        host=r"(?:shs\.)?cairn\.info",
        pattern=r"[?&]id_article=(?P<journal>[a-z]+)_(?P<number>\d{3})_(?P<page>\d{4})\b",
        gives="10.3917/{journal}.{number}.{page}",
        source="Cairn",
        example=(
            "https://www.cairn.info/resume.php?ID_ARTICLE=RFS_523_0537",
            "10.3917/rfs.523.0537",
        ),
    ),
    Rule(
        name="acl-anthology-venue",
        host=r"(?:aclanthology|aclweb)\.org",
        pattern=r"/(?P<id>20(?:19|2\d)\.(?:acl|naacl|emnlp|eacl|findings|aacl)-[a-z]+\.\d+)(?:\.pdf|/|$)",
        gives="10.18653/v1/{id}",
        source="ACL Anthology: the main meetings and Findings",
        example=("https://aclanthology.org/2021.acl-long.528", "10.18653/v1/2021.acl-long.528"),
    ),
    Rule(
        name="acl-anthology-letter",
        host=r"(?:aclanthology|aclweb)\.org",
        pattern=r"^/(?:anthology/)?(?P<id>[pdn]1[6-9]-\d{4})(?:\.pdf|v\d|/|$)",
        gives="10.18653/v1/{id}",
        source="ACL Anthology: ACL, EMNLP and NAACL, 2016-2019",
        example=("http://aclweb.org/anthology/N18-2074", "10.18653/v1/n18-2074"),
    ),
    Rule(
        name="acm-citation",
        host=r"dl\.acm\.org",
        pattern=r"/citation\.cfm\?(?:.*&)?doid=(?P<id>\d{5,8}(?:\.\d{5,8})?)\b",
        gives="10.1145/{id}",
        source="ACM Digital Library, addresses before 2020",
        example=(
            "http://dl.acm.org/citation.cfm?doid=2834800.2834802",
            "10.1145/2834800.2834802",
        ),
    ),
    Rule(
        name="ams-journal",
        host=r"ams\.org",
        pattern=r"/(?P<id>s(?P<issn>\d{4}-\d{3}[\dx])-(?P<year>\d{4}|\d\d)-(?P<number>\d{4,5})-[\dx])"
        r"(?:/|\.pdf|\?|$)",
        gives=_ams,
        source="American Mathematical Society",
        example=(
            "http://www.ams.org/journals/jams/2012-25-01/S0894-0347-2011-00713-3/home.html",
            "10.1090/s0894-0347-2011-00713-3",
        ),
    ),
    Rule(
        name="iucr-paper",
        host=r"(?:journals|scripts)\.iucr\.org",
        pattern=r"^/(?:cgi-bin/)?paper\?(?P<id>s\d{15}[\dx])\b",
        gives="10.1107/{id}",
        source="International Union of Crystallography: the paper's number is the suffix",
        example=(
            "https://journals.iucr.org/paper?S1600536801012345",
            "10.1107/s1600536801012345",
        ),
    ),
    Rule(
        name="theory-of-computing",
        host=r"theoryofcomputing\.org|toc\.[a-z.]+|tocmirror\.[a-z.]+",
        pattern=r"^/articles/v(?P<volume>\d{3})a(?P<article>\d{3})(?:/|$)",
        gives=_toc,
        source="Theory of Computing and its mirrors",
        example=(
            "http://toc.nada.kth.se/articles/v009a009/index.html",
            "10.4086/toc.2013.v009a009",
        ),
    ),
    Rule(
        name="balisage",
        host=r"balisage\.net",
        pattern=r"/(?P<id>balisagevol\d+-[a-z]+\d\d)\.(?:html|xml|pdf)",
        gives=lambda match: "10.4242/" + match["id"].replace("-", ".", 1),
        source="Balisage Series on Markup Technologies",
        example=(
            "http://www.balisage.net/Proceedings/vol3/html/Renear01/BalisageVol3-Renear01.html",
            "10.4242/balisagevol3.renear01",
        ),
    ),
    Rule(
        name="dlib-magazine",
        host=r"dlib\.org",
        pattern=r"^/dlib/(?P<month>[a-z]+)(?P<yy>\d\d)/(?P<author>[a-z-]+)/\d\d[\w-]+\.html",
        gives=_dlib,
        source="D-Lib Magazine",
        example=(
            "http://www.dlib.org/dlib/january17/burton/01burton.html",
            "10.1045/january2017-burton",
        ),
    ),
    Rule(
        name="oecd-ilibrary",
        host=r"oecd-ilibrary\.org",
        pattern=r"_(?P<id>(?:[0-9a-z]{10,14}|\d{13}|[0-9a-f]{8})-(?:en|fr))\b",
        gives="10.1787/{id}",
        source="OECD iLibrary",
        example=(
            "https://www.oecd-ilibrary.org/economics/current-account-benchmarks-for-turkey_5k92smtqp9vk-en",
            "10.1787/5k92smtqp9vk-en",
        ),
    ),
    Rule(
        name="national-academies",
        host=r"(?:nap\.edu|nap\.nationalacademies\.org)",
        pattern=r"^/(?:catalog|read|download|resource)/(?P<id>\d{3,5})\b",
        gives="10.17226/{id}",
        source="National Academies Press",
        example=("https://nap.nationalacademies.org/catalog/25359/title", "10.17226/25359"),
    ),
    Rule(
        name="sae-paper",
        host=r"papers\.sae\.org",
        pattern=r"^/(?P<id>\d{6}|\d{4}-\d\d-\d{4})(?:/|$)",
        gives="10.4271/{id}",
        source="SAE",
        example=("http://papers.sae.org/540090/", "10.4271/540090"),
    ),
    Rule(
        name="benjamins-catalog",
        host=r"benjamins\.com",
        pattern=r"^/catalog/(?P<id>[a-z]+\.\d+[\w.]*)$",
        gives="10.1075/{id}",
        source="John Benjamins",
        example=("https://benjamins.com/catalog/tsl.126.06cha", "10.1075/tsl.126.06cha"),
    ),
    Rule(
        name="accessscience-article",
        host=r"accessscience\.com",
        pattern=r"^/content/(?:article/a|[a-z-]+/)?(?P<id>\d{6})\b",
        gives="10.1036/1097-8542.{id}",
        source="AccessScience",
        example=(
            "https://www.accessscience.com/content/article/a694300?implicit-login=true",
            "10.1036/1097-8542.694300",
        ),
    ),
    Rule(
        name="informing-science",
        host=r"informingscience\.org",
        pattern=r"^/publications/(?P<id>\d+)(?:/|\?|$)",
        gives="10.28945/{id}",
        source="Informing Science Institute",
        example=("https://www.informingscience.org/Publications/119", "10.28945/119"),
    ),
)
"""Rules for other fields."""
