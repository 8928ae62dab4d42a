"""``refpipe browse``: look at the library in a web browser."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import click


@click.command("browse", short_help="Look at the library in a web browser.")
@click.option("--port", default=8001, show_default=True, help="Where on this machine.")
@click.option("--open/--no-open", "is_opened", default=True, help="Open the browser as well.")
@click.option("--only-write", is_flag=True, help="Lay the pages out in .refpipe and stop.")
def command(port: int, *, is_opened: bool, only_write: bool) -> int:
    """Show works, sources and decisions in a web browser, for looking only.

    Works by year, what cites what, what no registry has confirmed, possible duplicates,
    retractions, and what was merged lately.  Needs Datasette: pip install 'refpipe[browse]'.
    Ctrl-C ends it.
    """
    from refpipe import cli
    from refpipe.cache import Cache
    from refpipe.cli import console
    from refpipe.library import Library
    from refpipe.library.browse_tables import write

    config = console.project()
    laid_out = config.cache / "browse.db"
    with Library.open(config.library, writable=False) as library, Cache(config.cache) as cache:
        write(library, cache.citations(), laid_out)
    if not only_write:
        _serve(laid_out, port, is_opened=is_opened)
    console.say(f"written: {laid_out}")
    return cli.CLEAN


def _serve(database: Path, port: int, *, is_opened: bool) -> NoReturn:
    import importlib.util
    import os
    import sys

    from refpipe.cli import console
    from refpipe.errors import UsageError

    if importlib.util.find_spec("datasette") is None:
        raise UsageError(
            "Datasette is not installed", hint="pip install 'refpipe[browse]', or make browse"
        )
    metadata = Path(__file__).with_name("browse.json")
    command = [sys.executable, "-m", "datasette", "serve", "--immutable", str(database)]
    command += ["--metadata", str(metadata), "--port", str(port), "--setting", "sql_time_limit_ms"]
    command += ["5000", *(["--open"] if is_opened else [])]
    console.say(f"http://127.0.0.1:{port}/browse (Ctrl-C ends it)")
    # Datasette takes this process over: Ctrl-C and kill reach it without a go-between.
    os.execv(sys.executable, command)  # noqa: S606
