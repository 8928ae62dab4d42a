"""What is damaged in a reference, as anybody can see who knows no registry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from refpipe import dates, identifiers
from refpipe.checks.references import Listed, cited, has_only_surnames, listed
from refpipe.checks.rule import Context, Subject, rule
from refpipe.model import Certainty, Claim, Edit, Finding, Item, Scheme, Span


@rule(
    "REF003",
    "cut-title",
    {
        "": (
            "{work}: the title breaks off at “{end}”",
            "{work} の題名が途中で切れています(「{end}」)",
        )
    },
)
def cut_title(subject: Subject, context: Context) -> Iterator[Finding]:
    """A title that breaks off.

    The title ends with … where a search page or a tool cut it.

    Why: the work cannot be found by half its title, and two halves look like two works.

    Library::

        {"key": "doi:10.5555/cut", "item": {"title": "Correlation of outcomes with disc fragment and …", "custom": {"title-is-cut": true}}}
        {"key": "doi:10.5555/whole", "item": {"title": "Correlation of outcomes with disc fragment and canal morphology"}}

    Bad::

        保存療法の経過には臨床的な要因が関わる [@doi:10.5555/cut]。

    Good::

        保存療法の経過には臨床的な要因が関わる [@doi:10.5555/whole]。

    日本語: 途中で切れた題名。

    検索結果やツールで切られた題名が … で終わっています。

    理由: 半分の題名では文献を探せません。また、残り半分と別の文献に見えてしまいます。
    """
    for reference in listed(context):
        if _is_cut(reference.item):
            end = str(reference.item.get("title", ""))[-30:]
            yield subject.finding(
                "REF003", reference.span.start, work=f"[{reference.label}]", end=end
            )
    for work, place in cited(subject, context):
        if _is_cut(work.item):
            end = str(work.item.get("title", ""))[-30:]
            yield subject.finding_at("REF003", place, about=work.id, work=work.name, end=end)


def _is_cut(item: Item) -> bool:
    title = str(item.get("title", "")).rstrip(" .")
    return bool(item.get("custom", {}).get("title-is-cut")) or title.endswith("…")


@rule(
    "REF004",
    "footnote-mark",
    {
        "": (
            "[{label}]: “{before}” ends with the mark of a footnote; the title is “{after}”",
            "[{label}] の題名「{before}」に脚注記号が付いています(正しくは「{after}」)",
        )
    },
)
def footnote_mark(subject: Subject, context: Context) -> Iterator[Finding]:
    """The mark of a footnote at the end of a title.

    A digit, asterisk or dagger was glued to the title when it was copied from the journal's page.

    Why: it is no part of the title; searches for the title fail, and two copies look like two works.

    Bad::

        参考文献

        [1] M. Modic and J. Ross, “MR Imaging Findings and Their Effect on Outcome1,” Radiology, 2005.
        [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
        [3] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.

    Good::

        参考文献

        [1] M. Modic and J. Ross, “Imaging of type 2 Modic changes and interleukin-1,” Radiology, 2005.
        [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
        [3] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.

    日本語: 題名の末尾に残った脚注記号。

    雑誌のページから写したときに、数字やアスタリスクなどの脚注記号が題名に付いたままになっています。

    理由: 題名の一部ではありません。題名での検索に失敗し、同じ文献が別の文献に見えます。
    """
    for reference in listed(context):
        for repair in reference.reading.repairs:
            if repair.field == "title" and "footnote" in repair.reason:
                yield subject.finding(
                    "REF004",
                    reference.span.start,
                    label=reference.label,
                    before=repair.before[-30:],
                    after=repair.after[-30:],
                )


_OLD = re.compile(r"https?://dx\.doi\.org/(?=10\.)", re.IGNORECASE)


@rule(
    "REF005",
    "doi-form",
    {
        "": (
            "[{label}]: DOI {doi} in capitals; its normal form is {normal}",
            "[{label}] のDOI {doi} が大文字です(標準形は {normal})",
        ),
        "old": (
            "[{label}]: dx.doi.org is the old address; write https://doi.org/",
            "[{label}] の dx.doi.org は古いアドレスです。https://doi.org/ と書いてください",
        ),
    },
)
def doi_form(subject: Subject, context: Context) -> Iterator[Finding]:
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


@rule(
    "REF006",
    "doi-only-in-address",
    {
        "": (
            "[{label}]: the DOI stands only in the address; write doi: {doi}",
            "[{label}] のDOIがアドレスの中にしかありません。doi: {doi} と書いてください",
        ),
        "guess": (
            "[{label}]: no DOI; its address suggests {doi}, which no registry has confirmed",
            "[{label}] にDOIがありません。アドレスからは {doi} と推定されますが、未確認です",
        ),
    },
)
def doi_only_in_address(subject: Subject, context: Context) -> Iterator[Finding]:
    """A reference whose DOI stands only in the address of a page.

    The DOI can be read from the address, or only guessed from it; then it waits for a registry.

    Why: addresses of publishers change, DOIs do not.

    Bad::

        参考文献

        [1] M. Modic and J. Ross, “MR imaging findings,” [Online]. Available: https://pubs.rsna.org/doi/abs/10.1148/radiol.2372041509
        [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
        [3] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.

    Good::

        参考文献

        [1] M. Modic and J. Ross, “MR imaging findings,” Radiology, 2005, doi: 10.1148/radiol.2372041509.
        [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
        [3] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.

    日本語: DOIがページのアドレスの中にしかない文献。

    アドレスからDOIを読み取れるか、推定しかできません。推定の場合は登録機関の確認を待ちます。

    理由: 出版社のアドレスは変わりますが、DOIは変わりません。
    """
    for reference in listed(context):
        dois = [c for c in reference.reading.claims if c.identifier.scheme is Scheme.DOI]
        if dois and all(_is_hidden(claim) for claim in dois):
            is_guess = dois[0].certainty == "candidate"
            yield subject.finding(
                "REF006",
                reference.span.start,
                about=str(dois[0].identifier),
                kind="guess" if is_guess else "",
                label=reference.label,
                doi=dois[0].identifier.value,
            )


def _is_hidden(claim: Claim) -> bool:
    """Whether a rule took the identifier out of an address; doi.org's own addresses are DOIs."""
    return bool(claim.rule) and not claim.rule.startswith("doi.org") and claim.rule != "doi-org"


@rule(
    "REF007",
    "surnames-only",
    {
        "": (
            "{work}: the authors are surnames only ({names})",
            "{work} の著者が姓だけです({names})",
        )
    },
)
def surnames_only(subject: Subject, context: Context) -> Iterator[Finding]:
    """Authors with surnames only.

    Every author is a bare family name: no given name, no initial.

    Why: "Hughes" is thousands of people; a list pasted without initials is often damaged elsewhere.

    Bad::

        参考文献

        [1] Yildiz, Irwin, Ozgokce, and Hughes, “Cauda equina in pregnancy,” Cureus, 2025, doi: 10.7759/cureus.82274.
        [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
        [3] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.

    Good::

        参考文献

        [1] S. Yildiz and D. Hughes, “Cauda equina in pregnancy,” Cureus, 2025, doi: 10.7759/cureus.82274.
        [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
        [3] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.

    日本語: 姓だけの著者名。

    どの著者にも名やイニシャルがありません。

    理由: Hughes という姓の人は無数にいます。イニシャルの欠けた一覧は、ほかの箇所も壊れていることが
    多いものです。
    """
    for reference in listed(context):
        if has_only_surnames(reference.item):
            yield subject.finding(
                "REF007",
                reference.span.start,
                work=f"[{reference.label}]",
                names=_names(reference.item),
            )
    for work, place in cited(subject, context):
        if not work.is_confirmed and has_only_surnames(work.item):
            names = _names(work.item)
            yield subject.finding_at("REF007", place, about=work.id, work=work.name, names=names)


def _names(item: Item) -> str:
    families = [str(name.get("family", "")) for name in item["author"]]
    return ", ".join(families[:3]) + (" …" if len(families) > 3 else "")


@rule(
    "REF008",
    "no-year",
    {"": ("[{label}]: no year", "[{label}] に発行年がありません")},
)
def no_year(subject: Subject, context: Context) -> Iterator[Finding]:
    """A printed reference without a year.

    A page of the web, which often has none, may print the day on which it was read in its place; a report or a thesis has one wherever it was read.

    Why: the reader cannot tell research of last year from research of the last century.

    Bad::

        参考文献

        [1] M. Modic and J. Ross, “MR imaging findings,” [Online]. Available: https://pubs.rsna.org/doi/abs/10.1148/radiol.2372041509
        [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
        [3] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.

    Bad::

        参考文献

        [1] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
        [2] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.
        [3] Lau E. Walking with stenosis [PhD thesis]. University of Midori. https://www.example.org/lau (accessed 3 May 2024).

    Good::

        参考文献

        [1] M. Modic and J. Ross, “MR imaging findings,” Radiology, vol. 237, pp. 597–604, Nov. 2005.
        [2] N. Boos and N. Semmer, “Natural history of individuals,” Spine, vol. 25, pp. 1484–1492, 2000.
        [3] E. Carragee and D. Kim, “Sciatica and herniation,” Spine, vol. 22, pp. 1650–1660, 1997.
        [4] Midori Clinic. Back pain: first steps. https://www.example.org/back (accessed 3 May 2024).

    日本語: 年のない文献。

    手書きの一覧の文献に、発行年がありません。発行年のないことが多いウェブページは、閲覧日があれば指摘しません。
    報告書や学位論文は、どこで読んだものでも発行年が要ります。

    理由: 去年の研究なのか前世紀の研究なのか、読者には分かりません。
    """
    for reference in listed(context):
        if not _has_year(reference) and not _is_read_page(reference):
            yield subject.finding("REF008", reference.span.start, label=reference.label)


def _has_year(reference: Listed) -> bool:
    issued = reference.item.get("issued", {})
    return dates.from_parts(issued.get("date-parts")) is not None or bool(issued.get("literal"))


_PAGES = frozenset({"webpage", "post-weblog", "post", "document"})
"""What may have no year of its own; a report or a thesis has one, wherever it was read."""


def _is_read_page(reference: Listed) -> bool:
    """Whether it is a page of the web, and the day on which it was read is printed."""
    is_page = bool(reference.item.get("URL")) and reference.item.get("type") in _PAGES
    return is_page and "accessed" in reference.item
