"""Say a decision in plain words, English or Japanese."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from refpipe.match.classifying import Judgement
from refpipe.match.deciding import evidence
from refpipe.match.words import AGAINST, FIELDS, HOW, KINDS, LEVELS, PHRASES, RELATIONS, RULES
from refpipe.model import Decision, Verdict


def explain(subject: Decision | Judgement, lang: str = "en") -> str:
    """Why two records are judged to be one, or not: the rule, the fields, what contradicts."""
    lang = lang if lang in PHRASES else "en"
    if isinstance(subject, Judgement):
        kind, found = subject.verdict.value, json.loads(evidence(subject))
        relation = subject.relation
    else:
        kind, found = subject.kind.value, json.loads(subject.evidence)
        relation = subject.rule if subject.kind.value == Verdict.RELATED.value else ""
        if subject.by == "person":
            return _by_person(subject, lang)
    lines = [_headline(kind, relation, lang)]
    if rule := RULES[lang].get(str(found.get("rule", ""))):
        lines.append(PHRASES[lang]["because"].format(rule))
    lines.extend(_fields(found.get("fields", {}), lang))
    lines.extend(_against(found.get("against", ()), lang))
    return "\n".join(lines)


def _headline(kind: str, relation: str, lang: str) -> str:
    tail = RELATIONS[lang].get(relation, relation)
    return KINDS[lang].get(kind, kind).format(tail)


def _by_person(decision: Decision, lang: str) -> str:
    headline = _headline(decision.kind.value, decision.rule, lang)
    who = PHRASES[lang]["person"].format(decision.made[:10])
    return "\n".join(filter(None, (headline, who, decision.reason)))


def _fields(fields: Mapping[str, Sequence[Any]], lang: str) -> list[str]:
    lines = []
    for name in FIELDS[lang]:
        if name in fields:
            level, _, how = fields[name]
            note = HOW[lang].get(how, "")
            said = LEVELS[lang][level] + (PHRASES[lang]["note"].format(note) if note else "")
            lines.append(PHRASES[lang]["field"].format(FIELDS[lang][name], said))
    return lines


def _against(names: Sequence[str], lang: str) -> list[str]:
    said = [AGAINST[lang][n] for n in names if n in AGAINST[lang]]
    return [PHRASES[lang]["against"].format(PHRASES[lang]["comma"].join(said))] if said else []
