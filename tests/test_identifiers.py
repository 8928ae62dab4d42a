"""Identifiers: the forms people type, what addresses hide, what running text holds."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refpipe import identifiers
from refpipe.identifiers.rules import RULES, Rule
from refpipe.model import Certainty, Identifier, Scheme

_CASES = Path(__file__).parent / "cases" / "identifiers"


def _rows(name: str) -> list[tuple[str, str]]:
    lines = (_CASES / name).read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(typed, expected) for typed, expected in pairs]


@pytest.mark.parametrize(("typed", "expected"), _rows("read.tsv"))
def test_what_a_person_types(typed: str, expected: str) -> None:
    claim = identifiers.read(typed)
    assert (str(claim.identifier) if claim else "") == expected


@pytest.mark.parametrize(("address", "expected"), _rows("views.tsv"))
def test_what_publishers_hang_behind_a_doi(address: str, expected: str) -> None:
    claim = identifiers.from_url(address)
    assert (claim.identifier.value if claim else "") == expected


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_reads_its_own_example(rule: Rule) -> None:
    address, expected = rule.example
    claim = identifiers.from_url(address)
    assert (claim.identifier.value.lower() if claim else "") == expected.lower()
    if claim:
        assert (claim.rule, claim.certainty) == (rule.name, rule.certainty)
        assert claim.identifier.scheme is rule.scheme


def test_rules_have_names_of_their_own_and_say_where_they_are_from() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.source for rule in RULES)


def test_a_derived_doi_is_a_candidate_and_a_written_one_is_literal() -> None:
    derived = identifiers.read("https://www.nature.com/articles/nature12373")
    written = identifiers.read("https://pubs.rsna.org/doi/abs/10.1148/radiol.2372041509")
    assert derived is not None
    assert written is not None
    assert (derived.certainty, derived.rule) == (Certainty.CANDIDATE, "nature-article")
    assert written.certainty is Certainty.LITERAL


def test_an_arxiv_id_is_asked_for_under_its_datacite_doi() -> None:
    claim = identifiers.registered_doi(Identifier(Scheme.ARXIV, "1810.04805"))
    assert claim is not None
    assert claim.identifier.value == "10.48550/arxiv.1810.04805"
    assert identifiers.registered_doi(Identifier(Scheme.PMID, "1")) is None


# ── running text ───────────────────────────────────────────────────────────────────────

_TEXT = """
[5]M. T. Modic et al., “Acute Low Back Pain,” Radiology, doi: 10.1148/RADIOL.2372041509.
詳しくは10.1016/j.spinee.2014.02.028を参照（doi:10.1016/S0140-6736(13)62228-X）。PMID: 8747249;
[a](https://doi.org/10.1038/nature12373) <a href="https://www.bmj.com/content/322/7277/29.1">x</a>
mail a@10.1000/x or b@example.org, arXiv:1810.04805. ISBN 978-4-260-05006-7。
https://example.com/x(y)。 (see https://example.com/z), 03-1234-5678, 2024.10.1/2, PMC2801612
10.1002/cca.1983&nbsp;b 9:00-12:30 10.5/6
"""


def test_find_sees_each_identifier_once_and_where_it_stands() -> None:
    found = identifiers.find(_TEXT)
    assert [(span.of(_TEXT), str(claim.identifier)) for span, claim in found] == [
        ("doi: 10.1148/RADIOL.2372041509", "doi:10.1148/radiol.2372041509"),
        ("10.1016/j.spinee.2014.02.028", "doi:10.1016/j.spinee.2014.02.028"),
        ("doi:10.1016/S0140-6736(13)62228-X", "doi:10.1016/s0140-6736(13)62228-x"),
        ("PMID: 8747249", "pmid:8747249"),
        ("https://doi.org/10.1038/nature12373", "doi:10.1038/nature12373"),
        ("https://www.bmj.com/content/322/7277/29.1", "doi:10.1136/bmj.322.7277.29"),
        ("arXiv:1810.04805", "arxiv:1810.04805"),
        ("ISBN 978-4-260-05006-7", "isbn:9784260050067"),
        ("https://example.com/x(y)", "url:https://example.com/x(y)"),
        ("https://example.com/z", "url:https://example.com/z"),
        ("PMC2801612", "pmcid:PMC2801612"),
        ("10.1002/cca.1983", "doi:10.1002/cca.1983"),
    ]


@pytest.mark.parametrize("between", [",", ";", ", ", " ", "; https://doi.org/"])
def test_two_dois_side_by_side_are_two(between: str) -> None:
    found = identifiers.find(f"10.1000/abc{between}10.1000/de1")
    assert [claim.identifier.value for _, claim in found] == ["10.1000/abc", "10.1000/de1"]


_WRITTEN = (
    "doi:10.1148/radiol.2372041509", "doi:10.1016/s0140-6736(13)62228-x", "doi:10.2169/naika.92.12",
    "doi:10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2",
    "doi:10.5555/a;b", "pmid:16244269", "pmcid:PMC2801612", "arxiv:hep-th/9901001",
    "isbn:9784260050067", "isbn:9780306406157",
)  # fmt: skip
_DRESSES = {
    "doi": (
        "{}", "doi:{}", "DOI: {}", "ＤＯＩ：{}", "doi:https://doi.org/{}", "doi.org/{quoted}",
        "http://dx.doi.org/{quoted}", "https://www.doi.org/{whole}", "https://doi.org/{whole}?utm_source=x",
        "https://doi.org/{quoted}#abstract",
    ),
    "pmid": ("PMID: {}", "PMID {}", "pmid:{}", "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    "pmcid": ("{}", "PMCID: {}", "https://pmc.ncbi.nlm.nih.gov/articles/{}/"),
    "arxiv": ("arXiv:{}", "arXiv: {}v2", "https://arxiv.org/abs/{}"),
    "isbn": ("ISBN {}", "ISBN-13: {}", "ISBN{parted}", "{}", "{parted}"),
}  # fmt: skip
_BEFORE = (
    "",
    "「",
    "（",
    "(",
    "[",
    "、",
    "詳しくは",
    "see ",
    "<",
    '"',
    "。",
    "**",
    "：",
    "\n",
    "[a](",
)
_AFTER = (
    "", "」", "）", ")", "]", "、", "。", "を参照", "；", "; ", ", ", ". ", ">", '"', "*", "**",
    "\n", ") and (", "です", "．", "，", "…", "　次", "<br>", "&nbsp;b", "</a>", "|", "`", " 2020",
    " 12, 34", " 1st ed.", " C3047", "; PMID: 1", ", ISBN 4-260-00024-1", "; arXiv:1810.04805",
)  # fmt: skip


@given(
    st.sampled_from(_WRITTEN), st.integers(0, 99), st.sampled_from(_BEFORE), st.sampled_from(_AFTER)
)
def test_what_stands_beside_an_identifier_never_makes_another_of_it(
    written: str, dress: int, before: str, after: str
) -> None:
    scheme, _, value = written.partition(":")
    dresses = _DRESSES[scheme]
    parted = re.sub(r"(\d{3})(\d)(\d{3})(\d{5})(\d)", r"\1-\2-\3-\4-\5", value)
    typed = dresses[dress % len(dresses)].format(
        value, quoted=quote(value, safe="/()"), whole=quote(value, safe=""), parted=parted
    )
    found = [str(claim.identifier) for _, claim in identifiers.find(before + typed + after)]
    assert found[:1] == [written]


@pytest.mark.parametrize("mark", [";", ",", "."])
@pytest.mark.parametrize("head", ["", "doi:", "https://doi.org/", "https://example.org/doi/"])
@pytest.mark.parametrize(
    "label", ["PMID: 7", "PMCID: PMC2801612", "ISBN:9784260050067", "doi:10.5555/a"]
)
def test_a_label_that_touches_an_identifier_ends_it(mark: str, head: str, label: str) -> None:
    found = identifiers.find(f"{head}10.1148/radiol.2372041509{mark}{label}")
    assert [str(claim.identifier) for _, claim in found] == [
        "doi:10.1148/radiol.2372041509",
        *(str(claim.identifier) for _, claim in identifiers.find(label)),
    ]


@pytest.mark.parametrize("rest", ["腰痛", "腰痛_(症状)", "é.html", "を参照", "?q=腰痛&b=1"])
def test_half_an_address_is_none(rest: str) -> None:
    found = identifiers.find(f"https://example.org/wiki/{rest} と https://example.org/a。")
    assert [str(claim.identifier) for _, claim in found] == ["url:https://example.org/a"]


def test_an_escaped_doi_in_running_text_is_whole() -> None:
    text = r"Wakefield 1998, 10.1016/S0140-6736\(97\)11096-0, https://doi.org/10.1016/S0140-6736\(97\)11096-0."
    assert [claim.identifier.value for _, claim in identifiers.find(text)] == [
        "10.1016/s0140-6736(97)11096-0",
        "10.1016/s0140-6736(97)11096-0",
    ]


def test_a_bare_number_is_read_in_every_way_it_can_be() -> None:
    def read(text: str) -> list[str]:
        return [str(one) for one in identifiers.bare_number(text)]

    assert read("８７４７２４９") == ["pmid:8747249"]
    assert read("4-260-05006-X") == []
    assert read("0-8436-1072-7") == ["isbn:9780843610727"]
    assert read("843610727") == ["pmid:843610727", "isbn:9780843610727"]
    assert read("PMID 8747249") == []


def test_a_wrong_check_digit_is_told_with_the_right_one() -> None:
    assert "would have to be 7" in identifiers.mistyped_isbn("978-4-260-05006-1")
    assert "would have to be 7" in identifiers.mistyped_isbn("ISBN 0-8436-1072-1")
    assert "978 or 979" in identifiers.mistyped_isbn("1920034019005")
    assert identifiers.mistyped_isbn("978-4-260-05006-7") == ""
    assert identifiers.mistyped_isbn("modic2005") == ""


@given(st.integers(0, 10**9 - 1), st.sampled_from(["", "978", "979"]), st.integers(0, 12))
def test_exactly_one_check_digit_makes_an_isbn(body: int, prefix: str, hyphen: int) -> None:
    digits = f"{prefix}{body:09d}"
    right = [d for d in "0123456789X" if identifiers.isbn(digits + d)]
    assert len(right) == 1
    typed = f"{digits[:hyphen]}-{digits[hyphen:]}{right[0]}" if 0 < hyphen < len(digits) else ""
    assert not typed or identifiers.isbn(typed) == identifiers.isbn(digits + right[0])
    wrong = "1" if right[0] != "1" else "2"
    assert f"have to be {right[0]}" in identifiers.mistyped_isbn(digits + wrong)


# ── laws ───────────────────────────────────────────────────────────────────────────────

_SUFFIX = st.lists(
    st.one_of(
        st.sampled_from("abcxyz0123456789.-_;:()/[]<>#?%&+é日"),
        st.sampled_from(["%23", "%3F", "%3C", "%253E", ";2-", "&lt;", "&#60;", "&amp;"]),
    ),
    min_size=1,
    max_size=25,
).map("".join)
_ADDRESS = st.builds(
    "{}://{}{}".format,
    st.sampled_from(["http", "https", "HTTPS", "ftp"]),
    st.sampled_from(["Example.com", "例え.jp", "[::1]", "a.b:8080", "user@x.org", "x..y", ""]),
    st.text("/.?&=#;%aZ0 é日<>\"'()[]|\\{}~*_-+:@", max_size=30),
)


@given(st.text(max_size=60))
def test_no_text_makes_a_reader_raise(text: str) -> None:
    identifiers.read(text)
    identifiers.find(text)
    identifiers.from_url("https://" + text)


@given(_SUFFIX)
def test_a_doi_that_was_written_reads_back(suffix: str) -> None:
    found = identifiers.doi(f"10.1234/{suffix}")
    if found:
        for written in (str(found), found.value, identifiers.link(found), found.value.upper()):
            claim = identifiers.read(written)
            assert claim is not None
            assert claim.identifier == found


_HEADS = ("https://doi.org/", "http://dx.doi.org/", "doi:", "https://www.doi.org/")


@given(
    st.sampled_from(_HEADS),
    st.integers(0, 18),
    st.integers(0, 18),
    st.sampled_from(["cut", "space", "twice"]),
)
def test_a_doi_survives_what_pasting_does_to_the_address_before_it(
    head: str, at: int, to: int, damage: str
) -> None:
    """A stretch of the head is lost, or doubled, or broken by a blank."""
    first, last = sorted((min(at, len(head)), min(to, len(head))))
    torn = {
        "cut": head[:first] + head[last:],
        "space": head[:first] + " " + head[first:],
        "twice": head[:last] + head[first:],
    }[damage]
    found = identifiers.read(f"{torn}10.1056/NEJMoa1234")
    assert found is not None
    assert str(found.identifier) == "doi:10.1056/nejmoa1234"


@given(_ADDRESS)
def test_an_address_is_safe_and_reads_back(address: str) -> None:
    found = identifiers.url(address)
    if found:
        assert identifiers.url(found.value) == found
        assert found.value.isascii()
        assert not set(found.value) & set("<>\"' \\`{}|^")
        claim = identifiers.read(str(found))
        assert claim is not None
        assert claim.identifier == found


@pytest.mark.parametrize(
    "identifier",
    [
        Identifier(Scheme.PMID, "8747249"),
        Identifier(Scheme.PMCID, "PMC2801612"),
        Identifier(Scheme.ISBN, "9784260050067"),
        Identifier(Scheme.ARXIV, "hep-th/9901001"),
        Identifier(Scheme.URL, "https://example.com/a?b=1"),
    ],
)
def test_a_link_leads_back(identifier: Identifier) -> None:
    claim = identifiers.read(identifiers.link(identifier))
    assert claim is not None
    assert claim.identifier == identifier


@given(st.text(max_size=20))
def test_nothing_with_an_at_sign_before_it_is_an_identifier(text: str) -> None:
    assert identifiers.read("@" + text) is None
    assert identifiers.read("editor@" + text) is None


@pytest.mark.parametrize("end", ["", ".", "a.", "...."])
def test_an_address_without_an_end_is_none_and_what_follows_is_read(end: str) -> None:
    text = f"http://a.example/{'b.' * 2100}{end} and doi:10.1000/abc"
    assert [str(claim.identifier) for _, claim in identifiers.find(text)] == ["doi:10.1000/abc"]
    short = f"http://a.example/{'b.' * 1900}c"
    assert [str(claim.identifier) for _, claim in identifiers.find(short)] == [f"url:{short}"]
