"""Which kind of work a Western reference names, told by its signs before anything is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from refpipe.items.printed.articles import split as splits
from refpipe.items.printed.nouns import LIVING_BOOK
from refpipe.items.printed.words import CONTAINER_WORDS, WHOLE_CONTAINERS, ends_as_organisation
from refpipe.items.printed.works import imprint, western_hosts, western_own_words, western_roles
from refpipe.items.printed.works.western_hosts import CONFERENCE, HOLDER, PERIODICAL
from refpipe.items.printed.works.western_own_words import DEGREE, MONTH_NAMES, THESIS
from refpipe.lifetimes import lazy

SCHOOL = lazy(
    r"\b(?:Univ(?:ersit\w*|\.)?|College|Institut\w*|School|Polytechni\w*|ETH|MIT|Academy"
    r"|Hochschule|École|Ecole|Universidad\w*|Università)\b"
)

_WEST_QUOTED = lazy(r"(?<![^\W\d_])[“\"][^“”\"]{5,400}[,.?!]?[”\"]")


def _as_blank(match: re.Match[str]) -> str:
    """A quoted title without its words, which say nothing of the kind of work."""
    return match[0][0] + "x" * (len(match[0]) - 3) + match[0][-2:]


_WEST_EDITION = lazy(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth"
    r"|[Rr]ev(?:ised)?\.?)\s(?:[a-z]+\s)?ed(?:ition|n)?\b|\(\d{1,2}(?:st|nd|rd|th)\sEd(?:ition|n)?\b|[,.]\s[Ee]d(?:n|ition)?\.?\s\d{1,2}(?=\s?[.,;:)])"
    r"|\b\d{1,2}(?:[ªº]\.?\s|\.\s?)[Ee]d\b"
    r"|\([^()\d]{3,40}\s(?:druk|Auflage|[ée]dition|edici[óo]n|edi[çc][ãa]o|edizione)\)"
    r"|\b\d{1,2}(?:\.[ªº]?|[aªeº])?,?\s(?:(?:[a-zäöü]{2,}\.?,?\s){0,4}Aufl(?:age)?|[éÉ]d(?:ition|ición|ição)?|[Ee]dici[oó]n|[Ee]di[cç][aã]o|edizione|vyd|wyd|izd|utg|uppl|udg|druk)\b"
)
_WEST_IN = lazy(
    r"[.?!”\"’',)\]]\s*(?:(?<![A-Za-z])In\s?:\s?(?=\S)|In\s(?=[A-Z“\"v0-9]|the\s(?:[A-Z]\w+\s)?Proceedings))"
    r"|\sIn\s(?=(?:[A-Z][\w’-]+\s[A-Z]{1,3},\s){0,5}[A-Z][\w’-]+\s[A-Z]{1,3}(?:\.|,\s\(?[Ee]ds?\b)\s?)"
    r"|[”\"’',?!.;]\s(?:[Cc]h(?:ap(?:ter)?)?\.?\s\d{1,3}\s)?(?:in)\s(?=[A-Z“\"0-9v])|(?<![A-Za-z])\d\)\sin\s(?=[A-Z])|\bin:\s"
)
_HOUSE_YEAR = lazy(
    r"[.?!)]\s(?P<house>[A-Z][^.;:()\d]{1,200}(?:\([A-Z]{2,8}\))?"
    r"|[A-Z]\.\s?[A-Z]\.\s[^.;:()\d]{1,200});\s?(?:19"
    r"|20)\d\d(?:\s[A-Z][a-z]{2}(?:\s\d+)?)?\s*(?:[.:\[\x01]|$)"
)
_BRACKETED = lazy(r"\([A-Z][^()]{2,70},\s(?:19|20)\d\d\)\.?\s*$")


def kind_of(shape: str, masked: str, *, has_url: bool, has_doi: bool) -> str:
    """The kind of a Western reference; ``journal`` where nothing speaks for another."""
    is_article = _VANCOUVER.search(masked) and not _THESIS_MARK.search(masked)
    if is_article or splits.in_brackets(masked):
        return "journal"
    masked = _WEST_QUOTED.sub(_as_blank, masked)
    is_volume = western_own_words.has_volume(masked)
    own = western_own_words.kind_of_own_words(masked, shape)
    is_dated = own == "preprint" and _PREPRINT_DAY.search(masked)
    if own and (not is_volume or own == "newspaper" or is_dated or _LAW_VOLUME.search(masked)):
        return own
    if _THESIS_MARK.search(masked) or (not is_volume and re.search(THESIS, masked)):
        return "thesis"
    signs = Signs(
        has_volume=is_volume,
        is_article=_VANCOUVER.search(masked) is not None,
        has_editors=western_roles.HAS_EDITORS.search(masked) is not None,
        is_placed=western_own_words.is_placed(masked),
        has_house=imprint.WESTERN_HOUSE.search(masked) is not None,
        has_edition=_WEST_EDITION.search(masked) is not None,
        is_quoted=re.search(r"(?<![a-zà-ÿ]\s)[“\"]x{3,}[^x]?[”\"](?!:\s)", masked) is not None,
        was_read=bool(re.search(r"(?i)\b(?:cited|accessed|retrieved|viewed)\b|閲覧|参照", shape)),
    )
    has_url = has_url or western_hosts.ends_in_site(masked)
    is_web = (has_url or western_hosts.is_read_online(shape, masked)) and not has_doi
    if signs.is_quoted and not is_volume:
        given = "book" if western_roles.EDITORS_FIRST.match(masked) else _given_by_body(shape)
        given = given or ("" if is_web else _given_alone(masked, shape))
        if given:
            return given
    is_site = has_url and not (has_doi or is_volume) and _NAMED_SITE.match(masked)
    kind = "webpage" if is_site else _host(masked, signs) or _whole(masked, signs, is_web=is_web)
    if kind == "journal" and signs.is_quoted and not is_volume:
        return _given_out(masked, is_certain=has_url or has_doi)
    is_given_out = kind == "journal" and western_own_words.GIVEN_OUT.search(shape)
    return "report" if is_given_out and not is_volume else kind


_NAMED_SITE = lazy(r"\W*[A-Za-z][\w-]{1,60}\.(?:org|com|net|gov|edu|info|int)\b(?=[\s.,])")
"""The name of a site in front, which is the title of its page."""
_ALONE = lazy(
    r"[.?!][”\"]\.?\s(?:[A-ZÀ-Þ][^\W\d_]+(?:[\s,]+[A-Z][^\W\d_]*){0,2}:\s)?(?P<house>[A-ZÀ-Þ][^“”\"\d:;]{1,90}?)(?:[,;.]?\s\(?(?:19|20)\d\d\)?)?[\s.]*$"
)
"""What stands alone behind a quoted title."""


def _given_alone(masked: str, shape: str) -> str:
    """The kind of a work behind whose quoted title nothing but its house or office stands."""
    alone = _ALONE.search(masked)
    house = alone["house"] if alone else ""
    is_held = PERIODICAL.search(house) or HOLDER.search(house) or _NOT_ALONE.search(house)
    if not house or is_held or splits.is_journal_name(house):
        return ""
    if _WEST_EDITION.search(shape) or imprint.WESTERN_HOUSE.search(house):
        return "book"
    # ``AASM``, ``HAS``: a journal bears initials as well, but few, and these are known.
    return "report" if _INITIALS_ONLY.fullmatch(house) or imprint.is_house(house) else ""


_NOT_ALONE = lazy(r"[a-z)]\.\s|and Society$")
_INITIALS_ONLY = lazy(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Za-z&/-]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What speaks for one kind or another."""

    has_volume: bool
    is_article: bool
    """A year, a volume and pages with a semicolon and a colon, as only journals have."""
    has_editors: bool
    is_placed: bool
    has_house: bool
    has_edition: bool
    is_quoted: bool
    was_read: bool
    """A day of reading is printed, as for pages."""


