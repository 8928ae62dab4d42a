"""Entries in the styles that this program prints, read by the order of each style.

IEEE, SIST 02, and Vancouver with AMA tell by signs and order what each element is.  An entry in
which every element has its place in one of these orders is read by it, whatever house, town or
language it names.  Where an element could be two things nothing is read here.

Two orders of others tell as much: the strokes of the GOST, and what lawyers print.
"""

from __future__ import annotations

import re

from refpipe.items.printed import people
from refpipe.items.printed.articles import split as splits
from refpipe.items.printed.nouns import Draft, Part
from refpipe.items.printed.own_styles import entry, numbered, sist02
from refpipe.items.printed.people import full_names
from refpipe.items.printed.people import western_names as name_lists
from refpipe.items.printed.works import western_roles
from refpipe.lifetimes import lazy

__all__ = ["as_a_whole", "in_other_order", "read"]

_KINDS = {"journal", "book", "chapter", "conference", "report", "thesis", "webpage", "guideline"}
_STYLES = (numbered.Ieee, sist02.Sist02, numbered.Medical)


def read(text: str, masked: str, kind: str) -> Draft | None:
    """The parts of an entry in one of our styles; None where it fits none of them wholly."""
    if kind not in _KINDS:
        return None
    drafts = (style(text, masked, kind).read() for style in _STYLES)
    found = next(filter(None, drafts), None)
    return None if found is None or entry.is_foreign(text, masked) else found


# ── the orders of others ──


def as_a_whole(text: str, masked: str, kind: str) -> Draft | None:
    """The reading of a reference whose form tells all of its elements at once, if it has one."""
    if listed := western_roles.title_first(text, masked, kind):
        return Draft(kind="book", parts=listed)
    if told := western_roles.of_body(text, masked):
        return Draft(kind="report", parts=told)
    if told := _as_lawyers(text, masked):
        return Draft(kind="article-journal", parts=told)
    return None


_LAWYERS = lazy(
    r"\s*(?P<author>[A-ZÀ-Þ][^“”‘’\"\d]{2,160}?),\s[“‘’'\"](?P<title>[^“”\"]{6,250}?)[”’'\"]\s"
    r"(?:\((?P<year>(?:19|20)\d\d)\)\s(?P<volume>\d{1,3})(?:\s?\((?P<issue>\d{1,3})\))?"
    r"|\[(?P<of>(?:19|20)\d\d)\](?:\s(?P<number>\d{1,2}))?)"
    r"\s(?P<host>[A-Z][^\d“”\"]{1,90}?)\s(?P<page>\d{1,5}(?:-\d{1,5})?)"
    r"(?:,\s\d{1,5}(?:-\d{1,5})?)?[.\s]*$"
)


def _as_lawyers(text: str, masked: str) -> list[Part]:
    """``E Lau, ‘Title’ (2014) 22(1) Med L Rev 101, 105``: year, volume, journal and first page."""
    found = _LAWYERS.match(masked)
    names = _people(masked, *found.span("author")) if found else None
    if found is None or names is None:
        return []
    groups = {
        "title": "title", "container-title": "host", "page": "page", "issue": "issue",
        "volume": "volume" if found["volume"] else "number",
    }  # fmt: skip
    rows: list[tuple[str, object, str]] = [
        (name, text[slice(*found.span(group))], group)
        for name, group in groups.items()
        if found[group]
    ]
    year = "year" if found["year"] else "of"
    rows.append(("issued", {"date-parts": [[int(found[year])]]}, year))
    rows.append(("author", [dict(one) for one in names.names], "author"))
    return [
        Part(name=name, value=value, start=found.start(at), end=found.end(at), confidence=0.9)
        for name, value, at in rows
    ]


def _people(masked: str, start: int, end: int) -> name_lists.Names | None:
    """The people in a stretch, if nobody else stands there."""
    masked = masked[:end]
    for names in (name_lists.scan(masked, start), full_names.scan(masked, start, is_certain=True)):
        if names and not masked[names.end :].strip(" .,;"):
            return names
    return name_lists.within(masked, start, end, is_certain=True, is_in_order=True)


