"""Which of two readings of a Japanese reference stands: the grammar's or its labeller's.

Where the two differ, fields that meet, or bear one name, are one contest; whoever wins has all of
it.  What is seen of a contest is weighed by a logistic regression, whose weights
``benchmarks/printed/labeller/train_japanese_choice.py`` has learned from marked references that
the labeller asked had not seen.  What a sign shows is no contest, and a reading of which nothing is
in doubt is left alone; what the labeller wins is told as unsure.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from refpipe.items.printed import japanese_labeller, japanese_whole
from refpipe.items.printed.doubts import DOUBTED
from refpipe.items.printed.japanese_labeller import JAPANESE, ending_of
from refpipe.items.printed.japanese_whole import NAMES, Whole
from refpipe.items.printed.nouns import NUMBERED, Draft, Part, Rest
from refpipe.items.printed.people import japanese_names
from refpipe.lifetimes import lazy

MARGIN, PLAIN_MARGIN = 0.75, 0.85
"""How probable it must be that the labeller's side of a contest is the better one: where the
grammar's reading shows a sign of being misread or leaves words unread, and where it shows none."""
OPEN = 0.4
"""From here on what the grammar wins is told as unsure."""
CLEAR, CLEARER, KNOWN = 0.9, 0.98, 0.75
"""From here on figures, and other text, that the labeller wins are weighed like what the grammar
reads, with the third as their confidence; names never."""
_PLAIN = ("", "judgment", "drug-label", "thesis", "magazine", "entry")
"""Kinds whose signs are plain."""
_NEXT = 2
"""So many signs may stand between two fields that touch."""
_SHOWN = (
    "author", "editor", "title", "container-title", "publisher", "volume", "page", "issued", "URL",
    "accessed",
)  # fmt: skip
"""Fields of the grammar whose presence is seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Fields on which two readings differ."""

    own: tuple[Part, ...]
    theirs: tuple[Part, ...]
    """Those of the labeller."""
    seen: Mapping[str, float] = field(default_factory=dict)
    """What is weighed, each with how much of it there is."""
    gives_host: bool = False
    """Whether it gives a work that stands nowhere a container or a publisher, and takes nothing."""

    @property
    def names(self) -> frozenset[str]:
        """The fields of both."""
        return frozenset(part.name for part in (*self.own, *self.theirs))

    @property
    def weight(self) -> float:
        """How probable it is that the labeller's side is the better one."""
        return self.weighed(_weights())

    def weighed(self, weights: Mapping[str, float]) -> float:
        """The same by other weights."""
        total = sum([weights.get(name, 0.0) * much for name, much in self.seen.items()])
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    @property
    def is_won(self) -> bool:
        """Whether the labeller's side is taken."""
        if self.gives_host:
            return True  # A work stands somewhere, and nothing is given up.
        if any(_ADDRESS.search(str(part.value)) for part in self.own):
            return self.weight >= OPEN  # No title holds an address.
        if not self.own and self.names <= _FIGURES:
            return self.weight >= OPEN  # Nothing is given up for a figure more.
        return self.weight >= (PLAIN_MARGIN if self.seen["plain"] else MARGIN)

    def is_clear(self, part: Part) -> bool:
        """Whether a field is weighed like the grammar's; no name is, nor what one touches."""
        is_touched = any(
            isinstance(one.value, list)
            and (
                one is part
                or 0 <= part.start - one.end <= _NEXT
                or 0 <= one.start - part.end <= _NEXT
            )
            for one in self.theirs
        )
        bound = CLEAR if part.name in _FIGURES else CLEARER
        is_open = is_touched or f"sign {part.name}" in self.seen
        return bool(self.seen) and not is_open and self.weight >= bound


@cache
def _weights() -> dict[str, float]:
    path = files(__package__ or "") / "japanese_choice.json"
    found: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return found


def is_asked(
    draft: Draft,
    text: str,
    signs: AbstractSet[str],
    rest: tuple[Rest, ...],
    doubted: Sequence[str] = (),
) -> bool:
    """Whether the labeller has learned such works, and something speaks against the reading."""
    is_known = bool(text) and draft.kind not in NUMBERED and draft.told[0] not in _PLAIN
    return is_known and (bool(doubted) or not _is_plain(draft, signs, rest))


def _is_plain(draft: Draft, signs: AbstractSet[str], rest: tuple[Rest, ...]) -> bool:
    """Whether no sign speaks against a reading, and all is read."""
    is_read = _unread(rest) < 2 and not any(re.search(r"\d", one.text) for one in rest)
    return not signs and is_read and draft.kind != "document"


def _unread(rest: tuple[Rest, ...]) -> int:
    """How many letters became no field."""
    return sum(len(re.findall(r"[^\W\d_]", one.text)) for one in rest)


