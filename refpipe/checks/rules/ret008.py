"""A cited work of which a newer version is out.

The publisher or PubMed names a newer version: an updated review, a revised guideline.

Why: a page on health should not rest on a review that its own authors have brought up to date.

Library::

    {"key": "doi:10.5555/a", "item": {"title": "A"}, "relations": [{"kind": "new-version", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "pubmed"}]}
    {"key": "doi:10.5555/c", "item": {"title": "C"}}

Bad::

    痛みは半年で軽くなる [@doi:10.5555/a]。

Good::

    痛みは半年で軽くなる [@doi:10.5555/c]。

日本語: 新しい版が出ている文献の引用。

出版社または PubMed が新しい版を示しています(更新されたレビュー、改訂されたガイドラインなど)。

理由: 著者自身が更新したレビューの古い版を、健康情報の拠り所にすべきではありません。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.cited_works import related
from refpipe.checks.context import Context
from refpipe.checks.rule import Rule
from refpipe.checks.subject import Subject
from refpipe.model import Finding, Relation, Work


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Cited works with a newer version, each at its first mention."""
    yield from related(subject, context, "RET008", _newer)


def _newer(work: Work) -> tuple[Relation, ...]:
    """Newer versions that a source names; what was only found alike is no update."""
    said = (one for one in work.relations if one.kind == "new-version")
    return tuple(one for one in said if one.source in {"publisher", "pubmed"})


RULE = Rule(
    code="RET008",
    name="superseded",
    page=__doc__,
    messages={
        "": (
            "{work} has a newer version{when}: {notice} (says {source})",
            "{work} には新しい版があります{when}: {notice}(情報源: {source})",
        )
    },
    check=check,
)
