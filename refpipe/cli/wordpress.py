"""``refpipe wordpress``: a WordPress site's posts as files, and back."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from refpipe.wordpress.checkout import Checkout
    from refpipe.wordpress.posts import Listing, PostOutcome
    from refpipe.wordpress.site import WordPressSite

_PASSWORD = "REFPIPE_WORDPRESS_PASSWORD"  # noqa: S105 (the name of a variable)


@click.group("wordpress", short_help="Bring a WordPress site's posts here, and changes back.")
def wordpress_command() -> None:
    """Bring the posts of a WordPress site into a folder, and send back what was changed.

    The pulled files are articles like any other: check, adopt and refs work on them.  Site and
    user stand under [wordpress] in refpipe.toml (site, user, folder, types); the application
    password is taken from REFPIPE_WORDPRESS_PASSWORD, from the system's keyring, or asked for.
    """


@wordpress_command.command("pull")
@click.argument("site", required=False)
@click.option("--user", default="", help="The user's name on the site.")
@click.option("--types", default="", help="What to pull, by commas: posts,pages unless you say.")
@click.option("--since", default="", metavar="DATE", help="Only what was changed after that day.")
@click.option("--from-wxr", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Read an export file of the site; nobody is asked.")  # fmt: skip
def pull(site: str | None, user: str, types: str, since: str, from_wxr: Path | None) -> int:
    """Bring the posts and pages of SITE into the folder; what was changed here is kept.

    A post that was changed on both sides is merged; where both changed one place, both stand in
    the file between marks, and you settle it.

    Exit code 0: all is here.  1: something waits for you.  2: something could not be read.
    """
    from refpipe.errors import UsageError
    from refpipe.pipeline.site import wordpress

    if from_wxr is not None:
        from refpipe.wordpress.posts import exported, site_of

        content, name = from_wxr.read_bytes(), str(from_wxr)
        if since:
            raise UsageError("--since asks the site, and --from-wxr asks nobody")
        settings = _settings(site, user, otherwise=site_of(content, name=name) or name)
        posts, kinds = exported(content, name=name), _kinds(types or settings["types"])
        return _tell(wordpress.unpack(_checkout(settings), posts, kinds))
    settings = _settings(site, user)
    here = _checkout(settings)
    kinds = _kinds(types or settings["types"])
    with _open(settings) as opened:
        if (code := _greet(opened)) is not None:
            return code
        return _tell(wordpress.pull(opened, here, kinds, since=_moment(since)))


@wordpress_command.command("status")
def status() -> int:
    """Say which pulled files were changed here; the site is not asked."""
    from refpipe.pipeline.site import wordpress

    return _tell(wordpress.status(_checkout(_settings())), is_due=True)


@wordpress_command.command("diff")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def diff(paths: tuple[Path, ...]) -> int:
    """Print what was changed in the pulled files (or in PATHS) since they were pulled."""
    from refpipe import cli
    from refpipe.pipeline.site import wordpress

    code = cli.CLEAN
    for outcome in wordpress.status(_checkout(_settings()), paths):
        if outcome.is_unchecked:
            _tell_one(outcome)
            code = cli.FAILED
        elif outcome.diff:
            click.echo(outcome.diff, nl=False)
            code = max(code, cli.FINDINGS)
    return code


@wordpress_command.command("push")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
@click.option("--undo", is_flag=True, help="Put back the text before the last push of PATHS.")
@click.option("--user", default="", help="The user's name on the site.")
def push(paths: tuple[Path, ...], *, dry_run: bool, undo: bool, user: str) -> int:
    """Send the changed files (or PATHS) to the site, each compared before and after.

    A post that was changed on the site since it was pulled is not written; pull merges it.
    Drafts stay drafts: only the text is sent.

    Exit code 0: all that was changed is on the site.  1: something waits for you.  2: something
    could not be asked or written.
    """
    from refpipe.errors import UsageError
    from refpipe.pipeline.site import wordpress

    if undo and not paths:
        raise UsageError("--undo needs the files to take back", hint="Name them.")
    settings = _settings(None, user)
    here = _checkout(settings)
    with _open(settings) as site:
        if (code := _greet(site)) is not None:
            return code
        if undo:
            return _tell(wordpress.undo(site, here, paths))
        return _tell(wordpress.push(site, here, paths, is_dry=dry_run), is_due=dry_run)


def _settings(site: str | None = None, user: str = "", *, otherwise: str = "") -> dict[str, str]:
    """Site, user, folder and types: the command line's, else the configuration's.

    Where neither names a site, it is the one whose posts the folder holds, or ``otherwise``.
    """
    from refpipe.cli import console
    from refpipe.errors import UsageError
    from refpipe.wordpress import checkout

    config = console.project(paths=())
    known = dict(config.wordpress)
    settings = {
        "site": site or known.get("site", ""),
        "user": user or known.get("user", ""),
        "folder": str(config.root / known.get("folder", "wordpress")),
        "types": known.get("types", "posts,pages"),
    }
    settings["site"] = settings["site"] or checkout.site_of(Path(settings["folder"])) or otherwise
    if not settings["site"]:
        raise UsageError(
            "which site?", hint='Name it, or set site = "https://…" under [wordpress].'
        )
    return settings


def _kinds(types: str) -> list[str]:
    """The types of posts that are named, by commas.  Raises UsageError for none."""
    from refpipe.errors import UsageError

    kinds = [kind.strip() for kind in types.split(",") if kind.strip()]
    if not kinds:
        raise UsageError("which types of posts?", hint="Name them: --types posts,pages")
    return kinds


def _checkout(settings: dict[str, str]) -> Checkout:
    from refpipe.wordpress.checkout import Checkout

    return Checkout(Path(settings["folder"]), settings["site"].rstrip("/"))


def _open(settings: dict[str, str]) -> WordPressSite:
    from refpipe.errors import UsageError
    from refpipe.http import Settings
    from refpipe.wordpress.site import WordPressSite

    if not settings["user"]:
        raise UsageError("which user?", hint='Give --user, or set user = "…" under [wordpress].')
    asked = Settings.from_environment(os.environ)
    password = _password(settings["site"], settings["user"])
    return WordPressSite(asked, settings["site"], settings["user"], password)


def _password(site: str, user: str) -> str:
    """The application password: from the environment, the system's keyring, or the keyboard."""
    from refpipe.errors import UsageError

    if os.environ.get(_PASSWORD):
        return os.environ[_PASSWORD]
    if found := _from_keyring(site, user):
        return found
    from refpipe.cli import terminal

    if not terminal.is_terminal(sys.stdin):
        raise UsageError(
            "there is no application password",
            hint=f"Set {_PASSWORD}, or keep it in the system's keyring (service {site}).",
        )
    asked: str = click.prompt(f"Application password of {user}", hide_input=True, err=True)
    return asked


