"""How far two records agree in one field: year, volume, issue, pages, authors, identifiers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations, product

from rapidfuzz import process
from rapidfuzz.distance import Indel

from refpipe import normalise
from refpipe.lifetimes import lazy
from refpipe.match.comparison import DIFFER, EQUAL, UNKNOWN, Agreement, Level
from refpipe.match.profiles import Profile
from refpipe.normalise import Pages
from refpipe.normalise.text import JAPANESE


def year(a: Profile, b: Profile) -> Agreement:
    """The agreement of the years; print and online are often a year apart."""
    if not a.year or not b.year:
        return UNKNOWN
    apart = abs(a.year - b.year)
    if apart == 0:
        return EQUAL
    return Agreement(Level.SIMILAR, 0.7, "next year") if apart == 1 else DIFFER


def volume(a: Profile, b: Profile) -> Agreement:
    """The agreement of the volumes' numbers; a volume filed as an issue counts too."""
    if a.volume and b.volume:
        if a.volume == b.volume:
            return EQUAL
        # Journals without volumes are filed under the year by some and counted by others.
        is_year = (str(a.year) == a.volume, str(b.year) == b.volume)
        is_told = not any(is_year) or all(is_year)
        is_supplement = _is_supplement_of(a, b) or _is_supplement_of(b, a)
        return DIFFER if is_told and not is_supplement else UNKNOWN
    for one, other in ((a, b), (b, a)):
        if _is_shifted(one, other):
            return Agreement(Level.AGREE, 0.9, "shifted")
    return UNKNOWN


def _is_supplement_of(one: Profile, other: Profile) -> bool:
    """True when one's volume is the number of the other's supplement: 3 for 30, Suppl. 3."""
    return other.is_supplement and one.volume == other.issue and one.issue in {"", other.issue}


def _is_shifted(one: Profile, other: Profile) -> bool:
    """True when one's volume stands as its issue, and its issue as its page."""
    if one.volume or not one.issue or one.pages is None:
        return False
    return other.volume == one.issue and other.issue == one.pages.first


def issue(a: Profile, b: Profile) -> Agreement:
    """The agreement of the issues' numbers, the first of a double issue being enough."""
    if not a.issue or not b.issue or _is_shifted(a, b) or _is_shifted(b, a):
        return UNKNOWN
    if a.issue == b.issue:
        # Many an export leaves the word "Suppl." out.
        is_one = a.is_supplement == b.is_supplement
        return EQUAL if is_one else Agreement(Level.SIMILAR, 0.8, "supplement")
    if set(a.issue.split("-")) & set(b.issue.split("-")):
        return Agreement(Level.SIMILAR, 0.8, "part")
    return DIFFER


def pages(a: Profile, b: Profile) -> Agreement:
    """The agreement of the pages, the first page counting most."""
    if a.pages is None or b.pages is None:
        return UNKNOWN
    if _is_shifted(a, b) or _is_shifted(b, a):
        return UNKNOWN
    if torn := _torn(a.pages, b.pages):
        return torn
    return _same_first(a.pages, b.pages) or _other_first(a.pages, b.pages)


def _torn(a: Pages, b: Pages) -> Agreement | None:
    """The agreement where of one side only the last figures of the last page are left.

    ``2-8`` beside 125-128 has the number of a part or supplement where the first page was.
    """
    if not a.first or not b.first:
        if any(not one.first and one.others for one in (a, b)):
            # A database counts articles by their DOIs where it does not know their numbers.
            is_one = a.first in b.others or b.first in a.others or bool({*a.others} & {*b.others})
            return Agreement(Level.AGREE, 0.9, "first page") if is_one else UNKNOWN
        short, long = (a, b) if not a.first else (b, a)
        if not long.first:
            return EQUAL if a.end == b.end else UNKNOWN
        is_end = bool(long.last) and long.last.endswith(short.end)
        return Agreement(Level.SIMILAR, 0.6, "last figures") if is_end else UNKNOWN
    if _is_marked(a, b) or _is_marked(b, a):
        return UNKNOWN
    return None


