"""How sure each field of a reading is: what is seen of it, weighed as marked references taught.

What speaks for and against a field is sought elsewhere: signs (``doubts``), the kind of work
(``kinds``, which tells of itself whether it is sure), the labeller.  Here each of these, how the
field looks, what stands beside it and how the rest was read are weighed together by a logistic
regression.  The weights were learned from readings of references of which somebody had marked
what is printed (``benchmarks/printed/confidence``); so a confidence of 0.8 says that four of five
such fields are right.  A firm sign is weighed against nothing: it makes the field unsure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from math import exp, log

from refpipe.items.printed import kinds
from refpipe.items.printed.doubts import DOUBTED, NAMES, Opinion, Signs
from refpipe.items.printed.nouns import SURE, SURE_OF, Field, Printed

KNOWN = 0.7
"""Below it the grammar itself doubts what it reads."""
GUESSED = 0.3
"""Up to here it says that either of two elements may be the field, whatever their words are."""
_BY_WORDS = ("title", "container-title", "publisher", "publisher-place", "collection-title")
"""Fields that are told by their words, which a labeller sees as well."""
_ROUND = 2
_MARKS = ".,:;()[]「」『』/｜|-–—：，．。、"
_UNREAD_LETTERS, _UNREAD_FIGURES = 40, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was sought that speaks for or against a reading."""

    signs: Signs
    opinion: Opinion
    grammar: str
    """The kind that the grammar took the reference for, by the reader's own name."""

    @property
    def against(self) -> frozenset[str]:
        """The fields against which something speaks that nothing takes back."""
        opinion, signs = self.opinion, self.signs
        return opinion.against | signs.firm | (signs.soft - opinion.whole)

    def is_guessed(self, name: str, field: Field) -> bool:
        """Whether the grammar itself doubts a field that no labeller sees better than it."""
        if field.confidence <= GUESSED and name in _BY_WORDS:
            return True
        is_alike = name in self.opinion.shared and name not in NAMES
        return field.confidence < KNOWN and not (name in _BY_WORDS or is_alike)

    def kind(self, read: Printed) -> float:
        """How sure the type of a reading is; a field in doubt tells none."""
        fields = {
            name: replace(field, confidence=min(field.confidence, DOUBTED))
            if name in self.against
            else field
            for name, field in read.fields.items()
        }
        shown = replace(read, fields=fields)
        return kinds.confidence(shown, self.grammar, self.opinion.labelled)


def weighed(read: Printed, evidence: Evidence) -> Printed:
    """The reading with the confidence of each field and of its kind."""
    kind = evidence.kind(read)
    fields = dict(read.fields)
    learned = weights(is_japanese=_JAPANESE.search(read.text) is not None)
    for name, seen in features(read, evidence, kind):
        sure = round(_probability(learned, name, seen), _ROUND)
        if name in evidence.signs.firm or evidence.is_guessed(name, read.fields[name]):
            sure = min(sure, DOUBTED)
        sure_from = SURE_OF.get(name, SURE)
        fields[name] = replace(fields[name], confidence=sure, sure_from=sure_from)
    return replace(read, fields=fields, type_confidence=kind)


@lru_cache(maxsize=2)
def weights(*, is_japanese: bool) -> Mapping[str, float]:
    """Each feature, of all fields or with a field's name before it, and its weight."""
    name = "confidence_ja.json" if is_japanese else "confidence.json"
    found: dict[str, float] = json.loads((files(__package__ or "") / name).read_text("utf-8"))
    return found


def _probability(weights: Mapping[str, float], name: str, seen: Mapping[str, float]) -> float:
    total = weights.get("", 0.0) + weights.get(name, 0.0)
    for feature, value in seen.items():
        total += value * (weights.get(feature, 0.0) + weights.get(f"{name} {feature}", 0.0))
    return min(max(1 / (1 + exp(-total)), 0.01), 0.99)


def features(
    read: Printed, evidence: Evidence, kind: float
) -> Iterator[tuple[str, dict[str, float]]]:
    """(field, what is seen of it) for each field; ``kind``: how sure the type is.

    A feature has a value between -1 and 1; one that is not named is 0.
    """
    common = _of_reading(read, evidence, kind)
    places = sorted((field.span.start, field.span.end, name) for name, field in read.fields.items())
    for name, field in read.fields.items():
        yield name, common | _of_field(read, name, field, evidence, places)


