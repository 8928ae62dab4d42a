"""What the languages of Europe call the parts of a reference, in the forms of their own lists."""

from __future__ import annotations

import re

import pytest

from refpipe.items import printed
from refpipe.items.printed import Printed


def families(read: Printed, role: str = "author") -> list[str]:
    return [str(one.get("family") or one.get("literal")) for one in read.reading.item.get(role, [])]


def is_sure(read: Printed, *names: str) -> bool:
    return all(read.fields[name].is_sure for name in names)


# ── marks of a list that is cut ──

CUT = [
    "ym.", "jt.", "i sur.", "i sar.", "i suradnici.", "a kol.", "a spol.", "i wsp.", "i in.",
    "и др.", "та ін.", "e cols.", "e col.", "y cols.", "y col.", "y otros.", "e outros.",
    "et coll.", "e coll.", "e altri.", "et autres.", "u. a.", "u.a.", "und andere.", "m.fl.",
    "m. fl.", "m fl.", "og andre.", "e.a.", "en anderen.", "és mtsai.", "ve ark.",
    "și colab.", "in sod.", "ir kt.", "i saradnici.", "et al.",
]  # fmt: skip


@pytest.mark.parametrize("sign", [" ", ", "])
@pytest.mark.parametrize("mark", CUT)
def test_a_mark_of_a_cut_list_is_no_name_and_no_title(mark: str, sign: str) -> None:
    for head in ("Lau E", "Lau E, Nagai D", "Lau, E.", "Lau, E., Nagai, D."):
        text = f"{head}{sign}{mark} Calcium and bone density. Bone Rep 2014;6:112-9."
        read = printed.read(text)
        assert families(read) == ["Lau", "Nagai"][: 1 + ("Nagai" in head)], text
        assert read.reading.item["title"] == "Calcium and bone density", text
        assert read.reading.item["custom"]["author-et-al"] is True, text
        assert not read.rest, text


def test_a_mark_of_an_unknown_language_is_told() -> None:
    read = printed.read("Lau E, Nagai D kai syn. Calcium and bone. Bone Rep 2014;6:112-9.")
    assert families(read) == ["Lau", "Nagai"]
    assert read.reading.item["title"] == "Calcium and bone"
    assert not read.fields["author"].is_sure


@pytest.mark.parametrize(
    "title", ["Hand in hand and others", "Care at home i in", "Bones and joints m.fl"]
)
def test_small_words_within_a_title_cut_no_list(title: str) -> None:
    read = printed.read(f"Lau E. {title}. Bone Rep 2014;6:112-9.")
    assert read.reading.item["title"] == title
    assert "custom" not in read.reading.item


# ── labels of volumes, issues and pages ──

LABELS = """Band 19, Nummer 6|S.|Band 19, Heft 6|Seite|Jahrgang 19, Heft 6|Seiten|Jg. 19, H. 6|S.
19. Jahrgang, Heft 6|S.|tome 19, fascicule 6|p.|tome 19, numéro 6|pp.|tomo 19, fascículo 6|págs.
volume 19, fascículo 6|p.|volume 19, numero 6|pp.|anno 19, n. 6|pp.|año 19, núm. 6|pp.
tom 19, nr 6|s.|rocznik 19, zeszyt 6|s.|t. 19, z. 6|s.|roč. 19, č. 6|s.|ročník 19, číslo 6|s.
årgång 19, nr 6|s.|årgang 19, nr. 6|s.|årg. 19, häfte 6|sid.|jaargang 19, nummer 6|blz.
jaargang 19, afl. 6|pp.|vuosikerta 19, numero 6|s.|19. évfolyam, 6. szám|pp.|god. 19, br. 6|str.
cilt 19, sayı 6|ss.|letnik 19, št. 6|str.|том 19, выпуск 6|стр.|т. 19, № 6|с.|vol. 19, № 6|pp."""


@pytest.mark.parametrize("labels", re.findall(r"([^|\n]+)\|([^|\n]+)", LABELS))
@pytest.mark.parametrize(
    "order", ["{0}, 2014, {1} 112-9", "{0} (2014), {1} 112-9", "2014, {0}, {1} 112-9"]
)
def test_a_volume_and_an_issue_behind_their_labels(labels: tuple[str, str], order: str) -> None:
    text = f"Lau E, Nagai D. Calcium and bone density. Archives of Bone, {order.format(*labels)}."
    read = printed.read(text)
    item = read.reading.item
    assert item["title"] == "Calcium and bone density", text
    assert item["container-title"] == "Archives of Bone", text
    assert (item["volume"], item["issue"], item["page"]) == ("19", "6", "112-119"), text
    assert item["issued"] == {"date-parts": [[2014]]}
    assert not read.rest, text


