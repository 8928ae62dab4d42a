"""Two readings of one Western reference: the grammar's and the labeller's, made one.

Where both say the same, the field is sure.  Where they differ, the labeller is believed if it is
sure of every word and the grammar had no sign that leaves no doubt; whichever is taken, the field
is told as doubtful, for there were two readings.
"""

from __future__ import annotations

import re
from dataclasses import replace

from refpipe.items.printed import doubts, japanese_labeller, labeller
from refpipe.items.printed.articles import japanese_articles
from refpipe.items.printed.articles import split as splits
from refpipe.items.printed.clean import Clean
from refpipe.items.printed.labeller import Run, Words, western_trimmed
from refpipe.items.printed.nouns import NUMBERED, Draft, Part
from refpipe.items.printed.people import western_names as name_lists
from refpipe.items.printed.western_whole import (
    DOUBTED,
    FIGURES,
    IMPRINT,
    LOCATOR,
    add_imprint,
    add_volume,
    is_same,
    names_in,
    settle_kind,
    within_figures,
)

SURE = 0.9
"""How probable each word must be for the labeller to be believed against the grammar."""
LEFT_OUT = 0.6
"""How sure the label must be of a word that the labeller leaves out of a field."""
JAPANESE_SURE, WESTERN_SURE = 0.85, 0.75
"""How sure the labeller must be that a word belongs elsewhere for a field to be doubted."""
AGREED = 0.95
"""The confidence of a field that two readings share, or that quotation marks show."""
KNOWN = 0.8
"""From here on the grammar has seen words of a container, and not just a place for it."""
PLAIN = 0.95
"""How sure a container must be that editors and a publisher cannot speak against it."""
KINDS = frozenset(("journal", "book", "chapter", "conference", "report", "thesis"))
"""Kinds that the labeller was trained on."""
_FIELDS = {"title": "title", "container": "container-title"}
_TOLD = ("editor", "translator", "editorial-director")
"""Names of whom a word of print says what they did."""


def settle(draft: Draft, text: str, shape: str, *, is_believed: bool = False) -> None:
    """Make one reading of the two; the draft's parts are changed in place.

    ``is_believed``: the labeller's borders of title and container stand, whatever speaks for the
    grammar's.
    """
    if _is_unfit(draft, text) or not (is_believed or _is_open(draft, text)):
        return
    words = labeller.WESTERN.words(text, draft.told)
    bound = 0.0 if is_believed else SURE
    runs = _runs(text, words, bound)
    asked = [
        name for name in _FIELDS
        if name in runs
        and (
            is_believed
            or not _is_shown(draft, text, name)
            or (name == "container" and runs[name].sure >= PLAIN)
        )
    ]  # fmt: skip
    if draft.kind == "thesis":
        asked = [name for name in asked if name == "title"]
    taken = [
        name for name in asked
        if _settle(draft, text, name, runs, words if not is_believed else None)
    ]  # fmt: skip
    if "title" in taken:
        _settle_authors(draft, shape, runs)
        add_volume(draft, text)
    if taken or not any(part.name == "container-title" for part in draft.parts):
        add_imprint(draft, text, runs, bound)
    settle_kind(draft)


def _is_unfit(draft: Draft, text: str) -> bool:
    """Whether two references ran together, of which the grammar reads the last."""
    begun = min((part.start for part in draft.parts if part.name in ("author", "title")), default=0)
    return (
        begun > 60
        or bool(splits.in_brackets(text))
        or (draft.head.title is not None and (begun > 0 or bool(_TITLE_FIRST.search(text))))
    )


def _is_open(draft: Draft, text: str) -> bool:
    """Whether the grammar is not sure by the form of the reference."""
    return not (_FORMAL.search(text) or _is_hosted(draft, text) or _is_of_odd_order(draft))


def opinion(draft: Draft, cleaned: Clean) -> doubts.Opinion:
    """What the labeller of the reference's language says of the fields."""
    parts, text = draft.parts, cleaned.text.rstrip()
    if draft.kind in NUMBERED or draft.kind == "legal_case":
        return doubts.Opinion()
    if japanese_articles.is_japanese(cleaned):
        said = doubts.opinion(parts, text, japanese_labeller.JAPANESE, JAPANESE_SURE, draft.told)
        # What was taken from this labeller is no surer for its consent.
        return replace(said, shared=frozenset(), has_title=True)
    sure = {part.name: part.confidence for part in parts}
    is_agreed = sure.get("title", 0) >= AGREED and sure.get("container-title", 0) >= KNOWN
    if is_agreed or _FORMAL.search(text):
        return doubts.Opinion()
    return doubts.opinion(parts, text, labeller.UNTOLD_WESTERN, WESTERN_SURE)


