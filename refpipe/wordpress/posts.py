"""The posts and pages of a WordPress site as values, told by its interface or an export file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from refpipe.errors import UnreadableText

if TYPE_CHECKING:
    from lxml import etree

# ── What a WordPress site says of its posts and pages, as values ────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why the site did not do what it was asked."""

    reason: str
    hint: str = ""
    is_final: bool = False
    """True where asking again changes nothing: no such post, no rights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """Who the site takes us for, and what that user may do."""

    name: str
    may_keep_markup: bool
    """Whether what is written is stored as sent (``unfiltered_html``) and not filtered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post or page as it is stored."""

    id: int
    kind: str
    """The path of its type in the interface: ``posts``, ``pages``."""
    status: str
    link: str
    slug: str
    title: str
    raw: str
    """The text as stored, delimiters and line ends included."""
    modified: str
    """UTC, ISO 8601, to the second."""
    published: str = ""
    """The same for its publication; empty for a draft."""
    modified_on: str = ""
    """The day of its last change by the site's own clock, ISO 8601; empty where it is not told."""
    published_on: str = ""
    """The same for its publication; empty for a draft."""
    revision: int | None = None
    """The number of its latest revision; None where the site keeps none."""
    revisions: int | None = None
    """How many revisions there are."""
    footnotes: str | None = None
    """The JSON text of its footnotes' field; None where it has none."""

    @property
    def name(self) -> str:
        """What it is called in messages and in the side file: ``posts-12``."""
        return f"{self.kind}-{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One earlier text of a post."""

    id: int
    modified: str
    raw: str


@dataclass(slots=True, kw_only=True)
class Listing:
    """How a listing went: what the site counts, and what it showed."""

    kind: str
    since: str = ""
    """A time in ISO 8601, the site's own unless it ends with Z; what changed after it is listed."""
    total: int = 0
    shown: int = 0
    page: int = 0
    """How many pages have been read whole; a later listing can go on behind them."""
    pages: int = 1
    began: str = ""
    """When the site answered first, by its own clock; UTC, ISO 8601."""
    is_resumed: bool = False
    """Whether the first pages were read by an earlier run."""
    refused: Refused | None = None
    """Why it ended early; None where it came to its end."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.refused is not None or self.page >= self.pages

    @property
    def hidden(self) -> int:
        """How many the site counts and does not show to this user."""
        return max(0, self.total - self.shown)


class Fate(StrEnum):
    """What became of one post."""

    NEW = "new"
    UPDATED = "updated"
    """Changed on the site, and now here too."""
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    """Changed here; the site has not got it yet."""
    MERGED = "merged"
    """Changed on both sides, in different places."""
    CONFLICT = "conflict"
    """Changed on both sides in one place: a person settles it in the file."""
    GONE = "gone"
    """The site lists it no longer."""
    PUSHED = "pushed"
    DUE = "due"
    """A push would write it."""
    FILTERED = "filtered"
    """The site stored it otherwise than it was sent."""
    OUTDATED = "outdated"
    """Changed on the site since it was pulled; nothing was written."""
    UNDONE = "undone"
    LEFT = "left out"
    """Texts of an export that nobody asked for."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOutcome:
    """One post of a run, and what is to be said of it."""

    fate: Fate
    name: str
    path: Path | None = None
    title: str = ""
    detail: str = ""
    hint: str = ""
    diff: str = ""
    """What a push changes, or what the site made of it, as a unified diff."""
    warnings: tuple[str, ...] = ()

    @property
    def is_unchecked(self) -> bool:
        """Whether something could not be done or asked."""
        return self.fate is Fate.FAILED

    @property
    def waits(self) -> bool:
        """Whether a person has something to do."""
        return self.fate in {Fate.CONFLICT, Fate.OUTDATED, Fate.FILTERED, Fate.GONE}


def post(value: Mapping[str, Any], kind: str) -> Post | None:
    """The post that the interface's object describes; None where it is no whole post."""
    content, number = value.get("content"), value.get("id")
    raw = content.get("raw") if isinstance(content, dict) else None
    if not isinstance(number, int) or not isinstance(raw, str):
        return None
    title = value.get("title")
    meta = value.get("meta")
    notes = meta.get("footnotes") if isinstance(meta, dict) else None
    revision, revisions = _history(value.get("_links"))
    return Post(
        id=number,
        kind=kind,
        status=str(value.get("status", "")),
        link=str(value.get("link", "")),
        slug=str(value.get("slug", "")),
        title=str(title.get("raw", "")) if isinstance(title, dict) else "",
        raw=raw,
        modified=_utc(value.get("modified_gmt")),
        published=_utc(value.get("date_gmt")) if value.get("status") == "publish" else "",
        modified_on=_day(value.get("modified")),
        published_on=_day(value.get("date")) if value.get("status") == "publish" else "",
        revision=revision,
        revisions=revisions,
        footnotes=notes if isinstance(notes, str) and notes else None,
    )


