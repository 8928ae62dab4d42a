"""A waiver without a code or without a reason.

A waiver is written `<!-- refpipe: ignore DATE001 reason -->`, or `ignore-file` for the whole
article.

Why: without a code it would silence everything; without a reason nobody can tell later
whether it still holds.

Bad::

    <!-- refpipe: ignore DATE001 -->
    更新日:2026/00/00

Good::

    <!-- refpipe: ignore DATE001 sample of a wrong date -->
    更新日:2026/00/00

日本語: コードや理由のない除外指定。

`<!-- refpipe: ignore DATE001 理由 -->` と書きます。記事全体なら `ignore-file` です。

理由: コードがなければすべてを隠し、理由がなければ、今も必要かどうか後で判断できません。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks import waivers
from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """Comments that begin as a waiver and cannot be read as one."""
    _, malformed = waivers.comments(subject.text, subject.article.format)
    for offset in malformed:
        yield subject.finding("CHK002", offset)


RULE = Rule(
    code="CHK002",
    name="malformed-waiver",
    page=__doc__,
    messages={
        "": (
            "write a waiver as <!-- refpipe: ignore CODE reason -->",
            "除外指定は <!-- refpipe: ignore コード 理由 --> の形で書いてください",
        )
    },
    check=check,
)
