"""The shape of an article: symbols, folding, numbers beside typed citations, and weaving."""

from __future__ import annotations

from lsprotocol import types

from refpipe.lsp.server import Look, RefpipeServer, moment, path_of
from refpipe.model import Span
from refpipe.pipeline import editor
from refpipe.pipeline.editor import actions


class Structure:
    """Symbols, folding, inlay numbers, formatting."""

    def __init__(self, server: RefpipeServer) -> None:
        self._server = server

    def attach(self) -> None:
        """Answer the editor's requests."""
        server = self._server
        server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)(server.guarded(self.symbols))
        server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)(server.guarded(self.folding))
        server.feature(types.TEXT_DOCUMENT_INLAY_HINT)(server.guarded(self.inlays))
        server.feature(types.TEXT_DOCUMENT_FORMATTING)(server.guarded(self.formatted))

    def symbols(self, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        """The citations, and the list with its entries."""
        look = self._server.look(params.text_document.uri)
        found = [
            self._symbol(look, f"[{citation.typed}]", citation.span, types.SymbolKind.Key)
            for citation in look.view.article.citations
        ]
        for place in look.view.article.bibliographies:
            whole = self._symbol(look, "bibliography", place.span, types.SymbolKind.Array)
            whole.children = [
                self._symbol(look, f"[{number}] {work.name}", span, types.SymbolKind.String)
                for number, work in sorted(look.view.listed.items())
                if (span := editor.entry_place(look.view, number)) is not None
            ]
            found.append(whole)
        return found

    def folding(self, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        """The comments and lists that go over several lines."""
        look = self._server.look(params.text_document.uri)
        spans = [
            *(citation.span for citation in look.view.article.citations),
            *(place.span for place in look.view.article.bibliographies),
        ]
        ranges = [look.lines.range(span) for span in spans]
        return [
            types.FoldingRange(
                start_line=place.start.line,
                end_line=place.end.line,
                kind=types.FoldingRangeKind.Comment,
            )
            for place in ranges
            if place.end.line > place.start.line
        ]

    def inlays(self, params: types.InlayHintParams) -> list[types.InlayHint]:
        """The number that each typed citation is going to have."""
        if not self._server.options.has_inlays:
            return []
        look = self._server.look(params.text_document.uri)
        asked = look.lines.span(params.range)
        return [
            types.InlayHint(
                position=look.lines.position(span.end),
                label=shown,
                padding_left=True,
                kind=types.InlayHintKind.Parameter,
            )
            for span, shown in editor.numbers_to_be(look.view)
            if asked.start <= span.end <= asked.end
        ]

    def formatted(self, params: types.DocumentFormattingParams) -> list[types.TextEdit]:
        """Weaving: numbers and list in step with the text."""
        uri = params.text_document.uri
        text = self._server.workspace.get_text_document(uri).source
        path = path_of(uri)
        after, _ = actions.woven(self._server.config_of(path), path, text, moment())
        return self._server.text_edits(text, actions.edits(text, after))

    def _symbol(
        self, look: Look, name: str, span: Span, kind: types.SymbolKind
    ) -> types.DocumentSymbol:
        place = look.lines.range(span)
        return types.DocumentSymbol(name=name, kind=kind, range=place, selection_range=place)
