"""Identifiers, addresses and notes in a reference, and the text with them blanked out.

Blanking keeps every position, so that the grammar of names, titles and numbers never stumbles
over the digits of a DOI or the full stops of an address.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from refpipe import identifiers
from refpipe.items.printed import clean
from refpipe.items.printed.articles import ANY_BUTTON, BUTTON, BUTTONS, DATABASE, LINK_NOTE
from refpipe.items.printed.nouns import Part
from refpipe.items.printed.words import LANGUAGES, has_note_word
from refpipe.items.printed.works.days import day
from refpipe.lifetimes import lazy
from refpipe.model import Certainty, Claim, Identifier, Scheme

_LEAD = r"(?:\(|\[)?\s*(?:digital object identifier\s*)?"
_DOI = lazy(
    rf"{_LEAD}(?:(?:(?:https?://)?(?:dx\.)?doi\.org/\s?)+(?:doi:\s?)?"
    r"|(?:doi(?:\.org)?\s*(?:[:=/]\s*)?)+(?:https?://(?:dx\.)?doi\.org/)*|(?<![\w/.]))"
    r"(?P<doi>10\.\s?\d{4,9}(?:\.\d+)*/\s?(?:(?!https?://)[^\s\"<>“”，、。；】」』]|<\d[^<>\s\"]{0,60}>(?=\d))+)",
    re.IGNORECASE,
)
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BROKEN_DOI = lazy(r"\s(?!(?i:pmc|pmid)\s?\d)[\w.()-]*\d[\w.()-]*[)\].]*\s*")
_URL = lazy(
    r"(?:(?:\[(?:online|internet)\]\.?,?\s*)?(?:(?<![A-Za-z])(?:available|retrieved|accessed|from|at|url|see|入手先|リンク"
    r"|disponibles?|disponível|disponibile|(?:online\s)?(?:verfügbar|abrufbar)|beschikbaar"
    r"|режим\sдоступа|dostupné|dostępne|erişim|tillgänglig)"
    r"(?:\s+(?:online|from|at|on|sur|en|em|su|unter|via|na|z|pod|på"
    r"|in))?(?:\s+(?:on\s)?(?:[A-Z][a-z]+\.?(?: \d{1,2})?,?|\d{1,2} [A-Z][a-z]+\.?,?)"
    r" \d{4},?\s+(?:from|at))?"
    r"(?:\s(?:the\s)?(?:[A-Z&][\w&’'.-]*,?\s|(?:of|and|for)\s){1,9}(?:[Ww]eb\s?site\s?|(?=:\s?http)))?"
    r"\s*[:：]?\s*)?)"
    r"[<(（\[]?(?P<url>(?:https?://|www\.)[^\s<>\"“”（）「」『』，、。|]+)[>)）\]]?",
    re.IGNORECASE,
)
_TOP = r"(?:jp|com|org|net|gov|edu|info|int|uk|au|ca|nz|eu|ie|de|fr|ch)"
_BARE_URL = lazy(
    rf"(?<![A-Za-z0-9@/_-])(?<![A-Za-z0-9]\.)(?P<url>(?:[a-z0-9][a-z0-9-]*[a-z0-9]\.)+{_TOP}/"
    r"[^\s<>\"“”（）「」『』，、。]{3,})",
    re.IGNORECASE,
)
"""Without https://, as every browser takes it."""
_DOMAIN = lazy(rf"[a-z0-9]\.{_TOP}/")
_PMID = lazy(
    r"(?:\(|\[)?(?<![A-Za-z])PMID\s?[:：]?\s?(?P<pmid>\d{1,9})\b[)\].;]*|[(\[]?\bpubmed:?\s(?:id:?\s)?(?P<pm>\d{5,9})\b[)\].;]*",
    re.IGNORECASE,
)
_PMCID = lazy(
    r"(?:\(|\[)?(?<![/=])\b(?:PMCID\s?[:：]?\s?)?(?P<pmcid>PMC\d{4,9})\b[)\].;]*", re.IGNORECASE
)
_ISBN = lazy(r"(?i)\be?-?ISBN(?:[-\s]1[03](?=\D))?\s?[:：.]?\s?(?P<isbn>\d[\d\s-]{6,18}[\dX])\b")
_LONGEST_ISBN = 13
_ARXIV = lazy(
    r"\barXiv\s?(?:preprint\s(?:arXiv)?)?\s?[:：]\s?(?P<arxiv>(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)(?:\s\[[\w.-]+\])?",
    re.IGNORECASE,
)
_OLD_ARXIV = lazy(
    r"\[?\s?(?<![\w/.])(?P<arxiv>(?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)"
    r"|quant-ph|physics|math|nlin|q-bio|cs)(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)(?!\w)\]?"
)
"""The ids of before 2007, which need no label."""
_RETRIEVED = lazy(r"(?:retrieved|accessed|viewed|visited)\b", re.IGNORECASE)
_ERA_DAY = r"(?:平成|令和)\s?(?:元|\d{1,2})\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?"
_DATE = (
    rf"(?:{_ERA_DAY}|(?:平成|令和|[平令]|(?<![A-Za-z])[HR])\s?(?:元|\d{{1,2}})[./]\d{{1,2}}[./]\d{{1,2}}"
    r"|\d{4}\s?[-/.年]\s?\d{1,2}(?:\s?[-/.月]\s?\d{1,2}(?:\s?日)?)?月?"
    r"|\d{1,2}(?:st|nd|rd|th|er|[.º])?[\s-](?:de\s)?[^\W\d_]{3,10}\.?,?[\s-](?:del?\s)?\d{4}"
    r"|[A-Za-z]{3,9}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}|\d{4}\s[A-Za-z]{3,9}\.?(?:\s\d{1,2})?|[A-Za-z]{3,9}[.,]?\s\d{4}|(?:\d{1,2}[./-])?\d{1,2}[./-]\d{4})"
)
_READ = (
    r"(?:zuletzt\s)?(?:abgerufen|aufgerufen|besucht|eingesehen)(?:\sam)?|(?:letzter\s)?zugriff(?:\sam)?"
    r"|consultée?(?:\sle)?|(?:consulta(?:do)?|citado|accedido|acceso|acesso|acessado|acedido|capturado)(?:\s(?:el|em|en))?"
    r"|(?:fecha|data)\s(?:de|do|di|da)\s(?:la\s)?(?:consulta|acceso|acesso|accesso)"
    r"|(?:ultim[oa]\s)?(?:consultato|consultazione|accesso)(?:\sil)?|geraadpleegd(?:\sop)?"
    r"|дата\s(?:обращения|доступа)|dostęp(?:\sdnia)?|cit\.|hämtad(?:\sden)?|erişim(?:\starihi)?"
)
"""Read on, in the languages of Europe."""
_SEEN_WORD = (
    r"(?:最終)?(?:WEB|ウェブ|URL|データ)?(?:閲覧|参照|確認|アクセス|取得|引用|視聴|ダウンロード)"
)
_MAY_BE_SEEN = lazy(
    r"access|cited|viewed|web\.|visited|retrieved|rufen|zugriff|besucht|eingesehen|consult|citado|acced|aces|aced|captur|обращ|доступа|dostęp|cit\.|hämtad|erişim|geraadpleegd|閲覧|参照|アクセス|確認|取得|引用|検索|視聴|利用|入手|ダウンロード"
)
_ACCESSED = lazy(
    rf"(?:[\[(]\s*)?(?<![a-z])(?:(?:date\s(?:of\s)?)?(?:last\s)?(?:access(?:ed)?|cited|viewed|visited|consulted|retrieved)(?:\s(?:online|on|date))*|参照日?|{_READ}"
    rf"|(?<![新訂正定][・/]){_SEEN_WORD}年?月?日?時?|(?:検索|利用|入手)年?月?日時?|(?<=[(\[])入手|accessed\son|(?-i:(?<=[.”]\s)Web(?=\.\s)))"
    rf"\s?[:：,.]?\s*(?P<date>{_DATE})\s*[\])]?\.?|(?:[\[(]\s*)?(?P<ja>{_DATE}|\d{{4}}年(?!\s*引用))\s*(?:に|時点で?)?(?:データを)?(?:{_SEEN_WORD}|検索|利用|入手)(?:時点?|済み?|日時?|確認|可能)?\s*[\])]?",
    re.IGNORECASE,
)
_SEEN = lazy(
    rf"(?<=\s{{8}})[^\w(\[]{{0,3}}(?:(?:より|から)?(?:引用|参照|転載|抜粋|作成)\s?)?[(\[]\s*(?P<date>{_DATE})(?P<ja>)\s*(?:現在)?[)\]][\s.]*$",
)
"""A day in brackets behind all else, where there is an address: that of reading."""
_BEHIND_ADDRESS = lazy(
    r"(?<=\s{8})(?:[.,;]\s*)?(?P<date>\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?)(?P<ja>)\s*[)\]]?\s*[.]?\s*$"
)
"""A bare day behind an address that ends a reference: hardly anything else than that of reading."""
_TO_ADDRESS = lazy(
    r"(?<=[.)\]?!”\"]\s)[A-ZÀ-Þ][^\W\d_]{3,14}(?:\s[a-zà-ÿ]{1,4}){0,2}"
    rf"(?:\s(?P<date>{_DATE})(?P<ja>),?(?:\s[a-zà-ÿ]{{1,5}}(?:\s[A-ZÀ-Þ][\w’&.-]*){{0,4}})?|\s[a-zà-ÿ]{{1,5}})?\s?:?(?=\s{{8}})"
)
"""``Diakses dari``, ``Recuperado el 20 de noviembre de 2024, de``: a sentence that leads to an
address, in whatever language: a word with a capital, small ones, a day."""
_UNSAID = lazy(
    r"(?<=[.)\]?!”\"]\s)(?:Retrieved|Available|Accessed)\s(?:from|at|on|via):?\s(?:the\s)?"
    r"(?:(?P<url>(?:[a-z0-9-]+\.)+[a-z]{2,4})|[A-Z][^.,;:]{1,40}?\s(?:[Ww]eb\s?site|[Pp]age|[Pp]ortal))\.?\s*$"
)
"""Where a page was read, without its address: ``Retrieved from APA Website``."""
_LANGUAGE = rf"(?:{'|'.join(map(str.title, LANGUAGES))})"
_WRITTEN = "(?:Article|Report|Book|Text|Abstract|Paper)"
_NOTE = lazy(
    r"\[internet\spublication\]\.?(?:\s?Full\stext)?\.?"
    r"|\[cite:\s?\d+(?:,\s?\d+)*\]|(?<=[.\])]\s)Licen[cs]e:?\sCC\s[A-Z][A-Z-]+(?:\s\d\.\d)?(?:\sIGO)?\.?(?=\s|$)"
    r"|\[?\b[Ee]pub(?:\s(?:ahead of print|\d{4}(?:\s[A-Z][a-z]{2}(?:\s\d{1,2})?)?))+[\].;]*"
    r"|[;.,]\s*(?:discussion|quiz|(?:author\s)?reply|table\sof\scontents)\s[A-Za-z]{0,3}\d[\w-]*(?:,\s?\d[\w-]*)*"
    r"|[(\[]?\bNBK\d{4,8}\b[)\]]?"
    r"|(?-i:(?<=[\w)?!.])\s?\[(?:[JMDCRNPSGZ]|[A-Z]{1,2}/OL)\](?=[.,\s]))"
    rf"|\[(?:{BUTTON}(?:(?:,\s|\s){BUTTON})*|DOI|Ref list"
    r"|epub[^\]]{0,30}|Internet|Online|J-STAGE|医中誌)\]"
    rf"|[\[(]\s?(?:[^\[\]()\d.,;]{{1,25}}\s)?(?:PubMed|Cross[Rr]ef|Google\s?Scholar|(?i:medline)|Scopus)(?!\w)(?:['’][^\W\d_]{{1,3}})?(?:\s[^\[\]()\d.,;]{{1,24}})?\s?[\])](?=[\s.,;|\[(]*$|\s*[\[(])"
    r"(?:\.?\s*Available(?:\s(?:from|at))?:?(?=\s*$))?"
    rf"|(?-i:(?<=[.?!]\s){_WRITTEN}\sin\s{_LANGUAGE}\.(?=\s|$))"
    rf"|[(\[](?:(?-i:{_WRITTEN}|(?<=\[)[A-Z][a-z]+(?: [a-z]+)?) )?in {_LANGUAGE}"
    rf"(?:(?:\s?[,;/&]|\s(?:with|and|or|but))\s?(?:{_LANGUAGE}(?=\.?[)\]])"
    r"|(?=[^)\]]*(?:English|abstract|summary))[^)\]]{1,40}))?\.?[)\]]"
    r"|(?<=[.\d])\s(?:Portico|CLOCKSS|JSTOR|Print|Web)\.?\s*$"
    r"|(?<=[.;,]\s)(?:Published|(?:Preprint )?[Pp]osted|First published)\s(?:ahead of print"
    r"|online(?:\sahead of print|\sfirst)?)[:,]?(?=\s)|\((?:open access|free full text|full text)\)"
    r"|(?<=\d\.\s)Published\s(?:online\s)?\d{4}\s[A-Z][a-z]{2}(?:\s\d{1,2})?\.?(?=\s|$)"
    r"|(?:(?<=[.;,]\s)[Pp]reprint posted online|オンライン(?:先行)?公開)(?=\s)"
    r"|\bn\.\s?pag\.?|[,.;(\s](?:in press|ahead of print|forthcoming|submitted)\b\)?\.?"
    r"|[,;(]\s?to\sappear\b\)?\.?|\[about\s\d+\s(?:pp?|pages|screens)\.?\]|\(discussion\s[^()]{1,40}\)"
    r"|\[[^\[\]]{3,90}\b(?:19|20)\d\d\b[^\[\]]{0,20};\s?\d[^\[\]]{0,30}\]"
    r"|\bCite this article as\b.*$"
    r"|(?<=[.)\]\d]\s)(?:Available|Retrieved)(?:\s(?:online|from|at))*:?(?=\s{5}|\s*$)"
    r"|(?-i:(?<=[\d.)\]]\s)(?:Erratum|Comment|Corrected|Original report|Retraction|Republished"
    r"|Update|Expression of concern|Summary for patients) (?:in|on|and|from))\s?[:.].*$"
    r"|\((?:first )?published (?:online|ahead)[^()]{0,40}\)"
    r"|[(\[]?\b(?:pubmed\s+)?doi\b\s?[:.]?(?P<broken>(?:\s*+[^\s]++){0,3}+)\s*$|\bPubMed\s*$|\[?\bOnline\]?\.?\s*,?\s*Available:?\s*$",
    re.IGNORECASE,
)


