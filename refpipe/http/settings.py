"""Whom to ask, how long to be patient, and what comes of asking: light, without the network."""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

import refpipe
from refpipe.errors import UsageError

JSON = "application/json"

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


# ── What comes of one request: a reply, or why there is none ────────────────────────────────────


class Pace(Enum):
    """How fast one kind of request may follow another; each kind has its own session."""

    SINGLE = "single"
    """One work at Crossref."""
    LIST = "list"
    """A list or a search at Crossref."""
    OTHER = "other"
    """Any other registry."""
    CATALOGUE = "catalogue"
    """A library's catalogue, which asks for one request at a time."""
    PAGE = "page"
    """A web page: nobody's private address, nobody's proxy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server said."""

    url: str
    """The address that answered, after redirects."""
    status: int
    headers: Mapping[str, str]
    """By lower-case names."""
    body: bytes
    heard: str = ""
    """When it was said, a UTC time in ISO 8601; empty for just now."""
    is_remembered: bool = False
    is_stale: bool = False
    """Remembered for longer than it is good for, because nobody could be asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a server gave no reply that can be used."""

    url: str
    host: str
    reason: str
    """For people, as the end of a sentence: ``did not answer within 90 s``."""
    is_nameless: bool = False
    """True where the name service answered that there is no host of that name."""

    def __str__(self) -> str:
        return f"{self.host} {self.reason}"


_NOT_JSON = ValueError("not JSON")


def read_json(body: bytes) -> Any:
    """The JSON value that ``body`` holds; raises ValueError on anything else.

    HTML under a JSON label, a torn body and nesting without end are all "anything else"; a byte
    order mark, which some servers' programs put before their answer, is not.
    """
    body = body.removeprefix(codecs.BOM_UTF8)
    if body.lstrip()[:1] not in {b"{", b"["}:
        raise _NOT_JSON
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON value")
