"""Journals and books as they can be compared, whether abbreviated or not."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from refpipe.lifetimes import lazy
from refpipe.normalise import places
from refpipe.normalise import text as texts
from refpipe.normalise.text import EAST_ASIAN

LONGEST = 1000
"""Signs of a container's name that are compared."""

STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "d",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "des",
        "di",
        "die",
        "do",
        "du",
        "e",
        "ed",
        "edition",
        "el",
        "en",
        "et",
        "for",
        "fur",
        "i",
        "il",
        "in",
        "its",
        "l",
        "la",
        "le",
        "les",
        "los",
        "n",
        "na",
        "nel",
        "o",
        "of",
        "official",
        "on",
        "online",
        "print",
        "s",
        "the",
        "to",
        "u",
        "und",
        "van",
        "voor",
        "w",
        "y",
        "z",
        "zu",
    ]
)
"""Words that abbreviated journal titles leave out (ISO 4 drops articles and prepositions)."""

_OVID = lazy(
    r"^(?:(?P<name>.*?)\.)?\s?(?P<volume>[^\s().]*(?:\s[^().]*)?)\s?\((?P<issue>[^()]*(?:\([^()]*\))?[^()]*)\)"
    r"\s?(?:\([^()]*\))?\s?\((?:pp?\s*(?P<pages>[^()]*)|no pagination[^()]*)\)"
)
_OVID_NO_ISSUE = lazy(
    r"^(?:(?P<name>.*?)\.)?(?P<volume>\d+)\s?(?:\(\))?"
    r"\s?\((?:pp?\s*(?P<pages>[^()]*)|no pagination[^()]*)\)"
)
_OVID_YEAR = lazy(r"\)\s?(1[5-9]\d\d|20\d\d)\.\s?(?:Date of Publication|Article Number)")
_ARTICLE_NUMBER = lazy(r"Article Number: ([A-Za-z]{0,3}\d+)\.\s?(?:Date|$)")
_OVID_SIGN = lazy(r"\(pp?\s|\(no pagination|Date of Publication")
_OVID_TAIL = lazy(r"(?:\(pp|\(no pagination|Date of Publication|Conference).*$")
_MEETING = lazy(r"Conference: (.{8,300}?)\.?\s?Conference (?:Start|End|Publication):", re.DOTALL)
_CONFERENCE = lazy(r"\.?\s?Conference:.*$", re.DOTALL)
_SERIES = lazy(r"\([^)]*\)|\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Host:
    """A container and whatever place was written into the same string."""

    name: str
    volume: str = ""
    issue: str = ""
    pages: str = ""
    is_conference: bool = False
    year: int = 0
    meeting: str = ""
    """The congress of which the container prints the abstracts."""
    article: str = ""
    """The number that the database gives the article; the publisher may count otherwise."""


def host(raw: str) -> Host:
    """The container's name separated from the place that some databases write behind it.

    "Neuroscience.169 (1) ()(pp 171-181) 2010.Date of Publication: …" is Ovid's way.
    """
    conference = ".Conference" in raw or "Conference:" in raw or "Conference Start" in raw
    met = _MEETING.search(raw) if conference else None
    meeting = texts.squeeze(met[1]) if met else ""
    if not _OVID_SIGN.search(raw):
        name = _CONFERENCE.sub("", raw) if conference else raw
        return Host(name, is_conference=conference, meeting=meeting)
    bare = _CONFERENCE_BODY.sub(".", raw) if conference else raw
    match = _OVID.match(bare) or _OVID_NO_ISSUE.match(bare)
    if match is None:
        return Host(_OVID_TAIL.sub("", bare).strip(" ."), is_conference=conference, meeting=meeting)
    groups = match.groupdict()
    year, number = _OVID_YEAR.search(bare), _ARTICLE_NUMBER.search(bare)
    return Host(
        groups["name"] or "", (groups["volume"] or "").strip(), groups.get("issue") or "",
        groups.get("pages") or "", conference,
        int(year[1]) if year else 0, meeting, number[1] if number else "",
    )  # fmt: skip


_CONFERENCE_BODY = lazy(
    r"\.?\s?Conference: .*?(?:Conference Publication: (?:\(var\.pagings\))?\.?|"
    r"Conference End: \d{8}\.?)+(?=\s?\d)",
    re.DOTALL,
)


def container(raw: str) -> str:
    """The container's name folded, without bracketed twins and without small words.

    >>> container('The Journal of Bone & Joint Surgery')
    'journal bone joint surgery'
    """
    return " ".join(container_words(raw))


def container_words(raw: str) -> tuple[str, ...]:
    """The telling words of a container's name."""
    raw = raw[:LONGEST]
    bare = _SERIES.sub(" ", raw)
    words = texts.fold(bare).split() or texts.fold(raw).split()
    telling = tuple(w for w in words if w not in STOP_WORDS)
    return telling or tuple(words)


# ── Editions of books as people and catalogues write them, and titles without them ──────────────


_ONES = tuple("first second third fourth fifth sixth seventh eighth ninth".split())  # noqa: SIM905
_TEENS = "ten eleven twelf thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twent thirt fort fift sixt sevent eight ninet"
_ORDINALS = {
    word: number
    for number, word in enumerate(
        (
            *_ONES,
            *(f"{teen}th" for teen in _TEENS.split()),
            *(f"{tens}{end}" for tens in _TENS.split()
              for end in ("ieth", *(f"y-{one}" for one in _ONES))),
        ),
        start=1,
    )
}  # fmt: skip
"""The English words from first to ninety-ninth."""
_NO_EDITION = r"(?!(?:st|nd|rd|th)?\s*(?:刷|周年|print|impression|anniv))"
"""What a number counts that is none of an edition."""
_NUMBERED = lazy(
    r"(?:第\s*)?(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:版|訂|刷?改訂)"
    r"|(?<![A-Za-z\d-])(?P<en>\d{1,3})(?:st|nd|rd|th)?\.?(?:\s*(?:rev(?:ised)?\.?|us|u\.s\.)?\s*ed(?:ition|n)?\b)"
    rf"|\b(?P<word>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})\b{_NO_EDITION}",
    re.IGNORECASE,
)
_NOUN = r"(?:ed(?![b-hj-z])|éd|aufl|ausg|uppl|oppl|uitg|utg|udg|wyd|изд|판)"
"""How the word for an edition begins."""
_COUNTED = lazy(
    r"\b(?:vols?|volumes?|b(?:an)?d|parts?|pt|teil|tom[eo]?s?)\W{0,2}\d+"
    rf"|(?<![A-Za-z\d-])(?<!\d\.)(?P<n>\d{{1,3}})(?!\.?\d){_NO_EDITION}"
    rf"(?:-?(?![{EAST_ASIAN}])[^\W\d_]{{1,3}}\b|[ªº°.]|{_NOUN}|\s+(?:\w+\W{{1,2}}){{0,2}}{_NOUN}"
    r"|(?<=第\d)|(?<=第\d\d))"
    rf"|\b{_NOUN}\w*\W{{0,2}}(?P<behind>\d{{1,3}})(?!\.?\d)",
    re.IGNORECASE,
)
"""A number that counts editions by its form or by the word beside it, as in ICD-10 none does."""
_ALONE = lazy(r"\W*(\d{1,3})\W*(?:\([^()]*\)\s*)?")
_ROMAN = lazy(r"\s*([ivxl]{1,7})\.?(?:\s*ed(?:ition|n)?\.?)?\s*", re.IGNORECASE)
_WORDS = (
    ("改訂", "revised"), ("改定", "revised"), ("新訂", "revised"), ("rev", "revised"),
    ("増補", "enlarged"), ("増訂", "enlarged"), ("enl", "enlarged"), ("新版", "new"),
    ("new", "new"), ("新装", "new binding"), ("復刻", "reprint"), ("縮刷", "small"),
    ("普及", "popular"), ("愛蔵", "fine"), ("完全", "complete"), ("決定", "definitive"),
    ("簡易", "short"), ("要約", "short"), ("点字", "braille"), ("電子", "electronic"),
)  # fmt: skip
"""What is said of an edition beside its number."""
_FIRST = lazy(r"初版|第?[1一]版")
_YEARLY = lazy(r"((?:19|20)\d\d)(?:\s*[-~～–]\s*(?:19|20)?\d\d)?\s*年?度?\s*版")

_TAIL = lazy(
    r"(?<![\s　])[\s　]*+[(（\[［〈《「『]?[\s　]*"
    r"(?:(?:改訂|改定|増補|新訂|全訂|三訂|新装|補訂)+[\s　]*+(?:新?版|第?\s*+\d+\s*+版)?"
    r"|(?<=[(（\[［])[^()（）\d]{1,8}版"
    r"|第\s*+(?:\d+|[一二三四五六七八九十]+)\s*+版|(?<!\d)\d+\s*+(?:版|訂版?)|新版|初版"
    r"|,?\s*+(?:(?<!\d)\d+(?:st|nd|rd|th)|second|third|fourth|fifth)\s++ed(?:ition|n)?\.?)"
    r"[\s　]*+[)）\]］〉》」』]?[\s　]*+$",
    re.IGNORECASE,
)
"""An edition at the end of a title."""
_SUBTITLE = lazy(r"\s[:=―—–-]\s|[:：＝―—]|\s[／/]\s|[~〜～]")


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition as far as it is told: its number, and what is said beside it."""

    number: int = 0
    """0 where none is told."""
    words: frozenset[str] = frozenset()

    @property
    def is_told(self) -> bool:
        """Whether anything is said that a first edition does not have."""
        return self.number > 1 or bool(self.words)


def edition(raw: str) -> Edition:
    """The edition that a field or the end of a title tells, in whatever language.

    A number is the edition's that stands alone, is an ordinal, or has the word for one beside it.

    >>> edition("改訂第2版"), edition("5th ed."), edition("3訂")
    (Edition(number=2, words=frozenset({'revised'})), Edition(number=5, words=frozenset()), \
Edition(number=3, words=frozenset()))
    >>> [edition(one).number for one in ("2e", "3. Aufl.", "Twenty-first edition", "IV ed.")]
    [2, 3, 21, 4]
    """
    text = unicodedata.normalize("NFKC", raw)
    if _YEARLY.search(text):
        return Edition()
    number = 1 if _FIRST.search(text) else 0
    if match := _NUMBERED.search(text):
        number = _number(match)
    elif len(figures := _counted(text)) == 1:
        number = figures.pop()
    elif roman := _ROMAN.fullmatch(text):
        number = places.from_roman(roman[1].lower())
    low = text.casefold()
    return Edition(number, frozenset(name for word, name in _WORDS if word in low))


def _counted(text: str) -> set[int]:
    if alone := _ALONE.fullmatch(text):
        return {int(alone[1])}
    found = (one["n"] or one["behind"] for one in _COUNTED.finditer(text))
    return {int(one) for one in found if one}


def _number(match: re.Match[str]) -> int:
    if match["word"]:
        return _ORDINALS[match["word"].lower()]
    written = match["n"] or match["en"]
    return int(written) if written.isdecimal() else places.from_kanji(written)


def without_edition(title: str) -> tuple[str, str]:
    """The title without an edition at its end, and that edition.

    >>> without_edition("腰痛診療ガイドライン2019（改訂第2版）")
    ('腰痛診療ガイドライン2019', '（改訂第2版）')
    """
    match = _TAIL.search(title)
    if not match or not match.start():
        return title, ""
    return title[: match.start()].rstrip(" ,.、　"), match.group().strip()


def main_title(title: str) -> str:
    """The title before its subtitle."""
    parts = _SUBTITLE.split(title, maxsplit=1)
    return parts[0].strip() or title


# ── publishers ─────────────────────────────────────────────────────────────────────────

_HOUSE = lazy(
    r"株式会社|有限会社|\(株\)|合同会社|出版社|出版|書店|書房|社$|\b(?:inc|ltd|llc|co|corp|gmbh|publish(?:ers|ing)?|press|"
    r"books|verlag|and|the|company)\b\.?",
    re.IGNORECASE,
)
"""What a publisher's name has or lacks as people please."""


def house(name: str) -> str:
    """The letters of a publisher's name without what it has or lacks as people please.

    >>> house("株式会社架空書店"), house("Fictional Press, Inc.")
    ('架空', 'fictional')
    """
    bare = _HOUSE.sub("", unicodedata.normalize("NFKC", name))
    return _letters(bare) or _letters(name)


def _letters(text: str) -> str:
    folded = texts.fold(unicodedata.normalize("NFKC", re.sub(r"<[^>]+>", "", text)))
    return re.sub(r"\W+", "", folded)


def is_one_house(one: str, other: str) -> bool:
    """Whether two names are one publisher's, as far as names tell."""
    shorter, longer = sorted((house(one), house(other)), key=len)
    is_part = shorter in longer and len(shorter) >= (4 if shorter.isascii() else 2)
    return is_part or shorter == longer


_PINYIN = lazy(
    r"(?:(?:[bpmfdtnlgkhjqxrzcswy]|[zcs]h)(?:[aeo]|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|ie|iao|iu"
    r"|ian|in|iang|ing|iong|u|ua|uo|uai|ui|uan|un|uang|ue)|a|ai|an|ang|ao|e|en|er|ou){1,3}"
)
_HEPBURN = lazy(
    r"(?:n(?![aeiouy])|(?:kk|pp|tt|ss|tc|m(?=[bpm]))?(?:(?:[kgnbpmr]y|sh|ch|j|hy)(?:[aou])|shi|chi|tsu"
    r"|fu|ji|[kgnbpmr][aeiou]|[szd][aeou]|t[aeo]|h[aeio]|y[aou]|wa|[aeiou]))+"
)
"""Words of syllables of Chinese (https://en.wikipedia.org/wiki/Pinyin) and of Japanese
(https://en.wikipedia.org/wiki/Hepburn_romanization)."""


def is_romanised(name: str) -> bool:
    """Whether every word of a name is made of Chinese or of Japanese syllables.

    One word says little where many do (``Pain``, ``Gene``), and much as a family name.

    >>> [is_romanised(name) for name in ("Zhonghua Yi Xue Za Zhi", "Nature Medicine")]
    [True, False]
    """
    words = texts.fold(name).split()
    return any(bool(words) and all(map(form.fullmatch, words)) for form in (_PINYIN, _HEPBURN))
