"""A small difference from the registry, or one that could not be made out.

Spelling of an author's name, other initials, the issue, a journal's section or subtitle, an entry
that names only the first author: the work is found all the same.  What may only have been misread,
or stands in two scripts, could not be compared: it is neither right nor wrong (exit code 2).  Off
by default, and counted in the summary; select it to see every difference.

Why: registries are wrong in such things as often as print is, so that a person has to look.

Library::

    {"key": "doi:10.5555/slip", "item": {"title": "A", "author": [{"family": "Ehrenreich", "given": "Hannelore"}]}, "printed": {"title": "A", "author": [{"family": "Ehrenreych", "given": "H."}]}}
    {"key": "doi:10.5555/same", "item": {"title": "B", "author": [{"family": "Alder", "given": "Ann"}]}, "printed": {"title": "B", "author": [{"family": "Alder", "given": "A."}]}}

Bad::

    手術の判断に役立つとは限らない [@doi:10.5555/slip]。

Good::

    手術の判断に役立つとは限らない [@doi:10.5555/same]。

日本語: 登録機関の書誌との小さな違い、または比べきれなかった項目。

著者名の綴りや頭文字、号、誌名の副題や分冊名の違い、筆頭著者だけの記載などで、文献は見つかります。読み誤りの
可能性がある項目や、文字の種類が異なる項目は比べられず、正しいとも誤りとも言えません(終了コードは2)。初期設定では
無効で、件数だけをまとめに示します。すべての違いを見たいときに選んでください。

理由: このような違いは登録機関の側の誤りであることも多く、人が見て判断する必要があります。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import MESSAGES, stated
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding, Weight


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Each small difference of a reference from the registry; then what could not be compared."""
    yield from stated(subject, context, "REF009", Weight.SLIP)
    yield from stated(subject, context, "REF009", Weight.UNCLEAR)


RULE = Rule(
    code="REF009",
    name="differs-slightly",
    page=__doc__,
    messages=MESSAGES,
    check=check,
    is_default=False,
)
