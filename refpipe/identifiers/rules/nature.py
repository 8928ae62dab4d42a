"""The DOI of an article on nature.com."""

from __future__ import annotations

import re

_OLD_NUMBERS = {
    "66": "bjc", "68": "hdy", "12": "onc", "24": "leu", "08": "ijo", "40": "mp", "13": "npp",
    "67": "eye", "16": "ejcn", "44": "cdd", "33": "gt", "17": "bmt", "39": "ijir", "10": "jhh",
    "31": "sc", "48": "bdj", "72": "jp", "52": "ejhg", "76": "emboj", "45": "pcan", "65": "tpj",
}  # fmt: skip
"""First two of seven digits → the journal of DOIs like ``10.1038/sj.bjc.6605123``."""

_UNDOTTED = frozenset(
    """
    nature ncomms srep ng nm nn nbt nmat nphys nphoton nnano nchem nchembio ncb ni nsb nsmb
    nmeth nri nrc nrg nrd nrm nrn nrmicro ngeo nclimate
    """.split()  # noqa: SIM905
)
"""Journals whose DOIs run letters and digits together, so that 2012 in them is no year."""

_YEAR = re.compile(r"([a-z]+)((?:19|20)\d\d)(\d{1,4})")


def article(match: re.Match[str]) -> str | None:
    """The DOI of ``/articles/ID``: mostly ``10.1038/ID``, with dots where the address lost them."""
    name = re.sub(r"\.(?:pdf|epub|ris)$", "", match["id"].lower())
    if re.fullmatch(r"\d{7}", name):
        journal = _OLD_NUMBERS.get(name[:2])
        return f"10.1038/sj.{journal}.{name}" if journal else None
    dotted = _YEAR.fullmatch(name)
    if dotted and dotted[1] not in _UNDOTTED:
        return "10.1038/" + ".".join(dotted.groups())
    return f"10.1038/{name}" if re.search(r"\d", name) else None
