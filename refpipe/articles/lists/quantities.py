"""Numbers that are no citations: quantities, exponents, names, ranges, those of authors' notes."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from refpipe.articles.lists.marks import DASH, WORD, Mark
from refpipe.articles.signs import HOLE
from refpipe.lifetimes import lazy


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_LENGTH = lazy(
    r"(?:(?<![A-Za-z])(?:[μµnmkcd]?m|ft|yd|inch(?:es)?|feet)|\d ?(?:in|mi)"
    r"|m ?/ ?s(?:ec)?)\s?$"
)
"""A unit that is squared or cubed: of length, or the second of m/s²."""
_TEN = lazy(r"(?<![\d.,])(?<![A-Za-z])(?<![A-Za-z][-‐ ])10\s?$")
_BOXED_UNIT = lazy(r"[(\[][^\s()\d]{0,6}?(?:[cmk]?m|[mk]?g|[md]?[lL]|s)[)\]]{1,2}$")
"""A unit in brackets behind what it measures: 身長(m), (身長m)."""
LETTERS = r"A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ\u0300-\u036f"
"""The Latin letters, accents and all: behind one of them a letter is no variable (ação, état)."""
_VARIABLE = lazy(rf"(?:^|[^{LETTERS}])[RrχxXnIηtzFκ]$")
_LONE_LETTER = rf"(?:^|[^{LETTERS}])[A-Za-z]$"
_COUNTERS = lazy(r"[件本編報つ種点年月冊]")
_STATISTIC = lazy(
    r"(?:CI|信頼区間|区間|IQR|四分位(?:範囲)?|[Rr]ange|範囲|中央値|平均値?|SD|SE|HR|OR|RR|AUC|尺度|スコア|score|値|=|＝|\d)"
    r"\s*[:：は]?\s*$"
)
_NAME_BEFORE = lazy(
    r"(?:[図表式章節項条巻号版例群期度級型相位組部編話回歳位種類等級段階目第約計全各残毎前後]|問題?|[ァ-ヶー]{2,}"
    r"|平均|最大|最小|最高|最低|合計|以上|以下|未満|その|いち)$"
)
_TAKES_NUMBER = lazy(
    r"(?:その|ほぼ|およそ|わずか|あと|もう|たった|ただ|さらに|または|かつ|それぞれ|パート)$"
)


def _before(text: str, mark: Mark, signs: int) -> str:
    return text[max(0, mark.first - signs) : mark.first]


def is_exponent(text: str, mark: Mark) -> bool:
    """Whether a raised number is a power, a charge, half a fraction or the mass of a nuclide."""
    shown = text[mark.first : mark.last]
    before, after = _around(text, mark)
    if re.search(r"[\[(（［⁽\])）］⁾*＊※注†,，、]", shown):
        return False
    if (
        shown.lstrip().startswith(tuple(DASH))
        or re.search(r"(?<!\d)[-−⁻+⁺]$", before) is not None
        or re.match(r"[+⁺⁻]|\s?[/⁄∕]\s?[\d₀-₉]", after) is not None
    ):
        return True
    if _is_nuclide(shown.strip(), after) and not _ENDED.search(before):
        return True
    is_square = shown.strip() in ("2", "3")
    if is_square and may_be_power(text, mark) and _BOXED_UNIT.search(before):
        return True
    is_power = is_square and (_LENGTH.search(before) or _VARIABLE.search(before))
    return bool(is_power) or _TEN.search(before) is not None


def _around(text: str, mark: Mark) -> tuple[str, str]:
    """What stands before and behind a mark, its signs in their plain forms: ㎝ is cm."""
    before = unicodedata.normalize("NFKC", _before(text, mark, 24))
    return before, text[mark.last : mark.last + 6]


def may_be_power(text: str, mark: Mark) -> bool:
    """Whether a raised number may belong to what stands beside it, and cite nothing.

    A number, a letter or a measure can have a power; a raised number that is glued to the word
    behind it and to none before it begins that word.
    """
    shown = text[mark.first : mark.last].strip()
    before, after = _around(text, mark)
    if not shown.isdecimal():
        return False
    is_word = re.match(r"m?[A-Za-z]", after) is not None
    if is_word and (not _PROVED_BEFORE.search(before) or _is_nuclide(shown, after)):
        return True
    if _LETTER.search(before) and not _NAMED_RAISED.search(before):
        return True
    base = _BASE.search(before)
    if base and len(base["whole"]) < 3 and not base["part"]:
        return True
    is_year = base is not None and re.fullmatch(r"(?:19|20)\d\d", base[0].strip()) is not None
    return shown in ("2", "3") and (
        (base is not None and not is_year)
        or _MEASURED.search(before) is not None
        or _MULTIPLIED.match(after) is not None
        or _FORMULA.search(_before(text, mark, 40)) is not None
        or _SUM.search(_before(text, mark, 99)) is not None
    )


_SUM = lazy(
    r"[(（](?:[^()（）]|[(][^()]{0,20}[)]){0,60}?"
    r"(?:(?<![a-z]{4}) [+−·×⋅*÷/-] | [+−·×⋅*÷/-] (?![a-z]{4}|\d))"
    r"(?:[^()（）]|[(][^()]{0,20}[)]){1,60}[)）]$"
)
"""A bracket that ends here and holds a calculation: ``(K + [H₃O⁺])``, ``(a − b)``."""
_ENDED = lazy(r"[A-Za-z)。．.]$")
_PROVED_BEFORE = lazy(r"[\w。．.,、)）」』”\"'’%+\]]$")
_LETTER = lazy(r"(?:^|[^A-Za-zα-ωΑ-Ω\d])[A-Za-zα-ωΑ-Ω]$")
_NAMED_RAISED = lazy(r"(?:[ァ-ヶー]{2}|[型群図表]|[a-z]{3} )[A-Z]$|[a-z]['’]s$")
"""A letter that is part of a name: ビタミンD, Type A."""
_BASE = lazy(
    r"(?<![A-Za-z\d.,])(?<![A-Za-z\d][ .,])(?<![^\W_][-‐–−~〜])"
    r"(?P<whole>\d+)(?P<part>(?:[.,]\d+)*)\s?$"
)
"""A number that is part of no name, as it is in HbA1c, IL-6 and Grade 3."""
_MULTIPLIED = lazy(r"\s?(?:[÷×✕]|[でを]?(?:割|除し|乗|かけ)|に反?比例)")
_MEASURED = lazy(
    r"(?<![A-Za-z\d])[\d.,]+ ?(?![mkμ]?g$|[mdμ]?[lL]$)[A-Za-zμ]{1,4}$"
    r"|(?:メートル|センチ|ミリ|キロ)$|m2$|[·⋅][A-Za-z]{1,3}$|[(][^()]{0,6}?[cmk]?m[)]$"
    r"|[(](?=[^()]*[+\-−×/]|.[)])[A-Za-z0-9+\-−×/ ]{1,9}[)]$"
    r"|(?<![A-Za-z])(?:Ca|Mg|Fe|Zn|Cu|Mn|Al)$"
)
"""A measure, a calculation in brackets or an ion, of which a raised 2 or 3 may be the power."""
_TERM = r"[^\s÷×✕*/／=＝≒、。，．,.;；:：!?！？ぁ-ん\d]{1,12}(?: ?[(（\[［][^\s()（）\d]{1,8}[)）\]］]){0,2}"  # noqa: E501
_FORMULA = lazy(
    rf"(?:[÷×✕]|(?:[=＝≒]|[÷×✕]|BMI|体格指数)[^\n。]{{0,30}}[/／=＝≒])\s?[(（]?{_TERM}\s?[)）]?$"
)
"""A calculation up to its last term, in which no figure stands: ``BMI＝体重(kg)÷身長(m)``."""


def _is_nuclide(shown: str, after: str) -> bool:
    """Whether a raised number is the mass of the element that follows: ¹⁸F, ⁹⁹mTc, and not ³A4."""
    element = re.match(r"m?([A-Z][a-z]?)(?![A-Za-z])", after)
    if element is None or not re.fullmatch(r"\d{1,3}", shown):
        return False
    return int(shown) in _LIGHT.get(element[1], range(20, 300) if element[1] in _HEAVY else ())


_LIGHT = {
    "H": range(1, 4), "He": range(3, 5), "Li": range(6, 8), "B": range(10, 12),
    "C": range(11, 15), "N": range(13, 16), "O": range(15, 19), "F": range(18, 20),
}  # fmt: skip
_HEAVY = _words(
    """Na Mg Al Si P S Cl K Ca Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd
    Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Sm Eu Gd Ho Er Yb Lu Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At
    Rn Ra Ac Th Pa U Np Pu Am"""
)


def is_counted(text: str, mark: Mark) -> bool:
    """Whether 文献 is what is counted: 文献3件."""
    return _COUNTERS.match(text, mark.last) is not None


def is_measured(text: str, mark: Mark) -> bool:
    """Whether a unit follows a number in no brackets: Ref: 3 mg."""
    return text[mark.last - 1].isdigit() and _MEASURE.match(text, mark.last) is not None


def is_index(text: str, mark: Mark) -> bool:
    """Whether a bracket belongs to what stands before it: ``x[0]``, ``[18F]FDG``."""
    is_held = re.search(rf"{_LONE_LETTER}|[)\]]$", _before(text, mark, 2)) is not None
    is_held = is_held and not text.startswith("[^", mark.first)
    return is_held and _NAMED.search(_before(text, mark, 14)) is None


_NAMED = lazy(r"(?:[ァ-ヶー一-龯]|[a-z]{4} )[A-Z]$|\d ?[a-zL]$")
"""A letter of a name (ビタミンD, hepatitis B) or a unit (9 h): a bracket behind it cites."""


def is_statistic(text: str, mark: Mark) -> bool:
    """Whether a bracket may hold a range of values, or an index, and no citation."""
    before = _before(text, mark, 14)
    many = len(re.findall(r"\d+", text[mark.first : mark.last])) > 1
    return bool(many and _STATISTIC.search(before)) or bool(
        re.search(rf"{_LONE_LETTER}|!$", before)
        and not _NAMED.search(before)
        and not text.startswith("[^", mark.first)
    )


def is_volume(text: str, mark: Mark) -> bool:
    """Whether the bracket is the issue behind a volume or a year: ``9(1):25``, ``2012;(1):25``."""
    before, after = text[mark.first - 1 : mark.first], text[mark.last : mark.last + 1]
    is_dated = re.search(r"(?:19|20)\d\d[;；] ?$", _before(text, mark, 6)) is not None
    is_behind = before.isdigit() and after in tuple(":：,、")
    return mark.form == "(n)" and (is_behind or (is_dated and after in tuple(":：")))


_ROUND = "(（⁽❨⸨༼⦅｟"
_OPENING = "".join(
    chr(code)
    for code in (*range(0x28, 0x3100), *range(0xFF00, 0xFF66))
    if unicodedata.category(chr(code)) == "Ps" and chr(code) not in _ROUND
)
_FEW = rf"[\s\d,，、.．;；/／:：・&{re.escape(DASH)}a-f′'’]*"
_ENCLOSED = lazy(rf"[{re.escape(_OPENING)}]\s*(?:{WORD}|[*＊※#†])?{_FEW}$", re.IGNORECASE)


_CELL_OPENS = lazy(r"(?:(?P<bar>\|)|<td\b[^<>]*>)\s*$", re.IGNORECASE)
_CELL_CLOSES = lazy(r"\s*(?:\||</td\b|<t[dr]\b)", re.IGNORECASE)
_COLUMN = lazy(rf"[|>]\s*(?:{WORD}|出典番号)[.．]?\s*[|<]", re.IGNORECASE)


def is_in_column(source: str, start: int, end: int) -> bool:
    """Whether a table's cell holds a number alone, where a column is headed 文献 or the like."""
    opening = _CELL_OPENS.search(source, max(0, start - 300), start)
    if opening is None or _CELL_CLOSES.match(source, end) is None:
        return False
    borders = ("\n\n", "\r\n\r\n") if opening["bar"] else ("<table",)
    table = max(source.rfind(border, 0, start) for border in borders)
    return _COLUMN.search(source, max(0, table), start) is not None


