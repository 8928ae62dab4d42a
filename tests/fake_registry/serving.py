"""The server: which path belongs to which registry, and what it answers."""

from __future__ import annotations

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from fake_registry.faults import send

if TYPE_CHECKING:
    from fake_registry import FakeRegistry

_JSON = "application/json"


def serve(fake: FakeRegistry) -> tuple[ThreadingHTTPServer, int]:
    """A running server and its port."""

    class Bound(_Handler):
        registry = fake

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
    server.daemon_threads = True
    server.block_on_close = False
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server, int(server.server_address[1])


class _Handler(BaseHTTPRequestHandler):
    registry: FakeRegistry
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *args: object) -> None:
        return

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        registry, _, path = parts.path.lstrip("/").partition("/")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self._note(registry, path)
        try:
            _ROUTES.get(registry, _Handler._nowhere)(self, path, query)
        except OSError:
            self.close_connection = True

    def _note(self, registry: str, path: str) -> None:
        from fake_registry import Request, now

        kind = ("list" if path == "works" else "single") if registry == "crossref" else ""
        agent = self.headers.get("User-Agent", "")
        self.registry.note(Request(now(), registry, self.path, agent, kind))

    # ── answers ────────────────────────────────────────────────────────────────────────

    def _json(self, value: Any, status: int = 200, kind: str = "") -> None:
        headers = {}
        if kind:
            headers = {
                "X_Rate_Limit_Limit": str(self.registry.limits[kind == "list"]),
                "X_Rate_Limit_Interval": "1s",
                "X_Concurrency_Limit": "1",
                "X_Api_Pool": f"public-{'array' if kind == 'list' else 'single'}",
            }
        send(self, status, json.dumps(value).encode(), _JSON, **headers)

    def _not_found(self, label: str = _JSON) -> None:
        send(self, 404, b"Resource not found.", label)

    def _nowhere(self, path: str, query: dict[str, str]) -> None:
        self._not_found("text/plain")

    def _is_faulty(self, name: str) -> bool:
        fault = self.registry.faults.get(name)
        if fault is None or not fault.strikes():
            return False
        fault.happen(self, self.path)
        return True

    # ── Crossref ───────────────────────────────────────────────────────────────────────

    def _crossref(self, path: str, query: dict[str, str]) -> None:
        if path == "works":
            if not self._is_faulty("list"):
                self._list(query)
            return
        doi = unquote(path.removeprefix("works/")).lower()
        if self._is_faulty(doi):
            return
        if "select" in query:
            self._invalid("parameter-not-allowed", "select")
        elif doi in self.registry.aliases:
            target = self.registry.aliases[doi]
            send(self, 301, b"", "text/plain", Location=f"/crossref/works/{target}")
        elif doi in self.registry.works:
            message = self.registry.works[doi]
            self._json(_envelope("work", message), kind="single")
        else:
            self._not_found()

    def _list(self, query: dict[str, str]) -> None:
        names = set(query.get("select", "").split(",")) - {""}
        if bad := names & self.registry.unselectable:
            self._invalid("select-not-available", min(bad))
            return
        rows = int(query.get("rows", "20"))
        if "query.bibliographic" in query:
            scored = self.registry.search(query["query.bibliographic"], rows)
            found = [{**self.registry.works[doi], "score": score} for doi, score in scored]
        else:
            found = self._filtered(query.get("filter", ""))[:rows]
        if len(self.path) > 4000:
            send(self, 414, b"", "text/plain")
            return
        kept = [{k: v for k, v in m.items() if not names or k in names} for m in found]
        message = {"total-results": len(kept), "items": kept, "items-per-page": rows}
        self._json(_envelope("work-list", message), kind="list")

    def _filtered(self, text: str) -> list[dict[str, Any]]:
        works, faults = self.registry.works, self.registry.faults
        clauses = [clause.partition(":") for clause in text.split(",")]
        dois = [value.lower() for name, _, value in clauses if name == "doi"]
        numbers = {value for name, _, value in clauses if name == "alternative-id"}
        isbns = {value for name, _, value in clauses if name == "isbn"}
        if isbns:
            return [m for m in works.values() if isbns & set(m.get("ISBN", ()))]
        found = [works[doi] for doi in dois if doi in works and doi not in faults]
        return found + [m for m in works.values() if numbers & set(m.get("alternative-id", ()))]

    def _invalid(self, kind: str, value: str) -> None:
        message = [{"type": kind, "value": value, "message": f"{value} is not available"}]
        whole = {"status": "failed", "message-type": "validation-failure", "message": message}
        self._json(whole, status=400, kind="list")

    # ── the others ─────────────────────────────────────────────────────────────────────

    def _doi_org(self, path: str, query: dict[str, str]) -> None:
        fake, doi = self.registry, unquote(path).lower()
        if doi.startswith("doira/"):
            doi = doi.removeprefix("doira/")
            if self._is_faulty(f"ra:{doi}"):
                return
            known = {**dict.fromkeys(fake.works, "Crossref"), **fake.agencies}
            if doi in known:
                self._json([{"DOI": doi, "RA": known[doi]}])
            else:
                self._json([{"DOI": doi, "status": "DOI does not exist"}])
            return
        if doi.startswith("api/handles/"):
            self._handle(doi.removeprefix("api/handles/"))
            return
        if self._is_faulty(f"cn:{doi}"):
            return
        if doi in fake.csl and "citationstyles" in self.headers.get("Accept", ""):
            kind = "application/vnd.citationstyles.csl+json"
            send(self, 200, json.dumps(fake.csl[doi]).encode(), kind)
        else:
            send(self, 404, b"<!DOCTYPE html><title>DOI Not Found</title>", "text/html")

    def _handle(self, handle: str) -> None:
        """What a short DOI stands for."""
        if self._is_faulty(handle):
            return
        target = self.registry.short.get(handle)
        if target is None:
            self._json({"responseCode": 100, "handle": handle}, status=404)
            return
        entry = {"index": 1, "type": "HS_ALIAS", "data": {"format": "string", "value": target}}
        self._json({"responseCode": 1, "handle": handle, "values": [entry]})

    def _jalc(self, path: str, query: dict[str, str]) -> None:
        doi = unquote(path).removeprefix("dois/").lower()
        if self._is_faulty(f"jalc:{doi}"):
            return
        found = self.registry.jalc.get(doi)
        self._json(found) if found else self._not_found("text/html")

    def _datacite(self, path: str, query: dict[str, str]) -> None:
        found = self.registry.datacite.get(unquote(path).removeprefix("dois/").lower())
        self._json(found) if found else self._not_found()

    def _eutils(self, path: str, query: dict[str, str]) -> None:
        if self._is_faulty("eutils"):
            return
        numbers = query.get("id", "").split(",")
        result: dict[str, Any] = {"uids": numbers}
        for number in numbers:
            missing = {"uid": number, "error": "cannot get document summary"}
            result[number] = self.registry.pubmed.get(number, missing)
        self._json({"header": {"type": "esummary", "version": "0.3"}, "result": result})

    def _idconv(self, path: str, query: dict[str, str]) -> None:
        rows = []
        for number in query.get("ids", "").split(","):
            known = self.registry.pmc.get(number)
            row = known or {"status": "error", "errmsg": "Identifier not found in PMC"}
            rows.append({"requested-id": number, **({"pmcid": number} if known else {}), **row})
        self._json({"status": "ok", "records": rows})

    # ── catalogues ─────────────────────────────────────────────────────────────────────

    def _xml(self, text: str) -> None:
        send(self, 200, text.encode(), "text/xml; charset=utf-8")

    def _ndl(self, path: str, query: dict[str, str]) -> None:
        held = self.registry.catalogues
        if path == "opensearch" and not self._is_faulty("ndl list"):
            self._xml(held.ndl_list(query))
        elif path == "sru" and not self._is_faulty("ndl"):
            self._xml(held.ndl_answer(query.get("query", "")))

    def _loc(self, path: str, query: dict[str, str]) -> None:
        if not self._is_faulty("loc"):
            self._xml(self.registry.catalogues.loc_answer(query.get("query", "")))

    def _open_library(self, path: str, query: dict[str, str]) -> None:
        if self._is_faulty("openlibrary"):
            return
        key = query.get("bibkeys", "")
        found = self.registry.catalogues.open_library.get(key.removeprefix("ISBN:"))
        self._json({key: found} if found else {})

    def _google_books(self, path: str, query: dict[str, str]) -> None:
        """An empty result has no ``items`` at all."""
        if self._is_faulty("googlebooks"):
            return
        found = self.registry.catalogues.google_books.get(query.get("q", "").removeprefix("isbn:"))
        result: dict[str, Any] = {"kind": "books#volumes", "totalItems": int(found is not None)}
        self._json(result | ({"items": [found]} if found else {}))

    def _openbd(self, path: str, query: dict[str, str]) -> None:
        if not self._is_faulty("openbd"):
            isbns = query.get("isbn", "").split(",")
            self._json([self.registry.catalogues.openbd.get(isbn) for isbn in isbns])

    def _cinii(self, path: str, query: dict[str, str]) -> None:
        if self._is_faulty("cinii"):
            return
        held = self.registry.catalogues
        if path.startswith("opensearch/"):
            self._json(held.cinii_answer(query))
            return
        record = held.cinii.get(path.removeprefix("crid/").removesuffix(".json"))
        self._json(record) if record else self._not_found("text/html")

    def _cinii_books(self, path: str, query: dict[str, str]) -> None:
        if self._is_faulty("ciniibooks"):
            return
        held, number = self.registry.catalogues, path.partition("/")[2].removesuffix(".rdf")
        if number in held.naid:
            to = f"https://cir.nii.ac.jp/crid/{held.naid[number]}"
            send(self, 301, b"", "text/html", Location=to)
        elif number in held.ncid:
            self._xml(held.ncid[number])
        else:
            self._not_found("text/html")

    def _data_set(self, path: str, query: dict[str, str]) -> None:
        """The whole file with an ETag, or that it is the one that the asker has."""
        if self._is_faulty("dataset"):
            return
        body = self.registry.data_set
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            send(self, 304, b"", "text/csv", ETag=etag)
        else:
            send(self, 200, body, "text/csv", ETag=etag)

    def _page(self, path: str, query: dict[str, str]) -> None:
        url = unquote(urlsplit(self.path).path.removeprefix("/pages/"))
        if self._is_faulty(url):
            return
        status, headers, body = self.registry.pages.get(url, (404, {}, b"gone"))
        kind = headers.get("Content-Type", "text/html")
        rest = {k.replace("-", "_"): v for k, v in headers.items() if k != "Content-Type"}
        if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        send(self, status, body, kind, **rest)


def _envelope(kind: str, message: Any) -> dict[str, Any]:
    return {"status": "ok", "message-type": kind, "message-version": "1.0.0", "message": message}


_ROUTES = {
    "crossref": _Handler._crossref,
    "doi": _Handler._doi_org,
    "jalc": _Handler._jalc,
    "datacite": _Handler._datacite,
    "eutils": _Handler._eutils,
    "idconv": _Handler._idconv,
    "ndl": _Handler._ndl,
    "loc": _Handler._loc,
    "openlibrary": _Handler._open_library,
    "googlebooks": _Handler._google_books,
    "openbd": _Handler._openbd,
    "cinii": _Handler._cinii,
    "ciniibooks": _Handler._cinii_books,
    "dataset": _Handler._data_set,
    "pages": _Handler._page,
}
