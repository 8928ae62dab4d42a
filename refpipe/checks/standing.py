"""How a work stands: what its notices come to, taken together.

A retraction holds unless a later notice withdrew it; a concern says less than a retraction, a
correction less than a concern.  Sources are heard one by one, so that it shows where they
disagree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from refpipe.model import Relation, Work

NOTICES = ("retraction", "expression-of-concern", "correction", "reinstatement")
"""The kinds of notice about a work; the same with ``-of`` is said of the notice itself."""
ALARMS = ("RET001", "RET002")
"""The rules that tell of a work that should not be cited as it is."""
TOLD = (*ALARMS, "RET003", "RET006", "RET007", "RET008", "RET009")
"""The rules that tell of a work's standing."""
_REPLACED = "retract and replace"


def retractions(work: Work) -> tuple[Relation, ...]:
    """The retractions that no later notice withdrew."""
    own = _of_kind(work.relations, "retraction")
    return () if _is_withdrawn(work.relations) else own


def reinstatements(work: Work) -> tuple[Relation, ...]:
    """The notices that withdrew the work's retraction; none where it stands or never was."""
    return _of_kind(work.relations, "reinstatement") if _is_withdrawn(work.relations) else ()


def restored(work: Work) -> tuple[Relation, ...]:
    """The notices that withdrew the retraction of a paper that stands as it was."""
    return () if is_replaced(work.relations) else reinstatements(work)


def replaced(work: Work) -> tuple[Relation, ...]:
    """The same of a paper that was put in again, mended."""
    return reinstatements(work) if is_replaced(work.relations) else ()


def concerns(work: Work) -> tuple[Relation, ...]:
    """The expressions of concern, unless the work was retracted or cleared since."""
    found = _of_kind(work.relations, "expression-of-concern")
    cleared = max((one.date for one in _of_kind(work.relations, "reinstatement")), default="")
    return () if retractions(work) else tuple(one for one in found if one.date >= cleared)


def alarms(work: Work) -> tuple[Relation, ...]:
    """The notices for which the work should not be relied on: retractions, else concerns."""
    return retractions(work) or concerns(work)


def corrections(work: Work) -> tuple[Relation, ...]:
    """The notices that correct the work."""
    return _of_kind(work.relations, "correction")


def notices_of(work: Work) -> tuple[Relation, ...]:
    """What the work is a notice of; none where it is a paper that has its own notice within."""
    found = tuple(one for kind in NOTICES for one in _of_kind(work.relations, f"{kind}-of"))
    has_own = any(one.kind in NOTICES for one in work.relations)
    return () if has_own else found


_SAID_BY = frozenset({"publisher", "pubmed", "registry", "person"})


def newer(work: Work) -> tuple[Relation, ...]:
    """Newer versions that a source names; what was only found alike is no update."""
    said = (one for one in work.relations if one.kind in {"new-version", "next-edition"})
    return tuple(one for one in said if one.source in _SAID_BY)


def is_replaced(relations: Iterable[Relation]) -> bool:
    """Whether the paper was retracted and put in again, mended, in its place."""
    return any(_REPLACED in one.reason.lower() for one in relations)


def disagreement(work: Work) -> tuple[str, str]:
    """Who holds the work for retracted and who, having looked, does not; empty where all agree."""
    by_source: defaultdict[str, list[Relation]] = defaultdict(list)
    for one in work.relations:
        if one.kind in NOTICES and one.source:
            by_source[one.source].append(one)
    pro = {who for who, said in by_source.items() if _says_retracted(said)}
    contra = by_source.keys() - pro
    return (", ".join(sorted(pro)), ", ".join(sorted(contra))) if pro and contra else ("", "")


def _says_retracted(said: list[Relation]) -> bool:
    return bool(_of_kind(said, "retraction")) and not _is_withdrawn(said)


def _is_withdrawn(relations: Iterable[Relation]) -> bool:
    """Whether a retraction was followed by a reinstatement."""
    listed = tuple(relations)
    retracted = [one.date for one in _of_kind(listed, "retraction")]
    restored = [one.date for one in _of_kind(listed, "reinstatement")]
    return bool(restored) and max(restored) >= max(retracted, default="")


def _of_kind(relations: Iterable[Relation], kind: str) -> tuple[Relation, ...]:
    return tuple(one for one in relations if one.kind == kind)