def is_quantity(text: str, mark: Mark, *, is_raised: bool) -> bool:
    """Whether a bare number counts, measures or names something."""
    before, after = _before(text, mark, 24), text[mark.last : mark.last + 8]
    if (_ENCLOSED.search(before) or _REFERRING.search(before)) and _closes(after):
        # [1.2], [1/2] and [1a] hold nothing else: no quantity stands alone in its brackets.
        return _is_in_interval(text, mark)
    if is_raised:
        is_word = re.match(r"(?:st|nd|rd|th|er|e)\b|[A-Za-z+⁺−⁻-]", after) is not None
        return is_word or before[-1:] in tuple("-−⁻")
    if (
        _is_part(before, after)
        or (_CHAIN.search(text[mark.first : mark.last]) and not _ends_a_clause(before, after))
        or not all(mark.numbers or (1,))
        or (before[-1:] in tuple("(（") and _COUNTED_THINGS.match(text, mark.last))
    ):
        return True
    if _MEASURE.match(after) and not re.search(r"[a-z]{4}$|[a-z][.,]$", before):
        return True
    is_signed = re.search(r"[*＊※†‡]", text[mark.first : mark.last]) and re.search(r"\w\w$", before)
    if is_signed or _REFERENCE.search(before):
        return False
    return (
        _counts(before, after) if after[:1].strip() else _is_name(before) or _begins(before, after)
    )


