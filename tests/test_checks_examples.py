"""Every example of every rule's page does what the page says."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest

from refpipe import articles, checks
from refpipe.checks import rules
from refpipe.checks.run import Example
from refpipe.config import Config
from refpipe.model import Certainty, Claim, Identifier, Record, Relation, Unresolved, Work
from refpipe.pipeline import stated_differences

TODAY = datetime.date(2026, 6, 15)
EXAMPLES = [
    pytest.param(code, example, id=f"{code}-{index}-{'bad' if example.is_bad else 'good'}")
    for code in checks.RULES
    for index, example in enumerate(checks.page(code).examples)
]


def _site(told: dict[str, str]) -> checks.SiteDates:
    return checks.SiteDates(**{kind: datetime.date.fromisoformat(d) for kind, d in told.items()})


def context_of(rows: tuple[str, ...]) -> dict[str, Any]:
    """The parts of a context that a page's ``Library::`` rows describe."""
    works: dict[str, Work] = {}
    unresolved: dict[str, Unresolved] = {}
    records: dict[str, tuple[Record, dict[str, Any]]] = {}
    possible: list[tuple[str, str, str]] = []
    searched: dict[str, checks.Searched] = {}
    for row in map(json.loads, rows):
        if "site" in row:
            continue
        key = row["key"]
        if "searched" in row:
            found = row["searched"].get("found")
            searched[key.removeprefix("text:")] = checks.Searched(
                found=Identifier.parse(found) if found else None
            )
            continue
        own = Identifier.parse(key)
        if "item" not in row:
            unresolved[key] = Unresolved(
                identifier=own, reason=row["reason"], is_final=row["is_final"]
            )
            continue
        if "silent" in row:
            unresolved[key] = Unresolved(identifier=own, reason=row["silent"], is_final=False)
        item = {"issued": {"date-parts": [[2020]]}, **row["item"]}
        members = [(Record(source="crossref", identifier=own, payload=""), item)]
        if "printed" in row:
            members.append((Record(source="printed", identifier=own, payload=""), row["printed"]))
        if "possible" in row:
            possible.append((row["possible"], key, "alike"))
        records |= {record.key: (record, read) for record, read in members}
        works[key] = Work(
            id=key,
            name=key.rpartition("/")[2],
            item=item,
            members=tuple(record.key for record, _ in members),
            is_confirmed=row.get("is_confirmed", True),
            claims=tuple(
                Claim(identifier=Identifier.parse(name), certainty=Certainty.CANDIDATE)
                for name in row.get("candidates", [])
            ),
            relations=tuple(
                Relation(**{**told, "target": Identifier.parse(told["target"])})
                for told in row.get("relations", [])
            ),
        )
    return {
        "works": works,
        "searched": searched,
        "unresolved": unresolved,
        "records": records,
        "possible": tuple(possible),
        "differences": stated_differences.of_works(works.values(), records),
        "site": next((_site(row["site"]) for row in map(json.loads, rows) if "site" in row), None),
        "misprinted": {
            row["key"]: tuple(map(tuple, row["misprinted"]))
            for row in map(json.loads, rows)
            if "misprinted" in row
        },
        "is_complete": False,
    }


def findings(
    monkeypatch: pytest.MonkeyPatch, folder: Path, code: str, example: Example
) -> tuple[str, ...]:
    """The codes found in an example, by way of the pipeline."""
    from dataclasses import replace

    from refpipe.pipeline import check

    monkeypatch.chdir(folder)
    path = folder / ("page.html" if example.form == "html" else "page.md")
    path.write_text(example.text, encoding="utf-8")
    known = context_of(checks.page(code).library)
    asked, searched = known.pop("unresolved"), known.pop("searched")
    real = check.pages_under_check

    def look(*arguments: Any, **named: Any) -> Any:
        for one in real(*arguments, **named):
            yield replace(one, context=replace(one.context, **known))

    monkeypatch.setattr(check, "pages_under_check", look)
    config = Config(root=folder, library=folder / "library.db", articles=(folder,))
    select = () if checks.rule(code).is_default else (code,)
    order = check.Order(
        config=config, today=TODAY, select=select, unresolved=asked, searched=searched
    )
    (checked,) = check.check(order, [path])
    return tuple(finding.code for finding in checked.findings)


@pytest.mark.parametrize(("code", "example"), EXAMPLES)
def test_an_example_raises_the_code_or_does_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, example: Example
) -> None:
    codes = findings(monkeypatch, tmp_path, code, example)
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
    assert all(len(words) == 2 and all(words) for words in checks.RULES[code].messages.values())


def test_no_code_and_no_name_is_given_twice() -> None:
    files = sorted(Path(rules.__path__[0]).glob("*.py"))
    given = [
        one
        for file in files
        for one in re.findall(
            r'^@rule\(\n    "(.+)",\n    "(.+)",', file.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]
    assert len(given) == len(checks.RULES) == len({name for _, name in given})
    assert {code for code, _ in given} == set(checks.RULES)


@pytest.mark.parametrize(
    ("before", "is_headed"),
    [
        ("## 引用・参考文献\n\n次の資料に基づいて作成しました：\n\n", True),
        ("## References\n\nAll claims are backed by research.\n\n", True),
        ('<div><h2 id="脚注">脚注</h2><span>[<a href="/e">編集</a>]</span></div>\n<div>', True),
        ("## まとめ\n\n痛みは減ります。\n\n", False),
        ("## 参考文献\n\n一つ目の文。\n\n二つ目の文。\n\n", False),
        ("痛みは減ります。\n\n", False),
    ],
)
def test_a_sentence_may_lead_to_a_list_under_its_heading(before: str, *, is_headed: bool) -> None:
    text = f"甲[@doi:10.1000/x]。\n\n{before}<!--bibliography-->\n"
    article = articles.read("a.md", text)
    found = checks.run(article, checks.Context(today=datetime.date(2026, 6, 15)), select=["CIT006"])
    assert (found == ()) == is_headed
