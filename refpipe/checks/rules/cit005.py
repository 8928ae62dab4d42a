"""A list of references that nobody manages.

The list was typed by hand.  `refpipe adopt` reads it, joins what is one work, and from then on
numbers and entries follow the text.

Why: a hand-made list goes wrong with every change, and nobody is told when one of its papers
is retracted.

Bad::

    参考文献

    [1] Modic MT, Ross JS. Lumbar degenerative disk disease. Radiology. 2007;245(1):43-61.
    [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
    [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

Good::

    1. 受付で保険証をお出しください。
    2. 問診票にご記入ください。
    3. 順番にお呼びします。

日本語: 管理されていない文献一覧。

手で書かれた一覧です。`refpipe adopt` がこれを読み取り、同じ文献をまとめます。以後は番号も一覧も
本文に合わせて変わります。

理由: 手書きの一覧は変更のたびに狂い、載っている論文が撤回されても知らされません。
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.rule import Rule
from refpipe.checks.subject import Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """One finding at the first reference of the list."""
    if context.legacy is not None:
        yield subject.finding(
            "CIT005",
            context.legacy.span.start,
            count=str(len(context.legacy.references)),
            command=f"refpipe adopt {shlex.quote(subject.article.path)}",
        )


RULE = Rule(
    code="CIT005",
    name="unmanaged-list",
    page=__doc__,
    messages={
        "": (
            "a hand-made list of {count} references; manage it with: {command}",
            "手書きの文献一覧({count}件)です。次のコマンドで管理できます: {command}",
        )
    },
    check=check,
)
