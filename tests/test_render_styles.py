"""What any numeric style may ask of the engine, by cause: made-up styles of one layout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from running import refpipe

from refpipe import markup, render
from refpipe.items.exchange import FileEntry, csl_json

CASES = Path(__file__).parent / "cases" / "render" / "styles.json"
ROWS = json.loads(CASES.read_text(encoding="utf-8"))
STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"
 default-locale="{locale}"><info><title>T</title><id>t</id>
 <category citation-format="numeric"/></info>{root}{macros}
 <citation><layout><text variable="citation-number"/></layout></citation>
 <bibliography><layout>{layout}</layout></bibliography></style>"""


def printed(row: dict[str, Any]) -> str:
    """The entry of a case's item, read as a file's item is."""
    values = {key: row[key] for key in ("root", "macros", "layout")}
    style = render.Style.parse(STYLE.format(locale=row.get("locale", "en-US"), **values), "case")
    entry = csl_json.read_all(json.dumps([row["item"]]))[0]
    assert isinstance(entry, FileEntry)
    return markup.plain(render.entry(entry.item, style).content)


@pytest.mark.parametrize("row", ROWS, ids=[row["cause"] for row in ROWS])
def test_cause(row: dict[str, Any]) -> None:
    assert printed(row) == row["prints"]


NUMERIC = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>t'
    '</title><id>t</id><category citation-format="numeric"/></info>'
    '<macro name="who"><names variable="author"/></macro>'
    '<citation><layout><text variable="{cited}"/></layout></citation>'
    '<bibliography>{sort}<layout><text variable="citation-number"/><text variable="title"/>'
    "</layout></bibliography></style>"
)


@pytest.mark.parametrize(
    ("cited", "sort", "says"),
    [
        ("citation-number", "", []),
        ("citation-number", '<sort><key variable="citation-number"/></sort>', []),
        ("citation-number", '<sort><key macro="who"/></sort>', ["sorts its list by who"]),
        ("title", "", ["cites without numbers"]),
    ],
)
def test_a_style_that_is_numeric_in_name_only_is_told(
    cited: str, sort: str, says: list[str], tmp_path: Path
) -> None:
    (tmp_path / "own.csl").write_text(NUMERIC.format(cited=cited, sort=sort), encoding="utf-8")
    (tmp_path / "a.json").write_text('[{"type": "book", "title": "T"}]', encoding="utf-8")
    done = refpipe("format", "a.json", "--style", "own.csl", folder=tmp_path)
    assert [says_one in done.stderr for says_one in says] == [True] * len(says)
    assert bool(done.stderr.strip()) == bool(says)
    (tmp_path / "refpipe.toml").write_text('style = "own.csl"\n', encoding="utf-8")
    (tmp_path / "a.md").write_text("So.\n", encoding="utf-8")
    assert all(one in refpipe("check", "a.md", folder=tmp_path).stderr for one in says)
