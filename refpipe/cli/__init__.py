"""The command line: each file holds commands that belong together, and is imported only for them.

A command that imports only what it needs starts fast; the table below therefore holds the
short help as well, so that ``refpipe --help`` imports none of them.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
import warnings
from collections.abc import Sequence
from typing import Any

import click

from refpipe.display import one_line
from refpipe.errors import LibraryNotice, RefpipeError
from refpipe.files import readable

CLEAN, FINDINGS, FAILED = 0, 1, 2
"""The exit codes: nothing to say; findings, or a change due; could not run or could not check."""

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("refpipe.cli.init", "Set refpipe up in the folder of a site."),
    "refs": ("refpipe.cli.refs", "Number the citations and write the list into each article."),
    "adopt": ("refpipe.cli.adopt", "Turn a hand-made list of references into a managed one."),
    "add": ("refpipe.cli.add", "Add works to the library by DOI, PMID, ISBN or URL."),
    "confirm": ("refpipe.cli.confirm", "Have the registries confirm what was read from print."),
    "resolve": ("refpipe.cli.add", "Look identifiers up without storing them."),
    "refresh": ("refpipe.cli.confirm", "Ask again about the works of the library."),
    "show": ("refpipe.cli.show", "Show one work, where each field came from, and why."),
    "format": ("refpipe.cli.bibliography", "Print the references of a CSL-JSON or BibTeX file."),
    "parse": ("refpipe.cli.bibliography", "Read a pasted list of references."),
    "dedupe": ("refpipe.cli.dedupe", "Find records of one work, in the library or in a file."),
    "review": ("refpipe.cli.dedupe", "Look at pairs that may be one work, and decide."),
    "why": ("refpipe.cli.show", "Say why two keys are one work, or are not."),
    "convert": ("refpipe.cli.bibliography", "Turn a bibliography file into another format."),
    "import": (
        "refpipe.cli.bibliography",
        "Put the entries of bibliography files into the library.",
    ),
    "export": ("refpipe.cli.search", "Print works of the library for other programs."),
    "check": ("refpipe.cli.check", "Look for bad dates, unresolved references and worse."),
    "retractions": ("refpipe.cli.findings", "Know at once when a cited work is retracted."),
    "evidence": ("refpipe.cli.findings", "Write what was checked of a page, when, against whom."),
    "search": ("refpipe.cli.search", "Find works by title, author, journal, year or identifier."),
    "cite": ("refpipe.cli.search", "Find a work by words and print the citation to paste."),
    "history": (
        "refpipe.cli.show",
        "Show which source stated what, when, and what was decided.",
    ),
    "edit": ("refpipe.cli.decide", "Correct fields of a work by hand."),
    "merge": ("refpipe.cli.decide", "Record that two works are one."),
    "split": ("refpipe.cli.decide", "Record that two works are different."),
    "replace": ("refpipe.cli.decide", "Cite the newer version of a work in its place."),
    "undo": ("refpipe.cli.decide", "Take back the last decision or correction, or a named one."),
    "who": ("refpipe.cli.search", "List the articles that cite a work."),
    "waive": (
        "refpipe.cli.findings",
        "Answer a finding with a reason, so that it is not repeated.",
    ),
    "rule": ("refpipe.cli.findings", "Explain a rule of refpipe check, or list them all."),
    "lsp": ("refpipe.cli.servers", "Serve an editor: findings, completion, hover, actions."),
    "browse": ("refpipe.cli.servers", "Look at the library in a web browser."),
    "desk": ("refpipe.cli.servers", "Work on articles and references in the browser."),
    "wordpress": (
        "refpipe.cli.wordpress",
        "Bring a WordPress site's posts here, and changes back.",
    ),
    "db": ("refpipe.cli.db", "Look after library.db itself."),
}
"""Command → its module and its short help; the module has it as ``NAME_command``."""


def load(name: str) -> click.Command:
    """The command of that name, its module imported."""
    command = getattr(importlib.import_module(COMMANDS[name][0]), f"{name}_command")
    assert isinstance(command, click.Command)  # noqa: S101
    return command


class _Typed(click.types.StringParamType):
    """Words as they were typed, also where the locale is not UTF-8 and Python keeps bytes."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return readable(super().convert(value, param, ctx))


