"""One work as seven databases export it, and works that are nearly but not the same.

Usage: python benchmarks/matching_exports/measure.py [--size N] [--causes] [--write]

Real records are dressed as exports dress them; every two dresses of one record have to be one
work, and a work beside its erratum, its second part, its congress abstract or its sister paper
has to stay two.  No rule was written to a single case of these: they are here so that none is.
"""

from __future__ import annotations

import collections
import itertools
import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from refpipe import match, normalise
from refpipe.items.exchange import csl_json
from refpipe.model import Identifier, Scheme

Row = dict[str, str]
SCORES = Path(__file__).parent / "scores.json"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


# ── dresses ────────────────────────────────────────────────────────────────────────────


def pubmed(row: Row, chance: random.Random) -> Row:
    """Initials without full stops, short pages, a full stop behind the title."""
    first, _, last = row["pages"].partition("-")
    same = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
    short = last[same:] if last and len(first) == len(last) else last
    return row | {
        "author": "; ".join(f"{f} {i.replace('.', '')}" for f, i in _people(row)),
        "title": (f"[{row['title']}]" if chance.random() < 0.1 else row["title"]) + ".",
        "pages": f"{first}-{short}" if last else first,
        "isbn": "0014-8318 (Print) 0014-8318 (Linking)",
    }


def ovid(row: Row, chance: random.Random) -> Row:
    """The place inside the journal's string, as in Ovid's Embase; DOIs mostly lost."""
    issue = f" ({row['issue']})" if row.get("issue") else ""
    pages = f"(pp {row['pages']})" if chance.random() < 0.85 else "(no pagination)"
    place = (
        f"{row['volume']}{issue} (){pages}" if "pp" in pages else f"{row['volume']}{issue} {pages}"
    )
    where = f"{row['container']}.{place} {row['year']}.Date of Publication: Mar {row['year']}."
    author = "; ".join(f"{f} {i}" for f, i in _people(row))
    dressed = {"author": author, "title": row["title"], "container": where, "year": row["year"]}
    if issue:
        dressed["issue"] = row["issue"] if chance.random() < 0.8 else "var.pagings"
    return dressed


def web_of_science(row: Row, chance: random.Random) -> Row:
    """Capitals, a dash for the colon, an accession number in the address."""
    title = row["title"].title().replace(": ", " - ")
    return row | {
        "author": "; ".join(f"{f}, {i.replace('.', '')}" for f, i in _people(row)),
        "title": title,
        "container": row["container"].upper(),
        "url": f"WOS:000{chance.randrange(10**12):012d}",
    }


def scopus(row: Row, chance: random.Random) -> Row:
    """Long lists cut off, the DOI as an address."""
    people = [f"{f}, {i}" for f, i in _people(row)]
    doi = row.get("doi", "")
    return row | {
        "author": "; ".join([*people[:6], *(["et al."] if len(people) > 6 else [])]),
        "doi": f"https://doi.org/{doi.upper()}" if doi else "",
        "year": str(int(row["year"]) + (chance.random() < 0.05)),
    }


def central(row: Row, chance: random.Random) -> Row:
    """Other hyphens, the issue behind the volume, "(no pagination)"."""
    issue = f"({row['issue']})" if row.get("issue") else ""
    has_pages = chance.random() < 0.9
    return _without(row, "doi", "issue") | {
        "author": "; ".join(f"{f} {i.replace('.', '')}" for f, i in _people(row)),
        "volume": f"{row['volume']}{issue}" + ("" if has_pages else " (no pagination)"),
        "pages": row["pages"].replace("-", "\u2010") if has_pages else "",
    }


def cinahl(row: Row, _: random.Random) -> Row:
    """Given names' initials apart, every word of a title in capitals, no DOI of old papers."""
    author = "; ".join(f"{f}, {' '.join(i.split('.'))}".strip() for f, i in _people(row))
    return _without(row, "doi") | {"author": author, "title": row["title"].title()}


