"""Numbers in the text and the list behind it: first mention, repeats, locators, collapsing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from refpipe import markup, render, styles
from refpipe.errors import UnknownStyle, UsageError
from refpipe.model import (
    Article,
    Bibliography,
    Citation,
    CitationItem,
    Inline,
    Rendering,
    Span,
    Work,
)

NOWHERE = Span(0, 0)
OPEN = '<style xmlns="http://purl.org/net/xbiblio/csl"><info>'


def works(*names: str) -> dict[str, Work]:
    return {
        name: Work(
            id=f"doi:10.1/{name}",
            name=name,
            item={"type": "article-journal", "title": name.upper()},
        )
        for name in names
    }


def article(*citations: list[CitationItem], uncited: tuple[str, ...] = ()) -> Article:
    return Article(
        path="a.md",
        format="markdown",
        text="",
        citations=tuple(
            Citation(span=NOWHERE, line=1, typed="", items=tuple(items)) for items in citations
        ),
        bibliographies=(
            Bibliography(
                span=NOWHERE,
                line=2,
                typed="",
                uncited=tuple(CitationItem(key=key) for key in uncited),
            ),
        ),
    )


def cite(*keys: str) -> list[CitationItem]:
    return [CitationItem(key=key) for key in keys]


def rendered(
    *citations: list[CitationItem], style: str = "ieee", uncited: tuple[str, ...] = ()
) -> Rendering:
    return render.render(
        article(*citations, uncited=uncited), works(*"abcdefg"), styles.load(style)
    )


def texts(rendering: Rendering) -> list[str]:
    return [markup.plain(citation) for citation in rendering.citations]


def marks(citation: Inline) -> set[str]:
    return {mark for run in citation for mark in run.marks}


def test_numbers_follow_first_mention_and_uncited_works_come_after() -> None:
    found = rendered(cite("b"), cite("a", "b"), uncited=("c", "a"))
    assert texts(found) == ["[1]", "[1], [2]"]
    assert [(entry.number, entry.work_id) for entry in found.entries] == [
        (1, "doi:10.1/b"),
        (2, "doi:10.1/a"),
        (3, "doi:10.1/c"),
    ]
    assert [entry.label for entry in found.entries] == ["[1]", "[2]", "[3]"]


def test_links_lead_there_and_back() -> None:
    found = rendered(cite("b"), cite("a", "b"), uncited=("c",))
    assert [[(run.target, run.anchor) for run in one if run.target] for one in found.citations] == [
        [("#ref-1", "cite-1-1")],
        [("#ref-1", "cite-1-2"), ("#ref-2", "cite-2-1")],
    ]
    assert [(entry.anchor, entry.backlinks) for entry in found.entries] == [
        ("ref-1", ("cite-1-1", "cite-1-2")),
        ("ref-2", ("cite-2-1",)),
        ("ref-3", ()),
    ]


def test_two_keys_of_one_work_have_one_number() -> None:
    known = works("a")
    known["alias"] = known["a"]
    found = render.render(article(cite("a"), cite("alias")), known, styles.load("ieee"))
    assert texts(found) == ["[1]", "[1]"]
    assert len(found.entries) == 1


def test_an_unknown_key_is_a_question_and_costs_no_number() -> None:
    assert texts(rendered(cite("nobody"), cite("a", "nobody"))) == ["[?]", "[1], [?]"]


def test_ieee_sorts_and_writes_three_in_a_row_as_a_range() -> None:
    first = cite(*"abcdefg")
    assert texts(rendered(first, cite("e", "d"), cite(*"gfed"), cite(*"gaedc"))) == [
        "[1]–[7]",
        "[4], [5]",
        "[4]–[7]",
        "[1], [3]–[5], [7]",
    ]


def test_what_an_author_put_into_words_stays_in_its_order() -> None:
    items = [CitationItem(key="b"), CitationItem(key="a", prefix="but see")]
    assert texts(rendered(cite("a"), items))[1] == "[2], but see [1]"


def test_a_place_is_written_as_the_style_writes_it() -> None:
    items = [CitationItem(key="a", label="page", locator="12")]
    assert texts(rendered(items, style="ama")) == ["1(p12)"]
    roman = [CitationItem(key="a", label="page", locator="ix-x")]
    assert texts(rendered(roman)) == ["[1, pp. ix–x]"]


def test_affixes_of_a_number_stand_at_both_ends_of_a_range() -> None:
    citation = (
        '<citation collapse="citation-number"><layout prefix="(" suffix=")" font-weight="bold">'
        '<group prefix="[" suffix="]"><text variable="citation-number"/></group>'
        "</layout></citation>"
    )
    csl = styles.text("ieee")
    csl = csl[: csl.index("<citation")] + citation + csl[csl.index("</citation>") + 11 :]
    found = render.render(
        article(cite("a", "b", "c")), works("a", "b", "c"), render.Style.parse(csl, "made")
    )
    assert texts(found) == ["([1]–[3])"]
    assert marks(found.citations[0]) == {"bold"}


def test_more_than_a_number_is_written_by_the_engine() -> None:
    citation = (
        '<citation><layout prefix="(" suffix=")" delimiter="; "><text term="figure" form="short"/>'
        '<text variable="citation-number"/></layout></citation>'
    )
    csl = styles.text("ieee")
    csl = csl[: csl.index("<citation")] + citation + csl[csl.index("</citation>") + 11 :]
    found = render.render(article(cite("a", "b")), works("a", "b"), render.Style.parse(csl, "made"))
    assert texts(found) == ["(fig.1; fig.2)"]


def test_locators_prefixes_and_suffixes() -> None:
    items = [
        CitationItem(key="a", label="page", locator="600"),
        CitationItem(key="b", label="page", locator="12-14", prefix="see", suffix="and elsewhere"),
        CitationItem(key="c", label="chapter", locator="3", suffix=", note"),
    ]
    assert texts(rendered(items)) == [
        "[1, p. 600], see [2, pp. 12–14] and elsewhere, [3, ch. 3], note"
    ]


def test_ranges_collapse_where_the_style_collapses() -> None:
    everything = cite(*"abcdefg")
    found = rendered(everything, cite("a", "b"), cite("g", "a", "c", "b"), style="vancouver")
    assert texts(found) == ["(1–7)", "(1,2)", "(1–3,7)"]
    assert [run.anchor for run in found.citations[0] if run.anchor] == [
        f"cite-{number}-1" for number in range(1, 8)
    ]


def test_a_locator_breaks_a_range() -> None:
    items = [*cite("a", "b"), CitationItem(key="c", label="page", locator="5"), *cite("d")]
    assert texts(rendered(items, style="vancouver")) == ["(1,2,3 p5,4)"]


def test_ama_raises_its_numbers() -> None:
    found = rendered(cite("a", "b", "c"), style="ama")
    assert texts(found) == ["1–3"]
    assert marks(found.citations[0]) == {"superscript"}
    assert [entry.label for entry in found.entries] == ["1.", "2.", "3."]


def test_sist02_labels_with_a_bracket() -> None:
    found = rendered(cite("a", "b"), style="sist02")
    assert texts(found) == ["1),2)"]
    assert found.entries[0].label == "1)"


def test_entries_may_come_from_a_memory() -> None:
    asked: list[str] = []

    def remember(item: dict[str, object]) -> render.EntryResult:
        asked.append(str(item["title"]))
        return render.EntryResult(content=(), warnings=("remembered",))

    found = render.render(
        article(cite("a", "b")), works("a", "b"), styles.load("ieee"), entry=remember
    )
    assert asked == ["A", "B"]
    assert [warning.work_id for warning in found.warnings] == ["doi:10.1/a", "doi:10.1/b"]


def test_numbering_does_not_wait_for_the_engine() -> None:
    """Importing the room, loading a style and numbering import neither citeproc nor lxml."""
    program = (
        "import sys; from refpipe import render, styles; styles.load('ieee');"
        "print([name for name in ('citeproc', 'lxml') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_an_unknown_style_lists_the_near_ones() -> None:
    with pytest.raises(UnknownStyle) as raised:
        styles.load("vancuver")
    assert "vancouver" in raised.value.hint


def test_a_style_that_points_to_another_is_that_one(tmp_path: Path) -> None:
    link = (
        '<link href="http://www.zotero.org/styles/ieee" rel="independent-parent"/></info></style>'
    )
    (tmp_path / "journal.csl").write_text(OPEN + link, encoding="utf-8")
    assert styles.load(str(tmp_path / "journal.csl")).name == "ieee"


def test_other_names_of_our_styles() -> None:
    assert styles.load("nlm").name == "vancouver"
    assert styles.load("AMA").name == "ama"


@pytest.mark.parametrize(
    ("csl", "said"),
    [
        ("<style", "not well-formed"),
        ("<a/>", "not a CSL style"),
        (
            OPEN + '<category citation-format="author-date"/></info><citation/></style>',
            "author-date",
        ),
        (
            OPEN + '<link href="http://a.example/ieee" rel="independent-parent"/></info></style>',
            "another style, ieee",
        ),
    ],
)
def test_styles_that_cannot_be_used_say_why(csl: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        render.Style.parse(csl, "mine")


def test_a_japanese_place_is_printed_as_it_was_typed() -> None:
    from refpipe import articles

    typed = "一 [@a, 第3章; @b, pp. 12-14; @a, 図2]。\n\n<!--bibliography-->\n"
    (citation,) = articles.read("a.md", typed).citations
    assert [item.spelled for item in citation.items] == ["第3章", "", "図2"]
    assert [item.label for item in citation.items] == ["chapter", "page", "figure"]
