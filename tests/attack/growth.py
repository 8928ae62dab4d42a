"""How the time of a reader grows with what it reads, on texts that somebody made to hurt.

``exponent`` doubles a text until reading it takes long enough to be measured, and compares the
last two sizes: 1 is linear, 2 a square.  Run as a script it prints what grows faster than it may.
"""

# ruff: noqa: E501

from __future__ import annotations

import datetime
import gc
import json
import math
import random
import signal
import string
import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType

from refpipe import articles, checks, dates, identifiers, items, markup, match, normalise
from refpipe.articles import lists, weaving
from refpipe.articles.lists import pasted
from refpipe.articles.unmanaged import unmanaged
from refpipe.display import visible
from refpipe.items import exchange, printed
from refpipe.match import agreement
from refpipe.model import Identifier, Record, Scheme
from refpipe.normalise import containers
from refpipe.pipeline.site import published
from refpipe.render import entries
from refpipe.sources import landing_page, page_notices
from refpipe.styles import load

Reader = Callable[[str], object]

LARGEST = 32_000
"""Characters of the longest text that is tried."""
MEASURABLE = 0.04
"""Seconds from which on the growth can be told from noise."""
TOO_LONG = 4.0
"""Seconds for one text above which it is held to be no better than a square."""


def _checked(name: str) -> Reader:
    context = checks.Context(today=datetime.date(2026, 6, 15), is_complete=True)
    return lambda text: checks.run(articles.read(name, text), context, select=["ALL"])


def _record(source: str, payload: Callable[[str], str]) -> Reader:
    identifier = Identifier(Scheme.DOI, "10.5555/a")
    return lambda text: items.read(
        Record(source=source, identifier=identifier, payload=payload(text))
    )


def _matched(text: str) -> object:
    item = {"type": "article-journal", "title": text, "author": [{"family": text[:200]}]}
    return match.blocks(match.Subject(identifier=Identifier(Scheme.DOI, "10.5555/a"), item=item))


_LIST = "[1] Abe K. A title. Spine. 2001;1:2-3.\n\n[2] Ito M. Another. Spine. 2002;2:4-5.\n"
_HTML_LIST = (
    "<p>[1] Abe K. A title. Spine. 2001;1:2-3.</p><p>[2] Ito M. Another. Spine. 2002;2:4-5.</p>"
)


def _rendered(text: str) -> object:
    item = {
        "type": "article-journal",
        "title": text,
        "author": [{"literal": text}, {"family": text}],
    }
    return entries.entry(item, load("ieee"))


def _bibtex(text: str) -> object:
    return exchange.read_all("bibtex", f"@article{{a, title = {{{text}}}, author = {{{text}}}}}")


def _json(text: str) -> str:
    return json.dumps({"title": [text], "container-title": [text], "author": [{"family": text}]})


