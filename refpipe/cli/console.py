"""What the commands share: how they speak, the time, the project, its articles, whom to ask."""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refpipe.cli import terminal
from refpipe.config import SUFFIXES, Config, choose_language, load_for
from refpipe.display import one_line
from refpipe.errors import ArticleError, RefpipeError, UsageError

if TYPE_CHECKING:
    from refpipe.library import Library
    from refpipe.library.projections import Contested
    from refpipe.model import Answer, Claim, Difference, Identifier, Item, Record, Unresolved, Work
    from refpipe.pipeline.changes import Change
    from refpipe.pipeline.site.published import FetchedPages, Published
    from refpipe.sources import Registries, Settings


def say(message: str) -> None:
    """Print talk, which goes to stderr; data goes to stdout."""
    click.echo(one_line(message), err=True)


def say_once(message: str) -> None:
    """Print talk that one run of a command says but once, however many pages it is about."""
    context = click.get_current_context(silent=True)
    said = context.find_root().meta.setdefault(__name__, set()) if context else set()
    if message not in said:
        said.add(message)
        say(message)


def project(library: Path | None = None, *, paths: Sequence[Path] | None = None) -> Config:
    """The configuration above the first of ``paths``, or above the current folder.

    A library that is named takes the place of the configuration's.  Where nobody set anything
    up this is said, unless articles are asked for: ``articles`` then says it.
    """
    config = load_for(paths or (), Path.cwd())
    if paths is None and library is None:
        note_no_project(config)
    if library is None:
        return config
    import dataclasses

    return dataclasses.replace(config, library=library.absolute())


def note_no_project(config: Config) -> None:
    """Say that there is no project, and how to make one, where there is none."""
    if not config.is_project:
        say(f"note: {_NO_PROJECT.format(config.root)}; refpipe init sets one up")


def check_writable(config: Config, library: Path | None) -> None:
    """Raise UsageError where nobody set anything up and no library was named to write to."""
    if library is None and not config.is_writable:
        raise UsageError(
            _NO_PROJECT.format(config.root),
            hint="Nothing was written. refpipe init sets a project up in this folder; or name the"
            " library that the works go to: --library library.db",
        )


_NO_PROJECT = "there is no project in {} or above it (no refpipe.toml, no library.db)"


def now() -> str:
    """The UTC time in ISO 8601, to the second.

    SOURCE_DATE_EPOCH sets it (https://reproducible-builds.org/specs/source-date-epoch/), so that
    a library can be built twice with the same bytes.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    if fixed is not None:
        try:
            moment = datetime.datetime.fromtimestamp(int(fixed), datetime.UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise UsageError(f"SOURCE_DATE_EPOCH is not a number of seconds: {fixed!r}") from error
    else:
        here = time.gmtime()
        _refuse_year(here.tm_year)
        moment = datetime.datetime(*here[:5], min(here.tm_sec, 59), tzinfo=datetime.UTC)
    _refuse_year(moment.year)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _refuse_year(year: int) -> None:
    """Raise UsageError for a clock so far off that no date could be reckoned with."""
    if not 1900 <= year <= 9000:
        raise UsageError(
            f"the clock says that it is the year {year}",
            hint="Set the clock of this machine (or SOURCE_DATE_EPOCH) right, and run this again.",
        )


def today() -> datetime.date:
    """The date where the writer sits, or that of SOURCE_DATE_EPOCH."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return datetime.date.fromisoformat(now()[:10])
    # Not datetime's own way, which refuses a TZ that is more than a day off.
    here = time.localtime()
    _refuse_year(here.tm_year)
    return datetime.date(here.tm_year, here.tm_mon, here.tm_mday)


def articles(config: Config, paths: Iterable[Path], unreadable: list[ArticleError]) -> list[Path]:
    """The article files named on the command line, or those of the configuration.

    A folder that cannot be read is added to ``unreadable``, for the command to say.  Raises
    UsageError where there is nothing to look at: an empty run must not look like success.
    """
    from refpipe import files

    named = list(paths) or list(config.articles)
    if not paths and not config.is_project and not any(path.exists() for path in named):
        raise UsageError(
            _NO_PROJECT.format(config.root),
            hint="refpipe init sets one up in this folder; or name the articles.",
        )
    note_no_project(config)
    foreign: list[Path] = []
    found = list(
        files.find(
            named,
            SUFFIXES,
            config.exclude,
            unreadable=unreadable,
            foreign=foreign,
            within=config.bounds,
        )
    )
    _tell_foreign(foreign)
    if not found and unreadable:
        raise unreadable[0]
    if not found:
        where = ", ".join(map(str, named))
        raise UsageError(
            f"no article found in {where}",
            hint=f"Articles end in {' '.join(SUFFIXES)}; name a file or a folder.",
        )
    return found


