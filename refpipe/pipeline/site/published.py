"""Pages that are out there: fetched, kept in the cache, and made ready for the checker.

What was fetched within a day is not fetched again, so that an interrupted run goes on where it
stopped; what is older is asked for only if it changed.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from refpipe.articles import html
from refpipe.errors import ArticleError
from refpipe.http import Failure, Http
from refpipe.model import Span
from refpipe.sources import Settings
from refpipe.sources.web_page import Crawl, Version

# ────────────────────────────────────────────────────────────────────────────────────────────────
# The article in a published page: which part of its HTML it is, and what cannot be seen of it.
#
# What lies outside is blanked and not cut away, so that every line and column stays that of the
# page.


_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
     "track", "wbr")
)  # fmt: skip
_FOREIGN = frozenset({"nav", "aside", "footer", "form", "noscript"})
"""Elements inside an article that are the site's and not the article's."""
_LITTLE = 200
"""Letters below which a page has shown no article."""
_CONTENT = re.compile(
    r"(?:^|[\s_-])(?:entry-content|post-content|article-body|articlebody|post-body|main-content)"
    r"(?:$|[\s_-])"
)
_TEXT = re.compile(
    r"<(script|style|template)\b(?:(?!<\1\b).)*?</\1\s*>|<!--.*?-->|<[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(rf"<!--.*?-->|<!\[CDATA\[|{html.ANY_TAG.pattern}|<(?=[A-Za-z/!?])", re.DOTALL)
_MOST = 100
"""Parts of a page that are held against one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageArticle:
    """An article as it was read out of a page."""

    text: str
    """The whole page with everything blanked that is not its head or its article."""
    span: Span
    """Where in it the article is."""
    unseen: tuple[str, ...] = ()
    """What could not be seen, for people."""


@dataclass(slots=True)
class _Element:
    tag: str
    start: int
    end: int = 0
    rank: int = 0
    """How surely it is the article; 0 for not at all."""


def read_page(page: str) -> PageArticle:
    """The article of a page; all of its body where no part says that it is one."""
    page = _whole(page)
    elements = _Elements(page)
    span = _article(page, elements.found)
    blanked = [
        Span(one.start, one.end)
        for one in elements.found
        if one.tag in _FOREIGN and span.start <= one.start and one.end <= span.end
    ]
    head_end = elements.body_start
    outside = [Span(head_end, max(span.start, head_end)), Span(span.end, len(page))]
    text = _blank(page, [*outside, *blanked])
    return PageArticle(text=text, span=span, unseen=tuple(_unseen(text[span.start : span.end])))


def _whole(page: str) -> str:
    """The page with a blank for the ``<`` of each tag and comment that is not closed.

    Python's parser would look for the end of each of them to the end of the page.
    """
    end = page.rfind("-->") + 3 if "-->" in page else 0
    tail = page[end:].replace("<!--", " !--")
    return _TAG.sub(lambda tag: tag[0] if len(tag[0]) > 1 else " ", page[:end] + tail)


def _article(page: str, found: list[_Element]) -> Span:
    """The surest part that holds text; of several alike the one with the most."""
    able = [one for one in found if one.rank][:_MOST]
    for rank in sorted({one.rank for one in able}, reverse=True):
        alike = [one for one in able if one.rank == rank]
        best = max(alike, key=lambda one: len(_letters(page[one.start : one.end])))
        if len(_letters(page[best.start : best.end])) >= _LITTLE:
            return Span(best.start, best.end)
    body = next((one for one in found if one.tag == "body"), None)
    return Span(body.start, body.end) if body else Span(0, len(page))


def _letters(part: str) -> str:
    return "".join(_TEXT.sub(" ", part).split())


def _blank(text: str, spans: list[Span]) -> str:
    """The text with blanks for what the spans hold, its line ends kept."""
    pieces: list[str] = []
    at = 0
    for span in sorted(spans, key=lambda one: one.start):
        start, end = max(at, span.start), max(at, span.end)
        pieces += (text[at:start], re.sub(r"[^\r\n]", " ", text[start:end]))
        at = end
    return "".join((*pieces, text[at:]))


