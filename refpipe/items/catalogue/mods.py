"""Records of the Library of Congress in MODS as items
(https://www.loc.gov/standards/mods/userguide/).
"""

from __future__ import annotations

import re
from typing import Any

from refpipe import identifiers
from refpipe.items import damaged_titles, values
from refpipe.items.catalogue import title_page
from refpipe.items.exchange import fields, xml
from refpipe.model import Identifier, Item, Reading, Record, Repair
from refpipe.normalise.text import EAST_ASIAN

_NAMESPACES = {"m": "http://www.loc.gov/mods/v3"}
_BULKY = (
    "abstract",
    "tableOfContents",
    "subject",
    "classification",
    "recordInfo",
    "targetAudience",
    "location",
)

_KINDS = (
    ("notated music", "musical_score"), ("cartographic", "map"), ("sound recording", "song"),
    ("moving image", "motion_picture"), ("still image", "graphic"), ("software", "software"),
)  # fmt: skip
"""Beginning of ``typeOfResource`` → CSL's type."""

_ROLES = {
    "aut": "author", "author": "author", "cre": "author", "creator": "author", "edt": "editor",
    "editor": "editor", "com": "editor", "compiler": "editor", "trl": "translator",
    "translator": "translator", "ill": "illustrator", "illustrator": "illustrator",
    "nrt": "narrator", "narrator": "narrator", "cmp": "composer", "composer": "composer",
    "drt": "director", "director": "director", "prf": "performer", "performer": "performer",
}  # fmt: skip
"""Relator codes and terms of MARC (https://www.loc.gov/marc/relators/) → CSL's roles."""

_QUALIFIER = re.compile(r"\s*\((?:Firm|Company|Organization|[^()]*\d{4}[^()]*)\)")
"""What a catalogue adds to the name of a body to tell it from another."""
_SPEECHLESS = frozenset({"zxx", "und", "mul", "mis"})
"""Codes that name no language (https://www.loc.gov/standards/iso639-2/)."""
_CJK = re.compile(f"[{EAST_ASIAN}]")


def kept(record: Any) -> str:
    """The record as XML without what no reference prints."""
    for name in _BULKY:
        for element in record.findall(f"m:{name}", _NAMESPACES):
            record.remove(element)
    return xml.canonical(record)


def isbns(record: Any) -> list[Identifier]:
    """The ISBNs of the book."""
    listed = record.findall("m:identifier[@type='isbn']", _NAMESPACES)
    found = (
        identifiers.isbn(xml.plain(one).partition("(")[0].partition(" :")[0]) for one in listed
    )
    return list(dict.fromkeys(one for one in found if one is not None))


def read(record: Record) -> Reading:
    """The item of a stored ``mods`` element."""
    root, _ = xml.root(record.payload)
    if root is None:
        return Reading(item={})
    repairs: list[Repair] = []
    item: Item = {"type": _kind(root)} | _title(root, repairs)
    people = _people(root)
    if custom := {**item.get("custom", {}), **people.pop("custom", {})}:
        item["custom"] = custom
    item |= people
    item |= {name: value for name, value in _fields(root).items() if value}
    if date := _issued(root):
        item["issued"] = date
    return title_page.reading(record, item, isbns(root), repairs)


def _text(element: Any, path: str) -> str:
    return xml.plain(element.find(path, _NAMESPACES)) if element is not None else ""


def _kind(root: Any) -> str:
    kind = _text(root, "m:typeOfResource").lower()
    for beginning, found in _KINDS:
        if kind.startswith(beginning):
            return found
    issuance = _text(root, "m:originInfo/m:issuance").lower()
    genres = {xml.plain(one).lower() for one in root.findall("m:genre", _NAMESPACES)}
    if issuance in {"serial", "continuing"}:
        return "periodical"
    return "thesis" if genres & {"thesis", "theses", "academic theses"} else "book"


