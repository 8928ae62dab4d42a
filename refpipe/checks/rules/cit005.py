"""A list of references that nobody manages.

The list was typed by hand.  `refpipe adopt` reads it, joins what is one work, and from then on
numbers and entries follow the text.  A single Markdown note (`[^1]:`) that prints a reference is
no list; it is cited by its DOI instead.

Why: a hand-made list goes wrong with every change, and nobody is told when one of its papers
is retracted.

Bad::

    参考文献

    [1] Modic MT, Ross JS. Lumbar degenerative disk disease. Radiology. 2007;245(1):43-61.
    [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
    [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

Bad::

    歩くと軽くなります[^1]。

    [^1]: Modic MT, Ross JS. Lumbar degenerative disk disease. Radiology. 2007;245(1):43-61. doi:10.1148/radiol.2451051706

Good::

    歩くと軽くなります[^1]。

    [^1]: 個人の感想です。

Good::

    1. 受付で保険証をお出しください。
    2. 問診票にご記入ください。
    3. 順番にお呼びします。

日本語: 管理されていない文献一覧。

手で書かれた一覧です。`refpipe adopt` がこれを読み取り、同じ文献をまとめます。以後は番号も一覧も
本文に合わせて変わります。文献を1件だけ書いた Markdown の脚注(`[^1]:`)は一覧ではないため、DOIで引用してください。

理由: 手書きの一覧は変更のたびに狂い、載っている論文が撤回されても知らされません。
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from refpipe import identifiers
from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.model import LONGEST_REFERENCE, Finding, Scheme


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """One finding at the first reference of the list, or one for each note that prints one."""
    command = f"refpipe adopt {shlex.quote(subject.article.path)}"
    for fault in context.unread[:1]:
        yield subject.finding_at("CIT005", (fault.line, 1), kind="unread", command=command)
    if context.legacy is None:
        yield from _notes(subject)
    else:
        yield subject.finding(
            "CIT005",
            context.legacy.span.start,
            count=str(len(context.legacy.references)),
            command=command,
        )
        for reference in context.legacy.references:
            if len(reference.text) > LONGEST_REFERENCE:
                start, most = reference.span.start, f"{LONGEST_REFERENCE:,}"
                label = reference.label
                yield subject.finding("CIT005", start, kind="long", label=label, most=most)


_NOTE = re.compile(r"^\[\^(?P<label>[^\]\s]+)\]:[ \t]+(?P<text>\S.*)$", re.MULTILINE)


def _notes(subject: Subject) -> Iterator[Finding]:
    """Each Markdown note that is a reference by its identifier or by all that it says."""
    if subject.article.format != "markdown" or "[^" not in subject.words:
        return
    for note in _NOTE.finditer(subject.words):
        claims = [claim for _, claim in identifiers.find(note["text"])]
        known = identifiers.surest(claims, (Scheme.DOI, Scheme.PMID), or_candidate=False)
        if known is not None or _is_reference(note["text"]):
            cite = f"[@{known.identifier}]" if known else "refpipe resolve"
            kind = "note" if known else "nameless"
            yield subject.finding("CIT005", note.start(), kind=kind, label=note["label"], cite=cite)


def _is_reference(text: str) -> bool:
    """Whether a title, a journal and a year can be read out of the text."""
    # The reader of references is large; most articles have no such note.
    from refpipe.items import printed

    item = printed.remembered(text).reading.item
    return item.get("type") == "article-journal" and all(
        item.get(name) for name in ("title", "container-title", "issued", "author")
    )


RULE = Rule(
    code="CIT005",
    name="unmanaged-list",
    page=__doc__,
    messages={
        "": (
            "a hand-made list of {count} references; manage it with: {command}",
            "手書きの文献一覧({count}件)です。次のコマンドで管理できます: {command}",
        ),
        "unread": (
            "a hand-made list of references that cannot be read; this says why: {command}",
            "手書きの文献一覧ですが、文献として読み取れません。次のコマンドで理由が分かります: {command}",
        ),
        "note": (
            "the note [^{label}] prints a reference by hand; cite it as {cite}",
            "脚注 [^{label}] に文献が手で書かれています。{cite} と引用してください",
        ),
        "nameless": (
            "the note [^{label}] prints a reference by hand; {cite} finds the DOI to cite it by",
            "脚注 [^{label}] に文献が手で書かれています。{cite} でDOIを調べて引用してください",
        ),
        "long": (
            "[{label}] has more than {most} signs; what lies behind them was not read",
            "[{label}] は{most}字を超えています。それより後ろは読み取っていません",
        ),
    },
    check=check,
)
