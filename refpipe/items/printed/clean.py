"""A reference on one line: what line breaks, tags and look-alike signs did to it is undone.

Every sign of the cleaned text knows where it stood in the original.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, replace

from refpipe.items.printed import japanese_layout
from refpipe.items.printed.articles import address_of_link, labels_behind
from refpipe.items.printed.articles.pieces import loose, respaced
from refpipe.items.printed.people import lists_in_english
from refpipe.items.printed.people.full_names import degrees
from refpipe.items.printed.words import KEPT_HYPHEN_HEADS, KEPT_HYPHEN_TAILS, KNOWN_INITIALS
from refpipe.items.printed.works import days_in_english, western_own_words
from refpipe.lifetimes import lazy
from refpipe.model import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Clean:
    """A reference on one line, twice, with the way back to the original."""

    text: str
    """For values: as printed, but for white space, tags and line-end hyphens."""
    shape: str
    """For patterns: the same length, full-width and fancy signs replaced by plain ones."""
    anchors: tuple[tuple[int, int], ...]
    """(position in ``text``, position in the original), where runs begin."""
    lines: tuple[int, ...] = ()
    """Where lines of the original began, in the cleaned text; the first line not among them."""
    label: str = ""
    """The number or bullet that stood before it."""
    link: tuple[int, int] = (0, 0)
    """The words of the first link in Markdown."""
    stressed: tuple[int, int] = (0, 0)
    """What was emphasised and stands in quotation marks of ours."""

    def origin(self, start: int, end: int) -> Span:
        """Where a stretch of the cleaned text stood in the original."""
        first = self._origin_of(start)
        last = self._origin_of(end - 1, 1) if end > start else first
        return Span(first, max(first, last))

    def _origin_of(self, position: int, more: int = 0) -> int:
        at = bisect_right(self.anchors, (position, 1 << 60)) - 1
        if at < 0:
            return 0
        cleaned, original = self.anchors[at]
        place = original + position - cleaned + more
        # What was set in longer words stands nowhere but where it was set.
        return min(place, self.anchors[at + 1][1]) if at + 1 < len(self.anchors) else place


_FANCY = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **{ord(dash): "-" for dash in "‐‑‒–—―−─━"},
    **{ord(quote): "“" for quote in "„‟«"},
    ord("»"): "”",
    **{ord(apostrophe): "’" for apostrophe in "‘´`ʼ"},
    ord("\u3000"): " ",
    ord("、"): ",",
    ord("，"): ",",
    ord("。"): ".",
    ord("．"): ".",
    ord("｡"): ".",
    ord("､"): ",",
    ord("〜"): "-",
    ord("～"): "-",
    ord("；"): ";",
    **{ord(sign): "[" for sign in "〔【"},
    **{ord(sign): "]" for sign in "〕】"},
    ord("＜"): "(",
    ord("＞"): ")",
}
"""Signs that mean the same to a reader of references, each replaced by one sign."""

_NUMERO = lazy(r"(?<=\b[nN])[°º˚](?=\s?[\dIVX])")
"""``n° 4`` is ``n. 4``."""
_CYRILLIC = lazy(r"(?<![^\W\d_])(?:[сСтТ](?=\.\s?\d)|№(?=\s?\d))")


def _as_latin(label: re.Match[str]) -> str:
    """The label of a volume, an issue or a page."""
    return "n" if label[0] == "№" else "p" if label[0] in "сС" else "v"


def plain_signs(text: str) -> str:
    """The same length, with one sign for all that mean the same."""
    return text.translate(_FANCY)


_LISTED = "(?:参考|引用)(?:文献|資料|サイト|図書|書籍|論文|記事|ホームページ|URL|HP)"
_SOURCES = f"参考|参照|出典|出所|引用元?|資料|典拠|{_LISTED}"
_LABEL = lazy(
    r"\s*(?:(?:\d{1,3}[.)]\s*|[-–•*・]\s*)?\[(?=[^\[\]]{10,}\]\(https?://)"
    r"|(?:[-–•]\s)?[\[［〔【](?:文献)?\s?\d{1,3}[\]］〕】][.:]?|\d{1,3}\s?[|｜]\s|[(（]\d{1,3}[)）]|\([a-z]\)(?=\s[A-Z])|\d{1,3}[)）](?!\d)"
    r"|\d{1,2}(?:[-‐–.．]\d{1,3}){1,3}[)）]"
    r"|\d{1,3}[.．](?=\s*[^\s\d.]|\s+\d{1,4}\s?[^\W\d])|[①-⑳㉑-㉟㊱-㊿⑴-⒇⒈-⒛❶-❿⓫-⓴]|(?!※\s\d)[*•·・●■◆▪‣※〇]\s"
    r"|[・●■◆▪※○◎◯◇□▶►▸☆★▲△▼▽✓✔](?=[^\s\d])"
    r"|\*{1,3}[\[(]?\d{1,3}[\])]?[.:]?\*{1,3}(?=\s)"
    r"|\*(?=[A-Z][a-z]+,)|\d{1,3}[-–]\s?(?=[A-Z][a-z]+,? [A-Z])|[-–]\s"
    r"|\d{1,3}\s(?=[A-Z][a-z]+,? [A-Z]|[A-Z]{2,6} \((?:19|20)\d\d"
    rf"|(?:{'|'.join(sorted(KNOWN_INITIALS))})\.? [A-Z][a-z])"
    rf"|(?:{_SOURCES})\s?[:：)）]|[【［\[(（＜](?:{_SOURCES}|注釈?|註)[】］\])）＞][:：]?(?=\s*[^\s])"
    rf"|(?:図表?|表)\s?\d{{1,3}}\s+(?=(?:{_SOURCES})\s?[:：])"
    r"|(?:Ref(?:erence)?s?|Source|Citation|Reference list)\s?:\s(?:\d{1,3}[.)]\s)?(?=[A-Z])"
    r"|[A-Za-z\d.#§*-]{1,8}[)\]](?=\s+[^\W\d_])|[^\W_]{1,8}[)）](?=\s*[\u3040-\u30ff\u3400-\u9fff])|[ªº²³¹\u02b0-\u02b8\u1d2c-\u1d6a\u1d9b-\u1dbf\u2070-\u209c]{1,4}(?=\s|[A-Z][a-z]{2,}[,\s]|[\u3040-\u30ff\u3400-\u9fff])"
    r"|\[\^[^\]\s]{1,40}\]:?(?=\s)|\#{1,6}\s+(?:\d{1,3}[.)])?|\*\s@\w+\s"
    r"|(?:(?:参考)?書籍|図書|単行本|論文|参考書|記事)(?:\s?(?=[「『])|\s?[:：]\s?(?=\S))"
    r"|[図表]\s?\d{0,2}(?:[-–]\d{1,2})?\s?[:：](?!\d)"
    r"|[〜～](?=[\u30a1-\u30ff\u3400-\u9fff]{2,16}[「：])"
    r"|(?:参考|引用)?文献\s?[(（]\d{1,3}[)）]"
    r"|[(（\[［【]?(?:文献|引用|参考文献|注釈?|註|脚注|※|[*＊])\s?\d{1,3}\s?(?:[)）\]］】][:：.．]?|[:：.．](?=\s*[^\s\d])|(?=\s)))\s*"
)
_OPEN, _CLOSE = r"[\[［〔【(（]", r"[\]］〕】)）]"
_TWICE = lazy(
    rf"\s*(?:{_OPEN}\s?(?P<box>\d{{1,3}})\s?{_CLOSE}[.．:：]?|(?P<half>\d{{1,3}})[)）.．:：]"
    rf"|(?P<ring>[①-⑳㉑-㉟㊱-㊿⑴-⒇⒈-⒛❶-❿⓫-⓴])|(?P<bare>\d{{1,3}})(?=\s))\s*"
    rf"(?:(?:{_OPEN}\s?(?P<shut>\d{{1,3}})\s?{_CLOSE}[.．:：]?|(?P<ended>\d{{1,3}})[)）][.．:：]?)"
    r"|(?P<dotted>\d{1,3})[.．](?=\s|[^\s\d]))\s*(?=\S)"
)
"""Two numbers in front: that of the page's list and that which was printed (``2. 3)``)."""
_OPENER = (
    r"\w\s\"'“”‘’「『〈《«<＜〔［【（(\[{¿¡$€£@#&*+~\-−–—↑^"
    r"±×÷=\u2200-\u2216\u221a-\u22c3\u22c7-\u22ff"
)
_SIGNS = lazy(
    rf"\s*(?![※＊]\s?\d)(?:[^{_OPENER}]{{1,3}}\s+(?=\S)|[^{_OPENER}%％‰°.…!！?？〜～]{{1,3}}(?=\w|[\[(「『]))"
)
"""Signs before a reference that open no title: a bullet, and what a wrong encoding makes of it.

``≥65 years`` and ``%肺活量`` begin with a word's first sign.
"""
_BOXED_LABEL = lazy(
    r"\s*[\[［〔【]\s?(?:\^?\d{1,3}|[ivxl]{1,6}|[IVXL]{1,6}|[\u2160-\u217f]{1,3}|[A-Za-z]{1,2}\d{0,3}"
    r"|[^\W\d_]{2,10}\+?\d{2,4}[a-z]?|[ア-ンぁ-ん])\s?"
    r"[\]］〕】](?!(?<=\])[A-Za-z]|\s*[a-z]{4})[.:：．]?\s*(?=\S)"
)
"""``[a] Smith J``, and neither ``[F18]FDG`` nor ``[In] vitro``."""
_PART_LABEL = lazy(r"\s*[a-zａ-ｚア-オ][)）]\s*(?=[\u3040-\u9fff])")
"""Which of several works under one number follows: 9) a) …"""
_INDEX_NUMBER = lazy(r"\s*医中誌(?:Web)?\s?(?:ID|文献番号)?\s?[:：]?\s?\d{8,12}\s+")
"""Under which number an index has the article; it stands behind the label, before the names."""
_SOURCE_LABEL = lazy(
    r"\s*(?:[Vv]gl\.|[Cc]f\.|[Ss]iehe|[Zz]ob\.|[Vv]éase|[Vv]oir|[Ss]ee(?:\salso)?)\s(?=[A-ZÀ-Þ][^\s:]*[a-zß-ÿ][^\s:]*,)|"
    rf"\s*[【［\[(（＜<]?(?:{_SOURCES})[】］\])）＞>]?\s?(?:[:：]\s*(?=\S)|(?=[「『]))"
    rf"|\s*{_LISTED}\s+(?=[^\s\d])|\s*[\[［][ivx]{{1,5}}[\]］]\s*(?=\S)"
)
"""``※2 出典：…``, ``4. [iv] …``: what stands behind another mark, and before the work.

Initials show that it is a name: ``See KC, Tan BH``."""
_BACK_LINKS = lazy(
    r"\s*(?:\d{1,3}\s(?=[↑^]|Jump up))?"
    r"(?:(?:[↑^]\s*)?Jump up(?:\s?to)?(?:\s?:\s?|\s(?=[↑^\d])|\s(?=[a-z]\s))|[↑^])[\s↑^]*"
    r"(?:(?:\d{1,3}[.,]\d{1,2}|[a-z]{1,2}(?:,|(?=\s(?:[a-z]{1,2},?\s)*[^\W\d_a-z])))\s+)*(?=\S)"
)
"""``↑ Jump up to: 1.0 1.1`` and ``^ a b``: where a wiki's text points to the reference."""
_GLUED_LABEL = lazy(r"\s*\d{1,3}(?=[A-Z][a-z’'-]+\s[A-Z]{1,3}(?:,\s?[A-Z][a-z’'-]+\s[A-Z]|\.\s))")
"""``5Taylor NF, Dodd KJ``: nothing but the number of a list touches a name."""
_DIRT = lazy(
    r"(?P<hyphen>(?<=[^\W\d_])[-‐\u00ad][ \t]*\r?\n\s*(?=[a-zà-öø-ÿ]))"
    r"|(?P<dash>(?<=\w)[-‐–][ \t]*\r?\n\s*(?=[A-Z0-9]))"
    # A figure alone on its line is the label of a neighbour, unless it may end the title.
    r"|(?P<lone>(?<![:;(\d–-])[ \t]*\n[ \t]*(?:\[\d{1,3}\][ \t]*\n\s*(?=[^\W\d_]|[\"“])"
    r"|\d{1,3}[.)][ \t]*\n\s*(?=(?-i:[a-z\"“]|[A-Z]{1,3}[,.]\s)))"
    r"|(?<=[.,])[ \t]*\n[ \t]*\d{1,3}[.)][ \t]*\n\s*(?=[^\W\d_]))"
    r"|(?P<nothing2>\[(?=[^\[\]]{1,60}\]\([^\s]{2,300}\s\"wikilink\"\))|\]\([^\s]{2,300}\s\"wikilink\"\))"
    r"|(?P<space2>\](?=\(https?://))"
    r"|(?P<link>\[(?=(?:[^\[\]]{10,300}|[^\[\]]{0,9}[\u3040-\u30ff\u3400-\u9fff][^\[\]]{3,9})\]\(https?://))"
    r"|(?P<slash>(?<=[/_=&])[ \t]*\n\s*(?=[^\s]))"
    r"|(?P<wide>(?<=[\u3040-\u30ff\u3400-\u9fff，．、。：；])[ \t]*\r?\n\s*"
    r"(?=[\u3040-\u30ff\u3400-\u9fff]))"
    r"|(?P<compose>[^\W\d_][\u0300-\u036f]+)"
    r"|(?P<comment>[ \t]*\n\s*(?:\#['’]?|\*|//|>)\s+)|(?P<space>[^\S ]\s*| \s+)"
    r"|(?P<nothing>[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f]+)"
    r"|(?P<entity>&(?:[a-zA-Z]{2,8}|\#\d{1,6}|\#x[0-9a-fA-F]{1,6});)"
    r"|(?P<tag></?[a-z][\w:-]{0,24}(?:\s[^<>]{0,300}=[^<>]{0,300})?\s?/?>)"
    r"|(?P<angle><(?=(?:https?://|www\.)[^<>\s]+(?:[ \t]*\n\s*[^<>\s]+){0,2}>)|>)"
    r"|(?P<latex>``(?=\w)|(?<=[\w.,?!])''(?=[\s,.]))"
    r"|(?P<under>(?<![^\s(\[])_{1,2}(?=[^\s_])|(?<=[^\s_])_{1,2}(?=[\s,.;:)]|$))"
    r"|(?P<stars>(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?=[\s,.;:)：；、，。．）（「『]|$))",
    re.IGNORECASE,
)


