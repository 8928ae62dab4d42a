"""How runs of one face after another open and close their tags."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from refpipe.markup.elements import BOLD, ITALIC, SUBSCRIPT, SUPERSCRIPT
from refpipe.model import Inline, Run

TAGS = {ITALIC: "i", BOLD: "b", SUPERSCRIPT: "sup", SUBSCRIPT: "sub"}
"""Face → its element, in the order in which they nest."""


def tagged(inline: Inline, write: Callable[[Run], str]) -> str:
    """The runs, each written by ``write``, between the tags of their faces."""
    return "".join(_pieces(inline, write))


def _pieces(inline: Inline, write: Callable[[Run], str]) -> Iterator[str]:
    opened: list[str] = []
    for run in inline:
        wanted = [tag for face, tag in TAGS.items() if face in run.marks]
        while not set(opened) <= set(wanted):
            yield f"</{opened.pop()}>"
        for tag in wanted:
            if tag not in opened:
                opened.append(tag)
                yield f"<{tag}>"
        yield write(run)
    while opened:
        yield f"</{opened.pop()}>"
