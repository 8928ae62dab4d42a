"""A page dated in the future.

It compares the dates of publishing, updating, reviewing and looking up with today.  Dates
that are content (an event to come, a fee that changes next June) and announced dates such as
次回更新日 are left alone.

Why: the reader cannot tell a slip of the year from a page that is not meant to be out yet, and
search engines distrust such a page.

Bad::

    公開日:2026/02/10
    更新日:2062/03/01

Good::

    公開日:2026/02/10
    次回更新予定日:2062/03/01
    2062年4月1日から受付を始めます。

日本語: 未来の日付になっているページ。

公開・更新・監修・閲覧の日付を今日と比べます。これからの催しや料金改定のような本文中の日付、
「次回更新予定日」のような予告は対象外です。

理由: 年の打ち間違いなのか、まだ公開すべきでないページなのか、読者には分かりません。
検索エンジンからの信頼も損ないます。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.page_dates import is_after
from refpipe.checks.rule import Rule, Subject
from refpipe.dates import FaultKind
from refpipe.model import Finding, PartialDate


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Stamps of a known kind that lie after today."""
    today = PartialDate(year=context.today.year, month=context.today.month, day=context.today.day)
    for stamp in subject.stamps:
        value = stamp.reading.value
        is_doubtful = any(fault.kind is FaultKind.ERA for fault in stamp.reading.faults)
        if stamp.kind and not is_doubtful and value is not None and is_after(value, today):
            yield subject.finding(
                "DATE002",
                stamp.span.start,
                label=stamp.label,
                date=stamp.reading.text,
                today=str(context.today),
            )


RULE = Rule(
    code="DATE002",
    name="future-date",
    page=__doc__,
    messages={
        "": (
            "{label} {date} is in the future (today is {today})",
            "{label}「{date}」は未来の日付です(今日は{today})",
        )
    },
    check=check,
)
