"""Whether the works in the file are what *this* program makes of the facts.

Readers, merging and blocks get better, and works made by an older program then differ from what
the facts come to.  The file's header therefore keeps a stamp of the program that made them: a
writer makes the works anew before it adds to them, a reader goes on and says so.
"""

from __future__ import annotations

import warnings
import zlib

import refpipe
from refpipe import schema
from refpipe.errors import LibraryNotice
from refpipe.library import opening
from refpipe.library.connection import Connection

PROJECTION = 10
"""Raised by hand with every change by which the same facts give other works, words or blocks."""


def current() -> int:
    """The stamp of this program; never 0, which is that of a library without one."""
    told = f"{refpipe.__version__} {PROJECTION}".encode()
    return zlib.crc32(told) % ((1 << schema.STAMP_BITS) - 1) + 1


def is_current(opened: Connection) -> bool:
    """Whether this program made the works."""
    return opening.stamp(opened) == current()


def put(opened: Connection) -> None:
    """Write this program's stamp; a part of the transaction that made the works."""
    if not is_current(opened):
        opening.set_stamp(opened, current())


def is_empty(opened: Connection) -> bool:
    """Whether there are no facts, and so no works that could be stale."""
    return not opened.rows("SELECT 1 FROM records UNION ALL SELECT 1 FROM decisions LIMIT 1")


def tell_of_rebuilding(opened: Connection) -> None:
    """Say, before it is done, that the works are made anew."""
    text = f"{opened.path}: another version of refpipe made its works; making them anew"
    warnings.warn(LibraryNotice(text), stacklevel=3)


def tell_of_staleness(opened: Connection) -> None:
    """Say that what is read was made by another program, and how to mend it."""
    text = (
        f"{opened.path}: another version of refpipe made its works, and this one may read"
        " some differently; refpipe db rebuild makes them anew"
    )
    warnings.warn(LibraryNotice(text), stacklevel=3)