def test_labels_of_an_unknown_language_are_told() -> None:
    text = "Lau E. Calcium and bone. Archives of Bone, sējums 19, numurs 6, 2014, 112-9."
    read = printed.read(text)
    assert (read.reading.item["volume"], read.reading.item["issue"]) == ("19", "6")
    assert [one.text for one in read.rest] == ["sējums", "numurs"]


@pytest.mark.parametrize("title", ["La peste dell’anno 1348, una storia", "Band of 12, a memoir"])
def test_words_of_a_title_are_no_labels(title: str) -> None:
    item = printed.read(f"Lau E. {title}. Bone Rep 2014;6:112-9.").reading.item
    assert (item["title"], item["volume"]) == (title, "6")


# ── days ──

WORDED = [
    "3 de mayo de 2010",
    "3 mayo 2010",
    "3 de maio de 2010",
    "3 mai 2010",
    "3. Mai 2010",
    "3 maggio 2010",
    "3 mei 2010",
    "3 maj 2010",
    "3. maj 2010",
    "3 maja 2010",
    "3. května 2010",
    "3 мая 2010",
    "3 May 2010",
    "3. toukokuuta 2010",
    "3 Mayıs 2010",
    "3 de maig de 2010",
]


@pytest.mark.parametrize("day", WORDED)
@pytest.mark.parametrize("behind", [".", ", p. 12."])
def test_a_day_in_words_is_no_volume(day: str, behind: str) -> None:
    text = f"Lau E, Nagai D. Walking at night in the city. Harbour Post, {day}{behind}"
    read = printed.read(text)
    assert read.reading.item["issued"] == {"date-parts": [[2010, 5, 3]]}, text
    assert "volume" not in read.reading.item, text
    assert not read.rest, text


DAYS = [
    ("27/10/2018", [2018, 10, 27]), ("10/27/2018", [2018, 10, 27]), ("7/10/2018", [2018]),
    ("07/10/2018", [2018]), ("7-10-2018", [2018]), ("10.07.2018", [2018, 7, 10]),
    ("10. 7. 2018", [2018, 7, 10]), ("7/7/2018", [2018, 7, 7]), ("10.7.2018", [2018, 7, 10]),
]  # fmt: skip
AROUND = [
    "Lau E. Walking at night in the city. The Guardian, {}.",
    "Lau E. Walking at night in the city. The Guardian, {}, p. 12.",
    "Lau, E. ({}). Walking at night in the city. The Guardian.",
    "Lau E. Walking at night in the city. {}. https://example.org/night",
]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("day", "parts"), DAYS)
def test_a_day_in_figures_says_what_is_certain(around: str, day: str, parts: list[int]) -> None:
    read = printed.read(around.format(day))
    item = read.reading.item
    assert item["issued"] == {"date-parts": [parts]}
    assert not {"volume", "issue"} & item.keys()
    assert item.get("page", "12") == "12"
    assert read.fields["issued"].is_sure == (len(parts) > 1)


READ = [
    ("Accessed 27/4/19", [2019, 4, 27]),
    ("accessed 4/27/19", [2019, 4, 27]),
    ("Accessed: 7/4/19", [2019]),
    ("cited 7/4/2019", [2019]),
    ("retrieved 2/2016", [2016, 2]),
    ("Zugriff: 10.07.18", [2018, 7, 10]),
    ("Accessed on 07-04-19", [2019]),
    ("abgerufen am 10.7.2018", [2018, 7, 10]),
    ("viewed 4/2019", [2019, 4]),
]


@pytest.mark.parametrize("brackets", ["({})", "[{}]", "{}"])
@pytest.mark.parametrize(("words", "parts"), READ)
def test_a_day_of_reading_in_figures(brackets: str, words: str, parts: list[int]) -> None:
    text = f"Lau E. Walking at night. 2015. https://example.org/night {brackets.format(words)}."
    read = printed.read(text)
    assert read.reading.item["accessed"] == {"date-parts": [parts]}
    assert read.reading.item["issued"] == {"date-parts": [[2015]]}
    assert read.fields["accessed"].is_sure == (len(parts) > 1)
    assert not read.rest


def test_the_day_of_a_law_stays_in_its_name() -> None:
    title = "Lei nº 11.105, de 24 de março de 2005"
    assert (
        printed.read(f"{title}. Diário Oficial da União, Brasília.").reading.item["title"] == title
    )


# ── who edited ──

