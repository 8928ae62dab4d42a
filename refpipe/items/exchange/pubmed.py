"""Files that PubMed writes as items: NBIB, which ERIC writes as well, and PubMed's XML.

The tags of NBIB are described at https://www.nlm.nih.gov/bsd/mms/medlineelements.html, the elements
of the XML at https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from refpipe import markup
from refpipe.items import crossref, exchange
from refpipe.items.exchange import Broken, FileEntry, dates, fields, xml
from refpipe.items.exchange import fields as people
from refpipe.items.exchange.fields import Block, blocks
from refpipe.model import Identifier, Item, Reading, Record, Relation, Scheme

_NUMBER = r"[A-Za-z]{0,4}\d{1,8}|[A-Z]{4}"
"""A publisher's item identifier that is a number and stands for pages; others are none."""
_PII = re.compile(_NUMBER)

# ── NBIB ─────────────────────────────────────────────────────────────────────────────────────────

_TAG = re.compile(r"([A-Z]{2,4}) {0,2}-(?: |$)")
_INITIALS = re.compile(r"(.+?) ([A-Z]{1,4})(?: (Jr|Sr|\d(?:st|nd|rd|th)|I{2,3}))?")
_DOI = re.compile(r"(10\.\d{4,9}/\S+)(?:\s*\[doi\])?", re.IGNORECASE)
_ERIC = {
    "dissertations": "thesis", "books": "book", "reports": "report", "speeches": "speech",
}  # fmt: skip
"""What ERIC's types of publication begin with → CSL type."""
_TAGGED_PII = re.compile(rf"({_NUMBER})\s*\[pii\]")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
_PLACE = re.compile(r"https?://\S+")


def read_all(text: str) -> tuple[FileEntry | Broken, ...]:
    """Every entry of an NBIB text, in order; what cannot be read says where and why."""
    return tuple(
        _read(part) for block in blocks(text.splitlines(), _TAG, "PMID") for part in _parted(block)
    )


def read(record: Record) -> Reading:
    """What a stored NBIB entry means, with the notices that PubMed lists for it."""
    found = exchange.reading(read_all(record.payload))
    lines = [
        line for block in blocks(record.payload.splitlines(), _TAG, "PMID") for line in block.lines
    ]
    own = next((c.identifier for c in found.claims if c.identifier.scheme is Scheme.PMID), None)
    notices = [
        (_NOTICES[line.tag], " ".join(line.value.split()), _PUBMED.search(line.value))
        for line in lines
        if line.tag in _NOTICES
    ]
    kinds = [line.value for line in lines if line.tag == "PT"]
    entries = [(kind, printed, number[1] if number else "") for kind, printed, number in notices]
    ties = crossref.ties_of_pubmed(entries, kinds, own or record.identifier)
    return replace(found, relations=ties)


_NOTICES = {
    "CRI": "CorrectedandRepublishedIn", "EIN": "ErratumIn", "ECI": "ExpressionOfConcernIn",
    "RIN": "RetractionIn", "RPI": "RetractedandRepublishedIn", "UIN": "UpdateIn",
    "CIN": "CommentIn",
}  # fmt: skip
"""Tag → the type of notice in PubMed's XML."""
_PUBMED = re.compile(r"\bPMID:\s*(\d{1,9})")


def _parted(block: Block) -> list[Block]:
    """The entries of a block: other databases' entries have no PMID and begin with their owner."""
    starts = [i for i, line in enumerate(block.lines) if line.tag == "OWN"]
    if block.lines[0].tag == "PMID" or len(starts) < 2:
        return [block]
    cuts = [*starts[1:], len(block.lines)]
    raws = block.raw.split("\n")
    parts: list[Block] = []
    begin = 0
    for cut in cuts:
        first = block.lines[begin].number
        last = block.lines[cut].number if cut < len(block.lines) else first + len(raws)
        offset = first - block.number
        raw = "\n".join(raws[offset : offset + last - first])
        parts.append(Block(lines=block.lines[begin:cut], raw=raw, number=first))
        begin = cut
    return parts


def _read(block: Block) -> FileEntry | Broken:
    if not block.first("TI", "BTI", "TT", "JT", "TA", "PMID"):
        return Broken(reason="an entry needs a PMID or a title", raw=block.raw, line=block.number)
    notes = tuple(dates.remarks(*block.all("DP", "DEP")))
    return FileEntry(item=_item(block), raw=block.raw, line=block.number, notes=notes)


