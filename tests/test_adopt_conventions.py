"""Pages in any convention of citing: a clear one is read right, a muddled one never silently wrong.

A page is drawn from a convention (how numbers are dressed), a kind of list, a format, sentences,
and sentences whose numbers cite nothing.  What each citation means is known by construction, so
what is read can be held against it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from textwrap import fill

import pytest
from adopting import check_laws
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe.articles import lists

CASES = json.loads((Path(__file__).parent / "cases/adopt/conventions.json").read_text("utf-8"))
BETWEEN = ("", "", "と言う", "（後述）", "。とくにMRI", "、改善は50%", "「よい」")
BEHIND = ("。", "。", "、という。", "と言われる。")


def wide(text: str) -> str:
    return text.translate({ord(one): ord(one) + 0xFEE0 for one in "0123456789"})


def small(text: str) -> str:
    return text.translate(str.maketrans("0123456789-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁽⁾"))


def rings(text: str) -> str:
    return re.sub(r"\d", lambda one: chr(0x245F + int(one[0])), text)


DRESSES: dict[str, Callable[[str], str]] = {"wide": wide, "small": small, "rings": rings}


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """How an author writes citations: ``[1, 3]``, ``<sup>2)</sup>``, ``※1`` …"""

    opening: str
    closing: str
    comma: str
    dash: str
    lists: Sequence[str]
    """The kinds of list that go with it."""
    dress: str = ""
    only: str = ""
    """The one format that has it; empty for both."""
    each: bool = False
    """Whether each number has brackets of its own, with the number in its link."""

    def write(self, numbers: Sequence[int], *, is_range: bool) -> str:
        joint = self.dash if is_range else self.comma
        shown = [numbers[0], numbers[-1]] if is_range else numbers
        dress = DRESSES.get(self.dress, str)
        if not self.each:
            return self.opening + dress(joint.join(map(str, shown))) + self.closing
        return joint.join(
            self.opening.format(n) + dress(str(n)) + self.closing.format(n) for n in shown
        )


CONVENTIONS = [Convention(**one) for one in CASES["conventions"]]


def label(kind: str, number: int) -> str:
    figures = wide(str(number)) if kind == "［n］" else str(number)
    text: str = CASES["labels"][kind].format(rings(figures) if kind == "①" else figures)
    return text


@dataclass(slots=True, kw_only=True)
class Page:
    """A page on the way, and what each of its citations means."""

    random: Random
    form: str
    text: str = ""
    cites: list[tuple[int, int, frozenset[int]]] = field(default_factory=list)

    def cite(self, convention: Convention, numbers: Sequence[int]) -> None:
        """A sentence, and behind it what it cites."""
        is_range = len(numbers) > 2 and convention.dash != "" and self.random.random() < 0.5
        if is_range:
            numbers = range(min(numbers), max(numbers) + 1)
        self.text += self.random.choice(CASES["claims"]) + self.random.choice(BETWEEN)
        start = len(self.text)
        self.text += convention.write(numbers, is_range=is_range)
        self.cites.append((start, len(self.text), frozenset(numbers)))
        self.text += self.random.choice(BEHIND)

    def paragraph(self, sentences: Sequence[str | tuple[Convention, Sequence[int]]]) -> None:
        shapes = [("<p>", "</p>\n"), ("<ul><li>", "</li></ul>\n"), ("<div>", "</div>\n")]
        if self.form != "html":
            shapes = [("", "\n\n"), ("- ", "\n\n"), ("> ", "\n\n")]
        start, end = self.random.choice(shapes)
        self.text += start
        for sentence in sentences:
            if isinstance(sentence, tuple):
                self.cite(*sentence)
            else:
                self.text += sentence + (" " if sentence.isascii() else "")
        self.text += end

    def list(self, kind: str, count: int) -> None:
        heading = self.random.choice(["参考文献", "文献", "References", "引用文献"])
        entries = self.random.sample(CASES["references"], count)
        if self.form != "html":
            end = self.random.choice(["\n", "\n\n"])
            lines = (f"{label(kind, n)}{entry}{end}" for n, entry in enumerate(entries, 1))
            self.text += f"## {heading}\n\n{''.join(lines)}"
            return
        self.text += f"<h2>{heading}</h2>\n"
        if kind == "n.":
            self.text += f"<ol>\n{''.join(f'<li>{entry}</li>' for entry in entries)}</ol>\n"
            return
        self.text += "".join(
            f"<p>{label(kind, n)}{entry}</p>\n" for n, entry in enumerate(entries, 1)
        )


def page(seed: int, convention: Convention, *, is_muddled: bool) -> Page:
    random = Random(seed)
    form = convention.only or random.choice(["markdown", "markdown", "html"])
    made = Page(random=random, form=form)
    count = random.randint(3, len(CASES["references"]))
    waiting = random.sample(range(1, count + 1), count)
    others = [one for one in CONVENTIONS if one.only in ("", form)]
    said = [CASES["cites nothing"], CASES["may confuse" if is_muddled else "cites nothing"]]
    while waiting:
        size = random.choice([1, 1, 2, 3])
        used = random.choice(others) if is_muddled and random.random() < 0.3 else convention
        sentences = [random.choice(one) for one in said if random.random() < 0.4]
        sentences.insert(random.randint(0, len(sentences)), (used, waiting[:size]))
        made.paragraph(sentences)
        del waiting[:size]
    kinds = list(CASES["labels"]) if is_muddled else list(convention.lists)
    made.list(random.choice([one for one in kinds if one != "[^n]" or form != "html"]), count)
    return made


def misread(made: Page) -> list[str] | None:
    """What was read otherwise than it was meant; None where the page is refused."""
    plan = lists.plan(made.text, made.form)
    if plan is None:
        assert lists.unreadable(made.text, made.form) or lists.uncounted(made.text, made.form)
        return None
    if plan.obstacles or plan.doubts():
        return None
    wrong = []
    for start, end, meant in made.cites:
        over = [
            one for one in plan.numbers.citations if one.span.start < end and start < one.span.end
        ]
        # Neighbours may have been read as one citation.
        alike = (
            cite[2]
            for cite in made.cites
            if any(cite[0] < one.span.end and one.span.start < cite[1] for one in over)
        )
        is_left = not over and plan.is_kept
        if not is_left and {n for one in over for n in one.numbers} != meant.union(*alike):
            wrong.append(made.text[max(0, start - 8) : end + 8])
    return wrong


@pytest.mark.parametrize(
    "convention", CONVENTIONS, ids=lambda one: one.write([1, 2], is_range=False)
)
@pytest.mark.parametrize("seeds", [range(3), pytest.param(range(3, 9), marks=pytest.mark.slow)])
def test_a_page_in_one_convention_is_read_right(convention: Convention, seeds: range) -> None:
    for seed in seeds:
        made = page(seed, convention, is_muddled=False)
        assert misread(made) == [], made.text
        check_laws("page.html" if made.form == "html" else "page.md", made.text)


@settings(max_examples=some(300))
@given(seed=st.integers(0, 2**32), convention=st.sampled_from(CONVENTIONS))
def test_a_muddled_page_is_never_read_wrong_in_silence(seed: int, convention: Convention) -> None:
    made = page(seed, convention, is_muddled=True)
    assert not misread(made), made.text


@pytest.mark.parametrize("name", ["a.md", "a.html"])
@pytest.mark.parametrize(
    ("cited", "labels"),
    [
        (("*", "**"), ("* ", "** ")),
        (("*", "*"), ("*1 ", "*2 ")),
        (("\\*", "\\*\\*"), ("\\* ", "\\*\\* ")),
        (("※", "※"), ("※ ", "※ ")),
        (("＊", "＊＊"), ("＊", "＊＊")),
        (("<sup>*</sup>", "<sup>**</sup>"), ("* ", "** ")),
        (("注*", "注**"), ("注* ", "注** ")),
    ],
)
def test_asterisks_that_may_cite_a_list_of_asterisks_are_told(
    name: str, cited: tuple[str, str], labels: tuple[str, str]
) -> None:
    entries = ("Abe K. A title of things. Spine. 2001;1:2-3.", "Ito M. Another. Knee. 2003;1:2-5.")
    listed = [f"{label}{entry}" for label, entry in zip(labels, entries, strict=True)]
    page = f"腰痛は多い{cited[0]}。\n手術は少ない{cited[1]}。\n\n## 参考文献\n\n" + "\n\n".join(
        listed
    )
    if name.endswith("html"):
        paragraphs = "".join(f"<p>{one}</p>" for one in listed)
        page = (
            f"<p>腰痛は多い{cited[0]}。\n手術は少ない{cited[1]}。</p><h2>参考文献</h2>{paragraphs}"
        )
    planned = lists.plan(page, "html" if name.endswith("html") else "markdown")
    assert planned is not None
    assert {fault.line for fault in planned.obstacles} == {1, 2}


def test_bullets_and_bold_words_are_no_citations() -> None:
    page = "**腰痛**は*多い*。\n\n## 参考文献\n\n* Abe K. A title. Spine. 2001;1:2-3.\n"
    page += "* Ito M. Another. Spine. 2002;2:4-5.\n"
    planned = lists.plan(page, "markdown")
    assert planned is not None
    assert planned.obstacles == ()


@pytest.mark.parametrize(
    ("words", "is_told"),
    [("早める1-2-3。", True), ("霞が関1-2-3。", False), ("電話は03-1234-5678。", False)],
)
def test_a_chain_of_numbers_at_the_end_of_a_clause_may_cite(words: str, is_told: bool) -> None:
    page = f"湯は眠りを{words}\n\n## 参考文献\n\n"
    page += "\n".join(f"[{n}] Abe K. Title {n}. Spine. 200{n};1:2-3." for n in (1, 2, 3))
    planned = lists.plan(page, "markdown")
    assert planned is not None
    assert bool(planned.doubts()) == is_told


@pytest.mark.parametrize("shown", [("B", "A"), ("2", "1")])
@pytest.mark.parametrize("place", ["entry", "list"])
def test_a_link_that_shows_another_entry_than_it_leads_to_is_told(
    shown: tuple[str, str], place: str
) -> None:
    body = "".join(f'湯は眠りを早める<sup><a href="#s0">{sign}</a></sup>。' for sign in shown)
    names = {"entry": ("", ' id="s0"'), "list": (' id="s0"', "")}[place]
    entries = f"<li{names[1]}>Abe K. Sleep and feet. J Sleep. 2019;3(1):4-9.</li>"
    entries += "<li>Ito M. Sleep and hands. J Sleep. 2019;4(1):4-9.</li>"
    kind = "A" if shown[0] == "B" else "1"
    page = f'<p>{body}</p><h2>参考文献</h2><ol type="{kind}"{names[0]}>{entries}</ol>'
    planned = lists.plan(page, "html")
    assert planned is not None
    told = (*planned.obstacles, *planned.numbers.unclear)
    assert bool(told) == (place == "entry")


@pytest.mark.parametrize(
    ("shortcode", "is_told"), [("{{ page.refs[1] }}", False), ("{{ cite 1 }}", True)]
)
def test_an_index_into_a_sites_own_values_is_no_citation(shortcode: str, is_told: bool) -> None:
    page = f"湯は眠りを早める[2]。{shortcode} 足も温める[1]。\n\n## 参考文献\n\n"
    page += "\n".join(f"[{n}] Abe K. Title {n}. Spine. 200{n};1:2-3." for n in (1, 2))
    planned = lists.plan(page, "markdown")
    assert planned is not None
    assert bool(planned.doubts()) == is_told


# ── Raised numbers behind the names of a page's authors ─────────────────────────────────────


AUTHORS = ("Chad R. Wells", "Anna van den Berg", "José Álvarez", "Li Wei", "Ece Atayeter, MD")
GROUPS = (
    "School of Health, Yale",
    "Charité Berlin",
    "大阪大学医学部",
    "Medical Research Institute",
)
ENTRIES = "\n".join(
    f"{number}. Tanaka {letter}. A {word}. Spine. 2001;{number}:4."
    for number, letter, word in ((1, "A", "painful back"), (2, "B", "stiff neck"), (3, "C", "knee"))
)


@settings(max_examples=some(150))
@given(data=st.data())
def test_numbers_behind_the_names_of_authors_cite_nothing(data: st.DataObject) -> None:
    raised = data.draw(st.sampled_from((small, "<sup>{}</sup>".format)))
    groups = data.draw(st.permutations(GROUPS))[: data.draw(st.integers(2, 3))]
    known = st.lists(st.integers(1, len(groups)), min_size=1, max_size=2, unique=True).map(sorted)
    people = data.draw(st.permutations(AUTHORS))[: data.draw(st.integers(2, 4))]
    led = [data.draw(known) for _ in people]
    named = [
        f"{one}{data.draw(st.sampled_from(('', '*', ' ')))}{raised(','.join(map(str, numbers)))}"
        for one, numbers in zip(people, led, strict=True)
    ]
    last = data.draw(st.sampled_from((", ", " and ", ", and ")))
    label = data.draw(st.sampled_from(("", "By ", "Authors: ", "**著者：**")))
    line = label + last.join([", ".join(named[:-1]), named[-1]])
    numbered = list(enumerate(groups, 1))
    institutes = data.draw(
        st.sampled_from(
            (
                "\n".join(f"{number}. {group}" for number, group in numbered),
                "  \n".join(f"{raised(str(number))} {group}" for number, group in numbered),
                "\n\n".join(f"{raised(str(number))}{group}" for number, group in numbered),
                "; ".join(f"{raised(str(number))} {group}" for number, group in numbered),
            )
        )
    )
    cited = data.draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    body = " ".join(f"Rest is no cure.{raised(str(number))}" for number in cited)
    text = f"# Back\n\n{line}\n\n{institutes}\n\n{body}\n\n## References\n\n{ENTRIES}\n"
    found = lists.find(text, "markdown")
    assert found is not None
    read = lists.numbers(text, found, "markdown")
    start = text.index(body)
    assert all(one.span.start >= start for one in read.citations)
    woven = [number for one in read.citations for number in one.numbers]
    assert woven == cited or read.unclear
    assert read.unclear


@settings(max_examples=some(80))
@given(
    cited=st.lists(st.integers(1, 3), min_size=3, max_size=8),
    stops=st.lists(st.sampled_from((",", ".", ";")), min_size=8, max_size=8),
    words=st.lists(st.sampled_from(("is seen", "at 60°", "in 9 of 10", "among all")), min_size=8),
    width=st.integers(20, 60),
)
def test_lines_that_an_editor_wrapped_cite_as_before(
    cited: list[int], stops: list[str], words: list[str], width: int
) -> None:
    parts = (
        f"The pain {word} people ({number}){stop}"
        for number, stop, word in zip(cited, stops, words, strict=False)
    )
    body = fill(" ".join(parts), width)
    text = f"{body} For a vertebra at (θ, 0) it ends.\n\n## References\n\n{ENTRIES}\n"
    found = lists.find(text, "markdown")
    assert found is not None
    read = lists.numbers(text, found, "markdown")
    assert [number for one in read.citations for number in one.numbers] == cited
    assert not read.unclear


def test_steps_that_begin_lines_are_none_of_these() -> None:
    text = f"Do this:\n(1) rest,\n(2) move,\n(3) sleep.\n\n## References\n\n{ENTRIES}\n"
    found = lists.find(text, "markdown")
    assert found is not None
    assert not lists.numbers(text, found, "markdown").citations


def english(text: str) -> lists.Numbers:
    entry = "{}. Boos N, Rieder R. The accuracy of imaging, part {}. Spine. 1995;20(24):{}13-25.\n"
    listed = "".join(entry.format(n, n, n) for n in range(1, 9))
    plan = lists.plan(f"{text}\n\n## References\n\n{listed}", "markdown")
    assert plan is not None
    return plan.numbers


@pytest.mark.parametrize(
    "sentence",
    [
        "The effect was large [-1.53, -1.01].",
        "| P | 286 | 8.6×10⁻¹¹ | [0.69, 1.16] |",
        "A ratio of 1.2 [1.05, 2.31] was found, and of 1.3 [1.12, 1.35].",
        "A dose of ~1 x 10^6 CAR-T cells/kg is usual.",
        "Both H₂PO₄⁻ and HPO₄²⁻ catalyze it.",
        "One must either: (1) walk daily, (2) lift less, (3) rest, or (4) swim.",
        "See *Cochrane Database Syst Rev*. 2012;(1):CD001046 for more.",
        "It was rare in one group (1 patient [30.6%]).",
    ],
)
def test_values_charges_and_steps_of_english_pages_are_no_citations(sentence: str) -> None:
    found = english(f"Back pain is common [1].\n\n{sentence}")
    assert not found.unclear
    assert len(found.citations) == 1


@pytest.mark.parametrize(
    "sentence",
    ["Seen by some [1.2, 3.1].", "Pain (1), fever (2), and (3) others.", "Rest (1), or (2) both."],
)
def test_what_might_cite_beside_them_is_still_told(sentence: str) -> None:
    assert english(f"Back pain is common [1].\n\n{sentence}").unclear


def test_a_raised_number_before_what_is_counted_cites() -> None:
    found = english("In older studies¹ patients were few.")
    assert not found.unclear
    assert len(found.citations) == 1


@pytest.mark.parametrize("power", ["²", "³", "<sup>2</sup>"])
@pytest.mark.parametrize(
    "calculation", ["(K_a + [H₃O⁺])", "(R²_full - R²_genes)", "(a − b)", "（a × (b + c)）"]
)
def test_the_power_of_a_calculation_is_never_woven(calculation: str, power: str) -> None:
    found = english(f"Back pain is common [1].\n\nβ = 2.3 · {calculation}{power}")
    assert len(found.citations) == 1
    assert found.unclear


@pytest.mark.parametrize(
    "words",
    ["(n = 25)", "(60−65 years)", "(walking + swimming)", "(see below)", "(MRI)", "（腰の痛み）"],
)
def test_a_raised_number_behind_words_in_brackets_cites(words: str) -> None:
    found = english(f"Back pain is common [1] {words}² too.")
    assert not found.unclear
    assert len(found.citations) == 2


@pytest.mark.parametrize("between", ["## Swelling", "> A note on them.", "Of swelling:", "---"])
@pytest.mark.parametrize("label", ["{}. ", "[{}] ", "({}) "])
def test_a_list_that_goes_on_behind_something_else_is_not_halved(between: str, label: str) -> None:
    entry = (
        label + "Boos N, Rieder R. The accuracy of imaging, part {}. Spine. 1995;20(24):{}13-25."
    )
    entries = [entry.format(n, n, n) for n in range(1, 7)]
    halves = "\n".join(entries[:3]), "\n".join(entries[3:])
    text = f"Back pain is common [1].\n\n## References\n\n{halves[0]}\n\n{between}\n\n{halves[1]}\n"
    plan = lists.plan(text, "markdown")
    assert plan is not None
    told = {one.line for one in plan.found.obstacles}
    assert len(plan.found.references) == 6 or 11 in told


DASHES = "-‐‑‒–—―−～〜~∼－ー"
RANGES = ["から", " to ", "ないし", "乃至", "至", " through ", " bis ", "…", *DASHES]
COMMAS = [
    ",",
    ", ",
    "、",
    "，",
    "・",
    ";",
    "と",
    "及び",
    " and ",
    " or ",
    "または",
    "又は",
    "/",
    "+",
    "や",
]
SIGNS = "⁓〰⸺∸≀⟶➔⇒∷⁊※∓⌁⏤"
SIGNS_OF_RANGES = st.one_of(st.sampled_from(RANGES), st.sampled_from(SIGNS))
CITING = [
    "{})",
    "<sup>{})</sup>",
    "[{}]",
    "({})",
    "<sup>{}</sup>",
    "<sup>[{}]</sup>",
    "文献{}",
    "※{}",
]
CITING += ["（文献{}）", "ref. {}", '<a href="#r{0}">[{0}]</a>', "［{}］", "【{}】", "^{}^"]


@given(
    dress=st.sampled_from(CITING),
    joint=st.one_of(SIGNS_OF_RANGES, st.sampled_from(COMMAS), st.sampled_from([".", "．", "＋"])),
    ends=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    is_within=st.booleans(),
    blank=st.sampled_from(["", " ", "\u200b"]),
    behind=st.sampled_from(["。", "、よい。", "に詳しい。", " too.", ""]),
)
def test_two_numbers_that_make_one_citation_are_never_torn_in_silence(
    dress: str, joint: str, ends: tuple[int, int], is_within: bool, blank: str, behind: str
) -> None:
    """Whatever joins them: both are read as they are meant, or the page is told of them."""
    first, last = ends[0], ends[0] + ends[1]
    between = joint if joint in ".．" else f"{blank}{joint}{blank}"
    cited = f"{dress.format(first)}{between}{dress.format(last)}"
    if is_within and "href" not in dress:
        cited = dress.format(f"{first}{between}{last}")
    entries = CASES["references"][:6]
    kind = "n)" if dress.startswith("{}") else "[n]" if "[" in dress else "n."
    listed = "".join(f"{label(kind, n)}{entry}\n" for n, entry in enumerate(entries, 1))
    text = f"痛みが報告されている{cited}{behind}\n\n## 文献\n\n{listed}"
    plan = lists.plan(text, "markdown")
    if plan is None or plan.obstacles or plan.numbers.unclear or not plan.numbers.citations:
        return
    read = {number for one in plan.numbers.citations for number in one.numbers}
    meant = set(range(first, last + 1))
    assert read == ({first, last} if joint in COMMAS or joint in ".．＋" else meant), text
