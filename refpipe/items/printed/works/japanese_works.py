"""Japanese references that are no journal articles, each read by the order of its kind.

Books and what stands in them, guidelines, reports, web pages, newspapers, theses, laws and
notices, drug labels, standards, films.  The signs tell the kind (編, 訳, 版, 出版社, 博士論文,
法律第…号, 朝刊, an address); then dates, pages and the like are taken out, names and their roles,
the imprint from the right, and what is left is the title and what holds it.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from refpipe.items.printed.articles.japanese_articles import language
from refpipe.items.printed.nouns import TYPE_OF, WITH_IMPRINT, Draft, Head, Part
from refpipe.items.printed.people import japanese_names, western_names
from refpipe.items.printed.people.japanese_names import JAPANESE, KANJI, ROLE_BEFORE
from refpipe.items.printed.people.western_names import Names
from refpipe.items.printed.works import days, japanese_kinds, japanese_titles, marks
from refpipe.items.printed.works.days import DATE, PLAIN_DATE
from refpipe.items.printed.works.japanese_titles import Piece, Segment
from refpipe.items.printed.works.marks import CUT, Marked, trimmed

Span = tuple[int, int]

_ROLE_WORDS = {
    "editorial-director": r"総?監修?(?:者)?(?:・著)?|編集顧問|編集主幹",
    "translator": r"(?:監修・?)?監?訳(?:者|・監修)?|翻訳(?:監修)?|共訳|邦訳|訳・?編",
    "editor": (
        r"(?:責任|総|共|専門|企画)?編集?・?(?:著|集代表|集委員会?|集主幹|集責任|者|纂|集協力)?"
        r"|編集?・(?:監修|訳|著|発行)|編集・制作|監修・編集?|著・編|企画・編集"
    ),
    "author": r"(?:編集・)?(?:共|原)?著者?|(?:分担)?執筆|原作|著・監修|監修・著|述|口述",
}
_ROLE_WORD = "|".join(
    f"(?P<{name.replace('-', '_')}>{words})" for name, words in _ROLE_WORDS.items()
)
_ROLE = re.compile(
    rf"(?P<cut>(?:ほか|他|(?<=[\u3400-\u9fff])ら)\s?)?[(\[=]?\s?(?:{_ROLE_WORD})\s?[)\]]?(?=\s*(?:$"
    rf"|[,:;./「『(）)\[\]」』”“{CUT}]|\s))"
)
_HARD = re.compile(rf"[.:/|「」『』“”()\[\]{CUT}]|(?:^|\s|[,.])(?:In|所収|収録)\s?[:.]?\s")
_LEADING_ROLE = re.compile(
    rf"(?:(?<=^)|(?<=[.,:;/|」』”{CUT}])|(?<=[.,:;/|」』”{CUT}]\s))"
    rf"(?:[(\[【]\s?(?P<marked>{ROLE_BEFORE})\s?[)\]】]\s?:?|[(\[]?(?P<plain>{ROLE_BEFORE})(?:\s?:|/|\s))"
    rf"\s*(?=\w)|(?<=\s)(?P<labelled>{ROLE_BEFORE})\s?:\s*(?=\w)"
)
"""A role that stands before its names: 監修 鈴木一郎, 編集：吉尾雅春."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Names with the role that is printed behind them."""

    role: str
    names: Names
    start: int
    end: int
    is_bracketed: bool
    label: str


def read(text: str, masked: str, kind: str) -> Draft:
    """The parts of a reference of this kind."""
    marked = Marked(text=text, left=masked)
    return _Reader(marked, kind).read()


