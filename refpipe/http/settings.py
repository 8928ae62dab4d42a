"""Whom to ask, under what name, and how long to be patient."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from requests import Response
from requests_cache.backends import init_backend
from requests_cache.backends.base import BaseCache
from requests_cache.backends.sqlite import SQLiteCache
from requests_cache.models.response import CachedResponse

import refpipe
from refpipe.errors import UsageError

_ENVIRONMENT = {
    "REFPIPE_CROSSREF_URL": "crossref",
    "REFPIPE_DOI_URL": "doi_org",
    "REFPIPE_JALC_URL": "jalc",
    "REFPIPE_DATACITE_URL": "datacite",
    "REFPIPE_EUTILS_URL": "eutils",
    "REFPIPE_IDCONV_URL": "idconv",
    "REFPIPE_NDL_URL": "ndl",
    "REFPIPE_CINII_URL": "cinii",
    "REFPIPE_CINII_BOOKS_URL": "cinii_books",
    "REFPIPE_LOC_URL": "loc",
    "REFPIPE_OPENLIBRARY_URL": "open_library",
    "REFPIPE_GOOGLE_BOOKS_URL": "google_books",
    "REFPIPE_OPENBD_URL": "openbd",
    "REFPIPE_PAGES_URL": "pages",
    "REFPIPE_CINII_APPID": "cinii_appid",
    "REFPIPE_MAILTO": "mailto",
}
"""Environment variable → the setting it overrides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The registries' addresses, our name to them, the memory, and the bounds of patience."""

    crossref: str = "https://api.crossref.org"
    doi_org: str = "https://doi.org"
    jalc: str = "https://api.japanlinkcenter.org"
    datacite: str = "https://api.datacite.org"
    eutils: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
    idconv: str = "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1/articles"
    ndl: str = "https://ndlsearch.ndl.go.jp/api/sru"
    cinii: str = "https://cir.nii.ac.jp"
    cinii_books: str = "https://ci.nii.ac.jp"
    loc: str = "https://lx2.loc.gov/sru/lcdb"
    open_library: str = "https://openlibrary.org"
    google_books: str = "https://www.googleapis.com/books/v1"
    openbd: str = ""
    """``https://api.openbd.jp/v1`` to ask openBD as well, whose terms allow its data for
    introducing books; empty to leave it alone."""
    cinii_appid: str = ""
    """The user's own id for CiNii, which it gives out on registration."""
    pages: str = ""
    """A gateway through which web pages are fetched (it gets the address, quoted, as its path);
    empty to fetch them where they are."""
    mailto: str = ""
    """The user's own address; it opens the registries' polite pools."""
    cache: Path | None = Path(".refpipe/http.sqlite")
    """Where answers are remembered; None remembers them for this run only."""
    is_offline: bool = False
    """Answer from memory only."""
    connect: float = 5.0
    """Seconds to wait for a connection."""
    read: float = 15.0
    """Seconds to wait for the next byte."""
    total: float = 40.0
    """Seconds that one request may take with all its retries, however lively it drips."""
    singles: float = 0.0
    """Works a second at Crossref until it says what it allows; 0 for what its pools allow."""
    lists: float = 0.0
    """The same for lists and searches."""
    others: float = 3.0
    """Requests a second to a registry that does not say what it allows (NCBI's limit)."""
    catalogues: float = 1.0
    """Requests a second to a library's catalogue; the National Diet Library asks for no more."""
    retries: int = 4
    backoff: float = 1.0
    """Seconds to wait before the second retry; doubled for each further one, with jitter."""

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str], *, mailto: str = "", cache: Path | None = cache
    ) -> Settings:
        """The settings as the environment and the caller's own configuration have them.

        The environment's word on ``mailto`` goes before the configuration's.
        """
        found = {
            name: environ[variable].strip()
            for variable, name in _ENVIRONMENT.items()
            if environ.get(variable, "").strip()
        }
        settings = replace(cls(mailto=mailto.strip(), cache=cache), **found)  # type: ignore[arg-type]
        return replace(settings, **_bases(settings))  # type: ignore[arg-type]

    @property
    def user_agent(self) -> str:
        """Who we are: the program, its version, and the user's address where one is set."""
        contact = f" (mailto:{self.mailto})" if self.mailto else ""
        return f"refpipe/{refpipe.__version__}{contact} python-requests"


