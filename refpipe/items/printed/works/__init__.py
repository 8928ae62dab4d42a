"""References to all that is no journal article, each read by the order of its kind.

Here days are set as English prints them, so that one grammar reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from refpipe.items.printed.words import MONTHS
from refpipe.lifetimes import lazy

_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_OTHER_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "stycznia leden ledna tammikuuta января ocak gener",
            "lutego únor února helmikuuta февраля şubat febrer",
            "mars marca březen března maaliskuuta марта mart març",
            "kwietnia duben dubna huhtikuuta апреля nisan",
            "maj maja květen května toukokuuta мая mayıs maig",
            "czerwca červen června kesäkuuta июня haziran juny",
            "lipca července heinäkuuta июля temmuz juliol",
            "augusti sierpnia srpen srpna elokuuta августа ağustos agost",
            "września září syyskuuta сентября eylül setembre",
            "października říjen října lokakuuta октября ekim",
            "marraskuuta ноября kasım",
            "desember grudnia prosinec prosince joulukuuta декабря aralık desembre",
        ),
        1,
    )
    for name in names.split()
}
"""Months that are no words of names in English; of listopad, which are two, none is known."""
_CLOSED = r"(?=\s*(?:[.,;:)\]]|$))"
_IN_WORDS = lazy(
    r"\d{1,2}(?P<sign>\.?[ºª°]|\.|er)?\s(?P<of>de\s|d['’])?(?P<month>[^\W\d_]{3,14})(?P<stop>\.)?"
    rf"\s(?P<in>del?\s)?(?:19|20)\d\d{_CLOSED}"
)
_IN_FIGURES = lazy(
    r"(?P<day>(?P<a>\d{1,2})(?P<sign>[/.-])\s?(?P<b>\d{1,2})(?P=sign)\s?)"
    rf"(?:(?:19|20)\d\d{_CLOSED}|(?P<short>\d\d)(?!\d))"
)
_OPEN = lazy(r"(?:^|[.,;(\[]\s|(?<!\d\s)[(\[])\Z")
"""What stands before a day that stands for itself; ``1.2 (07.02.2015)`` is a version's."""
_READ = lazy(
    r"(?i)\b(?:access(?:ed)?|retrieved|viewed|visited|cited|consulted|zugriff|abgerufen|aufgerufen|consultée?|consultado|acceso|acesso)"
    r"(?:\s(?:online|on|date|am|le|el|em))*\s?[:,]?\s?\Z"
)


def days_in_english(shape: str) -> list[tuple[int, int, str]]:
    """Days that stand for themselves, as English prints them: (start, end, instead).

    Of one in figures that has two readings the year alone is left.  Who read a page in 19 did so
    in 2019.
    """
    return [place for _, places in _days(shape) for place in places]


def with_days(text: str, printed: str) -> str:
    """A text with its days as they were printed; ``printed`` is where the text stands."""
    at = 0
    for one, places in sorted(_days(printed), key=lambda day: day[0].start()):
        instead = one[0]
        for start, end, sign in sorted(places, reverse=True):
            instead = f"{instead[: start - one.start()]}{sign}{instead[end - one.start() :]}"
        before = printed[: one.start()].rstrip()[-1:]
        sign = rf"{re.escape(before)}\s*" if before else r"\A"
        found = re.compile(rf"{sign}(?P<day>{re.escape(instead)})(?!\d)").search(text, at)
        if found:
            text = f"{text[: found.start('day')]}{one[0]}{text[found.end() :]}"
            at = found.start("day") + len(one[0])
    return text


_Place = tuple[int, int, str]


def _days(shape: str) -> Iterator[tuple[re.Match[str], list[_Place]]]:
    """Each day that stands for itself, and what is set otherwise in it."""
    for one in _IN_WORDS.finditer(shape):
        word = one["month"].lower() if _follows(_OPEN, shape, one) else ""
        number = MONTHS.get(word) or _OTHER_MONTHS.get(word)
        if number:
            places = [(*one.span(name), "") for name in ("sign", "of", "stop", "in") if one[name]]
            places += [] if word in MONTHS else [(*one.span("month"), _SHORT[number - 1])]
            yield one, places
    for one in _IN_FIGURES.finditer(shape):
        if not _follows(_READ if one["short"] else _OPEN, shape, one):
            continue
        if one["short"]:
            yield one, [(one.start("short"), one.start("short"), "20")]
            continue
        day, month = int(one["a"]), int(one["b"])
        if one["sign"] != "." and day <= len(_SHORT) < month:
            day, month = month, day
        if not (1 <= month <= len(_SHORT) and 1 <= day <= 31):
            continue
        is_told = one["sign"] == "." or day > len(_SHORT) or day == month
        yield one, [(*one.span("day"), f"{day} {_SHORT[month - 1]} " if is_told else "")]


def _follows(sign: re.Pattern[str], shape: str, one: re.Match[str]) -> bool:
    """Whether a sign, or the beginning, stands before a day."""
    return sign.search(shape, max(0, one.start() - 40), one.start()) is not None
