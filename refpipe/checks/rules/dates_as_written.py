"""How dates are written: no calendar has them, or they can be read in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from refpipe.checks.page_dates import MODIFIED, PageDate, replacement
from refpipe.checks.rule import Context, Subject, rule
from refpipe.dates import FaultKind, FoundDate
from refpipe.dates.grammar import narrow
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


@rule(
    "DATE001",
    "impossible-date",
    {
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
)
def impossible_date(subject: Subject, context: Context) -> Iterator[Finding]:
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


@rule(
    "DATE005",
    "wrong-weekday",
    {
        "": (
            "{date}: that day is {expected}, not {found}",
            "「{date}」の曜日は「{found}」ではなく「{expected}」です",
        )
    },
)
def wrong_weekday(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """A day of the week that the date does not have.

    It looks at every full date that names its weekday, in the page's own dates and in the text:
    2026年2月10日(火), Tuesday, February 10, 2026.

    Why: a patient who comes on the wrong day was sent there by the page.

    Bad::

        2026年2月10日(水)は休診します。

    Good::

        2026年2月10日(火)は休診します。2026年2月11日(水・祝)も休診です。

    日本語: 日付と曜日の不一致。

    ページの日付でも本文でも、曜日を伴う年月日をすべて確かめます(2026年2月10日(火)、
    Tuesday, February 10, 2026 など)。

    理由: 曜日違いの案内は、患者さんを誤った日に来院させます。
    """
    for reading, start, fault in subject.faults(FaultKind.WEEKDAY):
        yield subject.finding(
            "DATE005", start, date=reading.text, found=fault.found, expected=fault.expected
        )


@rule(
    "DATE006",
    "outside-era",
    {
        "": (
            "{date}: the era had no such day; that is {expected}",
            "「{date}」はこの元号にない日付です(正しくは{expected})",
        )
    },
)
def outside_era(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
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
    own = {stamp.span.start for stamp in subject.stamps}
    for reading, start, fault in subject.faults(FaultKind.ERA):
        is_whole = reading.value is None or reading.value.day is not None
        if is_whole or start in own:
            yield subject.finding("DATE006", start, date=reading.text, expected=fault.expected)


@rule(
    "DATE007",
    "era-and-year-disagree",
    {
        "": (
            "{date}: era and year disagree; the era's year is {expected}",
            "「{date}」の元号と西暦が一致しません(元号の年は西暦{expected}年)",
        )
    },
)
def era_and_year_disagree(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
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
    for reading, start, fault in subject.faults(FaultKind.ERA_DISAGREES):
        yield subject.finding("DATE007", start, date=reading.text, expected=fault.expected)


@rule(
    "DATE008",
    "ambiguous-date",
    {
        "": (
            "{label} {date}: the year has two digits; write all four",
            "{label}「{date}」の年が2桁です。4桁で書いてください",
        ),
        "order": (
            "{label} {date}: day and month may be either way round; write year/month/day",
            "{label}「{date}」は月と日の順序が決まりません。年/月/日の順で書いてください",
        ),
    },
)
def ambiguous_date(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
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


@rule(
    "DATE009",
    "wide-digits",
    {
        "": (
            "{label} {date} has full-width digits",
            "{label}「{date}」に全角数字があります",
        )
    },
    is_default=False,
    is_quiet=True,
)
def wide_digits(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """Full-width digits in a date of the page (mended by the way).

    It is no finding.  `refpipe check --fix` writes a date of the page that is otherwise right with
    the digits that machines read; select DATE009 to see which.

    Why: a reader does not mind, but a search for 2026/02/10 misses ２０２６／０２／１０.

    Bad::

        公開日：２０２６年２月１０日

    Good::

        公開日：2026年2月10日

    日本語: ページの日付の全角数字(ついでに直します)。

    誤りではありません。`refpipe check --fix` のときに、他に問題のないページの日付を半角数字に
    そろえます。該当箇所を見るには DATE009 を選んでください。

    理由: 読者は困りませんが、「2026/02/10」の検索に「２０２６／０２／１０」はかかりません。
    """
    for stamp in subject.stamps:
        written = stamp.span.of(subject.text)
        if stamp.reading.value is None or stamp.reading.faults or narrow(written) == written:
            continue
        yield subject.finding(
            "DATE009",
            stamp.span.start,
            label=stamp.label,
            date=written,
            edit=Edit(span=stamp.span, replacement=narrow(written)),
        )
