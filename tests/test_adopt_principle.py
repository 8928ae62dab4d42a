"""The principle of adoption, on pages that nobody thought of.

Every number of a page that a reader could take for a citation of its list is one of three: woven,
told (and then nothing is changed), or no citation by its writer's word.  Numbers in random dress
are scattered over random pages; none may be passed over in silence.
"""

from __future__ import annotations

import re
import unicodedata

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe.articles import lists, prose
from refpipe.articles.lists import Plan, marks

SURNAMES = ("Okada", "Lindell", "Brandt", "Ferrante", "Holm", "Sato")
LABELS = ("[{}] ", "{}. ", "{}) ", "({}) ", "（{}）", "［{}］", "※{} ", "文献{} ", "【{}】")
OPENERS = [chr(c) for c in range(0x3000) if unicodedata.category(chr(c)) == "Ps" and c != 0x7B]
OPENERS += ["〔", "【", "（", "［", "「", "『", "〈", "《"]
CLAUSES = (
    "湯は寝つきを早める",
    "足湯でもよいと言う",
    "明かりは控える",
    "It helps",
    "sleep improves",
)
WORDS = ("", "", "", "文献", "参考文献", "注", "※", "*", "#", "†", "Ref. ", "ref ", "参考", "出典")
JOINTS = (
    ",",
    ", ",
    "、",
    "，",
    ";",
    "・",
    "-",
    "–",
    "〜",
    "～",
    "－",
    "ー",
    " ",
    " and ",
)
BEHIND = ("。", "、", ".", "。\n", "と言われる。", " そこで", "\n")


def closing(opener: str) -> str:
    """The bracket that closes an opening one: its pair in the table of signs."""
    if not opener:
        return ""
    name = unicodedata.name(opener).replace("LEFT", "RIGHT")
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return opener


