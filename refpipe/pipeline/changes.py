"""What a command changed of works that were there before, field by field."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING
from urllib.parse import unquote

from refpipe.items import values
from refpipe.library import Library
from refpipe.lifetimes import lazy
from refpipe.model import Identifier, Item, Relation, Work

if TYPE_CHECKING:
    from refpipe.items.printed import Printed
    from refpipe.render import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is said of a work now that was not said before."""

    work: Work
    relations: tuple[Relation, ...] = ()
    """Retractions, corrections and other ties that are new."""
    fields: tuple[tuple[str, object, object], ...] = ()
    """(CSL variable, before, after) for each that is another now."""

    @property
    def is_any(self) -> bool:
        """Whether anything changed."""
        return bool(self.relations or self.fields)


def changed(before: Work, after: Work) -> Change:
    """What is another in ``after``."""
    known = {(tie.kind, tie.target) for tie in before.relations}
    return Change(
        work=after,
        relations=tuple(tie for tie in after.relations if (tie.kind, tie.target) not in known),
        fields=tuple(_fields(before.item, after.item)),
    )


def _fields(before: Item, after: Item) -> Iterator[tuple[str, object, object]]:
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield name, before.get(name), after.get(name)


def of_entries(
    library: Library, changed: Iterable[tuple[Work, Work]], style: Style
) -> Iterator[Change]:
    """What is another in the printed entries of works, each of them before and now.

    A work that was not there before has no entry that could have changed, but it may have got the
    identifier by which another one was cited.
    """
    for before, after in changed:
        fields = tuple(_visible(before.item, after.item, style))
        if fields:
            yield Change(work=after, fields=fields)
        now = library.find(Identifier.parse(before.id))
        if now is not None and now.id != after.id:
            entry = _entry(before.item, style)
            yield Change(work=now, fields=(("entry", entry, _entry(now.item, style)),))


def _visible(before: Item, after: Item, style: Style) -> Iterator[tuple[str, object, object]]:
    """The fields by which the entry of an item becomes another; the entry itself if none does."""
    before, after = _told(before), _told(after)
    entry, new = (_entry(item, style) for item in (before, after))
    if entry == new:
        return
    fields = list(_fields(before, after))
    seen = [one for one in fields if _entry(_with(before, *one), style) != entry]
    yield from seen or [("entry", entry, new)]


def _entry(item: Item, style: Style) -> str:
    """The entry of an item as it is printed."""
    from refpipe import markup, render

    return markup.plain(render.entry(_untold(item), style).content)


_ET_AL = {"literal": "et al."}


def _told(item: Item) -> Item:
    """The item with "et al." as the last of its authors, where the list goes on."""
    custom = dict(values.mapping(item.get("custom")))
    goes_on = custom.pop("author-et-al", False)
    shown = {name: value for name, value in item.items() if name != "custom"}
    shown |= {"custom": custom} if custom else {}
    return shown | ({"author": [*(item.get("author") or []), _ET_AL]} if goes_on else {})


def _untold(item: Item) -> Item:
    """The item as it is stored, whose list says aside that it goes on."""
    if _ET_AL not in item.get("author", ()):
        return item
    names = [name for name in item["author"] if name != _ET_AL]
    return {**item, "author": names, "custom": {**item.get("custom", {}), "author-et-al": True}}


def _with(item: Item, name: str, _: object, value: object) -> Item:
    """The item with one field as it is now."""
    others = {variable: told for variable, told in item.items() if variable != name}
    return others if value is None else {**others, name: value}


# ── What of a printed reference its new entry does not show ─────────────────────────────────────
# The words and figures that were printed are looked for in the entry as it is printed now.  What
# is not found word for word counts as shown where it was read as a field that the entry cannot do
# without: an author behind "et al.", a journal's name in full, a year of an era.


def not_shown(
    printed: Printed, item: Item, style: Style, *, told: Collection[str] = ()
) -> tuple[str, ...]:
    """The stretches of a printed reference that its entry has not, as they were printed.

    ``told`` are the fields of which both values were told already.
    """
    shown = _Shown(item, style)
    return tuple(dict.fromkeys(_stretches(printed.text, list(_pieces(printed, shown, told)))))


