"""A work that no registry has confirmed.

All that is known of it was read from a printed list, or its DOI was only derived from an
address.  `refpipe refs` asks the registries; until one answers, the entry says what the print
said.

Why: printed references carry cut titles, wrong journals and identifiers of other papers.

Library::

    {"key": "doi:10.5555/printed", "is_confirmed": false, "item": {"title": "Printed"}}
    {"key": "doi:10.5555/known", "item": {"title": "Known"}}

Bad::

    腰痛の多くは自然に軽くなる [@doi:10.5555/printed]。

Good::

    腰痛の多くは自然に軽くなる [@doi:10.5555/known]。

日本語: 登録機関の確認がない文献。

書誌のすべてが印刷された一覧から読み取ったものか、DOIがアドレスから推定しただけのものです。
`refpipe refs` が登録機関に尋ねます。答えが得られるまでは、印刷どおりに表示されます。

理由: 印刷された文献には、途切れた題名、別の誌名、別の論文の識別子が混ざっています。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import cited
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Certainty, Finding, Work


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Unconfirmed works, each at its first mention."""
    for work, place in cited(subject, context):
        if work.is_confirmed:
            continue
        candidate = _candidate(work)
        kind = "candidate" if candidate else _origin(work, context)
        yield subject.finding_at(
            "REF001",
            place,
            about=work.id,
            kind=kind,
            work=work.name or work.id,
            candidate=candidate,
        )


def _origin(work: Work, context: Context) -> str:
    """``file`` for a work of which no record was read from print, ``both`` where others were too."""
    sources = {context.records[key][0].source for key in work.members if key in context.records}
    if not sources - {"printed", "verbatim", "manual", "alias"}:
        return "" if sources != {"manual"} else "file"
    return "both" if sources & {"printed", "verbatim"} else "file"


def _candidate(work: Work) -> str:
    """The identifier that was derived for a work without a surer one; empty for none."""
    claims = {claim.certainty: str(claim.identifier) for claim in reversed(work.claims)}
    is_named = any(
        claim.certainty is not Certainty.CANDIDATE
        and claim.identifier.scheme in {"doi", "pmid", "isbn"}
        for claim in work.claims
    )
    return "" if is_named else claims.get(Certainty.CANDIDATE, "")


RULE = Rule(
    code="REF001",
    name="unconfirmed",
    page=__doc__,
    messages={
        "": (
            "no registry has confirmed {work}, only read from print; refpipe confirm asks them",
            "{work} は印刷された書誌のままで、登録機関の確認がありません",
        ),
        "file": (
            "no registry has confirmed {work}, from a file or a person; refpipe confirm asks them",
            "{work} は取り込んだファイルや手入力の書誌のままで、登録機関の確認がありません",
        ),
        "both": (
            "no registry has confirmed {work}, from print and a file; refpipe confirm asks them",
            "{work} は印刷と取り込んだファイルなどの書誌のままで、登録機関の確認がありません",
        ),
        "candidate": (
            "{work}: {candidate} was derived from its address and no registry has confirmed it",
            "{work} の {candidate} はアドレスからの推定で、登録機関の確認がありません",
        ),
    },
    check=check,
)
