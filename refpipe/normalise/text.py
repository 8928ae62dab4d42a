"""Text folded for comparing: markup, case, marks, dashes and widths no longer count."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from refpipe.lifetimes import lazy

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi",
    "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
"""Small Greek letters and the English names that databases write for them."""

LIGATURES = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
    "ŋ": "n", "ħ": "h",
}  # fmt: skip
"""Letters that Unicode does not take apart and that ASCII databases write with these."""

KANJI = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Kanji within a class of a pattern, with 々 and the rare ones of names: 﨑, 𠮷."""
JAPANESE = f"\u3040-\u30ff{KANJI}"
KANA = "\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9d"
HANGUL = "\u1100-\u11ff\u3131-\u318e\uac00-\ud7ff"
EAST_ASIAN = f"{JAPANESE}\uac00-\ud7af"
"""The letters of Japanese, Chinese and Korean names, likewise."""

_TAG = lazy(r"</?[a-zA-Z][^<>]{0,200}>")
_SPECIAL = str.maketrans(GREEK | LIGATURES)
_DROPPED = str.maketrans(dict.fromkeys("'’‘ʼ´`′ʹ\xad\u200b\u200c\u200d\ufeff"))
_ASCII_GAPS = str.maketrans(
    {chr(c): " " for c in range(128) if not chr(c).isalnum() and chr(c) not in "'`"}
    | {"'": None, "`": None}
)
_GAP = lazy(r"[\W_]+")


def unmarked(text: str) -> str:
    """The text without tags and with its entities written out."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub("", text)
    return text if text.isascii() else _TWICE_ENCODED.sub(_decoded, text)


_TWICE_ENCODED = lazy(
    "[\u00c2-\u00df\u00e2](?:[\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122\ufffd]){1,2}"
)
"""UTF-8 that was read as Windows' letters: ``Ã¶``, ``â€œ``."""


