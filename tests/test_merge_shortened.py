"""A shortening of a value never takes the place of the value, whoever states it and when."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from typing import Any

import facts
import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe import match
from refpipe.items import exchange
from refpipe.merge.project import project
from refpipe.model import REGISTRIES, Record, Work

DOI = "doi:10.1148/radiol.2372041509"
OTHERS = ("bibtex", "ris", "nbib", "enw", "endnote-xml", "csl-json", "pubmed-xml", "landing_page",
          "web", "printed")  # fmt: skip

WORDS = st.sampled_from(
    ["acute", "lumbar", "pain", "radiculopathy", "outcome", "imaging", "surgery", "cohort", "disc",
     "nerve", "root", "treatment", "randomised", "prognosis", "conservative", "herniation"]
)  # fmt: skip
KANJI = st.sampled_from(
    ["腰椎", "椎間板", "ヘルニア", "診療", "自然経過", "手術", "保存療法", "患者", "予後"]
)
MARKS = st.sampled_from([": ", ". ", "? ", " – ", " — ", "; ", "：", "―"])
CUTS = ["", "…", "...", " ...", " . . .", "⋯", " […]", "（…）", "・・・", "……", "..", " (...)"]


def _sentence(words: list[str]) -> str:
    return " ".join(words).capitalize()


HEADS = st.lists(WORDS, min_size=4, max_size=8, unique=True).map(_sentence)
TITLES = st.tuples(HEADS, MARKS, HEADS).map("".join) | st.tuples(
    st.lists(KANJI, min_size=4, max_size=7, unique=True).map("".join),
    MARKS,
    st.lists(KANJI, min_size=2, max_size=4, unique=True).map("".join),
).map("".join)
PEOPLE = st.lists(
    st.sampled_from(
        [
            {"family": "Modic", "given": "Michael T."},
            {"family": "Obuchowski", "given": "Nancy A."},
            {"family": "Müller", "given": "Jürgen"},
            {"family": "Brant-Zawadzki", "given": "Michael N."},
            {"family": "Barzouhi", "given": "Abdelilah", "non-dropping-particle": "el"},
            {"family": "Grooff", "given": "Paul Nicolaas", "suffix": "Jr."},
            {"family": "山田", "given": "太郎"},
            {"family": "佐藤", "given": "花子"},
            {"literal": "SPORT Study Group"},
        ]
    ),
    min_size=2,
    max_size=6,
    unique_by=str,
)
JOURNALS = st.sampled_from(
    [
        ("Journal of Bone and Joint Surgery", "J Bone Joint Surg"),
        ("The New England Journal of Medicine", "N. Engl. J. Med."),
        ("British Medical Journal", "BMJ"),
        ("European Spine Journal", "Eur Spine J"),
        ("日本整形外科学会雑誌", "日整会誌"),
    ]
)


@st.composite
def wholes(draw: st.DrawFn) -> dict[str, Any]:
    """The full description of a work, with the abbreviation of its journal."""
    journal, short = draw(JOURNALS)
    first = draw(st.integers(1, 2000))
    year = draw(st.integers(1960, 2025))
    return {
        "type": "article-journal",
        "title": draw(TITLES),
        "author": draw(PEOPLE),
        "container_title": journal,
        "short": short,
        "page": f"{first}-{first + draw(st.integers(1, 30))}",
        "issued": {"date-parts": [[year, draw(st.integers(1, 12)), draw(st.integers(1, 28))]]},
        "volume": "47",
    }


def _cut_title(draw: st.DrawFn, title: str) -> str:
    """The title without its end or its middle, somehow."""
    spaced = title.isascii() or " " in title.strip()
    least = 25 if spaced else 10
    stop = draw(st.integers(least, max(least, len(title) - 4)))
    sign = draw(st.sampled_from(CUTS))
    if sign and draw(st.booleans()) and stop < len(title) - 6:
        return f"{title[: least // 2]}{sign} {title[stop:]}"
    return f"{title[:stop].rstrip(' :.?–—;')}{sign}"


def _initials(given: str, form: str) -> str:
    letters = [word[0] for word in given.replace("-", " ").split()]
    return form.join(letters) + ("." if "." in form else "")


def _poorer_name(draw: st.DrawFn, name: dict[str, str]) -> dict[str, str]:
    if "literal" in name or not draw(st.booleans()):
        return name
    poorer = dict(name)
    if not name["family"].isascii() and not name["given"].isascii() and len(name["family"]) < 3:
        return draw(
            st.sampled_from([{"literal": "".join(name.values())}, {"family": name["family"]}])
        )
    lost = draw(st.sets(st.sampled_from(["non-dropping-particle", "suffix", "accent", "half"])))
    for part in lost & poorer.keys():
        del poorer[part]
    if "accent" in lost:
        poorer["family"] = poorer["family"].replace("ü", "u")
    if "half" in lost:
        poorer["family"] = poorer["family"].removesuffix("-Zawadzki")
    form = draw(st.sampled_from(["", ".", ". ", ".-", "whole", "none", "first"]))
    if form == "none":
        del poorer["given"]
    elif form == "first":
        poorer["given"] = name["given"].split()[0]
    elif form != "whole":
        poorer["given"] = _initials(name["given"], form)
    return poorer


@st.composite
def shortenings(draw: st.DrawFn, whole: dict[str, Any]) -> dict[str, Any]:
    """What a hurried file leaves of it: every field the same, shortened, or not there at all."""
    told = {name: value for name, value in whole.items() if name != "short"}
    custom: dict[str, Any] = {}
    if draw(st.booleans()):
        told["title"] = _cut_title(draw, whole["title"])
        if draw(st.booleans()):
            custom["title-is-cut"] = True
    people = whole["author"]
    if draw(st.booleans()):
        kept = draw(st.integers(1, len(people)))
        later = draw(st.sets(st.integers(1, len(people) - 1), max_size=2))
        places = sorted({*range(kept if draw(st.booleans()) else 1), *later})
        told["author"] = [_poorer_name(draw, people[place]) for place in places]
        if len(places) < len(people) and draw(st.booleans()):
            custom["author-et-al"] = True
    if draw(st.booleans()):
        told["container_title"] = whole["short"]
    if draw(st.booleans()):
        told["page"] = whole["page"].partition("-")[0]
    if draw(st.booleans()):
        parts = whole["issued"]["date-parts"][0]
        told["issued"] = {"date-parts": [parts[: draw(st.integers(1, 2))]]}
    for name in draw(st.sets(st.sampled_from(["title", "author", "page", "issued", "volume"]))):
        del told[name]
    return told | ({"custom": custom} if custom else {})


@st.composite
def records(draw: st.DrawFn) -> tuple[dict[str, Any], list[Record]]:
    """One source that has the whole, and others that have less of it."""
    whole = draw(wholes())
    poorer = draw(st.lists(shortenings(whole), min_size=1, max_size=3))
    # What a registry says is completed by registries only.
    kinds = draw(st.sampled_from([OTHERS, tuple(sorted(REGISTRIES))]))
    full = {name: value for name, value in whole.items() if name != "short"}
    return full, [
        facts.record(
            draw(st.sampled_from(kinds)), DOI, heard=draw(st.sampled_from(facts.TIMES)), **one
        )
        for one in (full, *poorer)
    ]


def held_for_one(records: list[Record]) -> tuple[Work, ...]:
    """The works, where a person holds all the records for one."""
    names = sorted({f"text:{one.key}" for one in records})
    return project(
        map(facts.said, records), [facts.decision("match", *pair) for pair in pairwise(names)]
    ).works


@settings(max_examples=some(150), deadline=None)
@given(records(), st.randoms(use_true_random=False))
def test_the_fuller_value_is_shown_in_whatever_order_it_came(
    some: tuple[dict[str, Any], list[Record]], chance: random.Random
) -> None:
    full, told = some
    chance.shuffle(told)
    (work,) = held_for_one(told)
    shown = {name.replace("-", "_"): value for name, value in work.item.items()}
    assert {name: shown[name] for name in full} == full
    assert "title-is-cut" not in (work.item.get("custom") or {})


@pytest.mark.parametrize(
    ("strong", "weak"),
    [
        ({"title": "Back pain in adults"}, {"title": "Sciatica in adults: a review"}),
        ({"title": "Prognosis of sciatica"}, {"title": "Prognosis of sciatica1"}),
        ({"title": "Prognosis of sciatica"}, {"title": "Prognosis of sciatica [in Japanese]"}),
        ({"title": "Prognosis of sciatica"},
         {"title": "Prognosis of sciatica. Radiology 237", "container_title": "Radiology"}),
        ({"container_title": "Spine"}, {"container_title": "Spine (Phila Pa 1976)"}),
        ({"container_title": "整形外科"}, {"container_title": "整形外科と災害外科"}),
        ({"container_title": "Circulation"}, {"container_title": "Circulation Journal"}),
        ({"author": [{"family": "Ross", "given": "J."}]},
         {"author": [{"family": "Modic", "given": "M."}, {"family": "Ross", "given": "J."}]}),
        ({"author": [{"family": "Modic", "given": "M."}]},
         {"author": [{"family": "Modic", "given": "Karl"}, {"family": "Ross", "given": "J."}]}),
        ({"author": [{"family": "Modic", "given": "M."}]},
         {"author": [{"family": "Modic", "given": "M."}, {"literal": "x"}, {"literal": "x"}]}),
        ({"page": "597"}, {"page": "604-610"}),
        ({"issued": {"date-parts": [[2005]]}}, {"issued": {"date-parts": [[2006, 1]]}}),
        ({"volume": "2"}, {"volume": "23"}),
        ({"publisher": "医学書院"}, {"publisher": "南江堂 東京"}),
    ],
)  # fmt: skip
def test_what_contradicts_keeps_its_rank(strong: dict[str, Any], weak: dict[str, Any]) -> None:
    records = [facts.record("ris", DOI, **strong), facts.record("printed", DOI, **weak)]
    (work,) = held_for_one(records)
    shown = {name.replace("-", "_"): value for name, value in work.item.items()}
    assert {name: shown[name] for name in strong} == strong


@pytest.mark.parametrize(
    ("source", "is_completed"), [("printed", False), ("ris", False), ("pubmed", True)]
)
def test_what_a_registry_has_short_only_registries_complete(
    source: str, is_completed: bool
) -> None:
    registered = facts.record("crossref", DOI, title="Prognosis of sciatica")
    longer = facts.record(source, DOI, title="Prognosis of sciatica: a review")
    cut = facts.record("crossref", DOI, title="Prognosis of sciatica…", volume="1")
    titles = [
        project(map(facts.said, (one, longer)), ()).works[0].item["title"]
        for one in (registered, cut)
    ]
    assert titles[0].endswith("review") is is_completed
    assert titles[1].endswith("review")


def test_a_list_that_says_it_goes_on_is_not_closed_by_a_shorter_one() -> None:
    first = [{"family": "Modic", "given": "M. T."}]
    file = facts.record("ris", DOI, author=first, title="Prognosis of sciatica")
    printed = facts.record("printed", DOI, author=first, custom={"author-et-al": True})
    (work,) = project(map(facts.said, (file, printed)), ()).works
    assert work.item["custom"] == {"author-et-al": True}


def test_the_supplier_of_a_field_is_who_has_it_whole() -> None:
    people = [{"family": "Modic", "given": "Michael"}, {"family": "Ross", "given": "J."}]
    file = facts.record("ris", DOI, author=people[:1], title="Prognosis of…")
    printed = facts.record("printed", DOI, author=people, title="Prognosis of sciatica")
    (work,) = project(map(facts.said, (file, printed)), ()).works
    assert work.suppliers["author"] == work.suppliers["title"] == printed.key
    assert "author+" not in work.suppliers


@pytest.mark.parametrize(
    ("typed", "family"),
    [("Modic, M.T.\nAU  - et al.", "Modic"), ("Modic, M.T., et al.", "Modic"),
     ("山田, 太郎\nAU  - 他", "山田"), ("山田, 太郎 ほか3名", "山田")],
)  # fmt: skip
def test_et_al_in_a_ris_file_is_nobody(typed: str, family: str) -> None:
    (entry,) = exchange.read_all("ris", f"TY  - JOUR\nAU  - {typed}\nTI  - X\nER  - \n")
    assert isinstance(entry, exchange.FileEntry)
    assert [name["family"] for name in entry.item["author"]] == [family]
    assert entry.item["custom"] == {"author-et-al": True}


@pytest.mark.parametrize(
    ("short", "long"),
    [("Radiol", "Radiology"), ("AJR", "American Journal of Roentgenology"),
     ("Lancet", "The Lancet"), ("臨整外", "臨床整形外科")],
)  # fmt: skip
def test_abbreviations_of_journals(short: str, long: str) -> None:
    assert match.is_abbreviated(short, long)
    assert not match.is_abbreviated(long, short)


@st.composite
def lists_of_one_paper(draw: st.DrawFn) -> tuple[str, bool, list[Record]]:
    """Whole lists and cut ones of one paper's people, each with more or less else beside it."""
    people = draw(PEOPLE)
    role = draw(st.sampled_from(["author", "editor"]))
    is_endless = draw(st.booleans())
    extra = {"volume": "1", "issue": "2", "page": "1-20", "publisher": "Karger"}
    told = []
    for kept in [len(people), *draw(st.lists(st.integers(1, len(people)), min_size=1, max_size=3))]:
        is_open = is_endless if kept == len(people) else draw(st.booleans())
        fields: dict[str, Any] = {
            name: extra[name] for name in draw(st.sets(st.sampled_from(sorted(extra))))
        }
        names = people[:kept]
        if kept < len(people) and draw(st.booleans()):
            names = [_poorer_name(draw, name) for name in names]
        fields[role] = names
        if is_open:
            flag = draw(st.sampled_from([f"{role}-et-al", "author-et-al"]))
            fields["custom"] = {flag: True}
        told.append(
            facts.record(
                draw(st.sampled_from(OTHERS)), DOI, title="The back in sickness and health",
                issued={"date-parts": [[2010]]}, **fields,
            )
        )  # fmt: skip
    return role, is_endless, told


