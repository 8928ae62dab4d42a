"""What ends a container's name and is none of it: figures, towns; what stands before a year."""

from __future__ import annotations

import re
from dataclasses import dataclass

from refpipe.items.printed.articles import numbers as number_tails
from refpipe.items.printed.articles import split as splits
from refpipe.items.printed.articles.head import YEAR
from refpipe.items.printed.articles.numbers import Numbers
from refpipe.items.printed.nouns import Draft, Head, Part
from refpipe.items.printed.people.japanese_names import ET_AL, JAPANESE, KANA, KANJI
from refpipe.items.printed.people.western_names import Names
from refpipe.items.printed.words import ORGANISATION_WORDS, PLACES, PUBLISHER_WORDS
from refpipe.items.printed.works import imprint as imprints
from refpipe.lifetimes import lazy

Stretch = tuple[int, int, float] | None
"""Start, end and confidence of a text field."""
Found = tuple[str, int, int]
"""A figure of a tail and where it stands."""

FIGURES = lazy(
    r"(?:,|\.)?\s(?:(?:[Vv]ol(?:ume)?|[Nn]os?|[Nn]um[eé]ro|[Bb]d|[Tt]|[Tt]ome|[Hh]eft|pp?|[Pp]ages?|Issue|n|N|nr|Nr)"
    r"\b\.?\s?(?=\d|[IVXLC]+\b)|\d{1,4}\s?\(|\d{1,4}(?:[.,:]\s?|\s?[-/]\s?)\d|\d{1,4}\.?$|[IVXLC]{2,6}(?:\s\(|,\s\d))"
    r"|,\s(?:\d|[IVXLC]{2,6}(?:,|\s\())|(?<=[a-z])\.?\d{1,4}\s?[(,:]"
)
"""What can be no part of a container's name: a label and a figure, a volume with its issue."""


PLAIN_FIGURES = lazy(
    r",?\s(?:vol|no|n|nr|pp?|pages?)\.?\s?(?=\d)|,?\s\d{1,4}\s?\(\d{1,3}\)"
    r"|,?\s\d{1,4}\s\((?:19|20)\d\d"
    r"|,\s(?:19|20)\d\d(?=,)|,\s[IVXLC]{2,6},?\s(?:\(|(?:19|20)\d\d)"
    r"|\s\d{1,3}\.\d{1,2}, (?:19|20)\d\d"
)
"""Those that leave no doubt, for a name that labels part from its figures may end with one."""


def without_figures(
    masked: str, head: Head, tail: Numbers, container: Stretch, figures: re.Pattern[str]
) -> Stretch:
    """The container up to figures that stand in it; they are read with those of the tail."""
    if container is None:
        return None
    start, end, confidence = container
    found = figures.search(masked[:end], start + 3)
    if found is None or re.fullmatch(rf"[.,]?\s?{YEAR}[.]?", found[0] + masked[found.end() : end]):
        return container
    if len(re.findall(r"[^\W\d_]", masked[start : found.start()])) < 3:
        return container
    begin = found.start() + len(found[0]) - len(found[0].lstrip(" ,."))
    rest = number_tails.read_at(masked, begin, tail.end, has_year=head.year is not None)
    known = tail.found
    if "page" in known and known["page"][1] != rest.found.get("page", known["page"])[1]:
        return container
    kept = {name: one for name, one in known.items() if _is_apart(one, rest.found)}
    tail.found, tail.unread, tail.start = kept | rest.found, rest.unread, begin
    return start, found.start(), confidence


_MEETING = lazy(
    r"\b(?:Proc(?:eedings?|\.)|Conf(?:erence|\.)|Symp(?:osium|\.)|Workshop|Congress|Meeting|Seminar|Colloquium)(?!\w)"
)


def without_town(draft: Draft, text: str, masked: str, container: Stretch) -> Stretch:
    """The name of a meeting without the town in which it was held."""
    if container is None:
        return container
    start, end, confidence = container
    if not _MEETING.search(masked, start, end):
        return _without_publisher_place(draft, text, masked, container)
    for comma in re.compile(r",\s").finditer(masked, start, end):
        if imprints.is_place(masked[comma.end() : end].strip(" .,")):
            town = text[comma.end() : end].strip(" .,")
            draft.parts.append(
                Part(
                    name="event-place", value=town, start=comma.end(),
                    end=comma.end() + len(town), confidence=0.75,
                )
            )  # fmt: skip
            draft.kind = draft.kind or "paper-conference"
            return start, comma.start(), confidence
    return container