_FORMAL = re.compile(
    r";\s?\d{1,4}[A-Z]?\s?(?:\([^()]{1,24}\))?\s?:\s?[A-Za-z]{0,2}\d"
    r"|[,.?!][”\"]\s[^”\"]{3,200},\s(?:vol|no)\.\s\d"
    r"|\.,? \(\d{4}[a-z]?\)\. .+, \d+(?:\([^()]{1,20}\))?, \w[\w–-]*\.?(?:\s*$|\s(?:https?:|doi))"
)
"""The figures of Vancouver, the labels of the IEEE behind a quoted title, the order of the APA: the
grammar of these is sure, and nothing has to be asked."""


_TITLE_FIRST = re.compile(r"\.\s\(\d{4}[a-z]?\)\.\s")
"""``Title. (2010). Container``: the order of the APA for a work without authors."""


def is_formal(text: str) -> bool:
    """Whether the form of a reference shows its order, so that nothing has to be asked."""
    return _FORMAL.search(text) is not None or _TITLE_FIRST.search(text) is not None


def _is_of_odd_order(draft: Draft) -> bool:
    """Whether the grammar found a journal straight behind the names, or names behind the title."""
    parts = {part.name: part for part in draft.parts}
    title, author, host = (parts.get(name) for name in ("title", "author", "container-title"))
    if title and author:
        return draft.head.names is not None and author.start > title.start
    return bool(author and host and not title and host.confidence >= 0.9)


def _is_hosted(draft: Draft, text: str) -> bool:
    """Whether "In:" and a publisher show what is the part and what the whole."""
    names = {part.name for part in draft.parts}
    return {"container-title", "publisher"} <= names and re.search(r"[.?!]\sIn: ", text) is not None


def _is_shown(draft: Draft, text: str, name: str) -> bool:
    """Whether signs show where the field stands: quotation marks, or editors and a publisher."""
    parts = {part.name: part for part in draft.parts}
    part = parts.get(_FIELDS[name])
    if part is None:
        return False
    if name == "title":
        return text[part.start - 1 : part.start] in tuple('“"«‘') and part.start > 0
    return {"editor", "publisher"} <= parts.keys()


def _runs(text: str, words: Words, bound: float) -> dict[str, Run]:
    """The stretches of each label: the first title, the longest of the others.

    Stretches of one label that follow each other are one: a title and its subtitle.
    """
    rows = labeller.merged(text, words)
    found: dict[str, Run] = {}
    for at, (name, start, end, sure) in enumerate(rows):
        begin, stop = western_trimmed(text, start, end)
        before = found.get(name)
        is_longer = before is None or (name != "title" and stop - begin > before.end - before.start)
        if (
            stop > begin
            and is_longer
            and text.count(")", begin, stop) <= text.count("(", begin, stop)
        ):
            following = rows[at + 1] if at + 1 < len(rows) else None
            is_ended = _ends(text, name, end, following, bound)
            found[name] = Run(begin, stop, sure if is_ended else 0.0)
    return found


def _ends(
    text: str, name: str, end: int, following: tuple[str, int, int, float] | None, bound: float
) -> bool:
    """Whether a stretch ends where a sign, or a sure label behind it, shows an end.

    Words that got no label of their own would be lost between the two.
    """
    if following is None or text[end - 1] in '.,;:?!”"»’)]':
        return following is None or following[0] not in ("title", "author")
    sign = text[following[1]]
    if following[0] == "number" and (sign in "([" or (name == "container" and sign.isdigit())):
        return True
    if following[0] == "container":
        first = text[following[1] : following[2]].split(maxsplit=1)[0]
        return following[3] >= bound and splits.begins_container(first)
    return following[0] in ("publisher", "place") and following[3] >= bound


def _settle(draft: Draft, text: str, name: str, runs: dict[str, Run], words: Words | None) -> bool:
    """Whether the labeller's stretch was taken for a title or a container.

    ``words``: those by which it is weighed; without them it is believed.
    """
    field, run = _FIELDS[name], runs[name]
    part = next((one for one in draft.parts if one.name == field), None)
    start, end = within_figures(draft, text, run.start, run.end, field)
    if name == "title" and (span := _SPAN_OF_YEARS.match(text, end)):
        end = span.end()
    if part is not None and is_same(text[start:end], str(part.value)):
        sure = (
            max(part.confidence, AGREED) if words is None or run.sure >= SURE else part.confidence
        )
        draft.parts[draft.parts.index(part)] = replace(part, confidence=sure)
        return False
    is_taken = end - start >= 2 and (
        words is None
        or (
            run.sure > 0
            and not ((part or name == "container") and _loses(draft, name, runs, start, end))
            and _contested(text, words, name, run, part) >= SURE
            and not _is_refused(draft, text, part, start, end)
        )
    )
    if not is_taken:
        if part is not None:
            doubted = replace(part, confidence=min(part.confidence, DOUBTED))
            draft.parts[draft.parts.index(part)] = doubted
        return False
    _clear(draft, start, end, field)
    draft.parts.append(
        Part(name=field, value=text[start:end], start=start, end=end, confidence=DOUBTED)
    )
    return True


