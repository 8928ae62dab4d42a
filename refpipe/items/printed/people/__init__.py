"""Who is named in a printed reference: lists of names in every order, and their particles.

Here it is told of a list that was read whether it looks like names, and like all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from refpipe.items.printed.people import full_names, japanese_names, western_names
from refpipe.items.printed.words import GIVEN_NAMES, LOWER, UPPER, word_set
from refpipe.lifetimes import lazy
from refpipe.model import Span

_JAPANESE = f"{japanese_names.KANA}{japanese_names.KANJI}"
_ODD_NAME = lazy(
    r"^(?:[A-Z]\.[- ]?)+$|^[A-Z](?:-[A-Za-z])?\.?\s|^[A-Z]\.[A-Z]"
    r"|^[A-Z][a-z’'-]+ [A-Z]{1,3}, [A-Z][a-z]|^[A-Z]{3,}\s.*\s[A-Z]\.$"
    r"|[a-z]\s[A-Z]\.\s[A-Z][a-z]+\s[A-Z]\.?$"
    rf"|[:：「」『』（）／/\d]|[a-z]{{2}}\.\s|[{_JAPANESE}].*(?:編|著|訳|監修)|(?:編|著|訳|監修).*[{_JAPANESE}]"
)
"""What no name holds."""
_BRACKET = lazy(r"[()\[\]]")
_FIRM = lazy(r"\b(?:Inc|Ltd|LLC|GmbH|Corp|AG|Co|Blog|News)\b\.?")
_NO_AND = lazy(r"[A-Z]\.?,?\s(?:vgl|cit|of|on|at|to|as|per|pro|aka|née?|eds?|dir|not|bei)\s[A-Z]")
"""A small word behind initials that says something else of the next name than "and"."""
_FULL = lazy(r"[^\W\d_]{3,}")
_LETTER = lazy(r"[A-Za-z]\.?")
_IN_HIRAGANA = lazy(r"[ぁ-ん]+ [ぁ-ん]+")
"""さくら ももこ, which has the form of やさしい からだ: a name, or a title."""
_TWO_PEOPLE = lazy(f"[{japanese_names.KANJI}]{{4,}} [{japanese_names.KANJI}]{{4,}}")


def are_odd(role: str, names: list[dict[str, str]], span: Span, text: str) -> bool:
    """Whether a list of names, printed at the span, shows a sign of being misread."""
    printed = text[span.start : span.end]
    is_short = _leaves_words(names, printed) or _NO_AND.search(printed) is not None
    is_misparted = is_short or _is_misparted(names, text, span)
    is_uneven = _is_mixed(role, names) or _has_half_a_name(names)
    return is_misparted or is_uneven or any(map(_is_odd, names))


def have_initials(names: Iterable[Mapping[str, str]]) -> bool:
    """Whether each is a name with initials and no more, as hardly anything else is printed."""
    return all(_INITIALS.fullmatch(name.get("given", "")) for name in names)


_INITIALS = lazy(r"(?:[A-ZÀ-Þ]\.?[ -]?){1,4}")


def _has_half_a_name(names: list[dict[str, str]]) -> bool:
    """Whether one has a family name alone, and the others have not."""
    bare = [name.keys() == {"family"} for name in names]
    return any(bare) and (len(bare) == 1 or not all(bare))


def _leaves_words(names: list[dict[str, str]], printed: str) -> bool:
    """Whether words among printed names became nobody's name."""
    said = _letters(" ".join(value for name in names for value in name.values()))
    words = {_letters(word) for word in _WORD.findall(printed)} - ROLE_WORDS
    return any(word not in said and said not in word for word in words)


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", text).casefold()


_WORD = lazy(r"(?<![^\W_])[A-Za-zÀ-ɏ]{2,}(?![^\W_])")
"""A word of Latin letters; in Japanese no sign shows where one ends."""


