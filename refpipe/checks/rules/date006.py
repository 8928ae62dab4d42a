"""A day that its era never had.

It looks at full dates in Japanese eras: 令和 begins on 1 May 2019, 平成 on 8 January 1989, 昭和
on 25 December 1926, and no era has a year 0.  A bare year or fiscal year (平成32年度) from before
the change of era is left alone.

Why: the date was computed or copied, not read; whoever looks it up finds another day.

Bad::

    公開日：平成31年5月1日

Good::

    公開日：令和元年5月1日
    平成31年4月30日まで、平成31年度の計画

日本語: その元号には存在しない日付。

元号による年月日を確かめます。令和は2019年5月1日、平成は1989年1月8日、昭和は1926年12月25日に
始まり、0年はありません。改元前に書かれた年や年度だけの表記(平成32年度)は対象外です。

理由: 計算や転記で作られた日付です。調べた人は別の日にたどり着きます。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.dates import FaultKind
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """Full dates outside their era, and years 0."""
    own = {stamp.span.start for stamp in subject.stamps}
    for reading, start, fault in subject.faults(FaultKind.ERA):
        is_whole = reading.value is None or reading.value.day is not None
        if is_whole or start in own:
            yield subject.finding("DATE006", start, date=reading.text, expected=fault.expected)


RULE = Rule(
    code="DATE006",
    name="outside-era",
    page=__doc__,
    messages={
        "": (
            "{date}: the era had no such day; that is {expected}",
            "「{date}」はこの元号にない日付です(正しくは{expected})",
        )
    },
    check=check,
)
