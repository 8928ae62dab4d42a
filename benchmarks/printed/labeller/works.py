"""Works put together anew from the values of real ones, for the labeller to learn from."""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2] / "tests"))

from benchmark import load, load_file  # noqa: E402

from refpipe.items.printed.words import PLACES  # noqa: E402

VALUES: dict[str, Any] = json.loads((HERE / "values.json").read_text(encoding="utf-8"))
"""Publishers, series, meetings and the like, written for this purpose."""
TONGUES: dict[str, dict[str, str]] = json.loads((HERE / "tongues.json").read_text(encoding="utf-8"))
"""The same of other languages; phrases of a list are parted by bars."""
_FOREIGN_SIGNS = re.compile("[\u3040-\u9fff\u0400-\u04ff\uac00-\ud7af]")
Item = dict[str, Any]


def real_items() -> list[Item]:
    """The items of the pack, without those that ``readback`` judges."""
    data = load("printed_shared").shared()
    sys.modules["score"] = load_file("score", data / "printed/score_page_references.py")
    judge = load_file("readback", data / "printed/readback.py")
    path = data / "csl/entries.jsonl.gz"
    judged = {item["id"] for item in judge.choose(str(path))}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        items = [json.loads(line)["item"] for line in lines]
    return [item for item in items if item["id"] not in judged]


def recorded_titles() -> list[str]:
    """The titles of works that a registry recorded."""
    with gzip.open(
        load("printed_shared").shared() / "crossref/works.jsonl.gz", "rt", encoding="utf-8"
    ) as lines:
        works = [json.loads(line)["message"] or {} for line in lines]
    return [work["title"][0] for work in works if work.get("title")]


def _plain(title: str) -> str:
    """A title without tags; nothing for one in another writing."""
    plain = re.sub(r"<[^>]+>|\s+", " ", title).strip(" .")
    return "" if _FOREIGN_SIGNS.search(plain) else plain


