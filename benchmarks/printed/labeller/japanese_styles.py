"""Japanese house styles made up by chance, printing works with the label of each stretch.

Which sign stands between which two elements, in which order they come, where the year is, how
names, roles, editions, figures and days are written: each is chosen by itself.
"""

from __future__ import annotations

import random
import re

from house_styles import Piece
from japanese_works import FORMS, Works

KINDS = {
    "journal": 28, "book": 16, "edited": 8, "chapter": 14, "translated": 5, "guideline": 8,
    "page": 14, "newspaper": 4, "thesis": 2, "conference": 4, "law": 2, "standard": 1, "drug": 2,
}  # fmt: skip
"""How often each kind of work is printed."""
WIDTHS = ("．，：；（）", "。、：；（）", ".,:;()", "．,：;()")
"""The signs of a house: stop, comma, colon, semicolon, brackets."""
ERAS = ((2019, "令和"), (1989, "平成"), (1926, "昭和"))
_PLACES = ("people", "title", "host", "imprint", "year", "edition", "figures", "note", "site")
_CHOSEN = (
    "name", "et_al", "role", "quotes", "host_quotes", "year", "locator", "pages", "edition",
    "label", "access", "intro",
)  # fmt: skip
_DAY = re.compile(r"\{(?:y|e|E|ye)\}.*\{[ymdMeE](?:e|:02)?\}(?:年|月|日)?|\{(?:y|e|E|ye)\}年?")
"""The day within a form."""
_FIGURE = re.compile(
    r"(\{i\}[・-]\{n\}|[Se]?\{p\}(?:-S\{q\})?|\{\w\}|Suppl(?:\.| \{i\})?|臨時増刊|増刊|臨増)"
)
_FIGURES = {"v": "volume", "i": "issue", "p": "page", "q": "page", "n": "number"}
_CLOSED = '」』）)]］】〉》”"'


