"""A citation of a work that nobody knows.

The key after `@` is no name of the library, and the registries say that no such DOI, PMID or
address is registered; the page prints `[?]` there.

Why: the reader cannot look the statement up.  A DOI that does not exist is either mistyped or
made up.

Library::

    {"key": "doi:10.5555/no-such-work", "reason": "no registry knows it", "is_final": true}
    {"key": "doi:10.5555/known", "item": {"title": "Known"}}

Bad::

    腰痛の多くは自然に軽くなる [@doi:10.5555/no-such-work]。

Good::

    腰痛の多くは自然に軽くなる [@doi:10.5555/known]。

日本語: 誰も知らない文献の引用。

`@` の後のキーがライブラリの名前になく、登録機関もそのようなDOI・PMID・アドレスの登録はないと
答えています。ページには `[?]` と表示されます。

理由: 読者が根拠をたどれません。存在しないDOIは、打ち間違いか作り物です。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe import identifiers
from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Every mention of a key that the registries or the library do not have."""
    for item, place in subject.mentions:
        missing = context.unresolved.get(item.key)
        if item.key in context.works or (missing is None and not context.is_complete):
            continue
        if missing is None and identifiers.read(item.key) is None:
            yield subject.finding_at("CIT001", place, kind="name", key=item.key)
        elif missing is not None and missing.is_final:
            yield subject.finding_at(
                "CIT001",
                place,
                about=str(missing.identifier),
                key=item.key,
                reason=missing.reason,
            )


RULE = Rule(
    code="CIT001",
    name="unknown-key",
    page=__doc__,
    messages={
        "": (
            "[@{key}] prints [?]: {reason}",
            "[@{key}] は [?] と表示されます: {reason}",
        ),
        "name": (
            "[@{key}] prints [?]: no work of that name is in the library; try refpipe search",
            "[@{key}] は [?] と表示されます: その名前の文献はライブラリにありません",
        ),
    },
    check=check,
)
