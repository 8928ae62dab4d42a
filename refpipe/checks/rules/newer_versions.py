"""Cited works of which a newer version is out."""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.references import cited, of_kind, related
from refpipe.checks.rule import Context, Subject, rule
from refpipe.model import Finding, Relation, Work


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
