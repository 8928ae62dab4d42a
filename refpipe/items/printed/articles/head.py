"""The head of a Western reference: who wrote it, and the year where it stands in front.

A list of names is walked name by name; where the walk fails, a quotation mark or a year in
brackets shows how far the names can reach.
"""

from __future__ import annotations

import re
from dataclasses import replace

from refpipe.items.printed import clean
from refpipe.items.printed.articles import numbers as number_tails
from refpipe.items.printed.nouns import Head
from refpipe.items.printed.people import full_names
from refpipe.items.printed.people import western_names as name_lists
from refpipe.items.printed.people.western_names import Names
from refpipe.items.printed.words import (
    GIVEN_NAMES,
    KNOWN_INITIALS,
    MONTHS,
    ends_as_organisation,
    is_organisation,
)
from refpipe.items.printed.works.marks import OPENERS
from refpipe.lifetimes import lazy

YEAR = r"(?:1[4-9]|20)\d\d"
NO_DATE = (
    r"(?-i:(?![ip]\.|u\.\s?a\.|s\.\s?c\.|e\.\s?g\.|a\.\s?m\.)"
    r"[a-zà-ÿа-я]\.\s?[^\W\d_]\.(?:-[a-z])?|no\sdate|undated)"
)
"""Two letters with stops say in any language that there is none, but for ``i.v.``, ``u.a.``."""
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_HEAD_YEAR = lazy(
    rf"[\s,.;:]*(?:(?P<open>[(\[])\s*(?:(?:(?P<d0>\d{{1,2}})\s)?(?P<m0>{_MONTH})\b\.?\s(?:(?P<d2>\d{{1,2}}),?\s)?)?(?P<y1>{YEAR})(?P<l1>[a-z](?!\w))?(?:\s?[-/]\s?\d{{2,4}})?"
    rf"(?:[,\s]+(?:(?P<d3>\d{{1,2}})\.?\s(?:de\s)?)?(?P<m1>{_MONTH})\b\.?(?:\s?(?P<d1>\d{{1,2}}))?[^)\]]{{0,12}})?[^)\]]{{0,12}}[)\]]"
    rf"|(?P<y2>{YEAR})(?P<l2>[a-z](?!\w))?(?P<mark>[.,:;]|\s:)?(?=\s|$|[“\"])"
    rf"|[(\[]\s*(?:n\.\s?d\.|{NO_DATE}|in press|forthcoming)"
    rf"\s*[)\]])[.,:;]*\s*",
    re.IGNORECASE,
)
_BRACKET_YEAR = lazy(
    rf"[(\[](?:(?:\d{{1,2}}\s[A-Z][a-z]{{2,8}}\.?\s)?{YEAR}[a-z]?(?:,[^)\]]{{0,20}})?|n\.d\.|{NO_DATE}(?=\)(?!\s[a-z]{{2}})))[)\]]"
    rf"|\((?i:{_MONTH})\b\.?\s(?:\d{{1,2}},?\s)?{YEAR}\)(?!:)"
)
_PLAIN_YEAR = lazy(rf"(?<=[.,”\"])\s(?:{YEAR}[a-z]?)[.,:]?\s(?=\S)")
_WORD_START = lazy(r"(?<=[\w.)])\s(?=[^\W\d_]|[’'])")
_LINE_LABEL = lazy(r"(?:\d{1,3}\.\s)?")
_INITIALS = lazy(r"([A-Z]{2,8})[.:]\s")
_NAMELESS = lazy(r"\s*((?i:collectif|anonym(?:e|ous|us)|anon)|AA\.?\s?VV)[.:,]\s")
"""What stands for authors that are not named."""
_QUOTE_AHEAD = lazy(r"(?<=[,.:)]\s)[“\"«]")


