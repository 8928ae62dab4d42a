"""Citations in WordPress content, whose comments an editor may take away."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refpipe import articles
from refpipe.model import Article, Entry, Rendering, Run

TYPED = (
    "<!-- wp:paragraph -->\n<p>痛みは軽くなる [@doi:10.1/a, p. 12]。"
    "再発は多い [@two; @three]。</p>\n"
    "<!-- /wp:paragraph -->\n\n<!-- wp:html -->\n<!--bibliography-->\n<!-- /wp:html -->\n"
)


def woven(text: str) -> str:
    article = articles.read("post.html", text)
    keys = list(dict.fromkeys(item.key for one in article.citations for item in one.items))
    numbers = {key: number for number, key in enumerate(keys, 1)}
    entries = tuple(
        Entry(number=n, work_id=key, label=f"[{n}]", content=(Run(key),), anchor=f"ref-{n}")
        for key, n in numbers.items()
    )
    citations = tuple(
        tuple(Run(f"[{numbers[item.key]}]", target=f"#ref-{numbers[item.key]}") for item in c.items)
        for c in article.citations
    )
    return articles.weave(article, Rendering(citations=citations, entries=entries))


def read(text: str) -> Article:
    return articles.read("post.html", text)


def in_other_order(text: str) -> str:
    """The links as the block editor saves them, with another attribute of its own."""
    return text.replace('<span data-cite="', '<span class="has-x" data-cite="')


LOSSES = {
    "both comments": r"<!--/?cite\b.*?-->",
    "the closing comment": r"<!--/cite-->",
    "the opening comment": r"<!--cite\b.*?-->",
    "the first closing comment": r"<!--/cite-->(?=。再発)",
    "the first opening comment": r"<!--cite @doi.*?-->",
}


@pytest.mark.parametrize("loss", LOSSES)
def test_a_citation_whose_comments_were_taken_is_repaired(loss: str) -> None:
    whole = woven(TYPED)
    left = re.sub(LOSSES[loss], "", whole)
    assert left != whole
    article = read(left)
    assert article.faults == ()
    assert woven(left) == whole
    assert articles.unweave(article) == TYPED
    assert woven(in_other_order(left)) == whole


def test_what_was_typed_stands_in_the_element_in_wordpress_alone() -> None:
    assert woven(TYPED).count('data-cite="') == 2
    assert "data-cite" not in woven("<p>痛み [@one]。</p>\n<!--bibliography-->\n")


def test_what_a_citation_shows_is_known_without_its_comments() -> None:
    left = re.sub(LOSSES["both comments"], "", woven(TYPED))
    article = read(left)
    shown = [articles.printed(article, one.span) for one in article.citations]
    assert shown[0] == '<a href="#ref-1">[1]</a>'


@given(
    keys=st.lists(
        st.from_regex(r"[a-z][a-z0-9]{0,5}(?:, p\. [1-9])?", fullmatch=True), min_size=1, max_size=4
    ),
    before=st.sampled_from(["", "cf. ", "A & B: ", '"x" ', "1 &lt; 2 "]),
    gone=st.lists(st.booleans(), min_size=8, max_size=8),
)
def test_whichever_comments_are_taken_nothing_is_lost(
    keys: list[str], before: str, gone: list[bool]
) -> None:
    cited = "".join(f"文{number}[{before}@{key}]。" for number, key in enumerate(keys))
    text = f"<!-- wp:paragraph --><p>{cited}</p><!-- /wp:paragraph -->\n<!--bibliography-->\n"
    whole = woven(text)
    marks = iter(gone)
    left = re.sub(r"<!--/?cite\b.*?-->", lambda mark: "" if next(marks) else mark[0], whole)
    assert woven(left) == whole
    assert articles.unweave(read(left)) == text
