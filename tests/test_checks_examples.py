"""Every example of every rule's page does what the page says."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from refpipe import articles, checks, items
from refpipe.articles.unmanaged import unmanaged
from refpipe.checks import Example, rules
from refpipe.config import Config
from refpipe.model import (
    Certainty,
    Claim,
    Finding,
    Identifier,
    Record,
    Relation,
    Scheme,
    Unresolved,
    Work,
)
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
        if "opened" in row and "item" not in row:
            continue
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
        if "refuted" in row:
            unresolved[key] = Unresolved(identifier=own, reason=row["refuted"], is_final=True)
        item = {"issued": {"date-parts": [[2020]]}, **row["item"]}
        members = [(Record(source="crossref", identifier=own, payload=""), item)]
        if "printed" in row:
            members.append((Record(source="printed", identifier=own, payload=""), row["printed"]))
        members += [(one, {}) for one in _seen(own, row)]
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
            )
            + (Claim(identifier=own, certainty=Certainty.LITERAL),)
            * ("refuted" in row or own.scheme is Scheme.URL),
            relations=tuple(
                Relation(**{**told, "target": Identifier.parse(told["target"])})
                for told in row.get("relations", [])
            ),
        )
    return {
        "works": works,
        "searched": searched,
        "opened": {
            row["key"].removeprefix("text:"): checks.Opened(**row["opened"])
            for row in map(json.loads, rows)
            if "opened" in row
        },
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


def _seen(own: Identifier, row: dict[str, Any]) -> list[Record]:
    """The record of a look at the page of a work, where a row tells of one."""
    item = row["item"]
    if "seen" not in row:
        return []
    told = items.look_record(
        own, item["URL"], item["title"], shown=item["title"], ended=row.get("ended", "")
    )
    return [replace(told, heard="2026-06-01T00:00:00Z")]


def findings(
    monkeypatch: pytest.MonkeyPatch, folder: Path, code: str, example: Example
) -> tuple[Finding, ...]:
    """What is found in an example, by way of the pipeline."""
    from refpipe.pipeline import check

    monkeypatch.chdir(folder)
    path = folder / ("page.html" if example.form == "html" else "page.md")
    path.write_text(example.text, encoding="utf-8")
    known = context_of(checks.page(code).library)
    asked, searched = known.pop("unresolved"), known.pop("searched")
    opened = known.pop("opened")
    real = check.pages_under_check

    def look(*arguments: Any, **named: Any) -> Any:
        for one in real(*arguments, **named):
            yield replace(one, context=replace(one.context, **known))

    monkeypatch.setattr(check, "pages_under_check", look)
    config = Config(root=folder, library=folder / "library.db", articles=(folder,))
    select = () if checks.rule(code).is_default else (code,)
    order = check.Order(
        config=config,
        today=TODAY,
        select=select,
        unresolved=asked,
        searched=searched,
        opened=opened,
    )
    (checked,) = check.check(order, [path])
    return checked.findings


@pytest.mark.parametrize(("code", "example"), EXAMPLES)
def test_an_example_raises_the_code_or_does_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, example: Example
) -> None:
    found = findings(monkeypatch, tmp_path, code, example)
    codes = [one.code for one in found]
    assert (code in codes) is example.is_bad, codes
    for one in found:
        said = {lang: checks.message(one, lang) for lang in ("en", "ja")}
        assert told(said["en"])[0] == told(said["ja"])[0]
        for lang in said:
            words = checks.page(one.code).words(lang)
            typed = {sign for sign in told(said[lang])[0] if sign.startswith("refpipe")}
            assert all(sign in words.summary + words.body for sign in typed), typed


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


_TOLD = re.compile(
    r"refpipe(?: [a-z]+)+?\b|<!--\s*/?[a-z]+(?:: [a-z-]+)?|\{/\*\s*/?[a-z]+|\[@|https?://[\w./]+|\bdoi:"
)
"""What a message tells a person to type: the same signs in every language."""
_NO_VERB = frozenset(
    ("a", "an", "and", "as", "its", "it", "no", "notice", "that", "the", "there", "they", "this",
     "what", "whether", "which", "who")
)  # fmt: skip


def told(message: str) -> tuple[set[str], bool]:
    """What is to be typed, and whether anything is to be done.

    A clause of English that begins without a subject is a command; in Japanese it asks.
    """
    typed = {re.sub(r"\s+", " ", one[0]).strip() for one in _TOLD.finditer(message)}
    if re.search("[ぁ-ん]", message):
        return typed, "ください" in message or bool(typed)
    clauses = re.findall(r"(?:^|; )([a-z]+)(?= )", message)
    return typed, bool(typed) or any(one not in _NO_VERB for one in clauses)


MESSAGES = [
    pytest.param(*words, id=f"{code}-{kind}")
    for code, rule in checks.RULES.items()
    for kind, words in rule.messages.items()
]


@pytest.mark.parametrize(("english", "japanese"), MESSAGES)
def test_a_message_tells_in_both_languages_what_to_do(english: str, japanese: str) -> None:
    assert told(english) == told(japanese)
    places = [set(re.findall(r"\{(\w+?)(?:_ja)?\}", one)) for one in (english, japanese)]
    assert places[0] == places[1]


@pytest.mark.parametrize(
    "text",
    [
        "A [@a] <!-- never closed",
        "A <!--cite [@a\n\nB <!--bibliography-->",
        "A <!--cite @a-->[1]\n\nB.\n\n<!--bibliography-->\n",
        "A <!--cite --><a>[1]</a><!--/cite-->.\n\n<!--bibliography-->\n",
        "A [@a].<!--/cite-->\n\n<!--bibliography-->\n",
        "A [@a].\n\n<!--/bibliography-->\n",
        'A [@a].\n\n<!--bibliography-->\n\n<a id="ref-1"></a>[1] X.\n',
        "A [@a].\n\n<!--bibliography-->\n\n<!--bibliography-->\n",
        "A [see [@a] here](b.md).\n\n<!--bibliography-->\n",
        "A [@a, see [@b]].\n\n<!--bibliography-->\n",
        "A [@a], `[@b]` and ［＠c］.\n\n<!--bibliography-->\n",
        "A [@a]. B[1], C [9] and `D[1]`.\n\n<!--bibliography-->\n",
        "A [@a]. <pre>See [1]</pre> [1](#other)\n\n<!--bibliography-->\n",
    ],
)
@pytest.mark.parametrize("form", ["md", "mdx", "html"])
def test_a_mark_that_cannot_be_read_is_told_in_both_languages(text: str, form: str) -> None:
    if form == "mdx":
        text = text.replace("<!--", "{/*").replace("-->", "*/}")
    article = articles.read(f"a.{form}", text)
    context = checks.Context(today=TODAY, unmanaged=unmanaged(article))
    found = checks.run(article, context, select=["CIT009", "CIT010"])
    assert found or form != "md"
    for one in found:
        said = {lang: checks.message(one, lang) for lang in ("en", "ja")}
        assert told(said["en"])[0] == told(said["ja"])[0], said
        assert re.search("[ぁ-ん]", said["ja"]), said


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