def _host(masked: str, signs: Signs) -> str:  # noqa: PLR0911
    """The kind of a work within another; nothing for one that stands for itself."""
    if LIVING_BOOK.search(masked) and not signs.is_quoted:
        return "chapter"
    if _IN_SERIES.search(masked) and not signs.is_quoted and not signs.has_volume:
        return "book"
    if _is_chapter(masked, signs):
        return "chapter"
    hosted = _HOSTED.search(masked) if signs.is_quoted else None
    if hosted:
        return "conference" if CONFERENCE.search(hosted["host"]) else "chapter"
    introduced = None if signs.is_article else _WEST_IN.search(masked)
    if introduced and _is_host(masked, introduced, signs):
        is_meeting = CONFERENCE.search(masked, introduced.start()) is not None
        return "conference" if is_meeting and not signs.has_editors else "chapter"
    if not signs.has_volume and _PRESENTED.search(masked):
        return "conference"
    if not signs.has_volume and _PROCEEDINGS.search(masked):
        return "conference"
    is_book = signs.is_placed and (
        signs.has_editors
        or signs.has_edition
        or _IN_SEVERAL.search(masked)
        or _SERIES_NUMBERED.search(masked)
    )
    is_paged = _PAGED.search(masked) and not (signs.is_placed or signs.has_edition)
    if signs.is_article or is_paged or (signs.has_volume and not is_book):
        return "journal"
    between = (western_roles.EDITORS_BETWEEN, western_roles.QUOTED_AND_EDITED)
    is_part = signs.has_editors and any(sign.search(masked) for sign in between)
    return "chapter" if is_part else ""


