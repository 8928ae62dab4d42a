"""Laws of the checker, tried on made-up pages."""

from __future__ import annotations

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe import articles, checks, report
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


@settings(max_examples=150)
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


@settings(max_examples=150)
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
