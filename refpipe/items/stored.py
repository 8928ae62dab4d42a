"""The form in which an answer is stored: canonical JSON without what changes by itself."""

from __future__ import annotations

import json
from typing import Any

_CROSSREF = frozenset(
    {
        # These change although nothing is said anew about the work.
        "indexed", "score", "is-referenced-by-count", "deposited", "reference-count",
        "references-count", "URL", "content-domain", "update-policy", "subject", "license", "link",
        # These are long and no part of a reference.
        "reference", "abstract", "assertion", "funder",
    }
)  # fmt: skip
_JALC = frozenset({"citation_list", "keyword_list", "updated_date", "date"})
_PUBMED = frozenset({"history", "pmcrefcount", "viewcount", "doccontriblist", "docdate"})
_CINII = frozenset(
    {"@context", "description", "dc:subject", "relatedProduct", "dataSourceIdentifier"}
)
_OPEN_LIBRARY = frozenset(
    {
        "cover", "covers", "ebooks", "links", "subjects", "subject_places", "subject_people",
        "subject_times", "excerpts", "table_of_contents", "classifications", "revision",
        "latest_revision", "last_modified", "created", "description", "first_sentence", "notes",
    }
)  # fmt: skip

_DROPPED = {
    "crossref": _CROSSREF,
    "csl": _CROSSREF - {"URL"} | {"categories", "copyright"},
    "jalc": _JALC,
    "pubmed": _PUBMED,
    "cinii": _CINII,
    "openlibrary": _OPEN_LIBRARY,
}
"""Source → the keys of an answer that are not stored."""


def canonical(source: str, message: object) -> str:
    """The payload of a record: JSON with sorted keys, without volatile and bulky ones.

    The same answer given twice is the same text, so that it is one record.  JaLC's envelope is
    taken off.  Halves of surrogate pairs become U+FFFD, which every database can hold.
    """
    if isinstance(message, str):
        # Catalogues answer in XML, which is canonical already.
        return message.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    kept = _unwrapped(source, message)
    if isinstance(kept, dict):
        dropped = _DROPPED.get(source, frozenset())
        kept = {key: value for key, value in kept.items() if key not in dropped}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unwrapped(source: str, message: object) -> Any:
    if source == "jalc" and isinstance(message, dict) and isinstance(message.get("data"), dict):
        return message["data"]
    return message