def spreadsheet(row: Row, chance: random.Random) -> Row:
    """What a spreadsheet makes of small pages and double issues, and the first author only."""
    first, _, last = row["pages"].partition("-")
    dressed = dict(row)
    if first.isdigit() and last.isdigit() and int(first) < 32 and int(last) < 13:
        dressed["pages"] = f"{int(first):02d}-{_MONTHS[int(last) - 1]}"
    double = re.fullmatch(r"(\d\d?)-(\d\d?)", row.get("issue", ""))
    if double and int(double[2]) < 13:
        dressed["issue"] = f"{int(double[1]):02d}-{_MONTHS[int(double[2]) - 1]}"
    if chance.random() < 0.3:
        dressed["author"] = row["author"].split(";")[0]
    return dressed


DRESSES: tuple[Callable[[Row, random.Random], Row], ...] = (
    pubmed, ovid, web_of_science, scopus, central, cinahl, spreadsheet,
)  # fmt: skip


def _people(row: Row) -> list[tuple[str, str]]:
    """Family names and initials."""
    people = [name.strip().rpartition(" ") for name in row["author"].split(";")]
    return [(family, given) for family, _, given in people]


def _without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


# ── mishaps ────────────────────────────────────────────────────────────────────────────


def cut_title(row: Row, chance: random.Random) -> Row:
    return row | {
        "title": row["title"][: int(len(row["title"]) * chance.uniform(0.6, 0.9))] + "..."
    }


def lost_subtitle(row: Row, _: random.Random) -> Row:
    head = re.split(r": | - |[?.] ", row["title"])[0]
    return row | {"title": head} if len(head.split()) >= 6 else row


def typing_error(row: Row, chance: random.Random) -> Row:
    at = chance.randrange(3, len(row["title"]) - 3)
    return row | {"title": row["title"][:at] + row["title"][at + 1 :]}


def first_author_only(row: Row, _: random.Random) -> Row:
    return row | {"author": row["author"].split(";")[0]}


def lost(name: str) -> Callable[[Row, random.Random], Row]:
    def dress(row: Row, _: random.Random) -> Row:
        return _without(row, name)

    dress.__name__ = f"lost_{name}"
    return dress


def online_year(row: Row, _: random.Random) -> Row:
    return row | {"year": str(int(row["year"]) - 1)}


def wrong_issue(row: Row, _: random.Random) -> Row:
    return row | {"issue": "11"}


MISHAPS = (
    cut_title, lost_subtitle, typing_error, first_author_only, lost("pages"), lost("issue"),
    lost("doi"), online_year, wrong_issue,
)  # fmt: skip
"""What else befalls a record on its way through several programs; one to each of a pair."""


HABITS: dict[str, tuple[str, ...]] = {
    "pages": (
        "pp. {first}-{last}", "{first}-{short}", "{first}-+", "{first}-{short}; quiz {last}",
        "{first}, {last}", "{first}\u2013{last}", "{first}~{last}", "{first} to {last}", "{first}",
        "{first}-{last} (8 pages)", "p{first}-p{last}", "{first}--{last}", "{first}.0",
        "[{first}-{last}]", "{first}-{last} passim", "{first}\uff0d{last}", "Article {first}",
    ),
    "volume": (
        "Vol. {volume}", "v{volume}", "{year};{volume}", "{year}, {volume}", "{volume} ({year})",
        "{volume}({issue})", "{volume}:{issue}", "0{volume}", "{volume}, no. {issue}",
        "Bd. {volume}", "{volume}.0", "{volume}th", "{volume} Pt 1", "Jg. {volume}",
    ),
    "issue": (
        "No. {issue}", "({issue})", "{issue} Pt 1", "{issue} (Mar)", "{issue}.0", "0{issue}",
        "iss. {issue}", "{issue}-99", "March", "e1234",
    ),
    "year": (
        "{year} Mar", "{year}-03-01", "Mar {year}", "{year}a", "({year})", "c{year}", "{year}/99",
        "{year}.0", "{year} Epub", "03/01/{year}",
    ),
    "doi": (
        "doi:{doi}", "{doi}.", "http://dx.doi.org/{doi}", "{doi} [doi]", "{doi}; {doi}",
        "S0140-6736(10)61234-5 [pii]; {doi} [doi]", "<{doi}>", "{doi}</doi>", "{doi}#abstract",
        "https://doi.org/{doi}?ref=pubmed", "{doi}. Epub {year} Mar 3", "{doi}.pdf",
    ),
    "title": (
        "{title} (Structured abstract)", "{title} [Provisional abstract]", "[{title}]. [German]",
        "{title}. [Review] [45 refs]", "{title} (author's transl)", "{title}<sup>1</sup>",
        "{title} [NCT01234567]", "{title} - PubMed", "\u00e2\u20ac\u0153{title}\u00e2\u20ac",
        "{title} [see comment]", "RETRACTED: {title}", "{title} \u2020", "Original paper: {title}",
    ),
    "container": (
        "{container} (Basel, Switzerland)", "The {container}", "{container}, London", "",
        "{container} : official journal of the Society", "{container} = Zeitschrift",
    ),
    "author": ("{first_author} et al.", "{author}; Study Group", "", "Anonymous"),
}  # fmt: skip
"""How programs and people write a field; no rule was made from this table."""


