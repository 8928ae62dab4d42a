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

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.references import cited, listed
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Each identifier of another work, with that work's title."""
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


RULE = Rule(
    code="REF010",
    name="identifier-of-another-work",
    page=__doc__,
    messages={
        "": (
            "{work}: {identifier}, as printed, belongs to another work: “{title}”",
            "{work} に印刷された {identifier} は、別の文献「{title}」のものです",
        )
    },
    check=check,
)
