"""The readers of registry answers: whole cases, and laws that hold for any JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refpipe import items, markup
from refpipe.model import Certainty, Identifier, Reading, Record, Scheme

_CASES = sorted((Path(__file__).parent / "cases" / "readers").glob("*.json"))
_SOURCES = ("manual", "crossref", "jalc", "csl", "pubmed", "landing_page", "web")
_SOME = Identifier(Scheme.DOI, "10.1000/x")


def _record(source: str, identifier: Identifier, message: object) -> Record:
    return Record(source=source, identifier=identifier, payload=items.canonical(source, message))


def _told(reading: Reading) -> dict[str, Any]:
    """A reading in the form in which cases are written."""
    return {
        "item": reading.item,
        "claims": [f"{claim.certainty.value} {claim.identifier}" for claim in reading.claims],
        "relations": [
            f"{tie.kind} {tie.target} {tie.date} {tie.source}".strip() for tie in reading.relations
        ],
        "repairs": sorted(
            f"{repair.reason}: {repair.before} → {repair.after}" for repair in set(reading.repairs)
        ),
    }


@pytest.mark.parametrize("path", _CASES, ids=lambda path: path.stem)
def test_a_recorded_answer_reads_as_written_down(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    record = _record(case["source"], Identifier.parse(case["identifier"]), case["message"])
    assert _told(items.read(record)) == case["reading"]


def test_there_are_cases_for_every_source() -> None:
    sources = {json.loads(path.read_text(encoding="utf-8"))["source"] for path in _CASES}
    assert sources == set(_SOURCES)


# ── storing ────────────────────────────────────────────────────────────────────────────


def test_what_changes_by_itself_is_not_stored() -> None:
    said = {"DOI": "10.1/x", "title": ["T"], "author": [{"family": "F"}]}
    noise = {"indexed": {"x": 1}, "score": 2.5, "is-referenced-by-count": 3, "reference": [{}],
             "abstract": "long", "deposited": {}, "URL": "http://dx.doi.org/10.1/x"}  # fmt: skip
    assert items.canonical("crossref", said | noise) == items.canonical("crossref", said)
    changed = said | {"updated-by": [{"DOI": "10.1/n", "type": "retraction"}]}
    assert items.canonical("crossref", changed) != items.canonical("crossref", said)


def test_the_envelope_of_jalc_is_taken_off_and_both_forms_read() -> None:
    data = {"doi": "10.1000/x", "title_list": [{"lang": "ja", "title": "腰痛"}]}
    whole = _record("jalc", _SOME, {"status": "OK", "data": data})
    assert whole.payload == items.canonical("jalc", data)
    raw = Record(source="jalc", identifier=_SOME, payload=json.dumps({"data": data}))
    assert items.read(raw) == items.read(whole)


def test_half_a_character_does_not_reach_the_database() -> None:
    items.canonical("crossref", {"title": ["\ud83d"]}).encode("utf-8")


def test_a_source_that_nobody_reads_gives_an_empty_item() -> None:
    assert items.read(Record(source="telepathy", identifier=_SOME, payload="{}")).item == {}


def test_crossref_is_read_without_importing_other_parsers() -> None:
    code = (
        "import sys; from refpipe import items; from refpipe.model import *;"
        "name = Identifier(Scheme.DOI, '10.1/x');"
        "items.read(Record(source='crossref', identifier=name, payload='{}'));"
        "print(*sorted(sys.modules))"
    )
    modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"refpipe.items.bibtex", "refpipe.items.printed", "requests", "citeproc"} & set(
        modules
    )


# ── laws ───────────────────────────────────────────────────────────────────────────────

_KEYS = st.sampled_from(
    """
    title subtitle author family given name suffix DOI type page volume issued published-print
    date-parts container-title relation id id-type updated-by updated aliases custom twin event
    institution article-number ISBN data doi title_list creator_list names last_name first_name
    lang journal_title_name_list publication_date publication_year articleids authors pubdate uid
    meta json-ld headline @graph @type url source
    """.split()  # noqa: SIM905
)
_TELLING = ["10.1000/y", "<i>a</i>b", "NA", "2005 Nov", "A. B, C", "OF THE BONE<sup>1</sup>", "ja",
            "Crossref", "doi", "citation_author", "is-identical-to", "retraction"]  # fmt: skip
_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(_TELLING),
)
_JSON = st.recursive(
    _LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(_KEYS | st.text(max_size=2), inner, max_size=5)
    ),
    max_leaves=16,
)


@given(_JSON | st.dictionaries(_KEYS, _JSON, max_size=6), st.sampled_from(_SOURCES))
def test_no_json_makes_a_reader_raise(message: object, source: str) -> None:
    record = _record(source, _SOME, message)
    reading = items.read(record)
    title = reading.item.get("title", "")
    assert markup.clean(title) == title
    assert None not in reading.item.values()
    assert all(claim.certainty in Certainty for claim in reading.claims)


@given(st.text(max_size=40), st.sampled_from([*_SOURCES, "alias"]))
def test_no_payload_makes_a_reader_raise(payload: str, source: str) -> None:
    items.read(Record(source=source, identifier=_SOME, payload=payload))


@pytest.mark.parametrize("source", _SOURCES)
def test_nesting_without_end_makes_no_reader_raise(source: str) -> None:
    for deep in (
        "[" * 5000,
        '{"title":' * 3000 + "1" + "}" * 3000,
        '{"volume":' + "9" * 9000 + "}",
    ):
        items.read(Record(source=source, identifier=_SOME, payload=deep))
