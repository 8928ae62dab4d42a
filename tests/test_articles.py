"""What counts as a citation, what is left alone, and what is said of broken marks."""

# ruff: noqa: E501 - rows of a table read best on one line.
from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from refpipe import articles
from refpipe.articles import citations, lists
from refpipe.model import CitationItem, Entry, Rendering, Run

CASES = Path(__file__).parent / "cases" / "articles"


def cited(text: str, path: str = "a.md") -> list[str]:
    return [item.key for c in articles.read(path, text).citations for item in c.items]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("@a", CitationItem(key="a")),
        ("@a, p. 600", CitationItem(key="a", label="page", locator="600")),
        ("@a, pp. 12-14, 20 and passim",
         CitationItem(key="a", label="page", locator="12-14, 20", suffix="and passim")),
        ("@a p. iv", CitationItem(key="a", label="page", locator="iv")),
        ("@a, 33", CitationItem(key="a", label="page", locator="33")),
        ("@a, 第3章", CitationItem(key="a", label="chapter", locator="3", spelled="第3章")),
        ("@a, 第三章", CitationItem(key="a", label="chapter", locator="三", spelled="第三章")),
        ("@a、600頁", CitationItem(key="a", label="page", locator="600", spelled="600頁")),
        ("@a, 図2", CitationItem(key="a", label="figure", locator="2", spelled="図2")),
        ("@a, ch. 3", CitationItem(key="a", label="chapter", locator="3")),
        ("@a, Table S1", CitationItem(key="a", label="table", locator="S1")),
        ("@a, {pp. iv, vi-xi} on", CitationItem(key="a", label="page", locator="iv, vi-xi", suffix="on")),
        ("@a, 2005年", CitationItem(key="a", suffix=", 2005年")),
        ("@a, no effect", CitationItem(key="a", suffix=", no effect")),
        ("see @a.", CitationItem(key="a", prefix="see")),
        ("@doi:10.1016/S0140-6736(05)67889-2", CitationItem(key="doi:10.1016/S0140-6736(05)67889-2")),
        ("(@10.1000/xyz)", CitationItem(key="10.1000/xyz", prefix="(", suffix=")")),
        ("@https://ex.example/a,b.html, p. 5",
         CitationItem(key="https://ex.example/a,b.html", label="page", locator="5")),
        ("@{doi:10.1130/0016(1990)102[0001:T]2.3.CO;2}",
         CitationItem(key="doi:10.1130/0016(1990)102[0001:T]2.3.CO;2")),
        ("@doi:10.1002/(SICI)1097(1998)17:15<1661::AID-S9>3.0.CO;2-2, fig. 1",
         CitationItem(key="doi:10.1002/(SICI)1097(1998)17:15<1661::AID-S9>3.0.CO;2-2",
                      label="figure", locator="1")),
        ("@https://medium.example/@user/post", CitationItem(key="https://medium.example/@user/post")),
    ],
)  # fmt: skip
def test_one_item(typed: str, expected: CitationItem) -> None:
    assert citations.items(typed) == (expected,)


def test_several_items() -> None:
    assert cited("x [see @a; also @b, p. 5; @c]\n") == ["a", "b", "c"]
    assert cited("x [@a, @b]") == ["a", "b"]
    assert cited("x [@a\uff1b@b]") == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    [
        "mail a@b.example and [a@b.example]",
        "[@user](https://x.example)",
        "[text][@user]\n\n[@user]: https://x.example",
        "[@user]: https://x.example",
        "[see https://x.example/@user]",
        "`[@a]` and ``[@b] ` ``",
        "```\n[@a]\n```",
        "~~~\n[@a]",
        "x\n\n    [@a]",
        "\\[@a]",
        "<!-- [@a] -->",
        "<pre>\n[@a]\n</pre>",
        "<code>[@a]</code>",
        "<script>\nvar a = '[@a]'\n</script>",
        '<img alt="[@a]">',
        "<a href='/x'>[@a]</a>",
        "<https://x.example/[@a]>",
        "---\nauthor: '[@a]'\n---\n",
        "[x] @a",
        "[@ a]",
    ],
)
def test_left_alone(text: str) -> None:
    article = articles.read("a.md", text)
    assert article.citations == ()
    assert articles.weave(article, Rendering(citations=(), entries=())) == text


@pytest.mark.parametrize(
    "text",
    ["<pre>[@a]</pre>", "<style>[@a]</style>", "<!--[@a]-->", "<p title='[@a]'>", "<title>[@a]</title>",
     "<textarea>[@a]", "<!DOCTYPE x><?php [@a] ?>"],
)  # fmt: skip
def test_left_alone_in_html(text: str) -> None:
    assert cited(text, "a.html") == []


