"""A record made ready for comparing: everything folded once, so that a pair costs little.

The DOI prefixes are those of Crossref members and DataCite clients that register preprints
(https://www.crossref.org/documentation/research-nexus/posted-content-includes-preprints/);
the trial numbers are those of the registers that the WHO's platform gathers
(https://www.who.int/clinical-trials-registry-platform).
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property, lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from refpipe import dates, normalise
from refpipe.lifetimes import lazy
from refpipe.model import Certainty, Claim, Identifier, Item, Scheme, Work
from refpipe.normalise import containers


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One record as the matching room sees it.

    ``identifier`` is the record's own name, the one that decisions about it use; ``claims``
    are the identifiers that somebody says it has.
    """

    identifier: Identifier
    item: Item
    claims: tuple[Claim, ...] = ()

    @cached_property
    def profile(self) -> Profile:
        """The record made ready for comparing, once."""
        return of(self)

    @classmethod
    def of_work(cls, work: Work) -> Subject:
        """A work of the library, all its records in one."""
        return cls(identifier=Identifier.parse(work.id), item=work.item, claims=work.claims)

    @classmethod
    def of_item(cls, item: Item, *, without: Collection[str] = ()) -> Subject:
        """An item that no record holds: without its identifiers, which would decide alone.

        ``without`` names further variables to leave out.
        """
        bare = {k: v for k, v in item.items() if k not in IDENTIFIERS and k not in without}
        return cls(identifier=Identifier(Scheme.TEXT, "0" * 8), item=bare)


IDENTIFIERS = frozenset(("DOI", "PMID", "PMCID", "URL", "ISBN"))
"""The variables of an item that name the work itself."""


_NOBODY = frozenset(("anonymous", "anon", "noauthor", "author", "unknown"))
_ISSN = lazy(r"\d{4}-?\d{3}[\dXx]")


@dataclass(slots=True, eq=False)
class Profile:
    """The folded fields of one record; an empty value means unknown."""

    title: normalise.Title | None
    twins: tuple[normalise.Title, ...]
    """The same title in other languages."""
    families: tuple[str, ...]
    initials: tuple[str, ...]
    words: frozenset[str]
    """Every whole word of the authors' names."""
    has_more_authors: bool
    year: int
    container: tuple[str, ...]
    is_conference: bool
    meeting: str
    """The congress whose abstracts the container prints."""
    issns: frozenset[str]
    volume: str
    is_supplement: bool
    issue: str
    pages: normalise.Pages | None
    dois: frozenset[str]
    candidate_dois: frozenset[str]
    others: frozenset[str]
    """Written identifiers of schemes in which a work has one at most (PMID, PMCID, arXiv)."""
    urls: frozenset[str]
    """Addresses at which it stands, folded."""
    edition: str
    is_preprint: bool
    is_thesis: bool
    is_whole: bool
    """Whether it is a book or a thesis, and stands in nothing else, as a column's pieces do."""
    house: str
    """Who published such a one, as it is written; empty for anything else."""
    glance: Any = field(init=False, repr=False)
    """Room for what ``candidate_pairs`` tells it from others by at a glance."""

    def is_equal(self, other: Profile) -> bool:
        """True when all that is known of the one is known of the other, and nothing else."""
        return self.known == other.known

    @property
    def known(self) -> tuple[object, ...]:
        """All that is known, as a value that can be compared and hashed."""
        return _known(self)

    @property
    def digest(self) -> bytes:
        """A short name for all that is known, on every machine the same for equal profiles."""
        told: list[Any] = [sorted(one) if isinstance(one, frozenset) else one for one in self.known]
        if self.title is not None:
            told[0] = (self.title.words, sorted(self.title.marks), *_loose(self.title)[2:])
        told[1] = [(twin.words, sorted(twin.marks)) for twin in self.twins]
        told[_PAGES] = _loose(self.pages)
        told += (self.is_whole, self.house)
        # The second version of the format writes equal values alike, whoever else holds them.
        return blake2b(marshal.dumps(told, 2), digest_size=12).digest()

    def packed(self) -> bytes:
        """The profile in few bytes, for ``unpacked`` of the same version of the program.

        To hold a million of them, or to send them to another process.
        """
        values: list[Any] = list(self.known[2:])
        values[_PAGES - 2] = _loose(self.pages)
        titles = _loose(self.title), tuple(map(_loose, self.twins))
        return marshal.dumps((*titles, *values, self.is_whole, self.house))

    @classmethod
    def unpacked(cls, packed: bytes) -> Profile:
        """The profile that ``packed`` made the bytes of."""
        title, twins, *values = marshal.loads(packed)  # noqa: S302 - our own bytes
        pages = values[_PAGES - 2]
        values[_PAGES - 2] = normalise.Pages(*pages) if pages else None
        ready = normalise.Title("".join(title[0]), *title) if title else None
        others = [normalise.Title("".join(twin[0]), *twin) for twin in twins]
        return cls(ready, tuple(others), *values)

    def __reduce__(self) -> tuple[Callable[[bytes], Profile], tuple[bytes]]:
        return Profile.unpacked, (self.packed(),)


