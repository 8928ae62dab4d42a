"""The laws of weaving, on articles that nobody would write and all that somebody might."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from examples import some
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from refpipe import articles
from refpipe.articles import citations, unmanaged
from refpipe.articles.lists import marks
from refpipe.model import LONGEST_ADDRESS, Article, Entry, Inline, Rendering, Run

KEYS = st.sampled_from(
    [
        "@doi:10.1148/radiol.2372041509", "@pmid:8747249", "@modic2005", "@a--b", "@x-",
        "@https://ex.com/a?b=1", "@{doi:10.1002/(SICI)1097(19980815)17:15<1661::AID-S>3.0.CO;2-2}",
        "@doi:10.1016/S0140-6736(05)67889-2", "@PMC123, p. 600", "@a, 第3章", "@b, pp. 12--14",
        "see @c", "cf. @d, fig. 2; e.g. @e", "@f, p. 5, emphasis added", "@g &#45; &amp;#45;",
    ]
)  # fmt: skip
BRACKETS = st.lists(KEYS, min_size=1, max_size=3).map(lambda keys: f"[{'; '.join(keys)}]")
WORDS = st.sampled_from(
    [
        "腰椎", "MRI", "**bold**", "*x*", "a@b.example", "\\[@esc]", "`[@code]`", "``a ` [@c]``",
        "[@user](https://x.example/@user)", "https://x.example/@user/[x]", "<b>x</b>", "[1]", "[x]",
        '<a href="[@attr]">[@inside]</a>', "<!-- [@comment] -->", "<code>[@code]</code>", "`", "``",
        "<img alt='[@alt]'>", "[^1]", "!", "(", ")", "[", "]", "@", "<", ">", "&amp;", "\\", "|",
        "<https://x.example/[@auto]>", "--", "<!-- x", "-->", "<i", "~~~", "#", "[@a](", "[@", "@]",
        "<wbr>", '<wbr class="cite">', "`<!--/bibliography-->`",
        "[@u]: /x", "[a [@in] b](/x)", "[@own](#x)",
    ]
)  # fmt: skip
INLINE = st.lists(BRACKETS | WORDS, min_size=1, max_size=6).map(" ".join)
GLUED = st.lists(BRACKETS | WORDS, min_size=1, max_size=5).map("".join)
MARGINS = st.sampled_from(
    [
        "",
        "",
        "",
        "    ",
        "- ",
        "> ",
        "1. ",
        "  ",
        "\t",
        "# ",
        "| ",
        "   - ",
        ">     ",
        "-     ",
        "10) ",
    ]
)
LINES = st.builds("{}{}".format, MARGINS, INLINE | GLUED) | st.sampled_from(
    [
        "", "", "", "```", "~~~~", "    ```", "<pre>", "</pre>", "<script>", "</script>", "---",
        "***", "===", "<div>", "</div>", "<!--", "-->", "[@label]: https://x.example", "- ", ">",
        "[@nosuch]: これ", "[@x]: [1]",
        "<!--bibliography-->", "<!--bibliography @u1; @https://x.example/a--b-->", "<style>",
        "<a id='x'>", "</a>", "<!--cite @z-->", "<!--/cite-->", "<!--/bibliography-->",
        "<!--bibliography-->\n<!--/bibliography-->",
        "<textarea>",
    ]
)  # fmt: skip
NEWLINES = st.sampled_from(["\n", "\r\n"])
TEXTS = st.builds(
    lambda bom, front, lines, newline, end: bom + front + newline.join(lines) + end,
    st.sampled_from(["", "", "\ufeff"]),
    st.sampled_from(["", "", "---\nstyle: ama\nby: x [@y]\n---\n"]),
    st.lists(LINES, max_size=14),
    NEWLINES,
    st.sampled_from(["", "\n"]),
)
PATHS = st.sampled_from(["a.md", "a.html", "a.mdx"])


def rendered(article: Article) -> Rendering:
    """Numbers by first mention, as the rendering room gives them."""
    numbers: dict[str, int] = {}
    back: dict[int, list[str]] = {}
    citations: list[Inline] = []
    for at, citation in enumerate(article.citations, 1):
        runs: list[Run] = []
        for place, item in enumerate(citation.items, 1):
            number = numbers.setdefault(item.key, len(numbers) + 1)
            anchor = f"cite-{at}-{place}"
            back.setdefault(number, []).append(anchor)
            runs += [Run(", ")] if runs else []
            if item.key.startswith("x"):
                runs.append(Run("[?]"))
                continue
            extra = f", {item.locator}" if item.locator else ""
            text = f"{item.prefix}[{number}{extra}]{item.suffix}"
            runs.append(Run(text, frozenset(), f"#ref-{number}", anchor))
        citations.append(tuple(runs))
    for item in article.bibliographies[0].uncited if article.bibliographies else ():
        numbers.setdefault(item.key, len(numbers) + 1)
    entries = tuple(
        Entry(
            number=number, work_id=key, label=f"[{number}]", anchor=f"ref-{number}",
            content=(Run("A & B <i>, [@not] "), Run("Radiology", frozenset({"italic"})),
                     Run("10.1/x", target="https://doi.org/10.1/x")),
            backlinks=tuple(back.get(number, ())),
        )
        for key, number in numbers.items()
    )  # fmt: skip
    return Rendering(citations=tuple(citations), entries=entries)


def woven(path: str, text: str) -> str:
    article = articles.read(path, text)
    return articles.weave(article, rendered(article))


def seen(article: Article) -> object:
    """What a scan has found, without where it stands."""
    return (
        [(c.typed, c.items) for c in article.citations],
        [(b.typed, b.uncited) for b in article.bibliographies],
        article.settings,
    )


def author_text(path: str, text: str) -> str:
    """A text without woven marks, as an author might have typed it.

    A closing mark that closes nothing is left out: it would close what stands before it.
    """
    article = articles.read(path, text)
    assume(not any("closes nothing" in fault.message for fault in article.faults))
    typed = articles.unweave(article)
    assume(
        not any("closes nothing" in fault.message for fault in articles.read(path, typed).faults)
    )
    assume("/cite" not in outside(articles.read(path, typed)))
    return typed


def outside(article: Article) -> str:
    """The text with one mark for each span."""
    spans = [c.span for c in article.citations] + [b.span for b in article.bibliographies]
    pieces, end = [], 0
    for span in sorted(spans):
        pieces += [article.text[end : span.start], "\0"]
        end = span.end
    return "".join((*pieces, article.text[end:]))


@given(PATHS, TEXTS)
@settings(deadline=None)
def test_weaving_twice_is_weaving_once(path: str, text: str) -> None:
    once = woven(path, text)
    assert woven(path, once) == once


@given(PATHS, TEXTS)
@settings(deadline=None)
def test_unweaving_gives_back_what_was_typed(path: str, text: str) -> None:
    typed = author_text(path, text)
    assert articles.unweave(articles.read(path, woven(path, typed))) == typed


@given(PATHS, TEXTS)
@settings(deadline=None)
def test_scanning_sees_the_same_before_and_after(path: str, text: str) -> None:
    before = articles.read(path, text)
    after = articles.read(path, woven(path, text))
    assert seen(after) == seen(before)
    assert len(after.faults) == len(before.faults)


@given(PATHS, TEXTS)
@settings(deadline=None)
def test_text_outside_the_spans_is_the_same(path: str, text: str) -> None:
    before = articles.read(path, text)
    assert outside(articles.read(path, woven(path, text))) == outside(before)


@given(st.text("-&#45;ap;>!<", max_size=20) | st.text(max_size=20))
def test_a_comment_hides_any_text_and_gives_it_back(typed: str) -> None:
    hidden = citations.to_comment(typed)
    assert citations.from_comment(hidden) == typed
    assert "--" not in hidden
    assert not hidden.endswith("-")


class _Comments(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.comments: list[str] = []

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


@given(BRACKETS)
def test_an_html_parser_reads_the_comments_as_they_were_written(bracket: str) -> None:
    parser = _Comments()
    parser.feed(woven("a.html", f"<p>x {bracket} y</p>"))
    assert parser.comments[1:2] == ["/cite"]
    assert citations.from_comment(parser.comments[0].removeprefix("cite ")) == bracket[1:-1]


MARKED = st.builds("{} [@k{}] {}".format, WORDS, st.integers(0, 9), WORDS)
STRUCTURE = st.sampled_from(
    ["", "", "", "```", "~~~", "    [@k1]", "- x", "-     [@k2]", "> [@k3]", "  [@k4]", "1. [@k5]",
     "     [@k6]", "   [@k7]", "\t[@k8]", "para", "2) [@k9]", "# [@k1]", "---", "- ", ">", "> ```",
     "  ```", "   - [@k2]", "      [@k3]", "> - [@k4]", ">   [@k5]", ">       [@k6]", "`` [@k7]",
     "x `` [@k8]", "`[@k9]` [@k1]", "* * *", "===", "`[@k2]", "[@k3] k`"]
)  # fmt: skip


def expected(text: str) -> int:
    """How many brackets CommonMark leaves in running text, by another parser."""
    count = 0
    for token in MarkdownIt("commonmark", {"html": True}).parse(text):
        for child in token.children or ():
            count += child.content.count("[@k") if child.type == "text" else 0
    return count


@given(st.lists(STRUCTURE, min_size=1, max_size=10).map("\n".join))
@settings(max_examples=some(300), deadline=None)
def test_code_is_where_commonmark_says_it_is(text: str) -> None:
    text = f"para\n\n{text}"
    found = articles.read("a.md", text).citations
    assert len([c for c in found if "\n" not in c.typed]) == expected(text)


@pytest.mark.slow
@given(PATHS, TEXTS)
@settings(max_examples=1500, deadline=None)
def test_all_laws_at_length(path: str, text: str) -> None:
    typed = author_text(path, text)
    once = woven(path, typed)
    assert woven(path, once) == once
    assert articles.unweave(articles.read(path, once)) == typed
    assert seen(articles.read(path, once)) == seen(articles.read(path, typed))


SIGNS = st.lists(
    st.sampled_from([*"[](（）［］<>*＊※#†^12３٣9.,、-〜と 漢aR\n文献注①²", "文献", "ref. ", "12"])
).map("".join)


@pytest.mark.parametrize("form", ["half", "signed", "bare"])
@given(text=SIGNS)
def test_numbers_looked_for_where_they_can_begin_are_all_numbers(form: str, text: str) -> None:
    seen = marks.narrow(text)
    pattern = marks._forms()[form]
    begins = marks._SIGNS if form == "signed" else marks._FIGURES_AND_SIGNS
    tried = [found.span() for found in marks._each(pattern, begins, seen)]
    assert tried == [found.span() for found in pattern.finditer(seen)]


@given(words=st.lists(st.sampled_from(["https://a.example/", "痛" * 2500, "a" * 2500, " ", "\n"])))
def test_the_longest_addresses_are_told_wherever_they_stand(words: list[str]) -> None:
    text = "".join(words)
    told = [
        text.count("\n", 0, word.start()) + 1
        for word in re.finditer(r"\S+", text)
        if len(word[0]) >= LONGEST_ADDRESS and "http" in word[0]
    ]
    assert [fault.line for fault in unmanaged.endless(text)] == told