def _unseen(article: str) -> Iterator[str]:
    letters = len(_letters(article))
    if letters < _LITTLE:
        yield f"only {letters} letters of text are in the page; what a script adds was not seen"
    if frames := len(re.findall(r"<(?:iframe|embed|object)\b", article, re.IGNORECASE)):
        yield f"{frames} embedded frames were not looked into"
    pictures = re.findall(r"<img\b[^<>]*>", article, re.IGNORECASE)
    mute = [one for one in pictures if not re.search(r"\balt\s*=\s*[\"'][^\"']", one)]
    if mute:
        yield f"{len(mute)} pictures say in no words what they show"
    if closed := len(re.findall(r"<details\b(?![^<>]*\bopen\b)", article, re.IGNORECASE)):
        yield f"{closed} folded parts were read although a reader has to open them"


class _Elements(HTMLParser):
    """Where the elements that may be the article, or are none of it, begin and end."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[_Element] = []
        self.body_start = 0
        self._open: list[_Element] = []
        self._depth: Counter[str] = Counter()
        self._page = page
        self._lines = [0, *(end.end() for end in re.finditer("\n", page))]
        # A declaration that the parser cannot make sense of ends the reading there.
        with suppress(AssertionError):
            self.feed(page)
            self.close()
        for element in self._open:
            element.end = len(page)

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        values = {name: value or "" for name, value in attrs}
        element = _Element(tag, self._offset(), rank=_rank(tag, values))
        if tag == "body":
            self.body_start = element.start
        self._open.append(element)
        self._depth[tag] += 1
        if element.rank or tag in _FOREIGN or tag == "body":
            self.found.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not self._depth[tag]:
            return
        start = self._offset()
        end = self._page.find(">", start) + 1 or len(self._page)
        while self._open:
            element = self._open.pop()
            self._depth[element.tag] -= 1
            element.end = end if element.tag == tag else start
            if element.tag == tag:
                return


def _rank(tag: str, values: dict[str, str]) -> int:
    """How surely an element is the article of its page."""
    if "articleBody" in values.get("itemprop", "").split():
        return 3
    if tag == "article" or values.get("role") == "article":
        return 2
    if tag == "main" or values.get("role") == "main":
        return 2
    return 1 if _CONTENT.search(f"{values.get('class', '')} {values.get('id', '')}".lower()) else 0


_KEPT = re.compile(
    r"<title\b(?:(?!<title\b).)*?</title\s*>|<meta\b[^<>]*>"
    r"|<script\b[^<>]*application/ld\+json[^<>]*>(?:(?!<script\b).)*?</script\s*>",
    re.DOTALL | re.IGNORECASE,
)


def standalone_page(page: str, url: str) -> str:
    """The article as a page of its own: its head's words, where it came from, its HTML."""
    found = read_page(page)
    lang = re.search(r"<html\b[^<>]*\blang\s*=\s*[\"']?([\w-]+)", page, re.IGNORECASE)
    head = page[: page.lower().find("<body")] if "<body" in page.lower() else page[:4000]
    kept = [one[0] for one in _KEPT.finditer(head) if "charset" not in one[0].lower()]
    address = url.replace("&", "&amp;").replace('"', "&quot;")
    opening = f'<html lang="{lang[1]}">' if lang else "<html>"
    lines = [
        "<!doctype html>",
        opening,
        "<head>",
        '<meta charset="utf-8">',
        *kept,
        f'<link rel="canonical" href="{address}">',
        "</head>",
        "<body>",
        _without_blank_lines(found.text[found.span.start : found.span.end]),
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines)


def _without_blank_lines(text: str) -> str:
    """The text without the lines that blanking left; an article loses nothing by it."""
    return re.sub(r"\n(?:[ \t\r]*\n){2,}", "\n\n", text.strip())


