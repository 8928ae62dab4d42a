"""A number in the text that the list does not have.

The text cites `[14]`, and the list ends with 13; or a number is missing in the list itself.

Why: the statement has lost its source, usually because an entry was taken out by hand.

Bad::

    腰痛の多くは自然に軽くなる[1]。画像だけでは分からない[4]。

    参考文献

    [1] Modic MT, Ross JS. Lumbar degenerative disk disease. Radiology. 2007;245(1):43-61.
    [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
    [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

Good::

    腰痛の多くは自然に軽くなる[1]。画像だけでは分からない[2,3]。

    参考文献

    [1] Modic MT, Ross JS. Lumbar degenerative disk disease. Radiology. 2007;245(1):43-61.
    [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
    [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

日本語: 文献一覧にない番号。

本文が `[14]` を引用しているのに一覧は13番まで、または一覧の番号自体に欠けがあります。

理由: 手作業で文献を抜いたときなどに、記述が根拠を失っています。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Citations without entry, and gaps in the list."""
    if context.legacy is None:
        return
    size = str(len(context.legacy.references))
    # A lone bracket with a number is a citation only in a text that cites by number.
    if context.plain:
        for fault in context.astray:
            cited = fault.message.partition(" names no entry")[0]
            yield subject.finding_at("CIT003", (fault.line, 1), cited=cited, size=size)
    for fault in context.legacy.faults:
        numbers = re.findall(r"\d+", fault.message)[:2]
        first, second = (*numbers, "", "")[:2]
        yield subject.finding_at("CIT003", (fault.line, 1), kind="gap", first=first, second=second)


RULE = Rule(
    code="CIT003",
    name="number-without-entry",
    page=__doc__,
    messages={
        "": (
            "{cited} names no entry of the list, which has {size}",
            "{cited} に当たる文献が一覧({size}件)にありません",
        ),
        "gap": (
            "the list goes from {first} to {second}",
            "文献一覧の番号が {first} から {second} に飛んでいます",
        ),
    },
    check=check,
)