class Pools:
    """The values of real works by what they are, and works made of them."""

    def __init__(self, items: list[Item], titles: list[str], chance: random.Random) -> None:
        self.chance = chance
        self.values = VALUES
        self.titles: dict[str, list[str]] = defaultdict(list)
        self.names: list[dict[str, str]] = []
        self.bodies: list[str] = []
        self.journals: list[tuple[str, str]] = []
        self.publishers: list[str] = list(VALUES["presses"])
        self.topics: list[str] = []
        for item in items:
            self._sort(item)
        self.titles["article"] += [plain for plain in map(_plain, titles) if plain]
        self.places = [place.title() for place in PLACES if len(place) > 3] + VALUES["places"] * 4

    def _sort(self, item: Item) -> None:
        title = _plain(item.get("title", ""))
        container = item.get("container-title", "")
        if not title:
            return
        kind = item["type"]
        self.titles["book" if kind == "book" else "article"].append(title)
        if kind == "chapter" and container:
            self.titles["book"].append(container)
        if kind == "article-journal" and container:
            self.journals.append((container, item.get("container-title-short", "")))
        if item.get("publisher"):
            self.publishers.append(item["publisher"])
        for name in item.get("author", []):
            if name.get("literal"):
                self.bodies.append(name["literal"])
            elif name.get("family") and name.get("given"):
                self.names.append(name)
        last = title.split(":")[-1].split()
        if 1 <= len(last) <= 4:
            self.topics.append(" ".join(last))

    # ── values ──

    def people(self, most: int = 6) -> list[dict[str, str]]:
        """Some names; now and then one body."""
        if self.chance.random() < 0.1 and self.bodies:
            body = str(self.chance.choice(self.bodies))
            if self.chance.random() < 0.5:
                form = str(self.chance.choice(self.values["bodies"]))
                body = form.format(self.chance.choice(self.topics).title())
            return [{"literal": body}]
        count = min(most, self.chance.choice((1, 1, 1, 2, 2, 3, 3, 4, 5, 8)))
        return [dict(self.chance.choice(self.names)) for _ in range(count)]

    def persons(self, most: int) -> list[dict[str, str]]:
        """Names of people only."""
        return [name for name in self.people(most) if "family" in name]

    def title(self, kind: str) -> str:
        """A title, often cut short or in capitals as those of books are."""
        is_book = kind == "book"
        pool = "book" if is_book and self.chance.random() < 0.6 else "article"
        title = self.chance.choice(self.titles[pool])
        if is_book and self.chance.random() < 0.4:
            title = re.split(r"[:?.(] ?", title)[0].strip() or title
        if is_book and self.chance.random() < 0.2:
            title = self._few_words(title)
        if is_book and ":" not in title and self.chance.random() < 0.25:
            sign = self.chance.choice([": ", ": ", " : ", ". ", ", or ", " - "])
            title += sign + re.split(r"[:?.(] ?", self.chance.choice(self.titles["article"]))[0]
        if self.chance.random() < 0.08:
            behind = f" : {title}" if self.chance.random() < 0.3 else ""
            title = self.chance.choice(self.values["foreign"]) + behind
        if self.chance.random() < (0.5 if is_book else 0.1):
            title = " ".join(
                word[:1].upper() + word[1:] if len(word) > 3 else word for word in title.split()
            )
        return title

    def _few_words(self, title: str) -> str:
        words = title.split()
        at = self.chance.randrange(len(words))
        some = " ".join(words[at : at + self.chance.randrange(1, 5)]).strip(",.;:()")
        return self.chance.choice(["The ", "", "", "A ", "On ", "Introduction to "]) + some

    def meeting(self) -> str:
        """The name of proceedings."""
        form = str(self.chance.choice(self.values["meetings"]))
        topic = self.chance.choice(self.topics).title()
        number = self.chance.choice(self.values["ordinals"])
        return form.format(number, topic) if form.count("{}") == 2 else form.format(topic)

    def series(self) -> str:
        """The name of a series."""
        return str(self.chance.choice(self.values["series"])).format(
            self.chance.choice(self.topics)
        )

    # ── works ──

    def item(self) -> Item:
        """A work of a kind that chance chose."""
        kinds = self.values["kinds"]
        kind = self.chance.choices(list(kinds), list(kinds.values()))[0]
        year = self.chance.randrange(1950, 2024)
        first = self.chance.randrange(1, 900)
        item: Item = {"id": "a", "type": kind, "issued": {"date-parts": [[year]]}}
        if self._may(0.92):
            item["author"] = self.people()
        item["title"] = self.title("book" if kind in ("book", "report", "thesis") else "article")
        page = f"{first}-{first + self.chance.randrange(1, 30)}"
        if kind == "article-journal":
            self._article(item, page, year)
        elif kind == "article-newspaper":
            item["container-title"] = self.chance.choice(self.values["papers"])
            item["issued"] = {"date-parts": [[year, self.chance.randrange(1, 13), 9]]}
        elif kind in ("chapter", "paper-conference"):
            self._hosted(item, page)
        elif kind == "webpage":
            self._page(item, first)
        else:
            self._whole(item)
        return item

    def _may(self, share: float) -> bool:
        return self.chance.random() < share

    def _article(self, item: Item, page: str, year: int) -> None:
        whole, short = self.chance.choice(self.journals)
        item["container-title"] = self._journal(whole, short)
        item["volume"] = str(self.chance.randrange(1, 300))
        if self._may(0.6):
            item["issue"] = str(self.chance.randrange(1, 13))
        item["page"] = page
        if self._may(0.3):
            name = "".join(sign for sign in whole.lower() if sign.isalnum())
            item["DOI"] = f"10.{self.chance.randrange(1000, 9999)}/{name[:6]}.{year}"
        if self._may(0.07):
            item.pop("title")
            item["container-title"] = self._journal(whole, short or whole)

    def _journal(self, whole: str, short: str) -> str:
        """A journal in full, shortened, or shortened with stops: ``Clin. Sports Med.``."""
        if not short or self._may(0.4):
            return whole
        if self._may(0.45):
            return short
        known = {word.casefold() for word in re.findall(r"\w+", whole)}
        return " ".join(
            word if word.casefold().strip(".,") in known or word.endswith(".") else word + "."
            for word in short.split()
        )

    def _hosted(self, item: Item, page: str) -> None:
        is_book = item["type"] == "chapter"
        item["container-title"] = self.title("book") if is_book else self.meeting()
        if self._may(0.75 if is_book else 0.15):
            item["editor"] = self.persons(3)
        if self._may(0.85 if is_book else 0.4):
            item["publisher"] = self.chance.choice(self.publishers)
        if self._may(0.6):
            item["publisher-place"] = self.chance.choice(self.places)
        if self._may(0.8):
            item["page"] = page
        if self._may(0.15):
            item["collection-title"] = self.series()

    def _page(self, item: Item, number: int) -> None:
        site = "".join(
            sign for sign in self.chance.choice(self.publishers).lower() if sign.isalnum()
        )
        item["URL"] = f"https://www.{site[:14]}.org/{number}"
        if self._may(0.5):
            item["container-title"] = self.chance.choice(
                [*self.publishers, *self.values["sites"] * 8]
            )
        if self._may(0.3):
            item["author"] = [
                {
                    "literal": self.chance.choice(self.values["bodies"]).format(
                        self.chance.choice(self.topics).title()
                    )
                }
            ]
        if self._may(0.6):
            item["accessed"] = {"date-parts": [[2015, 3, self.chance.randrange(1, 28)]]}

    def _whole(self, item: Item) -> None:
        kind = item["type"]
        is_thesis = kind == "thesis"
        if is_thesis or self._may(0.9):
            item["publisher"] = self.chance.choice(
                self.values["universities"] if is_thesis else self.publishers
            )
        if self._may(0.7) and not is_thesis:
            item["publisher-place"] = self.chance.choice(self.places)
        if kind in self.values["genres"]:
            item["genre"] = self.chance.choice(self.values["genres"][kind])
        if kind == "report":
            item["number"] = str(self.chance.randrange(10, 999))
        if self._may(0.2):
            item["edition"] = str(self.chance.randrange(2, 7))
        if self._may(0.12):
            item["editor"] = [n for n in item.pop("author", []) if "family" in n] or self.persons(1)
        if self._may(0.2):
            item["collection-title"] = self.series()
        if self._may(0.08):
            item["translator"] = self.persons(1)


