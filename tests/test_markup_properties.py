"""What holds of rich text whatever the text: nothing is lost, nothing is taken for markup."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from refpipe import markup
from refpipe.model import Inline, Run

_BITS = """
    <i> </i> <sup> </sup> <b> </b> <p> <br/> <jats:italic> </jats:italic> <mml:math> </mml:math>
    <mml:msup> <!-- --> &lt; &gt; &amp; amp; lt; gt; i sub a B Cd x1 # ; & < > / 1 * _ ` [ ] ( )
    ! ~ \\ @ : $ ^ - + = | . https://a.b/c_d_ of in vivo 肝臓 β
""".split()  # noqa: SIM905
dirty = st.text(max_size=30) | st.lists(
    st.sampled_from([*_BITS, " ", "\n", "\u00a0"]), max_size=24
).map("".join)

marks = st.frozensets(st.sampled_from(["italic", "bold"]), max_size=2) | st.frozensets(
    st.sampled_from(["superscript", "subscript", "italic"]), max_size=1
)
targets = st.just("") | st.sampled_from(
    [
        "https://a.example/b_(c)_d",
        "https://a.example/x?y=1&copy;=2)",
        "#entry-1",
        "javascript:alert(1)",
    ]
)
runs = st.builds(Run, dirty.filter(str.strip), marks, targets, st.sampled_from(["", "cite-1"]))
inlines = st.lists(runs, max_size=5).map(markup.tidy)


class _Text(HTMLParser):
    """The text of an HTML page, and the elements in it."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: set[str] = set()
        self.links: set[str] = set()
        self.feed(source)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links.update(value or "" for name, value in attrs if name == "href")


@given(dirty)
@example("A:<I>A")
@example("&amp;amp;lt;i&amp;gt;x&amp;lt;/i&amp;gt; &lt;sup")
@example("of<i>Homo sapiens</i>and<i>Mus</i>")
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    once = markup.clean(raw)
    assert markup.clean(once) == once


@given(dirty)
def test_a_clean_title_has_the_four_tags_of_csl_and_no_other(raw: str) -> None:
    assert _Text(markup.clean(raw)).tags <= {"i", "b", "sup", "sub"}


@given(dirty)
def test_csl_keeps_the_text(raw: str) -> None:
    inline = markup.read(raw)
    assert _Text(markup.to_csl(inline)).text == markup.plain(inline)
    assert markup.read(markup.to_csl(inline)) == inline


@given(inlines)
def test_html_shows_the_text_and_nothing_else(inline: Inline) -> None:
    shown = _Text(markup.html(inline))
    assert shown.text == markup.plain(inline)
    assert shown.tags <= {"i", "b", "sup", "sub", "a", "span"}
    assert not any(link.startswith("javascript") for link in shown.links)


@given(inlines)
@example((Run("a"), Run("*b", frozenset({"italic"})), Run("c", frozenset({"bold"}))))
@example((Run("[Online]"), Run("x", target="https://a.example/")))
@example((Run("# 1. heading"),))
@example((Run("[Online]. Available: https://a.example/b_c_"),))
def test_markdown_shows_the_text_and_nothing_else(inline: Inline) -> None:
    written = markup.markdown(inline)
    shown = _Text(MarkdownIt("commonmark").render(written))
    assert shown.text.strip() == markup.plain(inline).strip(), written
    assert shown.tags <= {"p", "em", "strong", "i", "b", "sup", "sub", "a"}
    assert not any(link.startswith("javascript") for link in shown.links)


@given(inlines)
def test_strikethrough_and_tables_are_not_seen_either(inline: Inline) -> None:
    written = markup.markdown(inline)
    shown = _Text(MarkdownIt("gfm-like", {"linkify": False}).render(written))
    assert shown.text.strip() == markup.plain(inline).strip(), written


def test_brackets_that_harm_nothing_stay_as_they_are() -> None:
    text = "[Online]. Available: https://a.example/b_c. AT&T, p < 0.05, 3 + 4 - 5"
    assert markup.markdown((Run(text),)) == text.replace("<", "&lt;")


def test_typed_citations_are_neutralised() -> None:
    assert markup.markdown((Run("see [@doi:10.1000/x]"),)) == "see \\[\\@doi:10.1000/x\\]"
    assert "<!--" not in markup.markdown((Run("<!--bibliography-->"),))


_TITLES = Path(__file__).parent / "cases" / "markup" / "titles.tsv"


@pytest.mark.parametrize(
    ("sent", "held"),
    [
        line.split("\t")
        for line in _TITLES.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ],
)
def test_a_title_as_registries_send_it(sent: str, held: str) -> None:
    assert markup.clean(sent) == held


@pytest.mark.parametrize(
    ("sent", "held"),
    [
        ("O\n   <sub>3</sub>\n   and HCOOH", "O<sub>3</sub> and HCOOH"),
        ("H\n   <sub>2</sub>\n   O levels", "H<sub>2</sub>O levels"),
        ("clams (\n   <i>T. maxima</i>\n   ) seen", "clams (<i>T. maxima</i>) seen"),
        ("<i>KRAS</i>\n  /\n  <i>NRAS</i>\n  genes", "<i>KRAS</i>/<i>NRAS</i> genes"),
        ("Rab\n   <scp>GTPase 3C</scp>\n   promotes", "Rab GTPase 3C promotes"),
        ("Co<sub>1+x\n  </sub>Mn", "Co<sub>1+x</sub>Mn"),
    ],
)
def test_indentation_of_the_sender_is_no_blank(sent: str, held: str) -> None:
    assert markup.clean(sent) == held