def _loses(draft: Draft, name: str, runs: dict[str, Run], start: int, end: int) -> bool:
    """Whether a stretch takes the names, title or container, and the labeller reads no others."""
    lost = [part.name for part in draft.parts if _meet(part, start, end)]
    if name == "container":
        is_journal = any(part.name in ("volume", "issue", "page") for part in draft.parts)
        return "title" in lost and "title" not in runs and not is_journal
    is_named = "author" in runs and runs["author"].end <= start
    return ("container-title" in lost and "container" not in runs) or (
        "author" in lost and not is_named
    )


def _contested(text: str, words: Words, name: str, run: Run, part: Part | None) -> float:
    """How sure the labeller is of the words that only one of the readings takes for the field.

    It is asked twice, told and not told how the grammar reads; the surer answer counts.
    """
    labeller.UNTOLD_WESTERN.tag(text)
    views = (labeller.WESTERN, labeller.UNTOLD_WESTERN)
    sure, whole = 1.0, 1.0
    for index, (_, start, end, own) in enumerate(words):
        is_theirs = run.start < end and start < run.end
        is_own = part is not None and part.start < end and start < part.end
        if not (is_theirs or is_own):
            continue
        share = max(view.probability(index, name) for view in views)
        if is_theirs:
            whole = min(whole, share)
        if is_theirs != is_own:
            # A word that is left out must have another place.
            sure = min(sure, share if is_theirs else 1 - share if own >= LEFT_OUT else 0.0)
    return max(sure, whole)


def _is_refused(draft: Draft, text: str, part: Part | None, start: int, end: int) -> bool:
    """Whether the grammar has a sign against the stretch."""
    parts = {one.name: one for one in reversed(draft.parts)}
    author, house, host = (parts.get(name) for name in ("author", "publisher", "container-title"))
    is_taken = (
        (author and author.start < end and author.end > start and _is_body(author))
        or (house and house.confidence >= KNOWN and start <= house.start < end)
        or (host and host is not part and host.confidence >= KNOWN and _meet(host, start, end))
        or any(one.start <= start < one.end for one in draft.parts if _is_imprint(one))
        or any(
            _meet(one, start, end) and not (one.start <= start and end <= one.end)
            for one in draft.parts
            if one.name in _TOLD
        )
    )
    if is_taken or part is None:
        return bool(is_taken)
    theirs, own = text[start:end], LOCATOR.sub("", str(part.value))
    before, _, behind = own.partition(theirs)
    if theirs in own and _FIGURES_BEFORE.fullmatch(before) and _FIGURE_BEHIND.fullmatch(behind):
        # A figure at the end of a name is part of it, and so is what "and" lists.
        return True
    if part.name == "container-title":
        return _is_refused_container(draft, text, part, start, end)
    return _is_refused_title(draft, text, part, start, end)


_FIGURES_BEFORE = re.compile(r"(?:[\d.,]+(?:st|nd|rd|th)?\s){0,2}")
_FIGURE_BEHIND = re.compile(
    r"(?:\W{0,3}\d+|\s?\([^()]*\)|,\s[^,.:;]+,?\s(?:and|&|und|et|y)\s[^,.:;]+,?)?"
)


def _meet(part: Part, start: int, end: int) -> bool:
    return part.start < end and start < part.end


def _is_imprint(part: Part) -> bool:
    return part.name in IMPRINT.values() and part.confidence >= 0.85


def _is_refused_container(draft: Draft, text: str, part: Part, start: int, end: int) -> bool:
    """Whether the grammar's container is bounded by signs that the stretch does not keep."""
    if part.confidence >= KNOWN and any(
        one.name == "title" and _meet(one, start, end) and not _meet(part, start, end)
        for one in draft.parts
    ):
        # The title would be lost, and the container is known.
        return True
    own, theirs = LOCATOR.sub("", str(part.value)), text[start:end]
    is_bounded = any(one.name == "volume" for one in draft.parts) or _is_shown(draft, text, "title")
    is_shorter = is_bounded and own.startswith(theirs) and not LOCATOR.match(own[len(theirs) :])
    # Behind a quoted title the container begins: “…,” Source: Notes in the History of Art.
    is_begun = part.start > 1 and text[part.start - 2] in '”"»’' and text[part.start].isupper()
    is_cut = part.start < start < part.end and (is_begun or text[start - 2 : start] == ". ")
    is_known = part.confidence >= KNOWN or is_begun
    return is_shorter or (is_known and (start < part.start < end or is_cut))


