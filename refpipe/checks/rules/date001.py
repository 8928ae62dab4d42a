"""A date that no calendar has, or that a template left behind.

It reads the dates that the page says of itself (公開日, 更新日, Published, front matter, `<time>`,
`<meta>`, JSON-LD) and the full dates of the running text.  Month 0 and 13, 30 February and
29 February outside leap years are findings, and so are `YYYY/MM/DD`, `0000-00-00`, `Invalid Date`
and the zero of a computer's clock (1970-01-01) where the page's own date should stand.
Calendars, opening hours, telephone numbers, prices, DOIs and periods are left alone.

Why: the date tells the reader whether the advice still holds.  A date that cannot be shows
that nobody looked, and a machine that reads it drops it or makes up another.

Bad::

    公開日:2026/02/10
    更新日:2026/00/00

Bad::

    最終更新日：YYYY年MM月DD日

Bad, HTML::

    <p>公開：<time datetime="2026-02-30">2026年2月30日</time></p>

Good::

    公開日:2026/02/10
    更新日:2026/02/28
    調査時期:2022年11月~12月時点 電話 03-0000-0000

日本語: 暦にない日付、またはひな型の記入漏れ。

ページ自身の日付(公開日・更新日・Published・フロントマター・`<time>`・`<meta>`・
JSON-LD)と、本文中の年月日を読みます。0月や13月、2月30日、閏年でない年の2月29日のほか、
ページの日付のあるべき場所に残った `YYYY/MM/DD`、`0000-00-00`、`Invalid Date`、コンピューターの時計の原点(1970-01-01)を指摘します。
カレンダー、診療時間、電話番号、料金、DOI、期間の表記は対象外です。

理由: 日付は、その情報が今も通用するかを読者が判断する手がかりです。あり得ない日付は確認されて
いないことを示し、機械が読むと無視されるか、別の日付に置き換わります。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.page_dates import MODIFIED, PageDate, replacement
from refpipe.checks.rule import Rule, Subject
from refpipe.dates import FaultKind, FoundDate
from refpipe.model import Edit, Finding, PartialDate

_OWN = frozenset({FaultKind.IMPOSSIBLE, FaultKind.LEFT_OVER, FaultKind.UNREADABLE})
_ZEROS = frozenset(
    {
        PartialDate(year=1970, month=1, day=1),
        PartialDate(year=1900, month=1, day=1),
        PartialDate(year=1, month=1, day=1),
    }
)
"""Where the clocks of Unix, of spreadsheets and of .NET begin."""
_NUMBER = re.compile(
    r"(?:番号|番|第|[Nn]o\.?|NO\.?|コード|型|バージョン|ビルド|ロット|規格|JIS|品番|ID|[Vv]er\.?|版|TEL|電話|FAX)\s*[:：]?\s*$"
)
_COUNTER = re.compile(r"\s*(?:号|番|件|倍|割)")


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Impossible stamps, then impossible dates of the text."""
    for stamp in subject.stamps:
        kind = _fault(stamp)
        if kind is not None:
            yield subject.finding(
                "DATE001",
                stamp.span.start,
                kind=kind,
                label=stamp.label,
                date=stamp.reading.text,
                edit=_edit(stamp, context),
            )
    for found in subject.dates:
        if _is_plainly_wrong(subject.words, found):
            yield subject.finding(
                "DATE001", found.span.start, kind="text", date=found.span.of(subject.text)
            )


def _fault(stamp: PageDate) -> str | None:
    """The kind of message for a stamp; None where it is a day."""
    kinds = {fault.kind for fault in stamp.reading.faults} & _OWN
    if FaultKind.LEFT_OVER in kinds or stamp.reading.value in _ZEROS:
        return "left-over"
    return "" if kinds else None


def _edit(stamp: PageDate, context: Context) -> Edit | None:
    """The day on which the text last changed, for a date of updating; a person must look."""
    if stamp.kind != MODIFIED or context.changed is None:
        return None
    text = replacement(stamp.reading, context.changed)
    return Edit(span=stamp.span, replacement=text, is_safe=False)


def _is_plainly_wrong(words: str, found: FoundDate) -> bool:
    """Whether a date of the running text is impossible and cannot be another kind of number."""
    kinds = {fault.kind for fault in found.reading.faults} & _OWN
    if not kinds:
        return False
    if found.reading.form != "numeric":
        return True
    before = words[max(0, found.span.start - 8) : found.span.start]
    if _NUMBER.search(before) or _COUNTER.match(words, found.span.end):
        return False
    parts = [int(part) for part in re.findall(r"[0-9]+", found.reading.text)[:3]]
    if not _is_near(parts[0]) or _are_years(parts):
        return False
    if not any(parts) or "/" in found.reading.text or "／" in found.reading.text:
        return True
    # With dots and hyphens, version and file numbers look like dates: only a day that some
    # other month has is surely meant as one.
    return 1 <= parts[1] <= 12 and 1 <= parts[2] <= 31


def _is_near(year: int) -> bool:
    """Whether a number can be the year of something on a health page; 0 is a placeholder."""
    return year == 0 or 1850 <= year <= 2150


def _are_years(parts: list[int]) -> bool:
    """Whether 2023/24/25 are three years running."""
    century = parts[0] // 100 * 100
    years = [parts[0], century + parts[1], century + parts[2]]
    return parts[1] > 12 and years == list(range(years[0], years[0] + 3))


RULE = Rule(
    code="DATE001",
    name="impossible-date",
    page=__doc__,
    messages={
        "": (
            "{label} {date}: no calendar has this date; write the real one",
            "{label}「{date}」は暦にない日付です。正しい日付に直してください",
        ),
        "left-over": (
            "{label} {date}: a placeholder that nobody filled in; write the real date",
            "{label}「{date}」はひな型のままです。正しい日付を記入してください",
        ),
        "text": (
            "{date}: no calendar has this date",
            "「{date}」は暦にない日付です",
        ),
    },
    check=check,
)
