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

from __future__ import annotations

import re
from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding

_PERSON = re.compile(
    r"監修|執筆|著者|筆者|文責|編集者|ライター|(?:この記事を|記事を)書いた|"
    r"\b(?:written|reviewed|authored|edited) by\b|\bauthor\b|\breviewedBy\b|\breviewer\b",
    re.IGNORECASE,
)


def check(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """One finding at the top of a page without such words."""
    if not _PERSON.search(subject.text):
        yield subject.finding_at("PAGE001", (1, 1))


RULE = Rule(
    code="PAGE001",
    name="no-author",
    page=__doc__,
    messages={
        "": (
            "the page names neither an author nor a reviewer",
            "執筆者も監修者も示されていません",
        )
    },
    check=check,
    is_default=False,
)
