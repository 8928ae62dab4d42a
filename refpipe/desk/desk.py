"""What all pages of the desk share: the project, the time, the language, and the way back."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from refpipe import files, identifiers, markup, render, styles
from refpipe.config import SUFFIXES, Config
from refpipe.desk.words import WORDS
from refpipe.library import Library
from refpipe.model import Identifier, Item
from refpipe.sources import Registries
from refpipe.visible import visible

_HERE = Path(__file__).parent
LANGUAGES = ("ja", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """An article as an action of the desk found it and left it, to put it back by."""

    path: Path
    before: str
    after: str


def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["link"] = _link
    return environment


@dataclass(slots=True, kw_only=True)
class Desk:
    """One project on the desk."""

    config: Config
    now: Callable[[], str]
    today: Callable[[], datetime.date]
    registries: Callable[[], Registries] | None
    """Gives the registries; None where nobody may be asked."""
    changes: dict[int, TextChange] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))
    _templates: jinja2.Environment = field(default_factory=_templates)

    def library(self, *, is_written: bool = False) -> Library | None:
        """The library, open; None where there is none yet and nothing is to be written."""
        if not is_written and not self.config.library.exists():
            return None
        return Library.open(self.config.library, create=is_written, writable=is_written)

    def articles(self) -> list[Path]:
        """The articles of the project; nothing else is ever read or written as one."""
        there = [path for path in self.config.articles if path.exists()]
        return list(files.find(there, SUFFIXES, self.config.exclude, unreadable=[]))

    def article(self, name: str) -> Path | None:
        """The article of that path below the project's root; None for any other file."""
        return next((path for path in self.articles() if self.name_of(path) == name), None)

    def name_of(self, path: Path) -> str:
        """An article's path below the project's root, as addresses carry it."""
        try:
            return path.relative_to(self.config.root).as_posix()
        except ValueError:
            return path.as_posix()

    def changed(self, change: TextChange) -> int:
        """Remember a change of an article; gives the number to take it back by."""
        number: int = next(self._numbers)
        self.changes[number] = change
        return number

    def entry(self, item: Item, style: str = "") -> Markup:
        """The finished entry of an item, as HTML."""
        loaded = styles.load(style or self.config.style)
        content = markup.html(render.entry(item, loaded).content)
        return Markup(visible(content))  # noqa: S704 (markup escapes)

    def page(self, request: Request, name: str, /, *, status: int = 200, **given: Any) -> Response:
        """A page in the reader's language."""
        answer = HTMLResponse(self.part(request, name, **given), status_code=status)
        chosen = request.query_params.get("lang")
        if chosen in LANGUAGES:
            answer.set_cookie("lang", chosen, samesite="strict")
        return answer

    def part(self, request: Request, name: str, /, **given: Any) -> str:
        """The HTML of a template in the reader's language."""
        lang = language(request, self.config.lang)
        return self._templates.get_template(f"{name}.html").render(
            w=WORDS[lang], lang=lang, request=request, desk=self, said=request.query_params, **given
        )


def language(request: Request, otherwise: str = "") -> str:
    """The language of a page: what was switched to, else the browser's first that we have."""
    chosen = request.query_params.get("lang") or request.cookies.get("lang")
    if chosen in LANGUAGES:
        return chosen
    wanted = [
        one.strip()[:2].lower() for one in request.headers.get("accept-language", "").split(",")
    ]
    return next((one for one in wanted if one in LANGUAGES), otherwise or "en")


def back_to(address: str) -> RedirectResponse:
    """After a form: to a page of ours by GET, so that reloading does nothing twice."""
    return RedirectResponse(address, status_code=303)


def _shown(value: object) -> object:
    """What strangers wrote is seen and not obeyed; what is HTML of ours stays."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _link(identifier: Identifier) -> str:
    """The address for a reader; empty where the identifier leads nowhere on the web."""
    address = identifiers.link(identifier)
    return address if address.startswith(("https://", "http://")) else ""