_OF_SITES = ("webpage", "report", "law")
"""Kinds in which the grammar tells bodies from their sites, and knows better if nothing is left."""


def settled(
    draft: Draft,
    text: str,
    signs: AbstractSet[str],
    rest: tuple[Rest, ...],
    doubted: Sequence[str] = (),
) -> Draft:
    """The reading in which each contest has its winner; one without any doubt is left alone."""
    if not is_asked(draft, text, signs, rest, doubted):
        return draft
    whole = japanese_whole.read(text, draft)
    if not whole.differs:
        return draft
    found = contests(draft, whole, text, signs, rest)
    taken = [one for one in found if one.is_won]
    now = mixed(draft, whole, text, taken) if taken else draft
    nearly_lost = [part for one in found if one.weight >= OPEN for part in one.own]
    if not taken and not nearly_lost:
        return draft
    parts = [
        replace(one, confidence=min(one.confidence, DOUBTED)) if one in nearly_lost else one
        for one in now.parts
    ]
    return replace(now, parts=parts)


def open_fields(before: Draft, now: Draft) -> frozenset[str]:
    """The fields that were won, or nearly lost, and not clearly: they are told as unsure."""
    return frozenset(
        part.name for part in now.parts
        if part not in before.parts and part.confidence <= DOUBTED
    )  # fmt: skip


def mixed(draft: Draft, whole: Whole, text: str, taken: Sequence[Contest]) -> Draft:
    """The grammar's reading with the contests that the labeller has won."""
    lost = [part for one in taken for part in one.own]
    parts = [part for part in draft.parts if part not in lost]
    parts += [
        replace(part, confidence=KNOWN) if one.is_clear(part) else part
        for one in taken
        for part in one.theirs
    ]
    is_named = any(not one.names.isdisjoint(NAMES) for one in taken)
    custom = dict(whole.draft.custom if is_named else draft.custom)
    found = replace(draft, parts=parts, custom=custom, head=replace(draft.head))
    japanese_whole.name_head(found, draft, text)
    found.kind = japanese_whole.kind_of(parts, draft, text)
    return found


def contests(
    draft: Draft, whole: Whole, text: str, signs: AbstractSet[str], rest: tuple[Rest, ...]
) -> list[Contest]:
    """Where the two differ and no sign shows what is right, with what is seen of it."""
    own = [part for part in draft.parts if part not in whole.draft.parts]
    theirs = [part for part in whole.draft.parts if part not in draft.parts]
    found: list[Contest] = []
    left = [*own, *theirs]
    while left:
        group = [left.pop(0)]
        while more := [one for one in left if any(_meet(one, part) for part in group)]:
            group += more
            left = [one for one in left if one not in more]
        found.append(
            Contest(
                own=tuple(part for part in own if part in group),
                theirs=tuple(part for part in theirs if part in group),
            )
        )
    unread, is_plain = _unread(rest), _is_plain(draft, signs, rest)
    words = JAPANESE.words(text, draft.told)
    if is_plain and draft.told[0] in _OF_SITES:
        return []
    weighed = []
    for one in found:
        now = mixed(draft, whole, text, [one])
        if not _is_shown(one, now, text):
            seen = {"": 1.0, f"contests {min(len(found), 4)}": 1.0}
            seen.update(_read(one, draft, text, signs, is_plain=is_plain))
            seen.update(_whole(one, whole, unread))
            seen.update(_effect(draft, now, text))
            seen.update(japanese_labeller.gains(one.own, one.theirs, draft.parts, words))
            weighed.append(replace(one, seen=seen, gives_host=_gives_host(one, draft, text)))
    return weighed


def _meet(one: Part, other: Part) -> bool:
    return one.name == other.name or _overlap(one, other)


def _overlap(one: Part, other: Part) -> bool:
    return one.start < other.end and other.start < one.end


def _is_shown(contest: Contest, now: Draft, text: str) -> bool:
    """Whether a sign shows a field that would go, or nothing or two fields would stand there."""
    kept = [part for part in now.parts if part not in contest.theirs]
    return (
        (not contest.theirs and not any(_is_no_figure(part) for part in contest.own))
        or any(
            japanese_whole.has_label(part, text) for part in contest.own if part.name != "issued"
        )
        or any(part.name == "collection-title" for part in contest.own)
        or any(_is_maker(part, text) for part in contest.own)
        or any(_LABEL.fullmatch(text, part.start, part.end) for part in contest.theirs)
        or any(_PARTICLE.match(text, part.start) for part in contest.theirs if part.name == "title")
        or any(_overlap(one, part) for one in contest.theirs for part in kept)
        or _is_torn(now)
        or any(_is_odd(part, text) for part in contest.theirs)
        or ("title" in contest.names and all(part.name != "title" for part in now.parts))
        or any(_is_site(part, now, text) for part in contest.own)
        or any(part.name == "title" and re.search("[|｜]", str(part.value)) for part in contest.own)
        or _gives_up(contest, now, text)
        or (now.told[0] == "newspaper" and _has_new_author(contest))
    )


