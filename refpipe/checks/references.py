"""The works that an article cites or lists, and in what they differ from the registries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from refpipe import identifiers, items
from refpipe.checks.rule import Context, Reference, Subject
from refpipe.model import (
    REGISTRIES,
    Certainty,
    Difference,
    Finding,
    Item,
    Reading,
    Record,
    Relation,
    Scheme,
    Span,
    Weight,
    Work,
)


def cited(subject: Subject, context: Context) -> Iterator[tuple[Work, tuple[int, int]]]:
    """Each cited or listed work once, with line and column of its first mention."""
    seen: set[str] = set()
    for key, place in subject.first_mentions.items():
        work = context.works.get(key)
        if work is not None and work.id not in seen:
            seen.add(work.id)
            yield work, place


WELL_REGISTERED = frozenset({"article-journal", "book"})
"""The kinds of work that are registered wherever they come out, so that absence says something."""


def is_only_page(work: Work) -> bool:
    """Whether nobody but its own page can be expected to speak for the work."""
    return identifiers.page_of(work) is not None and work.item.get("type") not in WELL_REGISTERED


def seen_on(work: Work, records: Iterable[Record]) -> str:
    """The day on which the page of such a work was seen to bear its title; empty for none.

    What the entry says was read out of the page, or the page was looked at since.  A page that
    says of itself that it has ended is not seen as if all were well, nor is one that was gone, or
    another, when it was last looked at.
    """
    told = tuple(records)
    last = items.last_look(told, work)
    if items.ending_seen(last):
        return ""
    # What a look has missed may have been read out of the page anew.
    since = last.heard if last is not None and items.is_missed(last) else ""
    return max(_days_seen(work, told, since), default="")


def was_seen(work: Work, records: Iterable[Record]) -> bool:
    """Whether the page of such a work was ever seen to bear its title, whatever came since."""
    return any(_days_seen(work, records))


def _days_seen(work: Work, records: Iterable[Record], since: str = "") -> Iterator[str]:
    """The days on which the page was seen; behind a moment, those of reading it anew alone."""
    address = identifiers.page_of(work)
    if address is None or not is_only_page(work):
        return
    for record in records:
        is_read_out = (
            record.source in {"web", "landing_page"}
            and work.suppliers.get("title") == record.key
            and record.identifier == address
            and record.heard > since
        )
        if is_read_out or (not since and items.is_seen(record, work)):
            yield record.heard[:10]


def ended_on(work: Work, records: Iterable[Record]) -> tuple[str, str, str] | None:
    """What its page says of having ended: the day of the last look, its words, its address."""
    last = items.last_look(records, work)
    said = items.ending_seen(last)
    return (last.heard[:10], said, last.origin) if last is not None and said else None


_AS_WELL = {"REF001": ("REF015", "REF016")}
"""Rule → those whose waivers answer it: who has looked at a page needs no registry for it."""


def is_answered(subject: Subject, context: Context, code: str, about: str) -> bool:
    """Whether a waiver of the library answers the rule for a work, or one that says as much."""
    codes = {code, *_AS_WELL.get(code, ())}
    return any(
        waiver.code in codes and waiver.subject in {about, subject.article.path}
        for waiver in context.waivers
    )


def related(
    subject: Subject,
    context: Context,
    code: str,
    chosen: Callable[[Work], Iterable[Relation]],
    kind: str = "",
) -> Iterator[Finding]:
    """A finding for each notice that ``chosen`` gives of a work that the article cites.

    What several sources say of one notice is one finding that names them all; ``kind`` chooses
    the rule's message.
    """
    for work, place in (*cited(subject, context), *_listed(subject, context)):
        by_target: defaultdict[str, list[Relation]] = defaultdict(list)
        for relation in chosen(work):
            by_target[str(relation.target)].append(relation)
        for said in by_target.values():
            date = max(one.date for one in said)
            reasons = dict.fromkeys(one.reason for one in said if one.reason)
            yield subject.finding_at(
                code,
                place,
                about=work.id,
                work=work.name or work.id,
                notice=identifiers.link(said[0].target),
                when=f" ({date})" if date else "",
                source=", ".join(sorted({one.source or "registry" for one in said})),
                asked=_asked(work, said, context),
                why=f": {'; '.join(reasons)}" if reasons else "",
                kind=kind,
            )


def of_kind(kind: str) -> Callable[[Work], Iterator[Relation]]:
    """The relations of one kind."""
    return lambda work: (one for one in work.relations if one.kind == kind)


def _listed(subject: Subject, context: Context) -> Iterator[tuple[Work, tuple[int, int]]]:
    """The works that a hand-made list names, each at its reference."""
    for work, offset in context.listed:
        yield work, subject.lines.at(offset)


def _asked(work: Work, said: Sequence[Relation], context: Context) -> str:
    """When somebody was last asked about the work, as far as that is known."""
    if context.checked_online:
        return f"asked {context.today}"
    heard = [
        context.records[key][0].heard[:10]
        for key in work.members
        if key in context.records and context.records[key][0].source in REGISTRIES
    ]
    is_local = any(one.source == "retraction-watch" for one in said)
    days = [*heard, context.data_of if is_local else ""]
    return f"last asked {max(days)}" if any(days) else "not asked again"


# ── The references of a hand-made list, read ──────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One reference of the list with what it says."""

    label: str
    span: Span
    text: str
    reading: Reading

    @property
    def item(self) -> Item:
        """The reference as an item."""
        return self.reading.item

    def doi(self, certainty: Certainty) -> str:
        """The DOI it has with this certainty; empty for none."""
        for claim in self.reading.claims:
            if claim.identifier.scheme is Scheme.DOI and claim.certainty is certainty:
                return claim.identifier.value
        return ""


