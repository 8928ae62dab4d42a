"""What stands in front of and behind the elements of a Japanese reference, and what it says."""

from __future__ import annotations

import pytest

from refpipe.items import printed


def found(text: str) -> dict[str, object]:
    """The fields of a reference as plain words: names and days joined."""
    said: dict[str, object] = dict(printed.remembered(text).reading.item)
    for name in ("author", "editor", "translator"):
        people = said.get(name) or []
        assert isinstance(people, list)
        said[name] = ", ".join(one.get("literal") or "".join(one.values()) for one in people)
    for name in ("issued", "accessed", "original-date"):
        day = said.get(name)
        said[name] = day["date-parts"][0] if isinstance(day, dict) else ""
    return said


def told(text: str, **fields: object) -> None:
    read = found(text)
    wanted = {name.replace("_", "-"): value for name, value in fields.items()}
    assert {name: read.get(name, "") for name in wanted} == wanted


_ARTICLE = "江戸川澄：歩行の話．北信歩行学会誌 12: 3-9, 2010"


@pytest.mark.parametrize(
    "label",
    [
        "参考記事　",
        "引用文献 ",
        "引用論文：",
        "[注] ",
        "（注）",
        "【註】",
        "参考書籍　",
        "参考サイト　",
        "図1　出所：",
        "表 2 出典：",
        "図表12　資料：",
        "[引用論文]",
        "参考HP：",
    ],
)
def test_a_word_for_the_source_is_none_of_it(label: str) -> None:
    told(
        label + _ARTICLE, author="江戸川澄", title="歩行の話", volume="12",
        container_title="北信歩行学会誌",
    )  # fmt: skip


def test_a_title_may_begin_as_a_label_does() -> None:
    told("参考資料の作り方．青灯社，2010", title="参考資料の作り方")
    told("図1枚で分かる歩行の話．青灯社，2010", title="図1枚で分かる歩行の話")


@pytest.mark.parametrize(
    "said",
    [
        "R3.8.20参照",
        "（R3.8.20閲覧）",
        "より引用（R3.8.20）",
        "（参照日：R3.8.20）",
        "（令和3.8.20閲覧）",
        "（令3/8/20アクセス）",
        "（検索日：2021/8/20）",
        "（2021年8月20日にデータを取得）",
        "（入手 2021-08-20）",
        "2021年8月20日データ取得",
        "（2021年8月20日アクセス可能）",
        "（2021年8月20日 22:15閲覧）",
        "（入手日：2021年8月20日）",
        "最終アクセス日時：2021年8月20日 10:20",
        "（2021年8月20日現在）",
        "（2021年8月20日9時5分確認）",
        "2021年8月20日入手",
    ],
)
def test_the_day_of_reading_is_told_in_any_words(said: str) -> None:
    told(
        f"北信歩行局「歩行の手引き」https://a.example.jp/1.html {said}",
        type="webpage", author="北信歩行局", title="歩行の手引き", URL="https://a.example.jp/1.html",
        accessed=[2021, 8, 20], issued="", container_title="", volume="", page="",
    )  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "2016年3月4日時点のオリジナルよりアーカイブ。",
        "オリジナルの2016年3月4日時点におけるアーカイブ。",
        "2016年3月4日時点のオリジナルからアーカイブ。",
    ],
)
def test_the_day_of_a_copy_is_not_that_of_the_work(said: str) -> None:
    told(
        f"江戸川澄「歩行の話」『北信新聞』。{said}2019年7月30日閲覧。",
        title="歩行の話", issued="", accessed=[2019, 7, 30],
    )  # fmt: skip


@pytest.mark.parametrize("front", ["、入手先〈", "．参照先：", " リンク先 "])
def test_what_leads_to_an_address_is_no_site(front: str) -> None:
    told(
        f"歩行協会：歩き方の手引き{front}https://a.example.jp/iryo.html （2022年11月14日参照）",
        title="歩き方の手引き", container_title="", accessed=[2022, 11, 14],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("printed_as", "edition"),
    [
        ("，第６版，", "第6版"),
        ("　改訂第１０版，", "改訂第10版"),
        (". 三訂, ", "三訂"),
        ("，四訂版，", "四訂版"),
    ],
)
def test_the_figures_of_an_edition_are_plain(printed_as: str, edition: str) -> None:
    told(
        f"江戸川澄：小児の歩行{printed_as}メディカ出版，大阪，２０１９．",
        title="小児の歩行", edition=edition, publisher="メディカ出版",
    )  # fmt: skip


