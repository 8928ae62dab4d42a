"""A waiver that answers no finding.

`<!-- refpipe: ignore DATE001 reason -->` stands where DATE001 finds nothing (any more).

Why: it would silence the next real finding at this place.

Bad::

    <!-- refpipe: ignore DATE001 sample of a wrong date -->
    更新日:2026/02/10

Good::

    <!-- refpipe: ignore DATE001 sample of a wrong date -->
    更新日:2026/00/00

日本語: 何にも対応していない除外指定。

`<!-- refpipe: ignore DATE001 理由 -->` がありますが、そこに DATE001 の指摘は(もう)ありません。

理由: 残しておくと、次の本当の誤りを隠します。
"""

from __future__ import annotations

from collections.abc import Iterable

from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterable[Finding]:  # noqa: ARG001
    """Nothing: which waivers were used is known only when every rule has spoken.

    ``refpipe.checks.waivers`` makes the findings of this code.
    """
    return ()


RULE = Rule(
    code="CHK001",
    name="unused-waiver",
    page=__doc__,
    messages={
        "": (
            "this waiver answers no finding ({codes}); remove it",
            "この除外指定({codes})に当たる指摘はありません。削除してください",
        )
    },
    check=check,
)
