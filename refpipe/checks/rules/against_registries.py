"""References held against the registries."""

from __future__ import annotations

from collections.abc import Iterator

from refpipe import identifiers
from refpipe.checks.references import MESSAGES, Listed, cited, in_words, listed, stated
from refpipe.checks.rule import Context, Searched, Subject, rule
from refpipe.model import Certainty, Finding, Weight, Work

_ASK, _ASK_JA = "; refpipe confirm asks them", "。refpipe confirm で問い合わせてください"


@rule(
    "REF001",
    "unconfirmed",
    {
        "": (
            "no registry has confirmed {work}, only read from print" + _ASK,
            "{work} は印刷された書誌のままで、登録機関の確認がありません" + _ASK_JA,
        ),
        "file": (
            "no registry has confirmed {work}, from a file or a person" + _ASK,
            "{work} は取り込んだファイルや手入力の書誌のままで、登録機関の確認がありません"
            + _ASK_JA,
        ),
        "both": (
            "no registry has confirmed {work}, from print and a file" + _ASK,
            "{work} は印刷と取り込んだファイルなどの書誌のままで、登録機関の確認がありません"
            + _ASK_JA,
        ),
        "candidate": (
            "{work}: {candidate} was derived from its address and no registry has confirmed it"
            + _ASK,
            "{work} の {candidate} はアドレスからの推定で、登録機関の確認がありません" + _ASK_JA,
        ),
    },
)
def unconfirmed(subject: Subject, context: Context) -> Iterator[Finding]:
    """A work that no registry has confirmed.

    All that is known of it was read from a printed list or a file or typed by a person, or its DOI
    was only derived from an address.  `refpipe confirm` asks the registries; until one answers, the
    entry says what the print or the file said.

    Why: printed references carry cut titles, wrong journals and identifiers of other papers.

    Library::

        {"key": "doi:10.5555/printed", "is_confirmed": false, "item": {"title": "Printed"}}
        {"key": "doi:10.5555/known", "item": {"title": "Known"}}

    Bad::

        腰痛の多くは自然に軽くなる [@doi:10.5555/printed]。

    Good::

        腰痛の多くは自然に軽くなる [@doi:10.5555/known]。

    日本語: 登録機関の確認がない文献。

    書誌のすべてが印刷された一覧やファイルから読み取ったもの、人が入力したもの、またはDOIがアドレスから
    推定しただけのものです。`refpipe confirm` で登録機関に問い合わせます。答えが得られるまでは、印刷や
    ファイルのとおりに表示されます。

    理由: 印刷された文献には、途切れた題名、別の誌名、別の論文の識別子が混ざっています。
    """
    for work, place in cited(subject, context):
        if work.is_confirmed:
            continue
        candidate = _candidate(work)
        kind = "candidate" if candidate else _origin(work, context)
        yield subject.finding_at(
            "REF001",
            place,
            about=work.id,
            kind=kind,
            work=work.name or work.id,
            candidate=candidate,
        )


def _origin(work: Work, context: Context) -> str:
    """``file`` for a work of which no record was read from print, ``both`` where others were too."""
    sources = {context.records[key][0].source for key in work.members if key in context.records}
    if not sources - {"printed", "verbatim", "manual", "alias"}:
        return "" if sources != {"manual"} else "file"
    return "both" if sources & {"printed", "verbatim"} else "file"


def _candidate(work: Work) -> str:
    """The identifier that was derived for a work without a surer one; empty for none."""
    claims = {claim.certainty: str(claim.identifier) for claim in reversed(work.claims)}
    is_named = any(
        claim.certainty is not Certainty.CANDIDATE
        and claim.identifier.scheme in {"doi", "pmid", "isbn"}
        for claim in work.claims
    )
    return "" if is_named else claims.get(Certainty.CANDIDATE, "")


