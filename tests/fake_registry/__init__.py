"""Crossref, doi.org, JaLC, DataCite, NCBI, catalogues, the web's pages on one port of 127.0.0.1.

It answers as recorded exchanges do, searches its records, misbehaves on request, writes down
what it was asked and when, and holds the asker to the rates that it announces.  In a test::

    def test_x(fake_registry):
        fake_registry.add(message)
        environ = fake_registry.environ        # for a subprocess
        settings = fake_registry.settings()    # in this process

From a shell, ``python tests/fake_registry WORKS.jsonl`` serves until it is stopped and
prints the variables to set.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fake_registry.catalogues import Catalogues
from fake_registry.faults import Fault
from fake_registry.search import Index
from fake_registry.serving import serve


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    at: float
    registry: str
    path: str
    agent: str
    kind: str = ""
    """``single`` or ``list`` at Crossref."""


@dataclass
class FakeRegistry:
    """What the registries know, how they behave, and what they were asked."""

    works: dict[str, dict[str, Any]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    agencies: dict[str, str] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    """Short DOI → the DOI that it stands for."""
    jalc: dict[str, dict[str, Any]] = field(default_factory=dict)
    csl: dict[str, dict[str, Any]] = field(default_factory=dict)
    datacite: dict[str, dict[str, Any]] = field(default_factory=dict)
    pubmed: dict[str, dict[str, Any]] = field(default_factory=dict)
    pmc: dict[str, dict[str, str]] = field(default_factory=dict)
    catalogues: Catalogues = field(default_factory=Catalogues)
    data_set: bytes = b""
    """The Retraction Watch data, as Crossref publishes them."""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    """A DOI, a page's address, or ``list`` → how it misbehaves."""
    limits: tuple[int, int] = (1000, 1000)
    """Singles and lists a second, as announced and checked."""
    unselectable: set[str] = field(default_factory=set)
    requests: list[Request] = field(default_factory=list)
    too_fast: list[str] = field(default_factory=list)
    port: int = 0
    _index: Index | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, message: Mapping[str, Any]) -> str:
        """Let Crossref know a work; gives its DOI."""
        doi = str(message["DOI"]).lower()
        self.works[doi] = dict(message)
        self._index = None
        return doi

    def add_all(self, messages: Iterable[Mapping[str, Any]]) -> None:
        """Let Crossref know works."""
        for message in messages:
            self.add(message)

    def page(self, url: str, body: str, *, status: int = 200, **headers: str) -> None:
        """Put a page on the web."""
        sent = {"Content-Type": "text/html; charset=utf-8"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[url] = (status, sent, body.encode())

    def forget_requests(self) -> None:
        """Count from zero."""
        self.requests.clear()
        self.too_fast.clear()

    @property
    def counts(self) -> Counter[str]:
        """How many requests each registry got."""
        return Counter(request.registry for request in self.requests)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environ(self) -> dict[str, str]:
        """The variables that send refpipe here."""
        return {
            "REFPIPE_CROSSREF_URL": f"{self.base}/crossref",
            "REFPIPE_DOI_URL": f"{self.base}/doi",
            "REFPIPE_JALC_URL": f"{self.base}/jalc",
            "REFPIPE_DATACITE_URL": f"{self.base}/datacite",
            "REFPIPE_EUTILS_URL": f"{self.base}/eutils",
            "REFPIPE_IDCONV_URL": f"{self.base}/idconv",
            "REFPIPE_NDL_URL": f"{self.base}/ndl/sru",
            "REFPIPE_CINII_URL": f"{self.base}/cinii",
            "REFPIPE_CINII_BOOKS_URL": f"{self.base}/ciniibooks",
            "REFPIPE_LOC_URL": f"{self.base}/loc",
            "REFPIPE_OPENLIBRARY_URL": f"{self.base}/openlibrary",
            "REFPIPE_GOOGLE_BOOKS_URL": f"{self.base}/googlebooks",
            "REFPIPE_PAGES_URL": f"{self.base}/pages",
            "REFPIPE_RETRACTION_DATA_URL": f"{self.base}/dataset/retraction_watch.csv",
        }

    def settings(self, **changes: Any) -> Any:
        """Settings that ask here, remember for one run only, and lose patience soon."""
        from dataclasses import replace

        from refpipe.http import Settings

        quick: dict[str, Any] = {"connect": 1.0, "read": 0.3, "total": 0.5, "retries": 2}
        quick |= {"backoff": 0.01, "singles": 500.0, "lists": 500.0, "others": 500.0}
        quick |= {"catalogues": 500.0}
        plain = Settings.from_environment(self.environ, cache=None)
        return replace(plain, **(quick | changes))

    def search(self, words: str, rows: int) -> list[tuple[str, float]]:
        """The DOIs that match the words best, with scores."""
        with self._lock:
            if self._index is None:
                self._index = Index(self.works)
            return self._index.find(words, rows)

    def note(self, request: Request) -> None:
        """Write a request down, and whether it came too fast."""
        with self._lock:
            self.requests.append(request)
            if request.registry != "crossref":
                return
            limit = self.limits[request.kind == "list"]
            window = [
                r for r in self.requests[-limit - 1 :]
                if r.registry == "crossref" and r.kind == request.kind and r.at > request.at - 1.0
            ]  # fmt: skip
            if len(window) > limit:
                self.too_fast.append(request.path)

    def __enter__(self) -> FakeRegistry:
        self._server, self.port = serve(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def load(path: Path) -> list[dict[str, Any]]:
    """The Crossref messages of a JSON Lines file, bare or under ``message``."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return [row.get("message", row) for row in rows]


def now() -> float:
    """The moment, for the log."""
    return time.monotonic()