def dressed(figures: str, dress: str) -> str:
    """The figures as they might be typed."""
    if dress == "wide":
        return figures.translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    if dress == "raised":
        return figures.translate(dict(zip(map(ord, "0123456789"), "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)))
    if dress == "circled":
        return re.sub(r"\d+", lambda one: chr(0x2460 + int(one[0]) - 1), figures)
    if dress == "entities":
        return "".join(f"&#{ord(one)};" if one.isdigit() else one for one in figures)
    return figures


@st.composite
def numbers(draw: st.DrawFn, most: int) -> str:
    """A citation in a dress that may never have been seen before."""
    opener = draw(st.sampled_from(["", "", "[", "(", *OPENERS]))
    word = draw(st.sampled_from(WORDS))
    figures = str(draw(st.integers(1, most)))
    for _ in range(draw(st.integers(0, 2))):
        figures += draw(st.sampled_from(JOINTS)) + str(draw(st.integers(1, most)))
    inside = word + dressed(figures, draw(st.sampled_from(["", "", "wide", "raised", "circled"])))
    dress = opener + inside + closing(opener)
    wrap = draw(st.sampled_from(["{}", "{}", "<sup>{}</sup>", "**{}**", "<b>{}</b>", "^{}^",
                                 '<span class="x">{}</span>', '<a href="#r">{}</a>',
                                 "[{}](#ref)", "<small>{}</small>"]))  # fmt: skip
    return wrap.format(dress)


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A page with a list, and where the numbers stand that could cite it."""
    count = draw(st.integers(3, 9))
    text, places = "# 眠り\n\n", []
    for _ in range(draw(st.integers(1, 4))):
        text += draw(st.sampled_from(CLAUSES))
        mark = draw(numbers(count))
        is_word = mark[0].isascii() and mark[0].isalpha()
        text += " " if is_word and text[-1].isascii() else ""
        places.append((len(text), len(text) + len(mark)))
        text += mark + draw(st.sampled_from(BEHIND))
    label = draw(st.sampled_from(LABELS))
    text += "\n\n## 参考文献\n\n"
    for n in range(1, count + 1):
        name = SURNAMES[n % len(SURNAMES)]
        text += f"{label.format(n)}{name} T, Holm S. Rest and warmth part {'I' * n}."
        text += f" J Rest Habits. 20{n:02}; {n + 10}({n}): {n}00-{n}09.\n"
    return text, places


def is_accounted(text: str, plan: Plan, place: tuple[int, int]) -> bool:
    """Whether a number is woven with all its figures, or told with its line."""
    lines = {text.count("\n", 0, at) + 1 for at in range(*place)}
    told = {fault.line for fault in (*plan.numbers.unclear, *plan.obstacles)}
    if lines & told:
        return True
    covered = {at for one in plan.numbers.citations for at in range(one.span.start, one.span.end)}
    figures = (at for at in range(*place) if unicodedata.category(text[at]) in ("Nd", "No"))
    return all(at in covered for at in figures)


@given(pages())
def test_no_number_that_could_cite_is_passed_over(
    drawn: tuple[str, list[tuple[int, int]]],
) -> None:
    text, places = drawn
    plan = lists.plan(text, "markdown")
    if plan is None:
        assert lists.uncounted(text, "markdown") or lists.unreadable(text, "markdown")
        return
    for place in places:
        assert is_accounted(text, plan, place), text[slice(*place)]


ODD = st.text(alphabet="12３4①²)）([]［、,，・-〜※文献注 痛みabR.。<>^*", min_size=1, max_size=24)


@given(ODD)
def test_every_number_is_looked_at_in_some_form(text: str) -> None:
    seen = prose.read(text, "markdown")
    narrow = marks.narrow(seen.text)
    looked_at = bytearray(len(narrow))
    for mark in marks.read(seen):
        looked_at[mark.first : mark.last] = b"\x01" * (mark.last - mark.first)
    for number in re.finditer(r"(?<!\d)\d{1,3}(?!\d)", narrow):
        assert any(looked_at[slice(*number.span())]), (text, number)


COUNTS = {"a": "abcdef", "A": "ABCDEF", "i": ("i", "ii", "iii", "iv", "v", "vi")}
DRESSES = ("<sup>{}</sup>", "<sup>[{}]</sup>", "[{}]", "（{}）", "【{}】")


@given(data=st.data())
def test_letters_cite_by_their_links_or_the_page_is_refused(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(COUNTS)))
    count = data.draw(st.integers(2, len(SURNAMES)))
    typed = data.draw(st.sampled_from(("", "{}. ", "{}) ", "[{}] ", "<sup>{}</sup>")))
    body, meant, is_clear = "", [], True
    for _ in range(data.draw(st.integers(1, 4))):
        shown = data.draw(st.integers(0, count - 1))
        target = data.draw(st.sampled_from((shown, shown, shown, shown, (shown + 1) % count, None)))
        sign = COUNTS[kind][shown]
        link = sign if target is None else f'<a href="#s{target}">{sign}</a>'
        dress = data.draw(st.sampled_from(DRESSES))
        body += data.draw(st.sampled_from(CLAUSES[:4])) + dress.format(link) + "。"
        is_clear = is_clear and target == shown
        meant.append(shown + 1)
    entries = "".join(
        f'<li id="s{n}">{typed.format(COUNTS[kind][n])}{name} K. Sleep and warm feet {name}.'
        f" J Sleep. 2019;{n + 3}(1):4-9.</li>"
        for n, name in enumerate(SURNAMES[:count])
    )
    holder = "ul" if typed else f'ol type="{kind}"'
    page = f"<p>{body}</p><h2>参考文献</h2><{holder}>{entries}</{holder[:2]}>"
    plan = lists.plan(page, "html")
    assert plan is not None
    if not is_clear:
        assert plan.obstacles
        return
    assert not plan.obstacles
    assert [n for one in plan.numbers.citations for n in one.numbers] == meant
    assert all(one.text.startswith(SURNAMES[n]) for n, one in enumerate(plan.found.references))


FIGURES = ("{}", "[{}]", "({})", "<sup>{}</sup>", "（{}）", "【{}】")


@given(data=st.data())
def test_a_label_of_whatever_form_is_never_counted_by_its_place(data: st.DataObject) -> None:
    word = data.draw(
        st.sampled_from(("", "S", "証", "文", "Lit. ", "典拠", "E-", "§", "ref ", "資料"))
    )
    around = data.draw(st.sampled_from(FIGURES))
    behind = data.draw(st.sampled_from((" ", ": ", "：", "　", "")))
    is_ringed = bool(word) and data.draw(st.booleans())
    order = data.draw(st.permutations(range(1, data.draw(st.integers(2, 5)) + 1)))
    cited = data.draw(st.sampled_from(("[{}]", "（{}）", "<sup>{}</sup>")))
    shown = {n: f"{word}{chr(0x245F + n) if is_ringed else n}" for n in order}
    body = "".join(f"{CLAUSES[0]}{cited.format(shown[n])}。" for n in sorted(order))
    entries = "\n\n".join(
        f"{around.format(shown[n])}{behind}{SURNAMES[n]} K. Sleep and warm feet {SURNAMES[n]}."
        f" J Sleep. 2019;{n + 30}(1):4-9."
        for n in order
    )
    plan = lists.plan(f"{body}\n\n## 参考文献\n\n{entries}\n", "markdown")
    assert plan is not None
    if plan.obstacles or plan.doubts():
        return
    names = {one.label: one.text for one in plan.found.references}
    meant = [n for one in plan.numbers.citations for n in one.numbers]
    assert meant == sorted(order)
    assert all(f"feet {SURNAMES[n]}" in names[str(n)] for n in order)


LISTED = "\n".join(
    f"{n}. Abe K. Warm feet {n}. J Sleep. 2019;{n + 3}(1):4-9." for n in range(1, 22)
)
ITEMS = "".join(f"<li>{line.partition(' ')[2]}</li>" for line in LISTED.splitlines())
NUCLIDES = {"H": (1, 2, 3), "He": (3,), "C": (11, 13, 14), "N": (13, 15), "O": (15, 17), "F": (18,)}
RAISING = {
    "<sup>{}</sup>": "",
    "<span style='vertical-align:super'>{}</span>": "",
    "^{}^": "markdown",
}
LENGTHS = (
    "m",
    "cm",
    "mm",
    "km",
    "µm",
    "μm",
    "nm",
    "kg/m",
    "1.73m",
    "kg/m",
    "ｃｍ",
    "㎜",
    "m/s",
    "5in",
)


def page_of(body: str, form: str) -> str:
    """A page whose list has 21 entries; it cites two of them in a form of each kind."""
    said = f"湯は眠りを早める<sup>2</sup>。足湯でもよい[1]。{body}"
    if form == "html":
        return f"<p>{said}</p><h2>参考文献</h2><ol>{ITEMS}</ol>"
    return f"{said}\n\n## 参考文献\n\n{LISTED}\n"


@st.composite
def powers(draw: st.DrawFn) -> tuple[str, str]:
    """A raised number that cites nothing, as figures, with what it belongs to before and behind."""
    kind = draw(st.sampled_from(("nuclide", "length", "ten", "minus", "number", "half", "letter")))
    if kind == "nuclide":
        element = draw(st.sampled_from(sorted(NUCLIDES)))
        behind = element + draw(st.sampled_from(("-MRI", "-FDG", " NMR", "標識", "を使う", "")))
        before = draw(
            st.sampled_from(("", " ", "（", "(", "[", "は", "で", "。", "、", "プロトン"))
        )
        return f"{before}{{}}{behind}", str(draw(st.sampled_from(NUCLIDES[element])))
    if kind == "length":
        unit = draw(st.sampled_from(LENGTHS))
        before = draw(st.sampled_from(("面積は ", "体表面積（", "約", "/", "BMI 25 ")))
        return f"{before}{unit}{{}}", draw(st.sampled_from(("2", "3") if unit != "m/s" else ("2",)))
    if kind == "ten":
        before = draw(st.sampled_from(("", "約", "3×", "1.2 × ", "は", "(", "~")))
        return f"{before}10{{}}", str(draw(st.integers(1, 12)))
    if kind == "minus":
        before = draw(st.sampled_from(("p < 10", "3×10", "min", "s", "h")))
        return f"{before}{{}}", draw(st.sampled_from("-−–")) + str(draw(st.integers(1, 9)))
    if kind == "number":
        return f"{draw(st.integers(2, 99))}{{}}", str(draw(st.integers(1, 12)))
    if kind == "half":
        return f"{draw(st.sampled_from(('', '1', '約')))}{{}}{draw(st.sampled_from('/⁄'))}2", "1"
    return (
        f"{draw(st.sampled_from(('値は', ' ', '（', '×')))}{draw(st.sampled_from('NTVekpαβ'))}{{}}",
        "2",
    )


@settings(max_examples=some(300))
@given(
    power=powers(),
    dress=st.sampled_from(sorted(RAISING)),
    before=st.sampled_from(("", "眠りは浅い。", "調べた: ", "\n")),
    behind=st.sampled_from(("", "。", "個", "で測る。", " がある", "/L", "あたり", "）", ", ")),
    form=st.sampled_from(("markdown", "html")),
)
def test_a_raised_number_of_a_measure_or_a_nuclide_is_never_woven(
    power: tuple[str, str], dress: str, before: str, behind: str, form: str
) -> None:
    around, figures = power
    shown = (RAISING[dress] and form == "html" and "<sup>{}</sup>") or dress
    body = before + around.format(shown.format(figures)) + behind
    plan = lists.plan(page_of(body, form), form)
    assert plan is not None
    assert [one.numbers for one in plan.numbers.citations][:2] == [(2,), (1,)]
    assert len(plan.numbers.citations) == 2, plan.numbers.citations


@pytest.mark.parametrize(
    "said",
    [
        "腰痛は多い{}。", "割合は50%{}。", "COVID-19{}は", "IL-6{}を測る。", "ICD-10{}で",
        "SF-36{}", "in 2020{}.", "1日6g{}。", "400 mg{}。", "眠りは浅い。{}MRIでは",
        "it was found in{}.",
        "(Holm et al.){}", "「よい」{}", "浅い、{}しかし", "痛み(NRS){}は", "in 35 studies{}",
        "aged 65{}", "ビタミンD{}は", "HbA1c{}は",
    ],
)  # fmt: skip
@pytest.mark.parametrize("number", [2, 3, 12])
def test_a_raised_number_behind_a_word_cites(said: str, number: int) -> None:
    plan = lists.plan(page_of(said.format(f"<sup>{number}</sup>"), "markdown"), "markdown")
    assert plan is not None
    assert not plan.doubts()
    assert plan.numbers.citations[2].numbers == (number,)


LINKS = (
    "[{n}](#{to})", "[[{n}]](#{to})", "<sup>[{n}](#{to})</sup>", '<a href="#{to}">{n}</a>',
    '<sup><a href="#{to}">{n}</a></sup>', '<a href="#{to}">[{n}]</a>',
)  # fmt: skip
ELSEWHERE = (
    "note",
    "q3",
    "table-3",
    "fig3",
    "sec3",
    "faq",
    "step3",
    "よくある質問",
    "section-3",
    "top",
    "c3",
)
PLACES = (
    "",
    '<p id="{}">税込みです。</p>\n\n',
    "## 補足 {{#{}}}\n\n本文。\n\n",
    "## {}\n\n本文。\n\n",
)


@given(
    link=st.sampled_from(LINKS),
    name=st.sampled_from(ELSEWHERE),
    place=st.sampled_from(PLACES),
    around=st.sampled_from(
        ("眠りは浅い{}。", "質問{}を見る。", "{} 夜の眠り", "- {}\n", "詳しくは{}へ。")
    ),
    is_behind=st.booleans(),
)
def test_a_link_that_leads_to_no_reference_is_never_woven(
    link: str, name: str, place: str, around: str, *, is_behind: bool
) -> None:
    body = around.format(link.format(n=3, to=name))
    page, shown = page_of(body, "markdown"), place.format(name)
    page = f"{page}\n{shown}" if is_behind else page.replace("## 参考", f"{shown}## 参考")
    plan = lists.plan(page, "markdown")
    assert plan is not None
    assert [one.numbers for one in plan.numbers.citations] == [(2,), (1,)]
    # What is told shows whole tags and addresses.
    assert all(one.message.count("<") == one.message.count(">") for one in plan.numbers.unclear)
    assert all(f"(#{name})" in one.message or "](" not in one.message
               for one in plan.numbers.unclear)  # fmt: skip


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize(
    ("name", "is_entry"),
    [
        ("quality-3", False), ("facility3", False), ("reflux-3", False), ("preface_3", False),
        ("cities-3", False), ("support-3", False), ("footwear3", False), ("notebook-3", False),
        ("ref3", True), ("cite_note-3", True), ("fn:3", True), ("footnote-3", True),
        ("bib3", True), ("reference_3", True), ("citeref3", True), ("endnote3", True),
    ],
)  # fmt: skip
def test_only_a_name_of_entries_leads_to_one_where_the_page_does_not_show_it(
    link: str, name: str, *, is_entry: bool
) -> None:
    plan = lists.plan(page_of(f"眠りは浅い{link.format(n=3, to=name)}。", "markdown"), "markdown")
    assert plan is not None
    assert ((3,) in [one.numbers for one in plan.numbers.citations]) == is_entry


@given(
    link=st.sampled_from(LINKS),
    stem=st.sampled_from(("ref", "fn", "cite_note-", "q", "note-", "_edn", "b")),
    place=st.sampled_from(('<a id="{}"></a>', "<span id='{}'></span>", "")),
)
def test_a_link_to_an_entry_of_the_list_cites(link: str, stem: str, place: str) -> None:
    page = page_of(f"眠りは浅い{link.format(n=3, to=f'{stem}3')}。", "markdown")
    for n in range(1, 22):
        name = f"{stem}{n}"
        line = f"{n}. {place.format(name)}Abe" if place else f"{n}. Abe {{#{name}}}"
        page = page.replace(f"\n{n}. Abe", f"\n{line}")
    plan = lists.plan(page, "markdown")
    assert plan is not None
    assert not plan.doubts()
    assert plan.numbers.citations[2].numbers == (3,)
