"""Who edited or translated a Western work, told by the words beside the names."""

from __future__ import annotations

import re
from typing import Any

from refpipe.items.printed.articles import split as splits
from refpipe.items.printed.nouns import Part
from refpipe.items.printed.people import full_names
from refpipe.items.printed.people import western_names as name_lists
from refpipe.items.printed.words import GIVEN_NAMES, is_organisation
from refpipe.items.printed.works import imprint
from refpipe.items.printed.works.marks import CUT, Marked
from refpipe.lifetimes import lazy

ROLE_MARK = lazy(
    r"(?:(?<![,\s])[,\s]+)?[(\[]?\s?\b(?P<ed>[Ee]ditors?|[Ee]ds?\b|Hrsg|Hg"
    r"|(?<=[(\[])(?:éds?|dirs?|coords?|orgs?|a cura di))\b\.?(?P<both>\s*(?:&"
    r"|and)\s*[Tt]rans(?:lators?|\.)?\.?)?\s?[)\]]?"
    r"|(?:(?<![,\s])[,\s]+)?[(\[]?\s?\b(?P<trans>[Tt]ranslators?\b|[Tt]rans\b)\.?(?P<both2>\s*(?:&"
    r"|and)\s*[Ee]ds?\.?)?\s?[)\]]?"
)
_EDITED_BY = lazy(
    r"[(\[]?\s?\b(?:[Ee]d(?:ited(?:\sand\s\w+)?|\.|s\.)\sby|[Hh]erausgegeben\svon|(?<=,\s)Hrsg\."
    r"|(?<=\()[Ee]ds?\.?|(?<=[,.]\s)[Ee]ds?\.(?=\s[A-Z][\w.’-]*\s(?:[A-Z]|v[ao]n\s|d[ei]\s)))\s+(?=[A-Zvd])"
)
_TRANSLATED_BY = lazy(
    r"[(\[]?\s?\b(?:[Tt]ranslated|[Tt]rans\.|[Tt]raduit"
    r"|[Üü]bersetzt|[Üü]bers\.|[Tt]r\.|[Tt]rad\.|[Tt]raducción|[Tt]radotto|przeł\.|[Oo]vers\.)(?:\sand\s\w+)?"
    r"(?:\sfrom\s(?:the\s)?\w+|\s(?:de|del|d[ae]l|aus)\s(?:dem\s)?(?:l['’])?[a-zà-ÿ]+|\s[a-z]{2,3}\.)?"
    r"\s(?:by|par|por|von|de|di|da)?\s*(?=[A-ZÀ-Þ])"
)


_AS_EDITED_BY = lazy(r"\s(?:[Ee]ds?|[Tt]rans)\.\s[A-Z][\w.’-]*\s(?:[A-Z][\w.’-]*|v[ao]n|de)")
"""``Title. Ed. William Andrews``: the role stands before its name."""
_LIST_ENDS = lazy(r"[A-Z][\w’'-]+\s[A-Z]{1,3},\s(?:[A-Z][\w’'-]+\s){1,2}[A-Z]{1,3}\.$")
"""``Lau E, Nagai D. eds. Title``: the role behind the stop of a list."""
_IN_ORDER = lazy(r"[A-Z][a-z]+\s(?:[A-Z]\.\s?)+(?:v[ao]n\s|de[rn]?\s)*[A-Z][\w’-]+(?!\s?:|\w)")
"""``Carolyn R. Fawcett``: a given name first, for a full stop stands behind the initial."""


_INVERTED_IN_FULL = lazy(
    r"[A-ZÀ-Þ][\w’-]+(?:\s[A-ZÀ-Þ][\w’-]+)?,\s[A-ZÀ-Þ][\w.’ -]+"
    r"(?:;\s[A-ZÀ-Þ][\w’ -]+,\s[A-ZÀ-Þ][\w.’ -]+)*,?\s*"
)
"""``Fekete, Sándor; Lubiw, Anna,`` before "eds.", as SIST 02 prints editors behind a title."""


def take_roles(marked: Marked, start: int, end: int) -> None:
    """Editors and translators, told by the words beside them."""
    for match in list(ROLE_MARK.finditer(marked.left, start, end)):
        if (
            match["ed"]
            and re.match(r"\s*[,\s]*\(?ed\b\.?$", match[0])
            and re.search(r"\d(?:st|nd|rd|th)\s*$", marked.left[: match.start()])
        ):
            continue
        if _stands_before_name(marked.left, match, start):
            continue
        take_names_before(marked, match, start)
    for mark, role in ((_TRANSLATED_BY, "translator"), (_EDITED_BY, "editor")):
        named = mark.search(marked.left, start, end)
        if named:
            take_named_by(marked, named, role)


