"""Whether the kind of a work is told by what is printed, or was chosen for want of a sign.

A type is read before the fields are, from words and their order, and stands nowhere in print.
When all is read, each sign is asked again: with which kinds of work does it go, and which does it
tell?  A volume goes with no web page, a translator with no article, the word of a thesis with
nothing else.  The kind is sure if every sign goes with it and one of them tells it; a field that
is itself in doubt tells nothing.  What most styles print alike (a book and a report of one
publisher, a chapter and a paper of proceedings) is not parted for its own sake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from refpipe.items.printed.articles.split import is_journal_name
from refpipe.items.printed.nouns import TYPE_OF, Printed
from refpipe.items.printed.people.japanese_names import JAPANESE, is_body
from refpipe.items.printed.works import imprint
from refpipe.items.printed.works.japanese_kinds import PERIODICAL as JAPANESE_PERIODICAL
from refpipe.items.printed.works.western_own_words import REPORT_NAME
from refpipe.lifetimes import lazy

TOLD, DOUBTED = 0.9, 0.6
"""The confidence of a kind that signs tell, and of one that none tells or one speaks against."""
LABELLED = 0.8
"""How sure the labeller must be of each word of a publisher or a host that the grammar has not."""


def _of(kinds: str) -> frozenset[str]:
    return frozenset(kinds.split())


_SERIAL = _of("article-journal article-magazine")
_PARTS = _of("chapter paper-conference")
_WHOLE = _of("book report thesis")
_OWN = _of(
    "article-newspaper article legislation legal_case standard dataset motion_picture software"
    " entry-encyclopedia"
)
"""Kinds that only words of their own make a reference."""
_OWN_WORDS = _of("drug-label law standard thesis")
"""What the grammar takes for such a kind by its words alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sign:
    """With which kinds of work something goes that is printed, and which it tells."""

    fits: frozenset[str] = frozenset()
    """All it goes with; where empty, any but those that it bars."""
    bars: frozenset[str] = frozenset()
    tells: frozenset[str] = frozenset()

    def is_against(self, kind: str) -> bool:
        return kind in self.bars or bool(self.fits and kind not in self.fits)


def confidence(read: Printed, grammar: str, labelled: Mapping[str, float]) -> float:
    """How sure the type of a reading is.

    ``grammar`` is the kind that the grammar took the reference for, ``labelled`` how sure the
    labeller is of its surest stretch of each label, where it was asked.
    """
    kind = str(read.reading.item["type"])
    is_told = grammar in _OWN_WORDS and TYPE_OF[grammar] == kind
    if kind == "document":
        return TOLD if is_told else DOUBTED
    is_told = is_told or kind in _OWN
    for sign in _signs(_Read(read), labelled):
        if sign.is_against(kind):
            return DOUBTED
        is_told = is_told or kind in sign.tells
    return TOLD if is_told else DOUBTED


class _Read:
    """A reading, as signs are sought in it."""

    def __init__(self, read: Printed) -> None:
        self.item, self.fields, self.text = read.reading.item, read.fields, read.text
        self.rest = "\n".join(one.text for one in read.rest)
        self.title, self.series = self.value("title"), self.value("collection-title")
        self.host, self.house = self.value("container-title"), self.value("publisher")
        self.beside = self._without("title", "author", "editor", "URL", "DOI")
        """What is printed beside the title, the names and the address."""

    @property
    def is_of_day(self) -> bool:
        issued = self.item.get("issued")
        return isinstance(issued, dict) and len(issued["date-parts"][0]) == 3

    def value(self, name: str) -> str:
        return str(self.item.get(name, ""))

    def has(self, *names: str) -> bool:
        return any(name in self.item for name in names)

    def sure(self, name: str) -> bool:
        return name in self.fields and self.fields[name].confidence > DOUBTED

    def before(self, name: str) -> str:
        return self.text[: self.fields[name].span.start] if name in self.fields else ""

    def _without(self, *names: str) -> str:
        text = self.text
        for name in names:
            if name in self.fields:
                span = self.fields[name].span
                text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
        return text


def _signs(read: _Read, labelled: Mapping[str, float]) -> Iterator[_Sign]:
    yield from _of_numbers(read)
    yield from _of_host(read)
    yield from _of_house(read)
    yield from _of_books(read)
    yield from _of_pages(read)
    yield from _of_words(read)
    yield from _of_labels(read, labelled)


# ── signs that fields are ───────────────────────────────────────────────