def habits(row: Row, chance: random.Random) -> Row:
    """The record with three of its fields in habits of somebody's."""
    first, _, last = row["pages"].partition("-")
    told = row | {
        "first": first, "last": last, "short": last[-2:], "issue": row.get("issue") or "1",
        "first_author": row["author"].split(";")[0],
    }  # fmt: skip
    names = chance.sample([name for name in HABITS if row.get(name) or name != "doi"], 3)
    return row | {name: chance.choice(HABITS[name]).format(**told) for name in names}


# ── nearly the same ────────────────────────────────────────────────────────────────────


def near(row: Row, chance: random.Random) -> Iterator[tuple[str, Row, Row]]:
    """Pairs of works that are two, with what they are to one another."""
    later = _moved(row, 40)
    bare = _without(row, "doi")
    yield "parts", _titled(row, "{}. Part I"), _titled(_without(later, "doi"), "{}. Part II")
    yield "erratum", row, _titled(_moved(bare, 300, pages="9"), "Erratum: {}")
    yield "reply", row, _titled(_moved(bare, 12, pages="2"), "Author's response to: {}")
    yield "letter about it", row, _titled(_moved(bare, 90, pages="1"), "Comment on: {}")
    yield "abstract", row, _abstract(row)
    yield (
        "versions",
        row | {"doi": "10.1002/14651858.CD001234.pub2"},
        _next_year(row) | {"doi": "10.1002/14651858.CD001234.pub3"},
    )
    yield "each January", _without(row, "doi"), _next_year(_without(row, "doi"))
    if sister := _sister(row["title"], chance):
        yield "sister", bare, _without(later, "doi") | {"title": sister}
        yield "sister with DOIs", row | {"doi": "10.5555/x.1"}, later | {
            "title": sister, "doi": "10.5555/x.2"
        }  # fmt: skip
    yield "column", bare | {"title": "Editor's comments"}, _moved(bare, 60) | {
        "title": "Editor's comments", "issue": str(int(row.get("issue") or 1) + 1)
    }  # fmt: skip


TAILS = (
    ("Part A", "Part B"), ("first report", "second report"), ("study 1", "study 2"),
    ("One-year results", "Two-year results"), ("6-month follow-up", "12-month follow-up"),
    ("in men", "in women"), ("in children", "in adults"), ("short-term", "long-term"),
    ("a pilot study", "a randomized trial"), ("2009", "2010"), ("Wave 1", "Wave 2"),
    ("symptomatic patients", "asymptomatic patients"), ("maternal age", "paternal age"),
    ("第1報", "第2報"), ("(その1)", "(その2)"), ("上", "下"), ("前編", "後編"),
)  # fmt: skip
"""What tells two papers apart that are called alike up to there."""
NOTICES = (
    "{} [Erratum]", "{} [Retraction]", "{} (Correction)", "Publisher Correction: {}",
    "Retraction Note: {}", "Expression of concern: {}", "Summaries for patients. {}",
    "Response to letter regarding {}", "{}. Reply from the authors", "訂正: {}", "撤回: {}",
)  # fmt: skip


