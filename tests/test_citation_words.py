"""What an author types in a citation beside its key: places, and words in her own marks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refpipe import articles, render, styles
from refpipe.model import Work

WORKS = {
    name: Work(id=f"name:{name}", name=name, item={"type": "book", "title": name.upper()})
    for name in "abcdefghi"
}


def shown(text: str, style: str = "ieee") -> str:
    """A line of Markdown woven, without comments, guards and links."""
    read = articles.read("a.md", text)
    woven = articles.weave(read, render.render(read, WORKS, styles.load(style)))
    again = articles.read("a.md", woven)
    assert articles.unweave(again) == text
    return re.sub(r"<!--.*?-->|<wbr[^>]*>|</?a\b[^>]*>", "", woven)


@pytest.mark.parametrize(
    ("typed", "prints"),
    [
        # The forms of Pandoc's manual, "Citation syntax".
        ("@a, pp. 33-35, 38-39 and *passim*", "[1, pp. 33–35, 38–39] and *passim*"),
        ("see @a, pp. 33-35; also @b, chap. 1", "see [1, pp. 33–35], also [2, ch. 1]"),
        ("@a{ii, A, D-Z}, with a suffix", "[1, pp. ii, A, D-Z], with a suffix"),
        ("@a, {pp. iv, vi-xi, (xv)-(xvii)} with suffix here",
         "[1, pp. iv, vi–xi, (xv)-(xvii)] with suffix here"),
        ("@a{}, 99 years later", "[1], 99 years later"),
        ("-@a, p. 3", "[1, p. 3]"),
        ("@a, pp. ix–x", "[1, pp. ix–x]"),
        ("@a, VIII, 89", "[1, pp. VIII, 89]"),
        ("@a, V, 89", "[1, pp. V, 89]"),
        ("@a, xii", "[1, p. xii]"),
        ("@a, vol. 2, p. 5", "[1, vol. 2, p. 5]"),
        ("@a, §4", "[1, sec. 4]"),
        ("@a, 第3章", "[1, 第3章]"),
        ("@a, chs. 2-3", "[1, chs. 2–3]"),
        ("@a, l. 12", "[1, l. 12]"),
        ("@a, op. 27", "[1, op. 27]"),
        ("@a, s.v. gait, and more", "[1, s.v. gait], and more"),
        ("@a, p. 3ff.", "[1, p. 3ff.]"),
        ("@a, fols. 85r–88v", "[1, fols. 85r–88v]"),
        ("@a, p. 3 [sic]", "[1, p. 3] [sic]"),
        # Words that are no place.
        ("@a, mix of both", "[1], mix of both"),
        ("@a, I think", "[1], I think"),
        ("@a, civil war", "[1], civil war"),
        ("@a, B-12 deficiency", "[1], B-12 deficiency"),
        ("@a, no evidence", "[1], no evidence"),
    ],
)  # fmt: skip
def test_places(typed: str, prints: str) -> None:
    assert shown(f"So [{typed}].") == f"So {prints}."


@pytest.mark.parametrize(
    ("typed", "prints"),
    [
        ("@a, $x^2$ and $\\alpha\\_b$", "[1], $x^2$ and $\\alpha\\_b$"),
        ("@a, eq. $E=mc^2$", "[1], eq. $E=mc^2$"),
        ("@a, p. 3, **bold**, _slanted_ and `a*b`", "[1, p. 3], **bold**, _slanted_ and `a*b`"),
        ("cf. *this* @a", "cf. *this* [1]"),
        ("@a, 2 * 3 in snake_case", "[1, p. 2] \\* 3 in snake_case"),
        ("@a, p. 5^[a note; with more]", "[1, p. 5]^[a note; with more]"),
        ("@a[^n]", "[1][^n]"),
        ("see^[one; two] @a; @b", "see^[one; two] [1], [2]"),
    ],
)
def test_formulas_emphasis_and_footnotes_stand_as_typed(typed: str, prints: str) -> None:
    assert shown(f"So [{typed}].\n\n[^n]: x\n") == f"So {prints}.\n\n[^n]: x\n"


@pytest.mark.parametrize("text", ["[@a, p. 5^[see [@b]]]", "[see @a [but cf. @b]]"])
def test_a_citation_within_a_citation_is_a_finding(text: str) -> None:
    fault, *_ = articles.read("a.md", f"So {text}.").faults
    assert "brackets in this citation" in fault.message


@pytest.mark.parametrize(
    ("keys", "prints"),
    [
        ("de", "[4], [5]"),
        ("ed", "[4], [5]"),
        ("defg", "[4]–[7]"),
        ("bdefgi", "[2], [4]–[7], [9]"),
        ("igbfde", "[2], [4]–[7], [9]"),
        ("ac", "[1], [3]"),
    ],
)
def test_ieee_sorts_and_ranges(keys: str, prints: str) -> None:
    first = " ".join(f"[@{name}]" for name in WORKS)
    text = f"{first}\n\nSo [{'; '.join(f'@{key}' for key in keys)}]."
    assert shown(text).rpartition("So ")[2] == f"{prints}."


@given(st.text(st.sampled_from("ab*_$`^ 1\\.,()"), max_size=12))
def test_what_is_typed_never_breaks_the_text_around_it(words: str) -> None:
    read = articles.read("a.md", f"x [@a, {words}] y [@b] z\n")
    woven = articles.weave(read, render.render(read, WORKS, styles.load("ieee")))
    again = articles.read("a.md", woven)
    assert [c.typed for c in again.citations] == [c.typed for c in read.citations]
    assert articles.unweave(again) == read.text