class _Reader:
    """One walk: marks, roles, names, imprint, and the titles that are left."""

    def __init__(self, marked: Marked, kind: str) -> None:
        self.marked = marked
        self.kind = kind
        self.head: Head = Head()
        self.phrases: list[Phrase] = []
        self.begin = 0
        self.bracket = (0, 0)
        """Where the number of a law stands in a bracket."""
        self.house_of_series = (0, 0)
        """Where a series stands in the place of a publisher."""
        self.is_spaced = False
        """Nothing but a space stands behind the authors."""

    def read(self) -> Draft:
        marked = self.marked
        marks.take_media(marked)
        self.bracket = japanese_kinds.take_marks(marked, self.kind)
        japanese_kinds.take_series(marked)
        days.take_labelled_dates(marked)
        marks.take_pages(marked)
        marks.take_edition(marked)
        marks.take_volume(marked)
        self.take_names()
        if self.head.year is None and not marked.has("issued"):
            days.last_date(marked)
        days.settle_dates(marked)
        self.drop_other_dates()
        marks.take_bare_pages(marked, floor=self.begin)
        self.dissolve_brackets()
        japanese_kinds.take_part_number(marked, self.begin)
        self.take_titles()
        japanese_kinds.settle_publisher(marked, self.house_of_series)
        japanese_kinds.date_of_title(marked)
        return self.draft()

    def draft(self) -> Draft:
        draft = Draft(head=self.head, kind=TYPE_OF[self.kind])
        draft.parts = self.marked.parts
        draft.parts.append(language(self.marked.text))
        draft.custom, draft.known = self.marked.custom, self.marked.known
        return draft

    # ── marks of one kind ──

    # ── names ──

    def take_names(self) -> None:
        self.find_phrases()
        first = self.phrases[0] if self.phrases else None
        lead = re.compile(rf"[\s{CUT}.,]*").match(self.marked.left)
        start = lead.end() if lead else 0
        if first and first.start <= start:
            self.begin = first.end
            for phrase in self.phrases[1:]:
                if self.marked.left[self.begin : phrase.start].strip(f" ,;.・:{CUT}()"):
                    break
                self.begin = phrase.end
            self.take_head_year(self.begin)
        else:
            self.take_head(start)
        for phrase in self.phrases:
            self.take_phrase(phrase)

    def find_leading(self) -> None:
        """Names behind the word that says what they did."""
        left = self.marked.left
        for role in itertools.islice(_LEADING_ROLE.finditer(left), 12):
            stops = re.compile(rf"[.:;/|「『“()\]{CUT}]|$").finditer(left, role.end())
            names = None
            for stop in itertools.islice(stops, 2):
                names = self.people(role.end(), stop.start())
                if names:
                    break
            if names is None or _ROLE.match(left, names.end):
                continue
            word = role["marked"] or role["plain"] or role["labelled"]
            bare = re.sub("(?<=.)者$", "", word)
            name = next(
                (key for key, words in _ROLE_WORDS.items() if re.fullmatch(words, bare)), "author"
            )
            self.phrases.append(
                Phrase(
                    role=name, names=names, start=role.start(), end=names.end,
                    is_bracketed=False, label=word,
                )
            )  # fmt: skip

    def find_phrases(self) -> None:
        self.find_leading()
        left = self.marked.left
        floor = 0
        for role in _ROLE.finditer(left):
            if role.start() < floor or role.start() == 0 or self.is_leading(role.start()):
                continue
            found = self.names_before(role.start(), floor)
            if found is None or self.is_part_of_title(found[0], role):
                continue
            names, start = found
            end = role.end()
            is_bracketed = left[start - 1 : start] in ("(", "[")
            if is_bracketed and role[0].endswith((")", "]")):
                start -= 1
            name = next(key for key in _ROLE_WORDS if role[key.replace("-", "_")])
            self.phrases.append(
                Phrase(
                    role=name, names=names, start=start, end=end, is_bracketed=is_bracketed,
                    label=role[name.replace("-", "_")],
                )
            )  # fmt: skip
            floor = end

    def is_leading(self, position: int) -> bool:
        """Whether a role was read together with the names behind it."""
        return any(one.start <= position < one.end for one in self.phrases)

    def is_part_of_title(self, names: Names, role: re.Match[str]) -> bool:
        """Whether 編 belongs to a word that names a part of a work: 基礎編, トレーニング編."""
        before = self.marked.left[: names.start].rstrip(" ")
        is_glued = names.end == role.start() and role[0].strip() == "編"
        is_behind = names.start > len(before) > 0 and before[-1] not in f".,:;/|「」『』“”()[]{CUT}"
        return (
            is_glued
            and is_behind
            and len(names.names) == 1
            and japanese_names.is_doubtful(names.names[0])
        )

    def names_before(self, end: int, floor: int) -> tuple[Names, int] | None:
        """The longest list of names that ends where a role stands."""
        left = self.marked.left
        hard = [match.end() for match in _HARD.finditer(left, floor, end)]
        hard = [
            place for place in hard
            if left[place - 1] != "." or not re.search(r"(?<![A-Za-z])[A-Z]\.$", left[:place])
        ]  # fmt: skip
        start = hard[-1] if hard else floor
        if hard and not left[start:end].strip(" ,"):
            # The role stands in a bracket of its own: its names are before that.
            start = hard[-2] if len(hard) > 1 else floor
        starts = [start]
        starts += [match.end() for match in re.compile(r"[,;、]\s*|\s+").finditer(left, start, end)]
        for begin in starts:
            names = self.people(begin, end)
            # The last word of a title may stand before the comma: …の理学療法 脊柱, 嶋田智明, 編.
            is_word = begin > start and re.match(rf"[{KANJI}]{{1,2}},", left[begin:]) is not None
            if names and not (is_word and japanese_names.is_doubtful(names.names[0])):
                return names, names.start
        return None

    def people(self, start: int, end: int) -> Names | None:
        """The names in a stretch, of people or bodies; None where something else stands."""
        stretch = self.marked.left[start:end]
        if CUT in stretch.strip(f" {CUT}"):
            return None
        names = japanese_names.within(self.marked.left, start, end)
        if names:
            return names
        if not JAPANESE.search(stretch) and re.search("[A-Za-z]", stretch):
            return western_names.within(self.marked.left, start, end, is_in_order=True)
        return None

    def take_phrase(self, phrase: Phrase) -> None:
        role = phrase.role
        roles = {one.role for one in self.phrases}
        if role == "editorial-director" and "editor" not in roles:
            role = "editor"
        if role == "editor" and phrase.label not in ("編", "編集", "編者", "編集者"):
            self.marked.custom["editor-label"] = phrase.label
        names = [dict(name) for name in phrase.names.names]
        start = phrase.start
        foreign = self.authors_before(names) if role == "translator" else 0
        if foreign:
            authors = Part(
                name="author", value=names[:foreign], start=start, end=phrase.end, confidence=0.75
            )
            self.marked.parts.append(authors)
            names = names[foreign:]
        before = next((part for part in self.marked.parts if part.name == role), None)
        if before is not None and isinstance(before.value, list):
            self.marked.parts.remove(before)
            names = before.value + names
            start = min(start, before.start)
        self.marked.parts.append(
            Part(
                name=role, value=names, start=start, end=phrase.end, confidence=0.88,
            )
        )  # fmt: skip
        if phrase.names.is_cut:
            self.marked.custom[f"{role}-et-al"] = True
        self.marked.cut(phrase.start, phrase.end)

    def authors_before(self, names: list[dict[str, str]]) -> int:
        """How many of the names before 訳 are foreign, and so those of who wrote the work."""
        if self.marked.has("author") or len({one.role for one in self.phrases}) > 1:
            return 0
        is_native = [re.search(f"[{KANJI}]", "".join(name.values())) is not None for name in names]
        count = next((at for at, native in enumerate(is_native) if native), 0)
        return count if all(is_native[count:]) else 0

    def take_head(self, start: int) -> None:
        """The names that open the reference without a role."""
        left = self.marked.left
        if left[start : start + 1] in tuple('「『“"'):
            return
        end = self.phrases[0].start if self.phrases else len(left)
        stops = re.compile(
            rf":|\.(?!\d|\s?[A-Z]\.)|[「『“\"]|\((?=\s*(?:{PLAIN_DATE})|{CUT})|{CUT}|,\s*(?=[「『“]"
            rf"|{PLAIN_DATE})"
        )
        for stop in stops.finditer(left, start, end):
            names = self.people(start, stop.start())
            if names and (names.kind == "japanese" or len(names.names) > 0):
                self.set_head(names, stop.start())
                return
            if stop[0] in '「『“"' or stop.start() > 300:
                break
        if self.phrases:
            names = self.people(start, end)
            if names:
                self.set_head(names, end)
                return
        western = western_names.scan(left, start)
        if western and re.match(rf"\s*[.:,({CUT}]", left[western.end :]):
            self.set_head(western, western.end)
            return
        if self.kind not in ("law", "newspaper"):
            # The name of a law may hold commas: 医薬品、医療機器等の品質…; so may a heading.
            self.take_leading(start, end)

    def take_leading(self, start: int, end: int) -> None:
        """Names at the front of a reference whose elements are separated by commas or spaces."""
        left = self.marked.left
        best = None
        for comma in re.compile(r"[,、]\s*|\s+").finditer(left, start, min(end, start + 200)):
            names = self.people(start, comma.start())
            if names is None:
                if left[comma.start()] == " ":
                    continue
                break
            only = names.names[0] if len(names.names) == 1 else None
            if left[comma.start()] == " " and only and japanese_names.is_doubtful(only):
                continue
            if japanese_names.LEGAL_FORM.fullmatch(left[start : comma.start()].strip()):
                continue
            best = (names, comma.start())
            if "literal" in names.names[-1] and japanese_names.is_body(names.names[-1]["literal"]):
                break
        if best and left[best[1] :].strip(f" ,.{CUT}"):
            self.set_head(*best)

    def set_head(self, names: Names, end: int) -> None:
        self.head.names = names
        role = "editor" if names.are_editors else "author"
        value = [dict(name) for name in names.names]
        self.marked.parts.append(
            Part(name=role, value=value, start=names.start, end=names.end, confidence=0.85)
        )
        self.is_spaced = re.match(r"\s+[^\s「『“(]", self.marked.left[end:]) is not None
        self.marked.cut(names.start, max(names.start + 1, end))
        self.begin = end
        self.take_head_year(end)

    def take_head_year(self, position: int) -> None:
        """The year in brackets, or between stops, straight behind the names."""
        match = re.compile(
            rf"[\s,.{CUT}]*(?:[(\[]\s*{PLAIN_DATE}\s*[)\]]|{DATE.replace('?P<', '?P<q')}".replace(
                "(?P=s)\\s?(?P<qdi>", "(?P=qs)\\s?(?P<qdi>"
            )
            + r"(?=\s*[.,:]))[.,:\s]*"
        ).match(self.marked.left, position)
        if match is None or self.marked.has("issued"):
            return
        dated = re.compile(DATE).search(match[0])
        if dated is None:
            return
        parts = {"date-parts": [days.date_parts(dated)]}
        span = (position + dated.start(), position + dated.end())
        self.marked.take("issued", parts, span, 0.93, around=(position, match.end()))
        self.begin = match.end()

    # ── what is left ──

    def drop_other_dates(self) -> None:
        """A second date, of a printing or of the day of writing, is nobody's title."""
        left = self.marked.left
        for match in list(
            re.compile(rf"(?<=[(,.{CUT}])\s*{PLAIN_DATE}\s*(?=[),.;{CUT}]|$)").finditer(
                left, self.begin
            )
        ):
            if self.marked.has("issued"):
                self.marked.cut(*match.span())

    def dissolve_brackets(self) -> None:
        """A bracket of which a part was understood, or an empty one, is no part of a title."""
        left = self.marked.left
        for match in list(re.compile(r"[(\[]([^()\[\]]*)[)\]]").finditer(left)):
            if CUT in match[1] or not match[1].strip(" ,.:;"):
                for place in (match.start(), match.end() - 1):
                    self.marked.cut(place, place + 1)

    def take_titles(self) -> None:
        pieces = japanese_titles.pieces(self.marked.left, self.begin)
        pieces = self.take_imprint(pieces)
        spans = japanese_titles.segments(self.marked.left, pieces)
        japanese_titles.TITLES.get(self.kind, japanese_titles.book_titles)(self, spans)
        if self.kind == "law":
            if not self.marked.has("title"):
                japanese_kinds.name_of_law(self.marked, self.begin)
            japanese_kinds.keep_number(self.marked, self.bracket)

    def take_imprint(self, pieces: list[Piece]) -> list[Piece]:
        """The pieces without publisher, place and series, which stand behind the titles."""
        if self.kind not in WITH_IMPRINT or self.kind == "conference":
            return pieces
        while True:
            words = [piece for piece in pieces if piece.sign in ("text", "quoted", "book")]
            if len(words) < 2 or words[-1].sign != "text":
                return pieces
            last = words[-1]
            name = self.imprint_name(last, words)
            if name == "collection-title" and self.kind == "chapter" and len(words) < 3:
                # …全書 is what holds the part, where nothing else could.
                return pieces
            if not name or not self.marked.take_text(name, (last.start, last.end), 0.85):
                return pieces
            if name == "collection-title":
                self.house_of_series = trimmed(self.marked.text, last.start, last.end)
            pieces = pieces[: pieces.index(last)]

    def imprint_name(self, piece: Piece, words: list[Piece]) -> str:
        """What a piece at the end is: place, publisher, series; nothing where it is a title."""
        word = self.marked.left[slice(*trimmed(self.marked.left, piece.start, piece.end))]
        if japanese_titles.PLACE.fullmatch(word):
            return "" if self.marked.has("publisher-place") else "publisher-place"
        if japanese_kinds.SERIES.search(word):
            return "collection-title"
        if self.marked.has("publisher") or len(word) > 30 or not re.search(r"[^\W\d]", word):
            return ""
        if japanese_kinds.PUBLISHER.search(word) and not _PART_OF_TITLE.search(word):
            return "publisher"
        if self.is_apart(piece, words[-2]) and len(word) <= 20 and not _PART_OF_TITLE.search(word):
            return "publisher"
        return ""

    def is_apart(self, piece: Piece, before: Piece) -> bool:
        """Whether a sign parts the last words from those before, so that they may be a house.

        Behind a colon stands a subtitle, unless a town is before it.
        """
        gap = self.marked.left[before.end : piece.start]
        word = self.marked.left[before.start : before.end].strip(" ,.()")
        if gap.strip() == ":" and before.sign == "text":
            return japanese_titles.PLACE.fullmatch(word) is not None
        return bool(re.search(r"[.,:;]", gap)) or before.sign != "text" or CUT in gap

    def has_author(self) -> bool:
        """Whether anybody was named in front."""
        return self.head.names is not None or bool(self.phrases)

    def take_author(self, segment: Segment) -> None:
        """Take the channel of a film for its author."""
        start, end = trimmed(self.marked.left, segment.start, segment.end)
        value = [{"literal": self.marked.text[start:end]}]
        self.marked.take("author", value, (start, end), 0.6)

    def take_text(self, name: str, segment: Segment, confidence: float) -> None:
        start, end = segment.start, segment.end
        if segment.sign != "text":
            start, end = start + 1, end - 1
        self.marked.take_text(name, (start, end), confidence)


_PART_OF_TITLE = re.compile(
    r"(?<=\S)[のをへ]|について|における|ための|とは|入門|ガイドライン|ハンドブック|マニュアル|概論|総論"
    r"|治療学$|外科学$|内科学$|白書|報告書?$|年版$|テキスト|[?!]"
)
