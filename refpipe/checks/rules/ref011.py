"""An identifier in a hand-made list that nobody registered.

`refpipe check --online` asked for the DOI or PMID that the reference prints.  Every agency that
registers such identifiers said that it does not exist.  Where nobody could be asked, that is
reported instead, and the run ends with exit code 2.  Not found is not invented: identifiers are
mistyped far more often than references are made up.

Why: a link that leads nowhere is the first thing that a reader tries, and a mark of references
that nobody has looked at.

Library::

    {"key": "doi:10.5555/nowhere", "reason": "no agency has registered it", "is_final": true}

Bad::

    参考文献

    [1] Modic MT, Ross JS. Degenerative disk disease. Radiology. 2007;245(1):43-61. doi:10.5555/nowhere
    [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
    [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

Good::

    参考文献

    [1] Modic MT, Ross JS. Degenerative disk disease. Radiology. 2007;245(1):43-61. doi:10.1148/radiol.2451051706
    [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
    [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

日本語: どこにも登録されていない識別子(手書きの一覧)。

`refpipe check --online` が文献のDOIやPMIDを登録機関に尋ね、どの機関も登録がないと答えました。尋ねられなかった
場合はそのことを報告し、終了コードは2になります。見つからないことは捏造を意味しません。識別子の写し間違いの
ほうがはるかに多いからです。

理由: 読者が最初に開くリンクがどこにも通じません。誰も確かめていない文献の目印でもあります。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import listed
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Certainty, Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Each printed identifier for which the registries gave nothing, in this run."""
    for reference in listed(context):
        for claim in reference.reading.claims:
            name = str(claim.identifier)
            why = context.unresolved.get(name)
            if why is None or claim.certainty is Certainty.CANDIDATE:
                continue
            if why.is_final:
                yield subject.finding(
                    "REF011",
                    reference.span.start,
                    about=name,
                    label=reference.label,
                    identifier=name,
                    reason=why.reason,
                )
            else:
                yield subject.unchecked(
                    "REF011",
                    subject.lines.at(reference.span.start),
                    about=name,
                    kind="unchecked",
                    label=reference.label,
                    identifier=name,
                    reason=why.reason,
                )


RULE = Rule(
    code="REF011",
    name="unregistered-identifier",
    page=__doc__,
    messages={
        "": (
            "[{label}]: {identifier} was not found ({reason})",
            "[{label}] の {identifier} は見つかりませんでした({reason})",
        ),
        "unchecked": (
            "[{label}]: {identifier} could not be checked ({reason})",
            "[{label}] の {identifier} を確認できませんでした({reason})",
        ),
    },
    check=check,
)