def _of_numbers(read: _Read) -> Iterator[_Sign]:
    """A volume and an issue, the month of an issue, a number that medical databases give."""
    if read.host and not read.house and _is_numbered(read):
        fits = _SERIAL | _of("paper-conference article-newspaper article standard")
        yield _Sign(fits=fits, tells=_SERIAL)
    if "月号" in read.beside:
        yield _Sign(fits=_SERIAL, tells=_SERIAL)
    if read.has("PMID", "PMCID"):
        yield _Sign(bars=_of("webpage thesis report"), tells=_of("article-journal"))
    if read.has("volume", "issue", "page"):
        yield _Sign(bars=_of("webpage"))
    if _NUMBER_LEFT.search(read.rest):
        yield _Sign(bars=_of("webpage book thesis document"))


def _is_numbered(read: _Read) -> bool:
    """Whether figures show that the host is a journal; of one in doubt a figure alone does not."""
    if read.sure("container-title"):
        return read.has("volume", "issue")
    return read.has("volume") and read.has("issue", "page")


def _of_host(read: _Read) -> Iterator[_Sign]:
    """The name of what holds the work, and what it tells."""
    if not read.host:
        yield _Sign(bars=_SERIAL | _PARTS)
        return
    before = read.before("container-title")
    yield _Sign(
        bars=_WHOLE | _of("standard legislation"),
        tells=_PARTS if _IN_BEFORE.search(before) else frozenset(),
    )
    is_serial = _PERIODICAL.search(read.host) is not None
    is_meeting = _MEETING.search(f"{read.host}\n{read.rest}") is not None
    if read.sure("container-title") and not read.house:
        is_named = is_serial or is_journal_name(read.host) or _is_japanese_serial(read.host)
        if is_named or read.has("DOI"):
            yield _Sign(tells=_SERIAL)
    if _MEETING_HELD.search(read.host):
        # With a volume proceedings are called a journal as often as not.
        yield _Sign(bars=_SERIAL)
    if not read.has("volume", "issue"):
        if _NEWSPAPER.search(read.host):
            paper = _of("article-newspaper")
            yield _Sign(fits=paper | _SERIAL if is_serial else paper, tells=paper)
        if is_meeting:
            yield _Sign(fits=_PARTS, tells=_PARTS)
        if _HOUSE.search(read.host) and not is_serial:
            yield _Sign(bars=_SERIAL | _of("article-newspaper webpage article"))


def _is_japanese_serial(host: str) -> bool:
    return bool(JAPANESE.search(host) and JAPANESE_PERIODICAL.search(host))


def _of_house(read: _Read) -> Iterator[_Sign]:
    """Who gave the work out, and where."""
    if read.house:
        is_known = _SOLD.search(read.house) or read.has("publisher-place")
        told = _of("book") if is_known else _of("")
        if imprint.is_house(read.house) or is_body(read.house):
            told |= _of("") if read.has("accessed") else _of("report")
        is_of_journal = JAPANESE.search(read.host) is not None and _is_numbered(read)
        if is_of_journal:
            yield _Sign(tells=_SERIAL)
        yield _Sign(
            bars=_of("article-newspaper") | (_of("") if is_of_journal else _SERIAL),
            tells=told | (_PARTS if read.host else frozenset()),
        )
    if read.has("publisher-place"):
        bars = _SERIAL | _of("article-newspaper")
        bars |= _of("") if read.has("URL") else _of("webpage article")
        yield _Sign(bars=bars, tells=_of("book") if read.sure("publisher-place") else _of(""))


def _of_books(read: _Read) -> Iterator[_Sign]:
    """What only books have: a number, an edition, who edited or translated, how long it is."""
    if read.has("ISBN"):
        yield _Sign(fits=_WHOLE | _PARTS, tells=_of("book"))
    if read.has("edition"):
        yield _Sign(bars=_SERIAL | _of("thesis paper-conference"), tells=_of("book"))
    if read.has("editor"):
        book = _of("book chapter") if read.host else _of("book")
        yield _Sign(fits=_PARTS | _of("book report"), tells=book)
    if read.has("editor") and read.has("author") and not read.host and _WORDS.search(read.rest):
        yield _Sign(bars=_of("book"))
    if read.has("translator"):
        yield _Sign(fits=_of("book chapter"), tells=_of("book"))
    if read.has("number-of-pages"):
        yield _Sign(fits=_WHOLE, tells=_of("book"))
    is_boxed = read.before("title").endswith("『")
    if is_boxed or _PAPERBACK.search(f"{read.beside}\n{read.series}"):
        yield _Sign(tells=_of("book"))


def _of_pages(read: _Read) -> Iterator[_Sign]:
    """An address, and the day on which it was read."""
    if read.has("URL", "accessed"):
        yield _Sign(tells=_of("webpage"))
    if read.host and read.is_of_day and read.before("title").endswith(_QUOTES):
        # A magazine's or a newspaper's page is dated like any other.
        yield _Sign(bars=_of("webpage"))


