"""From a key to its entry, to every article that cites the work, and to another name for it."""

from __future__ import annotations

from lsprotocol import types

from refpipe.lsp.server import Look, RefpipeServer, moment, uri_of
from refpipe.pipeline import editor
from refpipe.pipeline.editor import actions


class Navigation:
    """Definition, references, highlights and rename."""

    def __init__(self, server: RefpipeServer) -> None:
        self._server = server

    def attach(self) -> None:
        """Answer the editor's requests."""
        server = self._server
        server.feature(types.TEXT_DOCUMENT_DEFINITION)(server.guarded(self.definition))
        server.feature(types.TEXT_DOCUMENT_REFERENCES)(server.guarded(self.references))
        given = types.RenameOptions(prepare_provider=True)
        server.feature(types.TEXT_DOCUMENT_RENAME, given)(server.guarded(self.rename))
        server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)(server.guarded(self.prepare))

    def definition(self, params: types.DefinitionParams) -> types.Location | None:
        """The entry of the work in this article's list, or the place of the list."""
        look, place = self._at(params.text_document.uri, params.position)
        if place is None or place.work is None:
            return None
        number = look.view.numbers.get(place.work.id, 0)
        span = editor.entry_place(look.view, number)
        if span is None:
            lists = look.view.article.bibliographies
            span = lists[0].span if lists else None
        return types.Location(uri=look.uri, range=look.lines.range(span)) if span else None

    def references(self, params: types.ReferenceParams) -> list[types.Location] | None:
        """Every key of the site that names the work."""
        look, place = self._at(params.text_document.uri, params.position)
        if place is None:
            return None
        found = actions.mentions(look.session, place, self._server.texts)
        return [
            types.Location(uri=uri_of(path), range=self._server.lines(text).range(one.span))
            for path, text, one in found
        ]

    def prepare(self, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        """The key that can be renamed."""
        look, place = self._at(params.text_document.uri, params.position)
        if place is None or place.kind != "key" or place.work is None:
            return None
        return types.PrepareRenamePlaceholder(
            range=look.lines.range(place.span), placeholder=place.key
        )

    def rename(self, params: types.RenameParams) -> types.WorkspaceEdit | None:
        """Every mention of the work typed with another key; a free name becomes the work's own."""
        look, place = self._at(params.text_document.uri, params.position)
        if place is None:
            return None
        texts = self._server.texts
        edits = actions.renamed(look.session, place, params.new_name, texts, moment())
        changes = {}
        for path, made in edits.items():
            text = texts[path] if path in texts else actions.on_disk(path)
            changes[uri_of(path)] = self._server.text_edits(text, made)
        return types.WorkspaceEdit(changes=changes)

    def _at(self, uri: str, position: types.Position) -> tuple[Look, editor.Place | None]:
        look = self._server.look(uri)
        return look, editor.at(look.view, look.lines.offset(position))
