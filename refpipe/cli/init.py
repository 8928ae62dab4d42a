"""``refpipe init``: set refpipe up in the folder of a site."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from refpipe.files import diff as diff_of

if TYPE_CHECKING:
    from refpipe.pipeline.site import Site
    from refpipe.pipeline.site.init import InitOptions, Step


@click.command("init", short_help="Set refpipe up in the folder of a site.")
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--articles", multiple=True, metavar="PATH", help="Where the articles are.")
@click.option("--style", metavar="NAME", help="The style of the references; ieee otherwise.")
@click.option("--lang", type=click.Choice(["ja", "en"]), help="The language of the findings.")
@click.option("--mailto", metavar="ADDRESS", help="Your e-mail address, for the registries.")
@click.option("--pre-commit", "hooks", is_flag=True, help="Add hooks for pre-commit.")
@click.option("--ci", multiple=True, type=click.Choice(["github", "gitlab"]), help="Add a CI job.")
@click.option("--target", is_flag=True, help="Add refs to the Makefile or package.json.")
@click.option("--diff", "is_diff", is_flag=True, help="Write nothing; print what would change.")
@click.option("--yes", "is_agreed", is_flag=True, help="Ask nothing; take what was found.")
@click.option("--new", "is_new", is_flag=True, help="A project of its own inside another one.")
def init_command(  # noqa: PLR0913 (one parameter an option)
    folder: Path,
    *,
    articles: tuple[str, ...],
    style: str | None,
    lang: str | None,
    mailto: str | None,
    hooks: bool,
    ci: tuple[str, ...],
    target: bool,
    is_diff: bool,
    is_agreed: bool,
    is_new: bool,
) -> int:
    """Find out what the site in FOLDER is made with and where its articles are, and set it up.

    Writes refpipe.toml (or a table in pyproject.toml) and, in a git repository, .gitattributes,
    .gitignore and git's settings for the library.  Hooks, a CI job and a target are written
    when they are asked for.  On a terminal it asks; elsewhere the options decide.  A second
    run changes nothing.

    Exit code 0: done, or nothing to do.  1: something is left for you to write, or --diff
    found something due.  2: it could not be done.
    """
    from refpipe import styles
    from refpipe.pipeline import git, site
    from refpipe.pipeline.site import init

    root = folder.absolute()
    _refuse_inside_another(root, is_new=is_new)
    found = site.place(root, articles) if articles else site.survey(root)
    wishes = init.InitOptions(
        style=style or "ieee",
        lang=lang or "",
        mailto=mailto or "",
        has_hooks=hooks,
        ci=ci,
        has_target=target,
        is_in_git=git.is_repository(root),
    )
    for line in _told(found):
        click.echo(line, err=True)
    from refpipe.cli import terminal

    is_asking = terminal.is_terminal(sys.stdin) and not is_agreed and not is_diff
    if is_asking and init.settings_file(root) is None:
        found, wishes = _asked(root, found, wishes)
    for remark in styles.load(wishes.style).remarks:
        click.echo(remark, err=True)
    init.check_options(wishes)
    return _carry_out(root, found, init.steps(root, found, wishes), is_diff=is_diff)


def _refuse_inside_another(root: Path, *, is_new: bool) -> None:
    from refpipe import config
    from refpipe.errors import UsageError

    if not root.is_dir():
        raise UsageError(f"{root}: no such folder", hint="mkdir it, or name another.")
    above = config.load(root).file
    if above is not None and above.parent != root and not is_new:
        raise UsageError(
            f"{root} belongs to the project of {above}",
            hint=f"Run refpipe init {above.parent}, or give --new for a project of its own.",
        )


def _told(site: Site) -> Iterator[str]:
    """What was found, for people."""
    from refpipe.cli import COMMANDS, console

    kind = f"{site.generator} (by {site.sign})" if site.generator else "no generator recognised"
    yield f"site:      {kind}"
    pages = console.count(site.pages, "page")
    yield f"articles:  {', '.join(site.articles)} ({pages})"
    if site.exclude:
        yield f"excluded:  {', '.join(site.exclude)}"
    if site.markup == "plain":
        yield (
            f"note: {site.generator} drops HTML that stands in Markdown, as it is set here: numbers"
            " and list show, the links between them do not"
        )
    if site.markup == "mdx":
        yield (
            "note: Markdown is read as MDX here; give pages that cite the ending .mdx, because an"
            " HTML comment in another page would stop the build"
        )
    for export in site.exports:
        way = f"refpipe wordpress pull --from-wxr {export}" if "wordpress" in COMMANDS else ""
        yield f"note: {export} is a WordPress export" + (
            f"; {way} takes its posts out" if way else ""
        )


def _asked(root: Path, found: Site, wishes: InitOptions) -> tuple[Site, InitOptions]:
    """What was found and is wished, after asking the person about each."""
    from dataclasses import replace

    from refpipe import styles
    from refpipe.pipeline import site

    usual = ", ".join(found.articles)
    named = click.prompt("Articles (folders or files, with commas)", default=usual, err=True)
    folders = tuple(part.strip() for part in named.split(",") if part.strip())
    if folders != found.articles:
        found = site.place(root, folders)
    style = click.prompt(
        f"Style ({', '.join(styles.names())})", default=wishes.style, show_default=True, err=True
    )
    mailto = click.prompt(
        "Your e-mail address, so that registries answer faster (empty for none)",
        default=wishes.mailto,
        show_default=False,
        err=True,
    )
    wishes = replace(wishes, style=style, mailto=mailto.strip())
    if wishes.is_in_git and not wishes.has_hooks:
        wants = click.confirm("Add hooks for pre-commit?", default=False, err=True)
        wishes = replace(wishes, has_hooks=wants)
    if not wishes.has_target and any(
        (root / name).is_file() for name in ("Makefile", "GNUmakefile", "package.json")
    ):
        wants = click.confirm("Add a target refs to it?", default=False, err=True)
        wishes = replace(wishes, has_target=wants)
    return found, wishes


def _carry_out(root: Path, site: Site, steps: Sequence[Step], *, is_diff: bool) -> int:
    """Write what is due, or show it; gives the exit code."""
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline import git
    from refpipe.pipeline.site import init

    due = [step for step in steps if step.is_due]
    left = [step for step in steps if step.by_hand]
    for step in due:
        shown = step.path.relative_to(root).as_posix()
        if is_diff:
            click.echo(diff_of(shown, step.before or "", step.after), nl=False)
        else:
            init.write(step)
            console.say(f"{'changed' if step.before is not None else 'wrote'} {shown}: {step.what}")
    for step in left:
        shown = step.path.relative_to(root).as_posix()
        console.say(f"{shown} was left unchanged: its form was not understood. Write into it:")
        for line in step.by_hand.splitlines():
            console.say(f"    {line}")
    if is_diff:
        return cli.FINDINGS if due or left else cli.CLEAN
    told = list(git.set_up(root)) if git.is_repository(root) else []
    for line in told:
        console.say(f"git: {line}")
    if not due and not left and not told:
        console.say("nothing to do: the project is set up")
    for line in _next(site):
        console.say(line)
    return cli.FINDINGS if left else cli.CLEAN


def _next(site: Site) -> Iterator[str]:
    """What to do now, for people."""
    page = f"{site.articles[0]}/PAGE" if site.articles[0] != "." else "PAGE"
    yield "next:"
    yield "  refpipe add 10.1148/radiol.2372041509   a paper by its DOI, and the text to paste"
    yield f"  {f'refpipe adopt --diff {page}':<40}a page with a list made by hand"
    yield "  refpipe refs                            number the citations, write the lists"
    yield "  refpipe check                           look for what is wrong before publishing"