def _item(block: Block) -> Item:
    def text(*tags: str) -> str:
        return markup.clean(" ".join(block.first(*tags).split()))

    title = fields.medline_title(text("TI"))
    item: Item = {
        "type": _type(block),
        "title": title or fields.medline_title(text("TT")) or fields.medline_title(text("BTI")),
        "author": _authors(block),
        "editor": [n for n in map(people.name, block.all("FED") or block.all("ED")) if n],
        "container-title": text("JT", "TA")
        or (fields.medline_title(text("BTI")) if text("TI") else ""),
        "container-title-short": text("TA") if text("JT") else "",
        "collection-title": fields.medline_title(text("CTI")),
        "volume": text("VI"),
        "issue": text("IP"),
        "page": fields.whole_pages(text("PG")) or _article_number(block),
        "issued": dates.read(block.first("DP", "DEP")),
        "DOI": _doi(block),
        "URL": next((u for v in block.all("AID", "LID") for u in _PLACE.findall(v)), ""),
        "PMID": block.first("PMID").strip(),
        "PMCID": block.first("PMC").split()[0] if block.first("PMC") else "",
        "ISSN": next((n[0] for v in block.all("IS", "ISSN") for n in [_ISSN.search(v)] if n), ""),
        "ISBN": next((v.split()[0].removeprefix("ISBN-") for v in block.all("ISBN")), ""),
        "language": fields.language(block.first("LA").split("\n")[0]),
        "publisher": text("PB"),
        "publisher-place": text("PL") if text("PB") else "",
        "edition": text("EN"),
        "abstract": text("AB"),
        "original-title": fields.medline_title(text("TT")) if title else "",
        "keyword": ", ".join(" ".join(w.split()) for w in block.all("OT", "MH")),
    }
    if block.first("OWN") == "ERIC" and item["type"] != "article-journal":
        # ERIC names the publisher where PubMed names the journal.
        school = _school(block.first("SO")) if item["type"] == "thesis" else ""
        item["publisher"] = item["publisher"] or school or item["container-title"]
        item["container-title"] = ""
    return {variable: value for variable, value in item.items() if value}


def _type(block: Block) -> str:
    kinds = {kind.lower() for kind in block.all("PT")}
    if block.first("OWN") == "ERIC" and "journal articles" not in kinds:
        begins = (t for kind in sorted(kinds) for k, t in _ERIC.items() if kind.startswith(k))
        return next(begins, "report")
    if "preprint" in kinds:
        return "article"
    if block.first("BTI") and block.first("TI"):
        return "chapter"
    return "book" if block.first("BTI") or "book" in kinds else "article-journal"


def _school(source: str) -> str:
    """The university in ``Ph.D. Dissertation, Drexel University``."""
    return source.partition(",")[2].strip(" .") if "," in source else ""


def _article_number(block: Block) -> str:
    """The publisher's item identifier, where it is a number that stands for pages."""
    found = (_TAGGED_PII.fullmatch(value.strip()) for value in block.all("LID", "AID"))
    return next((number[1] for number in found if number), "")


def _doi(block: Block) -> str:
    for value in block.all("LID", "AID", "SO"):
        found = _DOI.fullmatch(value.strip()) if "[" in value or value[:3] == "10." else None
        if found:
            return found[1]
    return ""


def _authors(block: Block) -> list[people.Name]:
    """People by their full names where there are, organisations among them in their place."""
    names: list[people.Name | None] = []
    has_full = False
    for line in block.lines:
        if line.tag == "FAU":
            names.append(_full(line.value))
        elif line.tag == "CN":
            names.append(people.literal(line.value))
        elif line.tag == "AU" and not has_full:
            names.append(_full(line.value))
        has_full = line.tag == "FAU" or (has_full and line.tag != "AU")
    return [name for name in names if name]


def _full(value: str) -> people.Name | None:
    if "," in value:
        return people.name(value)
    short = _INITIALS.fullmatch(" ".join(value.split()))
    if not short:
        return people.literal(value)
    return people.name(
        ", ".join((short[1], short[3], short[2]) if short[3] else (short[1], short[2]))
    )


# ── XML ──────────────────────────────────────────────────────────────────────────────────────────


def read_all_xml(text: str) -> tuple[FileEntry | Broken, ...]:
    """Every article and book of a PubMed XML text; what cannot be read says where and why."""
    root, broken = xml.root(text)
    if root is None:
        return broken
    found = tuple(_read_xml(element) for element in root.iter("PubmedArticle", "PubmedBookArticle"))
    return (*found, *broken)


def read_xml(record: Record) -> Reading:
    """What a stored PubMed XML article means, with the notices that PubMed lists for it."""
    read_entry = exchange.reading(read_all_xml(record.payload))
    root, _ = xml.root(record.payload)
    own = next(
        (claim.identifier for claim in read_entry.claims if claim.identifier.scheme is Scheme.PMID),
        record.identifier,
    )
    return replace(read_entry, relations=_notices(root, own)) if root is not None else read_entry


def _notices(root: Any, own: Identifier) -> tuple[Relation, ...]:
    kinds = [xml.plain(one) for one in root.iter("PublicationType")]
    entries = [
        (
            str(one.get("RefType") or ""),
            xml.plain(one.find("RefSource")),
            xml.plain(one.find("PMID")),
        )
        for one in root.iter("CommentsCorrections")
    ]
    return crossref.ties_of_pubmed(entries, kinds, own)


