"""Works that are or may be one: found, explained, and laid side by side for a person to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from pathlib import Path

from refpipe import items, match
from refpipe.errors import UsageError
from refpipe.items import values
from refpipe.items.exchange import BibliographyFile
from refpipe.library import Library
from refpipe.match import Judgement
from refpipe.merge import verdicts
from refpipe.model import Decision, DecisionKind, Identifier, Item, Verdict, Work
from refpipe.pipeline import decisions, intake, manual_entry

FIELDS = ("type", "title", "author", "issued", "container-title", "volume", "issue", "page",
          "publisher", "edition", "DOI", "PMID", "URL")  # fmt: skip
"""The variables that are compared, in the order in which they are read."""
CHOSEN = frozenset({"title", "container-title", "volume", "issue", "page", "publisher", "edition"})
"""Those whose value can be chosen while two works are made one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryComparison:
    """What comes of comparing the records of a library with one another."""

    works: int
    """How many there were before."""
    decisions: tuple[Decision, ...]
    """What the rules say of two works and nobody had said before."""
    names: Mapping[str, str]
    """Identifier of a decision → the name that its work had."""


def compare_library(library: Library, *, now: str = "") -> LibraryComparison:
    """Compare all records, as each was when it came, and store what is new.

    Records of one work say nothing new of each other.  Without ``now``, the time of storing,
    nothing is stored.
    """
    count, new = library.count(), []
    names: dict[str, str] = {}
    # A match that did not hold waits as possible already.
    known = {
        replace(match.without_bridge(decision), kind=kind).key
        for decision in library.decisions()
        for kind in (decision.kind, DecisionKind.POSSIBLE)
    }
    for decision in match.decide_all(library.subjects()):
        ends = [library.find(name) for name in (decision.a, decision.b)]
        if match.without_bridge(decision).key in known or None in ends or ends[0] == ends[1]:
            continue
        new.append(decision)
        pairs = zip((decision.a, decision.b), ends, strict=True)
        names |= {str(name): work.name for name, work in pairs if work is not None}
    made = library.decide(new, made=now) if now else tuple(new)
    return LibraryComparison(works=count, decisions=made, names=names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why two works are one, or are not."""

    names: tuple[str, str]
    is_one: bool
    decisions: tuple[Decision, ...]
    """What stands between the two, a person's decisions before a rule's."""
    today: Judgement | None
    """What the rules say of the two as they are; None where they are one already."""


def explain(library: Library, one: Work, other: Work) -> Explanation:
    """Why the two are one work, or are not."""
    is_one = one.id == other.id
    return Explanation(
        names=(one.name, other.name),
        is_one=is_one,
        decisions=_between(library, one, other),
        today=None if is_one else _judged(library, one, other),
    )


def _between(library: Library, one: Work, other: Work) -> tuple[Decision, ...]:
    """The standing decisions that name a record or identifier of both works."""
    names = [_names(library, work) for work in (one, other)]
    told = {d.key: d for work in (one, other) for d in library.decisions_of(work)}
    known = verdicts(told.values()).values()
    both = [d for d in known if _spans(d, names[0], names[1])]
    return tuple(sorted(both, key=lambda d: (d.by != "person", d.made, d.key)))


def _names(library: Library, work: Work) -> set[str]:
    records = {str(record.identifier) for record in library.records_of(work)}
    return records | {work.id} | {str(claim.identifier) for claim in work.claims}


def _spans(decision: Decision, one: set[str], other: set[str]) -> bool:
    a, b = str(decision.a), str(decision.b)
    return (a in one and b in other) or (a in other and b in one)


_RANKS = (Verdict.MATCH, Verdict.RELATED, Verdict.POSSIBLE)


def _judged(library: Library, one: Work, other: Work) -> Judgement:
    """What the rules say of the two records that agree best; of the works where none do."""
    ends = (library.subjects(one), library.subjects(other))
    judged = [match.judge(a.profile, b.profile) for a, b in product(*ends)]
    said = [judgement for judgement in judged if judgement is not None]
    if said:
        return min(said, key=lambda one: (_RANKS.index(one.verdict), match.strength(one)))
    return match.classify(match.compare(match.Subject.of_work(one), match.Subject.of_work(other)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewGroup:
    """Works that belong together because each may be one with another of them."""

    works: tuple[Work, ...]
    evidence: tuple[Decision, ...]
    """Why, one for each pair that waits."""

    @property
    def key(self) -> str:
        """What the group is known by, for as long as its works are what they are."""
        return self.works[0].name

    def rows(self, *, is_whole: bool = False) -> list[tuple[str, tuple[str, ...]]]:
        """Variable → what each work says; only where they differ unless ``is_whole``."""
        told = [
            (name, tuple(values.shown(work.item.get(name)) for work in self.works))
            for name in FIELDS
        ]
        return [row for row in told if any(row[1]) and (is_whole or len(set(row[1])) > 1)]


def groups(library: Library) -> list[ReviewGroup]:
    """The groups that wait for a person; a decided pair is in none."""
    pairs = library.possible()
    leader: dict[str, str] = {}

    def first(name: str) -> str:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    works: dict[str, Work] = {}
    for a, b, _ in pairs:
        works |= {a.id: a, b.id: b}
        leader[first(b.id)] = first(a.id)
    found: dict[str, list[str]] = {}
    for one in works:
        found.setdefault(first(one), []).append(one)
    return [
        ReviewGroup(
            works=tuple(works[one] for one in members),
            evidence=tuple(why for a, _, why in pairs if a.id in members),
        )
        for members in found.values()
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedFile:
    """A file of references that was brought for a review, as it was read."""

    name: str
    form: str
    records: int
    unreadable: int


def take_files(
    path: Path, files: Sequence[BibliographyFile], *, now: str
) -> tuple[ReviewedFile, ...]:
    """Put the files of a review into its library at ``path``; gives how many records each holds.

    What joined and what is doubtful is not told here: the review is where a person sees it.
    """
    with Library.open(path, create=True) as library:
        for file in files:
            for _ in intake.take_entries(library, file.form, file.name, file.entries, now=now):
                pass
    return tuple(
        ReviewedFile(
            name=file.name,
            form=file.form,
            records=len(file.entries),
            unreadable=len(file.broken),
        )
        for file in files
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What became of the records of a review before they are screened.

    Source of the counts: the flow diagram of PRISMA 2020 (https://www.prisma-statement.org).
    """

    files: tuple[ReviewedFile, ...]
    left: int
    """Records to screen."""
    by_person: int
    """Duplicates that a person decided."""
    waiting: int
    """Pairs that a person has still to decide."""

    @property
    def identified(self) -> int:
        """All records that were read, of every file."""
        return sum(file.records for file in self.files)

    @property
    def removed(self) -> int:
        """Duplicates, whoever decided them."""
        return self.identified - self.left

    @property
    def by_rule(self) -> int:
        """Duplicates that needed nobody."""
        return self.removed - self.by_person


def flow(library: Library, files: Sequence[ReviewedFile]) -> Flow:
    """The counts of a review as they stand now."""
    left = library.count()
    removed = sum(file.records for file in files) - left
    return Flow(
        files=tuple(files),
        left=left,
        by_person=min(library.decided_by_person(), max(removed, 0)),
        waiting=len(library.possible()),
    )


def left_and_removed(library: Library) -> tuple[list[Item], list[Item]]:
    """The works that are left to screen, and the records that became part of another's work."""
    left, removed = [], []
    for work in library.works():
        left.append(work.item)
        removed += [items.read(record).item for record in library.records_of(work)[1:]]
    return left, removed


def is_waiting(library: Library, a: Work, b: Work) -> bool:
    """Whether two works are apart still: an earlier answer may have settled this pair too."""
    works = [library.find(Identifier.parse(one.id)) for one in (a, b)]
    return None not in works and works[0] != works[1]


def decide(  # noqa: PLR0913
    library: Library,
    names: Sequence[str],
    answer: str,
    *,
    reason: str = "",
    chosen: Mapping[str, str] | None = None,
    now: str,
) -> list[str]:
    """Decide that all of the works are one (``m``) or all are different (``d``).

    Gives the keys of what was decided, to take it back by.  ``chosen`` names for a variable the
    value that a person wants to stand.  Raises UsageError on another answer or an unknown work.
    """
    if answer == "m":
        made = []
        for other in names[1:]:
            decision = decisions.record_match(library, names[0], other, reason=reason, now=now)
            made += [decision.key] if decision is not None else []
        work = decisions.named(library, names[0]).work
        typed = [
            f"{name}={value}"
            for name, value in (chosen or {}).items()
            if name in CHOSEN and values.shown(work.item.get(name)) != value
        ]
        if typed:
            manual_entry.correct(library, work.name, typed, reason=reason, now=now)
        return made
    if answer == "d":
        return [
            decisions.record_distinct(library, a, b, reason=reason, now=now).key
            for a, b in combinations(names, 2)
        ]
    raise UsageError(f"{answer!r} is no answer", hint="m: one work. d: different works.")