# ── signs that words are ────────────────────────────────────────────────


def _of_words(read: _Read) -> Iterator[_Sign]:
    """Words that name a kind of work, beside what is its title."""
    if _THESIS.search(read.beside):
        yield _Sign(fits=_of("thesis"), tells=_of("thesis"))
    if box := _BOX.search(read.text):
        yield _Sign(fits=_BOXED[str(box.lastgroup)])
    if _MEETING.search(read.beside):
        yield _Sign(tells=_of("paper-conference"))
    is_serial = bool(read.host) and not read.house and _is_numbered(read)
    if _IN.search(read.title) or (
        not is_serial and _IN.search(_ERRATUM.sub(" ", read.beside)) is not None
    ):
        yield _Sign(fits=_PARTS, tells=_PARTS)
    if _MEETING_NAMED.search(read.title) or _ENTRY.search(read.title):
        yield _Sign(fits=_PARTS)
    if _CHAPTER.search(read.beside):
        yield _Sign(tells=_of("chapter"))
    if _NEWSPAPER.search(read.rest):
        yield _Sign(fits=_of("article-newspaper"))
    if _STANDARD.search(read.title):
        yield _Sign(bars=_SERIAL | _of("book chapter"))
    yield from _of_reports(read)


def _of_reports(read: _Read) -> Iterator[_Sign]:
    if REPORT_NAME.search(read.beside):
        yield _Sign(bars=_SERIAL | _of("article-newspaper"))
    if _REPORT_NAMED.search(read.series):
        yield _Sign(bars=_SERIAL | _of("book chapter"))
    if _REPORT.search(read.text):
        yield _Sign(tells=_of("report"))
    if _GUIDELINE.search(read.title):
        yield _Sign(tells=_of("book report"))


def _of_labels(read: _Read, labelled: Mapping[str, float]) -> Iterator[_Sign]:
    """A publisher or a host that the labeller sees, and the reading has not."""
    if labelled.get("publisher", 0) >= LABELLED and not read.house:
        bars = _SERIAL | _of("article-newspaper")
        yield _Sign(bars=bars if labelled.get("container", 0) >= 0.5 else bars | _of("webpage"))
    if labelled.get("container", 0) >= LABELLED and not (read.host or read.series):
        yield _Sign(bars=_WHOLE)


# ── words ───────────────────────────────────────────────────────────────

