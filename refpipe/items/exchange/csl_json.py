"""CSL-JSON files ⇄ items, and tables of references, a JSON object a line."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from refpipe import identifiers, markup
from refpipe.items import exchange
from refpipe.items.csl import NAMES
from refpipe.items.exchange import Broken, FileEntry, dates
from refpipe.items.exchange import fields as people
from refpipe.model import Certainty, Claim, Identifier, Item, Reading, Record, Scheme
from refpipe.normalise.text import JAPANESE

# ── CSL-JSON files ⇄ items ──────────────────────────────────────────────────────────────────────


_DATES = frozenset(
    {
        "issued",
        "accessed",
        "event-date",
        "original-date",
        "submitted",
        "available-date",
        "container",
    }
)
_NUMBERS = frozenset({"volume", "issue", "page", "edition", "number", "number-of-pages", "version",
    "number-of-volumes", "chapter-number", "collection-number", "PMID", "PMCID", "citation-number",
    "part-number", "printing-number", "supplement-number"})  # fmt: skip
_RICH = frozenset({"title", "title-short", "container-title", "container-title-short",
    "collection-title", "original-title", "reviewed-title", "event-title",
    "publisher"})  # fmt: skip


def read_all(text: str) -> tuple[FileEntry | Broken, ...]:
    """Every item of a CSL-JSON text (an array, one object, or an object a line)."""
    text = text.lstrip("\ufeff")
    try:
        found = json.loads(text)
    except RecursionError:
        return (Broken(reason="JSON nested too deeply to be items", raw=text[:200], line=1),)
    except ValueError as error:
        return _lines(text, error)
    items = found.get("items", [found]) if isinstance(found, dict) else found
    if not isinstance(items, list):
        return (Broken(reason="CSL-JSON is a list of items", raw=text[:200], line=1),)
    lines = _places(text, len(items))
    return tuple(_read(item, lines[index]) for index, item in enumerate(items))


def read(record: Record) -> Reading:
    """What a stored item means."""
    return exchange.reading(read_all(record.payload))


def _places(text: str, count: int) -> list[int]:
    """The line where each element of the outermost list begins."""
    decoder = json.JSONDecoder()
    places: list[int] = []
    start = text.find("[") + 1 if text.lstrip()[:1] == "[" else 0
    while len(places) < count:
        while start < len(text) and text[start] in " \t\r\n,":
            start += 1
        places.append(text.count("\n", 0, start) + 1)
        try:
            start = decoder.raw_decode(text, start)[1]
        except ValueError:
            places += [places[-1]] * (count - len(places))
    return places


def _lines(text: str, error: ValueError) -> tuple[FileEntry | Broken, ...]:
    """An object a line; where that is not so either, what is wrong with the whole."""
    entries: list[FileEntry | Broken] = []
    # ``splitlines`` would cut within a text, at a line separator (U+2028), which JSON allows there.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            entries.append(_read(json.loads(line), number))
        except (ValueError, RecursionError) as reason:
            entries.append(Broken(reason=f"not JSON: {reason}", raw=line, line=number))
    if any(isinstance(entry, FileEntry) for entry in entries):
        return tuple(entries)
    at = error.lineno if isinstance(error, json.JSONDecodeError) else 1
    return (Broken(reason=f"not JSON: {error}", raw=text[:200], line=at),)


def _read(found: Any, line: int) -> FileEntry | Broken:
    raw = json.dumps(found, ensure_ascii=False, sort_keys=True)
    if not isinstance(found, dict):
        return Broken(reason="an item is a JSON object", raw=raw, line=line)
    item: Item = {}
    for variable, value in found.items():
        kept = _value(variable, _pruned(value))
        if kept not in (None, "", [], {}):
            item[variable] = kept
    item.setdefault("type", "document")
    return FileEntry(item=item, raw=raw, line=line, notes=tuple(_remarks(found)))


def _remarks(found: Mapping[str, Any]) -> Iterator[str]:
    for value in map(found.get, sorted(_DATES)):
        if isinstance(value, str):
            yield from dates.remarks(value)
        elif isinstance(value, dict) and isinstance(said := value.get("date-parts"), list):
            kept = (dates.of_csl(value) or {}).get("date-parts", [])
            yield from dates.remarks_on(one for one in said if one not in kept)


def _pruned(value: Any) -> Any:
    """The value without what stands in it as null, which says nothing."""
    if isinstance(value, dict):
        return {key: kept for key, one in value.items() if (kept := _pruned(one)) is not None}
    if isinstance(value, list):
        return [kept for one in value if (kept := _pruned(one)) is not None]
    return value


def _names(value: Any) -> list[dict[str, Any]]:
    """Names in the parts that CSL knows; a bare text is a name as it is written."""
    found: list[dict[str, Any]] = []
    if isinstance(value, str):
        value = value.split(";")
    for person in value if isinstance(value, list) else [value]:
        if isinstance(person, str) and (name := people.name(person)):
            found.append(dict(name))
        elif isinstance(person, dict):
            parts = {part: said if isinstance(said, bool) else str(said).strip()
                     for part, said in person.items() if isinstance(said, str | int)}  # fmt: skip
            # Crossref calls a body by its ``name``, also where it is asked for CSL-JSON.
            if "name" in parts and not parts.keys() & {"family", "given", "literal"}:
                parts["literal"] = parts.pop("name")
            if parts := {part: said for part, said in parts.items() if said != ""}:
                found.append(parts)
    return found


def _value(variable: str, value: Any) -> Any:
    if variable in NAMES:
        return _names(value)
    if variable in _DATES:
        return dates.of_csl(value)
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        # CSL has one text here; Crossref has lists of titles and numbers.
        value = ", ".join(map(str, value)) if variable == "keyword" else _first(value)
    if isinstance(value, bool):
        return None
    if variable in _RICH and isinstance(value, str):
        return markup.clean(value)
    if (variable in _NUMBERS or variable == "id") and isinstance(value, int | float):
        return str(int(value) if value == int(value) else value)
    return value


def _first(values: list[Any]) -> Any:
    return values[0] if values else None


def write(items: Iterable[Item]) -> str:
    """A CSL-JSON array, each item with an id, as CSL demands."""
    numbered = [{"id": f"item-{number}", **item} for number, item in enumerate(items, 1)]
    return json.dumps(numbered, ensure_ascii=False, indent=2) + "\n"


# ── Rows of a table of references (one JSON object a line) as items ─────────────────────────────
# The fields are those that tools for systematic reviews exchange: ``id``, ``author`` (names
# parted by semicolons or ``、``, or whole ones by commas), ``year``, ``title``, ``container``,
# ``volume``, ``issue``, ``pages``, ``doi``, ``isbn`` (or ``issn``), ``url``, ``type``, ``lang``.


_FIELDS = {
    "title": "title", "container": "container-title", "journal": "container-title",
    "booktitle": "container-title", "volume": "volume", "issue": "issue", "number": "issue",
    "pages": "page", "url": "URL", "doi": "DOI", "publisher": "publisher", "lang": "language",
    "edition": "edition",
}  # fmt: skip
"""Field of a row → variable of CSL; the first that has a value counts."""

_TYPES = {
    "journal article": "article-journal", "article": "article-journal", "misc": "document",
    "generic": "document", "book": "book", "book section": "chapter", "inproceedings":
    "paper-conference", "conference": "paper-conference", "thesis": "thesis",
}  # fmt: skip
_PUBMED = re.compile(
    r"(?:pubmed(?:\.ncbi\.nlm\.nih\.gov)?/|ncbi\.nlm\.nih\.gov/pubmed/\??|id=pmid:|info:pmid/)(\d{4,9})\b"
)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_ISSN = re.compile(r"(?<!\d)\d{4}-?\d{3}[\dXx](?!\d)")
_INITIALS = re.compile(r"^(?:[A-ZÀ-Þ]\.?[-‐]?){1,4}$")
_GLUED = re.compile(r"[a-zß-ÿ]{3}['’]?[A-ZÀ-Þ]\.(?:[A-ZÀ-Þ]\.)?[A-ZÀ-Þ][a-zß-ÿ]")
"""``KozlovskiiV.L.Prakh'e``: two people whose separator was lost."""
_ET_AL = re.compile(
    r"\bet\.? al\.?$|\band others$|^others$|(?:^|(?<=\s))(?:他|ほか)(?:\s*\d+\s*名)?$",
    re.IGNORECASE,
)
_RANKS = frozenset(("JR", "SR", "II", "III", "IV", "MD", "PHD"))
"""What is written in capitals behind a name and is no initials."""
_ENDS_OF_LISTS = ("al", "al.", "ers", "他", "か", "名")
"""The last letters of what says so."""

