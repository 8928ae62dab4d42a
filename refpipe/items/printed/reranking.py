"""Several readings of one Western reference, and which of them stands.

Few signs tell the kind of a work, and where it is taken for another all of it is misread.  So a
reference of which something is in doubt is read as other kinds, and as the labeller reads it; what
is seen of each reading is weighed by a logistic regression, whose weights
``benchmarks/printed/confidence/train_reranking.py`` has learned from marked references.  What
the first reading is sure of, or a sign shows, stands in all of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from math import exp, log
from operator import itemgetter
from typing import Any

from refpipe.items.printed import labeller, people
from refpipe.items.printed.confidence import KNOWN, odds
from refpipe.items.printed.doubts import DOUBTED, NAMES
from refpipe.items.printed.nouns import SURE, Field, Printed
from refpipe.model import LONGEST_REFERENCE

BETTER = 0.7
"""How probable it must be that another reading has more right than the first."""
STANDS = 0.95
"""From here on a field of the first reading stands in any other as well."""
SURE_FROM = {
    "type": 0.7, "title": 0.9, "container-title": 0.83,
    "volume": 0.58, "issue": 0.58, "page": 0.58,
}  # fmt: skip
"""From which confidence on a field, or the type, is shown as read where there are several
readings, if not from where it is where there is one."""
_KEPT = 0.57
"""How sure a field may be at most that was in doubt: less than any that is shown as read."""
_LONG, _LATE = 1_500, 60
"""Longer texts, and those in which nothing begins before that sign, are several references."""
_UNREAD = 2
"""So many signs may be left unread of a reading that is not in doubt."""
_ROUND = 2
_OF_LABELS = {
    "author": "author", "editor": "editor", "translator": "editor", "title": "title",
    "container-title": "container", "publisher": "publisher", "publisher-place": "place",
    "collection-title": "series",
}  # fmt: skip
"""The labeller's word for each field; all others are numbers."""
_UNLABELLED = ("other", "note", "number")

_FRONT = {"author", "title"}
_FIGURES = ("issue", "page")

Rival = tuple[Printed, float]
"""A reading, and the odds that it has more right than the first, whose own are 1."""
Word = tuple[int, int, Mapping[str, float]]
"""Where a word begins and ends, and how probable each label is of it."""


def is_in_doubt(read: Printed) -> bool:
    """Whether a field, the kind or words that became nothing speak for another reading."""
    if read.is_by_own_order or read.places.keys() <= {"title", "issued"}:
        return False  # Where only a title is named, nothing speaks for another.
    begin = min((read.places[name].span.start for name in _FRONT & read.places.keys()), default=0)
    if len(read.text) > _LONG or begin > _LATE:
        return False
    unread = sum(len(one.text) for one in read.rest)
    is_sure = all(field.confidence >= SURE for field in read.fields.values())
    return unread > _UNREAD or not is_sure or read.type_confidence < KNOWN


def likeliest(first: Printed, others: Iterable[Printed]) -> Printed:
    """The first reading, or the other one that most probably has more right.

    How sure its fields are depends on how likely the readings are that have them as well.
    """
    found = rivals(first, others)
    best, most = max(found[1:], key=itemgetter(1), default=(first, 0.0))
    standing = best if most > BETTER / (1 - BETTER) else first
    return supported(standing, found) if len(found) > 1 else first


def rivals(first: Printed, others: Iterable[Printed]) -> list[Rival]:
    """The readings that differ, the first in front, and how likely each is."""
    learned, labelled = weights()["reading"], words(first.text)
    before = traits(first, labelled)
    found = [(first, 1.0)]
    for other in others:
        is_known = any(one.reading.item == other.reading.item for one, _ in found)
        if is_known or gives_up_what_stands(first, other):
            continue
        share = better(learned, before, traits(other, labelled))
        found.append((other, share / (1 - share)))
    return found


def better(
    learned: Mapping[str, float], before: Mapping[str, float], now: Mapping[str, float]
) -> float:
    """How probable it is that the second of two readings has more right, by their traits."""
    total = learned.get("", 0.0)
    for name in before.keys() | now.keys():
        total += learned.get(name, 0.0) * (now.get(name, 0.0) - before.get(name, 0.0))
    return 1 / (1 + exp(-min(max(total, -30), 30)))


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Mapping[str, float]]:
    """Each trait of a reading, and of a field of which there are several, and its weight."""
    path = files(__package__ or "") / "reranking.json"
    found: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return found


# ── what is seen of a reading ─────────────────────────────────────────────────────────


def words(text: str) -> list[Word]:
    """The words of a text as the labeller sees them that is not told how the grammar reads."""
    model = labeller.UNTOLD_WESTERN
    text = text[:LONGEST_REFERENCE].rstrip().encode("utf-8", "replace").decode("utf-8")
    labels = {*_OF_LABELS.values(), *_UNLABELLED}
    return [
        (start, end, {label: model.probability(at, label) for label in labels})
        for at, (_, start, end) in enumerate(model.tag(text))
    ]


