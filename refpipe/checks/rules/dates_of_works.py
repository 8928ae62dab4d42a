"""The dates of cited works."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from refpipe import dates
from refpipe.checks.page_dates import is_after
from refpipe.checks.references import cited, listed
from refpipe.checks.rule import Context, Subject, rule
from refpipe.model import Finding, Item, PartialDate, Work


@rule(
    "DATE101",
    "work-without-date",
    {"": ("{work} has no date", "{work} に発行年がありません")},
)
def work_without_date(subject: Subject, context: Context) -> Iterator[Finding]:
    """A cited work without a date.

    No source has told a year for it.

    Why: the reader cannot tell how old the evidence is, and the entry is incomplete in every style.

    Library::

        {"key": "doi:10.5555/undated", "item": {"title": "Undated", "issued": {"date-parts": [[null]]}}}
        {"key": "doi:10.5555/dated", "item": {"title": "Dated", "issued": {"date-parts": [[2020]]}}}

    Bad::

        痛みは半年で軽くなる [@doi:10.5555/undated]。

    Good::

        痛みは半年で軽くなる [@doi:10.5555/dated]。

    日本語: 日付のない文献の引用。

    どの情報源からも発行年が分かりません。

    理由: 根拠がどれほど古いのか読者には分からず、どの書式でも書誌が不完全になります。
    """
    for work, place in cited(subject, context):
        if work.item.get("type") != "webpage" and not _is_dated(work, context):
            yield subject.finding_at("DATE101", place, about=work.id, work=work.name or work.id)


def _is_dated(work: Work, context: Context) -> bool:
    """Whether a date is known, or stands in the words of what is kept as it was printed."""
    if dates.of_item(work.item) is not None:
        return True
    records = (context.records[key][0] for key in work.members if key in context.records)
    return any(_says_when(one.payload) for one in records if one.source == "verbatim")


def _says_when(text: str) -> bool:
    from refpipe.items import printed  # Few articles need the reader of references.

    return dates.of_item(printed.remembered(text).reading.item) is not None


@rule(
    "DATE102",
    "impossible-work-date",
    {
        "": (
            "{work}: no calendar has its date {date}",
            "{work} の日付 {date} は暦にありません",
        )
    },
)
def impossible_work_date(subject: Subject, context: Context) -> Iterator[Finding]:
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


_AHEAD = datetime.timedelta(days=183)


@rule(
    "DATE103",
    "work-from-the-future",
    {
        "": (
            "{work} is dated {date}, which is in the future",
            "{work} の日付 {date} は未来です",
        )
    },
)
def work_from_the_future(subject: Subject, context: Context) -> Iterator[Finding]:
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


@rule(
    "DATE104",
    "years-disagree",
    {
        "": (
            "{work}: the sources give different years ({years})",
            "{work} の年が情報源によって異なります({years})",
        )
    },
)
def years_disagree(subject: Subject, context: Context) -> Iterator[Finding]:
    """Sources that disagree about the year of a work.

    The years that the sources give lie further apart than print and online honestly do (one year).

    Why: one of them speaks of another work or another edition.

    Library::

        {"key": "doi:10.5555/apart", "item": {"title": "A"}, "printed": {"title": "A", "issued": {"date-parts": [[2010]]}}}
        {"key": "doi:10.5555/close", "item": {"title": "B"}, "printed": {"title": "B", "issued": {"date-parts": [[2019]]}}}

    Bad::

        痛みは半年で軽くなる [@doi:10.5555/apart]。

    Good::

        痛みは半年で軽くなる [@doi:10.5555/close]。

    日本語: 文献の年についての情報源の食い違い。

    情報源の伝える年が、印刷版とオンライン版の通常の差(1年)より離れています。

    理由: どれかが別の文献か別の版を指しています。
    """
    for work, place in cited(subject, context):
        years = _years(work, context)
        if years and max(years.values()) - min(years.values()) > 1:
            told = ", ".join(f"{source} {year}" for source, year in sorted(years.items()))
            yield subject.finding_at(
                "DATE104", place, about=work.id, work=work.name or work.id, years=told
            )


def _years(work: Work, context: Context) -> dict[str, int]:
    """Source → the year it gives; a correction by hand settles the question."""
    years: dict[str, int] = {}
    for key in work.members:
        if key not in context.records:
            continue
        record, item = context.records[key]
        date = dates.of_item(item)
        if record.source == "manual" and date is not None:
            return {}
        if date is not None:
            years.setdefault(record.source, date.year)
    return years


@rule(
    "DATE105",
    "accessed-before-issued",
    {
        "": (
            "{work} was accessed {accessed}, before it was issued ({date})",
            "{work} の閲覧日 {accessed} が発行日 {date} より前です",
        )
    },
)
def accessed_before_issued(subject: Subject, context: Context) -> Iterator[Finding]:
    """A work looked up before it was published.

    The date of access in its record lies before its date of issue.

    Why: one of the two dates is wrong.

    Library::

        {"key": "doi:10.5555/early", "item": {"title": "A", "issued": {"date-parts": [[2024, 5]]}, "accessed": {"date-parts": [[2023, 1, 9]]}}}
        {"key": "doi:10.5555/fine", "item": {"title": "B", "issued": {"date-parts": [[2024, 5]]}, "accessed": {"date-parts": [[2024, 5, 9]]}}}

    Bad::

        痛みは半年で軽くなる [@doi:10.5555/early]。

    Good::

        痛みは半年で軽くなる [@doi:10.5555/fine]。

    日本語: 発行前に閲覧したことになっている文献。

    記録された閲覧日が、発行日より前です。

    理由: どちらかの日付が誤りです。
    """
    for work, place in cited(subject, context):
        if found := _early(work.item):
            name = work.name or work.id
            yield subject.finding_at(
                "DATE105", place, about=work.id, work=name, accessed=found[0], date=found[1]
            )
    for reference in listed(context):
        if found := _early(reference.item):
            yield subject.finding(
                "DATE105",
                reference.span.start,
                work=f"[{reference.label}]",
                accessed=found[0],
                date=found[1],
            )


def _early(item: Item) -> tuple[str, str] | None:
    """Both dates, where they stand in the wrong order."""
    accessed = dates.of_item(item, "accessed")
    date = dates.of_item(item)
    if accessed is None or date is None or not is_after(date, accessed):
        return None
    return str(accessed), str(date)
