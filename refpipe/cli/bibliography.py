"""``refpipe import``, ``convert``, ``format``, ``parse``: files and lists of references."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from refpipe.cli import CLEAN, FAILED, FINDINGS, Forms
from refpipe.cli.console import say
from refpipe.display import columns, in_language
from refpipe.errors import RefpipeError, UsageError
from refpipe.items import exchange, values
from refpipe.items.exchange import BibliographyFile
from refpipe.model import Inline, Item

if TYPE_CHECKING:
    from refpipe.items.printed import Printed


READABLE = list(exchange.FORMATS)


def _source_option(named: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """``--from``, about the argument of that name."""
    return click.option(
        "--from",
        "source",
        type=click.Choice(READABLE),
        help=f"The format of {named}; guessed if not named.",
    )


# ── Bibliography files named on the command line, and what is said of their broken entries ──────


def read_file(path: Path, form: str | None, *, may_be_empty: bool = False) -> BibliographyFile:
    """The entries of a file (a dash is standard input); what is broken is said at once.

    Raises UsageError where the file cannot be opened, UnreadableText where no format fits it or,
    unless it ``may_be_empty``, nothing is in it.
    """
    name = "standard input" if str(path) == "-" else str(path)
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror or error}") from error
    if len(raw) > _LONG:
        say(f"reading {name}")
    found = exchange.read_bibliography(raw, name, form, may_be_empty=may_be_empty)
    for note in found.notes:
        say(note)
    return found


_LONG = 2_000_000
"""Bytes of a file that takes more than a second to read."""


# ── ``refpipe import``: the entries of bibliography files into the library ──────────────────────


_SHOWN = 20
"""New works without a key in their file that are named after an import."""


@click.command("import", short_help="Put the entries of bibliography files into the library.")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
)
@_source_option("FILES")
def import_command(files: tuple[Path, ...], source: str | None) -> int:
    """Put the entries of FILES into the library: BibTeX, RIS, NBIB, EndNote, CSL-JSON.

    Each entry is stored word for word, with its file and line, and matched with what is there: an
    entry of a known work adds to that work.  The citation keys of a BibTeX or CSL-JSON file become
    names of its works, so that [@Modic2005] finds what the file calls Modic2005; a key that another
    work has already is reported.  An entry that joins a known work, or may be one with another, is
    reported, with each field of a known work that is printed otherwise now, and each value that
    is not shown because another source counts more.  Importing a file twice changes nothing.  No
    registry is asked; refpipe confirm does that afterwards.

    Exit code 0: all entries are in the library.  1: some cannot be read, or were taken back.  2:
    none can be read.
    """
    from refpipe.cli import console, terminal
    from refpipe.library import Library
    from refpipe.pipeline import intake

    try:
        read = [read_file(path, source) for path in files]
    except RefpipeError as error:
        error.hint = " ".join(
            filter(
                None,
                (
                    error.hint,
                    "Nothing was imported; leave this file out or mend it, and run again.",
                ),
            )
        )
        raise
    config = console.project()
    now = console.now()  # One command, one time: an undo takes back all of it.
    with Library.open(config.library, create=True) as library:
        new, taken_back, named = 0, 0, list[str]()
        for file in read:
            told = intake.Import()
            for note in intake.take_entries(
                library, file.form, file.name, file.entries, now=now, told=told,
                progress=lambda numbers: terminal.shown_progress(
                    numbers, total=len(numbers), what="importing"
                ),
            ):  # fmt: skip
                console.say(note)
            new += told.new
            taken_back += told.taken_back
            named += told.named
            for record, work, one in told.unshown:
                console.say(console.unshown_line(record, work, one))
            count = len(file.entries)
            console.say(f"{file.name}: {count} {'entry' if count == 1 else 'entries'} read")
        console.changed_entries(library, config)
        console.say(f"{console.count(new, 'work')} new in {library.path.name}")
        if named:
            more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
            console.say(f"to be cited as: {', '.join(f'@{one}' for one in named[:_SHOWN])}{more}")
    if any(file.broken for file in read):
        return FINDINGS if any(file.entries for file in read) else FAILED
    return FINDINGS if taken_back else CLEAN


# ── ``refpipe convert``: a bibliography file in another format, without the library ─────────────


_TO = [form for form, row in exchange.FORMATS.items() if row.is_written]


@click.command("convert", short_help="Turn a bibliography file into another format.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True))
@_source_option("FILE")
@click.option(
    "--to", "target", type=click.Choice(_TO), default="csl-json", show_default=True,
    help="The format to print.",
)  # fmt: skip
def convert_command(file: Path, source: str | None, target: str) -> int:
    """Print the entries of FILE in another format; a dash reads standard input.

    FILE is BibTeX, RIS, NBIB (PubMed), PubMed XML, EndNote XML, EndNote .enw or CSL-JSON.  The
    library is neither asked nor changed.  An entry that cannot be read is named with its line,
    and the others are converted.

    Exit code 0: all entries are converted.  1: some cannot be read.  2: none can.
    """
    read = read_file(file, source)
    click.echo(exchange.write(target, [entry.item for entry in read.entries]), nl=False)
    if read.broken:
        return FINDINGS if read.entries else FAILED
    return CLEAN


# ── ``refpipe format``: the entry of each item of a file, one a line ────────────────────────────


@click.command("format")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path, allow_dash=True)
)
@_source_option("FILE")
@click.option(
    "--style",
    "style_name",
    default="ieee",
    show_default=True,
    metavar="NAME",
    help="A style by name (ieee, vancouver, ama, sist02 …) or the path of a .csl file.",
)
@click.option(
    "--to",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(["text", "html", "markdown"]),
    help="How to write the entries.",
)
def format_command(file: Path, source: str | None, style_name: str, form: str) -> int:
    """Print the references in FILE, one a line, in the order given.

    FILE is CSL-JSON (an array, or one item a line), BibTeX, RIS or another format that refpipe
    convert reads; a dash reads standard input.  The entries carry no number.  What an item lost
    on the way is reported on standard error; the exit code is 1 if something in FILE is no item
    and was left out.
    """
    from refpipe import markup, styles
    from refpipe.render import entry

    forms: dict[str, Callable[[Inline], str]] = {
        "text": markup.plain,
        "html": markup.html,
        "markdown": markup.markdown,
    }
    style = styles.load(style_name)
    for remark in style.remarks:
        say(remark)
    read = read_file(file, source, may_be_empty=True)
    for number, found in enumerate(read.entries, 1):
        result = entry(found.item, style)
        click.echo(forms[form](result.content))
        for message in result.warnings:
            click.echo(f"{file}: item {number}: {message}", err=True)
    return FINDINGS if read.broken else CLEAN


# ── ``refpipe parse``: a pasted list of references as items ─────────────────────────────────────


_FORMATS = ["json", "jsonl", "bibtex", "csl-json", "text"]


@click.command("parse", short_help="Read a pasted list of references.")
@click.argument("file", type=click.File("rb"), default="-")
@click.option(
    "--format", "form", type=Forms(_FORMATS), default="text", show_default=True,
    help="text for reading; json and jsonl with the confidence and place of each field; "
    "csl-json and bibtex for other programs.",
)  # fmt: skip
def parse_command(file: IO[bytes], form: str) -> int:
    """Read the references in FILE (or - for what is pasted) and print what each one says.

    Any style will do, numbered or not, line breaks and all.  Blank lines separate the references
    where there are any.  Of a whole page its list is read, and the rest left out.  Nothing is
    looked up and nothing invented: what was not understood is shown as it stands.

    Exit code 0: every reference was read.  1: of one at least neither a title nor a name was
    understood.  2: there was nothing to read, or FILE is one that refpipe convert reads.
    """
    from refpipe import cli
    from refpipe.articles.lists import pasted
    from refpipe.articles.lists.legacy_list import reference_score
    from refpipe.items import printed
    from refpipe.pipeline import pasted_list

    name = str(getattr(file, "name", ""))
    text, *remarks = exchange.decoded(file.read(), name)
    text = text.replace("\r\n", "\n")
    for told in remarks:
        say(told)
    is_html = name.lower().endswith((".html", ".htm")) or pasted.is_markup(text)
    page = pasted.of_page(text, "html" if is_html else "markdown")
    # A page may show a file's entry as well, as in "Cite this page".
    if page is None and (held := exchange.form_of(name, text)) is not None:
        say(f"refpipe: {name}: these are entries of a file ({held}), and no printed references")
        say("  refpipe convert reads them, refpipe import takes them into the library")
        return cli.FAILED
    if page is not None:
        first, last = (text.count("\n", 0, at) + 1 for at in (page[0].start, page[0].end))
        say(f"note: lines {first} to {last} are the list of references; the rest was left out")
    elif is_html:
        text = pasted.without_markup(text)
    references = page[1] if page is not None else [one.of(text) for one in pasted.split(text)]
    if page is None and (remark := pasted_list.remark(name, text)):
        say(f"note: {remark}")
    read = [printed.remembered(one) for one in references]
    if not read:
        click.echo("refpipe: nothing to read; paste one reference or a list of them", err=True)
        return cli.FAILED
    for piece in _written(read, form):
        click.echo(piece)
    code = cli.CLEAN
    for one in read:
        is_read = bool({"title", "author", "editor"} & one.reading.item.keys())
        if not is_read or reference_score(one.text) < 0:
            click.echo(f"refpipe: not understood: {one.text[:80]!r}", err=True)
            code = cli.FINDINGS
    return code


def _written(read: list[Printed], form: str) -> Iterator[str]:
    """The output, piece by piece."""
    if form == "jsonl":
        yield from (json.dumps(_told(one), ensure_ascii=False) for one in read)
    elif form == "json":
        yield json.dumps([_told(one) for one in read], ensure_ascii=False, indent=2)
    elif form == "csl-json":
        yield json.dumps(keyed(one.reading.item for one in read), ensure_ascii=False, indent=2)
    elif form == "bibtex":
        yield exchange.write("bibtex", keyed(one.reading.item for one in read))
    else:
        from refpipe.cli import terminal

        lang = terminal.language_of_talk()
        for number, one in enumerate(read, 1):
            yield _shown(number, one, lang)


def _told(one: Printed) -> dict[str, Any]:
    """All that was read of one reference, as JSON."""
    fields = {
        name: {
            "value": field.value,
            "confidence": field.confidence,
            "span": [field.span.start, field.span.end],
        }
        for name, field in {"type": one.kind, **one.fields}.items()
    }
    return {
        "text": one.text,
        "item": one.reading.item,
        "fields": fields,
        "claims": [
            {
                "scheme": claim.identifier.scheme.value,
                "value": claim.identifier.value,
                "certainty": claim.certainty.value,
                "rule": claim.rule,
            }
            for claim in one.reading.claims
        ],
        "repairs": [
            {
                "field": repair.field,
                "before": repair.before,
                "after": repair.after,
                "reason": repair.reason,
            }
            for repair in one.reading.repairs
        ],
        "rest": [
            {"text": left.text, "span": [left.span.start, left.span.end]} for left in one.rest
        ],
    }


def keyed(items: Iterable[Item]) -> list[dict[str, Any]]:
    """The items, each with an id of its own, such as ``modic2005``."""
    from refpipe.merge import names

    taken: set[str] = set()
    found: list[dict[str, Any]] = []
    for item in items:
        name = names.free(names.base(item), taken.__contains__)
        taken.add(name)
        found.append({"id": name, **item})
    return found


_NOTED = {"updated", "reviewed", "next", "editor-label", "editorial-director-label"}
"""What was read and has no field in CSL: days of a change or review, how a role is called."""


def _shown(number: int, one: Printed, lang: str) -> str:
    """One reference for people: a field to a line, doubts and leftovers below."""
    lines = [f"{number}. {' '.join(one.text.split())}"]
    for name, field in {"type": one.kind, **one.fields}.items():
        unsure = in_language(f"(unsure: {field.confidence:.0%})", lang)
        doubt = "" if field.is_sure else f"   {unsure}"
        lines.append(f"     {name:16} {values.shown(field.value)}{doubt}")
    lines.extend(
        f"     {name:16} {values.shown(value)}"
        for name, value in (one.reading.item.get("custom") or {}).items()
        if name in _NOTED
    )
    lines.extend(
        _remark(
            "candidate", f"{claim.identifier}{'' if lang == 'ja' else ' (not confirmed)'}", lang
        )
        for claim in one.reading.claims
        if claim.certainty.value == "candidate"
    )
    for repair in one.reading.repairs:
        is_done = (
            repair.before != repair.after and one.reading.item.get(repair.field) == repair.after
        )
        lines.append(_remark("mended" if is_done else "to check", repair.reason, lang))
    for left in one.rest:
        words = in_language("not understood", lang)
        lines.append(f"     {words}{' ' * (16 - columns(words))} {left.text}")
    return "\n".join(lines) + "\n"


def _remark(label: str, said: str, lang: str) -> str:
    """A line below the fields that says something of them."""
    word = in_language(label, lang)
    return f"     {word}{' ' * (16 - columns(word))} {in_language(said, lang)}"
