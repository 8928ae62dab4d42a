"""Actions: weave, adopt, cite what was pasted, add, confirm, fix, waive."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from lsprotocol import types

from refpipe.config import Config
from refpipe.errors import RefpipeError
from refpipe.lsp.diagnostics import Diagnostics, span_of
from refpipe.lsp.server import Look, RefpipeServer, moment, path_of
from refpipe.model import Edit, Span
from refpipe.pipeline import editor
from refpipe.pipeline.editor import actions
from refpipe.sources import Registries, Settings

T = TypeVar("T")

WEAVE, ADOPT, ADD, CONFIRM = (
    "refpipe.weave",
    "refpipe.adopt",
    "refpipe.add",
    "refpipe.match.agreement",
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
            if look.view.article.format != "mdx":  # An HTML comment stops the build of MDX.
                waived = actions.waived(look.text, finding)
                yield self._edit(look, "waive", finding.code, waived)

    def _for_works(self, look: Look, asked: Span) -> Iterator[types.CodeAction]:
        place = editor.at(look.view, asked.start)
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
        after, refusal = await _elsewhere(
            lambda: actions.adopted(config, path, text, moment(), is_kept=False)
        )
        if refusal:
            self._server.tell(f"refpipe: nothing changed: {refusal}")
            return
        label = self._title(look, ADOPT, "") if self._server.can_annotate else ""
        if await self._server.apply(uri, text, actions.edits(text, after), asks=label):
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
