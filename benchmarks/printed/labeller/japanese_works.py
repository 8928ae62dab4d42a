"""Values of Japanese works, of the words of health writing and names and titles of records."""

from __future__ import annotations

import gzip
import json
import random
import re
from typing import Any

from works import HERE, load

_READ = json.loads((HERE / "japanese_values.json").read_text(encoding="utf-8"))
FORMS: dict[str, list[str]] = _READ.pop("forms")
"""What chance chooses among: how names, roles, years, figures, days of access are written."""
VALUES: dict[str, list[str]] = {
    name: text.split("|") if "|" in text else [word.replace("_", " ") for word in text.split()]
    for name, text in _READ.items()
}
"""Words by what they are; a list of phrases is parted by bars."""
_WORDS = {"c": "conditions", "t": "therapies", "a": "aspects", "p": "people", "m": "measures"}
_KANA = re.compile("[\u3040-\u30ff]")


def _recorded() -> tuple[list[str], list[tuple[str, str]]]:
    """Titles and names of real records in Japanese."""
    data = load("printed_shared").shared()
    titles: list[str] = []
    names: list[tuple[str, str]] = []
    with gzip.open(data / "jalc/records.jsonl.gz", "rt", encoding="utf-8") as lines:
        records: list[Any] = [json.loads(line)["response"].get("data") for line in lines]
    for record in (one for one in records if isinstance(one, dict)):
        titles += [row["title"] for row in record.get("title_list", ())]
        names += [
            (name["last_name"], name["first_name"])
            for person in record.get("creator_list", ()) for name in person["names"]
            if name.get("lang") == "ja" and name.get("last_name") and name.get("first_name")
        ]  # fmt: skip
    for path in sorted((data / "books/ndl").glob("*.xml")):
        text = path.read_text(encoding="utf-8")
        titles += re.findall(r"dc:title(?:>|&gt;)([^<&]{4,60})", text)
    return [re.sub(r"<[^>]+>|\s+", " ", one).strip() for one in titles if _KANA.search(one)], names


class Works:
    """Values of works, made up by chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.titles, self.names = _recorded()

    def pick(self, name: str) -> str:
        """A value or a form by its name."""
        return self.chance.choice(VALUES[name] if name in VALUES else FORMS[name])

    def fill(self, pool: str) -> str:
        """A phrase of a pool with its words."""
        text = self.chance.choice(VALUES[pool])
        for sign, words in _WORDS.items():
            while f"{{{sign}}}" in text:
                text = text.replace(f"{{{sign}}}", self.chance.choice(VALUES[words]), 1)
        text = text.replace("{n}", str(self.chance.randrange(2, 60)))
        return text.replace("{y}", str(self.chance.randrange(2005, 2025)))

    def title(self, pool: str) -> str:
        """A title, now and then with a subtitle, or one of a real record."""
        if pool == "titles" and self.chance.random() < 0.12:
            return self.chance.choice(self.titles)
        title = self.fill(pool)
        if self.chance.random() < 0.12:
            behind = self.fill("titles" if self.chance.random() < 0.5 else "pages")
            title += self.chance.choice(FORMS["subtitle"]).format(behind)
        return title

    def topic(self) -> str:
        """A word of medicine."""
        return self.chance.choice(
            VALUES[self.chance.choice(("conditions", "measures", "therapies"))]
        )

    def journal(self) -> str:
        """A journal, now and then one whose name is a topic."""
        if self.chance.random() < 0.75:
            return self.pick("journals")
        return self.pick("topic_journal").format(self.topic(), self.topic())

    def person(self) -> tuple[str, str]:
        """A family name and a given name."""
        if self.chance.random() < 0.1:
            return self.chance.choice(self.names)
        return self.pick("surnames"), self.pick("given")

    def foreigner(self) -> str:
        """A name from abroad, in letters or in kana."""
        if self.chance.random() < 0.4:
            family, given = self.pick("latin").split(":")
            initials = "".join(re.findall("[A-Z]", given))
            return self.pick("latin_name").format(f=family, g=given, i=initials)
        letter = self.chance.choice("ABCDEGHJKLMPRST")
        family, given = self.pick("kata_family"), self.pick("kata_given")
        return self.pick("kata_name").format(f=family, g=given, i=letter)

    def body(self) -> str:
        """An office, a society, a firm."""
        share = self.chance.random()
        if share < 0.06:
            letters = [self.chance.choice("ABCDEFGHIJKLMNOPRSTUWZ") for _ in range(4)]
            return "".join(letters[: self.chance.randrange(3, 5)])
        if share < 0.12:
            return self.person()[0] + self.pick("firm")
        if share < 0.4:
            return self.pick("topic_body").format(self.pick("conditions"))
        return self.pick("bodies")

    def house(self) -> str:
        """A publisher, now and then one that no list holds, or a body that publishes."""
        share = self.chance.random()
        if share < 0.05:
            return self.body()
        if share < 0.14:
            begin = self.person()[0] if self.chance.random() < 0.3 else self.pick("house_begin")
            return begin + self.pick("house_end")
        return self.pick("publishers")

    def drug(self) -> str:
        """The name of a drug."""
        letters = "アイウエオカキクケコサシスセソタチツテトナニノハヒフヘホマミムメモラリルレロン"
        name = "".join(self.chance.choice(letters) for _ in range(self.chance.randrange(3, 6)))
        return name + self.pick("dose_form") + self.pick("dose")

    def address(self) -> str:
        """An address of a page."""
        signs = "abcdefghijklmnopqrstuvwxyz"
        parts = [
            "".join(self.chance.choice(signs) for _ in range(self.chance.randrange(2, 12)))
            for _ in range(self.chance.randrange(2, 5))
        ]
        begin = self.chance.choice(["https://www.", "http://", "https://", "doi:10.1234/"])
        tail = self.chance.choice(["", "/", ".html", ".pdf", "?id=12"])
        return begin + parts[0] + self.pick("domain") + "/" + "/".join(parts[1:]) + tail
