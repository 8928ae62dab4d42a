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

from __future__ import annotations

from collections.abc import Iterator

from refpipe import dates
from refpipe.checks.context import Context
from refpipe.checks.page_dates import is_after
from refpipe.checks.references import cited, listed
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding, Item


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Cited works and printed references accessed before they were issued."""
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


RULE = Rule(
    code="DATE105",
    name="accessed-before-issued",
    page=__doc__,
    messages={
        "": (
            "{work} was accessed {accessed}, before it was issued ({date})",
            "{work} の閲覧日 {accessed} が発行日 {date} より前です",
        )
    },
    check=check,
)
