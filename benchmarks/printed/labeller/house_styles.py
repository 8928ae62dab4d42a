"""Printers that follow a house style made up by chance, and damage as print shows it."""

from __future__ import annotations

import random
import re
from typing import Any

from works import VALUES, Item

from refpipe.items.printed import labeller

Piece = tuple[str, str]
"""A text and its label."""
_INVERTED_BEHIND = {"F, G": "G F", "F, I.": "I. F", "F, Gi": "Gi F", "U, G": "G F"}


class Printer:
    """One house style; it prints many works alike."""

    def __init__(self, seed: str, values: dict[str, Any] = VALUES) -> None:
        self.chance = random.Random(seed)
        self.values, self.forms = values, values["forms"]
        self.form: dict[str, Any] = {
            name: self.chance.choice(options) for name, options in self.forms.items()
        }
        if self.form["between"] in ("; ", "/"):
            self.form["last"] = self.form["between"]
        self.is_inverted_first = self.chance.random() < 0.3
        self.is_year_early = self.chance.random() < 0.45
        self.has_month = self.chance.random() < 0.2
        self.is_mixed = self.chance.random() < 0.25
        self.out: list[Piece] = []

    def put(self, text: str, name: str = "other") -> None:
        """Print a piece; of two signs that meet, the first."""
        before = self.out[-1][0].rstrip()[-1:] if self.out else ""
        if before and before in ".,;:" and text[:1] in (".", ",", ";", ":"):
            text = text[1:]
        if text:
            self.out.append((text, name))

    def print(self, item: Item) -> list[Piece]:
        """The pieces of a printed work with their labels."""
        self.out = []
        year = str(item["issued"]["date-parts"][0][0])
        self.put(self.form["label"].format(self.chance.randrange(1, 99)))
        self._people(item)
        if self.is_year_early:
            month = f", {self.chance.choice(self.values['months'])} 12"
            is_dated = self.has_month and "(" in self.form["year_early"]
            self.put(self.form["year_early"].format(year + (month if is_dated else "")), "date")
        self._title(item)
        self._behind(item, year)
        self._figures(item, year)
        self.put(self.form["end"])
        return self.out

    # ── names ──

    def names(self, people: list[dict[str, str]]) -> str:
        """A list of names."""
        row = [self._name(person, index) for index, person in enumerate(people)]
        if len(row) > 1 and self.chance.random() < 0.06:
            return row[0] + self.chance.choice(self.values["et_al"])
        if len(row) > 3 and self.chance.random() < 0.2:
            return self.form["between"].join(row[:3]) + self.chance.choice(self.values["et_al"])
        if len(row) == 1:
            return row[0]
        return str(self.form["between"].join(row[:-1]) + self.form["last"] + row[-1])

    def _name(self, person: dict[str, str], index: int) -> str:
        if "literal" in person:
            return person["literal"]
        family, given = person["family"], person["given"]
        letters = [word[0] for word in re.split(r"[\s.-]+", given) if word]
        if len(given) < 3 or given.isupper() or "." in given[:2]:
            given = self.chance.choice(self.values["given"])
        form = self.form["name"]
        if self.is_inverted_first and index:
            form = _INVERTED_BEHIND.get(form, form)
        values = {
            "Gi": f"{given.split()[0]} {self.chance.choice('ABCDEFGHJKLMNPRST')}.",
            "I.": ". ".join(letters) + ".", "i.": ".".join(letters) + ".", "I": "".join(letters),
            "G": given, "F": family, "U": family.upper(),
        }  # fmt: skip
        return re.sub(r"Gi|I\.|i\.|[IGFU]", lambda match: values[match[0]], form)

    def _people(self, item: Item) -> None:
        people = item.get("author") or (item.get("editor") if item["type"] != "chapter" else None)
        if not people:
            return
        names = self.names(people)
        if "author" not in item and self.chance.random() < 0.9:
            names += self.chance.choice(self.values["whole_editors"])
        self.put(names, "author")
        after = self.form["after_names"]
        if self.is_mixed and self.chance.random() < 0.4:
            after = self.chance.choice(self.forms["after_names"])
        if names.endswith(".") and after.startswith("."):
            after = after[1:]
        is_bracketed = self.is_year_early and self.form["year_early"].startswith("(")
        self.put(" " if is_bracketed else after)

    # ── titles ──

    def _title(self, item: Item) -> None:
        title = item.get("title", "")
        if not title:
            return
        quotes = self.form["quotes"]
        is_whole = item["type"] in ("book", "report", "thesis")
        if is_whole and self.chance.random() < 0.8:
            quotes = ""
        begin, close = (quotes[:1], quotes[1:]) if quotes else ("", "")
        is_french = quotes == "«»"
        self.put(f"« {title} " if is_french else begin + title, "title")
        if item.get("translator") or (
            is_whole and "author" in item and self.chance.random() < 0.06
        ):
            by = item.get("translator") or item["author"][:1]
            self.put(self.chance.choice([", ", ". ", " ("]))
            self.put(self.chance.choice(self.values["by"]) + self.names(by), "editor")
        if item["type"] in self.values["media"] and self.chance.random() < 0.3:
            self.put(close)
            close = ""
            self.put(self.chance.choice(self.values["media"][item["type"]]), "note")
        form = self.form["after_title"]
        if self.is_mixed and self.chance.random() < 0.5:
            form = self.chance.choice(self.forms["after_title"])
        after = form.strip()
        if title[-1] in "?!" and after == ".":
            after = ""
        self.put((after + close if self.chance.random() < 0.5 else close + after) + " ")

    def _behind(self, item: Item, year: str) -> None:
        kind = item["type"]
        if kind in ("article-newspaper", "article-journal"):
            self.put(item["container-title"], "container")
            if kind == "article-journal":
                self._locator(item, year)
            elif self.is_year_early:
                self.put(self.chance.choice([".", ", p. 3.", ", A12."]), "number")
            return
        if "container-title" in item:
            self._host(item)
        if kind == "webpage":
            self._changed()
        self._imprint(item, year)

    def _changed(self) -> None:
        """When a page was changed."""
        if self.chance.random() < 0.2:
            self.put(
                self.chance.choice(self.values["updated"]).format(year=2018, month="May"), "date"
            )

    def _host(self, item: Item) -> None:
        form = self.form["editors"]
        is_first = form.endswith((", ", ") ", ". ", ": "))
        # “In: @ (Hrsg.): ” brings its own word along.
        has_own_intro = is_first and form[:1].isalpha() and bool(item.get("editor"))
        if item["type"] != "webpage" and not has_own_intro:
            self.put(self.form["intro"])
        editors = form.replace("@", self.names(item["editor"])) if item.get("editor") else ""
        if has_own_intro:
            begin = form.index("@")
            self.put(form[:begin])
            editors = editors[begin:]
        if editors and is_first:
            self.put(editors, "editor")
        self.put(item["container-title"], "container")
        self.put(self.form["after_host"])
        if editors and not is_first:
            self.put(editors.strip(", "), "editor")
            self.put(", ")

    # ── figures and imprint ──

    def _locator(self, item: Item, year: str) -> None:
        values = {
            "V": item["volume"], "R": item["page"], "I": item.get("issue", "2"), "Y": year,
            "M": self.chance.choice(self.values["months"]),
        }  # fmt: skip
        form = str(self.form["locator"])
        if self.chance.random() < 0.06:
            form = self.chance.choice(self.values["supplements"])
        locator = re.sub(r"(?<![A-Za-z])[VRIYM](?![a-z])|(?<=v)V", lambda m: values[m[0]], form)
        self.put(" " if locator[0] not in ",;" else "")
        self.put(locator, "number")

    def _imprint(self, item: Item, year: str) -> None:
        if item.get("collection-title"):
            self.put(item["collection-title"], "series")
            self.put(self.form["after_series"])
        if item.get("edition"):
            form = self.chance.choice(self.values["editions"])
            is_whole = "{}" in form or form[:1].isupper() or form[:1].isdigit()
            self.put(form.format(item["edition"]) if is_whole else item["edition"] + form, "number")
        if item.get("genre"):
            form = self.chance.choice(["{}, ", "({}). ", "[{}]. ", "{}. ", "{}: ", "({}), "])
            begin, close = form.split("{}")
            self.put(begin)
            self.put(item["genre"], "note")
            self.put(
                self.chance.choice([" ", " No. ", " no. "]) + item["number"]
                if "number" in item
                else "",
                "number",
            )
            self.put(close)
        house, place = item.get("publisher", ""), item.get("publisher-place", "")
        form = self.form["imprint"] if house and place else "H" if house else "P" if place else ""
        if form.startswith("H") and len(form) == 1 and self.is_mixed:
            form = self.chance.choice(["H", "(H)", "H,", "(H, Y)"])
        values = {"P": (place, "place"), "H": (house, "publisher"), "Y": (year, "date")}
        for sign in form:
            self.put(*values.get(sign, (sign, "other")))

    def _figures(self, item: Item, year: str) -> None:
        is_dated = "Y" in self.form["imprint"] and {"publisher", "publisher-place"} <= item.keys()
        if not (self.is_year_early or is_dated):
            self.put(self.form["year_late"].format(self._date(year)), "date")
        if item.get("page") and item["type"] != "article-journal":
            label = "".join(self.chance.choice(parts) for parts in self.values["pages"])
            self.put(label.format(item["page"]), "number")
        if item.get("DOI") and self.chance.random() < 0.5:
            self.put(self.chance.choice([". doi: ", ". https://doi.org/"]) + item["DOI"], "url")
        if item.get("URL"):
            note = str(self.chance.choice(self.values["access"]))
            day = {
                "day": self.chance.randrange(1, 29),
                "month": self.chance.choice(self.values["months"]),
                "year": self.chance.randrange(2004, 2025),
            }
            before, behind = note.format(**day, short=day["month"][:3]).split("@")
            self.put(before, "note")
            self.put(item["URL"], "url")
            self.put(behind, "note")
        elif item["type"] == "article-journal" and self.chance.random() < 0.08:
            self.put(self.chance.choice(self.values["behind"]), "note")

    def _date(self, year: str) -> str:
        if not self.has_month:
            return year
        month = self.chance.choice(self.values["months"])
        return str(self.chance.choice(self.values["dates"])).format(
            month=month, short=month[:3], year=year
        )