_UNDERLINED = lazy(r"(?<![^\s(\[])(_{1,2})(?=[^\s_])[^_]*[^\s_](\1)(?=[\s,.;:)]|$)")


def clean(raw: str, begin: int = 0) -> Clean:
    """The reference as ``joined`` gives it, its marks set as the West sets them.

    A reader of its text needs the blanks; who shows the reference wants it as it was printed.
    """
    return _set(joined(raw, begin))


def parted_at_lines(printed: Clean) -> Clean:
    """The reference with a full stop where a line ends without a sign."""
    ends = [(line - 1, line, ". ") for line in printed.lines if printed.text[line - 2].isalnum()]
    return changed(printed, ends[::-1])


def joined(raw: str, begin: int = 0) -> Clean:
    """The reference without its label, on one line, with the way back to the original.

    What stands before ``begin`` is none of it.
    """
    return unbroken(raw, *_behind_label(raw, begin))


def _behind_label(raw: str, begin: int) -> tuple[int, str]:
    """Where the reference begins behind its number, key or signs, and these."""
    label = ""
    signs = _SIGNS.match(raw, begin)
    begin = signs.end() if signs else begin
    found = _twice(raw, begin) or _LABEL.match(raw, begin) or _BOXED_LABEL.match(raw, begin)
    found = found if found and found.end() < len(raw) else signs
    if found:
        begin, label = found.end(), raw[: found.end()].strip()
    part = _PART_LABEL.match(raw, begin) if found else None
    begin = part.end() if part else begin
    end = japanese_layout.end_of_key(raw, begin)
    begin, label = end, label or raw[begin:end].strip()
    for front in (_SOURCE_LABEL, _INDEX_NUMBER, _BACK_LINKS, _GLUED_LABEL):
        found = front.match(raw, begin)
        begin = found.end() if found and found.end() < len(raw) else begin
    return begin, label


