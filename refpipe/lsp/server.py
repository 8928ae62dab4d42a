"""The server: the editor's texts, the projects they belong to, and the features attached."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

import refpipe
from refpipe import config
from refpipe.config import Config
from refpipe.errors import RefpipeError
from refpipe.lsp import options
from refpipe.lsp.positions import Lines
from refpipe.model import Edit
from refpipe.pipeline.editor import Session, View
from refpipe.pipeline.editor.actions import Moment

P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One text of the editor: its project, what it cites, and how its positions are counted."""

    uri: str
    session: Session
    view: View
    lines: Lines

    @property
    def text(self) -> str:
        """The text as it stands in the editor."""
        return self.view.article.text


class RefpipeServer(LanguageServer):
    """refpipe for an editor."""

    def __init__(self) -> None:
        # Whole texts come over: the protocol's lines are not those that Python would split at.
        super().__init__(
            "refpipe",
            refpipe.__version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
        )
        self.options = options.Options()
        self._sessions: dict[Path, Session] = {}
        self._told: set[str] = set()

    # ── projects and texts ─────────────────────────────────────────────────────────────

    def config_of(self, path: Path) -> Config:
        """The settings that hold for the file; the defaults, and a word, where they are bad."""
        try:
            return config.load_for([path], path.parent)
        except RefpipeError as error:
            self.tell(f"{error}; using defaults", types.MessageType.Warning)
            root = path.parent
            return Config(root=root, library=root / "library.db", articles=(root,))

    def session_of(self, path: Path) -> Session:
        """The project of the file, open; its settings are read again when they change."""
        settings = self.config_of(path)
        found = self._sessions.get(settings.root)
        if found is None or found.config != settings:
            if found is not None:
                found.close()
            found = self._sessions[settings.root] = Session(settings)
        return found

    def look(self, uri: str) -> Look:
        """The text of that address, with what it cites."""
        text = self.workspace.get_text_document(uri).source
        path = path_of(uri)
        session = self.session_of(path)
        view = session.view(path, text)
        return Look(uri=uri, session=session, view=view, lines=self.lines(text))

    def lines(self, text: str) -> Lines:
        """The text counted as this editor counts."""
        return Lines(text, self.workspace.position_encoding or types.PositionEncodingKind.Utf16)

    @property
    def texts(self) -> dict[Path, str]:
        """Every text that is open, as it stands in the editor."""
        documents = self.workspace.text_documents
        return {path_of(uri): document.source for uri, document in documents.items()}

    def lang(self, settings: Config) -> str:
        """The language to speak: the editor's option, the project's, else the locale's."""
        if self.options.lang or settings.lang:
            return self.options.lang or settings.lang
        spoken = next(
            (os.environ[v] for v in ("LC_ALL", "LC_MESSAGES", "LANG") if v in os.environ), ""
        )
        return "ja" if spoken.lower().startswith("ja") else "en"

    # ── speaking ───────────────────────────────────────────────────────────────────────

    def tell(self, message: str, kind: types.MessageType = types.MessageType.Info) -> None:
        """Show a message; the same warning only once."""
        if kind is not types.MessageType.Info:
            if message in self._told:
                return
            self._told.add(message)
        self.window_show_message(types.ShowMessageParams(type=kind, message=message))

    def guarded(self, answer: Callable[[P], R]) -> Callable[[P], R | None]:
        """The same answer, or none and a message where refpipe cannot go on with this."""

        def answered(params: P) -> R | None:
            try:
                return answer(params)
            except RefpipeError as error:
                self.tell_error(error)
                return None

        return answered

    def tell_error(self, error: RefpipeError) -> None:
        """What failed, and what to do next."""
        hint = f"\n{error.hint}" if error.hint else ""
        self.tell(f"refpipe: {error}{hint}", types.MessageType.Error)

    # ── edits ──────────────────────────────────────────────────────────────────────────

    def text_edits(self, text: str, edits: list[Edit]) -> list[types.TextEdit]:
        """The edits as the protocol writes them."""
        lines = self.lines(text)
        return [
            types.TextEdit(range=lines.range(edit.span), new_text=edit.replacement)
            for edit in edits
        ]

    async def apply(self, uri: str, text: str, edits: list[Edit], *, asks: str = "") -> bool:
        """Have the editor make the edits; with ``asks`` it shows the difference first."""
        changes = self.text_edits(text, edits)
        if not asks:
            whole = types.WorkspaceEdit(changes={uri: changes})
        else:
            annotated: list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit] = [
                types.AnnotatedTextEdit(range=e.range, new_text=e.new_text, annotation_id="refpipe")
                for e in changes
            ]
            document = types.OptionalVersionedTextDocumentIdentifier(
                uri=uri, version=self.workspace.get_text_document(uri).version
            )
            whole = types.WorkspaceEdit(
                document_changes=[types.TextDocumentEdit(text_document=document, edits=annotated)],
                change_annotations={
                    "refpipe": types.ChangeAnnotation(label=asks, needs_confirmation=True)
                },
            )
        result = await self.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit=whole))
        return result.applied

    @property
    def can_annotate(self) -> bool:
        """Whether the editor can show a difference before it is made."""
        workspace = self.client_capabilities.workspace
        edit = workspace.workspace_edit if workspace else None
        return bool(edit and edit.document_changes and edit.change_annotation_support)


def moment() -> Moment:
    """Now, and today where the writer sits."""
    now = datetime.datetime.now(datetime.UTC)
    return Moment(now=now.strftime("%Y-%m-%dT%H:%M:%SZ"), today=now.astimezone().date())


def path_of(uri: str) -> Path:
    """The file of an address; a text without one lies in the current folder."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return Path(path) if path else Path.cwd() / "untitled.md"


def uri_of(path: Path) -> str:
    """The address of a file."""
    return from_fs_path(str(path)) or path.as_uri()


def make() -> RefpipeServer:
    """The server with every feature attached."""
    from refpipe.lsp import actions, completion, diagnostics, hover, navigation, structure

    server = RefpipeServer()

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.options, faults = options.read(params.initialization_options)
        for fault in faults:
            server.tell(f"refpipe: {fault}", types.MessageType.Warning)

    found = diagnostics.Diagnostics(server)
    found.attach()
    for feature in (
        completion.Completion(server),
        hover.Hover(server),
        actions.Actions(server, found),
        navigation.Navigation(server),
        structure.Structure(server),
    ):
        feature.attach()
    return server


def serve() -> None:
    """Speak the protocol on standard input and output until the editor hangs up."""
    make().start_io()