_FIELDS = tuple(one.name for one in fields(Profile) if one.init)
_PAGES = _FIELDS.index("pages")
_known = attrgetter(*_FIELDS[:-2])


def _loose(folded: normalise.Title | normalise.Pages | None) -> tuple[Any, ...]:
    """A folded field as the values that it is made of; empty where it is unknown."""
    if folded is None:
        return ()
    if isinstance(folded, normalise.Title):
        return folded.words, folded.marks, folded.is_cut, folded.was_foreign
    return folded.first, folded.last, folded.others, folded.end


def content(profile: Profile) -> str:
    """What a record says, as a string to sort by: the order of a file must change no cluster."""
    title = profile.title.key if profile.title else ""
    first = profile.pages.first if profile.pages else ""
    known = (title, "".join(profile.families), profile.year, profile.volume, profile.issue, first)
    return "|".join(map(str, (*known, *sorted(profile.dois), *profile.container)))


def of(subject: Subject) -> Profile:
    """The profile of a record."""
    item = subject.item
    custom = _mapping(item.get("custom"))
    host = _host(str(item.get("container-title") or ""))
    year = _year(item, host)
    people = _people(item)
    volume, is_supplement, issue, pages = _place(item, host, year)
    dois, candidates, others = _identifiers(subject)
    raw_title = str(item.get("title") or "")
    title = _title(raw_title)
    if title and custom.get("title-is-cut") and not title.is_cut:
        title = normalise.Title(title.key, title.words, title.marks, True, title.was_foreign)
    is_whole = item.get("type") in {"book", "thesis"} and not host.name
    return Profile(
        title=title,
        twins=(*_twins(custom), *filter(None, [_title(normalise.original_title(raw_title))])),
        families=tuple([p.family for p in people if p.family]),
        initials=tuple([p.initials for p in people if p.family]),
        words=frozenset([w for p in (*people, *_twin_people(custom)) for w in p.words]),
        has_more_authors=bool(custom.get("author-et-al")),
        year=year,
        container=_words(host.name),
        is_conference=host.is_conference or item.get("type") == "paper-conference",
        meeting=host.meeting,
        issns=frozenset(i.replace("-", "").upper() for i in _ISSN.findall(_issn(item))),
        volume=volume,
        is_supplement=is_supplement,
        issue=issue,
        pages=pages,
        dois=dois,
        candidate_dois=candidates,
        others=others,
        urls=_urls(subject),
        edition=_edition(str(item.get("edition") or "")),
        is_preprint=is_preprint(item, dois),
        is_thesis=is_thesis(item),
        is_whole=is_whole,
        house=str(item.get("publisher") or "") if is_whole else "",
    )


@lru_cache(maxsize=4096)
def _host(raw: str) -> normalise.Host:
    return normalise.host(raw)


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    return normalise.container_words(name) if name else ()


def _edition(told: str) -> str:
    """The number of an edition, in figures or in words; empty where none is told."""
    return str(containers.edition(told).number or "") if told else ""


def _title(raw: str) -> normalise.Title | None:
    return normalise.title(raw) if raw else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _people(item: Item) -> list[normalise.Name]:
    people = item.get("author") or item.get("editor") or ()
    names = (normalise.name(p) for p in people if isinstance(p, Mapping))
    return [n for n in names if n.family not in _NOBODY and not _REGISTERED.fullmatch(n.family)]


