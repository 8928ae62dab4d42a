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

from __future__ import annotations

import datetime
from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.page_dates import MODIFIED, PUBLISHED, PageDate, is_after
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding, PartialDate


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Days of publishing that are not the site's, and changes later than the site knows any."""
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


RULE = Rule(
    code="DATE106",
    name="differs-from-site",
    page=__doc__,
    messages={
        PUBLISHED: (
            "{label} {date}: the site published the page on {site}",
            "{label}「{date}」がサイトの公開日 {site} と違います",
        ),
        MODIFIED: (
            "{label} {date}: the site's last change of the page is of {site}",
            "{label}「{date}」がサイトの最終更新日 {site} より後です",
        ),
    },
    check=check,
)
