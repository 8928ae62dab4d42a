"""A plain list of references, the citations that name it, and whether a line is one of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from refpipe.articles.lists import labels, marks
from refpipe.articles.signs import HOLE
from refpipe.lifetimes import lazy
from refpipe.model import Fault, Scheme, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refpipe.articles.lists.units import Unit
    from refpipe.items.printed import Printed


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyReference:
    """One entry of a plain list."""

    label: str
    """Its number as digits (``1``); counted by us where the list has none."""
    span: Span
    text: str
    """On one line, without the label, tags and line-end hyphens; addresses of links added."""
    sign: str = ""
    """What it shows instead of a number, in lower case (``iii``); ``?`` where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyList:
    """A plain list of references.

    ``span`` reaches from the first sign of the first reference to the last of the last; where
    HTML elements hold the references (``<ol>``, ``<li>``, ``<p>``) it takes in whole elements, so
    that it can be replaced without leaving half a tag behind.  The heading stays outside.
    """

    span: Span
    heading: Span | None
    references: tuple[LegacyReference, ...]
    faults: tuple[Fault, ...] = ()
    style: str = ""
    """How its labels are written (``[n]``, ``n)``, ``①`` …); empty where it has none."""
    obstacles: tuple[Fault, ...] = ()
    """Why it is not clear which reference a number of the text means."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where no citation of the article stands: the list with its heading."""
        begin = min(self.heading.start, self.span.start) if self.heading else self.span.start
        return (Span(begin, self.span.end),)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyCitation:
    """A plain citation in the text, such as ``[1]-[3]``."""

    span: Span
    numbers: tuple[int, ...]
    """Ranges written out, in the order they stand."""
    locator: str = ""
    """The place in the work as it was typed (``p. 12``); only behind a single number."""


# ── How much a line looks like a reference: what a reader of references makes of it ─────────────


STRONG = 3.5
"""From here on a line is a reference even where no heading says so."""
WEAK = 1.5
"""Enough for a line that stands under the heading of a list of references."""
_SENTENCE = lazy(
    r"(?:です|ます|ました|でしょう|ません|ください|である|ている|された|きました)。?$|[。].{8,}[。]$"
)
_LIMIT = 1500
_MAY_REFER = lazy(r"(?=.*[^\W\d_]).*(?:\d|http|[.．:：「『])", re.DOTALL)
"""Letters, and a figure, an address or a mark that parts the fields of a reference."""
LEGAL = 3.0
"""Evidence of what is cited by a paragraph or a court: a reference under any heading of a list."""
_NUMBER = r"[\d０-９〇一二三四五六七八九十百]++"
_ERA = r"(?:明治|大正|昭和|平成|令和|[明大昭平令MTSHR])\s?[\d０-９元〇一二三四五六七八九十]+"
_PARAGRAPH = rf"第?{_NUMBER}\s?(?:条|項|号|款)?+(?:の{_NUMBER})*+"
_LEGAL = lazy(
    r"[「『]?[^\s、。．,，:：「」『』]{0,40}(?:憲法|(?<![方手用技術与断操剤測算])(?<![^医]療)法|法律|令|規則|条例|規程|要綱|要領|指針"
    r"|基準|通知|告示|ガイドライン|について)[」』]?\s?"
    rf"(?P<number>[(（][^()（）]*(?:第{_NUMBER}号|{_ERA}年)[^()（）]*[)）])?\s?"
    rf"(?P<place>(?:附則|別表|第?{_NUMBER}\s?[条項款])(?:[\s、，,・〜～-]|及び|および|並びに|{_PARAGRAPH}"
    r"|ただし書|[本但前後]文|[前後]段|別表|附則|の|[(（][^()（）]*[)）])*+)?[。．.]?\Z"
    rf"|(?P<notice>(?:{_ERA}年[^、。]{{0,12}})?[^\s、。]{{0,24}}(?:発|告示|省令|政令|法律)[^、。]{{0,10}}第{_NUMBER}号)[。．.]?\Z"
)
"""A law with its number, its paragraph or both, or the number of a notice."""
_COURT = lazy(
    r"(?:最高裁(?:判所)?|大審院|[^\s、。]{1,8}[地高家簡]裁(?:判所)?)"
    rf"[^、。.．]{{0,16}}?{_ERA}(?:年|[.．])"
    rf"|(?:最[大一二三]?小?|大|[^\s、。]{{1,8}}[地高家簡])[判決連]\s?{_ERA}(?:年|[.．])"
    r"|[A-Z][\w.'’ ]{1,60} v\.? [A-Z][\w.'’, ]{1,60}"
    r"(?:\d+ (?:U\.? ?S\.?|F\.? ?(?:2d|3d|4th|Supp)|S\. ?Ct)\b|\[(?:19|20)\d\d\])"
)
"""The decision of a court: 最判平成12年3月24日, Roe v. Wade, 410 U.S. 113."""


