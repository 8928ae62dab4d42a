"""A note mark that points nowhere.

The text has ※1 (注1, *1), and no note begins with it.

Why: the reader looks for the condition or the source that the mark promises, and it is missing.

Bad::

    対象企業について調査を実施(※1)。

Good::

    対象企業について調査を実施(※1)。

    ※1 2022年11月の調査による。

日本語: 行き先のない注の記号。

本文に ※1(注1、*1)がありますが、その番号で始まる注記がありません。

理由: 読者は条件や出典を探しますが、どこにもありません。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.dates.grammar import fold
from refpipe.model import Finding

_MARK = re.compile(
    r"(?P<sign>※|\*(?=[0-9０-９]{1,2}[)）\]])|注)\s?(?P<number>[0-9０-９]{1,2})(?![0-9０-９年月日時%])"
)
_NOTE_BEGINS = re.compile(r"(?:^|\n|[|｜>])[ \t\u3000]*(?:[-*・•]\s+)?[(（\[［【]?$")
_NOTE_GOES_ON = re.compile(
    r"[)）\]］】]?[ \t\u3000]*[:：.．、，,]?[ \t\u3000]*[^\s)）\]］】|｜。、]"
)
_RAISED = re.compile(r"<sup\b[^<>]*>\s*[(（]?$", re.IGNORECASE)


def check(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """The first mention of each mark that no note begins with."""
    if "※" not in subject.words and "注" not in subject.words and "*" not in subject.words:
        return
    mentions: dict[str, int] = {}
    notes: set[str] = set()
    for mark in _MARK.finditer(subject.words):
        name = mark["sign"] + fold(mark["number"])
        if _is_note(subject, mark):
            notes.add(name)
        elif mark["sign"] != "注" or _is_reference(subject, mark):
            mentions.setdefault(name, mark.start())
    for name, offset in mentions.items():
        if name not in notes:
            yield subject.finding("CIT008", offset, mark=name)


def _is_note(subject: Subject, mark: re.Match[str]) -> bool:
    """Whether a mark begins a note: first on its line (or after a gap), with words behind it."""
    if _RAISED.search(subject.text[max(0, mark.start() - 40) : mark.start()]):
        return False
    before = subject.words[max(0, mark.start() - 60) : mark.start()]
    is_first = _NOTE_BEGINS.search(before) is not None or mark.start() == 0 or before.endswith("  ")
    return is_first and _NOTE_GOES_ON.match(subject.words, mark.end()) is not None


def _is_reference(subject: Subject, mark: re.Match[str]) -> bool:
    """Whether 注1 is a mark and not a word (注1本: one injection); marks stand in brackets."""
    before = subject.words[max(0, mark.start() - 1) : mark.start()]
    after = subject.words[mark.end() : mark.end() + 1]
    return before in set("(（[［") and after in set(")）]］")


RULE = Rule(
    code="CIT008",
    name="note-without-text",
    page=__doc__,
    messages={
        "": (
            "{mark} points nowhere: no note begins with it",
            "{mark} の注記がページにありません",
        )
    },
    check=check,
)
