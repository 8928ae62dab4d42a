"""The kinds of work that a reference may name, and what holds of each."""

from __future__ import annotations

TYPE_OF = {
    "journal": "article-journal",
    "book": "book",
    "chapter": "chapter",
    "guideline": "book",
    "report": "report",
    "webpage": "webpage",
    "newspaper": "article-newspaper",
    "thesis": "thesis",
    "conference": "paper-conference",
    "law": "legislation",
    "drug-label": "document",
    "standard": "standard",
    "preprint": "article",
    "dataset": "dataset",
    "video": "motion_picture",
}
"""The type that CSL has for each kind (docs.citationstyles.org, appendix III)."""

WITH_IMPRINT = {"book", "chapter", "guideline", "report", "standard", "conference", "drug-label"}
"""Kinds behind whose titles a publisher may stand."""

OF_BODIES = {
    "webpage",
    "guideline",
    "report",
    "law",
    "drug-label",
    "dataset",
    "video",
    "book",
    "chapter",
    "standard",
}
"""Kinds whose authors are often bodies of people."""
