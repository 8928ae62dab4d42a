"""The folder that a site's posts are pulled into: a file a post, and a side file that remembers it.

``.wordpress/posts-12.json`` beside the articles holds the post as the site last told it: the
base that both sides' changes are measured from.  It is written whole or not at all, one a post,
so that a run that is killed anywhere leaves every post in a state that the next run can read.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from pathlib import Path
from typing import Any

from refpipe import files
from refpipe.errors import ArticleError, UsageError
from refpipe.wordpress.posts import Listing, Post

SIDE = ".wordpress"
_UNSAFE = re.compile(r"[^\w.-]+")
_NOTES = re.compile(
    r"\n\n<!-- WordPress footnotes -->\n(?P<notes>.*)<!-- /WordPress footnotes -->\n\Z", re.DOTALL
)
_NOTE = re.compile(
    r'<div data-footnote="(?P<id>[^"<>&]+)">\n(?P<content>.*?)\n</div><!-- /footnote -->\n',
    re.DOTALL,
)
_TIGHT = (",", ":")
_BOM = "\ufeff"
_CONFLICT = re.compile(r"^(?:<{7} here|={7}|>{7} site)\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """One post that was pulled, and what this folder knows of it."""

    post: Post
    """As the site last told it."""
    path: Path
    """Its file, absolute."""
    sent: str = ""
    """The file's text that was being written when the last run ended; empty otherwise."""
    before: str | None = None
    """The file's text for what the site held before the last push, to go back to."""
    filtered: str = ""
    """A text of ours that the site stored otherwise; it is not sent again."""

    @property
    def base(self) -> str:
        """What the file holds while nobody has changed it."""
        return with_footnotes(self.post)


class Checkout:
    """The files of one site in one folder."""

    def __init__(self, folder: Path, site: str) -> None:
        self.folder = folder
        self.site = site
        self._side = folder / SIDE

    def tracked(self) -> Iterator[Tracked]:
        """Every post that was pulled, in the order of its name.

        Raises UsageError where the folder is another site's.
        """
        for path in sorted(self._side.glob("*-*.json"), key=_in_order):
            yield self._read(path)

    def get(self, post: Post) -> Tracked | None:
        """What is known of a post; None for one that was never pulled."""
        path = self._side / f"{post.name}.json"
        return self._read(path) if path.is_file() else None

    def path_for(self, post: Post) -> Path:
        """Where a new post's file goes: ``posts/12-slug.html``, legible and never another's."""
        slug = _UNSAFE.sub("-", _unquoted(post.slug))[:60].strip("-.")
        return self.folder / post.kind / f"{post.id}{f'-{slug}' if slug else ''}.html"

    def remember(self, tracked: Tracked) -> None:
        """Write the side file of a post, in one step."""
        _make(self._side)
        value = {
            "site": self.site,
            "path": tracked.path.relative_to(self.folder).as_posix(),
            "post": dataclasses.asdict(tracked.post),
            "sent": tracked.sent,
            "before": tracked.before,
            "filtered": tracked.filtered,
        }
        text = json.dumps(value, ensure_ascii=False, indent=1)
        replace(self._side / f"{tracked.post.name}.json", text)

    def broken_off(self, kind: str, since: str) -> tuple[Listing, set[str]] | None:
        """A listing of the type that ended early, and the names that it had come past."""
        try:
            value = json.loads(self._listing(kind).read_text(encoding="utf-8"))
            told, seen = Listing(kind=kind, **value["listing"]), set(map(str, value["seen"]))
            is_ours = value["site"] == self.site and told.since == since
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return (told, seen) if is_ours else None

    def keep_place(self, told: Listing, seen: Collection[str]) -> None:
        """Remember how far a listing has come; forget it once it is whole."""
        if told.page >= told.pages:
            self._listing(told.kind).unlink(missing_ok=True)
            return
        kept = {name: getattr(told, name) for name in ("since", "total", "shown", "page", "pages")}
        kept["began"] = told.began
        value = {"site": self.site, "listing": kept, "seen": sorted(seen)}
        _make(self._side)
        replace(self._listing(told.kind), json.dumps(value))

    def _listing(self, kind: str) -> Path:
        return self._side / f"{kind}.listing"

    def _read(self, path: Path) -> Tracked:
        found, site = _read(path, self.folder)
        if site != self.site:
            raise UsageError(
                f"{self.folder} holds the posts of {site}, not of {self.site}",
                hint="Give each site a folder of its own.",
            )
        return found