def called_alike(row: Row) -> Iterator[tuple[str, Row, Row]]:
    """Further pairs of works that are two: parts without a place, notices, editions, pages."""
    bare = {name: row[name] for name in ("author", "container", "year")}
    for one, other in TAILS:
        titles = (f"{row['title']}: {tail}" for tail in (one, other))
        yield (f"series: {one}", *(bare | {"title": title} for title in titles))
    for form in NOTICES:
        told = _titled(_moved(_without(row, "doi"), 300, pages="1"), form)
        yield f"notice: {form}", _without(row, "doi"), told
    people = {"author": row["author"], "year": row["year"]}
    later = people | {"year": str(int(row["year"]) + 4)}
    name = "Operative orthopaedics of the spine and the extremities"
    yield "author, title, year", people | {"title": row["title"]}, later | {"title": row["title"]}
    for one, other in (("1st ed", "2nd ed"), ("Second edition", "Third edition"), ("2版", "3版")):
        book = people | {"type": "book", "title": name}
        yield "book by field", book | {"edition": one}, book | {"edition": other}
        yield "book by title", book | {"title": f"{name}, {one}"}, book | {
            "title": f"{name}, {other}"
        }  # fmt: skip
    guideline = {"title": "腰痛診療ガイドライン", "author": "日本整形外科学会", "year": row["year"]}
    yield "guideline", guideline, guideline | {"year": later["year"]}
    yield (
        "guideline by title",
        *(guideline | {"title": f"{guideline['title']}{year}"} for year in (2012, 2019)),
    )
    yield from _at_one_spot(row)
    page = {"type": "webpage", "title": name, "url": "https://a.example/x?id=1"}
    yield "web pages", page, page | {"url": "https://a.example/x?id=2"}


def _at_one_spot(row: Row) -> Iterator[tuple[str, Row, Row]]:
    """Pieces that share pages, headings or all but a part's number."""
    bare = _without(row, "doi")
    last = row["pages"].rpartition("-")[2]
    goes_on = bare | {"pages": f"{last}-{int(last) + 3}"}
    for tail in (". Discussion", " [discussion]", ". Commentary"):
        yield "discussion behind it", bare, goes_on | {"title": row["title"].rstrip(".") + tail}
    words = row["title"].split()
    longest = max(range(len(words)), key=lambda n: len(words[n]) * words[n].isalpha())
    # Databases translate a title in brackets by words of their own.
    for word in () if "[" in row["title"] else ("umbrella", "kidney", "yoghurt"):
        changed = [word if n == longest else each for n, each in enumerate(words)]
        yield "one word for another", bare, bare | {"title": " ".join(changed)}
    unplaced = {name: row[name] for name in ("author", "container", "year", "title")}
    folded = normalise.title(row["title"])
    is_part = folded is not None and any(":" in mark for mark in folded.marks)
    for part in () if is_part else ("Part 2", "Part II", "第2報", "Section B"):
        yield "part and whole", unplaced, _titled(unplaced, "{}. " + part)
    heading = {"author": row["author"].split(";")[0], "year": row["year"], "title": "Introduction"}
    host = {"container": row["title"], "pages": "1-4", "type": "book section"}
    yield "introductions", heading | host, heading | host | {
        "container": " ".join(reversed(words)), "pages": "1-9"
    }  # fmt: skip


def _titled(row: Row, form: str) -> Row:
    return row | {"title": form.format(row["title"].rstrip("."))}


def _moved(row: Row, by: int, pages: str = "") -> Row:
    first, _, last = row["pages"].partition("-")
    one = int(first) + by
    length = int(pages) if pages else max(int(last or first) - int(first), 3)
    return row | {"pages": f"{one}-{one + length}"}


def _next_year(row: Row) -> Row:
    return row | {"year": str(int(row["year"]) + 1), "volume": str(int(row["volume"]) + 1)}


def _abstract(row: Row) -> Row:
    where = (
        f"{row['container']}.Conference: 12th Congress of the Society Vienna Austria."
        f"Conference Start: {row['year']}0501 Conference End: {row['year']}0504."
        f"Conference Publication: (var.pagings).{int(row['volume']) + 3} ()(pp S45) {row['year']}."
    )
    return _without(row, "doi", "volume", "issue") | {
        "container": where, "issue": "var.pagings", "pages": "S45",
    }  # fmt: skip


_SISTERS = (
    ("rats", "mice"), ("mice", "rats"), ("women", "men"), ("men", "women"), ("male", "female"),
    ("dopamine", "serotonin"), ("acute", "chronic"), ("chronic", "acute"), ("human", "canine"),
    ("adult", "juvenile"), ("in vitro", "in vivo"), ("left", "right"), ("vitamin D", "vitamin E"),
    ("type 1", "type 2"), ("alpha", "beta"),
)  # fmt: skip