@dataclass(slots=True, kw_only=True)
class Addresses:
    """What was found, and the text without it."""

    text: str
    masked: str
    parts: list[Part] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    """All that was blanked out, labels and notes included."""
    claims: list[Claim] = field(default_factory=list)
    mistyped: tuple[int, int] = (0, 0)
    """Where an ISBN stands whose digits are none."""


_Act = Callable[[Addresses, re.Match[str]], int]
"""What is taken of a match: where it ends; 0 where it is none."""


def find(text: str, shape: str) -> Addresses:
    """Every identifier, address, day of access and note of a reference."""
    found = Addresses(text=text, masked=shape)
    if dashes := clean.end_of_dashes(shape):
        found.spans.append((0, dashes))
        found.masked = " " * dashes + shape[dashes:]
    lower = shape.lower()
    _identifiers_and_addresses(found, shape, lower)
    if _MAY_BE_SEEN.search(lower):
        _each(found, _ACCESSED, _accessed)
    if any(part.name == "URL" for part in found.parts):
        _each(found, _SEEN, _accessed)
        _each(found, _BEHIND_ADDRESS, _perhaps_accessed)
    _each(found, BUTTONS, _buttons, ANY_BUTTON)
    if has_note_word(found.masked):
        _each(found, _NOTE, _note)
    # What warns of a work is not understood, but shown.
    found.spans = [
        span for span in found.spans if span != found.mistyped and not _WARNING.match(text, *span)
    ]
    return found