def _without_publisher_place(
    draft: Draft, text: str, masked: str, container: tuple[int, int, float]
) -> Stretch:
    """The container without the town that ABNT prints: ``Cad Saúde, Rio de Janeiro, v. 31``."""
    start, end, confidence = container
    comma = masked.rfind(", ", start, end)
    is_labelled = re.match(r"[\s,]*v\.\s\d", masked[end:])
    town = text[comma + 2 : end].strip(" .,")
    if comma < start + 4 or not is_labelled or not imprints.may_be_place(town):
        return container
    at = (comma + 2, comma + 2 + len(town))
    draft.parts.append(
        Part(name="publisher-place", value=town, start=at[0], end=at[1], confidence=0.85)
    )
    return start, comma, confidence


def _is_apart(one: Found, others: dict[str, Found]) -> bool:
    """Whether a figure stands where no other one does."""
    return all(one[2] <= other[1] or one[1] >= other[2] for other in others.values())


# ── years and letters between a name and its figures ──

_CONTAINER_YEAR = lazy(r"(?P<open>\(?)(?:19|20)\d\d\)?(?=,\s|\.?\s*$)")


_SHORTENED = lazy(r"(?<!\bvol)(?<!\bno)(?<=[a-z])\.\s?$")


_SECTION = lazy(r"(?P<section>[A-H])(?P<volume>\d{1,4})")


def take_section(masked: str, tail: Numbers) -> int:
    """Where a shortened name ends; the letter of ``Phys. Rev. D94`` is its last word."""
    volume = tail.found.get("volume", ("", 0, 0))
    parted = _SECTION.fullmatch(volume[0])
    if parted is None or not _SHORTENED.search(masked[: volume[1]]):
        return tail.start
    tail.found["volume"] = (parted["volume"], volume[1] + 1, volume[2])
    return volume[1] + 1


def give_back(masked: str, head: Head, tail: Numbers) -> None:
    """Leave a year to the container that it belongs to ("Pipelines 2011", "… Excel 2010, 1-3").

    Behind a year of its own, a work has no other; and a volume is parted from its container by
    a comma, or from its pages by a colon.
    """
    if head.year is None:
        twice = re.compile(rf"(?:19|20)\d\d(?=\s\({YEAR}\))").match(masked, tail.start, tail.end)
        if twice and masked[: tail.start].rstrip()[-1:].isalpha():
            rest = number_tails.read_at(masked, twice.end(), tail.end, has_year=False)
            tail.found, tail.unread, tail.start = rest.found, rest.unread, twice.end()
        return
    match = _CONTAINER_YEAR.match(masked, tail.start, tail.end)
    before = masked[: tail.start].rstrip()
    if not match or before.endswith((",", ";")) or (before[-1:] == "." and not match["open"]):
        return
    start = tail.start
    rest = number_tails.read_at(masked, match.end(), tail.end, has_year=True)
    tail.found, tail.unread, tail.start = rest.found, rest.unread, match.end()
    if tail.start == start:
        tail.start = match.end()


def take_year_before(masked: str, head: Head, tail: Numbers) -> None:
    """The year between a journal and its volume: ``J Natl Cancer Inst (2019) 111(2)``.

    Behind a comma or stop it is that of the work as well: ``Lancet, 2019, vol. 3, no. 2``.
    """
    before = r"(?:\(|(?<=[^\W\d_])[.,]\s|(?<=[^\W\d_]\.),\s)"
    found = re.search(rf"{before}({YEAR})(?:\),?|,)\s*$", masked[: tail.start])
    is_figure = bool({"volume", "issue"} & tail.found.keys())
    if found and head.year is None and "year" not in tail.found and is_figure:
        tail.found["year"] = (found[1], *found.span(1))
        tail.start = found.start()


def is_bare(masked: str, at: tuple[int, int], head: Head, tail: Numbers) -> bool:
    """Whether people, a journal and its year are all: ``Hart RG, et al. Ann Intern Med 2007``."""
    if head.names is None or head.names.kind in ("group", "within") or head.year is not None:
        return False
    is_plain = tail.found.keys() <= {"year", "month", "day"} and masked[at[1] :].lstrip()[:1] != "("
    return is_plain and splits.is_journal_name(masked[slice(*at)].strip(" .,"))


