"""What holds a Western work or gives it out: a site, a meeting, a periodical, or none of them.

What a page says of itself stands here as well, and what an article is whose journal can be none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from refpipe.items.printed.articles import split as splits
from refpipe.items.printed.nouns import Draft, Part
from refpipe.items.printed.words import MONTHS, WHOLE_CONTAINERS
from refpipe.items.printed.works import days, imprint
from refpipe.items.printed.works.marks import Marked
from refpipe.items.printed.works.western_own_words import MONTH_NAMES, YEAR_IN_FRONT
from refpipe.lifetimes import lazy

Span = tuple[int, int]


# ── words of what holds works ──

CONFERENCE = lazy(
    r"\b(?:Conf\sProc|Proc(?:eedings|\.)|Conference|Conf\.|Symposium|Symp\.|Workshop|Congress"
    r"|Annual Meeting|Meeting of|Colloquium|Convention|Int'l Conf)(?!\w)"
    r"|\b[A-Z]{4,}\s(?:19|20)\d\d\b"
    r"|, (?:IEEE|ACM|USENIX|SPIE|IEEE Comput\. Soc)(?=[,;.] )"
)
PERIODICAL = lazy(
    r"\b(?:Journal|J\.|Bulletin|Proceedings|Proc\.?|Annals|Transactions|Trans\.|Archives"
    r"|Review|Reviews|Letters"
    r"|Acta|Magazine|News|Reports|Quarterly|Gazette|Newsletter|Notes|Series|Studies|Papers)\b"
)
HOLDER = lazy(r"\b(?:Conference|Symposium|Dictionary|Encyclop\w+|Dataset|Textbook)\b")


class Reader(Protocol):
    """The reader of a reference, as far as what stands behind the title needs it."""

    marked: Marked
    begin: int


# ── what is taken out before the title is read ──

_FORM = lazy(
    r"(?<=[\w.,?!”\"’)])\s[\[(](?P<form>(?:[A-Z][a-z]+|[a-z]+(?:-[a-z]+)?)(?:\s[a-z]+){0,2})[\])](?=\s*[.,;:\x01]|\s*$|\s{3}|\s[A-Z\d])"
)
"""``Title [Evaluation report].``: a word or three in square brackets, none but the first a name."""
_NUMBER = lazy(
    r"(?<=[^\W\d_][.,;)\]”\"]\s)(?:[A-Z]\w+\s){0,2}(?:[Nn](?:umber|o\.?)|ID|[Cc]ode|[Rr]ef(?:erence|\.)?)(?:\s?:|(?<=ID))"
    r"\s?(?P<n>(?=[\w/.-]*\d)[\w/.-]*\w)(?:\s[\[(][^\])]{2,20}[\])])?(?=\s*[.,;\x01)]|\s*$)"
)
"""``Leaflet number: 4123/2``, ``Reference ID: 399``: an element that says what its figures are."""
_COPYRIGHT = lazy(r"(?:©|\([Cc]\)|\b[Cc]opyright\b)[\s©]*(?=(?:19|20)\d\d)")


def take_marks(marked: Marked, floor: int) -> None:
    """What a page or report says of itself in brackets, and the number with its label."""
    for match in list(_FORM.finditer(marked.left, floor)):
        if match[0].lstrip()[0] == "[" and not marked.has("genre"):
            marked.take("genre", match["form"], match.span("form"), 0.75, around=match.span())
    for match in list(_NUMBER.finditer(marked.left, floor)):
        if not marked.has("number"):
            marked.known.append(match.span())
            marked.take("number", match["n"], match.span("n"), 0.75, around=match.span())
    for match in list(_COPYRIGHT.finditer(marked.left, floor)):
        marked.known.append(match.span())
        marked.cut(*match.span())


def is_titled_before(marked: Marked, floor: int, medium: int) -> bool:
    """Whether what stands before "[online]" is the page, and no site with its page behind.

    ``Author (2019). Page [online] Site``: who dates a work in front names it next; and where the
    sentence has ended before the medium, nothing is left of it that the medium could be of.
    """
    dated = next((part for part in marked.parts if part.name == "issued"), None)
    is_ended = marked.text[:medium].rstrip()[-1:] in tuple(".?!")
    return is_ended or (dated is not None and dated.start < floor)


_KEPT_UP = lazy(
    rf"[.,;(\[”\"]\s*(?:{days.WORDS['updated']}|{days.WORDS['reviewed']}|{days.WORDS['next']})\s*[:,]?\s(?={days.PLAIN_DATE}|\d{{1,2}}[/.-]\d)",
    re.IGNORECASE,
)


def is_read_online(shape: str, masked: str) -> bool:
    """Whether a work was read on its site, or says when it was changed, as no journal does."""
    return _READ_ONLINE.search(shape) is not None or _KEPT_UP.search(masked) is not None


def ends_in_site(masked: str) -> bool:
    """Whether a domain is what stands last."""
    return _SITE_LAST.search(masked) is not None


_READ_ONLINE = lazy(r"[.)\]”\"]\s(?:Retrieved|Accessed|Available)\s(?:from|at)\b")
_SITE_LAST = lazy(
    r"[.?!”\"]\s[\w-]+\.(?:org|com|net|gov|edu|int|uk|au|ca|nz|eu)"
    r"(?:[.,]?\s(?:[A-Z][a-z]+(?:\s[a-z]+)?:?\s)?\(?(?:\w{1,4}[ /.-]){0,2}(?:19|20)\d\d\)?)?\.?\s*$"
)


_SERIAL_HOST = lazy(
    r"(?!.*\b(?:Handbook|Handbuch|Encyclop|Dictionary|Lexikon|Textbook|Lehrbuch|Companion|Festschrift))[^“”:()]{3,120}?"
    r"(?:,?\s(?:[Vv]ol(?:ume|\.)?|Bd\.?|Jg\.?|Jahrgang)\s?\d|,?\s\d{1,3}\.\s?(?:Jg|Jahrgang)\b"
    r"|,?\s\d{1,4}(?:\s?\((?:\d{1,2}|(?:19|20)\d\d)\)|,\s(?!\d+/)[\d(]))"
)
"""``In: Journal, 27. Jg.``, ``In: J. Envir. Res., Vol. 16``: whose figures are a journal's."""
_GIVEN_BEHIND = lazy(r"[.,]\s[A-Z][^;:()\d]{3,80};\s?(?:19|20)\d\d\b(?!;)")
"""``… Vol 32. Curran Associates, Inc.; 2019``: a house, whatever figures stand before it."""


