"""Blocks: short strings that two records of one work are likely to share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from refpipe.match import containers, fields, profiles, titles
from refpipe.match.comparison import Level
from refpipe.match.judgement import has_only_number, is_only_numbered, relation_between
from refpipe.match.profiles import Profile, Subject
from refpipe.normalise import Title

_DIGITS = "0123456789"
_START = 24
"""Letters of a title's start and end that make a block; a title cut shorter has no block."""
_PEOPLE = 6
LARGEST = 60
"""Records of a block that are all compared with one another; a larger one is divided."""
NEIGHBOURS = 5
"""Records on either side with which one is compared where all that divides a block is the same."""
_STEPS = (40, 72)
"""Signs of what records say by which a part is divided that is large too; then it is all of it."""
DEPTH = 2 + len(_STEPS)
"""How often a block is divided at most."""
_SMALL = frozenset(
    """
    about after among and are between case during effect effects for from have how into its
    new not of study the their this through toward under use using via was what when with
    without
    """.split()  # noqa: SIM905 — a list of so many words is read more easily so
)


def blocks(subject: Subject) -> frozenset[str]:
    """The blocks of a record: only records that share one are compared."""
    return blocks_of(subject.profile)


def blocks_of(profile: Profile) -> frozenset[str]:
    """The same of a record made ready before."""
    return frozenset(_blocks(profile))


def _blocks(p: Profile) -> Iterator[str]:
    for value in (*p.dois, *p.candidate_dois):
        yield f"d:{value}"
    for value in p.others:
        yield f"i:{value}"
    for value in p.urls:
        yield f"u:{value}"
    if p.title is not None:
        yield from _of_title(p.title, p)
        for twin in p.twins:
            yield from _of_title(twin, p)
    yield from _of_place(p)
    if p.title is None or not p.title.is_distinctive:
        yield f"c:{p.digest.hex()}"  # Equal records find each other however little they say.


def _of_title(title: Title, p: Profile) -> Iterator[str]:
    key = title.key
    if len(key) < (16 if key.isascii() else 10) and len(title.words) < 4:
        # Short titles need their people, and databases list these in another order.
        for family in p.families[:_PEOPLE] or ("",):
            yield f"s:{key[:16]}:{p.year}:{family}"
        return
    yield f"t:{key[:_START]}"
    yield f"e:{key.rstrip(_DIGITS)[-_START:]}"
    telling = sorted({w for w in title.words if len(w) > 3 and w not in _SMALL}, key=_by_length)
    if len(telling) >= 3:
        yield "w:" + ".".join(sorted(telling[:3]))
    if telling and p.families:
        for family in p.families[:2]:
            yield f"n:{family[:5]}:{telling[0]}"


def _by_length(word: str) -> tuple[int, str]:
    return -len(word), word


def _of_place(p: Profile) -> Iterator[str]:
    if p.families and p.volume and p.issue:
        yield f"q:{p.families[0][:5]}:{p.volume}:{p.issue}"
    if p.pages is None or not p.pages.first:
        return
    if p.families and p.volume:
        yield f"f:{p.families[0][:4]}:{p.volume}:{p.pages.first}"
    for first in (p.pages.first, *p.pages.others):
        if p.volume and p.year:
            yield f"v:{p.volume}:{first}:{p.year}"
        if p.families and p.year:
            yield f"a:{p.families[0][:4]}:{first}:{p.year}"
        if p.container and p.year and not p.volume:
            yield f"j:{p.container[0][:3]}:{first}:{p.year}"
    if p.container and p.year and p.volume and p.issue:
        yield f"j:{p.container[0][:3]}:{p.pages.first}:{p.year}"


