"""Findings as one page of HTML that needs no server: for a CI artefact or an e-mail.

Nothing on the page runs or is fetched; whatever an article or a registry said is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import count

from refpipe.checks import message, page
from refpipe.model import Finding
from refpipe.report.text import LineOf
from refpipe.visible import one_line, visible

_WORDS = {
    "en": {
        "title": "References and dates of the articles",
        "articles": "articles checked",
        "findings": "findings",
        "unchecked": "could not be checked",
        "clean": "Without findings",
        "nothing": "Nothing was checked.",
        "line": "line",
    },
    "ja": {
        "title": "記事の参考文献と日付の確認結果",
        "articles": "確認した記事",
        "findings": "指摘",
        "unchecked": "確認できなかったもの",
        "clean": "指摘のない記事",
        "nothing": "何も確認していません。",
        "line": "行",
    },
}
_STYLE = """
:root { color-scheme: light dark; }
body { font-family: system-ui, "Hiragino Sans", "Noto Sans CJK JP", Meiryo, sans-serif;
  line-height: 1.7; max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
code, pre { background: #8882; padding: 0 .3rem; } pre { white-space: pre-wrap; }
li { margin: .6rem 0; } .unchecked { border-left: 4px solid; padding-left: .6rem; }
.body { white-space: pre-wrap; }
"""


def write(
    findings: Sequence[Finding],
    checked: Sequence[str],
    failures: Sequence[str],
    lang: str,
    line_of: LineOf,
) -> Iterator[str]:
    """The page, line by line; ``failures`` say what could not be looked at, and why."""
    lang = lang if lang in _WORDS else "en"
    words = _WORDS[lang]
    by_path: dict[str, list[Finding]] = {path: [] for path in checked}
    for finding in findings:
        by_path.setdefault(finding.path, []).append(finding)
    yield f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield (
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )
    yield f"<title>{words['title']}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{words['title']}</h1>"
    yield from _figures(findings, checked, failures, words)
    number = count(1)
    for path, found in by_path.items():
        if found:
            yield from _article(path, found, lang, line_of, next(number))
    yield from _clean([path for path, found in by_path.items() if not found], words)
    yield "</main>\n</body>\n</html>"


def _figures(
    findings: Sequence[Finding],
    checked: Sequence[str],
    failures: Sequence[str],
    words: dict[str, str],
) -> Iterator[str]:
    unchecked = sum(one.is_unchecked for one in findings) + len(failures)
    if not checked:
        yield f'<p class="unchecked"><strong>{words["nothing"]}</strong></p>'
    yield (
        f"<p>{words['articles']}: {len(checked)} / {words['findings']}: {len(findings)}"
        f" / {words['unchecked']}: {unchecked}</p>"
    )
    if failures:
        yield f"<h2>{words['unchecked']}</h2>\n<ul>"
        yield from (f'<li class="unchecked">{_safe(one)}</li>' for one in failures)
        yield "</ul>"


def _article(
    path: str, found: Sequence[Finding], lang: str, line_of: LineOf, number: int
) -> Iterator[str]:
    yield f'<section aria-labelledby="article-{number}">'
    yield f'<h2 id="article-{number}">{_safe(path)} ({len(found)})</h2>\n<ol>'
    for finding in found:
        yield from _finding(finding, lang, line_of)
    yield "</ol>\n</section>"


def _finding(finding: Finding, lang: str, line_of: LineOf) -> Iterator[str]:
    words, explained = _WORDS[lang], page(finding.code).words(lang)
    mark = f" <strong>{words['unchecked']}</strong>" if finding.is_unchecked else ""
    kind = ' class="unchecked"' if finding.is_unchecked else ""
    place = f"{words['line']} {finding.line}"
    said = _safe(message(finding, lang))
    yield f"<li{kind}><code>{finding.code}</code> {place}: {said}{mark}"
    if shown := line_of(finding.path, finding.line).strip():
        yield f"<pre>{_safe(shown[:_LONGEST])}</pre>"
    yield f"<details><summary>{_safe(explained.summary)}</summary>"
    yield f'<p class="body">{escape(visible(explained.body))}</p></details></li>'


_LONGEST = 400
"""Signs of an article's line that are shown."""


def _clean(paths: Sequence[str], words: dict[str, str]) -> Iterator[str]:
    if paths:
        yield f"<details><summary>{words['clean']} ({len(paths)})</summary>\n<ul>"
        yield from (f"<li>{_safe(path)}</li>" for path in paths)
        yield "</ul></details>"


def _safe(text: str) -> str:
    return escape(one_line(text))
