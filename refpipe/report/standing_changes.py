"""Changes in the standing of cited works as text: for people, as a feed, as a GitHub issue."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby
from typing import Any

_WORDS = {
    "retraction": ("was retracted", "撤回されました"),
    "expression-of-concern": ("is subject to an expression of concern", "懸念が表明されました"),
    "correction": ("was corrected", "訂正が出ました"),
    "reinstatement": ("was reinstated: its retraction was withdrawn", "撤回が取り消されました"),
}
_GONE = ("no longer: {}", "取り下げ: {}")
_WHAT_TO_DO = {
    "retraction": (
        "Take the citation out or replace it, and what rests on it; or cite the notice on purpose.",
        "引用とそれに基づく記述を削除するか差し替えてください。意図した引用なら告知を示してください。",
    ),
    "expression-of-concern": (
        "Say in the text that the work is in doubt, or cite another.",
        "疑いがあることを本文に記すか、ほかの文献に替えてください。",
    ),
    "correction": (
        "Read the correction, and mend what the page quotes if it was concerned.",
        "訂正を読み、ページの引用箇所に関わるなら直してください。",
    ),
    "reinstatement": (
        "Read the notice; the work may be cited again, perhaps in a mended version.",
        "告知を確かめてください。訂正版に差し替えられていることがあります。",
    ),
}


def sentence(event: Mapping[str, Any], lang: str = "en") -> str:
    """What happened to one work, in one line."""
    place = int(lang == "ja")
    words = _WORDS[str(event["kind"])][place]
    said = _GONE[place].format(words) if event["is_gone"] else words
    when = f" ({event['date']})" if event["date"] else ""
    why = f": {event['reason']}" if event["reason"] and not event["is_gone"] else ""
    who = f"情報源: {event['source']}" if place else f"says {event['source']}"
    return f"{event['title']} — {said}{when}{why} [{who}] {event['notice']}"


def lines(events: Iterable[Mapping[str, Any]], lang: str = "en") -> Iterator[str]:
    """The events page by page, a line each."""
    for path, listed in _by_page(events):
        yield f"{path}:"
        for event in listed:
            yield f"  {path}:{event['line']}: {event['work']}: {sentence(event, lang)}"


def issue(events: Iterable[Mapping[str, Any]], lang: str = "en") -> str:
    """The events as the body of a GitHub issue: a box to tick for each."""
    place = int(lang == "ja")
    pieces = [
        (
            "The standing of works that this site cites has changed.",
            "引用している文献の現況が変わりました。",
        )[place]
    ]
    for path, listed in _by_page(events):
        pieces.append(f"\n### `{path}`\n")
        for event in listed:
            title = " ".join(str(event["title"]).split()).replace("[", "\\[").replace("]", "\\]")
            told = sentence({**event, "title": f"**{title}**"}, lang)
            pieces.append(f"- [ ] {path}:{event['line']} `{event['work']}` {told}")
            if not event["is_gone"]:
                pieces.append(f"  {_WHAT_TO_DO[str(event['kind'])][place]}")
    return "\n".join(pieces) + "\n"


def atom(events: Iterable[Mapping[str, Any]], *, made: str, lang: str = "en") -> str:
    """The events as an Atom feed (RFC 4287), newest first; an event always keeps its id."""
    title = "文献の現況の変化" if lang == "ja" else "Changes in the standing of cited works"
    entries = "".join(_entry(event, lang) for event in events)
    feed = uuid.uuid5(uuid.NAMESPACE_URL, "refpipe retractions changed")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">\n'
        f"<id>urn:uuid:{feed}</id>\n<title>{title}</title>\n<updated>{made}</updated>\n"
        f"<author><name>refpipe</name></author>\n{entries}</feed>\n"
    )


def _entry(event: Mapping[str, Any], lang: str) -> str:
    parts = (
        event["path"],
        event["work"],
        event["kind"],
        event["notice"],
        event["is_gone"],
        event["seen"],
    )
    own = uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(map(str, parts)))
    return (
        f"<entry>\n<id>urn:uuid:{own}</id>\n"
        f"<title>{_clean(event['path'])}: {_clean(event['title'])}</title>\n"
        f"<updated>{event['seen']}</updated>\n"
        f'<link href="{escape(str(event["notice"]))}"/>\n'
        f'<content type="text">{_clean(sentence(event, lang))}</content>\n</entry>\n'
    )


def _clean(value: object) -> str:
    """Text for XML, without the signs that XML cannot hold."""
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return escape(text.encode("utf-8", "replace").decode())


def _by_page(
    events: Iterable[Mapping[str, Any]],
) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    ordered = sorted(events, key=lambda event: (str(event["path"]), int(event["line"])))
    for path, listed in groupby(ordered, key=lambda event: str(event["path"])):
        yield path, list(listed)