def _of_reading(read: Printed, evidence: Evidence, kind: float) -> dict[str, float]:
    """What is seen of the whole: the kind, which fields there are, how much was not read."""
    unread = " ".join(one.text for one in read.rest)
    letters, figures = (len(re.findall(sign, unread)) for sign in (r"[^\W\d_]", r"\d"))
    item = read.reading.item
    found = {
        f"is {item['type']}": 1.0,
        f"as {evidence.grammar}": 1.0,
        "kind is told": float(kind >= kinds.TOLD),
        "all is read": float(not re.search(r"[^\W\d_]{2}", unread)),
        "unread letters": min(letters / _UNREAD_LETTERS, 1.0),
        "unread figures": min(figures / _UNREAD_FIGURES, 1.0),
        "fields": min(len(read.fields) / 12, 1.0),
        "length": min(len(read.text) / 600, 1.0),
    }
    if _JAPANESE.search(read.text):
        found["japanese"] = 1.0
    return found | {f"has {name}": 1.0 for name in read.fields}


_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def _of_field(
    read: Printed,
    name: str,
    field: Field,
    evidence: Evidence,
    places: list[tuple[int, int, str]],
) -> dict[str, float]:
    start, end = field.span.start, field.span.end
    found = _shaped("read", field.confidence)
    found |= _of_value(field.value)
    found |= _of_evidence(name, evidence)
    others = evidence.against
    found["others in doubt"] = min(len(others - {name}) / 4, 1.0)
    found["place"] = start / max(len(read.text), 1)
    before = max((one for one in places if one[1] <= start), default=(0, 0, "nothing"))
    behind = min((one for one in places if one[0] >= end and one[2] != name), default=(0, 0, ""))
    found[f"behind {before[2]}"] = found[f"before {behind[2] or 'nothing'}"] = 1.0
    text = read.text
    found[f"begins {_class(text[start - 1 : start])}{_class(text[start : start + 1])}"] = 1.0
    found[f"ends {_class(text[max(end - 1, 0) : end])}{_class(text[end : end + 1])}"] = 1.0
    found[f"goes on {_class(text[end : end + 1])}{_class(text[end + 1 : end + 2])}"] = 1.0
    found["behind a short word"] = float(_SHORTENED.search(text, 0, start) is not None)
    found["unread before"] = float(any(0 <= start - one.span.end <= 3 for one in read.rest))
    found["unread behind"] = float(any(0 <= one.span.start - end <= 3 for one in read.rest))
    return found


_SHORTENED = re.compile(r"\b[A-Z][a-z]{1,9}\.\s\Z")


def _of_value(value: object) -> dict[str, float]:
    """How a value looks."""
    if isinstance(value, list):
        return {
            "names": min(len(value) / 6, 1.0),
            "whole names": float(any("literal" in name for name in value)),
            "longest name": min(max((len("".join(v.values())) for v in value), default=0) / 30, 1),
        }
    if not isinstance(value, str):
        return {}
    found = {f"holds {sign}": 1.0 for sign in _MARKS if sign in value}
    found["long"] = min(len(value) / 150, 1.0)
    found["words"] = min(len(value.split()) / 20, 1.0)
    found["holds figures"] = float(any(map(str.isdigit, value)))
    found["holds a year"] = float(re.search(r"(?:19|20)\d\d", value) is not None)
    found["small"] = float(value[:1].islower())
    return found


def _of_evidence(name: str, evidence: Evidence) -> dict[str, float]:
    """Signs, and what the labeller says."""
    opinion, signs = evidence.opinion, evidence.signs
    found = {
        "firm sign": float(name in signs.firm),
        "soft sign": float(name in signs.soft),
        "doubted": float(name in evidence.against),
        "labeller against": float(name in opinion.against),
        "labeller alike": float(name in opinion.shared),
        "labeller whole": float(name in opinion.whole),
        "labeller reads no title": float(not opinion.has_title),
    }
    share = opinion.shares.get(name)
    if share is None:
        return found | {"labeller not asked": 1.0}
    found |= {"least": odds(share.least), "mean": odds(share.mean)}
    return found | {"label before": odds(share.before), "label behind": odds(share.behind)}


def _shaped(name: str, value: float) -> dict[str, float]:
    """A confidence as a figure, and as one of a few steps."""
    return {name: value, f"{name} {int(value * 10) / 10}": 1.0}


def odds(share: float) -> float:
    """A probability as a number between -1 and 1 that parts the small and the large ones."""
    share = min(max(share, 0.001), 0.999)
    return log(share / (1 - share)) / 7


def _class(sign: str) -> str:
    """What sort of sign stands at an edge."""
    if not sign:
        return "^"
    if sign.isspace():
        return "_"
    if sign.isdigit():
        return "9"
    if not sign.isalpha():
        return sign
    if _JAPANESE.match(sign):
        return "J"
    return "A" if sign.isupper() else "a"