ROLE_WORDS = word_set(
    """ed eds editor editors edited by trans et al and others in hrsg red ほか 他 ら
    phd md mph msc bsc ms bsn msn rn rd np dpt pt do edd psyd drph pharmd mba mbbs dnp cde atc otr
    ym jt sur suradnici saradnici kol kolektiv spol wsp współaut inni др другие соавт cols col colab
    colegas otros otras outros outras altri altre autres coll collab andere anderen mitarb mtsai ark
    arkadaşları diğerleri sod kt fl es és ir und og ve și
    編 編集 編著 編者 共編 責任編集 総編集 編集主幹 監 監修 監訳 著 著者 共著 執筆
    訳 訳者 共訳 翻訳"""
)
"""Words beside names that are nobody's, and that a field of names may hold."""


def _is_mixed(role: str, names: list[dict[str, str]]) -> bool:
    """Whether foreign and Japanese names are translators of one book: one of them may have written.

    ``A・B，山田太郎訳`` says so of the first.
    """
    native = {
        re.search(f"[{japanese_names.KANJI}]", "".join(name.values())) is not None for name in names
    }
    return role == "translator" and len(native) > 1


_TWO_WORDS = lazy(
    r"[^\W\d_a-z][^\W\d_]+(?:-[^\W\d_]+)? "
    r"(?:[A-Z]\.? |(?:[dD]e|[dD]i|[dD]a|[vV]an|[vV]on|[lL]a) ){0,4}"
    r"[^\W\d_a-z][^\W\d_]{2,}"
)


_CUT_SHORT = lazy(r"([A-Z][a-z]+) [A-Z]\.?\s(?=[A-Z][a-z’'-]+\s?(?:[,.;:(&«“\"]|and\b))")


def _is_misparted(names: list[dict[str, str]], text: str, span: Span) -> bool:
    """Whether names may have been parted at other places than between people.

    ``Ota, Mitsunori, Ikezoe, Tome`` are two people and not four, ``David Butler, Lorimer Moseley``
    two and not one; ``Mark C. Suchman`` is not Mark; a name that "and" parts may be of one body.
    """
    last = names[-1].get("family", "")
    if last.lower() in GIVEN_NAMES and (at := text.find(last, span.start, span.end)) >= 0:
        cut = _CUT_SHORT.match(text, at)
        if cut and cut.end() >= span.end:
            return True
    if any(
        _TWO_WORDS.fullmatch(name.get("family", "")) and _TWO_WORDS.fullmatch(name.get("given", ""))
        for name in names
    ):
        return True
    if any(len(one.get("literal", "").split()) > 3 for one in names[:-1]):
        return (
            re.search(r"[a-zà-ÿ] (?:and|et|und|y|&) [A-Z]", text[span.start : span.end]) is not None
        )
    if len(names) > 1 and all("literal" in name for name in names):
        return re.search(r"[a-z] and [A-Z]", text[span.start : span.end]) is not None
    families = [name.get("family", "").lower() for name in names]
    is_bare = all(name.keys() == {"family"} for name in names)
    known = sum(family in GIVEN_NAMES for family in families)
    return is_bare and len(names) > 2 and 3 * known >= len(names)


def _is_odd(name: dict[str, str]) -> bool:
    family, given = name.get("family", ""), name.get("given", "")
    is_turned = family.lower() in GIVEN_NAMES and given.lower().strip(".") not in GIVEN_NAMES
    if given and (
        _FIRM.search(f"{family} {given}")
        or _BRACKET.search(f"{family} {given}")
        or _TWO_PEOPLE.fullmatch(f"{family} {given}")
        or (is_turned and _FULL.fullmatch(given.rstrip(".")))
    ):
        return True
    is_glued = re.search(r"\s[A-Z]{2,3}$", name.get("family", "")) is not None
    is_word = "literal" in name and japanese_names.is_doubtful(name)
    is_word = is_word or _LETTER.fullmatch(family or name.get("literal", "")) is not None
    is_word = is_word or _IN_HIRAGANA.fullmatch(f"{family} {name.get('given', '')}") is not None
    return is_glued or is_word or _ODD_NAME.search(" ".join(name.values())) is not None


_EDGE = lazy(r"^|[.?!”\"»:,]\s(?:[^\W\d_]{1,4}:?\s)?")
_FIRST = lazy(r"^|(?<=:\s)|(?<=\bin\s)", re.IGNORECASE)