def values_of(tongue: str) -> dict[str, Any]:
    """The values of a language in the place of the English ones."""
    own: dict[str, Any] = {name: text.split("|") for name, text in TONGUES[tongue].items()}
    chosen = ("editors", "locator", "intro", "last", "quotes")
    forms = {**VALUES["forms"], **{name: own.pop(name) for name in chosen}}
    genres = {"thesis": own.pop("theses"), "report": own.pop("reports")}
    own["pages"] = [own["pages"]]
    return {**VALUES, **own, "genres": genres, "forms": forms, "kinds": VALUES["foreign_kinds"]}


class ForeignPools(Pools):
    """Works of another language, whose titles are made of patterns and topics."""

    def __init__(self, values: dict[str, Any], chance: random.Random) -> None:
        super().__init__([], [], chance)
        self.values = values
        self.names = [
            {"family": family, "given": chance.choice(values["given"])}
            for family in values["families"] for _ in range(4)
        ]  # fmt: skip
        self.bodies = [body.format(self._topic()) for body in values["bodies"]]
        self.journals = [(name, "") for name in values["journals"]]
        self.publishers, self.places = values["presses"], values["places"]
        self.topics = values["topics"]

    def _topic(self) -> str:
        return str(self.chance.choice(self.values["topics"]))

    def title(self, kind: str) -> str:
        """A title, now and then with a subtitle; of any kind of work alike."""
        del kind
        titles = self.values["titles"]
        title = str(self.chance.choice(titles)).format(t=self._topic(), u=self._topic())
        if self.chance.random() < 0.2:
            behind = str(self.chance.choice(titles)).format(t=self._topic(), u=self._topic())
            title += self.chance.choice([": ", ". ", " : ", " – "]) + behind
        if self.chance.random() < 0.1:
            title += self.chance.choice(["", ", "]) + f" 1{self.chance.randrange(600, 999)}"
        return title[:1].upper() + title[1:]
