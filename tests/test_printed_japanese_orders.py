"""Japanese articles put together by chance: names, signs, orders and labels that no list holds."""

from __future__ import annotations

import random

from refpipe.items import printed

FAMILIES = ("佐藤", "江戸川", "早乙女", "三枝", "中津川", "一ノ瀬", "森", "百々", "木ノ下", "龍崎")
GIVEN = ("蓮", "まゆ", "俊介", "澄", "真由美", "はるか", "健太郎", "のぞみ", "みどり", "ほのか")
TITLES = ["腰痛患者の歩行能力", "転倒予防：訪問の役割", "睡眠と抑うつの関連", "吸入指導（第2報）"]
JOURNALS = ["北信理学療法学", "保健の科学", "総合歩行", "日歩行会誌", "医学のあゆみ"]


def article(chance: random.Random) -> tuple[str, dict[str, object]]:
    """A reference, and what it says."""
    one = chance.choice
    blank, sign = one(["", "", " ", "　"]), one(["，", "、", ", ", "・", "; "])
    people = [(one(FAMILIES), one(GIVEN)) for _ in range(one([1, 2, 3]))]
    volume, issue = str(chance.randint(2, 90)), str(chance.randint(1, 12))
    year, first = chance.randint(1985, 2025), chance.randint(100, 900)
    last = first + chance.randint(1, 12)
    title, journal = one(TITLES), one(JOURNALS)
    pages = f"{first}{one('-–～〜−')}{last}"
    figures = one([
        f"{volume}({issue}){one('：:')}{pages}", f"{volume}巻{issue}号，{pages}頁",
        f"第{volume}巻第{issue}号，pp.{pages}", f"Vol.{volume} No.{issue}，p.{pages}",
        f"{volume}-{issue}，pp.{pages}",
    ])  # fmt: skip
    names = sign.join(f"{family}{blank}{given}" for family, given in people)
    names += one(["", "", "，他", "ほか"])
    boxed = one([journal, f"『{journal}』"])
    text = one([
        f"{names}：{title}．{boxed} {figures}，{year}",
        f"{names}（{year}）{title}．{boxed}，{figures}．",
        f"{names}「{title}」{boxed} {figures}，{year}年",
        f"{names}. {title}. {boxed}. {year}；{figures}.",
    ])  # fmt: skip
    read = {
        "title": title, "container-title": journal, "volume": volume, "issue": issue,
        "page": f"{first}-{last}", "year": year, "author": ["".join(name) for name in people],
    }  # fmt: skip
    return text, read


def test_articles_put_together_by_chance_are_read() -> None:
    chance, wrong = random.Random(11), []
    for _ in range(250):
        text, said = article(chance)
        item = printed.read(text).reading.item
        who = [
            one.get("literal") or one.get("family", "") + one.get("given", "")
            for one in item.get("author", [])
        ]
        year = item.get("issued", {}).get("date-parts", [[0]])[0][0]
        found = {**item, "year": year, "author": who}
        if any(found.get(name) != value for name, value in said.items()):
            wrong.append((text, {name: found.get(name) for name in said}))
    assert len(wrong) <= 3, wrong


def test_what_stands_between_names_is_the_title_of_a_part() -> None:
    chance = random.Random(5)
    for _ in range(40):
        family, given = chance.choice(FAMILIES), chance.choice(GIVEN)
        text = (
            f"佐藤{given}, 転倒予防の実際, {family}{given}編, 歩行の事典, 北信書房, 2019, pp.3-16"
        )
        item = printed.read(text).reading.item
        assert (item["type"], item["container-title"]) == ("chapter", "歩行の事典"), text
        assert item["title"].endswith("転倒予防の実際")
