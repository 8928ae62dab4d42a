"""What identifiers come to when the registries are asked and nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refpipe import identifiers, items
from refpipe.model import Answer, Certainty, Claim, Identifier, Item, Scheme, Unresolved
from refpipe.pipeline import lookup

if TYPE_CHECKING:
    from refpipe.sources import Registries


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What one input came to."""

    text: str
    claim: Claim | None
    answers: tuple[Answer, ...] = ()
    unresolved: Unresolved | None = None

    @property
    def answer(self) -> Answer | None:
        """The last answer is the fullest: PubMed's comes before Crossref's."""
        return self.answers[-1] if self.answers else None

    @property
    def item(self) -> Item:
        """What was answered; empty where nothing was."""
        return items.read(self.answer.record).item if self.answer else {}

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

    def as_json(self) -> dict[str, str | None]:
        """The line of JSON."""
        certainty = self.answer.certainty if self.answer else None
        if certainty is None and self.claim is not None:
            certainty = self.claim.certainty
        return {
            "input": self.text,
            "doi": self.doi,
            "certainty": str(certainty) if certainty else None,
            "agency": self.answer.agency if self.answer else None,
            "reason": self.reason,
            "identifier": str(self.claim.identifier) if self.claim else None,
        }

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
    """Input → the identifier that it is; None where it is none that is known."""
    return {text: identifiers.read(text) for text in dict.fromkeys(inputs)}


def ask(
    registries: Registries, claims: Mapping[str, Claim | None]
) -> Iterator[Answer | Unresolved]:
    """What the registries say of each, as it arrives."""
    wanted = {text: claim for text, claim in claims.items() if claim is not None}
    evidence = {claim.identifier: lookup.evidence(text) for text, claim in wanted.items()}
    return registries.resolve(wanted.values(), evidence)


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
