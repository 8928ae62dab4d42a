"""References of every kind, in the forms in which pages print them, read no worse than before."""

from __future__ import annotations

import json
import random
from pathlib import Path

from benchmark import load

from refpipe.items import printed

HERE = Path(__file__).parents[1] / "benchmarks/printed_forms"


FORMS = load("printed_forms")
SCORES = json.loads((HERE / "scores.json").read_text(encoding="utf-8"))


def test_no_kind_is_read_worse_than_before() -> None:
    """All kinds in one test: two workers would each read the forms of all of them."""
    counts, _ = FORMS.measure(FORMS.EACH, FORMS.SEED)
    now = FORMS.scores(counts)
    assert now.keys() == SCORES.keys()
    for kind, before in SCORES.items():
        assert now[kind]["right"] >= before["right"], kind
        assert now[kind]["wrong"] <= before["wrong"], kind
        assert now[kind]["whole"] >= before["whole"], kind


def test_every_kind_has_forms_in_both_languages() -> None:
    kinds = {(kind, "ja" in options.split()) for kind, _, options in FORMS.forms()}
    assert {kind for kind, _ in kinds} == set(FORMS.TYPES)
    assert len(kinds) == 2 * len(FORMS.TYPES)


def test_nothing_of_a_reference_is_lost() -> None:
    """Every word stands in a field, in what was not understood, or is a label between them."""
    chance = random.Random(3)
    for case in chance.sample(FORMS.cases(FORMS.EACH, FORMS.SEED), 120):
        read = printed.read(case.text)
        covered = [(field.span.start, field.span.end) for field in read.fields.values()]
        covered += [(left.span.start, left.span.end) for left in read.rest]
        for name in ("title", "container", "publisher"):
            value = str(case.truth.get(name, ""))
            at = case.text.find(value)
            if value and at >= 0:
                assert any(start < at + len(value) and end > at for start, end in covered), (
                    case.text,
                    value,
                )