_INTERVAL = lazy(
    r"[\[［]\s*(?P<one>[-−–]?\d+(?:\.\d+)?)\s?(?:[,，;；~〜～–—-]|to)\s?"
    r"(?P<other>[-−–]?\d+(?:\.\d+)?)\s*[\]］]"
)


def _is_in_interval(text: str, mark: Mark) -> bool:
    """Whether a number stands in an interval that can be no citation: ``[-1.5, 2]``, ``[0.6, 1]``.

    One of its values is negative or no number of a reference (0.6, 1.05), or both begin with the
    same one (1.12, 1.35), which nobody cites twice.
    """
    start = max(text.rfind(sign, max(0, mark.first - 24), mark.first) for sign in "[［")
    found = _INTERVAL.match(text, start) if start >= 0 else None
    if found is None or found.end() <= mark.first:
        return False
    one, other = found["one"], found["other"]
    is_negative = one[0] in "-−–" or other[0] in "-−–"
    is_same = "." in one and "." in other and one.partition(".")[0] == other.partition(".")[0]
    return is_negative or is_same or re.search(r"\b0", f"{one} {other}") is not None


def _ends_a_clause(before: str, after: str) -> bool:
    """Whether figures stand where a citation would: 早める1-2-3。 is none of 霞が関1-2-3."""
    return re.search(r"[ぁ-ん]$", before) is not None and re.match(r"[。、]", after) is not None


