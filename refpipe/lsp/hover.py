"""Hover on a key, a number or an entry: the entry, its standing, who confirmed it."""

from __future__ import annotations

from lsprotocol import types

from refpipe.lsp.server import RefpipeServer
from refpipe.pipeline import editor


class Hover:
    """What is known of the work under the pointer."""

    def __init__(self, server: RefpipeServer) -> None:
        self._server = server

    def attach(self) -> None:
        """Answer the editor's requests."""
        self._server.feature(types.TEXT_DOCUMENT_HOVER)(self._server.guarded(self.hover))

    def hover(self, params: types.HoverParams) -> types.Hover | None:
        """The work at the position, explained."""
        look = self._server.look(params.text_document.uri)
        place = editor.at(look.view, look.lines.offset(params.position))
        if place is None:
            return None
        lang = self._server.lang(look.session.config)
        text = editor.explain(look.session, look.view, place, lang=lang)
        return types.Hover(
            contents=types.MarkupContent(kind=types.MarkupKind.Markdown, value=text),
            range=look.lines.range(place.span),
        )
