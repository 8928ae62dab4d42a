"""The formats of bibliography files, by name and by what a file looks like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from refpipe.items import bibtex, csl_json, endnote_xml, nbib, pubmed_xml, refer, ris
from refpipe.items.exchange.entries import Broken, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    read_all: Callable[[str], tuple[Entry | Broken, ...]]


FORMATS = {
    "bibtex": FileFormat(read_all=bibtex.read_all),
    "ris": FileFormat(read_all=ris.read_all),
    "nbib": FileFormat(read_all=nbib.read_all),
    "enw": FileFormat(read_all=refer.read_all),
    "endnote-xml": FileFormat(read_all=endnote_xml.read_all),
    "pubmed-xml": FileFormat(read_all=pubmed_xml.read_all),
    "csl-json": FileFormat(read_all=csl_json.read_all),
}
