"""Records of libraries' catalogues as items: the National Diet Library's, CiNii's, the Library
of Congress's and Open Library's.

A catalogue describes a book as its title page does; ``responsibility`` reads who did what,
``imprint`` the date, the pages and the edition.
"""
