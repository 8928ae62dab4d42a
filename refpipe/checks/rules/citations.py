"""Citations, and the managed list that they number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from refpipe import identifiers
from refpipe.checks.references import listed
from refpipe.checks.rule import Context, Subject, rule
from refpipe.model import Finding


@rule(
    "CIT001",
    "unknown-key",
    {
        "": (
            "[@{key}] prints [?]: {reason}",
            "[@{key}] は [?] と表示されます: {reason}",
        ),
        "name": (
            "[@{key}] prints [?]: no work of that name is in the library; try refpipe search",
            (
                "[@{key}] は [?] と表示されます: その名前の文献はライブラリにありません。"
                "refpipe search で探してください"
            ),
        ),
    },
)
def unknown_key(subject: Subject, context: Context) -> Iterator[Finding]:
    """A citation of a work that nobody knows.

    The key after `@` is no name of the library (`refpipe search` finds names), or the registries say
    that no such DOI, PMID or address is registered; the page prints `[?]` there.

    Why: the reader cannot look the statement up.  A DOI that does not exist is either mistyped or
    made up.

    Library::

        {"key": "doi:10.5555/no-such-work", "reason": "no registry knows it", "is_final": true}
        {"key": "doi:10.5555/known", "item": {"title": "Known"}}

    Bad::

        腰痛の多くは自然に軽くなる [@doi:10.5555/no-such-work]。

    Good::

        腰痛の多くは自然に軽くなる [@doi:10.5555/known]。

    日本語: 誰も知らない文献の引用。

    `@` の後のキーがライブラリの名前にない(名前は `refpipe search` で探せます)か、登録機関が
    そのようなDOI・PMID・アドレスの登録はないと答えています。ページには `[?]` と表示されます。

    理由: 読者が根拠をたどれません。存在しないDOIは、打ち間違いか作り物です。
    """
    for item, place in subject.mentions:
        missing = context.unresolved.get(item.key)
        if item.key in context.works or (missing is None and not context.is_complete):
            continue
        if missing is None and identifiers.read(item.key) is None:
            yield subject.finding_at("CIT001", place, kind="name", key=item.key)
        elif missing is not None and missing.is_final:
            yield subject.finding_at(
                "CIT001",
                place,
                about=str(missing.identifier),
                key=item.key,
                reason=missing.reason,
            )


@rule(
    "CIT002",
    "unchecked-key",
    {
        "": (
            "[@{key}] could not be looked up: {reason}",
            "[@{key}] を調べられませんでした: {reason}",
        ),
        "new": (
            "[@{key}] is not in the library yet; refpipe refs looks it up",
            "[@{key}] はまだライブラリにありません。refpipe refs で調べてください",
        ),
    },
)
def unchecked_key(subject: Subject, context: Context) -> Iterator[Finding]:
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


@rule(
    "CIT003",
    "number-without-entry",
    {
        "": (
            "{cited} names no entry of the list, which has {size}",
            "{cited} に当たる文献が一覧({size}件)にありません",
        ),
        "gap": (
            "the list goes from {first} to {second}",
            "文献一覧の番号が {first} から {second} に飛んでいます",
        ),
    },
)
def number_without_entry(subject: Subject, context: Context) -> Iterator[Finding]:
    """A number in the text that the list does not have.

    The text cites `[14]`, and the list ends with 13; or a number is missing in the list itself.

    Why: the statement has lost its source, usually because an entry was taken out by hand.

    Bad::

        腰痛の多くは自然に軽くなる[1]。画像だけでは分からない[4]。

        参考文献

        [1] Modic MT, Ross JS. Lumbar degenerative disk disease. Radiology. 2007;245(1):43-61.
        [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
        [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

    Good::

        腰痛の多くは自然に軽くなる[1]。画像だけでは分からない[2,3]。

        参考文献

        [1] Modic MT, Ross JS. Lumbar degenerative disk disease. Radiology. 2007;245(1):43-61.
        [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
        [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

    日本語: 文献一覧にない番号。

    本文が `[14]` を引用しているのに一覧は13番まで、または一覧の番号自体に欠けがあります。

    理由: 手作業で文献を抜いたときなどに、記述が根拠を失っています。
    """
    if context.legacy is None:
        return
    size = str(len(context.legacy.references))
    # A lone bracket with a number is a citation only in a text that cites by number.
    if context.plain:
        for fault in context.astray:
            cited = fault.message.partition(" names no entry")[0]
            yield subject.finding_at("CIT003", (fault.line, 1), cited=cited, size=size)
    for fault in context.legacy.faults:
        numbers = re.findall(r"\d+", fault.message)[:2]
        first, second = (*numbers, "", "")[:2]
        yield subject.finding_at("CIT003", (fault.line, 1), kind="gap", first=first, second=second)


@rule(
    "CIT004",
    "entry-without-citation",
    {
        "": (
            "[{label}] is listed, but the text never cites it",
            "[{label}] は一覧にありますが、本文で引用されていません",
        )
    },
)
def entry_without_citation(subject: Subject, context: Context) -> Iterator[Finding]:
    """An entry that the text never cites.

    It looks only where the text cites other entries of the same list by number.

    Why: the reader cannot tell what the entry is there for; often its citation was deleted.

    Bad::

        腰痛の多くは自然に軽くなる[1]。画像だけでは分からない[2]。

        参考文献

        [1] Modic MT, Ross JS. Lumbar degenerative disk disease. Radiology. 2007;245(1):43-61.
        [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
        [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

    Good::

        腰痛の多くは自然に軽くなる[1]。画像だけでは分からない[2,3]。

        参考文献

        [1] Modic MT, Ross JS. Lumbar degenerative disk disease. Radiology. 2007;245(1):43-61.
        [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
        [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

    日本語: 本文で引用されていない文献。

    本文が同じ一覧のほかの文献を番号で引用している場合だけ確かめます。

    理由: 何のための文献か読者に分かりません。引用箇所だけが削除されたことが多いものです。
    """
    cited = {str(number) for citation in context.plain for number in citation.numbers}
    if not cited:
        return
    for reference in listed(context):
        if reference.label not in cited:
            yield subject.finding("CIT004", reference.span.start, label=reference.label)


@rule(
    "CIT009",
    "unreadable-marks",
    {"": ("{fault}", "{fault}")},
)
def unreadable_marks(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
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
    for fault in subject.article.faults:
        yield subject.finding_at("CIT009", (fault.line, 1), fault=fault.message)


_IN_ZONE = "none can be woven"
"""Words of a fault about a number where no citation can stand."""
_DECLARED = "<!-- refpipe: not-a-citation -->"


@rule(
    "CIT010",
    "unmanaged-number",
    {
        "": (
            f"{{fault}}, and nobody renumbers it; type [@key], or declare {_DECLARED}",
            f"{{fault}}。この番号は付け直されないので、[@キー] と書くか、引用でなければ {_DECLARED} と書いてください",
        ),
        "place": (
            f"{{fault}}; move it into the text as [@key], or declare {_DECLARED}",
            f"{{fault}}。本文に移して [@キー] と書くか、引用でなければ {_DECLARED} と書いてください",
        ),
    },
)
def unmanaged_number(subject: Subject, context: Context) -> Iterator[Finding]:
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
    for fault in context.unmanaged:
        kind = "place" if _IN_ZONE in fault.message else ""
        yield subject.finding_at("CIT010", (fault.line, 1), kind=kind, fault=fault.message)