def _stands_before_name(left: str, match: re.Match[str], floor: int) -> bool:
    """Whether a role belongs to the names behind it: ``Title. Ed. William Andrews``."""
    if re.match(r"\s*by\s", left[match.end() :]):
        return True
    if match[0].lstrip(", ")[0] in "([" and re.match(
        r"[^)\]]\s?(?:[A-Z]|v[ao]n\s|d[eai]\s)", left[match.end() - 1 :]
    ):
        return True
    at = match.start() + (match[0][0] == ",")
    if not _AS_EDITED_BY.match(left, at):
        return False
    before = left[: match.start()]
    if at == match.start():
        return before.endswith(".") and _LIST_ENDS.search(before) is None
    for edge in re.finditer(rf"(?:^|[,.?!]\s|{CUT})\s*(?=[A-Z])", before[floor:]):
        names = name_lists.scan(before, floor + edge.end())
        if names is not None and names.end >= match.start():
            return False
    stop = re.compile(rf"[,;(]|(?<=[^\W\d_]{{2}})\.(?=\s|$)|{CUT}").search(left, match.end())
    end = len(left[: stop.start() if stop else len(left)].rstrip())
    begin = end - len(left[match.end() : end].lstrip())
    behind = full_names.scan(left[:end], begin, is_certain=True)
    return behind is not None and behind.end >= end


def _tell_cut(marked: Marked, role: str, names: name_lists.Names) -> None:
    """Say that there are more people than the print names, where a role is not yet read."""
    if names.is_cut and not marked.has(role):
        marked.custom[f"{role}-et-al"] = True


def take_named_by(marked: Marked, match: re.Match[str], role: str) -> None:
    """The names behind "edited by", up to a bracket, a stop, or the comma behind the last."""
    left = marked.left
    is_bracketed = match[0][0] in "(["
    scanned = name_lists.scan(left, match.end())
    is_in_order = _IN_ORDER.match(left, match.end()) is not None
    if scanned and scanned.kind == "vancouver" and not is_in_order:
        value = [dict(one) for one in scanned.names]
        around = (match.start(), scanned.end)
        _tell_cut(marked, role, scanned)
        marked.take(role, value, (scanned.start, scanned.end), 0.88, around=around)
        return
    if is_bracketed:
        close = re.compile(r"[)\]]").search(left, match.end())
        stop = close.start() if close else match.end()
        after = stop + 1
    else:
        known = left.find(CUT, match.end())
        limit = min(match.end() + 200, known if known >= 0 else len(left))
        sentence = re.compile(r"(?<=[^\W\d_]{2})\.\s").search(left, match.end(), limit)
        limit = sentence.start() if sentence else limit
        last = re.compile(r"\s(?:and|&)\s").search(left, match.end(), limit)
        final = re.compile(rf"[,;(]|(?<=[^\W\d_]{{2}})\.(?=\s|$)|{CUT}").search(
            left, last.end() if last else match.end()
        )
        stop = after = final.start() if final else len(left.rstrip(" ."))
        for comma in re.compile(r",\s").finditer(left, match.end(), stop):
            if imprint.is_house(left[comma.end() : stop]):
                stop = after = comma.start()
                break
    names = name_lists.within(left, match.end(), stop, is_certain=True, is_in_order=True)
    if names:
        _tell_cut(marked, role, names)
        marked.take(
            role,
            [dict(one) for one in names.names],
            (names.start, names.end),
            0.88,
            around=(match.start(), after),
        )


def _is_title_and_names(before: str, names: name_lists.Names, edges: list[int]) -> bool:
    """Whether the first of the names is a title: ``Physical Assessment, W. S. Marras, Eds.``."""
    if full_names.is_surely_name(names.names[0]):
        return False
    behind = (name_lists.scan(before, edge) for edge in edges if names.start < edge < names.end)
    return any(one is not None and not before[one.end :].strip(" ,(&.") for one in behind)


def _names_in_full(before: str, start: int, edges: list[int]) -> name_lists.Names | None:
    """Names written out that fill a stretch, of which the first is no title."""
    stretch = before[start:]
    names = full_names.scan(before, start, is_certain=not stretch.endswith("."))
    if names is None and " and " in stretch and ":" not in stretch:
        return name_lists.within(before, start, len(before), is_certain=True)
    return None if names and _is_title_and_names(before, names, edges) else names


