"""Cited pages of the web, which alone can speak for what stands on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from refpipe.checks.references import cited, ended_on, is_answered, listed
from refpipe.checks.rule import Context, Subject, rule
from refpipe.model import Finding

_UNCHECKED = frozenset({"unchecked", "unread"})
"""What leaves open whether the page is the one that is cited."""


def _listed_pages(subject: Subject, context: Context) -> Iterator[tuple[tuple[int, int], str, str]]:
    """The entries of lists made by hand, where pages were opened: place, text, and label."""
    for one in listed(context) if context.opened else ():
        yield subject.lines.at(one.span.start), one.text, f"[{one.label}]"


def _pages(
    subject: Subject, context: Context, code: str, outcomes: frozenset[str]
) -> Iterator[Finding]:
    """A finding for each page of which one of the outcomes came in this run."""
    told = [
        *((place, work.id, work.name or work.id, "") for work, place in cited(subject, context)),
        *((*entry, "listed") for entry in _listed_pages(subject, context)),
    ]
    for place, about, name, listing in told:
        came = context.opened.get(about)
        if came is None or came.outcome not in outcomes:
            continue
        find = subject.unchecked if came.outcome in _UNCHECKED else subject.finding_at
        yield find(
            code,
            place,
            about=f"text:{about}" if listing else about,
            kind=" ".join(filter(None, (came.outcome, listing))),
            work=name,
            **asdict(came),
        )


@rule(
    "REF013",
    "page-gone",
    {
        "gone": (
            "{work}: {address} is gone ({reason}); refpipe edit {work} URL=ADDRESS gives its new address or one in an archive, refpipe replace {work} cites a newer version",
            "{work} のページ {address} はもうありません({reason})。移転先かアーカイブのアドレスを refpipe edit {work} URL=ADDRESS で書くか、refpipe replace {work} で新しい版を引用してください",
        ),
        "gone listed": (
            "{work}: {address} is gone ({reason}); write its new address or one in an archive, or cite a newer version",
            "{work} のページ {address} はもうありません({reason})。移転先かアーカイブのアドレスを書くか、新しい版を引用してください",
        ),
        "front": (
            "{work}: {address} leads only to the front page, {target}; look for the page there or in an archive, and refpipe edit {work} URL=ADDRESS",
            "{work} のアドレス {address} はトップページ {target} に転送されるだけです。サイト内かアーカイブで探し、refpipe edit {work} URL=ADDRESS で直してください",
        ),
        "front listed": (
            "{work}: {address} leads only to the front page, {target}; look for the page there or in an archive",
            "{work} のアドレス {address} はトップページ {target} に転送されるだけです。サイト内かアーカイブで探してください",
        ),
    },
)
def page_gone(subject: Subject, context: Context) -> Iterator[Finding]:
    """A cited page that is not at its address any more.

    `refpipe check --online` opens the address of what has an address and no DOI or other identifier that a
    registry answers for.  There was no such page (404, 410) or no such host, or the address leads to the front
    page of its site.  Write the new address, or one in an archive of the web, into the entry (`refpipe edit`),
    or cite what took its place (`refpipe replace`).

    Why: a reader who cannot open what is cited cannot see whether it says so.

    Library::

        {"key": "url:https://www.example.org/gone", "item": {"type": "webpage", "title": "A"}, "opened": {"outcome": "gone", "address": "https://www.example.org/gone", "reason": "www.example.org has no such page"}}
        {"key": "url:https://www.example.org/front", "item": {"type": "webpage", "title": "B"}, "opened": {"outcome": "front", "address": "https://www.example.org/front", "target": "https://www.example.org/"}}
        {"key": "url:https://www.example.org/there", "item": {"type": "webpage", "title": "C"}, "opened": {"outcome": "seen", "address": "https://www.example.org/there"}}
        {"key": "text:みどり町. 腰痛の予防. https://midori.example.jp/a", "opened": {"outcome": "gone", "address": "https://midori.example.jp/a", "reason": "midori.example.jp has no such page"}}
        {"key": "text:みどり町. 肩こりの予防. https://midori.example.jp/b", "opened": {"outcome": "front", "address": "https://midori.example.jp/b", "target": "https://midori.example.jp/"}}
        {"key": "text:みどり町. 膝痛の予防. https://midori.example.jp/c", "opened": {"outcome": "seen", "address": "https://midori.example.jp/c"}}

    Bad::

        腰痛の多くは自然に軽くなる [@url:https://www.example.org/gone]。

    Bad::

        腰痛の多くは自然に軽くなる [@url:https://www.example.org/front]。

    Bad::

        参考文献

        [1] みどり町. 腰痛の予防. https://midori.example.jp/a
        [2] みどり町. 肩こりの予防. https://midori.example.jp/b
        [3] みどり町. 膝痛の予防. https://midori.example.jp/c

    Good::

        腰痛の多くは自然に軽くなる [@url:https://www.example.org/there]。

    日本語: 引用したページがそのアドレスにない。

    `refpipe check --online` は、アドレスがあり、DOIなど登録機関が答えられる識別子がない文献のアドレスを開きます。
    そのページ(404、410)やホストがもうないか、アドレスからサイトのトップページに転送されました。移転先か、ウェブ
    アーカイブのアドレスを `refpipe edit` で文献に書くか、代わりとなる文献を `refpipe replace` で引用してください。

    理由: 引用元を開けない読者は、本当にそう書いてあるのかを確かめられません。
    """
    yield from _pages(subject, context, "REF013", frozenset({"gone", "front"}))


@rule(
    "REF014",
    "page-differs",
    {
        "other": (
            "{work}: the page at {address} is called “{found}”, the entry says “{title}”; see whether it is that page: refpipe edit {work} URL=ADDRESS or title=TITLE corrects it",
            "{work} の {address} にあるページの題名は「{found}」で、文献の題名「{title}」と違います。同じページかどうか確かめ、refpipe edit {work} で URL=ADDRESS か title=TITLE を直してください",
        ),
        "other listed": (
            "{work}: the page at {address} is called “{found}”, the entry says “{title}”; see whether it is that page",
            "{work} の {address} にあるページの題名は「{found}」で、文献の題名「{title}」と違います。同じページかどうか確かめてください",
        ),
        "moved": (
            "{work}: the page has moved for good to {target}; refpipe edit {work} URL={target}",
            "{work} のページは {target} に移転しました。refpipe edit {work} URL={target} で直してください",
        ),
        "moved listed": (
            "{work}: the page has moved for good to {target}; write that address",
            "{work} のページは {target} に移転しました。そのアドレスを書いてください",
        ),
    },
)
def page_differs(subject: Subject, context: Context) -> Iterator[Finding]:
    """A cited page that has another title or another address than the entry says.

    `refpipe check --online` opened the address.  Either a page of another title stands there, which may be
    another page or the same one renamed: somebody has to look.  Or the page bears the title, and its site
    says that it stands somewhere else for good.  `refpipe edit` corrects the entry.

    Why: sites use addresses again, and an old address works until its site stops passing readers on.

    Library::

        {"key": "url:https://www.example.org/other", "item": {"type": "webpage", "title": "A"}, "opened": {"outcome": "other", "address": "https://www.example.org/other", "title": "Back pain", "found": "Opening hours"}}
        {"key": "url:https://www.example.org/moved", "item": {"type": "webpage", "title": "B"}, "opened": {"outcome": "moved", "address": "https://www.example.org/moved", "target": "https://www.example.org/new"}}
        {"key": "url:https://www.example.org/there", "item": {"type": "webpage", "title": "C"}, "opened": {"outcome": "seen", "address": "https://www.example.org/there"}}

    Bad::

        腰痛の多くは自然に軽くなる [@url:https://www.example.org/other]。

    Bad::

        腰痛の多くは自然に軽くなる [@url:https://www.example.org/moved]。

    Good::

        腰痛の多くは自然に軽くなる [@url:https://www.example.org/there]。

    日本語: 引用したページの題名やアドレスが文献の記載と違う。

    `refpipe check --online` がアドレスを開きました。別の題名のページがある場合、別のページかもしれず、題名が変わった
    だけかもしれません。人が見て確かめてください。題名は同じで、サイトが恒久的な移転先を示している場合は、その
    アドレスを示します。`refpipe edit` で文献を直せます。

    理由: アドレスは別のページに使い回されることがあり、古いアドレスからの転送はいつか終わります。
    """
    yield from _pages(subject, context, "REF014", frozenset({"other", "moved"}))


_UNSEEN = (
    "{work}: the page at {address} could not be checked ({reason}); open it yourself: refpipe waive REF015 {work} REASON answers this",
    "{work} のページ {address} を確認できませんでした({reason})。ご自身で開いて確かめたら、refpipe waive REF015 {work} REASON で回答できます",
)
_UNSEEN_LISTED = (
    "{work}: the page at {address} could not be checked ({reason}); open it yourself",
    "{work} のページ {address} を確認できませんでした({reason})。ご自身で開いて確かめてください",
)


@rule(
    "REF015",
    "page-unseen",
    {
        "unchecked": _UNSEEN,
        "unchecked listed": _UNSEEN_LISTED,
        "unread": _UNSEEN,
        "unread listed": _UNSEEN_LISTED,
    },
)
def page_unseen(subject: Subject, context: Context) -> Iterator[Finding]:
    """A cited page that could not be checked.

    `refpipe check --online` opened the address and learned nothing: there was no network, the site lets no
    programs look (403, robots.txt), it was in trouble or asked to wait (5xx, 429), or what it sent has no title
    to compare, as a PDF, out of which none is read.  It is neither said to be the page nor to be gone, and the
    run ends with exit code 2.  A person who has
    looked can say so for good (`refpipe waive`), which answers REF001 as well; that the page is gone will be
    told all the same.  Where a page answered that has no title to compare, a waiver of REF001 answers this.

    Why: what could not be checked must not look as if it were fine.

    Library::

        {"key": "url:https://www.example.org/shut", "item": {"type": "webpage", "title": "A"}, "opened": {"outcome": "unchecked", "address": "https://www.example.org/shut", "reason": "www.example.org does not let programs look (403)"}}
        {"key": "url:https://www.example.org/there", "item": {"type": "webpage", "title": "C"}, "opened": {"outcome": "seen", "address": "https://www.example.org/there"}}

    Bad::

        腰痛の多くは自然に軽くなる [@url:https://www.example.org/shut]。

    Good::

        腰痛の多くは自然に軽くなる [@url:https://www.example.org/there]。

    日本語: 引用したページを確認できなかった。

    `refpipe check --online` がアドレスを開きましたが、何も分かりませんでした。ネットワークにつながらない、サイトが
    プログラムの閲覧を認めていない(403、robots.txt)、障害中または待つよう求められた(5xx、429)、題名を比べ
    られない(題名を読み取れないPDFなど)、のいずれかです。引用した文献だとも、なくなったとも言えず、終了コードは2に
    なります。ご自身で開いて確かめたら `refpipe waive` で回答でき、REF001 への回答にもなります(題名を読み取れない
    だけのページなら、REF001 への回答も REF015 への回答になります)。回答した後も、ページがなくなれば指摘します。

    理由: 確認できなかったことが「問題なし」に見えてはなりません。
    """
    for found in _pages(subject, context, "REF015", _UNCHECKED):
        is_read = found.values["outcome"] != "unread"
        if is_read or not is_answered(subject, context, "REF001", found.subject):
            yield found


@rule(
    "REF016",
    "page-ended",
    {
        "": (
            "{work}: the page at {address} says of itself “{said}” (seen {day}); see whether what is cited still holds: refpipe replace {work} cites a newer version, refpipe waive REF016 {work} REASON keeps it",
            "{work} のページ {address} には「{said}」とあります({day}確認)。引用した内容が今も有効か確かめ、refpipe replace {work} で新しい版を引用するか、refpipe waive REF016 {work} REASON で回答してください",
        ),
        "listed": (
            "{work}: the page at {address} says of itself “{said}” (seen {day}); see whether what is cited still holds, or cite a newer version",
            "{work} のページ {address} には「{said}」とあります({day}確認)。引用した内容が今も有効か確かめ、新しい版があれば引用してください",
        ),
    },
)
def page_ended(subject: Subject, context: Context) -> Iterator[Finding]:
    """A cited page that says of itself that it has ended.

    The page bears the title of the entry, and says beside it or in a sentence about itself that it was archived,
    withdrawn, retired or replaced: `[Archived] Title`, `Retired: Title`, `【掲載終了】題名`, `This guidance was
    withdrawn on …`.  `refpipe check --online` and `refpipe confirm` look; what they saw is told until the page
    has been seen without it.  An entry whose own title says so is not told of.  `refpipe replace` cites a newer
    version in its place; `refpipe waive` answers where the page is cited as it is.

    Why: such a page answers like any other, and what it recommends may hold no longer.

    Library::

        {"key": "url:https://www.example.org/old", "is_confirmed": false, "item": {"type": "webpage", "title": "A", "URL": "https://www.example.org/old"}, "seen": true, "ended": "Archived"}
        {"key": "url:https://www.example.org/there", "is_confirmed": false, "item": {"type": "webpage", "title": "C", "URL": "https://www.example.org/there"}, "seen": true}
        {"key": "text:みどり町. 腰痛の予防. https://midori.example.jp/a", "opened": {"outcome": "ended", "address": "https://midori.example.jp/a", "reason": "掲載終了"}}

    Bad::

        腰痛の多くは自然に軽くなる [@url:https://www.example.org/old]。

    Bad::

        参考文献

        [1] みどり町. 腰痛の予防. https://midori.example.jp/a
        [2] みどり町. 肩こりの予防. https://midori.example.jp/b
        [3] みどり町. 膝痛の予防. https://midori.example.jp/c

    Good::

        腰痛の多くは自然に軽くなる [@url:https://www.example.org/there]。

    日本語: 掲載や効力を終えたと自ら記しているページの引用。

    ページには文献の題名がありますが、題名の脇や本文に、公開終了、廃止、取り下げ、アーカイブなどとあります
    (`【掲載終了】題名`、`[Archived] Title`、「このページは公開を終了しました」)。`refpipe check --online` と
    `refpipe confirm` がページを開いて確かめ、その表示のないページを次に見るまで指摘します。文献の題名そのものに
    その表示があれば指摘しません。新しい版があれば `refpipe replace` で引用し、そのまま引用するなら `refpipe waive` で
    回答してください。

    理由: そのようなページもふつうに開けますが、勧めている内容がもう有効でないかもしれません。
    """
    for work, place in cited(subject, context):
        records = [context.records[key][0] for key in work.members if key in context.records]
        if ended := ended_on(work, records):
            day, said, address = ended
            yield subject.finding_at(
                "REF016", place, about=work.id, work=work.name or work.id, day=day, said=said,
                address=address,
            )  # fmt: skip
    for place, text, label in _listed_pages(subject, context):
        came = context.opened.get(text)
        if came is not None and came.outcome == "ended":
            yield subject.finding_at(
                "REF016", place, about=f"text:{text}", kind="listed", work=label,
                day=context.today.isoformat(), said=came.reason, address=came.address,
            )  # fmt: skip
