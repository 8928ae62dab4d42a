"""Findings as you type: the checker's, offline, a moment after the last keystroke."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from lsprotocol import types

from refpipe import checks, report
from refpipe.config import Config
from refpipe.errors import RefpipeError
from refpipe.lsp.positions import Lines
from refpipe.lsp.server import RefpipeServer, moment, path_of, uri_of
from refpipe.model import Finding, Span
from refpipe.pipeline.editor import session

_SEVERE = frozenset({"RET"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found in one text."""

    text: str
    findings: tuple[Finding, ...] = ()


class Diagnostics:
    """Checks each text when it is opened, saved, or has rested for a moment."""

    def __init__(self, server: RefpipeServer) -> None:
        self._server = server
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._found: dict[str, Found] = {}

    def attach(self) -> None:
        """Listen to the editor's texts."""
        server = self._server

        @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
        def opened(params: types.DidOpenTextDocumentParams) -> None:
            self.due(params.text_document.uri, after=0)

        @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
        def changed(params: types.DidChangeTextDocumentParams) -> None:
            self.due(params.text_document.uri, after=server.options.delay)

        @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
        def saved(params: types.DidSaveTextDocumentParams) -> None:
            self.due(params.text_document.uri, after=0)

        @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
        def closed(params: types.DidCloseTextDocumentParams) -> None:
            self._forget(params.text_document.uri)

    def due(self, uri: str, *, after: float) -> None:
        """Check the text after so many seconds, unless it changes before."""
        waiting = self._waiting.pop(uri, None)
        if waiting is not None:
            waiting.cancel()
        self._waiting[uri] = asyncio.get_running_loop().create_task(self._check(uri, after))

    def found(self, uri: str, text: str) -> tuple[Finding, ...]:
        """The findings of that very text; none where it has changed since."""
        known = self._found.get(uri)
        return known.findings if known is not None and known.text == text else ()

    def _forget(self, uri: str) -> None:
        waiting = self._waiting.pop(uri, None)
        if waiting is not None:
            waiting.cancel()
        self._found.pop(uri, None)
        self._publish(uri, [])

    async def _check(self, uri: str, after: float) -> None:
        await asyncio.sleep(after)
        document = self._server.workspace.get_text_document(uri)
        path, text, version = path_of(uri), document.source, document.version
        settings = self._server.config_of(path)
        today = moment().today
        loop = asyncio.get_running_loop()
        try:
            findings = await loop.run_in_executor(
                None, lambda: session.findings(settings, path, text, today=today)
            )
        except RefpipeError as error:
            self._server.tell_error(error)
            return
        self._found[uri] = Found(text=text, findings=findings)
        lines = self._server.lines(text)
        shown = [self._diagnostic(finding, lines, settings) for finding in findings]
        self._publish(uri, shown, version)

    def _publish(self, uri: str, shown: list[types.Diagnostic], version: int | None = None) -> None:
        params = types.PublishDiagnosticsParams(uri=uri, diagnostics=shown, version=version)
        self._server.text_document_publish_diagnostics(params)

    def _diagnostic(self, finding: Finding, lines: Lines, settings: Config) -> types.Diagnostic:
        lang = self._server.lang(settings)
        page = _page(finding.code, lang, settings)
        return types.Diagnostic(
            range=lines.range(span_of(finding, lines.text)),
            severity=_severity(finding),
            code=finding.code,
            code_description=types.CodeDescription(href=page) if page else None,
            source="refpipe",
            message=checks.message(finding, lang),
        )


def span_of(finding: Finding, text: str) -> Span:
    """What a finding is about: what its fix would replace, else the words at its place."""
    if finding.edit is not None and finding.edit.span.end > finding.edit.span.start:
        return finding.edit.span
    lines = text.split("\n", finding.line)
    start = sum(len(line) + 1 for line in lines[: finding.line - 1]) + finding.column - 1
    rest = lines[finding.line - 1][finding.column - 1 :] if len(lines) >= finding.line else ""
    words = rest.split("。", 1)[0].rstrip("\r")
    stop = words.find("]") + 1 if words.startswith("[") else 0
    return Span(min(start, len(text)), min(start + (stop or len(words)), len(text)))


def _severity(finding: Finding) -> types.DiagnosticSeverity:
    if finding.is_unchecked:
        return types.DiagnosticSeverity.Information
    if finding.code[:3] in _SEVERE:
        return types.DiagnosticSeverity.Error
    return types.DiagnosticSeverity.Warning


def _page(code: str, lang: str, settings: Config) -> str:
    """The address of the rule's page, written into the cache of a project; empty elsewhere."""
    if not settings.is_project:
        return ""
    path = settings.cache / "rules" / lang / f"{code}.md"
    try:
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(report.rule_page(code, lang), encoding="utf-8")
    except OSError:
        return ""
    return uri_of(path)
