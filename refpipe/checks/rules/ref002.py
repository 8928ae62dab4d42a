"""Print that differs from the registry.

It compares journal, year, volume, first page and first author of what was printed with what
the registry answered for the same DOI, and shows both.  A year of print and a year online may
lie one apart; abbreviations of a journal are the same journal.  Where no registry has answered
yet, a journal that its own DOI contradicts is reported.

Why: the reader who looks in the printed place finds nothing, or another paper.

Library::

    {"key": "doi:10.5555/spine", "item": {"title": "A", "container-title": "Journal of Neurosurgery: Spine", "volume": "19"}, "printed": {"title": "A", "container-title": "Journal of Neurosurgery", "volume": "91"}}
    {"key": "doi:10.5555/same", "item": {"title": "B", "container-title": "The Spine Journal", "volume": "14"}, "printed": {"title": "B", "container-title": "Spine J.", "volume": "14"}}

Bad::

    手術の判断に役立つとは限らない [@doi:10.5555/spine]。

Good::

    手術の判断に役立つとは限らない [@doi:10.5555/same]。

日本語: 登録機関の書誌と異なる印刷。

誌名・年・巻・開始ページ・筆頭著者を、同じDOIについて登録機関が答えた書誌と比べ、両方の値を
示します。印刷版とオンライン版の1年の差や、誌名の略記は食い違いとしません。登録機関の答えが
まだなければ、DOI自体と矛盾する誌名だけを指摘します。

理由: 書かれた場所を探した読者は、何も見つけられないか、別の論文に行き着きます。
"""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.cited_works import cited
from refpipe.checks.context import Context
from refpipe.checks.listed_references import listed
from refpipe.checks.print_differences import Difference, differences
from refpipe.checks.rule import Rule
from refpipe.checks.subject import Subject
from refpipe.model import Finding, Work

_PRINT = frozenset({"printed"})
_NOT_A_REGISTRY = frozenset({"printed", "manual", "bibtex", "ris", "nbib", "alias"})


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Each field of each work in which print and registry disagree; then doubted journals."""
    for work, place in cited(subject, context):
        for difference in _of(work, context):
            yield subject.finding_at(
                "REF002",
                place,
                about=work.id,
                work=work.name or work.id,
                field=difference.field,
                printed=difference.printed,
                registered=difference.registered,
            )
    for reference in listed(context):
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


def _of(work: Work, context: Context) -> Iterator[Difference]:
    """What the printed members of a work say otherwise than its strongest registry record."""
    members = [context.records[key] for key in work.members if key in context.records]
    registered = next((i for r, i in members if r.source not in _NOT_A_REGISTRY), None)
    if registered is None:
        return
    told: set[Difference] = set()
    for record, item in members:
        if record.source in _PRINT:
            for difference in differences(item, registered):
                if difference not in told:
                    told.add(difference)
                    yield difference


RULE = Rule(
    code="REF002",
    name="differs-from-registry",
    page=__doc__,
    messages={
        "": (
            "{work}: {field} was printed as “{printed}”, the registry has “{registered}”",
            "{work} の {field} は「{printed}」と印刷されていますが、登録では「{registered}」です",
        ),
        "doubt": (
            "[{label}] says “{printed}”, but its DOI belongs to “{expected}”",
            "[{label}] の誌名は「{printed}」ですが、DOIは「{expected}」のものです",
        ),
    },
    check=check,
)