def _from_keyring(site: str, user: str) -> str | None:
    try:
        import keyring
    except ImportError:
        return None
    try:
        kept: str | None = keyring.get_password(site, user)
    except keyring.errors.KeyringError:
        return None
    return kept


def _greet(site: WordPressSite) -> int | None:
    """Say whom the site takes us for; the exit code where it takes us for nobody."""
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.wordpress.posts import Refused

    rights = site.rights()
    if isinstance(rights, Refused):
        console.say(f"refpipe: {site.address}: {rights.reason}")
        if rights.hint:
            console.say(f"  {rights.hint}")
        return cli.FAILED
    if not rights.may_keep_markup:
        console.say(
            f"note: {rights.name} may not store every markup; what the site filters out is reported"
        )
    return None


def _moment(day: str) -> str:
    """The beginning of a day as the site's interface wants it."""
    import datetime

    from refpipe.errors import UsageError

    if not day:
        return ""
    try:
        return f"{datetime.date.fromisoformat(day).isoformat()}T00:00:00"
    except ValueError as error:
        raise UsageError(f"--since {day!r} is no day", hint="Write it as 2026-02-10.") from error


_QUIET = frozenset({"unchanged"})
_BETWEEN = 5.0
"""Seconds between two lines that say how far a listing has come."""


def _tell(outcomes: Iterable[PostOutcome | Listing], *, is_due: bool = False) -> int:
    """Print what became of each post and the count of each fate; gives the exit code."""
    import time
    from collections import Counter

    from refpipe import cli
    from refpipe.cli import console
    from refpipe.wordpress.posts import Listing

    fates: Counter[str] = Counter()
    code, said = cli.CLEAN, time.monotonic()
    for outcome in outcomes:
        if isinstance(outcome, Listing):
            if outcome.is_over:
                code = max(code, _tell_listing(outcome))
            elif (now := time.monotonic()) - said > _BETWEEN:
                said = now
                console.say(f"{outcome.kind}: {outcome.shown} of {outcome.total}")
            continue
        fates[outcome.fate] += 1
        _tell_one(outcome)
        if outcome.is_unchecked:
            code = cli.FAILED
        elif outcome.waits or (is_due and outcome.fate not in _QUIET):
            code = max(code, cli.FINDINGS)
    counts = [_said(f"{number} {fate}") for fate, number in sorted(fates.items())]
    console.say(", ".join(counts) if counts else "nothing to do")
    return code


def _tell_one(outcome: PostOutcome) -> None:
    from refpipe.cli import console
    from refpipe.pipeline import pages

    if outcome.fate in _QUIET and not outcome.warnings:
        return
    where = pages.shown(outcome.path) if outcome.path else outcome.name
    detail = f"  {_said(outcome.detail)}" if outcome.detail else ""
    console.say(f"{outcome.fate:<9}  {where}  {outcome.title}{detail}")
    if outcome.hint:
        console.say(f"  {outcome.hint}")
    for warning in outcome.warnings:
        console.say(f"  warning: {warning}")
    if outcome.diff and outcome.fate in {"due", "filtered"}:
        click.echo(outcome.diff, nl=False)


def _said(text: str) -> str:
    """A part of a line in the language of the talk; what no row knows stays as it is."""
    from refpipe.cli import terminal
    from refpipe.display import in_language

    return in_language(text, terminal.language_of_talk())


def _tell_listing(listing: Listing) -> int:
    """Say how many posts of a type the site has and shows; what is hidden is never passed over."""
    from refpipe import cli
    from refpipe.cli import console

    told = f"{listing.total} {listing.kind}"
    if listing.hidden:
        told += f", {listing.shown} visible to you; the rest was not read"
    console.say(told)
    if listing.refused is not None:
        console.say(f"refpipe: {listing.kind}: {listing.refused.reason}")
        if listing.refused.hint:
            console.say(f"  {listing.refused.hint}")
    return cli.FAILED if listing.refused is not None or listing.hidden else cli.CLEAN