def _sentence_of_names(
    left: str, start: int, end: int, names: name_lists.Names | None
) -> name_lists.Names | None:
    """Names in full that are all that stands between a full stop and what the people did.

    Else those that were read; only where none were, a comma may stand within each name.
    """
    stretch = left[start:end]
    if _LISTED_IN_FULL.fullmatch(stretch.strip(" ,")):
        return name_lists.within(left, start, end, is_certain=True, is_in_order=True)
    if names is None and _INVERTED_IN_FULL.fullmatch(stretch):
        return full_names.scan(left[:end], start, is_certain=True)
    return names


def take_names_before(marked: Marked, match: re.Match[str], floor: int) -> None:
    """The names that stand before "editors", "(Eds.)" or "Trans."."""
    left = marked.left
    bracket = left.rfind("(", floor, match.start())
    is_open = bracket >= 0 and ")" not in left[bracket : match.start()]
    starts = [bracket + 1] if is_open else []
    starts += [floor] if not is_open else []
    starts += [
        one.end()
        for one in re.compile(rf"(?:[.,;:]\s+|{CUT}\s*|\(|\b[Ii]n:?\s)").finditer(
            left, floor, match.start()
        )
    ]
    for edge in starts:
        start = edge + len(left[edge:]) - len(left[edge:].lstrip(" "))
        names = name_lists.scan(left[: match.start()], start)
        listed = name_lists.scan(left[: match.start()], start + 3)
        if left.startswith("in ", start) and listed and listed.kind != "within":
            names, start = listed, start + 3
        if (
            (names is None or left[names.end : match.start()].strip(" ."))
            and edge in (floor, bracket + 1)
            and CUT not in left[start : match.start()].strip(f" {CUT}")
        ):
            names = _names_in_full(left[: match.start()], start, starts)
        is_sentence = match["ed"] and left[:start].endswith((". ", CUT, CUT + " "))
        if is_sentence:
            names = _sentence_of_names(left, start, match.start(), names)
        if names is None or left[names.end : match.start()].strip(" ,()&."):
            continue
        roles = ["editor"] if match["ed"] else ["translator"]
        if match["both"]:
            roles.append("translator")
        if match["both2"]:
            roles.append("editor")
        begin = start - 1 if is_open else start
        value = [dict(one) for one in names.names]
        for role in roles:
            _tell_cut(marked, role, names)
            if not marked.has(role):
                marked.parts.append(
                    Part(name=role, value=value, start=start, end=match.end(), confidence=0.9)
                )
        marked.cut(begin, max(match.end(), names.end))
        return


# ── the title before who wrote it ──

_NAME = (
    r"[A-ZÀ-Þ][^\W\d_A-Z]+(?:-[A-ZÀ-Þ][^\W\d_A-Z]+)?\s(?:[A-Z]\.?\s){0,2}(?:v[ao]n\s|d[eu]\s)?[A-ZÀ-Þ]"
    r"[^\W\d_]+(?:[-’'][^\W\d_]+)?"
)
_LISTED_IN_FULL = lazy(rf"{_NAME}(?:,\s{_NAME})*,?\s(?:and|&)\s{_NAME}")
"""``Helen Marsh and Brian Doyle`` before "(eds.)", behind a title."""
_TITLE_FIRST = lazy(
    rf"\s*(?P<title>[A-ZÀ-Þ\d][^“”\";]{{7,160}}?)(?:,\s|,?\s(?P<by>by)\s)(?:(?:Dr|Prof|Professor|Sir|Dame)\.?\s)?"
    rf"(?P<names>{_NAME}(?:(?:,\s(?:and\s|&\s)?|\s(?:and|&)\s){_NAME}){{0,3}})(?:[,.]\s|\s\()"
    r"(?P<house>[A-ZÀ-Þ][\w’'&.-]*(?:\s(?:(?:and|of)\s)?[A-ZÀ-Þ&][\w’'&.-]*){0,4}),?\s"
    r"\(?(?P<year>(?:19|20)\d\d)\)?[\s.]*$"
)


_NAMED_FIRST = lazy(rf"{_NAME}(?:,|$)|[A-ZÀ-Þ][\w’-]+,\s[A-ZÀ-Þ][\w.’-]+(?:,|$)")


