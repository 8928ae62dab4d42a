"""Every example of every rule's page does what the page says."""

from __future__ import annotations

import datetime
import json

import pytest

from refpipe import checks, formats
from refpipe.model import Certainty, Claim, Identifier, Relation, Unresolved, Work

TODAY = datetime.date(2026, 6, 15)
EXAMPLES = [
    pytest.param(code, example, id=f"{code}-{index}-{'bad' if example.is_bad else 'good'}")
    for code in checks.RULES
    for index, example in enumerate(checks.page(code).examples)
]


def library(rows: tuple[str, ...]) -> checks.Context:
    """The context that a page's ``Library::`` rows describe."""
    works, unresolved = {}, {}
    for row in map(json.loads, rows):
        key = row["key"]
        if "item" not in row:
            unresolved[key] = Unresolved(
                identifier=Identifier.parse(key), reason=row["reason"], is_final=row["is_final"]
            )
            continue
        relations = [
            Relation(**{**r, "target": Identifier.parse(r["target"])})
            for r in row.get("relations", [])
        ]
        claims = [
            Claim(identifier=Identifier.parse(c), certainty=Certainty.CANDIDATE)
            for c in row.get("candidates", [])
        ]
        works[key] = Work(
            id=key,
            name=row.get("name", key),
            item={"issued": {"date-parts": [[2020]]}, **row["item"]},
            is_confirmed=row.get("is_confirmed", True),
            relations=tuple(relations),
            claims=tuple(claims),
        )
    return checks.Context(today=TODAY, works=works, unresolved=unresolved)


@pytest.mark.parametrize(("code", "example"), EXAMPLES)
def test_an_example_raises_the_code_or_does_not(code: str, example: object) -> None:
    name = "page.html" if example.form == "html" else "page.md"
    article = formats.read(name, example.text)
    context = library(checks.page(code).library)
    select = () if checks.rule(code).is_default else (code,)
    codes = [finding.code for finding in checks.run(article, context, select=select)]
    assert (code in codes) is example.is_bad, codes


@pytest.mark.parametrize("code", list(checks.RULES))
def test_every_rule_has_a_page_in_two_languages_and_examples(code: str) -> None:
    page = checks.page(code)
    for lang in ("en", "ja"):
        words = page.words(lang)
        assert words.summary
        assert ("理由:" if lang == "ja" else "Why:") in words.body
    assert {example.is_bad for example in page.examples} == {True, False}
    assert checks.rule(page.name).code == code
