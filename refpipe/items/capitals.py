"""Text that somebody typed in capitals, in the case it is meant in, where that is safe."""

from __future__ import annotations

import re

from refpipe.lifetimes import lazy

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

_PARTICLES = frozenset(
    """
    van von der den de del della di da dos du la le ten ter zu zum zur el al bin ibn y e
    """.split()  # noqa: SIM905
)


def is_shouted(text: str) -> bool:
    """True if all its letters are capitals of an alphabet that has small ones, and not few."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 6 and all(letter.isupper() for letter in letters)


def title(text: str) -> str | None:
    """A shouted English title in title case; None where that might harm a name or an acronym.

    Title case keeps the capitals of proper names, which sentence case would lose.  It is safe
    only if every short word is known as a word or as an acronym.
    """
    words = _WORD.findall(text)
    if not is_shouted(text) or not text.isascii():
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


def name(family: str, given: str) -> tuple[str, str]:
    """A person's name in mixed case, where the family name is shouted."""
    if not _is_shouted_name(family):
        return family, given
    words = [word for word in re.split(r"[\s.-]+", given) if word]
    if words and all(word.isupper() and len(word) >= 4 for word in words if len(word) > 1):
        given = re.sub(r"[^\W\d_]{4,}", lambda found: found.group().capitalize(), given)
    return re.sub(r"[^\W\d_]+", _cased_name, family), given


def _is_shouted_name(family: str) -> bool:
    letters = [letter for letter in family if letter.isalpha()]
    return len(letters) >= 3 and all(letter.isupper() for letter in letters)


def _cased_name(match: re.Match[str]) -> str:
    word = match.group()
    if word.lower() in _PARTICLES and match.end() < len(match.string):
        return word.lower()
    if re.match(r"MC[A-Z]{3}", word):
        return f"Mc{word[2:].capitalize()}"
    return word.capitalize()


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


def species_apart(text: str) -> str:
    """The text with blanks around names of species: ``ofHelicobacter pyloriInfection`` has none."""
    text = _BEFORE.sub(" ", text)
    return _AFTER.sub(r"\1 ", _WHOLE.sub(r"\1 ", text))