def listed(context: Context) -> Iterator[Listed]:
    """Every reference of the list that nobody manages; nothing where there is none."""
    if context.legacy is not None:
        for reference in context.legacy.references:
            yield _one_of(reference)


def _one_of(reference: Reference) -> Listed:
    return Listed(
        label=reference.label,
        span=reference.span,
        text=reference.text,
        reading=_reading(reference.text),
    )


def _reading(text: str) -> Reading:
    """What a printed reference says; several rules ask for the same one."""
    # The reader of references is large; most articles have no hand-made list to read.
    from refpipe.items import printed

    return printed.remembered(text).reading


def has_only_surnames(item: Item) -> bool:
    """Whether no author of a work has more than a family name; groups are no such authors."""
    people = [name for name in item.get("author", ()) if "literal" not in name]
    return bool(people) and all(
        name.get("family", "").isascii() and not name.get("given") for name in people
    )


# ── Findings from what a reference states otherwise than the registries do ────────────────────────


_JAPANESE = {
    "author": "著者", "title": "題名", "container-title": "誌名", "year": "発行年", "volume": "巻",
    "issue": "号", "page": "ページ", "edition": "版", "publisher": "出版社", "number": "論文番号",
    "issued": "発行日", "editor": "編者", "translator": "訳者", "publisher-place": "出版地",
    "collection-title": "叢書名", "accessed": "閲覧日", "type": "種類", "entry": "文献の表示",
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
    "unclear": (
        "{work}: {field} “{printed}” could not be held against the registry's “{registered}”",
        "{work} の{field_ja}「{printed}」は、登録の「{registered}」と比べきれませんでした",
    ),
    "order": (
        "{work}: the author “{printed}” does not stand in the registry's place in the list",
        "{work} の著者「{printed}」は、登録と並び順が違います",
    ),
}
"""Kind of difference → what is said of it, in English and in Japanese."""


def stated(subject: Subject, context: Context, code: str, weight: Weight) -> Iterator[Finding]:
    """A finding for each difference of this weight: of the cited works, then of the list."""
    told = [
        *(
            (one, work.name or work.id, place, work.id)
            for work, place in cited(subject, context)
            for one in context.differences.get(work.id, ())
        ),
        *(
            (one, f"[{each.label}]", subject.lines.at(each.span.start), "")
            for each in listed(context)
            for one in context.listed_differences.get(each.label, ())
        ),
    ]
    for one, work, place, about in told:
        if one.weight is weight is Weight.UNCLEAR:
            values = _values(one, work) | {"kind": "unclear"}
            yield subject.unchecked(code, place, about=about, **values)
        elif one.weight is weight:
            yield subject.finding_at(code, place, about=about, edit=None, **_values(one, work))


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


def field_name(variable: str, lang: str) -> str:
    """What a reader calls the field; in English it goes by its name in CSL."""
    return _JAPANESE.get(variable, variable) if lang == "ja" else variable


def in_words(told: Iterable[Difference]) -> tuple[str, str]:
    """The differences in one line, in English and in Japanese, both values of each."""
    english, japanese = [], []
    for one in told:
        stated, found = one.stated or "nobody", one.found or "nobody"
        english.append(f"{_ENGLISH.get(one.field, one.field)} (“{stated}”, there “{found}”)")
        stated, found = one.stated or "なし", one.found or "なし"
        japanese.append(f"{_JAPANESE.get(one.field, one.field)}(「{stated}」、登録「{found}」)")
    return ", ".join(english), "、".join(japanese)


_WEIGHTS = {Weight.ERROR: "誤り", Weight.SLIP: "軽い違い", Weight.UNCLEAR: "不明"}


def difference_line(one: Difference, lang: str) -> str:
    """One difference for a person: its weight, the field, both values."""
    if lang != "ja":
        return f"{one.weight.value}: {one}"
    stated, found = (f"「{value}」" if value else "なし" for value in (one.stated, one.found))
    field = _JAPANESE.get(one.field, one.field)
    return f"{_WEIGHTS[one.weight]}: {field}: 手元{stated}、登録{found}"
