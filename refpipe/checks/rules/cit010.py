"""A number beside a managed list that is no citation of it.

A plain `[3]`, a raised digit or a link such as `<a href="#ref-3">[3]</a>` stands in the text of an
article whose list refpipe numbers. Type the work instead, as `[@key]`; where the number cites nothing,
put `<!-- refpipe: not-a-citation -->` on its line.

Why: the list is numbered anew at every run, and a plain number then names another work.

Library::

    {"key": "doi:10.5555/known", "item": {"title": "Known"}}

Bad::

    腰痛の多くは自然に軽くなる [@doi:10.5555/known]。再発は少なくない[1]。

    <!--bibliography-->

Good::

    腰痛の多くは自然に軽くなる [@doi:10.5555/known]。再発は少なくない [@doi:10.5555/known]。

    <!--bibliography-->

日本語: 管理された一覧のそばにある、管理されていない番号。

refpipe が番号を付ける記事の本文に、手で書いた `[3]`、上付き数字、`<a href="#ref-3">[3]</a>` のような
リンクが残っています。`[@キー]` の形で文献を書いてください。引用でない番号には、その行に
`<!-- refpipe: not-a-citation -->` を書いてください。

理由: 一覧の番号は実行のたびに付け直されるため、手で書いた番号は別の文献を指すことになります。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding

_SHOWN = re.compile(r"“(.*)”|(.*?) names no entry", re.DOTALL)
_KINDS = {
    "none can be woven": "place",
    "a link that leads": "link",
    "names no entry": "no entry",
}
"""Words of a fault → the kind of message that says the same in both languages."""
_WHAT_TO_DO = "[@キー] と書くか、引用でなければ <!-- refpipe: not-a-citation --> と書いてください"


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Every number that a reader could take for a citation and that nobody renumbers."""
    for fault in context.unmanaged:
        kind = next((kind for sign, kind in _KINDS.items() if sign in fault.message), "")
        shown = _SHOWN.search(fault.message)
        number = (shown[1] or shown[2]) if shown else ""
        yield subject.finding_at(
            "CIT010", (fault.line, 1), kind=kind, fault=fault.message, number=number
        )


_ENGLISH = (
    "{fault}, and nobody renumbers it; type [@key], or declare <!-- refpipe: not-a-citation -->"
)

RULE = Rule(
    code="CIT010",
    name="unmanaged-number",
    page=__doc__,
    messages={
        "": (_ENGLISH, f"「{{number}}」は引用のようですが、管理されていません。{_WHAT_TO_DO}"),
        "place": (
            _ENGLISH,
            "「{number}」は引用のようですが、引用を書き込めない場所にあります。本文に移してください",
        ),
        "link": (
            _ENGLISH,
            f"「{{number}}」は引用のようですが、別の場所へのリンクの中にあります。{_WHAT_TO_DO}",
        ),
        "no entry": (_ENGLISH, f"「{{number}}」にあたる文献が一覧にありません。{_WHAT_TO_DO}"),
    },
    check=check,
)
