"""Cited works beside which there is another: the same once more, or a newer version."""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.references import cited, listed, of_kind, related
from refpipe.checks.rule import Context, Subject, rule
from refpipe.model import Finding, Relation, Work


@rule(
    "DUP001",
    "listed-twice",
    {
        "": (
            "[{second}] is the same work as [{first}] (line {line})",
            "[{second}] は [{first}]({line}行目)と同じ文献です",
        ),
        "possible": (
            "[{second}] may be the same work as [{first}] (line {line}); look at both",
            "[{second}] は [{first}]({line}行目)と同じ文献かもしれません。見比べてください",
        ),
    },
)
def listed_twice(subject: Subject, context: Context) -> Iterator[Finding]:
    """One work listed twice.

    Two references of a hand-made list are the same work, though they are printed differently:
    by DOI, or by title, authors and year together.

    Why: the list looks longer than it is, and the poorer copy is the one that gets copied on.

    Bad::

        参考文献

        [1] M. Modic and J. Ross, “Acute low back pain and radiculopathy,” [Online]. Available: https://pubs.rsna.org/doi/abs/10.1148/radiol.2372041509
        [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
        [3] M. T. Modic et al., “Acute low back pain and radiculopathy,” Radiology, vol. 237, 2005, doi: 10.1148/radiol.2372041509.

    Good::

        参考文献

        [1] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.
        [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
        [3] M. T. Modic et al., “Acute low back pain and radiculopathy,” Radiology, vol. 237, 2005, doi: 10.1148/radiol.2372041509.

    日本語: 同じ文献の重複。

    手書きの一覧の二つの文献が、書き方は違っても同じものです(DOI、または題名・著者・年の一致による)。

    理由: 一覧が実際より長く見え、不完全なほうが次の記事に写されていきます。
    """
    places = {reference.label: reference.span.start for reference in listed(context)}
    for double in context.doubles:
        if double.first in places and double.second in places:
            first, second = sorted((double.first, double.second), key=places.__getitem__)
            line, _ = subject.lines.at(places[first])
            yield subject.finding(
                "DUP001",
                places[second],
                kind="" if double.is_certain else "possible",
                first=first,
                second=second,
                line=str(line),
            )


@rule(
    "DUP002",
    "perhaps-cited-twice",
    {
        "": (
            "{work} and {other} may be one work; decide with refpipe review",
            "{work} と {other} は同じ文献かもしれません。refpipe review で決めてください",
        )
    },
)
def perhaps_cited_twice(subject: Subject, context: Context) -> Iterator[Finding]:
    """Two cited works that may be one.

    The library could not tell whether they are the same, and waits for a person: `refpipe review`
    shows both, `refpipe merge` and `refpipe split` decide.

    Why: the list then has one work twice, or the reader is sent to the wrong one of two.

    Library::

        {"key": "doi:10.5555/one", "item": {"title": "Natural history of disc herniation"}}
        {"key": "doi:10.5555/two", "item": {"title": "Natural history of disc herniation"}, "possible": "doi:10.5555/one"}
        {"key": "doi:10.5555/other", "item": {"title": "Another"}}

    Bad::

        自然に縮小する [@doi:10.5555/one]。半年で小さくなる [@doi:10.5555/two]。

    Good::

        自然に縮小する [@doi:10.5555/one]。半年で小さくなる [@doi:10.5555/other]。

    日本語: 同じかもしれない二つの文献の引用。

    同じ文献かどうかライブラリには判断できず、人の判断を待っています。`refpipe review` で両方を見て、
    `refpipe merge` か `refpipe split` で決めてください。

    理由: 一つの文献が一覧に二度載るか、読者を別の文献に導いてしまいます。
    """
    if not context.possible:
        return
    works = {work.id: (work, place) for work, place in cited(subject, context)}
    order = list(works)
    for pair in context.possible:
        if pair[0] in works and pair[1] in works:
            first, second = sorted(pair[:2], key=order.index)
            work, place = works[second]
            yield subject.finding_at(
                "DUP002",
                place,
                about=second,
                work=work.name or second,
                other=works[first][0].name or first,
            )


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


_SAID_BY = frozenset({"publisher", "pubmed", "registry", "person"})


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
    yield from related(subject, context, "RET008", _newer)
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


def _newer(work: Work) -> tuple[Relation, ...]:
    """Newer versions that a source names; what was only found alike is no update."""
    said = (one for one in work.relations if one.kind in {"new-version", "next-edition"})
    return tuple(one for one in said if one.source in _SAID_BY)