def title_first(text: str, masked: str, kind: str) -> list[Part]:
    """``Title: Subtitle, Given Family, House 2015``, as lists of books to read name a work.

    The first element is no name and holds no full stop between two elements, and the one behind it
    is a common one or stands behind a title with a subtitle; what has the form of a name may still
    be words of the title, and is unsure.
    """
    is_dated = masked.rstrip(" .)")[-4:].isdigit() and kind in ("journal", "book")
    found = _TITLE_FIRST.match(masked) if is_dated else None
    if found is None or (not found["by"] and _NAMED_FIRST.match(found["title"])):
        return []
    pieces = re.split(r",\s(?:and\s|&\s)?|\s(?:and|&)\s", found["names"])
    if any(map(imprint.is_place, (*pieces, found["house"]))) or imprint.is_house(found["names"]):
        return []
    if any(map(splits.is_journal_name, pieces)):
        return []
    named = name_lists.within(masked, *found.span("names"), is_certain=True, is_in_order=True)
    is_title = found["by"] is not None or re.search(r":\s|\?|\b(?:[a-z]{2,}\s){2}", found["title"])
    is_list = (
        re.search(r"\b[A-Z]\.|\bet al\b|\b[A-Z]{1,3},|[a-z]\.\s[A-Z]", found["title"]) is not None
    )
    if named is None or is_list or not all("given" in one for one in named.names):
        return []
    is_sure = all(map(full_names.is_surely_name, named.names))
    if not (is_sure or is_title) or len(found["title"].split()) < 2:
        return []
    sure = 0.8 if is_sure and is_title else 0.6
    value = {"date-parts": [[int(found["year"])]]}
    spans = {"title": "title", "publisher": "house"}
    parts = [
        Part(
            name=name, value=text[slice(*found.span(group))].strip(), start=found.start(group),
            end=found.end(group), confidence=sure,
        )
        for name, group in spans.items()
    ]  # fmt: skip
    names = [dict(one) for one in named.names]
    start, end = found.span("names")
    parts.append(Part(name="author", value=names, start=start, end=end, confidence=sure))
    start, end = found.span("year")
    return [*parts, Part(name="issued", value=value, start=start, end=end, confidence=0.9)]


_OF_BODY = lazy(
    r"\s*(?P<first>[^,:;.()“”\"]{3,120}),\s(?P<second>[^,:;.()“”\"]{3,120}),"
    r"(?:\s(?P<town>[A-Z][^,:;.()“”\"\d]{2,40}),)?\s(?P<year>(?:19|20)\d\d)[.)\s]*$"
)
_SHORT_BODY = lazy(r"[A-Z][A-Z&]{1,9}")
_PERSON = lazy(r"\b[A-Z]{1,3}$|^[A-Z]\b|&|^\w+ and \w+$")


def of_body(text: str, masked: str) -> list[Part]:
    """``Fact Sheet, WHO, 2015``, either way round: what a body put out, and the body.

    A work has a title: of two elements and a year one is it where the other is a body, and
    neither a person. Which of the two printed words are more, nobody can tell; so it is unsure.
    """
    found = _OF_BODY.match(masked)
    if found is None or (found["town"] and not imprint.is_place(found["town"])):
        return []
    are = {name: _is_body(found[name]) for name in ("first", "second")}
    if are["first"] is are["second"]:
        return []
    title, body = ("second", "first") if are["first"] else ("first", "second")
    named = name_lists.within(masked, *found.span(title), is_certain=True, is_in_order=True)
    is_named = named is not None and all(
        "given" in one and full_names.is_surely_name(one) for one in named.names
    )
    if is_named or _PERSON.search(found[title]) or splits.is_journal_name(found[body]):
        return []
    name = "author" if body == "first" else "publisher"
    said = text[slice(*found.span(body))].strip()
    value = [{"literal": said}] if name == "author" else said
    rows: list[tuple[str, Any, str, float]] = [
        ("title", text[slice(*found.span(title))].strip(), title, 0.8 if found["town"] else 0.3),
        (name, value, body, 0.6),
        ("issued", {"date-parts": [[int(found["year"])]]}, "year", 0.9),
    ]
    rows += [("publisher-place", found["town"], "town", 0.85)] if found["town"] else []
    return [
        Part(name=field, value=value, start=found.start(at), end=found.end(at), confidence=sure)
        for field, value, at, sure in rows
    ]


def _is_body(words: str) -> bool:
    """Whether the words are the short name of a body, or tell of one."""
    is_short = _SHORT_BODY.fullmatch(words) is not None
    return is_short or (len(words.split()) > 1 and imprint.is_house(words))