READERS: dict[str, Reader] = {
    "article.md": lambda text: articles.read("a.md", text),
    "article.html": lambda text: articles.read("a.html", text),
    "unweave": lambda text: articles.unweave(articles.read("a.md", text)),
    "list.md": lambda text: lists.find(f"## 参考文献\n\n[1] {text}\n[2] Abe K. A title. 2001.\n", "markdown"),
    "article.mdx": lambda text: articles.read("a.mdx", text),
    "article.wordpress": lambda text: articles.read("a.html", f"<!-- wp:paragraph -->\n{text}"),
    "unmanaged": lambda text: unmanaged(articles.read("a.md", text)),
    "uncounted": lambda text: lists.uncounted(text, "markdown"),
    "plan.md": lambda text: lists.plan(f"{text}\n\n## 参考文献\n\n{_LIST}", "markdown"),
    "plan.html": lambda text: lists.plan(f"<p>{text}</p><h2>参考文献</h2>{_HTML_LIST}", "html"),
    "pasted": pasted.split,
    "linked data": lambda text: (weaving.put_linked_data(text, "markdown", "{}"), weaving.put_linked_data(text, "html", "{}")),
    "entry": _rendered,
    "visible": visible,
    "list.html": lambda text: lists.find(f"<p>参考文献</p><ol><li>{text}</li></ol>", "html"),
    "check.md": _checked("a.md"),
    "check.html": _checked("a.html"),
    "identifier": identifiers.read,
    "identifiers": lambda text: list(identifiers.find(text)),
    "from_url": lambda text: identifiers.from_url(f"https://example.org/{text}"),
    "date": dates.read,
    "dates": lambda text: list(dates.find(text)),
    "markup": markup.read,
    "title": normalise.title,
    "name": lambda text: normalise.name({"family": text, "given": text}),
    "container": normalise.container,
    "edition": containers.without_edition,
    "pages": normalise.pages,
    "match": _matched,
    "printed": lambda text: printed.read(text).fields,
    "bibtex": lambda text: exchange.read_all("bibtex", text),
    "bibtex fields": _bibtex,
    "ris": lambda text: exchange.read_all("ris", text),
    "ris field": lambda text: exchange.read_all("ris", f"TY  - JOUR\nTI  - {text}\nAU  - {text}\nER  - \n"),
    "nbib": lambda text: exchange.read_all("nbib", text),
    "nbib field": lambda text: exchange.read_all("nbib", f"PMID- 1\nTI  - {text}\nAU  - {text}\nAB  - {text}\n"),
    "refer": lambda text: exchange.read_all("enw", f"%0 Journal Article\n%T {text}\n%A {text}\n"),
    "endnote": lambda text: exchange.read_all("endnote-xml", f"<xml><records><record><titles><title>{text}</title></titles></record></records></xml>"),
    "crossref": _record("crossref", _json),
    "page": _record("landing_page", _json),
    "pubmed": _record("pubmed-xml", lambda text: f"<PubmedArticle><ArticleTitle>{text}</ArticleTitle></PubmedArticle>"),
    "jalc": _record("jalc", lambda text: json.dumps({"data": {"title_list": [{"title": text}], "creator_list": [{"names": [{"last_name": text}]}]}})),
    "csl-json": lambda text: exchange.read_all("csl-json", json.dumps([{"title": text, "author": [{"family": text}]}])),
    "web page": published.read_page,
    "title of a page": lambda text: agreement.is_borne("腰痛の予防", [text]),
    "end of a page": lambda text: (page_notices.sentence_of_end(text), page_notices.label_of_end("腰痛", [text])),
    "html head": lambda text: landing_page.read(f"<html><head>{text}".encode(errors="replace"), "text/html"),
}  # fmt: skip