def pairs(ready: Sequence[Profile], left_out: Collection[int] = ()) -> Iterator[tuple[int, int]]:
    """The candidate pairs: records that share a block, each pair once."""
    seen: set[int] = set()
    size = len(ready)
    index: dict[int, list[int]] = defaultdict(list)
    for number, profile in enumerate(ready):
        if number not in left_out:
            for block in blocks_of(profile):
                index[hash(block)].append(number)
    for members in index.values():
        for group in groups(members, ready):
            for i, j in combinations(group, 2):
                if (pair := i * size + j) not in seen:
                    seen.add(pair)
                    yield i, j


def groups(
    members: Sequence[int], ready: Sequence[Profile] | Mapping[int, Profile], depth: int = 0
) -> Iterator[Sequence[int]]:
    """The groups of a block within which all are compared with one another.

    ``members`` are the places of the block's records in ``ready``, in rising order.  A large
    block is divided by what its records say besides, and what is alike in all that by
    neighbours: comparing all of it costs the square of its size.  With fewer records no group is
    divided that was whole with more, so records that come one after the other meet as well.
    """
    if len(members) <= LARGEST:
        if len(members) > 1:
            yield members
        return
    if depth == DEPTH:
        for start in range(len(members) - 1):
            yield members[start : start + 1 + NEIGHBOURS]
        return
    smaller: dict[str, list[int]] = defaultdict(list)
    for number in members:
        for key in divisions(ready[number], depth):
            smaller[key].append(number)
    for group in smaller.values():
        yield from groups(group, ready, depth + 1)


def divisions(p: Profile, depth: int) -> Collection[str]:
    """The parts in which a record is of a large block that was divided ``depth`` times before."""
    return set(parts_of(p)) if depth == 0 else steps_of(p)[depth - 1 : depth]


def steps_of(p: Profile) -> tuple[str, ...]:
    """What divides a large part, step by step: ever more of what its records say."""
    said = profiles.content(p)
    return (*(said[:step] for step in _STEPS), said)


def parts_of(p: Profile) -> Iterator[str]:
    """What divides a large block: two records of one work share at least one of these."""
    if p.title is not None:
        yield f"t:{p.title.key}"
    for family in p.families[:2]:
        yield f"n:{family[:5]}:{p.year}"
    if p.pages is not None and p.pages.first:
        yield f"p:{p.pages.first}"
    if p.volume:
        yield f"v:{p.volume}:{p.issue}"
    for doi in p.dois:
        yield f"d:{doi}"
    yield f"y:{p.year}"


def _are_registered_apart(a: Profile, b: Profile) -> bool:
    """True for two DOIs on two pages where no title speaks of the other: the rules say distinct.

    The papers of a journal whose titles are alike are told apart here, before any title is read.
    """
    if not a.dois or not b.dois or not a.pages or not b.pages or not a.dois.isdisjoint(b.dois):
        return False
    found = fields.doi(a, b)
    if found.level is not Level.DIFFER or found.how == "versions":
        return False
    if fields.pages(a, b).level is not Level.DIFFER:
        return False
    relation = relation_between(a, b)
    return not relation or (relation == "part" and is_only_numbered(a) and is_only_numbered(b))


def _are_plainly_apart(a: Profile, b: Profile) -> bool:
    """The same told at a glance, for most: DOIs of one registrant, pages that do not meet."""
    one, other = _glance(a).paper, _glance(b).paper
    return (
        one is not None
        and other is not None
        and (one.last < other.first or other.last < one.first)
        and one.registrant == other.registrant
        and one.signs != other.signs
        and one.figures != other.figures
        and one.is_conference == other.is_conference
        and not one.doi.startswith(other.doi)
        and not other.doi.startswith(one.doi)
    )


def _are_numbered_apart(a: Profile, b: Profile) -> bool:
    """Titles that are the same but for a bare number at their end, and are no series.

    They stand in two volumes, or on two pages in two years or of other people.
    """
    one, other = _glance(a).numbered, _glance(b).numbered
    return (
        one is not None
        and other is not None
        and one.number != other.number
        and one.head == other.head
        and one.dois.isdisjoint(other.dois)
        and (
            one.volume != other.volume
            or (
                (one.last < other.first or other.last < one.first)
                and (
                    abs(one.year - other.year) > 1 or fields.authors(a, b).level is not Level.AGREE
                )
            )
        )
    )


