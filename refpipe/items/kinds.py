"""What kind of work it is: the registries' types as CSL's."""

from __future__ import annotations

CROSSREF = {
    "journal-article": "article-journal",
    "journal": "periodical",
    "journal-volume": "periodical",
    "journal-issue": "periodical",
    "proceedings-article": "paper-conference",
    "proceedings": "book",
    "proceedings-series": "book",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-set": "book",
    "book-series": "book",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "book-track": "chapter",
    "reference-entry": "entry",
    "posted-content": "article",
    "preprint": "article",
    "report": "report",
    "report-series": "report",
    "report-component": "report",
    "standard": "standard",
    "standard-series": "standard",
    "dissertation": "thesis",
    "dataset": "dataset",
    "database": "dataset",
    "peer-review": "review",
    "component": "document",
    "grant": "document",
    "other": "document",
}
"""Crossref's types (https://api.crossref.org/types) → CSL's
(https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types)."""

CSL = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter
    classic collection dataset document entry entry-dictionary entry-encyclopedia event figure
    graphic hearing interview legal_case legislation manuscript map motion_picture musical_score
    pamphlet paper-conference patent performance periodical personal_communication post
    post-weblog regulation report review review-book software song speech standard thesis treaty
    webpage
    """.split()  # noqa: SIM905
)
"""Every type of CSL 1.0.2."""


def of(kind: str, *, has_journal: bool = False) -> str:
    """CSL's type for a registry's word; an article of a journal where nothing else is known."""
    known = CROSSREF.get(kind) or (kind if kind in CSL else "")
    return known or ("article-journal" if has_journal else "document")
