"""What holds of every item: no item makes rendering raise, nothing becomes markup by itself."""

from __future__ import annotations

from functools import cache

from examples import some
from hypothesis import example, given, settings
from hypothesis import strategies as st

from refpipe import markup, render, styles

NAMES = ("ieee", "vancouver", "ama", "sist02")
VARIABLES = (
    *("type", "title", "container-title", "volume", "issue", "page", "author", "editor", "issued"),
    *("accessed", "DOI", "URL", "publisher", "publisher-place", "edition", "number", "genre"),
    *("collection-title", "collection-number", "language", "custom", "id", "number-of-pages"),
)
WORDS = (
    *("article-journal", "book", "chapter", "report", "thesis", "webpage", "patent", "1-15", "2"),
    *("ja", "「題名」", "<i>x", "</sup>", "&lt;b&gt;", "\"a\" 'b'", "山田", "الظاهر", "\ud800"),
    *("e1-2", "xi–xx", "5 & 6"),
)

words = st.text(max_size=20) | st.sampled_from(WORDS)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3000) | st.floats(allow_nan=True) | words,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            words
            | st.sampled_from(
                ["family", "given", "literal", "suffix", "date-parts", "season", "raw"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
items = st.dictionaries(st.sampled_from(VARIABLES) | words, values, max_size=8)


@cache
def style(name: str) -> render.Style:
    return styles.load(name)


@settings(max_examples=some(150), deadline=None)
@given(items, st.sampled_from(NAMES))
@example({"author": "\ud800"}, "ieee")
def test_no_item_makes_an_entry_raise(item: dict[str, object], name: str) -> None:
    result = render.entry(item, style(name))
    assert not any("could not be rendered" in warning for warning in result.warnings)
    text = markup.plain(result.content)
    assert text
    text.encode("utf-8")
    assert "None" not in text or "None" in str(item)


@settings(max_examples=some(100), deadline=None)
@given(st.text(min_size=1, max_size=30), st.sampled_from(NAMES))
def test_text_stays_text(title: str, name: str) -> None:
    """Whatever a title holds, its letters come out in order and no tag but CSL's is made of it."""
    item = {"type": "article-journal", "title": title, "container-title": "Spine"}
    page = markup.html(render.entry(item, style(name)).content)
    assert "<script" not in page.lower()
    printed = [letter for letter in title if letter.isalpha() and letter.isascii()]
    rest = iter(
        markup.plain(render.entry({**item, "title": title.replace("<", "(")}, style(name)).content)
    )
    if "&" not in title:
        assert all(letter in rest for letter in printed)


@settings(max_examples=some(60), deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8), st.sampled_from(NAMES))
def test_an_entry_is_the_same_however_often_it_is_rendered(letters: list[str], name: str) -> None:
    people = [{"family": letter.upper(), "given": letter} for letter in letters]
    item = {
        "type": "book",
        "title": "T",
        "author": people,
        "issued": {"date-parts": [[2001, 2, 3]]},
    }
    assert render.entry(item, style(name)) == render.entry(item, style(name))
