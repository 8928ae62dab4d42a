"""Findings as you type: the checker's, offline, a moment after the last keystroke."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from lsprotocol import types

from refpipe import checks, report
from refpipe.config import Config
from refpipe.errors import RefpipeError
from refpipe.lsp import Look, RefpipeServer, TextLines, moment, path_of, uri_of
from refpipe.model import Edit, Finding, Span
from refpipe.pipeline import editor
from refpipe.pipeline.editor import actions, session
from refpipe.sources import Registries, Settings

_SEVERE = frozenset({"RET"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorFinding:
    """What was found in one text."""

    text: str
    findings: tuple[Finding, ...] = ()


class Diagnostics:
    """Checks each text when it is opened, saved, or has rested for a moment."""

    def __init__(self, server: RefpipeServer) -> None:
        self._server = server
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._found: dict[str, EditorFinding] = {}

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
        self._found[uri] = EditorFinding(text=text, findings=findings)
        lines = self._server.lines(text)
        shown = [self._diagnostic(finding, lines, settings) for finding in findings]
        self._publish(uri, shown, version)

    def _publish(self, uri: str, shown: list[types.Diagnostic], version: int | None = None) -> None:
        params = types.PublishDiagnosticsParams(uri=uri, diagnostics=shown, version=version)
        self._server.text_document_publish_diagnostics(params)

    def _diagnostic(self, finding: Finding, lines: TextLines, settings: Config) -> types.Diagnostic:
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


# ── Actions: weave, adopt, cite what was pasted, add, confirm, fix, waive ───────────────────────


T = TypeVar("T")

WEAVE, ADOPT, ADD, CONFIRM = (
    "refpipe.weave",
    "refpipe.adopt",
    "refpipe.add",
    "refpipe.confirm",
)

_TITLES = {
    "en": {
        WEAVE: "refpipe: weave numbers and list",
        ADOPT: "refpipe: adopt this list of references",
        ADD: "refpipe: add {key} to the library",
        CONFIRM: "refpipe: have {key} confirmed",
        "cite": "refpipe: cite as {key}",
        "fix": "refpipe: fix {key}",
        "waive": "refpipe: answer {key} with a reason",
    },
    "ja": {
        WEAVE: "refpipe: 番号と文献リストを書き込む",
        ADOPT: "refpipe: この文献リストを引き取る",
        ADD: "refpipe: {key} をライブラリに加える",
        CONFIRM: "refpipe: {key} を登録機関に確かめる",
        "cite": "refpipe: {key} として引用する",
        "fix": "refpipe: {key} を直す",
        "waive": "refpipe: {key} に理由を書いて答える",
    },
}


class Actions:
    """What can be done at a place, and the commands that do it."""

    def __init__(self, server: RefpipeServer, diagnostics: Diagnostics) -> None:
        self._server = server
        self._diagnostics = diagnostics

    def attach(self) -> None:
        """Answer the editor's requests and commands."""
        server = self._server
        kinds = [types.CodeActionKind.QuickFix, types.CodeActionKind.RefactorRewrite]
        given = types.CodeActionOptions(code_action_kinds=kinds)
        server.feature(types.TEXT_DOCUMENT_CODE_ACTION, given)(server.guarded(self.offered))

        @server.command(WEAVE)
        async def weave(uri: str) -> None:
            await self._do(self._weave(uri))

        @server.command(ADOPT)
        async def adopt(uri: str) -> None:
            await self._do(self._adopt(uri))

        @server.command(ADD)
        async def add(uri: str, key: str) -> None:
            await self._do(self._add(uri, key))

        @server.command(CONFIRM)
        async def confirm(uri: str, key: str) -> None:
            await self._do(self._confirm(uri, key))

    # ── what is offered ────────────────────────────────────────────────────────────────

    def offered(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """The actions for the place that is selected."""
        look = self._server.look(params.text_document.uri)
        asked = look.lines.span(params.range)
        return [*self._for_findings(look, asked), *self._for_works(look, asked), *self._whole(look)]

    def _for_findings(self, look: Look, asked: Span) -> Iterator[types.CodeAction]:
        for finding in self._diagnostics.found(look.uri, look.text):
            span = span_of(finding, look.text)
            if span.start > asked.end or asked.start > span.end:
                continue
            if finding.edit is not None and finding.edit.is_safe:
                yield self._edit(look, "fix", finding.code, finding.edit)
            waived = actions.waived(look.text, finding, look.view.article.format)
            yield self._edit(look, "waive", finding.code, waived)

    def _for_works(self, look: Look, asked: Span) -> Iterator[types.CodeAction]:
        place = editor.place_at(look.view, asked.start)
        if place is not None and place.work is None and editor.can_be_asked(place.key):
            yield self._command(look, ADD, place.key)
        if place is not None and place.work is not None and not place.work.is_confirmed:
            yield self._command(look, CONFIRM, place.work.name)
        found = editor.pasted(look.text, asked) if place is None else None
        if found is not None:
            typed = f"[{editor.typed_key(str(found[1]))}]"
            yield self._edit(look, "cite", typed, Edit(span=found[0], replacement=typed))

    def _whole(self, look: Look) -> Iterator[types.CodeAction]:
        article = look.view.article
        if article.citations or article.bibliographies:
            yield self._command(look, WEAVE)
        if not article.bibliographies and editor.has_plain_list(article):
            yield self._command(look, ADOPT)

    def _title(self, look: Look, name: str, key: str) -> str:
        titles = _TITLES[self._server.lang(look.session.config)]
        return titles[name].format(key=key)

    def _command(self, look: Look, name: str, key: str = "") -> types.CodeAction:
        title = self._title(look, name, key)
        arguments: list[Any] = [look.uri, key] if key else [look.uri]
        return types.CodeAction(
            title=title,
            kind=types.CodeActionKind.RefactorRewrite,
            command=types.Command(title=title, command=name, arguments=arguments),
        )

    def _edit(self, look: Look, name: str, key: str, edit: Edit) -> types.CodeAction:
        changes = self._server.text_edits(look.text, [edit])
        return types.CodeAction(
            title=self._title(look, name, key),
            kind=types.CodeActionKind.QuickFix,
            edit=types.WorkspaceEdit(changes={look.uri: changes}),
        )

    # ── what is done ───────────────────────────────────────────────────────────────────

    async def _do(self, work: Any) -> None:
        try:
            await work
        except RefpipeError as error:
            self._server.tell_error(error)

    async def _weave(self, uri: str) -> None:
        look = self._server.look(uri)
        path, text, config = look.view.path, look.text, look.session.config
        after, findings = await _elsewhere(lambda: actions.woven(config, path, text, moment()))
        if after != text:
            await self._server.apply(uri, text, actions.edits(text, after))
        if findings:
            self._server.tell(f"refpipe: {len(findings)} to look at; the findings say where")

    async def _adopt(self, uri: str) -> None:
        """Show the difference where the editor can, and keep the facts once it was made."""
        look = self._server.look(uri)
        path, text, config = look.view.path, look.text, look.session.config
        adopted = await _elsewhere(
            lambda: actions.adopted(config, path, text, moment(), is_kept=False)
        )
        if adopted.refusal:
            self._server.tell(f"refpipe: nothing changed: {adopted.refusal}")
            return
        if adopted.remarks:
            self._server.tell("\n".join(("refpipe: look at these first:", *adopted.remarks)))
        label = self._title(look, ADOPT, "") if self._server.can_annotate else ""
        if await self._server.apply(uri, text, actions.edits(text, adopted.text), asks=label):
            await _elsewhere(lambda: actions.adopted(config, path, text, moment(), is_kept=True))
            self._diagnostics.due(uri, after=0)

    async def _add(self, uri: str, key: str) -> None:
        config = self._server.config_of(path_of(uri))
        failed = await _elsewhere(
            lambda: _asking(config, lambda r: actions.added(config, key, r, moment()))
        )
        if failed is not None:
            self._server.tell(f"refpipe: {key}: {failed.reason}")
        self._diagnostics.due(uri, after=0)

    async def _confirm(self, uri: str, key: str) -> None:
        config = self._server.config_of(path_of(uri))
        outcome = await _elsewhere(
            lambda: _asking(config, lambda r: actions.confirmed(config, key, r, moment()))
        )
        if outcome is not None and outcome.reason:
            self._server.tell(f"refpipe: {key}: {outcome.reason}")
        self._diagnostics.due(uri, after=0)


async def _elsewhere(work: Callable[[], T]) -> T:
    """The result of work that takes a while, in a thread of its own."""
    return await asyncio.get_running_loop().run_in_executor(None, work)


def _asking(config: Config, work: Callable[[Registries], T]) -> T:
    """The result of work that asks the registries."""
    settings = Settings.from_environment(
        os.environ, mailto=config.mailto, cache=config.cache / "http.sqlite"
    )
    with Registries(settings) as registries:
        return work(registries)
