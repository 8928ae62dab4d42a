"""Whether two names are one journal's or book's: abbreviated, translated, or a part of another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from refpipe import normalise
from refpipe.lifetimes import lazy
from refpipe.match.comparison import DIFFER, EQUAL, UNKNOWN, Agreement, Level
from refpipe.match.profiles import Profile
from refpipe.model import Item
from refpipe.normalise.containers import is_romanised

__all__ = ["Likeness", "compare", "compare_names", "is_romanised", "known"]


class Likeness(StrEnum):
    """How two names of containers stand to one another; the best comes first."""

    SAME = ""
    UNKNOWN = "unknown"
    """No name at all, or a name and its translation: nothing that can be compared."""
    SECTION = "section"
    """The one is the other with a section or subtitle set off by a colon or dash."""
    PART = "part"
    """The one is the other with words behind it: mostly another journal."""
    OTHER = "other"


_ORDER = tuple(Likeness)
_VARIABLES = ("container-title", "container-title-short", "collection-title")
_NOISE = lazy(
    r"(?:^|\.\s*)published online\b.*$|^in\s+(?=[A-Z])|(?<=\w)\.\s*conference\b(?:\s*:.*)?$",
    re.IGNORECASE,
)
"""What a style or a database prints beside the name."""
_IN_BRACES = lazy(r"\{[^{}]*\}")  # A sign that a database could not write.
_MEETING = lazy(r"\bconference:\s*([^.:]+)", re.IGNORECASE)
"""The congress that a database names behind the journal."""
_SMALL = frozenset(
    ("the", "of", "and", "in", "for", "on", "de", "la", "le", "der", "die", "das", "und", "et",
     "a", "an", "to", "du", "des", "del", "di", "fur", "van", "voor", "da", "do", "part",
     "section", "series", "sect", "ser", "online", "print")
)  # fmt: skip
"""Words that abbreviations leave out."""
_TITLED = lazy(r"\b(?:Des|Del|Van|Das|Ser|Sect)\b")
"""Small words that may as well be an abbreviated one, as in ``Curr Pharm Des``."""
_ELISION = lazy(r"\b[A-Za-z]{1,5}['\u2019](?=[^\W\d_]{3})")
"""An article before a vowel, as in ``L'Encephale``."""
_BROKEN_OFF = lazy(r"([^.]*\s[^.]*[a-z]{5})\.(?=\S)")
"""A name in full words before a dot without a gap, behind which a database wrote something else."""
_SPELT_OUT = {"jama": "journal american medical association", "bmj": "british medical journal",
              "pnas": "proceedings national academy sciences"}  # fmt: skip
_NOT_LATIN = lazy(r"[\u0370-\u052f\u0590-\u07ff\u0900-\u1fff\u3040-\u9fff\uac00-\ud7af]")
_BRACKETED = lazy(r"\([^()]*\)|\[[^\[\]]*\]")
_SET_OFF = lazy(r"\s*[:;=]\s+|\s+[-\u2013\u2014/]\s+|[\u2013\u2014]|-(?=[A-Z])|\s?:\s?")
"""What sets a section or a subtitle off."""
_SUBTITLE = lazy(r"[a-z]|(?i:the|an?|official|revue|zeitschrift|organ)\b")
"""How a subtitle begins; a section begins with a name in capitals."""
_SECTION = lazy(r"(?<=[^\W\d_.]{3}\s)[A-H](?![\w']|\.(?!$|\s+[A-Z][a-z]{2}))")
"""The letter of a section, which is no initial."""
_ACRONYM = lazy(r"^[A-Z]{3,6}\s+(?=\S+\s+\S+\s+\S)")
"""An acronym before the name that it stands for, as in ``AJR Am J Roentgenol``."""
_SERIES = lazy(r"(?<=[a-z]{4})\.(?=[A-Z][a-z]+ [a-z]+ \w[^.]*$)")
"""What parts a volume's title from the series, each in words written out."""
_EQUAL = 0.93
"""How much of two names' letters has to be alike for a slip of the pen."""
_LOWER = lazy(r"(?<=\s)[^\W\d_]{1,3}(?=\s)")
"""A short word within a name: in small letters a conjunction or preposition of some language."""
_OWN_NAME = lazy(
    r"(?i)\b(?:journal|zeitschrift|archives?|revue|revista|bulletin|organ|magazine)\b.*"
    r"\b(?:of|for|de|der|des|fur|di|do)\b"
)
"""A subtitle that would be a journal's name by itself."""
_SUPPLEMENT = frozenset(("supplement", "supplements", "suppl", "supplementum"))
_OF_ASIA = lazy(r"(?i)\b(?:japan|chin|korea|nippon|taiwan)")


