"""``refpipe desk``, ``lsp`` and ``browse``: the other doors, opened from the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from refpipe.pipeline.review import ReviewedFile

# ── ``refpipe desk``: articles, pasted lists, library and review on pages in the browser ────────


@click.command("desk", short_help="Work on articles and references in the browser.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="The port; a free one unless you say."
)
@click.option("--offline", is_flag=True, help="Ask no registry.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def desk_command(files: tuple[Path, ...], port: int, *, offline: bool, no_browser: bool) -> int:
    """Open the desk in the browser; it is on this machine only, and ends with Ctrl-C.

    The address that is printed holds a token; whoever does not have it sees nothing.

    With FILES (RIS, NBIB, BibTeX … out of databases) it is opened for a review: their duplicates
    are found, you decide the doubtful pairs, and it keeps the counts that PRISMA asks for.  The
    work is kept beside the first of them, in NAME.review.db, and goes on where you left it.
    """
    import webbrowser
    from dataclasses import replace

    from refpipe import cli
    from refpipe.cli import console
    from refpipe.errors import UsageError

    try:
        from refpipe.desk import listen, new_token, serve
        from refpipe.desk.desk import Desk
    except ImportError as error:
        raise UsageError(
            f"the desk needs a package that is not here ({error.name})",
            hint="pip install 'refpipe[desk]'",
        ) from error
    config = console.project(files[0].absolute().with_suffix(".review.db") if files else None)
    if files:
        config = replace(config, root=files[0].absolute().parent, articles=())
    desk = Desk(
        config=config,
        reviewed=_taken_in(config.library, files),
        now=console.now,
        today=console.today,
        registries=None if offline else console.registries(config),
    )
    token = new_token()
    opened = listen(port)
    address = f"http://127.0.0.1:{opened.getsockname()[1]}/?token={token}"
    click.echo(address)
    if not no_browser:
        webbrowser.open(address)
    console.say("the desk is open until Ctrl-C")
    serve(desk, opened, token)
    return cli.CLEAN


def _taken_in(library: Path, files: tuple[Path, ...]) -> tuple[ReviewedFile, ...]:
    """Put the files of a review into its library; gives how many records each holds."""
    from refpipe.cli import bibliography, console
    from refpipe.pipeline import review

    read = [bibliography.read_file(path, None) for path in files]
    if not read:
        return ()
    console.say(f"the review is kept in {library}")
    taken = review.take_files(library, read, now=console.now())
    for file in taken:
        console.say(f"{file.name}: {console.count(file.records, 'record')}")
    return taken


# ── ``refpipe lsp``: speak with an editor ───────────────────────────────────────────────────────


@click.command("lsp", short_help="Serve an editor: findings, completion, hover, actions.")
@click.option("--stdio", is_flag=True, help="Accepted for editors that say so; it is the only way.")
def lsp_command(stdio: bool) -> None:  # noqa: ARG001
    """Speak the Language Server Protocol on standard input and output.

    An editor starts this by itself; docs/how-to/editors.md says how to set each one up.  It
    needs the extra refpipe[editor].
    """
    from refpipe.errors import UsageError

    try:
        from refpipe.lsp import serve
    except ModuleNotFoundError as error:
        if error.name not in {"pygls", "lsprotocol"}:
            raise
        raise UsageError(
            "the language server needs pygls, which is not installed",
            hint="pip install 'refpipe[editor]'",
        ) from error
    serve()


# ── ``refpipe browse``: look at the library in a web browser ────────────────────────────────────


@click.command("browse", short_help="Look at the library in a web browser.")
@click.option("--port", default=8001, show_default=True, help="Where on this machine.")
@click.option("--open/--no-open", "is_opened", default=True, help="Open the browser as well.")
@click.option("--only-write", is_flag=True, help="Lay the pages out in .refpipe and stop.")
def browse_command(port: int, *, is_opened: bool, only_write: bool) -> int:
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


def _serve(database: Path, port: int, *, is_opened: bool) -> None:
    import contextlib
    import importlib.util
    import socket
    import webbrowser

    from refpipe.cli import console
    from refpipe.errors import UsageError

    if not all(importlib.util.find_spec(needed) for needed in ("datasette", "uvicorn")):
        raise UsageError("Datasette is not installed", hint="pip install 'refpipe[browse]'")
    import uvicorn

    try:
        opened = socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise UsageError(
            f"port {port} cannot be had: {error.strerror}", hint="name another with --port"
        ) from error
    port = opened.getsockname()[1]
    address = f"http://127.0.0.1:{port}/browse"
    console.say(f"{address} (Ctrl-C ends it)")
    if is_opened:
        webbrowser.open(address)
    settings = uvicorn.Config(only_here(pages(database), port), log_level="warning")
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(settings).run(sockets=[opened])


def pages(database: Path) -> Any:
    """Datasette's pages of a file that is never written, as an ASGI application."""
    import json

    from datasette.app import Datasette

    metadata = json.loads(Path(__file__).with_name("browse.json").read_text(encoding="utf-8"))
    served = Datasette(
        immutables=[str(database)], metadata=metadata, settings={"sql_time_limit_ms": 5000}
    )
    return served.app()


def only_here(application: Any, port: int) -> Any:
    """The application, for a browser that asks by an address of this machine and no other name.

    A page out there can have its own name lead to 127.0.0.1, and would read the answers.
    """
    names = {f"{host}:{port}".encode() for host in ("127.0.0.1", "localhost")}

    async def guarded(scope: Any, receive: Any, send: Any) -> None:
        told = [value for name, value in scope.get("headers", ()) if name == b"host"]
        if scope["type"] == "lifespan" or (len(told) == 1 and told[0] in names):
            await application(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 421, "headers": []})
        await send({"type": "http.response.body", "body": b"This is not the library's address."})

    return guarded
