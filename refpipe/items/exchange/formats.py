"""The formats of bibliography files: by name, by suffix, by what a text looks like."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from refpipe.items.exchange.entries import Broken, Entry
from refpipe.model import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """A format; ``source`` is the row of ``items.READERS`` that reads one stored entry again."""

    module: str
    source: str
    suffixes: tuple[str, ...]
    signs: re.Pattern[str]
    """What a text in this format has near its beginning."""
    is_written: bool = False


def _signs(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE | re.IGNORECASE)


FORMATS: dict[str, FileFormat] = {
    "csl-json": FileFormat(
        module="refpipe.items.csl_json", source="csl-json", suffixes=(".json", ".jsonl"),
        signs=_signs(r"\A\s*[\[{]"), is_written=True,
    ),
    "bibtex": FileFormat(
        module="refpipe.items.bibtex", source="bibtex", suffixes=(".bib", ".bibtex"),
        signs=_signs(r"^\s*@\s*\w+\s*[{(]"), is_written=True,
    ),
    "ris": FileFormat(
        module="refpipe.items.ris", source="ris", suffixes=(".ris",),
        signs=_signs(r"^TY {1,2}-"), is_written=True,
    ),
    "nbib": FileFormat(
        module="refpipe.items.nbib", source="nbib", suffixes=(".nbib", ".medline"),
        signs=_signs(r"^(?:PMID|OWN ) ?-"),
    ),
    "pubmed-xml": FileFormat(
        module="refpipe.items.pubmed_xml", source="pubmed-xml", suffixes=(),
        signs=_signs(r"<Pubmed(?:Book)?Article"),
    ),
    "endnote-xml": FileFormat(
        module="refpipe.items.endnote_xml", source="endnote-xml", suffixes=(".xml",),
        signs=_signs(r"<records>|<ref-type"),
    ),
    "enw": FileFormat(
        module="refpipe.items.refer", source="enw", suffixes=(".enw", ".refer"),
        signs=_signs(r"^%[0ATDJ] "),
    ),
}  # fmt: skip


def guess(name: str, text: str) -> str | None:
    """The format of a file: what its text shows, else what its name says."""
    head = text[:20_000]
    shown = [form for form, row in FORMATS.items() if row.signs.search(head)]
    named = [form for form, row in FORMATS.items() if name.lower().endswith(row.suffixes or "\0")]
    return next((form for form in named if form in shown), None) or next(iter(shown + named), None)


def read_all(form: str, text: str) -> tuple[Entry | Broken, ...]:
    """Every entry of a text in the format, in order, those that cannot be read among them."""
    found: tuple[Entry | Broken, ...] = _module(form).read_all(text)
    return found


def write(form: str, items: Iterable[Item]) -> str:
    """The items as a text in the format."""
    return str(_module(form).write(items))


def _module(form: str):  # type: ignore[no-untyped-def]
    return importlib.import_module(FORMATS[form].module)