def labelled(pieces: list[Piece]) -> tuple[str, list[str]]:
    """The text, and the label of each word: that of the piece in which most of it stands."""
    text = "".join(piece for piece, _ in pieces)
    owner = [name for piece, name in pieces for _ in piece]
    labels = []
    for start, _end, pre, core, _post in labeller.tokens(text):
        inner = owner[start + len(pre) : start + len(pre) + max(1, len(core))]
        labels.append(max(set(inner), key=inner.count) if inner else "other")
    return text, labels


def damaged(text: str, labels: list[str], chance: random.Random) -> tuple[str, list[str]]:
    """What print, typing and pasting do: signs lost, words broken at a line's end, capitals."""
    words = [text[start:end] for start, end, *_ in labeller.tokens(text)]
    kind = chance.random()
    if kind < 0.08:
        words = [re.sub(r"[“”\"«»]", "", word) or word for word in words]
    elif kind < 0.14:
        words = [
            re.sub(r"(?<=\w\w)[.,]$", "", word) if chance.random() < 0.15 else word
            for word in words
        ]  # fmt: skip
    elif kind < 0.18:
        return _broken(words, labels, chance)
    elif kind < 0.21:
        words = [
            word.upper() if name == "author" and len(word) > 3 else word
            for word, name in zip(words, labels, strict=True)
        ]
    return " ".join(words), labels


def _broken(words: list[str], labels: list[str], chance: random.Random) -> tuple[str, list[str]]:
    """Some long words in two, as a line's end leaves them."""
    out: list[str] = []
    names: list[str] = []
    for word, name in zip(words, labels, strict=True):
        is_broken = len(word) > 8 and word.isalpha() and chance.random() < 0.12
        pieces = [word[:4] + "-", word[4:]] if is_broken else [word]
        out += pieces
        names += [name] * len(pieces)
    return " ".join(out), names
