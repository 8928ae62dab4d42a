"""How cited works stand: retracted, doubted, corrected, restored, published, superseded."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from refpipe.checks.references import cited, of_kind, related
from refpipe.checks.rule import Context, Subject, rule
from refpipe.checks.standing import (
    NOTICES,
    concerns,
    disagreement,
    newer,
    notices_of,
    replaced,
    restored,
    retractions,
)
from refpipe.model import Finding, Relation, Work


@rule(
    "RET001",
    "retracted",
    {
        "": (
            "{work} was retracted{when}; notice {notice} (says {source}; {asked}){why}",
            "{work} は撤回されています{when}。告知: {notice}(情報源: {source}、{asked}){why}",
        )
    },
)
def retracted(subject: Subject, context: Context) -> Iterator[Finding]:
    """A cited work that was retracted.

    The publisher, PubMed or Retraction Watch says that the work was withdrawn, and no later notice
    withdrew that.  The finding names the notice, its date, who says so, why, and when it was last
    asked; `refpipe retractions update` brings the data up to date, `refpipe check --online` asks the
    registries afresh.

    Why: the page tells patients something that its own source no longer stands for.

    Library::

        {"key": "doi:10.5555/a", "item": {"title": "A"}, "relations": [{"kind": "retraction", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "publisher"}]}
        {"key": "doi:10.5555/c", "item": {"title": "C"}}

    Bad::

        痛みは半年で軽くなる [@doi:10.5555/a]。

    Good::

        痛みは半年で軽くなる [@doi:10.5555/c]。

    日本語: 撤回された文献の引用。

    出版社、PubMed または Retraction Watch が撤回を伝えており、その撤回は取り消されていません。告知と
    その日付、情報源、理由、最後に尋ねた日を示します。`refpipe retractions update` はデータを更新し、
    `refpipe check --online` は登録機関に改めて尋ねます。

    理由: 出典自身がもはや支持しない内容を、ページが患者さんに伝えています。
    """
    yield from related(subject, context, "RET001", retractions)


@rule(
    "RET002",
    "expression-of-concern",
    {
        "": (
            "{work}: its journal has expressed concern{when}; notice {notice} (says {source}; {asked}){why}",
            "{work} には掲載誌から懸念が表明されています{when}。告知: {notice}(情報源: {source}、{asked}){why}",
        )
    },
)
def expression_of_concern(subject: Subject, context: Context) -> Iterator[Finding]:
    """A cited work about which its journal has expressed concern.

    The journal warns that the work may not be reliable; an inquiry is often under way.  Nothing is
    said of a work that was retracted since, or cleared.

    Why: the reader should know that the source is in doubt, and a retraction may follow.

    Library::

        {"key": "doi:10.5555/a", "item": {"title": "A"}, "relations": [{"kind": "expression-of-concern", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "publisher"}]}
        {"key": "doi:10.5555/c", "item": {"title": "C"}}

    Bad::

        痛みは半年で軽くなる [@doi:10.5555/a]。

    Good::

        痛みは半年で軽くなる [@doi:10.5555/c]。

    日本語: 懸念が表明されている文献の引用。

    掲載誌が、信頼できない可能性があると注意を促しています。調査中のことも多くあります。その後に撤回された
    文献や、疑いの晴れた文献については何も言いません。

    理由: 出典が疑われていることを読者は知るべきであり、後に撤回されることもあります。
    """
    yield from related(subject, context, "RET002", concerns)


@rule(
    "RET003",
    "corrected",
    {
        "": (
            "{work} was corrected{when}; read {notice} (says {source}; {asked})",
            "{work} には訂正が出ています{when}。{notice} を確かめてください(情報源: {source}、{asked})",
        )
    },
)
def corrected(subject: Subject, context: Context) -> Iterator[Finding]:
    """A cited work that was corrected.

    A correction or erratum was published; the finding names it.  Answer it with a waiver once you have
    read it.

    Why: the very figure that the page quotes may be the one that was wrong.

    Library::

        {"key": "doi:10.5555/a", "item": {"title": "A"}, "relations": [{"kind": "correction", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "publisher"}]}
        {"key": "doi:10.5555/c", "item": {"title": "C"}}

    Bad::

        痛みは半年で軽くなる [@doi:10.5555/a]。

    Good::

        痛みは半年で軽くなる [@doi:10.5555/c]。

    日本語: 訂正が出ている文献の引用。

    訂正(correction、erratum)が公表されています。読んで確かめたら、除外指定で応えてください。

    理由: ページが引いている数字こそが、訂正された箇所かもしれません。
    """
    yield from related(subject, context, "RET003", of_kind("correction"))


@rule(
    "RET004",
    "preprint",
    {
        "": (
            "{work} is a preprint; the article is {notice} (says {source}; {asked})",
            "{work} はプレプリントです。論文は {notice} です(情報源: {source}、{asked})",
        )
    },
)
def preprint(subject: Subject, context: Context) -> Iterator[Finding]:
    """A cited preprint that has become an article.

    A registry says that the preprint was published as an article.

    Why: the reviewed article may say something else than the preprint did.

    Library::

        {"key": "doi:10.5555/a", "item": {"title": "A"}, "relations": [{"kind": "preprint-of", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "publisher"}]}
        {"key": "doi:10.5555/c", "item": {"title": "C"}}

    Bad::

        痛みは半年で軽くなる [@doi:10.5555/a]。

    Good::

        痛みは半年で軽くなる [@doi:10.5555/c]。

    日本語: 論文になったプレプリントの引用。

    登録機関によれば、このプレプリントは論文として出版されています。

    理由: 査読を経た論文は、プレプリントと異なることを述べているかもしれません。
    """
    yield from related(subject, context, "RET004", of_kind("preprint-of"))


@rule(
    "RET005",
    "standing-not-checked",
    {
        "": (
            "{work}: its standing could not be checked: {reason}",
            "{work} の現況を確認できませんでした: {reason}",
        )
    },
)
def standing_not_checked(subject: Subject, context: Context) -> Iterator[Finding]:
    """A cited work whose standing could not be asked about.

    `refpipe check --online` was to ask the registries about the work and got no answer.  That is
    neither good nor bad news; the run ends with exit code 2.

    Why: silence must never look like "not retracted".

    Library::

        {"key": "doi:10.5555/silent", "item": {"title": "A"}, "silent": "the registry did not answer"}
        {"key": "doi:10.5555/c", "item": {"title": "C"}}

    Bad::

        痛みは半年で軽くなる [@doi:10.5555/silent]。

    Good::

        痛みは半年で軽くなる [@doi:10.5555/c]。

    日本語: 現況を確認できなかった文献。

    `refpipe check --online` が登録機関に尋ねましたが、答えが得られませんでした。良いとも悪いとも
    言えないため、終了コードは2になります。

    理由: 答えがないことが「撤回されていない」に見えてはなりません。
    """
    for key, place in subject.first_mentions.items():
        work, missing = context.works.get(key), context.unresolved.get(key)
        if work is not None and missing is not None and not missing.is_final:
            yield subject.unchecked(
                "RET005", place, about=work.id, work=work.name or work.id, reason=missing.reason
            )


@rule(
    "RET006",
    "notice",
    {
        "retraction": (
            "{work} is the notice that retracted {notice}{when}, not the paper (says {source})",
            "{work} は論文ではなく、{notice} の撤回の告知です{when}(情報源: {source})",
        ),
        "expression-of-concern": (
            "{work} is the expression of concern about {notice}{when}, not the paper (says {source})",
            "{work} は論文ではなく、{notice} への懸念の表明です{when}(情報源: {source})",
        ),
        "correction": (
            "{work} is the correction of {notice}{when}, not the paper (says {source})",
            "{work} は論文ではなく、{notice} の訂正です{when}(情報源: {source})",
        ),
        "reinstatement": (
            "{work} is the notice that reinstated {notice}{when}, not the paper (says {source})",
            "{work} は論文ではなく、{notice} の撤回を取り消した告知です{when}(情報源: {source})",
        ),
    },
)
def notice(subject: Subject, context: Context) -> Iterator[Finding]:
    """A cited work that is a notice about another.

    What is cited is no study: it is the notice by which another work was retracted, doubted, corrected
    or reinstated.  The finding names that work.

    Why: a notice is easily taken for the paper, whose title it bears.  Who cites it on purpose answers
    with a waiver.

    Library::

        {"key": "doi:10.5555/a", "item": {"title": "A"}, "relations": [{"kind": "retraction-of", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "publisher"}]}
        {"key": "doi:10.5555/c", "item": {"title": "C"}}

    Bad::

        痛みは半年で軽くなる [@doi:10.5555/a]。

    Good::

        痛みは半年で軽くなる [@doi:10.5555/c]。

    日本語: 告知そのものの引用。

    引用されているのは研究ではなく、ほかの文献の撤回・懸念・訂正・復帰を知らせる告知です。どの文献の告知かを
    示します。

    理由: 告知は論文と同じ題名を持ち、取り違えやすいものです。意図した引用なら、除外指定で応えてください。
    """
    for kind in NOTICES:
        yield from related(subject, context, "RET006", _of(kind), kind=kind)


def _of(kind: str) -> Callable[[Work], Iterator[Relation]]:
    return lambda work: (one for one in notices_of(work) if one.kind == f"{kind}-of")


@rule(
    "RET007",
    "reinstated",
    {
        "": (
            "{work} was retracted, and that was withdrawn{when}; read {notice} (says {source})",
            "{work} はいったん撤回され、それが取り消されました{when}。{notice} を確かめてください(情報源: {source})",
        ),
        "replaced": (
            "{work} was retracted and replaced by a mended version{when}; read {notice} (says {source})",
            "{work} は撤回され、訂正した版に差し替えられました{when}。{notice} を確かめてください(情報源: {source})",
        ),
    },
)
def reinstated(subject: Subject, context: Context) -> Iterator[Finding]:
    """A cited work whose retraction was itself withdrawn.

    The work was retracted, and a later notice took that back: by mistake it was the wrong paper, or it
    was retracted and replaced by a mended version in its place.  The finding says which.

    Why: of a paper that was replaced, the page may quote what is no longer in it; of one that was
    reinstated, the writer should know that it was in doubt.

    Library::

        {"key": "doi:10.5555/a", "item": {"title": "A"}, "relations": [{"kind": "retraction", "target": "doi:10.5555/b", "date": "2023-03-01", "source": "retraction-watch"}, {"kind": "reinstatement", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "retraction-watch"}]}
        {"key": "doi:10.5555/c", "item": {"title": "C"}}

    Bad::

        痛みは半年で軽くなる [@doi:10.5555/a]。

    Good::

        痛みは半年で軽くなる [@doi:10.5555/c]。

    日本語: 撤回が取り消された文献の引用。

    いったん撤回され、後の告知でそれが取り消された文献です。誤って撤回された場合と、訂正した版に差し替え
    られた場合(retract and replace)があり、どちらかを示します。

    理由: 差し替えられた論文では、ページの引いた内容がもう載っていないかもしれません。
    """
    yield from related(subject, context, "RET007", restored)
    yield from related(subject, context, "RET007", replaced, kind="replaced")


@rule(
    "RET008",
    "superseded",
    {
        "": (
            (
                "{work} has a newer version{when}: {notice} (says {source}); refpipe replace {work}"
                " cites it instead"
            ),
            (
                "{work} には新しい版があります{when}: {notice}(情報源: {source})。"
                "refpipe replace {work} で引用を置き換えられます"
            ),
        ),
        "unchecked": (
            "whether {work} has a newer version could not be asked ({reason})",
            "{work} に新しい版があるかどうか、問い合わせられませんでした({reason})",
        ),
    },
)
def superseded(subject: Subject, context: Context) -> Iterator[Finding]:
    """A cited work of which a newer version is out.

    The publisher or PubMed names a newer version: an updated review, a revised guideline.  `refpipe check
    --online` also asks for the next number of a DOI that has one (Cochrane's `.pub3`, a preprint's `/v2`)
    and looks at Crossref, and for Japanese ones in the National Diet Library, for a later edition of a book.
    `refpipe replace KEY` cites the newer one in its place, in every article; the old one stays in the library.

    Why: a page on health should not rest on a review that its own authors have brought up to date.

    Library::

        {"key": "doi:10.5555/a", "item": {"title": "A"}, "relations": [{"kind": "new-version", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "pubmed"}]}
        {"key": "doi:10.5555/c", "item": {"title": "C"}}

    Bad::

        痛みは半年で軽くなる [@doi:10.5555/a]。

    Good::

        痛みは半年で軽くなる [@doi:10.5555/c]。

    日本語: 新しい版が出ている文献の引用。

    出版社または PubMed が新しい版を示しています(更新されたレビュー、改訂されたガイドラインなど)。`refpipe check
    --online` は、版の番号を持つDOI(コクランの `.pub3`、プレプリントの `/v2`)の次の番号を尋ね、書籍や診療ガイドラインの
    新しい版を Crossref(日本語のものは国立国会図書館でも)で探します。`refpipe replace KEY` は、すべての記事で新しい版の引用に置き換えます。
    古い文献はライブラリーに残ります。

    理由: 著者自身が更新したレビューの古い版を、健康情報の拠り所にすべきではありません。
    """
    yield from related(subject, context, "RET008", newer)
    for work, place in cited(subject, context):
        if why := context.unversioned.get(work.id):
            yield subject.unchecked(
                "RET008",
                place,
                about=work.id,
                kind="unchecked",
                work=work.name or work.id,
                reason=why,
            )


@rule(
    "RET009",
    "sources-disagree",
    {
        "": (
            "{work} is retracted, says {pro}; {contra} has a notice about it and does not say so",
            "{work} は {pro} によれば撤回されていますが、告知を持つ {contra} はそうしていません",
        )
    },
)
def sources_disagree(subject: Subject, context: Context) -> Iterator[Finding]:
    """A cited work on whose standing the sources disagree.

    One source holds the work for retracted, and another, which has a notice about it too, does not.

    Why: either may be late or wrong, and only a look at the notices tells which.

    Library::

        {"key": "doi:10.5555/a", "item": {"title": "A"}, "relations": [{"kind": "retraction", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "publisher"}, {"kind": "correction", "target": "doi:10.5555/b", "date": "2024-03-01", "source": "pubmed"}]}
        {"key": "doi:10.5555/c", "item": {"title": "C"}}

    Bad::

        痛みは半年で軽くなる [@doi:10.5555/a]。

    Good::

        痛みは半年で軽くなる [@doi:10.5555/c]。

    日本語: 情報源の食い違う文献の引用。

    ある情報源は撤回されたとし、告知を持つ別の情報源はそうしていません。

    理由: どちらかが遅れているか誤っています。告知を読まなければ分かりません。
    """
    for work, place in cited(subject, context):
        pro, contra = disagreement(work)
        if pro:
            yield subject.finding_at(
                "RET009", place, about=work.id, work=work.name or work.id, pro=pro, contra=contra
            )