def _identifiers_and_addresses(found: Addresses, shape: str, lower: str) -> None:
    if "10." in shape:
        _each(found, _DOI, _doi)
    if "pm" in lower or "pubmed" in lower:
        _each(found, _PMID, _pmid)
        _each(found, _PMCID, _pmcid)
    if "isbn" in lower:
        _each(found, _ISBN, _isbn)
    if "arxiv" in lower:
        _each(found, _ARXIV, _arxiv)
    _each(found, _OLD_ARXIV, _arxiv)
    _each(found, LINK_NOTE, lambda _, match: match.end())
    if "http" in lower or "www." in lower:
        _each(found, _URL, _url)
    elif _DOMAIN.search(lower):
        _each(found, _BARE_URL, _bare_url)
    if any(part.name == "URL" for part in found.parts):
        _each(found, _TO_ADDRESS, _leading)
    elif "from" in lower or " at " in lower:
        _each(found, _UNSAID, _unsaid)


_WARNING = lazy(r"\[?(?i:retract)|Expression of concern")


def _each(
    found: Addresses,
    pattern: re.Pattern[str],
    act: _Act,
    needed: re.Pattern[str] | None = None,
) -> None:
    """Act on each match; ``needed`` is a quicker pattern without which there is none."""
    if needed is not None and not needed.search(found.masked):
        return
    for match in list(pattern.finditer(found.masked)):
        end = act(found, match)
        if end:
            found.spans.append((match.start(), end))
            found.masked = (
                found.masked[: match.start()] + " " * (end - match.start()) + found.masked[end:]
            )


