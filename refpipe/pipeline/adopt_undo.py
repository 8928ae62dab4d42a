"""What is remembered of an adopted page, and its hand-made list given back.

The memory is part of the cache: it may be deleted at any time, and then an adoption is undone by
the page's own history.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from refpipe import articles, files
from refpipe.model import Article, Citation
from refpipe.pipeline.adopt import Adoption


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """The page as it was before, or why it cannot be given back."""

    text: str
    refusal: str = ""


def remember(cache: Path, adoption: Adoption, after: str) -> None:
    """Keep what an adopted page was, in the cache's folder."""
    if adoption.plan is None:
        return
    memory = {
        "before": adoption.file.text,
        "after": after,
        "list": adoption.plan.found.span.of(adoption.file.text),
        "labels": {entry.key: entry.label for entry in reversed(adoption.references)},
    }
    place = _place(cache, adoption.file.path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(memory, ensure_ascii=False), encoding="utf-8", newline="")


def undo(cache: Path, file: files.File, shown: str) -> Undone:
    """The page with its hand-made list: byte for byte where nobody has edited it since.

    In an edited page the list takes its old place back, and each citation the number that the
    list gives its work; a citation of a work that the list does not hold is a refusal.
    """
    text = file.text
    try:
        memory = json.loads(_place(cache, file.path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        refusal = (
            "nothing is remembered of a hand-made list here; the page's own history"
            " (git log, a backup) has it"
        )
        return Undone(text=text, refusal=refusal)
    if text == memory["after"]:
        return Undone(text=memory["before"])
    return _edited(articles.read(shown, text), memory["list"], memory["labels"])


def _edited(article: Article, printed: str, labels: dict[str, str]) -> Undone:
    text = article.text
    if len(article.bibliographies) != 1:
        return Undone(text=text, refusal="it has no managed list, or more than one")
    unknown = [one for one in article.citations if not {i.key for i in one.items} <= set(labels)]
    if unknown:
        told = [
            f"{article.path}:{one.line}: [{one.typed}] cites a work that the old list does not hold"
            for one in unknown
        ]
        return Undone(text=text, refusal="\n  ".join(["", *told]))
    edits = [(one.span, _numbered(one, labels)) for one in article.citations]
    edits.append((article.bibliographies[0].span, printed))
    for span, new in sorted(edits, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return Undone(text=text)


def _numbered(citation: Citation, labels: dict[str, str]) -> str:
    """The citation as the old list would have it: ``[1, 3]``, ``[2, p. 12]``."""
    shown: list[str] = []
    for item in citation.items:
        shown.append(labels[item.key])
        if item.locator:
            label = "p." if item.label == "page" else item.label
            shown.append(item.spelled or f"{label} {item.locator}")
    return f"[{', '.join(shown)}]"


def _place(cache: Path, path: Path) -> Path:
    digest = hashlib.sha256(str(path.absolute()).encode("utf-8", "surrogateescape")).hexdigest()
    return cache / "adoptions" / f"{digest[:24]}.json"
