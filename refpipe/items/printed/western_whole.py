"""A Western reference as its labeller reads it: what its stretches are as fields.

The labeller splits; names, figures and the kind of work are the grammar's affair.
"""

from __future__ import annotations

import re

from refpipe.items.printed import labeller
from refpipe.items.printed.labeller import Run, western_trimmed
from refpipe.items.printed.nouns import Draft, Part
from refpipe.items.printed.people import full_names
from refpipe.items.printed.people import western_names as name_lists

DOUBTED = 0.6
"""The confidence of a field that has two readings, below what is shown as sure (0.7)."""
IMPRINT = {"publisher": "publisher", "place": "publisher-place"}
FIGURES = {
    "volume", "issue", "page", "issued", "edition", "number-of-pages", "number-of-volumes", "URL",
    "DOI", "genre",
}  # fmt: skip
_ENDS_TITLE = ("edition", "issued", "genre", "volume", "number-of-volumes", "URL", "DOI")
LOCATOR = re.compile(
    r",?\s\(?(?:[Vv]ols?|[Nn]os?|n°|nº|N°|pp?|[Pp]ages?|[Bb]d|[Tt]ome?)\b\.?(?:\s.*)?$|,\s?(?:19|20)\d\d\b.*$"
    r"|,?\s\(?(?:[Ii]n press|[Aa]head of print|[Ff]orthcoming|[Ss]ubmitted|[Tt]o appear)\b.*$"
    r"|,?\s(?:Special Issue|Suppl(?:ement)?)\b.*$"
    r"|\s(?:\d+\s)?\((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b.*$|\s&NA\b.*$"
)
"""What announces figures behind a container: labels, a year, a month in brackets."""
_LABEL_LAST = re.compile(r"[\s,.;:(]*\b(?:[Vv]ol(?:ume)?|[Nn]o|[Bb]d|[Tt]ome?|[Pp]p?)\b\.?\s*$")
_TEXTS = {
    "title": "title", "container": "container-title", "series": "collection-title", **IMPRINT,
}  # fmt: skip
_NAMES = ("author", "editor", "translator")
_SEVERAL = re.compile(r";|,\s?[A-Z]\.")
"""What parts names, or a name: no body of people is called so."""


def read(draft: Draft, text: str, shape: str) -> None:
    """Take titles, hosts, imprint and names from the labeller; the parts are changed in place.

    A field of which both read the same words stays as the grammar reads it.
    """
    own = list(draft.parts)
    draft.parts[:] = [part for part in own if part.name not in (*_TEXTS.values(), *_NAMES)]
    taken: list[Part] = []
    words = labeller.WESTERN.words(text, draft.told)
    for label, start, end, sure in labeller.merged(text, words):
        run = Run(*western_trimmed(text, start, end), sure)
        if run.end <= run.start:
            continue
        if label in _TEXTS:
            new = _stretch(own, draft, text, _TEXTS[label], run)
        else:
            new = _people(own, draft, shape, label, run) if label in _NAMES else []
        taken += [one for one in new if all(one.name != other.name for other in taken)]
    kept = [
        part for part in draft.parts
        if not any(one.name in _TEXTS.values() and _meet(part, one.start, one.end) for one in taken)
    ]  # fmt: skip
    draft.parts[:] = kept + taken
    settle_kind(draft)


def _stretch(own: list[Part], draft: Draft, text: str, name: str, run: Run) -> list[Part]:
    """A title, a host or an imprint."""
    start, end = within_figures(draft, text, run.start, run.end, name)
    if end - start < 2:
        return []
    value = text[start:end]
    same = [part for part in own if part.name == name and is_same(value, str(part.value))]
    return same or [Part(name=name, value=value, start=start, end=end, confidence=DOUBTED)]


_NEAR, _NEAR_END = 3, 8
"""By how many signs lists of names may differ in front and behind and be one: ``et al.``"""