def known(item: Item) -> tuple[str, ...]:
    """Every name that an item has for its container, those of its twins included."""
    custom = item.get("custom")
    twin = custom.get("twin") if isinstance(custom, Mapping) else None
    twins = twin if isinstance(twin, list | tuple) else (twin,)
    sources = [item, *(one for one in twins if isinstance(one, Mapping))]
    named = (str(source.get(name) or "") for source in sources for name in _VARIABLES)
    names = [_IN_BRACES.sub("", name) for name in named]
    meetings = [each for name in names for each in _MEETING.findall(name)]
    return tuple(dict.fromkeys([*(normalise.host(name).name for name in names if name), *meetings]))


def compare_names(
    stated: Sequence[str], found: Sequence[str], *, is_eastern: bool = False
) -> Likeness:
    """The best that any two of the names give.

    ``is_eastern`` tells that the work may be Chinese or Japanese, so that the one name may be the
    romanised and the other the translated one: see ``is_romanised``.
    """
    pairs = (
        Likeness.OTHER if is_other else _pair(one, other, is_eastern)
        for mine in stated
        for theirs in found
        for is_other in [_are_two_sections(mine, theirs)]
        for one in _forms(_NOISE.sub("", mine), r"\. ")
        for other in _forms(theirs)
    )
    return min(pairs, key=_ORDER.index, default=Likeness.SAME)


def _forms(name: str, sign: str = "") -> Iterator[str]:
    """The name and, where it holds another one in brackets or behind a sign, that one too."""
    bare = _BRACKETED.sub(" ", name).strip()
    yield bare if re.search(r"[^\W\d_]", bare) else name
    yield from _SERIES.split(bare)[1:]
    if whole := _BROKEN_OFF.match(bare):
        yield whole[1]
    if _ACRONYM.match(bare):
        yield _ACRONYM.sub("", bare)
    yield from (part[1:-1] for part in _BRACKETED.findall(name) if len(part.split()) > 1)
    for part in re.split(sign, bare)[1:] if sign else ():
        if part.strip():
            yield part
    yield from (part for part in re.split(r"\s+[/=]\s+", bare)[1:] if part.strip())


def _pair(one: str, other: str, is_eastern: bool) -> Likeness:
    if len(re.findall(r"[^\W\d_]", one)) < len(re.findall(r"\d", one)) + 2:
        return Likeness.UNKNOWN  # Nothing but a note or a number: there is no name to compare.
    if bool(_NOT_LATIN.search(one)) != bool(_NOT_LATIN.search(other)):
        return Likeness.OTHER if _are_strangers(one, other) else Likeness.UNKNOWN
    best = _by_words(_name_words(one), _name_words(other))
    if best in {Likeness.PART, Likeness.OTHER} and "-" in one + other:
        joined = (_name_words(name.replace("-", "")) for name in (one, other))
        best = min(best, _by_words(*joined), key=_ORDER.index)
    if best is Likeness.OTHER and is_eastern and _is_translated(one, other):
        return Likeness.UNKNOWN
    return _set_off(one, other) if best is Likeness.PART else best


