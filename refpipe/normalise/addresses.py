"""Web addresses as they can be compared: what leads to the same page is folded together."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl|_hs\w+|"
    r"mkt_tok|cmpid|cmp|ref|ref_src|referrer|source|spm|from|share|via)$",
    re.IGNORECASE,
)
"""Parameters that tell a site where the reader came from and never which page is meant
(https://support.google.com/analytics/answer/10917952 and what other trackers add)."""
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)


def address(raw: str) -> str:
    """The address without scheme, ``www.``, closing slash, fragment and tracking; or nothing."""
    try:
        parts = urlsplit(raw.strip() if "//" in raw else f"//{raw.strip()}")
        host = (parts.hostname or "").removeprefix("www.")
        query = sorted(
            pair for pair in parse_qsl(parts.query, keep_blank_values=True)
            if not _TRACKING.match(pair[0])
        )  # fmt: skip
    except ValueError:
        return ""
    if "." not in host:
        return ""
    path = _INDEX.sub("", parts.path).rstrip("/")
    # A page that is drawn by a script may be named behind "#!" or "#/".
    page = f"#{parts.fragment}" if parts.fragment[:1] in {"!", "/"} else ""
    return host + path + ("?" + urlencode(query) if query else "") + page
