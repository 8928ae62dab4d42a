"""Findings from what a reference states otherwise than the registries do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from refpipe.checks.cited_works import cited
from refpipe.checks.context import Context
from refpipe.checks.listed_references import listed
from refpipe.checks.subject import Subject
from refpipe.model import Difference, Finding, Weight

_JAPANESE = {
    "author": "著者", "title": "題名", "container-title": "誌名", "year": "発行年", "volume": "巻",
    "issue": "号", "page": "ページ", "edition": "版", "publisher": "出版社", "number": "論文番号",
}  # fmt: skip
_ENGLISH = {"container-title": "journal", "page": "pages", "number": "article number"}


MESSAGES = {
    "": (
        "{work}: {field} is “{printed}” here, the registry has “{registered}”",
        "{work} の{field_ja}は「{printed}」とありますが、登録では「{registered}」です",
    ),
    "section": (
        "{work}: {field} is “{printed}” here, the registry has “{registered}”",
        "{work} の{field_ja}は「{printed}」とありますが、登録では「{registered}」です",
    ),
    "surplus": (
        "{work}: author {number}, “{printed}”, is none of the authors that the registry names",
        "{work} の第{number}著者「{printed}」は、登録された著者の中にいません",
    ),
    "missing": (
        "{work}: the author “{registered}” is missing, and no “et al.” stands for more",
        "{work} には著者「{registered}」がありません(「ほか」もありません)",
    ),
    "other": (
        "{work}: {field} is “{printed}” here, the registry has “{registered}”",
        "{work} の{field_ja}は「{printed}」とありますが、登録では「{registered}」です",
    ),
    "order": (
        "{work}: the author “{printed}” does not stand in the registry's place in the list",
        "{work} の著者「{printed}」は、登録と並び順が違います",
    ),
}
"""Kind of difference → what is said of it, in English and in Japanese."""


def stated(subject: Subject, context: Context, code: str, weight: Weight) -> Iterator[Finding]:
    """A finding for each difference of this weight: of the cited works, then of the list."""
    for work, place in cited(subject, context):
        for one in context.differences.get(work.id, ()):
            if one.weight is weight:
                values = _values(one, work.name or work.id)
                yield subject.finding_at(code, place, about=work.id, edit=None, **values)
    for reference in listed(context):
        for one in context.listed_differences.get(reference.label, ()):
            if one.weight is weight:
                values = _values(one, f"[{reference.label}]")
                yield subject.finding(code, reference.span.start, about="", edit=None, **values)


def _values(one: Difference, work: str) -> dict[str, str]:
    return {
        "kind": one.kind if one.kind in MESSAGES else "",
        "work": work,
        "field": _ENGLISH.get(one.field, one.field),
        "field_ja": _JAPANESE.get(one.field, one.field),
        "printed": one.stated,
        "registered": one.found,
        "number": str(one.place),
    }


def in_words(told: Iterable[Difference]) -> tuple[str, str]:
    """The differences in one line, in English and in Japanese, both values of each."""
    english, japanese = [], []
    for one in told:
        stated, found = one.stated or "nobody", one.found or "nobody"
        english.append(f"{_ENGLISH.get(one.field, one.field)} (“{stated}”, there “{found}”)")
        stated, found = one.stated or "なし", one.found or "なし"
        japanese.append(f"{_JAPANESE.get(one.field, one.field)}(「{stated}」、登録「{found}」)")
    return ", ".join(english), "、".join(japanese)