def read(text: str, masked: str, end: int) -> Head:
    """What stands before the title, and where the title begins."""
    begin = len(masked) - len(masked.lstrip())
    if dashes := clean.end_of_dashes(text):
        named_above = Head(end=dashes, confidence=0.9)
        _take_year(masked, named_above, end)
        return named_above
    unparted = full_names.unparted(masked, begin) or full_names.run_into_title(masked, begin)
    if unparted:
        is_told = any(map(full_names.is_surely_name, unparted.names))
        dated = Head(end=unparted.end, names=unparted, confidence=0.9 if is_told else 0.65)
        _take_year(masked, dated, end)
        return dated
    names = full_names.or_body(masked, name_lists.scan(masked, begin))
    if names and (
        _stops_before_quote(text, masked, names, end) or _stops_before_year(masked, names, end)
    ):
        return _bounded_head(text, masked, end) or Head(end=0, confidence=0.4)
    whole = full_names.scan(masked, begin) if ";" in masked[:120] else None
    is_parted = whole is not None and ";" in masked[begin : whole.end]
    if whole and is_parted and len(whole.names) > 1 and (names is None or whole.end > names.end):
        names = whole
    if names and names.kind in ("dotted", "vancouver") and len(names.names) == 1:
        # ``David S. Butler & G. Moseley``: the word behind the initial is the family name.
        goes_on = re.match(r"\.?\s[A-Z][\w’-]+\s(?:and|&)\s[A-Z]", masked[names.end :])
        whole = full_names.scan(masked, begin) if goes_on else None
        names = whole if whole and all(map(full_names.is_surely_name, whole.names)) else names
    if names:
        names = _extended(masked, names)
        head = _after_names(text, masked, names, end)
        if head:
            return head
    bounded = _bounded_head(text, masked, end)
    if bounded and bounded.names and bounded.names.kind == "group" and "," in masked[: bounded.end]:
        whole = full_names.scan(masked, begin)
        bounded = (_after_names(text, masked, whole, end) if whole else None) or bounded
    if bounded is None and (whole := full_names.scan(masked, begin)):
        bounded = _after_names(text, masked, whole, end)
    return bounded or Head(end=0, confidence=0.4)


def last_begin(masked: str, end: int, lines: tuple[int, ...]) -> int:
    """Where the last of several references that ran together begins; 0 for a single one.

    A list of names that ends at a second year in brackets can only be another reference's; it
    begins a line where the lines are known, and a word where they are not.
    """
    years = list(_BRACKET_YEAR.finditer(masked, 0, end))
    for year in reversed(years[1:]):
        floor = max(years[0].end(), year.start() - 500)
        starts = [match.end() for match in _WORD_START.finditer(masked, floor, year.start())]
        if lines:
            labels = (_LINE_LABEL.match(masked, line) for line in lines)
            starts = [
                label.end() for label in labels if label and floor < label.end() < year.start()
            ]
        for start in starts:
            names = name_lists.scan(masked, start)
            is_list = names and names.kind in ("vancouver", "inverted")
            if names and is_list and not masked[names.end : year.start()].strip(" ."):
                return start
    return 0


def _stops_before_quote(text: str, masked: str, names: Names, end: int) -> bool:
    """Whether the walk broke off at an odd name although a quoted title follows the list."""
    quote = _QUOTE_AHEAD.search(text, names.end, end)
    if quote is None:
        return False
    between = masked[names.end : quote.start()]
    if len(between) > 600 or not re.sub(
        YEAR + r"[a-z]?|[^\w]|\bn\.\s?d\.|\b[Ee]ds?\b", "", between
    ):
        return False
    if re.search(YEAR + r"[a-z]?\)?[.,:]\s+[^\W\d_]{2}", between):
        # Behind a year the title has begun.
        return False
    floor = max(names.end, quote.start() - 24)
    year = re.compile(rf"[\s,.(\[]*{YEAR}[a-z]?[)\].,:\s]*$").search(masked[: quote.start()], floor)
    boundary = year.start() if year else quote.start()
    return name_lists.within(masked, 0, boundary, is_certain=True) is not None


def _stops_before_year(masked: str, names: Names, end: int) -> bool:
    """Whether the walk broke off at an odd name although the list goes on to a year."""
    if masked[names.end : names.end + 1] != ",":
        return False
    year = _BRACKET_YEAR.search(masked, names.end, min(end, names.end + 400))
    if year is None:
        return False
    return name_lists.within(masked, 0, year.start(), is_certain=True) is not None


def _extended(masked: str, names: Names) -> Names:
    """The list with an odd name in its middle stepped over, if it plainly goes on behind it."""
    if names.is_cut or masked[names.end : names.end + 1] != "," or names.kind in ("direct", "bare"):
        return names
    for _ in range(4):
        following = re.compile(r",\s*(?:and\s+)?&?\s*([^,:;.()\d]{2,60}?),\s*(?:and\s|&\s)?").match(
            masked, names.end
        )
        if not following:
            return names
        more = name_lists.scan(masked, following.end())
        if not more or more.kind != names.kind or len(following[1].split()) > 8:
            return names
        odd = name_lists.one(following[1])
        names = Names(
            names=(*names.names, odd, *more.names),
            start=names.start,
            end=more.end,
            kind=names.kind,
            is_cut=more.is_cut,
            are_editors=more.are_editors,
        )
        if masked[names.end : names.end + 1] != ",":
            return names
    return names