_SUFFIX = re.compile(r"(?<=[A-Z])\.(?:Jr|Sr|I{2,3})\.?$")
"""``Carlezon W.A.Jr``: what stands behind a name and is no part of it."""
_EASTERN = re.compile(f"[{JAPANESE}]+(?: +[{JAPANESE}]+)+")
"""A Japanese or Chinese name, whose family comes first."""
_OF_EAST = re.compile(f"[{JAPANESE} ]{{2,}}")
_WHOLE_OF_EAST = re.compile(rf"(?=.*[\u4e00-\u9fff])[{JAPANESE}]{{4,}}")
"""A name without a blank that is too long for a family name or a given name alone."""
_SIGNS_OF_EAST = str.maketrans("；、，", ";;,")
_CUT_INITIAL = re.compile(r"[a-z]")
"""``Zhang W. h``: an initial that a database set in small letters."""


def read_row(row: Mapping[str, Any]) -> Reading:
    """The item that a row describes, and the identifiers written in it."""
    item: Item = {"type": _TYPES.get(str(row.get("type", "")).lower(), "document")}
    for field, variable in _FIELDS.items():
        value = row.get(field)
        if value not in (None, "") and variable not in item:
            item[variable] = str(value)
    people, goes_on = authors(str(row.get("author") or ""))
    if people:
        item["author"] = people
    if goes_on:
        item["custom"] = {"author-et-al": True}
    if year := _YEAR.search(str(row.get("year") or "")):
        item["issued"] = {"date-parts": [[int(year[1])]]}
    if issns := _ISSN.findall(str(row.get("issn") or row.get("isbn") or "")):
        item["ISSN"] = " ".join(issns)
    return Reading(item=item, claims=address_claims(str(row.get("url") or "")))