_WORDED = lazy(r"\W*(?![ivxl]+\W|[IVXL]+\W)(?P<word>[^\W\d_]{2,8})[)）]")
"""A word and a bracket that nothing opened; no figure, letter or key of a list."""
_KEYED = lazy(r"[\[［〔【]\s?[^\W\d_]{2,15}\+?\d{1,4}[a-z]?\s?[\]］〕】][.:：．]?")


def worded_label(printed: Clean, *, is_named: bool) -> str:
    """What a reference begins with that may be more than the number of a list, as it stands.

    Before names a word with figures in a box is a key, and else perhaps the title's ([COVID19]).
    """
    worded = _WORDED.fullmatch(printed.label)
    is_word = worded is not None and re.fullmatch(_SOURCES, worded["word"]) is None
    is_key = not is_named and _KEYED.fullmatch(printed.label)
    return printed.label if is_key or is_word else ""


def unbroken(raw: str, begin: int = 0, label: str = "") -> Clean:
    """A reference on one line, with the way back to the original; all that it begins with stays."""
    begin, raw = _unwrapped(raw, begin)
    pieces: list[str] = []
    anchors: list[tuple[int, int]] = []
    lines: list[int] = []
    # The bracket of a link may stand at the end of the label.
    opened = 0 if raw[:begin].endswith("[") else -1
    length, last, link = 0, begin, (0, 0)
    is_angled = False
    for match in _DIRT.finditer(raw, begin):
        if match.start() > last:
            pieces.append(raw[last : match.start()])
            anchors.append((length, last))
            length += match.start() - last
        if match.lastgroup == "link":
            opened = length
        elif match.lastgroup == "space2" and opened >= 0 and not link[1]:
            link = (opened, length)
        instead = _instead(match, raw)
        if match.lastgroup == "angle":
            # What closes no address says that something is greater: BMI> 40.
            instead = ">" if match[0] == ">" and not is_angled else ""
            is_angled = match[0] == "<"
        if instead:
            pieces.append(instead)
            anchors.append((length, match.start() + max(match[0].find("http"), 1) - 1))
            length += len(instead)
        if instead == " " and "\n" in match[0]:
            lines.append(length)
        last = match.end()
    if last < len(raw):
        pieces.append(raw[last:])
        anchors.append((length, last))
    text = "".join(pieces)
    shape = plain_signs(_CYRILLIC.sub(_as_latin, _NUMERO.sub(".", text)))
    return Clean(
        text=text, shape=shape, anchors=tuple(anchors), lines=tuple(lines), label=label, link=link
    )  # fmt: skip


