"""An editor for the tests: speaks the protocol with a ``refpipe lsp`` of its own process."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Self

from running import CLOSED, environment


class Editor:
    """Open texts, ask, and take what the server sends; a context that ends it."""

    def __init__(
        self,
        root: Path,
        *,
        options: Any = None,
        encodings: tuple[str, ...] = (),
        registries: Mapping[str, str] | None = None,
        command: Sequence[str] = (sys.executable, "-m", "refpipe", "lsp"),
    ) -> None:
        surroundings = environment(CLOSED) | {"LANG": "C.UTF-8"} | dict(registries or {})
        self._process = subprocess.Popen(
            command,
            cwd=root,
            env=surroundings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._heard: Queue[dict[str, Any]] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        threading.Thread(target=self._drain, daemon=True).start()
        self._number = 0
        self.messages: list[str] = []
        self.findings: dict[str, tuple[int, list[dict[str, Any]]]] = {}
        self._versions: dict[str, int] = {}
        self.texts: dict[str, str] = {}
        self.accepts = True
        self.errors = b""
        general = {"positionEncodings": list(encodings)} if encodings else {}
        self.abilities = self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": root.as_uri(),
                "capabilities": {"general": general},
                "initializationOptions": options,
            },
        )["capabilities"]
        self.say("initialized", {})

    @property
    def process(self) -> int:
        """The number of the server's process."""
        return self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.ask("shutdown", None)
            self.say("exit", None)
            self._process.wait(10)
        finally:
            self._process.kill()
            self._process.communicate()

    def say(self, method: str, params: Any) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        """The server's answer; what it sends in between is taken care of."""
        self._number += 1
        number = self._number
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        answer = self._until(lambda one: one.get("id") == number and "method" not in one)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def open(self, path: Path, text: str | None = None) -> str:
        """Open a file, with another text where one is given; gives its address."""
        uri = path.as_uri()
        self.texts[uri] = path.read_text(encoding="utf-8") if text is None else text
        version = self._versions[uri] = self._versions.get(uri, 0) + 1
        document = {"uri": uri, "languageId": "markdown", "version": version}
        document |= {"text": self.texts[uri]}
        self.say("textDocument/didOpen", {"textDocument": document})
        return uri

    def change(self, uri: str, text: str) -> None:
        self.texts[uri] = text
        self._versions[uri] += 1
        self.say(
            "textDocument/didChange",
            {
                "textDocument": {"uri": uri, "version": self._versions[uri]},
                "contentChanges": [{"text": text}],
            },
        )

    def at(self, method: str, uri: str, line: int, character: int, **more: Any) -> Any:
        position = {"line": line, "character": character}
        params = {"textDocument": {"uri": uri}, "position": position, **more}
        return self.ask(f"textDocument/{method}", params)

    def of(self, method: str, uri: str, **more: Any) -> Any:
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": uri}, **more})

    def actions(self, uri: str, line: int, character: int) -> dict[str, dict[str, Any]]:
        place = {"line": line, "character": character}
        context: dict[str, Any] = {"diagnostics": []}
        found = self.of("codeAction", uri, range={"start": place, "end": place}, context=context)
        return {action["title"].removeprefix("refpipe: "): action for action in found}

    def run(self, action: dict[str, Any]) -> None:
        """Do what an action says, as an editor does."""
        if "edit" in action:
            self._apply(action["edit"])
        if "command" in action:
            command = action["command"]
            params = {"command": command["command"], "arguments": command["arguments"]}
            self.ask("workspace/executeCommand", params)

    def wait_for_findings(self, uri: str) -> list[dict[str, Any]]:
        """What is found in the text as it stands."""
        wanted = self._versions[uri]
        while self.findings.get(uri, (0, []))[0] < wanted:
            self._until(lambda one: one.get("method") == "textDocument/publishDiagnostics")
        return self.findings[uri][1]

    def _until(self, is_it: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            try:
                one = self._heard.get(timeout=60)
            except Empty:
                self._process.kill()
                raise AssertionError(self.errors.decode()) from None
            self._take(one)
            if is_it(one):
                return one

    def _take(self, one: dict[str, Any]) -> None:
        method = one.get("method")
        params: Any = one.get("params")
        if method == "textDocument/publishDiagnostics":
            self.findings[params["uri"]] = (
                params.get("version") or self._versions.get(params["uri"], 0),
                params["diagnostics"],
            )
        elif method == "window/showMessage":
            self.messages.append(params["message"])
        elif method == "workspace/applyEdit":
            if self.accepts:
                self._apply(params["edit"])
            self._send({"jsonrpc": "2.0", "id": one["id"], "result": {"applied": self.accepts}})

    def _apply(self, edit: dict[str, Any]) -> None:
        for uri, changes in edit["changes"].items():
            if uri not in self.texts:
                path = Path(uri.removeprefix("file://"))
                self.texts[uri] = path.read_text(encoding="utf-8")
            self.texts[uri] = edited(self.texts[uri], changes)

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps(message, ensure_ascii=False).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            self._heard.put(json.loads(stream.read(length)))

    def _drain(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.errors += line


def edited(text: str, changes: list[dict[str, Any]]) -> str:
    """The text after edits whose positions are in UTF-16 units."""
    units = text.encode("utf-16-le")
    starts = [0]
    position = 0
    while (position := text.find("\n", position)) >= 0:
        position += 1
        starts.append(len(text[:position].encode("utf-16-le")))

    def offset(place: dict[str, int]) -> int:
        if place["line"] >= len(starts):
            return len(units)
        return min(starts[place["line"]] + 2 * place["character"], len(units))

    for change in sorted(changes, key=lambda c: offset(c["range"]["start"]), reverse=True):
        start, end = offset(change["range"]["start"]), offset(change["range"]["end"])
        units = units[:start] + change["newText"].encode("utf-16-le") + units[end:]
    return units.decode("utf-16-le")