def _is_chapter(masked: str, signs: Signs) -> bool:
    """Whether a work calls itself a chapter, or an edition behind its quoted title is a book's."""
    is_of_book = signs.is_quoted and signs.has_edition and _OF_BOOK.search(masked) is not None
    is_sold = signs.has_editors or signs.is_placed
    return is_of_book or (is_sold and _CHAPTER_FIRST.search(masked) is not None)


def _whole(masked: str, signs: Signs, *, is_web: bool) -> str:  # noqa: PLR0911
    """The kind of a work that stands for itself."""
    if is_web and western_hosts.ends_in_journal(masked):
        return "journal"
    if western_own_words.REPORT_NAME.search(masked):
        return "report"
    given = _HOUSE_YEAR.search(masked)
    is_translated = western_roles.IS_TRANSLATED.search(masked) is not None
    is_told = signs.is_placed or signs.has_edition or signs.is_quoted or is_translated
    is_plain = not (is_web or is_told)
    is_sealed = given and (is_plain or (is_web and not signs.was_read))
    house = given["house"] if given and is_sealed else _given_at_end(masked, signs)
    if house:
        return _by_house(masked, house, signs)
    if is_web:
        is_book = signs.is_placed or (signs.has_editors and signs.has_house)
        return "book" if is_book and not _SITE_OF_OFFICE.search(masked) else "webpage"
    is_book = signs.is_placed or signs.has_edition or is_translated
    first = re.split(r"[.,:(]\s?", masked.strip(), maxsplit=1)[0].strip()
    if is_book or signs.is_quoted:
        is_of_body = first.isupper() or imprint.is_house(first)
        if signs.is_quoted and signs.is_placed and is_of_body:
            return "report"
        return "book" if is_book or given else "journal"
    if signs.has_editors or _BRACKETED.search(masked):
        return "book"
    return _by_last_element(masked, has_house=signs.has_house)


_SITE_OF_OFFICE = lazy(
    r":\s[^:;]{2,120};\s*(?:(?:19|20)\d\d[^;\[]{0,8})?\[(?:updated|modified|revised|reviewed|cited)\b"
)
"""``Bethesda (MD): National Library of Medicine; [updated 2023 Jun 24; …``: books have a year."""
_ONLY_YEAR = lazy(r"[^\W\d_]{3}[)]?\.\s(?:[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d\.?\s*$")


