"""The pieces of the numbers at the end of a reference, and pages written out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from refpipe.items.printed.figures.tails import SUPPLEMENT, YEAR
from refpipe.items.printed.words import MONTHS, SEASONS

_MONTH = "|".join(sorted((re.escape(name) for name in (*MONTHS, *SEASONS)), key=len, reverse=True))

_PAGE = r"(?:[A-Za-z]{0,4}\.?\d+(?:\.\d+)*[A-Za-z]{0,3}\d*)"
_RANGE = rf"{_PAGE}\s?-+\s?{_PAGE}|\b[ivxlcIVXLC]+\s?-\s?[ivxlcIVXLC\d]+\b"
ELEMENT = re.compile(
    rf"""
    (?P<novalue>\bn\.\s?d\.|\bn\.\s?pag\.?|\bin\spress\b)
    |\b(?P<label>vols?(?:ume)?|bd|band|no|nos|nr|issue|iss|num(?:ber)?|heft|fasc|pp?|pages?|pgs?
        |art(?:icle)?(?:\s(?:id|no|number))?|pt|part|v|t|n|h)(?:\b|(?<=p)(?=\d))[.:]?\s?(?=[\s\dA-Za-z(])(?=\s?(?:[A-Za-z]{{0,3}}\.?\d|suppl|[ivxlcIVXLC]+\b))
    |(?P<suppl>{SUPPLEMENT}[._]?(?:\s?[A-Z]?\d{{1,3}}[A-Z]?(?!\d|\s?-\s?\d)|\s[A-Z]\b)?)
    |(?P<date>\b(?:\d{{1,2}}\s)?(?:{_MONTH})\b\.?(?:\s?[-/]\s?(?:{_MONTH})\b\.?)?(?:\s\d{{1,2}}(?!\d|[(:]))?(?:,?\s(?={YEAR}\b))?)
    |(?P<range>{_RANGE}|\b(?P<twin>[a-z/]{{1,4}})-(?P=twin)(?!\w))
    |(?P<num>(?<!\w)(?:{_PAGE}))
    |(?P<roman>\b[ivxlcIVXLC]+\b)
    |(?P<open>[(\[])|(?P<close>[)\]])
    |(?P<sep>[:;,./])
    |(?P<word>[^\W\d_]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(slots=True)
class Piece:
    """One piece of a tail, and whether a rule has taken it."""

    kind: str
    match: re.Match[str]
    is_used: bool = False

    @property
    def text(self) -> str:
        """As it stands."""
        return self.match[0]


_LABELS = {
    "volume": ("vol", "vols", "volume", "volumes", "bd", "band", "v", "t"),
    "issue": ("no", "nos", "nr", "issue", "iss", "num", "number", "heft", "fasc", "n", "h"),
    "page": ("p", "pp", "page", "pages", "pg", "pgs"),
    "number": ("art", "article"),
}
LABEL_OF = {word: name for name, words in _LABELS.items() for word in words}
IS_YEAR = re.compile(rf"{YEAR}([a-z])?$")


_SHORTENED = re.compile(
    r"([A-Za-z]*\.?)(\d+)([A-Za-z]?)\s*[-‐‑‒–—−~〜～]+\s*([A-Za-z]*\.?)(\d+)([A-Za-z]?)"
)


def expand(text: str) -> str:
    """``1650-60`` as ``1650-1660``; what is no shortened range only loses its fancy dash.

    A last page as long as the first is left alone even when it is smaller, and so is one whose
    completion would not lie behind the first page: a guess would be worse than the print.
    """
    match = _SHORTENED.fullmatch(text.strip())
    if not match:
        return re.sub(r"\s*[‐‑‒–—−-]+\s*", "-", text.strip().strip(".,;:"))
    lead, first, letter, lead_two, last, letter_two = match.groups()
    if len(last) < len(first) and (letter_two == letter or not letter_two.isupper()):
        whole = first[: -len(last)] + last
        if int(whole) >= int(first):
            last, lead_two = whole, lead_two or lead
    return f"{lead}{first}{letter}-{lead_two}{last}{letter_two}"