def traits(read: Printed, labelled: Sequence[Word]) -> dict[str, float]:
    """What is weighed of a reading.

    Its kind and fields, how sure they are, what the labeller says of its words, how much is unread.
    """
    kind, unread = read.reading.item["type"], sum(len(one.text) for one in read.rest)
    found = {
        f"is {kind}": 1.0,
        "kind": read.type_confidence,
        f"kind {kind}": read.type_confidence,
        "unread": min(unread / 20, 3.0),
        "is unread": float(unread > _UNREAD),
        "least": min((field.confidence for field in read.fields.values()), default=1.0),
    }
    for name, field in read.fields.items():
        much = log(field.confidence / (1 - field.confidence)) / 3
        found |= {f"has {name}": 1.0, f"{kind} has {name}": 1.0, f"sure {name}": field.confidence}
        found |= {f"odds {name}": much, f"unsure {name}": float(field.confidence < 0.5)}
        found["right"] = found.get("right", 0.0) + 2 * field.confidence - 1
        found["odds"] = found.get("odds", 0.0) + much
    return found | _likelihood(read, labelled)


def _likelihood(read: Printed, labelled: Sequence[Word]) -> dict[str, float]:
    """How probable the fields of a reading are by the labels of their words, as logarithms."""
    places = sorted((field.span.start, field.span.end, name) for name, field in read.fields.items())
    found: dict[str, float] = {}
    for start, end, shares in labelled:
        own = next((name for begin, stop, name in places if begin < end and start < stop), "")
        labels = (_OF_LABELS.get(own, "number"),) if own else _UNLABELLED
        share = log(max(sum(shares[label] for label in labels), 0.001)) / 10
        name = f"words {own or 'unread'}"
        found[name] = max(found.get(name, 0.0) + share, -3.0)
        found["words"] = found.get("words", 0.0) + share
    return found


# ── how sure the fields of the reading are that stands ────────────────────────────────


def supported(read: Printed, found: Sequence[Rival]) -> Printed:
    """The reading with how sure each field is where there are others; a doubt is kept."""
    fields = {}
    for name, field in read.fields.items():
        if name in _FIGURES and read is found[0][0]:
            fields[name] = field  # Figures are told by signs, and other readings know no better.
            continue
        sure = _supported(read, found, name, field.confidence)
        sure_from = SURE_FROM.get(name, field.sure_from)
        fields[name] = replace(field, confidence=sure, sure_from=sure_from)
    kind = read.type_confidence
    if read is not found[0][0]:
        kind = _supported(read, found, "type", kind)
    if read.reading.item["type"] != found[0][0].reading.item["type"]:
        kind = min(kind, DOUBTED)  # Two readings, two kinds: no sign tells which.
    return replace(read, fields=fields, type_confidence=kind, type_sure_from=SURE_FROM["type"])


def _supported(read: Printed, found: Sequence[Rival], name: str, sure: float) -> float:
    learned = weights()["field"]
    total = learned.get("", 0.0)
    for trait, much in support(read, found, name, sure).items():
        total += learned.get(trait, 0.0) * much
    share = round(1 / (1 + exp(-total)), _ROUND)
    return min(max(share, 0.01), _KEPT if sure <= DOUBTED else 0.99)


def support(read: Printed, found: Sequence[Rival], name: str, sure: float) -> dict[str, float]:
    """What is weighed of a field, or of the type.

    How sure it is, how likely the readings are in which it is the same, and whether its reading is
    another than the first.
    """
    value = read.reading.item.get(name)
    alike = sum(much for one, much in found if one.reading.item.get(name) == value)
    share = alike / sum(much for _, much in found)
    seen = {"sure": odds(sure), "support": odds(share), "other": float(read is not found[0][0])}
    return seen | {f"{name} {trait}": much for trait, much in seen.items()} | {name: 1.0}


# ── what stands in every reading ──────────────────────────────────────────────────────


def gives_up_what_stands(first: Printed, other: Printed) -> bool:
    """Whether another reading gives up what the first is sure of, or a sign shows."""
    was, now = first.reading.item, other.reading.item
    return (
        any(
            field.confidence >= STANDS and now.get(name) != was.get(name)
            for name, field in first.fields.items()
        )
        or _is_other_in_type_alone(was, now)
        or _loses_title(was, now)
        or (now["type"] in _OF_DAYS and was["type"] != now["type"] and not _has_month(now))
        or _loses_host(first, other)
        or _loses_publisher(first, other)
        or _gains_day_of_reading(first, other)
        or _LABEL_LAST.search(str(now.get("container-title", ""))) is not None
        or ("accessed" in was and was["accessed"] != now.get("accessed"))
        or _gives_up_quoted(first, other)
        or _gives_up_medium(first, other)
        or any(
            _cuts_a_list(first, other, name) for name in ("title", "container-title", "publisher")
        )
        or _takes_names(first, other)
        or any(_is_nobody(name) for name in _new_people(was, now))
        or bool(_untold(other) - _untold(first))
        or bool(_uneven(other) - _uneven(first))
        or _begins_nowhere(first, other)
        or (_is_roman(was.get("page")) and was["page"] != now.get("page"))
    )


