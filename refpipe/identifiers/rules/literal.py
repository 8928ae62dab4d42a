"""Addresses with the DOI written in them, and what publishers hang behind it."""

from __future__ import annotations

import re

from refpipe.identifiers.dois import START, measure
from refpipe.identifiers.rules.rule import Rule
from refpipe.model import Certainty

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
