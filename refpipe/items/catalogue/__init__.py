"""Records of libraries' catalogues and of the book trade as items.

A catalogue describes a book as its title page does; ``title_page`` reads who did what, the date,
the pages and the edition.
"""