_HOUSE_ENDS = lazy(
    r"(?<=[.?!)\]\x01])\s(?P<house>(?!\d)(?:[^.;()“”\"]|\.(?>(?<=\b[A-Z]\.)|(?<=Inc\.)|(?<=Ltd\.)|(?<=Co\.)"
    r"|(?=[A-Z]\.|,))|\([A-Z][\w .,]{1,14}\)){2,200}?)[,;]\s?(?:19|20)\d\d"
    r"(?P<behind>(?:[,.]\s(?:(?!pp?\.\s?\d+-)[^;:“”]){1,120})?)[.\s\x01]*$"
)
"""The last sentence: a place and a house, the year behind a comma, and perhaps what is counted."""
_IN_FULL = lazy(
    r"[^.;\d“”]{2,60},\s[A-ZÀ-ÞА-Я][^\W\d_]+[^.;“”]{0,30}(?:;\s|\.\s)|[^.“”]{3,60};\s[^.“”]{3,60},\s"
    r"|(?:[A-Z]\.[\s-]?){1,3}[A-Z][\w’-]+,\s(?![A-Z]\.)[^“”]"
)
"""Names as SIST 02 prints them: a family name, a given name in full, semicolons between."""


def _given_at_end(masked: str, signs: Signs) -> str:
    """Who gave a work out, where the last sentence names nobody but them, and the year."""
    ended = None if signs.is_quoted or signs.was_read else _HOUSE_ENDS.search(masked)
    return ended["house"] if ended and _is_given_out(masked, ended) else ""


_NO_HOUSE = lazy(
    rf"(?:{'|'.join(MONTH_NAMES)})[a-z]*\.?(?:\s\d{{1,2}})?$|In\s|[A-Z]{{3,8}}(?:[-\s]\d{{2,4}})?$"
    r"|(?:.*\s)?(?:Conference|Symposium|Workshop|Pro-?\s?ceedings?|Congress)\b|.*,\s\d{1,4}$"
)
"""A month, a meeting, or a name with its volume; ``In NIPS, 2013``."""


def _is_given_out(masked: str, ended: re.Match[str]) -> bool:
    """Whether a last sentence with the year names who gave the work out, and no journal."""
    if ended.start() < 25 and re.search(r"\b[A-ZÀ-Þ]\.$", masked[: ended.start()]):
        # The stop is that of an initial, and ends no title.
        return False
    house = (ended["house"].partition(": ")[2] or ended["house"]).strip()
    if (PERIODICAL.search(house) and not imprint.is_house(house)) or _NO_HOUSE.match(house):
        return False
    words = {word.lower().strip(".,") for word in house.split()}
    if words <= CONTAINER_WORDS | WHOLE_CONTAINERS and not ends_as_organisation(house):
        return False
    is_told = imprint.is_house(house) or any(
        sign.search(house) is not None for sign in (imprint.WESTERN_HOUSE, SCHOOL)
    )
    town, _, behind = house.rpartition(", ")
    is_told = is_told or imprint.is_place(town) or masked.lstrip().startswith(behind + ".")
    place, colon, _ = ended["house"].strip().partition(": ")
    is_told = is_told or (
        bool(colon) and imprint.may_be_place(place.strip("[]")) and len(place.split()) <= 3
    )
    return bool(is_told or _IN_FULL.match(masked) or _TOTAL_BEHIND.match(ended["behind"]))


_TOTAL_BEHIND = lazy(r",\s(?:[ivxlc]+\s?[,+]\s?)?\d{1,4}\s?p\b", re.IGNORECASE)


_UNIVERSITY = lazy(r"\bUniversi|\bUniv\.|\bUniv\b|Hochschule|Университет|大学|대학")


def _by_house(masked: str, house: str, signs: Signs) -> str:
    """A report where an office gave the work out, a book where a publisher did."""
    # ``2nd ed. Gilan: University of Gilan; 1995``: a school is a house as well.
    is_published = ": " in house and signs.has_edition
    house = house.partition(": ")[2] or house
    first = house.partition(", ")[0]
    is_school = SCHOOL.search(first) is not None or "Dep" in first or imprint.is_place(first)
    is_edited = _LIBRARY.search(house) is not None or signs.has_editors or is_published
    if is_school and _UNIVERSITY.search(house) and not is_edited:
        return "thesis"
    if re.search(rf"[.,]\s{DEGREE}(?=\s*[.,\x01]|\s*$)", masked):
        return "thesis"
    is_press = imprint.WESTERN_HOUSE.search(house) or re.search(
        r"\b(?:Inc|Ltd|LLC|Sons|& Co(?:mpany)?|Editor\w*)\b", house
    )
    if is_press or signs.has_editors or signs.has_edition or not imprint.is_house(house):
        return "book"
    first = re.split(r"[.:]\s", masked.strip(), maxsplit=1)[0]
    return "report" if not signs.is_placed or imprint.is_house(first) else "book"


