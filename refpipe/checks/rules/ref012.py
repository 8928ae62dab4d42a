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

from __future__ import annotations

from collections.abc import Iterator

from refpipe import identifiers
from refpipe.checks.context import Context, Searched
from refpipe.checks.references import Listed, in_words, listed
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Each reference that was searched for in this run and not found."""
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


RULE = Rule(
    code="REF012",
    name="not-found",
    page=__doc__,
    messages={
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
    check=check,
)