def is_latin_pair(masked: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether two elements of a Japanese reference are parts of one abbreviated Latin container."""
    text = masked[slice(*before)]
    words = text.split()
    return (
        0 < len(words) <= 3
        and not JAPANESE.search(text + masked[slice(*after)])
        and all(word[0].isupper() or word in ("of", "and", "the", "for", "in") for word in words)
    )


_IMPRINT = lazy(r",\s(?P<place>[A-ZÀ-Þ][^:;\d]{2,40}):\s(?P<house>[A-ZÀ-Þ][^:;\d]{3,80}?)[\s.]*$")


def imprint_behind(text: str, masked: str, tail: Numbers) -> list[Part]:
    """``Reports, vol. 64, pp. 1-63, Town, ST: House``: who gave a series out, behind its pages."""
    page = tail.found.get("page")
    found = _IMPRINT.match(masked, page[2]) if page else None
    if found is None or not imprints.is_place(found["place"]):
        return []
    return [
        Part(name=name, value=text[slice(*found.span(group))], start=found.start(group),
             end=found.end(group), confidence=0.85)
        for name, group in (("publisher-place", "place"), ("publisher", "house"))
    ]  # fmt: skip


# ── what stands before a year in brackets ──


def is_author(before: str, behind: str) -> bool:
    """Whether words before a year name who wrote what stands behind it, or are a title themselves.

    ``March of Dimes. (2020). Smoking During Pregnancy.``: a work has a title, so that words behind
    the year which name no journal, house or site are it.
    """
    words = before.split()
    if not 0 < len(words) <= 8 or _NO_BODY.search(before):
        return False
    is_plain = len(words) == 1 and words[0][1:].islower()
    if is_plain and not any(word.islower() and len(word) > 3 for word in behind.split()):
        return False  # ``Index. (2012). Between Darwin and Marx.``
    is_host = splits.is_journal_name(behind) or imprints.is_house(behind) or _SITE.match(behind)
    return len(behind.split()) > 1 and not is_host and not re.search(r"\w{2}[.?!]\s[A-Z]", behind)


_NO_BODY = lazy(r"\d|^\w+\s(?:and|und|et|&)\s\w+$|(?<![\w'’])[a-zà-ÿ]\w{3,}")
_SITE = lazy(r"\S+\.[a-z]{2,4}$|\S+$|(?:[A-Z]\w*\s)*(?:Encyclop|Wiki|Journal|Magazine|News|Times)")


# ── the signs around a name ──


def trimmed(masked: str, start: int, end: int, confidence: float) -> Stretch:
    """The container without the signs around it, or None where nothing is left."""
    while start < end and masked[start] in ' ,.;:-–)]”"’':
        start += 1
    introduced = re.compile(r"In\s?:\s*|in\s(?=[A-Z])|In\s(?:the\s)?(?=Proc)").match(
        masked, start, end
    )
    if introduced:
        start = introduced.end()
    while end > start and masked[end - 1] in " ,;:-–(":
        end -= 1
    if end > start and masked[end - 1] == "." and not _has_inner_stop(masked[start : end - 1]):
        end -= 1
    return (start, end, confidence) if end > start else None


def _has_inner_stop(text: str) -> bool:
    return re.search(r"\.(?:\s|$|\w)", text) is not None


_WITH_LETTERS = lazy(
    r"(?:\b[Vv]ol(?:ume)?\.?\s?(?P<volume>(?=[A-Z\d-]*[A-Z])[A-Z\d]+(?:-[A-Z\d]+)*)(?=\s?,?\s?[Nn]o|\s?\(\d)"
    r"|(?<=\s)(?P<bare>[A-Z]\d{2,3}-[A-Z](?=\s?,\s?[Nn]o)|(?:19|20)\d\d-[A-Z]{2,5}-\d{1,3}(?=\s?[,(]))"
    r"|(?<=[\s,.])(?P<page>[A-Z]{1,3}_\d+(?:\s?-+\s?(?:[A-Z]{1,3}_)?\d+)?)(?![\w-])"
    r"|(?<=,)\s?[A-Z]{2,5}\.?\d{4}(?:-\d{1,3})?(?=\s?,\s?(?:(?:pp?\.\s?)?\d+-|[Vv]ol)))"
)
"""``Vol.J89-D``, ``vol. 2021-MUS-131``, ``I_1429-I_1434``, and a paper's number before pages."""


def without_lettered(
    masked: str, start: int, end: int
) -> tuple[str, dict[str, tuple[str, int, int]], int]:
    """The text without figures that hold letters, those figures, and where the first stands."""
    found: dict[str, tuple[str, int, int]] = {}
    first = end
    for one in _WITH_LETTERS.finditer(masked, start, end):
        for name in ("volume", "bare", "page"):
            if one[name]:
                found["volume" if name == "bare" else name] = (one[name], *one.span(name))
                first = min(first, one.start())
        masked = masked[: one.start()] + " " * len(one[0]) + masked[one.end() :]
    return masked, found, first


# ── the imprint at the end of what was taken for an article ──

_PLACE_FIRST = lazy(
    r"(?:(?<=[.,;)\]])|(?<=[.?!)]\s))\s*(?P<place>[A-Z][^\W\d_]+(?:[\s-][A-Z][^\W\d_]+){0,2}(?:,\s[A-Z][\w.]{1,14})?)"
    r"\s?:\s?(?P<publisher>[A-Z][^:;]{2,80}?)[.,;]*\s*$"
)
_PUBLISHER_FIRST = lazy(
    r"(?<=[.)?!])\s+(?P<publisher>[A-Z][^:;.,]{2,50}(?:,\sInc\.)?),\s"
    r"(?P<place>[A-Z][^\W\d_]+(?:[\s-][A-Z][^\W\d_]+){0,2}(?:,\s[A-Z][\w.]{1,14})?)[.,;]*\s*$"
)
_EDITION_BEFORE = lazy(
    r"[\s,.(]+(?P<edition>(?:\d{1,2}(?:st|nd|rd|th)|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Rr]ev(?:ised)?\.?)\s"
    r"(?:ed(?:ition|n)?\b\.?))\)?"
)
_REACH = 140


@dataclass(frozen=True, slots=True)
class Imprint:
    """Where the imprint begins, and its parts."""

    start: int
    parts: tuple[Part, ...]


def behind_article(shape: str, start: int, end: int) -> Imprint | None:
    """The imprint at the end of ``shape[start:end]``; None where there is none."""
    floor = max(start, end - _REACH)
    for pattern in (_PLACE_FIRST, _PUBLISHER_FIRST):
        for match in pattern.finditer(shape, floor, end):
            if _is_pair(match["place"], match["publisher"]):
                return _made(shape, start, match)
    return None


def _is_pair(place: str, publisher: str) -> bool:
    cities = [word.lower() for word in re.findall(r"[^\W\d_]+", place.split(",", maxsplit=1)[0])]
    words = {word.lower().strip(".,&") for word in publisher.split()}
    is_house = bool(words & (PUBLISHER_WORDS | ORGANISATION_WORDS))
    return all(city in PLACES for city in cities) or is_house


def _made(shape: str, start: int, match: re.Match[str]) -> Imprint:
    parts = [
        Part(
            name=name,
            value=match[group].strip(" ,."),
            start=match.start(group),
            end=match.end(group),
            confidence=0.85,
        )
        for name, group in (("publisher-place", "place"), ("publisher", "publisher"))
    ]
    begin = match.start()
    editions = list(_EDITION_BEFORE.finditer(shape, start, begin + 1))
    edition = editions[-1] if editions else None
    if edition and not re.search(r"\w", shape[edition.end() : begin]):
        left, right = edition.span("edition")
        parts.append(
            Part(name="edition", value=edition["edition"], start=left, end=right, confidence=0.9)
        )
        begin = edition.start()
    return Imprint(begin, tuple(parts))


def publisher(text: str, start: int, end: int) -> Part:
    """Who publishes a journal."""
    value = text[start:end]
    return Part(name="publisher", value=value, start=start, end=end, confidence=0.75)


def add_translators(draft: Draft, names: Names | None) -> None:
    """Who translated an article."""
    if names:
        value = [dict(name) for name in names.names]
        draft.parts.append(
            Part(name="translator", value=value, start=names.start, end=names.end, confidence=0.85)
        )


def names_go_on(shape: str, at: int, end: int) -> bool:
    """Whether names go on behind a blank, so that the last word was half a name or one of several.

    ``佐藤 徳・安田朝子 2001``, ``高橋 一郎 他 足底腱膜炎``; in ``佐藤一郎 腰痛 整形外科`` the title
    follows.
    """
    behind = shape[at:end].strip()
    if re.search(r"[・･&]", behind) or ET_AL.search(behind):
        return True
    behind = ET_AL.sub("", behind).strip(" ,")
    last = re.search(rf"(?:^|[\s,・&])([{KANJI}]{{1,3}})$", shape[:at])
    return last is not None and re.fullmatch(rf"[{KANJI}{KANA}]{{1,3}}", behind) is not None


OF_MONTH = lazy(rf"(?<=[』」\s,])(?P<year>{YEAR})年\s?(?P<month>\d{{1,2}})月(?:\d{{1,2}}日)?号")
_OF_STUDY = lazy("[学医療科]|看護|臨床|リハ|ケア|研究|教育|技術")


def kind_of_month(draft: Draft, masked: str) -> None:
    """A magazine, where a month's issue has its house and no volume, and no name of a study."""
    found = {part.name: str(part.value) for part in draft.parts}
    is_sold = "publisher" in found and not {"volume"} & found.keys()
    is_of_study = _OF_STUDY.search(found.get("container-title", "学"))
    if is_sold and re.search(r"[月\d](?:\d+日)?号", masked) and not (draft.kind or is_of_study):
        draft.kind = "article-magazine"