def _people(own: list[Part], draft: Draft, shape: str, role: str, run: Run) -> list[Part]:
    """A list of names, or a body; what people did the grammar knows better."""
    met = [part for part in own if part.name in _NAMES and _meet(part, run.start, run.end)]
    is_alike = any(
        abs(part.start - run.start) <= _NEAR and abs(part.end - run.end) <= _NEAR_END
        for part in met
    )
    names = None if is_alike else names_in(shape, run)
    stretch = shape[run.start : run.end]
    if is_alike or (names is None and (role == "editor" or _SEVERAL.search(stretch))):
        return met
    value = [{"literal": stretch.strip(" .,:;")}]
    if names is not None:
        value = [dict(name) for name in names.names]
        draft.head.names = names if role == "author" else draft.head.names
    return [Part(name=role, value=value, start=run.start, end=run.end, confidence=DOUBTED)]


def _meet(part: Part, start: int, end: int) -> bool:
    return part.start < end and start < part.end


# ── what the labeller's stretches need from the grammar ───────────────────────────────


def within_figures(draft: Draft, text: str, start: int, end: int, field: str) -> tuple[int, int]:
    """The stretch up to the first figure that the grammar knows, or word that announces one."""
    for part in draft.parts:
        is_joined = part.name == "edition" and text[: part.start].rstrip()[-1:] in "–—-"
        if is_joined or not start < part.start < end:
            continue
        is_figure = part.name in FIGURES and (field != "title" or part.name in _ENDS_TITLE)
        sure = 0.9 if field == "title" else 0.8
        is_imprint = part.name in IMPRINT.values() and part.confidence >= sure
        if is_figure or is_imprint:
            end = start + len(_LABEL_LAST.sub("", text[start : part.start]))
    if field != "title":
        locator = LOCATOR.search(text[start:end])
        end = start + locator.start() if locator and locator.start() > 2 else end
    return western_trimmed(text, start, end)


def is_same(one: str, other: str) -> bool:
    """Whether two texts have the same words."""
    return re.sub(r"\W", "", one).casefold() == re.sub(r"\W", "", other).casefold()


def names_in(text: str, run: Run) -> name_lists.Names | None:
    """The names in a stretch that holds nothing else."""
    whole = full_names.scan(text, run.start, is_certain=True)
    if whole is None or abs(whole.end - run.end) > _NEAR:
        whole = name_lists.scan(text, run.start)
    if whole is None or abs(whole.end - run.end) > _NEAR:
        whole = name_lists.within(text, run.start, run.end, is_certain=True)
    is_odd = whole and any(_TITLE_WORD.search(name.get("given", "")) for name in whole.names)
    return None if is_odd else whole


_TITLE_WORD = re.compile(r"[A-Z]\.?\s\w{12,}$")
"""What follows initials and is no given name: the first word of a title."""


def add_imprint(draft: Draft, text: str, runs: dict[str, Run], bound: float) -> None:
    """Take the publisher and its place from the labeller where the grammar found none."""
    for name, field in IMPRINT.items():
        run = runs.get(name)
        if run is None or run.sure < bound or any(part.name == field for part in draft.parts):
            continue
        if any(part.start < run.end and part.end > run.start for part in draft.parts):
            continue
        value = text[run.start : run.end]
        draft.parts.append(
            Part(name=field, value=value, start=run.start, end=run.end, confidence=DOUBTED)
        )


def settle_kind(draft: Draft) -> None:
    """A book, where a publisher stands and nothing that only a journal has."""
    names = {part.name for part in draft.parts}
    if (
        draft.kind in ("", "article-journal")
        and "publisher" in names
        and not names & {"volume", "issue"}
    ):
        draft.kind = "chapter" if "container-title" in names else "book"


def add_volume(draft: Draft, text: str) -> None:
    """Take the volume behind a title that ends before its label: ``The Shoulder. Vol 1. 4th``."""
    found = _VOLUME.search(text)
    if (
        found is None
        or any(part.name == "volume" for part in draft.parts)
        or any(_meet(part, *found.span("number")) for part in draft.parts)
    ):
        return
    start, end = found.span("number")
    draft.parts.append(
        Part(name="volume", value=found["number"], start=start, end=end, confidence=0.8)
    )
    draft.known.append(found.span())


_VOLUME = re.compile(r"(?<=[.,;]\s)[Vv]ol(?:ume)?s?\.?\s(?P<number>\d{1,3}|[IVXL]+)(?=\s?[.,;:])")