def _utc(value: object) -> str:
    return f"{value}Z" if isinstance(value, str) and value else ""


def _day(value: object) -> str:
    return value[:10] if isinstance(value, str) else ""


def _history(links: object) -> tuple[int | None, int | None]:
    """The number of the latest revision and how many there are, as the object's links tell."""
    if not isinstance(links, dict):
        return None, None
    return _first(links.get("predecessor-version"), "id"), _first(
        links.get("version-history"), "count"
    )


def _first(rows: object, name: str) -> int | None:
    row = rows[0] if isinstance(rows, list) and rows else None
    value = row.get(name) if isinstance(row, dict) else None
    return value if isinstance(value, int) else None


# ── The posts in a WordPress export file (WXR), read without the site ───────────────────────────
# Source: the files that Tools > Export writes; RSS 2.0 with the namespace
# ``http://wordpress.org/export/1.2/``. Apart from the posts, so that only a run that reads such a
# file loads a parser of XML.


_KINDS = {"post": "posts", "page": "pages", "wp_block": "blocks"}
"""What the interface calls WordPress's own types; it calls another by its own name."""
_MACHINERY = frozenset({
    "attachment", "revision", "nav_menu_item", "custom_css", "customize_changeset", "oembed_cache",
    "user_request", "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation",
    "wp_font_family", "wp_font_face",
})  # fmt: skip
"""WordPress's own types that nobody writes articles in; any other may hold some."""
_KIND = re.compile(r"[a-z0-9_-]+")
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def site_of(content: bytes, *, name: str) -> str:
    """The address of the site that wrote the file; empty where it does not say.

    Raises UnreadableText where it is no export file.
    """
    channel = _root(content, name).find("channel")
    if channel is None:
        return ""
    # ``base_site_url`` is the whole network's where several sites are run as one.
    return (_text(channel, "base_blog_url") or channel.findtext("link") or "").rstrip("/")


def exported(content: bytes, *, name: str) -> Iterator[Post]:
    """The texts of the file ``name``, of whatever type, in its order, what is in the trash too.

    What has no text is passed over.  Raises UnreadableText where it is no export file.
    """
    root = _root(_line_ends_kept(content), name)
    for item in root.iter("item"):
        type_ = _text(item, "post_type")
        kind = _KINDS.get(type_, type_)
        number = _text(item, "post_id")
        raw = item.findtext(_CONTENT)
        is_published = _text(item, "status") == "publish"
        is_text = type_ not in _MACHINERY and _KIND.fullmatch(kind) is not None
        if is_text and number.isdecimal() and raw:
            yield Post(
                id=int(number),
                kind=kind,
                status=_text(item, "status"),
                link=item.findtext("link") or "",
                slug=_text(item, "post_name"),
                title=item.findtext("title") or "",
                raw=raw,
                modified=_utc_of_export(_text(item, "post_modified_gmt")),
                published=_utc_of_export(_text(item, "post_date_gmt")) if is_published else "",
                modified_on=_text(item, "post_modified")[:10],
                published_on=_text(item, "post_date")[:10] if is_published else "",
                footnotes=_footnotes(item),
            )


def _line_ends_kept(content: bytes) -> bytes:
    """The file with the carriage returns of its texts where an XML parser does not drop them.

    A text that was written in the classic editor has them, and is to be what the site holds.
    Where every line of the file ends with one, whoever copied the file put them there.
    """
    if re.search(rb"(?<!\r)\n", content) is None:
        return content
    return re.sub(
        rb"<!\[CDATA\[.*?\]\]>",
        lambda found: found[0].replace(b"\r", b"]]>&#13;<![CDATA["),
        content,
        flags=re.DOTALL,
    )


def _footnotes(item: etree._Element) -> str | None:
    for child in item:
        if _text(child, "meta_key") == "footnotes":
            return _text(child, "meta_value") or None
    return None


def _root(content: bytes, name: str) -> etree._Element:
    # Only a run that reads such a file loads a parser of XML.
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableText(f"{name}: not XML ({error})") from error
    if root.tag != "rss" or not any("wordpress.org/export/" in (uri or "") for uri in _uris(root)):
        raise UnreadableText(
            f"{name}: no WordPress export file", hint="Tools > Export in the site writes one."
        )
    return root


def _uris(root: etree._Element) -> list[str]:
    return [str(uri) for uri in root.nsmap.values()]


def _text(item: etree._Element, name: str) -> str:
    """The text of a child in whichever version of the export's namespace."""
    for child in item:
        if isinstance(child.tag, str) and child.tag.endswith(f"}}{name}"):
            return (child.text or "").strip()
    return ""


def _utc_of_export(text: str) -> str:
    return f"{text.replace(' ', 'T')}Z" if text and not text.startswith("0000") else ""
