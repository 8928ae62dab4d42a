"""What ``check --online`` and ``confirm`` say of pairs whose records a local registry holds."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sets import Pair

from refpipe import identifiers
from refpipe.items import exchange
from refpipe.library import Library
from refpipe.model import Certainty, Identifier, Item, Scheme

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from fake_registry import FakeRegistry
from running import refpipe


class Verdict(StrEnum):
    """The three answers, and the one that no reference of a benchmark may get."""

    WRONG = "wrong"
    CONFIRMED = "confirmed"
    UNCLEAR = "unclear"
    UNHELD = "held against nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a command said of one pair."""

    verdict: Verdict
    is_other_work: bool = False
    fields: tuple[str, ...] = ()
    """The fields that it found wrong."""
    words: str = ""


def said_of(pairs: Sequence[Pair], originals: Mapping[str, Pair]) -> dict[str, Said]:
    """Name of each pair → what is said of it: a line by ``check``, an entry by ``confirm``."""
    lines = [pair for pair in pairs if pair.text]
    entries = [pair for pair in pairs if not pair.text]
    return (_checked(lines, originals) if lines else {}) | (
        _confirmed(entries, originals) if entries else {}
    )


# ── what the registry answers ──────────────────────────────────────────────────────────

_TYPES = {"article-journal": "journal-article", "book": "monograph", "chapter": "book-chapter",
          "paper-conference": "proceedings-article", "report": "report", "thesis": "dissertation",
          "article": "posted-content", "dataset": "dataset"}  # fmt: skip
_PLAIN = {"volume": "volume", "issue": "issue", "page": "page", "publisher": "publisher",
          "edition": "edition-number", "number": "article-number"}  # fmt: skip
_DATES = ("published-print", "published-online", "published", "posted")


def message(pair: Pair, original: Pair, doi: str) -> dict[str, Any]:
    """Crossref's record of the pair: as it was recorded, but for what was changed in the item."""
    recorded = dict(original.message) or {"type": _TYPES.get(pair.found.get("type", ""), "other")}
    names = set(pair.found) | set(original.found)
    changed = {
        name: pair.found.get(name)
        for name in names
        if not original.message or pair.found.get(name) != original.found.get(name)
    }
    for name, value in changed.items():
        _put(recorded, name, value)
    return recorded | {"DOI": doi}


def _put(recorded: dict[str, Any], name: str, value: Any) -> None:
    if name in _PLAIN:
        recorded[_PLAIN[name]] = str(value or "")
    elif name == "title":
        recorded |= {"title": [value] if value else [], "subtitle": [], "original-title": []}
    elif name == "container-title":
        recorded |= {"container-title": [value] if value else [], "short-container-title": []}
        recorded.pop("ISSN", None)
    elif name == "author":
        recorded["author"] = [_person(one) for one in value or ()]
    elif name == "issued":
        for each in _DATES:
            recorded.pop(each, None)
        recorded["issued"] = {"date-parts": (value or {}).get("date-parts") or [[None]]}


def _person(name: Mapping[str, Any]) -> dict[str, str]:
    particles = (name.get("dropping-particle"), name.get("non-dropping-particle"))
    family = " ".join(str(one) for one in (*particles, name.get("family")) if one)
    if not family:
        return {"name": str(name.get("literal") or "")}
    return {"family": family} | ({"given": str(name["given"])} if name.get("given") else {})


# ── printed lines, by ``check --online`` ───────────────────────────────────────────────

_PAGE = 25
"""References of one article."""


def _checked(pairs: Sequence[Pair], originals: Mapping[str, Pair]) -> dict[str, Said]:
    with tempfile.TemporaryDirectory() as name, FakeRegistry() as fake:
        folder, places = Path(name), dict[tuple[str, int], str]()
        (folder / "refpipe.toml").write_text('articles = ["."]\n', encoding="utf-8")
        taken: set[str] = set()
        for number, start in enumerate(range(0, len(pairs), _PAGE)):
            listed = pairs[start : start + _PAGE]
            page = [f"# 題{number}", "", *(f"文[{n}]。" for n in range(1, len(listed) + 1)), "",
                    "## 参考文献", ""]  # fmt: skip
            for label, pair in enumerate(listed, 1):
                doi, line = _identified(pair, taken)
                fake.add(message(pair, originals[pair.name], doi))
                page += [f"[{label}] {line}", ""]
                places[f"p{number:04}.md", len(page) - 1] = pair.name
            (folder / f"p{number:04}.md").write_text("\n".join(page), encoding="utf-8")
        ran = refpipe("check", "--online", "--select", "REF", "--format", "json", "--lang", "en",
                      folder=folder, extra=fake.environ)  # fmt: skip
        findings = json.loads(ran.stdout)
    told = defaultdict[str, list[dict[str, Any]]](list)
    for one in findings:
        if place := places.get((one["path"], one["line"])):
            told[place].append(one)
    held = set(places.values())
    return {pair.name: _verdict(told[pair.name]) for pair in pairs if pair.name in held}


