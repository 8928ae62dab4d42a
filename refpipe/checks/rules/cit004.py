"""An entry that the text never cites.

It looks only where the text cites other entries of the same list by number.

Why: the reader cannot tell what the entry is there for; often its citation was deleted.

Bad::

    腰痛の多くは自然に軽くなる[1]。画像だけでは分からない[2]。

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

日本語: 本文で引用されていない文献。

本文が同じ一覧のほかの文献を番号で引用している場合だけ確かめます。

理由: 何のための文献か読者に分かりません。引用箇所だけが削除されたことが多いものです。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import listed
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Entries that none of the plain citations names."""
    cited = {str(number) for citation in context.plain for number in citation.numbers}
    if not cited:
        return
    for reference in listed(context):
        if reference.label not in cited:
            yield subject.finding("CIT004", reference.span.start, label=reference.label)


RULE = Rule(
    code="CIT004",
    name="entry-without-citation",
    page=__doc__,
    messages={
        "": (
            "[{label}] is listed, but the text never cites it",
            "[{label}] は一覧にありますが、本文で引用されていません",
        )
    },
    check=check,
)