def address_claims(url: str) -> tuple[Claim, ...]:
    """The identifiers in an address, or in several that were written into one field."""
    pubmed = tuple(
        Claim(identifier=Identifier(Scheme.PMID, number), certainty=Certainty.LITERAL)
        for number in dict.fromkeys(_PUBMED.findall(url))
    )
    if pubmed or not url or url.count("//") > 1:
        return pubmed
    claim = identifiers.from_url(url)
    return (claim,) if claim and claim.identifier.scheme is not Scheme.URL else ()


def authors(text: str) -> tuple[list[dict[str, str]], bool]:
    """The CSL names in a string of authors, and whether it says that the list goes on."""
    people, goes_on = [], False
    for part in _listed(html.unescape(text)):
        name = part.strip()
        if name[-3:].casefold().endswith(_ENDS_OF_LISTS) and _ET_AL.search(name):
            goes_on, name = True, _ET_AL.sub("", name).strip(" ,")
        if name.strip(" .,"):
            people.append(_person(name))
    return people, goes_on


def _listed(text: str) -> list[str]:
    """The names of a string; commas part them where each piece between two is a whole name.

    >>> _listed("Sato K, Mori Y, et al."), _listed("Sato, K."), _listed("Lehr, Robert P., Jr.")
    (['Sato K', 'Mori Y et al.'], ['Sato, K.'], ['Lehr, Robert P., Jr.'])
    """
    text = text.translate(_SIGNS_OF_EAST)
    if ";" in text or "," not in text:
        return text.split(";")
    *names, last = (" ".join(piece.split()) for piece in text.rstrip(" ,").split(","))
    ending = last if names and _ET_AL.fullmatch(last) else ""
    names += [] if ending else [last]
    is_list = all(map(_is_whole_name, names))
    if len(names) > 2:  # One name has a comma at most, where it is written without letters.
        is_list = is_list or all(map(_OF_EAST.fullmatch, names))
    if len(names) + bool(ending) < 2 or not is_list:
        return [text]
    return [*names[:-1], f"{names[-1]} {ending}".rstrip()]


def _is_whole_name(piece: str) -> bool:
    """True for ``Sato K.``, ``佐藤 花子``, ``佐藤花子``: no family name or given name alone."""
    name = _ET_AL.sub("", piece).strip()
    words = name.split()
    if _EASTERN.fullmatch(name) or _WHOLE_OF_EAST.fullmatch(name):
        return True
    if len(words) < 2:
        return False
    is_named = any(any(map(str.islower, word)) for word in words[:-1]) or len(words[0]) > 3
    return is_named and bool(_INITIALS.match(words[-1])) and words[-1].strip(".") not in _RANKS


def _person(name: str) -> dict[str, str]:
    sign = "," if "," in name else " " if _EASTERN.fullmatch(name) else ""
    if sign and sign in name:
        family, _, given = name.partition(sign)
        return _parts(family.strip(), given.strip())
    if "." in name and _GLUED.search(name):
        return {"literal": name}
    if ".Jr" in name or ".Sr" in name or ".II" in name:
        name = _SUFFIX.sub(".", name)
    words = name.split()
    if len(words) == 1:
        return {"literal": name} if "." in name.strip(".") else {"family": name}
    initials = 0
    if len(words) > 2 and _CUT_INITIAL.fullmatch(words[-1]) and _INITIALS.match(words[-2]):
        initials = 1
    while initials < len(words) - 1 and _INITIALS.match(words[-1 - initials]):
        initials += 1
    if initials:
        cut = len(words) - initials
        return _parts(" ".join(words[:cut]), " ".join(words[cut:]))
    if any("." in w.strip(".") for w in words):
        return {"literal": name}
    return _parts(words[-1], " ".join(words[:-1]))


def _parts(family: str, given: str) -> dict[str, str]:
    return {"family": family, "given": given} if given else {"family": family}
