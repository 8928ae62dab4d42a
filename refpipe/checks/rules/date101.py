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

from __future__ import annotations

from collections.abc import Iterator

from refpipe import dates
from refpipe.checks.context import Context
from refpipe.checks.references import cited
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Cited works of which not even a year is known; web pages often print none."""
    for work, place in cited(subject, context):
        if dates.of_item(work.item) is None and work.item.get("type") != "webpage":
            yield subject.finding_at("DATE101", place, about=work.id, work=work.name or work.id)


RULE = Rule(
    code="DATE101",
    name="work-without-date",
    page=__doc__,
    messages={"": ("{work} has no date", "{work} に発行年がありません")},
    check=check,
)