_HEAD_ENDS = lazy(r"[\s.,:]*(?:\((?P<year>(?:19|20)\d\d)\)[\s.,:]*)?")
_STROKES = lazy(r"(?<=[\w.)\]”\"?!])\s?//\s(?=[^\W_])(?![a-zà-ÿ]+\s[a-zà-ÿ]+\b)")
_BY_STROKE = lazy(
    r"\s/\s(?P<by>[A-ZÀ-ÞА-ЯЁ][^/]*?)(?:\s\[?(?:et al|and others|и др)\b[.\]\s]*)?[.\s]*$"
)
_DASHED = lazy(
    r"\.?(?P<dash>\s-{1,2}(?=\s))"
    r"|(?<=\w)(?P<stop>\.)(?=\s(?:(?:19|20)\d\d\b|[VNPTSCТСВ]\S{0,5}\s?\d|№))"
)
_LABELS = lazy(r"(?<=,\s)\s*(?:Vol|V|No|N|P)(?=\.?\s?\d)")
_BOOKED = lazy(r"\s/\s|:\s[A-ZÀ-Þ][^:;]{2,80},\s(?:19|20)\d\d\b|\b[Ee]ds?\.")
_MET = lazy(r"\b(?:[Pp]roceedings|[Cc]onference|[Cc]ongress|[Ss]ymposium)\b")


def in_other_order(text: str, masked: str, kind: str) -> tuple[str, list[Part], str, str]:
    """The kind, the parts that stand in another order, and text and shape without that order.

    Both are as long as before and as the common order has it; no parts where it is the common one.
    """
    stroked = _by_strokes(text, masked)
    if stroked[1] or kind != "journal":
        return stroked
    return kind, *_names_second(text, masked)


def _by_strokes(text: str, masked: str) -> tuple[str, list[Part], str, str]:
    """``Lau E. Title / E. Lau, D. Nagai // Journal. – 2019. – Vol. 3``: as the GOST sets strokes.

    The kind of the work, who wrote it and its title, and text and shape in which a quoted title of
    no words stands before what holds it, of the same length; no parts where no strokes are.
    """
    strokes = list(_STROKES.finditer(masked))
    if len(strokes) != 1 or strokes[0].start() < 8:
        return "", [], text, masked
    stop, begin = strokes[0].span()
    names = name_lists.scan(masked, 0) or full_names.scan(masked, 0)
    start = _HEAD_ENDS.match(masked, names.end if names else 0)
    said = _BY_STROKE.search(masked[:stop], start.end() if start else 0)
    if said and (told := _people(masked, *said.span("by"))):
        stop, names = said.start(), told
    title = text[start.end() : stop].rstrip(" .") if start else ""
    if names is None or start is None or len(title) < 4:
        return "", [], text, masked
    parts = [
        Part(name=name, value=value, start=at, end=end, confidence=0.9)
        for name, value, at, end in (
            ("author", [dict(one) for one in names.names], names.start, names.end),
            ("title", title, start.end(), start.end() + len(title)),
        )
    ]
    if start["year"]:
        value = {"date-parts": [[int(start["year"])]]}
        at, end = start.span("year")
        parts.append(Part(name="issued", value=value, start=at, end=end, confidence=0.9))
    kind, front = "journal", f"“{'x' * (begin - 4)},” "
    behind = masked[begin:]
    if _BOOKED.search(behind) or _MET.search(behind):
        kind = "chapter" if "/" in behind or not _MET.search(behind) else "conference"
        front = f"“{'x' * (begin - 7)},” in "
    text, masked = (front + _plainly(one[begin:], behind) for one in (text, masked))
    return kind, parts, text, masked


