"""Dates, numbers and labels.

Cures: the delimiter of a style's own date is lost (``2000Apr``); a date part in a style
changes the locale's for every later entry; a season in the place of a month raises; a year 0
prints ``0AD``.
"""

from __future__ import annotations

from typing import Any

from citeproc import model

from refpipe.render.engine import forms
from refpipe.render.engine.elements import Prepared, cited, located, numbered, term
from refpipe.render.engine.pieces import PREFIX, Piece, Pieces, Place, When, joined, plain, raised

_SEASONS = ("season-01", "season-02", "season-03", "season-04")


class Date(Prepared, model.Date):  # type: ignore[misc]
    """A date in the parts and order that the style or its locale gives."""

    def prepare(self) -> None:
        """Merge the style's date parts into the locale's, in the locale's order."""
        super().prepare()
        self.variable = self.get("variable", "")
        self.delimiter = self.get("delimiter", "")
        form = self.get("form")
        own = {kid.get("name"): kid for kid in self.kids}
        self.shown = list(self.kids)
        if form in ("text", "numeric") and self.variable:
            wanted = self.get("date-parts", "year-month-day").split("-")
            local = self.get_date(form)
            self.delimiter = local.get("delimiter", "")
            self.shown = [
                self._merged(own.get(part.get("name")), part)
                for part in local.iterchildren()
                if part.get("name") in wanted
            ]
        for part in self.shown:
            part.prepare()

    def _merged(self, own: Any, local: Any) -> Any:
        """A part of the locale's date with what the style says otherwise, as a new element."""
        says = dict(own.attrib) if own is not None else {}
        part = self.makeelement(local.tag, dict(local.attrib) | says)
        self.append(part)
        return part

    def render(self, place: Place) -> Pieces | None:
        """The date, or None where it is not known or its parts are not asked for."""
        place.called += 1
        when = place.reference.dates.get(self.variable)
        if when is None or self.variable in place.suppressed:
            return None
        pieces = [Piece(when.literal)] if when.literal else self._parts(when)
        if not pieces:
            return None
        place.found(self.variable)
        return self.finish(pieces)

    def _parts(self, when: When) -> Pieces:
        if when.end is None:
            return self._row(when, self.shown)
        end = when.end
        same = {
            "year": when.year == end.year,
            "month": when.year == end.year and _month(when) == _month(end),
            "day": False,
        }
        differing = [part for part in self.shown if not same[part.part]]
        if not differing:  # Two days of one month, where the style shows no days.
            return self._row(when, self.shown)
        if len(differing) == len(self.shown):
            first, second = self._row(when, self.shown), self._row(end, self.shown)
            return joined([part for part in (first, second) if part], self._range_mark(when, end))
        return self._span(when, end, differing)

    def _range_mark(self, when: When, end: When) -> str:
        """What stands between the two dates: the largest part that differs says so."""
        wanted = (
            "year" if when.year != end.year else "month" if _month(when) != _month(end) else "day"
        )
        for part in self.shown:
            if part.part == wanted:
                return str(part.range_mark)
        return "–"

    def _row(self, when: When, parts: list[Any]) -> Pieces:
        found = [part.written(when) for part in parts]
        row = joined([part for part in found if part], self.delimiter)
        return row if found and found[-1] else _trimmed(row)

    def _span(self, when: When, end: When, differing: list[Any]) -> Pieces:
        """Two dates with what they share written once, on the side where it stands."""
        whole: list[Pieces] = []
        for at, part in enumerate(self.shown):
            if part not in differing:
                whole.append(part.written(end))
            elif at == self.shown.index(differing[0]):
                begins = _trimmed(self._row(when, differing))
                ends = joined([q.written(end) for q in differing], self.delimiter)
                mark = Piece(self._range_mark(when, end))
                whole.append([*begins, mark, *_bare(ends)])
        return _trimmed(joined([part for part in whole if part], self.delimiter))


def _month(when: When) -> tuple[int, int]:
    return when.month, when.season


def _bare(pieces: Pieces) -> Pieces:
    """The pieces without the prefix that parts a date part from what stands before it."""
    while pieces and pieces[0].role == PREFIX:
        pieces = pieces[1:]
    return pieces


def _trimmed(pieces: Pieces) -> Pieces:
    """The pieces without a date part's suffix at the end, where it parts nothing."""
    while pieces and not pieces[-1].text.strip(" ,"):
        pieces = pieces[:-1]
    return pieces