def test_who_revised_a_table_is_part_of_its_name() -> None:
    told("文部科学省「歩行標準成分表2020年版（八訂）」", title="歩行標準成分表2020年版（八訂）")


@pytest.mark.parametrize(
    ("text", "magazine", "issue", "title", "house", "day"),
    [
        (
            "『歩く人』1021号「足と水」北信書房、2021年2月18日発売",
            "歩く人",
            "1021",
            "足と水",
            "北信書房",
            [2021, 2, 18],
        ),
        (
            "AYUMI（北信社） 2020年7月号 「歩き方完全ガイド」",
            "AYUMI",
            "",
            "歩き方完全ガイド",
            "北信社",
            [2020, 7],
        ),
        (
            "きょうの歩行（北信出版）2018年1月号「歩く習慣」",
            "きょうの歩行",
            "",
            "歩く習慣",
            "北信出版",
            [2018, 1],
        ),
        (
            "Walkin No.805「歩き方 完全BOOK」ウォークハウス 2021年3月11日号",
            "Walkin",
            "805",
            "歩き方 完全BOOK",
            "ウォークハウス",
            [2021, 3, 11],
        ),
        (
            "『週刊あるく』2022年5月21日号 特集「靴の真実」",
            "週刊あるく",
            "",
            "靴の真実",
            "",
            [2022, 5, 21],
        ),
        ("『靴と歩き』第42号、2019年夏、北信出版", "靴と歩き", "42", "", "北信出版", [2019]),
        (
            "『靴と歩き』2019年夏号「歩く習慣」北信出版",
            "靴と歩き",
            "",
            "歩く習慣",
            "北信出版",
            [2019],
        ),
        (
            "『靴と歩き』2019年7・8月合併号「歩く習慣」北信出版",
            "靴と歩き",
            "",
            "歩く習慣",
            "北信出版",
            [2019, 7],
        ),
        (
            "足に合う靴の選び方　Walkin　756号　ウォークハウス　2018年",
            "Walkin",
            "756",
            "足に合う靴の選び方",
            "ウォークハウス",
            [2018],
        ),
        (
            "いつ歩くか？　靴と歩き　2021年11月号　48-53　北信大学出版部",
            "靴と歩き",
            "",
            "いつ歩くか？",
            "北信大学出版部",
            [2021, 11],
        ),
        ("靴と歩き、2019年7月号、34-38頁、北信出版", "靴と歩き", "", "", "北信出版", [2019, 7]),
    ],
)
def test_an_issue_that_is_named_first_is_a_magazines(
    text: str, magazine: str, issue: str, title: str, house: str, day: list[int]
) -> None:
    told(
        text, container_title=magazine, issue=issue, title=title, publisher=house, issued=day,
        author="", volume="",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "佐藤一郎 第3号「歩く習慣」2019年",
        "『三訂 歩行の話』第3版、北信出版、2019年",
        "佐藤一郎『歩行の話』第3巻、北信出版、2019年",
    ],
)
def test_a_person_or_a_book_before_a_figure_is_no_magazine(text: str) -> None:
    assert "type" in printed.read(text).doubted or found(text)["type"] == "book"


@pytest.mark.parametrize(
    ("text", "dictionary", "entry", "more"),
    [
        ("デジタル大辞泉「歩行」（北信館）", "デジタル大辞泉", "歩行", {"publisher": "北信館"}),
        (
            "北信館医学大辞典　第20版「歩行障害」の項",
            "北信館医学大辞典",
            "歩行障害",
            {"edition": "第20版"},
        ),
        (
            "『広語苑事典』第7版「歩行」北信書店、2018年",
            "広語苑事典",
            "歩行",
            {"edition": "第7版", "publisher": "北信書店", "issued": [2018]},
        ),
        (
            "最新 歩行学事典　江戸川澄「歩幅」　北信社",
            "最新 歩行学事典",
            "歩幅",
            {"author": "江戸川澄", "publisher": "北信社"},
        ),
        (
            "歩行事典「歩行の話」佐藤一郎、北信出版、2010年",
            "歩行事典",
            "歩行の話",
            {"author": "佐藤一郎", "publisher": "北信出版", "issued": [2010]},
        ),
        ("Wikipedia『歩行』2023年7月7日 (金) 04:18 UTC　版", "Wikipedia", "歩行", {"volume": ""}),
        (
            "ウィキペディア日本語版「歩行」2020年3月1日 (日) 10:12版",
            "ウィキペディア日本語版",
            "歩行",
            {},
        ),
        (
            "フリー百科事典『ウィキペディア（Wikipedia）』「歩行」",
            "ウィキペディア（Wikipedia）",
            "歩行",
            {},
        ),
        (
            "歩行史大辞典編集委員会編『歩行史大辞典』第7巻、北信文館、1986年、「養生所」の項。",
            "歩行史大辞典",
            "養生所",
            {"volume": "7", "publisher": "北信文館", "editor": "歩行史大辞典編集委員会"},
        ),
        (
            "「養生」『国語大辞典』第2版、北信館、2002年、35頁。",
            "国語大辞典",
            "養生",
            {"edition": "第2版", "page": "35"},
        ),
    ],
)
def test_an_entry_of_a_dictionary(
    text: str, dictionary: str, entry: str, more: dict[str, object]
) -> None:
    fields = {"type": "entry-encyclopedia", "container_title": dictionary, "title": entry}
    told(text, **fields, **more)


