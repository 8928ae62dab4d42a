"""Japanese references in orders and between signs that no list of forms holds."""

from __future__ import annotations

import random
import re
import unicodedata
from itertools import pairwise
from typing import Any

import pytest

from refpipe.items import printed
from refpipe.items.printed import japanese_choice, japanese_whole
from refpipe.items.printed.doubts import DOUBTED
from refpipe.items.printed.nouns import Draft

NAMES = ("水無瀬ゆう子", "東海林蓮", "四月一日真央", "薬師寺直", "五百旗頭みのり", "越智 拓")
TITLES = (
    "便秘と食物繊維", "転倒はなぜ起こるのか？", "高齢者の口腔機能と栄養：縦断研究", "夜勤と睡眠",
    "腰痛体操の効果―職場での試み―", "第2報　透析患者の運動療法",
)  # fmt: skip
JOURNALS = ("臨床栄養", "看護の窓", "北陸医療福祉大学紀要", "総合ケア", "地域保健研究")
HOUSES = ("みなと書房", "青葉社", "光文堂", "ケアと暮らし出版")
FIELDS = ("author", "title", "container-title", "publisher", "volume", "page")


def written(chance: random.Random) -> tuple[str, dict[str, Any]]:
    """A reference whose order, signs and brackets are chosen by chance, and what it says."""
    names = chance.sample(NAMES, chance.choice((1, 1, 2, 3)))
    title, year = chance.choice(TITLES), chance.randrange(1995, 2025)
    first = chance.randrange(1, 800)
    truth: dict[str, Any] = {"author": names, "title": title, "page": f"{first}-{first + 6}"}
    quotes = chance.choice(("「」", "『』", "“”", "「」"))
    elements = [
        chance.choice(("、", "，", "・", ", ")).join(names),
        quotes[0] + title + quotes[1],
        chance.choice(("{}年", "（{}）", "{}", "({}年)")).format(year),
        chance.choice(("{}頁", "pp.{}", "p.{}", "{}ページ")).format(f"{first}-{first + 6}"),
    ]
    if chance.random() < 0.6:
        truth["container-title"] = chance.choice(JOURNALS)
        truth["volume"] = str(chance.randrange(2, 90))
        form = chance.choice(("{}巻3号", "vol.{} no.3", "第{}巻第3号", "{}(3)"))
        journal = chance.choice(("『{}』", "{}", "{}", "《{}》")).format(truth["container-title"])
        elements.insert(2, journal + chance.choice(("", "　", " ")) + form.format(truth["volume"]))
    else:
        truth["publisher"] = chance.choice(HOUSES)
        elements.insert(2, truth["publisher"])
    for _ in range(chance.choice((0, 1, 1, 2))):
        elements.insert(chance.randrange(len(elements)), elements.pop(chance.randrange(5)))
    sign = chance.choice(("、", "，", "．", "　", "／", ", "))
    return chance.choice(("", "・", "（注3）", "12）", "*4 ")) + sign.join(elements), truth


def plain(value: object) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", str(value)))


def found(item: dict[str, Any], name: str) -> Any:
    value = item.get(name)
    return [plain("".join(one.values())) for one in value] if isinstance(value, list) else value


WRITTEN = [written(random.Random(f"order {number}")) for number in range(200)]


def test_most_fields_are_right_in_whatever_order_they_stand() -> None:
    right = count = 0
    for text, truth in WRITTEN:
        item = printed.remembered(text).reading.item
        for name in FIELDS:
            if name in truth:
                want, have = truth[name], found(item, name)
                want = [plain(one) for one in want] if isinstance(want, list) else plain(want)
                count += 1
                right += want == (have if isinstance(have, list) else plain(have or ""))
    assert count > 900
    assert right / count >= 0.8


def test_what_is_read_stands_in_the_text() -> None:
    """Nothing is invented, and no stretch becomes two fields."""
    for text, _ in WRITTEN:
        read = printed.remembered(text)
        spans = []
        for name in ("title", "container-title", "publisher", "volume", "issue"):
            if name in read.fields:
                field = read.fields[name]
                assert plain(field.value) in plain(text)
                spans.append((field.span.start, field.span.end))
        spans.sort()
        assert all(one[1] <= other[0] for one, other in pairwise(spans)), text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "（注3） 東海林蓮＝薬師寺直「夜勤と睡眠」地域保健研究18号（2003）41頁",
            {"title": "夜勤と睡眠", "container-title": "地域保健研究"},
        ),
        (
            "水無瀬ゆう子:夜勤と睡眠―その影響と対策-.第97回日本看護研究会報告モノグラフ,1996.",
            {"container-title": "第97回日本看護研究会報告モノグラフ"},
        ),
        (
            "東海林蓮，「夜勤と睡眠」，地域保健研究，2013年，76巻3号，p.185-192，公開日 2013/05/01",
            {"volume": "76", "issue": "3", "issued": {"date-parts": [[2013]]}},
        ),
        (
            "김일환. “An Officer.” Review of Korean Cultural Studies 47.47 (2015): 24-27.",
            {"volume": "47", "issue": "47"},
        ),
    ],
)
def test_forms_that_nobody_listed(text: str, wanted: dict[str, Any]) -> None:
    item = printed.read(text).reading.item
    assert {name: item.get(name) for name in wanted} == wanted


def test_what_is_read_otherwise_than_by_the_grammar_is_unsure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settled, changed = japanese_choice.settled, 0

    def watched(draft: Draft, *more: Any) -> Draft:
        nonlocal changed
        whole = settled(draft, *more)
        new = [part for part in whole.parts if part not in draft.parts]
        sure = [part for part in new if part.confidence > DOUBTED]
        assert all(part.confidence == japanese_choice.KNOWN for part in sure)
        names = [part for part in new if isinstance(part.value, list)]
        assert not any(part in names or part.name in more[1] for part in sure)
        edges = {edge for part in names for edge in (part.start, part.end)}
        assert not any({part.start, part.end} & edges for part in sure)
        changed += len(new)
        return whole

    monkeypatch.setattr(japanese_choice, "settled", watched)
    for text, _ in WRITTEN[:60]:
        printed.read(text)
    assert changed > 20


@pytest.mark.parametrize("host", ["岸辺の声", "葦の便り", "川べの暮らし"])
def test_what_stands_unread_behind_a_title_says_where_a_work_stands(host: str) -> None:
    """A work stands somewhere, if nobody knows what that is."""
    read = printed.read(f"岡部文：葦原の遅い生長．{host}，2014．")
    assert read.reading.item["title"] == "葦原の遅い生長"
    assert read.reading.item["container-title"] == host
    assert {"type", "container-title"} <= {*read.doubted}


@pytest.mark.parametrize("names", NAMES[:3])
@pytest.mark.parametrize("title", TITLES)
def test_a_reading_without_a_sign_of_failing_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, names: str, title: str
) -> None:
    def asked(*_: Any) -> None:
        pytest.fail("the labeller was asked")

    monkeypatch.setattr(japanese_whole, "read", asked)
    read = printed.read(f"{names}：{title}．臨床栄養 12（3）：41-48，2019．")
    assert read.reading.item["volume"] == "12"
