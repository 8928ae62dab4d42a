"""Every error that refpipe raises, as one tree.

An expected outcome is a value (``Unresolved``, ``possible``, ``Finding``).  An error here
means that this run cannot go on with this thing; it names the thing and the next step, is
caught at a door, and is shown once without a traceback.

::

    RefpipeError
    ├── UsageError            the command line or the configuration asks for something impossible
    │   └── UnknownStyle      no style of that name; the near ones are listed
    ├── ArticleError          an article cannot be read or written
    │   └── ArticleChanged    it changed on disk while we worked; it was not overwritten
    ├── LibraryError          library.db cannot be used
    │   ├── LibraryMissing    there is none where it was looked for
    │   ├── LibraryDamaged    it is no database, or not one of ours
    │   ├── LibraryTooNew     a newer refpipe wrote it
    │   └── LibraryBusy       another refpipe holds it
    ├── UnreadableText        a file or line that a reader cannot make sense of
    ├── RetractionDataError   the data on retractions are not here, or cannot be used
    └── NetworkError          nobody could be asked

``LibraryNotice`` is no error: a warning by which the library informs the calling program.
"""

from __future__ import annotations


class RefpipeError(Exception):
    """The root; ``str()`` is one sentence on what failed, ``hint`` what to do next."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(RefpipeError):
    """The command line or the configuration asks for something impossible."""


class UnknownStyle(UsageError):
    """No style of that name."""


class ArticleError(RefpipeError):
    """An article cannot be read or written."""


class ArticleChanged(ArticleError):
    """The article changed on disk while we worked; it was not overwritten."""


class LibraryError(RefpipeError):
    """``library.db`` cannot be used."""


class LibraryMissing(LibraryError):
    """There is no library where it was looked for."""


class LibraryDamaged(LibraryError):
    """The file is no database, or not one of ours."""


class LibraryTooNew(LibraryError):
    """A newer refpipe wrote the library."""


class LibraryBusy(LibraryError):
    """Another refpipe holds the library."""


class LibraryNotice(UserWarning):
    """Something about the library that a person should know and that stops nothing."""


class UnreadableText(RefpipeError):
    """A file or line that a reader cannot make sense of."""


class RetractionDataError(RefpipeError):
    """The data on retractions are not on this machine, or cannot be used."""


class NetworkError(RefpipeError):
    """Nobody could be asked."""