def is_legal(text: str) -> bool:
    """Whether a reference names a law, its paragraph, a notice or the decision of a court.

    >>> is_legal("医療法第6条の5"), is_legal("最判平成12年3月24日民集54巻3号1155頁")
    (True, True)
    >>> is_legal("医療法第6条の5では広告が規制されます。")
    False
    """
    plain = text.strip()
    law = _LEGAL.match(plain)
    return (law is not None and law["number"] is not None) or is_passage(plain)


def is_passage(text: str) -> bool:
    """Whether it is a paragraph, a notice or a decision that is named, which has no title.

    >>> is_passage("医療法第6条の5"), is_passage("腰痛予防対策指針（平成25年6月18日）")
    (True, False)
    """
    plain = text.strip()
    law = _LEGAL.match(plain)
    if law is not None and (law["place"] or law["notice"]):
        return True
    return _COURT.match(plain) is not None and not _SENTENCE.search(plain)


@lru_cache(maxsize=512)
def reference_score(text: str) -> float:
    """The evidence that a line is a reference; below 0 where it reads like a sentence."""
    plain = text.strip()
    if is_legal(plain):
        return LEGAL
    if len(plain) < 12 or len(plain) > _LIMIT or not _MAY_REFER.search(plain):
        return 0.0
    # The reader of references is large, and most articles have nothing for it to read.
    from refpipe.items import printed

    read = printed.remembered(plain)
    fields, item = read.fields, read.reading.item
    score = 0.0
    if _has_names(item.get("author") or item.get("editor")):
        score += 2.0
    if "issued" in fields:
        score += 1.0
    if "container-title" in item and ("volume" in item or "page" in item):
        score += 2.0
    score += _addresses(read)
    if "publisher" in item or "edition" in item:
        score += 1.0
    if re.search(r"[“「『\"]\S.{6,}[”」』\"]", plain):
        score += 0.5
    if _SENTENCE.search(re.sub(r"https?://\S+", "", plain)):
        score -= 4.0
    left = sum(len(stretch.text) for stretch in read.rest)
    return score - min(2.0, 2.0 * left / len(plain))


def is_beside(text: str, start: int) -> bool:
    """Whether words from ``start`` on are no part of a reference that is whole without them."""
    from refpipe.items import printed

    left = printed.remembered(text).rest
    if sum(stretch.span.end > start for stretch in left) == 0:
        return False
    item = printed.remembered(text[:start].rstrip()).reading.item
    return {"title", "container-title"} <= item.keys() and {"volume", "page"} <= item.keys()


def _addresses(read: Printed) -> float:
    schemes = {claim.identifier.scheme for claim in read.reading.claims}
    if schemes & {Scheme.DOI, Scheme.PMID, Scheme.PMCID, Scheme.ARXIV}:
        return 3.0
    return 1.5 if "URL" in read.reading.item or schemes & {Scheme.ISBN} else 0.0


def _has_names(names: object) -> bool:
    if not isinstance(names, list) or not names:
        return False
    return len(names) > 1 or "given" in names[0] or "literal" in names[0]


_OF_PAGE = lazy(
    r"(?:この記事の?)?(?:監修|執筆|文責|著者|筆者|ライター|編集|取材|構成|電話|TEL|FAX|お問い?合わ?せ|公式|最終|更新|公開"
    r"|関連|written|(?:last |medically |fact )+\w+ed\b|reviewed|posted|published\b|tags?\b|©)",
    re.IGNORECASE,
)


def is_of_page(line: str) -> bool:
    """Whether a line tells who wrote, checked or changed the page, or how to reach its people.

    >>> is_of_page("監修:山田太郎（整形外科専門医）")
    True
    >>> is_of_page("山田太郎. 腰痛の本. みどり書房, 2023.")
    False
    """
    return _OF_PAGE.match(line) is not None and reference_score(line) < STRONG


_HEADING = lazy(
    r"[\s#*_【〔［\[<＜■●◆▼▶◇□○・―—－-]*(?:参考|引用|主要|関連|参照|主な)?(?:・|＆|&|および|と|／|/)?(?:参考|引用)?(?:文献|論文)(?:一覧|リスト|情報|・資料)?"
    r"[\s】〕］\]>＞:：*_―—－-]*$"
    r"|[\s#*_【■●◆▼<＜\[]*(?:(?:引用|参考|出典)(?:・|＆|&|と|および|／|/|、)(?:引用|参考|出典)(?:元|先|情報|資料|サイト)?|参考資料|参考サイト|参考URL|出典|引用元|参照元|脚注|注釈?|注記|参考にした(?:文献|論文|資料)|エビデンス|参考・出典|出典・参考(?:文献|資料)?|参考文献・出典)[\s】:：*_>＞\]]*$"
    r"|[\s#*_\d.]*(?:references?(?: and (?:notes|sources))?|bibliography|works cited"
    r"|literature(?: cited)?|sources|further reading|list of references|cited literature)[\s:*_]*$",
    re.IGNORECASE,
)
_REMARK = lazy(r"(?<=.)[(（\[［【〔][^()（）\[\]［］【】〔〕]*[)）\]］】〕]\s*\Z")
_SAYING = (
    r"参考|引用|出典|文献|論文|エビデンス|根拠|references?\b|bibliography|sources\b|citations?\b|literature"
    r"|footnotes?\b|endnotes?\b"
)
"""What a heading of references says in whatever words: この記事の参考にした論文, Reference list."""


