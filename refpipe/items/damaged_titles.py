"""Titles as registries damage them: footnote marks, capitals, subtitles, full stops."""

from __future__ import annotations

import re
from collections.abc import Iterable

from refpipe import markup
from refpipe.items import capitals, values
from refpipe.lifetimes import lazy
from refpipe.markup.rich_text import with_text
from refpipe.markup.tags import SUPERSCRIPT
from refpipe.model import Inline, Repair, Run
from refpipe.normalise.text import JAPANESE

_SIGNS = "\u2020\u2021\u00a7\u00b6\u2016\u2606\u2605\u2729\u272f\u2730\u204e\u2217"
_TRAILING_SIGNS = lazy(rf"(?:\s*[{_SIGNS}]|(?<=[a-z]{{3}})\*|(?<=[\s.?!)\"\u201d])\*)+\.?$")
_JAPANESE = lazy(f"[{JAPANESE}]")
_NEAR = 100
_DIGITS = lazy(r"[1-3][a-z]?(?:\s?[,\u2013-]\s?\d{1,2}[a-z]?){0,3}\.?")
"""The number of a footnote, or several: a title has no more than a few."""
_NOTED = ("10.1021/ja0", "10.1148/")
"""Journals whose every title bore the number of a note, on grants or affiliations: that of the
American Chemical Society until 1995, those of the RSNA."""
_RAISED = lazy(r"(?<=\w{4})[\u00b9\u00b2\u00b3](?:[,\u02d2]?[\u00b9\u00b2\u00b3])?$")
_UNITS = frozenset(
    """
    sp mm cm dm km nm pm chi log in sec ms ca na cu
    """.split()  # noqa: SIM905
)
"""What stands before a superscript 1, 2 or 3 that is part of the title."""

_GLUED = lazy(r"(?<![a-z\u00e0-\u00ff])(?P<word>[a-z\u00e0-\u00ff]{3,})1\.?$")
_NOUNS = frozenset(
    [
        "outcome",
        "outcomes",
        "study",
        "trial",
        "disease",
        "children",
        "adults",
        "women",
        "analysis",
        "review",
        "therapy",
        "treatment",
        "cancer",
        "health",
        "care",
        "system",
        "management",
        "evaluation",
        "experience",
        "findings",
        "imaging",
        "tomography",
        "resonance",
        "diagnosis",
        "prognosis",
        "surgery",
        "infection",
        "syndrome",
        "population",
        "model",
        "theory",
        "approach",
        "assessment",
        "evidence",
        "practice",
        "performance",
        "mortality",
        "survival",
        "quality",
        "radiography",
        "sonography",
        "angiography",
        "correlation",
        "comparison",
        "lesion",
        "carcinoma",
        "sarcoma",
        "lymphoma",
        "report",
        "survey",
        "investigation",
        "behavior",
        "behaviour",
        "development",
    ]
)
"""Nouns that end titles and are no names of genes or proteins."""

_ABBREVIATION = lazy(
    r"(?:\b(?:al|etc|spp?|var|subsp|cf|Jr|Sr|Inc|Ltd|Co|Corp|vs|No|vol|ed|eds|pt|St|Dr|Prof|ssp)"
    r"|\.\.?|\b[A-Z]\.[A-Z])\.$"
)
_ENDS = "?!:.;\u2014\u2013-\u3002\uff1f\uff01\uff1a"


def title(main: object, subtitle: object = None, *, field: str = "title", doi: str = "",
          repairs: list[Repair]) -> str:  # fmt: skip
    """The title in CSL's markup: subtitle joined, marks of footnotes off, capitals mended."""
    runs = _mended(markup.read(values.raw(main)), field, doi, repairs)
    if not runs:
        return ""
    below = _mended(markup.read(values.raw(subtitle)), "subtitle", doi, repairs)
    return markup.to_csl(_joined(runs, below))


def _mended(runs: Inline, field: str, doi: str, repairs: list[Repair]) -> Inline:
    for mend, reason in _MENDS:
        after = mend(runs, doi)
        if after != runs:
            repairs.append(
                Repair(
                    field=field,
                    before=markup.to_csl(runs),
                    after=markup.to_csl(after),
                    reason=reason,
                )
            )
        runs = after
    return _without_stop(runs)


def _in_letters(runs: Inline, _doi: str) -> Inline:
    """The title with its letters as they were meant."""
    return _tidy(with_text(run, values.mended(run.text)) for run in runs)


def _with_gaps(runs: Inline, _doi: str) -> Inline:
    """The title with blanks where names of species lost theirs."""
    return _tidy(with_text(run, capitals.species_apart(run.text)) for run in runs)


# ── footnotes ──────────────────────────────────────────────────────────────────────────


