"""Titles as registries damage them: footnote marks, capitals, subtitles, stops, lost blanks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from refpipe import markup
from refpipe.items import values
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
    return _tidy(with_text(run, _species_apart(run.text)) for run in runs)


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
    cased = _title_case(text)
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


# ── Titles that somebody typed in capitals, in the case they are meant in, where that is safe ─────

_SMALL = frozenset(
    """
    a an the of in on at by to for from and or nor but as with into onto over under per via vs
    than upon
    """.split()  # noqa: SIM905
)
"""Words that titles write small within."""

_SHORT = frozenset(
    """
    is it be do its use new old all one two men man non not no are was has had who how why can
    may low high acid gas air age aged aids arm back beta body bone born both boys care case
    cell cells cow dog dogs drug due dose ear early eye eyes fat feet flow food foot free from
    gene girl good group hand head heart heat hip home host iron jaw joint knee lack late law
    lead left leg legs life limb line liver long loss lung lungs male mass milk mind more most
    mode model nail neck need nerve nose only oral our pain part past plan plus post pre rat
    rats rate rates red risk role room root salt sex side site size skin sleep slow soft soil
    some sore spine state study such term test tests than that their then this time tool top
    tooth toxic tumor type types upper urea used uses view viral virus wall water wave way week
    well when which white whole wide with women work world wound year years yeast young zinc
    zone an area areas city down each ever form forms full half here hope into just key land
    last less like load lost love made make many mice near next open over page poor pure rare
    real rise rule same seed self sign song soul sound south north east west step stem text thin
    tree true turn unit user very wine word words yet you your era end ends eight four five six
    nine ten editorial reply letter
    """.split()  # noqa: SIM905
)
"""Common English words of up to five letters that no acronym is spelled like."""

_ACRONYMS = frozenset(
    """
    DNA RNA HIV AIDS MRI MR CT PET SPECT ECG EEG EMG USA UK US EU WHO UN NATO LPS ATP ADP GABA
    PCR ELISA HPLC NMR UV IR TNF IL IgG IgE IgA IgM BMI COPD COVID SARS MRSA TB HBV HCV HPV CMV
    EBV CNS ICU LDL HDL BCG AMP GTP NADH NAD EDTA ACTH TSH LH FSH GH HLA MHC PO
    """.split()  # noqa: SIM905
)
_ACRONYMS_BY_CAPITALS = {word.upper(): word for word in _ACRONYMS}
"""Acronyms that keep their capitals, by how they look among capitals."""

_ROMAN = lazy(r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_WORD = lazy(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_FUNCTION = lazy(r"\b(?:OF|THE|AND|IN|FOR|WITH|ON|BY|FROM|TO)\b")
_ALONE = frozenset(
    """
    editorial correction corrections erratum errata corrigendum retraction reply letters letter
    foreword preface introduction contents index abstracts announcements obituary summary
    conclusion news
    """.split()  # noqa: SIM905
)
"""Headings that stand alone as titles."""


def _is_shouted(text: str) -> bool:
    """True if all its letters are capitals of an alphabet that has small ones, and not few."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 6 and all(letter.isupper() for letter in letters)


def _title_case(text: str) -> str | None:
    """A shouted English title in title case; None where that might harm a name or an acronym.

    Title case keeps the capitals of proper names, which sentence case would lose.  It is safe
    only if every short word is known as a word or as an acronym.
    """
    words = _WORD.findall(text)
    if not _is_shouted(text) or not text.isascii():
        return None
    if len(words) == 1:
        return text.capitalize() if text.lower().rstrip(".") in _ALONE else None
    if not _FUNCTION.search(text) or not all(_is_known(word) for word in words):
        return None
    return _WORD.sub(lambda match: _cased(match, text), text)


def _is_known(word: str) -> bool:
    """True if it is clear how a shouted word is written."""
    if any(letter.isdigit() for letter in word) or word in _ACRONYMS_BY_CAPITALS:
        return True
    if _ROMAN.fullmatch(word) or len(word) == 1:
        return True
    lowered = word.lower()
    if lowered in _SMALL or lowered in _SHORT:
        return True
    return len(word) >= 6 and bool(re.search(r"[AEIOUY]", word))


def _cased(match: re.Match[str], text: str) -> str:
    word = match.group()
    if any(letter.isdigit() for letter in word) or len(word) == 1:
        return _single(match, text)
    if word in _ACRONYMS_BY_CAPITALS:
        return _ACRONYMS_BY_CAPITALS[word]
    if _ROMAN.fullmatch(word) and word.lower() not in _SMALL:
        return word
    before = text[: match.start()].rstrip()
    starts = not before or before[-1] in ".:?!\u2014"
    if word.lower() in _SMALL and not starts:
        return word.lower()
    return word[0] + word[1:].lower()


def _single(match: re.Match[str], text: str) -> str:
    """A lone letter: the article ``a`` within a title, else a symbol that keeps its case."""
    word = match.group()
    before = text[: match.start()].rstrip()
    inside = before and before[-1] not in ".:?!" and text[match.end() : match.end() + 1] == " "
    return "a" if word == "A" and inside else word


# ── Names of species that stand against the words beside them ─────────────────────────────────────

_GENERA = """
    Helicobacter Escherichia Staphylococcus Streptococcus Pseudomonas Mycobacterium Candida
    Clostridium Clostridioides Salmonella Plasmodium Drosophila Saccharomyces Arabidopsis
    Caenorhabditis Chlamydia Aspergillus Klebsiella Listeria Toxoplasma Bacillus Lactobacillus
    Trypanosoma Borrelia Neisseria Haemophilus Vibrio Campylobacter Bordetella Legionella
    Enterococcus Acinetobacter Mycoplasma Leishmania Schistosoma Cryptococcus Porphyromonas
    Bacteroides Bifidobacterium Yersinia Xenopus
"""
"""Genera that titles of medicine and biology name most."""

_GENUS = "|".join(_GENERA.split())
_BEFORE = lazy(
    rf"(?<=[a-z])(?=(?:{_GENUS}) [a-z])"
    r"|(?<=(?<!\w)(?:of|in|on|by|is|to))(?=[A-Z][a-z]{2,} [a-z])"
)
_SPECIES = """
    Helicobacter pylori|Escherichia coli|Staphylococcus aureus|Candida albicans
    |Plasmodium falciparum|Mycobacterium tuberculosis|Clostridium difficile|Pseudomonas aeruginosa
    |Streptococcus pneumoniae|Drosophila melanogaster|Caenorhabditis elegans
    |Saccharomyces cerevisiae|Toxoplasma gondii
"""
_WHOLE = lazy(rf"((?:{' '.join(_SPECIES.split()).replace(' |', '|')}))(?=[a-z]{{2}})")
_AFTER = lazy(rf"((?:{_GENUS}) [a-z]{{4,}})(?=[A-Z][a-z]{{3}})")


def _species_apart(text: str) -> str:
    """The text with blanks around names of species: ``ofHelicobacter pyloriInfection`` has none."""
    text = _BEFORE.sub(" ", text)
    return _AFTER.sub(r"\1 ", _WHOLE.sub(r"\1 ", text))
