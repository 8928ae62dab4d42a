"""Names of species glued to their neighbours, as registries leave them that drop italics."""

from __future__ import annotations

import re

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
_BEFORE = re.compile(
    rf"(?<=[a-z])(?=(?:{_GENUS}) [a-z])"
    r"|(?<=(?<!\w)(?:of|in|on|by|is|to))(?=[A-Z][a-z]{2,} [a-z])"
)
_SPECIES = """
    Helicobacter pylori|Escherichia coli|Staphylococcus aureus|Candida albicans
    |Plasmodium falciparum|Mycobacterium tuberculosis|Clostridium difficile|Pseudomonas aeruginosa
    |Streptococcus pneumoniae|Drosophila melanogaster|Caenorhabditis elegans
    |Saccharomyces cerevisiae|Toxoplasma gondii
"""
_WHOLE = re.compile(rf"((?:{' '.join(_SPECIES.split()).replace(' |', '|')}))(?=[a-z]{{2}})")
_AFTER = re.compile(rf"((?:{_GENUS}) [a-z]{{4,}})(?=[A-Z][a-z]{{3}})")


def parted(text: str) -> str:
    """The text with blanks around names of species: ``ofHelicobacter pyloriInfection`` has none."""
    text = _BEFORE.sub(" ", text)
    return _AFTER.sub(r"\1 ", _WHOLE.sub(r"\1 ", text))