def _is_marked(short: Pages, long: Pages) -> bool:
    """True when the last page of the one ends in that of the other, and the first does not."""
    return (
        short.is_range
        and len(short.first) == 1 < len(long.first)
        and len(short.last) < len(long.last)
        and long.last.endswith(short.last)
        and not long.first.endswith(short.first)
    )


def _same_first(a: Pages, b: Pages) -> Agreement | None:
    if a.first != b.first:
        return None
    if a.last == b.last and a.last:
        return EQUAL if a.last != a.first else Agreement(Level.AGREE, 0.95, "one page")
    if not a.last or not b.last or a.first in {a.last, b.last}:
        return Agreement(Level.AGREE, 0.9, "first page")
    return Agreement(Level.SIMILAR, 0.7, "first page")


def _other_first(a: Pages, b: Pages) -> Agreement:
    if a.last and a.last == b.last:
        return Agreement(Level.SIMILAR, 0.7, "last page")
    if a.first in b.others or b.first in a.others:
        return Agreement(Level.SIMILAR, 0.7, "spreadsheet date")
    if _is_unprefixed(a.first, b.first) or _is_unprefixed(b.first, a.first):
        return Agreement(Level.SIMILAR, 0.7, "prefix")
    if (_is_inside(a, b) or _is_inside(b, a)) and not (_adjoins(a, b) or _adjoins(b, a)):
        return Agreement(Level.SIMILAR, 0.5, "inside")
    if _is_provisional(a, b) or _is_provisional(b, a):
        # Electronic articles have a number in one database and pages from 1 in another.
        return Agreement(Level.UNKNOWN, 0.0, "provisional")
    return Agreement(Level.DIFFER, 0.0, "" if a.last and b.last else "no range")


def _is_provisional(a: Pages, b: Pages) -> bool:
    """True when a is counted from 1, and b is a number or a range of the same length."""
    if not a.counts_from_one or (b.first[:1] == "s" and not b.last):
        return False  # A page of a supplement is no number of an article.
    return not b.last or (b.is_range and int(b.last) - int(b.first) == int(a.last) - 1)


def _is_unprefixed(plain: str, full: str) -> bool:
    """True for 37 and c37, or 387 and ii387: some databases drop the section's letter."""
    return plain.isdigit() and full.endswith(plain) and full[: -len(plain)].isalpha()


def _is_inside(a: Pages, b: Pages) -> bool:
    """True when a's first page lies between b's, both being plain numbers."""
    if not (a.first.isdigit() and b.first.isdigit() and b.last.isdigit()):
        return False
    return int(b.first) < int(a.first) <= int(b.last) < int(b.first) + 60


def _adjoins(a: Pages, b: Pages) -> bool:
    """True when a begins on the page on which b ends, and goes on: the next piece of an issue."""
    return a.first == b.last and a.is_range and int(a.last) > int(b.last)


