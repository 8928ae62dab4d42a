"""The dates that a page says of itself, held against today, one another and the site's own."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from refpipe import dates
from refpipe.checks.page_dates import MODIFIED, PUBLISHED, PageDate, agree, is_after
from refpipe.checks.rule import Context, Subject, rule
from refpipe.dates import FaultKind
from refpipe.model import Finding, PartialDate


@rule(
    "DATE002",
    "future-date",
    {
        "": (
            "{label} {date} is in the future (today is {today})",
            "{label}「{date}」は未来の日付です(今日は{today})",
        )
    },
)
def future_date(subject: Subject, context: Context) -> Iterator[Finding]:
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


_REACH = 10
"""Two dates of one page stand within so many lines; further off they belong to other pages."""


@rule(
    "DATE003",
    "updated-before-published",
    {
        "": (
            "{label} {date} is before {other_label} {other} (line {line})",
            "{label}「{date}」が{other_label}「{other}」({line}行目)より前です",
        )
    },
)
def updated_before_published(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """A page updated before it was published.

    It compares each date of updating with the date of publishing that stands nearest to it, in
    the text and in each kind of metadata.

    Why: one of the two is wrong, and the reader cannot know which.

    Bad::

        公開日:2026/02/10
        更新日:2026/01/31

    Good::

        公開日:2026/02/10
        更新日:2026/02/10

    日本語: 更新日が公開日より前になっているページ。

    更新日を、本文や各メタデータの中で最も近くにある公開日と比べます。

    理由: どちらかが誤りですが、どちらなのか読者には分かりません。
    """
    dated = [stamp for stamp in subject.stamps if stamp.reading.value is not None]
    for updated in dated:
        if updated.kind != MODIFIED:
            continue
        published = _partner(subject, updated, dated)
        if published is not None and _is_before(updated, published):
            line, _ = subject.lines.at(published.span.start)
            yield subject.finding(
                "DATE003",
                updated.span.start,
                label=updated.label,
                date=updated.reading.text,
                other_label=published.label,
                other=published.reading.text,
                line=str(line),
            )


def _partner(subject: Subject, updated: PageDate, dated: Sequence[PageDate]) -> PageDate | None:
    """The date of publishing that goes with a date of updating."""
    published = [stamp for stamp in dated if stamp.kind == PUBLISHED]
    own = [stamp for stamp in published if stamp.source == updated.source]
    line, _ = subject.lines.at(updated.span.start)

    def distance(stamp: PageDate) -> tuple[int, bool]:
        other, _ = subject.lines.at(stamp.span.start)
        return abs(line - other), stamp.span > updated.span

    if own:
        nearest = min(own, key=distance)
        is_near = updated.source != "text" or distance(nearest)[0] <= _REACH
        return nearest if is_near else None
    # Without a partner of its own kind, the page's only date of publishing is meant.
    return published[0] if len({stamp.reading.value for stamp in published}) == 1 else None


def _is_before(updated: PageDate, published: PageDate) -> bool:
    assert updated.reading.value is not None  # noqa: S101
    assert published.reading.value is not None  # noqa: S101
    return is_after(published.reading.value, updated.reading.value)


@rule(
    "DATE004",
    "dates-disagree",
    {
        "": (
            "{label} {date} differs from {other_label} {other} (line {line})",
            "{label}「{date}」が{other_label}「{other}」({line}行目)と食い違っています",
        ),
        "time": (
            '<time datetime="{date}"> shows {other}',
            '<time datetime="{date}"> の表示が「{other}」になっています',
        ),
    },
)
def dates_disagree(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """A date that differs between what the reader sees and what machines read.

    It compares the dates of publishing and of updating in the text with front matter, `<meta>` and
    JSON-LD, and the two halves of each `<time>`.  A moment in another time zone agrees when it is
    the same day in Japan.

    Why: search results show the machine's date, the page shows the other; one of them is old.

    Bad::

        ---
        date: 2026-02-01
        ---
        公開日：2026年2月10日

    Bad, HTML::

        <p>公開日：<time datetime="2026-02-01">2026年2月10日</time></p>

    Good::

        ---
        date: 2026-02-09T15:30:00Z
        ---
        公開日：2026年2月10日

    日本語: 読者に見える日付と機械が読む日付の食い違い。

    本文の公開日・更新日をフロントマター・`<meta>`・JSON-LD と、`<time>` の属性を中の文字と比べます。
    別の時間帯で書かれた時刻は、日本時間で同じ日なら一致とみなします。

    理由: 検索結果には機械の日付が、ページにはもう一方が表示されます。
    どちらかが古いままです。
    """
    yield from _elements(subject)
    for kind in (PUBLISHED, MODIFIED):
        dated = [s for s in subject.stamps if s.kind == kind and s.reading.value is not None]
        seen = [stamp for stamp in dated if stamp.source == "text"]
        told = [
            stamp for stamp in dated if stamp.source != "text" and not _has_words(subject, stamp)
        ]
        yield from _compare(subject, seen or told[:1], told)


def _compare(
    subject: Subject, seen: Sequence[PageDate], told: Sequence[PageDate]
) -> Iterator[Finding]:
    """Findings for what was told and was not seen; the later of the two places is named."""
    for stamp in told:
        if not seen or stamp in seen or any(agree(stamp.reading, other.reading) for other in seen):
            continue
        if stamp.source == seen[0].source:
            continue
        first, second = sorted((seen[0], stamp), key=lambda one: one.span)
        yield _finding(subject, second, first)


def _finding(subject: Subject, here: PageDate, there: PageDate) -> Finding:
    line, _ = subject.lines.at(there.span.start)
    return subject.finding(
        "DATE004",
        here.span.start,
        label=here.label,
        date=here.reading.text,
        other_label=there.label,
        other=there.reading.text,
        line=str(line),
    )


def _has_words(subject: Subject, stamp: PageDate) -> bool:
    """Whether a ``<time>`` shows a date of its own, with which alone it is compared."""
    return stamp.element is not None and bool(_shown(subject, stamp))


def _shown(subject: Subject, stamp: PageDate) -> tuple[dates.FoundDate, ...]:
    assert stamp.element is not None  # noqa: S101
    return dates.find(stamp.element.of(subject.words))


def _elements(subject: Subject) -> Iterator[Finding]:
    """``<time>`` elements whose attribute and words are two different days."""
    for stamp in subject.stamps:
        if stamp.element is None or stamp.reading.value is None:
            continue
        shown = _shown(subject, stamp)
        if (
            len(shown) == 1
            and shown[0].reading.value
            and not agree(stamp.reading, shown[0].reading)
        ):
            yield subject.finding(
                "DATE004",
                stamp.span.start,
                kind="time",
                date=stamp.reading.text,
                other=shown[0].reading.text,
            )


@rule(
    "DATE106",
    "differs-from-site",
    {
        PUBLISHED: (
            "{label} {date}: the site published the page on {site}",
            "{label}「{date}」がサイトの公開日 {site} と違います",
        ),
        MODIFIED: (
            "{label} {date}: the site's last change of the page is of {site}",
            "{label}「{date}」がサイトの最終更新日 {site} より後です",
        ),
    },
)
def differs_from_site(subject: Subject, context: Context) -> Iterator[Finding]:
    """A date of the page that the site's own does not bear out.

    It speaks of posts that `refpipe wordpress pull` brought.  WordPress keeps the day on which a post
    was published and the day of its last change; a page that says another day of publishing, or a
    change later than the last one there was, tells its readers something else than its feed, its
    sitemap and search engines do.

    Why: one of the two is wrong, and readers and search engines see different ones.

    Library::

        {"site": {"published": "2026-02-10", "changed": "2026-03-01"}}

    Bad::

        公開日：2026年1月10日

    Bad::

        更新日：2026年4月1日

    Good::

        公開日：2026年2月10日
        更新日：2026年2月20日

    日本語: サイトが持つ日付と合わないページの日付。

    `refpipe wordpress pull` で取り込んだ記事だけを見ます。WordPress は投稿の公開日と最終更新日を
    持っています。ページに別の公開日が書かれていたり、最終更新より後の更新日が書かれていたりすると、
    フィードやサイトマップ、検索エンジンに出る日付と食い違います。

    理由: どちらかが誤りで、読者と検索エンジンが別の日付を見ることになります。
    """
    if context.site is None:
        return
    for stamp in subject.stamps:
        day = _contradicting(stamp, context.site.published, context.site.changed)
        if day is not None:
            yield subject.finding(
                "DATE106",
                stamp.span.start,
                kind=stamp.kind,
                label=stamp.label,
                date=stamp.reading.text,
                site=day.isoformat(),
            )


def _contradicting(
    stamp: PageDate, published: datetime.date | None, changed: datetime.date | None
) -> datetime.date | None:
    """The site's day that the stamp contradicts; None where they go together."""
    said = stamp.reading.value
    if said is None:
        return None
    if stamp.kind == PUBLISHED and published is not None:
        own = _partial(published)
        return published if is_after(said, own) or is_after(own, said) else None
    if stamp.kind == MODIFIED and changed is not None:
        return changed if is_after(said, _partial(changed)) else None
    return None


def _partial(day: datetime.date) -> PartialDate:
    return PartialDate(year=day.year, month=day.month, day=day.day)
