"""A made-up data set in the shape of Retraction Watch's: the same columns, dirt and sizes."""

from __future__ import annotations

import csv
import random
from pathlib import Path

HEADER = [
    "Record ID", "Title", "Subject", "Institution", "Journal", "Publisher", "Country", "Author",
    "URLS", "ArticleType", "RetractionDate", "RetractionDOI", "RetractionPubMedID",
    "OriginalPaperDate", "OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature",
    "Reason", "Paywalled", "Notes", "",
]  # fmt: skip
_NATURES = ("Retraction",) * 17 + ("Correction", "Expression of concern", "Reinstatement")
_REASONS = (
    "Concerns/Issues about Data", "Duplication of/in Article", "Retract and Replace",
    "Investigation by Journal/Publisher", "Unreliable Results and/or Conclusions",
)  # fmt: skip
_FORMS = (
    "10.5555/made.{}", "10.55555/S0140-6736({})11096-0", "10.5555/J.MADE.{}", "10.5555/abc-{}_x",
    "10.5555/1096-9098(200005)74:3%3C{}::AID-JSO8%3E3.0.CO;2-5",
)  # fmt: skip


def doi(number: int) -> str:
    """A made-up DOI in one of the forms that real ones have."""
    return _FORMS[number % len(_FORMS)].format(number)


def write(path: Path, rows: int, *, seed: int = 1) -> None:
    """Write a data set of so many rows."""
    draw = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            writer.writerow(_row(number, draw))


def _row(number: int, draw: random.Random) -> list[str]:
    """One row: one in twelve names no identifier, one in nine stands where the paper stood."""
    original = doi(number * 7) if draw.random() > 1 / 12 else "unavailable"
    notice = original if draw.random() < 1 / 9 else doi(1_000_000 + number)
    pmid = str(9_000_000 + number) if draw.random() < 0.5 else "0"
    day = f"{draw.randint(1, 12)}/{draw.randint(1, 28)}/{draw.randint(1995, 2025)} 0:00"
    reasons = ";".join(draw.sample(_REASONS, draw.randint(1, 4))) + ";"
    return [
        str(number), f"A made-up paper on {number}, “quoted”, with a comma" * 2, "(HSC) Medicine;",
        "Made-up University, Nowhere;" * 3, "Journal of Made-up Results", "Nobody", "Nowhere",
        "A. Maker;B. Faker;" * 3, "", "Research Article;", day, notice, "0", day, original, pmid,
        draw.choice(_NATURES), reasons, "No", "See also: nothing " * 4, "",
    ]  # fmt: skip
