"""A citation that could not be looked up.

The work is not in the library, and no registry could be asked: the run was offline, or the
registry did not answer.  That is neither right nor wrong; the run ends with exit code 2.

Why: silence must never look like success.

Library::

    {"key": "doi:10.5555/not-asked", "reason": "no registry was asked", "is_final": false}
    {"key": "doi:10.5555/known", "item": {"title": "Known"}}

Bad::

    腰痛の多くは自然に軽くなる [@doi:10.5555/not-asked]。

Good::

    腰痛の多くは自然に軽くなる [@doi:10.5555/known]。

日本語: 調べられなかった引用。

文献がライブラリになく、登録機関にも尋ねられませんでした(オフライン、または応答なし)。正しいとも
誤りとも言えないため、終了コードは2になります。

理由: 調べられなかったことが「問題なし」に見えてはなりません。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe import identifiers
from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Every mention of a key about which nobody could be asked."""
    for item, place in subject.mentions:
        if item.key in context.works:
            continue
        missing = context.unresolved.get(item.key)
        if missing is not None and not missing.is_final:
            about, reason = str(missing.identifier), missing.reason
            yield subject.unchecked("CIT002", place, about=about, key=item.key, reason=reason)
        elif missing is None and context.is_complete:
            claim = identifiers.read(item.key)
            if claim is not None:
                about = str(claim.identifier)
                yield subject.unchecked("CIT002", place, about=about, kind="new", key=item.key)


RULE = Rule(
    code="CIT002",
    name="unchecked-key",
    page=__doc__,
    messages={
        "": (
            "[@{key}] could not be looked up: {reason}",
            "[@{key}] を調べられませんでした: {reason}",
        ),
        "new": (
            "[@{key}] is not in the library yet; refpipe refs looks it up",
            "[@{key}] はまだライブラリにありません。refpipe refs で調べてください",
        ),
    },
    check=check,
)
