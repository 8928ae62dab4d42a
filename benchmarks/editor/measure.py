"""Measure the language server at size, beside another one where it is there.

    python benchmarks/editor/measure.py [--works 10000] [--peer PROGRAM] [--write]

A library of so many works, one page with forty citations; milliseconds are the median of nine
requests, each for other words, over the protocol.  ``--peer`` names the program ``panache``
(PyPI: panache-cli), which gets the same works as a BibTeX file.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks" / "library")]

import perturbed  # noqa: E402
from editor import Editor  # noqa: E402

from refpipe.library import Library  # noqa: E402

SCORES = Path(__file__).with_name("scores.json")
WORDS = ("disc", "stroke", "diab", "canc", "trial", "lumb", "child", "2015", "pain")
CITED = 40


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--works", type=int, default=10_000)
    parser.add_argument("--peer", default="")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        keys = build(root, asked.works)
        command = [sys.executable, "-m", "refpipe", "lsp"]
        figures = {"refpipe": measure(root, command, keys)}
        if asked.peer:
            names = move_out(root)
            figures["panache"] = measure(root, [str(Path(asked.peer).absolute()), "lsp"], names)
    print(json.dumps(figures, indent=2))
    if asked.write:
        kept = json.loads(SCORES.read_text(encoding="utf-8")) if SCORES.exists() else {}
        kept[str(asked.works)] = figures
        SCORES.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def build(root: Path, works: int) -> list[str]:
    """A project with so many works; gives the names of those that the page cites."""
    (root / "refpipe.toml").write_text('articles = ["text"]\nlang = "en"\n', encoding="utf-8")
    (root / "text").mkdir()
    with Library.open(root / "library.db", create=True) as library:
        portion = []
        for record in perturbed.records(works):
            portion.append(record)
            if len(portion) == 5000:
                library.add(portion, heard="")
                portion = []
        library.add(portion, heard="")
        return list(library.names("", CITED))


def move_out(root: Path) -> list[str]:
    """The same works as BibTeX; gives the keys of those that the page cites."""
    bib = root / "text" / "refs.bib"
    export = [sys.executable, "-m", "refpipe", "export", "--format", "bibtex"]
    with bib.open("wb") as stream:
        subprocess.run(export, cwd=root, stdout=stream, check=True)
    lines = bib.read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line.startswith("@")]
    return [line.partition("{")[2].rstrip(", \n") for line in entries[:CITED]]


def measure(root: Path, command: list[str], keys: list[str]) -> dict[str, float]:
    cited = "".join(f"The {number}th sentence [@{key}].\n\n" for number, key in enumerate(keys))
    head = "---\ntitle: A\nbibliography: refs.bib\n---\n\n"
    text = f"{head}{cited}# References\n\n<!--bibliography-->\n\n"
    page = root / "text" / "page.md"
    page.write_text(text, encoding="utf-8")
    started = time.perf_counter()
    with Editor(root, command=command, options={"delay": 0}) as editor:
        figures = {"start_ms": since(started)}
        started = time.perf_counter()
        uri = editor.open(page)
        editor.wait_for_findings(uri)
        figures["first_findings_ms"] = since(started)
        time.sleep(3)
        figures["findings_ms"] = findings(editor, uri, text)
        figures |= completion(editor, uri, text)
        line = head.count("\n")
        column = len("The 0th sentence [@") + 1
        hover = [timed(lambda i=i: editor.at("hover", uri, line + 2 * i, column)) for i in range(9)]
        figures["hover_ms"] = statistics.median(hover)
        figures["memory_mb"] = memory(editor.process)
    return figures


def findings(editor: Editor, uri: str, text: str) -> float:
    """From a keystroke to the findings, without the delay that waits for the next keystroke."""

    def change(number: int) -> None:
        editor.change(uri, text + "x" * number)
        editor.wait_for_findings(uri)

    return statistics.median([timed(lambda i=i: change(i)) for i in range(1, 6)])


def completion(editor: Editor, uri: str, text: str) -> dict[str, float]:
    times, most = [], 0
    for word in WORDS:
        typed = f"{text}And [@{word}"
        editor.change(uri, typed)
        line = typed.count("\n")

        def ask(line: int = line, word: str = word) -> Any:
            return editor.at("completion", uri, line, len(f"And [@{word}"))

        times.append(timed(ask))
        answer = ask()
        items = answer["items"] if isinstance(answer, dict) else answer or []
        most = max(most, len(items))
    return {"completion_ms": statistics.median(times), "completion_items": most}


def timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return since(started)


def since(started: float) -> float:
    return round(1000 * (time.perf_counter() - started), 1)


def memory(process: int) -> int:
    """The server's own memory in MB."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / 1024)
    return 0


if __name__ == "__main__":
    main()
