"""The numbers at the end of a reference: where they begin, their pieces, and pages written out.

They are found by walking back from the end while every word is a number, a month or a word such as
"vol.".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from refpipe.items.printed.people.japanese_names import KANA, KANJI
from refpipe.items.printed.words import MONTHS, PLACES, SEASONS, word_set
from refpipe.items.printed.works.days import PLAIN_DATE
from refpipe.lifetimes import lazy

_KEYWORDS = word_set(
    """vol volume vols v no nos nr n issue iss num number pp p pg pgs page pages suppl supplement
    supp supl pt part spec art article id bd band heft h t fasc special n.d pag nd jg jahrgang s
    núm págs"""
)
SUPPLEMENT = r"(?:suppl?(?:ement)?|supl)"
YEAR = r"(?:1[4-9]|20)\d\d"
_LETTERS = lazy(r"[^\W\d_]+")
_ROMAN = lazy(r"(?=[ivxlc])(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$")


_LONGEST = 250
"""Signs of a tail; what goes on longer is a table and no reference."""
_CHUNK = lazy(r"\S+")
_GLUED = lazy(
    r"(?<![^\W\d_])(?:[^\W\d_]{3,}+[.,]*+(?=\d{1,4}[;:(,])|[^\W\d_]{2,}+[.,;]++(?=\d{1,4}[^\W\d_]?[;:(,.\s-]))"
)

_LAST_INITIAL = lazy(r"[A-Z]\.(?=(?:19|20)\d\d\s?[;:(,])")
"""``Eur Spine J.2018;27``: no sign of a page."""


_CODE = lazy(r"[a-z]{2,4}\d{3,6}\W*$")
"""``111(2): djy087``: what Oxford gives an article for its page."""
_GLUED_CODE = lazy(r"(?<=[\d)][:,])[a-z]{2,4}\d{3,6}$")
"""The same in ``2022;45(9):zsac197``."""
_MONTH_FIRST = lazy(rf"(?:{'|'.join(map(re.escape, MONTHS))})\b", re.IGNORECASE)
"""``May - Jun``: a range of months with blanks."""
_LETTERED = lazy(r"[A-Za-z]{1,2}\d+\b")
"""``M146 - M156``: a range of pages with letters, and blanks between."""


def begin(shape: str, start: int, end: int) -> int:
    """Where the numbers at the end of ``shape[start:end]`` begin; ``end`` where there are none."""
    chunks = [match.span() for match in _CHUNK.finditer(shape, start, end)]
    begin = end
    for index in range(len(chunks) - 1, -1, -1):
        left, right = chunks[index]
        if end - left > _LONGEST:
            break
        after = shape[chunks[index + 1][0]] if index + 1 < len(chunks) and begin < end else ""
        following = shape[slice(*chunks[index + 1])] if after else ""
        initial = _LAST_INITIAL.match(shape, left, right)
        if initial:
            begin = initial.end()
            break
        kind = _belongs(shape[left:right], after) or _is_odd(shape[left:right], following)
        is_dash = shape[left:right] == "-"
        kind = kind or (
            is_dash and bool(_LETTERED.match(following) or _MONTH_FIRST.match(following))
        )
        is_last = not following and shape[start:left].rstrip().endswith(":")
        kind = kind or (is_last and _CODE.match(shape, left, right) is not None)
        if kind:
            begin = left
            continue
        found = list(_GLUED.finditer(shape, left, right))
        glued = found[-1] if found else None
        if glued and _belongs(shape[glued.end() : right], after):
            begin = glued.end()
        break
    return _trimmed(shape, _outside_brackets(shape, start, begin, end), end)


def _outside_brackets(shape: str, start: int, begin: int, end: int) -> int:
    """The tail behind a bracket of the container that it was found to begin in.

    Containers carry places and years in brackets: "Spine (Phila Pa 1976)".
    """
    opened = shape.rfind("(", start, begin)
    if opened < 0 or shape.find(")", opened, begin) >= 0 or begin >= end:
        return begin
    closed = shape.find(")", begin, end)
    return closed + 1 if closed >= 0 and shape[opened + 1 : opened + 2].isalpha() else begin


def _belongs(chunk: str, after: str) -> bool:  # noqa: PLR0911
    plain = chunk.strip('()[]{}.,;:-–/•“”"')
    if not plain:
        return chunk not in ("-", "–") or after.isdigit()
    letters = _LETTERS.findall(plain)
    if not letters:
        return plain[0].isdigit() or (plain[0] in "’'" and False)
    lower = plain.lower()
    if any(sign.isdigit() for sign in plain):
        if re.fullmatch(r"[a-z]{4}\d{3}", plain):
            return True  # zsac197: an article's number
        if chunk[0] in "’'":
            return False
        letters = _LETTERS.findall(_GLUED_CODE.sub("", plain))
        return all(_is_number_word(part) for part in letters)
    if lower in MONTHS or lower in SEASONS or lower in ("n.d", "n. pag"):
        return True
    if all(part in MONTHS or part in SEASONS for part in re.split(r"[-/]", lower)):
        return True
    if lower.rstrip(".") in _KEYWORDS:
        return bool(after) and (after.isalnum() or after in "([-")
    return plain.islower() and all(_ROMAN.match(part) for part in letters)


_TWIN_PAGE = lazy(r"\W*([A-Za-z/]{1,4})-\1\W*$|\W*[IVXLC]+-[IVXLC]+\W*$")
_CAPITAL_ROMAN = lazy(r"(?:[IVX]{2,6}|[IVXLC]{3,7}|L[IVX]+)$")


def _is_odd(chunk: str, following: str) -> bool:
    """Values without a figure: ``no-no`` and ``I-IV`` for pages, ``LIX (12)``, ``&NA;``."""
    if _TWIN_PAGE.match(chunk) or chunk == "&NA;" or re.match(r"[A-Z]\)[.,:;]*$", chunk):
        return True
    if not following and re.match(r"suppl(?:ement)?\.?$", chunk, re.IGNORECASE):
        return True
    return (
        _CAPITAL_ROMAN.match(chunk) is not None and re.match(r"\(\d{1,3}\)", following) is not None
    )


def _is_number_word(part: str) -> bool:
    lower = part.lower()
    return (
        len(part) <= 2
        or lower in _KEYWORDS
        or lower in MONTHS
        or re.match(SUPPLEMENT, lower) is not None
        or lower == "sup"
        or part in ("CD", "CN", "SI", "Pt", "ed", "OL", "OR", "ENG")
        or (len(part) <= 4 and part.isupper())
        or part == "suppl"
    )


_LEAD = lazy(
    rf"[\s,.;:\-–)\]}}”\"]+|(?:{SUPPLEMENT}|part|pt|special|spec|art|t|n|h|v)\b\.?[,:]?(?=\s*(?:{YEAR}\b|[;,(]))",
    re.IGNORECASE,
)


def _trimmed(shape: str, begin: int, end: int) -> int:
    """The tail without the closing signs and words that belong to what stands before it."""
    while begin < end:
        lead = _LEAD.match(shape, begin, end)
        if not lead or lead.end() == begin:
            return begin
        if lead[0].strip() == ":":
            return begin
        begin = lead.end()
    return begin


# ── where those of a Japanese reference begin ──

_JAPANESE_TOKEN = lazy(rf"\d+|[A-Za-zÀ-ÿ]+|[{KANJI}{KANA}]+|\s+|.")
_TAIL_WORD = lazy(
    r"(?:第|巻|号|頁|年|月|日|ページ|増刊号|臨時増刊号|臨時増刊|増刊|臨増|特別号|特集号|通巻|別冊|合併号|全|以降)++$"
)
_NUMBERED_PAGE = lazy(r":[A-Z]{1,3}\d")
"""38(Suppl 2):PI2-345."""
_ERAS_OF_TAIL = word_set("昭和 平成 令和 昭 平 令")
_WORDED_ISSUE = lazy(
    r"(?<=\d)\s?\((?:[^()\d]{0,10}(?:号|特集|増刊|抄録集?|別冊|補冊)|[Ss]uppl[^()]{0,12})\)(?=\s?[:,;]?\s?\D{0,3}\d)"
)
"""28（学会特別号）:53."""
_NAMED_IN_FIGURES = lazy(r"\d+-\d+\s+(?=\d{1,4}\s?(?:\([^()]*\)\s?)?:)")
"""在宅新療0-100 4:411: figures that a name ends with, for a volume stands behind them."""
_YEARS_OF_NAME = lazy(rf"\s*{YEAR}\s?[/-]\s?(?:{YEAR}|\d\d)\s?[.,]\s*(?={YEAR})")
"""国民衛生の動向 2021/2022. 2021; 68: the years that a name ends with, before that of the work."""
_LATIN_TAIL = word_set("vol volume no nos pp p pages suppl supplement e s issue nr pt n v")


KIND_OF_ARTICLE = lazy(
    r"[(\[]\s?(?:会議録|印刷中|投稿中|掲載予定|原著(?:論文)?|総説|解説|症例報告|図説|短報|座談会|英語|日本語)(?:/[^()\[\]]{1,20})?"
    r"\s?[)\]](?=\s*[.,:])|\[(?:[JMDCRNSP]|EB|DB)(?:/OL)?\](?=\s*[.,:])"
    r"|(?<=,)\s?[A-Z]{2,5}\.?\d{4}-\d{1,3}(?=\s?,\s?vol)"
    r"|(?<=\d)\s?\(抄録\)"
    r"|[(\[]\s?(?:オンライン|インターネット|電子版|Web版?|online|internet)\s?[)\]]",
    re.IGNORECASE,
)
"""What indexes say of an article behind its title, and media: （会議録）, ［オンライン］."""
HOUSE = lazy(
    r"(?:(?<=[巻号頁\d]),\s?|(?<=[^\s,」]),\s?(?=[^,]*,\s?(?:19|20)\d\d年\s?\d{1,2}月(?:\d+日)?号)|(?<=[』)]),?\s?|\s(?=\([^()]+\)[\s.]*\Z))\(?(?P<house>[^\s,.:;\d()「」『』]{1,20}"
    r"(?:書[院店房]|出版[社会部]?|(?<!会)社|堂|サイエンス|メディカ|ハウス|学会|協会|研究[会所]|大学|機構|センター))\)?"
    r"(?=\s?,\s?(?:(?:19|20)\d\d|pp?\.?\s?\d|[Vv]ol|\d{1,4}(?:頁|\s?[-(]))|[\s.]*\Z)"
)
"""The house of a journal among its figures: 第54巻第3号，医学書院，2020年，pp.250-256."""


HOST = lazy(
    r"(?:In\s?:?\s*)?(?P<names>[^「『:.]{2,60}?)\s?\(?(?:編集?|編著|監修)\)?\s?[:.,]?\s*"
    r"(?=[「『]|\S{4,})"
)
IS_JOURNAL = lazy(
    r"[^\s,.:「『]{2,16}(?:誌|外科|内科|医学|看護|療法|治療|臨床|科学|ジャーナル)\s?(?:[Vv]ol|[Nn]o\b|第?\s?\d+\s?[巻号])"
)
"""``関節外科 Vol.39``: what has the form of a name, before a volume."""
JOURNAL_FIRST = lazy(
    r"(?P<journal>[^「『:.,\s]{3,30}(?:誌|雑誌|紀要|会報|ジャーナル))(?:\s?「|\s-\s)(?P<title>[^「」]{4,}?)」?\s*[(,.]?\s*$"
)
"""``日本内科学会雑誌「肺炎の診断」（第107巻第12号）``."""
ISSUE_FIRST = lazy(
    r"(?:『(?P<container_title>[^『』]{2,40})』|「(?P<quoted>[^「」]{2,40})」(?=[^「」]*\d\s?[巻号]))"
    r"(?P<figures>(?:[\s\d第巻号年月季刊通増大春夏秋冬(),.:;/-]|[Vv]ol|[Nn]o){2,50})"
    r"「(?P<title>[^「」]{4,}(?:「[^「」]*」[^「」]*)*)」"
)
"""``『看護研究』28巻2号（2015年）「題名」``: the title behind its journal and the figures."""


TRANSLATED = lazy(
    r"[^()「『:]{2,120}?\s?(?P<box>\((?P<names>[^()]{2,80}?)\s?[,・]?(?:監訳|翻訳|訳)\))\s?[:.]"
)
"""``Götz-Neumann K(月城慶一，山本澄子訳)：``: who translated an article."""
NOTES = lazy(
    r"(?<=[\d号)])[\s,.]{0,2}\(?\s?通[巻号]第?\s?\d+\s?号?\s?\)?|"
    rf"[,.(]?\s?(?:早期)?(?:公開|受理|受付|掲載|更新)日?\s?:?\s?{PLAIN_DATE}\s?[)]?"
    rf"|(?<=(?:19|20)\d\d)\s?年?\s?[(](?![^()]*\d\s?[月巻号])[^()]*[{KANJI}{KANA}][^()]*[)]\s*[.]?\s*$",
    re.IGNORECASE,
)
"""Days of an article that are not those of its issue, a remark behind everything."""
JOURNAL_ALONE = lazy(
    r"[^\s,.:「『]{2,24}(?:誌|紀要|会報|論文集|ジャーナル)|(?:[A-Z][A-Za-z]*\.?\s?){2,6}"
)
"""A journal and no title, whether figures stand behind it or not."""


BOOKED_LAST = lazy(
    r"(?P<title>[^「」『』]{3,}?[^\s,.:「」『』])[\s,.]*『(?P<journal>[^『』]{2,40})』[\s,.]*\Z"
)
"""``題名 『心身医学』``: a title without quotation marks, and its journal."""


def is_within_bracket(masked: str, start: int, at: int, end: int) -> bool:
    """Whether a bracket is open at a place, and closes behind it."""
    before = masked[start:at]
    return before.count("(") > before.count(")") and ")" in masked[at:end]


def begin_japanese(masked: str, start: int, end: int) -> int:
    """Where the numbers of a Japanese reference first, whose words touch their figures."""
    first = end
    issue = _WORDED_ISSUE.search(masked, start, end)
    for token in reversed(list(_JAPANESE_TOKEN.finditer(masked, start, end))):
        word = token[0].lstrip("・")
        is_issue = issue is not None and issue.start() < token.start() < issue.end()
        if is_issue or not word or word.isspace() or word in ",.;:()[]/-<>" or word.isdigit():
            pass
        elif word[0].isascii():
            if (
                word.lower() not in _LATIN_TAIL
                and word.lower() not in MONTHS
                and not re.match(r"-?\d", masked[token.end() :] if len(word) == 1 else "")
                and not _NUMBERED_PAGE.match(masked, token.start() - 1)
            ):
                break
        elif not _TAIL_WORD.match(word) and word not in _ERAS_OF_TAIL:
            break
        first = token.start()
    if masked[first - 1 : first] == "第":
        # …雑誌第54巻
        first -= 1
    years = _YEARS_OF_NAME.match(masked, first, end)
    first = years.end() if years else first
    named = _NAMED_IN_FIGURES.match(masked, first, end)
    if named and masked[first - 1 : first].isalnum():
        first = named.end()
    lead = re.compile(r"[\s,.;:)\]\-]*").match(masked, first, end)
    return lead.end() if lead else first


# ── their pieces ────────────────────────────────────────────────────────────

_MONTH = "|".join(sorted((re.escape(name) for name in (*MONTHS, *SEASONS)), key=len, reverse=True))

_PAGE = r"(?:[A-Za-z]{0,4}\.?\d+(?:\.\d+)*[A-Za-z]{0,3}\d*)"
_RANGE = (
    rf"\d+\(\d+\)\s?-+\s?\d+\(\d+\)|{_PAGE}\s?-+\s?{_PAGE}(?:\.e\d{{1,3}}\b)?"
    rf"|\b[ivxlcIVXLC]+\s?-\s?[ivxlcIVXLC\d]+\b"
)
ELEMENT = lazy(
    rf"""
    (?P<novalue>\bn\.\s?d\.|\bn\.\s?pag\.?|\bin\spress\b)
    |\b(?P<label>vols?(?:ume)?|bd|band|jg|jahrgang|no|nos|nr|issue|iss|n[uú]m(?:ber)?|heft|fasc|pp?|pages?|pgs?
        |págs?|(?-i:S)(?=\.\s?\d)
        |art(?:icle)?(?:\s(?:id|no|number))?|pt|part|v|t|n|h)(?:\b|(?<=p)(?=\d))[.:]?\s?(?=[\s\dA-Za-z(])(?=\s?(?:[A-Za-z]{{0,3}}\.?\d|suppl|[ivxlcIVXLC]+\b))
    |(?P<suppl>{SUPPLEMENT}[._]?(?:\s?No\.?(?=\s?\d))?(?:\s?[A-Z]?\d{{1,3}}[A-Z]?(?!\d|\s?-\s?\d)|\s[A-Z]\b)?)
    |(?P<date>\b(?:\d{{1,2}}\s)?(?:{_MONTH})\b\.?(?:\s?[-/]\s?(?:{_MONTH})\b\.?)?(?:\s\d{{1,2}}(?!\d|[(:]))?(?:,?\s(?={YEAR}\b))?)
    |(?P<range>{_RANGE}|\b(?P<twin>[a-z/]{{1,4}})-(?P=twin)(?!\w))
    |(?P<num>(?<!\w)(?:s\d{{1,2}}-[IVXLC]+(?!\w)|{_PAGE}))
    |(?P<roman>\b[ivxlcIVXLC]+\b)
    |(?P<open>[(\[])|(?P<close>[)\]])
    |(?P<sep>[:;,./])
    |(?P<word>[^\W\d_]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(slots=True)
class Piece:
    """One piece of a tail, and whether a rule has taken it."""

    kind: str
    match: re.Match[str]
    is_used: bool = False

    @property
    def text(self) -> str:
        """As it stands."""
        return self.match[0]


_LABELS = {
    "volume": ("vol", "vols", "volume", "volumes", "bd", "band", "jg", "jahrgang", "v", "t"),
    "issue": ("no", "nos", "nr", "issue", "iss", "num", "núm", "number", "heft", "fasc", "n", "h"),
    "page": ("p", "pp", "page", "pages", "pg", "pgs", "pág", "págs", "s"),
    "number": ("art", "article"),
}
LABEL_OF = {word: name for name, words in _LABELS.items() for word in words}
IS_YEAR = lazy(rf"{YEAR}([a-z])?$")


DASHES = "-‐‑‒–—―−─━"
"""Whatever a range may be printed with."""
_SHORTENED = lazy(
    rf"([A-Za-z]*\.?)(\d+)([A-Za-z]?)\s*[{DASHES}~〜～]+\s*([A-Za-z]*\.?)(\d+)([A-Za-z]?)"
)


def expand(text: str) -> str:
    """``1650-60`` as ``1650-1660``; what is no shortened range only loses its fancy dash.

    A last page as long as the first is left alone even when it is smaller, and so is one whose
    completion would not lie behind the first page: a guess would be worse than the print.
    ``12-5, 18`` is more than one range.
    """
    if "," in text.strip(".,;:"):
        return ", ".join(expand(one) for one in text.split(",") if one.strip())
    match = _SHORTENED.fullmatch(text.strip())
    if not match:
        return re.sub(rf"\s*[{DASHES}]+\s*", "-", text.strip().strip(".,;:"))
    lead, first, letter, lead_two, last, letter_two = match.groups()
    if len(last) < len(first) and (letter_two == letter or not letter_two.isupper()):
        whole = first[: -len(last)] + last
        if int(whole) >= int(first):
            last, lead_two = whole, lead_two or lead
    return f"{lead}{first}{letter}-{lead_two}{last}{letter_two}"


# ── the blanks beside them ──

_JOURNAL_NUMBERS = lazy(
    r"(?<=[^\W\d_][^\W\d_.)])(?P<front>\s?[,.]?\s?)(?:19|20)\d\d(?P<behind>\s?[,;.]\s?)\d{1,3}"
    r"(?P<issue>\s?)(?:\(\s?\d[^()]{0,8}\))?(?P<colon>\s?:\s?)[A-Za-z]?\d+(?P<dash>\s?-\s?)[A-Za-z]?\d+"
)
"""Year, volume and pages, whatever blanks a list leaves out or puts in: ``,2007 ,53 :7- 16``."""
_DAY_IN_FIGURES = lazy(
    r"(?<=\b(?:19|20)\d\d)[ /-](?P<month>0[1-9]|1[0-2])[ /-](?P<day>0[1-9]|[12]\d|3[01])(?=\s?;)"
)
"""``2018 06 09; 391(10137)``: a day before the semicolon, which is no page."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LETTERED_PAGES = lazy(r"(?<=[,:]\s)(?P<letter>[A-Z])\s(?=\d+\s?-\s?(?P=letter)\d)")
"""``S 124-S138``: a supplement's pages."""
_ANY_MONTH = rf"(?i:{_MONTH}|fev|abr|ago|set|out|dic|ene)\b"
_TWO_MONTHS = lazy(rf"(?<=[\s,(]){_ANY_MONTH}(?P<more>\.?/{_ANY_MONTH})\.?\s(?:19|20)\d\d(?![\d;])")
"""``jan./fev. 2010``: of two months the first is that of the issue."""
_LAST_YEAR = lazy(r"(?<=\s)(?P<word>[^\W\d_]{3,})(?=(?:19|20)\d\d[\s.]*$)")


_LOOSE = lazy(r"(?<=[^\s.…?!])\s+(?=[,.](?:\s(?!\.\s?\.)|$))")
"""``Achenbach , T. M. , & …``: a blank before a sign that has one behind it."""
_LOOSER = lazy(r"(?<=\S)\s+(?=[:;)\]](?:\s|[,.;:]|$))|(?<=[(\[])\s+(?=\S)")
"""What such a list loosens as well: ``( 1991 )``, ``Burlington : University``."""


_FIGURES_IN_A_ROW = lazy(
    r"(?<=[a-z][a-z.]\s)(?:19|20)\d\d(?P<year>\s?[.:,;]\s?)\d{1,3}(?P<volume>\s?[;,]\s?)\d{1,2}(?P<issue>\s?:\s?)"
    r"(?=[A-Za-z]?\d+\s?-\s?[A-Za-z]?\d)"
)
"""``2008: 78; 5:605-611``: year, volume, issue and pages, whatever signs part them."""
_FIGURES_BESIDE = lazy(
    r"(?<=[a-z]\.\s)(?:19|20)\d\d(?P<year>\s)\d{1,3}(?P<volume>\.\s?)(?=\d{1,5}\s?-\s?\d)"
)
"""``2007 30. 77-94``"""
_STROKE = lazy(r"(?<=[a-z])(?P<stroke>\s/\s)\d{1,3}\(\d{1,2}\)(?P<colon>[;,]\s?)(?=\d+\s?-\s?\d)")
"""``Weekly / 66(8);214-218``"""
_LOOSE_YEAR = lazy(r"(?<=\((?:19|20)\d\d)\s\)\s?(?=[^\W\d_])")
"""``(1992 )The Health``"""
_TOWN_AND_YEAR = lazy(
    r"(?<=[a-z.]\s)\((?P<town>[A-ZÀ-Þ][^\W\d_]+(?:[\s/-][A-ZÀ-Þ][^\W\d_]+)?)\s(?:1[6-9]|20)\d\d\)[.\s]*$"
)
"""``Title (Berlin 1980)``"""
_TOWN_AND_HOUSE = lazy(
    r"(?<=[.)”\"]\s)(?P<town>[A-ZÀ-Þ][^\W\d_]+)(?:\s[A-Z][^\W\d_]+)?(?P<state>,\s[A-Z]{2})?(?P<sign>;)\s"
    r"(?=[A-Z][^;:.\d]{2,50}(?:[,;:.]?\s\(?(?:[A-Z][a-z]+\s)?(?:19|20)\d\d\)?)?[.\s]*$)"
)
"""``San Diego, CA; House, 2017``: a town and a house at the end, parted by the wrong sign."""
_SIGNS = {"year": ";", "volume": "(", "issue": "):", "stroke": ", ", "colon": ":"}


def loose(shape: str) -> list[tuple[int, int, str]]:
    """The blanks that a machine set before signs, and within brackets where it did so."""
    found = [(*one.span(), "") for one in _LOOSE.finditer(shape)]
    is_loose = any(shape[end + 1 :].strip() for _, end, _ in found)
    return found + [(*one.span(), "") for one in _LOOSER.finditer(shape)] if is_loose else found


def respaced(shape: str) -> list[tuple[int, int, str]]:
    """The blanks beside the numbers of a journal, and before a last year, as they ought to be."""
    found: list[tuple[int, int, str]] = []
    for tail in _JOURNAL_NUMBERS.finditer(shape):
        signs = {name: tail[name].strip() for name in ("front", "behind", "colon", "dash")}
        blanks = {"front": " ", "behind": " "}
        wanted = {name: sign + blanks.get(name, "") for name, sign in signs.items()}
        found += [(*tail.span(name), wanted[name]) for name in wanted if tail[name] != wanted[name]]
        break
    found += [(*one.span(), ") ") for one in _LOOSE_YEAR.finditer(shape)]
    town = _TOWN_AND_YEAR.search(shape)
    if town and all(word.lower() in PLACES for word in re.findall(r"[^\W\d_]+", town["town"])):
        found.append((town.end("town"), town.end("town"), ","))
    town = _TOWN_AND_HOUSE.search(shape)
    if town and (town["state"] or town["town"].lower() in PLACES):
        found.append((*town.span("sign"), ":"))
    for row in (_FIGURES_IN_A_ROW, _FIGURES_BESIDE, _STROKE):
        if one := row.search(shape):
            signs = _SIGNS | ({"volume": ":"} if row is _FIGURES_BESIDE else {})
            found += [(*one.span(name), signs[name]) for name in row.groupindex]
    found += [(one.end() - 1, one.end(), "") for one in _LETTERED_PAGES.finditer(shape)]
    day = _DAY_IN_FIGURES.search(shape)
    if day:
        found.append((*day.span(), f" {_MONTHS[int(day['month']) - 1]} {int(day['day'])}"))
    found += [(*one.span("more"), "") for one in _TWO_MONTHS.finditer(shape)]
    last = _LAST_YEAR.search(shape)
    if last and not last["word"].isupper():
        # CHI2019 is the name of a meeting.
        found.append((last.end(), last.end(), " "))
    return found
