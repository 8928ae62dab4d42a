"""Text folded for comparing: markup, case, marks, dashes and widths no longer count."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote

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

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_SPECIAL = str.maketrans(GREEK | LIGATURES)
_DROPPED = str.maketrans(dict.fromkeys("'’‘ʼ´`′ʹ\xad\u200b\u200c\u200d\ufeff"))
_ASCII_GAPS = str.maketrans(
    {chr(c): " " for c in range(128) if not chr(c).isalnum() and chr(c) not in "'`"}
    | {"'": None, "`": None}
)
_GAP = re.compile(r"[\W_]+")


def unmarked(text: str) -> str:
    """The text without tags and with its entities written out."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub("", text)
    return text


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


_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"']+")
_TAIL = re.compile(r"(?:\[(?:doi|pii)\]|[.,;:]|/(?:full|abstract|pdf|epdf|html|meta|issuetoc))$")


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
