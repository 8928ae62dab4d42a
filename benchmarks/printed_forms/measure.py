"""References of every kind, made from the forms in which pages print them, and how they are read.

python benchmarks/printed_forms/measure.py [--each 3] [--seed 1] [--kind KIND] [--wrong] [--write]

A form says where each field stands (``tests/cases/printed/forms``); its values are made up, so
that what is printed is known without asking the reader.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from refpipe.items import printed

ROOT = Path(__file__).resolve().parents[2]
FORMS = ROOT / "tests/cases/printed/forms"
VALUES: dict[str, list[str]] = json.loads((FORMS / "values.json").read_text(encoding="utf-8"))
EACH, SEED = 2, 1
"""How often each form is printed for the ratchet, and what the chance begins with."""
MONTHS = "January February March April May June July August September October November December"
MONTHS_ABROAD = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
    " dicembre",
}
FIELDS = (
    "author", "editor", "translator", "title", "container", "volume", "issue", "page", "year",
    "month", "day", "edition", "publisher", "place", "URL", "DOI", "accessed",
)  # fmt: skip
TYPES = {
    "journal": {"article-journal"},
    "book": {"book"},
    "edited-book": {"book"},
    "translated": {"book"},
    "chapter": {"chapter"},
    "guideline": {"book", "report"},
    "gov-report": {"report", "book"},
    "gov-web": {"webpage"},
    "webpage": {"webpage", "post-weblog"},
    "newspaper": {"article-newspaper"},
    "thesis": {"thesis"},
    "conference": {"paper-conference"},
    "law": {"legislation", "regulation", "report", "document"},
    "drug-label": {"report", "document", "pamphlet", "book"},
    "standard": {"standard", "report", "document"},
    "preprint": {"article"},
    "dataset": {"dataset"},
    "video": {"motion_picture", "broadcast"},
}
WITH_ADDRESS = {"guideline", "law", "drug-label", "standard", "gov-report"}
SITES = {"webpage", "gov-web", "video", "dataset"}


@dataclass(slots=True, kw_only=True)
class Case:
    """A reference as it is printed, and what a librarian says of it."""

    kind: str
    form: str
    text: str
    truth: dict[str, Any]
    free: set[str] = field(default_factory=set)
    options: set[str] = field(default_factory=set)


def forms() -> Iterator[tuple[str, str, str]]:
    """(kind, form, options) of every line; the options of a Japanese form begin with ``ja``."""
    for path in sorted(FORMS.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                kind, rest = line.split(": ", 1)
                form, _, options = rest.partition(" ; ")
                yield kind, form, ("ja " if path.stem == "ja" else "") + options


def cases(each: int, seed: int) -> list[Case]:
    """Each form printed ``each`` times."""
    return [
        made(kind, form, options, random.Random(f"{seed} {form} {number}"))
        for kind, form, options in forms()
        for number in range(each)
    ]


def made(kind: str, form: str, options: str, chance: random.Random) -> Case:
    """One reference in this form."""
    words = options.replace(";", " ").split()
    case = Case(kind=kind, form=form, text="", truth={}, options=set(words))
    for word in words:
        if word.startswith("free="):
            case.free |= set(word[5:].split(","))
    if "etal" in words:
        case.truth["etal"] = True
    writer = _Writer(chance, case, is_japanese="ja" in words)
    case.text = re.sub(r"\{([^{}]+)\}", lambda match: writer.value(match[1]), form)
    return case


class _Writer:
    """The values of one reference."""

    def __init__(self, chance: random.Random, case: Case, *, is_japanese: bool) -> None:
        self.chance, self.case, self.is_japanese = chance, case, is_japanese
        self.date = (chance.randrange(1985, 2025), chance.randrange(1, 13), chance.randrange(1, 29))
        self.seen = (chance.randrange(2019, 2026), chance.randrange(1, 13), chance.randrange(1, 29))
        self.taken: set[str] = set()
        self.variant = ""

    def value(self, slot: str) -> str:
        name, _, variant = slot.partition("/")
        if re.fullmatch(r"(?:author|editor|translator)\d?", name):
            return self.names(name, variant)
        made = getattr(self, "print_" + name, None)
        if made is not None:
            self.variant = variant
            text = made()
            assert isinstance(text, str)
            return text
        return self.dated(name)

    def pick(self, pool: str) -> str:
        """A value of a pool that this reference does not hold yet."""
        left = [value for value in VALUES[pool] if value not in self.taken]
        chosen = self.chance.choice(left)
        self.taken.add(chosen)
        return chosen

    def tell(self, name: str, value: Any) -> None:
        self.case.truth.setdefault(name, value)

    # ── names ──

    def names(self, name: str, variant: str) -> str:
        role = name.rstrip("1")
        style = variant or ("" if self.is_japanese else "van")
        count = 1 if name[-1] == "1" or style[-1:] == "1" else self.chance.choice((1, 2, 2, 3, 4))
        style = style.rstrip("1")
        if self.is_japanese and style not in ("west", "kata"):
            people = [self.pick("people_ja").split() for _ in range(count)]
            self.tell(role, ["".join(person) for person in people])
            space = " " if style == ",_" else ""
            style = style.replace("_", " ")
            return style.join(space.join(person) for person in people)
        if style == "kata":
            person = self.pick("people_kata")
            self.tell(role, [person])
            return person
        people = [self.pick("people_en").split("|") for _ in range(count)]
        self.tell(role, [person[0] for person in people])
        return WESTERN[style](people)

    # ── words ──

    def print_title(self) -> str:
        if not self.variant:
            self.variant = "book" if self.case.kind in ("book", "edited-book", "translated") else ""
        language = "_ja" if self.is_japanese else "_en"
        return self.word("title", "title" + (f"_{self.variant}" if self.variant else "") + language)

    def word(self, name: str, pool: str) -> str:
        if name in self.case.truth:
            return str(self.case.truth[name])
        chosen = self.pick(pool)
        self.tell(name, chosen)
        return chosen

    def print_org(self) -> str:
        if self.variant and "author" in self.case.truth:
            return str(self.case.truth["author"][0])
        pool = "org" + ("_gov" if self.variant else "") + ("_ja" if self.is_japanese else "_en")
        return self.tell_org(self.pick(pool))

    def print_org2(self) -> str:
        return self.tell_org(self.pick("org_ja"))

    def tell_org(self, org: str) -> str:
        self.tell("author", [])
        self.case.truth["author"].append(org)
        return org

    def print_journal(self) -> str:
        return self.word("container", "journal" + ("_ja" if self.is_japanese else "_en"))

    def print_booktitle(self) -> str:
        return self.word("container", "title_book" + ("_ja" if self.is_japanese else "_en"))

    def print_container(self) -> str:
        return self.word("container", self.variant)

    def print_proc(self) -> str:
        return self.word("container", "proc")

    def print_conf(self) -> str:
        return self.word("container", "conf")

    def print_publisher(self) -> str:
        pool = f"publisher_{self.variant}" if self.variant else ""
        return self.word("publisher", pool or f"publisher{'_ja' if self.is_japanese else '_en'}")

    def print_univ(self) -> str:
        return self.word("publisher", "univ")

    def print_unive(self) -> str:
        return self.word("publisher", "unive")

    def print_maker(self) -> str:
        return self.word("author", "maker")

    def print_drug(self) -> str:
        return self.word("title", "drug")

    def print_drugen(self) -> str:
        return self.word("title", "drugen")

    def print_series(self) -> str:
        return self.pick("series")

    def print_place(self) -> str:
        return self.word("place", f"place_{self.variant}" if self.variant else "place_ja")

    # ── figures ──

    def figure(self, name: str, low: int, high: int) -> str:
        self.tell(name, str(self.chance.randrange(low, high)))
        return str(self.case.truth[name])

    def print_volume(self) -> str:
        return self.figure("volume", 2, 140)

    def print_issue(self) -> str:
        return self.figure("issue", 1, 13)

    def print_edition(self) -> str:
        number = self.figure("edition", 2, 12)
        return f"{number}{ {'2': 'nd', '3': 'rd'}.get(number, 'th') }" if self.variant else number

    def print_page(self) -> str:
        first = self.chance.randrange(1, 900)
        last = first + self.chance.randrange(1, 40)
        self.tell("page", f"{first}-{last}")
        short = str(last)
        if self.chance.random() < 0.3 and str(first)[:-2] == short[:-2] and first > 99:
            short = short[-2:]
        return f"{first}{self.chance.choice('--–')}{short}"

    def print_page1(self) -> str:
        return self.figure("page", 1, 400)

    def print_n(self) -> str:
        return str(self.chance.randrange(2, 140))

    def print_url(self) -> str:
        return self.word("URL", "url")

    def print_doi(self) -> str:
        doi = f"10.{self.chance.randrange(1000, 9999)}/{self.pick('doi')}{self.date[0]}"
        self.tell("DOI", doi)
        return doi

    # ── dates ──

    def dated(self, name: str) -> str:
        is_access = name[0] == "a"
        parts = self.seen if is_access else self.date
        form, count = DATES[name]
        year, month, day = parts
        foreign = {name: words.split()[month - 1] for name, words in MONTHS_ABROAD.items()}
        era = _era(year)
        short = era[0] + era[2:-1].replace("元", "1")
        shown = form.format(
            y=year, m=month, d=day, era=era, short=short, name=MONTHS.split()[month - 1], **foreign
        )
        if is_access:
            self.tell("accessed", list(parts[:count]))
        elif count > 0:
            for key, part in zip(("year", "month", "day")[:count], parts, strict=False):
                self.tell(key, part)
        else:
            key = {"m": "month", "d": "day"}[name[0]]
            self.tell(key, parts[1 if key == "month" else 2])
            if name == "mond":
                self.tell("day", parts[2])
        return shown


def _initials(given: str, dot: str, gap: str) -> str:
    return gap.join(word[0] + dot for word in given.split())


def _row(names: list[str], last: str) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + last + names[-1]


def _mla(people: list[list[str]]) -> str:
    first = f"{people[0][0]}, {people[0][1]}"
    return _row([first, *(f"{given} {family}" for family, given in people[1:])], ", and ")


WESTERN: dict[str, Callable[[list[list[str]]], str]] = {
    "van": lambda people: ", ".join(f"{f} {_initials(g, '', '')}" for f, g in people),
    "apa": lambda people: _row([f"{f}, {_initials(g, '.', ' ')}" for f, g in people], ", & "),
    "nat": lambda people: _row([f"{f}, {_initials(g, '.', ' ')}" for f, g in people], " & "),
    "harv": lambda people: _row([f"{f}, {_initials(g, '.', '')}" for f, g in people], " and "),
    "direct": lambda people: _row([f"{_initials(g, '.', ' ')} {f}" for f, g in people], " & "),
    "ieee": lambda people: _row(
        [f"{_initials(g, '.', ' ')} {f}" for f, g in people],
        " and " if len(people) == 2 else ", and ",
    ),
    "mla": _mla,
    "full": lambda people: _row([f"{g} {f}" for f, g in people], " and "),
    "west": lambda people: ", ".join(f"{f} {_initials(g, '', '')}" for f, g in people),
}
ERAS = ((2019, "令和"), (1989, "平成"), (1926, "昭和"))


def _era(year: int) -> str:
    first, name = next(row for row in ERAS if year >= row[0])
    return f"{name}{'元' if year == first else year - first + 1}年"


DATES = {
    "year": ("{y}", 1), "ym": ("{y}年{m}月", 2), "ymd": ("{y}年{m}月{d}日", 3),
    "era": ("{era}", 1), "erashort": ("{short}.{m}.{d}", 3), "slash": ("{y}/{m}/{d}", 3),
    "fiscal": ("{y}年度", 1), "aera": ("{era}{m}月{d}日", 3),
    "eraymd": ("{era}{m}月{d}日", 3), "iso": ("{y}-{m:02}-{d:02}", 3),
    "month": ("{m}", 0), "month2": ("{m:02}", 0), "day": ("{d}", 0), "day2": ("{d:02}", 0),
    "mon": ("{name:.3}", 0), "mond": ("{name} {d}", 0), "mdy": ("{name} {d}, {y}", 3),
    "long0": ("{d} {name} {y}", 3), "ymen": ("{name} {y}", 2),
    "aymd": ("{y}年{m}月{d}日", 3), "aym": ("{y}年{m}月", 2), "aiso": ("{y}-{m:02}-{d:02}", 3),
    "aslash": ("{y}/{m}/{d}", 3), "acited": ("{y} {name:.3} {d}", 3),
    "along": ("{d} {name} {y}", 3), "along2": ("{name} {d}, {y}", 3),
    "adots": ("{d:02}.{m:02}.{y}", 3), "ade": ("{d}. {de} {y}", 3), "afr": ("{d} {fr} {y}", 3),
    "aes": ("{d} de {es} de {y}", 3), "ait": ("{d} {it} {y}", 3),
}  # fmt: skip
"""How a date is printed, and how much of it is said; ``a`` for the day of access."""


# ── judging ──


def fold(value: object) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", str(value or ""))).casefold()


def _forms_of(name: dict[str, str]) -> set[str]:
    family, given = name.get("family", ""), name.get("given", "")
    particle = name.get("non-dropping-particle", "")
    return {
        fold(text)
        for text in (name.get("literal"), family, particle + family, family + given)
        if text
    }


def _same_names(want: list[str], got: list[dict[str, str]]) -> bool:
    return len(want) == len(got) and all(
        fold(one) in _forms_of(other) for one, other in zip(want, got, strict=True)
    )


def read_fields(item: dict[str, Any]) -> dict[str, Any]:
    """The reading's fields under the names of the truth."""
    issued = (item.get("issued") or {}).get("date-parts") or [[]]
    dated = dict(zip(("year", "month", "day"), issued[0], strict=False))
    named = {
        "author": item.get("author"), "translator": item.get("translator"),
        "editor": (item.get("editor") or []) + (item.get("editorial-director") or []),
        "container": item.get("container-title"), "place": item.get("publisher-place"),
        "accessed": ((item.get("accessed") or {}).get("date-parts") or [None])[0],
        "page": item.get("page") or (item.get("custom") or {}).get("article-number"),
    }  # fmt: skip
    return {name: named.get(name) or dated.get(name) or item.get(name) for name in FIELDS}


