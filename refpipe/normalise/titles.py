"""Titles as they can be compared: the words, and what the notes around them say."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass

from refpipe.lifetimes import lazy
from refpipe.normalise import places
from refpipe.normalise import text as texts

# ── The notes around a title: what they say is kept as a mark, their words are taken away ───────
# The tables are of databases' habits (MEDLINE's bracketed comments, Embase's language tags, Web
# of Science's ``(vol 1, pg 2, 2003)``) and of publishers' headings.


LEAD_INS: dict[str, str] = {
    "erratum": "erratum", "errata": "erratum", "corrigendum": "erratum", "corrigenda": "erratum",
    "correction": "erratum", "corrections": "erratum", "author correction": "erratum",
    "publisher correction": "erratum", "correction to": "erratum", "erratum to": "erratum",
    "corrigendum to": "erratum", "correction for": "erratum", "erratum for": "erratum",
    "addendum": "addendum", "addendum to": "addendum",
    "retraction": "retraction", "retraction note": "retraction", "retraction notice": "retraction",
    "retraction notice to": "retraction", "retraction note to": "retraction",
    "expression of concern": "concern", "editorial expression of concern": "concern",
    "reply": "reply", "reply to": "reply", "author reply": "reply", "authors reply": "reply",
    "response": "reply", "response to": "reply", "author response": "reply", "in reply": "reply",
    "in response": "reply", "authors response": "reply", "the authors reply": "reply",
    "comment": "comment", "comment on": "comment", "comments on": "comment",
    "commentary": "comment", "commentary on": "comment", "re": "comment", "letter": "comment",
    "letter to the editor": "comment", "editorial comment": "comment", "invited commentary":
    "comment", "discussion": "comment", "abstract": "abstract", "summary": "summary",
    "summary of": "summary", "summaries for patients": "summary",
    "reprint": "reprint", "republished": "reprint",
    "reprint of": "reprint", "republication": "reprint", "preprint": "preprint",
    "protocol": "protocol", "study protocol": "protocol",
    "retracted": "", "retracted article": "", "withdrawn": "withdrawn", "removed": "withdrawn",
    "short report": "", "brief report": "", "short communication": "", "original article": "",
    "brief communication": "", "research article": "", "original research": "", "review": "",
    "review article": "", "invited review": "", "mini review": "", "guest editorial": "",
    "editorial": "", "technical note": "", "rapid communication": "", "case report": "",
    "original contribution": "", "original paper": "", "research note": "", "news": "",
    "short note": "", "clinical report": "", "preliminary report": "", "communication": "",
    "special article": "", "special report": "", "full paper": "", "regular article": "",
    "正誤表": "erratum", "訂正": "erratum", "原著": "", "総説": "", "症例報告": "", "短報": "",
}  # fmt: skip
"""Heading before a title → the mark it leaves; an empty one says nothing of the work."""

HEADING_WORDS = frozenset(
    """
    abstract abstracts acknowledgement acknowledgements address advertisement announcement
    announcements answer answers appendix article articles author authors book books brief
    calendar chair chairman chairs column comment commentary comments communication
    communications conference contents contributors cooperation correspondence cover
    director discussion editor editorial editorials editors errata erratum events foreword
    from front guest highlights index information instructions interview introduction
    invited issue issues journal keynote letter letters list masthead matter meeting
    memoriam message minutes news note notes obituary opinion opinions overview page panel
    paper papers perspective preface presidential president program programme question
    questions recent reminiscences reply report reports response review reviewer reviewers
    reviews section selected society special speech summary supplement symposium table
    tribute tutorial update volume welcome with workshop
    """.split()  # noqa: SIM905 — a list of so many words is read more easily so
)
"""Words of which the names of recurring columns are made."""

LANGUAGES = (
    "afrikaans|arabic|bulgarian|catalan|chinese|croatian|czech|danish|dutch|english|estonian|"
    "finnish|french|georgian|german|greek|hebrew|hungarian|icelandic|italian|japanese|korean|"
    "latvian|lithuanian|norwegian|persian|polish|portuguese|romanian|rumanian|russian|"
    "serbian|serbo-?croatian|slovak|slovene|slovenian|spanish|swedish|thai|turkish|ukrainian|"
    "undetermined language"
)


_ERRATUM_OF = lazy(
    r"\s*[(\[]\s*(?:retraction of\s+)?(?:vol(?:ume)?\.?|v)\s*\d+\s*[,:]?\s*"
    r"(?:iss\w*\.?\s*\d+\s*,\s*)?"
    r"(?:pg?|pp|page|art)\.?\s*\w*\d[^)\]]*[)\]]?\s*\.?$",
    re.IGNORECASE,
)
_BRACKETED_NOTE = lazy(
    r"\s*\[\s*(?!(?:erratum|corrigendum|correction|retraction|addendum|reply|response)\s*\])"
    r"(?:published |the )?(?:erratum|comments?|corrected|retract\w+|see|abstract|"
    r"letter|editorial|review|proceedings?|meeting|republished|summary|author'?s? transl|transl|"
    r"reprint|retraction|update|note|corrections?|case report)\b[^\]]*\]?\s*\.?\s*",
    re.IGNORECASE,
)
_PARENTHETIC_NOTE = lazy(
    r"\s*[(（]\s*(?:author'?s? transl\w*|transl|review|letter|proceedings|abstract only|"
    r"\d+ refs?\.?|\d+ references?|"
    r"(?:原著論文|原著|解説|総説|症例報告|症例検討会|座談会|講義|図説|一般|短報|比較研究|"
    r"ランダム化比較試験|抄録あり)(?:[/／][^()（）/／]{0,20})*)\s*[)）]\s*\.?$",
    re.IGNORECASE,
)
"""Of Japanese those are that the Ichushi database sets behind a title (https://search.jamas.or.jp)."""
_CITATION_TAIL = lazy(r"(?:\.{2,3}|…|\.\s|\[)\s*[A-Z][^.;:]{1,60}\.? ?\d{4}[^;]{0,12};\s?\d+.*$")
# A run of signs is bounded here and below, lest every sign of a long one be a place to begin at.
_REPLY_TAIL = lazy(
    r"[\s(\[:;,.–—-]{1,8}(?:(?:the )?authors?['’]?s? (?:reply|response)|editorial comments?|"
    r"(?:- )?reply to [^.]{3,40}|repl(?:y|ies) (?:from|by) (?:the )?authors?|"
    r"invited commentary|author correction)[)\]]?\s*\.?$",
    re.IGNORECASE,
)
_TAIL_MARK = lazy(
    r"\s*[-–—:.,(\[]{1,8}\s*(?P<mark>(?:(?:the )?authors?['’]? )?(?:reply|response)|erratum|"
    r"corrigendum|correction|retraction|reprint|preprint|summary|a rebuttal|rebuttal|"
    r"an addendum|addendum|(?:invited )?(?:discussion|commentary|comments?))\s*[)\]]?\s*\.?$",
    re.IGNORECASE,
)
_RECORD_TAIL = lazy(
    r"\s*[(\[（](structured abstract|provisional abstract|brief record|project record|protocol|"
    r"conference abstract|meeting abstract|poster abstract|abstract|"
    r"会議録(?:[/／][^()（）]{1,20})?)"
    r"[)\]）]\s*\.?$",
    re.IGNORECASE,
)
_TAIL_MARKS = {
    "reply": "reply", "response": "reply", "erratum": "erratum", "corrigendum": "erratum",
    "correction": "erratum", "retraction": "retraction", "reprint": "reprint",
    "preprint": "preprint", "summary": "summary", "rebuttal": "reply", "addendum": "addendum",
    "discussion": "comment", "commentary": "comment", "comment": "comment", "comments": "comment",
}  # fmt: skip
_RECORDS = {"structured abstract": "", "provisional abstract": "", "brief record": "",
            "project record": "protocol", "protocol": "protocol", "abstract": "abstract",
            "conference abstract": "abstract", "meeting abstract": "abstract",
            "poster abstract": "abstract", "会議録": "abstract"}  # fmt: skip
_LANGUAGE_TAIL = lazy(
    rf"\s*(?:[.?!]\s*|\s[\[(]\s*|\[|\()(?:in\s+)?(?:{LANGUAGES})(?:\s*(?:,|and|&)\s*(?:{LANGUAGES}))?"
    r"\s*(?:[\])]|$).*$",
    re.IGNORECASE,
)
_LANGUAGE_THEN_TITLE = lazy(rf"[.?!]\s+(?i:{LANGUAGES})\s+[A-ZÀ-Þ].{{5,}}$")
_PROTOCOL = lazy(r"\b(?:study|trial|review|a) protocol\b|\bprotocol (?:for|of) an?\b")
_OWN_SERIES = (
    "chapter", "report", "study", "phase", "stage", "section", "paper", "series", "note", "letter",
    "case", "installment", "supplement", "update", "edition", "version", "volume", "vol", "number",
    "no", "communication",
)  # fmt: skip
SERIAL_WORDS = {"part": "serial", "pt": "serial"} | {word: word for word in _OWN_SERIES}
"""Word before a number → the series it counts; "Part II" and a bare "II" count the same."""

_LETTERED = frozenset(("part", "pt", "section", "chapter", "volume", "vol"))
"""What is counted by letters; behind other words an "a" is an article."""
_ROMAN_LETTERS = frozenset("IVX")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_WORD_NUMBERS = {
    word: str(number) for words in (_NUMBERS, _ORDINALS) for number, word in enumerate(words, 1)
}
_LOOSE_ROMAN = lazy(r"(?:^|[.:,;(\-–—]\s*)([IVX]{1,5})(?=\s*[.:)\-–—]|\s*$)")
_LAST_ROMAN = lazy(r"\s(I{1,3}|IV|VI{0,3}|IX|XI{0,3})\s*[.)]?$")


_TAIL = 90
_TAIL_WORDS = (
    "repl", "response", "erratum", "corrigendum", "correction", "retraction", "reprint", "summary",
    "rebuttal", "addendum", "comment", "discussion",
)  # fmt: skip
"""Words that the patterns for the end of a title look for: hardly any title has one there."""


def take_notes(plain: str) -> tuple[set[str], str]:
    """The marks of the notes inside and behind a title, and the title without them."""
    found: set[str] = set()
    if plain[-1:].isdigit() or plain[-1:] in ").]）":
        if _ERRATUM_OF.search(plain):
            found.add("erratum")
            plain = _ERRATUM_OF.sub("", plain)
        plain = _substantial(_PARENTHETIC_NOTE.sub("", plain), plain)
        plain = _substantial(_CITATION_TAIL.sub("", plain), plain)
    if "[" in plain:
        plain = _substantial(_BRACKETED_NOTE.sub(" ", plain).strip(), plain)
    tail = plain[-_TAIL:].lower()
    has_word = any(word in tail for word in _TAIL_WORDS)
    if has_word and (match := _TAIL_MARK.search(plain)) and match.start() > 8:
        found.add(_TAIL_MARKS[match["mark"].lower().split()[-1]])
        plain = plain[: match.start()]
    if plain.rstrip(" .")[-1:] in {")", "]", "）"} and (match := _RECORD_TAIL.search(plain)):
        found |= set(filter(None, [_RECORDS[re.split("[/／]", match[1].lower())[0]]]))
        plain = plain[: match.start()]
    if has_word and (match := _REPLY_TAIL.search(plain)) and match.start() > 8:
        found.add("erratum" if "orrection" in match[0] else "reply")
        plain = plain[: match.start()]
    if "rotocol" in plain and _PROTOCOL.search(plain.lower()):
        found.add("protocol")
    return found, plain


_SERIAL_TAIL = lazy(
    r"\W*(?:(?:part|pt|no)?\.?\s*(?:\d{1,2}|[IVX]{1,4})|(?:part|section)\s+[A-D]"
    r"|第\s*\d{1,2}\s*[報部編])\W*",
    re.IGNORECASE,
)


_SUBTITLE = lazy(r"\s*[:–—-]\s*\S")
"""What follows a bracket and is no title in its own language."""


def take_language(plain: str) -> tuple[str, bool]:
    """The title without brackets and language tag, and whether it had any."""
    was_foreign = False
    if plain.startswith("["):
        closed = plain.rstrip(". ")
        if closed.endswith("]") and closed.count("[") == closed.count("]"):
            plain, was_foreign = closed[1:-1], True
        elif "]" not in closed:
            plain, was_foreign = closed[1:], True
        elif len(head := closed[1 : closed.rindex("]")]) > 30:
            rest = closed[closed.rindex("]") + 1 :]
            goes_on = _SERIAL_TAIL.fullmatch(rest) or _SUBTITLE.match(rest)
            plain, was_foreign = head + (rest if goes_on else ""), True
    if not _names_language(plain) or not _LANGUAGE_SIGN.search(plain):
        return plain, was_foreign
    match = _LANGUAGE_THEN_TITLE.search(plain) or _LANGUAGE_TAIL.search(plain)
    if match and match.start() >= 15 and len(match[0]) < 25:
        return plain[: match.start()], True
    return plain, was_foreign


_LANGUAGE_NAMES = tuple(name for name in LANGUAGES.split("|") if name.isalpha())


def _names_language(plain: str) -> bool:
    """Whether one of the languages is named, as far as that is told at a glance."""
    if not plain.isascii():
        return True
    small = plain.lower()
    return "language" in small or any(map(small.__contains__, _LANGUAGE_NAMES))


_LANGUAGE_SIGN = lazy(r"[.?!\[(]\s*\w{3}")
"""What stands before the name of a language, if any does."""


def original_title(raw: str) -> str:
    """The title in its own language that a database wrote behind the name of that language.

    >>> original_title('Does it matter?. German Ist das von Bedeutung?')
    'Ist das von Bedeutung?'
    """
    is_told = raw[:1] != "[" and _LANGUAGE_SIGN.search(raw)
    match = _LANGUAGE_THEN_TITLE.search(raw[:LONGEST]) if is_told else None
    return match[0][1:].split(maxsplit=1)[1] if match else ""


def take_lead_in(plain: str) -> tuple[set[str], str]:
    """The mark that a heading such as "Erratum:" leaves, and the title behind it."""
    head, separator, rest = _parted(plain)
    folded = texts.fold(head)
    if separator and _reply(head + " "):
        folded = "reply"
    if not separator or folded not in LEAD_INS:
        folded, rest = _heading_without_colon(plain)
    if folded not in LEAD_INS or len(rest) < 8:
        return set(), plain
    mark = LEAD_INS[folded]
    return ({mark} if mark else set()), rest


_HEADING = lazy(r"^[\[(]?(.{2,34}?)\s*(?:[\])]\s*[:.]?|[:.] |[:：]|\s[-–—]\s)\s*")
_AFTER_HEADING = lazy(r"[\]):：]|\. |\s[-–—]\s")
"""What stands behind a heading, if any does."""


def _parted(plain: str) -> tuple[str, str, str]:
    is_headed = _AFTER_HEADING.search(plain)
    match = _HEADING.match(plain) if is_headed else None
    if match is None:
        return "", "", plain
    return match[1], ":", plain[match.end() :].strip()


_DASHED_HEADING = lazy(r"^(erratum|corrigendum|addendum|retraction)\s*[-–—]\s*", re.IGNORECASE)
_TO_HEADING = lazy(
    r"^((?:correction|erratum|corrigendum|addendum|reply|response|retraction(?: notice| note)?|"
    r"comments?|commentary|reprint) (?:to|for|on|of))\b[:\s\"“'‘]+",
    re.IGNORECASE,
)


_REPLY_HEADING = lazy(
    r"^(?:(?:the )?(?:authors?['’]?s?|editors?['’]?s?|our|in|a|further)\s+)?"
    r"(?:reply|replies|response|responses|rejoinder|rebuttal)\s+(?:to|from|by)\b"
    r"(?:\s+(?:the )?(?:authors?|editors?|letters?|comments?|commentary|commentaries|"
    r"correspondence|readers?))*(?:\s+(?:to|from|by|on|of|regarding|concerning)\b)?[\s:,.\"“'‘]*",
    re.IGNORECASE,
)
_JAPANESE_REPLY = lazy(
    r"^「?(?P<ja>.{4,80}?)」?\s*(?:への|に対する)\s*(?:著者(?:から)?の?)?(?:返信|回答|応答|反論|コメント)",
    re.IGNORECASE,
)


def _reply(plain: str) -> re.Match[str] | None:
    """``Author's response to: …``, ``Reply to the letter …``, ``「…」への著者回答``."""
    match = _REPLY_HEADING.match(plain)
    if match is None and ("への" in plain or "に対する" in plain):
        return _JAPANESE_REPLY.match(plain)
    return match


def _heading_without_colon(plain: str) -> tuple[str, str]:
    if match := _reply(plain):
        return "reply", match.groupdict().get("ja") or plain[match.end() :]
    match = _TO_HEADING.match(plain) or _DASHED_HEADING.match(plain)
    return (texts.fold(match[1]), plain[match.end() :]) if match else ("", plain)


def serial(plain: str, words: tuple[str, ...]) -> set[str]:
    """Marks such as ``serial:2`` for a place in a series; they part works called alike.

    A bare number at the end leaves ``number:2`` as well: it may be a year's or a footnote's.

    >>> sorted(serial("腰痛の研究（第二報）", ("腰痛の研究", "第二報")))
    ['報:2']
    """
    found = set()
    for word, number in itertools.pairwise(words):
        if word in SERIAL_WORDS and (value := number_of(number)):
            if value.isalpha() and word not in _LETTERED:
                continue
            found.add(f"{SERIAL_WORDS[word]}:{value}")
    last = words[-1]
    is_bare = len(words) > 2 and len(last) < 5 and last.isdigit() and words[-2].isalpha()
    if is_bare and words[-2] not in SERIAL_WORDS:
        found |= {f"serial:{int(last)}", f"number:{int(last)}"}
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain)
        found |= _eastern_serial(plain)
    if _ROMAN_LETTERS.isdisjoint(plain):
        return found
    for match in (*_LOOSE_ROMAN.finditer(plain), *_LAST_ROMAN.finditer(plain)):
        if roman := places.from_roman(match[1].lower()):
            found.add(f"serial:{roman}")
    return found


