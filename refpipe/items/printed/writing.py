"""An item as a BibTeX entry, for whoever pastes a list to get one.

Entry types and fields are those of BibTeX's standard styles
(https://ctan.org/pkg/bibtex, btxdoc), and ``doi`` and ``url`` as all newer styles know them.
"""

from __future__ import annotations

import re
import unicodedata

from refpipe.items.printed.particles import joined
from refpipe.model import Item

_TYPES = {"article-journal": "article", "book": "book", "chapter": "incollection"}
_FIELDS = {
    "volume": "volume",
    "issue": "number",
    "publisher": "publisher",
    "publisher-place": "address",
    "edition": "edition",
    "DOI": "doi",
    "URL": "url",
    "ISBN": "isbn",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "language": "language",
}
_SPECIAL = re.compile(r"(?<!\\)([&%$#_])")


def bibtex(item: Item, key: str) -> str:
    """The entry, fields in a fixed order, braces balanced."""
    kind = _TYPES.get(item.get("type", ""), "misc")
    rows = list(_rows(item, kind).items())
    lines = [f"  {name} = {{{value}}}" for name, value in rows if value]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _rows(item: Item, kind: str) -> dict[str, str]:
    rows = {"author": _names(item, "author"), "editor": _names(item, "editor")}
    rows["title"] = f"{{{_text(item['title'])}}}" if item.get("title") else ""
    container = _text(str(item.get("container-title", "")))
    rows["booktitle" if kind == "incollection" else "journal"] = container
    parts = (item.get("issued") or {}).get("date-parts") or [[]]
    rows["year"] = str(parts[0][0]) if parts[0] else ""
    rows["month"] = str(parts[0][1]) if len(parts[0]) > 1 else ""
    rows["pages"] = _text(str(item.get("page", ""))).replace("-", "--")
    for variable, name in _FIELDS.items():
        value = str(item.get(variable, ""))
        rows[name] = _bare(value) if variable in ("DOI", "URL") else _text(value)
    return rows


def _names(item: Item, role: str) -> str:
    names = [_name(name) for name in item.get(role) or []]
    if role == "author" and (item.get("custom") or {}).get("author-et-al"):
        names.append("others")
    return " and ".join(names)


def _name(name: dict[str, str]) -> str:
    if "literal" in name:
        return f"{{{_text(name['literal'])}}}"
    parts = [joined(name), name.get("suffix", ""), name.get("given", "")]
    return ", ".join(_text(part) for part in parts if part)


def _text(value: str) -> str:
    return _SPECIAL.sub(r"\\\1", _bare(value))


def _bare(value: str) -> str:
    """The value without backslashes, and without braces that do not balance."""
    plain = value.replace("\\", "")
    return plain if plain.count("{") == plain.count("}") == 0 else re.sub(r"[{}]", "", plain)


def key(item: Item, taken: set[str]) -> str:
    """A citation key such as ``modic2005``, made different from those taken."""
    authors = item.get("author") or item.get("editor") or [{}]
    name = joined(authors[0]) or authors[0].get("literal") or item.get("title", "") or "ref"
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z]", "", folded)[:20] or "ref"
    parts = (item.get("issued") or {}).get("date-parts") or [[]]
    stem += str(parts[0][0]) if parts[0] else ""
    chosen, number = stem, 0
    while chosen in taken:
        number += 1
        chosen = f"{stem}-{number}"
    taken.add(chosen)
    return chosen
