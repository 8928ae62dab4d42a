"""From what an author typed after ``@`` to a work of the library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from refpipe import identifiers
from refpipe.errors import UsageError
from refpipe.library import Library
from refpipe.model import (
    Answer,
    Article,
    Certainty,
    Claim,
    Difference,
    Identifier,
    Item,
    Scheme,
    Unresolved,
    Waiver,
    Work,
)

if TYPE_CHECKING:
    from refpipe.sources import Registries


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundWorks:
    """What the keys of some articles came to."""

    works: Mapping[str, Work] = field(default_factory=dict)
    unresolved: Mapping[str, Unresolved] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    """The answers to findings that the library keeps."""
    data_of: str = ""
    """The day of the data on retractions; empty where there are none."""
    seen: frozenset[str] = frozenset()
    """The ids of the works that only their page speaks for, and whose page was seen."""


def keys(articles: Iterable[Article]) -> tuple[str, ...]:
    """Every key that the articles cite or list, once, in order of mention."""
    seen: dict[str, None] = {}
    for article in articles:
        cited = [citation.items for citation in article.citations]
        listed = [bibliography.uncited for bibliography in article.bibliographies]
        seen.update(dict.fromkeys(item.key for items in (*cited, *listed) for item in items))
    return tuple(seen)


def names(key: str) -> tuple[Identifier, ...]:
    """The identifiers by which the library may know what ``key`` names, surest first.

    A candidate is none of them: a work is never found by a guess.
    """
    claim = identifiers.read(key)
    found = [identifiers.url(key), identifiers.name(key)]
    if claim is not None and claim.certainty is not Certainty.CANDIDATE:
        found.insert(0, claim.identifier)
    return tuple(dict.fromkeys(identifier for identifier in found if identifier is not None))


def claim(key: str) -> Claim | None:
    """What to ask a registry about ``key``; None for a name, which only the library knows."""
    return identifiers.read(key)


def number_readings(key: str) -> tuple[Identifier, ...]:
    """What a bare number can mean that no label explains; nothing for what reads as it stands."""
    return () if identifiers.read(key) else identifiers.bare_number(key)


def find(library: Library, wanted: Iterable[str]) -> dict[str, Work]:
    """Key → work, for the keys that the library knows."""
    known = {key: names(key) for key in wanted}
    works = library.find_many({name for listed in known.values() for name in listed})
    return {
        key: next(works[name] for name in listed if name in works)
        for key, listed in known.items()
        if any(name in works for name in listed)
    }


def no_such_work(library: Library, key: str) -> UsageError:
    """What to say of a key that the library does not know: what is near it, and what to do next."""
    if claim(key) is not None:
        hint = f"refpipe add {key} asks for it"
    elif near := _near_names(library, key):
        hint = f"near it is {', '.join(near)}; refpipe search WORDS finds works"
    else:
        hint = "refpipe search WORDS finds works"
    return UsageError(f"the library knows no {key!r}", hint=hint)


_LOOKED_AT, _ALIKE = 1000, 0.7
"""Names with the beginning of the one typed, and how far the whole of it must be like one."""


def _near_names(library: Library, key: str) -> list[str]:
    """The names of works that somebody who typed ``key`` may have meant, the nearest first."""
    import difflib

    typed = key.removeprefix("@").casefold()
    for length in range(len(typed), 0, -1):
        known = library.names(typed[:length], _LOOKED_AT)
        if near := difflib.get_close_matches(typed, known, n=3, cutoff=_ALIKE):
            return near
    return []


def unknown(key: str, *, unasked: str = "", has_library: bool = True) -> Unresolved:
    """Why a key that the library does not know has no work, where nobody was asked.

    ``unasked`` is the option that kept the run from asking.  Without a library nothing is known
    of a name, so its absence is no verdict.
    """
    asked = claim(key)
    if asked is None and (fault := identifiers.mistyped_isbn(key)):
        return Unresolved(
            identifier=Identifier(Scheme.NAME, key.strip()), reason=fault, is_final=True
        )
    if asked is None and not has_library:
        return Unresolved(
            identifier=identifiers.name(key) or Identifier(Scheme.NAME, key),
            reason="there is no library yet, or nothing in it, to look the name up in;"
            " refpipe add, import or adopt puts works in",
            is_final=False,
        )
    if asked is None:
        return Unresolved(
            identifier=identifiers.name(key) or Identifier(Scheme.NAME, key),
            reason="no work of that name is in the library; refpipe search finds names",
            is_final=True,
        )
    return Unresolved(
        identifier=asked.identifier,
        reason=f"{asked.identifier} is not in the library and no registry was asked"
        + (f"; run again without {unasked}" if unasked else "; run refpipe refs to ask"),
        is_final=False,
    )


def find_or_ask(
    library: Library,
    keys: Sequence[str],
    registries: Callable[[], Registries] | None,
    *,
    now: str,
    unasked: str = "",
) -> FoundWorks:
    """The works of the keys, after asking the registries about those that the library lacks.

    Where ``registries`` is None nobody is asked; ``unasked`` is the option that said so.
    """
    wanted = tuple(dict.fromkeys(keys))
    works = find(library, wanted)
    missing = [key for key in wanted if key not in works]
    unresolved: dict[str, Unresolved] = {}
    if registries is not None and any(claim(key) is not None for key in missing):
        from refpipe.pipeline import query

        with registries() as asked:
            unresolved = query.Asker(library=library, registries=asked, now=now).keys(missing)
        works |= find(library, missing)
    for key in missing:
        if key not in works:
            unresolved.setdefault(key, unknown(key, unasked=unasked))
    return FoundWorks(
        works={key: works[key] for key in wanted if key in works}, unresolved=unresolved
    )


def address(key: str) -> Identifier | None:
    """The address that the key is; None where it is something else."""
    return identifiers.url(key)


def own_evidence(key: str) -> Item:
    """What the key itself says of the work, for confirming a candidate derived from it."""
    found = address(key)
    return {"URL": found.value} if found is not None else {}


_PLAIN = re.compile(
    r"(?:doi:10\.[0-9]{4,9}/|pmid:|pmcid:|arxiv:)?[A-Za-z0-9]+(?:[./_-][A-Za-z0-9]+)*"
)
"""Keys that the grammar of citations reads back as they stand, whatever follows."""


def key_of(work: Work) -> str:
    """What to type after ``@`` for ``work``: a literal identifier, its address, or its name."""
    literal = identifiers.surest(work.claims, or_candidate=False)
    if literal is not None:
        return str(literal.identifier)
    for claim in work.claims:
        if claim.identifier.scheme is Scheme.URL:
            return claim.identifier.value
    return work.name


def safe_key(library: Library, work: Work) -> str:
    """What to type for ``work``, and for no other: an identifier only where it finds this work.

    An identifier that is printed in one reference and registered for another work finds the
    other one.
    """
    key = key_of(work)
    found = library.find(Identifier.parse(key)) if ":" in key and "//" not in key else None
    if found is None and "//" in key:
        found = library.find(Identifier(Scheme.URL, key))
    return key if key == work.name or (found is not None and found.id == work.id) else work.name


def typed_key(key: str) -> str:
    """``@`` and the key, in braces where the bare key would be read otherwise."""
    bare = f"@{key}"
    if _PLAIN.fullmatch(key):
        return bare
    # Imported here: most keys are plain, and the grammar of articles takes 30 ms to import.
    from refpipe.articles import citations

    read = citations.items(f"{bare}; @x")
    return bare if [item.key for item in read] == [key, "x"] else f"@{{{key}}}"


# ── What identifiers come to when the registries are asked and nothing is stored ────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What one input came to: an identifier, or a printed reference."""

    text: str
    claim: Claim | None
    """What it is, or what it prints."""
    answers: tuple[Answer, ...] = ()
    unresolved: Unresolved | None = None

    @property
    def answer(self) -> Answer | None:
        """The last answer is the fullest: PubMed's comes before Crossref's."""
        return self.answers[-1] if self.answers else None

    @property
    def item(self) -> Item:
        """What was answered; empty where nothing was."""
        from refpipe import items

        return items.read(self.answer.record).item if self.answer else {}

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Where the printed reference differs from the answer; none for a bare identifier."""
        if self.answer is None or identifiers.read(self.text) is not None:
            return ()
        from refpipe.items import printed
        from refpipe.match.differences import differences

        stated = printed.remembered(self.text).reading.item
        return differences(stated, self.item, text=self.text)

    @property
    def doi(self) -> str | None:
        """The DOI that a registry answered for, or else the one that was written or derived."""
        if self.answer is not None:
            if self.answer.record.identifier.scheme is Scheme.DOI:
                return self.answer.record.identifier.value
            return self.item.get("DOI")
        if self.claim is None or self.claim.identifier.scheme is not Scheme.DOI:
            return None
        is_refuted = self.unresolved is not None and self.unresolved.is_final
        if is_refuted and self.claim.certainty is Certainty.CANDIDATE:
            return None
        return self.claim.identifier.value

    def as_json(self) -> dict[str, Any]:
        """The line of JSON."""
        named = self._named
        certainty = self.answer.certainty if self.answer else (named and named.certainty)
        return {
            "input": self.text,
            "doi": self.doi,
            "certainty": str(certainty) if certainty else None,
            "agency": self.answer.agency if self.answer else None,
            "reason": self.reason,
            "identifier": str(named.identifier) if named else None,
            "differences": [asdict(one) for one in self.differences],
        }

    @property
    def _named(self) -> Claim | None:
        """The claim, where it names an identifier and not just a text."""
        is_text = self.claim is None or self.claim.identifier.scheme is Scheme.TEXT
        return None if is_text else self.claim

    @property
    def reason(self) -> str:
        """Why there is nothing, or how it is known."""
        if self.answer is not None:
            return self.answer.reason
        if self.unresolved is not None:
            return self.unresolved.reason
        rule = self.claim.rule if self.claim else ""
        return rule or ("" if self.claim else "this is no identifier that is known")

    @property
    def is_refuted(self) -> bool:
        """Whether it is no identifier, or its registry says that there is no such work."""
        return self.claim is None or (self.unresolved is not None and self.unresolved.is_final)


def claims_of(inputs: Iterable[str]) -> dict[str, Claim | None]:
    """Input → the identifier that it is, or that it prints; None where there is none.

    A printed reference without identifier is claimed as its own text, to be searched for.
    """
    return {text: _claim_of(text) for text in dict.fromkeys(inputs)}


def _claim_of(text: str) -> Claim | None:
    if (claim := identifiers.read(text)) is not None or len(text.split()) < _FEWEST:
        return claim
    printed = (claim for _, claim in identifiers.find(text))
    if (claim := identifiers.surest(printed, _REGISTERED, or_candidate=False)) is not None:
        return claim
    return Claim(identifier=Identifier(Scheme.TEXT, text), certainty=Certainty.CANDIDATE)


_FEWEST = 5
"""Words of a printed reference; what is shorter and no identifier is a slip of the pen."""
_REGISTERED = (Scheme.DOI, Scheme.PMID, Scheme.PMCID, Scheme.ARXIV, Scheme.ISBN)


def ask_registries(
    registries: Registries, claims: Mapping[str, Claim | None]
) -> Iterator[Answer | Unresolved]:
    """What the registries say of each, as it arrives; references are searched for last."""
    wanted = {text: claim for text, claim in claims.items() if claim is not None}
    named = {t: claim for t, claim in wanted.items() if claim.identifier.scheme is not Scheme.TEXT}
    evidence = {claim.identifier: own_evidence(text) for text, claim in named.items()}
    yield from registries.resolve(named.values(), evidence)
    for text in wanted.keys() - named.keys():
        yield _searched(registries, text)


def _searched(registries: Registries, text: str) -> Answer | Unresolved:
    """The one work that agrees in all that a printed reference says, or why there is none."""
    from refpipe.items import printed

    own = Identifier(Scheme.TEXT, text)
    result = registries.search(printed.remembered(text).reading.item, text=text)
    if result.accepted is not None:
        told = f"found by search: {result.accepted.agreement.reason}"
        return Answer(asked=own, record=result.accepted.record, reason=told)
    if result.failure:
        return Unresolved(identifier=own, reason=result.failure, is_final=False)
    nearest = result.nearest(text)
    reason = "no registry has a work that agrees in all"
    if nearest is not None:
        reason += f"; the nearest is {nearest.record.identifier}"
    return Unresolved(identifier=own, reason=reason, is_final=True)


def resolutions(
    inputs: Sequence[str],
    claims: Mapping[str, Claim | None],
    outcomes: Iterable[Answer | Unresolved],
) -> list[Resolution]:
    """What each input came to, in order."""
    answers: dict[Identifier, list[Answer]] = {}
    missing: dict[Identifier, Unresolved] = {}
    for outcome in outcomes:
        if isinstance(outcome, Answer):
            answers.setdefault(outcome.asked, []).append(outcome)
        else:
            missing[outcome.identifier] = outcome
    return [
        Resolution(
            text=text,
            claim=claim,
            answers=tuple(answers.get(claim.identifier, ())) if claim else (),
            unresolved=missing.get(claim.identifier) if claim else None,
        )
        for text in inputs
        for claim in (claims[text],)
    ]