def _add(found: Addresses, name: str, value: object, span: tuple[int, int], sure: float) -> None:
    if all(part.name != name for part in found.parts):
        found.parts.append(
            Part(name=name, value=value, start=span[0], end=span[1], confidence=sure)
        )


def _trim(value: str) -> str:
    """A DOI or address without the punctuation of the sentence around it.

    A bracket with letters behind it that nothing closes opens a remark: ``…30970-9(in Japanese)``.
    """
    if value.count("(") > value.count(")"):
        value = re.sub(r"\((?=[^\W\d]*$).*", "", value, flags=re.DOTALL) or value
    while value:
        if value[-1] in ".,;:'’*]}|" or (value[-1] == ")" and value.count(")") > value.count("(")):
            value = value[:-1]
        else:
            return value
    return value


def _claim(found: Addresses, claim: Claim | None) -> bool:
    if claim is None:
        return False
    if all(known.identifier != claim.identifier for known in found.claims):
        found.claims.append(claim)
    return True


_GLUED_BEHIND = lazy(
    r"(?<=[\w)])[.,;]?(?=(?:Cross[Rr]ef|PubMed|Google|MEDLINE|Medline|PMC?ID|Epub|Accessed|View)(?!\d))"
    r"|(?<=\w)\([A-Za-z]+$|(?<=\w)[.,;]?(?=(?i:PMID)\d{5,9}\b)|(?<=\w)[.,;](?=PMC\d{5,9}\b)"
)
"""Where a word, or a bracket with words, that was glued to a DOI begins."""


