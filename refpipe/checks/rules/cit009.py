"""Marks of refpipe that cannot be read.

A comment is opened and never closed, two lists stand in one article, or works are cited and no
`<!--bibliography-->` says where the list goes.

Why: what cannot be read is left unchanged, so numbers and list may be old.

Bad::

    腰痛の多くは自然に軽くなる [@doi:10.1148/radiol.2372041509]。

Good::

    腰痛の多くは自然に軽くなる [@doi:10.1148/radiol.2372041509]。

    ## 参考文献

    <!--bibliography-->

日本語: 読み取れない refpipe の記号。

コメントが閉じていない、一つの記事に一覧が二つある、引用があるのに一覧の場所を示す
`<!--bibliography-->` がない、などです。

理由: 読み取れない箇所はそのまま残るため、番号や一覧が古いままになります。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding

_KINDS = {
    "no place is named": "homeless",
    "end of this list is lost": "torn",
    "never closed": "open",
    "closes nothing": "stray",
    "names no work": "empty",
}
"""Words of a fault → the kind of message that says the same in both languages."""


def check(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """The faults that were met while the article was read."""
    for fault in subject.article.faults:
        kind = next((kind for sign, kind in _KINDS.items() if sign in fault.message), "")
        yield subject.finding_at("CIT009", (fault.line, 1), kind=kind, fault=fault.message)


RULE = Rule(
    code="CIT009",
    name="unreadable-marks",
    page=__doc__,
    messages={
        "": ("{fault}", "記号を読み取れません: {fault}"),
        "homeless": (
            "{fault}",
            "引用がありますが、一覧の場所がありません。<!--bibliography--> を書いてください",
        ),
        "open": ("{fault}", "コメントや引用が開いたまま閉じられていません"),
        "torn": (
            "{fault}",
            "一覧の終わりの記号がありません。最後の文献の後に <!--/bibliography--> を書いてください",
        ),
        "stray": ("{fault}", "対応する始まりのない終わりの記号です"),
        "empty": ("{fault}", "この引用には文献のキーがありません。@ とキーを書いてください"),
    },
    check=check,
)
