"""A DOI in capitals, or at its old address.

Upper and lower case name the same DOI; the normal form is lower case.  `dx.doi.org` became
`doi.org`.  A DOI of mixed case, such as 10.1056/NEJMoa2034577, is how its publisher writes it and
is left alone.  Only lists made by hand are looked at: an entry that refpipe writes shows the DOI as
the source of the work has it.

Why: programs that compare DOIs letter by letter take the two for two works.

Bad::

    参考文献

    [1] Modic MT, Ross JS. Degenerative disk disease. Radiology. 2007;245(1):43-61. doi:10.1148/RADIOL.2451051706
    [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
    [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

Good::

    参考文献

    [1] Modic MT, Ross JS. Degenerative disk disease. Radiology. 2007;245(1):43-61. doi:10.1148/radiol.2451051706
    [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
    [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

日本語: 大文字のDOI、または古いアドレスのDOI。

大文字でも小文字でも同じDOIを指しますが、標準形は小文字です。`dx.doi.org` は `doi.org` に
なりました。10.1056/NEJMoa2034577 のように大文字と小文字が混ざるものは出版社の表記なので対象外です。
調べるのは手で作った一覧だけです。refpipe が書いた一覧のDOIは、文献の情報源の表記のとおりです。

理由: 文字どおりに比べるプログラムは、別の文献とみなします。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from refpipe import identifiers
from refpipe.checks.context import Context
from refpipe.checks.references import Listed, listed
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Certainty, Edit, Finding, Span

_OLD = re.compile(r"https?://dx\.doi\.org/(?=10\.)", re.IGNORECASE)


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """Every DOI of the hand-made list that is not in normal form, with its cure."""
    for reference in listed(context):
        yield from _capitals(subject, reference)
        for old in _OLD.finditer(subject.text, reference.span.start, reference.span.end):
            edit = Edit(span=Span(*old.span()), replacement="https://doi.org/")
            yield subject.finding(
                "REF005", old.start(), kind="old", label=reference.label, edit=edit
            )


def _capitals(subject: Subject, reference: Listed) -> Iterator[Finding]:
    """One finding for a reference, whether its DOI stands there once or is shown and linked too."""
    doi = reference.doi(Certainty.LITERAL)
    if not doi:
        return
    printed = re.compile(re.escape(doi), re.IGNORECASE)
    found = [
        match
        for match in printed.finditer(subject.text, reference.span.start, reference.span.end)
        if identifiers.is_in_capitals(match[0])
        and not _is_in_page_address(subject.text, match.start())
    ]
    if found:
        kept = (subject.text[one.end() : other.start()] for one, other in pairwise(found))
        yield subject.finding(
            "REF005",
            found[0].start(),
            about=f"doi:{doi}",
            label=reference.label,
            doi=found[0][0],
            normal=doi,
            edit=Edit(
                span=Span(found[0].start(), found[-1].end()),
                replacement=doi + "".join(stretch + doi for stretch in kept),
            ),
        )


def _is_in_page_address(text: str, start: int) -> bool:
    """Whether a DOI is part of a publisher's address, whose letters are not ours to change."""
    before = re.split(r"[\s\"'<>()]", text[max(0, start - 200) : start])[-1]
    return "://" in before and not before.lower().endswith("doi.org/")


RULE = Rule(
    code="REF005",
    name="doi-form",
    page=__doc__,
    messages={
        "": (
            "[{label}]: DOI {doi} in capitals; its normal form is {normal}",
            "[{label}] のDOI {doi} が大文字です(標準形は {normal})",
        ),
        "old": (
            "[{label}]: dx.doi.org is the old address; write https://doi.org/",
            "[{label}] の dx.doi.org は古いアドレスです。https://doi.org/ と書いてください",
        ),
    },
    check=check,
)
