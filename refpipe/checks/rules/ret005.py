"""A cited work whose standing could not be asked about.

`refpipe check --online` was to ask the registries about the work and got no answer.  That is
neither good nor bad news; the run ends with exit code 2.

Why: silence must never look like "not retracted".

Library::

    {"key": "doi:10.5555/silent", "item": {"title": "A"}, "silent": "the registry did not answer"}
    {"key": "doi:10.5555/c", "item": {"title": "C"}}

Bad::

    痛みは半年で軽くなる [@doi:10.5555/silent]。

Good::

    痛みは半年で軽くなる [@doi:10.5555/c]。

日本語: 現況を確認できなかった文献。

`refpipe check --online` が登録機関に尋ねましたが、答えが得られませんでした。良いとも悪いとも
言えないため、終了コードは2になります。

理由: 答えがないことが「撤回されていない」に見えてはなりません。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Known works about which nobody could be asked in this run, each at its first mention."""
    for key, place in subject.first_mentions.items():
        work, missing = context.works.get(key), context.unresolved.get(key)
        if work is not None and missing is not None and not missing.is_final:
            yield subject.unchecked(
                "RET005", place, about=work.id, work=work.name or work.id, reason=missing.reason
            )


RULE = Rule(
    code="RET005",
    name="standing-not-checked",
    page=__doc__,
    messages={
        "": (
            "{work}: its standing could not be checked: {reason}",
            "{work} の現況を確認できませんでした: {reason}",
        )
    },
    check=check,
)
