"""What we print we read back: works put together by chance, in each of our styles."""

from __future__ import annotations

import random
import re
import unicodedata
from typing import Any

import pytest

from refpipe import articles, markup, render, styles
from refpipe.articles import lists
from refpipe.items import printed
from refpipe.model import Entry, Rendering, Run

STYLES = ("ieee", "vancouver", "ama", "sist02")
KINDS = (
    "article-journal", "book", "chapter", "paper-conference", "report", "thesis", "webpage",
)  # fmt: skip
SYLLABLES = re.findall(r"\w+", "ba de fi go lu mar nel ost pri quen ras tor ul ven win zel kar")
CYRILLIC = re.findall(r"\w+", "ба де фи го лу мар нел ост при рас тор ул вен зел кар мон")
NOUNS = ("care", "sleep", "pain", "risk", "diet", "growth", "balance", "ageing", "memory")
HOUSES = (
    "{} Press", "{} University Press", "{} & {}", "{} and Sons, Inc.", "{} Verlag", "Editorial {}",
    "{} Institute of Public Health", "{}", "Presses universitaires de {}", "{}-{} Publishing",
)  # fmt: skip
TOWNS = ("{}", "New {}", "{}, Norway", "St. {}", "{}, MA", "{}, N.J.", "San {}")
BODIES = (
    "{} Society of Medicine", "National Institute for {}", "{} Ministry of Health",
    "Royal College of {}", "{} Heart Association",
)  # fmt: skip
REPORTS = ("Technical Report", "Working Paper", "Internet-Draft", "Accident report")


class Maker:
    """Values that nobody has used, and works made of them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.letters = self.chance.choice((SYLLABLES,) * 4 + (CYRILLIC,))

    def word(self) -> str:
        """A name of two or three syllables."""
        return "".join(self.chance.sample(self.letters, self.chance.choice((2, 3)))).capitalize()

    def form(self, forms: tuple[str, ...]) -> str:
        """One of the forms, filled."""
        form = self.chance.choice(forms)
        return form.format(*(self.word() for _ in range(form.count("{}"))))

    def person(self) -> dict[str, str]:
        """A name in two parts, some with a particle, a hyphen or two given names."""
        family = self.chance.choice(("{}", "{}", "{}", "{}-{}", "van der {}", "de {}"))
        given = self.chance.choice(("{}", "{} {}", "{}-{}"))
        return {
            "family": re.sub(r"\{\}", lambda _: self.word(), family),
            "given": re.sub(r"\{\}", lambda _: self.word(), given),
        }

    def people(self) -> list[dict[str, str]]:
        """One to eight people."""
        return [self.person() for _ in range(self.chance.choice((1, 1, 2, 3, 5, 8)))]

    def title(self) -> str:
        """A title, some with a colon, a comma, a question or a number."""
        one, two = self.chance.sample(NOUNS, 2)
        word = self.word()
        small = word.lower()
        return self.chance.choice(
            (
                f"{word} {one} and {two}",
                f"The {small} of {one}: a guide to {two}",
                f"{word}, {one} and the {small} {two}",
                f"Does {one} change {small} {two}?",
                f"{word} {one} in the year 2000",
                f"{word} {one} (and its {two})",
                f"On “{small}” {one}",
            )
        )

    def maybe(self, value: Any, share: float = 0.5) -> Any:
        """The value, or nothing."""
        return value if self.chance.random() < share else None

    def work(self, kind: str) -> dict[str, Any]:
        """A work of a kind."""
        is_part = kind in ("chapter", "paper-conference")
        first = self.chance.randint(1, 400)
        item: dict[str, Any] = {
            "id": "a",
            "type": kind,
            "author": self.people(),
            "title": self.title(),
            "publisher": self.form(HOUSES),
            "publisher-place": self.maybe(self.form(TOWNS)),
            "issued": {"date-parts": [[self.chance.randint(1950, 2025)]]},
            "URL": self.maybe(f"https://{self.word().lower()}.example.org/{first}", 0.3)
            if self.letters is SYLLABLES
            else None,
        }
        if is_part:
            meeting = f"Proceedings of the {self.word()} Conference on {self.word()}"
            item["container-title"] = self.title() if kind == "chapter" else meeting
            item["page"] = f"{first}-{first + self.chance.randint(1, 30)}"
            item["editor"] = self.maybe(self.people()) if kind == "chapter" else None
        if kind == "book":
            item["edition"] = self.maybe("2", 0.3)
            item["number-of-pages"] = self.maybe(str(first + 20), 0.3)
            item["collection-title"] = self.maybe(f"{self.word()} Series in {self.word()}", 0.3)
            item["editor"] = self.maybe(self.people(), 0.2)
        if kind == "article-journal":
            item["container-title"] = f"{self.word()} Journal of {self.word()}"
            item["volume"], item["issue"] = str(first % 60 + 1), self.maybe(str(first % 11 + 1))
            item["page"] = f"{first}-{first + 7}"
            del item["publisher"], item["publisher-place"]
        if kind == "thesis":
            item["genre"] = self.chance.choice(("PhD thesis", "Doctoral dissertation"))
            item["author"] = item["author"][:1]
            item["publisher"] = self.form(("University of {}", "{} University"))
        if kind == "webpage":
            item["container-title"] = self.maybe(f"{self.word()} {self.word()}")
            item["URL"] = f"https://{first}.example.org/page"
            item["issued"] = {"date-parts": [[2019, 1 + first % 12, 1 + first % 28]]}
            del item["publisher"], item["publisher-place"]
        if item.get("URL"):
            item["accessed"] = self.maybe({"date-parts": [[2024, 5, 1 + first % 28]]})
        if kind == "report":
            item["author"] = self.maybe([{"literal": self.form(BODIES)}]) or item["author"]
            item["genre"] = self.chance.choice(REPORTS)
            item["number"] = self.chance.choice(
                (f"{first}", f"EPA/{first}-R{first}", f"no-{first}")
            )
        return {name: value for name, value in item.items() if value is not None}


def flat(text: object) -> str:
    """Letters and figures alone."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", str(text or ""))).casefold()