def of_no_other_volume(p: Profile, others: Iterable[Subject]) -> Iterator[Subject]:
    """The others without those told apart from one by number and volume: most of a large block."""
    one = _glance(p).numbered
    for subject in others:
        other = _glance(subject.profile).numbered
        if (
            one is None
            or other is None
            or one.volume == other.volume
            or one.number == other.number
            or one.head != other.head
            or not one.dois.isdisjoint(other.dois)
        ):
            yield subject


_ENDLESS = 1 << 60
"""The last page where the pages tell nothing."""


class _Paper(NamedTuple):
    """Of a paper with one DOI on plain pages of a volume: what tells it from others at once."""

    first: int
    last: int
    registrant: str
    signs: str
    figures: str
    doi: str
    is_conference: bool


class _Numbered(NamedTuple):
    """Of a title that ends in a bare number: what tells it from its neighbours at once."""

    head: str
    number: int
    volume: str
    year: int
    first: int
    last: int
    dois: frozenset[str]


class _Glance(NamedTuple):
    """What tells a record from others at once; None where that would not be all."""

    paper: _Paper | None
    numbered: _Numbered | None


def _glance(p: Profile) -> _Glance:
    try:
        found: _Glance = p.glance
    except AttributeError:
        found = p.glance = _Glance(_paper(p), _numbered(p))
    return found


def _paper(p: Profile) -> _Paper | None:
    pages = _plain_pages(p)
    if len(p.dois) != 1 or not p.volume or p.is_preprint or p.edition or pages is None:
        return None
    (doi,) = p.dois
    if fields.VERSION.search(doi) or not has_only_number(_marks(p), is_all=True):
        return None
    figures = "".join(filter(str.isdigit, doi))
    registrant = doi.partition("/")[0]
    return _Paper(*pages, registrant, fields.signs(doi), figures, doi, p.is_conference)


def _numbered(p: Profile) -> _Numbered | None:
    marks = _marks(p)
    if p.title is None or p.twins or not marks or not has_only_number(marks, is_all=True):
        return None
    is_counted = p.volume and str(p.year) != p.volume and not p.is_supplement
    head = " ".join(p.title.words[:-1])
    if not is_counted or len(head) < _START or any(map(fields.VERSION.search, p.dois)):
        return None
    # Without plain pages, or a year, only the volume tells.
    first, last = (p.year and _plain_pages(p)) or (0, _ENDLESS)
    return _Numbered(head, int(p.title.words[-1]), p.volume, p.year, first, last, p.dois)


def _plain_pages(p: Profile) -> tuple[int, int] | None:
    """The first and the last page, where both are plain numbers and nothing else is told."""
    pages = p.pages
    if pages is None or not pages.is_range or pages.others or len(pages.first) < 2:
        return None
    first, last = int(pages.first), int(pages.last)
    return (first, last) if first <= last else None


def _marks(p: Profile) -> frozenset[str]:
    return p.title.marks if p.title else frozenset()


def is_hopeless(a: Profile, b: Profile) -> bool:
    """True for a pair of which the rules would say distinct; told without comparing all fields.

    Most pairs share a block by chance: their titles differ, and then no rule holds them for one
    unless they fill the same pages; or are alike at most, and then none does unless the authors
    are the same or an identifier is.
    """
    if _are_numbered_apart(a, b) or _are_plainly_apart(a, b):
        return True
    level = _at_most(a, b)
    if level is Level.AGREE:
        return _are_registered_apart(a, b) or _are_others_elsewhere(a, b)
    if level is Level.DIFFER:
        return _is_other_work_there(a, b)
    return not _share_people(a, b)