def _by_last_element(masked: str, *, has_house: bool) -> str:  # noqa: PLR0911
    """The kind of a work by who stands at its end: a publisher, a university, an office."""
    if dated := _ONLY_YEAR.search(masked):
        if splits.is_journal_name(re.split(r"[.?!]\s", masked[: dated.start() + 3])[-1]):
            return "journal"
        if imprint.is_house(re.split(r"[.:]\s", masked.strip())[0]):
            return "report"
    last = _HOUSE_COMMA.search(masked) or _LAST_SENTENCE.search(masked)
    house = last["house"] if last else ""
    if HOLDER.search(house):
        return "journal"
    if (has_house and imprint.ends_with_house(masked)) or _TOTAL.search(masked):
        return "book"
    short = _SHORT_HOUSE.search(masked)
    if short and not {word.lower() for word in short["house"].split()} & (
        CONTAINER_WORDS | WHOLE_CONTAINERS
    ):
        first = re.split(r"[.:(]\s?", masked.strip(), maxsplit=1)[0]
        is_of_body = imprint.is_house(first) or short["house"] in masked[: short.start()]
        return "report" if is_of_body else "book"
    is_told = imprint.is_house(house) or SCHOOL.search(house) is not None
    if not house or not is_told or PERIODICAL.search(house) or ". " in house:
        return "journal"
    is_taken = _UNIVERSITY.search(house) and not _LIBRARY.search(house)
    return "thesis" if is_taken else "report"


_TOTAL = lazy(r"(?<=[,.]\s)(?:[ivxlc]+\s?[,+]\s?)?\d{2,4}\s?pp?\b\.?\s*(?:$|[,.]\s?\()")
_PAGED = lazy(
    r"\((?:\d{4}|n\.d\.)[^()]{0,12}\)\.\s.+[^\W\d_],\s(?:\(\d+\),\s\d|[ivxlc\d]+-[ivxlc\d]).{0,9}$"
)
_SHORT_HOUSE = lazy(
    r"\((?:19|20)\d\d\)\.\s[^.]{10,}\.\s(?P<house>[A-Z]\w+(?:\s&?\s?[A-Z]\w+){0,2})\.\s*$"
)
"""``(2014). Title. Viking.``: as the APA style prints a book."""
_LIBRARY = lazy(r"\b(?:Press|Publishing|Society|Association)\b")
_HOUSE_COMMA = lazy(
    r"(?<=[a-z)\d][.?!])\s(?P<house>(?:The\s)?[A-Z][^:;\d“”]{6,120}?),\s(?:[A-Z][a-z]{2}\.?\s)?(?:19|20)\d\d\s*[.]?\s*$"
)
_LAST_SENTENCE = lazy(r"(?<=[a-z)][.?!])\s(?P<house>(?:The\s)?[A-Z][^.:;,\d]{6,80}?)\s*[.]?\s*$")

_BEHIND_QUOTE = lazy(
    r",[”\"]\s(?P<body>(?:(?![a-z])[^\W\d_]|\[|[a-z-]+\.(?:gov|org|com|net|int)\b)[^”\"]{2,240}?)(?:,\s(?P<month>[A-Z][a-z]{2,8}\.?\s)(?P<day>\d{1,2},\s)?(?P<y>(?:19|20)\d\d)"
    r"|,\s(?:19|20)\d\d)?\.(?:\s\[Online\]|\sdoi:)"
)
"""A quoted title, and behind its comma who gave the work out: as the IEEE style prints reports,
theses and pages.  Behind a journal the address or DOI would follow a comma."""
_NUMBERED = lazy(
    r"\b(?:[Rr]eport|[Rr]ep\.|[Pp]aper|[Dd]raft|[Mm]emo(?:randum)?|[Bb]rief|[Rr]apport|[Rr]egistration|[Bb]ulletin|[Nn]ote|[Ss]tudy)\b"
    r"[^,]*\d|,\s[A-Z/-]*\d[\w./-]*$|[Tt]ech(?:nical|\.)\s[Rr]ep"
)


