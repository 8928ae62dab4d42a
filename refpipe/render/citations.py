"""Numbers in the text: ``[1], [3], [4], [5]``, ``[1, p. 600]``, raised or collapsed by style."""

from __future__ import annotations

import re
from dataclasses import dataclass

from refpipe.model import CitationItem, Inline, Run
from refpipe.render.citation_layout import CitationLayout

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
"""CSL's locator terms → the short word before one and before several.

https://docs.citationstyles.org/en/stable/specification.html, "Locators"
"""

_SEVERAL = re.compile(r"\d\s*(?:[-–—,;&]|and)\s*\w*\d")
_HYPHEN = re.compile(r"(?<=\w)\s*[-–—]\s*(?=\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One work in one citation; number 0 where nobody knows the work."""

    number: int
    anchor: str
    item: CitationItem

    @property
    def is_bare(self) -> bool:
        """True if it is a number and nothing else, which alone may be collapsed."""
        item = self.item
        return bool(self.number) and not (item.prefix or item.suffix or item.locator)


def citation(mentions: list[Mention], layout: CitationLayout) -> Inline:
    """One citation as runs: numbers lead to their entries, each mention can be led to."""
    if layout.is_sorted:
        mentions = sorted(mentions, key=lambda mention: (not mention.number, mention.number))
    groups = _collapsed(mentions) if layout.collapses else [[mention] for mention in mentions]
    runs: list[Run] = [Run(layout.before)]
    for at, group in enumerate(groups):
        if at:
            collapsed_before = len(groups[at - 1]) > 2
            runs.append(Run(layout.after_collapse if collapsed_before else layout.delimiter))
        runs += _group(group, layout)
    runs.append(Run(layout.after))
    marks = frozenset(("superscript",)) if layout.is_superscript else frozenset[str]()
    return tuple(
        Run(run.text, marks, run.target, run.anchor) for run in runs if run.text or run.anchor
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


def _group(group: list[Mention], layout: CitationLayout) -> list[Run]:
    """One work, or a row of them as its first and last number."""
    if len(group) == 1:
        return _one(group[0], layout)
    first, last = group[0], group[-1]
    hidden = [Run("", anchor=mention.anchor) for mention in group[1:-1]]
    return [
        *_number(first, layout.each_before + layout.number_before, ""),
        Run("–"),
        *hidden,
        *_number(last, "", layout.number_after + layout.each_after),
    ]


def _one(mention: Mention, layout: CitationLayout) -> list[Run]:
    item = mention.item
    runs = [Run(f"{item.prefix} ")] if item.prefix else []
    if not mention.number:
        return [*runs, Run("[?]"), *_suffix(item)]
    locator = _locator(item, layout)
    suffix = _suffix(item)
    inside = f"{layout.locator_before}{locator}{layout.locator_after}" if locator else ""
    runs += _number(
        mention,
        layout.each_before + layout.number_before,
        layout.number_after + inside + layout.each_after,
    )
    return [*runs, *suffix]


def _suffix(item: CitationItem) -> list[Run]:
    if not item.suffix:
        return []
    gap = "" if item.suffix[0] in ",.;:)]、。，；" else " "
    return [Run(f"{gap}{item.suffix}")]


def _number(mention: Mention, before: str, after: str) -> list[Run]:
    """The number with what stands around it, all of it the link."""
    text = f"{before}{mention.number}{after}"
    return [Run(text, target=f"#ref-{mention.number}", anchor=mention.anchor)]


def _locator(item: CitationItem, layout: CitationLayout) -> str:
    """The place in the work: ``p. 600``, ``pp. 12–14``."""
    if not item.locator:
        return ""
    if item.spelled:
        return item.spelled.strip()
    text = _HYPHEN.sub("–", item.locator.strip())
    if not layout.has_label or not item.label:
        return text
    singular, plural = _TERMS.get(item.label, (item.label, item.label))
    word = plural if _SEVERAL.search(text) else singular
    if layout.drops_periods:
        word = word.replace(".", "")
    return f"{word}{layout.label_gap}{text}" if word else text
