"""An era's year and a Gregorian year that are two different years.

It looks wherever both stand together: 令和8年(2025年)2月10日, 2026年(令和7年).

Why: the reader believes whichever she is used to, and one of the two is wrong.

Bad::

    更新日：令和8年(2025年)2月10日

Good::

    更新日：令和8年(2026年)2月10日

日本語: 元号の年と西暦の年の不一致。

令和8年(2025年)2月10日、2026年(令和7年)のように並べて書かれた箇所をすべて確かめます。

理由: 読者は使い慣れたほうを信じますが、一方は誤りです。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.dates import FaultKind
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """Dates in both reckonings that do not agree."""
    for reading, start, fault in subject.faults(FaultKind.ERA_DISAGREES):
        yield subject.finding("DATE007", start, date=reading.text, expected=fault.expected)


RULE = Rule(
    code="DATE007",
    name="era-and-year-disagree",
    page=__doc__,
    messages={
        "": (
            "{date}: era and year disagree; the era's year is {expected}",
            "「{date}」の元号と西暦が一致しません(元号の年は西暦{expected}年)",
        )
    },
    check=check,
)