def wrong_fields(item: dict[str, Any], entry: str) -> list[str]:
    """The fields that an entry shows and that are not read as they were."""
    got = printed.read(entry).reading.item
    shown = flat(entry)
    wrong: list[str] = [
        name
        for name in ("title", "container-title", "publisher", "page", "edition", "number")
        if name in item and flat(item[name]) in shown and flat(got.get(name)) != flat(item[name])
    ]
    if str(item["issued"]["date-parts"][0][0]) not in str(got.get("issued")):
        wrong.append("issued")
    first = item["author"][0]
    name = first.get("literal") or first["family"]
    found = (got.get("author") or [{}])[0]
    family = found.get("non-dropping-particle", "") + found.get("family", "")
    if flat(name) not in (flat(family), flat(found.get("literal"))):
        wrong.append("author")
    return wrong


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", KINDS)
def test_made_up_works_are_read_back(style: str, kind: str) -> None:
    loaded = styles.load(style)
    wrong: list[tuple[str, str]] = []
    for seed in range(25):
        item = Maker(seed).work(kind)
        entry = markup.plain(render.entry(item, loaded).content)
        wrong += [(name, entry) for name in wrong_fields(item, entry)]
    assert not wrong


def woven(name: str, items: list[dict[str, Any]], style: str) -> str:
    """A page as `refs` writes it, without its marks: what somebody else may have copied."""
    keys = [f"work{number}" for number in range(1, len(items) + 1)]
    words = " ".join(f"Nights are long [@{key}]." for key in keys)
    is_html = name.endswith(".html")
    text = f"<p>{words}</p>\n<h2>References</h2>\n" if is_html else f"{words}\n\n## References\n\n"
    article = articles.read(name, f"{text}<!--bibliography-->\n")
    loaded = styles.load(style)
    citations = tuple((Run(f"[{n}]", target=f"#ref-{n}"),) for n in range(1, len(items) + 1))
    entries = tuple(
        Entry(
            number=number,
            work_id=key,
            anchor=f"ref-{number}",
            label=f"[{number}]",
            content=render.entry({**item, "id": "a"}, loaded).content,
            backlinks=(f"cite-{number}",),
        )
        for number, (key, item) in enumerate(zip(keys, items, strict=True), 1)
    )
    page = articles.weave(article, Rendering(citations=citations, entries=entries))
    return re.sub(r"<!--.*?-->", "", page)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["a.md", "a.html"])
