"""A date that a page says of itself, and the words that announce one.

Source: what Japanese and English health pages print, the schema.org properties
(https://schema.org/CreativeWork), Open Graph (https://ogp.me/#type_article), Dublin Core
terms, and the front matter of Hugo, Jekyll, Astro and Eleventy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from refpipe.dates import DateReading
from refpipe.lifetimes import lazy
from refpipe.model import Span

PUBLISHED, MODIFIED, REVIEWED, ACCESSED = "published", "modified", "reviewed", "accessed"

TEXT = "text"
"""The source of a stamp that a reader sees; the others name the metadata it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDate:
    """A date with what it is the date of, and where it stands."""

    kind: str
    """``published``, ``modified``, ``reviewed``, ``accessed``; empty where nobody can tell."""
    source: str
    """``text``, ``front matter``, ``meta``, ``time`` or ``JSON-LD``."""
    label: str
    """The word it is announced by, as it is written: ``更新日``, ``dateModified``."""
    reading: DateReading
    span: Span
    """The date itself."""
    element: Span | None = None
    """For ``<time>``: the words inside the element."""


# ── The words that announce the date of a page ────────────────────────────────────────────────────


_PUBLISHED = "公開|掲載|投稿|配信|発行|作成|執筆|登録|初版|初出"
_MODIFIED = "更新|改訂|改定|改版|修正|変更"
_REVIEWED = "監修|確認|レビュー|査読"
_ACCESSED = "閲覧|参照|アクセス"
_ANY = f"{_PUBLISHED}|{_MODIFIED}|{_REVIEWED}|{_ACCESSED}"
_LEADS = "記事|ページ|サイト|コラム|情報|内容|初回|新規|最終|最新|直近|医師|Web|WEB"

_DAY = "(?:年月日|日時|日付|時刻|日)"
_BEFORE_COLON = r"(?=\s*[:：】\]|｜])"

JAPANESE_LABEL = lazy(
    # Every alternative begins with a letter of its own, for which ``re`` looks very fast.
    "|".join(f"{word}(?:{_DAY}|{_BEFORE_COLON})" for word in _ANY.split("|"))
    + rf"|最終(?:{_MODIFIED}|{_REVIEWED}){_DAY}?|初回(?:{_PUBLISHED}){_DAY}?|日付(?=\s*[:：])"
)
LEAD = lazy(rf"(?:(?:{_LEADS})の?){{1,2}}$")
"""What may stand before a label and be part of it."""
ENGLISH_LABEL = lazy(
    r"[pPuUmMrRcCaAdD](?<![A-Za-z].)(?i:ublished|osted|pdated|odified|evised|eviewed|reated|hecked"
    r"|ccessed|(?:ublication|ublish|osting|elease|pdate|odification|eview)(?=\s+date)|ate(?=\s*:)"
    r"|pdate(?=[\s:|]{1,3}[0-9０-９YX{]))"
    r"(?i:\s+(?:date|at))?(?i:\s+on)?(?![A-Za-z])"
)
ENGLISH_LEAD = lazy(r"(?<![A-Za-z])(?i:first|last|originally|medically|date)\s+$")
"""What may stand before an English label and be part of it."""

JAPANESE_SUFFIX = lazy(
    "|".join(
        rf"{word}(?:日|しました|済み?)?(?=$|[\s)）】\]」|｜/／、。,．・<;])"
        for word in _ANY.split("|")
    ),
    re.MULTILINE,
)
ENGLISH_SUFFIX = lazy(
    r"[pPuUmMrR](?<![A-Za-z].)(?:ublished|osted|pdated?|odified|evised|eviewed"
    r"|UBLISHED|OSTED|PDATED?|ODIFIED|EVISED|EVIEWED)(?=$|[\s)\]|/,.])",
    re.MULTILINE,
)
DATE_ENDS = lazy(
    r"(?:[0-9０-９日月年)）火水木金土曜Z時分%>}○〇●]|DD?|dd|XX?)"
    r"(?:に|[ \u3000]*)(?:最終|初回|記事)?$"
)
"""What stands before a label that follows its date."""

_KINDS = (
    (re.compile(rf"{_MODIFIED}|最新|updat|modif|revis|lastmod", re.IGNORECASE), MODIFIED),
    (re.compile(rf"{_REVIEWED}|review|check", re.IGNORECASE), REVIEWED),
    (re.compile(rf"{_ACCESSED}|access", re.IGNORECASE), ACCESSED),
    (re.compile(rf"{_PUBLISHED}|publi|post|creat|release|issued", re.IGNORECASE), PUBLISHED),
)


def kind(label: str) -> str:
    """What the date that ``label`` announces is the date of; empty where it does not say."""
    return next((name for pattern, name in _KINDS if pattern.search(label)), "")


FRONT_MATTER = {
    "date": PUBLISHED,
    "published": PUBLISHED,
    "publishdate": PUBLISHED,
    "publish_date": PUBLISHED,
    "pubdate": PUBLISHED,
    "publisheddate": PUBLISHED,
    "published_at": PUBLISHED,
    "datepublished": PUBLISHED,
    "created": PUBLISHED,
    "公開日": PUBLISHED,
    "lastmod": MODIFIED,
    "updated": MODIFIED,
    "update": MODIFIED,
    "updateddate": MODIFIED,
    "updated_at": MODIFIED,
    "modified": MODIFIED,
    "datemodified": MODIFIED,
    "last_modified": MODIFIED,
    "last_modified_at": MODIFIED,
    "lastupdated": MODIFIED,
    "last_updated": MODIFIED,
    "更新日": MODIFIED,
    "reviewed": REVIEWED,
    "reviewed_at": REVIEWED,
    "lastreviewed": REVIEWED,
    "last_reviewed": REVIEWED,
    "監修日": REVIEWED,
}
"""Key of the front matter, in lower case → kind.  Hyphens count as underscores."""

META = {
    "article:published_time": PUBLISHED,
    "og:published_time": PUBLISHED,
    "datepublished": PUBLISHED,
    "date": PUBLISHED,
    "pubdate": PUBLISHED,
    "publish_date": PUBLISHED,
    "publish-date": PUBLISHED,
    "dc.date": PUBLISHED,
    "dc.date.issued": PUBLISHED,
    "dc.date.created": PUBLISHED,
    "dcterms.created": PUBLISHED,
    "dcterms.issued": PUBLISHED,
    "dcterms.date": PUBLISHED,
    "parsely-pub-date": PUBLISHED,
    "article:modified_time": MODIFIED,
    "og:updated_time": MODIFIED,
    "datemodified": MODIFIED,
    "dcterms.modified": MODIFIED,
    "dc.date.modified": MODIFIED,
    "last-modified": MODIFIED,
    "lastmod": MODIFIED,
    "revised": MODIFIED,
    "lastreviewed": REVIEWED,
}
"""``name``, ``property`` or ``itemprop`` of a meta element, in lower case → kind."""

JSON_LD = {
    "datePublished": PUBLISHED,
    "dateCreated": PUBLISHED,
    "uploadDate": PUBLISHED,
    "dateModified": MODIFIED,
    "lastReviewed": REVIEWED,
}
"""Property of schema.org → kind."""
