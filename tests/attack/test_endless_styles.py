"""A style whose entries would never be written is refused by name, and any other is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refpipe.errors import UsageError
from refpipe.render import Style, entries

_STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>s</title><id>s</id><category citation-format="numeric"/></info>{macros}
<citation><layout><text variable="citation-number"/></layout></citation>
<bibliography><layout><text macro="{first}"/>{more}</layout></bibliography></style>"""


def style(calls: dict[str, list[str]], *, more: str = "") -> str:
    inside = {
        name: "".join(f'<text macro="{one}"/>' for one in inner) for name, inner in calls.items()
    }
    macros = "".join(
        f'<macro name="{name}"><text value="x"/>{inner}</macro>' for name, inner in inside.items()
    )
    return _STYLE.format(macros=macros, first=next(iter(calls)), more=more)


@pytest.mark.parametrize(
    ("calls", "told"),
    [
        ({"a": ["a"]}, "call each other without end: a → a"),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, "call each other without end"),
        ({f"m{n}": [f"m{n + 1}"] * 2 for n in range(40)}, "times for one entry"),
        ({f"m{n}": [f"m{n + 1}"] for n in range(400)}, "stand within one another"),
    ],
)
def test_macros_without_end_are_a_broken_style(calls: dict[str, list[str]], told: str) -> None:
    with pytest.raises(UsageError, match="it is broken") as refused:
        Style.parse(style(calls), "s")
    assert told in str(refused.value)


def test_elements_without_end_are_a_broken_style() -> None:
    deep = "<group>" * 5000 + "</group>" * 5000
    with pytest.raises(UsageError, match="stand within one another"):
        Style.parse(style({"a": []}, more=deep), "s")


_NAMES = st.sampled_from("abcdef")


@given(st.dictionaries(_NAMES, st.lists(_NAMES, max_size=3), min_size=1))
def test_a_style_is_refused_or_writes_an_entry(calls: dict[str, list[str]]) -> None:
    try:
        parsed = Style.parse(style(calls), "s")
    except UsageError:
        return
    written = entries.entry({"type": "book", "title": "t"}, parsed)
    assert "".join(run.text for run in written.content).strip("x") == ""