def _set(printed: Clean) -> Clean:
    """The reference with the room that a reader of it asks for."""
    if not _is_native(printed.text):
        for found in (loose, degrees, lists_in_english, labels_behind, days_in_english):
            printed = changed(printed, _apart(found(printed.shape)))
        printed = replace(printed, shape=western_own_words.in_english(printed.shape))
    return changed(printed, _respaced(printed.text, printed.shape, printed.link))


def changed(printed: Clean, places: list[tuple[int, int, str]]) -> Clean:
    """The reference with other signs at these places, the last of them first."""
    text, shape, anchors, lines = printed.text, printed.shape, list(printed.anchors), printed.lines
    behind: list[tuple[int, int]] = []
    moved = 0
    for start, end, sign in places:
        text = f"{text[:start]}{sign}{text[end:]}"
        shape = f"{shape[:start]}{plain_signs(sign)}{shape[end:]}"
        while anchors[-1][0] > end:
            behind.append((anchors[-1][0] - moved, anchors.pop()[1]))
        there = anchors[-1][1] + end - anchors[-1][0]
        while anchors[-1][0] > start:
            anchors.pop()
        more = len(sign) - end + start
        lines, moved = tuple(line + more * (line >= end) for line in lines), moved + more
        anchors.append((start + len(sign), there))
    anchors += [(at + moved, original) for at, original in reversed(behind)]
    return replace(printed, text=text, shape=shape, anchors=tuple(anchors), lines=lines)