def test_entities_are_read_in_html_only() -> None:
    text = "[@https://x.example/?a=1&amp;copy=2, p.&nbsp;5]"
    (item,) = articles.read("a.html", text).citations[0].items
    assert (item.key, item.locator) == ("https://x.example/?a=1&copy=2", "5")
    assert cited("[@https://x.example/?a=1&copy=2]") == ["https://x.example/?a=1&copy=2"]


def test_a_remark_in_parentheses_makes_no_link() -> None:
    assert cited("x [@a](see p. 5)") == ["a"]


def test_a_renderer_reads_the_rest_of_a_line_that_begins_with_a_citation() -> None:
    text = "[@a] is **bold**.\n\n- [@b] too: *x*\n\n<!--bibliography-->\n"
    article = articles.read("a.md", text)
    shown = MarkdownIt("commonmark", {"html": True}).render(articles.weave(article, _rendering(2)))
    assert "<strong>bold</strong>" in shown
    assert "<em>x</em>" in shown
    assert "<em>Radiology</em>" in shown
    assert shown.count('href="#ref-1"') == 2
    assert '<p><a id="ref-1"></a>[1] M. Modic' in shown


def test_a_definition_without_an_address_is_none() -> None:
    assert cited("[@a]: この研究では") == ["a"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("x\n<!--cite @a-->[1]\n\ny [@b]\n<!--bibliography-->", 2, "never closed"),
        ("<!--cite @a <!--cite @b-->[1]<!--/cite-->\n<!--bibliography-->", 1, "never closed"),
        ("<!--cite @a-->[1] <!--cite @b-->[2]<!--/cite-->\n<!--bibliography-->", 1, "never closed"),
        ("x [1]<!--/cite-->", 1, "closes nothing"),
        ("<!--/bibliography-->", 1, "closes nothing"),
        ("<!--bibliography-->\n\n<!--bibliography-->", 3, "second"),
        ("x\n\n[@a]", 3, "no place is named"),
        ("x <!--cite nothing-->[1]<!--/cite-->", 1, "names no work"),
    ],
)
def test_faults(text: str, line: int, words: str) -> None:
    faults = articles.read("a.md", text).faults
    assert [fault.line for fault in faults] == [line]
    assert words in faults[0].message


def test_the_rest_of_an_article_with_faults_goes_on() -> None:
    assert cited("<!--cite @a-->[1]\n\ny [@b] <!--cite @c-->[2]<!--/cite-->") == ["b", "c"]


def test_lines_and_spans() -> None:
    text = "a\r\n\r\nb [@k]\r\n"
    (citation,) = articles.read("a.md", text).citations
    assert (citation.line, citation.span.of(text), citation.typed) == (3, "[@k]", "@k")


@pytest.mark.parametrize(
    ("path", "text", "settings"),
    [
        ("a.md", "---\nstyle: ama\nlang: 'ja' # x\ntitle: t\n---\n", {"style": "ama", "lang": "ja"}),
        ("a.md", "---\nrefpipe:\n  style: sist02\n  x: y\nother:\n  style: no\n---\n",
         {"style": "sist02", "x": "y"}),
        ("a.md", '+++\nstyle = "ama"\n[refpipe]\nlang = "en"\n+++\n', {"style": "ama", "lang": "en"}),
        ("a.md", "---\ntext\n---\n", {}),
        ("a.html", '<html lang="ja"><meta name="refpipe:style" content="ama">',
         {"lang": "ja", "style": "ama"}),
    ],
)  # fmt: skip
def test_settings(path: str, text: str, settings: dict[str, str]) -> None:
    assert articles.read(path, text).settings == settings


def test_formats_by_suffix() -> None:
    assert articles.read("x/a.HTM", "").format == "html"
    assert articles.read("x.html/a.md", "").format == "markdown"
    assert articles.read("a", "").format == "markdown"


def _rendering(count: int) -> Rendering:
    link = (Run("[1, p. 5]", target="#ref-1", anchor="cite-1-1"),)
    entry = Entry(
        number=1, work_id="doi:10.1/x", label="[1]", anchor="ref-1", backlinks=("cite-1-1", "cite-2-1"),
        content=(Run("M. Modic, "), Run("Radiology", frozenset({"italic"})), Run(", doi: "),
                 Run("10.1/x", target="https://doi.org/10.1/x")),
    )  # fmt: skip
    return Rendering(citations=(link,) * count, entries=(entry,))