def _bases(settings: Settings) -> dict[str, str]:
    """The base addresses without a final slash; raises UsageError on what is no address."""
    bases = {}
    for variable, name in _ENVIRONMENT.items():
        base = getattr(settings, name).rstrip("/")
        if name in {"mailto", "cinii_appid"} or not base:
            continue
        if not base.startswith(("http://", "https://")):
            raise UsageError(
                f"{variable} is {base!r}, which is no http(s) address",
                hint=f"Give it the address of a registry, or unset {variable}.",
            )
        bases[name] = base
    if not settings.mailto.isprintable() or len(settings.mailto.split()) > 1:
        raise UsageError(
            f"the e-mail address {settings.mailto!a} holds a blank or a line break",
            hint="Set REFPIPE_MAILTO, or mailto in refpipe.toml, to one address.",
        )
    if "@" not in settings.mailto and settings.mailto:
        raise UsageError(
            f"the e-mail address {settings.mailto!r} has no @",
            hint="Set REFPIPE_MAILTO, or mailto in [tool.refpipe], to your own address.",
        )
    return bases


# ── What was answered before: where it is kept, and how long it is good for ─────────────────────


_DAY = 24 * 60 * 60
GOOD_FOR = {200: 14 * _DAY, 301: 14 * _DAY, 302: _DAY, 303: _DAY, 307: _DAY, 404: _DAY // 24}
"""Status → seconds that an answer is remembered; a "no" is asked again soon."""

_VERSIONS = frozenset({"ETag", "Last-Modified"})
"""What a server says of a version; kept under another name, for whoever asks for changes only."""
_NOT_OURS = ("Expires", "Pragma", "ETag", "Last-Modified", "Vary")


def mark(response: Response) -> None:
    """Let the response say how long it is to be remembered, whatever its server says."""
    for name in _NOT_OURS:
        said = response.headers.pop(name, None)
        if said is not None and name in _VERSIONS:
            response.headers[f"X-Origin-{name}"] = said
    seconds = GOOD_FOR.get(response.status_code)
    response.headers["Cache-Control"] = f"max-age={seconds}" if seconds else "no-store"


class _Memory(SQLiteCache):
    """A memory that costs a question asked twice where the disk fails, and never an answer."""

    def save_response(self, *args: Any, **kwargs: Any) -> None:
        """Remember the answer if that can be done."""
        with suppress(sqlite3.Error, OSError, ValueError, TypeError):
            super().save_response(*args, **kwargs)

    def get_response(self, *args: Any, **kwargs: Any) -> CachedResponse | None:
        """The remembered answer, if there is one that can be read."""
        try:
            return super().get_response(*args, **kwargs)
        except (sqlite3.Error, OSError, ValueError, TypeError):
            return None

    def delete(self, *args: Any, **kwargs: Any) -> None:
        """Forget answers if that can be done."""
        with suppress(sqlite3.Error, OSError):
            super().delete(*args, **kwargs)


def open_memory(path: Path | None) -> BaseCache:
    """The memory at ``path``; one for this run only where that cannot be read and written.

    A damaged file is thrown away: all in it can be asked for again.
    """
    if path is not None:
        for _ in range(2):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                if path.exists() and not path.is_file():
                    break  # To open a pipe would wait without end.
                return _open_file(path)
            except (sqlite3.OperationalError, OSError):
                break
            except sqlite3.DatabaseError:
                path.unlink(missing_ok=True)
    return init_backend("refpipe", "memory")


def _open_file(path: Path) -> BaseCache:
    # requests-cache waits for ever for a write lock that it cannot get, so try one first.
    probe = sqlite3.connect(path, timeout=2.0)
    try:
        probe.execute("PRAGMA user_version = 1")
        probe.execute("SELECT count(*) FROM sqlite_master").fetchone()
    finally:
        probe.close()
    # JSON and not pickle: reading a file that somebody else wrote must not run it.
    return _Memory(path, serializer="json", busy_timeout=5000, fast_save=True)
