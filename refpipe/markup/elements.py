"""The elements that titles in registries are written with, and what they mean.

From JATS (https://jats.nlm.nih.gov/publishing/tag-library/1.3/), the face markup that Crossref
accepts (https://www.crossref.org/documentation/schema-library/markup-guide-metadata-segments/face-markup/)
and HTML.  A name that is not here is no markup: ``<La captive>`` is the title of a film.
"""

from __future__ import annotations

ITALIC, BOLD, SUPERSCRIPT, SUBSCRIPT = "italic", "bold", "superscript", "subscript"

MARKS = {
    "i": ITALIC, "em": ITALIC, "italic": ITALIC, "emph": ITALIC, "cite": ITALIC,
    "b": BOLD, "strong": BOLD, "bold": BOLD,
    "sup": SUPERSCRIPT, "superscript": SUPERSCRIPT,
    "sub": SUBSCRIPT, "inf": SUBSCRIPT, "subscript": SUBSCRIPT,
}  # fmt: skip
"""Element → the face it gives its text."""

PLAIN = frozenset(
    """
    scp sc smallcaps small-caps u underline ovl overline strike s tt monospace roman sans-serif
    span font small big nobr a ext-link uri email named-content styled-content abbrev
    inline-formula formula alternatives title p sec article-title subtitle trans-title div
    nowrap bdi bdo q
    """.split()  # noqa: SIM905
)
"""Elements of which only the text is kept."""

SPACE = frozenset(
    """
    br break hr p div sec
    """.split()  # noqa: SIM905
)
"""Elements that part words."""

SKIPPED = frozenset(
    """
    fn xref inline-graphic graphic img script style annotation annotation-xml mphantom
    mprescripts none
    """.split()  # noqa: SIM905
)
"""Elements whose text is no part of a title."""

MATH = frozenset(
    """
    math mrow mi mn mo mtext ms msup msub msubsup munder mover munderover mfrac msqrt mroot
    mfenced mmultiscripts mprescripts none mspace mstyle mpadded mphantom semantics annotation
    annotation-xml mtable mtr mtd menclose merror maction mglyph maligngroup malignmark
    mlabeledtr
    """.split()  # noqa: SIM905
)
"""MathML 3 presentation elements (https://www.w3.org/TR/MathML3/chapter3.html)."""

PREFIXES = ("jats:", "mml:", "m:", "xhtml:", "html:", "ns2:", "ns3:", "ns4:")

TEX = frozenset({"tex", "tex-math"})
"""Elements whose text is TeX."""

KNOWN = frozenset(MARKS) | PLAIN | SPACE | SKIPPED | MATH | TEX


def local(name: str) -> str:
    """The element's name without its prefix, in lower case; empty for one that is no markup."""
    lowered = name.lower()
    for prefix in PREFIXES:
        lowered = lowered.removeprefix(prefix)
    return lowered if lowered in KNOWN else ""
