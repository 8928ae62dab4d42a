"""A cited work that was corrected.

A correction or erratum was published; the finding names it.  Answer it with a waiver once you have
read it.

Why: the very figure that the page quotes may be the one that was wrong.

Library::

    {"key": "doi:10.5555/a", "item": {"title": "A"}, "relations": [{"kind": "correction", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "publisher"}]}
    {"key": "doi:10.5555/c", "item": {"title": "C"}}

Bad::

    痛みは半年で軽くなる [@doi:10.5555/a]。

Good::

    痛みは半年で軽くなる [@doi:10.5555/c]。

日本語: 訂正が出ている文献の引用。

訂正(correction、erratum)が公表されています。読んで確かめたら、除外指定で応えてください。

理由: ページが引いている数字こそが、訂正された箇所かもしれません。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import of_kind, related
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Cited works with such a relation, each at its first mention."""
    yield from related(subject, context, "RET003", of_kind("correction"))


RULE = Rule(
    code="RET003",
    name="corrected",
    page=__doc__,
    messages={
        "": (
            "{work} was corrected{when}; read {notice} (says {source}; {asked})",
            "{work} には訂正が出ています{when}。{notice} を確かめてください(情報源: {source}、{asked})",
        )
    },
    check=check,
)