_DATED_LAST = lazy(
    rf"[.,]?\s\(?(?:(?:{'|'.join(MONTH_NAMES)})[a-z]*\.?\s)?(?:19|20)\d\d\)?"
    r"(?:\s[A-Z][a-z]{2}(?:\s\d+)?)?[.:,;\s]*$"
)


_YEAR_ALONE = lazy(r"\(?(?:19|20)\d\d[a-z]?\)?")
"""Behind it stands the title, and no journal yet."""
_LEADS = lazy(r"(?:Retrieved|Available|Accessed)\b")


def ends_in_journal(masked: str) -> bool:
    """Whether a journal and its year end a reference, as in ``Title. Sleep Med Rev. 2017``."""
    dated = _DATED_LAST.search(masked)
    is_dated = dated is not None or YEAR_IN_FRONT.match(masked) is not None
    end = dated.start() if dated else len(masked.rstrip(" .,;:"))
    pieces = re.split(r"[.?!”\"]+\s+", masked[:end]) if is_dated else []
    if len(pieces) == 2:
        # People, and no title: ``Kelen GD, et al. Lancet 2006``.
        return pieces[1].lower() in WHOLE_CONTAINERS
    # The words of a shortened name may have stops.
    names = (
        " ".join(pieces[at:]) for at in range(max(2, len(pieces) - 3), len(pieces))
        if not (_YEAR_ALONE.fullmatch(pieces[at - 1]) or _LEADS.match(pieces[at]))
    )  # fmt: skip
    return any(map(splits.is_journal_name, names))


def is_serial(behind: str) -> bool:
    """Whether what "In" brings in is a journal, by the figures behind its name."""
    return _GIVEN_BEHIND.search(behind) is None and _SERIAL_HOST.match(behind) is not None


# ── what stands behind ──