def _identified(pair: Pair, taken: set[str]) -> tuple[str, str]:
    """The DOI that the line prints, and the line; one is added where it prints none."""
    whole = re.sub(r"(?<=[a-z])-\s*\n\s*(?=[a-z])", "", pair.text)  # A word divided at its end.
    line = re.sub(r"^\s*[\[(]?\d+[\])]\s*", "", " ".join(whole.split()))
    printed = [
        claim.identifier.value
        for _, claim in identifiers.find(line)
        if claim.identifier.scheme is Scheme.DOI and claim.certainty is not Certainty.CANDIDATE
    ]
    if len(printed) == 1 and printed[0] not in taken:
        taken.add(printed[0])
        return printed[0], line
    for _, claim in identifiers.find(line):
        line = line.replace(claim.identifier.value, "")
    doi = f"10.5555/work-{len(taken):06}"
    taken.add(doi)
    return doi, f"{line} doi:{doi}"


_UNCHECKED = frozenset(("REF009", "REF011", "REF012"))


def _verdict(told: Sequence[Mapping[str, Any]]) -> Said:
    wrong = [one for one in told if one["code"] in {"REF002", "REF010"}]
    words = " | ".join(one["message"] for one in wrong or told)
    if wrong:
        is_other = any(one["code"] == "REF010" for one in wrong)
        fields = tuple(str(one["values"].get("field", "another work")) for one in wrong)
        return Said(verdict=Verdict.WRONG, is_other_work=is_other, fields=fields, words=words)
    if any(one["code"] in {"REF011", "REF012"} for one in told):
        return Said(verdict=Verdict.UNHELD, words=words)
    is_unclear = any(one["code"] == "REF009" and one["unchecked"] for one in told)
    return Said(verdict=Verdict.UNCLEAR if is_unclear else Verdict.CONFIRMED, words=words)


# ── entries of files, by ``import`` and ``confirm`` ────────────────────────────────────


def _confirmed(pairs: Sequence[Pair], originals: Mapping[str, Pair]) -> dict[str, Said]:
    with tempfile.TemporaryDirectory() as name, FakeRegistry() as fake:
        folder = Path(name)
        (folder / "refpipe.toml").write_text('articles = ["."]\n', encoding="utf-8")
        dois = {pair.name: f"10.5555/work-{number:06}" for number, pair in enumerate(pairs)}
        stated = [_entry(pair, dois[pair.name]) for pair in pairs]
        for form, ending, some in (("bibtex", "bib", stated[::2]), ("ris", "ris", stated[1::2])):
            (folder / f"a.{ending}").write_text(exchange.write(form, some), encoding="utf-8")
            refpipe("import", f"a.{ending}", folder=folder)
        for pair in pairs:
            fake.add(message(pair, originals[pair.name], dois[pair.name]))
        with Library.open(folder / "library.db", writable=False) as library:
            asked = [Identifier(Scheme.DOI, doi) for doi in dois.values()]
            works = {one.value: work.name for one, work in library.find_many(asked).items()}
        ran = refpipe("confirm", folder=folder, extra=fake.environ)
    told = dict(_blocks(ran.stderr))
    return {
        pair.name: _answer(told.get(works.get(dois[pair.name], ""), ("", ""))) for pair in pairs
    }


_OWN = frozenset(("DOI", "PMID", "PMCID", "URL", "ISSN", "id", "custom", "note"))


def _entry(pair: Pair, doi: str) -> Item:
    kept = {name: value for name, value in pair.stated.items() if name not in _OWN}
    return kept | {"DOI": doi, "id": doi.rpartition("-")[2]}


def _blocks(text: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Name of a work → the word that ``confirm`` has for it, and the lines below."""
    name, word, below = "", "", list[str]()
    for line in text.splitlines():
        if match := re.match(r"(confirmed|differs|unclear|unconfirmed|unchecked)\s+(\S+)", line):
            if name:
                yield name, (word, "\n".join(below))
            word, name, below = match[1], match[2], [line]
        elif line.startswith("    "):
            below.append(line)
    if name:
        yield name, (word, "\n".join(below))


def _answer(told: tuple[str, str]) -> Said:
    word, words = told
    fields = tuple(re.findall(r"^\s+error: ([\w-]+)", words, re.MULTILINE))
    is_other = "belongs to another work" in words or "registered for another" in words
    verdicts = {
        "confirmed": Verdict.CONFIRMED,
        "differs": Verdict.WRONG,
        "unclear": Verdict.UNCLEAR,
    }
    verdict = Verdict.WRONG if is_other else verdicts.get(word, Verdict.UNHELD)
    return Said(verdict=verdict, is_other_work=is_other, fields=fields, words=words)