def _doi(found: Addresses, match: re.Match[str]) -> int:
    start = match.start("doi")
    # What is written full-width, or in Japanese, was made plain in the shape; it ends a DOI.
    printed = found.text[start : match.end("doi")]
    if printed[0] == "１":
        # １０．１０１６／… is full-width as a whole.
        printed = re.split(r"[\u3000-\u9fff]", printed)[0].translate(_NARROW)
    plain = _GLUED_BEHIND.split(re.split(r"[\u3000-\u9fff\uff00-\uffef]", printed)[0])[0]
    value = _trim(plain)
    broken = plain == printed and _BROKEN_DOI.fullmatch(match.string, match.end())
    if broken and match["doi"][-1] in ".-/_(":
        # A line break after a full stop or hyphen left the DOI's last stretch behind a space.
        value = _trim(printed + broken[0])
    identifier = identifiers.doi(value.replace(" ", ""))
    if identifier is None:
        return 0
    _claim(found, Claim(identifier=identifier, certainty=Certainty.LITERAL))
    _add(found, "DOI", identifier.value, (start, start + len(value)), 0.99)
    if _WITHIN_ADDRESS.search(match.string, 0, match.start()):
        return 0
    return _closing(match.string, start + len(value), is_open=match[0][0] in "([")


_WITHIN_ADDRESS = lazy(r"(?:://|www\.)\S*[?&]\S*\Z")  # …/article.aspx?doi=10.…


