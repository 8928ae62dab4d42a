"""A mixed list as each style prints it, whole, beside a page that was looked at by eye.

``REFPIPE_GOLDEN=write pytest tests/test_render_golden.py`` writes the pages anew; read the diff.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from refpipe import markup, render, styles
from refpipe.model import Article, Citation, CitationItem, Span, Work

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "render"


def page(name: str) -> str:
    """Five citations and the list, as Markdown."""
    items = json.loads((HERE / "cases" / "render" / "page.json").read_text(encoding="utf-8"))
    works = {
        str(at): Work(id=f"work:{at}", name=f"w{at}", item=item) for at, item in enumerate(items)
    }
    keys = [
        ["0"],
        ["1", "0"],
        ["2", "3", "4", "5"],
        ["6"],
        [str(at) for at in range(7, len(items))],
    ]
    cited = tuple(
        Citation(
            span=Span(0, 0),
            line=1,
            typed="",
            items=tuple(
                CitationItem(key=key, label="page", locator="12-14" if key == "6" else "")
                for key in row
            ),
        )
        for row in keys
    )
    article = Article(path="page.md", format="markdown", text="", citations=cited)
    found = render.render(article, works, styles.load(name))
    lines = ["引用: " + " / ".join(markup.plain(one) for one in found.citations)]
    lines += [f"{entry.label} {markup.markdown(entry.content)}" for entry in found.entries]
    return "\n\n".join(lines) + "\n"


@pytest.mark.parametrize("name", ["ieee", "vancouver", "ama", "sist02"])
def test_page(name: str) -> None:
    golden = GOLDEN / f"{name}.md"
    printed = page(name)
    if os.environ.get("REFPIPE_GOLDEN") == "write":
        golden.write_text(printed, encoding="utf-8")
    assert printed == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["ieee", "vancouver", "ama", "sist02"])
def test_no_japanese_entry_is_half_english(name: str) -> None:
    printed = page(name)
    assert not any(
        wrong in printed for wrong in (". 太郎", "巻 ", " と ", "と.", "and 山", "null", "None")
    )
