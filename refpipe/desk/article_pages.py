"""The articles: all of them, and one with its findings and what can be done about them."""

from __future__ import annotations

import difflib
import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from refpipe import articles, checks, files, markup
from refpipe.desk.desk import Desk, TextChange, back_to, language
from refpipe.errors import ArticleChanged, RefpipeError
from refpipe.pipeline import check
from refpipe.pipeline.check import overview
from refpipe.pipeline.editor import actions
from refpipe.pipeline.editor.session import Session

_PREVIEW_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def index(request: Request) -> Response:
    """Every article, those first that most need a person, under the state of the site."""
    desk: Desk = request.app.state.desk
    if desk.reviewed:
        return back_to("/flow")
    return desk.page(
        request,
        "articles",
        site=overview.overview(desk.config, today=desk.today(), figures=desk.figures()),
    )


def one(request: Request) -> Response:
    """One article: as a reader sees it, its findings, its references."""
    desk: Desk = request.app.state.desk
    path = desk.article(request.query_params.get("path", ""))
    if path is None:
        return desk.page(request, "message", status=404, heading="not_here", text="")
    return _shown(request, desk, path)


def _shown(request: Request, desk: Desk, path: Path, **given: Any) -> Response:
    lang = language(request, desk.config.lang)
    file = files.read(path)
    session = Session(desk.config)
    try:
        state = overview.article(desk.config, path, today=desk.today())
        view = session.view(path, file.text)
        style = session.style(path, view.article)
        entries = [
            (number, work, desk.entry(work.item, style.name))
            for number, work in sorted(view.listed.items())
        ]
    finally:
        session.close()
    findings = [
        (found, checks.message(found, lang), checks.page(found.code).words(lang))
        for found in state.findings
    ]
    rest: dict[str, Any] = {
        "diff": "", "undo": 0, "note": "", "pending": "", "remarks": ()
    } | given  # fmt: skip
    return desk.page(
        request,
        "article",
        state=state,
        name=desk.name_of(path),
        findings=findings,
        entries=entries,
        digest=_digest(file.text),
        is_managed=bool(view.article.bibliographies),
        **rest,
    )


def preview(request: Request) -> Response:
    """The article as a reader sees it, in a sandbox: no script, no form, nothing from outside."""
    desk: Desk = request.app.state.desk
    path = desk.article(request.query_params.get("path", ""))
    if path is None:
        return HTMLResponse("", status_code=404)
    text = files.read(path).text
    headers = {"Content-Security-Policy": _PREVIEW_POLICY}
    return HTMLResponse(
        overview.preview_page(path, text, _entries(desk, path, text)), headers=headers
    )


def _entries(desk: Desk, path: Path, text: str) -> dict[int, str]:
    """Number → entry in plain words."""
    session = Session(desk.config)
    try:
        view = session.view(path, text)
        style = session.style(path, view.article)
        return {
            number: markup.plain(session.entry(work.item, style))
            for number, work in view.listed.items()
        }
    finally:
        session.close()


async def act(request: Request) -> Response:
    """Do something to one article: fix, weave, adopt, waive, or take the last of these back."""
    from starlette.concurrency import run_in_threadpool

    form = {name: str(value) for name, value in (await request.form()).items()}
    return await run_in_threadpool(_acted, request, form)


def _acted(request: Request, form: dict[str, str]) -> Response:
    desk: Desk = request.app.state.desk
    path = desk.article(form.get("path", ""))
    if path is None:
        return desk.page(request, "message", status=404, heading="not_here", text="")
    try:
        file = files.read(path)
        if form.get("digest") != _digest(file.text):
            return _shown(request, desk, path, note="changed_elsewhere")
        if form.get("do") == "back":
            return _taken_back(request, desk, path, int(form.get("number") or 0))
        return _done(request, desk, file, form)
    except ArticleChanged:
        return _shown(request, desk, path, note="changed_elsewhere")
    except RefpipeError as error:
        told = f"{error}\n{error.hint}"
        return desk.page(request, "message", status=409, heading="went_wrong", text=told)


def _done(request: Request, desk: Desk, file: files.File, form: dict[str, str]) -> Response:
    if form.get("do") != "adopt":
        return _written(request, desk, file, _changed(desk, file.path, file.text, form))
    moment = actions.Moment(now=desk.now(), today=desk.today())
    lang, is_sure = language(request, desk.config.lang), form.get("sure") == "yes"
    adopted = actions.adopted(desk.config, file.path, file.text, moment, is_kept=is_sure, lang=lang)
    if adopted.refusal:
        raise RefpipeError(adopted.refusal)
    if is_sure:
        return _written(request, desk, file, adopted.text, remarks=adopted.remarks)
    diff, told = _diff(file.text, adopted.text), adopted.remarks
    pending: dict[str, Any] = {"pending": "adopt", "note": "adopt_look", "remarks": told}
    return _shown(request, desk, file.path, diff=diff, **pending)


def _changed(desk: Desk, path: Path, text: str, form: dict[str, str]) -> str:
    """The article's text after the action; the text itself where there is nothing to do."""
    moment = actions.Moment(now=desk.now(), today=desk.today())
    match form.get("do"):
        case "weave":
            return actions.woven(desk.config, path, text, moment)[0]
        case "fix":
            order = check.Order(config=desk.config, today=desk.today(), is_fixing=True)
            checked = next(iter(check.check(order, [path])))
            return check.mended(checked, is_unsafe=False)
        case "waive":
            return _waived(desk, path, text, form)
        case _:
            raise RefpipeError("there is no such action")


def _waived(desk: Desk, path: Path, text: str, given: dict[str, str]) -> str:
    """The text with the finding answered at its line; a reason is a must."""
    reason = " ".join(given.get("reason", "").split())
    if not reason:
        raise RefpipeError("a finding is answered with a reason")
    state = overview.article(desk.config, path, today=desk.today())
    place = (given.get("code"), given.get("line"))
    found = [one for one in state.findings if (one.code, str(one.line)) == place]
    if not found:
        return text
    form = articles.read(desk.name_of(path), text).format
    edit = actions.waived(text, found[0], form, reason)
    return text[: edit.span.start] + edit.replacement + text[edit.span.end :]


def _written(request: Request, desk: Desk, file: files.File, text: str, **given: Any) -> Response:
    """Write the text, and show what changed and how to take it back."""
    if text == file.text:
        return _shown(request, desk, file.path, note="nothing_changed")
    files.replace(file, text)
    change = TextChange(path=file.path, before=file.text, after=text)
    number = desk.changed(change)
    diff = _diff(change.before, change.after)
    return _shown(request, desk, file.path, diff=diff, undo=number, note="done", **given)


def _taken_back(request: Request, desk: Desk, path: Path, number: int) -> Response:
    change = desk.changes.get(number)
    file = files.read(path)
    if change is None or change.path != path or file.text != change.after:
        return _shown(request, desk, path, note="changed_elsewhere")
    files.replace(file, change.before)
    del desk.changes[number]
    address = urlencode({"path": desk.name_of(path), "note": "taken_back"})
    return back_to(f"/article?{address}")


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _diff(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    return "\n".join(list(lines)[2:])
