"""References to articles in journals: authors, title, container, numbers."""

from __future__ import annotations

import html
import re

from refpipe.items.printed.words import MONTHS
from refpipe.lifetimes import lazy

# ── what other languages call volume, issue and pages ──

_LABELS = lazy(
    r"(?<=[\s,(:])(?P<page>(?:[Pp][áa]gs?|[Pp]gs?|[Ss]trs?|[Ss]s|сс|[Сс]тр|[Bb]lz|[Ss]id|[Ss]iv)\."
    r"|Seiten?|[Ss]id(?:or|er?)|[Ss]ivut|[Ss]trony|[Ss]tran[ay]|[Pp]agin[ae]s?|[Bb]ladzijden?|[Ss]ayfa)(?=\s?\d)"
    r"|(?<=(?:19|20)\d\d,\s)(?P<leaf>at)(?=\s[A-Z]{0,2}-?\d{1,4}(?:,\s[A-Z]{0,2}\d{1,4})*\W*$)"
    r"|(?<=[\w,;.:(]\s)(?:(?P<volume>Band|Jahrg(?:ang|\.)|Jg\.?|[Tt]om[eo]|[Åå]rg(?:[åa]ng|\.)|[Jj]aarg(?:ang|\.)"
    r"|[Rr]oč(?:ník|\.)|[Rr]oczn(?:ik|\.)|[Vv]uosikerta|[Vv]sk\.|[Ss]v(?:azek|ezak|\.)|[Gg]odina|[Ll]etnik|[Cc]ilt|[Kk]öide|[Тт]ом)"
    r"|(?P<issue>Nummer|Heft|H\.|[Nn]úmero|[Nn]uméro|[Ff]asc[íi]c(?:ol|ul)[oe]|[Ff]asc\.|[Čč]\.|[Čč]ísl[oa]|[Zz]eszyt|[Zz]\."
    r"|[Hh][äæ]fte|[Aa]fl(?:\.|evering)|[Ss]ayı|[Bb]roj|[Bb]r\.|[Вв]ып(?:уск|\.)|[Šš]t(?:evilka|\.)|[Šš]tev\.)"
    r"|(?<=[,;.:(]\s)(?:(?P<year>[Tt]om|[Aa]n[nñ]?o|R\.|[Rr]ok|[Gg]od\.)|(?P<number>nummer|[Nn]umero)))"
    r"(?=\s?(?!(?:1[4-9]|20)\d\d(?!\d))\d{1,4}(?:\s?[-/+]\s?\d{1,3})?\s?(?:[,;:.()]|$))"
)
_TWO_LABELS = lazy(
    r"(?<=,\s)(?P<volume>[^\W\d_]{3,12}\.?)(?=\s\d{1,4},\s(?P<issue>[^\W\d_]{3,12}\.?)\s\d{1,3}[,(\s][^;]{0,60}\d\s?-\s?\d)"
)
"""Two words of any language before figures, and pages: a volume and an issue."""
_NO_LABEL = lazy(
    rf"(?:{'|'.join(map(re.escape, MONTHS))}|vols?(?:ume)?|nos|iss(?:ue)?|num(?:ber)?|part|pages?"
    r"|art(?:icle)?|chap(?:ter)?|suppl)\.?",
    re.IGNORECASE,
)
_ENGLISH = {
    "page": ("p.", "pp."), "leaf": ("p.", "p."), "volume": ("v.", "vol."), "year": ("v.", "vol."),
    "issue": ("n.", "no."), "number": ("n.", "no."),
}  # fmt: skip
"""The label for words of two signs, and for longer ones."""
_BEHIND_FIGURES = lazy(
    r"(?<=\d)(?P<volume>\.\s?(?:[Éé]vf(?:olyam)?|[Åå]rg(?:[åa]ng)?|[Jj]ahrg(?:ang)?|[Jj]g|[Gg]odina|[Ll]etnik|[Rr]očník|[Vv]uosikerta)\.?,\s)"
    r"\d{1,3}(?P<issue>\.\s?(?:szám|sz|[Nn]ummer|nr|broj|št(?:evilka)?|číslo|numero|hæfte|[Hh]eft)\.?)(?=[,;:(\s])"
    r"|(?<=\d)(?P<page>\.\s?(?:o|old)\.)(?=\s*$|[,;])"
)
"""``151. évfolyam, 3. szám``: what figures are stands behind them."""
_BRACKETS = {"volume": "(", "issue": ")", "page": ""}


