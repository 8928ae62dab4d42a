"""The language server: what the pipeline knows of an article, in the editor that it is written in.

``serve`` holds the editor's texts and the projects they belong to, and attaches the features: a
class for each, thin over ``refpipe.pipeline.editor``.  Positions are counted as the protocol counts
them, in ``TextLines``.  Started by ``refpipe lsp``.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from lsprotocol.types import Position, PositionEncodingKind, Range
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

import refpipe
from refpipe import config
from refpipe.config import Config
from refpipe.display import in_language
from refpipe.errors import RefpipeError
from refpipe.model import Edit, Span
from refpipe.pipeline.editor import Session, View
from refpipe.pipeline.editor.actions import Moment

# ────────────────────────────────────────────────────────────────────────────────────────────────
# What an editor may set when it starts the server; a bad option gives the default and a word.


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The settings of one editor."""

    lang: str = ""
    """``ja`` or ``en`` for findings and hovers; the project's or the locale's when empty."""
    delay: float = 0.25
    """Seconds without a keystroke after which a text is checked."""
    suggestions: int = 50
    """How many works a completion offers at most."""
    has_inlays: bool = True
    """Whether numbers are shown beside citations that are not woven yet."""


def read_options(given: object) -> tuple[Options, tuple[str, ...]]:
    """The options, and a sentence for each that could not be used."""
    if given is None:
        return Options(), ()
    if not isinstance(given, Mapping):
        return Options(), ("the options are no table; using defaults",)
    known = {field.name for field in fields(Options)}
    good: dict[str, Any] = {}
    faults = []
    for name, value in given.items():
        if name not in known:
            faults.append(f"there is no option {name!r}; it was passed over")
        elif (problem := _problem(name, value)) is not None:
            faults.append(f"the option {name!r} {problem}; using the default")
        else:
            good[name] = value
    return Options(**good), tuple(faults)


def _problem(name: str, value: object) -> str | None:
    """What is wrong with the value; None where nothing is."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if name == "lang":
        return None if value in ("", "ja", "en") else "is neither 'ja' nor 'en'"
    if name == "has_inlays":
        return None if isinstance(value, bool) else "is neither true nor false"
    if name == "suggestions":
        good = is_number and isinstance(value, int) and 1 <= value <= 200
        return None if good else "is no whole number from 1 to 200"
    return None if is_number and 0 <= float(str(value)) <= 60 else "is no number of seconds"


# ── Character offsets and the positions that editors count: lines, and UTF-16 units in them ─────
# The lines are the protocol's (``\n``, ``\r\n``, ``\r``), not Python's, which also ends one at a
# form feed or a Unicode line separator.


_END = re.compile(r"\r\n|\n|\r")


class TextLines:
    """A text as an editor counts it."""

    def __init__(self, text: str, encoding: str = PositionEncodingKind.Utf16) -> None:
        self.text = text
        self._encoding = str(getattr(encoding, "value", encoding))
        self._starts = [0, *(found.end() for found in _END.finditer(text))]

    def position(self, offset: int) -> Position:
        """The position of a character offset."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._starts, offset) - 1
        return Position(line=line, character=self._units(self.text[self._starts[line] : offset]))

    def range(self, span: Span) -> Range:
        """The range of a stretch of the text."""
        return Range(start=self.position(span.start), end=self.position(span.end))

    def offset(self, position: Position) -> int:
        """The character offset of a position; one beyond a line's end is that end."""
        if position.line >= len(self._starts):
            return len(self.text)
        start = self._starts[position.line]
        end = _END.search(self.text, start)
        line = self.text[start : end.start() if end else len(self.text)]
        left = position.character
        for index, letter in enumerate(line):
            if left <= 0:
                return start + index
            left -= self._units(letter)
        return start + len(line)

    def span(self, asked: Range) -> Span:
        """The stretch that a range means."""
        return Span(self.offset(asked.start), self.offset(asked.end))

    def _units(self, text: str) -> int:
        if self._encoding == "utf-32" or text.isascii():
            return len(text)
        if self._encoding == "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text) + sum(letter > "\uffff" for letter in text)


P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One text of the editor: its project, what it cites, and how its positions are counted."""

    uri: str
    session: Session
    view: View
    lines: TextLines

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
        self.options = Options()
        self._sessions: dict[Path, Session] = {}
        self._told: set[str] = set()
        self._spoken = ""
        """The language that the project last looked at sets; empty for the locale's."""

    # ── projects and texts ─────────────────────────────────────────────────────────────

    def config_of(self, path: Path) -> Config:
        """The settings that hold for the file; the defaults, and a word, where they are bad."""
        try:
            found = config.load_for([path], path.parent)
        except RefpipeError as error:
            self.tell(f"{error}; using defaults", types.MessageType.Warning)
            root = path.parent
            return Config(root=root, library=root / "library.db", articles=(root,))
        self._spoken = found.lang
        return found

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

    def lines(self, text: str) -> TextLines:
        """The text counted as this editor counts."""
        return TextLines(text, self.workspace.position_encoding or types.PositionEncodingKind.Utf16)

    @property
    def texts(self) -> dict[Path, str]:
        """Every text that is open, as it stands in the editor."""
        documents = self.workspace.text_documents
        return {path_of(uri): document.source for uri, document in documents.items()}

    def lang(self, settings: Config) -> str:
        """The language to speak: the editor's option, the project's, else the locale's."""
        return config.choose_language(self.options.lang, settings.lang)

    # ── speaking ───────────────────────────────────────────────────────────────────────

    def tell(self, message: str, kind: types.MessageType = types.MessageType.Info) -> None:
        """Show a message in the language of the project last looked at; a warning only once."""
        message = in_language(message, config.choose_language(self.options.lang, self._spoken))
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
    from refpipe.lsp import documents, findings

    server = RefpipeServer()

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.options, faults = read_options(params.initialization_options)
        for fault in faults:
            server.tell(f"refpipe: {fault}", types.MessageType.Warning)

    found = findings.Diagnostics(server)
    found.attach()
    for feature in (
        documents.Completion(server),
        documents.Hover(server),
        findings.Actions(server, found),
        documents.Navigation(server),
        documents.Structure(server),
    ):
        feature.attach()
    return server


def serve() -> None:
    """Speak the protocol on standard input and output until the editor hangs up."""
    make().start_io()
