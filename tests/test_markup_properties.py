"""What holds of rich text whatever the text: nothing is lost, nothing is taken for markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from refpipe import markup
from refpipe.items.bibtex import latex
from refpipe.markup.tags import local
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


_ELEMENT_NAME = re.compile(r"</?[A-Za-z][\w:-]*")


@pytest.mark.parametrize(
    "sent",
    [*(line.split("\t")[0] for line in _TITLES.read_text("utf-8").splitlines() if line[:1] != "#"),
     "Ca<sub>2</sub>\n   O and H<sub>2</sub>\n  A day"],
)  # fmt: skip
def test_tags_in_capitals_say_the_same(sent: str) -> None:
    capital = _ELEMENT_NAME.sub(
        lambda tag: tag[0].upper() if local(tag[0].strip("</")) else tag[0], sent
    )
    assert markup.clean(capital) == markup.clean(sent)


def _leaf(text: str, element: str) -> tuple[str, str, str]:
    return text, text, f"<mml:{element}>{text}</mml:{element}>"


def _sum(parts: tuple[tuple[str, str, str], ...]) -> tuple[str, str, str]:
    (line, tex, tree), (other, other_tex, other_tree) = parts
    return (
        f"{line}+{other}",
        f"{tex}+{other_tex}",
        f"<mml:mrow>{tree}<mml:mo>+</mml:mo>{other_tree}</mml:mrow>",
    )


def _bracketed(line: str) -> str:
    return line if line.isalnum() else f"({line})"


def _fraction(parts: tuple[tuple[str, str, str], ...]) -> tuple[str, str, str]:
    (line, tex, tree), (other, other_tex, other_tree) = parts
    return (
        f"{_bracketed(line)}/{_bracketed(other)}",
        rf"\frac{{{tex}}}{{{other_tex}}}",
        f"<mml:mfrac><mml:mrow>{tree}</mml:mrow><mml:mrow>{other_tree}</mml:mrow></mml:mfrac>",
    )


def _mixed(parts: tuple[int, tuple[str, str, str], tuple[str, str, str]]) -> tuple[str, str, str]:
    line, tex, tree = _fraction(parts[1:])
    whole = parts[0]
    return (
        f"{whole} {line}",
        f"{whole}{tex}",
        f"<mml:mrow><mml:mn>{whole}</mml:mn>{tree}</mml:mrow>",
    )


def _fenced(parts: tuple[str, tuple[str, str, str]]) -> tuple[str, str, str]:
    (opening, closing), (line, tex, tree) = tuple(parts[0]), parts[1]
    return (
        f"{opening}{line}{closing}",
        rf"\left{opening}{tex}\right{closing}",
        f'<mml:mfenced open="{opening}" close="{closing}">{tree}</mml:mfenced>',
    )


def _root(part: tuple[str, str, str]) -> tuple[str, str, str]:
    line, tex, tree = part
    return f"√{_bracketed(line)}", rf"\sqrt{{{tex}}}", f"<mml:msqrt>{tree}</mml:msqrt>"


FORMULA = st.recursive(
    st.integers(2, 99).map(lambda number: _leaf(str(number), "mn"))
    | st.sampled_from("abxyz").map(lambda letter: _leaf(letter, "mi")),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(_sum),
        st.tuples(inner, inner).map(_fraction),
        st.tuples(st.integers(2, 9), inner, inner).map(_mixed),
        st.tuples(st.sampled_from(["()", "[]", "||"]), inner).map(_fenced),
        inner.map(_root),
    ),
    max_leaves=6,
)
"""Formulas as a line shows them, as TeX and as MathML."""


@given(FORMULA)
def test_a_formula_keeps_its_meaning_in_a_line(formula: tuple[str, str, str]) -> None:
    line, tex, tree = formula
    math = f'<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML">{tree}</mml:math>'
    assert markup.plain(markup.read(f"Dose of {math}")) == f"Dose of {line}"
    assert markup.plain(markup.read(f"Dose of <tex-math>{tex}</tex-math>")) == f"Dose of {line}"


_SHOWN_AS = st.sampled_from(
    ["{}", "{{{}}}", r"\mathrm{{{}}}", r"\text{{{}}}", r"{{\rm {}}}", "{}{{}}"]
)


@given(st.integers(1, 99), st.integers(1, 9), st.integers(2, 9), st.integers(1, 99), _SHOWN_AS)
def test_figures_of_two_numbers_never_touch(
    whole: int, above: int, below: int, after: int, shown_as: str
) -> None:
    fraction = rf"\frac{{{above}}}{{{below}}}"
    tree = f"<mfrac><mn>{above}</mn><mn>{below}</mn></mfrac>"
    said = f"{whole} {above}/{below}"
    one, other = shown_as.format(whole), shown_as.format(after)
    for title, line in (
        (f"For ${one}{fraction}$ days", f"For {said} days"),
        (f"For {whole}${fraction}$ days", f"For {said} days"),
        (f"For {whole}<math>{tree}</math> days", f"For {said} days"),
        (f"For <i>{whole}</i><math><mrow>{tree}</mrow></math> days", f"For {said} days"),
        (f"${fraction}{other}$", f"{above}/{below} {after}"),
        (f"$\\sqrt{{{whole}}}{other}$", f"√{whole} {after}"),
        (f"<math>{tree}<mn>{after}</mn></math>", f"{above}/{below} {after}"),
        (f"<math><msqrt><mn>{whole}</mn></msqrt><mn>{after}</mn></math>", f"√{whole} {after}"),
    ):
        assert markup.plain(markup.read(title)) == line
        assert "math" in title or latex.read(title) == line
    for raised in (f"$2^{{{fraction}}}$", rf"$2^\frac{above}{below}$", f"$2^{{{fraction}}} $"):
        assert markup.to_csl(markup.read(raised)) == f"2<sup>{above}/{below}</sup>"


@given(st.integers(1, 40))
def test_fractions_within_one_another_keep_every_line(deep: int) -> None:
    source, line = "1", "1"
    for place in range(deep):
        source = rf"\frac{{2}}{{{source}}}"
        line = f"2/{line}" if not place else f"2/({line})"
    assert markup.plain(markup.read(f"<tex-math>{source}</tex-math>")) == line


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("$10^ 3_{a}$", "10<sup>3</sup><sub>a</sub>"),
        ("A $10^3$ fold", "A 10<sup>3</sup> fold"),
        ("$H_2O$", "H<sub>2</sub>O"),
        ("From $5 to $10, from $6_a", "From $5 to $10, from $6_a"),
        (r"$10^{2^{n}}$", "10<sup>2^n</sup>"),
        (r"$\binom{n}{k}$", "(n over k)"),
        (r"$\frac12\frac34_{x}$", "1/2 3/4<sub>x</sub>"),
        (r"$\text{cost \$5}_{1}$", "cost $5<sub>1</sub>"),
        (r"$a \\ b_{1}$", "a b<sub>1</sub>"),
    ],
)
def test_tex_between_dollars(title: str, shown: str) -> None:
    assert markup.to_csl(markup.read(title)) == shown


def _element(name: str, inside: str, attributes: str = "") -> str:
    return f"<{name} {attributes}>{inside}</{name}>"


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        (_element("mfrac", "<mi>n</mi><mi>k</mi>", 'linethickness="0"'), "n over k"),
        (_element("mfrac", "<mi>n</mi><mi>k</mi>", 'linethickness="0.5pt"'), "n/k"),
        (_element("mfenced", "<mn>1</mn><mn>2</mn>", 'separators=";"'), "(1; 2)"),
        (_element("mtext", "<i>vivo</i> x"), "vivo x"),
        (_element("mover", "<mi>e</mi><mo>´</mo>"), "é"),
        (_element("mover", "<mi>x</mi><mo>\u02c7</mo>"), "x\u030c"),
        (_element("mover", "<mi>x</mi><mo>&#x304;</mo>"), "x\u0304"),
        (_element("mover", "<mo>=</mo><mtext>def</mtext>"), "=def"),
        (_element("maction", "<mi>x</mi><mi>y</mi>"), "x"),
        (
            _element("mtable", 2 * _element("mtr", "<mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd>")),
            "1 2; 1 2",
        ),
    ],
)
def test_elements_of_mathml(element: str, shown: str) -> None:
    assert markup.plain(markup.read(f"<math>{element}</math>")) == shown
