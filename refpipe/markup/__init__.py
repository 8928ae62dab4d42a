"""Titles with tags, entities, JATS or MathML: read once, written in any form.

``read`` gives rich text that knows no syntax; ``to_csl``, ``plain``, ``html`` and ``markdown``
write it.  ``clean`` is the form in which a registry's string enters an item.
"""

from __future__ import annotations

import re

from refpipe.markup.rich_text import read, tidy
from refpipe.markup.tags import AS_TYPED, TYPED, html, markdown, to_csl
from refpipe.model import Inline

__all__ = ["AS_TYPED", "TYPED", "clean", "html", "markdown", "plain", "read", "tidy", "to_csl"]


def plain(inline: Inline) -> str:
    """The bare text.

    >>> plain(read('CO<sub>2</sub> &amp; water'))
    'CO2 & water'
    """
    return "".join(run.text for run in inline)


def clean(raw: str) -> str:
    """A registry's string with the four tags of CSL and nothing else; cleaning twice is once.

    >>> clean('Role of <jats:italic>H. pylori</jats:italic> &amp;amp; ulcers')
    'Role of <i>H. pylori</i> & ulcers'
    """
    if _PLAIN.fullmatch(raw):
        return " ".join(raw.split())
    return to_csl(read(raw))


_PLAIN = re.compile(r"[A-Za-z0-9 .,:;()'/?!%=+-]*")
"""Signs of which none can be markup: most fields of most records hold nothing else."""
