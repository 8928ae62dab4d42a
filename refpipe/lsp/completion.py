"""Completion behind ``[@``: works by author, title words, journal, year; the entry beside it."""

from __future__ import annotations

from lsprotocol import types

from refpipe.lsp.server import Look, RefpipeServer, path_of
from refpipe.pipeline import editor


class Completion:
    """Suggestions, and the entry of the one that is looked at."""

    def __init__(self, server: RefpipeServer) -> None:
        self._server = server

    def attach(self) -> None:
        """Answer the editor's requests."""
        server = self._server
        given = types.CompletionOptions(trigger_characters=["@"], resolve_provider=True)
        server.feature(types.TEXT_DOCUMENT_COMPLETION, given)(server.guarded(self.complete))
        server.feature(types.COMPLETION_ITEM_RESOLVE)(server.guarded(self.resolve))

    def complete(self, params: types.CompletionParams) -> types.CompletionList | None:
        """The works that what was typed may mean."""
        look = self._server.look(params.text_document.uri)
        typing = editor.typing_at(look.text, look.lines.offset(params.position))
        if typing is None:
            return None
        limit = self._server.options.suggestions
        found = editor.suggest(look.session, look.view, typing.query, limit=limit)
        place = look.lines.range(typing.span)
        items = [
            self._item(look, suggestion, place, typing, order)
            for order, suggestion in enumerate(found)
        ]
        # The words of a title are no prefix of the key, so the next letter must ask again.
        return types.CompletionList(is_incomplete=True, items=items)

    def _item(
        self,
        look: Look,
        suggestion: editor.Suggestion,
        place: types.Range,
        typing: editor.Typing,
        order: int,
    ) -> types.CompletionItem:
        work = suggestion.work
        return types.CompletionItem(
            label=suggestion.label,
            kind=types.CompletionItemKind.Reference,
            detail=suggestion.detail or None,
            sort_text=f"{order:04d}",
            filter_text=typing.span.of(look.text),
            text_edit=types.TextEdit(range=place, new_text=suggestion.typed),
            data={"uri": look.uri, "work": work.id} if work else None,
        )

    def resolve(self, item: types.CompletionItem) -> types.CompletionItem:
        """The same suggestion with its entry in the article's style."""
        data = item.data
        if not isinstance(data, dict) or not isinstance(data.get("work"), str):
            return item
        session = self._server.session_of(path_of(str(data.get("uri"))))
        text = editor.entry_of(session, path_of(str(data.get("uri"))), data["work"])
        if text:
            item.documentation = types.MarkupContent(kind=types.MarkupKind.PlainText, value=text)
        return item
