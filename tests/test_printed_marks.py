"""What stands before a reference or between its lines, and is none of its elements."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refpipe.items import printed
from refpipe.model import Item

SOURCES = (
    "Lindqvist A, Okafor B. Sleep in old age. J Sleep Res. 2017;3(2):22-31.",
    "Lindqvist, A., & Okafor, B. (2017). Sleep in old age. Journal of Sleep Research, 3(2), 22-31.",
    "A. Lindqvist and B. Okafor, Sleep in old age, J. Sleep Res. 3 (2017), 22-31.",
    "Lindqvist A, Okafor B. Sleep in old age. 2nd ed. London: Penguin; 2017.",
    "Lindqvist A. Sleep in old age. In: Okafor B, editor. Old age. London: Penguin; 2017. p. 3-9.",
    "World Health Organization. Sleep in old age. Geneva: World Health Organization; 2017.",
    "World Health Organization (2017). Sleep in old age. https://www.who.int/sleep",
)
WORDS = st.text("abdefgilmnoprstu", min_size=2, max_size=9).map(str.title)
FIGURES = st.integers(1, 199).map(str)


def item(text: str) -> Item:
    return printed.remembered(text).reading.item


@st.composite
def marks(draw: st.DrawFn) -> str:
    """A label that somebody may set before a reference."""
    word, figure = draw(WORDS), draw(FIGURES)
    forms = (
        f"{word}: ", f"{word} {figure}: ", f"{word}. {figure}: ", f"[{word} {figure}] ",
        f"[{word}{figure}] ", f"[{word}-{figure}]: ", f"[^{word}{figure}]: ", f"[^{figure}] ",
        f"({figure[0]}a) ", f"{word[0].lower()}) ", f"{figure}) ", f"**{figure}.** ",
        f"§ {figure} ", f"#{figure} ", f"†{figure} ", f"→ {figure}) ", "» ", f"{word} {figure} – ",
        f"{word} {figure}) ", figure.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")) + " ",
        f"{word}:\t", f"References: {figure[0]}. ", f"{figure}-",
    )  # fmt: skip
    return draw(st.sampled_from(forms))


@given(marks(), st.sampled_from(SOURCES))
def test_a_mark_in_front_is_no_part_of_a_reference(mark: str, source: str) -> None:
    """Whatever it is: the reference reads whole without it and not with it."""
    assert item(mark + source) == item(source)


@given(WORDS, st.sampled_from(SOURCES))
def test_a_mark_that_no_list_knows_is_told(word: str, source: str) -> None:
    rest = [one.text for one in printed.read(f"{word}: {source}").rest]
    assert f"{word}:" in rest


@pytest.mark.parametrize(
    "title",
    [
        "Epilogue: A look at what comes next",
        "Vitamin D: Smith and the seven sins",
        "HIV/AIDS and STD updates",
        "1. FC Sleep and the second league",
        "[Treatment of sleep in old age]",
        "5-HT receptors in old age",
        "¹⁸F-FDG and sleep in old age",
    ],
)
def test_what_opens_a_title_is_no_mark(title: str) -> None:
    assert item(f"Lindqvist A, Okafor B. {title}. J Sleep Res. 2017;3(2):22-31.")["title"] == title
    quoted = item(f"“{title},” J. Sleep Res., vol. 3, no. 2, pp. 22–31, 2017.")
    assert (quoted["title"], quoted.get("author")) == (title, None)


NAMES = ("Lindqvist, Anna", "Okafor, Ben and Lindqvist, Anna", "Lindqvist A, Okafor B")
TITLES = ("Sleep in Old Age: A Guide", "Why the old do not sleep", "Traditional sleep")
IMPRINTS = ("Stuttgart: Thieme, 2009.", "London: Penguin; 2011.", "New York: Guilford Press, 2017")


@given(st.sampled_from(NAMES), st.sampled_from(TITLES), st.sampled_from(IMPRINTS))
def test_the_end_of_a_line_parts_elements_that_no_sign_parts(
    names: str, title: str, imprint: str
) -> None:
    found = item(f"{names}\n{title}\n{imprint}")
    assert found == item(f"{names}. {title}. {imprint}")
    assert found["title"] == title


@given(st.data())
def test_the_end_of_a_line_within_a_title_is_a_blank(data: st.DataObject) -> None:
    title = "Why the old do not sleep and what helps them in the night"
    blanks = [at for at, sign in enumerate(title) if sign == " "]
    at = data.draw(st.sampled_from(blanks))
    broken = f"{title[:at]}\n{title[at + 1 :]}"
    for source in SOURCES:
        whole = source.replace("Sleep in old age", title)
        assert item(source.replace("Sleep in old age", broken)) == item(whole)


@given(st.sampled_from(["*", "**", "_", "__"]), st.sampled_from(["", "* ", "  * ", "1. "]))
def test_emphasis_may_begin_a_reference(stress: str, bullet: str) -> None:
    """The first sign of ``*Lindqvist A*`` is no bullet."""
    names, rest = "Lindqvist A, Okafor B", " Sleep in old age. "
    once = f"{bullet}{stress}{names}.{stress}{rest}J Sleep Res. 2017;3(2):22-31."
    twice = f"{bullet}{stress}{names}{stress}.{rest}{stress}J Sleep Res{stress}. 2017;3(2):22-31."
    assert item(once) == item(twice) == item(SOURCES[0])


ONE_WORD = ["Nackenschmerzen", "Schlafstörungen", "Rückenschule", "Lombalgia"]


@pytest.mark.parametrize("title", ONE_WORD)
@pytest.mark.parametrize("mark", ["Quelle:", "Quelle (gekürzt):", "Zdroj:", "Fonte:"])
@pytest.mark.parametrize("names", ["Lindqvist H, Okafor K", "Lindqvist H"])
def test_a_mark_before_an_article_is_none_of_it_though_its_title_is_in_doubt(
    title: str, mark: str, names: str
) -> None:
    plain = f"{names}. {title}. Z Orthop. 2019;12:4-9."
    read = printed.read(f"{mark} {plain}")
    assert read.reading.item == item(plain)
    assert read.rest[0].text == mark


LOOSE = ["WHO", "NSAID", "Anhang", "Fonte", "see"]
NUMBERS = ["a", "iv", "XII", "A-12", "Lau19", "12", "3.1"]
ENTRIES_JA = [
    "諏訪孝博：歩行の研究．理学療法 12：4-9，2019.",
    "諏訪孝博『歩行の研究』医学書院、2019年",
]
LOOSE_JA = ["文献", "注", "諏訪", "図表", "WHO"]


@pytest.mark.parametrize("word", LOOSE)
@pytest.mark.parametrize("source", SOURCES)
def test_a_word_before_a_bracket_is_told_and_the_number_of_a_list_is_not(
    word: str, source: str
) -> None:
    """What was cut off may be more than a label: NSAID) of which the beginning was lost."""
    read = printed.read(f"{word}) {source}")
    assert read.reading.item == item(source)
    assert read.rest[0].text == f"{word})"
    for label in NUMBERS:
        assert not printed.remembered(f"{label}) {source}").rest


@pytest.mark.parametrize("word", LOOSE_JA)
@pytest.mark.parametrize("source", ENTRIES_JA)
@pytest.mark.parametrize("sign", [")", ") ", "）"])
def test_what_stands_before_a_bracket_is_no_part_of_a_japanese_name(
    word: str, source: str, sign: str
) -> None:
    read = printed.read(f"{word}{sign}{source}")
    assert read.reading.item == item(source)
    told = [one.text for one in read.rest]
    assert told == ([] if len(word) == 1 else [f"{word}{sign.strip()}"])
    assert read.reading.item == printed.read(f"ア{sign}{source}").reading.item


@pytest.mark.parametrize("mark", ["º", "ª", "¹", "³²", "ᵃ", "ᴬ", "ⁿ", "₁"])
@pytest.mark.parametrize("source", ENTRIES_JA)
def test_a_raised_mark_before_a_japanese_name_is_no_part_of_it(mark: str, source: str) -> None:
    assert printed.read(mark + source).reading.item == item(source)