def _twin_items(custom: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if not (twin := custom.get("twin")):
        return []
    return [_mapping(t) for t in (twin if isinstance(twin, list | tuple) else (twin,))]


def _twins(custom: Mapping[str, Any]) -> tuple[normalise.Title, ...]:
    titles = (_title(str(item.get("title") or "")) for item in _twin_items(custom))
    return tuple(t for t in titles if t)


def _twin_people(custom: Mapping[str, Any]) -> list[normalise.Name]:
    """The authors as the other language writes them: kanji beside their romanised twins."""
    return [name for item in _twin_items(custom) for name in _people(dict(item))]


def _year(item: Item, host: normalise.Host) -> int:
    """The year; what the container's own string says of it is believed before the field.

    Exports that take such a string apart now and then take a page for the year, which is told
    where a year long past is one of the pages.
    """
    if host.year:
        return host.year
    year = dates.year_of(item)
    is_page = 0 < year < _EARLIEST and str(year) in _NUMBER.findall(str(item.get("page") or ""))
    return 0 if is_page else year


_EARLIEST = 1870
"""Years before it are as often a page that an export took for a year."""
_NUMBER = lazy(r"\d+")


def _issn(item: Item) -> str:
    value = item.get("ISSN") or ""
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _urls(subject: Subject) -> frozenset[str]:
    raw = str(subject.item.get("URL") or "").split()
    claimed = (c.identifier for c in subject.claims if c.certainty is not Certainty.CANDIDATE)
    raw += [one.value for one in (subject.identifier, *claimed) if one.scheme is Scheme.URL]
    return frozenset(filter(None, map(normalise.address, raw)))


_ELECTRONIC = lazy(r"^(?:e|art(?:icle)?\.?\s?(?:no\.?)?\s?)\d{3,}$|^\d{5,}$", re.IGNORECASE)
"""The number of an electronic article, which some exports file as its issue."""


def _place(
    item: Item, host: normalise.Host, year: int
) -> tuple[str, bool, str, normalise.Pages | None]:
    """Volume, whether it is a supplement, issue and pages, from their fields or the container's."""
    raw_issue = str(item.get("issue") or "")
    raw_pages = str(item.get("page") or "") or str(item.get("number") or "")
    if raw_issue.lower().startswith("pp"):
        raw_issue, raw_pages = "", raw_issue
    if "var.pag" in raw_issue:
        raw_issue = ""
    if _ELECTRONIC.match(raw_issue) and not raw_pages:
        raw_issue, raw_pages = "", raw_issue
    if "no pagination" in raw_pages:
        raw_pages = ""
    raw_volume = str(item.get("volume") or "") or host.volume
    volume = normalise.volume(raw_volume) if raw_volume else None
    issue = normalise.issue(raw_issue) or normalise.issue(host.issue)
    if volume and not issue:
        issue = volume.issue
    pages = normalise.pages(raw_pages) if raw_pages else None
    if pages is None and host.pages:
        pages = normalise.pages(host.pages)
    if (
        pages
        and pages.first == str(year)
        and not (pages.last and raw_pages.isascii() and raw_pages.replace("-", "").isdigit())
    ):
        # An export that splits "2010 Jun 25" wrongly leaves the year where the pages go.
        pages = normalise.pages(host.pages) if host.pages else None
    if pages is None and (number := normalise.pages(host.article) if host.article else None):
        pages = normalise.Pages("", others=(number.first,))
    is_supplement = bool(volume and volume.is_supplement) or issue.startswith("s")
    return volume.number if volume else "", is_supplement, issue.lstrip("s"), pages


def _identifiers(subject: Subject) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The DOIs that are written, those that are only candidates, and the other identifiers."""
    dois: set[str] = set()
    candidates: set[str] = set()
    others: set[str] = set()
    if written := normalise.doi(str(subject.item.get("DOI") or "")):
        dois.add(written)
    for claim in subject.claims:
        scheme, value = claim.identifier.scheme, claim.identifier.value
        if scheme is Scheme.DOI:
            (candidates if claim.certainty is Certainty.CANDIDATE else dois).add(value)
        elif scheme in {Scheme.PMID, Scheme.PMCID, Scheme.ARXIV}:
            others.add(str(claim.identifier))
    if (own := subject.identifier).scheme is Scheme.DOI:
        dois.add(own.value)
    elif own.scheme in {Scheme.PMID, Scheme.PMCID, Scheme.ARXIV}:
        others.add(str(own))
    others.update(f"trial:{number}" for number in trials(subject.item))
    for variable in ("PMID", "PMCID"):
        if value := str(subject.item.get(variable) or ""):
            others.add(f"{variable.lower()}:{value}")
    return frozenset(dois), frozenset(candidates - dois), frozenset(others)


PREPRINT_PREFIXES = (
    "10.1101/", "10.64898/", "10.21203/rs.", "10.20944/preprints", "10.26434/chemrxiv",
    "10.31234/", "10.31219/", "10.31235/", "10.48550/arxiv", "10.2139/ssrn", "10.36227/techrxiv",
    "10.22541/au", "10.51094/jxiv", "10.1590/scielopreprints", "10.7287/peerj.preprints",
    "10.12688/verixiv", "10.32388/",
)  # fmt: skip
_COLD_SPRING_JOURNALS = lazy(r"^10\.1101/(?:gad|gr|lm|cshperspect|pdb|mcs|sqb|rna)\b")
_PREPRINT_HOST = lazy(
    r"\b(?:bio|med|psy|chem|tech|eng|soc)?a?rxiv\b|\bssrn\b|research square|preprint", re.IGNORECASE
)
_POSTED = lazy(
    r"(?:\b(?:bio|med|psy|chem)?a?rxiv|\bssrn|research square|\[preprint\]|preprint posted online)"
    r"[\W_]*$",
    re.IGNORECASE,
)
"""How a title ends into which the name of a preprint server was read."""
_THESIS = lazy(
    r"\bph\.?\s?d\b|\bm\.?d\.? thesis|\bthes[ie]s\b|dissertation(?!.{0,3}abstr)", re.IGNORECASE
)
_TRIAL = lazy(
    r"\b(NCT\d{8}|ISRCTN\d{8}|ACTRN\d{14}|ChiCTR[-\w]{6,18}|EUCTR\d{4}-\d{6}-\d{2}|"
    r"UMIN\d{9}|JPRN-[\w-]+|jRCTs?\d{9,11}|NTR\d{3,4}|DRKS\d{8}|CTRI/\d{4}/\d+/\d+|"
    r"IRCT\d{10,}N?\d*|KCT\d{7}|PACTR\d{12,}|TCTR\d{11}|RBR-\w{6,7})\b",
    re.IGNORECASE,
)

_REGISTERED = re.compile(
    r"(?:jprn)?(?:nct|isrctn|actrn|chictr|euctr|umin|jprn|jrcts?|ntr|drks|ctri|irct|kct|pactr|tctr|rbr)"
    r"(?:[a-z]{0,4}\d\w*)?"
)
"""A trial's number, or its register, which a database writes in the place of the authors."""


def is_preprint(item: Item, dois: Iterable[str]) -> bool:
    """True for what is posted on a preprint server."""
    if _is_preprint_host(str(item.get("container-title") or item.get("publisher") or "")):
        return True
    end = str(item.get("title") or "")[-_END:].lower()
    if any(word in end for word in _SERVER_WORDS) and _POSTED.search(end):
        return True
    return any(
        doi.startswith(PREPRINT_PREFIXES) and not _COLD_SPRING_JOURNALS.match(doi) for doi in dois
    )


_END = 40
"""Signs of a title's end in which the name of a server stands."""
_SERVER_WORDS = ("rxiv", "ssrn", "research square", "preprint")


@lru_cache(maxsize=4096)
def _is_preprint_host(name: str) -> bool:
    if name.isascii() and not any(map(name.lower().__contains__, _SERVER_WORDS)):
        return False
    return bool(_PREPRINT_HOST.search(name))


def is_thesis(item: Item) -> bool:
    """True for a thesis, also one that a database files as an article of volume "Ph.D."."""
    if item.get("type") == "thesis":
        return True
    volume = str(item.get("volume") or "")
    is_told = not volume.isdigit() and bool(_THESIS.search(volume))
    return is_told or _is_of_theses(str(item.get("container-title") or ""))


@lru_cache(maxsize=4096)
def _is_of_theses(container: str) -> bool:
    return bool(_THESIS.search(container))


def trials(item: Item) -> frozenset[str]:
    """The number under which a trial is registered, where the record is its registration."""
    address, number = str(item.get("URL") or ""), str(item.get("number") or "")
    found = _trials_in(str(item.get("container-title") or ""))
    if address or len(number) > 5:
        found |= frozenset(map(str.lower, _TRIAL.findall(f"{address} {number}")))
    return found


@lru_cache(maxsize=4096)
def _trials_in(container: str) -> frozenset[str]:
    return frozenset(map(str.lower, _TRIAL.findall(container)))