def _counts(before: str, after: str) -> bool:
    """Whether what follows a number is what it counts, or lets it be a word of its own."""
    if re.match(r"参照|参考|より|から引|に(?:よ|基)|など", after):
        return not re.search(r"[(（\[［、,]\s*$", before) and _is_name(before)
    if re.match(r"[A-Za-z%％‰℃°″′々〆ヶァ-ヺ一-龯㎎-㏿]", after):
        return True
    if re.match(r"[ぁ-ん]", after):
        return _COUNTED.match(after) is not None or _takes_particle(before)
    return _is_name(before) or _begins(before, after)


def _closes(after: str) -> bool:
    """Whether a closing bracket follows with nothing but figures before it."""
    rest = re.sub(rf"^{_FEW}", "", after)[:1]
    return bool(rest) and unicodedata.category(rest) in ("Pe", "Pf", "Ps")


_COUNTED = lazy(r"つ|か[月所国年]|こ[のと]?|ほど|くらい|ぐらい|まで")


_COUNTS_BEHIND = lazy(rf"\w|[ ](?:[A-Za-z%％ァ-ヺ一-龯]|{_COUNTED.pattern})")
"""What a number behind a word in hiragana counts; ``ら 4 によれば`` counts nothing."""


def _takes_particle(before: str) -> bool:
    """Whether a number before a particle is a word of its own, as in ステージ2の."""
    is_odd = re.search(r"[ぁ-ん]$|[(（\[［]\s*$", before) is not None
    return not is_odd or _TAKES_NUMBER.search(before) is not None