@settings(max_examples=some(150), deadline=None)
@given(lists_of_one_paper(), st.randoms(use_true_random=False))
def test_et_al_stands_behind_the_list_of_which_it_was_said(
    some: tuple[str, bool, list[Record]], chance: random.Random
) -> None:
    role, is_endless, told = some
    chance.shuffle(told)
    (work,) = held_for_one(told)
    assert len(work.item[role]) == max(len(json.loads(one.payload)["item"][role]) for one in told)
    assert work.item.get("custom", {}) == ({f"{role}-et-al": True} if is_endless else {})


@pytest.mark.parametrize("initials", ["J.", "J. A."])
def test_a_whole_list_beside_a_cut_one_of_a_record_with_more_fields(initials: str) -> None:
    people = [{"family": family, "given": given}
              for family, given in (("Smith", "J."), ("Doe", "A."), ("Roe", "B."))]  # fmt: skip
    same: dict[str, Any] = {"title": "The back in sickness and health", "container_title": "Spine",
            "volume": "1", "page": "1-20", "issued": {"date-parts": [[2010]]}}  # fmt: skip
    whole = facts.record("printed", DOI, author=people, **same)
    cut = facts.record("printed", DOI, author=[people[0] | {"given": initials}], issue="2",
                       custom={"author-et-al": True}, **same)  # fmt: skip
    (work,) = project(map(facts.said, (whole, cut)), ()).works
    assert work.item["author"] == [people[0] | {"given": initials}, *people[1:]]
    assert work.item["issue"] == "2"
    assert "custom" not in work.item
