"""Answers as no registry would send them, made from honest ones by a seeded generator."""

from __future__ import annotations

import copy
import gzip
import json
import random
from typing import Any

STATUSES = (b"200 OK",) * 6 + (
    b"200", b"204 No Content", b"206 Partial Content", b"301 Moved", b"302 Found", b"304 Same",
    b"307 Again", b"308 Ever", b"400 Bad", b"404 Gone", b"410 Gone", b"418 Teapot", b"600 Odd",
    b"099 Low", b"-1 Less", b"abc", b"", b"200 \xff\xfe", b"100 Continue",
)  # fmt: skip
LOCATIONS = (
    b"http://[zz", b"http://", b"//", b"", b"\xff\xfe", b"javascript:alert(1)", b"file:///etc/passwd",
    b"http://169.254.169.254/latest", b"http://a:b@127.0.0.1/", b"http://x:99999/", b"http://x:-1/",
    b"http://\xe3\x81\x82.example/", b"?" * 9000, b"http://127.0.0.1:1/", b"/%zz%",
    b"http://xn--/", b"http://" + b"a" * 300 + b".example/", b"\x00\x01", b"http:///x", b"HTTP:x",
)  # fmt: skip
HEADERS = (
    b"Content-Encoding: gzip", b"Content-Encoding: br, zstd, \xff", b"Content-Encoding: deflate",
    b"Content-Length: -1", b"Content-Length: 10000000000000000000000", b"Content-Length: x",
    b"Transfer-Encoding: chunked", b"Content-Type: application/json; charset=nonsense",
    b"Content-Type: text/html; charset=utf-16", b"Content-Type: \xff", b"Retry-After: banana",
    b"Retry-After: -5", b"Retry-After: " + b"9" * 5000, b"Retry-After: Fri, 99 Foo 99999 25:61:61",
    b"X-Rate-Limit-Limit: 1e-300\r\nX-Rate-Limit-Interval: 1s", b"Set-Cookie: \xff=;;;=",
    b"X-Rate-Limit-Limit: nan\r\nX-Rate-Limit-Interval: infs", b"Date: yesterday",
    b"Cache-Control: max-age=nonsense", b"Expires: \xff", b"Vary: *", b"Link: <<<>>>; rel",
    b"no colon at all", b": nameless", b"X-Long: " + b"a" * 70000, b"X-Null: \x00", b" folded",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, 10**400, "", "\x00", "\ud800", "a" * 5000, "<b>", [], {}, [[]],
    {"": {}}, [{"date-parts": [[None]]}], {"date-parts": [[99999, 13, 32]]}, ["x", 1, {}],
    {"family": 3}, "2024-13-45", "\u202e", "10.5555/other", [[1], [2]],
)  # fmt: skip


def answer(chance: random.Random, message: dict[str, Any]) -> bytes:
    """One answer on the wire."""
    status = chance.choice(STATUSES)
    body = _body(chance, message)
    headers = [b"Content-Type: application/json"]
    if status.startswith(b"3") or chance.random() < 0.05:
        headers.append(b"Location: " + chance.choice(LOCATIONS))
    headers += chance.sample(HEADERS, chance.choice((0, 0, 1, 2)))
    if chance.random() < 0.2:
        body = gzip.compress(body)
        headers.append(b"Content-Encoding: gzip")
        body = _flipped(chance, body) if chance.random() < 0.5 else body
    if chance.random() < 0.8:
        headers.append(b"Content-Length: %d" % len(body))
    chance.shuffle(headers)
    whole = b"HTTP/1.1 " + status + b"\r\n" + b"\r\n".join(headers) + b"\r\n\r\n" + body
    return _flipped(chance, whole) if chance.random() < 0.1 else whole


def _body(chance: random.Random, message: dict[str, Any]) -> bytes:
    whole = {"status": "ok", "message-type": "work", "message": message}
    way = chance.random()
    if way < 0.6:
        whole = json.loads(json.dumps(whole))
        for _ in range(chance.randint(1, 3)):
            _change(chance, whole)
    body = json.dumps(whole, ensure_ascii=chance.random() < 0.9).encode("utf-8", "surrogatepass")
    if 0.6 <= way < 0.8:
        body = _flipped(chance, body)
    return body[: chance.randrange(len(body))] if way > 0.9 else body


def _change(chance: random.Random, value: Any) -> None:
    """Put something else in one place of the value, however deep."""
    while isinstance(value, dict | list) and value:
        key = (
            chance.choice(list(value)) if isinstance(value, dict) else chance.randrange(len(value))
        )
        inner = value[key]
        if not isinstance(inner, dict | list) or not inner or chance.random() < 0.3:
            value[key] = copy.deepcopy(chance.choice(VALUES))
            return
        value = inner


def _flipped(chance: random.Random, content: bytes) -> bytes:
    flipped = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        if flipped:
            flipped[chance.randrange(len(flipped))] = chance.randrange(256)
    return bytes(flipped)


BITS = (
    "\0", "\x1b[31m", "\u202e", "{", "}", '"', "\\", "\n", "\r", "\r\n\r\n", "  - ", "@", "#", "<",
    ">", "&lt;", "&#0;", "&#xD800;", "<![CDATA[", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "\ud800",
    "\ufffe", "𝟙", "٣", "-1", "1e999", "9" * 400, "0000", "2001-99-99", "null", "NaN", "[]", "{}",
    '"title":', "http://[zz", "javascript:x", "\ufeff", "%", "$", "~", "\u2028", "\x85", "=", ",",
    "()", " and ", "and and", "\\input{/etc/passwd}", "a" * 3000, "{" * 300, "[" * 2000, '\\"' * 50,
    "xmlns:",
)  # fmt: skip


def mutated(chance: random.Random, text: str) -> str:
    """The text with pieces put in, taken out, said again, or replaced by what nobody expects."""
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.randint(1, 20))
        said = text[start:end]
        put = chance.choice((chance.choice(BITS), said * 3, said * 50, ""))
        text = text[:start] + put + text[chance.choice((start, end)) :]
    return text


def spoiled(chance: random.Random, honest: bytes) -> bytes:
    """An honest answer of any registry on the wire, with its head, its body or both mutated."""
    head, _, body = honest.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    way = chance.random()
    if way < 0.2:
        lines[0] = b"HTTP/1.1 " + chance.choice(STATUSES)
    if way < 0.4:
        lines += [chance.choice(HEADERS), b"Location: " + chance.choice(LOCATIONS)]
    if way >= 0.2:
        text = mutated(chance, body.decode("utf-8", "replace"))
        body = text.encode("utf-8", "surrogatepass")
        lines = [line for line in lines if not line.lower().startswith(b"content-length")]
        lines.append(b"Content-Length: %d" % len(body))
    if way > 0.9:
        body = _flipped(chance, body)
    return b"\r\n".join(lines) + b"\r\n\r\n" + body