def _closing(text: str, end: int, *, is_open: bool = False) -> int:
    end += is_open and text[end : end + 2] in (" )", " ]")
    return end + len(text[end:]) - len(text[end:].lstrip(")].,;"))


def _identified(name: str, made: Callable[[str], Identifier | None]) -> _Act:
    """How an identifier behind its label is taken."""

    def act(found: Addresses, match: re.Match[str]) -> int:
        group = match.lastgroup or ""
        identifier = made(match[group])
        if identifier is None:
            return 0
        _claim(found, Claim(identifier=identifier, certainty=Certainty.LITERAL))
        _add(found, name, identifier.value, match.span(group), 0.98)
        return match.end()

    return act


_pmid = _identified("PMID", identifiers.pmid)
_pmcid = _identified("PMCID", identifiers.pmcid)
_arxiv = _identified("archive_location", identifiers.arxiv)


def _isbn(found: Addresses, match: re.Match[str]) -> int:
    """An ISBN, without a year behind it; one that is mistyped is neither read nor lost."""
    start, digits = match.start("isbn"), match["isbn"]
    ends = [at for at in range(len(digits), 0, -1) if not digits[at : at + 1].strip()]
    end = next((at for at in ends if identifiers.isbn(digits[:at])), 0)
    identifier = identifiers.isbn(digits[:end])
    if identifier and _claim(found, Claim(identifier=identifier, certainty=Certainty.LITERAL)):
        _add(found, "ISBN", identifier.value, (start, start + end), 0.98)
    else:
        ends = [at for at in ends if sum(map(str.isdigit, digits[:at])) <= _LONGEST_ISBN] or ends
        found.mistyped = (match.start(), start + (end := ends[0]))
    return start + end


_READ_BEHIND = r"(?:平成|令和|(?:最終)?(?:閲覧|アクセス|参照|確認|更新|取得|利用|視聴|公開|掲載))"
"""How what stands behind an address begins; the name of a page (Wikipedia:検証可能性) does not."""
_REMARKED = lazy(
    r"[（）「」『』，、。［］；．｡【】〔〕《》〈〉※→←↗]|(?<!_)[(\[](?:[^()\[\]]*[^\x00-\x7f]|[^()\[\]]*\Z)"
    rf"|[,;:.](?=\d{{4}}年|{_READ_BEHIND})|(?<=\.pdf)(?=[^\x00-\x7f])|(?<=\.html)(?=[^\x00-\x7f])|(?<=\.htm)(?=[^\x00-\x7f])"
    r"|(?<=\.(?:pdf|htm|php|asp))(?=[A-Z][a-z])|(?<=\.(?:html|aspx))(?=[A-Z][a-z])"
)
"""What ends an address in print, though no space does: a bracket of Japanese, or one left open."""


