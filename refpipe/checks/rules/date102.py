"""A cited work with a date that no calendar has.

A source gave a month 13 or a 30 February; what stands before the bad part is used.

Why: the entry prints less than the source meant to say, and the source should be corrected.

Library::

    {"key": "doi:10.5555/month13", "item": {"title": "A", "issued": {"date-parts": [[2020, 13, 1]]}}}
    {"key": "doi:10.5555/sound", "item": {"title": "B", "issued": {"date-parts": [[2020, 12, 1]]}}}

Bad::

    痛みは半年で軽くなる [@doi:10.5555/month13]。

Good::

    痛みは半年で軽くなる [@doi:10.5555/sound]。

日本語: 暦にない日付をもつ文献の引用。

情報源が13月や2月30日を伝えています。誤った部分より前だけを使います。

理由: 書誌の表示が本来より粗くなります。情報源の訂正が必要です。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe import dates
from refpipe.checks.context import Context
from refpipe.checks.references import cited
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding, Work


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Cited works of which a part of the date is no part of a date."""
    for work, place in cited(subject, context):
        for parts in _told(work, context):
            if _is_impossible(parts):
                written = "-".join(str(part) for part in parts)
                yield subject.finding_at(
                    "DATE102", place, about=work.id, work=work.name or work.id, date=written
                )
                break


def _told(work: Work, context: Context) -> Iterator[list[object]]:
    """The parts of the date as the work and its records have them."""
    items = [
        work.item,
        *(context.records[key][1] for key in work.members if key in context.records),
    ]
    for item in items:
        whole = (item.get("issued") or {}).get("date-parts") or []
        if whole and isinstance(whole[0], list):
            yield [part for part in whole[0] if part is not None]


def _is_impossible(parts: list[object]) -> bool:
    known = dates.from_parts([parts])
    read = 0 if known is None else len(dates.to_parts(known)[0])
    return read < len(parts)


RULE = Rule(
    code="DATE102",
    name="impossible-work-date",
    page=__doc__,
    messages={
        "": (
            "{work}: no calendar has its date {date}",
            "{work} の日付 {date} は暦にありません",
        )
    },
    check=check,
)