def test_a_page_that_we_wove_is_adopted_with_the_works_that_it_was_made_of(
    style: str, name: str
) -> None:
    """Links, anchors, ways back and the days of reading are no part of any work."""
    items = [Maker(300 + seed).work(KINDS[seed % len(KINDS)]) for seed in range(21)]
    plan = lists.plan(woven(name, items, style), articles.read(name, "").format)
    assert plan is not None
    assert not plan.numbers.unclear
    assert [one.numbers for one in plan.numbers.citations] == [(n,) for n in range(1, 22)]
    found = [reference.text for reference in plan.found.references]
    wrong = [
        (field, text)
        for item, text in zip(items, found, strict=True)
        for field in wrong_fields(item, text)
    ]
    assert not wrong
    for item, text in zip(items, found, strict=True):
        got = printed.read(text).reading.item
        assert "accessed" not in got or got["accessed"] == item["accessed"], text
        assert "URL" not in got or got["URL"] == item["URL"], text


@pytest.mark.parametrize("degree", ["dissertation", "PhD thesis", "master's thesis"])
def test_a_sentence_before_a_degree_in_brackets_stays_in_the_title(degree: str) -> None:
    read = printed.read(
        f"Lee H. What causes pain? A cohort study [{degree}]. Otago University; 2017."
    )
    assert read.reading.item["title"] == "What causes pain? A cohort study"
    assert read.reading.item["genre"] == degree


@pytest.mark.parametrize("day", range(1, 32))
@pytest.mark.parametrize(
    "behind", ["", " [cited 2024 Feb 2]. Available from: https://www.who.int/a"]
)
@pytest.mark.parametrize("author", ["World Health Organization", "Lee H"])
def test_a_day_behind_a_month_is_no_number_of_pages(day: int, behind: str, author: str) -> None:
    text = f"{author}. Low back pain [Internet]. Geneva: WHO; 2023 Jan {day}{behind or '.'}"
    item = printed.read(text).reading.item
    assert item["issued"] == {"date-parts": [[2023, 1, day]]}
    assert not {"number", "number-of-pages", "genre"} & item.keys()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("given", [("A.", "Ö."), ("Ann", "Örjan")])
def test_a_title_that_ends_with_a_colon_ends_there(style: str, given: tuple[str, str]) -> None:
    """No full stop is printed behind it, so that the journal touches the colon."""
    title = "Lau and Nagai reply:"
    item = {
        "id": "a", "type": "article-journal", "title": title, "container-title": "J. Sleep Res.",
        "author": [{"family": "Lau", "given": given[0]}, {"family": "Nagai", "given": given[1]}],
        "issued": {"date-parts": [[2002]]}, "volume": "88", "issue": "13", "page": "12-15",
    }  # fmt: skip
    entry = markup.plain(render.entry(item, styles.load(style)).content)
    got = printed.read(entry).reading.item
    assert flat(got.get("title")) == flat(title), entry
    assert flat(got["container-title"]) == flat(item["container-title"])
    assert [one["family"] for one in got["author"]] == ["Lau", "Nagai"]


@pytest.mark.parametrize("name", ["Alice Norwen", "Norwen Alice"])
def test_a_name_that_the_ieee_does_not_shorten_is_one_before_a_series(name: str) -> None:
    title = "Rights and shared authorship: finding who wrote what"
    item = {
        "id": "a", "type": "book", "author": [{"family": name}], "title": title,
        "collection-title": "Studies in the law of letters", "publisher": "Norwen Press",
        "publisher-place": "Lomar", "issued": {"date-parts": [[2019]]},
    }  # fmt: skip
    entry = markup.plain(render.entry(item, styles.load("ieee")).content)
    got = printed.read(entry).reading.item
    assert got["title"] == title, entry
    assert got["author"] == [{"literal": name}]