_FRESH = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One page and what came of asking for it."""

    url: str
    file: Path | None = None
    """Where its HTML lies, everything outside the article blanked; None where it was not had."""
    unseen: tuple[str, ...] = ()
    """What could not be seen of it."""
    failure: str = ""
    """Why it was not had."""


def addresses(
    crawl: Crawl, urls: Iterable[str], sitemaps: Iterable[str]
) -> Iterator[str | Failure]:
    """The addresses named, then those of the sitemaps, each once."""
    seen: set[str] = set()
    found: Iterator[str | Failure] = (one for one in urls)
    for part in (found, *(crawl.sitemap(sitemap) for sitemap in sitemaps)):
        for one in part:
            if isinstance(one, Failure) or one not in seen:
                yield one
                if not isinstance(one, Failure):
                    seen.add(one)


@dataclass(slots=True, kw_only=True)
class FetchedPages:
    """The pages that were had, and what went wrong with the others."""

    found: list[Published] = field(default_factory=list)
    failed: list[ArticleError] = field(default_factory=list)

    @property
    def files(self) -> list[Path]:
        """The articles of the pages, for the checker."""
        return [page.file for page in self.found if page.file is not None]


def fetch_all(  # noqa: PLR0913 (what to fetch, where to keep it, and who counts)
    settings: Settings,
    urls: Iterable[str],
    sitemaps: Iterable[str],
    folder: Path,
    *,
    now: str,
    is_fresh: bool,
    progress: Callable[[Iterable[Published], int], Iterable[Published]],
) -> FetchedPages:
    """Every page named or listed, one a second and host; ``progress`` counts them as they come."""
    pages = FetchedPages()
    with Http(settings) as http:
        crawl = Crawl(http)
        named = list(addresses(crawl, urls, sitemaps))
        asked = [one for one in named if not isinstance(one, Failure)]
        pages.failed += [_error(one.url, str(one)) for one in named if isinstance(one, Failure)]
        got = (fetch(crawl, url, folder, now=now, is_fresh=is_fresh) for url in asked)
        for page in progress(got, len(asked)):
            if page.file is None:
                pages.failed.append(_error(page.url, page.failure))
            else:
                pages.found.append(page)
    return pages


def _error(url: str, reason: str) -> ArticleError:
    return ArticleError(
        f"{url}: could not be checked: {reason}",
        hint="Run again later; what was fetched is kept.",
    )


def fetch(crawl: Crawl, url: str, folder: Path, *, now: str, is_fresh: bool = False) -> Published:
    """The page, from the cache in ``folder`` where it was fetched within a day."""
    place = _place(folder, url)
    known = _known(place)
    if known is not None and not is_fresh and _age(known["at"], now) < _FRESH:
        return _ready(url, place, known)
    version = Version(etag=known["etag"], modified=known["modified"]) if known else None
    got = crawl.page(url, version)
    if isinstance(got, Failure):
        return Published(url=url, failure=f"{got}")
    state = {"url": url, "at": now, "etag": got.version.etag, "modified": got.version.modified}
    state["cut"] = "yes" if got.is_cut else ""
    if got.is_unchanged and known is not None:
        state["cut"] = known["cut"]
    else:
        _keep(place, got.text)
    _keep(place.with_suffix(".json"), json.dumps(state))
    return _ready(url, place, state)


def save_article(page: Published, out: Path) -> None:
    """Write the article of a fetched page as a page of its own.  Raises ArticleError."""
    assert page.file is not None  # noqa: S101
    raw = page.file.with_suffix(".page").read_text(encoding="utf-8")
    try:
        with out.open("x", encoding="utf-8", newline="") as stream:
            stream.write(standalone_page(raw, page.url))
    except FileExistsError as error:
        raise ArticleError(
            f"{out} is there already", hint="Name another file with --out; it was left unchanged."
        ) from error
    except OSError as error:
        raise ArticleError(f"{out} cannot be written: {error.strerror}") from error


def _ready(url: str, place: Path, state: dict[str, str]) -> Published:
    """The page's article as a file for the checker."""
    article = read_page(place.read_text(encoding="utf-8"))
    file = place.with_suffix(".html")
    _keep(file, article.text)
    cut = ("the page is longer than 2 MB; its end was not seen",) if state["cut"] else ()
    return Published(url=url, file=file, unseen=(*article.unseen, *cut))


def _place(folder: Path, url: str) -> Path:
    """Where the page lies, under its host and a name that can be recognised."""
    parts = urlsplit(url)
    digest = hashlib.sha256(url.encode("utf-8")).hexdigest()[:12]
    name = re.sub(r"[^\w-]+", "-", parts.path).strip("-")[-60:] or "index"
    host = re.sub(r"[^\w.-]+", "-", parts.netloc)[:80] or "-"
    return folder / host / f"{name}-{digest}.page"


def _known(place: Path) -> dict[str, str] | None:
    """What is known of a page that was fetched before; None where anything of it is missing."""
    names = ("at", "etag", "modified", "cut")
    try:
        state = json.loads(place.with_suffix(".json").read_text(encoding="utf-8"))
        if place.is_file() and all(isinstance(state.get(name), str) for name in names):
            return {name: state[name] for name in names}
    except (OSError, ValueError, AttributeError, RecursionError):
        return None
    return None


def _keep(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text, encoding="utf-8", errors="replace", newline="")
    temporary.replace(path)


def _age(at: str, now: str) -> datetime.timedelta:
    try:
        return datetime.datetime.fromisoformat(now) - datetime.datetime.fromisoformat(at)
    except (ValueError, TypeError):
        return _FRESH
