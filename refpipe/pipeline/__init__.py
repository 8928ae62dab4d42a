"""The one-way street: an article goes in at the top and comes out at the bottom.

``text → citations → keys → works → rendering → text``; each step is a function of its own,
and no step looks back.  ``refs`` walks the whole of it, ``adopt`` builds the first mile for
a page whose list was made by hand, ``intake`` is how facts get into the library.
"""