_EASTERN_SERIAL = lazy(
    r"(?:第\s*(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3}|[IVX]{1,4})\s*(?P<unit>[報部編篇集話回稿巻])"
    r"|その\s*(?P<sono>\d{1,2}|[一二三四五六七八九十]{1,3})"
    r"|(?P<half>[前中後])[編篇]"
    r"|(?<=[\s(\[〈―—-])(?P<third>[上中下])[巻編篇]?(?=[)\]〉―—-]|\s*$))"
)
"""``第1報``, ``その二``, ``前編``, ``(上)``."""


def _eastern_serial(plain: str) -> set[str]:
    found = set()
    for match in _EASTERN_SERIAL.finditer(plain):
        unit = match["unit"] or ("その" if match["sono"] else "")
        if number := match["n"] or match["sono"]:
            roman = places.from_roman(number.lower())
            figures = number if number.isdigit() else str(roman or places.from_kanji(number))
            found.add(f"{unit}:{figures.lstrip('0')}")
        elif match["half"]:
            found.add(f"編:{match['half']}")
        else:
            found.add(f"巻:{match['third']}")
    return found


def number_of(word: str) -> str:
    """The number, or the letter, that a word behind "part" stands for, or nothing."""
    if word.isdigit():
        return word.lstrip("0")[:4]
    if word in _WORD_NUMBERS:
        return _WORD_NUMBERS[word]
    if roman := places.from_roman(word) if len(word) <= 5 else 0:
        return str(roman)
    return word if word in {"a", "b", "c", "d"} else ""