def _is_part(before: str, after: str) -> bool:
    """Whether the digits are part of a longer number, date, time or calculation."""
    return _PART_BEFORE.search(before) is not None or _PART_AFTER.match(after) is not None


_MEASURE = lazy(
    r" ?(?:[μµmkc]?[gLl]|mL|[mck]?m|mmHg|kcal|dL|IU|Hz|min|hours?|days?|weeks?|months?|years?|%|℃"
    r"|°C)"
    r"(?![A-Za-z])"
)
"""Units behind a number: 5 mg is measured, and cites nothing."""
_COUNTED_THINGS = lazy(r" (?:patient|participant|case|subject|trial|person|time)s?\b")
"""What a number counts at the beginning of a bracket: (1 patient died)."""
_REFERENCE = lazy(r"(?:refs?|references?|footnotes?)[.:]? ?\Z", re.IGNORECASE)
_REFERRING = lazy(
    r"[\[［【〔][^\[\]［］【】〔〕]{0,20}\b[a-z]+[.,]{0,2} ?\Z"
    r"|(?i:[(（](?:[^()（）]{0,20}\W)?(?:cf|see(?: also)?|e\.?g|i\.?e"
    r"|(?:reviewed|shown|described) in|(?:adapted|modified) from|also|参照|詳細|引用)[.,]{0,2} ?\Z)"
)
"""Words in a bracket that send a reader to what the number names: [cf. 1], (see 2)."""
_CHAIN = lazy(r"\d[-−‐–]\d+[-−‐–]\d")
"""Three numbers with dashes: an address, a date, a telephone number."""
_PART_BEFORE = lazy(
    r"\d(?:[.．,，:：/／]|\^[-−+]?)$|[=＝<>＜＞≦≧≤≥±×÷+$¥￥/／#@:：]\s?$|[-−–][ ]?$|\d[-−–]\d+$"
)
_PART_AFTER = lazy(r"[.．]\d|[,，]\d{3}|[:：]\d|\s?[=＝<>≦≧≤≥±×÷/／]|[-−–]\w")


def _is_name(before: str) -> bool:
    """Whether a word before a number takes it for its own: 図1, Grade 3, B12."""
    if re.search(r"[A-Za-z]$", before):
        return re.search(r"[a-z]{4}$", before) is None
    if re.search(r"[A-Za-z][.)]?[ ]$", before):
        return True
    shown = before.rstrip(" ")
    return _NAME_BEFORE.search(shown) is not None or _TAKES_NUMBER.search(shown) is not None


def _begins(before: str, after: str) -> bool:
    """Whether the number begins a line or a phrase of its own."""
    if before == "" or before[-1] == "\n":
        return True
    if before[-1] == " ":
        if re.search(r"\d[ ]+$", before):
            return False
        return not re.search(r"[ぁ-ん][ ]+$", before) or _COUNTS_BEHIND.match(after) is not None
    return before[-1] in "、，・「『|│〜～~" and HOLE not in after[:1]


_WORK = r"(?:参考|引用|関連)?(?:文献|論文|出典|資料|書籍|総説)"
_NAMED_BEFORE = lazy(
    rf"(?:{_WORK}|リストの|一覧の)(?:の|その)?\s?$"
    r"|\b(?:citations?|papers?|entry|entries|et al\.?"
    r"|(?:adapted|modified|taken|reproduced|redrawn|quoted|cited|data|figure|table) from) $",
    re.IGNORECASE,
)
_NAMED_AFTER = lazy(
    rf"(?:番目?|つ目|件目|本目|冊目)?の{_WORK}|番目の(?:もの|それ)"
    r"|(?:st|nd|rd|th) (?:reference|citation|source|paper|entry)\b"
    r"|,? (?:in|of|from) the (?:list|references?|sources)\b",
    re.IGNORECASE,
)


def names_work(text: str, mark: Mark) -> bool:
    """Whether words beside a bare number say that it is a work's: 3番の論文, paper 3."""
    is_behind = _NAMED_BEFORE.search(_before(text, mark, 24)) is not None
    is_counting = re.match(r" ?(?:[つ個件本編枚冊点種人年月日回カか]|[a-z])", text[mark.last :][:2])
    return (is_behind and not is_counting) or _NAMED_AFTER.match(text, mark.last) is not None


