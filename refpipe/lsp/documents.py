"""What an editor shows of a text: outline, numbers, completion, hover, the way to other places."""

from __future__ import annotations

from lsprotocol import types

from refpipe.lsp import Look, RefpipeServer, moment, path_of, uri_of
from refpipe.model import Span
from refpipe.pipeline import editor
from refpipe.pipeline.editor import actions

# ── The shape of an article: symbols, folding, numbers beside typed citations, and weaving ──────


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


# ────────────────────────────────────────────────────────────────────────────────────────────────
# From a key to its entry, to every article that cites the work, and to another name for it.


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

    def _at(self, uri: str, position: types.Position) -> tuple[Look, editor.TextPlace | None]:
        look = self._server.look(uri)
        return look, editor.place_at(look.view, look.lines.offset(position))


# ────────────────────────────────────────────────────────────────────────────────────────────────
# Completion behind ``[@``: works by author, title words, journal, year; the entry beside it.


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


# ── Hover on a key, a number or an entry: the entry, its standing, who confirmed it ─────────────


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
        place = editor.place_at(look.view, look.lines.offset(params.position))
        if place is None:
            return None
        lang = self._server.lang(look.session.config)
        text = editor.explain(look.session, look.view, place, lang=lang)
        return types.Hover(
            contents=types.MarkupContent(kind=types.MarkupKind.Markdown, value=text),
            range=look.lines.range(place.span),
        )