@rule(
    "REF002",
    "differs-from-registry",
    {
        **MESSAGES,
        "doubt": (
            "[{label}] says “{printed}”, but its DOI belongs to “{expected}”",
            "[{label}] の誌名は「{printed}」ですが、DOIは「{expected}」のものです",
        ),
    },
)
def differs_from_registry(subject: Subject, context: Context) -> Iterator[Finding]:
    """A reference that differs from the registry.

    Every field that both state is compared, the whole list of authors included, with what the registry
    answered for the same work; the finding shows both values.  "et al." stands for the authors that
    are left out; initials stand for names; abbreviations of a journal are the journal; a year of print
    and a year online may lie one apart.  A field that may only have been misread is not reported.
    Where no registry has answered yet, a journal that its own DOI contradicts is reported.

    Why: the reader who looks in the printed place finds nothing, or another paper; an author who is
    none never wrote what is quoted.

    Library::

        {"key": "doi:10.5555/spine", "item": {"title": "A", "container-title": "Journal of Neurosurgery: Spine", "volume": "19"}, "printed": {"title": "A", "container-title": "Journal of Neurosurgery", "volume": "91"}}
        {"key": "doi:10.5555/team", "item": {"title": "C", "author": [{"family": "Alder", "given": "Ann"}, {"family": "Birch", "given": "Bo"}]}, "printed": {"title": "C", "author": [{"family": "Alder"}, {"family": "Birch"}, {"family": "Cedar"}]}}
        {"key": "doi:10.5555/same", "item": {"title": "B", "container-title": "The Spine Journal", "volume": "14"}, "printed": {"title": "B", "container-title": "Spine J.", "volume": "14"}}

    Bad::

        手術の判断に役立つとは限らない [@doi:10.5555/spine]。

    Bad::

        手術の判断に役立つとは限らない [@doi:10.5555/team]。

    Good::

        手術の判断に役立つとは限らない [@doi:10.5555/same]。

    日本語: 登録機関の書誌と異なる文献。

    著者全員を含め、双方に記載のあるすべての項目を、登録機関が答えた書誌と比べ、両方の値を示します。「ほか」や
    et al. は省かれた著者を、頭文字は名を、略誌名は誌名を表すものとします。印刷版とオンライン版の1年の差は
    食い違いとしません。読み誤りの可能性がある項目は指摘しません。登録機関の答えがまだなければ、DOI自体と
    矛盾する誌名だけを指摘します。

    理由: 書かれた場所を探した読者は、何も見つけられないか、別の論文に行き着きます。著者でない人の名は、
    誰が書いたのかを誤って伝えます。
    """
    yield from stated(subject, context, "REF002", Weight.ERROR)
    for reference in listed(context):
        if reference.label in context.listed_differences:
            continue
        for repair in reference.reading.repairs:
            if repair.field == "container-title" and repair.after != repair.before:
                yield subject.finding(
                    "REF002",
                    reference.span.start,
                    kind="doubt",
                    label=reference.label,
                    printed=repair.before,
                    expected=repair.after,
                )


@rule(
    "REF009",
    "differs-slightly",
    MESSAGES,
    is_default=False,
)
def differs_slightly(subject: Subject, context: Context) -> Iterator[Finding]:
    """A small difference from the registry, or one that could not be made out.

    Spelling of an author's name, other initials, the issue, a journal's section or subtitle, an entry
    that names only the first author: the work is found all the same.  What may only have been misread,
    or stands in two scripts, could not be compared: it is neither right nor wrong (exit code 2).  Off
    by default, and counted in the summary; select it to see every difference.

    Why: registries are wrong in such things as often as print is, so that a person has to look.

    Library::

        {"key": "doi:10.5555/slip", "item": {"title": "A", "author": [{"family": "Ehrenreich", "given": "Hannelore"}]}, "printed": {"title": "A", "author": [{"family": "Ehrenreych", "given": "H."}]}}
        {"key": "doi:10.5555/same", "item": {"title": "B", "author": [{"family": "Alder", "given": "Ann"}]}, "printed": {"title": "B", "author": [{"family": "Alder", "given": "A."}]}}

    Bad::

        手術の判断に役立つとは限らない [@doi:10.5555/slip]。

    Good::

        手術の判断に役立つとは限らない [@doi:10.5555/same]。

    日本語: 登録機関の書誌との小さな違い、または比べきれなかった項目。

    著者名の綴りや頭文字、号、誌名の副題や分冊名の違い、筆頭著者だけの記載などで、文献は見つかります。読み誤りの
    可能性がある項目や、文字の種類が異なる項目は比べられず、正しいとも誤りとも言えません(終了コードは2)。初期設定では
    無効で、件数だけをまとめに示します。すべての違いを見たいときに選んでください。

    理由: このような違いは登録機関の側の誤りであることも多く、人が見て判断する必要があります。
    """
    yield from stated(subject, context, "REF009", Weight.SLIP)
    yield from stated(subject, context, "REF009", Weight.UNCLEAR)