@pytest.mark.parametrize("case", sorted(CASES.glob("*.typed.*")), ids=lambda path: path.name)
def test_woven_as_in_the_file(case: Path) -> None:
    text = case.read_bytes().decode()
    article = articles.read(case.name, text)
    woven = articles.weave(article, _rendering(len(article.citations)))
    expected = case.with_name(case.name.replace(".typed.", ".woven."))
    assert woven.encode() == expected.read_bytes()


def test_brackets_stay_brackets_where_the_article_defines_them() -> None:
    text = "x [@a]\n\n<!--bibliography-->\n\n[1]: https://x.example\n"
    article = articles.read("a.md", text)
    assert r"\[1, p. 5\]</a>" in articles.weave(article, _rendering(1))


@pytest.mark.parametrize("dash", "-‐‑‒–−～")
def test_a_range_is_one_place_whatever_stands_between(dash: str) -> None:
    (item,) = citations.items(f"@a, pp.597{dash}604")
    assert (item.label, item.suffix) == ("page", "")
    assert item.locator.replace("–", "-").replace("~", "-") == "597-604"


@pytest.mark.parametrize(
    ("path", "text", "lines"),
    [
        ("a.html", '<a href="#x">[@a]</a>\n<a href=y>see\n[@b]</a> [@ok]', [1, 3]),
        ("a.html", '<a href="u"><code>[@c]</code> <!-- [@d] --> y</a> [@ok]', []),
        ("a.md", '[@ok]\n<a href="#x">[@a]</a>', [2]),
        ("a.md", "[@ok] [see [@a] there](https://x.example)", [1]),
        ("a.md", "![alt [@a]](s.png) [@ok] [@a](#x)", [1, 1]),
        ("a.md", "[@user](https://x.example/@user) [@ok]", []),
        ("a.md", r"\[ [@ok] x](y)", []),
        ("a.md", "[a\n\n[@ok] ](z)", []),
        ("a.md", "[x](y) [@ok] [x](y)", []),
    ],
)
def test_a_citation_in_a_link_is_said(path: str, text: str, lines: list[int]) -> None:
    article = articles.read(path, f"{text}\n\n<!--bibliography-->")
    assert [citation.typed for citation in article.citations] == ["@ok"]
    assert [fault.line for fault in article.faults] == lines


def test_a_citation_before_a_colon_defines_no_label() -> None:
    text = "[@nosuch]\n\n[@a]: これ\n"
    rendering = Rendering(citations=((Run("[?]"),), (Run("[1]"),)), entries=())
    once = articles.weave(articles.read("a.md", text), rendering)
    assert "\\[" not in once
    assert articles.weave(articles.read("a.md", once), rendering) == once


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("a.html", "<title>[@one]</title>", "<title>"),
        ("a.html", "<button>[@one]</button>", "<button>"),
        ("a.html", "<select><option>[@one]</option></select>", "<select>"),
        ("a.html", "<svg><text>[@one]</text></svg>", "<svg>"),
        ("a.html", '<p title="[@one]">x</p>', "an attribute"),
        ("a.md", "---\ntitle: x [@one]\n---\n", "the front matter"),
        ("a.md", '{{< figure title="図 [@one]" >}}', "a shortcode"),
        ("a.md", "{% note [@one] %}", "a shortcode"),
        ("a.md", "![図 [@one]](x.png)", "in a link"),
        ("a.md", "甲［@one］乙", "full-width signs"),
        ("a.md", "甲[＠one]乙", "full-width signs"),
    ],
)
def test_a_citation_in_another_place_is_told_and_never_woven(
    path: str, text: str, place: str
) -> None:
    article = articles.read(path, text)
    assert not article.citations
    assert any(place in fault.message for fault in article.faults)


@pytest.mark.parametrize("inside", ["x " * 5000, "a\n\nb", '{% a %} <b> "', "（" * 3000])
@pytest.mark.parametrize(("opening", "end"), [("{{<", ">}}"), ("{%", "%}"), ("{{", "}}")])
def test_no_template_is_too_long_to_be_one(opening: str, end: str, inside: str) -> None:
    if opening == "{%":
        inside = inside.replace("{% a %}", "")
    template = f'{opening} figure title="{inside} [@b] と [1]" {end}'
    article = articles.read(
        "a.md", f"甲 [@a]。\n\n{template}\n\n乙 [@c]。\n\n<!--bibliography-->\n"
    )
    assert [citation.typed for citation in article.citations] == ["@a", "@c"]
    assert ["shortcode" in fault.message for fault in article.faults] == [True]
    page = f"甲[1]。乙[2]。\n\n{template}\n\n## 参考文献\n\n"
    page += "[1] Abe K. A title. Spine. 2001;1:2-3.\n[2] Ito M. Another. Spine. 2002;2:4-5.\n"
    planned = lists.plan(page, "markdown")
    assert planned is not None
    shown = range(page.index(template), page.index(template) + len(template))
    assert not any(one.span.start in shown for one in planned.numbers.citations)
    line = page.count("\n", 0, page.index("[1]", shown.start)) + 1
    assert line in {fault.line for fault in planned.numbers.unclear}


