"""The formats of bibliography files: by name, by suffix, by what a text looks like."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from refpipe import identifiers
from refpipe.errors import UnreadableText
from refpipe.lifetimes import lazy
from refpipe.model import Certainty, Claim, Identifier, Item, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """A format; ``source`` is the row of ``items.READERS`` that reads one stored entry again."""

    module: str
    source: str
    suffixes: tuple[str, ...]
    signs: re.Pattern[str]
    """What a text in this format has near its beginning."""
    is_written: bool = False
    read_all: str = "read_all"
    """The function of the module that reads a whole text."""


def _signs(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE | re.IGNORECASE)


FORMATS: dict[str, FileFormat] = {
    "csl-json": FileFormat(
        module="refpipe.items.exchange.csl_json", source="csl-json", suffixes=(".json", ".jsonl"),
        signs=_signs(r"\A\s*[\[{]"), is_written=True,
    ),
    "bibtex": FileFormat(
        module="refpipe.items.bibtex", source="bibtex", suffixes=(".bib", ".bibtex"),
        signs=_signs(r"^\s*@\s*\w+\s*[{(]"), is_written=True,
    ),
    "ris": FileFormat(
        module="refpipe.items.exchange.ris", source="ris", suffixes=(".ris",),
        signs=_signs(r"^TY {1,2}-"), is_written=True,
    ),
    "nbib": FileFormat(
        module="refpipe.items.exchange.pubmed", source="nbib", suffixes=(".nbib", ".medline"),
        signs=_signs(r"^(?:PMID|OWN ) ?-"),
    ),
    "pubmed-xml": FileFormat(
        module="refpipe.items.exchange.pubmed", source="pubmed-xml", suffixes=(),
        read_all="read_all_xml", signs=_signs(r"<Pubmed(?:Book)?Article"),
    ),
    "endnote-xml": FileFormat(
        module="refpipe.items.exchange.endnote", source="endnote-xml", suffixes=(".xml",),
        read_all="read_all_xml", signs=_signs(r"<records>|<ref-type"),
    ),
    "enw": FileFormat(
        module="refpipe.items.exchange.endnote", source="enw", suffixes=(".enw", ".refer"),
        signs=_signs(r"^%[0ATDJ] "),
    ),
}  # fmt: skip


def guess(name: str, text: str) -> str | None:
    """The format of a file: what its text shows, else what its name says."""
    head = text[:20_000]
    shown = [form for form, row in FORMATS.items() if row.signs.search(head)]
    named = [form for form, row in FORMATS.items() if name.lower().endswith(row.suffixes or "\0")]
    return next((form for form in named if form in shown), None) or next(iter(shown + named), None)


def read_all(form: str, text: str) -> tuple[FileEntry | Broken, ...]:
    """Every entry of a text in the format, in order, those that cannot be read among them."""
    found: tuple[FileEntry | Broken, ...] = getattr(_module(form), FORMATS[form].read_all)(text)
    return found


def form_of(name: str, text: str) -> str | None:
    """The format of which a text holds an entry that says something; None where it holds none.

    A printed reference may begin like an entry: the account that wrote a page, and its day.

    >>> form_of("-", "@taro(2020年5月1日) 「腰痛の題名」 https://example.org/") is None
    True
    """
    form = guess(name, text)
    read = read_all(form, text) if form is not None else ()
    told = (one.item.keys() - {"id", "type"} for one in read if isinstance(one, FileEntry))
    return form if any(told) else None


def write(form: str, items: Iterable[Item]) -> str:
    """The items as a text in the format."""
    return str(_module(form).write(items))


def _module(form: str):  # type: ignore[no-untyped-def]
    return importlib.import_module(FORMATS[form].module)


# ── What a reader of bibliography files gives: entries, and entries it could not read ───────────
# One broken entry costs one entry, and it says where it stands.


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """One entry of a file as an item."""

    item: Item
    raw: str
    """Its text, whole enough to be read again alone: what it inherits from stands behind it."""
    line: int
    """Counted from 1."""
    notes: tuple[str, ...] = ()
    """What was repaired or could not be placed, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """An entry that cannot be read."""

    reason: str
    raw: str
    line: int