@rule(
    "REF010",
    "identifier-of-another-work",
    {
        "": (
            "{work}: {identifier}, as printed, belongs to another work: “{title}”",
            "{work} に印刷された {identifier} は、別の文献「{title}」のものです",
        )
    },
)
def identifier_of_another_work(subject: Subject, context: Context) -> Iterator[Finding]:
    """An identifier that belongs to another work.

    The registry's work for the printed DOI or PMID has another title, and other authors or another
    place.  The reference does not become that work: it stays as it is printed, without the identifier.

    Why: a link under the right words that leads to another paper misquotes medicine.

    Library::

        {"key": "doi:10.5555/wrong", "is_confirmed": false, "item": {"title": "Walking and back pain"}, "misprinted": [["doi:10.5555/wrong", "Growth of rice in dry soil"]]}
        {"key": "doi:10.5555/right", "item": {"title": "Known"}}

    Bad::

        腰痛の多くは自然に軽くなる [@doi:10.5555/wrong]。

    Good::

        腰痛の多くは自然に軽くなる [@doi:10.5555/right]。

    日本語: 別の文献の識別子。

    印刷されたDOIやPMIDについて登録機関が答えた文献は、題名が異なり、著者または掲載箇所も異なります。この文献が
    別の文献に置き換わることはなく、識別子を除いて印刷どおりに残ります。

    理由: 正しい書誌の下に別の論文へのリンクがあると、医学情報の誤った引用になります。
    """
    for work, place in cited(subject, context):
        for identifier, title in context.misprinted.get(work.id, ()):
            yield subject.finding_at(
                "REF010",
                place,
                about=work.id,
                work=work.name or work.id,
                identifier=identifier,
                title=title,
            )
    for reference in listed(context):
        if reference.label in context.listed_misprints:
            identifier, title = context.listed_misprints[reference.label]
            yield subject.finding(
                "REF010",
                reference.span.start,
                about=identifier,
                work=f"[{reference.label}]",
                identifier=identifier,
                title=title,
            )


@rule(
    "REF011",
    "unregistered-identifier",
    {
        "": (
            "[{label}]: {identifier} was not found ({reason})",
            "[{label}] の {identifier} は見つかりませんでした({reason})",
        ),
        "unchecked": (
            "[{label}]: {identifier} could not be checked ({reason})",
            "[{label}] の {identifier} を確認できませんでした({reason})",
        ),
    },
)
def unregistered_identifier(subject: Subject, context: Context) -> Iterator[Finding]:
    """An identifier in a hand-made list that nobody registered.

    `refpipe check --online` asked for the DOI or PMID that the reference prints.  Every agency that
    registers such identifiers said that it does not exist.  Where nobody could be asked, that is
    reported instead, and the run ends with exit code 2.  Not found is not invented: identifiers are
    mistyped far more often than references are made up.

    Why: a link that leads nowhere is the first thing that a reader tries, and a mark of references
    that nobody has looked at.

    Library::

        {"key": "doi:10.5555/nowhere", "reason": "no agency has registered it", "is_final": true}

    Bad::

        参考文献

        [1] Modic MT, Ross JS. Degenerative disk disease. Radiology. 2007;245(1):43-61. doi:10.5555/nowhere
        [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
        [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

    Good::

        参考文献

        [1] Modic MT, Ross JS. Degenerative disk disease. Radiology. 2007;245(1):43-61. doi:10.1148/radiol.2451051706
        [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
        [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

    日本語: どこにも登録されていない識別子(手書きの一覧)。

    `refpipe check --online` が文献のDOIやPMIDを登録機関に尋ね、どの機関も登録がないと答えました。尋ねられなかった
    場合はそのことを報告し、終了コードは2になります。見つからないことは捏造を意味しません。識別子の写し間違いの
    ほうがはるかに多いからです。

    理由: 読者が最初に開くリンクがどこにも通じません。誰も確かめていない文献の目印でもあります。
    """
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
