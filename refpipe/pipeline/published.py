"""Pages that are out there: fetched, kept in the cache, and made ready for the checker.

What was fetched within a day is not fetched again, so that an interrupted run goes on where it
stopped; what is older is asked for only if it changed.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from refpipe.errors import ArticleError
from refpipe.http import Failure
from refpipe.pipeline import page_article
from refpipe.sources.web_page import Crawl, Version

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


def is_address(typed: str) -> bool:
    """Whether what was typed is the address of a page and no path."""
    return typed.startswith(("http://", "https://"))


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


def bring_home(page: Published, out: Path) -> None:
    """Write the article of a fetched page as a page of its own.  Raises ArticleError."""
    assert page.file is not None  # noqa: S101
    raw = page.file.with_suffix(".page").read_text(encoding="utf-8")
    try:
        with out.open("x", encoding="utf-8", newline="") as stream:
            stream.write(page_article.at_home(raw, page.url))
    except FileExistsError as error:
        raise ArticleError(
            f"{out} is there already", hint="Name another file with --out; it was left unchanged."
        ) from error
    except OSError as error:
        raise ArticleError(f"{out} cannot be written: {error.strerror}") from error


def _ready(url: str, place: Path, state: dict[str, str]) -> Published:
    """The page's article as a file for the checker."""
    article = page_article.read(place.read_text(encoding="utf-8"))
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
    except (OSError, ValueError, AttributeError):
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
