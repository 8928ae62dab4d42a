"""A cited work that was retracted.

The publisher or Retraction Watch says that the work was withdrawn.  The finding names the notice,
its date, who says so, and when the registry was last asked; `refpipe check --online` asks afresh.

Why: the page tells patients something that its own source no longer stands for.

Library::

    {"key": "doi:10.5555/a", "item": {"title": "A"}, "relations": [{"kind": "retraction", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "publisher"}]}
    {"key": "doi:10.5555/c", "item": {"title": "C"}}

Bad::

    痛みは半年で軽くなる [@doi:10.5555/a]。

Good::

    痛みは半年で軽くなる [@doi:10.5555/c]。

日本語: 撤回された文献の引用。

出版社または Retraction Watch が撤回を伝えています。告知とその日付、情報源、登録機関に最後に尋ねた日を
示します。`refpipe check --online` は改めて尋ねます。

理由: 出典自身がもはや支持しない内容を、ページが患者さんに伝えています。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.cited_works import related
from refpipe.checks.context import Context
from refpipe.checks.rule import Rule
from refpipe.checks.subject import Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Cited works with such a relation, each at its first mention."""
    yield from related(subject, context, "RET001", "retraction")


RULE = Rule(
    code="RET001",
    name="retracted",
    page=__doc__,
    messages={
        "": (
            "{work} was retracted{when}; notice {notice} (says {source}; {asked})",
            "{work} は撤回されています{when}。告知: {notice}(情報源: {source}、{asked})",
        )
    },
    check=check,
)
