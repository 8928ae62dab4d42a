"""References that no registry has."""

from __future__ import annotations

from collections.abc import Iterator

from refpipe import identifiers
from refpipe.checks.references import Listed, in_words, listed
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