_LED = lazy(
    r"(?:(?:Retrieved|Available|Accessed|Read|Found|Taken)\s(?:from|at|on|via|in)|In)\s(?:the\s)?:?\s*(?=[A-Z])"
)
_BY_WHOM = lazy(
    r"[,;]\s(?:(?:[a-z]+ly\s)?(?:reviewed|written|checked|edited|updated|approved|posted)\sby\s.*|(?:[a-z]+\s){0,4}[a-z]{3,})$"
)
"""``WebMD, medically reviewed by …``, ``Trust, patient leaflet``: small words behind a name."""
_SMALL_WORDS = lazy(r"[\[(][^\[\]()]*[\])]|[a-z]+(?:\s[a-z]+){0,3}\s?")
_JOURNAL_ONLINE = lazy(r"(?<!\d),\s(?P<volume>\d{1,3})(?:\s?\((?P<issue>\d{1,3})\))?$")
"""``Synergy, 3(3)``: a journal that was read as a page."""


def site_behind(reader: Reader, sentences: list[Span]) -> None:
    """The name of a site and who runs it, or the imprint of an office, behind a page's title."""
    marked = reader.marked
    for at, sentence in enumerate(sentences := _unseen(marked, sentences)):
        span = _name_alone(marked, *sentence)
        words = marked.left[slice(*span)]
        if not words or len(words) > _LONGEST:
            continue
        if _SMALL_WORDS.fullmatch(words):
            if not marked.has("genre"):
                marked.take_text("genre", span, 0.7)
        elif _is_imprint(marked, span) and imprint.take(marked, *span, is_whole=True) < span[1]:
            continue
        elif imprint.is_place(words):
            if not marked.has("publisher-place"):
                marked.take_text("publisher-place", span, 0.75)
        elif at == 0:
            _take_site(marked, *span, sentences[1:])
        elif not marked.has("publisher") and imprint.is_house(words):
            marked.take_text("publisher", span, 0.6)


def _unseen(marked: Marked, sentences: list[Span]) -> list[Span]:
    """The sentences behind the one that says who has checked the page, which is known."""
    is_seen = bool(sentences) and _SEEN_BY.match(marked.left, sentences[0][0]) is not None
    marked.known += sentences[:is_seen]
    return sentences[is_seen:]


def _name_alone(marked: Marked, start: int, end: int) -> Span:
    """The name in an element, without the words that lead to it or describe it."""
    led = _LED.match(marked.left, start, end)
    start = led.end() if led else start
    behind = _BY_WHOM.search(marked.left[:end], start)
    if behind and ", " not in marked.left[start : behind.start()]:
        marked.known.append((behind.start(), end))
        end = behind.start()
    site = _CALLED_SITE.search(marked.left[:end], start)
    return start, site.start() if site else end


_SEEN_BY = lazy(
    r"(?:(?:[A-Z][a-z]+ly\s)?(?:[Rr]eviewed|[Cc]hecked|[Aa]pproved|[Ff]act[- ]checked)"
    r"|Edited|Updated|Posted)\sby\s[A-Z]"
)
"""``Medically reviewed by Dr Ann Lau``: no site."""
_CALLED_SITE = lazy(r"(?<=\w)\s(?:[Ww]eb\s?site|[Hh]ome\s?page|[Ww]eb\s?page)$")
_LONGEST = 100
"""How long the name of a site or an office may be."""


def _is_imprint(marked: Marked, span: Span) -> bool:
    """Whether an element is a place and a house, or ends where a year shows that one does."""
    colon = re.match(r"([^:]{2,40}):\s(.+)", marked.left[slice(*span)])
    return imprint.is_sealed(marked, span[1]) or (
        colon is not None and (imprint.is_place(colon[1]) or imprint.is_house(colon[2]))
    )


def _take_site(marked: Marked, start: int, end: int, behind: list[Span]) -> None:
    """The site, which may be a journal with its figures; behind a semicolon who runs it.

    Who stands before a town (``Agency. Town``) has given the page out.
    """
    if behind and imprint.is_place(marked.left[slice(*behind[0])]):
        marked.take_text("publisher", (start, end), 0.75)
        return
    numbered = _JOURNAL_ONLINE.search(marked.left[:end], start)
    if numbered:
        for name in ("volume", "issue"):
            if numbered[name]:
                marked.take_text(name, numbered.span(name), 0.8)
        end = numbered.start()
    twice = marked.left.find("; ", start, end)
    if twice > 0 and not marked.has("publisher"):
        # ``Healthline; Healthline Media``: the site, and who runs it.
        marked.take_text("publisher", (twice + 2, end), 0.75)
        end = twice
    run = _RUN_BY.match(marked.left[:end], start)
    if run and imprint.is_house(run["by"]) and not marked.has("publisher"):
        # ``Mayo Clinic, Mayo Foundation for Medical Education``: whole names, the second a body's.
        marked.take_text("publisher", run.span("by"), 0.75)
        end = run.start("by") - 2
    marked.take_text("container-title", (start, end), 0.75)