UNITS = (
    *string.punctuation, "a", "A", "1", " ", "\n", "\t", "é", "あ", "漢", "１", "・", "、", "。", "「", "『", "（",
    "\u0301", "\u200b", "\u202e", "\U0001f600", "ß", "ﬁ", "\x00", "\x85", "\u2028", "Ａ", "ｱ",
    "<!--", "-->", "<!--cite ", "<a ", "<p>", "</p>", "<b", "<![CDATA[", "<?", "<script>", "<pre>\n",
    "[1]", "[1, ", "[@", "[@a", "[@a; ", "](", "![", "[[", "][", "](http://", "``", "`a", "```\n", "~~~\n",
    "**", "*a ", "_a", "***", "\\", "\\{", "{", "}", "{{", "{a", "$", "$$", "\\a", "\\\"", "&#", "&amp", "&#x1;",
    "http://", "https://a.", "10.1/", "10.1234/a.", "doi:", "doi: 10.", "PMID: 1 ", "ISBN 978", "www.",
    "a.", "a. ", "a, ", "A. ", "A B, ", "A, B. ", "1 ", "1, ", "1-", "1–", "1:", "(1", "(a", "(a) ", "et al. ",
    "and ", "In: ", "vol. ", "pp. ", "2001 ", "2001;", "2001/", "2026年", "2026年1月", "公開日", "公開日:2026/",
    "更新日：", "令和", "Jan ", "Jan 1, ", "No. 1 ", "\n- ", "\n1. ", "\n[1] ", "\n> ", "\n    ", "a\n", "\n\n", "\r\n",
    "\n---\n", "---\n", "\n# ", "\n| a ", "%T ", "\n%A ", "TY  - ", "\nER  - ", "\nAU  - a", "PMID- ", "\n      ",
    "@a{", "@string{", "@a{a,", "#", "\" # \"", " = ", "@comment", "著", "編", "第1巻", "巻", "号", "〜", "‐", "文献1",
    "1) ", "(1) ", "①", "&lt;", "<li>", "<ol><li>", "<table><tr><td>", "<sup>", "</sup>[", "<i>a", "<time ",
    "<article>", "<main>", "<nav>", "</b>", "<p></b>", "<title>", "<meta ", "<!", "</", "<br", "¹", "a²",
    "<!--bibliography ", "<!--bibliography-->", "<!--/bibliography-->", "<!--cite x-->", "<!--/cite-->", "<!--a-->", "{/*", "*/}",
    "[@a] ", "[@a; @b, p. 3] ", "[@a][@b]", "{ [@a] ", "[a](b) ", "[a [@b] c](d) ", "![a](b)", "[^1] ", "`a` ", "**a** ",
    "<!--cite @a-->[1]<!--/cite--> ", "<!--bibliography-->\n<!--/bibliography-->\n", "[1] [@a] ", "[a]: b\n", "[^1]: a\n", "<b>a</b>", "<p>[1]</p>",
    "<a href=\"#a\">1</a>", "{{ a }} ", "* ", "a* ", "※a ", "\n* a", "1-2-3。", "{{< a b=\"[1]\" >}}\n", "{% a %}", "[a b=\"c\"]", "https://a.example/b ", "10.5555/a ", "doi:10.5555/a. ",
    "2020年1月2日 ", "公開日：2020年1月2日\n", "[1] Abe K. A title. J. 2001;1:2.\n", "1. 阿部. 題. 誌. 2001; 1: 2.\n", "<li>Abe K. A title. 2001.</li>", "（1）", "文献1、",
    "{{<", "{%", "{:", "[a b=\"", "<span data-cite=\"", "<a href=\"", "<a id=\"", "\n\n<", "\n<div>\n", "\n    - ", "\n[a]: ", "\n[^1]: ",
)  # fmt: skip


def shapes(chance: random.Random, drawn: int) -> Iterator[str]:
    """The units to repeat: those above, then twice as many drawn from their parts as asked for."""
    yield from dict.fromkeys(UNITS)
    letters = "".join(UNITS)
    for _ in range(drawn):
        yield "".join(chance.choice(letters) for _ in range(chance.randint(2, 5)))
        yield "".join(chance.choice(UNITS) for _ in range(chance.randint(2, 3)))


class Endless(Exception):
    """Reading takes longer than anybody waits."""


def _seconds(read: Reader, text: str) -> float:
    def stop(_: int, __: FrameType | None) -> None:
        raise Endless

    former = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, TOO_LONG)
    started = time.process_time()
    try:
        read(text)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)
    return time.process_time() - started


def exponent(read: Reader, unit: str, *, ending: str = "", largest: int = LARGEST) -> float:
    """How the time grows with the length; 0 where even the longest text is read at once."""
    read(unit * 2 + ending)  # What is made once is made before anything is measured.
    size, before = 500, 0.0
    gc.disable()  # Its pauses grow with what lies about, and not with the text.
    try:
        while size <= largest:
            now = _seconds(read, unit * (size // len(unit) or 1) + ending)
            if before >= MEASURABLE:
                # A clock that ticks seldom may tell nothing of what takes less than a tick.
                return math.log2(max(now, MEASURABLE / 2) / before)
            before = now
            size *= 2
    except Endless:
        return math.inf
    finally:
        gc.enable()
    return 0.0


def main() -> None:
    chosen = sys.argv[1:] or list(READERS)
    chance = random.Random(17)
    units = list(shapes(chance, 40))
    for name in chosen:
        for unit in units:
            for ending in ("", "!"):
                found = exponent(READERS[name], unit, ending=ending)
                if found > 1.5:
                    sys.stdout.write(f"{name:14} {unit!r} + {ending!r}: {found:.2f}\n")
                    sys.stdout.flush()
                    break


if __name__ == "__main__":
    main()
