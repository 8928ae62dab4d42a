"""A cited work about which its journal has expressed concern.

The journal warns that the work may not be reliable; an inquiry is often under way.  Nothing is
said of a work that was retracted since, or cleared.

Why: the reader should know that the source is in doubt, and a retraction may follow.

Library::

    {"key": "doi:10.5555/a", "item": {"title": "A"}, "relations": [{"kind": "expression-of-concern", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "publisher"}]}
    {"key": "doi:10.5555/c", "item": {"title": "C"}}

Bad::

    痛みは半年で軽くなる [@doi:10.5555/a]。

Good::

    痛みは半年で軽くなる [@doi:10.5555/c]。

日本語: 懸念が表明されている文献の引用。

掲載誌が、信頼できない可能性があると注意を促しています。調査中のことも多くあります。その後に撤回された
文献や、疑いの晴れた文献については何も言いません。

理由: 出典が疑われていることを読者は知るべきであり、後に撤回されることもあります。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import related
from refpipe.checks.rule import Rule, Subject
from refpipe.checks.standing import concerns
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Cited works with such a relation, each at its first mention."""
    yield from related(subject, context, "RET002", concerns)


RULE = Rule(
    code="RET002",
    name="expression-of-concern",
    page=__doc__,
    messages={
        "": (
            "{work}: its journal has expressed concern{when}; notice {notice} (says {source}; {asked}){why}",
            "{work} には掲載誌から懸念が表明されています{when}。告知: {notice}(情報源: {source}、{asked}){why}",
        )
    },
    check=check,
)