class Printer:
    """One house style; it prints many works alike."""

    def __init__(self, seed: str, works: Works) -> None:
        self.chance = random.Random(seed)
        self.works = works
        self.form = {name: self.chance.choice(FORMS[name]) for name in _CHOSEN}
        stop, comma, colon, semi, self.open, self.close = self.chance.choices(WIDTHS, (4, 3, 4, 1))[
            0
        ]
        gap = "" if stop in "．。" else " "
        self.stop, self.comma, self.colon, self.semi = (
            stop + gap,
            comma + gap,
            colon + gap,
            semi + gap,
        )
        self.has_role = self.may(0.35)
        self.between = self.chance.choice(
            [self.comma] * 4 + ["・", "、", "，", self.semi, ", ", "　", " ", "／", "．"]
        )
        if self.form["name"] in ("{}, {}", "{}・{}") or not self.between.strip():
            self.between = self.semi
        if self.form["quotes"] == "「」" and self.may(0.7):
            self.form["host_quotes"] = "『』"
        self.seps = self._signs()
        self.year_place = self.chance.choices(["last", "head", "middle", "none"], (6, 3, 2, 0.4))[0]
        self.is_title_first = self.may(0.22)
        self.editors_first = self.may(0.5)
        self.place_first = self.may(0.4)
        self.is_bracketed = self.may(0.25)
        self.place_sep = self.chance.choice([self.colon, self.comma, "：", ": ", " ", "・"])
        self.end = self.chance.choice([self.stop.strip(), self.stop.strip(), "", "", "。", "."])
        self.out: list[Piece] = []

    def _signs(self) -> dict[str, str]:
        """The sign behind each element: all alike, nearly all, or each by itself."""
        signs = [
            self.stop, self.comma, self.colon, "　", " ", "", self.semi, "／", "|", " - ", "｜",
            " / ",
        ]  # fmt: skip
        weights = (10, 9, 5, 3, 3, 1, 1, 1, 0.5, 0.3, 0.5, 0.5)
        self.usual = self.chance.choices(signs, weights)[0] or self.stop
        same = 0.8 if self.may(0.4) else 0.0
        found = {
            name: self.usual if self.may(same) else self.chance.choices(signs, weights)[0]
            for name in _PLACES
        }
        for name in ("people", "title"):
            if self.form["quotes"] and self.may(0.4):
                found[name] = ""
        return found

    def may(self, share: float) -> bool:
        """Whether chance says so."""
        return self.chance.random() < share

    def pick(self, name: str) -> str:
        """A value or a form by its name."""
        return self.works.pick(name)

    def put(self, text: str, name: str = "other") -> None:
        """Print a piece."""
        if text:
            self.out.append((text, name))

    def sep(self, name: str) -> None:
        """The sign behind an element, once."""
        sign = self.usual if self.may(0.04) else self.seps[name]
        last = self.out[-1][0] if self.out else ""
        is_touching = name in ("figures", "year") and self.may(0.7)
        if last and not sign and last[-1] not in _CLOSED and not is_touching:
            sign = self.chance.choice(["　", self.stop])
        if last and not last.endswith(sign.strip() or " "):
            self.put(sign)

    # ── elements ──

    def people(self, label: str, role: str = "") -> None:
        """A list of names, with what they did if it is said."""
        names = [self.works.body() for _ in range(1 + self.may(0.15))]
        if label == "translator" or self.may(0.84):
            count = self.chance.choice((1, 1, 1, 2, 2, 3, 3, 4, 6))
            people = [self.works.person() for _ in range(count)]
            is_short = self.may(0.05)
            names = [one[0] if is_short else self.form["name"].format(*one) for one in people]
        self._names(self.between.join(names), label, role)

    def _names(self, line: str, label: str, role: str) -> None:
        tail = self.form["et_al"].format(self.chance.randrange(2, 9)) if self.may(0.18) else ""
        before, after = self.form["role"].replace("{r}", role).split("{n}") if role else ("", "")
        self.put(before, "role")
        self.put(line, label)
        self.put("" if "ー" in line[-4:] else tail)
        self.put(after, "role")

    def head(self) -> None:
        """Who wrote the work, and perhaps when."""
        self.people("author", "著" if self.has_role and self.may(0.5) else "")
        if self.year_place == "head":
            self.put("" if self.form["year"][0] in "（([" else self.seps["people"])
            self.dated(self.form["year"])
        self.sep("people")

    def quoted(self, text: str, name: str, quotes: str) -> None:
        """A title between the marks of the house."""
        is_marked = quotes and quotes[0] not in text
        self.put(quotes[0] if is_marked else "")
        self.put(text, name)
        self.put(quotes[1] if is_marked else "")

    def title(self, text: str) -> None:
        """The title of a part."""
        self.quoted(text, "title", self.form["quotes"])

    def dated(self, form: str, name: str = "date") -> None:
        """A day in a form; the words around it are none of it."""
        year, month = self.chance.randrange(1978, 2025), self.chance.randrange(1, 13)
        first, era = next(row for row in ERAS if year >= row[0])
        values = {"y": year, "m": month, "d": self.chance.randrange(1, 29)}
        names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
        short = "RHS"[("令和", "平成", "昭和").index(era)]
        values |= {
            "e": f"{era}{year - first + 1}年", "M": names[month - 1],
            "E": f"{short}{year - first + 1}", "ye": f"{year}年（{era}{year - first + 1}年）",
        }  # fmt: skip
        inner = _DAY.search(form)
        start, end = inner.span() if inner and name in ("date", "accessed") else (0, len(form))
        pieces = ((form[:start], "other"), (form[start:end], name), (form[end:], "other"))
        for text, label in pieces:
            self.put(text.format(**values), label)

    def figures(self, form: str) -> None:
        """A place in a volume or a book."""
        first = self.chance.randrange(1, 900)
        last = first + self.chance.randrange(1, 30)
        page = f"{first}{self.chance.choice('--–〜~－')}{last}" if self.may(0.85) else str(first)
        values = {"v": self.chance.randrange(1, 130), "i": self.chance.randrange(1, 13)}
        values |= {"p": page, "q": last, "n": self.chance.randrange(2, 9)}
        for piece in _FIGURE.split(form):
            sign = re.search(r"\{(\w)", piece)
            is_issue = piece[:1] in "S臨増" and "p" not in piece and piece
            label = "issue" if is_issue else _FIGURES[sign[1]] if sign else "other"
            self.put(piece.format(**values), label)

    def edition(self, share: float) -> None:
        """Which edition it is, if it is said."""
        if self.may(share):
            self.sep("edition")
            self.put(self.form["edition"].format(n=self.chance.randrange(2, 9)), "edition")

    def bracketed(self, share: float, label: str, role: str) -> None:
        """Names, now and then in brackets."""
        is_in = self.may(share)
        self.put("（" if is_in else "")
        self.people(label, role)
        self.put("）" if is_in else "")

    def whole(self, title: str) -> None:
        """The title of a book with its edition and series."""
        host = self.form["host_quotes"] if self.may(0.5) else ""
        self.quoted(title, "title", self.form["quotes"] or host)
        self.edition(0.3)
        if self.may(0.12):
            before, after = self.pick_form("series").split("{}")
            self.put(before)
            self.put(self.works.pick("series"), "series")
            self.put(after)

    def pick_form(self, name: str) -> str:
        """A form, where a list of values has the same name."""
        return self.chance.choice(FORMS[name])

    def imprint(self, share: float = 0.95) -> None:
        """Publisher, place, year, pages."""
        house = self.works.house() if self.may(share) else ""
        place = self.pick("places") if self.may(0.35) else ""
        is_in = self.is_bracketed and house
        self.put(self.open if is_in else "")
        pieces = [(house, "publisher"), (place, "place")]
        shown = [one for one in (pieces[::-1] if self.place_first else pieces) if one[0]]
        for number, (text, name) in enumerate(shown):
            if number:
                self.put(self.place_sep if self.place_first else self.comma)
            self.put(text, name)
        if self.year_place in ("last", "middle"):
            if is_in:
                self.put(self.comma)
            elif shown:
                self.sep("year")
            self.dated(self.form["year"])
        self.put(self.close if is_in else "")
        if self.may(0.45):
            self.sep("figures")
            self.figures(self.form["pages"])

    def address(self, share: float) -> None:
        """Where the work is read, and when it was."""
        if not self.may(share):
            return
        self.sep("note")
        self.put(self.pick("address_label") if self.may(0.25) else "")
        self.put(self.works.address(), "url")
        if self.may(0.6):
            self.put(self.pick("before_access"))
            self.dated(self.form["access"], "accessed")

    # ── works ──

    def print(self, kind: str) -> list[Piece]:
        """The pieces of a printed work with their labels."""
        self.out = []
        self.put(self.form["label"].format(self.chance.randrange(1, 60)))
        getattr(self, "print_" + kind)()
        if self.out[-1][1] == "other" and not self.out[-1][0].strip(" 　．，。、.,;；：:"):
            self.out.pop()
        self.put(self.end if self.out[-1][1] != "url" else "")
        return self.out

    def print_journal(self) -> None:
        """An article."""
        if self.may(0.97):
            self.head()
        self.title(self.works.title("titles"))
        self.put(self.pick("remark") if self.may(0.06) else "", "note")
        self.sep("title")
        self.quoted(self.works.journal(), "container", self.form["host_quotes"])
        self.sep("figures")
        if self.year_place == "middle":
            self.dated(self.form["year"])
            self.sep("year")
        self.figures(self.form["locator"])
        if self.year_place == "last":
            self.sep("year")
            self.dated(self.form["year"])
        self.address(0.12)

    def print_book(self) -> None:
        """A book with authors."""
        title = self.works.title("books")
        if self.is_title_first:
            self.whole(title)
            self.sep("title")
            self.people("author", self.pick("author"))
        else:
            self.head()
            self.whole(title)
        self.sep("host")
        self.imprint()

    def print_edited(self) -> None:
        """A book with editors."""
        title = self.works.title("books" if self.may(0.7) else "hosts")
        if self.is_title_first:
            self.whole(title)
            self.sep("title")
        self.bracketed(0.3 if self.is_title_first else 0, "editor", self.pick("editor"))
        if self.may(0.2):
            self.put(self.chance.choice([self.comma, "　", "；", "／", " "]))
            self.people("editor", self.pick("editor"))
        self.sep("people")
        if not self.is_title_first:
            self.whole(title)
            self.sep("title")
        self.imprint()

    def print_translated(self) -> None:
        """A book from abroad."""
        title = self.works.title("books")
        if self.is_title_first:
            self.whole(title)
            self.sep("title")
        foreign = [self.works.foreigner() for _ in range(self.chance.choice((1, 1, 1, 2)))]
        sign = "，" if self.between == "・" else self.between
        self._names(sign.join(foreign), "author", "著" if self.has_role else "")
        if self.editors_first or self.is_title_first:
            if self.may(0.4):
                self.put("（")
                self.people("translator")
                self.put(self.pick("translated_behind"), "role")
                self.put("）")
            else:
                self.put(self.chance.choice([self.comma, "　", "；", "／", self.comma]))
                self.people("translator", self.pick("translator"))
        self.sep("people")
        if not self.is_title_first:
            self.whole(title)
            self.sep("title")
            if not self.editors_first:
                self.bracketed(0.5, "translator", self.pick("translator"))
                self.sep("people")
        self.imprint()

    def print_chapter(self) -> None:
        """A part of a book."""
        self.head()
        if self.may(0.06):
            self.put(f"第{self.chance.randrange(1, 12)}章{self.chance.choice(['　', ' ', '．'])}")
        self.title(self.works.title("titles"))
        is_held = self.may(0.12)
        if is_held:
            self.put("（")
        else:
            self.sep("title")
            self.put(self.form["intro"])
        host = self.works.title("hosts" if self.may(0.5) else "books")
        is_named = self.may(0.8)
        if is_named and self.editors_first:
            self.people("editor", self.pick("host_editor"))
            self.sep("people")
        self.quoted(host, "container", self.form["host_quotes"])
        self.edition(0.2)
        if is_named and not self.editors_first:
            self.sep("edition")
            self.bracketed(0.4, "editor", self.pick("host_editor"))
        self.sep("host")
        self.imprint()
        self.put(self.pick("held") if is_held else "", "note")
        self.put("）" if is_held else "")

    def print_guideline(self) -> None:
        """A guideline, a report, a survey of a body."""
        title = self.works.fill("guidelines")
        if self.is_title_first:
            self.title(title)
            self.sep("title")
        before, after = self.pick("maker").split("{}")
        label = "editor" if before or after else "author"
        self.put(before, "role")
        self.put(self.works.body(), label)
        if self.may(0.1):
            self.put(self.chance.choice(["　", "・", "，"]), label)
            self.put(self.works.body(), label)
        self.put(after, "role")
        if self.year_place == "head":
            self.dated(self.form["year"])
        self.sep("people")
        if not self.is_title_first:
            self.title(title)
            self.sep("title")
        self.imprint(0.6)
        self.address(0.4)

    def print_page(self) -> None:
        """A page of a site."""
        maker = self.works.body() if self.may(0.55) else ""
        site = self.pick("sites") if self.may(0.55) or not maker else ""
        values = {"author": (maker, "author"), "site": (site, "container")}
        for name in self.pick("order_of_page").split():
            text, label = values.get(name, ("", "title"))
            if name == "title":
                self.title(self.works.fill("pages"))
                self.put(self.pick("remark") if self.may(0.04) else "", "note")
                self.sep("site")
            elif text:
                is_boxed = name == "site" and self.may(0.15)
                self.put(self.open if is_boxed else "")
                self.put(text, label)
                self.put(self.pick("official_site") if self.may(0.08) else "", label)
                self.put(self.close if is_boxed else "")
                self.sep("people" if label == "author" else "site")
        if self.may(0.1):
            self.people("editor", self.chance.choice(["監修", "執筆"]))
            self.sep("note")
        if self.may(0.3):
            self.dated(self.pick("updated"))
            self.sep("year")
        self.address(0.95)

    def print_newspaper(self) -> None:
        """An article of a newspaper."""
        if self.may(0.3):
            self.head()
        for name in self.chance.choice((("title", "paper"), ("paper", "title"))):
            if name == "title":
                self.title(self.works.title("titles"))
            else:
                self.quoted(self.pick("papers"), "container", self.form["host_quotes"])
            self.sep("title")
        self.dated(self.pick("day_of_paper"))
        self.put(self.pick("edition_of_day") if self.may(0.6) else "", "number")
        self.address(0.2)

    def print_thesis(self) -> None:
        """A thesis."""
        self.head()
        self.title(self.works.title("titles"))
        self.sep("title")
        pieces = [(self.pick("universities"), "publisher"), (self.pick("thesis"), "note")]
        for text, name in pieces[:: self.chance.choice((1, 1, -1))]:
            self.put(text, name)
            if self.may(0.6):
                self.sep("imprint")
        self.sep("year")
        self.dated(self.form["year"])

    def print_conference(self) -> None:
        """A paper of a meeting."""
        self.head()
        self.title(self.works.title("titles"))
        self.sep("title")
        self.quoted(self.works.fill("meetings"), "container", self.form["host_quotes"])
        self.sep("host")
        if self.may(0.4):
            self.put(self.pick("places"), "place")
            self.sep("imprint")
        self.dated(self.form["year"])
        if self.may(0.5):
            self.sep("figures")
            self.figures(self.form["pages"])

    def print_law(self) -> None:
        """A law or a notice; the number of a law belongs to its name."""
        if self.may(0.3):
            self.put(self.works.body(), "author")
            self.sep("people")
        self.title(self.pick("laws"))
        if self.out[-1][1] == "title":
            self.put(self.pick("article") if self.may(0.2) else "", "title")
            self.dated(self.pick("law_number"), "title")
            self.put(self.pick("article") if self.may(0.3) else "", "number")
        else:
            self.dated(self.pick("order_number"), "number")
        self.address(0.3)

    def print_standard(self) -> None:
        """A standard with its number."""
        if self.may(0.4):
            self.put(self.pick("standard_maker"), "author")
            self.sep("people")
        number = f"JIS {self.chance.choice('STZCK')} {self.chance.randrange(1000, 9999)}"
        tail = [f":{self.chance.randrange(1990, 2024)}", f"-{self.chance.randrange(1, 5)}", ""]
        self.put(number + self.chance.choice(tail), "number")
        self.put(self.pick("after_number"))
        self.put(self.works.fill("books"), "title")
        self.sep("title")
        self.imprint(0.4)

    def print_drug(self) -> None:
        """What a package of a drug says."""
        pieces = ["drug", "maker"]
        self.chance.shuffle(pieces)
        for name in pieces:
            if name == "maker":
                self.put(self.pick("drug_maker"), "author")
            else:
                self.title(self.works.drug())
                sign, note = self.chance.choice(["", "　", " ", "，"]), self.pick("leaflet")
                is_title = sign != "，" and self.out[-1][1] == "title" and note.isalpha()
                self.put(sign, "title" if is_title else "other")
                self.put(note, "title" if is_title else "note")
            self.sep("people")
        changed = [self.form["year"], "{y}年{m}月改訂", "{y}年{m}月改訂（第2版）"]
        self.dated(self.chance.choice(changed))


def make(count: int, seed: int, houses: int) -> list[list[Piece]]:
    """The pieces of so many references, printed by so many houses."""
    chance = random.Random(seed)
    works = Works(chance)
    printers = [Printer(f"{seed} {number}", works) for number in range(houses)]
    kinds, shares = list(KINDS), list(KINDS.values())
    return [chance.choice(printers).print(chance.choices(kinds, shares)[0]) for _ in range(count)]
