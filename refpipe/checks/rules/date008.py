"""A date of the page that can be read in two ways.

It looks at the page's own dates only: 02/03/2026 is 3 February or 2 March, 26/02/10 has lost
its century.

Why: a reader in another country reads another day.

Bad::

    公開日：02/03/2026

Bad::

    更新日：26/02/10

Good::

    公開日：2026/02/03
    更新日：R8.2.10

日本語: 二通りに読めるページの日付。

ページ自身の日付だけを見ます。02/03/2026 は2月3日とも3月2日とも読め、26/02/10 は年が
2桁しかありません。

理由: 読む人の国によって別の日になります。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.dates import FaultKind
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """Stamps in an order that nobody can know, or with a year of two digits."""
    for stamp in subject.stamps:
        kinds = {fault.kind for fault in stamp.reading.faults}
        if kinds & {FaultKind.ORDER, FaultKind.SHORT_YEAR}:
            yield subject.finding(
                "DATE008",
                stamp.span.start,
                kind="order" if FaultKind.ORDER in kinds else "",
                label=stamp.label,
                date=stamp.reading.text,
            )


RULE = Rule(
    code="DATE008",
    name="ambiguous-date",
    page=__doc__,
    messages={
        "": (
            "{label} {date}: the year has two digits; write all four",
            "{label}「{date}」の年が2桁です。4桁で書いてください",
        ),
        "order": (
            "{label} {date}: day and month may be either way round; write year/month/day",
            "{label}「{date}」は月と日の順序が決まりません。年/月/日の順で書いてください",
        ),
    },
    check=check,
)