def _tell_foreign(foreign: Sequence[Path]) -> None:
    """Say how many folders were passed over, and name a few."""
    if not foreign:
        return
    from refpipe.pipeline import pages

    first = ", ".join(pages.shown(folder) for folder in foreign[:3])
    more = ", …" if len(foreign) > 3 else ""
    folders = "1 folder" if len(foreign) == 1 else f"{len(foreign)} folders"
    say(f"note: {folders} passed over (not this project's own): {first}{more}")


@contextmanager
def exports_opened(paths: Sequence[Path]) -> Iterator[tuple[tuple[Path, ...], dict[str, str]]]:
    """The paths with the posts of a WordPress export file in its place, while it is open.

    Beside them each post's path as it would be shown, with what to call it.
    """
    from refpipe.pipeline import pages

    exports = [path for path in paths if path.suffix.lower() == ".xml" and path.is_file()]
    if not exports:
        yield tuple(paths), {}
        return
    from refpipe.pipeline.site import wordpress

    with wordpress.opened(exports) as names:
        others = tuple(path for path in paths if path not in exports)
        yield (*others, *names), {pages.shown(path): name for path, name in names.items()}


def count(number: int, word: str) -> str:
    """``1 article``, ``2 articles``."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


@contextmanager
def library(*, writable: bool = True) -> Iterator[tuple[Library, str]]:
    """The project's library, and the time that decisions are dated with."""
    from refpipe.library import Library

    with Library.open(project().library, writable=writable) as opened:
        yield opened, now()


def print_line(text: str) -> None:
    """Print a line for a person on stdout, in the language of the talk."""
    from refpipe.display import in_language

    click.echo(in_language(text, terminal.language_of_talk()))


def work(told: Work, *, heading: str) -> None:
    """Print a work: a heading, its name, and a line to know it by."""
    print_line(f"{heading}: {told.name}  {line(told)}")


def line(told: Work) -> str:
    """A work in one line: first author, year, title, journal."""
    from refpipe.items import values

    item = told.item
    parts = [values.first_author(item), values.year(item), str(item.get("title") or "(no title)")]
    journal = item.get("container-title")
    told_parts = (*parts, journal if isinstance(journal, str) else "")
    return one_line(" · ".join(part for part in told_parts if part))


def changed_entries(library: Library, config: Config) -> None:
    """Say in which fields the entries of known works are printed otherwise now."""
    changed = library.changed()
    if not changed:
        return
    from refpipe import styles
    from refpipe.pipeline import changes

    style = styles.load(config.style_for(config.root))
    for change in changes.of_entries(library, changed, style):
        for line in change_lines(change):
            say(line)


def change_lines(change: Change) -> Iterator[str]:
    """A line for each tie that is new and each field that is another, with both its values."""
    from refpipe.checks.references import field_name
    from refpipe.display import in_language

    lang = terminal.language_of_talk()
    for tie in change.relations:
        when = f" of {tie.date}" if tie.date else ""
        said = f" (says {tie.source})" if tie.source else ""
        yield f"{change.work.name}: {tie.kind}{when}: {tie.target}{said}"
    for name, old, new in change.fields:
        before, now = (_short(value) or in_language("nothing", lang) for value in (old, new))
        yield f"{change.work.name}: {field_name(name, lang)}: {before} → {now}"


def unshown_line(record: Record, told: Work, one: Difference) -> str:
    """What a record states and its work's entry does not show: another source counts more."""
    from refpipe.checks.references import field_name

    lang = terminal.language_of_talk()
    field, said, shown = field_name(one.field, lang), _short(one.stated), _short(one.found)
    if lang == "ja":
        return (
            f"{record.origin}: {field}「{said}」は一覧に出ません。{told.name} では「{shown}」です"
        )
    return f"{record.origin}: {field} “{said}” is not shown; {told.name} has “{shown}”"


