"""Newer versions of what is cited: looked for, remembered, and cited in the place of the old.

A later version has the number of its DOI (Cochrane's ``.pub3``, a preprint's ``/v2``), a later
edition of a book stands at Crossref or in the catalogue of the National Diet Library.  Neither is
the work that is cited: both stay in the library, and a decision says which came after which.  A
correction is cited instead only where it is the whole article published anew.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from refpipe import files, identifiers, normalise
from refpipe.errors import UsageError
from refpipe.library import Library
from refpipe.match import book_agreement
from refpipe.match.differences import differences, is_other_work
from refpipe.model import (
    Certainty,
    Claim,
    Decision,
    DecisionKind,
    Identifier,
    Record,
    Relation,
    Scheme,
    Unresolved,
    Work,
)
from refpipe.pipeline import check, decisions, intake, lookup, pages, refs
from refpipe.pipeline.editor import actions
from refpipe.pipeline.editor.session import Session
from refpipe.pipeline.query import Asker

_FORMS = (
    re.compile(r"(?P<base>10\.1002/14651858\.cd\d{6})(?P<mark>\.pub)?(?P<n>(?<=\.pub)\d{1,2})?"),
    re.compile(r"(?P<base>10\.12688/[a-z0-9]+\.\d+)(?P<mark>\.)(?P<n>\d{1,2})"),
    re.compile(r"(?P<base>10\..+?)(?P<mark>\.pub|/v|\.v|\.r)(?P<n>\d{1,2})"),
)
"""DOIs with the number of a version: Cochrane's, whose first has none, those of F1000's
platforms, and those of preprints."""
_LATER = 9
"""Versions asked for beyond the one that is cited."""
_NEWER = ("new-version", "next-edition")
_SAID_BY = frozenset({"publisher", "pubmed", "registry", "person"})
"""Who can say that a version is newer; what was only found alike is no update."""


def next_version(doi: Identifier) -> Identifier | None:
    """The DOI that the next version would have; None for a DOI without number of a version.

    >>> [str(next_version(Identifier(Scheme.DOI, doi)))
    ...  for doi in ("10.1002/14651858.cd000963", "10.1002/14651858.cd000963.pub2", "10.5555/a")]
    ['doi:10.1002/14651858.cd000963.pub2', 'doi:10.1002/14651858.cd000963.pub3', 'None']
    """
    base, number = _version(doi.value)
    return Identifier(Scheme.DOI, f"{base}{number + 1}") if number else None


def _version(doi: str) -> tuple[str, int]:
    """What all versions have in common, and the number of this one; 0 where it has none."""
    for form in _FORMS:
        if match := form.fullmatch(doi.removeprefix("doi:")):
            return match["base"] + (match["mark"] or ".pub"), int(match["n"] or 1)
    return doi, 0


# ── looking for them ───────────────────────────────────────────────────────────────────


def look(asker: Asker, works: Iterable[Work]) -> dict[str, str]:
    """Ask for later versions and editions; what there is stands in the library then.

    Gives the id of each work of which it could not be asked, with the reason.
    """
    waiting = list({work.id: work for work in works}.values())
    return _look_for_versions(asker, waiting) | _look_for_editions(asker, waiting)


def _look_for_versions(asker: Asker, works: Sequence[Work]) -> dict[str, str]:
    """Ask for the next number, for all works at once, until nobody knows it."""
    last = {work.id: doi for work in works if (doi := _doi(work)) and next_version(doi)}
    by_id = {work.id: work for work in works}
    failed: dict[str, str] = {}
    newest: dict[str, Record] = {}
    for _ in range(_LATER):
        asked = {name: following for name, doi in last.items() if (following := next_version(doi))}
        claims = [Claim(identifier=one, certainty=Certainty.LITERAL) for one in asked.values()]
        if not claims:
            break
        heard = asker.claims(claims)
        for name, following in asked.items():
            why = heard.missing.get(following)
            if why is not None and not why.is_final:
                failed[name] = why.reason
            if following in heard.records:
                newest[name], last[name] = heard.records[following], following
            else:
                del last[name]
    for name, record in newest.items():
        _remember(asker, by_id[name], record, "new-version", "a later number of its DOI")
    return failed


def _doi(work: Work) -> Identifier | None:
    claim = identifiers.surest(work.claims, (Scheme.DOI,), or_candidate=False)
    return claim.identifier if claim is not None else None


def _look_for_editions(asker: Asker, works: Sequence[Work]) -> dict[str, str]:
    failed = {}
    for work in works:
        if not book_agreement.is_book(work.item):
            continue
        found = asker.registries.later_edition(work.item)
        if isinstance(found, str):
            failed[work.id] = found
        elif found is not None:
            intake.take(asker.library, found, now=asker.now)
            _remember(asker, work, found, "next-edition", "a later edition in the catalogue")
    return failed


def _remember(asker: Asker, work: Work, record: Record, kind: str, reason: str) -> None:
    """Say that the record's work came after this one, unless it is plainly another work."""
    later = asker.library.find(record.identifier)
    if later is None or later.id == work.id:
        return
    if kind == "new-version" and is_other_work(differences(work.item, later.item)):
        return
    made = _decision(work, later, kind, by="registry", reason=reason, made=_after(asker.now))
    asker.library.decide([made], made=asker.now)