def plainer(source: str, form: str, item: Item, style: Style) -> tuple[tuple[str, str], ...]:
    """What a reference had in an article of that form beyond words, and its entry has not.

    The words and address of each link, and each word with a raised or lowered sign, with nothing.
    """
    shown = _Shown(item, style)
    links = (link for link in _links(source, form) if not shown.has_address(link[1]))
    return tuple(dict.fromkeys((*links, *((word, "") for word in _on_the_line(source, shown)))))


class _Shown:
    """An entry as it is printed: its words, its figures, where it leads, what it depends on."""

    def __init__(self, item: Item, style: Style) -> None:
        from refpipe import markup, render

        self.item, self.style = item, style
        self.content = render.entry(item, style).content
        self.plain = markup.plain(self.content)
        text = unicodedata.normalize("NFKC", self.plain)
        self.addresses = [_address(run.target) for run in self.content if run.target]
        self.addresses += [_address(one[0]) for one in _PRINTED_ADDRESS.finditer(text)]
        self.words = {_folded(one[0]) for one in _TOKEN.finditer(text) if not _EAST.match(one[0])}
        self.shortened = tuple(_folded(one[1]) for one in re.finditer(r"([^\W\d_]{3,})\.", text))
        self.figures = Counter(one[0].lstrip("0") for one in re.finditer(r"\d+", text))
        self.joined = _joined(self.plain)

    def depends_on(self, name: str, value: object = None) -> bool:
        """Whether the entry would be another without a field of the item, or with this value."""
        from refpipe import markup, render

        if not self.item.get(name):
            return False
        less = _with(self.item, name, None, value)
        return markup.plain(render.entry(less, self.style).content) != self.plain

    def has_address(self, address: str) -> bool:
        """Whether the entry leads there, or to the same work by its DOI."""
        wanted = _address(address)
        doi = str(self.item.get("DOI", "")).lower()
        is_same = any(wanted == one or (wanted and one.endswith(wanted)) for one in self.addresses)
        return is_same or bool(doi and doi in wanted and any(doi in one for one in self.addresses))

    def has_word(self, word: str, *, is_near: bool) -> bool:
        """Whether a word is shown, or one that it abbreviates or is misspelt from."""
        word = _folded(word)
        if word in self.words or word.lstrip("0") in self.figures:
            return True
        if word.startswith(self.shortened):
            return True  # March is shown as Mar.
        return is_near and any(
            one.startswith(word)
            or (len(one) > 2 and word.startswith(one))
            or SequenceMatcher(None, one, word).ratio() >= _NEARLY
            for one in self.words
        )


_NEARLY = 0.75
_KANJI = "\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff"
_EAST = lazy(rf"[{_KANJI}]")
_STOP = r"\s<>「」『』（）()［］【】，、。；"
_PRINTED_ADDRESS = lazy(
    rf"(?i)(?:https?://|www\.)[^{_STOP}]*(?:\([^{_STOP}]*\)[^{_STOP}]*)*[^{_STOP}.,;:]"
    rf"|10\.\d{{4,9}}/[^\s，、。（）「」]*[^\s.,;:，、。（）「」]"
)
_TOKEN = lazy(
    rf"{_PRINTED_ADDRESS.pattern[4:]}|[{_KANJI}]+|\d+(?!\w)|(?:(?![{_KANJI}])[^\W_])+",
    re.IGNORECASE,
)
"""An address, a run of kanji and kana, a figure, or a word."""
_COUNTERS = "第年月日号巻頁版章回条項刷"
_LABEL = lazy(
    r"[A-Za-z]{1,3}|(?i:vols?|nos?|issue|pages?|eds?|edn|edition|editors?|edited|volume|chapter"
    r"|https?|available|accessed|retrieved|cited|online|published|updated|last|date|viewed|from"
    r"|number|with|doi|pmid|pmcid|isbn|issn|others|june?|july?|sept)"
    r"|(?:閲覧|参照|アクセス|最終|確認|取得|更新|公開|発行|出版|編著|共著|監訳|編集|著者|訳者|編者|著|編|訳|他|ほか"
    rf"|および|ページ|電子版|入手|日付|氏|ら|等|など|[{_COUNTERS}]){{1,4}}"
)
"""What says of a value what it is, and is told only together with it."""