def _decoded(run: re.Match[str]) -> str:
    try:
        return run[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        # The last of three bytes is often lost; the sign was a quotation mark or a dash.
        return " " if run[0].startswith("\u00e2\u20ac") else run[0]


def fold(text: str) -> str:
    """The text in small letters and single spaces, without marks; kana and kanji are kept.

    Folding what is folded changes nothing.

    >>> fold('Ａ Naïve—Test')
    'a naive test'
    """
    text = unmarked(text)
    if not text.isascii():
        return _fold_unicode(text)
    return " ".join(text.lower().translate(_ASCII_GAPS).split())


def squeeze(text: str) -> str:
    """The folded text without its spaces, so that "alpha 1" and "alpha1" are one."""
    return fold(text).replace(" ", "")


def _fold_unicode(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.translate(_DROPPED)).casefold()
    text = text.translate(_SPECIAL)
    if not text.isascii():
        text = _without_marks(text)
    return " ".join(_GAP.sub(" ", text.translate(_DROPPED)).split())


def _without_marks(text: str) -> str:
    """The text without accents; the voicing marks of kana are letters and stay."""
    apart = unicodedata.normalize("NFD", text)
    kept = "".join(c for c in apart if not ("\u0300" <= c <= "\u036f"))
    return unicodedata.normalize("NFKC", kept.translate(_SPECIAL))


_DOI = lazy(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"']+")
_TAIL = lazy(r"(?:\[(?:doi|pii)\]|[.,;:]|/(?:full|abstract|pdf|epdf|html|meta|issuetoc))$")


def doi(raw: str) -> str:
    """The first DOI in a field, in small letters, or nothing: ``S0016… [pii];10.1016/… [doi]``.

    >>> doi('S0016-5085(08) [pii];10.1053/J.GASTRO.2008.01.001 [doi]')
    '10.1053/j.gastro.2008.01.001'
    """
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


# ── People's names as they can be compared ──────────────────────────────────────────────────────


PARTICLES = frozenset(
    [
        "a",
        "af",
        "al",
        "ap",
        "ben",
        "bin",
        "d",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "la",
        "las",
        "le",
        "li",
        "lo",
        "los",
        "mac",
        "mc",
        "of",
        "san",
        "st",
        "ten",
        "ter",
        "the",
        "van",
        "vande",
        "vanden",
        "vander",
        "vom",
        "von",
        "y",
        "zu",
        "zum",
        "zur",
    ]
)
_CAMEL = lazy(r"(?<=[a-zß-ÿ]{3})(?=[A-ZÀ-Þ])")
_IDEOGRAPHS = lazy(f"[{JAPANESE}]")
_JUNIOR = frozenset(("jr", "sr", "ii", "iii", "iv", "2nd", "3rd", "md", "phd"))


class Name(NamedTuple):
    """One person: the family squeezed, the initials, and every whole word of the name."""

    family: str
    initials: str
    words: tuple[str, ...]


def name(person: Mapping[str, Any]) -> Name:
    """The folded form of a CSL name."""
    if literal := person.get("literal"):
        return _from_literal(str(literal))
    particle = person.get("non-dropping-particle")
    family = str(person.get("family") or "")
    return _from_parts(
        f"{particle} {family}" if particle else family, str(person.get("given") or "")
    )


_LOST = lazy(r"(?<=\w)[?\ufffd]+(?=\w)")
"""What an export leaves of a letter that its encoding lacks: ``De?loch`` has no particle."""


@lru_cache(maxsize=32_768)
def _from_parts(family: str, given: str) -> Name:
    if "?" in family or "\ufffd" in family:
        family = _LOST.sub("", family)
    # Most families are one word of plain letters, which small letters are all of its folding.
    is_plain = family.isascii() and family.isalpha()
    folded = (family.lower(),) if is_plain else fold(family).split()
    parts = [w for w in folded if w not in _JUNIOR]
    given_words = _given_words(given) if given else []
    words = tuple(w for w in (*parts, *given_words) if len(w) > 1 and w not in PARTICLES)
    core = [w for w in parts if w not in PARTICLES] or parts
    if given_words and not is_plain and _IDEOGRAPHS.match(family):
        # Print does not part a Japanese name, so the whole of it is one of its words as well.
        words += ("".join((*core, *given_words)),)
    return Name("".join(core), "".join(w[0] for w in given_words), words)


def _given_words(given: str) -> list[str]:
    """The words of a given name; ``JM`` and ``J.-M.`` are two of one letter each."""
    if len(given) < 9 and given.isascii() and given.isupper():
        # Nothing but initials, the commonest form in databases of medicine.
        bare = given.replace(".", " ").replace("-", " ").split()
        return [w.lower() for w in bare for w in (w if len(w) <= 3 else (w,))]
    words: list[str] = []
    for word in re.split(r"[\s.,\-‐]+", given):
        folded = fold(word)
        is_initials = word.isupper() and len(word) <= 3
        words.extend(folded.replace(" ", "") if is_initials else folded.split())
    return [w for w in words if w not in _JUNIOR]


def _from_literal(literal: str) -> Name:
    apart = _CAMEL.sub(" ", literal)
    words = tuple(w for w in fold(apart).split() if len(w) > 1 and w not in PARTICLES)
    return Name("".join(words[:1]), "", words)


# ── Web addresses as they can be compared: what leads to the same page is folded together ───────


_TRACKING = lazy(
    r"^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl|_hs\w+|"
    r"mkt_tok|cmpid|cmp|ref|ref_src|referrer|source|spm|from|share|via)$",
    re.IGNORECASE,
)
"""Parameters that tell a site where the reader came from and never which page is meant
(https://support.google.com/analytics/answer/10917952 and what other trackers add)."""
_INDEX = lazy(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)


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


_EASTERN = lazy(
    "[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_LETTER = lazy(r"[^\W\d_]")


def is_east_asian(text: str) -> bool:
    """True for letters of Chinese, Japanese or Korean writing and no others."""
    return bool(_EASTERN.search(text)) and not _LETTER.search(_EASTERN.sub("", text))


def starts_with_letter(text: str) -> bool:
    """True if the first character is a letter of any script."""
    return bool(_LETTER.match(text))