_LOOKS = str.maketrans("iIlLoO", "111100")
"""Letters that are taken for figures."""
_MONTH = lazy(r"(?i)(?:^|[-\s])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_FEW = 40
"""Pages of a paper that some databases state in the place of its pages."""


def looks_alike(one: str, other: str) -> bool:
    """Whether two first pages are one but for a letter taken for a figure: i428 and 1428."""
    ours, theirs = (normalise.pages(text.translate(_LOOKS)) for text in (one, other))
    return ours is not None and theirs is not None and ours.first == theirs.first != ""


def is_no_page(one: str, other: str) -> bool:
    """Whether either is a date that a spreadsheet made, or the count of the other's pages."""
    is_dated = any(_MONTH.search(text) and not text.isalpha() for text in (one, other))
    return is_dated or _is_count(one, other) or _is_count(other, one)


def _is_count(short: str, long: str) -> bool:
    """Whether one is a small number alone and the other a range far behind it: 15 for 1557-1568."""
    found = normalise.pages(long)
    is_far = found is not None and found.is_range and int(found.first) > 2 * _FEW
    return is_far and short.isdigit() and int(short) <= _FEW


def authors(a: Profile, b: Profile) -> Agreement:
    """The agreement of the authors; a list that goes on is compared as far as it goes."""
    if not a.words or not b.words:
        return UNKNOWN
    return _of_whole_lists(a, b) or _of_people(a, b)


def _of_whole_lists(a: Profile, b: Profile) -> Agreement | None:
    """What is told before one person is compared with another; None where that is nothing."""
    if a.families and a.families == b.families:
        return EQUAL
    if _is_of_body(a, b) or _is_of_body(b, a):
        return Agreement(Level.AGREE, 0.9, "body")
    return Agreement(Level.UNKNOWN, 0.0, "script") if _are_in_two_scripts(a, b) else None


def acquainted(ready: Mapping[int, Profile]) -> set[tuple[int, int]]:
    """The pairs of whose authors ``authors`` may say that they are the same; by their places.

    Of many records each name is looked at once, and not once for each pair.  Half of the shorter
    list at least has to be in the longer one.
    """
    named: dict[str, list[int]] = defaultdict(list)
    families: dict[str, list[int]] = defaultdict(list)
    for number, p in ready.items():
        for name in _called(p):
            named[name].append(number)
        for family in dict.fromkeys(p.families):
            families[family].append(number)
    begun: dict[str, list[str]] = defaultdict(list)
    for family in sorted(families):
        begun[family[:1]].append(family)
        begun[f" {family[-3:]}"].append(family)
    shared = Counter(pair for some in named.values() for pair in combinations(some, 2))
    for one, other in {pair for some in begun.values() for pair in combinations(some, 2)}:
        if Indel.normalized_similarity(one, other, score_cutoff=_FAR):
            both = product(families[one], families[other])
            shared.update((i, j) if i < j else (j, i) for i, j in both)
    # Who is listed twice is found twice.
    count = {
        number: len(p.families) if len(set(p.families)) == len(p.families) else 1
        for number, p in ready.items()
    }
    near = {
        pair for pair, times in shared.items() if 2 * times >= min(count[pair[0]], count[pair[1]])
    }
    for i in (number for number, p in ready.items() if any(map(_CJK.search, p.words))):
        near |= {(min(i, j), max(i, j)) for j in ready if i != j}
    return near


def _called(p: Profile) -> set[str]:
    """What somebody of a list may be called in another, but for how it is spelt."""
    called = {*p.words, *p.families}
    for place, (family, initials) in enumerate(zip(p.families, p.initials, strict=True)):
        if initials and initials[0] != family[0]:
            called.add(f"{place} {min(family[0], initials[0])} {max(family[0], initials[0])}")
    if len(p.families) == 1:
        called.add(p.initials[0] + p.families[0][:1])
    return called


def _of_people(a: Profile, b: Profile) -> Agreement:
    short, long = _by_length(a, b)
    found = _shared_families(short, long)
    count = max(1, len(short.families))
    share = found / count
    is_first = _is_first(short, long)
    is_most = share >= 0.5 and (is_first or found >= 3)
    if share >= 0.75 or is_most or (share >= 0.66 and found > 1):
        return Agreement(Level.AGREE, min(1.0, 0.7 + 0.3 * share), "first" if is_first else "names")
    if found or is_first or _shares_words(a, b):
        return Agreement(Level.SIMILAR, 0.5 + 0.3 * min(1.0, share), "some")
    return DIFFER


def _by_length(a: Profile, b: Profile) -> tuple[Profile, Profile]:
    """The shorter list first; of two of one length always the same one."""
    one, other = (len(a.families), a.families), (len(b.families), b.families)
    if one == other:
        one, other = (0, tuple(sorted(a.words))), (0, tuple(sorted(b.words)))
    return (a, b) if one <= other else (b, a)


_CJK = lazy(f"[{JAPANESE}]")
_BODY = lazy(r"(?:省|庁|局|会|機構|協会|研究所|センター|大学|病院|連盟|財団|法人|本部)$")
"""How the names of Japanese bodies end."""


def _are_in_two_scripts(a: Profile, b: Profile) -> bool:
    """True for names in kanji beside romanised ones: no letter tells how a name is read."""
    if not a.families or not b.families:
        return False
    one, other = ({bool(_CJK.search(w)) for w in p.words} for p in (a, b))
    return len(one) == len(other) == 1 and one != other


def _is_of_body(one: Profile, other: Profile) -> bool:
    """True for a body and its department or its initials: 厚生労働省 … 労働基準局, WHO."""
    if not one.families or len(other.families) != 1 or one.has_more_authors:
        return False
    (whole,) = other.families
    if _CJK.search(whole):
        return any(_BODY.search(body) and whole.startswith(body) for body in one.families)
    initials = other.initials[0] + whole[:1]
    return len(one.families) == 1 and len(initials) >= 3 and one.families[0] == initials


def _shared_families(short: Profile, long: Profile) -> int:
    """How many of the shorter list's families are in the longer list, spelt alike."""
    # Families and given names are swapped in some databases, and kanji of a name are not parted.
    # A word that is nobody's family in the shorter list stands for one person, and no more.
    others = short.words.intersection(long.families).difference(short.families)
    found = sum(1 for word in others if len(word) > 3 or _CJK.match(word))
    for family, initials in zip(short.families, short.initials, strict=True):
        is_there = family in long.words or family in long.families
        found += is_there or _near_any(family, initials, long)
    if not found and len(short.families) == len(long.families):
        found = _swapped(short, long)
    return min(found, len(short.families))


def _swapped(a: Profile, b: Profile) -> int:
    """How many names are the other's turned round, as far as initials show: Michio F, F M."""
    people = zip(a.families, a.initials, b.families, b.initials, strict=True)
    return sum(
        1 for f, i, g, j in people if i and j and f[0] == j[0] and g[0] == i[0] and f[0] != g[0]
    )


_NEAR, _FAR = 0.75, 0.6
"""How alike two spellings of a family are, and how alike where two initials are the same."""


def _near_any(family: str, initials: str, long: Profile) -> bool:
    """Whether the list has the family spelt otherwise; a short one only with its initial."""
    least = _FAR if len(initials) > 1 else _NEAR
    if len(family) < 3 or not process.extractOne(
        family, long.families, scorer=Indel.normalized_similarity, score_cutoff=least
    ):
        return False
    return any(
        _is_near(family, other, _alike(initials, theirs))
        for other, theirs in zip(long.families, long.initials, strict=True)
    )


def _alike(initials: str, others: str) -> int:
    """How many initials are the same where none is another; nought where one list has none."""
    count = min(len(initials), len(others))
    return count if initials[:count] == others[:count] else 0


def _is_near(family: str, other: str, initials: int) -> bool:
    if other[:1] != family[:1] and other[-3:] != family[-3:]:
        return False
    if initials == 0 and min(len(family), len(other)) < 4:
        return False
    least = _FAR if initials > 1 else _NEAR
    return Indel.normalized_similarity(family, other, score_cutoff=least) > 0


def _is_first(short: Profile, long: Profile) -> bool:
    if not short.families or not long.families:
        return False
    one, other = short.families[0], long.families[0]
    return one == other or (
        min(len(one), len(other)) >= 4 and Indel.normalized_similarity(one, other) >= 0.75
    )


def _shares_words(a: Profile, b: Profile) -> bool:
    """True when a whole word of a name stands in both: families may stand as given names."""
    return bool(a.words & b.words)


_NOUGHTS = lazy(r"(?<!\d)0+(?=\d)")
VERSION = lazy(r"(?:\.pub|/v|\.v|\.r|(?<=\d)v)(\d{1,2})$")
_PAGE_OF_VERSION = lazy(r"v\d{1,2}(?:\.\w+)*")


def doi(a: Profile, b: Profile) -> Agreement:
    """The agreement of the DOIs; one that was only derived is evidence, never proof."""
    if a.dois and b.dois:
        if a.dois & b.dois:
            return EQUAL
        if any(_is_cut_doi(x, y) for x in a.dois for y in b.dois):
            return Agreement(Level.SIMILAR, 0.8, "cut")
        if any(_is_moved_doi(x, y) for x in a.dois for y in b.dois):
            return Agreement(Level.SIMILAR, 0.8, "moved")
        if any(_is_misspelt_doi(x, y) for x in a.dois for y in b.dois):
            return Agreement(Level.SIMILAR, 0.7, "typos")
        return Agreement(Level.DIFFER, 0.0, _kind_of_difference(a.dois, b.dois))
    both = (a.dois | a.candidate_dois) & (b.dois | b.candidate_dois)
    return Agreement(Level.SIMILAR, 0.9, "candidate") if both else UNKNOWN


def _is_cut_doi(x: str, y: str) -> bool:
    short, long = (x, y) if len(x) < len(y) else (y, x)
    if not long.startswith(short) or len(short) < 14:
        return False
    # A preprint has one DOI for all its versions, and its pages' addresses name them: …271234v2.
    is_page = bool(_PAGE_OF_VERSION.fullmatch(long[len(short) :])) and short[-1].isdigit()
    return is_page or not (VERSION.search(long) or long[len(short)].isalnum())


def _is_broken_off(x: str, y: str) -> bool:
    """True where one may have lost its last sign or two, or be another paper's: 10.1/a.1, .12."""
    short, long = (x, y) if len(x) < len(y) else (y, x)
    return len(short) >= 14 and len(long) - len(short) <= 2 and long.startswith(short)


def _is_moved_doi(x: str, y: str) -> bool:
    """True where only the registrant differs: journals move, and their DOIs are named anew."""
    one, other = x.partition("/")[2], y.partition("/")[2]
    return one == other and len(one) >= 8 and any(c.isdigit() for c in one)


def _is_misspelt_doi(x: str, y: str) -> bool:
    """True where a letter is another and all digits are the same: digits count, letters slip."""
    if x.partition("/")[0] == y.partition("/")[0] and signs(x) == signs(y):
        return True
    one, other = ("".join(filter(str.isdigit, z)) for z in (x, y))
    if one != other or len(one) < 7 or VERSION.search(x) or VERSION.search(y):
        return False
    return len(x) == len(y) and sum(p != q for p, q in zip(x, y, strict=True)) == 1


def signs(doi: str) -> str:
    """The letters and figures of a DOI, without the noughts before a number."""
    return "".join(filter(str.isalnum, _NOUGHTS.sub("", doi)))


def _kind_of_difference(a: frozenset[str], b: frozenset[str]) -> str:
    """``versions`` of one review or preprint, ``broken off``, two ``registrants``, or plain."""
    if {VERSION.sub("", x) for x in a} & {VERSION.sub("", x) for x in b}:
        return "versions"
    if any(_is_broken_off(x, y) for x in a for y in b):
        return "broken off"
    return "" if {x.split("/")[0] for x in a} & {x.split("/")[0] for x in b} else "registrants"


def identifier(a: Profile, b: Profile) -> Agreement:
    """The agreement of PMIDs, PMCIDs and arXiv ids."""
    if not a.others or not b.others:
        return UNKNOWN
    if a.others & b.others:
        return EQUAL
    schemes = {x.split(":")[0] for x in a.others} & {x.split(":")[0] for x in b.others}
    return DIFFER if schemes else UNKNOWN


def url(a: Profile, b: Profile) -> Agreement:
    """Whether both stand at one address; different addresses say nothing."""
    return UNKNOWN if a.urls.isdisjoint(b.urls) else EQUAL
