"""BibTeX's grammar: what BibTeX reads is read to the same end, and nothing is lost in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refpipe.items.bibtex import syntax
from refpipe.items.bibtex.syntax import RawEntry
from refpipe.items.exchange import Broken

AFTER = "\n@book{after, title = {Still read}}"


def first(text: str) -> RawEntry:
    entry, *rest = syntax.entries(text + AFTER)
    assert isinstance(entry, RawEntry), entry
    assert [one.key for one in rest if isinstance(one, RawEntry)] == ["after"]
    assert len(rest) == 1
    return entry


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (r'@misc{k, title = "a {\"}o b {" } c", year = 2001}',
         {"title": r'a {\"}o b {" } c', "year": "2001"}),
        (r'@misc{k, title = {say "no" {\em twice}}, year = "2001"}',
         {"title": r'say "no" {\em twice}', "year": "2001"}),
        ("@misc(k, title = {a) b}, year = 2001)", {"title": "a) b", "year": "2001"}),
        ("@misc(k(1), title = {a})", {"title": "a"}),
        ("@misc{k,,title={a},,year=2001,}", {"title": "a", "year": "2001"}),
        ("@MISC {k, Title={a}, month = 11 # nov, year =\n2001}",
         {"title": "a", "month": "11nov", "year": "2001"}),
        ("@misc{two words, title={a}}", {"title": "a"}),
        ("@misc{title={a}, year=2001}", {"title": "a", "year": "2001"}),
        ("@misc{k, title={a}, month=, year=2001}", {"title": "a", "month": "", "year": "2001"}),
    ],
)  # fmt: skip
def test_what_bibtex_reads(text: str, fields: dict[str, str]) -> None:
    entry = first(text)
    assert entry.fields == fields
    assert entry.notes == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("@misc{k\ntitle = {a}, year = 2001}", "comma is missing behind the key"),
        ("@misc{k title = {a}, year = 2001}", "comma is missing behind the key"),
        ("@misc{k, title = {a}, year = 2001)", "opens with { and closes with )"),
        ("@misc(k, title = {a}, year = 2001}", "opens with ( and closes with }"),
        ("@misc{k, title = {a} year = 2001}", "comma is missing before the field year"),
        ("@misc{k, title = {a}\n% old = {b},\n, year = 2001}", "begins with %"),
        ("@misc{k, title = a, year = 2001}", "string a is not defined"),
        ("@misc{k, title = {a}, year = 2001, year = 2002}", "given twice"),
    ],
)
def test_what_is_read_and_named(text: str, fault: str) -> None:
    entry = first(text)
    assert (entry.key, entry.fields["title"], entry.fields["year"]) == ("k", "a", "2001")
    assert fault in entry.notes[0]


@pytest.mark.parametrize(
    ("text", "title", "fault"),
    [
        (r"@misc{k, title = {a \{ b}, year = 2001}", r"a \{ b", "behind a backslash"),
        (r"@misc{k, title = {a \} b}, year = 2001}", r"a \} b", "behind a backslash"),
        ('@misc{k, title = "a "b" c", year = 2001}', 'a "b" c', "quote stands within quotes"),
        (r'@misc{k, title = "a \"b\" c", year = 2001}', r"a \"b\" c", "quote stands"),
        ("@misc{k, title = Two Words, year = 2001}", "Two Words", "neither braces nor quotes"),
        ("@misc{k, title = {\n@misc{x, y={z}}\n}, year = 2001}", "\n@misc{x, y={z}}\n",
         "looks like the beginning of an entry"),
    ],
)  # fmt: skip
def test_what_bibtex_would_not_read(text: str, title: str, fault: str) -> None:
    entry = first(text)
    assert (entry.fields["title"], entry.fields["year"]) == (title, "2001")
    assert fault in entry.notes[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("@misc{k, title = {a } b}, year = {2001}}", "title close too early"),
        ("@misc{k, title = {a { b}, year = {2001}}", "do not close"),
        ("@misc{k, title {a}, year = {2001}}", "where a field should begin"),
        ("@misc{k, title = {a}, year = {2001}", "do not close"),
        ('@misc{k, title = "a}, year = {2001}}', "do not close"),
    ],
)
def test_one_broken_entry_costs_itself_and_is_named(text: str, reason: str) -> None:
    broken, after = syntax.entries(text + AFTER)
    assert isinstance(broken, Broken)
    assert reason in broken.reason
    assert isinstance(after, RawEntry)


def test_fields_behind_the_brace_that_closes_an_entry_are_named() -> None:
    entry, left, after = syntax.entries("@misc{k, title = {a}}, year = {2001}}" + AFTER)
    assert isinstance(entry, RawEntry)
    assert isinstance(left, Broken)
    assert "outside of an entry" in left.reason
    assert isinstance(after, RawEntry)


def test_an_address_is_no_entry() -> None:
    assert [one.line for one in syntax.entries("By me@example {office}" + AFTER)] == [2]


# ── principles ─────────────────────────────────────────────────────────────────────────

VALUES = st.recursive(
    st.text(st.sampled_from('ab "\\%=,@#'), max_size=6).map(lambda text: text.rstrip("\\")),
    lambda inner: st.lists(inner, max_size=3).map(lambda parts: "{" + "".join(parts) + "}"),
    max_leaves=6,
)
ENTRIES = st.lists(VALUES, min_size=1, max_size=4)


def _written(values: list[str], form: str) -> str:
    quoted = {"{": "{%s}", '"': '"%s"'}[form]
    lines = (f"  f{at} = {quoted % value}" for at, value in enumerate(values))
    return "@misc{k,\n" + ",\n".join(lines) + "\n}"


@given(ENTRIES, st.sampled_from('{"'))
def test_balanced_values_are_read_whole(values: list[str], form: str) -> None:
    if form == '"':  # A quote closes a value in quotes wherever no brace is around it.
        values = [f"a{{{value}}}b" for value in values]
    (entry,) = syntax.entries(_written(values, form))
    assert isinstance(entry, RawEntry)
    assert entry.fields == {f"f{at}": value for at, value in enumerate(values)}
    assert entry.notes == ()


@given(ENTRIES, st.sampled_from('{"'), st.integers(0, 200), st.sampled_from(["", *'{}",=()#\\']))
def test_a_slip_loses_no_field_in_silence(
    values: list[str], form: str, place: int, slip: str
) -> None:
    """Whatever one sign more or less does: each field is whole, or something is said."""
    plain = [value.replace('"', "").replace("\\", "") for value in values]
    whole = _written(plain, form)
    at = 2 + place % (len(whole) - 2)
    changed = whole[:at] + slip + whole[at + (not slip) :]
    found = list(syntax.entries(changed))
    named = {name for one in found if isinstance(one, RawEntry) for name in one.fields}
    is_said = any(isinstance(one, Broken) or one.notes for one in found)
    lost = [f"f{number}" for number in range(len(plain)) if f"f{number} = " in changed]
    assert is_said or set(lost) <= named, (changed, found)
