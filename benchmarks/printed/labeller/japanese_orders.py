"""Japanese references in orders and between signs that no house has: all is chosen by chance.

A work is a list of elements.  They stand in the order of its kind, in that order with one of them
moved, or in any; between two stands any sign, or that which the writer uses throughout; one or
several of them stand in brackets; names, titles, figures and days have words in front or not.
"""

from __future__ import annotations

from collections.abc import Callable

from house_styles import Piece
from japanese_styles import Printer
from japanese_works import FORMS, Works

ORDERS = {
    "journal": (28, "people date title container locator address"),
    "magazine": (5, "container date title people house page"),
    "book": (13, "people date title edition series house place date page"),
    "edited": (9, "editors date title edition series house place date page"),
    "translated": (5, "people date title edition translators house place date page"),
    "chapter": (13, "people date title editors container edition house place date page"),
    "guideline": (9, "makers date title edition house place date page address"),
    "page": (14, "makers site title date people address"),
    "newspaper": (3, "paper title people date day_edition page address"),
    "thesis": (2, "people title school thesis date"),
    "conference": (4, "people title container place date page"),
    "law": (2, "makers title number date address"),
    "standard": (1, "makers number title date house"),
    "drug": (2, "makers title leaflet date address"),
    "video": (2, "handle title site date address"),
}
"""How often each kind of work is printed, and the order of its elements."""
_SHARES = {
    "people": 0.93, "editors": 0.85, "date": 0.85, "series": 0.1, "edition": 0.3, "place": 0.3,
    "house": 0.9, "page": 0.5, "address": 0.3, "makers": 0.8, "site": 0.6, "number": 0.9,
    "day_edition": 0.6, "leaflet": 0.9, "paper": 0.95, "locator": 0.95,
}  # fmt: skip
"""How often an element is printed that need not be."""
_NO_NAMES = {"newspaper": 0.35, "page": 0.25, "magazine": 0.5}
_IN_FRONT = {
    "people": "著者 著者名 筆者 執筆者", "editors": "編者 編集 監修者", "translators": "訳者",
    "title": "題名 書名 論文名 タイトル 表題", "container": "雑誌名 掲載誌 収録書",
    "house": "出版社 発行所 発行", "date": "発行年 年 発行日", "page": "ページ 頁",
    "locator": "巻号頁",
}  # fmt: skip
"""Words in front of an element, where somebody labels them all."""
_SIGNS = (
    "．", "。", "、", "，", "：", "；", "　", " ", ". ", ", ", ": ", "; ", "／", "/", " / ", "|",
    "｜", " - ", " – ", "―", "・", "", "。 ", "． ", "  ",
)  # fmt: skip
_WEIGHTS = (
    9,
    4,
    8,
    8,
    5,
    1,
    8,
    8,
    8,
    8,
    3,
    1.5,
    2,
    1,
    1.5,
    1,
    1,
    0.7,
    0.3,
    0.3,
    0.3,
    6,
    1,
    0.5,
    0.5,
)
_BRACKETS = ("（）", "（）", "（）", "()", "()", "［］", "[]", "〔〕", "＜＞", "【】", "〈〉")
_OPEN, _CLOSED = "「『（([［〔【〈《“<＜", "」』）)]］〕】〉》”>＞"