class DatePart(Prepared, model.Date_Part):  # type: ignore[misc]
    """A year, month or day."""

    def prepare(self) -> None:
        """Read the form; the terms of the months are looked up when they are printed."""
        super().prepare()
        self.part = self.get("name")
        self.form = self.get("form", "numeric" if self.part == "day" else "long")
        self.range_mark = self.get("range-delimiter", "–")
        self.named: dict[str, str] = {}

    def written(self, when: When) -> Pieces:
        """The part, or nothing where it is not known."""
        text = getattr(self, f"_{self.part}")(when)
        return self.finish([Piece(text)]) or [] if text else []

    def _year(self, when: When) -> str:
        if not when.year:
            return ""
        if self.form == "short":
            return f"{when.year:04}"[-2:]
        if when.year < 0:
            return f"{-when.year}{self.get_single_term(name='bc')}"
        return f"{when.year}{self.get_single_term(name='ad') if when.year < 1000 else ''}"

    def _month(self, when: When) -> str:
        if self.form in ("long", "short"):
            if when.season:
                return self._name(_SEASONS[when.season - 1], None)
            form = "short" if self.form == "short" else None
            return self._name(f"month-{when.month:02}", form) if when.month else ""
        if not when.month:
            return ""
        return f"{when.month:02}" if self.form == "numeric-leading-zeros" else str(when.month)

    def _name(self, name: str, form: str | None) -> str:
        """A term, falling back from its short to its long form as CSL says."""
        known = self.named.get(name)
        if known is None:
            found = self.get_single_term(name=name, form=form) or self.get_single_term(name=name)
            known = self.named[name] = str(found)
        return known

    def _day(self, when: When) -> str:
        if not when.day or not when.month:
            return ""
        if self.form == "numeric-leading-zeros":
            return f"{when.day:02}"
        if self.form != "ordinal":
            return str(when.day)
        only_first = str(self.get_locale_option("limit-day-ordinals-to-day-1")).lower() == "true"
        return str(when.day if only_first and when.day > 1 else model.to_ordinal(when.day, self))


class Number(Prepared, model.Number):  # type: ignore[misc]
    """A number variable, or words where a number was expected."""

    def prepare(self) -> None:
        """Read the form."""
        super().prepare()
        self.variable = self.get("variable", "")
        self.form = self.get("form", "numeric")
        self.range_mark = self.get_root().range_mark

    def render(self, place: Place) -> Pieces | None:
        """The number in the style's form; anything else as it stands."""
        if self.variable in ("citation-number", "locator"):
            return self.finish(cited(place, self.variable, "", self.range_mark))
        place.called += 1
        name = "page" if self.variable == "page-first" else self.variable
        found = place.reference.texts.get(name)
        if not found or self.variable in place.suppressed:
            return None
        place.found(self.variable)
        text = plain(found).strip()
        if not text.isdecimal() or self.form == "numeric":
            return self.finish(numbered(found, self.range_mark))
        return self.finish(raised(self._formed(int(text))))

    def _formed(self, number: int) -> str:
        if self.form == "roman" and 0 < number < 5000:
            return str(model.romanize(number)).lower()
        if self.form == "long-ordinal" and 1 <= number <= 10:
            return str(self.get_single_term(name=f"long-ordinal-{number:02}"))
        if self.form in ("ordinal", "long-ordinal"):
            return str(model.to_ordinal(number, self))
        return str(number)


class Label(Prepared, model.Label):  # type: ignore[misc]
    """The word for a number or a role: ``vol.``, ``pp.``, ``Eds.``."""

    def prepare(self) -> None:
        """Read form and rule of number."""
        super().prepare()
        self.variable = self.get("variable", "")
        self.form = self.get("form", "long")
        self.rule = self.get("plural", "contextual")
        self.known: dict[tuple[str, bool], str] = {}

    def words(self, variable: str, *, is_plural: bool) -> Pieces | None:
        """The term for a variable."""
        plural = self.rule == "always" or (self.rule == "contextual" and is_plural)
        text = self.known.get((variable, plural))
        if text is None:
            text = self.known[variable, plural] = term(self, variable, self.form, is_plural=plural)
        return self.finish([Piece(text)]) if text else None

    def render(self, place: Place) -> Pieces | None:
        """The term for a number variable that is there."""
        if self.variable == "locator":
            cite = located(place)
            if cite is None or cite.is_spelled:
                return None
            return self.words(cite.label, is_plural=forms.is_many(cite.locator))
        variable = self.variable
        if variable == "page" and "page" not in place.reference.texts:
            # ``259 p.``: the word for pages serves their number as well.
            variable = "number-of-pages" if "number-of-pages" in place.printed[-1:] else variable
        found = place.reference.texts.get(variable)
        if not found or variable in place.suppressed:
            return None
        return self.words(self.variable, is_plural=self._is_many(plain(found)))

    def _is_many(self, text: str) -> bool:
        """True if the variable holds more than one number, or counts more than one thing."""
        if self.variable.startswith("number-of"):
            return text.strip().isdecimal() and int(text) > 1
        return forms.is_many(text)