def ends_names(shape: str, end: int, edges: re.Pattern[str] = _EDGE) -> int:
    """How many names, and nothing else, stand between a sign, or the beginning, and a place."""
    before = shape[:end]
    for edge in edges.finditer(shape, max(0, end - 200) if edges is _EDGE else 0, end):
        at = edge.end()
        for names in (
            western_names.scan(before, at),
            full_names.scan(before, at, is_certain=edges is _FIRST),
        ):
            if names and not before[names.end :].strip(" .,"):
                return len(names.names)
    return 0


_CUT_LIST = lazy(
    r"(?<=[\w.])(?P<sign>,?\s)(?:(?:(?:[iaeyuиі]|(?!et\sal\b)et|und|og|och|en|és|ve|[sșş]i|in|ja|ir|та)\.?\s"
    r"(?:sur|sar|s[au]radn\w*|kol(?:ektiv)?|spol(?:upr\w*)?|wsp(?:ółaut\w*)?|in(?:ni)?|др(?:угие)?|ін(?:ші)?|соавт\w*|cols?|colab\w*"
    r"|colegas|otr[oa]s|outr[oa]s|altr[ie]|autres|coll?|collab\w*|andere[nr]?|andr[ea]|[Mm]itarb\w*|mtsai|munkat\w*"
    r"|ark|arkada\w+|diğerleri|sod(?:el\w*)?|kt|al)|ym|jt|m\.?\s?fl|[eou]\.\s?a(?=\.))(?!\w)\.?"
    rf"|(?P<other>(?<=[{UPPER}.,]\s)(?!(?:and|x?or|o[nf]|a[ts]|by|for|the|per|pp?|n[ro]|vol|de|d?[ai]|v[ao]n|l[ae]|el|ten|ter|zu|a[fv])\s)"
    rf"[{LOWER}]{{1,3}}\s[{LOWER}]{{2,12}}\.))"
    r"(?=\s*(?:$|[,;:(\[“\"]|[^\W_a-zà-ÿ]))"
)
"""``ym.``, ``i sur.``, ``и др.``: a list of names is cut.  Behind several names a small word and a
shortened one say so in any language."""
_ONE_NAME = lazy(rf"\W*[{UPPER}][^\W\d]*(?:[’'-][^\W\d]+)?")


def cut_in_english(shape: str) -> list[tuple[int, int, str]]:
    """Where another language says "et al." behind names: (start, end, instead)."""
    return [
        (one.end("sign"), one.end(), "et al.")
        for one in _CUT_LIST.finditer(shape)
        if ends_names(shape, one.start(), _FIRST) > bool(one["other"])
        or (not one["other"] and _ONE_NAME.fullmatch(shape, 0, one.start()))
    ]


_PARTED = lazy(
    rf"\W*(?:[{UPPER}][^,;:/.]{{0,40}},\s[^,;:/(]{{1,30}}(?:\s[;/]\s|/)){{1,30}}[^,;:/.]{{2,40}},\s[^,;:/(.]{{1,30}}(?=:|\s\(|\.\s)"
    rf"|\W*(?:[{UPPER}][^\s,;:/]+\s[{UPPER}][^\s,;:/.]+\s?/\s?){{1,30}}[{UPPER}][^\s,;:/]+\s[{UPPER}][^\s,;:/]+(?=:|\s\((?:19|20)\d\d)"
)
_SIGN = lazy(r"\s[;/]\s|/")


def lists_in_english(shape: str) -> list[tuple[int, int, str]]:
    """What parts names (``LAU, Ann ; NAGAI, Ben:``, ``Ann Lau / Ben Nagai:``), and what cuts their
    list: (start, end, instead).
    """
    listed = _PARTED.match(shape)
    found = list(_SIGN.finditer(shape, 0, listed.end())) if listed else []
    words = {word.lower() for word in _FULL.findall(listed[0])} if listed else set()
    if any("/" in one[0] for one in found) and not words & GIVEN_NAMES:
        found = []
    return [(*one.span(), "; ") for one in found] + cut_in_english(shape)