def judge(case: Case, item: dict[str, Any]) -> list[tuple[str, str, Any, Any]]:
    """(field, right, wrong, empty or extra; what is true; what was read)."""
    got, truth = read_fields(item), dict(case.truth)
    _loosen(case, got, truth)
    kinds = TYPES[case.kind] | ({"webpage"} if case.kind in WITH_ADDRESS and got["URL"] else set())
    kinds |= {option[10:] for option in case.options if option.startswith("also_type=")}
    verdicts = []
    if "type" not in case.free:
        verdict = "right" if item.get("type") in kinds else "wrong"
        verdicts.append(("type", verdict, sorted(kinds), item.get("type")))
    for name in FIELDS:
        if name in case.free:
            continue
        want, have = truth.get(name), got[name]
        if want is None and have is None:
            continue
        verdicts.append((name, _verdict(name, want, have, case), want, have))
    return verdicts


def _loosen(case: Case, got: dict[str, Any], truth: dict[str, Any]) -> None:
    """Other good answers: a site as container or publisher, a society as author or editor."""
    if (
        case.kind in SITES
        and "container" in truth
        and fold(got["publisher"]) == fold(truth["container"])
    ):
        got["container"], got["publisher"] = got["container"] or got["publisher"], None
    if (
        case.kind in SITES
        and "publisher" in truth
        and "container" not in truth
        and not got["publisher"]
    ):
        got["publisher"], got["container"] = got["container"], None
    if "roles=any" in case.options and got["editor"] and not got["author"]:
        got["author"], got["editor"] = got["editor"], None
    got["editor"] = got["editor"] or None
    for name in ("publisher", "container"):
        if "also_" + name in case.options and name not in truth:
            got[name] = None
    if got["URL"] and "doi.org" in got["URL"]:
        got["URL"] = None