def _has_new_author(contest: Contest) -> bool:
    """Whether names would stand where the grammar has none; a paper prints hardly any."""
    names = [part.name for part in contest.own]
    return "author" not in names and any(part.name == "author" for part in contest.theirs)


def _gives_up(contest: Contest, now: Draft, text: str) -> bool:
    """Whether words before a title would become nothing: they may be the missing name."""
    titles = [part for part in (*contest.own, *contest.theirs) if part.name == "title"]
    if any(part.name in NAMES for part in now.parts) or len(titles) < 2:
        return False
    front = text[titles[0].start : titles[1].start]
    is_free = not any(_overlap(titles[0], part) for part in now.parts if part is not titles[1])
    return is_free and not _ADDRESS.search(front) and japanese_whole.letters_in(front) > 0


def _gives_host(contest: Contest, draft: Draft, text: str) -> bool:
    """Whether words that are unread would say where the work stands, which nothing else says."""
    named = {part.name for part in draft.parts} | {name for name, *_ in draft.told[1]}
    return (
        not contest.own
        and contest.names <= _HOSTS
        and draft.told[0] not in _OF_SITES
        and not named & {*_HOSTS, "URL", "DOI"}
        and all(text[part.start - 1] != "「" for part in contest.theirs)  # A part of the work.
    )


_HOSTS = {"container-title", "publisher"}


def _is_site(part: Part, now: Draft, text: str) -> bool:
    """Whether a stroke or a dash tells the site of a page from its title: 題名｜サイト."""
    if part.name != "container-title" or now.told[0] != "webpage":
        return False
    is_behind = text[: part.start].rstrip().endswith(("|", "｜"))
    return is_behind or text[part.end :].lstrip().startswith(("|", "｜", "- "))


def _is_no_figure(part: Part) -> bool:
    """Whether what was taken for a figure of a journal is none: 頁44-51, a year."""
    return part.name in _FIGURES and _NO_FIGURE.search(str(part.value)) is not None


_NO_FIGURE = lazy("[\u3400-\u9fff]|^(?:19|20)[0-9]{2}$")


def _is_odd(part: Part, text: str) -> bool:
    """Whether a field would hold half a bracket, or be a number of its journal."""
    inner = text[part.start : part.end]
    is_uneven = inner.count("(") != inner.count(")") or inner.count("（") != inner.count("）")
    return is_uneven or (part.name == "container-title" and _NUMBER.match(inner) is not None)


_NUMBER = lazy(r"第?\d+\s?[卷巻号號輯]")


def _is_torn(now: Draft) -> bool:
    """Whether a name would end where the title begins, with no sign between them."""
    ends = {part.end for part in now.parts if part.name in NAMES}
    return any(part.name == "title" and part.start in ends for part in now.parts)


_FIGURES = {
    "volume", "issue", "page", "edition", "number", "number-of-pages", "issued", "accessed",
}  # fmt: skip
_PARTICLE = lazy("[のをがはへ](?![\u3041-\u309f])")
"""What no title begins with."""
_LABEL = lazy("出版社|出版者|発行[所者]|発売元?|[著編訳]者名?|[書誌]名|題名|雑誌名?|タイトル")
"""Words that announce a field, and are none."""


def _is_maker(part: Part, text: str) -> bool:
    """Whether a body stands alone behind a quoted title: who made it."""
    before = text[part.start - 1 : part.start]
    is_body = isinstance(part.value, list) and japanese_names.is_body(text[part.start : part.end])
    return part.name == "author" and before in ("」", "』") and is_body


# ── what is seen of a contest ─────────────────────────────────────────────