_RUN_BY = lazy(
    r"(?!(?:[^,]*\b)?(?:Department|Division|Office|School|Faculty|Ministry|Bureau|Institute"
    r"|University)\b)[A-Z][^,]{2,50},\s(?P<by>[A-Z][^,]{4,80}?)\s*$"
)
_DOMAIN_LAST = lazy(r",\s(?P<site>(?:[a-z0-9-]+\.)+[a-z]{2,4})[\s.]*$")
_SITE_LED = lazy(
    r"(?:Retrieved|Available|Accessed)\b[^.:]{0,40}?\s(?:from|at|on|via)\s(?:the\s)?"
    r"(?P<site>[A-Z][\w&’'.-]*(?:,?\s(?:[A-Z&][\w&’'.-]*|of|and|for)){0,8}?)(?:\s[Ww]eb\s?site)?\s?:?\s(?=https?:|www\.)"
)


def take_named_site(marked: Marked) -> None:
    """The site at the end of a page's title (``Obesity, nhs.uk``) or before its address."""
    if marked.has("container-title") or marked.has("publisher"):
        return
    title = next((part for part in marked.parts if part.name == "title"), None)
    domain = _DOMAIN_LAST.search(str(title.value)) if title else None
    if title and _take_row(marked, title):
        return
    if title and domain:
        start = title.start + domain.start("site")
        value = str(title.value)[: domain.start()]
        marked.parts.remove(title)
        marked.parts.append(replace(title, value=value, end=title.start + domain.start()))
        _add_site(marked, (start, start + len(domain["site"])), 0.75)
    elif led := _SITE_LED.search(marked.text):
        _add_site(marked, led.span("site"), 0.7)


def _take_row(marked: Marked, title: Part) -> bool:
    """Who gave a page out, behind the commas of its title: ``Falls, World Health Organization``."""
    pieces = str(title.value).split(", ")
    last = len(pieces)
    while last > 1 and (_is_office(pieces[last - 1]) or imprint.is_place(pieces[last - 1])):
        last -= 1
    by = pieces[last:]
    if not by or not _is_office(by[0]) or marked.text[title.start - 1 : title.start] in ("“", "‘"):
        return False
    is_placed = imprint.is_place(by[-1])
    rows = [("title", pieces[:last]), ("publisher", by[:-1] if is_placed else by)]
    rows += [("publisher-place", by[-1:])] if is_placed else []
    marked.parts.remove(title)
    start = title.start
    for name, said in rows:
        value = ", ".join(said)
        sure = title.confidence if name == "title" else 0.75
        end = start + len(value)
        marked.parts.append(Part(name=name, value=value, start=start, end=end, confidence=sure))
        start = end + 2
    return True


def _is_office(words: str) -> bool:
    """Whether words are the name of an office and nothing else, in full or by its initials."""
    plain = [word for word in words.split() if word not in _SMALL]
    is_land = imprint.is_place(words) or words in imprint.REGIONS
    if is_land or not all(word[:1].isupper() for word in [words, *plain]):
        return False
    return imprint.is_house(words) if len(plain) > 1 else words.isupper() and len(words) > 2


def _add_site(marked: Marked, span: Span, confidence: float) -> None:
    value = marked.text[slice(*span)]
    marked.parts.append(
        Part(name="container-title", value=value, start=span[0], end=span[1], confidence=confidence)
    )


# ── a journal that is none ──

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE_WITHIN = lazy(rf",\s(?:(?:{_MONTH})\.?\s)?(?:19|20)\d\d(?=,|$)", re.IGNORECASE)
_YEAR_LAST = lazy(rf",?\s(?:(?:{_MONTH})\.?\s)?(?:19|20)\d\d$", re.IGNORECASE)
_NEXT = 4
"""How far what stands behind a title is from it, where nothing is left between."""