def _names_second(text: str, masked: str) -> tuple[list[Part], str, str]:
    """``Title. Lau E, Nagai D. Journal 2018; 52: 10-6``: who wrote it stands behind the title.

    Who wrote it and the title, and text and shape of the same length in which a quoted title of no
    words stands before the journal; no parts where nobody with initials or no journal is there.
    """
    if name_lists.scan(masked, 0) or full_names.scan(masked, 0) or _YEAR_BETWEEN.search(masked):
        return [], text, masked
    is_quoted = masked.startswith(("“", '"'))  # A quoted title ends with its quotation mark.
    quoted = max(masked.rfind("”"), masked.rfind('"')) if is_quoted else 0
    initial = _INITIAL.search(masked)
    for stop in _TITLE_STOPS.finditer(masked, max(_SHORTEST, quoted)):
        if initial and initial.end() <= stop.start() + 2:
            break  # Names have begun, and a title ends before them.
        begin = stop.end()
        names = name_lists.scan(masked, begin)
        parted = names and _NAMES_END.match(masked, names.end)
        if not names or not parted or not _are_people(names, masked[begin : names.end]):
            continue
        title = text[: stop.end("kept")].strip('“”"‘’ ')
        if len(title.split()) <= _LONGEST_MARK:
            continue
        value = [dict(one) for one in names.names]
        spans = (("title", title, text.find(title)), ("author", value, begin))
        ends = (text.find(title) + len(title), names.end)
        parts = [
            Part(name=name, value=said, start=at, end=end, confidence=0.85)
            for (name, said, at), end in zip(spans, ends, strict=True)
        ]
        front = f"“{'x' * (parted.end() - 4)},” "
        return parts, front + text[parted.end() :], front + masked[parted.end() :]
    return [], text, masked


def _are_people(names: name_lists.Names, printed: str) -> bool:
    """Whether names have their initials, and none is the beginning of a journal: ``Am J. Pain``."""
    if any(splits.begins_container(one.get("family", "")) for one in names.names):
        return False
    if len(names.names) == 1 and names.kind == "direct":
        return False  # ``I. Abtheilung``
    if re.fullmatch(r"[^\W\d_a-z][\w’'-]+,?\set\sal\.?", printed):
        return True
    return all("given" in one for one in names.names) and people.have_initials(names.names)


_INITIAL = lazy(r"(?<![\w.’'])[A-Z]\.|,\s[A-Z]{1,3}[.,;]")
"""What stands in a list of names and hardly in a title."""
_YEAR_BETWEEN = lazy(r"[.?!]\s\((?:19|20)\d\d[a-z]?\)\.\s")
"""Behind a title that nobody wrote, and whatever it names, stands its year."""
_SHORTEST = 12
"""A title has at least so many signs."""
_LONGEST_MARK = 3
"""So many words may be a mark in front, and no title."""
_TITLE_STOPS = lazy(
    r"(?P<kept>[?!)\]]?)[”\"’']?(?:\.[”\"’']?\s|(?<=[?!])\s|:\s|\s[-–—]{1,2}\s|\s/\s)"
)
_NAMES_END = lazy(
    r"(?:\.?\s[-–—]{1,2}\s|\.?\s/\s|[.,;:]\s?|(?<=\.)\s)"
    r"(?=[A-ZÀ-Þ](?:(?![^\W\d_]{3}[.?!]\s[A-ZÀ-Þ])\D){1,80}(?:(?:19|20)\d\d\b|\d{1,4}\s?[(:;,]))"
)
"""A journal and its figures follow, and no other sentence, as it does behind a mark in front."""


def _plainly(text: str, shape: str) -> str:
    """What holds a work, its elements parted by commas in the place of dashes and strokes."""
    for one in _DASHED.finditer(shape):
        sign = "," if one["stop"] else "," + " " * (len(one[0]) - 1)
        text = f"{text[: one.start()]}{sign}{text[one.end() :]}"
    return _LABELS.sub(lambda label: label[0].lower(), text.replace(" / ", " , "))