def _read_xml(element: Any) -> FileEntry | Broken:
    raw, line = xml.raw(element), element.sourceline or 1
    article = element.find("MedlineCitation/Article")
    book = element.find("BookDocument")
    if article is not None:
        item = _article(article, element)
    elif book is not None:
        item = _book(book, element)
    else:
        return Broken(reason="no article in this element", raw=raw, line=line)
    return FileEntry(item={k: v for k, v in item.items() if v}, raw=raw, line=line)


def _article(article: Any, whole: Any) -> Item:
    journal = article.find("Journal")
    issue = journal.find("JournalIssue") if journal is not None else None
    title, vernacular = (_title(article.find(f"{form}Title")) for form in ("Article", "Vernacular"))
    kinds = {xml.plain(kind) for kind in article.iterfind("PublicationTypeList/PublicationType")}
    return {
        "type": "article" if "Preprint" in kinds else "article-journal",
        "title": title or vernacular,
        "author": _names(article.find("AuthorList")),
        "container-title": _text(journal, "Title") or _text(journal, "ISOAbbreviation"),
        "container-title-short": _text(journal, "ISOAbbreviation"),
        "volume": _text(issue, "Volume"),
        "issue": _text(issue, "Issue"),
        "page": fields.whole_pages(_text(article, "Pagination/MedlinePgn"))
        or _article_number_xml(article),
        "issued": _date(issue.find("PubDate") if issue is not None else None),
        "ISSN": _text(journal, "ISSN"),
        "language": fields.language(_text(article, "Language")),
        "original-title": vernacular if title else "",
        "abstract": " ".join(_title(part) for part in article.iterfind("Abstract/AbstractText")),
        **_identifiers(
            article, whole, "MedlineCitation/PMID", "PubmedData/ArticleIdList/ArticleId"
        ),
    }


def _book(book: Any, whole: Any) -> Item:
    chapter, title = _title(book.find("ArticleTitle")), _title(book.find("Book/BookTitle"))
    editors = [n for n in book.iterfind("Book/AuthorList") if n.get("Type") == "editors"]
    authors = book.find("AuthorList")
    if authors is None:
        authors = next((n for n in book.iterfind("Book/AuthorList") if n not in editors), None)
    return {
        "type": "chapter" if chapter else "book",
        "title": chapter or title,
        "container-title": title if chapter else "",
        "author": _names(authors),
        "editor": _names(editors[0]) if editors else [],
        "publisher": _text(book, "Book/Publisher/PublisherName"),
        "publisher-place": _text(book, "Book/Publisher/PublisherLocation"),
        "issued": _date(book.find("Book/PubDate")),
        "edition": _text(book, "Book/Edition"),
        "volume": _text(book, "Book/Volume"),
        "page": fields.whole_pages(_text(book, "Pagination/MedlinePgn")),
        "ISBN": _text(book, "Book/Isbn"),
        "language": fields.language(_text(book, "Language")),
        "abstract": " ".join(_title(part) for part in book.iterfind("Abstract/AbstractText")),
        **_identifiers(book, whole, "BookDocument/PMID", "PubmedBookData/ArticleIdList/ArticleId"),
    }


def _identifiers(article: Any, whole: Any, pmid: str, ids: str) -> dict[str, str]:
    by_kind = {i.get("IdType"): xml.plain(i) for i in reversed(list(whole.iterfind(ids)))}
    located = (e for e in article.iterfind("ELocationID") if e.get("EIdType") == "doi")
    doi = next((xml.plain(e) for e in located if e.get("ValidYN") != "N"), "")
    return {
        "DOI": doi or by_kind.get("doi", ""),
        "PMID": xml.plain(whole.find(pmid)),
        "PMCID": by_kind.get("pmc", ""),
    }


def _article_number_xml(article: Any) -> str:
    """The publisher's item identifier, where it is a number that stands for pages."""
    ids = (xml.plain(e) for e in article.iterfind("ELocationID") if e.get("EIdType") == "pii")
    return next((number for number in ids if _PII.fullmatch(number)), "")


def _text(element: Any | None, path: str) -> str:
    found = element.find(path) if element is not None else None
    return markup.clean(xml.rich(found).strip())


def _title(element: Any | None) -> str:
    return fields.medline_title(markup.clean(" ".join(xml.rich(element).split())))


def _names(authors: Any | None) -> list[people.Name]:
    names: list[people.Name | None] = []
    for author in authors if authors is not None else ():
        if author.get("ValidYN") == "N":
            continue  # A name as it was misprinted; the right one stands beside it.
        if collective := xml.plain(author.find("CollectiveName")):
            names.append(people.literal(collective))
            continue
        parts = (
            xml.plain(author.find(part)) for part in ("LastName", "ForeName", "Initials", "Suffix")
        )
        family, given, initials, suffix = parts
        names.append(people.named(family, given or initials, suffix))
    return [name for name in names if name]


def _date(element: Any | None) -> dates.Date | None:
    if element is None:
        return None
    if written := xml.plain(element.find("MedlineDate")):
        return dates.read(written)
    year, month, day = (xml.plain(element.find(part)) for part in ("Year", "Month", "Day"))
    return dates.of_parts(year, month or xml.plain(element.find("Season")), day)
