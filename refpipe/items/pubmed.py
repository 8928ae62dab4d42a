"""PubMed's summaries (esummary, JSON) as items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from refpipe import dates, identifiers
from refpipe.items import crossref, damaged_titles, people, values
from refpipe.model import Certainty, Claim, Identifier, Item, PartialDate, Reading, Record, Repair

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        start=1,
    )
}
_DATE = re.compile(r"(\d{4})(?:\s+([A-Z][a-z]{2})[a-z]*(?:\s+(\d{1,2})(?!\d))?)?")
_LANGUAGES = {
    "eng": "en", "jpn": "ja", "ger": "de", "fre": "fr", "spa": "es", "ita": "it", "chi": "zh",
    "rus": "ru", "por": "pt", "kor": "ko", "pol": "pl", "dut": "nl", "tur": "tr", "cze": "cs",
    "hun": "hu", "dan": "da", "swe": "sv", "nor": "no", "fin": "fi", "per": "fa", "ara": "ar",
    "heb": "he", "gre": "el", "ukr": "uk",
}  # fmt: skip
"""MARC codes, which PubMed uses, → ISO 639-1
(https://www.nlm.nih.gov/bsd/language_table.html)."""


def read(record: Record) -> Reading:
    """The item of an article's summary, with every identifier that PubMed lists for it."""
    message = values.payload(record.payload)
    repairs: list[Repair] = []
    item: Item = {"type": _kind(message)}
    if title := damaged_titles.title(_unbracketed(message.get("title")), repairs=repairs):
        item["title"] = title
    for role, names in _people(message).items():
        item[role] = names
    item |= _journal(message)
    item |= {variable: value for variable, value in _numbers(message).items() if value}
    found = _identifiers(message, record.identifier)
    for variable, identifier in zip(("DOI", "PMID", "PMCID"), found, strict=False):
        if identifier:
            item[variable] = identifier.value
    claims = dict.fromkeys(filter(None, (record.identifier, *found)))
    return Reading(
        item=item,
        claims=tuple(Claim(identifier=one, certainty=Certainty.CONFIRMED) for one in claims),
        relations=crossref.ties_of_pubmed(
            _notices(message), values.texts(message.get("pubtype")), record.identifier
        ),
        repairs=tuple(dict.fromkeys(repairs)),
    )


def _notices(message: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Kind, source as printed and PMID of each notice, comment and erratum."""
    for entry in people.described(message.get("references")):
        kind, printed = values.text(entry.get("reftype")), values.text(entry.get("refsource"))
        yield kind, printed, values.text(entry.get("pmid"))


def _kind(message: dict[str, Any]) -> str:
    if values.text(message.get("booktitle")) or values.text(message.get("doctype")) == "book":
        return "chapter" if values.text(message.get("booktitle")) else "book"
    return (
        "article" if "Preprint" in set(values.texts(message.get("pubtype"))) else "article-journal"
    )


def _unbracketed(value: object) -> object:
    """A translated title without the brackets in which PubMed sets it."""
    found = values.raw(value)
    whole = re.fullmatch(r"\[([^\[\]]+)\]\.?", found.strip())
    return whole[1] if whole else found


def _people(message: dict[str, Any]) -> dict[str, list[people.Name]]:
    roles: dict[str, list[people.Name]] = {}
    for entry in people.described(message.get("authors")):
        name = values.bare(entry.get("name"))
        if not name:
            continue
        kind = values.text(entry.get("authtype"))
        role = "editor" if kind == "Editor" else "author"
        roles.setdefault(role, []).append(
            {"literal": name} if kind == "CollectiveName" else _name(name)
        )
    return roles


def _name(text: str) -> people.Name:
    """``Modic MT`` or ``Modic MT Jr`` as a name; the initials get their points."""
    match = re.fullmatch(
        r"(?P<family>.+?) (?P<given>[^\W\d_a-z]{1,4})(?: (?P<suffix>Jr|Sr|\d\w\w|[IV]+))?", text
    )
    if not match:
        return {"literal": text} if " " in text else {"family": text}
    name = {"family": match["family"], "given": " ".join(f"{letter}." for letter in match["given"])}
    return name | ({"suffix": match["suffix"]} if match["suffix"] else {})


def _journal(message: dict[str, Any]) -> Item:
    full = values.clean(message.get("fulljournalname")) or values.clean(message.get("booktitle"))
    short = values.clean(message.get("source"))
    item: Item = {"container-title": full or short} if full or short else {}
    if short and full and short != full:
        item["container-title-short"] = short
    issns = [values.text(message.get(field)) for field in ("issn", "essn")]
    if found := " ".join(dict.fromkeys(filter(None, issns))):
        item["ISSN"] = found
    return item


def _numbers(message: dict[str, Any]) -> Item:
    pages = crossref.pages(message.get("pages"))
    return {
        "volume": values.number(message.get("volume")),
        "issue": values.number(message.get("issue")),
        "page": _whole_range(pages),
        "issued": _issued(message),
        "publisher": values.clean(message.get("publishername")),
        "language": _LANGUAGES.get(values.first(message.get("lang")), ""),
    }


def _whole_range(pages: str) -> str:
    """``678-87`` as ``678-687``: PubMed leaves out what the last page shares with the first."""
    match = re.fullmatch(r"([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)", pages)
    if not match or match[3] not in {"", match[1]} or len(match[4]) >= len(match[2]):
        return pages
    last = match[2][: len(match[2]) - len(match[4])] + match[4]
    return f"{match[1]}{match[2]}-{match[1]}{last}" if int(last) > int(match[2]) else pages


def _issued(message: dict[str, Any]) -> dict[str, Any] | None:
    """The date of the issue, else the date online."""
    for field in ("pubdate", "epubdate", "sortpubdate"):
        match = _DATE.match(values.text(message.get(field)).replace("/", " "))
        if match:
            month = _MONTHS.get(match[2] or "", 0)
            found: PartialDate | None = dates.from_parts([[match[1], month, match[3]]])
            if found:
                return {"date-parts": dates.to_parts(found)}
    return None


def _identifiers(
    message: dict[str, Any], asked: Identifier
) -> tuple[Identifier | None, Identifier | None, Identifier | None]:
    """DOI, PMID and PMCID."""
    listed = {
        values.text(entry.get("idtype")): values.text(entry.get("value"))
        for entry in people.described(message.get("articleids"))
    }
    pmid = identifiers.pmid(values.text(message.get("uid")) or listed.get("pubmed", ""))
    pmc = listed.get("pmc", "") or listed.get("pmcid", "")
    if asked.scheme.value == "pmid":
        pmid = asked
    return identifiers.doi(listed.get("doi", "")), pmid, identifiers.pmcid(pmc.split(";")[0])