def _substantial(shorter: str, longer: str) -> str:
    """The shorter text unless hardly anything is left of it."""
    return shorter if len(shorter) >= 12 else longer


_SPREADSHEET = lazy(r"^#(?:NAME|REF|VALUE|N/A|NULL|DIV/0|NUM)[?!]?$", re.IGNORECASE)
LONGEST = 2000
"""Signs of a title that are compared; two that agree so far are one title to any reader."""
_NOTHING = frozenset(("", "no title", "untitled", "not available", "title not available", "na"))


@dataclass(frozen=True, slots=True)
class Title:
    """A title made ready: ``key`` has no spaces, ``marks`` says what kind of thing it heads.

    ``is_cut`` is True where the title ends in an ellipsis; ``was_foreign`` where a database
    put its own translation in brackets or named a language behind it.
    """

    key: str
    words: tuple[str, ...]
    marks: frozenset[str]
    is_cut: bool = False
    was_foreign: bool = False

    @property
    def is_heading(self) -> bool:
        """True for the name of a column, which heads another piece in every issue."""
        if len(self.words) > 7:
            return False
        return sum(w not in HEADING_WORDS and len(w) > 3 for w in self.words) <= 1 and any(
            w in HEADING_WORDS for w in self.words
        )

    @property
    def is_distinctive(self) -> bool:
        """True when hardly two works would be called so."""
        if self.key.isascii():
            return len(self.words) >= 5 and len(self.key) >= 30
        # A kanji says about as much as three letters, and there are no spaces to count words by.
        return len(self.key) + 2 * sum(c > "\u2e80" for c in self.key) >= 30


def title(raw: str) -> Title | None:
    """The folded title, or None where there is none worth the name.

    >>> sorted(title('Erratum to: Disc herniation.').marks)
    ['erratum']
    """
    raw = raw[:LONGEST]
    plain = " ".join(texts.unmarked(raw).split())
    if _SPREADSHEET.match(plain):
        return None
    found, plain = take_notes(plain)
    plain, was_foreign = take_language(plain)
    is_cut = plain.rstrip().endswith(("…", "..."))
    folded = texts.fold(plain)
    if folded in _NOTHING:
        return None
    lead_marks, bare = take_lead_in(plain)
    if bare is not plain:
        plain, folded = bare, texts.fold(bare)
    words = tuple(folded.split()) or tuple(texts.fold(raw).split())
    if not words:
        return None
    all_marks = found | lead_marks | serial(plain, words)
    return Title("".join(words), words, frozenset(all_marks), is_cut, was_foreign)
