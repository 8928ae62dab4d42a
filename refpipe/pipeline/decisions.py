"""What a person decides about works: that two are one, that they are not, that a field is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from refpipe import items, match
from refpipe.display import in_language
from refpipe.errors import UsageError
from refpipe.items import values
from refpipe.library import Library
from refpipe.match import agreement
from refpipe.merge import identities, undone
from refpipe.merge.precedence import FILES, SourcedReading, own_name
from refpipe.model import (
    Decision,
    DecisionKind,
    Difference,
    Identifier,
    Record,
    Scheme,
    Waiver,
    Weight,
    Work,
)
from refpipe.pipeline import lookup

_SHORTEST_KEY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedWork:
    """A work, or one record of it, that somebody named on the command line."""

    identifier: Identifier
    """What a decision about it will name."""
    work: Work


def named(library: Library, key: str) -> NamedWork:
    """The work that ``key`` names: an identifier, a name of the library, or a record's key.

    A name stands for the identifier that it was given to, so that two works that became one can
    still be told apart.  Raises UsageError where the library knows no such thing.
    """
    for identifier in lookup.names(key):
        work = library.find(identifier)
        if work is not None:
            return NamedWork(identifier=_given_to(library, identifier, work), work=work)
    record = _by_key(library, key)
    if record is not None:
        own = Identifier(Scheme.TEXT, record.key)
        work = library.find(own)
        if work is not None:
            return NamedWork(identifier=own, work=work)
    raise lookup.no_such_work(library, key)


def _given_to(library: Library, identifier: Identifier, work: Work) -> Identifier:
    """What the work goes by; for a name that to which it was given, among all givings of it."""
    if identifier.scheme is not Scheme.NAME:
        return identifier
    told = library.decisions_of(identifier)
    gone = undone(told)
    for one in told:
        if one.kind is DecisionKind.NAME and one.b == identifier and one.key not in gone:
            home = library.find(one.a)
            if home is not None and home.id == work.id:
                return one.a
    return library.bearer(work)


def _by_key(library: Library, key: str) -> Record | None:
    if len(key) < _SHORTEST_KEY or not set(key.lower()) <= set("0123456789abcdef"):
        return None
    found = library.records_like(key.lower())
    if len(found) > 1:
        raise UsageError(f"{key} begins the keys of {len(found)} records", hint="give more of it")
    return found[0] if found else None


def contradictions(library: Library, a: str, b: str) -> tuple[str, ...]:
    """What speaks against two works being one, a sentence for each field that contradicts."""
    one, other = named(library, a).work, named(library, b).work
    if one.id == other.id:
        return ()
    ends = [match.Subject.of_work(work) for work in (one, other)]
    against = match.compare(*ends).contradictions
    return tuple(
        f"{name}: {_shown(one, field)} / {_shown(other, field)}"
        for contradiction, name, field in _TOLD
        if contradiction in against
    )


_TOLD = (
    ("other-doi", "DOI", "DOI"),
    ("other-identifier", "PMID", "PMID"),
    ("other-title", "title", "title"),
    ("other-numbers", "title", "title"),
    ("other-word", "title", "title"),
    ("relation", "title", "title"),
    ("other-authors", "authors", "author"),
    ("other-year", "year", "issued"),
    ("other-container", "journal", "container-title"),
    ("other-volume", "volume", "volume"),
    ("other-pages", "pages", "page"),
)
"""Contradiction, what it is called, and the variable in which the two are seen to differ."""


def _shown(work: Work, field: str) -> str:
    return values.shown(work.item.get(field)) or work.id


def record_match(library: Library, a: str, b: str, *, reason: str, now: str) -> Decision | None:
    """Record that two works are one; None where they are already."""
    one, other = named(library, a), named(library, b)
    if one.work.id == other.work.id:
        return None
    decision = _about(DecisionKind.MATCH, one.identifier, other.identifier, reason)
    with library.transaction():
        (made,) = library.decide([decision], made=now)
    return made


def record_distinct(library: Library, a: str, b: str, *, reason: str, now: str) -> Decision:
    """Record that two works, or a record and a work, are different; no rule joins them again.

    Raises UsageError, and decides nothing, where one record itself states both identifiers: then
    that record has to be named.
    """
    one, other = named(library, a), named(library, b)
    if one.identifier == other.identifier:
        raise UsageError(
            f"{a} and {b} are the same identifier",
            hint=f"refpipe history {a} lists its records; name the one that is wrong by its key",
        )
    decision = _about(DecisionKind.DISTINCT, one.identifier, other.identifier, reason)
    with library.transaction():
        (made,) = library.decide([decision], made=now)
        _be_apart(library, one.identifier, other.identifier)
    return made


def _be_apart(library: Library, a: Identifier, b: Identifier) -> None:
    one, other = library.find(a), library.find(b)
    if one is None or other is None or one.id != other.id:
        return
    both = [
        record
        for record in library.records_of(one)
        if {a, b} <= identities(SourcedReading(record=record, reading=items.read(record)))
    ]
    keys = ", ".join(f"{record.key[:8]} ({record.source})" for record in both)
    raise UsageError(
        f"{a} and {b} cannot be separated: a record states both: {keys or 'none that is left'}",
        hint="name the record that is wrong: refpipe split RECORD IDENTIFIER",
    )


def _about(kind: DecisionKind, a: Identifier, b: Identifier, reason: str) -> Decision:
    first, second = sorted((a, b))
    return Decision(kind=kind, a=first, b=second, by="person", reason=reason)


def waive(library: Library, code: str, subject: str, *, reason: str, now: str) -> Waiver:
    """Answer a finding about a work or an article for good.

    Raises UsageError where there is no such rule, work or article, or no reason.
    """
    from refpipe import checks
    from refpipe.pipeline import pages

    try:
        rule = checks.rule(code)
    except KeyError:
        raise UsageError(f"there is no rule {code!r}", hint="refpipe rule lists them.") from None
    if not reason.strip():
        raise UsageError("a waiver needs a reason, for whoever reads it next year")
    work = lookup.find(library, [subject]).get(subject)
    if work is None and not Path(subject).is_file():
        raise UsageError(
            f"{subject!r} is neither a work of the library nor an article",
            hint="refpipe search finds works by words.",
        )
    about = str(library.bearer(work)) if work is not None else pages.shown(Path(subject))
    waiver = Waiver(code=rule.code, subject=about, reason=reason.strip())
    library.waive([waiver], made=now)
    return waiver


def differences(here: Work, there: Work) -> tuple[Difference, ...]:
    """Where the two works do not agree, slips aside; what is missing is unknown."""
    if here.id == there.id:
        return ()
    told = agreement.agreement_of(here.item, there.item).differences
    return tuple(one for one in told if one.weight is not Weight.SLIP)


# ── What happened to a work: what was heard, corrected, decided and taken back, in order ────────


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEvent:
    """One thing that happened, for people and for scripts."""

    key: str
    when: str
    kind: str
    """``heard``, ``corrected``, or the kind of a decision."""
    by: str
    """The source, ``rule`` or ``person``."""
    what: str
    details: tuple[str, ...] = ()
    is_taken_back: bool = False

    def as_json(self) -> dict[str, Any]:
        """The event as JSON takes it."""
        return asdict(self)


def events(library: Library, work: Work, lang: str = "en") -> tuple[HistoryEvent, ...]:
    """The history of a work, oldest first."""
    decisions = library.decisions_of(work)
    gone = undone(decisions)
    records = list(library.records_of(work))
    withdrawn = (library.record(key) for key in gone)
    records += [record for record in withdrawn if record is not None and record not in records]
    found = [_heard(record, record.key in gone, lang) for record in records]
    found += [_decided(library, one, one.key in gone, lang) for one in decisions]
    return tuple(sorted(found, key=lambda event: (event.when, event.kind != "heard", event.key)))


def latest_correction(library: Library, work: Work) -> Record:
    """The last thing that was corrected by hand.  Raises UsageError where nothing was."""
    manual = [record for record in library.records_of(work) if record.source == "manual"]
    if not manual:
        raise UsageError(f"nothing of {work.name} was corrected by hand")
    return max(manual, key=lambda record: record.heard)


def undo_target(library: Library, undo: Decision) -> Decision | Record | Waiver:
    """What an ``UNDO`` took back."""
    record = library.record(undo.undoes)
    if record is not None:
        return record
    for waiver in library.waivers():
        if waiver.key == undo.undoes:
            return waiver
    names = library.decisions_of(undo.a)
    return next(one for one in names if one.key == undo.undoes)


def printed_sides(library: Library, fact: Decision | Record | Waiver) -> Iterator[tuple[str, str]]:
    """Where the printed references stood that a decision is about, and how they began."""
    for side in (fact.a, fact.b) if isinstance(fact, Decision) else ():
        holder = library.find(side) if side.scheme is Scheme.TEXT else None
        records = library.records_of(holder) if holder else ()
        for record in [one for one in records if side in (one.identifier, own_name(one))][:1]:
            yield record.origin, record.payload[:_BEGINNING]


_BEGINNING = 80


def since(library: Library, fact: Decision | Record | Waiver) -> tuple[str, bool, int]:
    """When it was said (ISO 8601), whether by a person, and how many records sources gave since."""
    if isinstance(fact, Record):
        when, is_person = fact.heard, fact.source == "manual"
    else:
        when, is_person = fact.made, isinstance(fact, Waiver) or fact.by == "person"
    return (
        when,
        is_person,
        sum(one.heard > when and one.source != "manual" for one in library.records()),
    )


def as_sentence(fact: Decision | Record | Waiver, lang: str = "en") -> str:
    """What a record, decision or waiver says, in one line, in ``ja`` or ``en``."""
    is_ja = lang == "ja"
    if isinstance(fact, Record):
        where = f" ({in_language(fact.origin, lang)})" if fact.origin else ""
        source = _SOURCES_JA.get(fact.source, fact.source) if is_ja else fact.source
        return f"{fact.identifier}: {source}{where}" if is_ja else (
            f"{source} on {fact.identifier}{where}"
        )  # fmt: skip
    if isinstance(fact, Waiver):
        if is_ja:
            return f"{fact.subject} についての {fact.code} への回答: {fact.reason}"
        return f"{fact.code} about {fact.subject} is answered: {fact.reason}"
    english, japanese = _SENTENCES[fact.kind]
    return (japanese if is_ja else english).format(
        a=fact.a, b=fact.b, name=fact.b.value, rule=fact.rule, key=fact.undoes[:8]
    )


def origin(work: Work, records: Iterable[Record], lang: str) -> str:
    """Where all that is known of a work comes from that no registry has confirmed."""
    # Imported here: only who shows a work asks.
    from refpipe.checks.references import seen_on

    records = tuple(records)
    sources = [record.source for record in records]
    known = [row for row in _ORIGINS if any(source in row[0] for source in sources)]
    known = known or [(frozenset(), "a person", "手入力")]
    seen = seen_on(work, records)
    if lang == "ja":
        told = f"ページに題名があることを{seen}に確認" if seen else "どの登録機関も未確認"
        return f"{'と'.join(row[2] for row in known)}のまま。{told}"
    told = f"its page bore the title, {seen}" if seen else "no registry has confirmed it"
    return f"read from {' and '.join(row[1] for row in known)} only; {told}"


_ORIGINS = (
    (frozenset({"printed", "verbatim"}), "print", "印刷の読み取り"),
    (FILES, "a file", "取り込んだファイル"),
    (frozenset({"landing_page", "web"}), "a web page", "ウェブページ"),
    (frozenset({"openbd", "googlebooks"}), "a catalogue", "目録"),
)
"""Sources, and what they are called; what a person typed is told where there is nothing else."""

_SOURCES_JA = {
    "printed": "印刷の読み取り",
    "manual": "手入力",
    "verbatim": "印刷のまま",
    "seen": "ページに題名があることを確認",
}
_SENTENCES = {
    DecisionKind.MATCH: ("{a} and {b} are one work", "{a} と {b} は同じ文献"),
    DecisionKind.DISTINCT: ("{a} and {b} are different works", "{a} と {b} は別の文献"),
    DecisionKind.POSSIBLE: ("{a} and {b} may be one work", "{a} と {b} は同じ文献かもしれない"),
    DecisionKind.RELATED: ("{a} and {b} are related: {rule}", "{a} と {b} には関連がある({rule})"),
    DecisionKind.NAME: ("{a} is called {name}", "{a} の名前は {name}"),
    DecisionKind.UNDO: ("takes back {key}", "{key} の取り消し"),
}
"""What a decision says, in English and Japanese."""


def _heard(record: Record, is_taken_back: bool, lang: str) -> HistoryEvent:
    is_manual = record.source == "manual"
    return HistoryEvent(
        key=record.key,
        when=record.heard,
        kind="corrected" if is_manual else "heard",
        by="person" if is_manual else record.source,
        what=as_sentence(record, lang),
        details=tuple(_fields(record)),
        is_taken_back=is_taken_back,
    )


def _fields(record: Record) -> list[str]:
    """What a correction says, or the printed line; a registry's answer is read in refpipe show."""
    if record.source == "printed":
        return [" ".join(record.payload.split())]
    if record.source != "manual":
        return []
    told = items.read(record).item
    custom = told.pop("custom", {})
    said = [f"{field} = {values.shown(value)}" for field, value in sorted(told.items())]
    return said + [f"{field} = (none)" for field in str(custom.get("removed", "")).split()]


_SAYERS = {"person": (", says a person", "(人の判断)"), "rule": (", says a rule", "(規則)")}


def _decided(library: Library, one: Decision, is_taken_back: bool, lang: str) -> HistoryEvent:
    label = "理由" if lang == "ja" else "reason"
    details = [f"{label}: {one.reason}"] if one.reason else []
    if one.by == "rule" and one.kind is not DecisionKind.NAME:
        details = match.explain(one, lang).splitlines() or details
    what = as_sentence(one, lang)
    if one.kind is DecisionKind.UNDO:
        what = f"{what}: {as_sentence(undo_target(library, one), lang)}"
    english, japanese = _SAYERS["person" if one.by == "person" else "rule"]
    return HistoryEvent(
        key=one.key,
        when=one.made,
        kind=one.kind.value,
        by=one.by,
        what=f"{what}{japanese if lang == 'ja' else english}",
        details=tuple(details),
        is_taken_back=is_taken_back,
    )
