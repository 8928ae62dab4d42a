"""What was checked of a page, when and against whom: a small file beside it, signed by nobody.

It states what was looked at, not that the page is right; what could not be looked at is
counted apart and never as fine.
"""

from __future__ import annotations

import datetime
import hashlib
import html
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from refpipe import __version__, files, identifiers, markup
from refpipe.checks import standing
from refpipe.checks.references import seen_on
from refpipe.errors import ArticleError
from refpipe.model import REGISTRIES, Work
from refpipe.pipeline import check, lookup
from refpipe.pipeline.check import Checked, Order

_ALARMS = {"retraction": "retracted", "expression-of-concern": "concern"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One work of the page and how it stands."""

    number: int
    title: str
    identifier: str
    link: str
    verdict: str
    """``confirmed``, ``seen``, ``unconfirmed``, ``differs``, ``retracted`` or ``concern``."""
    by: tuple[str, ...] = ()
    """The registries that answered for it."""
    asked: str = ""
    """The day of the last answer, or of the look at its page; empty where there was none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was checked of one page."""

    page: str
    digest: str
    """SHA-256 of the page as it was checked."""
    day: str
    references: int
    """How many references it lists."""
    sources: tuple[Source, ...]
    unseen: tuple[str, ...]
    """The references that could not be looked at: their keys, or their numbers."""
    findings: tuple[tuple[str, int], ...]
    """Code of a rule → how often it spoke."""
    unchecked: int
    """How many findings say that something could not be checked."""

    @property
    def counts(self) -> Counter[str]:
        """Verdict → how many works have it."""
        return Counter(source.verdict for source in self.sources)

    @property
    def is_all_confirmed(self) -> bool:
        """Whether there is a work at all, each is confirmed, and nothing was left unseen."""
        return bool(self.sources) and not self.unseen and set(self.counts) == {"confirmed"}

    @property
    def is_settled(self) -> bool:
        """Whether of each work all is known that can be had: confirmed, or its own page seen."""
        is_good = self.counts.keys() <= {"confirmed", "seen"}
        return bool(self.sources) and not self.unseen and is_good

    @property
    def is_unchecked(self) -> bool:
        """Whether something could not be checked, or there was nothing to check."""
        return bool(self.unseen) or not self.references


def gather(order: Order, paths: Iterable[Path], broken: list[ArticleError]) -> Iterator[Evidence]:
    """The evidence of each page that can be read; nothing is written and nobody is asked."""
    for checked in check.check(order, check.readable(paths, broken)):
        yield _of(checked, order.today)


def write(evidence: Evidence, page: Path, lang: str, folder: Path | None) -> tuple[Path, ...]:
    """Write the JSON and the HTML beside the page; gives those that changed.

    Below ``folder`` they stand where the page stands, or pages of one name would be one.
    """
    shown = Path(evidence.page).parent
    is_inside = not shown.is_absolute() and ".." not in shown.parts
    place = page.parent if folder is None else folder / shown if is_inside else folder
    place.mkdir(parents=True, exist_ok=True)
    written = []
    for suffix, text in ((".json", as_json(evidence)), (".html", as_html(evidence, lang))):
        path = place / f"{page.name}{files.EVIDENCE}{suffix}"
        if files.write(path, text):
            written.append(path)
    return tuple(written)


def as_json(evidence: Evidence) -> str:
    """The evidence for programs."""
    whole: dict[str, Any] = {
        "page": evidence.page,
        "sha256": evidence.digest,
        "checked": evidence.day,
        "by": f"refpipe {__version__}",
        "references": evidence.references,
        "works": len(evidence.sources),
        "verdicts": dict(sorted(evidence.counts.items())),
        "not seen": list(evidence.unseen),
        "findings that could not be checked": evidence.unchecked,
        "findings": dict(evidence.findings),
        "sources": [
            {
                "number": source.number,
                "title": source.title,
                "identifier": source.identifier,
                "verdict": source.verdict,
                "by": list(source.by),
                "asked": source.asked,
            }
            for source in evidence.sources
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


_WORDS = {
    "en": {
        "heading": "What was checked of the references",
        "counted": "references: {references}, works: {works}; checked on {day} with refpipe.",
        "confirmed": "{n} confirmed by a registry (each since {asked})",
        "seen": "{n} of which only the page can be asked; it bore the title (each since {asked})",
        "unconfirmed": "{n} confirmed by nobody yet",
        "differs": "{n} printed otherwise than the registry has it",
        "retracted": "{n} retracted",
        "concern": "{n} under an expression of concern",
        "unseen": "{n} could not be looked at",
        "none": "None is known to be retracted.",
        "meaning": "This states what was checked, not that the page is right. Nobody signed it.",
        "v-confirmed": "confirmed by {by}, {asked}",
        "v-seen": "seen at its address, {asked}",
        "v-unconfirmed": "not confirmed",
        "v-differs": "differs from what {by} has",
        "v-retracted": "retracted",
        "v-concern": "expression of concern",
    },
    "ja": {
        "heading": "参考文献について確かめたこと",
        "counted": "参考文献 {references} 件、文献 {works} 点。{day} に refpipe で確認。",
        "confirmed": "登録機関が確認済み: {n} 点(どれも {asked} 以降)",
        "seen": "登録機関がなく、ページに題名があることを確認済み: {n} 点(どれも {asked} 以降)",
        "unconfirmed": "まだどこも確認していない: {n} 点",
        "differs": "登録内容と印字が異なる: {n} 点",
        "retracted": "撤回されている: {n} 点",
        "concern": "懸念が表明されている: {n} 点",
        "unseen": "確かめられなかった: {n} 件",
        "none": "撤回が知られている文献はありません。",
        "meaning": (
            "何を確かめたかの記録で、内容の正しさを保証するものではありません。署名者はいません。"
        ),
        "v-confirmed": "{by} が確認({asked})",
        "v-seen": "ページを確認({asked})",
        "v-unconfirmed": "未確認",
        "v-differs": "{by} の登録内容と異なる",
        "v-retracted": "撤回",
        "v-concern": "懸念の表明",
    },
}


def as_html(evidence: Evidence, lang: str) -> str:
    """The evidence for readers, as a page of its own."""
    words = _WORDS.get(lang, _WORDS["en"])
    lines = [f"<li>{html.escape(line)}</li>" for line in _counted(evidence, words)]
    rows = [_row(source, words) for source in evidence.sources]
    heading = words["heading"]
    counted = words["counted"].format(
        references=evidence.references, works=len(evidence.sources), day=evidence.day
    )
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{lang}"><head><meta charset="utf-8"><title>{heading}</title>',
            '<meta name="robots" content="noindex"></head><body>',
            f"<h1>{heading}</h1>",
            f"<p>{html.escape(evidence.page)}: {counted}</p>",
            "<ul>",
            *lines,
            "</ul>",
            "<ol>",
            *rows,
            "</ol>",
            f"<p>{words['meaning']}</p>",
            f"<p><small>SHA-256 {evidence.digest}</small></p>",
            "</body></html>",
            "",
        ]
    )


def summary(evidence: Evidence, lang: str) -> str:
    """The evidence in a line."""
    words = _WORDS.get(lang, _WORDS["en"])
    counted = words["counted"].format(
        references=evidence.references, works=len(evidence.sources), day=evidence.day
    )
    told = (f"{evidence.page}:", counted, "; ".join(_counted(evidence, words)))
    return " ".join(filter(None, told))


def _counted(evidence: Evidence, words: dict[str, str]) -> Iterator[str]:
    for verdict in ("confirmed", "seen", "unconfirmed", "differs", "retracted", "concern"):
        asked = [one.asked for one in evidence.sources if one.verdict == verdict and one.asked]
        if n := evidence.counts[verdict]:
            yield words[verdict].format(n=n, asked=min(asked, default="?"))
    if evidence.unseen:
        yield words["unseen"].format(n=len(evidence.unseen))
    # Silence about what nobody answered for would read like good news.
    if evidence.is_all_confirmed:
        yield words["none"]


def _row(source: Source, words: dict[str, str]) -> str:
    said = words[f"v-{source.verdict}"].format(by=", ".join(source.by), asked=source.asked)
    title = html.escape(source.title)
    linked = f'<a href="{html.escape(source.link)}">{title}</a>' if source.link else title
    return f'<li value="{source.number}">{linked}: {html.escape(said)}</li>'


def _of(checked: Checked, today: datetime.date) -> Evidence:
    context = checked.context
    keys = lookup.keys([checked.article])
    works = {context.works[key].id: context.works[key] for key in keys if key in context.works}
    unseen = [key for key in keys if key not in context.works]
    by_hand = context.legacy.references if context.legacy is not None else ()
    codes = Counter(finding.code for finding in checked.findings)
    return Evidence(
        page=checked.article.path,
        digest=hashlib.sha256(checked.file.content).hexdigest(),
        day=today.isoformat(),
        references=len(works) + len(unseen) + len(by_hand),
        sources=tuple(_source(n, work, checked) for n, work in enumerate(works.values(), 1)),
        unseen=(*unseen, *(f"[{reference.label}]" for reference in by_hand)),
        findings=tuple(sorted(codes.items())),
        unchecked=sum(finding.is_unchecked for finding in checked.findings),
    )


def _source(number: int, work: Work, checked: Checked) -> Source:
    records = [
        checked.context.records[key][0] for key in work.members if key in checked.context.records
    ]
    answered = [record for record in records if record.source in REGISTRIES]
    alarms = standing.alarms(work)
    seen = seen_on(work, records)
    verdict = "confirmed" if work.is_confirmed and answered else "seen" if seen else "unconfirmed"
    if verdict == "confirmed" and checked.context.differences.get(work.id):
        verdict = "differs"
    # The entry's address may be a newer one than that by which the work is known.
    named = next((c.identifier for c in work.claims if str(c.identifier) == work.id), None)
    sure = identifiers.page_of(work) or named
    return Source(
        number=number,
        title=markup.plain(markup.read(str(work.item.get("title") or work.name))),
        identifier=str(sure or work.id),
        link=identifiers.link(sure) if sure is not None else "",
        verdict=_ALARMS[alarms[0].kind] if alarms else verdict,
        by=tuple(dict.fromkeys(REGISTRIES[r.source] for r in answered)),
        asked=max((record.heard[:10] for record in answered), default=seen),
    )
