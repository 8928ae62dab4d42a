"""Citations typed where none can be woven: in a title, an attribute, a shortcode, or full-width."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from refpipe.articles import prose
from refpipe.model import Citation, Fault, Span

_TYPED = re.compile(r"[\[［][^\[\]［］\n]{0,200}?[@＠][\w{][^\[\]［］\n]{0,300}[\]］]")
_WIDE = re.compile("[［］＠]")


def faults(text: str, form: str, found: Sequence[Citation]) -> Iterator[Fault]:
    """Each bracket with a key that a reader sees and that was not read as a citation."""
    spans = [one.span for one in found]
    typed = list(_TYPED.finditer(text))
    if not any(all(not _is_in(at.start(), span) for span in spans) for at in typed):
        return
    seen = prose.read(text, form)
    for bracket in _TYPED.finditer(seen.text):
        start = seen.starts[bracket.start()]
        zone = seen.zones[bracket.start()]
        if any(_is_in(start, span) for span in spans) or "\ufffc" in bracket[0]:
            continue
        line = text.count("\n", 0, start) + 1
        if zone:
            yield Fault(
                line=line,
                message=f"{bracket[0]} stands in {zone}, where no citation can be woven;"
                " write it in the text",
            )
        elif _WIDE.search(bracket[0]):
            yield Fault(
                line=line,
                message=f"{bracket[0]} is typed with full-width signs and is not read;"
                " write [ ] and @ in half width",
            )


def _is_in(position: int, span: Span) -> bool:
    return span.start <= position < span.end
