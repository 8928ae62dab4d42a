"""What any numeric style may ask of the engine, by cause: made-up styles of one layout."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import refpipe

from refpipe import markup, styles
from refpipe.errors import UsageError
from refpipe.items.exchange import FileEntry, csl_json
from refpipe.model import Item
from refpipe.render import EntryResult, Style, entry
from refpipe.render.style import HELD

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
    style = Style.parse(STYLE.format(locale=row.get("locale", "en-US"), **values), "case")
    read = csl_json.read_all(json.dumps([row["item"]]))[0]
    assert isinstance(read, FileEntry)
    return markup.plain(entry(read.item, style).content)


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


_ITEM: Item = {
    "type": "article-journal", "title": "A title of <i>x</i>", "volume": "11", "page": "1-2",
    "author": [{"family": "Abe", "given": "Ken"}, {"family": "Ito", "given": "Mari"}],
    "issued": {"date-parts": [[2001, 3]]}, "container-title": "Spine", "DOI": "10.5555/a",
}  # fmt: skip
_CSL = "{http://purl.org/net/xbiblio/csl}"


@cache
def _entry_in(name: str) -> EntryResult:
    return entry(_ITEM, Style.parse(styles.text(name), name))


@given(
    name=st.sampled_from(["ieee", "vancouver", "ama", "sist02"]),
    place=st.integers(0, 10_000),
    what=st.sampled_from(["institution", "wobble", "{urn:x}text", "layout"]),
)
def test_an_element_that_is_not_csl_costs_itself_and_is_told(
    name: str, place: int, what: str
) -> None:
    text = styles.text(name)
    root = ElementTree.fromstring(text)
    parts = [part for part in root.iter() if part.tag.removeprefix(_CSL) in HELD]
    holder = parts[place % len(parts)]
    holder.insert(place % (len(holder) + 1), Element(what if what[0] == "{" else _CSL + what))
    broken = Style.parse(ElementTree.tostring(root, encoding="unicode"), "own")
    assert entry(_ITEM, broken) == _entry_in(name)
    (told,) = broken.remarks
    assert f"<{what.rpartition('}')[2]}> in <{holder.tag.removeprefix(_CSL)}>" in told


@pytest.mark.parametrize(
    ("layout", "printed", "told"),
    [
        ('<text macro="gone"/><text variable="volume"/>', "11", "it has no macro gone"),
        (
            (
                '<choose><if jurisdiction="jp" match="{match}"><text value="A"/></if>'
                '<else><text variable="volume"/></else></choose>'
            ),
            "11",
            "<if> asks for jurisdiction, which is no condition of CSL",
        ),
        (
            '<choose><if/><else><text variable="volume"/></else></choose>',
            "11",
            "<if> asks for nothing",
        ),
        ('<text variable="volume" font-variant="small-caps"/>', "11", "small capitals"),
        (
            '<text variable="volume" display="block"/><text variable="page" suffix="."/>',
            "11 1–2.",
            "on lines of their own",
        ),
        (
            (
                '<text variable="volume"/><group display="indent">'
                '<text variable="page" quotes="true"/></group><text value=", end"/>'
            ),
            "11 “1–2”, end",
            "on lines of their own",
        ),
        (
            (
                '<text variable="citation-number" display="left-margin"/>'
                '<group display="right-inline"><text variable="volume"/></group>'
            ),
            "11",
            "",
        ),
        ('<names variable="author editor"><name form="count"/></names>', "2", ""),
        ('<names variable="editor"><name form="count"/></names><text value="x"/>', "x", ""),
        (
            (
                '<names variable="author"><name form="count" et-al-min="2" et-al-use-first="1"/>'
                "</names>"
            ),
            "1",
            "",
        ),
        ('<names variable="author"><name form="short" et-al-min="two"/></names>', "Abe, Ito", ""),
        ('<date variable="issued" form="wobble"><date-part name="year"/></date>', "2001", ""),
    ],
)
@pytest.mark.parametrize("match", ["all", "any", "none"])
def test_what_a_style_asks_for_in_vain_is_told(
    layout: str, printed: str, told: str, match: str
) -> None:
    whole = NUMERIC.format(cited="citation-number", sort="").replace(
        '<text variable="title"/>', layout.replace("{match}", match)
    )
    style = Style.parse(whole, "own")
    done = entry(_ITEM, style)
    assert ("".join(run.text for run in done.content), done.warnings) == (printed, ())
    assert [told in remark for remark in style.remarks] == [True] * bool(told)


def test_a_style_without_a_layout_for_its_list_is_refused() -> None:
    whole = NUMERIC.format(cited="citation-number", sort="")
    bare = re.sub(r"(<bibliography>).*(</bibliography>)", r"\1\2", whole)
    with pytest.raises(UsageError, match="no <bibliography> with a <layout>"):
        Style.parse(bare, "own")


def test_an_entry_that_cannot_be_rendered_shows_its_title_without_tags() -> None:
    whole = NUMERIC.format(cited="citation-number", sort="")
    style = Style.parse(whole.replace('<text variable="title"/>', ""), "own")
    done = entry(_ITEM, style)
    assert "".join(run.text for run in done.content) == "A title of x"


def test_a_sign_for_the_authors_of_the_entry_before_is_told() -> None:
    text = NUMERIC.format(cited="citation-number", sort="")
    signed = text.replace("<bibliography>", '<bibliography subsequent-author-substitute="---">')
    (told,) = Style.parse(signed, "own").remarks
    assert "authors of the entry before; they are printed in full" in told


def test_an_entry_that_fails_is_told_without_what_python_calls_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("no such month")

    monkeypatch.setattr("refpipe.render.engine.Loaded.pieces", fail)
    done = entry(_ITEM, Style.parse(styles.text("ieee"), "ieee"))
    assert markup.plain(done.content) == "A title of x"
    (told,) = done.warnings
    assert "no such month" in told
    assert "ValueError" not in told
