"""Articles to renderings: numbers by first mention, citations, the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from refpipe.model import (
    Article,
    Citation,
    Entry,
    Inline,
    Item,
    Rendering,
    RenderingWarning,
    Work,
)
from refpipe.render.citations import Mention, citation
from refpipe.render.entries import EntryResult
from refpipe.render.entries import entry as render_entry
from refpipe.render.style import Style


@dataclass(slots=True)
class _Numbers:
    """Which work has which number, and where it was mentioned."""

    works: Mapping[str, Work]
    given: dict[str, int] = field(default_factory=dict)
    order: list[Work] = field(default_factory=list)
    mentions: dict[str, list[str]] = field(default_factory=dict)

    def number(self, key: str) -> int:
        """The number of the work with this key, given to it now if it had none; 0 for no work."""
        work = self.works.get(key)
        if work is None:
            return 0
        if work.id not in self.given:
            self.order.append(work)
            self.given[work.id] = len(self.order)
            self.mentions[work.id] = []
        return self.given[work.id]

    def anchor(self, key: str) -> str:
        """The anchor of one more mention of a work that has a number."""
        work_id = self.works[key].id
        anchors = self.mentions[work_id]
        anchors.append(f"cite-{self.given[work_id]}-{len(anchors) + 1}")
        return anchors[-1]


def render(
    article: Article,
    works: Mapping[str, Work],
    style: Style,
    *,
    entry: Callable[[Item], EntryResult] | None = None,
) -> Rendering:
    """The article's citations and list; ``works`` is keyed as the author typed.

    ``entry`` may stand for the engine, to remember entries between runs.  Numbers follow first
    mention; works that are only listed come after, in the order written.
    """
    numbers = _Numbers(works)
    citations = tuple(_citation(cited, numbers, style) for cited in article.citations)
    for bibliography in article.bibliographies:
        for item in bibliography.uncited:
            numbers.number(item.key)
    entries: list[Entry] = []
    warnings: list[RenderingWarning] = []
    for number, work in enumerate(numbers.order, 1):
        result = entry(work.item) if entry is not None else render_entry(work.item, style)
        warnings += [RenderingWarning(work_id=work.id, message=text) for text in result.warnings]
        entries.append(
            Entry(
                number=number,
                work_id=work.id,
                label=f"{style.label[0]}{number}{style.label[1]}",
                content=result.content,
                anchor=f"ref-{number}",
                backlinks=tuple(numbers.mentions[work.id]),
            )
        )
    return Rendering(citations=citations, entries=tuple(entries), warnings=tuple(warnings))


def _citation(cited: Citation, numbers: _Numbers, style: Style) -> Inline:
    """One bracket; every mention of a known work gets an anchor of its own."""
    mentions: list[Mention] = []
    for item in cited.items:
        number = numbers.number(item.key)
        anchor = numbers.anchor(item.key) if number else ""
        work = numbers.works[item.key].item if number else {}
        mentions.append(Mention(number=number, anchor=anchor, item=item, work=work))
    return citation(mentions, style)
