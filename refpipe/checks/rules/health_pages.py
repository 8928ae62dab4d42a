"""What a health page should show."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from refpipe.checks.page_dates import MODIFIED, PUBLISHED
from refpipe.checks.rule import Context, Subject, rule
from refpipe.model import Finding

_PERSON = re.compile(
    r"監修|執筆|著者|筆者|文責|編集者|ライター|(?:この記事を|記事を)書いた|"
    r"\b(?:written|reviewed|authored|edited) by\b|\bauthor\b|\breviewedBy\b|\breviewer\b",
    re.IGNORECASE,
)


@rule(
    "PAGE001",
    "no-author",
    {
        "": (
            "the page names neither an author nor a reviewer",
            "執筆者も監修者も示されていません",
        )
    },
    is_default=False,
)
def no_author(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """A page that names neither its author nor a medical reviewer.

    It looks for 監修, 執筆, 著者, 医師名 or an author in front matter or metadata.  Off by default;
    select PAGE for pages that give health advice.

    Why: whoever follows the advice should know whose it is, and search engines rank health pages
    by it.

    Bad::

        # 腰痛の話

        腰痛の多くは自然に軽くなります。

    Good::

        # 腰痛の話

        監修：山田太郎(整形外科専門医)

        腰痛の多くは自然に軽くなります。

    日本語: 執筆者も監修者も示されていないページ。

    監修・執筆・著者の表示、またはフロントマターやメタデータの author を探します。初期設定では
    無効です。健康情報のページでは PAGE を選んでください。

    理由: 助言に従う人は、それが誰の助言なのかを知るべきです。検索エンジンも健康情報の評価に使います。
    """
    if not _PERSON.search(subject.text):
        yield subject.finding_at("PAGE001", (1, 1))


@rule(
    "PAGE002",
    "no-date",
    {
        "": (
            "the page has no date of publishing or updating",
            "公開日も更新日も示されていません",
        )
    },
    is_default=False,
)
def no_date(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """A page without a date of publishing or updating.

    Off by default; select PAGE for pages that give health advice.

    Why: the reader cannot tell whether the advice still holds.

    Bad::

        # 腰痛の話

        腰痛の多くは自然に軽くなります。

    Good::

        # 腰痛の話

        公開日：2026年2月10日

        腰痛の多くは自然に軽くなります。

    日本語: 公開日も更新日もないページ。

    初期設定では無効です。健康情報のページでは PAGE を選んでください。

    理由: その助言が今も通用するのか、読者には分かりません。
    """
    if not any(stamp.kind in {PUBLISHED, MODIFIED} for stamp in subject.stamps):
        yield subject.finding_at("PAGE002", (1, 1))


_BLOCK = re.compile(
    r"<script\b[^<>]*application/ld\+json[^<>]*>(?P<body>.*?)</script\s*>",
    re.IGNORECASE | re.DOTALL,
)
_REVIEW = ("lastReviewed", "reviewedBy")
_ABLE = re.compile(r"(?:WebPage|Page)$")
"""schema.org/WebPage and its subtypes, all of which are named so."""


@rule(
    "PAGE003",
    "review-on-wrong-type",
    {
        "": (
            "{property} belongs to MedicalWebPage; {type} does not have it",
            "{property} は MedicalWebPage のプロパティで、{type} にはありません",
        )
    },
    is_default=False,
)
def review_on_wrong_type(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """`lastReviewed` or `reviewedBy` on a type that does not have them.

    In schema.org both belong to WebPage and MedicalWebPage, not to Article and its kin.  Off by
    default.

    Why: search engines ignore a property on the wrong type, so the review is invisible to them.

    Bad, HTML::

        <script type="application/ld+json">
        {"@context": "https://schema.org", "@type": "Article", "lastReviewed": "2026-02-10"}
        </script>

    Good, HTML::

        <script type="application/ld+json">
        {"@context": "https://schema.org", "@type": "MedicalWebPage", "lastReviewed": "2026-02-10"}
        </script>

    日本語: 型に合わない `lastReviewed`・`reviewedBy`。

    schema.org では、どちらも WebPage と MedicalWebPage のプロパティで、Article などにはありません。
    初期設定では無効です。

    理由: 型に合わないプロパティは検索エンジンに無視され、監修が伝わりません。
    """
    for block in _BLOCK.finditer(subject.text):
        try:
            told = json.loads(block["body"])
        except (ValueError, RecursionError):
            continue
        for kind, name in _misplaced(told):
            place = subject.text.find(f'"{name}"', block.start("body"))
            yield subject.finding("PAGE003", max(place, block.start()), property=name, type=kind)


def _misplaced(told: object) -> Iterator[tuple[str, str]]:
    """Type and property, for every object that has a review and cannot have one."""
    if isinstance(told, list):
        for part in told:
            yield from _misplaced(part)
    elif isinstance(told, dict):
        types = told.get("@type", [])
        kinds = [str(kind) for kind in (types if isinstance(types, list) else [types])]
        if kinds and not any(_ABLE.search(kind) for kind in kinds):
            yield from ((kinds[0], name) for name in _REVIEW if name in told)
        for part in told.values():
            yield from _misplaced(part)
