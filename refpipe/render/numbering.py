"""An article's numbers and list: which work has which number, and how citations write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from refpipe import markup
from refpipe.lifetimes import lazy
from refpipe.model import (
    Article,
    Citation,
    CitationItem,
    Entry,
    Inline,
    Item,
    Rendering,
    RenderingWarning,
    Run,
    Work,
)
from refpipe.render.entries import EntryResult
from refpipe.render.entries import entry as render_entry
from refpipe.render.style import CitationLayout, Style

# ── Articles to renderings: numbers by first mention, citations, the list ───────────────────────


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


# ── one citation ─────────────────────────────────────────────────────────────────────────────────
# Numbers in the text: ``[2], [4]–[7], [9]``, ``[1, p. 600]``, raised or collapsed by style.


_TERMS = {
    "act": ("act", "acts"), "appendix": ("app.", "apps."), "article": ("art.", "arts."),
    "book": ("bk.", "bks."), "canon": ("can.", "cans."), "chapter": ("ch.", "chs."),
    "column": ("col.", "cols."), "elocation": ("loc.", "locs."), "equation": ("eq.", "eqs."),
    "figure": ("fig.", "figs."), "folio": ("fol.", "fols."), "issue": ("no.", "nos."),
    "line": ("l.", "ll."), "note": ("n.", "nn."), "opus": ("op.", "opp."),
    "page": ("p.", "pp."), "paragraph": ("para.", "paras."), "part": ("pt.", "pts."),
    "rule": ("r.", "rr."), "scene": ("sc.", "scs."), "section": ("sec.", "secs."),
    "sub-verbo": ("s.v.", "s.vv."), "supplement": ("suppl.", "suppls."),
    "table": ("tbl.", "tbls."), "timestamp": ("", ""), "title": ("tit.", "tits."),
    "verse": ("v.", "vv."), "version": ("v.", "v."), "volume": ("vol.", "vols."),
}  # fmt: skip
"""CSL's locator terms → the short word before one and before several, for a style that says
nothing of places: what an author typed is printed, whatever the style forgot.

https://docs.citationstyles.org/en/stable/specification.html, "Locators"
"""

_SEVERAL = lazy(r"\d\s*(?:[-–—,;&]|and)\s*\w*\d")
_HYPHEN = lazy(r"(?<=\w)\s*[-–—]\s*(?=\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One work in one citation; number 0 where nobody knows the work."""

    number: int
    anchor: str
    item: CitationItem
    work: Item = field(default_factory=dict)
    """The work itself, for the few styles that print more than its number."""

    @property
    def is_bare(self) -> bool:
        """True if it is a number and nothing else, which alone may be collapsed."""
        item = self.item
        return bool(self.number) and not (item.prefix or item.suffix or item.locator)


def citation(mentions: list[Mention], style: Style) -> Inline:
    """One citation as runs: numbers lead to their entries, each mention can be led to."""
    layout = style.citation
    has_words = any(mention.item.prefix or mention.item.suffix for mention in mentions)
    if layout.is_sorted and not has_words:  # "see [4] but also [2]" would change its meaning.
        mentions = sorted(mentions, key=lambda mention: (not mention.number, mention.number))
    groups = _collapsed(mentions) if layout.collapses else [[mention] for mention in mentions]
    runs: list[Run] = [Run(layout.before)]
    for at, group in enumerate(groups):
        if at:
            runs.append(Run(layout.delimiter))
        runs += _group(group, style)
    runs.append(Run(layout.after))
    return tuple(
        replace(run, marks=run.marks | layout.marks) for run in runs if run.text or run.anchor
    )


def _collapsed(mentions: list[Mention]) -> list[list[Mention]]:
    """The mentions in groups; three or more numbers in a row are one group."""
    groups: list[list[Mention]] = []
    row: list[Mention] = []

    def close() -> None:
        groups.extend([row] if len(row) > 2 else [[mention] for mention in row])

    for mention in mentions:
        if row and mention.is_bare and row[-1].is_bare and mention.number == row[-1].number + 1:
            row.append(mention)
            continue
        close()
        row = [mention]
    close()
    return groups


def _group(group: list[Mention], style: Style) -> list[Run]:
    """One work, or a row of them as its first and last number."""
    if len(group) == 1:
        return _one(group[0], style)
    hidden = [Run("", anchor=mention.anchor) for mention in group[1:-1]]
    return [*_one(group[0], style), Run("–"), *hidden, *_one(group[-1], style)]


def _one(mention: Mention, style: Style) -> list[Run]:
    """One work between what the author typed before and behind it."""
    item = mention.item
    before = _words(f"{item.prefix} ") if item.prefix else []
    if not mention.number:
        return [*before, Run("[?]"), *_suffix(item)]
    layout = style.citation
    is_ours = layout.is_plain and not (item.locator and layout.has_locator)
    return [*before, *(_number(mention, layout) if is_ours else _cite(mention, style)),
            *_suffix(item)]  # fmt: skip


def _suffix(item: CitationItem) -> list[Run]:
    if not item.suffix:
        return []
    is_close = item.suffix[0] in ",.;:)]、。，；" or item.suffix.startswith(("^[", "[^"))
    return _words(item.suffix if is_close else f" {item.suffix}")


def _words(text: str) -> list[Run]:
    """What an author typed; formulas, emphasis, code and footnotes stay in her own marks."""
    runs: list[Run] = []
    end = 0
    for typed in markup.AS_TYPED.finditer(text):
        runs += (Run(text[end : typed.start()]), Run(typed[0], frozenset((markup.TYPED,))))
        end = typed.end()
    return [run for run in (*runs, Run(text[end:])) if run.text]


def _number(mention: Mention, layout: CitationLayout) -> list[Run]:
    """The number with what stands around it, all of it the link."""
    place = _place(mention.item)
    before = layout.each_before + layout.number_before
    after = layout.number_after + (f", {place}" if place else "") + layout.each_after
    number = str(mention.number)
    parts = [(before + number + after, frozenset[str]())]
    if layout.number_marks:
        parts = [(before, frozenset()), (number, layout.number_marks), (after, frozenset())]
    runs = [Run(text, marks, f"#ref-{number}") for text, marks in parts if text]
    return [replace(runs[0], anchor=mention.anchor), *runs[1:]]


def _place(item: CitationItem) -> str:
    """The place in the work: ``p. 600``, ``pp. 12–14``."""
    if not item.locator:
        return ""
    if item.spelled:
        return item.spelled.strip()
    text = _HYPHEN.sub("–", item.locator.strip())
    singular, plural = _TERMS.get(item.label, (item.label, item.label))
    word = plural if _SEVERAL.search(text) else singular
    return f"{word} {text}" if word else text


def _cite(mention: Mention, style: Style) -> list[Run]:
    """One work as the style's own elements write it, by the engine."""
    # Imported here: numbers alone, which most citations are, need not wait for the engine.
    from refpipe.render.engine import load
    from refpipe.render.engine.pieces import Cite, settle
    from refpipe.render.prepare import reference

    item = mention.item
    cite = Cite(
        number=str(mention.number),
        locator=item.spelled.strip() or item.locator.strip(),
        label=item.label or "page",
        is_spelled=bool(item.spelled),
    )
    loaded = load(style.csl, style.default_locale)
    runs = settle(loaded.cite(reference(mention.work)[0], cite), loaded.quotes)
    if not runs:
        return _number(mention, style.citation)
    linked = [replace(run, target=f"#ref-{mention.number}") for run in runs]
    return [replace(linked[0], anchor=mention.anchor), *linked[1:]]
