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

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.dates.grammar import narrow
from refpipe.model import Edit, Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """Sound stamps with digits of full width, each with its cure."""
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


RULE = Rule(
    code="DATE009",
    name="wide-digits",
    page=__doc__,
    messages={
        "": (
            "{label} {date} has full-width digits",
            "{label}「{date}」に全角数字があります",
        )
    },
    check=check,
    is_default=False,
    is_quiet=True,
)
