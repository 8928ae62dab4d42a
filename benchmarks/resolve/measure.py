"""What 1,000 DOIs cost: requests and seconds, cold and warm, beside manubot on the same server.

The server is the fake registry of the tests, which announces and checks the limits of
Crossref's polite pool.  manubot is measured where ``--manubot`` names a Python that has it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from fake_registry import FakeRegistry  # noqa: E402

from refpipe.model import Answer, Certainty, Claim, Identifier, Scheme  # noqa: E402
from refpipe.sources import Registries, Settings  # noqa: E402
from refpipe.sources.crossref import BATCH  # noqa: E402

__all__ = ["BATCH", "measure"]

POLITE = (10, 3)
"""Singles and lists a second in Crossref's polite pool."""


def shared() -> Path:
    """Where the collections lie."""
    return Path(os.environ.get("REFPIPE_SHARED", ROOT.parent / "shared")) / "data"


def messages() -> list[dict[str, Any]]:
    """The works that the server knows."""
    with gzip.open(shared() / "crossref/works.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["message"] for line in lines]


def measure(count: int, limits: tuple[int, int] = POLITE) -> dict[str, Any]:
    """The figures of a cold and a warm run."""
    with FakeRegistry() as fake, tempfile.TemporaryDirectory() as folder:
        fake.add_all(messages())
        fake.limits = limits
        dois = random.Random(3).sample(sorted(fake.works), count)
        environ = fake.environ | {"REFPIPE_MAILTO": "writer@example.org"}
        settings = Settings.from_environment(environ, cache=Path(folder) / "http.sqlite")
        cold = _run(fake, settings, dois)
        warm = _run(fake, settings, dois)
        return {"dois": count, "cold": cold, "warm": warm, "too fast": len(fake.too_fast)}


def _run(fake: FakeRegistry, settings: Settings, dois: list[str]) -> dict[str, Any]:
    fake.forget_requests()
    claims = [
        Claim(identifier=Identifier(Scheme.DOI, doi), certainty=Certainty.LITERAL) for doi in dois
    ]
    started = time.perf_counter()
    with Registries(settings) as registries:
        answered = sum(isinstance(one, Answer) for one in registries.resolve(claims))
    seconds = time.perf_counter() - started
    return {
        "answered": answered,
        "requests": len(fake.requests),
        "seconds": round(seconds, 1),
    }


_MANUBOT = """
import sys
import requests
base, dois = sys.argv[1], sys.argv[2:]
real = requests.Session.request
def here(self, method, url, **kw):
    path = url.split("/", 3)[3]
    room = "doi" if url.startswith("https://doi.org/") else "elsewhere"
    return real(self, method, f"{base}/{room}/{path}", **kw)
requests.Session.request = here
from manubot.cite.doi import get_doi_csl_item
good = 0
for one in dois:
    try:
        good += bool(get_doi_csl_item(one))
    except Exception as error:
        print(one, type(error).__name__, file=sys.stderr)
print(good)
"""
"""Ask for the DOIs one after another, every address led to the fake registry."""


def beside(python: str, count: int) -> dict[str, Any]:
    """The figures of manubot for ``count`` DOIs, its addresses led to the same server."""
    with FakeRegistry() as fake:
        fake.add_all(messages())
        dois = random.Random(3).sample(sorted(fake.works), count)
        fake.csl |= {doi: _csl(fake.works[doi]) for doi in dois}
        started = time.perf_counter()
        run = subprocess.run(
            [python, "-c", _MANUBOT, fake.base, *dois], capture_output=True, text=True, check=False
        )
        seconds = time.perf_counter() - started
        good = run.stdout.split()[-1] if run.stdout.split() else run.stderr[-300:]
        return {
            "dois": count,
            "answered": good,
            "requests": len(fake.requests),
            "seconds": round(seconds, 1),
        }


def _csl(message: dict[str, Any]) -> dict[str, Any]:
    """A work as content negotiation gives it: titles and containers as plain strings."""
    single = {
        name: value[0] if isinstance(value, list) and value else value
        for name, value in message.items()
        if name in {"title", "container-title"}
    }
    return message | single


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--manubot", default="", help="a Python in which manubot is installed")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    found = {"refpipe": measure(asked.count)}
    if asked.manubot:
        found["manubot"] = beside(asked.manubot, min(asked.count, 100))
    print(json.dumps(found, indent=2))
    if asked.write:
        path = Path(__file__).with_name("scores.json")
        kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        path.write_text(json.dumps(kept | found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
