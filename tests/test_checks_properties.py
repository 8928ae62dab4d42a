"""Laws of the checker, tried on made-up pages."""

from __future__ import annotations

import datetime

from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe import articles, checks, dates, report
from refpipe.pipeline import check

TODAY = datetime.date(2026, 6, 15)
PIECES = st.sampled_from(
    [
        "公開日:2026/02/10",
        "更新日：２０２６年２月３０日",
        "更新日:YYYY/MM/DD",
        "Updated: 02/03/2026",
        "2026年2月10日(水)",
        "令和8年(2025年)",
        "平成31年5月1日",
        "※1",
        "\n",
        "\n\n",
        " ",
        "<!--",
        "-->",
        "<!-- refpipe: ignore DATE001 why -->",
        "<!-- refpipe: ignore -->",
        "[@doi:10.1000/x]",
        "[@name]",
        "<!--bibliography-->",
        "<!--/bibliography-->",
        "`",
        "```",
        "<p>",
        "</p>",
        '<time datetime="2026-02-30">',
        "</time>",
        "---\n",
        "date: 2026-13-01\n",
        "[1] ",
        "[14]",
        "doi:10.1148/RADIOL.2372041509",
        "参考文献に基づき",
        '<script type="application/ld+json">{"dateModified":"0000-00-00"}</script>',
        "腰痛",
        "\r\n",
        "\ufeff",
        "\U0001f600",
    ]
)
PAGES = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=25).map("".join)


def context_of(article: object) -> checks.Context:
    return checks.Context(today=TODAY, is_complete=True)


@settings(max_examples=some(150))
@given(PAGES, st.sampled_from(["a.md", "a.html"]))
def test_no_page_makes_the_checker_raise_and_every_finding_has_a_place(
    text: str, path: str
) -> None:
    article = articles.read(path, text)
    lines = text.count("\n") + 1
    for finding in checks.run(article, context_of(article), select=["ALL"], is_fixing=True):
        assert 1 <= finding.line <= lines
        assert finding.column >= 1
        for lang in ("en", "ja"):
            said = checks.message(finding, lang)
            assert said
            assert "{" not in said or "{" in text
    findings = checks.run(article, context_of(article))
    for form in report.FORMATS:
        list(report.write(report.Report(findings=findings, checked=(path,)), form))


@settings(max_examples=some(150))
@given(PAGES, st.sampled_from(["a.md", "a.html"]))
def test_a_second_fix_changes_nothing(text: str, path: str) -> None:
    def fixed(before: str) -> str:
        article = articles.read(path, before)
        context = checks.Context(today=TODAY, changed=TODAY)
        found = checks.run(article, context, is_fixing=True)
        edits = [finding.edit for finding in found if finding.edit is not None]
        return check.edited(before, edits)

    once = fixed(text)
    assert fixed(once) == once


WRITTEN = [
    "{y}年{m}月{d}日", "{y}/{m}/{d}", "{y}-{m:02}-{d:02}", "{y}.{m}.{d}", "令和{e}年{m}月{d}日",
    "R{e}.{m}.{d}", "令和{e}.{m}.{d}", "西暦{y}年{m}月{d}日", "{y}年{m}月{d}日(水)", "{d}/{m}/{y}",
    "{d}.{m}.{y}",
]  # fmt: skip
HELD = [
    "# 題\n\n更新日：{}\n", "題\n\n🕒最終更新日 {}\n", "---\nlastmod: {}\n---\n本文。\n",
    "({} 更新)\n",
    '+++\ndate = "{}"\n+++\n本文。\n', "<dl><dt>公開日</dt><dd>{}</dd></dl>",
    '<script type="application/ld+json">{{"dateModified": "{}"}}</script>',
    '<meta property="article:modified_time" content="{}">',
    '<p><time datetime="{}">先日</time></p>',
]  # fmt: skip
DAYS = st.tuples(st.integers(2020, 2025), st.integers(0, 14), st.integers(0, 33))


@given(
    day=DAYS,
    written=st.sampled_from(WRITTEN),
    held=st.sampled_from(HELD),
    is_wide=st.booleans(),
    range_of=st.sampled_from(["{}", "{}更新", "2020/1/1〜{}"]),
)
def test_a_day_that_no_calendar_has_is_found_wherever_a_page_states_it(
    day: tuple[int, int, int], written: str, held: str, range_of: str, *, is_wide: bool
) -> None:
    year, month, number = day
    stated = written.format(y=year, e=year - 2018, m=month, d=number)
    if is_wide:
        stated = stated.translate({ord(one): ord(one) + 0xFEE0 for one in "0123456789"})
    is_stamp = "<script" in held or "<meta" in held or "datetime" in held or "lastmod" in held
    if is_stamp and written[0] == "{" and written[:3] == "{y}" and "(" not in written:
        stated = range_of.format(stated)
    path = "a.html" if held.startswith("<") else "a.md"
    article = articles.read(path, held.format(stated))
    found = [one.code for one in checks.run(article, context_of(article))]
    orders = [(month, number), (number, month)][: 2 if written[:3] == "{d}" else 1]
    is_day = any(dates.is_day(year, *order) for order in orders)
    assert ("DATE001" in found) == (not is_day), (article.text, found)