@pytest.mark.parametrize(
    "text",
    [
        "江戸川澄『歩行事典』北信出版、2010年",
        "『歩行の話』「はじめに」北信出版、2010年",
        "江戸川澄「百科全書の思想」『歩行の歴史』北信出版、2010年",
        "歩行事典編集委員会編『歩行事典』北信出版",
    ],
)
def test_a_book_that_is_a_dictionary_is_a_book(text: str) -> None:
    assert found(text)["type"] in ("book", "chapter")


@pytest.mark.parametrize(
    "site",
    [
        "歩行電子版",
        "歩行ビュー",
        "北信広報オンライン",
        "歩きのノート",
        "歩行ニュースネット",
        "あるくドットコム",
    ],
)
@pytest.mark.parametrize(
    "behind", ["2018年9月12日付", " https://a.example.jp/1", "（2018年9月12日公開）"]
)
def test_a_site_before_a_quoted_title_is_where_it_stands(site: str, behind: str) -> None:
    told(
        f"{site}「靴の人気、子どもにも波及」{behind}",
        type="webpage", container_title=site, author="", title="靴の人気、子どもにも波及",
    )  # fmt: skip


@pytest.mark.parametrize(
    "office",
    [
        "北信県福祉保健局高齢社会対策部",
        "北信市健康増進課",
        "北信省歩行局総務室",
        "北信府健康医療部",
    ],
)
def test_an_office_within_an_office_wrote_a_page(office: str) -> None:
    told(
        f"{office}「歩行の計画」平成22年9月　http://a.example.jp/plan.pdf",
        author=office, title="歩行の計画", container_title="", type="webpage",
    )  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        " 2022.05.16 更新",
        "（2022.05.16更新）",
        " 最終更新 2022/05/16",
        " 更新日時：2022/05/16 10:20",
        "、2022年5月16日最終更新",
        " 更新・確認日：2022年05月16日",
        " 最終査読/改訂年月日 2022年5月16日",
        " 2022年5月16日 配信",
    ],
)
def test_the_day_of_a_change_shows_a_page_and_is_its_date(said: str) -> None:
    told(
        f"江戸川澄「歩行の話」北信コラム{said}",
        type="webpage", author="江戸川澄", title="歩行の話", container_title="北信コラム",
        issued=[2022, 5, 16], accessed="", volume="", page="",
    )  # fmt: skip


def test_an_edition_of_a_country_is_a_site_and_no_remark() -> None:
    told(
        "江戸川澄「歩行の話」北信マニュアル家庭版 最終査読/改訂年月 2020年12月",
        container_title="北信マニュアル家庭版", issued=[2020, 12],
    )  # fmt: skip


def test_a_year_within_a_name_is_not_the_date_where_a_month_is_printed() -> None:
    told(
        "北信歩行局：よく歩くためのガイド 2023、令和6年2月　https://a.example.jp/1.pdf",
        title="よく歩くためのガイド 2023", issued=[2024, 2],
    )  # fmt: skip
    told(
        "北信医師会．歩行の予定表．（2023年4月版）",
        title="歩行の予定表",
        issued=[2023, 4],
        publisher="",
    )


