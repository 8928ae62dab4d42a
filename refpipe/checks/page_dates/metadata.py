"""The stamps that machines read: front matter, ``<meta>``, ``<time>``, JSON-LD."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Iterator

from refpipe.checks.page_dates import labels
from refpipe.checks.page_dates.page_date import TEXT, PageDate
from refpipe.dates import Kind, read
from refpipe.model import Span

_FRONT = re.compile(
    r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<body>.*?)^(?P=fence)[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_SETTING = re.compile(
    r"^(?P<key>[\w-]+)[ \t]*[:=][ \t]*(?P<quote>[\"']?)(?P<value>[^\n\r\"'#]+?)"
    r"(?P=quote)[ \t]*(?:#[^\n]*)?\r?$",
    re.MULTILINE,
)
_META = re.compile(r"<meta\b[^<>]*>", re.IGNORECASE)
_TIME = re.compile(
    r"<time\b(?P<attributes>[^<>]*)>(?P<inner>.*?)</time\s*>", re.IGNORECASE | re.DOTALL
)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LD = re.compile(
    r"<script\b[^<>]*application/ld\+json[^<>]*>(?P<body>.*?)</script\s*>",
    re.IGNORECASE | re.DOTALL,
)
_PROPERTY = re.compile(rf"\"(?P<name>{'|'.join(labels.JSON_LD)})\"\s*:\s*\"(?P<value>[^\"]*)\"")
_DATE_LIKE = re.compile(r"\s*(?:[0-9０-９]{4}|[A-Za-z]{3}|令和|平成|昭和|[{<%$#X〇○0])")


def front_matter(text: str) -> tuple[tuple[PageDate, ...], int]:
    """The stamps of the front matter, and the offset at which the page itself begins."""
    front = _FRONT.match(text)
    if front is None:
        return (), 0
    found: list[PageDate] = []
    for setting in _SETTING.finditer(text, front.start("body"), front.end("body")):
        key = setting["key"].lower().replace("-", "_")
        kind = labels.FRONT_MATTER.get(key)
        if kind is not None:
            found += _stamp(
                kind, "front matter", setting["key"], setting["value"], setting.start("value")
            )
    return tuple(found), front.end()


def html(text: str, printed: Iterable[PageDate]) -> Iterator[PageDate]:
    """The stamps of the page's elements; ``printed`` are those already read from its words."""
    for meta in _META.finditer(text):
        yield from _meta(meta)
    seen = [stamp for stamp in printed if stamp.source == TEXT]
    for time in _TIME.finditer(text):
        yield from _time(time, seen)
    for block in _LD.finditer(text):
        for hit in _PROPERTY.finditer(text, block.start("body"), block.end("body")):
            name = hit["name"]
            yield from _stamp(
                labels.JSON_LD[name], "JSON-LD", name, hit["value"], hit.start("value")
            )


def _meta(meta: re.Match[str]) -> Iterator[PageDate]:
    attributes = _attributes(meta[0], meta.start())
    for name in ("property", "name", "itemprop", "http-equiv"):
        if name in attributes and "content" in attributes:
            label = attributes[name][0]
            kind = labels.META.get(label.lower())
            if kind is not None:
                yield from _stamp(kind, "meta", label, *attributes["content"])
                return


def _time(time: re.Match[str], printed: Iterable[PageDate]) -> Iterator[PageDate]:
    attributes = _attributes(time["attributes"], time.start("attributes"))
    if "datetime" not in attributes:
        return
    inner = Span(time.start("inner"), time.end("inner"))
    label = attributes.get("itemprop", ("", 0))[0]
    kind = labels.JSON_LD.get(label, "")
    for stamp in printed:
        if inner.start <= stamp.span.start < inner.end:
            kind, label = stamp.kind, stamp.label
            if stamp.reading.value == read(attributes["datetime"][0]).value is not None:
                return  # The words say it already, and they say the same.
    yield from _stamp(kind, "time", label or "datetime", *attributes["datetime"], element=inner)


def _attributes(tag: str, start: int) -> dict[str, tuple[str, int]]:
    """The attributes of a tag, each with the offset of its value; the first of a name counts."""
    found: dict[str, tuple[str, int]] = {}
    for match in _ATTRIBUTE.finditer(tag):
        group = next((index for index in (2, 3, 4) if match[index] is not None), 4)
        found.setdefault(match[1].lower(), (match[group] or "", start + match.start(group)))
    return found


def _stamp(  # noqa: PLR0913
    kind: str, source: str, label: str, value: str, start: int, *, element: Span | None = None
) -> Iterator[PageDate]:
    """The stamp of a value, unless it is no date and was hardly meant as one."""
    if not _DATE_LIKE.match(value):
        return
    reading = read(entities.unescape(value))
    if not reading.form and not _looks_broken(value):
        return
    yield PageDate(
        kind=kind,
        source=source,
        label=label,
        reading=reading,
        span=Span(start, start + len(value)),
        element=element,
    )


def _looks_broken(value: str) -> bool:
    """Whether a value that cannot be read was meant as a date; ``2026-W07`` was not."""
    faults = read(value).faults
    if any(fault.kind is not Kind.UNREADABLE for fault in faults):
        return True
    return re.match(r"\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", value) is not None
