"""Serve the works of a JSON Lines file until stopped, and print the variables to set."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fake_registry import FakeRegistry, load

with FakeRegistry() as fake:
    for name in sys.argv[1:]:
        fake.add_all(load(Path(name)))
    for variable, value in fake.environ.items():
        print(f"export {variable}={value}", flush=True)  # noqa: T201
    threading.Event().wait()
