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

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.dates import FaultKind
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """Dates whose weekday is another."""
    for reading, start, fault in subject.faults(FaultKind.WEEKDAY):
        yield subject.finding(
            "DATE005", start, date=reading.text, found=fault.found, expected=fault.expected
        )


RULE = Rule(
    code="DATE005",
    name="wrong-weekday",
    page=__doc__,
    messages={
        "": (
            "{date}: that day is {expected}, not {found}",
            "「{date}」の曜日は「{found}」ではなく「{expected}」です",
        )
    },
    check=check,
)