def _decision(  # noqa: PLR0913
    work: Work, later: Work, kind: str, *, by: str, reason: str, made: str = ""
) -> Decision:
    a, b = sorted((Identifier.parse(work.id), Identifier.parse(later.id)))
    return Decision(
        kind=DecisionKind.RELATED, a=a, b=b, by=by, rule=kind, reason=reason,
        evidence=json.dumps({"notice": later.id}), made=made,
    )  # fmt: skip


def _after(now: str) -> str:
    """A second later: what the rules said of the two when the record came is outranked."""
    moment = datetime.datetime.fromisoformat(now)
    return (moment + datetime.timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


# ── citing them ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """Which work is to be cited in the place of which."""

    old: Work
    new: Work | None = None
    unresolved: Unresolved | None = None
    """Why the new work could not be had; nothing is to be done then."""


def newer_of(work: Work) -> tuple[Relation, ...]:
    """What is newer than the work, the latest first: versions, editions, a preprint's article."""
    is_preprint = work.item.get("type") == "article" or work.item.get("genre") == "Preprint"
    kinds = (*_NEWER, "preprint-of") if is_preprint else _NEWER
    found = (one for one in work.relations if one.kind in kinds and one.source in _SAID_BY)
    return tuple(sorted(found, key=lambda one: one.date, reverse=True))


def choose(asker: Asker, key: str, new: str) -> Replacement:
    """The work that ``key`` names and ``new``, or where that is empty its one newer version.

    Raises UsageError where it is not plain what is meant.
    """
    old = decisions.named(asker.library, key).work
    wanted = new or _newest(asker, old, key)
    missing = {} if lookup.find(asker.library, [wanted]) else asker.keys([wanted])
    if missing:
        return Replacement(old=old, unresolved=next(iter(missing.values())))
    later = decisions.named(asker.library, wanted).work
    if later.id == old.id:
        raise UsageError(f"{key} and {wanted} are one work", hint=f"refpipe why {key} {wanted}")
    return Replacement(old=old, new=later)


def _newest(asker: Asker, work: Work, key: str) -> str:
    found = dict.fromkeys(str(one.target) for one in newer_of(work))
    notices = [str(one.target) for one in work.relations if one.kind in _CORRECTED]
    found |= dict.fromkeys(one for one in notices if _is_republished(asker, work, one))
    if not found:
        raise UsageError(
            f"no newer version of {key} is known",
            hint=f"{notices[0]} corrects it: a notice to be read, and nothing to be cited instead."
            if notices
            else "refpipe check --online looks for one; or name the work to cite instead.",
        )
    if len(found) > 1 and len({_version(one)[0] for one in found}) > 1:
        raise UsageError(
            f"several works are newer than {key}: {', '.join(found)}",
            hint="Name the one to cite.",
        )
    return max(found, key=lambda one: _version(one)[1])


_CORRECTED = ("correction", "reinstatement")


def _is_republished(asker: Asker, work: Work, target: str) -> bool:
    """Whether a correction is the whole article anew, and not a notice about it."""
    if asker.keys([target]):
        return False
    later = lookup.find(asker.library, [target]).get(target)
    titles = [normalise.squeeze(str(one.item.get("title") or "")) for one in (work, later) if one]
    return len(titles) == 2 and titles[0] == titles[1] != ""


def cite(run: pages.RefsRun, done: Replacement, paths: Sequence[Path]) -> Iterator[pages.Page]:
    """Each article that cites the old work, with the new one in its place; none is written."""
    if done.new is None:
        return
    with closing(Session(run.config)) as session:
        texts = {path: files.read(path).text for path in paths}
        typed = done.new.name or done.new.id
        made = actions.typed_anew(session, done.old, typed, texts)
    for path, edits in made.items():
        yield refs.weave_text(run, files.read(path), check.edited(texts[path], edits))


def record(library: Library, done: Replacement, *, now: str) -> Decision | None:
    """Keep in the library which work is cited in the place of which, and since when."""
    if done.new is None:
        return None
    reason = f"cited in its place since {now[:10]}"
    made = _decision(done.old, done.new, "new-version", by="person", reason=reason)
    return next(iter(library.decide([made], made=now)), None)