class Writer(Printer):
    """Somebody who follows no house."""

    def __init__(self, seed: str, works: Works) -> None:
        super().__init__(seed, works)
        self.sign = self.chance.choices(_SIGNS, _WEIGHTS)[0]
        self.sameness = self.chance.choice((0.0, 0.5, 0.85))
        self.names = self.chance.choice(FORMS["name_sign"])
        self.is_labelled = self.may(0.05)
        self.label_sign = self.chance.choice(["：", ":", "　", " ", "："])
        self.marks = {
            "title": self.chance.choice(FORMS["quotes"]),
            "container": self.chance.choice(FORMS["host_quotes"]),
        }

    def print(self, kind: str) -> list[Piece]:
        """The pieces of a printed work with their labels."""
        self.kind = kind
        self.out = []
        names = [name for name in self._order(kind) if self._is_shown(name)]
        elements = [(name, self._taken(getattr(self, f"write_{name}"))) for name in names]
        elements = [(name, pieces) for name, pieces in elements if pieces]
        boxes = self._boxes(len(elements))
        self.put(self.pick("list_mark").format(self.chance.randrange(1, 60)))
        for at, (name, pieces) in enumerate(elements):
            if at:
                self._sign(boxes, at, is_figure=pieces[0][0][:1].isdigit())
            self.put("".join(one[0] for start, _, one in boxes if start == at))
            if self.is_labelled and name in _IN_FRONT:
                self.put(self.chance.choice(_IN_FRONT[name].split()) + self.label_sign)
            self.out += pieces
            self.put("".join(one[1] for _, end, one in boxes if end == at))
        end = self.chance.choice([".", "．", "。", "", "", "", ""])
        self.put(end if self.out[-1][1] != "url" else "")
        if self.may(0.07):
            self.put(self.pick("behind").format(self.chance.randrange(1, 90)), "note")
        return self.out

    # ── order and signs ──

    def _order(self, kind: str) -> list[str]:
        names = ORDERS[kind][1].split()
        if names.count("date") > 1:
            places = [at for at, name in enumerate(names) if name == "date"]
            names.pop(self.chance.choice(places))
        how = self.chance.random()
        if how < 0.35:
            name = names.pop(self.chance.randrange(len(names)))
            names.insert(self.chance.randrange(len(names) + 1), name)
        elif how < 0.5:
            self.chance.shuffle(names)
        return names

    def _is_shown(self, name: str) -> bool:
        if name == "people" and self.kind in _NO_NAMES:
            return self.may(_NO_NAMES[self.kind])
        if name == "address" and self.kind in ("page", "video"):
            return self.may(0.92)
        return self.may(_SHARES.get(name, 1))

    def _taken(self, write: Callable[[], None]) -> list[Piece]:
        before, self.out = self.out, []
        write()
        pieces, self.out = self.out, before
        return pieces

    def _boxes(self, count: int) -> list[tuple[int, int, str]]:
        """Which elements stand in brackets: (first, last, the brackets)."""
        if count < 2 or self.may(0.5):
            return []
        first = self.chance.randrange(count)
        last = min(count - 1, first + self.chance.choice((0, 0, 0, 1, 1, 2, 3)))
        if first == 0 and last == count - 1:
            return []
        found = [(first, last, self.chance.choice(_BRACKETS))]
        if last + 1 < count and self.may(0.2):
            found.append((last + 1, last + 1, self.chance.choice(_BRACKETS)))
        return found

    def _sign(self, boxes: list[tuple[int, int, str]], at: int, *, is_figure: bool) -> None:
        sign = self.sign if self.may(self.sameness) else self.chance.choices(_SIGNS, _WEIGHTS)[0]
        is_opened = any(start == at for start, _, _ in boxes)
        is_closed = any(end == at - 1 for _, end, _ in boxes)
        if is_opened and self.may(0.75):
            sign = self.chance.choice(["", "", " "])
        last = self.out[-1][0][-1:] if self.out else ""
        if self.out[-1][1] == "url":
            sign = self.chance.choice([" ", "　", "，", "、", ". "]) if not is_closed else " "
        if not sign and not (is_opened or last in _CLOSED or (is_figure and not last.isdigit())):
            sign = self.chance.choice(["　", " ", "，", "．", ", "])
        self.put(sign if not last or not sign.strip() or last not in ".,．，、。" else " ")

    # ── elements ──

    def _line(self, count: int) -> str:
        """A list of names."""
        names = [self._name() for _ in range(count)]
        sign = self.names if self.may(0.8) else self.pick("name_sign")
        if any(" " in name or "　" in name or "," in name for name in names) and not sign.strip():
            sign = "、"
        if any("・" in name for name in names) and sign == "・":
            sign = "，"
        last = self.pick("last_sign") if self.may(0.1) else sign
        return last.join([sign.join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]

    def _name(self) -> str:
        how = self.chance.random()
        if how < 0.05:
            return self.works.foreigner().replace(",", "")
        if how < 0.09:
            return self.pick("surnames") + self.chance.choice(
                ["さくら", "みどり", "かおり", "ケイ"]
            )
        family, given = self.works.person()
        if how < 0.3:  # A name of signs that stand in names, and that nobody may have.
            family = "".join(
                self.chance.choice(self.pick("surnames"))
                for _ in range(self.chance.choice((1, 2, 2, 2, 3)))
            )
            given = "".join(
                self.chance.choice(self.pick("given"))
                for _ in range(self.chance.choice((1, 2, 2, 3)))
            )
        return (
            self.form["name"].format(family, given).replace(",", "") if self.may(0.97) else family
        )

    def _people(self, label: str, role: str, most: int) -> None:
        count = min(most, self.chance.choice((1, 1, 1, 1, 2, 2, 3, 4, 6)))
        line = self._line(count)
        if self.may(0.03):
            line += f"（{self.pick('universities')}）"
        tail = self.pick("et_al").format(self.chance.randrange(2, 9)) if self.may(0.15) else ""
        form = self.form["role"] if self.may(0.7) else self.pick("role")
        before, behind = form.replace("{r}", role).split("{n}") if role else ("", "")
        self.put(before, "role")
        self.put(line, label)
        self.put("" if "ー" in line[-4:] else tail)
        self.put(behind, "role")

    def write_people(self) -> None:
        """Who wrote it."""
        role = self.pick("author") if self.may(0.25) else ""
        if self.kind in ("page", "magazine", "newspaper") and self.may(0.4):
            role = self.pick("writer")
        if self.kind == "page" and self.may(0.4):
            self._people("editor", self.chance.choice(["監修", "監修者", "編集"]), 2)
            return
        self._people("author", role, 9)

    def write_editors(self) -> None:
        """Who edited it."""
        if self.may(0.12):
            self.put(self.works.body(), "editor")
            self.put(
                self.chance.choice(["編", "（編）", "監修", "編集", " 編", "（監修）"]), "role"
            )
        else:
            self._people("editor", self.pick("editor"), 4)
        if self.may(0.15):
            self.put(self.chance.choice(["，", ", ", "、", "　", "／", " "]))
            self._people("editor", self.pick("editor"), 3)

    def write_translators(self) -> None:
        """Who translated it."""
        self._people("translator", self.pick("translator"), 3)

    def write_makers(self) -> None:
        """Which body made it."""
        before, behind = self.pick("maker").split("{}")
        if self.kind in ("page", "law", "standard", "drug") or self.may(0.5):
            before = behind = ""
        label = "editor" if before or behind else "author"
        self.put(before, "role")
        body = self.pick("town_body") if self.may(0.06) else self.works.body()
        self.put(self.pick("drug_maker") if self.kind == "drug" else body, label)
        if self.may(0.08):
            self.put(self.chance.choice(["　", "・", "，", "／", "、"]) + self.works.body(), label)
        self.put(behind, "role")

    def write_handle(self) -> None:
        """Who put a film up."""
        self.put(
            self.works.topic() + self.pick("handle") if self.may(0.7) else self._name(), "author"
        )

    def write_title(self) -> None:
        """The title."""
        pools = {"book": "books", "edited": "books", "translated": "books", "page": "pages",
                 "guideline": "guidelines", "video": "pages", "drug": "",
                 "law": "laws"}  # fmt: skip
        pool = pools.get(self.kind, "titles")
        if self.may(0.15) and pool not in ("", "laws"):
            pool = self.chance.choice(["titles", "books", "pages", "guidelines", "hosts"])
        title = self.works.title(pool) if pool else self.works.drug()
        if self.may(0.2) and pool not in ("", "laws"):
            behind = self.works.title(self.chance.choice(["titles", "pages", "books"]))
            title += (
                self.chance.choice(["．", ". ", "，", "、", "：", ": ", "　", " ", "—", "・"])
                + behind
            )
        if self.may(0.15) and pool not in ("", "laws"):
            title = self.pick("title_signs").format(title, self.chance.randrange(2, 31))
        if pool in ("guidelines", "pages", "titles") and self.may(
            0.08 if pool == "titles" else 0.25
        ):
            years = {"n": self.chance.randrange(1, 32), "y": self.chance.randrange(1990, 2025)}
            title = self.pick("era_front").format(t=title, **years)
        if pool == "laws" and self.may(0.6):
            title += (
                f"（平成{self.chance.randrange(1, 31)}年法律第{self.chance.randrange(1, 150)}号）"
            )
        self._marked(title, "title", FORMS["quotes"])

    def _marked(self, text: str, name: str, options: list[str]) -> None:
        marks = self.marks[name] if self.may(0.8) else self.chance.choice(options)
        is_marked = marks and marks[0] not in text and marks[1] not in text
        self.put(marks[0] if is_marked else "")
        self.put(text, name)
        self.put(marks[1] if is_marked else "")

    def write_container(self) -> None:
        """What it stands in."""
        if self.kind == "chapter":
            self.put(self.pick("intro") if self.may(0.3) else "")
            text = self.works.title("hosts" if self.may(0.4) else "books")
            if self.may(0.05):
                text += self.chance.choice([" Vol.2", "　上巻", " 2", "（上）", " III", "・第3巻"])
        elif self.kind == "conference":
            text = self.works.fill("meetings")
        else:
            text = self.works.journal()
            self.put("雑誌" if self.kind == "magazine" and self.may(0.3) else "")
            if self.may(0.05):
                text = self.chance.choice(["月刊", "月刊 ", "月刊　", "季刊", "週刊"]) + text
        self._marked(text, "container", FORMS["host_quotes"])

    def write_site(self) -> None:
        """A site."""
        self._marked(
            "YouTube" if self.kind == "video" and self.may(0.6) else self.pick("sites"),
            "container",
            [""] * 6 + ["「」", "『』"],
        )
        self.put(self.pick("official_site") if self.may(0.08) else "", "container")

    def write_paper(self) -> None:
        """A newspaper."""
        self._marked(self.pick("papers"), "container", FORMS["host_quotes"])

    def write_date(self) -> None:
        """When it was published."""
        if self.kind == "magazine":
            self.dated(self.pick("month_of_issue"))
        elif self.kind in ("newspaper", "video") or (self.kind == "page" and self.may(0.7)):
            self.dated(self.pick("day_of_paper" if self.may(0.6) else "updated"))
        else:
            self.dated(self.form["year"] if self.may(0.7) else self.pick("free_year"))

    def write_day_edition(self) -> None:
        """朝刊."""
        self.put(self.chance.choice(["朝刊", "夕刊", "朝刊", "電子版"]), "number")

    def write_locator(self) -> None:
        """A volume, an issue and pages, by one form or each by itself."""
        if self.may(0.55):
            self.figures(self.pick("locator"))
            return
        for at, part in enumerate(("volume_form", "issue_form", "page_form")):
            if self.may((0.92, 0.6, 0.9)[at]):
                if at and self.out:
                    self.put(
                        self.chance.choice(["", "", "，", "、", ", ", " ", "　", "：", ": ", "."])
                    )
                self.figures(self.pick(part))

    def write_page(self) -> None:
        """Pages."""
        self.figures(self.form["pages"] if self.may(0.5) else self.pick("page_form"))

    def write_edition(self) -> None:
        """Which edition it is."""
        self.put(
            self.pick("edition").strip("（）［］ ").format(n=self.chance.randrange(2, 9)), "edition"
        )

    def write_series(self) -> None:
        """A series."""
        self.put(self.works.pick("series"), "series")

    def write_house(self) -> None:
        """A publisher."""
        self.put(self.works.house(), "publisher")

    def write_place(self) -> None:
        """A town."""
        self.put(self.pick("places"), "place")

    def write_school(self) -> None:
        """Where a thesis was written."""
        self.put(self.pick("universities"), "publisher")

    def write_thesis(self) -> None:
        """What kind of thesis."""
        self.put(self.pick("thesis"), "note")

    def write_leaflet(self) -> None:
        """What kind of leaflet."""
        self.put(self.pick("leaflet"), "note")

    def write_number(self) -> None:
        """The number of a law, a notice or a standard."""
        if self.kind == "standard":
            letter = self.chance.choice("STZCKA")
            self.put(f"JIS {letter} {self.chance.randrange(1000, 9999)}", "number")
        else:
            self.dated(self.pick("order_number").strip("，．（）"), "number")

    def write_address(self) -> None:
        """Where it is read, and when it was, in either order."""
        shown = self.may(0.9), self.may(0.6)
        is_day_first = all(shown) and self.may(0.12)
        for at in (1, 0) if is_day_first else (0, 1):
            if not shown[at]:
                continue
            if self.out:
                self.put(self.chance.choice([" ", " ", "　", "，", "、", ", "]))
            if at == 0:
                self.put(self.pick("address_label") if self.may(0.2) else "")
                self.put(self.works.address(), "url")
            else:
                self.dated(
                    self.form["access"] if self.may(0.5) else self.pick("access"), "accessed"
                )


def make(count: int, seed: int, works: Works) -> list[list[Piece]]:
    """The pieces of so many references; each writer prints six."""
    chance = works.chance
    writers = [Writer(f"free {seed} {number}", works) for number in range(count // 6 + 1)]
    kinds, shares = list(ORDERS), [share for share, _ in ORDERS.values()]
    return [chance.choice(writers).print(chance.choices(kinds, shares)[0]) for _ in range(count)]
