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

from __future__ import annotations

from collections.abc import Iterator

from refpipe import dates
from refpipe.checks.context import Context
from refpipe.checks.references import cited
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding, Work


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Cited works whose records' years are more than one apart."""
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


RULE = Rule(
    code="DATE104",
    name="years-disagree",
    page=__doc__,
    messages={
        "": (
            "{work}: the sources give different years ({years})",
            "{work} の年が情報源によって異なります({years})",
        )
    },
    check=check,
)
