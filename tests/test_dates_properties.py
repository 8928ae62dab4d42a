"""Laws of the dates room, tried on made-up arguments."""

from __future__ import annotations

import datetime
import itertools

from hypothesis import given
from hypothesis import strategies as st

from refpipe import dates
from refpipe.dates.grammar import ERAS
from refpipe.model import PartialDate

_DAYS = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31))
_WIDE = str.maketrans("0123456789/-.", "０１２３４５６７８９／－．")


def _partial(day: datetime.date) -> PartialDate:
    return PartialDate(year=day.year, month=day.month, day=day.day)


def _spellings(day: datetime.date) -> list[str]:
    kanji = "月火水木金土日"[day.weekday()]
    era = dates.era_of(_partial(day))
    return [
        f"{day:%Y/%m/%d}",
        f"{day.year}-{day.month}-{day.day}",
        f"{day:%Y.%m.%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month}月{day.day}日({kanji})",
        f"{day.year}年 {day.month}月 {day.day}日 {kanji}曜日",
        f"{era}{day.month}月{day.day}日",
        f"{day.year}年({era}){day.month}月{day.day}日",
        f"{day:%Y-%m-%d}T10:00:00+09:00",
        f"{day:%d %B %Y}",
        f"{day:%b. %d, %Y}",
        f"{day:%A, %B %d, %Y}",
    ]


@given(_DAYS, st.integers(0, 11), st.booleans())
def test_every_spelling_of_a_day_reads_as_that_day(
    day: datetime.date, spelling: int, is_wide: bool
) -> None:
    text = _spellings(day)[spelling]
    if is_wide and spelling not in (8, 9, 10, 11):
        text = text.translate(_WIDE)
    reading = dates.read(text)
    assert (reading.value, reading.faults) == (_partial(day), ()), text


@given(_DAYS, st.integers(0, 11))
def test_a_day_in_running_text_is_found_whole(day: datetime.date, spelling: int) -> None:
    text = _spellings(day)[spelling]
    line = f"これは、{text}、のこと。"
    (found,) = dates.find(line)
    assert found.span.of(line) == text
    assert found.reading.value == _partial(day)


@given(st.text(max_size=60))
def test_reading_and_finding_never_raise(text: str) -> None:
    dates.read(text)
    for found in dates.find(text):
        assert found.span.of(text)


def _be_real(value: PartialDate) -> None:
    """Raise ValueError on what no calendar has, a month 0 too."""
    month, day = (1 if part is None else part for part in (value.month, value.day))
    datetime.date(value.year, month, day)


@given(st.text(alphabet="0123456789０９/-.年月日令和平成元RH〇十(火) TZ:+{}XYMD", max_size=25))
def test_date_like_rubbish_gives_a_real_date_or_none(text: str) -> None:
    value = dates.read(text).value
    if value is not None:
        _be_real(value)


_REAL = st.builds(_partial, _DAYS)
_PARTIAL = st.one_of(
    _REAL,
    st.builds(PartialDate, year=st.integers(1, 9999)),
    st.builds(PartialDate, year=st.integers(1, 9999), month=st.integers(1, 12)),
)


@given(_PARTIAL)
def test_parts_written_are_read_back(value: PartialDate) -> None:
    assert dates.from_parts(dates.to_parts(value)) == value


@given(_PARTIAL)
def test_a_written_date_is_read_back(value: PartialDate) -> None:
    if value.year >= 1000:
        assert dates.read(str(value)).value == value


_JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 3000), st.floats(), st.text(max_size=4)),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=8,
)


@given(_JUNK)
def test_registry_parts_never_raise_and_never_make_a_false_date(parts: object) -> None:
    value = dates.from_parts(parts)
    if value is not None:
        _be_real(value)


def test_parts_stop_at_the_first_bad_one() -> None:
    assert dates.from_parts([[None]]) is None
    assert dates.from_parts([[]]) is None
    assert dates.from_parts(None) is None
    assert dates.from_parts([[2005, 13, 1]]) == PartialDate(year=2005)
    assert dates.from_parts([[2005, 2, 30]]) == PartialDate(year=2005, month=2)
    assert dates.from_parts([["2005", "11"]]) == PartialDate(year=2005, month=11)
    assert dates.from_parts([[2005, 11], [2006, 1]]) == PartialDate(year=2005, month=11)


def test_the_eras_follow_each_other_without_a_gap() -> None:
    for later, earlier in itertools.pairwise(ERAS):
        assert earlier.last is not None
        next_day = datetime.date(*earlier.last) + datetime.timedelta(days=1)
        assert datetime.date(*later.first) == next_day
