"""A list of references without a heading.

Nothing above the list says 参考文献, 引用文献, 出典 or References.

Why: the reader meets a column of foreign names in the middle of the page, and a screen reader
finds no way to it or past it.

Bad::

    受診の目安は次のとおりです。

    [1] Modic MT, Ross JS. Lumbar degenerative disk disease. Radiology. 2007;245(1):43-61.
    [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
    [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

Good::

    ## 参考文献

    [1] Modic MT, Ross JS. Lumbar degenerative disk disease. Radiology. 2007;245(1):43-61.
    [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
    [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

日本語: 見出しのない文献一覧。

一覧の上に「参考文献」「引用文献」「出典」などの見出しがありません。

理由: 読者はページの途中で突然、外国人名の列に出会います。読み上げソフトでは、たどり着くことも
読み飛ばすこともできません。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding

_HEADING = re.compile(
    r"^\s{0,3}#|<h[1-6]\b|<summary\b|<dt\b|<strong|<b>|^\s*\*\*"
    r"|文\s*献|出\s*典|引\s*用|参\s*照|参\s*考|ソース|エビデンス|references?|bibliography|sources?|citations?|literature|works cited",
    re.IGNORECASE,
)
_LINE_UNDER = re.compile(r"\s*(?:-{3,}+|={3,}+|</?[a-z][^<>]*>\s*+)+\s*", re.IGNORECASE)

_COMMENT = re.compile(r"<!--[^<>]*-->|\{/\*[^{}]*\*/\}")
"""What no reader sees between the heading and the list, such as WordPress's marks of a block."""


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """The hand-made list, or the place of the managed one, if nothing above it is a heading."""
    if context.legacy is not None:
        start = context.legacy.span.start
        if context.legacy.heading is None and not _has_heading(subject.text, start):
            yield subject.finding("CIT006", start)
    for bibliography in subject.article.bibliographies:
        has_entries = subject.article.citations or bibliography.uncited
        if subject.text and has_entries and not _has_heading(subject.text, bibliography.span.start):
            yield subject.finding_at("CIT006", (bibliography.line, bibliography.column))


def _has_heading(text: str, start: int) -> bool:
    """Whether the last line with words before ``start`` is a heading."""
    before = _COMMENT.sub("", text[max(0, start - 2000) : start])
    for line in reversed(before.splitlines()):
        if line.strip() and not _LINE_UNDER.fullmatch(line):
            return len(line) < 200 and _HEADING.search(line) is not None
    return False


RULE = Rule(
    code="CIT006",
    name="list-without-heading",
    page=__doc__,
    messages={
        "": (
            "the list of references has no heading; write one above it, such as References",
            "文献一覧に見出しがありません。「参考文献」などの見出しを付けてください",
        )
    },
    check=check,
)
