"""What is compared, never shown: titles, names, containers and places, folded."""

from __future__ import annotations

from refpipe.normalise.containers import Host, container, container_words, host
from refpipe.normalise.places import Pages, Volume, from_roman, issue, pages, volume
from refpipe.normalise.text import GREEK, Name, address, doi, fold, name, squeeze, unmarked
from refpipe.normalise.titles import HEADING_WORDS, Title, number_of, original_title, title

__all__ = [
    "GREEK",
    "HEADING_WORDS",
    "Host",
    "Name",
    "Pages",
    "Title",
    "Volume",
    "address",
    "container",
    "container_words",
    "doi",
    "fold",
    "from_roman",
    "host",
    "issue",
    "name",
    "number_of",
    "original_title",
    "pages",
    "squeeze",
    "title",
    "unmarked",
    "volume",
]