_TERMS = {
    term: stems
    for terms, stems in (
        ("日本", "jap|nippon|nihon|jpn"), ("英語", "engl|eigo|tefl|efl"),
        ("教育", "educ|teach|learn|train|pedagog|kyoiku"), ("歴史 史研究", "hist|rekishi|shi"),
        ("医学 医療", "med|health|care|clin|igaku|iryo"), ("看護", "nurs|care|kango"),
        ("薬", "pharm|drug|med|ther|yaku"), ("内科", "int|med|phys|naika"),
        ("外科", "surg|chir|op|geka"), ("整形", "orth|seikei"), ("小児", "p(?:a?e)?d|child|shoni"),
        ("産婦人 産科 婦人科", "obst|gyn|perin|wom|sanfu"), ("精神", "psych|ment|seishin"),
        ("神経", "n(?:eu|er)|brain|shinkei"), ("脳", "brain|cer|neu|strok|no"),
        ("循環", "circ|card|heart|vasc|junkan"), ("心臓", "card|heart|shinzo"),
        ("癌 がん", "canc|onc|neop|tum|carc|gan"), ("糖尿", "diab|tonyo"),
        ("栄養", "nutr|diet|food|eiyo"), ("食品", "food|nutr|diet|shoku"),
        ("衛生", "hyg|health|sanit|eisei"), ("保健", "health|hoken"), ("リハビリ", "rehab|rihabi"),
        ("理学療法", "phys|rigaku"), ("麻酔", "an(?:a?e)?s|masui"), ("疼痛 ペイン", "pain|totsu"),
        ("脊椎 脊髄", "spin|vert|seki"), ("関節", "join|arthr|rheum|kansetsu"),
        ("皮膚", "derm|skin|hifu"), ("眼科", "ophth|eye|vis|ganka"),
        ("歯科", "dent|oral|stom|shika"), ("放射線 画像", "rad|imag|roent|hosha|gazo"),
        ("臨床", "clin|pract|bed|rinsho"),
        ("救急", "emer|acut|resc|crit|kyukyu"), ("感染", "inf|kansen"), ("高血圧", "hyp|koketsu"),
        ("血液", "bl|ha?em|ketsu"), ("リウマチ", "rheum|riumachi"), ("肝臓", "liv|hep|kan"),
        ("腎臓", "kid|neph|ren|jin"), ("呼吸", "resp|lung|pul|thor|chest|kokyu"),
        ("消化", "gas|dig|shoka"), ("老年 高齢", "ger|ag|eld|old|ronen|korei"),
        ("心理", "psych|shinri"), ("工学", "eng|tech|kogaku"), ("経営", "man|bus|adm|keiei"),
        ("スポーツ 体育 体力", "sport|phys|exerc|fit|tai|supotsu"), ("言語", "lang|ling|sp|gengo"),
        ("鍼灸", "acup|mox|shinkyu"), ("東洋 漢方", "orient|trad|kamp|toyo"),
    )
    for term in terms.split()
}  # fmt: skip
"""Words of Japanese names, with the stems of which a translated or romanised name has one."""


def _are_strangers(one: str, other: str) -> bool:
    """Whether a Japanese name says two things at least, and a Latin one nothing of either.

    A brand may be called anything, so that a Latin name of a single word tells nothing.
    """
    japanese, latin = (one, other) if _NOT_LATIN.search(one) else (other, one)
    told = {stems for term, stems in _TERMS.items() if term in japanese}
    is_telling = len(told) >= 2 and len(_name_words(latin)) >= 2 and not is_romanised(latin)
    said = rf"(?i)\b(?:{'|'.join(sorted(told))})"
    return is_telling and not re.search(said, normalise.unmarked(latin))


def _is_translated(one: str, other: str) -> bool:
    """Whether one name may be the romanised and the other the translated one.

    One romanised word says little by itself; beside a name that tells the country it does.
    """
    romanised, translated = (one, other) if is_romanised(one) else (other, one)
    is_mixed = is_romanised(romanised) and not is_romanised(translated)
    return (
        is_mixed and " " in translated and (" " in romanised or bool(_OF_ASIA.search(translated)))
    )


def _are_two_sections(one: str, other: str) -> bool:
    """Whether the names are one but for the letters of two sections: Physical Review A and E."""
    ours, theirs = (_SECTION.search(name) for name in (one, other))
    if not ours or not theirs or ours[0] == theirs[0]:
        return False
    heads = (_name_words(name[: at.start()]) for name, at in ((one, ours), (other, theirs)))
    return _by_words(*heads) is Likeness.SAME


def _set_off(one: str, other: str) -> Likeness:
    """What the words are that only the longer name has."""
    long, short = (one, other) if len(_name_words(one)) > len(_name_words(other)) else (other, one)
    for sign in _SET_OFF.finditer(long):
        head, rest = long[: sign.start()], long[sign.end() :]
        if _by_words(_name_words(head), _name_words(short)) is Likeness.SAME:
            return Likeness.SAME if _SUBTITLE.match(rest) else Likeness.SECTION
    rest_words = _name_words(long)[len(_name_words(short)) :]
    if _is_section(long, _name_words(long), rest_words):
        return Likeness.SECTION
    # What a sign sets off says nothing of the words before it: Circulation Journal: journal of …
    behind = _SET_OFF.split(long)[0].split()[len(short.split()) :]
    is_subtitled = _OWN_NAME.search(" ".join(behind))
    return Likeness.SAME if is_subtitled else Likeness.PART


def _is_section(name: str, words: Sequence[_Word], rest: Sequence[_Word]) -> bool:
    """Whether the words behind a name are those of a supplement or of a section.

    A university's journal goes on in one for each science, a Chinese one in editions (``ban``).
    """
    if not rest:
        return True
    is_of_science = any(one[:4] == "univ" for one in words) and rest[-1].startswith("sci")
    is_edition = rest[-1] == "ban" and is_romanised(name)
    is_lettered = rest[0] in set("bcdefgh") and len(words) > len(rest) + 1  # J is a journal's.
    return rest[0] in _SUPPLEMENT or is_lettered or is_of_science or is_edition