def _url(found: Addresses, match: re.Match[str]) -> int:
    start = match.start("url")  # Brackets made plain in the shape end an address in print.
    whole = _URL_GOES_ON.match(found.text, match.end("url")) if match["url"][-1] in "/-_=" else None
    end = whole.end() if whole else match.end("url")
    printed = _REMARKED.split(found.text[start:end])[0]
    if match.string[start - 1 : start] == "(":
        printed = _in_brackets(printed)
    stretch = len(_trim(printed))
    value = re.sub(r"\s+", "", _trim(printed))
    if len(value) < 8:
        return 0
    claim = identifiers.from_url(value)
    address = identifiers.url(value)
    if address is not None:
        _claim(found, Claim(identifier=address, certainty=Certainty.LITERAL))
    _add(found, "URL", value, (start, start + stretch), 0.6 if whole else 0.98)
    lead = match.string[match.start() : start]
    parts = day(lead) if _RETRIEVED.search(lead) else None
    if parts:
        _add(found, "accessed", {"date-parts": [parts]}, (match.start(), start), 0.95)
    if claim is not None:
        _claim(found, claim)
        is_doi = claim.identifier.scheme is Scheme.DOI
        if is_doi and claim.certainty is Certainty.LITERAL:
            _add(found, "DOI", claim.identifier.value, (start, start + len(value)), 0.97)
    return _closing(match.string, start + stretch)


def _in_brackets(printed: str) -> str:
    """An address up to the bracket that closes the one before it: ``(https://a.org/b/),p. 5``."""
    depth = 1
    for at, sign in enumerate(printed):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return printed[:at]
    return printed


def _bare_url(found: Addresses, match: re.Match[str]) -> int:
    printed = _REMARKED.split(found.text[match.start("url") : match.end("url")])[0]
    value = _trim(printed)
    if "." not in value.partition("/")[0] or any(one.name == "DOI" for one in found.parts):
        return 0
    end = match.start("url") + len(value)
    _add(found, "URL", f"https://{value}", (match.start("url"), end), 0.6)
    return _closing(match.string, end)


_PAGE_FILE = r"\.(?:pdf|html?|php|aspx?)\b"
_URL_GOES_ON = lazy(
    rf"(?:\s(?=\S*[/%])(?!\S+{_PAGE_FILE})[\w%/.~-]++)*+\s[\w%/.~-]+{_PAGE_FILE}"
    r"|\s-[\w-]+(?=\s*$)"
)
"""What a line break parted from an address that ends in a slash or a hyphen."""


def _accessed(found: Addresses, match: re.Match[str]) -> int:
    name = "date" if match["date"] else "ja"
    if match[0][:3] == "Web" and not re.search(r"n\.d|[12]\d{3}", match.string[: match.start()]):
        return 0  # Nothing else tells when.
    parts = day(match[name])
    if parts:
        # Beside words that are no month the year alone was understood.
        is_whole = len(parts) > 1 or re.search(r"[^\W\d_]{3}", match[name]) is None
        sure = 0.95 if is_whole else 0.6
        _add(found, "accessed", {"date-parts": [parts]}, match.span(name), sure)
    return match.end()


def _unsaid(found: Addresses, match: re.Match[str]) -> int:
    if match["url"]:
        _add(found, "URL", f"https://{match['url']}", match.span("url"), 0.6)
    return match.end()


def _leading(found: Addresses, match: re.Match[str]) -> int:
    """The words that lead to an address; one alone, with no small one behind it, may be a site."""
    if match["date"]:
        return _accessed(found, match) if len(day(match["date"]) or []) == 3 else 0
    return match.end() if len(match[0].split()) > 1 else 0


def _perhaps_accessed(found: Addresses, match: re.Match[str]) -> int:
    parts = day(match["date"])
    if parts is None or any(part.name == "accessed" for part in found.parts):
        return 0
    _add(found, "accessed", {"date-parts": [parts]}, match.span("date"), 0.6)
    return match.end()


def _buttons(_: Addresses, match: re.Match[str]) -> int:
    return match.end() if DATABASE.search(match[0]) else 0


def _note(found: Addresses, match: re.Match[str]) -> int:
    if match["broken"] and not all(
        any(sign.isdigit() for sign in word) or not any(sign.isalpha() for sign in word)
        for word in match["broken"].split()
    ):
        return 0
    language = re.search(r"(?i:\bin) ([A-Za-z]+)", match[0])
    if language and language[1].lower() in LANGUAGES:
        _add(found, "language", LANGUAGES[language[1].lower()], match.span(), 0.9)
    return match.end()