_QUOTES = ("“", '"', "‘")
_HOUSE = lazy(
    rf"{imprint.WESTERN_HOUSE.pattern}|Universi|(?:書院|出版[会部社]?|[^会公結神聞]社|書[店房])$"
)
_SOLD = lazy(rf"{imprint.WESTERN_HOUSE.pattern}|{imprint.PUBLISHER.pattern}")
"""What shows by its name that it publishes; any other was only read at a publisher's place."""
_PERIODICAL = lazy(
    r"\b(?:Journal|Bulletin|Annals|Annales|Transactions|Archives|Review|Revista|Revue|Rivista"
    r"|Zeitschrift|Letters|Acta|Magazine|Quarterly|Cahiers|Cadernos|J)\b"
    r"|(?:誌|紀要|会報|年報|論集|論叢|ジャーナル|学報)(?:\s|$)|月刊|季刊|週刊"
)
_NEWSPAPER = lazy(
    r"新聞|朝刊|夕刊|通信社|\b(?:Times|Post|Herald|Tribune|Zeitung|Shimbun|Guardian|Telegraph"
    r"|Gazette|Chronicle|Le Monde|El Pa[ií]s|[Mm]anifesto|Repubblica)\b"
)
_MEETING = lazy(
    r"\b(?:Proceedings|Proc|Conference|Conf|Symposi(?:um|on)|Workshop|Congress|Congreso|Congr[eè]s"
    r"|Simp[óo]sio|Tagung|Colloque|Anais|Atti|Convegno|Konferenz|[Pp]resented (?:at|to)|Poster)\b"
    r"|学術(?:集会|大会)|年次大会|全国大会|研究発表会|講演会|[学大総]会\s?(?:$|[第(（.,，、])"
    r"|第\s?\d+\s?回|抄録|予稿|講演論文|発表論文|シンポジウム",
    re.MULTILINE,
)
_MEETING_HELD = lazy(r"\bProc.*\b(?:Conference|Symposium|Workshop)\b")
_ENTRY = lazy(
    r"[.?!]\s(?:[A-ZÀ-Þ]\w*\s){0,2}(?:Encyclop|Enciclop|Enzyklop|Di[ck][ct]ion|Lexikon|Handbook)"
)
"""``Thurber, James. Encyclopedia of …``: a title that took a work of reference with it."""
_MEETING_NAMED = lazy(r".{12}\b(?:Proceedings|Proc\.)\s(?:of|IEEE|ACM)\b")
"""Proceedings behind other words: a title that took its container with it."""
_THESIS = lazy(
    r"\b(?:[Dd]iss(?:erta|\.)|[Tt](?:h(?:es[ei]s|èses?|ese\sd)|es[ie]s?)\b|[Dd]iplom(?:a|ová|arbeit)?\b"
    r"|[Mm](?:estrado|aestr[ií]a)|[Dd]o(?:utorado|ctorado|ctorat)|[Ll]icenciatura"
    r"|[Hh]abilitation|[Pp]roefschrift|[Aa]vhandling)"
    r"|(?:(?<=[(\[])|(?<=[^A-Z]\.\s))Ph\.?\s?D\b"
    r"|(?:学位|博士|修士|卒業)[^\s,，、.．。「」『』()（）]{0,6}論文|卒論|修論|博論|硕士|석사|박사"
)
"""A thesis, in the languages in which references to one are most often printed."""
_REPORT = lazy(
    r"\b(?:[Rr]eports?|[Rr]apport|[Bb]ericht|[Ii]nforme|[Rr]elat[óo]rio|(?:[Ww]orking|[Dd]iscussion"
    r"|White) [Pp]apers?|[Tt]ech(?:nical)?|[Mm]emorandum|[Gg]uid(?:elines?|ance)|[Ss]trategy"
    r"|[Rr]ecommendations?|[Ss]tatistics|[Ss]urvey|[Dd]ata [Bb]rief|[Pp]lan|[Ff]act [Ss]heet|Rep)\b"
    r"|報告|白書|概況|調査|統計|答申|指針|ガイドライン|計画|資料|手引|リーフレット|パンフレット|ちらし"
    r"|要綱|基準|提言|通知|推計|研究費|科学研究"
)
"""What offices and bodies give out, also where it is a word of the title."""
_GUIDELINE = lazy(r"\b[Gg]uidelines?\b|ガイドライン|診療の手引|マニュアル|白書")
"""What is brought out as a book as often as not."""
_REPORT_NAMED = lazy(r"\bReports?\b|報告書?")
_IN = lazy(
    r"(?:^|[\s.,;(（「」』”\"])(?:[Ii]n|En|Em|Dans|W)\s?:|[.,?!”\"]\s(?:In|En|Em|Dans)\s(?=[A-ZÀ-Þ])"
    r"|所収|収録|収載"
)
_IN_BEFORE = lazy(r"(?<![^\W_])(?:[Ii]n|[Ee]n|[Ee]m|[Dd]ans)\s?:?\W{0,3}$")
_ERRATUM = lazy(r"\b(?:Errat(?:um|a)|Comment|Correction|[Pp]ublished|Corrigendum) in\b")
_CHAPTER = lazy(
    r"第\s?[\d一二三四五六七八九十]+\s?章|\b[Cc]h(?:ap(?:ter|\.)|\.)\s?\d|\b[Kk]ap(?:itel|\.)\s?\d"
)
_BOX = lazy(
    r"[\[(（](?:(?P<software>(?:[Cc]omputer )?[Ss]oftware|[Cc]omputer [Pp]rogram|ソフトウェア"
    r"|[Ss]ource [Cc]ode)|(?P<dataset>[Dd]ata ?[Ss]et|データセット)|(?P<video>[Vv]ideo|動画)"
    r"|(?P<preprint>[Pp]reprint|プレプリント))[\])）]"
)
"""A kind in brackets, as the APA prints those that are no text."""
_BOXED = {
    "software": _of("software"),
    "dataset": _of("dataset software"),
    "video": _of("motion_picture broadcast"),
    "preprint": _of("article"),
}
_WORDS = lazy(r"[^\W\d_]{3}.*[^\W\d_]{3}")
_STANDARD = lazy(r"\b(?:ISO|IEC|JIS|DIN|ASTM|ANSI|IEEE)(?:/[A-Z]+)*(?: [A-Z])? \d{3,}")
_PAPERBACK = lazy("新書|文庫|選書")
_NUMBER_LEFT = lazy(
    r"(?<![A-Za-z])(?:vol|v|no?|nr|n[º°]|num|Bd|Jg|Heft|tome|t|issue|fasc)\s?\.?\s?:?\s?\d"
    r"|\d\s?[巻号]|^[vn]$",
    re.IGNORECASE | re.MULTILINE,
)
"""The label of a volume or an issue that became nothing."""