def _title(root: Any, repairs: list[Repair]) -> Item:
    """The title as it is printed; the same in Latin letters beside it is its twin."""
    plain = [one for one in root.findall("m:titleInfo", _NAMESPACES) if not one.get("type")]
    found = list(dict.fromkeys(text for one in plain if (text := _whole_title(one))))
    own = next((text for text in found if _CJK.search(text)), found[0] if found else "")
    item: Item = {}
    if title := damaged_titles.title(own, repairs=repairs):
        item["title"] = title
    twin = next((text for text in found if text != own), "")
    if twin and _CJK.search(own):
        item["custom"] = {"twin": {"title": values.clean(twin)}}
    return item


def _whole_title(info: Any) -> str:
    title = f"{_text(info, 'm:nonSort')} {_text(info, 'm:title')}".strip()
    subtitle = _text(info, "m:subTitle")
    part = " ".join(filter(None, (_text(info, "m:partNumber"), _text(info, "m:partName"))))
    whole = f"{title}: {subtitle}" if title and subtitle else title
    return f"{whole}. {part}" if part else whole


def _people(root: Any) -> Item:
    """People by the role that is coded, else by what the statement of responsibility says."""
    statement = _text(root, "m:note[@type='statement of responsibility']")
    found = title_page.People(has_more="et al" in statement)
    silent, bodies = [], []
    for name in root.findall("m:name", _NAMESPACES):
        if name.get("type") == "conference":
            continue
        one = _authority(name)
        role = _role(name)
        if role:
            found.add(role, one.name())
        elif name.get("usage") == "primary" and not re.match(r"\W*edit", statement, re.IGNORECASE):
            found.add("author", one.name())
        elif name.get("type") == "personal":
            silent.append(one)
        else:
            bodies.append(one)
    for role, names in title_page.english(statement, silent).roles.items():
        for person in names:
            found.add(role, person)
    # A body without a role is who speaks where no person does, and else had some part in it.
    for body in bodies:
        found.add("contributor" if found.roles else "author", body.name())
    return found.item()


def _authority(name: Any) -> title_page.Authority:
    parts = name.findall("m:namePart", _NAMESPACES)
    by_type = {one.get("type"): xml.plain(one) for one in reversed(parts)}
    if by_type.get("family"):
        return title_page.Authority(family=by_type["family"], given=by_type.get("given", ""))
    whole = [xml.plain(one) for one in parts if one.get("type") is None]
    if name.get("type") != "personal":
        bare = ". ".join(part.rstrip(" .") for part in whole)
        return title_page.Authority(family=_QUALIFIER.sub("", bare))
    return title_page.authority(" ".join(whole))


def _role(name: Any) -> str:
    terms = (
        xml.plain(one).lower().strip(" .") for one in name.findall("m:role/m:roleTerm", _NAMESPACES)
    )
    return next((_ROLES.get(term, "contributor") for term in terms if term), "")


def _fields(root: Any) -> Item:
    origin = root.find("m:originInfo", _NAMESPACES)
    series = root.find("m:relatedItem[@type='series']/m:titleInfo", _NAMESPACES)
    return {
        "edition": values.clean(_text(origin, "m:edition")),
        "publisher": values.clean(_text(origin, "m:publisher")),
        "publisher-place": values.clean(
            _text(origin, "m:place/m:placeTerm[@type='text']").strip("[] :")
        ),
        "number-of-pages": title_page.pages(_text(root, "m:physicalDescription/m:extent")),
        "language": _language(_text(root, "m:language/m:languageTerm[@type='code']")),
        **(title_page.series(_whole_title(series)) if series is not None else {}),
    }


def _language(code: str) -> str:
    return "" if code in _SPEECHLESS else fields.language(code)


def _issued(root: Any) -> dict[str, Any] | None:
    listed = root.findall("m:originInfo/m:dateIssued", _NAMESPACES)
    printed = next((xml.plain(one) for one in listed if not one.get("encoding")), "")
    coded = next((xml.plain(one) for one in listed if one.get("encoding")), "")
    copyright_ = _text(root, "m:originInfo/m:copyrightDate")
    return title_page.issued(printed or copyright_, coded)