def test_braces_that_open_twice_are_no_template() -> None:
    article = articles.read("a.md", "{{ 甲 [@a]。\n\n{{ b }} 乙 [@c]。\n\n<!--bibliography-->\n")
    assert [citation.typed for citation in article.citations] == ["@a", "@c"]


@pytest.mark.parametrize("length", [3999, 4000, 9000])
def test_what_is_too_long_to_be_read_is_told(length: int) -> None:
    is_told = length >= 4000
    address = "https://example.org/".ljust(length, "x")
    (*faults,) = articles.read("a.md", f"甲 {address}\n").faults
    assert [fault.line for fault in faults] == [1] * is_told
    entry = "Abe K. A title. Spine. 2001;1:2-3. "
    entry += "and more " * ((length + 2 - len(entry)) // 9)
    page = f"甲[1]。乙[2]。\n\n## 参考文献\n\n[1] {entry}\n[2] Ito M. Another. Spine. 2002;2:4-5.\n"
    planned = lists.plan(page, "markdown")
    assert planned is not None
    assert any("signs, and so much" in one.message for one in planned.obstacles) == (length > 4010)
    wide = "［" + "長" * length + "＠one］"
    assert [fault.line for fault in articles.read("a.md", wide).faults] == [1]


def test_a_list_within_a_paragraph_is_no_block() -> None:
    article = articles.read("a.html", "<p>甲 [@a]<br><!--bibliography--></p>")
    woven = articles.weave(article, _rendering(1))
    assert "<div" not in woven
    assert '<span class="csl-entry"' in woven


def test_an_address_keeps_its_underscores() -> None:
    address = "https://www.example.org/article/30_123/_article/-char/ja/"
    page = f"甲[2]。\n\n## 参考文献\n\n[1] 佐藤一, 森二. 膝の話. 整形. 2001; 3: 4-9. {address}\n"
    page += "[2] Sato H, Mori J. Knees. J Rest. 2013;5(2):88-95.\n"
    found = lists.find(page, "markdown")
    assert found
    assert address in found.references[0].text


@pytest.mark.parametrize(
    ("path", "quoted"),
    [
        ("a.md", "終わりは `<!--/bibliography-->` と書きます。"),
        ("a.md", "```\n<!--/bibliography-->\n```"),
        ("a.md", "    <!--/bibliography-->"),
        ("a.html", "<script>const end = '<!--/bibliography-->'</script>"),
        ("a.html", "<pre>\n<!--/bibliography-->\n</pre>"),
        ("a.mdx", "終わりは `{/*/bibliography*/}` と書きます。"),
    ],
)
def test_a_closing_mark_that_is_quoted_closes_no_list(path: str, quoted: str) -> None:
    mark = "{/*bibliography*/}" if path == "a.mdx" else "<!--bibliography-->"
    text = f"So [@a].\n\n{mark}\n\n{quoted}\n\nAnd [@b].\n"
    article = articles.read(path, text)
    assert [place.span.of(text) for place in article.bibliographies] == [mark]
    assert [one.typed for one in article.citations] == ["@a", "@b"]


@pytest.mark.parametrize("path", ["a.md", "a.html", "a.mdx"])
def test_an_end_without_a_partner_swallows_nothing(path: str) -> None:
    start, end = ("{/*", "*/}") if path == "a.mdx" else ("<!--", "-->")
    mark, close = f"{start}bibliography{end}", f"{start}/bibliography{end}"
    text = f"{mark}\n{close}\nwords\n\n{close}\n"
    unwoven = articles.unweave(articles.read(path, text))
    emptied = articles.weave(articles.read(path, text), Rendering(citations=(), entries=()))
    assert unwoven == emptied == text.replace(f"{mark}\n{close}", mark + close)
    assert articles.unweave(articles.read(path, unwoven)) == unwoven


@pytest.mark.parametrize("path", ["a.md", "a.html", "a.mdx"])
@pytest.mark.parametrize("before", ["", "words ", "> ", "\n- ", "\f"])
def test_a_guard_that_was_typed_stays(path: str, before: str) -> None:
    text = f'{before}<wbr class="cite">[@a]\n'
    shown = Rendering(citations=((Run("[1]"),),), entries=())
    woven = articles.weave(articles.read(path, text), shown)
    again = articles.read(path, woven)
    assert articles.weave(again, shown) == woven
    assert articles.unweave(again) == text