def _short(value: object) -> str:
    """A field's value in one line."""
    from refpipe.items import values

    text = values.shown(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


_LONGEST = 200
"""Signs of a value that are shown."""


def standing(works: Iterable[Work], config: Config, *, select: Sequence[str] = ()) -> int:
    """Say how the works stand: retracted, of concern, corrected, reinstated; gives the exit code.

    ``select`` names the rules that may speak; all that tell of a standing where it is empty.
    """
    from refpipe import cli
    from refpipe.retractions import index_path, stamp

    lang, code, works = choose_language(None, config.lang), cli.CLEAN, list(works)
    if not stamp(index_path()) and not any(work.relations for work in works):
        return code  # Without data on retractions there is nobody to say more.
    from refpipe.pipeline import retractions

    with retractions.KnownNotices() as known:
        informed = known.informed({one.id: one for one in works})
        if not any(work.relations for work in informed.values()):
            return code  # Of most works there is nothing to say, and the rules need not be read.
        from refpipe import checks
        from refpipe.checks.standing import ALARMS, TOLD

        chosen = tuple(select or TOLD)
        for work in informed.values():
            for finding in retractions.notice_findings(
                work, today=today(), select=chosen, data_of=known.day
            ):
                say(f"  {finding.code} {checks.message(finding, lang)}")
                code = max(code, cli.FINDINGS if finding.code in ALARMS else cli.CLEAN)
    return code


def contested(one: Contested) -> str:
    """A name that two branches gave to two works, and what to do about it."""
    return (
        f"the name {one.name} was given to two works; {one.keeper} keeps it, and {one.loser}"
        f" is now {one.instead}: look at the articles that cite [@{one.name}],"
        f" then settle it with refpipe undo {one.giving[:8]}"
    )


def how_to_undo(key: str) -> None:
    """Say how to take it back."""
    say(f"to take it back: refpipe undo {key[:8]}")


# ────────────────────────────────────────────────────────────────────────────────────────────────
# ``--format`` of the commands that print for reading or for a program: one option, one default.


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with ``--format``; its ``form`` is ``text`` or ``json``."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        help="text for reading; json for other programs.",
    )(command)


# ── Names of works, offered by the shell while a key is typed ───────────────────────────────────


def complete_keys(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001
    """The names that begin as typed; none where there is no library to look in."""
    from refpipe.library import Library

    try:
        with Library.open(project(paths=()).library, writable=False, is_left_stale=True) as library:
            return list(library.names(incomplete.removeprefix("@")))
    except RefpipeError:
        return []


# ── Whom the commands ask, registries and web pages, and how they say so ────────────────────────


# ── Whom the commands ask, and how they say so ──────────────────────────────────────────────────


_MEMORY = "http.sqlite"
"""The file in the cache's folder that holds what registries answered."""


def remembers(config: Config) -> bool:
    """Whether any registry's answer may be remembered from earlier runs."""
    try:
        return (config.cache / _MEMORY).is_file()
    except OSError:
        return False


def registries(config: Config, *, is_offline: bool = False) -> Callable[[], Registries]:
    """Gives the registries when something must be asked; the first call says what is missing.

    ``is_offline`` lets them answer from memory only.
    """

    def ask() -> Registries:
        from dataclasses import replace

        settings = _settings(config)
        if is_offline:
            return _watched(replace(settings, is_offline=True))
        if not settings.mailto:
            say_once(
                "note: no mailto is set, so the registries answer at their slowest pace;"
                " set REFPIPE_MAILTO to your own e-mail address"
            )
        return _watched(settings)

    return ask


def _settings(config: Config) -> Settings:
    """Whom to ask and how: the environment's word, then the project's."""
    from refpipe.sources import Settings

    return Settings.from_environment(os.environ, mailto=config.mailto, cache=config.cache / _MEMORY)


def _watched(settings: Settings) -> Registries:
    """Registries whose answers are counted before the eyes of whoever waits."""
    from refpipe.sources import Registries

    class Watched(Registries):
        def resolve(
            self,
            claims: Iterable[Claim],
            evidence: Mapping[Identifier, Item] | None = None,
            *,
            is_fresh: bool = False,
        ) -> Iterator[Answer | Unresolved]:
            asked = list(claims)
            arriving = super().resolve(asked, evidence, is_fresh=is_fresh)
            yield from terminal.shown_progress(
                arriving, total=len(asked), what="asking the registries"
            )

    return Watched(settings)


# ── Pages given by their address: fetched before a command goes on with them as with files ──────


def fetch_pages(
    config: Config, urls: Sequence[str], sitemaps: Sequence[str], *, is_fresh: bool
) -> FetchedPages:
    """Every page named or listed, one a second and host, with a sign of life."""
    from refpipe.pipeline.site import published

    return published.fetch_all(
        _settings(config),
        urls,
        sitemaps,
        config.cache / "web",
        now=now(),
        is_fresh=is_fresh,
        progress=lambda pages, total: terminal.shown_progress(
            pages, total=total, what="fetching the pages"
        ),
    )


def tell_unseen(pages: Iterable[Published]) -> None:
    """Say for each page what could not be seen of it."""
    for page in pages:
        for line in page.unseen:
            say(f"note: {page.url}: {line}")
