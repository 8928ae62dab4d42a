"""What any numeric style may ask of the engine, by cause: made-up styles of one layout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from refpipe import markup, render
from refpipe.items import csl_json
from refpipe.items.exchange.entries import Entry

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
    assert isinstance(entry, Entry)
    return markup.plain(render.entry(entry.item, style).content)


@pytest.mark.parametrize("row", ROWS, ids=[row["cause"] for row in ROWS])
def test_cause(row: dict[str, Any]) -> None:
    assert printed(row) == row["prints"]