def names_list(line: str) -> bool:
    """Whether a line is the heading of a list of references: 参考文献（全3件）, 📚 Sources."""
    text = line.strip()
    if len(text) > 40:
        return False
    bare = re.sub(r"\A[\W_]+|[\W_]+\Z", "", _REMARK.sub("", text))
    return _HEADING.match(text) is not None or _HEADING.match(bare) is not None


_SAID = lazy(_SAYING, re.IGNORECASE)
_ANYWHERE = lazy(rf"{_SAYING}|注|参照元|works cited|further reading|&#", re.IGNORECASE)


def may_hold_heading(text: str) -> bool:
    """False only of a text no line of which can be the heading of a list of references."""
    return _ANYWHERE.search(text) is not None


def may_name_list(heading: str) -> bool:
    """Whether a heading speaks of references in whatever words."""
    return len(heading) <= 40 and _SAID.search(heading) is not None


# ── The heading over a list ────────────────────────────────────────────────────────────────


def heading_before(units: Sequence[Unit], index: int) -> Unit | None:
    """The heading of a list of references that stands before a unit, straight or with a word on it.

    ``本記事は次の資料に基づきます：`` is no part of the list, and parts it from no heading.
    """
    for before in (units[max(0, index - 1) : index], units[max(0, index - 2) : index - 1]):
        if not before or before[0].is_dead:
            return None
        if may_head(before[0]):
            return before[0]
        if not is_introduction(before[0]):
            return None
    return None


def is_introduction(unit: Unit) -> bool:
    """Whether a unit is a sentence that leads to a list, and no entry of one."""
    is_entry = labels.read(unit.text) or labels.bullet(unit.text) or unit.items
    is_said = re.search(r"[.。:：]\s*\Z", unit.text) is not None
    return is_said and not (is_entry or unit.is_heading) and reference_score(unit.text) < WEAK


def entries_from(units: Sequence[Unit], heading: int) -> int:
    """Where the entries under a heading begin: behind a sentence that leads to numbered ones."""
    first, following = units[heading + 1 : heading + 2], units[heading + 2 : heading + 3]
    if not first or not following or not is_introduction(first[0]):
        return heading + 1
    is_list = (
        following[0].items or labels.read(following[0].text) or labels.bullet(following[0].text)
    )
    return heading + (2 if is_list and not following[0].is_heading else 1)


def is_heading(unit: Unit) -> bool:
    """Whether a unit is the heading of a list of references."""
    return names_list(unit.text)


def may_head(unit: Unit) -> bool:
    """Whether a unit may be the heading of a list: a heading that speaks of references at all."""
    return names_list(unit.text) or (unit.is_heading and may_name_list(unit.text))


# ── What stands between two numbers: a comma, the sign or word of a range, or a sentence ────────
# ``[1]–[3]`` means three works, ``[1], [3]`` two.  A sign or word that is neither a known comma
# nor part of a sentence may be either.


WIDEST = 60
"""Letters that a word of a list and a word for a range take together, and more."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_RANGE_WORDS = _words("から より ないし 乃至 至 to through thru until till bis à al hasta … ‥ →")
_LIST_WORD = lazy(rf"{marks.WORD}[.:：]?", re.IGNORECASE)
_AROUND = " ()（）[]［］【】〔〕"
_AND = r"(?:と|や|及び|および|並びに|または|又は|若しくは|or|and|and/or|und|oder|et|ou|y|e|i|en)"
_JOINING = lazy(rf"[,，、､;；・･·&＆/／|｜+＋]?\s?{_AND}?", re.IGNORECASE)
_IN_SENTENCE = _words(
    """in of by with for from at on vs versus but nor while as than against see cf also is are was
    were has had not both plus per"""
)
_PARTING = frozenset(f".。．!?！？:：」』”\"'’“「『\n{HOLE}")


def joint(text: str, first: int, last: int) -> str:
    """What stands between two numbers, but for brackets, blanks and the word of the list."""
    shown = "".join(one for one in text[first:last] if unicodedata.category(one) != "Cf")
    return _LIST_WORD.sub("", shown).strip(_AROUND)


def joins(joint: str) -> bool:
    """Whether a joint is a comma, a word as good as one, or nothing at all."""
    return _JOINING.fullmatch(joint) is not None


def is_range(joint: str) -> bool:
    """Whether a joint makes a range of the two numbers beside it."""
    return joint.lower() in _RANGE_WORDS or (joint != "" and not joint.strip(marks.DASH))


def is_odd(joint: str) -> bool:
    """Whether a joint is a sign or a word that may make a range, and that nobody knows.

    >>> is_odd("⸺"), is_odd("jusque"), is_odd("、"), is_odd("but"), is_odd("だが")
    (True, True, False, False, False)
    """
    if not joint or joins(joint) or set(joint) & _PARTING:
        return False
    is_word = joint.isalpha() and joint.islower() and len(joint) < 8
    return (is_word and joint not in _IN_SENTENCE) or re.search(r"\w", joint) is None
