"""How long it takes to read and to weave an article of 3,000 words.

python benchmarks/articles/measure.py
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

from refpipe import articles
from refpipe.model import Article, Entry, Rendering, Run

_SENTENCE = "Magnetic resonance imaging of the lumbar spine shows herniation in many people "
_JAPANESE = "腰椎椎間板ヘルニアの診断では、画像の所見と症状とが一致しないことが少なくありません"


def article(sentence: str, paragraphs: int, per_paragraph: int, end: str) -> str:
    """A text with a citation in each paragraph."""
    body = (
        sentence * per_paragraph + f"[@doi:10.1148/radiol.{number}, p. {number}]{end}"
        for number in range(paragraphs)
    )
    return "\n\n".join((*body, "<!--bibliography-->", ""))


def rendering(read: Article) -> Rendering:
    """A number for each citation, and an entry for each number."""
    numbers = range(1, len(read.citations) + 1)
    citations = tuple((Run(f"[{n}]", target=f"#ref-{n}", anchor=f"cite-{n}-1"),) for n in numbers)
    entries = tuple(
        Entry(number=n, work_id="", label=f"[{n}]", content=(Run("Title"),), anchor=f"ref-{n}")
        for n in numbers
    )
    return Rendering(citations=citations, entries=entries)


def best(action: Callable[[], object]) -> float:
    """The best of thirty runs, in milliseconds."""
    times = []
    for _ in range(30):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def main() -> None:
    """Print the table; ``--write`` keeps it in scores.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    is_kept = parser.parse_args().write
    scores: dict[str, dict[str, float]] = {}
    texts = {
        "English, 3,000 words, 40 citations": article(_SENTENCE, 40, 6, "."),
        "Japanese, 9,000 letters, 40 citations": article(_JAPANESE, 40, 5, "。"),
        "English, 3,000 words, none": article(_SENTENCE, 40, 6, ".")
        .replace("@", "")
        .split("<!--")[0],
    }
    for name, text in texts.items():
        for path in ("a.md", "a.html"):
            read = articles.read(path, text)
            made = rendering(read)
            woven = articles.weave(read, made)
            figures = (
                best(lambda path=path, text=text: articles.read(path, text)),
                best(lambda path=path, woven=woven: articles.read(path, woven)),
                best(lambda read=read, made=made: articles.weave(read, made)),
            )
            shown = "".join(f"{figure:8.2f}" for figure in figures)
            print(f"{name:40}{path:8}{shown}  ms to read, read woven, weave")
            named = zip(("read ms", "read woven ms", "weave ms"), figures, strict=True)
            scores[f"{name}, {path}"] = {figure: round(value, 2) for figure, value in named}
    if is_kept:
        kept = json.dumps(scores, indent=2) + "\n"
        Path(__file__).with_name("scores.json").write_text(kept, encoding="utf-8")


if __name__ == "__main__":
    main()
