"""A title that breaks off.

The title ends with … where a search page or a tool cut it.

Why: the work cannot be found by half its title, and two halves look like two works.

Library::

    {"key": "doi:10.5555/cut", "item": {"title": "Correlation of outcomes with disc fragment and …", "custom": {"title-is-cut": true}}}
    {"key": "doi:10.5555/whole", "item": {"title": "Correlation of outcomes with disc fragment and canal morphology"}}

Bad::

    保存療法の経過には臨床的な要因が関わる [@doi:10.5555/cut]。

Good::

    保存療法の経過には臨床的な要因が関わる [@doi:10.5555/whole]。

日本語: 途中で切れた題名。

検索結果やツールで切られた題名が … で終わっています。

理由: 半分の題名では文献を探せません。また、残り半分と別の文献に見えてしまいます。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import cited, listed
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding, Item


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Cut titles of the hand-made list and of the cited works."""
    for reference in listed(context):
        if _is_cut(reference.item):
            end = str(reference.item.get("title", ""))[-30:]
            yield subject.finding(
                "REF003", reference.span.start, work=f"[{reference.label}]", end=end
            )
    for work, place in cited(subject, context):
        if _is_cut(work.item):
            end = str(work.item.get("title", ""))[-30:]
            yield subject.finding_at("REF003", place, about=work.id, work=work.name, end=end)


def _is_cut(item: Item) -> bool:
    title = str(item.get("title", "")).rstrip(" .")
    return bool(item.get("custom", {}).get("title-is-cut")) or title.endswith("…")


RULE = Rule(
    code="REF003",
    name="cut-title",
    page=__doc__,
    messages={
        "": (
            "{work}: the title breaks off at “{end}”",
            "{work} の題名が途中で切れています(「{end}」)",
        )
    },
    check=check,
)
