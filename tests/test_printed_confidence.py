"""How sure a field is: learned from marked references, judged on those that were not learned."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace

import pytest
from benchmark import load
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe.items import printed
from refpipe.items.printed import confidence, doubts, grammar
from refpipe.items.printed.addresses import Addresses
from refpipe.items.printed.clean import Clean
from refpipe.items.printed.confidence import Evidence
from refpipe.items.printed.doubts import Opinion, Share, Signs
from refpipe.items.printed.nouns import SURE, Draft, Field, Printed, Rest
from refpipe.model import Reading, Span

TRAINING = load("printed/confidence", "train")
NOTHING = Signs(firm=frozenset(), soft=frozenset())
TEXT = "Okafor B. Slow growth of reed beds. Marsh Ways. 2014;3(2):1-9."


def title(sure: float, rest: tuple[Rest, ...] = ()) -> Printed:
    """A reading of which the title alone is asked about."""
    span = Span(10, 34)
    return Printed(
        text=TEXT,
        reading=Reading(item={"type": "article-journal", "title": TEXT[10:34]}),
        fields={"title": Field(value=TEXT[10:34], confidence=sure, span=span)},
        rest=rest,
    )


def sure(read: Printed, opinion: Opinion, signs: Signs = NOTHING) -> float:
    evidence = Evidence(signs=signs, opinion=opinion, grammar="journal")
    return confidence.weighed(read, evidence).fields["title"].confidence


def says(share: float, beside: float = 0.01) -> Opinion:
    """The labeller gives the words of the title such a share, and those beside it another."""
    shares = {"title": Share(least=share, mean=share, before=beside, behind=beside)}
    doubt = max(1 - share, beside)
    return Opinion(
        shares=shares,
        against=frozenset({"title"} if doubt >= 0.9 else ()),
        shared=frozenset({"title"} if doubt <= doubts.SHARED else ()),
        whole=frozenset({"title"} if doubt <= doubts.WHOLE else ()),
    )


@pytest.mark.parametrize("known", [0.6, 0.75, 0.9, 0.95])
def test_a_field_is_surer_the_more_the_labeller_consents(known: float) -> None:
    shares = [0.02, 0.4, 0.8, 0.98]
    found = [sure(title(known), says(share)) for share in shares]
    assert found == sorted(found)
    assert found[0] < SURE <= found[-1]


def test_a_word_beside_a_title_that_may_be_its_own_makes_it_less_sure() -> None:
    assert sure(title(0.9), says(0.98, beside=0.95)) < SURE < sure(title(0.9), says(0.98))


@pytest.mark.parametrize("known", [0.6, 0.9, 0.99])
def test_a_firm_sign_is_weighed_against_nothing(known: float) -> None:
    firm = Signs(firm=frozenset({"title"}), soft=frozenset())
    assert sure(title(known), says(0.99), firm) <= doubts.DOUBTED


def test_what_was_not_read_makes_the_field_beside_it_less_sure() -> None:
    left = Rest(text="Marsh Ways", span=Span(36, 46))
    soft = Signs(firm=frozenset(), soft=frozenset({"title"}))
    assert sure(title(0.9, (left,)), says(0.6), soft) < sure(title(0.9), says(0.6))


@given(st.text(max_size=200), st.sampled_from(["", "（2014）", ". 2014;3:1-9.", "「"]))
@settings(max_examples=some(100), deadline=None)
def test_whatever_is_read_a_confidence_is_a_probability(text: str, end: str) -> None:
    read = printed.read(text + end)
    assert all(0 < field.confidence < 1 for field in read.fields.values())
    assert 0 <= read.type_confidence <= 1


def seen(text: str) -> Iterator[tuple[str, float]]:
    case = {"text": text, "kind": "journal", "truth": {"title": "none of it"}}
    for _, features, _, _ in TRAINING.rows(case):
        yield from features.items()


@pytest.mark.parametrize(
    "text", [TEXT, "岡部文：葦原の生長．岸辺学会誌 12(3)：45-51，2014．", "?", "「」"]
)
def test_a_feature_is_a_small_figure(text: str) -> None:
    assert all(-1 <= value <= 1 and math.isfinite(value) for _, value in seen(text))


def test_weights_are_of_what_is_seen() -> None:
    names = confidence.weights(is_japanese=True).keys()
    shown = {name for name, _ in seen("岡部文：葦原の生長．岸辺学会誌 12(3)：45-51，2014．")}
    assert {"", "mean", "firm sign", "title mean", "container-title mean"} <= names
    assert {"mean", "firm sign", "has title", "is article-journal"} <= shown
    fields = {*printed.read(TEXT).fields}
    known = [name for name in names if name.split(" ")[0] in fields]
    assert len(known) > 300


OFTEN = ("japanese_apart", "western_apart")
"""Sets that the fast suite reads."""
SETS = [
    pytest.param(name, marks=() if name in OFTEN else pytest.mark.slow)
    for name in json.loads(TRAINING.SCORES.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("name", SETS)
def test_no_more_is_wrong_in_silence_than_before(name: str) -> None:
    """References that nobody looked at and nothing learned."""
    was = json.loads(TRAINING.SCORES.read_text(encoding="utf-8"))[name]
    found = TRAINING.told([TRAINING.REFERENCES / f"{name}.jsonl"])
    assert found["silent"] <= was["silent"]
    assert found["doubted"] <= was["doubted"] + 0.005


def test_a_reading_that_is_changed_afterwards_keeps_its_places() -> None:
    read = printed.read(TEXT)
    assert all(TEXT[f.span.start : f.span.end] for f in read.fields.values())
    assert replace(read, rest=()).doubted == read.doubted == ()


JAPANESE = "岡部文：葦原の生長．岸辺学会誌 12(3)：45-51，2014．"


@pytest.mark.parametrize(("text", "at_once"), [(TEXT, 0), (JAPANESE, 1)])
def test_how_sure_a_reading_is_is_worked_out_once_and_where_it_is_asked(
    text: str, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether a Japanese reference has a second reading hangs on what is in doubt of the first."""
    weighed, asked = confidence.weighed, []

    def counted(read: Printed, evidence: Evidence) -> Printed:
        asked.append(read.text)
        return weighed(read, evidence)

    monkeypatch.setattr(confidence, "weighed", counted)
    read = printed.read(text)
    assert read.reading.item["volume"] in ("3", "12")
    assert read.places["title"].span.start > 0
    assert read.is_in_front
    assert not read.is_headless
    assert asked == [text] * at_once
    assert read.fields["title"].is_sure
    assert read.kind.confidence == read.type_confidence > 0
    assert asked == [text]


def test_a_reading_that_is_not_weighed_yet_is_like_one_that_is() -> None:
    fresh, old = printed.read(TEXT), printed.read(TEXT)
    assert old.doubted == ()
    assert fresh == old
    assert replace(printed.read(TEXT), rest=()) == replace(old, rest=())
    assert not hasattr(printed.read(TEXT), "weight")


def test_what_is_the_same_in_several_readings_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six kinds, of which one is that of the first reading; few of the nine are weighed."""
    weighed, read, asked, kinds = confidence.weighed, grammar.read, [], []

    def counted(one: Printed, evidence: Evidence) -> Printed:
        asked.append(one)
        return weighed(one, evidence)

    def told(cleaned: Clean, found: Addresses, as_kind: str = "") -> Draft:
        kinds.append(as_kind)
        return read(cleaned, found, as_kind)

    monkeypatch.setattr(confidence, "weighed", counted)
    monkeypatch.setattr(grammar, "read", told)
    text = "Okafor B. Slow growth of reed beds, Marsh House, September 2014."
    assert "type" in printed.read(text).doubted
    assert len(kinds) == len({*kinds}) == 6
    assert 1 < len(asked) < 6
