"""A cited work on whose standing the sources disagree.

One source holds the work for retracted, and another, which has a notice about it too, does not.

Why: either may be late or wrong, and only a look at the notices tells which.

Library::

    {"key": "doi:10.5555/a", "item": {"title": "A"}, "relations": [{"kind": "retraction", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "publisher"}, {"kind": "correction", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "pubmed"}]}
    {"key": "doi:10.5555/c", "item": {"title": "C"}}

Bad::

    痛みは半年で軽くなる [@doi:10.5555/a]。

Good::

    痛みは半年で軽くなる [@doi:10.5555/c]。

日本語: 情報源の食い違う文献の引用。

ある情報源は撤回されたとし、告知を持つ別の情報源はそうしていません。

理由: どちらかが遅れているか誤っています。告知を読まなければ分かりません。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import cited
from refpipe.checks.rule import Rule, Subject
from refpipe.checks.standing import disagreement
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Cited works whose sources disagree, each at its first mention."""
    for work, place in cited(subject, context):
        pro, contra = disagreement(work)
        if pro:
            yield subject.finding_at(
                "RET009", place, about=work.id, work=work.name or work.id, pro=pro, contra=contra
            )


RULE = Rule(
    code="RET009",
    name="sources-disagree",
    page=__doc__,
    messages={
        "": (
            "{work} is retracted, says {pro}; {contra} has a notice about it and does not say so",
            "{work} は {pro} によれば撤回されていますが、告知を持つ {contra} はそうしていません",
        )
    },
    check=check,
)
