"""PubMed's XML (https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html) as items."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from refpipe import markup
from refpipe.items import crossref, exchange
from refpipe.items.exchange import Broken, FileEntry, dates, fields, xml
from refpipe.items.exchange import fields as people
from refpipe.model import Identifier, Item, Reading, Record, Relation, Scheme

_NUMBER = re.compile(r"[A-Za-z]{0,4}\d{1,8}|[A-Z]{4}")


def read_all(text: str) -> tuple[FileEntry | Broken, ...]:
    """Every article and book of a PubMed XML text; what cannot be read says where and why."""
    root, broken = xml.root(text)
    if root is None:
        return broken
    found = tuple(_read(element) for element in root.iter("PubmedArticle", "PubmedBookArticle"))
    return (*found, *broken)


def read(record: Record) -> Reading:
    """What a stored article means, with the notices that PubMed lists for it."""
    read_entry = exchange.reading(read_all(record.payload))
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


def _read(element: Any) -> FileEntry | Broken:
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
        or _article_number(article),
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


def _article_number(article: Any) -> str:
    """The publisher's item identifier, where it is a number that stands for pages."""
    ids = (xml.plain(e) for e in article.iterfind("ELocationID") if e.get("EIdType") == "pii")
    return next((number for number in ids if _NUMBER.fullmatch(number)), "")


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