@pytest.mark.parametrize(
    "form",
    [
        "{b}「{t}」，2019年2月21日付プレスリリース.",
        "{b}：{t}．2019年2月21日プレスリリース．",
        "{b}　{t}　News Release　2019年2月21日",
        "{b}「{t}」プレスリリース（2019年2月21日）",
        "{b}「{t}」（ニュースリリース、2019年2月21日）",
        "{b} プレスリリース「{t}」2019年2月21日",
    ],
)
def test_a_press_release_is_no_publisher_and_no_part_of_the_title(form: str) -> None:
    text = form.format(b="北信製靴株式会社", t="新しい靴を発売")
    told(
        text, author="北信製靴株式会社", title="新しい靴を発売", publisher="", container_title="",
        issued=[2019, 2, 21],
    )  # fmt: skip


@pytest.mark.parametrize("form", ["「{t}」（{x}）2021.11.26更新", "「{t}」{x} 2021年11月26日更新"])
def test_a_site_beside_the_body_whose_it_is(form: str) -> None:
    told(
        form.format(t="歩幅の必要性", x="北信歩行局 歩行の情報サイト あるくネット"),
        title="歩幅の必要性", author="北信歩行局", container_title="歩行の情報サイト あるくネット",
    )  # fmt: skip
    told(
        "歩幅とは｜あるくネット　公益財団法人北信歩行財団　https://a.example.jp/1.html",
        title="歩幅とは", container_title="あるくネット", publisher="公益財団法人北信歩行財団",
    )  # fmt: skip


@pytest.mark.parametrize(
    "firm", ["北信リサーチ&コンサルティング", "スミス＆スミス", "北信KIリサーチ＆ラボ"]
)
def test_a_sign_between_words_in_katakana_parts_no_firm(firm: str) -> None:
    people = found(f"{firm}：地域の歩行，2016．").get("author") or ""
    assert "," not in str(people)


def test_a_sign_between_whole_names_parts_them() -> None:
    told(
        "アダム・スミス＆エレン・スミス『歩く子ども』北信社、2016",
        author="アダム・スミス, エレン・スミス",
    )


@pytest.mark.parametrize(
    ("figures", "volume", "issue", "page"),
    [
        ("22巻3=4号（2009年）362頁以下", "22", "3=4", "362"),
        ("22巻3・4号合併号，2009年，25～34ページ", "22", "3・4", "25-34"),
        ("22巻3･4合併号，2009年，25～34ページ", "22", "3・4", "25-34"),
        (" Vol.22 No.3,4 pp25-34 (2009)", "22", "3,4", "25-34"),
        ("22（2）（通巻78号），25-34，2009", "22", "2", "25-34"),
        ("22巻2号（通巻第78号），25-34，2009", "22", "2", "25-34"),
        ("，通巻78号，25-34，2009", "", "78", "25-34"),
        ("，2009, 87号, p.11-19", "", "87", "11-19"),
        (" 2009；22（9）：N-412–N-417", "22", "9", "N-412-N-417"),
        ("，22巻，2009年，p2117", "22", "", "2117"),
        (" 22(1): 1_55-1_62, 2009", "22", "1", "1_55-1_62"),
        ("，2009，22 巻，1 号，p. 1_55-1_62", "22", "1", "1_55-1_62"),
    ],
)
def test_figures_of_japanese_journals(figures: str, volume: str, issue: str, page: str) -> None:
    told(
        f"江戸川澄「歩行の過程」『北信歩行学会誌』{figures}",
        title="歩行の過程", container_title="北信歩行学会誌", volume=volume, issue=issue, page=page,
        issued=[2009],
    )  # fmt: skip


def test_a_place_behind_a_page_is_none() -> None:
    told(
        "江戸川澄「歩行の話」佐藤一郎編『歩行と法』（北信社，2012年）153頁以下",
        page="153", publisher_place="", publisher="北信社",
    )  # fmt: skip


@pytest.mark.parametrize("sign", ["．", "　"])
def test_two_small_figures_behind_a_journal_are_volume_and_issue(sign: str) -> None:
    text = f"江戸川澄{'：' if sign == '．' else sign}歩行の過程{sign}北信歩行学会誌 22-4，2009"
    told(text, container_title="北信歩行学会誌", volume="22", issue="4", page="")
    told(text.replace("22-4", "22-34"), container_title="北信歩行学会誌", page="22-34")
    told(text.replace(" 22-4，2009", "．2009：22-4"), volume="", page="22-24")