def _uneven(read: Printed) -> set[str]:
    """The fields that hold half a bracket."""
    texts = {name: str(value) for name, value in read.reading.item.items()}
    return {
        name for name, text in texts.items()
        if any(text.count(pair[0]) != text.count(pair[1]) for pair in ("()", "[]"))
    }  # fmt: skip


def _begins_nowhere(first: Printed, other: Printed) -> bool:
    """Whether a publisher begins in the middle of a sentence, with no sign before it."""
    was, now = first.places.get("publisher"), other.places.get("publisher")
    if now is None or (was is not None and was.span == now.span):
        return False
    return re.search(r"[^\W\d_]\s\Z", first.text[: now.span.start]) is not None


def _is_roman(page: object) -> bool:
    """Whether a page is one of a preface: no other figure looks so."""
    return isinstance(page, str) and re.fullmatch(r"[ivxlc–-]+", page) is not None


def _is_other_in_type_alone(was: Mapping[str, object], now: Mapping[str, object]) -> bool:
    """Whether only the type differs: that is told by signs, and no word speaks for another."""
    return was.keys() == now.keys() and all(
        name == "type" or was[name] == now[name] for name in was
    )


def _gains_day_of_reading(first: Printed, other: Printed) -> bool:
    """Whether a work that has no date, or says so, gets the day on which somebody looked at it."""
    day = other.places.get("issued")
    if day is None or "issued" in first.places:
        return False
    return _NO_DATE.search(first.text) is not None or (
        _LOOKED.search(first.text, 0, day.span.start) is not None
    )


_NO_DATE = re.compile(r"\b(?:n|s|o)\.\s?[dfaJ]\.")
_LOOKED = re.compile(r"\b(?:[Rr]etrieved|[Aa]ccessed|[Aa]vailable|[Vv]iewed|[Rr]ead)\b[^()]*\Z")
_LABEL_LAST = re.compile(
    r"\b(?:[Vv]ol(?:ume)?|[Nn][or]|[Bb]d|Band|Nummer|Heft|Jg|Jahrgang|[Tt]ome?|[Nn]úm|n°)\.?$"
)
"""A label of figures, with which no name ends."""


def _has_month(item: Mapping[str, Any]) -> bool:
    return len(item.get("issued", {}).get("date-parts", [[]])[0]) > 1


def _loses_title(was: Mapping[str, object], now: Mapping[str, object]) -> bool:
    """Whether a title becomes nothing, or what has none takes its container for it."""
    if "title" in was:
        return "title" not in now
    host = was.get("container-title")
    return host is not None and str(host) in str(now.get("title", ""))


def _loses_host(first: Printed, other: Printed) -> bool:
    """Whether a container becomes a publisher, or behind a comma a part of its name does or becomes
    nothing; whether what has pages stands in nothing; whether another begins behind "In:".
    """
    was, now = first.places.get("container-title"), other.places.get("container-title")
    if was is None:
        return False
    if now is None:
        house = str(other.reading.item.get("publisher", ""))
        is_hosted = _IN.search(first.text, 0, was.span.start) is not None
        is_house = bool(house) and (house in str(was.value) or str(was.value) in house)
        return is_hosted or is_house or "page" in other.places
    if was.span.start != now.span.start:
        return _IN.search(first.text, 0, was.span.start) is not None
    publisher = other.places.get("publisher")
    is_parted = publisher and was.span.start < publisher.span.start < was.span.end
    return bool(is_parted and first.text[now.span.end : now.span.end + 1] == ",") or any(
        now.span.end <= one.span.start < was.span.end for one in other.rest
    )


def _loses_publisher(first: Printed, other: Printed) -> bool:
    """Whether a publisher becomes nothing, or a part of a list of bodies alone stays one."""
    was, now = first.places.get("publisher"), other.places.get("publisher")
    if was is None:
        return False
    if now is not None and was.span.start < now.span.start < was.span.end:
        is_listed = re.search(r"\b(?:and|und|et|y)\b|&", str(was.value)) is not None
        return is_listed and first.text[: now.span.start].rstrip().endswith(",")
    return any(
        one.span.start <= was.span.start and was.span.end <= one.span.end for one in other.rest
    )