def _by_words(ours: Sequence[_Word], theirs: Sequence[_Word]) -> Likeness:
    if not ours or not theirs or "".join(ours) == "".join(theirs):
        return Likeness.SAME
    if _is_name_acronym(ours, theirs) or _is_name_acronym(theirs, ours):
        return Likeness.SAME
    if _alike("".join(ours), "".join(theirs)):
        return Likeness.SAME
    ours, theirs = _rejoined(ours, theirs), _rejoined(theirs, ours)
    if _lacks_inner(*sorted((ours, theirs), key=len)):
        return Likeness.UNKNOWN
    pairs, rest = _aligned(ours, theirs)
    odd = [pair for pair in pairs if not _is_one(*pair)]
    # One word of several may be in another transliteration.
    if odd and not (len(pairs) > 2 and len(odd) == 1 and _is_transliterated(*odd[0])):
        return Likeness.OTHER
    # No name ends with somebody's initials: what follows them was broken off.
    is_broken_off = bool(pairs) and len(pairs) > 2 and 1 in map(len, pairs[-1])
    return Likeness.PART if rest and not is_broken_off else Likeness.SAME


def _rejoined(ours: Sequence[_Word], theirs: Sequence[_Word]) -> Sequence[_Word]:
    """The words, two of them made one where the other name has them as one: Neuro Endocrinol."""
    for place, (one, two) in enumerate(pairwise(ours)):
        whole = _Word(re.sub("[ao]e", "e", one + two))
        if len(two) > 2 and any(word.startswith(whole) for word in theirs[place : place + 1]):
            return [*ours[:place], whole, *ours[place + 2 :]]
    return ours


def _lacks_inner(short: Sequence[_Word], long: Sequence[_Word]) -> bool:
    """Whether a name is another with one word left out of its middle, or its last three.

    ``Brain Res Mol Brain Res`` names its parent in front.
    """
    if len(short) < 3 or len(short) == len(long):
        return False
    if all(map(_is_one, short, long[-len(short) :])) and long[0][:3] in {w[:3] for w in short}:
        return True
    beside = list(map(_is_one, short, long))
    start = beside.index(False) if False in beside else len(short)
    is_one_less = len(short) == len(long) - 1 >= 4 and 2 <= start < len(short)
    return is_one_less and all(map(_is_one, short[start:], long[start + 1 :]))


def _aligned(
    ours: Sequence[_Word], theirs: Sequence[_Word]
) -> tuple[list[tuple[_Word, _Word]], Sequence[_Word]]:
    """The words beside each other, and what is left of one name; small ones need no partner."""
    pairs: list[tuple[_Word, _Word]] = []
    here = there = 0
    while here < len(ours) and there < len(theirs):
        one, other = ours[here], theirs[there]
        is_one = _is_one(one, other)
        if is_one or not (one.is_small or other.is_small):
            pairs.append((one, other))
        here += is_one or one.is_small or not other.is_small
        there += is_one or not one.is_small
    rest = (*ours[here:], *theirs[there:])
    return pairs, [] if all(word.is_small for word in rest) else rest


def _is_transliterated(one: str, other: str) -> bool:
    """Whether two words are one that was put in Latin letters by two rules: Psikhiatr, Psihiatrii.

    Nothing but letters that such rules exchange may be different: pediatric is not podiatric.
    """
    short, long = sorted((_spelt(one), _spelt(other)), key=len)
    return len(short) > 5 and long.startswith(short)


_EXCHANGED = (("kh", "h"), ("h", ""), ("y", "i"), ("j", "i"), ("w", "v"), ("k", "c"), ("q", "c"),
              ("ts", "c"), ("z", "s"))  # fmt: skip
"""Letters of one transliteration of Slavic and Greek words, and those of another."""


def _spelt(word: str) -> str:
    for one, other in _EXCHANGED:
        word = word.replace(one, other)
    return re.sub(r"(.)\1", r"\1", word)


def _alike(one: str, other: str) -> bool:
    """Whether two long names are one but for a slip of the pen."""
    return min(len(one), len(other)) >= 12 and Indel.normalized_similarity(one, other) >= _EQUAL


class _Word(str):
    """A word of a name, folded."""

    is_small: bool = False
    """Whether it is a conjunction or preposition by its looks, which abbreviations leave out."""


