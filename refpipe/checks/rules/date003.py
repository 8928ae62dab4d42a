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

from __future__ import annotations

from collections.abc import Iterator, Sequence

from refpipe.checks.context import Context
from refpipe.checks.page_dates import MODIFIED, PUBLISHED, PageDate, is_after
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding

_REACH = 10
"""Two dates of one page stand within so many lines; further off they belong to other pages."""


def check(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """Dates of updating that lie before their date of publishing."""
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


RULE = Rule(
    code="DATE003",
    name="updated-before-published",
    page=__doc__,
    messages={
        "": (
            "{label} {date} is before {other_label} {other} (line {line})",
            "{label}「{date}」が{other_label}「{other}」({line}行目)より前です",
        )
    },
    check=check,
)
