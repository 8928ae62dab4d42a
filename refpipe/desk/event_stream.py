"""Server-sent events: what takes long is told to the browser piece by piece."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass

from starlette.responses import StreamingResponse


@dataclass(frozen=True, slots=True)
class Event:
    """One event, and what the page needs to show it."""

    name: str
    data: dict[str, object]

    def __str__(self) -> str:
        """The event as the standard writes it; JSON keeps the data on one line."""
        return f"event: {self.name}\ndata: {json.dumps(self.data)}\n\n"


def response(produce: Callable[[], Iterator[Event]]) -> StreamingResponse:
    """An answer that sends each event as it is made.

    All are made in one thread, because a library belongs to the thread that opened it; a browser
    that leaves meanwhile interrupts nothing, so that whatever a registry says is still stored.
    """
    return StreamingResponse(_sent(produce), media_type="text/event-stream")


async def _sent(produce: Callable[[], Iterator[Event]]) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    made: asyncio.Queue[Event | None] = asyncio.Queue()

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