@pytest.mark.parametrize(
    "text",
    [
        "「歩行の診断と経過」（中島淳、北信内科学会雑誌 105巻3号 429-433 2016年）",
        "「歩行の診断と経過」（中島淳、北信内科学会雑誌、105巻3号、429-433、2016年）https://a.example.jp/1",
        "歩行の診断と経過（中島淳ほか、北信内科学会雑誌、105巻3号、429-433、2016）",
        "「歩行の診断と経過」中島淳、北信内科学会雑誌、105巻3号、2016、429〜433頁",
    ],
)
def test_who_wrote_an_article_stands_behind_its_title_with_the_journal(text: str) -> None:
    told(
        text, title="歩行の診断と経過", author="中島淳", container_title="北信内科学会雑誌",
        volume="105", issue="3", page="429-433", issued=[2016],
    )  # fmt: skip


def test_several_names_and_a_latin_journal_behind_a_quoted_title() -> None:
    told(
        "「歩行の診断と経過」佐藤一郎、江戸川澄、地方歩行研究、25巻3号、1994、31〜35頁",
        author="佐藤一郎, 江戸川澄", container_title="地方歩行研究", volume="25",
    )  # fmt: skip
    told(
        "「歩行の診断」熊井司　MB Walk. 31(8)：33～41　2018",
        author="熊井司", container_title="MB Walk", volume="31", issue="8",
    )  # fmt: skip
    told("「歩行の診断」（腰痛、膝痛）北信歩行雑誌 25巻3号、1994", author="")


@pytest.mark.parametrize(
    ("series", "name", "number"),
    [
        ("（北信学術文庫，1774）", "北信学術文庫", "1774"),
        ("(現代歩行学シリーズ, 9)", "現代歩行学シリーズ", "9"),
        ("（講座歩行の文化，2）", "講座歩行の文化", "2"),
        ("（歩行ライブラリー）", "歩行ライブラリー", ""),
        ("（歩行叢書 ③）", "歩行叢書", "③"),
    ],
)
def test_a_series_in_brackets_and_its_number(series: str, name: str, number: str) -> None:
    text = f"江戸川澄．歩行の文化史．北信書房，2006，431p，{series}．"
    told(
        text, title="歩行の文化史", publisher="北信書房", issued=[2006], collection_title=name,
        collection_number=number,
    )  # fmt: skip


def test_what_leads_to_an_address_in_english_is_no_title() -> None:
    told(
        "北信歩行局 (2018). 平成29年度「歩行の調査」結果について　Retrieved from http://a.example.jp/1.htm",
        title="平成29年度「歩行の調査」結果について", author="北信歩行局",
    )  # fmt: skip


def test_a_town_that_no_list_knows() -> None:
    told(
        "荒木茂: 歩行の理学療法, 北信と医学の出版社, 川崎, 2018, pp88-97.",
        publisher="北信と医学の出版社", publisher_place="川崎", page="88-97",
    )  # fmt: skip
    told(
        "佐藤美知子．歩行の家族支援モデルの開発［博士論文］．山口：山口大学；1998．",
        title="歩行の家族支援モデルの開発", publisher="山口大学", publisher_place="山口",
    )  # fmt: skip


@pytest.mark.parametrize(
    "group",
    [
        "歩くことを知って、子どもを守ろうの会",
        "北信あるくの家",
        "歩行プロジェクト",
        "ノルディス ファーマ株式会社",
        "イルイ リリス株式会社",
        "北信歩行クラブ",
    ],
)
def test_a_group_before_a_colon_that_no_list_knows(group: str) -> None:
    told(
        f"{group}：歩行の「正しい知識」．北信書店，2020", author=group, title="歩行の「正しい知識」"
    )


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("監修医：渡辺 陽介", "editor"),
        ("（監修医師：渡辺陽介）", "editor"),
        ("解説：渡辺 陽介", "author"),
        ("執筆者：渡辺陽介", "author"),
    ],
)
def test_who_explained_or_looked_through_a_page(said: str, field: str) -> None:
    read = found(
        f"北信会「足底の痛みとは」　{said}　https://a.example.jp/1/　最終更新日：2021年10月27日"
    )
    assert (read["type"], read["title"], read[field]) == ("webpage", "足底の痛みとは", "渡辺陽介")
    assert "北信会" in (read.get("container-title"), read["author"])


def test_what_each_did_in_a_talk_is_no_part_of_the_names() -> None:
    told(
        "「歩行と仕事」（語り手：桜井なおみ，聞き手：高橋都），北信看護22巻3号，2017，322-325．",
        author="桜井なおみ, 高橋都", title="歩行と仕事",
    )  # fmt: skip
    told(
        "北信クリニックブログ：歩幅って何？（2020.4.6）", title="歩幅って何？", issued=[2020, 4, 6]
    )


