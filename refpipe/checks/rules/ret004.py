"""A cited preprint that has become an article.

A registry says that the preprint was published as an article.

Why: the reviewed article may say something else than the preprint did.

Library::

    {"key": "doi:10.5555/a", "item": {"title": "A"}, "relations": [{"kind": "preprint-of", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "publisher"}]}
    {"key": "doi:10.5555/c", "item": {"title": "C"}}

Bad::

    痛みは半年で軽くなる [@doi:10.5555/a]。

Good::

    痛みは半年で軽くなる [@doi:10.5555/c]。

日本語: 論文になったプレプリントの引用。

登録機関によれば、このプレプリントは論文として出版されています。

理由: 査読を経た論文は、プレプリントと異なることを述べているかもしれません。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import of_kind, related
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Cited works with such a relation, each at its first mention."""
    yield from related(subject, context, "RET004", of_kind("preprint-of"))


RULE = Rule(
    code="RET004",
    name="preprint",
    page=__doc__,
    messages={
        "": (
            "{work} is a preprint; the article is {notice} (says {source}; {asked})",
            "{work} はプレプリントです。論文は {notice} です(情報源: {source}、{asked})",
        )
    },
    check=check,
)