class Forms(click.Choice[str]):
    """The forms of an output; one keeps the name that it had before."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The form of that name; ``csl`` is ``csl-json``."""
        return super().convert("csl-json" if value == "csl" else value, param, ctx)


class _Context(click.Context):
    """A command's context, whose help is laid out by ``help_pages``, loaded only to show help."""

    def make_formatter(self) -> click.HelpFormatter:
        from refpipe.cli import help_pages, terminal

        sizes = (self.terminal_width, self.max_content_width)
        if terminal.language_of_talk() == "ja":
            return help_pages.JapaneseFormatter(self.command_path, *sizes)
        return help_pages.Formatter(width=sizes[0], max_width=sizes[1])


class _LazyGroup(click.Group):
    """A group that knows its commands by name and imports each only to run it."""

    context_class = _Context

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = load(cmd_name)
        _prepare(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, row[1]) for name, row in COMMANDS.items()])


def _prepare(command: click.Command) -> None:
    """Give the command, and those below it, our reading of words and our layout of help."""
    command.context_class = _Context
    for parameter in command.params:
        if isinstance(parameter.type, click.types.StringParamType):
            parameter.type = _Typed()
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        _prepare(below)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="refpipe", message="refpipe %(version)s")
def refpipe() -> None:
    """Numbered references for health articles: resolved, deduplicated, kept in step.

    Cite with [@doi:10.1148/radiol.2372041509] in Markdown or HTML, put <!--bibliography-->
    where the list goes, and run refpipe refs.
    """


def tell(error: RefpipeError) -> None:
    """Print what failed and what to do next."""
    click.echo(f"refpipe: {one_line(str(error))}", err=True)
    if error.hint:
        click.echo(f"  {one_line(error.hint)}", err=True)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code; errors are printed, never raised."""
    from refpipe.cli import terminal

    with terminal.guarded(), warnings.catch_warnings():
        warnings.simplefilter("always", LibraryNotice)
        told = warnings.showwarning
        warnings.showwarning = lambda message, kind, *where: (
            click.echo(f"refpipe: {one_line(str(message))}", err=True)
            if issubclass(kind, LibraryNotice)
            else told(message, kind, *where)
        )
        return _run(arguments)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        result = refpipe.main(args=arguments, prog_name="refpipe", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return FAILED
    except click.Abort:
        click.echo("stopped; what was done so far is kept", err=True)
        return FAILED
    except RefpipeError as error:
        tell(error)
        return FAILED
    except BrokenPipeError:
        # The reader of our output went away (``| head``); Python would complain once more on exit.
        sys.stdout = None
        return CLEAN
    except Exception as error:
        if os.environ.get("REFPIPE_TRACEBACK"):
            raise
        _tell_unforeseen(error)
        return FAILED
    return result if isinstance(result, int) else CLEAN


_LONGEST_SHOWN = 300
"""Signs of a path that the machine would not take."""


def _tell_unforeseen(error: Exception) -> None:
    """Print what nobody foresaw, a full disk in its own words."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        click.echo("refpipe: there is no room left to write to", err=True)
        click.echo("  Make room and run it again; what was stored so far is kept.", err=True)
        return
    if isinstance(error, OSError) and error.strerror:
        named = one_line(readable(str(error.filename or "")))[:_LONGEST_SHOWN]
        where = f"{named}: " if named else ""
        click.echo(f"refpipe: {where}{one_line(error.strerror)}", err=True)
        click.echo("  What was stored so far is kept; mend that and run it again.", err=True)
        return
    kind = type(error).__name__
    click.echo(f"refpipe: an error in refpipe itself: {kind}: {one_line(str(error))}", err=True)
    click.echo("  What was stored so far is kept.  REFPIPE_TRACEBACK=1 shows where.", err=True)
