"""Where a work appeared: journal and abbreviation, book and series."""

from __future__ import annotations

import re
from typing import Any

from refpipe.items import values

_SERIES = re.compile(
    r"^(?:Lecture Notes|Communications in Computer|Advances in (?:Intelligent|Experimental)"
    r"|Advances in Social|IFIP "
    r"|Studies in |Methods in |Springer |Progress in |Topics in |SpringerBriefs|Smart Innovation"
    r"|Contemporary Mathematics|ACM International Conference Proceeding|AIP Conference Proceedings"
    r"|IOP Conference Series|Undergraduate|Graduate Texts|Current Topics|Handbook of Experimental)"
    r"|\b(?:Series|Colloquia|Schriften|Symposium Series|Monographs)\b",
    re.IGNORECASE,
)
"""Series whose volumes have titles of their own."""


def described(message: dict[str, Any], kind: str) -> dict[str, str]:
    """``container-title``, ``container-title-short`` and ``collection-title`` as far as known."""
    titles = list(
        dict.fromkeys(
            filter(None, map(values.clean, values.listed(message.get("container-title"))))
        )
    )
    shorts = [values.clean(part) for part in values.listed(message.get("short-container-title"))]
    if not titles:
        return {"container-title": short} if (short := next(filter(None, shorts), "")) else {}
    if len(titles) > 1 and kind in {"chapter", "paper-conference", "document", "entry", "book"}:
        return _in_series(titles)
    full, *others = sorted(titles, key=_fullness, reverse=True)
    short = next((part for part in (*shorts, *others) if part and _is_short(part, full)), "")
    return {"container-title": full} | ({"container-title-short": short} if short else {})


def _in_series(titles: list[str]) -> dict[str, str]:
    """Book and series: the registry mixes them, newer records name the series first."""
    series = next((title for title in titles if _SERIES.search(title)), titles[0])
    book = next(title for title in titles if title != series)
    return {"container-title": book, "collection-title": series}


def _fullness(title: str) -> tuple[bool, int]:
    """A name of several words counts more than a code, then the longer one."""
    return (" " in title or not title.isascii(), len(title))


def _is_short(short: str, full: str) -> bool:
    """True for an abbreviation: the registry often repeats the full title, or its code."""
    return (
        short.casefold() != full.casefold()
        and len(short) < len(full)
        and not re.fullmatch(r"[a-z]{9,}", short)
    )
