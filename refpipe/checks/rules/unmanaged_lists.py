"""Lists of references that nobody manages, and pages that say that they have one."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from refpipe import identifiers
from refpipe.checks.rule import Context, Subject, rule
from refpipe.dates.grammar import fold
from refpipe.model import LONGEST_REFERENCE, Finding, Scheme


@rule(
    "CIT005",
    "unmanaged-list",
    {
        "": (
            "a hand-made list of {count} references; manage it with: {command}",
            "手書きの文献一覧({count}件)です。次のコマンドで管理してください: {command}",
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
            "the note [^{label}] prints a reference by hand; find its DOI with {cite} and cite that",
            "脚注 [^{label}] に文献が手で書かれています。{cite} でDOIを調べて引用してください",
        ),
        "long": (
            "[{label}] has more than {most} signs; what lies behind them was not read",
            "[{label}] は{most}字を超えています。それより後ろは読み取っていません",
        ),
    },
)
def unmanaged_list(subject: Subject, context: Context) -> Iterator[Finding]:
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


_SAYING = (
    r"文\s*献|出\s*典|引\s*用|参\s*照|参\s*考|ソース|エビデンス"
    r"|references?|bibliography|sources?|citations?|literature|works cited"
)
_SAID = re.compile(_SAYING, re.IGNORECASE)
_HEADING = re.compile(
    rf"^\s{{0,3}}#|<h[1-6]\b|<summary\b|<dt\b|<strong|<b>|^\s*\*\*|{_SAYING}", re.IGNORECASE
)
_LINE_UNDER = re.compile(r"\s*(?:-{3,}+|={3,}+|</?[a-z][^<>]*>\s*+)+\s*", re.IGNORECASE)

_COMMENT = re.compile(r"<!--[^<>]*-->|\{/\*[^{}]*\*/\}")
"""What no reader sees between the heading and the list, such as WordPress's marks of a block."""


@rule(
    "CIT006",
    "list-without-heading",
    {
        "": (
            "the list of references has no heading; write one above it, such as References",
            "文献一覧に見出しがありません。「参考文献」などの見出しを付けてください",
        )
    },
)
def list_without_heading(subject: Subject, context: Context) -> Iterator[Finding]:
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
    if context.legacy is not None:
        start = context.legacy.span.start
        if context.legacy.heading is None and not _has_heading(subject.text, start):
            yield subject.finding("CIT006", start)
    for bibliography in subject.article.bibliographies:
        has_entries = subject.article.citations or bibliography.uncited
        if subject.text and has_entries and not _has_heading(subject.text, bibliography.span.start):
            yield subject.finding_at("CIT006", (bibliography.line, bibliography.column))


def _has_heading(text: str, start: int) -> bool:
    """Whether the last line with words before ``start`` is a heading.

    One sentence may lead to the list, under a heading that speaks of references.
    """
    before = _COMMENT.sub("", text[max(0, start - 2000) : start])
    is_led_to = False
    for line in reversed(before.splitlines()):
        words = _TAGS.sub("", line).strip()
        if len(words) < 200 and _HEADING.search(line) is not None:
            return not is_led_to or _SAID.search(words) is not None
        if not words or _LINE_UNDER.fullmatch(line):
            continue
        if is_led_to or words[-1] not in ".。:：":
            return False
        is_led_to = True
    return False


_TAGS = re.compile(r"<[^<>]*>")
_CLAIM = re.compile(
    r"(?:参考|引用|下記の?|以下の?|上記の?)文献(?:に基づ|にもとづ|を基に|をもとに|を元に|に則|に示|によると|によれば|を踏まえ)"
    r"|(?i:based on|according to) (?:the |these |our )?(?:references|literature (?:below|cited))"
)


@rule(
    "CIT007",
    "claim-without-citation",
    {
        "": (
            "the page says “{words}” ({count} times in all) and cites nothing",
            "「{words}」などと{count}か所に書かれていますが、文献が一つも引用されていません",
        )
    },
)
def claim_without_citation(subject: Subject, context: Context) -> Iterator[Finding]:
    """A page that says it rests on its references and cites none.

    The text says 参考文献に基づき or the like, and nowhere names an entry.

    Why: the reader is asked to believe all of it on the strength of all of the list.

    Bad::

        参考文献に基づき、その理由を説明します。

    Good::

        参考文献に基づき、その理由を説明します[1]。画像だけでは分かりません[2,3]。

        参考文献

        [1] Modic MT, Ross JS. Lumbar degenerative disk disease. Radiology. 2007;245(1):43-61.
        [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
        [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

    日本語: 「参考文献に基づき」と書きながら何も引用していないページ。

    本文に「参考文献に基づき」などとありますが、どの文献も引用されていません。

    理由: どの記述がどの文献によるのか、読者には確かめようがありません。
    """
    if subject.article.citations or context.plain:
        return
    words = subject.words
    if "文献" not in words and "eference" not in words and "iterature" not in words:
        return
    said = list(_CLAIM.finditer(words))
    if said:
        yield subject.finding("CIT007", said[0].start(), words=said[0][0], count=str(len(said)))


_MARK = re.compile(
    r"(?P<sign>※|\*(?=[0-9０-９]{1,2}[)）\]])|注)\s?(?P<number>[0-9０-９]{1,2})(?![0-9０-９年月日時%])"
)
_NOTE_BEGINS = re.compile(r"(?:^|\n|[|｜>])[ \t\u3000]*(?:[-*・•]\s+)?[(（\[［【]?$")
_NOTE_GOES_ON = re.compile(
    r"[)）\]］】]?[ \t\u3000]*[:：.．、，,]?[ \t\u3000]*[^\s)）\]］】|｜。、]"
)
_RAISED = re.compile(r"<sup\b[^<>]*>\s*[(（]?$", re.IGNORECASE)


@rule(
    "CIT008",
    "note-without-text",
    {
        "": (
            "{mark} points nowhere: no note begins with it",
            "{mark} の注記がページにありません",
        )
    },
)
def note_without_text(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
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
    if "※" not in subject.words and "注" not in subject.words and "*" not in subject.words:
        return
    mentions: dict[str, int] = {}
    notes: set[str] = set()
    for mark in _MARK.finditer(subject.words):
        name = mark["sign"] + fold(mark["number"])
        if _is_note(subject, mark):
            notes.add(name)
        elif mark["sign"] != "注" or _is_bracketed(subject, mark):
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


def _is_bracketed(subject: Subject, mark: re.Match[str]) -> bool:
    """Whether 注1 is a mark and not a word (注1本: one injection); marks stand in brackets."""
    before = subject.words[max(0, mark.start() - 1) : mark.start()]
    after = subject.words[mark.end() : mark.end() + 1]
    return before in set("(（[［") and after in set(")）]］")
