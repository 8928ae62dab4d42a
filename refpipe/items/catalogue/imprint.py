"""When a book came out, how long it is, and what series it stands in, as catalogues write it."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from refpipe import dates

_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_DAY = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)[.\-/年](\d{1,2})(?!\d)(?:[.\-/月](\d{1,2})(?!\d))?")
_RANGE = re.compile(r"\d{4}[.\d]*\s*[-~～]\s*(?:\d{4}|$)")
_ERA_MONTH = re.compile(r"\d\.(\d{1,2})\b")
_PAGES = re.compile(r"(?<![\d.])(\d{1,5})\s?p(?:\.|\b)", re.IGNORECASE)
_SEVERAL = re.compile(r"\d\s*[冊巻枚]|\bv\.")


def issued(written: str, known: str = "") -> dict[str, Any] | None:
    """CSL's date of what is printed; ``known`` is a plain year that a field beside it gives.

    ``c2007`` and ``[2007]`` are 2007; a year of a Japanese era counts only as far as ``known``
    bears it out; of a range of years, in which several volumes came out, the first.
    """
    text = unicodedata.normalize("NFKC", written)
    sure = _YEAR.search(unicodedata.normalize("NFKC", known))
    year = _YEAR.search(text)
    if year is None:
        if sure is None:
            return None
        month = _ERA_MONTH.search(text)
        return _date([sure[1], month[1] if month else None])
    day = _DAY.search(text)
    if day is None or _RANGE.search(text):
        return _date([year[1]])
    return _date([part for part in day.groups() if part]) or _date([year[1]])


def _date(parts: list[Any]) -> dict[str, Any] | None:
    found = dates.from_parts([[part for part in parts if part]])
    return {"date-parts": dates.to_parts(found)} if found else None


def pages(extent: str) -> str:
    """The number of pages, where the extent is that of one volume with one run of pages."""
    text = unicodedata.normalize("NFKC", extent)
    found = _PAGES.findall(text)
    is_one = len(found) == 1 and not _SEVERAL.search(text) and not re.search(r"\d,\s*\d", text)
    return found[0] if is_one else ""


def series(written: str) -> dict[str, str]:
    """Title and number of the series: ``講談社現代新書 ; 2117``."""
    title, _, number = written.rpartition(" ; ")
    if not title:
        return {"collection-title": written.strip()} if written.strip() else {}
    return {"collection-title": title.strip(), "collection-number": number.strip()}