def _after_names(text: str, masked: str, names: Names, end: int) -> Head | None:
    head = Head(end=names.end, names=names, confidence=0.9)
    if _take_year(masked, head, end):
        head.confidence = 0.97
        return head
    sign = re.compile(r"\s*([.:,;]*)\s*").match(masked, names.end)
    if sign is None:
        return None
    head.end = sign.end()
    if text[head.end : head.end + 1] in OPENERS:
        head.confidence = 0.97
    elif ":" in sign[1]:
        head.confidence = 0.96
    elif "," in sign[1] or ";" in sign[1]:
        return _after_comma(masked, head, names, sign[1])
    elif not sign[1] and not names.is_cut and masked[names.end - 1] != ".":
        return None
    elif names.is_cut and (studied := _STUDIED.match(masked, head.end)):
        group = {"literal": studied[1]}
        head.names = replace(names, names=(*names.names, group), end=studied.end(1))
        head.end = studied.end() + 1
    return head


_BEHALF = r"(?:(?:and\s)?(?:(?:on\sbehalf\sof|for)\s)?(?:the\s)?)"
"""What may stand between people and the group that they write for."""
_BODIES = lazy(
    rf"{_BEHALF}([A-Z][^.:;,()]{{3,80}}(?:\([^()]{{2,12}}\))?(?:;\s?[A-Z][^.:;]{{3,80}}){{0,3}})[.:](?=\s)"
)
"""Societies that end a list of people, each behind a semicolon."""

_TASK = lazy(
    r"((?:[A-Z][\w’'-]*\s){0,4}(?:Committee|Panel|Commission|Task Force"
    r"|Working (?:Group|Party)|Board)\s(?:to|on|for|of)\s[^.:;]{5,140})[.:](?=\s)"
)
"""``Committee to Review the Intakes for Sodium, Potassium``: a body named after its task."""
_STUDIED = lazy(
    r"(?:the\s)?((?:[A-Z(][^\s.:;,]*\s|(?:of|for|and|in|on)\s){1,9}"
    r"(?:Investigators|Collaborat(?:ors|ion)|Group|Consortium|Network|Trialists|Team|Committee)"
    r"(?:\s\([A-Z-]{2,12}\))?)[.:](?=\s(?:[^\s.?!]+\s)+[^\s.?!]+[.?!]\s[^\W\d_])"
)
"""``…, et al. JMAP Study Investigators. Impact of …. Lancet``: a group, for a title follows it."""


def _after_comma(masked: str, head: Head, names: Names, sign: str) -> Head | None:
    """A list that ends with a comma: a group may follow, or the title itself."""
    head.has_comma_style = "," in sign
    group = re.compile(
        rf"{_BEHALF}((?:[A-Z(][^\s.:;,]*|of|for|the|and|in|on|de|to)(?:\s(?:[A-Z(&][^\s.:;,]*|of|for|the|and|in|on|de|to|at))*)[.:](?=\s)"
    ).match(masked, head.end)
    societies = _BODIES.match(masked, head.end) if ";" in sign else None
    task = _TASK.match(masked, head.end)
    if task and group is None:
        group = task
    if societies and all(map(full_names.is_group, re.split(r";\s?", societies[1]))):
        found = [{"literal": body} for body in re.split(r";\s?", societies[1])]
        head.names = replace(names, names=(*names.names, *found), end=societies.end(1))
        head.end, head.has_comma_style = societies.end() + 1, False
        return head
    if group and is_organisation(group[1]):
        head.names = Names(
            names=(*names.names, {"literal": group[1]}),
            start=names.start,
            end=group.end(1),
            kind=names.kind,
            is_cut=names.is_cut,
        )
        head.end, head.has_comma_style = group.end() + 1, False
        return head
    if len(names.names) == 1 and names.kind == "bare" and not names.is_cut:
        head.confidence = 0.7
    else:
        head.confidence = 0.85
    return head