def _are_others_elsewhere(a: Profile, b: Profile) -> bool:
    """Other people in another volume on another page, and neither is a notice of the other."""
    return (
        a.volume != b.volume
        and fields.pages(a, b).level is Level.DIFFER
        and fields.volume(a, b).level is Level.DIFFER
        and fields.authors(a, b).level is Level.DIFFER
        and relation_between(a, b) in {"", "part"}
        and not _share_identifier(a, b)
    )


def _is_other_work_there(a: Profile, b: Profile) -> bool:
    """The same told of two records under titles that differ.

    Only a DOI that both have, or one place by the same people in one journal, makes them one.
    """
    if not _fill_the_same_pages(a, b):
        return True
    if not a.dois.isdisjoint(b.dois):
        return False
    return (
        a.volume != b.volume
        or a.year != b.year
        or fields.issue(a, b).level is Level.DIFFER
        or containers.compare(a, b).level is Level.DIFFER
        or not _are_same_people(a, b)
    )


def _share_people(a: Profile, b: Profile) -> bool:
    return _are_same_people(a, b) or _share_identifier(a, b)


def _are_same_people(a: Profile, b: Profile) -> bool:
    found = fields.authors(a, b)
    return found.level is Level.AGREE or found.how == "script"


def _at_most(a: Profile, b: Profile) -> Level:
    """How far two titles can agree at most, whichever of their languages is compared."""
    if a.title is None or b.title is None or a.twins or b.twins:
        return Level.AGREE
    return titles.at_most(titles.letters(a.title.words), titles.letters(b.title.words))


def _fill_the_same_pages(a: Profile, b: Profile) -> bool:
    if a.pages is None or b.pages is None or a.pages.first != b.pages.first:
        return False
    return fields.pages(a, b).how == "equal" and Level.DIFFER not in {
        fields.year(a, b).level, fields.volume(a, b).level
    }  # fmt: skip


def _share_identifier(a: Profile, b: Profile) -> bool:
    """Whether any identifier is the same, or might be, or is that of another version."""
    if not a.others.isdisjoint(b.others) or not a.urls.isdisjoint(b.urls):
        return True
    doi = fields.doi(a, b)
    return doi.level >= Level.SIMILAR or doi.how == "versions"


def worth_judging(
    group: Sequence[int],
    outline_of: Callable[[int], bytes],
    ready: Sequence[Profile] | Mapping[int, Profile],
) -> Iterator[tuple[int, int]]:
    """The pairs of a group but for those of which ``is_hopeless`` is told by their titles.

    Each record's outline is read once for all its pairs, and its profile only where another of
    the group fills the same pages.
    """
    told = [(number, titles.outlined(outline_of(number))) for number in group]
    there: dict[str, list[int]] = defaultdict(list)
    for number, one in told:
        if one and one[1]:
            there[one[1]].append(number)
    near = {pair for some in there.values() for pair in _nearest(some, ready)}
    for (i, one), (j, other) in combinations(told, 2):
        if not (one and other and titles.at_most(one[0], other[0]) is Level.DIFFER) or (
            (i, j) in near and not _is_other_work_there(ready[i], ready[j])
        ):
            yield i, j


_FEW = 10
"""Records on the same pages below which each is compared with each at once, which costs less."""


def _nearest(
    members: Sequence[int], ready: Sequence[Profile] | Mapping[int, Profile]
) -> set[tuple[int, int]]:
    """Of records that fill the same pages those pairs that may be one under any titles.

    They have a DOI in common, or a volume, a year and people.
    """
    if len(members) < _FEW:
        return set(combinations(members, 2))
    places: dict[tuple[str, int], dict[int, Profile]] = defaultdict(dict)
    registered: dict[str, list[int]] = defaultdict(list)
    for number in members:
        p = ready[number]
        places[p.volume, p.year][number] = p
        for doi in p.dois:
            registered[doi].append(number)
    near = {pair for some in registered.values() for pair in combinations(some, 2)}
    for some in places.values():
        near |= fields.acquainted(some)
    return near
