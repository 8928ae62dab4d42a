"""DOIs in fields where a database wrote more than a DOI."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"']+")
_TAIL = re.compile(r"(?:\[(?:doi|pii)\]|[.,;:]|/(?:full|abstract|pdf|epdf|html|meta|issuetoc))$")


def doi(raw: str) -> str:
    """The first DOI in a field, in small letters, or nothing: ``S0016… [pii];10.1016/… [doi]``."""
    text = html.unescape(raw) if "&" in raw else raw
    text = unquote(text) if "%" in text else text
    match = _DOI.search(text.lower())
    if match is None:
        return ""
    found = match[0].split("[", 1)[0] if match[0].endswith("]") else match[0]
    found = found.split(";10.", 1)[0]
    while (shorter := _TAIL.sub("", found)) != found:
        found = shorter
    return _balanced(found)


def _balanced(doi: str) -> str:
    """The DOI without a bracket that was closed around it and never opened in it."""
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1]
    return doi
