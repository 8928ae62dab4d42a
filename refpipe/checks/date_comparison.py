"""How the rules compare dates and write them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from refpipe.checks.subject import Subject
from refpipe.dates import DateFault, DateReading, FaultKind, era_of
from refpipe.model import PartialDate

_JAPAN = 540
"""Minutes ahead of UTC."""


def is_after(later: PartialDate, earlier: PartialDate) -> bool:
    """Whether one date lies after another as far as both are known."""
    known = min(len(_parts(later)), len(_parts(earlier)))
    return _parts(later)[:known] > _parts(earlier)[:known]


def agree(one: DateReading, other: DateReading) -> bool:
    """Whether two readings can be the same day; moments may be told in another zone."""
    return any(not is_after(a, b) and not is_after(b, a) for a in _days(one) for b in _days(other))


def faults(subject: Subject, kind: FaultKind) -> Iterator[tuple[DateReading, int, DateFault]]:
    """Every date with a fault of this kind, in stamps and text, with its offset."""
    dated = [(stamp.reading, stamp.span.start) for stamp in subject.stamps]
    dated += [(found.reading, found.span.start) for found in subject.dates]
    for reading, start in dated:
        for fault in reading.faults:
            if fault.kind is kind:
                yield reading, start, fault


def replacement(like: DateReading, day: datetime.date) -> str:
    """The day written in the form of ``like``; with slashes where that says nothing."""
    if like.form == "era":
        era = era_of(PartialDate(year=day.year, month=day.month, day=day.day))
        return f"{era}{day.month}月{day.day}日"
    if "年" in like.text:
        return f"{day.year}年{day.month}月{day.day}日"
    sign = next((sign for sign in "/.-" if sign in like.text), "/")
    return day.strftime(f"%Y{sign}%m{sign}%d")


def _parts(date: PartialDate) -> tuple[int, ...]:
    return tuple(part for part in (date.year, date.month, date.day) if part is not None)


def _days(reading: DateReading) -> tuple[PartialDate, ...]:
    """The date as it is written and, for a moment with a zone, the day that it is in Japan."""
    value = reading.value
    if value is None:
        return ()
    if reading.offset in {None, _JAPAN} or value.day is None or not reading.clock:
        return (value,)
    assert reading.offset is not None  # noqa: S101
    assert value.month is not None  # noqa: S101
    hour, minute = (int(part) for part in reading.clock.split(":")[:2])
    midnight = datetime.datetime(value.year, value.month, value.day)  # noqa: DTZ001
    try:
        moment = midnight + datetime.timedelta(hours=hour, minutes=minute + _JAPAN - reading.offset)
    except OverflowError:
        return (value,)
    return value, PartialDate(year=moment.year, month=moment.month, day=moment.day)