_SPAN_OF_YEARS = re.compile(r",?\s(?:AD\s)?\(?(?:1[0-9]|20)\d\d\s?[-–]\s?(?:\d{4}|\d\d)\)?(?!\w)")
"""``…, 1700–1850``: years that a title ends with."""
_NUMBERED = re.compile(r"\s*[\[(][^()\[\]]*\d[^()\[\]]*[)\]]\s*")


def _is_refused_title(draft: Draft, text: str, part: Part, start: int, end: int) -> bool:
    """Whether the grammar knows better where the title begins or ends."""
    parts = {one.name: one for one in reversed(draft.parts)}
    names = draft.head.names
    is_next = names is not None and start != part.start and part.start - names.end < 3
    if names and is_next and (_is_ended(text, names) or _FIRST_WORD.match(text, part.start, start)):
        return True
    year, is_last = draft.head.year, not text[part.end :].strip(" .")
    is_cut = part.start == start and end < part.end
    is_nobody = "author" not in parts and _ABSTRACT.search(text, part.start, max(part.start, start))
    # Behind “(2005). ” all is the title, where nothing follows it.
    if is_nobody or (is_cut and is_last and year and year[2] <= start):
        return True
    if part.start < start < part.end and text[start - 2 : start] == ": ":
        # A title is not cut at its colon, unless names are left before it.
        return len(text[part.start : start].split()) <= 6 and "author" in parts
    if part.start == start and draft.kind and _NUMBERED.fullmatch(text[part.end : end]):
        return True
    is_placed = all(
        name in parts and parts[name].confidence >= 0.88
        for name in ("publisher", "publisher-place")
    )
    if is_cut and is_placed and text[end : end + 2] == ". ":
        # Before a place and its publisher every sentence is the title's that is no series.
        return True
    known = parts.get("container-title")
    # Where the grammar knows the words of the container, it knows where the title ends.
    is_stopped = text[part.end : part.end + 2] in (". ", "? ", "! ") and bool(
        {"volume", "issue"} & parts.keys()
    )
    is_known = (
        known is not None and known.start >= part.end and (known.confidence >= KNOWN or is_stopped)
    )
    return is_known and part.start == start and part.end > end


_ABSTRACT = re.compile(r"\w(?:tions?|ness|ics|isms?|ology|ologies|ities)\b")
"""What nobody is called: ``Social Experimentation, Program Evaluation, and Public Policy``."""


_FIRST_WORD = re.compile(r"[A-Z][^\W\d_]{7,}\.\s\Z")
"""A long word alone behind names is no name: it is the first sentence of a title."""


def _is_ended(text: str, names: name_lists.Names) -> bool:
    """Whether a stop behind initials without stops ends the names: ``Ajzen I. Belief, Fact``."""
    is_alike = _LISTED.fullmatch(text, names.start, names.end) is not None
    return names.kind == "unparted" or (is_alike and text[names.end : names.end + 2] == ". ")


_LISTED = re.compile(r"(?:[^,.]+\s[^\W\d_a-z]{1,4},\s)+[^,.]+\s[^\W\d_a-z]{1,4}")


def _is_body(author: Part) -> bool:
    return isinstance(author.value, list) and any("literal" in name for name in author.value)


def _clear(draft: Draft, start: int, end: int, field: str) -> None:
    """Take away the old field, and all words that lie where the new one stands."""
    kept = FIGURES | {"author"}
    draft.parts[:] = [
        part for part in draft.parts
        if part.name != field and (part.name in kept or part.start >= end or part.end <= start)
    ]  # fmt: skip


def _settle_authors(draft: Draft, shape: str, runs: dict[str, Run]) -> None:
    """Read the names anew where they reach into the title, or end before the labeller's."""
    title = next(part for part in draft.parts if part.name == "title")
    run = runs.get("author")
    part = next((one for one in draft.parts if one.name == "author"), None)
    is_overlapping = part is not None and part.start < title.end and part.end > title.start
    names = draft.head.names
    is_ended = part is not None and names is not None and _is_ended(shape, names)
    is_short = (
        run is not None
        and run.start < title.start
        and (part is None or part.end < run.end - 6)
        and not is_ended
    )
    if not (is_overlapping or is_short):
        return
    names = names_in(shape, run) if run is not None and run.end <= title.start else None
    if names is not None and run is not None:
        draft.parts[:] = [one for one in draft.parts if one.name != "author"]
        value = [dict(name) for name in names.names]
        draft.parts.append(
            Part(name="author", value=value, start=run.start, end=run.end, confidence=DOUBTED)
        )
        draft.head.names = names
    elif is_overlapping and part is not None:
        draft.parts.remove(part)