def given_out(draft: Draft, *, has_doi: bool) -> str:
    """The kind by which an article without figures is to be read anew; nothing where it stands.

    A journal is asked what else it could be: a house and its town, who wrote the work once more, a
    meeting, a magazine.  Where the fields stand and only the type was wrong, the draft is told it.
    """
    parts = {part.name: part for part in draft.parts}
    if draft.kind or "title" not in parts or has_doi or parts.keys() & {"volume", "issue"}:
        return ""
    body = _body(parts)
    if "container-title" not in parts:
        return _without_host(draft, parts, body)
    title, host = parts["title"], parts["container-title"]
    words = _YEAR_LAST.sub("", _DATE_WITHIN.sub("", str(host.value))).strip(" .")
    if _MEETING.search(words):
        draft.kind = "paper-conference"
    elif host.start - title.end > _NEXT or _is_held(f"{title.value}. {words}", words):
        return ""
    elif _ends_in_town(words) or _is_town_alone(words, parts):
        return "report" if body else "book"
    elif "page" not in parts and body and _is_named_again(words, body):
        return "report"
    elif _is_of_day(parts) and not splits.is_journal_name(words):
        # No issue of a journal is dated to the day alone.
        draft.kind = "article-newspaper" if _PAPER.search(words) else "article-magazine"
    return ""


def _is_town_alone(words: str, parts: dict[str, Part]) -> bool:
    """Whether a town that is known stands where a journal would, with a year and no more."""
    issued = parts["issued"].value if "issued" in parts else None
    is_bare = isinstance(issued, dict) and len(issued["date-parts"][0]) == 1 and "page" not in parts
    return is_bare and imprint.is_place(words) and imprint.is_place(words.partition(",")[0])


def _body(parts: dict[str, Part]) -> str:
    """The first of the bodies that wrote a work; nothing for people."""
    authors = parts["author"].value if "author" in parts else None
    if not isinstance(authors, list) or not all("literal" in one for one in authors):
        return ""
    return str(authors[0]["literal"])


def _is_of_day(parts: dict[str, Part]) -> bool:
    issued = parts["issued"].value if "issued" in parts else None
    return isinstance(issued, dict) and len(issued["date-parts"][0]) == 3


def _without_host(draft: Draft, parts: dict[str, Part], body: str) -> str:
    """The kind of a work that nothing holds: a body's, or a book whose imprint the title took."""
    if body and "issued" in parts and not parts.keys() & {"publisher", "page", "URL"}:
        draft.kind = "webpage" if _is_of_day(parts) else "report"
    title = str(parts["title"].value)
    elements = _YEAR_LAST.sub("", title).split(", ")
    is_long = len(elements) > 2 and not _is_held(title, title)
    return "book" if is_long and _ends_in_town(", ".join(elements[-2:])) else ""


_MEETING = lazy(
    r"^(?:Proceedings\sof|Proc\.)\s"
    r"|\b(?:Conference|Symposium|Workshop|Congress)\b(?!\s(?:[A-Z]\w+\s)?(?:Series|Proc|Paper))"
)
"""A meeting, or proceedings, which without a volume are those of one."""
_PAPER = lazy(
    r"\b(?:Times|Post|Herald|Tribune|Guardian|Telegraph|Gazette|Chronicle|Daily|News|Zeitung|Shimbun)\b"
)


_IN_WITHIN = lazy(r"[.?!]\s[Ii]n:?\s(?=[A-Z])")


def _is_held(text: str, words: str) -> bool:
    """Whether a meeting, a periodical or a work of reference is named, or "In" brings one in."""
    signs = (PERIODICAL, HOLDER)
    is_in = CONFERENCE.search(text) or _IN_WITHIN.search(text)
    return is_in is not None or any(sign.search(words) for sign in signs)


_SMALL = ("of", "for", "and", "the", "de", "du", "des", "et", "y", "e", "und", "der")


def _ends_in_town(words: str) -> bool:
    """Whether words are a house and a town, in either order, and no list of towns."""
    first, _, last = words.rpartition(", ")
    place, colon, house = words.partition(": ")
    if colon:
        return imprint.is_place(place) and imprint.is_house_of(place, house)
    before = first.rpartition(", ")[0]
    for town, named in ((last, first), (first, last), (words[len(before) :].strip(", "), before)):
        if named and imprint.is_place(town) and not imprint.is_place(named):
            plain = [word for word in named.rpartition(", ")[2].split() if word not in _SMALL]
            return len(plain) <= 9 and all(not word[0].islower() for word in plain)
    return False


def _is_named_again(words: str, body: str) -> bool:
    """Whether words name a body once more, in full or by its initials."""
    plain = body.partition(" (")[0]
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", plain)).casefold()
    capitals = "".join(word[0] for word in plain.split() if word[0].isupper()).casefold()
    is_short = " " not in words and words.casefold() in (initials, capitals)
    return words in (body, plain) or f"({words})" in body or is_short