def _joined(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _folded(word: str) -> str:
    """A word without its accents, in small letters."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one))


def _address(address: str) -> str:
    plain = unicodedata.normalize("NFKC", unquote(address)).casefold()
    bare = re.sub(r"\A(?:https?://)?(?:www\.|dx\.)*", "", plain)
    return bare.removeprefix("doi.org/").rstrip("/.#")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A stretch of a printed reference, and whether the entry shows it."""

    start: int
    end: int
    kind: str
    """``shown``, ``lost``, ``day`` for a lost part of a date, or ``label`` for what is told only
    together with something lost."""


_DAYS = ("issued", "accessed", "original-date")
_YEAR = lazy(
    r"(?:\d{4}|(?:明治|大正|昭和|平成|令和|[明大昭平令MTSHR])\s?[\d元〇一二三四五六七八九十]+)年?"
)


def _pieces(read: Printed, shown: _Shown, told: Collection[str]) -> Iterator[_Piece]:
    """Each word and figure of a reference, in order."""
    text = read.text
    fields = [(one.span, name) for name, one in read.fields.items() if one.span.of(text)]
    standing = {name for _, name in fields if name in told or shown.depends_on(name)}
    # A number may be told in the title, and a publisher that is the author is told once.
    standing |= {
        name for span, name in fields if len(_joined(span.of(text))) > 3
        and _joined(span.of(text)) in shown.joined
    }  # fmt: skip
    cut = [
        span for span, name in fields
        if name in _DAYS and name in standing and _is_cut(name, read, shown)
    ]  # fmt: skip
    years = [
        (span.start + year.start(), span.start + year.end())
        for span in cut
        for year in _YEAR.finditer(span.of(text))
    ]
    left = Counter(shown.figures)
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        word = unicodedata.normalize("NFKC", token[0])
        over = [name for span, name in fields if span.start < end and start < span.end]
        name = next((name for name in over if name in standing), over[0] if over else "")
        left[word.lstrip("0")] -= 1
        if _PRINTED_ADDRESS.match(word):
            kind = "shown" if shown.has_address(word) else "lost"
        elif text[:start].endswith(("<", "</")):
            continue  # the name of a tag
        elif any(span.start <= start < span.end for span in cut):
            kind = "shown" if any(a <= start < b for a, b in years) else "day"
        elif name in standing and name != "title":
            kind = "shown"
        elif name and name not in standing:
            kind = "lost"
        elif _EAST.match(word):
            yield from _eastern(token, shown)
            continue
        elif word.isdigit():
            kind = "shown" if left[word.lstrip("0")] >= 0 else "lost"
        elif shown.has_word(word, is_near=name == "title"):
            kind = "shown"
        else:
            kind = "label" if _LABEL.fullmatch(word) and not word.isupper() else "lost"
        yield _Piece(start=start, end=end, kind=kind)


def _is_cut(name: str, read: Printed, shown: _Shown) -> bool:
    """Whether the month or the day of a date that was printed is not in the entry."""
    printed = values.mapping(read.reading.item.get(name)).get("date-parts") or [[]]
    held = values.mapping(shown.item.get(name)).get("date-parts") or [[]]
    at = len(printed[0]) - 1
    if at < 1 or printed != held:
        return False
    return not shown.depends_on(name, {"date-parts": [part[:at] for part in held]})


def _eastern(token: re.Match[str], shown: _Shown) -> Iterator[_Piece]:
    """A run of kanji and kana in pieces: those that the entry shows, and what is between them."""
    run, start, at, begun = token[0], token.start(), 0, 0
    while at < len(run):
        length = 0
        while at + length < len(run) and _joined(run[at : at + length + 1]) in shown.joined:
            length += 1
        if length > 1 or (length and len(run) == 1):
            yield from _between(run, start, begun, at)
            yield _Piece(start=start + at, end=start + at + length, kind="shown")
            at += length
            begun = at
        else:
            at += 1
    yield from _between(run, start, begun, len(run))


def _between(run: str, start: int, begun: int, end: int) -> Iterator[_Piece]:
    if begun < end:
        kind = "label" if _LABEL.fullmatch(run[begun:end]) or end - begun == 1 else "lost"
        yield _Piece(start=start + begun, end=start + end, kind=kind)


_BRACKET = lazy(r"[()\[\]（）［］【】「」『』〔〕]")


def _stretches(text: str, pieces: Sequence[_Piece]) -> Iterator[str]:
    """What is lost, neighbours together, with the labels beside it."""
    group: list[_Piece] = []
    last = _Piece(start=len(text), end=len(text), kind="shown")
    for piece in [*pieces, last]:
        is_apart = bool(group) and _BRACKET.search(text, group[-1].end, piece.start) is not None
        if piece.kind == "shown" or is_apart:
            yield from _stretch(text, group)
            group = []
        if piece.kind != "shown":
            group.append(piece)


def _stretch(text: str, group: list[_Piece]) -> Iterator[str]:
    while len(group) > 1 and group[-1].kind == "label":
        between = text[group[-2].end : group[-1].start]
        if not between or (between in (". ", ".", " ") and text[group[-1].start].isupper()):
            break
        del group[-1]
    if not any(one.kind in ("lost", "day") for one in group):
        return
    start, end = group[0].start, group[-1].end
    # A figure is told with the words that it is glued to: 厚生省令第50号, SI 1992/2793.
    glued = rf"[\w/-]{{1,{_WIDEST}}}" if group[0].kind == "lost" else r"[A-Za-z\d/-]+"
    if text[start].isdigit() and (before := re.search(rf"(?<![\w/-]){glued}\Z", text[:start])):
        start = before.start()
    if text[start:end].isdigit() and (word := re.search(r"[^\W\d_]+\.? \Z", text[:start])):
        start = word.start()
    behind = re.match(r"[A-Za-z\d/-]+", text[end:])
    yield text[start : end + behind.end() if behind else end]


_WIDEST = 24
"""Signs that are shown before a figure."""


def _links(source: str, form: str) -> Iterator[tuple[str, str]]:
    """The words and address of each link in the source of a reference that leads off the page."""
    from refpipe.articles import prose

    seen = prose.read(source, form)
    for wrap in seen.wraps:
        if wrap.kind == "link" and wrap.target and not wrap.target.startswith("#"):
            yield " ".join(seen.text[wrap.first : wrap.last].split()), wrap.target


_FACE = lazy(
    r"(?<!\w)(?P<before>\w*)<(?P<tag>sub|sup|i|em)\b[^<>]*>(?P<inside>[^<>]+)</(?P=tag)\s*>"
    r"|(?<![\w*\\])(?P<star>[*_])(?=[^\s*_])(?P<slanted>[^*_\n]+)(?<=\S)(?P=star)(?![\w*])"
)
_MARKS = {"sub": "subscript", "sup": "superscript"}


def _on_the_line(source: str, shown: _Shown) -> Iterator[str]:
    """The words of a reference with a raised, lowered or slanted sign that are plain now."""
    title = _joined(str(shown.item.get("title", "")))
    for found in _FACE.finditer(source):
        mark = _MARKS.get((found["tag"] or "").lower(), "italic")
        inside = (found["inside"] or found["slanted"]).strip()
        is_kept = any(mark in run.marks and inside in run.text for run in shown.content)
        whole = _joined((found["before"] or "") + inside)
        is_word = found["before"] if mark != "italic" else whole != title and whole in title
        if is_word and not is_kept and whole in shown.joined:
            yield found[0]