def is_given_alone(names: name_lists.Names) -> bool:
    """Whether "Philip H" was read as a name, of which the family name stands behind."""
    only = names.names[0]
    return (
        names.kind == "vancouver"
        and len(names.names) == 1
        and only.get("family", "").lower() in GIVEN_NAMES
    )


WHOLE_NAMES = lazy(
    r"[A-ZÀ-Þ][a-zß-ÿ]+(?:\s[A-Z]\.)?\s[A-ZÀ-Þ][a-zß-ÿ]+(?:(?:,\s|,?\sand\s)[A-ZÀ-Þ][a-zß-ÿ]+(?:\s[A-Z]\.)?\s[A-ZÀ-Þ][a-zß-ÿ]+)*"
)
SCHOOL_OF = lazy(r"\b(?:School|Faculty)\sof\s[A-Z]")
_QUOTE_NEXT = lazy(r",\s[“\"‘’']")


def begins_with_names(text: str, left: str, start: int, words: str) -> bool:
    """Whether people stand in front; ``Root, Andrew, Youth Ministry: …`` is a name and a title."""
    if re.match(r"[A-Z][\w’-]+,\s[A-Z][\w’.-]+,\s", words):
        return True
    scanned = name_lists.scan(left, start)
    if scanned and len(scanned.names) > 1 and words[scanned.end - start :].startswith(". "):
        return scanned.kind in ("vancouver", "inverted")  # A title stands behind the list.
    if is_organisation(words) or SCHOOL_OF.search(words):
        return False
    kinds = ("vancouver", "inverted", "direct", "dotted", "comma", "inverted-jr")
    if WHOLE_NAMES.fullmatch(words) and _QUOTE_NEXT.match(left, start + len(words)):
        # A body has its name on its own site, or prints it once more.
        return (
            re.sub(r"\W", "", words).lower()
            not in re.sub(r"\W", "", text[start + len(words) :]).lower()
        )
    is_list = scanned is not None and scanned.kind in kinds
    return is_list or full_names.scan(left, start) is not None


def bodies(words: str) -> tuple[name_lists.Name, ...]:
    """One body, or the two that "and" or a sign joins where each is named whole."""
    words = words.strip(" -")
    both = re.fullmatch(r"(.{8,}?)(?:,\s|;\s|\sand\s|\s&\s)((?:\S+\s){2,}\S+)", words)
    if both and all(map(_ENDS_WHOLE.search, both.groups())):
        return tuple({"literal": body} for body in both.groups())
    return ({"literal": words},)


_ENDS_WHOLE = lazy(
    r"(?:Association|Society|Agency|Organi[sz]ation|College|Academy|Institute|Foundation|University)$"
)


# ── signs of a work that has editors or translators ──

HAS_EDITORS = lazy(
    r"[(,.\s]\s?(?:[Ee]ditors?|[Ee]ds)\b\.?\)?|[(,]\s?[Ee]d\.\)?(?=[,.:)\s])"
    r"|\b[Ee]dited by\b|[.,]\sEds?\.\s(?=[A-Z][\w.’-]*\s[A-Z])|\(Hrsg\.?\)"
)


IS_TRANSLATED = lazy(
    r"\b[Tt]ranslated\s(?:from|by|and)\b|[,(]\s?[Tt]rans(?:\.|lators?\b)|,\s?trans\."
)


EDITORS_BETWEEN = lazy(
    r"[a-z]{3}[.?]\s(?:[A-Z][\w’'-]+\s[A-Z]{1,3}(?:,\s|,?\s(?:and|&)\s|\s)){1,8}\(?[Ee]ds?\.?\)?[:.,]\s(?=[A-Z])|"
    r"[a-z]{3,}\s[^.]*[a-z]{3}\.,?\s[A-Z][\w’'-]+,\s(?:[A-Z]\.\s?)+[^a-z.]?(?:[^()]{0,120}?),?\s\(?[Ee]ds?\.\)?,?\s(?=[A-Z])"
)
"""``Title. Roddy, D.J. and Merrill, R.B., eds., Book``: editors between two titles."""


EDITORS_FIRST = lazy(r"[^“”\"]{3,200}?\s\((?:[Ee]ds?|[Ee]ditors?)\.?\)[,:.]?\s[“\"]")
"""``Lau E., Nagai D. (Eds.), “Title”``: who edited a whole work."""


QUOTED_AND_EDITED = lazy(r"[”\"’']\s?,?\s[A-Z].*(?:\b[Ee]dited by\b|[.,]\sEds?\.\s[A-Z])")
