"""No regular expression of the package can be made to try every way of cutting a text.

A repetition whose body can match one text in two ways doubles its work with every turn.  Each
repetition of each pattern is given texts of its own: what leads to it, what it repeats many
times over, and an end that it cannot match.
"""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
import signal
import sys
from collections.abc import Iterator
from functools import cache
from types import FrameType
from typing import Any

import refpipe
from refpipe.lifetimes import lazy

# The standard library's own reader of patterns: it knows what a pattern repeats.
_tree: Any = importlib.import_module("re._parser")
_kinds: Any = importlib.import_module("re._constants")
_compiler: Any = importlib.import_module("re._compiler")

LAZY: Any = lazy("")
TURNS = 30
SAMPLES = 12
"""Texts that are drawn for each repetition."""
TOO_LONG = 1.0
"""Seconds of one processor; what does not double takes a thousandth of them."""
REPEATS = (_kinds.MAX_REPEAT, _kinds.MIN_REPEAT)
LETTERS = "a1 A.-,:;/<>()あ漢\n\"'#=&"


def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern that a module of the package holds, each with the module's name before it."""
    for one in pkgutil.walk_packages(refpipe.__path__, "refpipe."):
        if not one.name.startswith("refpipe.spark"):  # It needs Java, and holds no pattern.
            importlib.import_module(one.name)
    own = {name: module for name, module in sys.modules.items() if name.startswith("refpipe.")}
    return {
        f"{name}: {pattern.pattern}": pattern
        for name, module in own.items()
        for pattern in held(list(vars(module).values()))
    }


def held(value: Any) -> Iterator[re.Pattern[str]]:
    """The patterns that a value is or holds."""
    if type(value) is type(LAZY):  # It is not compiled before it is used.
        value = re.compile(value.pattern, value.flags)
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict | list | tuple | set | frozenset):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from held(inner)


@cache
def letters(said: tuple[Any, ...]) -> list[str]:
    """Some characters that a class in square brackets holds."""
    whole = _tree.SubPattern(_tree.State(), [(_kinds.IN, list(said))])
    whole.state.str = ""
    holds = _compiler.compile(whole).match
    ends = [chr(end) for kind, ends in said if kind is _kinds.RANGE for end in ends]
    alone = [chr(one) for kind, one in said if kind is _kinds.LITERAL]
    return [letter for letter in (*ends, *alone, *LETTERS) if holds(letter)] or [""]


def drawn(nodes: Any, chance: random.Random) -> str:
    """A text that these parts of a pattern match, as far as what looks around is left out."""
    text = ""
    for kind, said in nodes:
        if kind is _kinds.LITERAL:
            text += chr(said)
        elif kind in (_kinds.ANY, _kinds.NOT_LITERAL):
            text += "b" if said == ord("a") else "a"
        elif kind is _kinds.IN:
            text += chance.choice(letters(tuple(said)))
        elif kind is _kinds.BRANCH:
            text += drawn(chance.choice(said[1]), chance)
        elif kind is _kinds.SUBPATTERN:
            text += drawn(said[3], chance)
        elif kind is _kinds.ATOMIC_GROUP:
            text += drawn(said, chance)
        elif kind in (*REPEATS, _kinds.POSSESSIVE_REPEAT):
            least, most, body = said
            times = min(least + chance.randint(0, 1), most)
            text += "".join(drawn(body, chance) for _ in range(times))
    return text


def repetitions(nodes: Any, before: list[Any]) -> Iterator[tuple[list[Any], Any]]:
    """What a pattern repeats without an end to speak of, and what leads there."""
    for at, (kind, said) in enumerate(nodes):
        lead = [*before, *nodes[:at]]
        if kind in REPEATS:
            if said[1] >= TURNS:
                yield lead, said[2]
            yield from repetitions(said[2], lead)
        elif kind is _kinds.SUBPATTERN:
            yield from repetitions(said[3], lead)
        elif kind is _kinds.ATOMIC_GROUP:
            yield from repetitions(said, lead)
        elif kind is _kinds.BRANCH:
            for branch in said[1]:
                yield from repetitions(branch, lead)


class Endless(Exception):
    """Reading takes longer than anybody waits."""


def endless(pattern: re.Pattern[str], chance: random.Random) -> str:
    """A short text for which a pattern takes too long; empty where none was found."""

    def stop(_: int, __: FrameType | None) -> None:
        raise Endless

    former = signal.signal(signal.SIGVTALRM, stop)
    text = ""
    try:
        for lead, body in repetitions(list(_tree.parse(pattern.pattern, pattern.flags)), []):
            for _ in range(SAMPLES):
                text = drawn(lead, chance) + drawn(body, chance) * TURNS + "!\x00"
                signal.setitimer(signal.ITIMER_VIRTUAL, TOO_LONG)
                pattern.match(text)
                pattern.fullmatch(text)
    except Endless:
        return text
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)
    return ""


def test_no_pattern_doubles_its_work_with_every_turn() -> None:
    found = {name: endless(one, random.Random(ascii(name))) for name, one in patterns().items()}
    assert len(found) > 500
    assert {name: text for name, text in found.items() if text} == {}


def test_a_pattern_that_does_is_found() -> None:
    assert endless(re.compile(r"(?:pmid\s*:?\s*)*\d"), random.Random(1))
    assert not endless(re.compile(r"(?:pmid\s*(?::\s*)?)*\d"), random.Random(1))
