"""Written dates and lines of pages, each with what must be said of it: files under cases/dates."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from refpipe import articles, checks, dates

CASES = Path(__file__).parent / "cases" / "dates"
TODAY = datetime.date(2026, 6, 15)


def rows(name: str) -> list[list[str]]:
    text = (CASES / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


def found(path: str, text: str) -> list[str]:
    article = articles.read(path, text)
    context = checks.Context(today=TODAY)
    findings = checks.run(article, context, select=["DATE"])
    return [f"{finding.line}:{finding.code}" for finding in findings]


def test_every_written_date_reads_as_it_must() -> None:
    wrong = []
    for text, value, *faults in rows("readings.txt"):
        reading = dates.read(text)
        told = [str(reading.value or "-"), *(fault.kind.value for fault in reading.faults)]
        if told != [value, *faults]:
            wrong.append((text, told))
    assert wrong == []


def test_every_fault_is_found_at_its_line_with_its_code() -> None:
    wrong = []
    for expected, text in rows("findings.txt"):
        page = text.replace("\\n", "\n") + "\n"
        for path in ("page.md",) if is_markdown_only(page) else ("page.md", "page.html"):
            told = ",".join(found(path, page))
            if told != expected:
                wrong.append((path, text, told))
    assert wrong == []


def is_markdown_only(page: str) -> bool:
    return page.startswith(("---", "+++", "**", "| ", "- ", "> "))


@pytest.mark.parametrize("path", ["page.md", "page.html"])
def test_no_line_without_fault_is_found_fault_with(path: str) -> None:
    lines = (CASES / "clean.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 200
    assert [(line, said) for line in lines if (said := found(path, line + "\n"))] == []
    assert found(path, "\n".join(lines)) == []


def test_there_are_as_many_cases_as_were_asked_for() -> None:
    assert len(rows("readings.txt")) + len(rows("findings.txt")) >= 300