OWN = "csl:"
_RISKY = lazy(
    r"(?<= ) +|[<\x7f-\xa0\u1680\u2000-\u200f\u2013\u2014"
    r"\u2028-\u202f\u205f\u3000\ufeff\ud800-\udfff]"
)


def own_note(variable: str, value: object) -> str:
    """The note that keeps a variable."""
    return f"{OWN}{variable}: {one_line(value)}"


def one_line(value: object) -> str:
    """JSON in which nothing looks like markup, a dash, or space that may be folded."""
    text = json.dumps(value, ensure_ascii=False)
    return _RISKY.sub(lambda found: "".join(f"\\u{ord(c):04x}" for c in found[0]), text)


def own_variables(notes: Iterable[str]) -> dict[str, Any]:
    """The variables that notes of our own keep."""
    found: dict[str, Any] = {}
    for note in notes:
        variable, separator, value = note.removeprefix(OWN).partition(": ")
        if note.startswith(OWN) and separator:
            try:
                found[variable] = json.loads(value)
            except (ValueError, RecursionError):
                continue
    return found


Lines = list[tuple[str, str]]
"""The fields of an entry as they are written: name and value."""


def without_surplus(item: Item, lines: Lines, read: Callable[[Lines], Item]) -> Lines:
    """The fields without those from which a reader would take what the item does not say."""
    found = read(lines)
    for variable in sorted(found.keys() - item.keys() - {"id"}):
        while variable in found:
            shorter = ([*lines[:at], *lines[at + 1 :]] for at in range(len(lines)))
            fewer = next((f for f in shorter if read(f).get(variable) != found[variable]), None)
            if fewer is None:
                break
            lines, found = fewer, read(fewer)
    return lines


def reading(entries: tuple[FileEntry | Broken, ...]) -> Reading:
    """The first entry as a reading; empty where none can be read.

    The key that the entry had in its file is no part of the work.
    """
    for entry in entries:
        if isinstance(entry, FileEntry):
            item = {name: value for name, value in entry.item.items() if name != "id"}
            return Reading(item=item, claims=claims(item))
    return Reading(item={})


def claims(item: Item) -> tuple[Claim, ...]:
    """The identifiers that an item names, and one that its address hides."""
    named = (
        identifiers.doi(str(item.get("DOI", ""))),
        identifiers.pmid(str(item.get("PMID", ""))),
        identifiers.pmcid(str(item.get("PMCID", ""))),
        identifiers.isbn(str(item.get("ISBN", ""))) if item.get("type") == "book" else None,
        _arxiv(item),
    )
    found = [Claim(identifier=name, certainty=Certainty.LITERAL) for name in named if name]
    hidden = identifiers.from_url(str(item["URL"])) if item.get("URL") else None
    if hidden and not any(claim.identifier.scheme is hidden.identifier.scheme for claim in found):
        found.append(hidden)
    return tuple(found)


def _arxiv(item: Item) -> Identifier | None:
    is_arxiv = str(item.get("archive", "")).lower() == "arxiv"
    return identifiers.arxiv(str(item.get("archive_location", ""))) if is_arxiv else None


# ── The bytes of a bibliography file, and the entries in it ─────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class BibliographyFile:
    """One file's entries."""

    name: str
    form: str
    entries: tuple[FileEntry, ...] = ()
    broken: tuple[Broken, ...] = ()
    notes: tuple[str, ...] = ()
    """What is to be said of it: its encoding, broken entries, what was repaired."""


