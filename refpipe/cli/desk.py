"""``refpipe desk``: articles, pasted lists, library and review on pages in the browser."""

from __future__ import annotations

import click


@click.command("desk", short_help="Work on articles and references in the browser.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="The port; a free one unless you say."
)
@click.option("--offline", is_flag=True, help="Ask no registry.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def command(port: int, *, offline: bool, no_browser: bool) -> int:
    """Open the desk in the browser; it is on this machine only, and ends with Ctrl-C.

    The address that is printed holds a token; whoever does not have it sees nothing.
    """
    import webbrowser

    from refpipe import cli
    from refpipe.cli import console, registry_access
    from refpipe.errors import UsageError

    try:
        from refpipe.desk import app
        from refpipe.desk.desk import Desk
    except ImportError as error:
        raise UsageError(
            f"the desk needs a package that is not here ({error.name})",
            hint="pip install 'refpipe[desk]'",
        ) from error
    config = console.project()
    desk = Desk(
        config=config,
        now=console.now,
        today=console.today,
        registries=None if offline else registry_access.registries(config),
    )
    token = app.new_token()
    opened = app.listen(port)
    address = f"http://127.0.0.1:{opened.getsockname()[1]}/?token={token}"
    click.echo(address)
    if not no_browser:
        webbrowser.open(address)
    console.say("the desk is open until Ctrl-C")
    app.serve(desk, opened, token)
    return cli.CLEAN