_WRITTEN = lazy("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CORNER = lazy(r"(?P<before>\s?)(?P<open>[「『])|[」』](?P<behind>\s?)(?=(?P<more>\w?))")


def _is_native(text: str) -> bool:
    return _WRITTEN.search(text) is not None or japanese_layout.is_set(text)


def _respaced(text: str, shape: str, link: tuple[int, int]) -> list[tuple[int, int, str]]:
    """What is to be set as the West sets it, the last place first: (start, end, instead)."""
    found = western_own_words.room(text, shape) + respaced(shape)
    if ("「" in text or "『" in text) and not _is_native(text):
        # Around words of the West these are quotation marks like others.
        for corner in _CORNER.finditer(text):
            is_first = corner.start() == 0 and not corner["before"]
            sign = (
                ("“" if is_first else " “") if corner["open"] else "”" + " " * bool(corner["more"])
            )
            found.append((*corner.span(), sign))
    if _is_native(text):
        found = japanese_layout.linked(text, *link) + found + japanese_layout.laid_out(text, shape)
    else:
        found += western_own_words.hosts_in_english(shape)
        found += western_own_words.wide_room(text)
    return _apart(found)


def _apart(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The places without those that meet an earlier one, the last place first."""
    kept: list[tuple[int, int, str]] = []
    for one in sorted(set(found)):
        if not kept or one[0] >= kept[-1][1]:
            kept.append(one)
    return kept[::-1]


def _twice(raw: str, begin: int) -> re.Match[str] | None:
    """The two numbers in front of a reference.

    A figure that a bracket closes opens no title.  One behind which a full stop stands may, and one
    before which nothing but a blank stands, so that the two have to agree.
    """
    match = _TWICE.match(raw, begin)
    if match is None:
        return None
    first = match["box"] or match["half"] or match["bare"] or match["ring"]
    figures = re.search(r"\d+", unicodedata.normalize("NFKC", first))
    second = match["shut"] or match["ended"] or match["dotted"]
    is_agreed = figures is not None and int(figures[0]) == int(second)
    return match if is_agreed or not (match["dotted"] or match["bare"]) else None


_WRAPPED = [
    (opener, closer, re.compile(
        rf"\s*[{re.escape(opener)}](?P<all>.*)[{re.escape(closer)}]\s*[.．。]?\s*$", re.DOTALL
    ))
    for opener, closer in (("(（", ")）"), ("[［", "]］"), *("〔〕", "【】", "＜＞", "《》"))
]  # fmt: skip


def _unwrapped(raw: str, begin: int) -> tuple[int, str]:
    """Where a reference begins and its text, without brackets around the whole of it."""
    for opener, closer, whole in _WRAPPED:
        wrapped = whole.match(raw, begin)
        if wrapped is None or len(wrapped["all"]) < 30:
            continue
        depth = 0
        for sign in wrapped["all"]:
            depth += (sign in opener) - (sign in closer)
            if depth < 0:
                return begin, raw
        return (wrapped.start("all"), raw[: wrapped.end("all")]) if depth == 0 else (begin, raw)
    return begin, raw


def _instead(match: re.Match[str], raw: str) -> str:
    """What stands in the place of a piece of dirt; nothing for most kinds."""
    kind, found = match.lastgroup, match[0]
    if kind in ("space", "space2", "lone", "comment"):
        return " "
    if kind == "hyphen":
        return "-" if _keeps_hyphen(raw, match) else ""
    if kind == "entity":
        return html.unescape(found).replace("\xa0", " ")
    if kind in ("stars", "under"):
        return "" if _is_emphasis(match, raw) else found
    if kind == "compose":
        return unicodedata.normalize("NFC", found)
    instead = address_of_link(found, raw) if kind == "tag" else found[0] * (kind == "dash")
    return _LATEX.get(found, instead)


def _is_emphasis(match: re.Match[str], raw: str) -> bool:
    """Whether stars or low lines come in pairs; a star alone is a footnote's, or a bullet."""
    runs = _UNDERLINED.finditer(raw) if match.lastgroup == "under" else ()
    is_pair = match.lastgroup == "stars" and _BULLET.sub("", raw).count("*") % 2 == 0
    return is_pair or any(match.start() in (run.start(), run.start(2)) for run in runs)


_BULLET = lazy(r"^[ \t]*\*\s", re.MULTILINE)
_LATEX = {"``": "“", "''": "”"}
"""Quotation marks as LaTeX writes them."""


def _keeps_hyphen(raw: str, match: re.Match[str]) -> bool:
    """Whether a hyphen at a line's end belongs to the word.

    No word list knows every compound of medicine, so only heads and tails that are mostly
    written with a hyphen keep it, and words that were hyphenated already.
    """
    if match[0][0] == "\u00ad":
        return False
    before = re.search(r"[^\W_]+$", raw[max(0, match.start() - 40) : match.start()])
    after = re.match(r"[^\W_]+", raw[match.end() : match.end() + 40])
    head = before[0] if before else ""
    tail = after[0] if after else ""
    if len(head) == 1 or head.isupper() or any(sign.isdigit() for sign in head):
        return True
    return head.lower() in KEPT_HYPHEN_HEADS or tail.lower() in KEPT_HYPHEN_TAILS


_SAME_AUTHOR = lazy(r"\s*(?:[-‐–—―−_]{3,}|—{2,}|⸺+|⸻)[.,:]?(?=\s)")


def end_of_dashes(text: str) -> int:
    """Where the dashes end that stand for the author of the reference above; 0 without them."""
    found = _SAME_AUTHOR.match(text)
    return found.end() if found else 0
