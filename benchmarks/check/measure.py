"""How fast refpipe check is, and how much memory it takes, on made-up articles.

Run: python benchmarks/check/measure.py [--articles 1000]
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from refpipe.library import Library

WORDS, ENGLISH = (
    line.split()
    for line in (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines()
)
CONTENT = (
    "調査は2022年11月~12月に行いました。",
    "料金は約5,000〜15,000円です。",
    "電話は03-0000-0000です。",
    "2026年2月11日(水・祝)は休診です。",
    "doi:10.1148/radiol.2372041509 を参照。",
)


def japanese(chance: random.Random) -> str:
    """An article of about 3,000 words in Japanese, with dates and citations."""
    lines = ["---", "title: 腰痛", "date: 2026-02-10", "---", "# 腰痛", "公開日：2026年2月10日", ""]
    for _ in range(50):
        sentence = "は".join(chance.choice(WORDS) for _ in range(60)) + "。"
        lines += [sentence + chance.choice(CONTENT), ""]
    lines += [
        f"軽くなる [@work{chance.randint(1, 40)}]。",
        "",
        "## 参考文献",
        "",
        "<!--bibliography-->",
    ]
    return "\n".join(lines) + "\n"


def english(chance: random.Random) -> str:
    """An article of about 3,000 words in English."""
    lines = ["# Back pain", "", "Published: 10 February 2026", ""]
    for _ in range(30):
        words = " ".join(chance.choice(ENGLISH) for _ in range(100))
        lines += [f"{words.capitalize()} in {chance.randint(1990, 2025)} (p < 0.05).", ""]
    return "\n".join(lines) + "\n"


def references(chance: random.Random) -> str:
    """The Japanese article with a hand-made list of ten references instead."""
    listed = []
    for number in range(1, 11):
        title = " ".join(chance.choice(ENGLISH) for _ in range(9)).capitalize()
        place = (
            f"{chance.randint(1990, 2024)};{number}({chance.randint(1, 12)}):{number}00-{number}09"
        )
        listed.append(f"[{number}] Boos N, Semmer N. {title}. Spine. {place}.")
    article = japanese(chance)
    return article[: article.index("<!--bib")] + "\n".join(listed) + "\n"


def measure(write: object, count: int) -> dict[str, dict[str, float]]:
    """What a first run over ``count`` articles takes, and a second one that finds no change."""
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "refpipe.toml").write_text('articles = ["."]\n', encoding="utf-8")
        # Without a library a citation could not be checked, and so nothing would be remembered.
        Library.open(folder / "library.db", create=True).close()
        for number in range(count):
            (folder / f"{number:04}.md").write_text(write(chance), encoding="utf-8")
        return {"first": run(folder, count), "unchanged": run(folder, count)}


def run(folder: Path, count: int) -> dict[str, float]:
    """Seconds of processor time and peak memory of one run in the folder."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "refpipe", "check", ".", "--ignore", "CIT001", "--exit-zero"],
        check=False,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "articles": count,
        "processor_seconds": round(seconds, 2),
        "wall_seconds": round(wall, 2),
        "peak_mb": round(after.ru_maxrss / 1024, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    count = asked.articles
    scores = {
        "japanese, few": measure(japanese, max(1, count // 10)),
        "japanese": measure(japanese, count),
        "english": measure(english, count),
        "japanese with hand-made lists": measure(references, count),
    }
    print(json.dumps(scores, ensure_ascii=False, indent=1))
    if asked.write:
        path = Path(__file__).with_name("scores.json")
        kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        path.write_text(json.dumps(kept | scores, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