def read_bibliography(
    raw: bytes, name: str, form: str | None = None, *, may_be_empty: bool = False
) -> BibliographyFile:
    """The entries of a file with these bytes, in the format ``form`` or the one it shows.

    Raises UnreadableText where no format fits it or, unless it ``may_be_empty``, nothing is in it.
    """
    text, *notes = decoded(raw, name)
    if may_be_empty and not text.strip():
        return BibliographyFile(name=name, form=form or "csl-json", notes=tuple(notes))
    form = form or guess(name, text)
    if form is None:
        hint = f"Name it: --from {'|'.join(FORMATS)}"
        raise UnreadableText(f"{name}: the format cannot be recognised", hint=hint)
    found = read_all(form, text)
    entries = tuple(one for one in found if isinstance(one, FileEntry))
    broken = tuple(one for one in found if isinstance(one, Broken))
    notes += [f"{name}:{one.line}: {one.reason}" for one in broken]
    notes += [f"{name}:{one.line}: {note}" for one in entries for note in one.notes]
    if not found and not may_be_empty:
        raise UnreadableText(f"{name}: no entry found", hint=f"It was read as {form}.")
    return BibliographyFile(
        name=name, form=form, entries=entries, broken=broken, notes=tuple(notes)
    )


def decoded(raw: bytes, name: str) -> tuple[str, ...]:
    """The text of the bytes, and behind it what is to be said of its encoding, if anything."""
    for encoding in _encodings(raw):
        try:
            return (_with_line_ends(raw.decode(encoding)),)
        except UnicodeDecodeError:
            continue
    if b"\0" in raw:
        raise UnreadableText(
            f"{name}: no text in UTF-8, UTF-16 or an older encoding: it holds zero bytes",
            hint="Save it as UTF-8; nothing was read.",
        )
    encoding, shown = _other_encoding(raw)
    note = f"{name}: not UTF-8; read as {shown}, look at the letters beyond ASCII"
    return _with_line_ends(raw.decode(encoding, "replace")), note


_JAPANESE = lazy(r"[\u3040-\u30ff\u4e00-\u9fff]")
_KANA = lazy(r"[\u3041-\u3093\u30a1-\u30f6]")
_LETTERS = lazy(r"[^\W_]+")


def _other_encoding(raw: bytes) -> tuple[str, str]:
    """The encoding of bytes that are not UTF-8 throughout, and its name for people.

    UTF-8 with a few bytes broken stays UTF-8: hardly anything else decodes as that.  Japanese is
    what gives Japanese words with kana: of Western letters it would make single characters
    between Latin ones, and of Chinese or Korean text other kanji, which nobody would notice.
    """
    utf8 = raw.decode("utf-8", "replace")
    whole = sum(ord(sign) > 127 for sign in utf8.replace("\ufffd", ""))
    if whole > utf8.count("\ufffd"):
        return "utf-8", "UTF-8 with broken bytes"
    for encoding, shown in (("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP")):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        words = [word for word in _LETTERS.findall(text) if not word.isascii()]
        japanese = [word for word in words if len(_JAPANESE.findall(word)) * 2 > len(word) > 1]
        if _KANA.search(text) and len(japanese) * 2 > len(words):
            return encoding, shown
    return "cp1252", "Windows-1252"


def _encodings(raw: bytes) -> tuple[str, ...]:
    """What the bytes may be, by their mark or, for UTF-16 without one, by where the zeros are."""
    if b"\x1b$" in raw:
        return ("iso2022_jp", "utf-8-sig")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-8-sig", "utf-16")
    if b"\0" not in raw:
        return ("utf-8-sig",)
    # Text of any bibliography format is mostly ASCII, one half of which is then zeros.
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    least = len(raw) // 8
    if odd > max(least, 4 * even):
        return ("utf-16-le",)
    return ("utf-16-be",) if even > max(least, 4 * odd) else ()


def _with_line_ends(text: str) -> str:
    """The text with line ends that every reader knows; old programs end lines with CR alone."""
    return text.replace("\r", "\n") if "\r" in text and "\n" not in text else text