# ── Raised numbers that lead to a note of the page: those behind its authors' names above all ─────
# ``Rao A¹, Sato B²`` over ``¹ Yale; ² MIT`` or over a numbered list of institutes cites nothing.


_PARTICLE = r"(?:van|von|de|den|der|del|della|di|da|do|dos|du|la|le|el|al|bin|ter|ten|zu)"
_NAME_WORD = rf"(?:{_PARTICLE}\s|[^\W\d_a-z][\w.'’-]*(?:[,，]?\s|(?=[*†‡§#]*\s*\Z)))"
_PEOPLE = lazy(
    rf"[\s,;；，、・·|/&*†‡§]*(?:(?:and|und|et|y|e)\s+)?(?P<words>{_NAME_WORD}{{1,6}})[\s,*†‡§#]*\Z"
)
"""What stands between two raised numbers where each stands behind a name."""
_TAIL = lazy(r"[\s,;；，、・·.*†‡§#✉]*(?:and|und|et|y|e|&)?\s*")
_BYLINE = lazy(r"\s*(?:[^\W\d]+(?: [^\W\d]+)?\s?[:：]|[Bb]y )")
_HEADED = lazy(r" ?(?![ぁ-んa-z])[^\W\d_]")
"""What a number is the number of, where it begins a note."""
_PARTED = lazy(r"(?:\A|[;；,，、|•·/.。])\s*\Z")
_INSTITUTES = lazy(r"^[ \t]*(\d{1,2})[.)）．][ \t]*(?![ぁ-んa-z])[^\W\d_]", re.MULTILINE)
_BELOW = 3000
"""Signs below a line of names in which a numbered list of institutes begins."""


def of_notes(text: str, marks: Sequence[Mark], end: int) -> frozenset[int]:
    """Where the raised numbers of ``marks`` stand that lead to, or begin, a note of the page.

    ``end`` is where the list of references begins, whose own numbers explain nothing.
    """
    lines: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.form == "sup":
            lines[text.rfind("\n", 0, mark.first) + 1].append(mark)
    heads = {at: found for at, line in lines.items() if (found := _heads(text, at, line))}
    headed = {number for found in heads.values() for mark in found for number in mark.numbers}
    named: list[Mark] = []
    for at, line in lines.items():
        words = () if at in heads else _people(text, at, line)
        if not words:
            continue
        cited = {number for mark in line for number in mark.numbers}
        below = text[line[-1].last : min(end, line[-1].last + _BELOW)]
        # A list of steps may follow a list of drugs; that one is no list of names in full.
        is_full = len(words) > 1 and min(words) > 1
        if cited <= headed or (is_full and cited <= set(map(int, _INSTITUTES.findall(below)))):
            named += line
    if not named and len(headed) < 2:
        return frozenset()
    told = [mark for found in heads.values() for mark in found] + named
    explained = {number for mark in named for number in mark.numbers}
    if not headed <= explained:
        told += [mark for line in lines.values() for mark in line if headed & set(mark.numbers)]
    return frozenset(mark.first for mark in told)


def _heads(text: str, at: int, line: Sequence[Mark]) -> list[Mark]:
    """The marks of a line that begins with one, each before what it is the number of."""
    found: list[Mark] = []
    for mark in line:
        if len(mark.numbers) != 1 or _HEADED.match(text, mark.last) is None:
            continue
        before = text[at : mark.first]
        if not before.strip() or (found and _PARTED.search(before)):
            found.append(mark)
    return found if found and not text[at : found[0].first].strip() else []


def _people(text: str, at: int, line: Sequence[Mark]) -> tuple[int, ...]:
    """How many words each name of a line has; nothing where it holds more than names."""
    words: list[int] = []
    for mark in line:
        piece = text[at : mark.first]
        if not words and (label := _BYLINE.match(piece)):
            piece = piece[label.end() :]
        found = _PEOPLE.match(piece)
        if found is None:
            return ()
        words.append(len(found["words"].split()))
        at = mark.last
    tail = text[at:].partition("\n")[0]
    return tuple(words) if _TAIL.fullmatch(tail) or _PEOPLE.match(tail) else ()
