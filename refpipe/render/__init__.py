"""Citations, works and a style → the text that is printed.

``Style.parse`` reads a style, ``render`` numbers an article, ``entry`` prints one item.  The
engine, citeproc-py, is behind ``refpipe.render.engine`` and is imported when the first entry is
really rendered and not before: a run that finds all its entries remembered never waits for it.
"""

from refpipe.render.entries import EntryResult, entry, entry_key
from refpipe.render.numbering import render
from refpipe.render.style import Style

__all__ = ["EntryResult", "Style", "entry", "entry_key", "render"]
