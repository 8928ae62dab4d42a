"""References that no registry has, and the pages that alone can speak for some of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from refpipe import identifiers
from refpipe.checks.references import Listed, cited, in_words, listed
from refpipe.checks.rule import Context, Searched, Subject, rule
from refpipe.model import Certainty, Finding


@rule(
    "REF011",
    "unregistered-identifier",
    {
        "": (
            "[{label}]: {identifier} was not found ({reason}); look it up and correct it",
            "[{label}] の {identifier} は見つかりませんでした({reason})。原典で確かめて直してください",
        ),
        "cited": (
            "{work}: {identifier} was not found ({reason}); refpipe replace names another work",
            "{work} の {identifier} は見つかりませんでした({reason})。正しい文献は refpipe replace で指定できます",
        ),
        "unchecked": (
            "[{label}]: {identifier} could not be checked ({reason})",
            "[{label}] の {identifier} を確認できませんでした({reason})",
        ),
    },
)
def unregistered_identifier(subject: Subject, context: Context) -> Iterator[Finding]:
    """An identifier that nobody registered.

    `refpipe check --online` asked for the DOI or PMID that a reference prints, in a list written by
    hand or in an entry that was taken from print.  Every agency that registers such identifiers said
    that it does not exist.  Of a list written by hand, what nobody could be asked about is reported,
    too, and the run ends with exit code 2; of cited works RET005 reports that.  Not found is not
    invented: identifiers are mistyped far more often than references are made up.  `refpipe replace`
    says which work is meant.

    Why: a link that leads nowhere is the first thing that a reader tries, and a mark of references
    that nobody has looked at.

    Library::

        {"key": "doi:10.5555/nowhere", "reason": "no agency has registered it", "is_final": true}
        {"key": "doi:10.5555/nobody", "is_confirmed": false, "item": {"title": "Taken from print"}, "refuted": "no agency has registered it"}
        {"key": "doi:10.5555/known", "item": {"title": "Known"}}

    Bad::

        参考文献

        [1] Modic MT, Ross JS. Degenerative disk disease. Radiology. 2007;245(1):43-61. doi:10.5555/nowhere
        [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
        [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

    Bad::

        腰痛の多くは自然に軽くなる [@doi:10.5555/nobody]。

    Good::

        参考文献

        [1] Modic MT, Ross JS. Degenerative disk disease. Radiology. 2007;245(1):43-61. doi:10.1148/radiol.2451051706
        [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
        [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

    Good::

        腰痛の多くは自然に軽くなる [@doi:10.5555/known]。

    日本語: どこにも登録されていない識別子。

    `refpipe check --online` が、手書きの一覧や印刷物から取り込んだ文献のDOIやPMIDを登録機関に尋ね、どの機関も
    登録がないと答えました。手書きの一覧について尋ねられなかった場合はそのことを報告し、終了コードは2になります
    (引用した文献についてはRET005が報告します)。見つからないことは捏造を意味しません。識別子の写し間違いのほうが
    はるかに多いからです。正しい文献は `refpipe replace` で指定できます。

    理由: 読者が最初に開くリンクがどこにも通じません。誰も確かめていない文献の目印でもあります。
    """
    told: set[str] = set()
    for key, place in subject.first_mentions.items():
        work, missing = context.works.get(key), context.unresolved.get(key)
        if work is None or missing is None or not missing.is_final or work.id in told:
            continue
        sure = {one.identifier for one in work.claims if one.certainty is not Certainty.CANDIDATE}
        if missing.identifier not in sure:
            continue
        told.add(work.id)
        yield subject.finding_at(
            "REF011",
            place,
            about=work.id,
            kind="cited",
            work=work.name or work.id,
            identifier=str(missing.identifier),
            reason=missing.reason,
        )
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


@rule(
    "REF012",
    "not-found",
    {
        "": (
            "[{label}]: no registry that was asked has a work of this title (which proves nothing)",
            "[{label}] の題名の文献は、尋ねたどの登録機関にもありません(捏造の証明ではありません)",
        ),
        "near": (
            "[{label}] was not found so; the work of that title, {nearest}, differs in {fields}",
            "[{label}] は記載どおりには見つかりません。同題の {nearest} とは{fields_ja}が違います",
        ),
        "unclear": (
            "[{label}] may be {nearest}, but not enough could be compared",
            "[{label}] は {nearest} かもしれませんが、確かめられる項目が足りませんでした",
        ),
        "unchecked": (
            "[{label}] could not be searched for ({reason})",
            "[{label}] を検索できませんでした({reason})",
        ),
    },
)
def not_found(subject: Subject, context: Context) -> Iterator[Finding]:
    """A reference in a hand-made list that no registry has as it stands.

    `refpipe check --online` searches for each article and book that prints no identifier, at Crossref and,
    for Japanese ones, at the National Diet Library, CiNii Research and the Japan Link Center.  Either
    nobody has a work of that title, or the work of that title has other authors, another year or
    another place; the finding names the nearest work and in what it differs.  Where nobody could be
    asked, or what was found could not be told apart, that is reported, and the run ends with exit
    code 2.  Web pages, reports and guidelines without publisher are not searched for: registries do not hold them all.

    Why: a reference that nobody can find may be mistyped, too local to be registered, or made up.
    Not found is never proof of invention; somebody has to look at the source.

    Library::

        {"key": "text:Alder A, Birch B. Migration of discs in fictional backs. Made-up Spine. 2019;4(2):10-19.", "searched": {}}
        {"key": "text:Cedar C. Fictional pain and its people. Made-up Pain. 2018;3:30-39.", "searched": {"found": "doi:10.5555/pain"}}
        {"key": "text:Dogwood D. Walking in fictional stenosis. Made-up Med. 2017;2:50-59.", "searched": {"found": "doi:10.5555/walk"}}

    Bad::

        参考文献

        [1] Alder A, Birch B. Migration of discs in fictional backs. Made-up Spine. 2019;4(2):10-19.
        [2] Cedar C. Fictional pain and its people. Made-up Pain. 2018;3:30-39.
        [3] Dogwood D. Walking in fictional stenosis. Made-up Med. 2017;2:50-59.

    Good::

        参考文献

        [1] Cedar C. Fictional pain and its people. Made-up Pain. 2018;3:30-39.
        [2] Dogwood D. Walking in fictional stenosis. Made-up Med. 2017;2:50-59.

    日本語: 記載どおりの文献がどの登録機関にも見つからない(手書きの一覧)。

    `refpipe check --online` は、識別子のない論文と書籍を Crossref で(日本語の文献は国立国会図書館サーチ、CiNii
    Research、ジャパンリンクセンターでも)検索します。その題名の文献がどこにもないか、あっても著者・発行年・掲載箇所が
    違うものを、最も近い文献と違う項目を添えて示します。問い合わせられなかったとき、また見つかったものを区別できなかった
    ときは、そのことを報告し、終了コードは2になります。ウェブページ、報告書などは登録機関にすべてあるわけではないため検索しません。

    理由: 誰にも見つけられない文献は、写し間違いか、登録のない資料か、実在しないものです。見つからないことは捏造の
    証明ではありません。人が原典を確かめる必要があります。
    """
    for reference in listed(context) if context.searched else ():
        came = context.searched.get(reference.text)
        if came is not None and came.found is None:
            yield _finding(subject, reference, came)


def _finding(subject: Subject, reference: Listed, came: Searched) -> Finding:
    place = subject.lines.at(reference.span.start)
    about = f"text:{reference.text}"
    if came.failure:
        return subject.unchecked(
            "REF012", place, about=about, kind="unchecked", label=reference.label,
            reason=came.failure,
        )  # fmt: skip
    if came.nearest is None:
        return subject.finding_at("REF012", place, about=about, label=reference.label)
    wrong = [one for one in came.differences if one.is_error]
    english, japanese = in_words(wrong)
    link = identifiers.link(came.nearest)
    if not wrong:
        return subject.unchecked(
            "REF012", place, about=about, kind="unclear", label=reference.label, nearest=link
        )
    return subject.finding_at(
        "REF012", place, about=about, kind="near", label=reference.label, nearest=link,
        fields=english, fields_ja=japanese,
    )  # fmt: skip


# ── Pages on the web ────────────────────────────────────────────────────────────────────────────


def _pages(
    subject: Subject, context: Context, code: str, outcomes: frozenset[str]
) -> Iterator[Finding]:
    """A finding for each page of which one of the outcomes came in this run."""
    told = [
        *((place, work.id, work.name or work.id, "") for work, place in cited(subject, context)),
        *(
            (subject.lines.at(one.span.start), one.text, f"[{one.label}]", "listed")
            for one in listed(context)
            if context.opened
        ),
    ]
    for place, about, name, listing in told:
        came = context.opened.get(about)
        if came is None or came.outcome not in outcomes:
            continue
        find = subject.unchecked if came.outcome == "unchecked" else subject.finding_at
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


@rule(
    "REF015",
    "page-unseen",
    {
        "unchecked": (
            "{work}: the page at {address} could not be checked ({reason}); open it yourself: refpipe waive REF015 {work} REASON answers this",
            "{work} のページ {address} を確認できませんでした({reason})。ご自身で開いて確かめたら、refpipe waive REF015 {work} REASON で回答できます",
        ),
        "unchecked listed": (
            "{work}: the page at {address} could not be checked ({reason}); open it yourself",
            "{work} のページ {address} を確認できませんでした({reason})。ご自身で開いて確かめてください",
        ),
    },
)
def page_unseen(subject: Subject, context: Context) -> Iterator[Finding]:
    """A cited page that could not be checked.

    `refpipe check --online` opened the address and learned nothing: there was no network, the site lets no
    programs look (403, robots.txt), it was in trouble or asked to wait (5xx, 429), or what it sent has no title
    to compare, as a PDF, out of which none is read.  It is neither said to be the page nor to be gone, and the
    run ends with exit code 2.  A person who has
    looked can say so for good (`refpipe waive`); that the page is gone will be told all the same.

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
    なります。ご自身で開いて確かめたら `refpipe waive` で回答できます。回答した後も、ページがなくなれば指摘します。

    理由: 確認できなかったことが「問題なし」に見えてはなりません。
    """
    yield from _pages(subject, context, "REF015", frozenset({"unchecked"}))
