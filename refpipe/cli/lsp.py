"""``refpipe lsp``: speak with an editor."""

from __future__ import annotations

import click


@click.command("lsp", short_help="Serve an editor: findings, completion, hover, actions.")
@click.option("--stdio", is_flag=True, help="Accepted for editors that say so; it is the only way.")
def command(stdio: bool) -> None:  # noqa: ARG001
    """Speak the Language Server Protocol on standard input and output.

    An editor starts this by itself; docs/how-to/editors.md says how to set each one up.  It
    needs the extra refpipe[editor].
    """
    from refpipe.errors import UsageError

    try:
        from refpipe.lsp.server import serve
    except ModuleNotFoundError as error:
        if error.name not in {"pygls", "lsprotocol"}:
            raise
        raise UsageError(
            "the language server needs pygls, which is not installed",
            hint="pip install 'refpipe[editor]'",
        ) from error
    serve()