_IN = re.compile(r"[.?!]\sIn: \Z")


def _gives_up_quoted(first: Printed, other: Printed) -> bool:
    """Whether a quoted title is one no more, or what follows it straight is another field."""
    title, own = first.places.get("title"), other.places.get("title")
    if title is None or first.text[title.span.start - 1 : title.span.start] not in _QUOTES:
        return False
    if own is None or own.span != title.span:
        return True
    for name in ("container-title", "publisher"):
        was, now = first.places.get(name), other.places.get(name)
        if was and _BEHIND_QUOTED.fullmatch(first.text, title.span.end, was.span.start):
            return now is None or (now.span.start != was.span.start or now.span.end < was.span.end)
    return False


def _gives_up_medium(first: Printed, other: Printed) -> bool:
    """Whether what stands before ``[Internet]``, or published it behind, is another field."""
    for name in ("title", "container-title", "publisher"):
        was, now = first.places.get(name), other.places.get(name)
        if was is None:
            continue
        is_shown = _MEDIUM.match(first.text, was.span.end)
        if name == "publisher":
            is_shown = _BEHIND_MEDIUM.search(first.text, 0, was.span.start)
        if is_shown and (now is None or now.span != was.span):
            return True
    return False


_BEHIND_MEDIUM = re.compile(r"\[(?:Internet|Online|online|en línea|en ligne)\]\.\s\Z")
_MEDIUM = re.compile(r"\.?\s\[(?:Internet|Online|online|en línea|en ligne)\]")
_OF_DAYS = ("article-newspaper", "article-magazine")
"""Types of what appears on a day of its own."""
_QUOTES = ("“", '"', "‘", "«", "„")
_BEHIND_QUOTED = re.compile(r"\s?[,.?!]{0,2}[”\"’»“][,.]?\s")


def _cuts_a_list(first: Printed, other: Printed, name: str) -> bool:
    """Whether a name ends before its bracket, or at a comma of a list that goes on to its "and", or
    to a span of years.
    """
    was, now = first.places.get(name), other.places.get(name)
    if was is None or now is None or not was.span.start <= now.span.start < was.span.end:
        return False
    return _LIST_GOES_ON.match(first.text[now.span.end : was.span.end]) is not None


_LIST_GOES_ON = re.compile(
    r",\s[^.:;]{1,80}?(?:\b(?:and|und|et|y|e|och|og|en|i|a)|&)\s\w"
    r"|\s?\([^()]*\)\W*\Z"
    r"|,\s[^.:;]{0,80}?\b(?:1[5-9]|20)\d\d\s?(?:[-–]|to|bis|à)\s?\d"
)


def _takes_names(first: Printed, other: Printed) -> bool:
    """Whether a title or a container holds somebody whom the first reading has as a person."""
    texts = [
        " ".join(str(read.reading.item.get(name, "")) for name in ("title", "container-title"))
        for read in (first, other)
    ]
    names = [name.get("family") or name.get("literal", "") for name in first.people]
    return any(len(name) > 2 and name in texts[1] and name not in texts[0] for name in names)


def _new_people(
    was: Mapping[str, object], now: Mapping[str, object]
) -> Iterator[Mapping[str, str]]:
    """Who is named by the second of two readings alone."""
    for role in NAMES:
        before, found = was.get(role, []), now.get(role, [])
        if isinstance(before, list) and isinstance(found, list):
            new = [name for name in found if name not in before]
            families = [name.get("family") for name in new]
            yield from new
            if len(new) > 1 and families[0] and len({*families}) == 1:
                yield {"family": "", "given": ""}  # Hepatitis A, Hepatitis B.


_NOBODY = re.compile(
    r"\b[A-Z]{3,}\.?$|[^\W\d_]{4,}\.|\w(?:tions?|ness|ics|isms?|ology|ologies|ities)\b|^$"
)
"""What no part of a name is: an office in short, the end of a sentence, an abstract noun."""


def _is_nobody(name: Mapping[str, str]) -> bool:
    return any(
        _NOBODY.search(name[part]) is not None for part in ("family", "given") if part in name
    )


def _untold(read: Printed) -> set[str]:
    """The words that stand within a list of names and in none of them."""
    found: set[str] = set()
    for name, field in read.places.items():
        if name in NAMES and isinstance(field.value, list):
            found |= _lost(read.text, field)
    return {word for word in found if word.casefold() not in people.ROLE_WORDS}


def _lost(text: str, field: Field) -> set[str]:
    said: set[str] = set()
    for name in field.value if isinstance(field.value, list) else ():
        said |= {*_WORDS.findall(" ".join(name.values()))}
    return {*_WORDS.findall(text, field.span.start, field.span.end)} - said


_WORDS = re.compile(r"[^\W_]{2,}")
