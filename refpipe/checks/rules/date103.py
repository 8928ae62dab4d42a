"""A cited work from the future.

Its date lies more than half a year ahead; journals date an issue some months ahead in all
honesty.

Why: the year is mistyped, or it is that of another edition.

Library::

    {"key": "doi:10.5555/future", "item": {"title": "A", "issued": {"date-parts": [[2062]]}}}
    {"key": "doi:10.5555/ahead", "item": {"title": "B", "issued": {"date-parts": [[2026, 9]]}}}

Bad::

    痛みは半年で軽くなる [@doi:10.5555/future]。

Good::

    痛みは半年で軽くなる [@doi:10.5555/ahead]。

日本語: 未来の日付をもつ文献の引用。

日付が半年より先です。数か月先の号の日付を付けることは、雑誌では普通にあります。

理由: 年の打ち間違いか、別の版の年です。
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from refpipe import dates
from refpipe.checks.context import Context
from refpipe.checks.page_dates import is_after
from refpipe.checks.references import cited, listed
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding, PartialDate

_AHEAD = datetime.timedelta(days=183)


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Cited works and printed references dated beyond the honest advance."""
    day = context.today + _AHEAD
    limit = PartialDate(year=day.year, month=day.month, day=day.day)
    for work, place in cited(subject, context):
        date = dates.of_item(work.item)
        if date is not None and is_after(date, limit):
            yield subject.finding_at(
                "DATE103", place, about=work.id, work=work.name or work.id, date=str(date)
            )
    for reference in listed(context):
        date = dates.of_item(reference.item)
        if date is not None and is_after(date, limit):
            yield subject.finding(
                "DATE103", reference.span.start, work=f"[{reference.label}]", date=str(date)
            )


RULE = Rule(
    code="DATE103",
    name="work-from-the-future",
    page=__doc__,
    messages={
        "": (
            "{work} is dated {date}, which is in the future",
            "{work} の日付 {date} は未来です",
        )
    },
    check=check,
)
