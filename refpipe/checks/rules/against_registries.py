"""References held against the registries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from refpipe.checks.references import (
    MESSAGES,
    cited,
    ended_on,
    is_answered,
    is_only_page,
    listed,
    seen_on,
    stated,
    was_seen,
)
from refpipe.checks.rule import Context, Subject, rule
from refpipe.model import UNDESCRIBING, Certainty, Finding, Record, Weight, Work

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
        "page": (
            "no registry answers for {work}, known by an address only; refpipe confirm looks whether the page bears the title",
            "{work} にはアドレスしかなく、答えられる登録機関がありません。refpipe confirm でページを開き、題名を確かめてください",
        ),
        "unseen": (
            "no registry answers for {work}, known by an address only, and no page was seen to bear the title",
            "{work} にはアドレスしかなく、答えられる登録機関がありません。ページの題名も確かめられていません",
        ),
        "lost": (
            "no registry answers for {work}, known by an address only, and its page bore the title once, but not when it was last looked at",
            "{work} にはアドレスしかなく、答えられる登録機関がありません。ページの題名は以前に確かめましたが、最後に開いたときは違いました",
        ),
    },
)
def unconfirmed(subject: Subject, context: Context) -> Iterator[Finding]:
    """A work that no registry has confirmed.

    All that is known of it was read from a printed list or a file or typed by a person, or its DOI
    was only derived from an address.  `refpipe confirm` asks the registries; until one answers, the
    entry says what the print or the file said.  For a web page, a report or whatever else has only an
    address no registry answers: `refpipe confirm` opens the page.  Where that was seen to bear the title of
    the entry, the work is not confirmed but seen, which is all that can be had of it, and is not reported.
    Of a page that was seen before, a run with `--online` tells what it found once: as REF013, REF014 or REF015.

    Why: printed references carry cut titles, wrong journals and identifiers of other papers.

    Library::

        {"key": "doi:10.5555/printed", "is_confirmed": false, "item": {"title": "Printed"}}
        {"key": "doi:10.5555/known", "item": {"title": "Known"}}
        {"key": "url:https://www.example.org/back", "is_confirmed": false, "item": {"type": "webpage", "title": "A page", "URL": "https://www.example.org/back"}}
        {"key": "url:https://www.example.org/neck", "is_confirmed": false, "item": {"type": "webpage", "title": "Seen", "URL": "https://www.example.org/neck"}, "seen": true}

    Bad::

        腰痛の多くは自然に軽くなる [@doi:10.5555/printed]。

    Bad::

        腰痛の多くは自然に軽くなる [@url:https://www.example.org/back]。

    Good::

        首の痛みも同じである [@url:https://www.example.org/neck]。

    Good::

        腰痛の多くは自然に軽くなる [@doi:10.5555/known]。

    日本語: 登録機関の確認がない文献。

    書誌のすべてが印刷された一覧やファイルから読み取ったもの、人が入力したもの、またはDOIがアドレスから
    推定しただけのものです。`refpipe confirm` で登録機関に問い合わせます。答えが得られるまでは、印刷や
    ファイルのとおりに表示されます。ウェブページや報告書など、アドレスしかないものに答える登録機関はありません。
    `refpipe confirm` はそのページを開きます。文献の題名がページにあることを確かめたものは、「登録機関が確認」では
    なく「ページを確認」とし、指摘しません。以前に確かめたページについては、`--online` で開いた結果を
    REF013、REF014、REF015 のいずれかで一度だけ指摘します。

    理由: 印刷された文献には、途切れた題名、別の誌名、別の論文の識別子が混ざっています。
    """
    for work, place in cited(subject, context):
        records = [context.records[key][0] for key in work.members if key in context.records]
        if work.is_confirmed or seen_on(work, records):
            continue
        if is_only_page(work) and (
            ended_on(work, records) or is_answered(subject, context, "REF001", work.id)
        ):
            continue
        candidate = _candidate(work)
        page = "unseen" if work.id in context.opened else "page"
        page = "lost" if was_seen(work, records) else page
        kind = "candidate" if candidate else page if is_only_page(work) else _origin(records)
        yield subject.finding_at(
            "REF001",
            place,
            about=work.id,
            kind=kind,
            work=work.name or work.id,
            candidate=candidate,
        )


def _origin(records: Iterable[Record]) -> str:
    """``file`` for a work of which no record was read from print, ``both`` where others were too."""
    sources = {record.source for record in records} - {*UNDESCRIBING}
    if not sources - {"printed", "verbatim", "manual"}:
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
