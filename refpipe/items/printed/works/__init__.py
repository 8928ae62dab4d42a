"""References to all that is no journal article, each read by the order of its kind.

Here days are set as English prints them, so that one grammar reads them.
"""

from __future__ import annotations

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
_OPEN, _CLOSED = r"(?:^|(?<=[.,;([]\s)|(?<![\d]\s[([])(?<=[([]))", r"(?=\s*(?:[.,;:)\]]|$))"
_IN_WORDS = lazy(
    rf"{_OPEN}\d{{1,2}}(?P<sign>\.?[ºª°]|\.|er)?\s(?P<of>de\s|d['’])?"
    rf"(?P<month>[^\W\d_]{{3,14}})(?P<stop>\.)?\s(?P<in>del?\s)?(?:19|20)\d\d{_CLOSED}"
)
_IN_FIGURES = lazy(
    rf"{_OPEN}(?P<day>(?P<a>\d{{1,2}})(?P<sign>[/.-])\s?(?P<b>\d{{1,2}})(?P=sign)\s?)(?:19|20)\d\d{_CLOSED}"
)
_READ = lazy(
    r"(?i)\b(?:access(?:ed)?|retrieved|viewed|visited|cited|consulted|zugriff|abgerufen|aufgerufen|consultée?|consultado|acceso|acesso)"
    r"(?:\s(?:online|on|date|am|le|el|em))*\s?[:,]?\s?\d{1,2}(?P<sign>[/.-])\d{1,2}(?P=sign)(?P<year>(?=\d\d(?!\d)))"
)


def days_in_english(shape: str) -> list[tuple[int, int, str]]:
    """Days that stand for themselves, as English prints them: (start, end, instead).

    Of one in figures that has two readings the year alone is left.  Who read a page in 19 did so
    in 2019.
    """
    found = [(*one.span("year"), "20") for one in _READ.finditer(shape)]
    for one in _IN_WORDS.finditer(shape):
        word = one["month"].lower()
        number = MONTHS.get(word) or _OTHER_MONTHS.get(word)
        if number:
            found += [(*one.span(name), "") for name in ("sign", "of", "stop", "in") if one[name]]
            found += [] if word in MONTHS else [(*one.span("month"), _SHORT[number - 1])]
    for one in _IN_FIGURES.finditer(shape):
        day, month = int(one["a"]), int(one["b"])
        if one["sign"] != "." and day <= len(_SHORT) < month:
            day, month = month, day
        if not (1 <= month <= len(_SHORT) and 1 <= day <= 31):
            continue
        is_told = one["sign"] == "." or day > len(_SHORT) or day == month
        found.append((*one.span("day"), f"{day} {_SHORT[month - 1]} " if is_told else ""))
    return found