def _name_words(name: str) -> list[_Word]:
    """The words of a name that its abbreviations keep, British spellings as American ones."""
    signs = unicodedata.normalize("NFKD", name)
    plain = "".join(sign for sign in signs if not unicodedata.combining(sign))
    small = {normalise.fold(one.group()) for one in _LOWER.finditer(plain) if one.group().islower()}
    titled = {one.casefold() for one in _TITLED.findall(plain)}
    words = []
    for folded in normalise.fold(_ELISION.sub(" ", name)).split():
        word = _Word(re.sub("[ao]e", "e", folded))
        word.is_small = folded in small or folded in _SMALL
        words.append(word)
    return [word for word in words if word not in _SMALL or word in titled] or words


def _is_one(one: str, other: str) -> bool:
    return _abbreviates_word(one, other) or _abbreviates_word(other, one)


def _abbreviates_word(short: str, long: str) -> bool:
    """Whether a word can be another's abbreviation: same head, letters in order."""
    if long.startswith(short):
        return True
    rest = iter(long)
    return short[0] == long[0] and all(letter in rest for letter in short)


def _is_name_acronym(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether one word stands for all the initials of the other name."""
    if len(short) != 1:
        return False
    whole = _SPELT_OUT.get(short[0], "").split()
    return short[0] == "".join(word[0] for word in long) or list(long[: len(whole)]) == whole != []


def compare(a: Profile, b: Profile) -> Agreement:
    """The agreement of the journals or books, abbreviations and ISSNs considered."""
    is_one_issn = not a.issns.isdisjoint(b.issns)
    if not a.container or not b.container:
        return EQUAL if is_one_issn else UNKNOWN
    if a.meeting and a.meeting == b.meeting:
        return Agreement(Level.AGREE, 1.0, "congress")
    if a.container == b.container:
        return EQUAL
    found = _abbreviated(a.container, b.container)
    if is_one_issn:
        # Databases file a journal under its sister's number: a wholly different name counts.
        return Agreement(Level.SIMILAR, 0.7, "issn") if found.level is Level.DIFFER else EQUAL
    if found.level is Level.DIFFER and _is_cjk(a.container) is not _is_cjk(b.container):
        return UNKNOWN
    return found


def _is_cjk(words: tuple[str, ...]) -> bool:
    """True for a name in Japanese or Chinese, which no Latin name can be held against."""
    return any("\u3040" <= char <= "\u9fff" for char in "".join(words))


@lru_cache(maxsize=1 << 14)
def _abbreviated(a: tuple[str, ...], b: tuple[str, ...]) -> Agreement:
    short, long = sorted((a, b), key=lambda words: (sum(map(len, words)), words))
    if _abbreviates(short, long):
        if len(short) >= len(long) - 1 and len(short) > 1:
            return Agreement(Level.AGREE, 0.9, "abbreviated")
        return Agreement(Level.SIMILAR, 0.8, "shorter")
    one, other = " ".join(a), " ".join(b)
    score = fuzz.token_sort_ratio(one, other) / 100
    if score >= 0.85:
        return Agreement(Level.AGREE, score * 0.9, "alike")
    if _is_acronym(short, long) or _is_acronym(long, short):
        return Agreement(Level.SIMILAR, 0.7, "initials")
    shared = fuzz.token_set_ratio(one, other) / 100
    if shared >= 0.55 or _abbreviates(short[:2], long[:2]):
        return Agreement(Level.SIMILAR, shared * 0.9, "alike")
    return DIFFER


_OF_MEETINGS = frozenset(
    """
    proceedings proc conference conf symposium symp annual international int intl workshop
    meeting congress th st nd rd acm ieee
    """.split()  # noqa: SIM905 — a list of so many words is read more easily so
)
"""Words that long names of meetings have and short ones leave out."""


def _is_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """True when a word of the one is made of first letters of the other: VLDB, SIGMOD apart."""
    initials = "".join(w[0] for w in long)
    bare = "".join(w[0] for w in long if w not in _OF_MEETINGS and not w[0].isdigit())
    return any(
        len(w) >= 3 and (initials.startswith(w) or bare.startswith(w)) and w not in long
        for w in short
    )


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """True when every word of the shorter name begins a word of the longer, in order."""
    rest = iter(long)
    return all(any(_begins(s, w) for w in rest) for s in short)


def _begins(short: str, word: str) -> bool:
    """True when ``short`` abbreviates ``word``: its start, or first letters such as ``natl``."""
    if word.startswith(short):
        return True
    if len(short) < 3 or short[:2] != word[:2]:
        return False
    rest = iter(word)
    return all(c in rest for c in short)