def _take_year(masked: str, head: Head, end: int) -> bool:
    match = _HEAD_YEAR.match(masked, head.end, end)
    if not match:
        return False
    name = "1" if match["y1"] else "2"
    if match["y2"] and not match["mark"] and _tail_has_year(masked, match.end(), end):
        # Without a sign of its own the figure is the title's first word: "1918 influenza".
        return False
    if match["y" + name]:
        groups = [
            group for group in ("y" + name, "m1", "d1", "d0", "m0", "d2", "d3") if match[group]
        ]
        starts, ends = map(match.start, groups), map(match.end, groups)
        head.year = (match["y" + name], min(starts), max(ends))
        head.letter = match["l" + name] or ""
        if match["m1"] or match["m0"]:
            head.month = str(MONTHS[(match["m1"] or match["m0"]).lower()])
            head.day = match["d1"] or match["d0"] or match["d2"] or match["d3"] or ""
    else:
        head.year = None
    head.end = match.end()
    return True


def _tail_has_year(masked: str, start: int, end: int) -> bool:
    return "year" in number_tails.read(masked, start, end, has_year=False).found


def _bounded_head(text: str, masked: str, end: int) -> Head | None:
    """The head when no list can be walked: a quotation mark or a year may end it."""
    if (named := _INITIALS.match(masked.lstrip())) and named[1] in KNOWN_INITIALS:
        return _organisation_head(masked, end)
    quote = re.compile(r"[“\"„‘«]").search(text, 0, end)
    if quote and quote.start() < end * 0.9:
        is_certain = re.search(r"[,.:;]\s*$", text[: quote.start()]) is not None
        head = _up_to(masked, quote.start(), end, is_certain=is_certain)
        if head:
            return head
    if masked.strip() and (year_first := Head(end=0)) and _take_year(masked, year_first, end):
        year_first.confidence = 0.8
        return year_first
    year = _BRACKET_YEAR.search(masked, 0, end) or _PLAIN_YEAR.search(masked, 0, int(end * 0.7))
    if year and year.end() < end - 3:
        head = _up_to(masked, year.start(), end)
        if head and not _may_be_title(masked, head, year[0]):
            return head
        if year[0].lstrip()[0] in "([":
            return _title_first(masked, year.start(), end)
    return _organisation_head(masked, end) or _full_names_head(masked, end)


def _may_be_title(masked: str, head: Head, year: str) -> bool:
    """Whether "Personal Reflections. (2017)" may be a title and no name."""
    if head.names is None or year.lstrip()[0] not in "([":
        return False
    only = head.names.names[0]
    if "literal" in only and ends_as_organisation(only["literal"]):
        return False
    bare = not set(",.") & set(masked[: head.names.end].rstrip("."))
    people = head.names.names
    is_told = len(people) > 1 and any(
        "given" in one and full_names.is_surely_name(one) for one in people
    )
    return len(people) < 3 and bare and not is_told and not head.names.are_editors


_LAST_DAY = lazy(
    rf"[\s.,]*\((?:{YEAR},\s[A-Z][^()]{{2,16}}|(?:\d{{1,2}}\s)?[A-Z][a-z.]{{2,9}}\s{YEAR})\)$"
)


def _up_to(masked: str, boundary: int, end: int, *, is_certain: bool = False) -> Head | None:
    """The head that ends at ``boundary``, if nothing but names and a year stand before it."""
    stretch = masked[:boundary].rstrip(" ,.:;")
    head = Head(end=boundary, confidence=0.93)
    day = _LAST_DAY.search(stretch)
    dated = re.compile(rf"[\s,.(\[]+({YEAR})([a-z])?[)\].,]*$").search(stretch, boundary - 24)
    dated = None if day else dated
    if dated:
        head.year = (dated[1], *dated.span(1))
        head.letter = dated[2] or ""
        stretch = masked[: dated.start()]
    if day:
        stretch = masked[: day.start()]
    if not stretch.strip(" ,.:;"):
        return head
    names = name_lists.within(masked, 0, len(stretch), is_certain=is_certain)
    if names is None:
        return head if is_certain and len(stretch) < 80 else None
    head.names = names
    if not dated:
        head.end = names.end if day else boundary
        _take_year(masked, head, end)
    return head


def _title_first(masked: str, boundary: int, end: int) -> Head | None:
    """A work without authors: its title, then the year, then the container."""
    head = Head(end=boundary, confidence=0.8)
    if not _take_year(masked, head, end):
        return None
    head.title = (0, len(masked[:boundary].rstrip(" ,.:;")))
    return head