def _read(path: Path, folder: Path) -> tuple[Tracked, str]:
    """What a side file of ``folder`` holds, and the site it is of.  Raises UsageError."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        site = str(value["site"])
        found = Tracked(
            post=Post(**value["post"]),
            path=folder / value["path"],
            sent=value["sent"],
            before=value["before"],
            filtered=value["filtered"],
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError(
            f"{path} cannot be read: {error}",
            hint="Remove it and pull again: the file beside it is kept, and compared.",
        ) from error
    _refuse_outside(found.path, folder)
    return found, site


def site_of(folder: Path) -> str:
    """The site whose posts the folder holds; empty where none were pulled.

    Raises UsageError where a side file cannot be read.
    """
    first = next(iter(sorted((folder / SIDE).glob("*-*.json"), key=_in_order)), None)
    return _read(first, folder)[1] if first is not None else ""


def tracked_at(path: Path) -> Tracked | None:
    """The post whose file stands at ``path``; None for a file that was never pulled.

    Raises UsageError where the side file cannot be read.
    """
    folder, number = path.parent.parent, re.match(r"\d+", path.name)
    side = folder / SIDE / f"{path.parent.name}-{number[0] if number else ''}.json"
    if not side.is_file():
        return None
    found = _read(side, folder)[0]
    return found if found.path.name == path.name else None


def local_text(tracked: Tracked) -> str | None:
    """The file's text with its line ends; None where it was removed.

    A byte order mark that an editor of this machine put before it is none of the post's.
    """
    try:
        text = tracked.path.read_bytes().decode("utf-8")
        return text if tracked.base.startswith(_BOM) else text.removeprefix(_BOM)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError(f"{tracked.path}: cannot be read: {error}") from error


def replace(path: Path, text: str) -> None:
    """Put the text in the place of the file in one step, line ends as they are.

    Raises ArticleError where it cannot be written.
    """
    _make(path.parent)
    try:
        files.write(path, text)
    except UnicodeEncodeError as error:
        raise ArticleError(
            f"{path}: not written: the site's text holds half a character,"
            f" after {text[max(0, error.start - 20) : error.start]!r}",
            hint="Put it right in the site's editor and pull again.",
        ) from error


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArticleError(
            f"{folder}: cannot be written: {error.strerror}",
            hint="Give yourself the right to write there, or name another folder, and run again.",
        ) from error


def with_footnotes(post: Post) -> str:
    """The post's text, and below it its footnotes, which WordPress keeps in a field apart."""
    notes = _notes(post.footnotes)
    if not notes:
        return post.raw
    rows = "".join(
        f'<div data-footnote="{note["id"]}">\n{note["content"]}\n</div><!-- /footnote -->\n'
        for note in notes
    )
    return f"{post.raw}\n\n<!-- WordPress footnotes -->\n{rows}<!-- /WordPress footnotes -->\n"


def without_footnotes(text: str, post: Post) -> tuple[str, str | None]:
    """The text to store and the JSON text of the footnotes' field; None where that stays as it is.

    Raises ArticleError where anything but the words of a footnote was changed there: what this
    cannot store it does not drop.
    """
    known = _notes(post.footnotes)
    if not known:
        return text, None
    match = _NOTES.search(text)
    words = [row["content"] for row in _NOTE.finditer(match["notes"])] if match else []
    changed = [note | {"content": new} for note, new in zip(known, words, strict=False)]
    notes = None if changed == known else json.dumps(changed, ensure_ascii=False, separators=_TIGHT)
    raw = text[: match.start()] if match else text
    kept = replace_fields(post, raw=raw, footnotes=notes or post.footnotes)
    if len(words) != len(known) or with_footnotes(kept) != text:
        raise ArticleError(
            f"{post.name}: its footnotes are not those that were pulled",
            hint="Only their words can be changed here; add or remove footnotes in WordPress.",
        )
    return raw, notes


def has_conflict(text: str, base: str) -> bool:
    r"""Whether the text holds marks of a merge that nobody has settled, and that ``base`` has not.

    >>> has_conflict("a\n=======\nb\n", base="a\n"), has_conflict("=======\nb", base="=======\na")
    (True, False)
    """
    return len(_CONFLICT.findall(text)) > len(_CONFLICT.findall(base))


def merge(base: str, ours: str, theirs: str) -> tuple[str, bool]:
    """Both sides' changes in one text, and whether no two of them meet.

    Where they meet both stand between the marks ``<<<<<<< here`` and ``>>>>>>> site``.
    """
    if ours == theirs:
        return ours, True
    from merge3 import Merge3

    common, here, site = (text.splitlines(keepends=True) for text in (base, ours, theirs))
    merged = Merge3(common, here, site)
    if all(region[0] != "conflict" for region in merged.merge_regions()):
        return "".join(merged.merge_lines()), True
    # The marks stand on lines of their own, also behind a last line without an end.
    marked = Merge3(_ended(common), _ended(here), _ended(site))
    return "".join(marked.merge_lines(name_a="here", name_b="site")), False


def _ended(lines: list[str]) -> list[str]:
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]


def _notes(text: str | None) -> list[dict[str, Any]]:
    """The footnotes that can be shown: each with an id and a content, and with no mark of ours."""
    try:
        rows = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return []
    if not isinstance(rows, list) or not all(_is_note(row) for row in rows):
        return []
    return rows


def _is_note(row: object) -> bool:
    if not isinstance(row, dict) or not isinstance(row.get("content"), str):
        return False
    number = row.get("id")
    is_plain = isinstance(number, str) and re.fullmatch(r"[\w.:-]+", number) is not None
    return is_plain and "</div><!-- /footnote -->" not in row["content"]


def _unquoted(slug: str) -> str:
    from urllib.parse import unquote

    return unquote(slug, errors="replace")


def _in_order(path: Path) -> tuple[str, int, str]:
    kind, _, number = path.stem.rpartition("-")
    return kind, int(number) if number.isdigit() else 0, number


def _refuse_outside(path: Path, folder: Path) -> None:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{path} leads out of {folder}", hint="Somebody changed the side file.")
