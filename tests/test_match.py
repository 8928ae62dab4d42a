"""The cases of matching: pairs with the verdict they must get, and the two famous pairs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from refpipe import match
from refpipe.items.exchange import csl_json
from refpipe.model import Certainty, Claim, DecisionKind, Identifier, Scheme

CASES = Path(__file__).parent / "cases" / "match"
PAIRS = json.loads((CASES / "pairs.json").read_text(encoding="utf-8"))
FAMOUS = json.loads((CASES / "famous.json").read_text(encoding="utf-8"))

Row = dict[str, str]


def subject(row: Row, name: str = "") -> match.Subject:
    reading = csl_json.read_row(row)
    own = Identifier(Scheme.TEXT, name or row.get("id", "a"))
    return match.Subject(identifier=own, item=reading.item, claims=reading.claims)


def judge(a: Row, b: Row) -> match.Judgement:
    return match.classify(match.compare(subject(a, "a"), subject(b, "b")))


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: case["name"])
def test_pair(case: dict[str, Any]) -> None:
    for a, b in ((case["a"], case["b"]), (case["b"], case["a"])):
        assert judge(a, b).verdict.value == case["expect"]
    if case["expect"] == "match":
        one, other = subject(case["a"], "a"), subject(case["b"], "b")
        assert match.blocks(one) & match.blocks(other)


def damaged(row: Row) -> Iterator[tuple[str, Row]]:
    """The row with one field damaged in turn, in every way that is met in print."""
    for field in row.keys() - {"id", "title"}:
        yield f"no {field}", {k: v for k, v in row.items() if k != field}
    for name, title in _titles(row["title"]):
        yield f"title {name}", {**row, "title": title}
    for name, authors in _authors(row["author"].split("; ")):
        yield f"authors {name}", {**row, "author": authors}
    for field, value in _places(row):
        yield f"{field} {value}", {**row, field: value}


def _titles(title: str) -> Iterator[tuple[str, str]]:
    words = title.split()
    yield "in capitals", title.upper()
    yield "cut", title[:60]
    yield "cut with dots", title[:60] + "…"
    yield "half", " ".join(words[: len(words) // 2])
    yield "a word lost", " ".join(words[:4] + words[5:])
    yield "a letter lost", title[:11] + title[12:]
    yield "a letter more", title[:12] + "x" + title[12:]
    yield "footnote sign", title + "2"
    yield "star", title + "*"
    yield "heading", "Original article: " + title
    yield "bracketed", f"[{title}]. Japanese"
    yield "no stops", title.replace(":", "").replace(".", "")
    yield "no start", " ".join(words[2:])
    yield "full width", "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in title)
    yield "markup", title.replace(" and ", " &amp; ", 1).replace("M", "<i>M</i>", 1)


def _authors(people: list[str]) -> Iterator[tuple[str, str]]:
    yield "first", people[0]
    yield "et al.", people[0] + " et al."
    yield "reversed", "; ".join(people[::-1])
    yield "no separators", ".".join(people)
    yield "turned round", "; ".join(" ".join(p.replace(",", "").split()[::-1]) for p in people)
    yield "in capitals", "; ".join(people).upper()
    yield "first lost", "; ".join(people[1:])
    yield "misspelt", "; ".join([people[0].replace("rr", "r").replace("d", "t", 1), *people[1:]])
    yield "anonymous", "Anonymous"


def _places(row: Row) -> Iterator[tuple[str, str]]:
    if "pages" not in row:
        return
    first, last = row["pages"].split("-")
    yield from (("pages", p) for p in (first, f"{first}-{last[-2:]}", f"{first}–{last}"))
    yield from (
        ("pages", p) for p in (f"pp. {first}-{last}", row["year"], f"{first}-{int(last) + 1}")
    )
    yield from (("year", str(int(row["year"]) + by)) for by in (-1, 1))
    yield from (
        ("volume", v) for v in (f"vol. {row['volume']}", f"{row['volume']} ({row['issue']})")
    )
    yield from (("issue", i) for i in (f"No. {row['issue']}", "Suppl 1"))
    yield ("container", row["container"][:6])
    yield from (("doi", d) for d in (f"https://doi.org/{row['doi']}", row["doi"].lower(), ""))


@pytest.mark.parametrize(("reference", "whole"), FAMOUS, ids=lambda row: row["id"])
def test_famous_pairs_whatever_is_damaged(reference: Row, whole: Row) -> None:
    bare = {k: v for k, v in reference.items() if k != "url"}
    assert judge(reference, whole).verdict == "match"
    assert judge(bare, whole).verdict == "match"
    variants = [(f"whole: {name}", bare, row) for name, row in damaged(whole)]
    variants += [(f"reference: {name}", row, whole) for name, row in damaged(reference)]
    missed = [name for name, a, b in variants if judge(a, b).verdict != "match"]
    assert len(missed) <= 0.05 * len(variants), missed


def test_candidate_doi_is_evidence_and_never_proof() -> None:
    doi = Identifier(Scheme.DOI, "10.1097/00007632-199707150-00025")
    claim = Claim(identifier=doi, certainty=Certainty.CANDIDATE, rule="lww-article-path")
    row = {"author": "E. Carragee", "title": "Something else altogether about shoulders"}
    stranger = match.Subject(
        identifier=Identifier(Scheme.TEXT, "a"), item=csl_json.read_row(row).item, claims=(claim,)
    )
    whole = subject(FAMOUS[1][1], "b")
    assert match.classify(match.compare(stranger, whole)).verdict != "match"
    assert match.blocks(stranger) & match.blocks(whole)


def test_decisions_name_the_rule_the_fields_and_what_contradicts() -> None:
    case = next(c for c in PAIRS if c["name"] == "two DOIs of one article")
    one, other = subject(case["a"], "a"), subject(case["b"], "b")
    (decision,) = match.decide(one, [other])
    assert (decision,) == match.decide(other, [one])
    assert (decision.kind, decision.rule, decision.made) == (
        DecisionKind.MATCH, "two-dois-one-place", "",
    )  # fmt: skip
    found = json.loads(decision.evidence)
    assert found["fields"]["doi"][0] == "differ"
    assert found["against"] == ["other-doi"]
    assert "DOI" in match.explain(decision, "en")
    assert "DOIが違う" in match.explain(decision, "ja")


def test_a_relation_is_named() -> None:
    case = next(c for c in PAIRS if c["name"] == "parts one and two")
    (decision,) = match.decide(subject(case["a"], "a"), [subject(case["b"], "b")])
    assert (decision.kind, decision.rule) == (DecisionKind.RELATED, "part")


def test_the_notice_is_told_from_the_work() -> None:
    case = next(c for c in PAIRS if c["name"] == "erratum by its heading")
    (decision,) = match.decide(subject(case["a"], "a"), [subject(case["b"], "b")])
    assert decision.rule == "correction"
    assert json.loads(decision.evidence)["notice"] == "text:b"


def test_every_rule_and_relation_has_words_in_both_languages() -> None:
    from refpipe.match import explanations, judgement
    from refpipe.model import RELATION_KINDS

    against = {*judgement.OF_FIELD.values(), *judgement.OF_TITLE.values()}
    against |= {"relation", "other-kind", "one-numbered"}
    for lang in ("en", "ja"):
        assert {rule.name for rule in judgement.RULES} <= explanations.RULES[lang].keys()
        assert set(RELATION_KINDS) == explanations.RELATIONS[lang].keys()
        assert set(judgement.OF_MARK.values()) <= set(RELATION_KINDS)
        assert against == explanations.AGAINST[lang].keys()


def test_twin_titles_are_compared() -> None:
    twin = {
        "language": "en",
        "title": "Natural course of lumbar disc herniation in the elderly",
        "author": [{"family": "Yamada", "given": "Taro"}, {"family": "Sato", "given": "H."}],
    }
    japanese = {
        "type": "article-journal",
        "title": "高齢者における腰椎椎間板ヘルニアの自然経過",
        "author": [{"family": "山田", "given": "太郎"}, {"family": "佐藤", "given": "花子"}],
        "issued": {"date-parts": [[2015]]},
        "container-title": "J Lumbar",
        "volume": "21",
        "page": "34-40",
        "custom": {"twin": twin},
    }
    english = {**japanese, "title": twin["title"], "author": twin["author"], "custom": {}}
    one = match.Subject(identifier=Identifier(Scheme.TEXT, "a"), item=japanese)
    other = match.Subject(identifier=Identifier(Scheme.TEXT, "b"), item=english)
    for comparison in (match.compare(one, other), match.compare(other, one)):
        assert comparison.authors.level is match.Level.AGREE
        assert match.classify(comparison).verdict == "match"


def test_bare_record_bridges_nothing() -> None:
    where = {"container": "MIS Q", "volume": "6", "issue": "4", "pages": "71-80"}
    place = {"author": "Olson, M.", "year": "1982", **where}
    one = subject({**place, "title": "New information technology and organizational culture"}, "a")
    two = subject(
        {**place, "title": "Critical success factors of chief executives", "pages": "71-80"}, "b"
    )
    bare = subject(place, "c")
    clusters = match.clusters([one, two, bare])
    assert all(not {one.identifier, two.identifier} <= set(cluster) for cluster in clusters)
    edges = [d for d in match.decide(bare, [one, two]) if d.kind is DecisionKind.MATCH]
    assert len(edges) == 2
    state = match.Clusters([match.profile(s) for s in (one, two, bare)])
    assert [state.join(2, 0), state.join(2, 1)] == [True, False]


BEGINNING = "Walking and posture after surgery of the lumbar spine in a northern hospital"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("in men", "in women"),
        ("one-year results", "two-year results"),
        ("first report", "second report"),
        ("maternal age", "paternal age"),
        ("symptomatic patients", "asymptomatic patients"),
        ("a pilot study", "a randomized trial"),
        ("腰椎手術後の歩行と姿勢の経過 上", "腰椎手術後の歩行と姿勢の経過 下"),
        ("腰椎手術後の歩行と姿勢の経過(その1)", "腰椎手術後の歩行と姿勢の経過(その2)"),
        ("by MRI", "by CT"),
    ],
)
def test_one_other_word_makes_another_paper(one: str, other: str) -> None:
    known = {"author": "Abe, K.; Mori, Y.", "year": "2010", "container": "Spine"}
    a, b = (known | {"title": f"{BEGINNING}: {tail}"} for tail in (one, other))
    assert judge(a, b).verdict.value != "match"
    assert judge(a, b).verdict == judge(b, a).verdict


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("of oestrogen", "of estrogen"),
        ("long-term results", "longterm results"),
        ("β-blockers", "blockers"),
        ("μ receptors", "micro receptors"),
        ("type II", "type 2"),
        ("the 4th congress", "the fourth congress"),
        ("using imaging", "by imaging"),
        ("of rehabilitation", "of rehabilitatlon"),
        ("“imaging” used", "â€œimagingâ€ used"),
    ],
)
def test_one_word_written_otherwise_is_no_other_paper(one: str, other: str) -> None:
    known = {"author": "Abe, K.; Mori, Y.", "year": "2010", "container": "Spine"}
    a, b = (known | {"title": f"{BEGINNING}: {tail}"} for tail in (one, other))
    assert judge(a, b).verdict.value == "match"
    assert judge(b, a).verdict.value == "match"
