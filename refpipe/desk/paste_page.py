"""Paste references in any form; see what was read, and get the finished list."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from refpipe import markup, render, styles
from refpipe.desk.desk import Desk, language
from refpipe.display import in_language
from refpipe.errors import RefpipeError
from refpipe.items import exchange
from refpipe.model import Item, Unresolved, Work
from refpipe.pipeline import intake, lookup, pasted_list, query
from refpipe.pipeline.pasted_list import PastedReference

# ── Server-sent events: what takes long is told to the browser piece by piece ───────────────────


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One event, and what the page needs to show it."""

    name: str
    data: dict[str, object]

    def __str__(self) -> str:
        """The event as the standard writes it; JSON keeps the data on one line."""
        return f"event: {self.name}\ndata: {json.dumps(self.data)}\n\n"


def event_response(produce: Callable[[], Iterator[ServerEvent]]) -> StreamingResponse:
    """An answer that sends each event as it is made.

    All are made in one thread, because a library belongs to the thread that opened it; a browser
    that leaves meanwhile interrupts nothing, so that whatever a registry says is still stored.
    """
    return StreamingResponse(_as_text(produce), media_type="text/event-stream")


async def _as_text(produce: Callable[[], Iterator[ServerEvent]]) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    made: asyncio.Queue[ServerEvent | None] = asyncio.Queue()

    def make() -> None:
        try:
            for event in produce():
                loop.call_soon_threadsafe(made.put_nowait, event)
        finally:
            loop.call_soon_threadsafe(made.put_nowait, None)

    making = loop.run_in_executor(None, make)
    while (event := await made.get()) is not None:
        yield str(event)
    await making


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The list in one style, in each form that it is copied in."""

    style: str
    html: Markup
    text: str
    markdown: str
    keys: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pasted:
    """What was sent with the form."""

    text: str = ""
    name: str = ""
    notes: tuple[str, ...] = ()
    """What is to be said of the file's encoding."""
    style: str = ""
    is_added: bool = False


async def paste(request: Request) -> Response:
    """The box, and below it what was read of what was pasted into it."""
    pasted = await _sent(request) if request.method == "POST" else _Pasted()
    return await run_in_threadpool(_page, request, pasted)


async def answers(request: Request) -> Response:
    """Add what was pasted; each answer of a registry is sent as it arrives, then the whole."""
    pasted = await _sent(request)
    return event_response(lambda: _events(request, pasted))


async def _sent(request: Request) -> _Pasted:
    # A sign takes four bytes at most; how many signs are read is the reader's affair.
    async with request.form(max_part_size=4 * pasted_list.LONGEST) as form:
        file = form.get("file")
        text, name, notes = str(form.get("text", "")), "pasted", list[str]()
        if isinstance(file, UploadFile) and file.filename:
            name = file.filename
            text, *notes = exchange.decoded(await file.read(), name)
        style = str(form.get("style", ""))
        is_added = form.get("do") == "add"
        return _Pasted(text=text, name=name, notes=tuple(notes), style=style, is_added=is_added)


def _page(request: Request, pasted: _Pasted) -> Response:
    desk: Desk = request.app.state.desk
    missing: dict[str, Unresolved] = {}
    if pasted.text.strip() and pasted.is_added:
        missing = {key: why for key, why in _added(desk, pasted) if why is not None}
    return desk.page(request, "paste", **_given(desk, pasted, missing))


def _given(desk: Desk, pasted: _Pasted, missing: dict[str, Unresolved]) -> dict[str, Any]:
    """What the template shows."""
    known = styles.names()
    style = pasted.style if pasted.style in known else desk.config.style
    library = desk.library()
    try:
        is_empty = not pasted.text.strip()
        read = () if is_empty else pasted_list.read(pasted.text, library, name=pasted.name)
    finally:
        if library is not None:
            library.close()
    return {
        "text": pasted.text,
        "notes": [*pasted.notes, *filter(None, [pasted_list.remark(pasted.name, pasted.text)])],
        "read": read, "marked": [_marked(one) for one in read],
        "finished": _finished(read, style) if read else None,
        "styles": known, "style": style, "missing": missing,
    }  # fmt: skip


def _events(request: Request, pasted: _Pasted) -> Iterator[ServerEvent]:
    desk: Desk = request.app.state.desk
    missing: dict[str, Unresolved] = {}
    try:
        places = defaultdict(list)
        for place, one in enumerate(pasted_list.read(pasted.text, None, name=pasted.name), start=1):
            places[one.key].append(place)
        for key, why in _added(desk, pasted):
            if why is not None:
                missing[key] = why
            told = desk.part(request, "answer", why=why)
            yield ServerEvent("answer", {"places": places[key], "html": told})
        whole = desk.part(request, "pasted", **_given(desk, pasted, missing))
        yield ServerEvent("done", {"html": whole})
    except RefpipeError as error:
        lang = language(request, desk.config.lang)
        told = str(escape(in_language(f"{error}\n{error.hint}", lang)))
        yield ServerEvent("failed", {"html": told})


def _added(desk: Desk, pasted: _Pasted) -> Iterator[tuple[str, Unresolved | None]]:
    """Store what was read, then ask about what only a registry can tell; each key as answered."""
    with desk.written() as library:
        read = pasted_list.read(pasted.text, library, name=pasted.name)
        records = [one.record for one in read if one.record is not None and one.is_read]
        intake.take_all(library, records, now=desk.now())
        keys = [one.key for one in read if one.key and one.known is None]
        if desk.registries is None or not keys:
            there = lookup.find(library, keys)
            yield from ((key, lookup.unknown(key)) for key in keys if key not in there)
            return
        with desk.registries() as registries:
            asker = query.Asker(library=library, registries=registries, now=desk.now())
            yield from asker.answers(keys)


def _marked(one: PastedReference) -> Markup:
    """The pasted words, each marked with the field that was read from it."""
    if one.printed is None:
        return escape(one.text)
    spans = sorted(
        (field.span.start, field.span.end, name, field.is_sure)
        for name, field in one.printed.fields.items()
        if field.span.end > field.span.start
    )
    out, at = Markup(""), 0
    for start, end, name, is_sure in spans:
        if start < at:
            continue
        doubt = "" if is_sure else " doubted"
        out += escape(one.text[at:start])
        out += Markup('<mark class="field-{}{}" title="{}">{}</mark>').format(
            name.lower(), doubt, name, one.text[start:end]
        )
        at = end
    return out + escape(one.text[at:])


def _finished(read: tuple[PastedReference, ...], style: str) -> Finished:
    """Each work once, in the order of its first reference."""
    loaded = styles.load(style)
    shown = [one for one in read if one.same_as is None and (one.known or one.is_read)]
    contents = [render.entry(_item(one), loaded).content for one in shown if _item(one)]
    numbered = list(enumerate(contents, start=1))
    rows = Markup("").join(
        Markup("<p>[{}] {}</p>\n").format(number, Markup(markup.html(content)))  # noqa: S704
        for number, content in numbered
    )
    return Finished(
        style=style,
        html=rows,
        text="\n".join(f"[{number}] {markup.plain(content)}" for number, content in numbered),
        markdown="\n\n".join(
            f"{number}. {markup.markdown(content)}" for number, content in numbered
        ),
        keys="; ".join(_key(one) for one in shown if _key(one)),
    )


def _item(one: PastedReference) -> Item:
    return one.known.item if one.known is not None else one.item


def _key(one: PastedReference) -> str:
    work: Work | None = one.known
    return lookup.typed_key(lookup.key_of(work)) if work is not None else ""