@pytest.mark.parametrize(
    ("sign", "site"),
    [
        ("＝", "北信ドットコム"),
        ("／", "Spring 歩行ラボ"),
        ("／", "北信ニュース"),
        (" ＝ ", "あるくオンライン"),
        ("、", "北信官邸HP"),
    ],
)
def test_a_site_behind_a_sign_that_joins_it_to_its_page(sign: str, site: str) -> None:
    told(
        f"歩幅の8割は靴で決まるのか{sign}{site} (https://a.example.com/85.html)",
        title="歩幅の8割は靴で決まるのか", container_title=site,
    )  # fmt: skip
    told("血圧140／90の歩行ラボ (https://a.example.com/85.html)", container_title="")


@pytest.mark.parametrize("said", ["　パンフレット　PDF", " リーフレット", "　PDF", ""])
def test_what_a_body_calls_its_leaflet_is_no_part_of_its_name(said: str) -> None:
    told(
        f"食べて元気に歩行予防（北信労働省{said}）",
        title="食べて元気に歩行予防",
        author="北信労働省",
    )


@pytest.mark.parametrize(
    "grant",
    [
        "．平成20年度～21年度研究成果報告書",
        "，令和2年度老人保健健康増進等事業報告書",
        "．平成13・14年度科研費基盤研究(C)(2)報告書",
        "，平成27年度北信省歩行増進等事業",
    ],
)
def test_the_grant_behind_a_report_is_no_part_of_its_title(grant: str) -> None:
    told(
        f"江戸川澄：歩行の関連に関する研究{grant}，2015．",
        title="歩行の関連に関する研究",
        author="江戸川澄",
    )


def test_a_report_may_be_named_after_its_year() -> None:
    told("北信省．平成20年度歩行研究成果報告書．2009．", title="平成20年度歩行研究成果報告書")
    told("江戸川澄：令和2年度歩行事業報告書，北信財団，2021．", title="令和2年度歩行事業報告書")


def test_a_name_all_in_hiragana_among_others() -> None:
    told(
        "無藤 隆・やまだ ようこ・南 博文(編) 歩行心理学 新曜社 2004",
        editor="無藤隆, やまだようこ, 南博文", title="歩行心理学", publisher="新曜社",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "edition"),
    [(" 改訳第６版", "改訳第6版"), ("（新訳版）", "新訳版"), ("，改訳第7版", "改訳第7版")],
)
def test_an_edition_that_was_translated_anew(said: str, edition: str) -> None:
    told(
        f"フロレンス・ナイチンゲール著，湯槇ます訳：看護覚え書{said}，北信社，2000．",
        title="看護覚え書", edition=edition, publisher="北信社",
    )  # fmt: skip


@pytest.mark.parametrize(
    "title",
    [
        "みんなの家：認知症の人の暮らし",
        "ふれあいクラブ：高齢者の体操",
        "健康プロジェクト：町の体操",
    ],
)
def test_words_of_a_title_that_name_a_group_edited_nothing(title: str) -> None:
    read = found(f"山田太郎，鈴木花子：{title}，佐藤一郎編，医学書院，東京，2018，pp12-20．")
    assert (read["author"], read["editor"]) == ("山田太郎, 鈴木花子", "佐藤一郎")
    assert (read["title"], read["publisher"]) == (title, "医学書院")


@pytest.mark.parametrize("title", ["こころ からだ", "うたう からだ", "やさしい からだ"])
def test_a_title_in_hiragana_is_nobody_for_sure(title: str) -> None:
    assert "author" not in printed.read(f"{title}．医学書院，2010").reading.item or (
        "author" in printed.read(f"{title}．医学書院，2010").doubted
    )


@pytest.mark.parametrize("label", ["※2 [ii] ", "4. [iv] "])
def test_a_label_in_roman_figures_is_none_of_the_reference(label: str) -> None:
    read = printed.read(f"{label}山田太郎：腰痛の研究．看護，70(6)：12-18，2018．")
    assert not read.rest
    assert {"author", "title"}.isdisjoint(read.doubted)


@pytest.mark.parametrize("figures", ["200-12, 2009", "臨時増刊，45-8，2009"])
def test_pages_of_a_journal_are_no_volume_and_issue(figures: str) -> None:
    read = found(f"山田太郎：腰痛の研究．医学のあゆみ，{figures}．")
    assert "issue" not in read