def _without_footnote(runs: Inline, doi: str) -> Inline:
    """The title without the marks that led to a note on its page."""
    kept = [run for place, run in enumerate(runs) if not _is_note(runs, place, doi)]
    trimmed = _tidy(kept)
    if trimmed and SUPERSCRIPT not in trimmed[-1].marks:
        trimmed = _tidy((*trimmed[:-1], with_text(trimmed[-1], _bare_end(trimmed[-1].text, doi))))
    return trimmed or runs


def _is_note(runs: Inline, place: int, doi: str) -> bool:
    """True for a superscript that marks a note, at the end or after a full stop."""
    run = runs[place]
    if SUPERSCRIPT not in run.marks or place == 0:
        return False
    mark = run.text.strip().rstrip(".")
    before = runs[place - 1].text.rstrip()
    after = "".join(other.text for other in runs[place + 1 :])
    is_last = not after.strip(" .")
    if is_last and doi.startswith(_NOTED) and _DIGITS.fullmatch(mark):
        return True
    if not is_last and not (before.endswith((".", ":", ";")) and after.startswith(" ")):
        return False
    if re.fullmatch(rf"[{_SIGNS}*,\s]+", mark):
        return mark != "*" or bool(re.search(r"[a-z]{3}$|[A-Z]{4}$|[\W_]$|[^\x00-\x7f]$", before))
    return bool(_DIGITS.fullmatch(mark)) and _takes_note(before, mark)


def _takes_note(before: str, mark: str) -> bool:
    """True if a number raised behind this text can only be that of a note."""
    if before.endswith(tuple('.:;)]?!"\u201d\u00b0')):
        return True
    word = re.search(r"(?<![^\W\d_])[^\W\d_]+$", before)
    letters = word.group() if word else ""
    if letters.lower() in _UNITS or len(letters) < 2:
        return False
    if mark in {"2", "3"}:
        return bool(re.search(r"[a-z]{4}$|[A-Z]{5}$", letters))
    return True


def _bare_end(text: str, doi: str) -> str:
    """The end of a title without signs and digits that are glued to its last word."""
    # A title ends in few of them; a run of signs is not looked through from each of its places.
    shorter = text[:-_NEAR] + _TRAILING_SIGNS.sub("", text[-_NEAR:])
    shorter = _RAISED.sub("", shorter) if not _ends_in_unit(shorter) else shorter
    glued = _GLUED.search(shorter)
    if glued and _is_noun(glued["word"], doi):
        shorter = shorter[: glued.end("word")]
    return shorter.rstrip() if shorter != text else text


def _ends_in_unit(text: str) -> bool:
    word = re.search(r"(?<![^\W\d_])([^\W\d_]+)[\u00b9\u00b2\u00b3]", text)
    return bool(word) and (word.group(1).lower() if word else "") in _UNITS


def _is_noun(word: str, doi: str) -> bool:
    """True if a 1 behind the word is a note: no gene is a plural, or named like these.

    The journals of the RSNA (10.1148) had a note of the authors' affiliation on every title.
    """
    plural = len(word) >= 6 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return plural or word in _NOUNS or (doi.startswith("10.1148/") and len(word) >= 4)


# ── case, stops, subtitles ─────────────────────────────────────────────────────────────


def _in_case(runs: Inline, _doi: str) -> Inline:
    """A shouted title in title case, face by face."""
    text = markup.plain(runs)
    cased = capitals.title(text)
    if cased is None or len(cased) != len(text):
        return runs
    ends = [0]
    for run in runs:
        ends.append(ends[-1] + len(run.text))
    return tuple(
        with_text(run, cased[start:end])
        for run, start, end in zip(runs, ends, ends[1:], strict=False)
    )


def _without_stop(runs: Inline) -> Inline:
    """The title without its last full stop, which the style of a list sets itself."""
    if not runs:
        return runs
    text = markup.plain(runs)
    if not text.endswith(".") or _ABBREVIATION.search(text):
        return runs
    return _tidy((*runs[:-1], with_text(runs[-1], runs[-1].text[:-1])))


def _joined(above: Inline, below: Inline) -> Inline:
    """Title and subtitle as one, unless the title has the subtitle in it."""
    text, sub = markup.plain(above), markup.plain(below)
    if not sub or _folded(sub) in _folded(text) or not _folded(sub):
        return above
    colon = "\uff1a" if _JAPANESE.search(text + sub) else ": "
    gap = " " if text[-1] in _ENDS else colon
    return _tidy((*above, Run(gap), *below))


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _tidy(runs: Iterable[Run]) -> Inline:
    return markup.tidy(runs)


_MENDS = (
    (_in_letters, "wrong-encoding"),
    (_with_gaps, "glued-words"),
    (_without_footnote, "footnote-mark"),
    (_in_case, "all-capitals"),
)
"""What is mended in a title, and under which reason it is marked."""
