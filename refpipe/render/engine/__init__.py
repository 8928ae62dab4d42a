"""citeproc-py behind a wall: its style reader, locales and conditions, with the cures it needs.

Each module subclasses elements of ``citeproc.model`` and says in its docstring which fault of
the engine it cures.  Nothing outside ``refpipe.render`` imports this package, and importing it
is what costs the time of lxml: ``refpipe.render`` does so only to render an entry.
"""