def _given_by_body(shape: str) -> str:
    """A report, thesis or page that names its office, school or site behind a quoted title."""
    match = _BEHIND_QUOTE.search(shape)
    if match is None or re.search(
        r"\b(?:vol|pp?|no)\.\s?\d|\s\d+\(|^in\s|\s\d+,\s\w?\d+\s\(", match["body"]
    ):
        return ""
    body = match["body"]
    if _NUMBERED.search(body):
        return "report"
    if match["day"]:
        return "webpage"
    return _by_body(body, match)


def _by_body(body: str, match: re.Match[str]) -> str:
    """The kind of a work by the body that gave it out: a university, an office, a site."""
    first, _, behind = body.partition(", ")
    is_thesis = SCHOOL.search(body) and not _LIBRARY.search(body) and not match["month"]
    if is_thesis or re.match(rf"{DEGREE},\s", body):
        return "thesis"
    words = {word.lower().strip(".,") for word in first.split()}
    if PERIODICAL.search(first) or words <= CONTAINER_WORDS | WHOLE_CONTAINERS:
        return ""
    is_body = imprint.is_house(first) or imprint.is_house(body)
    if is_body or imprint.is_place(behind) or first[0] == "[":
        return "report"
    if len(words) < 2:
        return ""
    return "report" if match["month"] or not match[0].endswith("[Online]") else "webpage"


def _given_out(masked: str, *, is_certain: bool) -> str:
    """The kind of a work that names who gave it out straight behind its quoted title."""
    given_out = _GIVEN_OUT.search(masked)
    house = given_out["house"] if given_out else ""
    is_told = imprint.is_house(house) if is_certain else imprint.ends_as_house(house)
    if house and is_told and not PERIODICAL.search(house):
        return "thesis" if SCHOOL.search(house) and "Press" not in house else "report"
    return "journal"


_OF_BOOK = lazy(
    r"[.?!][”\"]\s[A-Z][^”\".:]{6,160}?,\s(?:\d{1,2}(?:st|nd|rd|th)|[a-z]{4,8}|[Rr]ev\.?)\sed(?:ition\b|n?\b)"
)
"""``“Chapter.” Book, 3rd ed., House``: what has an edition is the book, and not what is quoted."""
_CHAPTER_FIRST = lazy(r"[.:)]\sCh(?:apter|ap\.?)\s\d{1,3}\s?[:.-]\s[A-Z]")
_HOSTED = lazy(
    r"[.?!][”\"]\s(?P<host>(?!\d{1,2}\w\w\sed)[A-Z0-9][^.”\"]{3,200}\.\s)(?P<house>(?:[A-Z][^.,\d]{1,40},\s){0,3}"
    r"[A-Z][^.,\d]{1,80}(?:,\s(?:Inc|Ltd)\.?|\sLtd\.)?)"
    r"(?:[,;]\s(?:[A-Z][a-z]{2,8}\.?\s)?(?:19|20)\d\d)?(?:,\svol\.\s\d+)?"
    r"(?:[,:;]\s(?:pp?\.\s?)?[\divxlc-]+)?\s*\.?\s*$"
)
_GIVEN_OUT = lazy(
    r"[,.?!][”\"]\s(?P<house>[A-Z][^”\"\d]{3,100}?)(?:,\s(?:[A-Z][a-z]{2,8}\.?\s)?(?:19"
    r"|20)\d\d)?[.,]?\s*$"
)
_SERIES_NUMBERED = lazy(r";\s[Vv]ol\.?\s\d+\W{1,2}[Nn]o\.?\s\d+\.\s[A-Z][^:;.]{2,40}:\s")
_IN_SEVERAL = lazy(
    r"[.(,]\s?[Vv]ol(?:ume)?\.?\s?[\dIVX]+\s?[.)]\s?[^:]{0,20}[A-Z][^:.;]{1,30}:\s[A-Z]"
)
"""A volume that ends a sentence before a place and a publisher: that of a book."""
_THESIS_MARK = lazy(rf"[\[(](?:[^\[\]()]{{0,30}}\s)?(?:[Dd]issertation|[Tt]hesis)\b|\[{DEGREE}\]")
_PREPRINT_DAY = lazy(r"\b20\d\d\s[A-Z][a-z]{2}\s\d{1,2}:(?=\s*20\d\d\.\d\d\.\d\d|\s{6})")
_LAW_VOLUME = lazy(r"\b(?:Stat|C\.?F\.?R|SI)\b")
_VANCOUVER = lazy(
    r",\s?\d{1,4}\(\d[\d-]*\),\s?(?:[A-Za-z]?\d+|[ivxlc]+)-|"
    r";\s?(?!(?:19|20)\d\d:)\d{1,4}[A-Z]?(?:\s?\([^()]{1,24}\))?\s?:\s?[A-Za-z]{0,4}\.?\d"
    r"|;\s?\d{1,4}\(\d{1,3}\):"
)
_PROCEEDINGS = lazy(
    r"[.?!]\s(?:Proceedings\sof|Proc\.)[^.]*,\s(?:19|20)\d\d,\spp?\."
    r"|[.,?!][”\"]\s(?:(?!In\s)[A-Z][\w&’-]*\s){0,4}(?:Proceedings|Symposium|Conference|Workshop)\s(?:of|on|for)\s[^.:]*,\s(?:19|20)\d\d[.,\s]*$"
)
"""Proceedings named without "In", by the year and pages of a paper, or behind its quoted title."""
_PRESENTED = lazy(
    r"\b[Pp]resented\s(?:at|to)\b"
    r"|[\[(](?:[Pp]aper|[Pp]oster|[Cc]onference|[Oo]ral)\s(?:presentation|session|paper|abstract)"
)
_IN_SERIES = lazy(
    r"(?<=[a-z.)]\.)\sin\s[A-Z][^.:“”]{2,100}\.\s(?=[A-Z][^.]*:\s|\d{4}\.)|(?<=[a-z)]\.)\sin\s[A-Z][^.:]{2,90}(?:;\s?\d+|,\sno\.\s[^.]{1,12}\.?[^.]{0,10})\."
)
"""``Title. in Series. Place: House``: the IEEE style names a book's series with a small "in"."""