def labels_in_english(shape: str) -> str:
    """The shape with labels of volumes, issues and pages as English has them, of the same length.

    Two words of a language that is not known stand for a volume and an issue where figures behind
    them and pages show it.
    """
    for labels in (_LABELS, _TWO_LABELS):
        for one in list(labels.finditer(shape)):
            found = {name: word for name, word in one.groupdict().items() if word}
            if labels is _LABELS or not any(map(_NO_LABEL.fullmatch, found.values())):
                for name, word in found.items():
                    shape = put(shape, one.span(name), _ENGLISH[name][len(word) > 2])
    return shape


def labels_behind(shape: str) -> list[tuple[int, int, str]]:
    """Labels behind figures: (start, end, what stands for them)."""
    return [
        (*one.span(name), _BRACKETS[name])
        for one in _BEHIND_FIGURES.finditer(shape)
        for name, word in one.groupdict().items()
        if word
    ]


def put(shape: str, span: tuple[int, int], instead: str) -> str:
    """Other signs in a stretch, blanks before them."""
    length = span[1] - span[0]
    return shape[: span[0]] + instead[:length].rjust(length) + shape[span[1] :]


# ── what a journal's site shows behind a reference ──

_HREF = lazy(r"href\s?=\s?[\"']?(?P<url>https?://[^\s\"'<>]+)", re.IGNORECASE)


def address_of_link(tag: str, reference: str) -> str:
    """Where a link in HTML leads, with blanks around it, if that is the work.

    Of several links one leads to who wrote it, another to the journal; a DOI is the work's own.
    """
    found = _HREF.search(tag)
    if found is None or (len(_HREF.findall(reference)) > 1 and "doi.org/10." not in found["url"]):
        return ""
    return f" {html.unescape(found['url'])} "


BUTTON = (
    r"(?:Cross[Rr]ef|PubMed(?:/NCBI|\sCentral)?|Google\s?Scholar|PMC(?:\sfree\sarticle)?"
    r"|Web\sof\sScience®?|(?i:Medline)|Scopus|ISI|CAS|ADS|MathSciNet|View\sArticle|Article"
    r"|(?:Free\s)?Full\s?Text|Abstract|Publisher\sSite|Open\sAccess)(?!\w)"
)
LINK_NOTE = lazy(
    r"[(\[]?(?:Opens?|Links?|Öffnet|Ouvre)\s(?:(?:in|to|dans)\s)?(?:an?\s|une?\s|einem\s)?"
    r"(?:new\s(?:browser\s)?(?:window|tab)|external\s(?:site|page|link)|neuen\s(?:Fenster|Tab)|nouvel(?:le)?\s(?:fenêtre|onglet))[)\]]?",
    re.IGNORECASE,
)
"""What a page says of its links, and what touches an address when it is copied."""
BUTTONS = lazy(rf"(?<![^\W\d_])(?:[\s.,;|/·()]*{BUTTON}(?:\s?:\s?\d{{5,9}})?)+[\s.,;|/)]*\Z")
ANY_BUTTON = lazy(BUTTON)
DATABASE = lazy(
    r"Cross[Rr]ef|PubMed|Google|Web of|M(?:edline|EDLINE)|Scopus|PMC|View A|Publisher S"
)
"""What a journal's site shows behind a reference, and those of its words that nobody else uses."""
