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

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.page_dates import MODIFIED, PUBLISHED
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """One finding at the top of a page without such a stamp."""
    if not any(stamp.kind in {PUBLISHED, MODIFIED} for stamp in subject.stamps):
        yield subject.finding_at("PAGE002", (1, 1))


RULE = Rule(
    code="PAGE002",
    name="no-date",
    page=__doc__,
    messages={
        "": (
            "the page has no date of publishing or updating",
            "公開日も更新日も示されていません",
        )
    },
    check=check,
    is_default=False,
)