def _verdict(name: str, want: Any, have: Any, case: Case) -> str:
    if have is None:
        return "empty"
    if want is None:
        return "extra"
    if name in ("author", "editor", "translator"):
        return "right" if _same_names(want, have) else "wrong"
    if name in ("accessed", "year", "month", "day"):
        return "right" if want == have else "wrong"
    if name == "edition":
        return "right" if re.findall(r"\d+", str(have)) == [want] else "wrong"
    if name == "title" and "also_title" in case.options and fold(want) in fold(have):
        return "right"
    return "right" if fold(want) == fold(have) else "wrong"


def measure(
    each: int, seed: int, kind: str = ""
) -> tuple[dict[str, Counter[str]], list[tuple[Case, dict[str, Any], list[Any]]]]:
    """For each kind how many fields are right, wrong, empty; and every case with its verdicts."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    rows = []
    for case in cases(each, seed):
        if kind and case.kind != kind:
            continue
        item = dict(printed.read(case.text).reading.item)
        verdicts = judge(case, item)
        for group in (case.kind, "all"):
            counts[group].update(verdict for _, verdict, _, _ in verdicts)
            counts[group]["entries"] += 1
            counts[group]["whole"] += all(row[1] == "right" for row in verdicts)
        rows.append((case, item, verdicts))
    return counts, rows


def scores(counts: dict[str, Counter[str]]) -> dict[str, dict[str, float]]:
    """The shares that the ratchet compares."""
    told = {}
    for kind, count in counts.items():
        n = sum(count[verdict] for verdict in ("right", "wrong", "empty", "extra"))
        told[kind] = {
            "right": round(count["right"] / n, 4),
            "wrong": round((count["wrong"] + count["extra"]) / n, 4),
            "whole": round(count["whole"] / count["entries"], 4),
        }
    return told


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=EACH)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--kind", default="")
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--write", action="store_true", help="write scores.json")
    arguments = parser.parse_args()
    counts, rows = measure(arguments.each, arguments.seed, arguments.kind)
    if arguments.wrong:
        for case, _, verdicts in rows:
            bad = [row for row in verdicts if row[1] != "right"]
            if bad:
                print(f"{case.kind}: {case.text}")
                for name, verdict, want, have in bad:
                    print(f"      {verdict} {name}: {want!r} read as {have!r}")
    for kind, score in scores(counts).items():
        print(
            f"{kind:12} right {score['right']:6.1%} wrong {score['wrong']:6.1%}"
            f" entries {score['whole']:6.1%} of {counts[kind]['entries']}"
        )
    if arguments.write:
        text = json.dumps(scores(counts), indent=1) + "\n"
        (Path(__file__).parent / "scores.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
