"""Works that may be one, grouped and laid side by side for a person to decide."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from refpipe import items
from refpipe.errors import UsageError
from refpipe.library import Library
from refpipe.merge import standing
from refpipe.model import Decision, DecisionKind, Item, Work
from refpipe.pipeline import decisions, manual_entry

FIELDS = ("type", "title", "author", "issued", "container-title", "volume", "issue", "page",
          "publisher", "edition", "DOI", "PMID", "URL")  # fmt: skip
"""The variables that are compared, in the order in which they are read."""
CHOSEN = frozenset({"title", "container-title", "volume", "issue", "page", "publisher", "edition"})
"""Those whose value can be chosen while two works are made one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
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
        told = [(name, tuple(shown(work, name) for work in self.works)) for name in FIELDS]
        return [row for row in told if any(row[1]) and (is_whole or len(set(row[1])) > 1)]


def groups(library: Library) -> list[Group]:
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
        Group(
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
    said = [
        one
        for one in standing(library.decisions())
        if one.kind is DecisionKind.MATCH and one.by == "person"
    ]
    return Flow(
        files=tuple(files),
        left=left,
        by_person=min(len(said), max(removed, 0)),
        waiting=len(library.possible()),
    )


def left_and_removed(library: Library) -> tuple[list[Item], list[Item]]:
    """The works that are left to screen, and the records that became part of another's work."""
    left, removed = [], []
    for work in library.works():
        left.append(work.item)
        removed += [items.read(record).item for record in library.records_of(work)[1:]]
    return left, removed


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
            if name in CHOSEN and shown(work, name) != value
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


def shown(work: Work, variable: str) -> str:
    """A variable of a work as a person reads it."""
    value = work.item.get(variable)
    if isinstance(value, list):
        people = [one for one in value if isinstance(one, dict)]
        return "; ".join(_name(one) for one in people)
    if isinstance(value, dict):
        parts = value.get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts else None
        if isinstance(first, list):
            return "-".join(str(part) for part in first)
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def _name(name: Mapping[str, object]) -> str:
    """A name with its particle, as it is printed: ``A. el Barzouhi`` keeps its ``el``."""
    particle = name.get("non-dropping-particle") or name.get("dropping-particle")
    family = " ".join(str(part) for part in (particle, name.get("family")) if part)
    given = str(name.get("given") or "")
    whole = ", ".join(part for part in (family, given) if part)
    return whole or str(name.get("literal") or "")