_BIBLATEX_JOURNAL = lazy(
    r"[^.“”]{4,120}[a-z)]\s\d{1,4}\.\s?\d{1,3}(?:,\s|\s\((?:19|20)\d\d\)|\.\s)"
)
"""``In: Nature methods 10.12 (2013)``: BibLaTeX introduces journals as well."""
_BIBTEX_HOST = lazy(
    r"[^“”]{4,200},\svolume\s\w+(?:\sof\s[^“”]{3,80}?)?,\s(?:pages\s|chapter\s|[A-Z])"
)
"""``In Handbook, volume 54 of Series, pages 261-320``: in full, for no journal is labelled so."""
_NUMBERED_HOST = lazy(r",\svol\.\s\d+,\s(?P<house>[A-Z][^“”]{2,80}),\s(?:19|20)\d\d\b")


def _is_host(masked: str, introduced: re.Match[str], signs: Signs) -> bool:
    """Whether "In" brings in a book or proceedings, and is no word of a title."""
    behind = masked[introduced.end() :]
    if _BIBTEX_HOST.match(behind):
        return True
    if _BIBLATEX_JOURNAL.match(behind) and not (signs.has_editors or signs.is_placed):
        return False
    is_sold = signs.has_editors or signs.is_placed or signs.has_house or CONFERENCE.search(behind)
    if not is_sold and western_hosts.is_serial(behind):
        return False
    if ":" in introduced[0] or signs.has_editors or signs.is_placed or CONFERENCE.search(behind):
        return True
    if re.search(r"[”\"’']\s*,?\s*[Ii]n\s*$", masked[: introduced.end()]):
        given = _NUMBERED_HOST.search(behind)
        is_given = bool(given and imprint.is_house(given["house"]))
        return not signs.has_volume or signs.has_house or is_given
    has_pages = re.search(r"\b(?:pp?|pages)\.?\s?\d", behind) is not None
    return not signs.has_volume and (signs.has_house or has_pages)
