"""The checker's own waivers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from refpipe.checks import waivers
from refpipe.checks.context import Context
from refpipe.checks.rule import Subject, rule
from refpipe.model import Finding


@rule(
    "CHK001",
    "unused-waiver",
    {
        "": (
            "this waiver answers no finding ({codes}); remove it",
            "この除外指定({codes})に当たる指摘はありません。削除してください",
        )
    },
)
def unused_waiver(subject: Subject, context: Context) -> Iterable[Finding]:  # noqa: ARG001
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
    # Which waivers were used is known only when every rule has spoken; ``waivers.apply`` tells.
    return ()


@rule(
    "CHK002",
    "malformed-waiver",
    {
        "": (
            "write a waiver as <!-- refpipe: ignore CODE reason -->",
            "除外指定は <!-- refpipe: ignore コード 理由 --> の形で書いてください",
        )
    },
)
def malformed_waiver(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
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
    _, malformed = waivers.comments(subject.text, subject.article.format)
    for offset in malformed:
        yield subject.finding("CHK002", offset)
