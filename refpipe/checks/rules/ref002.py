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

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import MESSAGES, listed, stated
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding, Weight


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Each field in which a reference and the registry disagree; then doubted journals."""
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


RULE = Rule(
    code="REF002",
    name="differs-from-registry",
    page=__doc__,
    messages={
        **MESSAGES,
        "doubt": (
            "[{label}] says “{printed}”, but its DOI belongs to “{expected}”",
            "[{label}] の誌名は「{printed}」ですが、DOIは「{expected}」のものです",
        ),
    },
    check=check,
)