def _sister(title: str, chance: random.Random) -> str:
    ready = [pair for pair in _SISTERS if re.search(rf"\b{pair[0]}\b", title)]
    if not ready:
        return ""
    one, other = chance.choice(ready)
    return re.sub(rf"\b{one}\b", other, title, count=1)


# ── measuring ──────────────────────────────────────────────────────────────────────────


def works(size: int, name: str = "depression") -> list[Row]:
    """Records that say everything, and none of it twice."""
    sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
    from benchmark import load

    found: dict[str, Row] = {}
    for row in load("matching").table(name):
        if _is_whole(row):
            kept = {name: str(row[name]) for name in _KEPT if row.get(name)}
            kept["doi"] = kept["doi"].split(";")[-1].split()[0]
            found.setdefault(kept["title"].casefold(), kept)
    return random.Random(7).sample(sorted(found.values(), key=json.dumps), size)


_KEPT = ("author", "title", "container", "year", "volume", "issue", "pages", "doi")


def _is_whole(row: dict[str, Any]) -> bool:
    return (
        all(row.get(name) for name in ("author", "title", "container", "year", "doi"))
        and str(row.get("volume", "")).isdigit()
        and bool(re.fullmatch(r"\d{2,5}-\d{2,5}", str(row.get("pages", ""))))
        and bool(re.fullmatch(r"\d*", str(row.get("issue", ""))))
        and bool(re.fullmatch(r"(?:[^;.]+ (?:[A-Z]\.)+(?:; )?)+", str(row["author"])))
        and "Conference" not in str(row["container"])
        and len(str(row["title"]).split()) >= 6
        and not re.search(r"(?i)erratum|reply|comment|part i|abstract|editorial", str(row["title"]))
    )


def verdict(one: Row, other: Row) -> str:
    return match.classify(match.compare(_subject(one, "a"), _subject(other, "b"))).verdict.value


def _subject(row: Row, name: str) -> match.Subject:
    reading = csl_json.read_row(row)
    return match.Subject(
        identifier=Identifier(Scheme.TEXT, name), item=reading.item, claims=reading.claims
    )


def measure_exports(size: int, name: str = "depression", *, causes: bool = False) -> dict[str, Any]:
    """How many dressed pairs are one, and how many near pairs are, which should be none."""
    chance = random.Random(11)
    told: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    blind = 0
    for row in works(size, name):
        dressed = [(dress.__name__, dress(row, chance)) for dress in DRESSES]
        for (a, one), (b, other) in itertools.combinations(dressed, 2):
            found = verdict(one, other)
            told[f"{a} / {b}"][found] += 1
            blocks = (match.blocks_of(_subject(r, "a").profile) for r in (one, other))
            blind += not next(blocks) & next(blocks)
            if causes and found != "match":
                print(a, b, found, json.dumps([one, other], ensure_ascii=False))
        for mishap in MISHAPS:
            (_, one), (_, other) = chance.sample(dressed, 2)
            found = verdict(mishap(one, chance), chance.choice(MISHAPS)(other, chance))
            told[f"mishap: {mishap.__name__}"][found] += 1
        for _ in range(6):
            told["mishap: habits"][verdict(habits(row, chance), habits(row, chance))] += 1
        for name, one, other in (*near(row, chance), *called_alike(row)):
            found = verdict(one, other)
            told[f"near: {name}"][found] += 1
            if causes and found == "match":
                print("FALSE", name, json.dumps([one, other], ensure_ascii=False))
    pairs = {name: dict(sorted(each.items())) for name, each in sorted(told.items())}
    same = [each for name, each in told.items() if " / " in name]
    mishaps = [each for name, each in told.items() if name.startswith("mishap")]
    together = {
        "works": size,
        "found": _share(same),
        "found_after_two_mishaps": _share(mishaps),
        "without_common_block": blind,
        "false": sum(e["match"] for name, e in told.items() if name.startswith("near")),
    }
    return {"pairs": pairs, "together": together}


def _share(told: list[collections.Counter[str]]) -> float:
    return round(sum(one["match"] for one in told) / sum(one.total() for one in told), 4)


if __name__ == "__main__":
    asked = sys.argv[1:]
    number = int(asked[asked.index("--size") + 1]) if "--size" in asked else 400
    result = measure_exports(number, causes="--causes" in asked)
    print(json.dumps(result, indent=1))
    if "--write" in asked:
        SCORES.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n", encoding="utf-8")
