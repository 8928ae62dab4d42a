"""What citeproc-py still prints by itself; where it mends a fault, its cure may go.

A test that fails here is good news: upstream prints the right thing, and the cure named in the
test should be looked at again.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

IEEE = Path(__file__).parent.parent / "styles" / "ieee.csl"
VANCOUVER = IEEE.with_name("vancouver.csl")


def upstream(item: dict[str, Any], style: Path = IEEE) -> str:
    """The entry as the engine prints it without any cure."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parsed = CitationStylesStyle(str(style), validate=False)
        source = CiteProcJSON([{"id": "a", "type": "article-journal", **item}])
        bibliography = CitationStylesBibliography(parsed, source, formatter.html)
        bibliography.register(Citation([CitationItem("a")]))
        return str(bibliography.bibliography()[0])


def test_comma_stays_outside_the_quotation_marks() -> None:
    assert "pain,”" not in upstream({"title": "Back pain", "container-title": "Spine"})


def test_inner_quotation_marks_are_not_told_apart() -> None:
    assert "‘pain’" not in upstream({"title": 'On "pain"', "container-title": "Spine"})


def test_east_asian_names_are_taken_apart() -> None:
    assert "山田太郎" not in upstream(
        {"title": "T", "author": [{"family": "山田", "given": "太郎"}]}
    )


def test_minimal_page_ranges_lose_digits() -> None:
    assert "1–15" not in upstream({"title": "T", "page": "1-15"}, VANCOUVER)


def test_scripts_in_titles_reach_the_page() -> None:
    assert "<script>" in upstream({"title": "<script>alert(1)</script>"})


def test_a_null_date_loses_the_whole_list() -> None:
    with pytest.raises(Exception, match=r".*"):
        upstream({"title": "T", "issued": {"date-parts": [[None]]}})


def test_the_number_touches_the_first_author() -> None:
    assert upstream({"title": "T", "author": [{"family": "Modic", "given": "M."}]}).startswith(
        "[1]M."
    )


def test_missing_type_is_inherited() -> None:
    with pytest.raises(UnboundLocalError):
        CiteProcJSON([{"id": "a", "title": "T"}])