def _organisation_head(masked: str, end: int) -> Head | None:
    """A society or an office that stands where authors stand."""
    initials = _INITIALS.match(masked, len(masked) - len(masked.lstrip()))
    initials = initials if initials and initials[1] in KNOWN_INITIALS else None
    if initials := _NAMELESS.match(masked) or name_lists.LISTED_BODY.match(masked) or initials:
        names = Names(
            names=({"literal": initials[1]},),
            start=initials.start(),
            end=initials.end(1),
            kind="group",
        )
        head = Head(end=initials.end(), names=names, confidence=0.75)
        _take_year(masked, head, end)
        return head
    if together := full_names.body_with_people(masked):
        return _after_names(masked, masked, together, end)
    stop = re.compile(r"[.:]\s").search(masked, 0, min(end, 200))
    stretch = masked[: stop.start()] if stop else ""
    # What stands before a colon may be a title: "The Burden of … in the United States: …".
    is_body = is_organisation if stop and stop[0][0] == "." else _ends_as_body
    if not stop or not is_body(stretch):
        return None
    numbered = re.search(r";\s(?=\d{1,2}$)", stretch)
    if numbered:
        # A title may begin with its number: "…Committee; 2. Classification and diagnosis".
        names = Names(
            names=({"literal": stretch[: numbered.start()].strip()},),
            start=0, end=numbered.start(), kind="group",
        )  # fmt: skip
        return Head(end=numbered.end(), names=names, confidence=0.75)
    words = stretch.split()
    small = sum(1 for word in words if word[0].islower() and len(word) > 3)
    if len(words) > 14 or small > 1 or stop.end() > end * 0.7:
        return None
    societies = tuple({"literal": body.strip()} for body in stretch.split(";"))
    names = Names(names=societies, start=0, end=stop.start(), kind="group")
    head = Head(end=stop.end(), names=names, confidence=0.75)
    _take_year(masked, head, end)
    return head


def _ends_as_body(text: str) -> bool:
    return bool(text.strip()) and ends_as_organisation(text)


def _full_names_head(masked: str, end: int) -> Head | None:
    """Names written out, separated by commas, before a full stop or colon."""
    stop = re.compile(r"(?<=[^\W\d_]{3})[.:]\s").search(masked, 0, min(end, 600))
    if not stop or stop.end() > end * 0.7 or "," not in masked[: stop.start()]:
        return None
    names = name_lists.within(masked, 0, stop.start(), is_in_order=True)
    if names is None or len(names.names) < 2 or not all("given" in name for name in names.names):
        return None
    if any(
        len(name["given"].split()) > 3 or len(name["family"].split()) > 3 for name in names.names
    ):
        return None
    if stop[0][0] == ":" and _may_end_in_title(masked[: stop.start()], names):
        comma = masked.rindex(", ", 0, stop.start())
        names = replace(names, names=names.names[:-1], end=comma)
        return Head(end=comma + 2, names=names, confidence=0.6, has_comma_style=True)
    head = Head(end=stop.end(), names=names, confidence=0.6)
    _take_year(masked, head, end)
    return head


def _may_end_in_title(before: str, names: Names) -> bool:
    """Whether what stands before a colon may be the first words of a title.

    ``Sarah Birch, Full Participation: A …``: a list ends with "and", or with a name that is known.
    """
    last = names.names[-1]
    words = last.get("given", "").split()
    is_known = any("." in word or word.lower() in GIVEN_NAMES for word in words)
    return not is_known and re.search(r"\s(?:and|&|et|und|y|e)\s|;", before) is None


_LATE_NAMES = lazy(
    r"(?<=[a-z\d?)]\s|[A-Z]\s)(?=[A-ZÀ-Þ][^\W\d_]*(?:[-’'][^\W\d_]+)?,\s(?:[A-Z]\.[-\s]?){1,3})"
)


def names_behind(masked: str, end: int) -> tuple[tuple[int, int, float], Head] | None:
    """``Title Babiker, M.H., P. Criqui and L.L. Viguier 2003 Journal, 8(3)``: all but signs."""
    dated = re.compile(rf"\s({YEAR})\s(?=[A-Z])").search(masked, 20, end)
    if dated is None:
        return None
    for place in _LATE_NAMES.finditer(masked, 20, dated.start()):
        names = name_lists.scan(masked[: dated.start()], place.start())
        if names and names.end == dated.start():
            head = Head(end=dated.end(), names=names, confidence=0.8)
            head.year = (dated[1], *dated.span(1))
            return (len(masked) - len(masked.lstrip()), place.start() - 1, 0.75), head
    return None
