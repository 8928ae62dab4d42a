"""``refpipe format``: a file in, one entry a line out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import refpipe

ITEMS = [
    {
        "type": "article-journal",
        "title": "A <i>b</i> & c",
        "container-title": "Spine",
        "issued": {"date-parts": [[2001]]},
    },
    {"type": "book", "title": "D", "publisher": "E"},
]


def test_an_array_as_text(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(ITEMS), encoding="utf-8")
    done = refpipe("format", "a.json", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "“A b & c,” Spine, 2001.\nD. E.\n")


@pytest.mark.parametrize(
    ("form", "line"),
    [("html", "A <i>b</i> &amp; c. <i>Spine</i>."), ("markdown", "A *b* & c. *Spine*.")],
)
def test_lines_from_standard_input_in_a_form(tmp_path: Path, form: str, line: str) -> None:
    lines = "\n".join(json.dumps(item) for item in ITEMS)
    done = refpipe("format", "-", "--style", "ama", "--to", form, folder=tmp_path, stdin=lines)
    assert done.stdout.splitlines()[0].startswith(line)


def test_bibtex(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(
        "@book{x, title = {D}, author = {Doe, Jane}, year = 2001}", encoding="utf-8"
    )
    done = refpipe("format", "a.bib", "--style", "nlm", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "Doe J. D. 2001.\n")


def test_what_is_no_item_is_said_and_the_rest_printed(tmp_path: Path) -> None:
    done = refpipe("format", "-", folder=tmp_path, stdin=json.dumps([3, *ITEMS]))
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    assert "standard input:1: an item is a JSON object" in done.stderr


@pytest.mark.parametrize("text", ["", "no list at all", '"a"'])
def test_a_file_without_items(tmp_path: Path, text: str) -> None:
    done = refpipe("format", "-", folder=tmp_path, stdin=text)
    assert done.returncode == (0 if not text else 2)
    assert "Traceback" not in done.stderr


def test_an_unknown_style_exits_2_and_names_the_near_ones(tmp_path: Path) -> None:
    done = refpipe("format", "-", "--style", "ieeee", folder=tmp_path, stdin="[]")
    assert done.returncode == 2
    assert "ieee" in done.stderr


def test_a_style_by_path(tmp_path: Path) -> None:
    own = Path(__file__).parent.parent / "styles" / "ieee.csl"
    (tmp_path / "mine.csl").write_text(
        own.read_text(encoding="utf-8").replace('"[Online', '"'), encoding="utf-8"
    )
    done = refpipe(
        "format", "-", "--style", "mine.csl", folder=tmp_path, stdin=json.dumps(ITEMS[1:])
    )
    assert done.stdout == "D. E.\n"