ROLES = ["(ed.)", "(eds.)", "(ed)", "(eds)", "(Hrsg.)", "(Hg.)", "(red.)", "(dir.)", "(coord.)"]
ROLES += [
    "(Coords.)",
    "(org.)",
    "(orgs.)",
    "(a cura di)",
    ", eds",
    ", eds.",
    ", Hrsg.",
    ", coordinador",
]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "people", ["Lau E", "Lau E.", "Lau, E.", "Lau E., Nagai D.", "Lau E, Nagai D"]
)
@pytest.mark.parametrize("behind", [". ", ", ", " (2010). "])
def test_whom_a_word_calls_editors_are_no_authors(role: str, people: str, behind: str) -> None:
    blank = "" if role.startswith(",") else " "
    imprint = "London: Sage" + ("." if "2010" in behind else ", 2010.")
    sign = behind[1:] if role.endswith(".") and behind == ". " else behind
    text = f"{people}{blank}{role}{sign}Walking at night in the city. {imprint}"
    read = printed.read(text)
    assert families(read, "editor") == ["Lau", "Nagai"][: 1 + ("Nagai" in people)], text
    assert "author" not in read.reading.item, text
    assert read.reading.item["title"] == "Walking at night in the city", text


@pytest.mark.parametrize("form", ["Data set", "Dataset", "data set"])
@pytest.mark.parametrize("house", ["Zenodo", "Dryad", "UK Data Service", "Mendeley Data"])
def test_a_data_set_says_so_without_brackets(form: str, house: str) -> None:
    for text in (
        f"Lau E. Bone density of walkers. {form}. {house}; 2019.",
        f"Lau, E. (2019). Bone density of walkers. {form}. {house}.",
    ):
        item = printed.read(text).reading.item
        assert (item["type"], item["title"]) == ("dataset", "Bone density of walkers"), text
        assert item["publisher"] == house, text
        assert "container-title" not in item, text


# ── pages of newspapers ──

LEAVES = [
    ("May 3, 2010, at A1", "A1"), ("3 May 2010, at B7", "B7"), ("May 3, 2010:A1", "A1"),
    ("May 3, 2010:A1, A12", "A1, A12"), ("May 3, 2010:A1, A12-A13", "A1, A12-A13"),
    ("3 May 2010, pp. A1, A12", "A1, A12"), ("May 3, 2010, p. B7", "B7"),
    ("May 3, 2010, at 12", "12"),
]  # fmt: skip


@pytest.mark.parametrize(("behind", "page"), LEAVES)
@pytest.mark.parametrize("sign", [". ", ", "])
def test_a_page_of_a_newspaper(behind: str, page: str, sign: str) -> None:
    read = printed.read(f"Lau E. Walkers at night. The New York Times{sign}{behind}.")
    item = read.reading.item
    assert (item["page"], item["container-title"]) == (page, "The New York Times")
    assert item["issued"] == {"date-parts": [[2010, 5, 3]]}
    assert "volume" not in item
    assert not read.rest


def test_a_page_within_pages_is_none_of_the_work() -> None:
    book = "Cities, ed. Ben Nagai (Oxford: Norwen, 2009)"
    text = f"Lau E, “Walkers at night,” in {book}, 140–63, at 151."
    assert printed.read(text).reading.item["page"] == "140-163"


DAYS_IN_TITLES = [
    "The attack (7/10/2018) and its wounded", "A day in the ward, 3/4/2015, observed",
    "Attack, 13.11.2015, lessons", "Die Nacht (9. November 1989): eine Studie",
    "Manifestation (1er mai 2019): les blessés",
]  # fmt: skip


@pytest.mark.parametrize("title", DAYS_IN_TITLES)
@pytest.mark.parametrize(
    "form",
    [
        "Lau E, Nagai D. {t}. Bone Rep. 2020;6(2):112-9.",
        "Lau, E., & Nagai, D. (2020). {t}. Bone Rep, 6(2), 112-119.",
    ],
)
def test_a_day_in_a_title_stands_as_it_is_printed(title: str, form: str) -> None:
    assert printed.read(form.format(t=title)).reading.item["title"] == title


@pytest.mark.parametrize("word", ["Tom", "Band", "God", "Heft", "Sid"])
def test_a_label_of_another_language_that_stands_alone_is_told(word: str) -> None:
    read = printed.read(f"[{word}] Lindqvist A, Okafor B. Sleep. Bone Rep. 2020;6(2):112-9.")
    assert word in " ".join(one.text for one in read.rest)


def test_words_of_a_title_are_no_form_of_a_data_set() -> None:
    text = "Smith JA. Data set. A primer for nurses. 2nd ed. London: Norwen; 2014."
    assert printed.read(text).reading.item["type"] == "book"
