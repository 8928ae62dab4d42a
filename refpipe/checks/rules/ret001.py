"""A cited work that was retracted.

The publisher, PubMed or Retraction Watch says that the work was withdrawn, and no later notice
withdrew that.  The finding names the notice, its date, who says so, why, and when it was last
asked; `refpipe retractions update` brings the data up to date, `refpipe check --online` asks the
registries afresh.

Why: the page tells patients something that its own source no longer stands for.

Library::

    {"key": "doi:10.5555/a", "item": {"title": "A"}, "relations": [{"kind": "retraction", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "publisher"}]}
    {"key": "doi:10.5555/c", "item": {"title": "C"}}

Bad::

    痛みは半年で軽くなる [@doi:10.5555/a]。

Good::

    痛みは半年で軽くなる [@doi:10.5555/c]。

日本語: 撤回された文献の引用。

出版社、PubMed または Retraction Watch が撤回を伝えており、その撤回は取り消されていません。告知と
その日付、情報源、理由、最後に尋ねた日を示します。`refpipe retractions update` はデータを更新し、
`refpipe check --online` は登録機関に改めて尋ねます。

理由: 出典自身がもはや支持しない内容を、ページが患者さんに伝えています。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import related
from refpipe.checks.rule import Rule, Subject
from refpipe.checks.standing import retractions
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Cited works with such a relation, each at its first mention."""
    yield from related(subject, context, "RET001", retractions)


RULE = Rule(
    code="RET001",
    name="retracted",
    page=__doc__,
    messages={
        "": (
            "{work} was retracted{when}; notice {notice} (says {source}; {asked}){why}",
            "{work} は撤回されています{when}。告知: {notice}(情報源: {source}、{asked}){why}",
        )
    },
    check=check,
)