def _read(
    contest: Contest, draft: Draft, text: str, signs: AbstractSet[str], *, is_plain: bool
) -> Iterator[tuple[str, float]]:
    """What changes, and what the fields of both hold."""
    kind, changes = draft.told[0], []
    yield from ((f"kind {kind}", 1.0), ("plain", float(is_plain)))
    own = {part.name: part for part in contest.own}
    theirs = {part.name: part for part in contest.theirs}
    for name in sorted(contest.names):
        one, other = own.get(name), theirs.get(name)
        change = f"{_change(one, other)} {name}"
        changes.append(change)
        yield change, 1.0
        yield f"{kind} {change}", 1.0
        if name in signs:
            yield from dict.fromkeys(("sign", f"sign {name}", f"sign {change}"), 1.0).items()
        if is_plain:
            yield from dict.fromkeys((f"plain {change}", f"plain {kind}"), 1.0).items()
        if one:
            yield f"sure {name}", one.confidence
            yield from ((f"own {name} {sign}", 1.0) for sign in _held(one, text))
        if other:
            yield from ((f"their {name} {sign}", 1.0) for sign in _held(other, text))
        if one and other and one.start != other.start:
            yield f"{name} begins {'later' if one.start < other.start else 'earlier'}", 1.0
        if one and other and one.end != other.end:
            yield f"{name} ends {'later' if one.end < other.end else 'earlier'}", 1.0
    yield "all " + ", ".join(changes), 1.0
    there = {part.name for part in draft.parts}
    for name in _SHOWN:
        yield f"{'has' if name in there else 'no'} {name}", 1.0
        if name not in there:
            yield from ((f"no {name} {change}", 1.0) for change in changes)


def _change(one: Part | None, other: Part | None) -> str:
    if one is None or other is None:
        return "new" if one is None else "lost"
    if (one.start, one.end) == (other.start, other.end):
        return "other"
    if not _overlap(one, other):
        return "moved"
    return "longer" if other.end - other.start > one.end - one.start else "shorter"


def _held(part: Part, text: str) -> Iterator[str]:
    """What a field holds, and what stands at its edges."""
    inner = text[part.start : part.end]
    yield f"begins behind {_sign(text[: part.start][-1:])}"
    yield f"ends before {_sign(text[part.end : part.end + 1])}"
    yield f"letters {min(len(inner) // 4, 6)}"
    yield f"ends as {ending_of(inner)}"
    names = part.value if isinstance(part.value, list) else [{"literal": inner}]
    if isinstance(part.value, list):
        yield f"names {min(len(names), 4)}"
    if any(japanese_names.is_body(str(one.get("literal", ""))) for one in names):
        yield "body"
    elif any(japanese_names.is_known(one) for one in names):
        yield "known"
    yield from (f"holds {sign}" for sign in "，、．・：／　 「『（" if sign in inner)
    yield from (name for name, pattern in _HOLDS.items() if pattern.search(inner))


_HOLDS = {
    "figures": re.compile(r"\d"), "hiragana": re.compile("[\u3041-\u309f]"),
    "role": re.compile("[編著訳監]"), "latin": re.compile(r"\A[ -~À-ɏ]+\Z"),
}  # fmt: skip


def _sign(sign: str) -> str:
    if sign.isalpha():
        return "letter"
    return "figure" if sign.isdigit() else sign or "nothing"


def _whole(contest: Contest, whole: Whole, unread: int) -> Iterator[tuple[str, float]]:
    """What speaks for and against all that the labeller reads."""
    yield "sure whole", whole.sure
    yield "unread before", min(unread, 20) / 10
    yield "unread after", min(whole.left, 20) / 10
    yield "reads more", float(whole.left < unread)
    yield "reads less", float(whole.left > unread)
    for name in whole.odd:
        yield from ((f"odd {name}", 1.0), ("odd", 1.0))
    for name in whole.lost & {part.name for part in contest.own}:
        yield from ((f"lost {name}", 1.0), ("lost", 1.0))


def _effect(draft: Draft, now: Draft, text: str) -> Iterator[tuple[str, float]]:
    """What the reading would be if the labeller won: its kind, and how much becomes nothing."""
    if now.kind != draft.kind:
        yield from ((f"type {draft.kind} to {now.kind}", 1.0), ("type", 1.0))
    dropped, gained = _letters(text, draft, now), _letters(text, now, draft)
    yield "dropped", min(dropped, 20) / 5
    yield "gained", min(gained, 20) / 5
    yield "drops", float(dropped > 0)
    yield "drops words", float(dropped > 3)
    yield "gains", float(gained > 0)
    yield "only drops", float(dropped and not gained)
    yield "only gains", float(gained and not dropped)
    names = [part.name for part in now.parts]
    yield "twice", float(len(names) > len(set(names)))


def _letters(text: str, before: Draft, now: Draft) -> int:
    """How many letters of fields became nothing; those of an address are none."""
    here = {at for part in now.parts for at in range(part.start, part.end)}
    here |= {at for match in _ADDRESS.finditer(text) for at in range(*match.span())}
    left = {at for part in before.parts for at in range(part.start, part.end)} - here
    lost = "".join(sign if at in left else " " for at, sign in enumerate(text))
    return japanese_whole.letters_in(lost) if left else 0


_ADDRESS = lazy(r"https?://[!-~]+")
