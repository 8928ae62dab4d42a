"""BibTeX's own grammar, through bibtexparser: blocks, strings, concatenation, inheritance.

bibtexparser splits the text; what it refuses although BibTeX itself or its users' programs
accept it is mended before (parentheses as delimiters, an entry without a key) or after
(a key used twice, a field given twice, strings joined with ``#``).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bibtexparser import model as parsed
from bibtexparser.entrypoint import parse_string

from refpipe.items.exchange.entries import Broken

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The macros that every BibTeX style defines."""


LONGEST_STRING = 10_000
"""Signs that a string may stand for; strings that double one another soon fill the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """An entry with its values whole, still in LaTeX."""

    type: str
    key: str
    fields: Mapping[str, str]
    raw: str
    line: int
    notes: tuple[str, ...] = ()
    strings: tuple[str, ...] = ()
    """The definitions of the strings it uses, as they stand in the file."""


def entries(text: str) -> Iterator[RawEntry | Broken]:
    """The entries of a BibTeX text in order, those that cannot be read among them."""
    # bibtexparser logs what it also returns.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = parse_string(_mended(text), parse_stack=[])
    strings = {month: _String(value=month) for month in MONTHS}
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        raw = (block.raw or "").replace(_COMMA_ADDED, "")
        inner = getattr(block, "ignore_error_block", None) or block
        if isinstance(inner, parsed.String):
            value, used = _value(str(inner.value), strings)
            if len(value) > LONGEST_STRING:
                reason = f"the string {inner.key} stands for more than {LONGEST_STRING} signs"
                yield Broken(reason=f"{reason}, and is not used", raw=raw, line=line)
                continue
            strings[inner.key.lower()] = _String(value=value, needs=(*used, raw))
        elif isinstance(inner, parsed.Entry):
            yield _entry(inner, raw, line, strings)
        elif isinstance(block, parsed.ParsingFailedBlock):
            if not re.match(r"@\s*(?:comment|preamble|string)\b", raw, re.IGNORECASE):
                yield _rescued(raw, line) or Broken(reason=_reason(block), raw=raw, line=line)
        elif isinstance(block, parsed.ImplicitComment):
            yield from _lost(block.comment.replace(_COMMA_ADDED, ""), line)


@dataclass(frozen=True, slots=True, kw_only=True)
class _String:
    """What a string stands for, and the definitions that say so."""

    value: str
    needs: tuple[str, ...] = ()


def _entry(block: parsed.Entry, raw: str, line: int, strings: Mapping[str, _String]) -> RawEntry:
    fields: dict[str, str] = {}
    lacks_comma = block.key.endswith(_COMMA_ADDED[0])
    notes = ["a comma is missing behind the key"] if lacks_comma else []
    used: dict[str, None] = {}
    given = [pair for f in block.fields for pair in _parted(f.key, str(f.value), notes)]
    for written, text in given:
        name = written.strip().lower()
        value, needs = _value(text, strings)
        used.update(dict.fromkeys(needs))
        if name not in fields:
            fields[name] = value
        elif fields[name] != value and value:
            notes.append(f"the field {name} is given twice; the first one counts")
    return RawEntry(
        type=block.entry_type.strip().lower(),
        key=block.key.removesuffix(_COMMA_ADDED[0]).strip(),
        fields=fields,
        raw=raw,
        line=line,
        notes=tuple(notes),
        strings=tuple(used),
    )


_RUN_ON = re.compile(r"\s+([A-Za-z][\w-]*)\s*=\s*(?=[\"{\w])")


def _parted(name: str, text: str, notes: list[str]) -> Iterator[tuple[str, str]]:
    """The field, and the one that runs on behind it where a comma is missing."""
    text = text.strip()
    head = re.match(r"[^\s\"{}#=,]+", text)
    end = _closing(text, 0) if text[:1] in ("{", '"') else head.end() if head else len(text)
    run_on = _RUN_ON.match(text, end)
    if run_on is None:
        yield name, text
        return
    notes.append(f"a comma is missing before the field {run_on[1]}")
    yield name, text[:end]
    yield from _parted(run_on[1], text[run_on.end() :], notes)


_PIECE = re.compile(r'\s*#?\s*("|\{|[^\s#"{}]+)')


def _value(text: str, strings: Mapping[str, _String]) -> tuple[str, tuple[str, ...]]:
    """The value that ``{…} # name # "…"`` stands for, and the definitions it takes."""
    text = text.strip()
    pieces: list[str] = []
    needs: dict[str, None] = {}
    end = 0
    while end < len(text) and (piece := _PIECE.match(text, end)):
        start = piece.start(1)
        if piece[1] in '"{':
            end = _closing(text, start)
            pieces.append(text[start + 1 : end - 1])
        else:
            end = piece.end()
            string = strings.get(piece[1].lower(), _String(value=piece[1]))
            pieces.append(string.value)
            needs.update(dict.fromkeys(string.needs))
    return "".join((*pieces, text[end:])), tuple(needs)


def _closing(text: str, start: int) -> int:
    """The place behind the brace or quote that closes the one at ``start``."""
    depth = 0
    is_quoted = text[start] == '"'
    for place in range(start, len(text)):
        character = text[place]
        if place > start and text[place - 1] == "\\" and text[place - 2 : place - 1] != "\\":
            continue
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        if depth == 0 and place > start and character == ('"' if is_quoted else "}"):
            return place + 1
    return len(text) + 1


_WRONG_END = re.compile(r"\)(\s*)\Z")


def _rescued(raw: str, line: int) -> RawEntry | None:
    """The entry that the text is with a brace for the parenthesis that closes it, if it is one."""
    mended, count = _WRONG_END.subn(r"}\1", raw)
    found = list(entries(mended)) if count else []
    if len(found) != 1 or not isinstance(found[0], RawEntry):
        return None
    note = "the entry opens with { and closes with )"
    return replace(found[0], raw=raw, line=line, notes=(note, *found[0].notes))


def _reason(block: parsed.ParsingFailedBlock) -> str:
    error = " ".join(str(block.error).split())
    return error or "the entry's braces or quotes do not close"


_ENTRY_LIKE = re.compile(
    r"^[ \t]*@\s*(?!comment|preamble|string)[A-Za-z]+\s*[{(]", re.IGNORECASE | re.MULTILINE
)


def _lost(text: str, line: int) -> Iterator[Broken]:
    """Text between entries that begins like one."""
    found = list(_ENTRY_LIKE.finditer(text))
    for index, start in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        yield Broken(
            reason="this looks like an entry, but its key, braces or quotes are broken",
            raw=text[start.start() : end],
            line=line + text.count("\n", 0, start.start()),
        )


_HEAD = re.compile(r"@[ \t]*([A-Za-z]+)\s*([({])")
_PATIENCE = 20
"""So many parentheses without an end are looked for to the end of the text, and no more."""
_NO_COMMA = re.compile(r"[ \t]*[^\s,={}\"]+(?=[ \t\r]*\n\s*[A-Za-z][\w-]*\s*=)")
_COMMA_ADDED = "\ue002,"
"""The comma that is missing behind a key, with a sign by which the entry knows it again."""
_KEYLESS = re.compile(r"\s*[A-Za-z][\w-]*\s*=")


def _mended(text: str) -> str:
    """The text with braces for parentheses and an empty key where there is none, line by line."""
    pieces: list[str] = []
    end = unclosed = 0
    for head in _HEAD.finditer(text):
        if head.start() < end:
            continue
        kind = head[1].lower()
        is_entry = kind not in ("string", "comment", "preamble")
        gap = re.sub(r"[^\n]", "", text[head.end(1) : head.start(2)])
        pieces += (text[end : head.start()], f"@{head[1]}", "{", gap)
        end = head.end()
        if is_entry and _KEYLESS.match(text, end):
            pieces.append(",")
        elif is_entry and (bare := _NO_COMMA.match(text, end)):
            pieces += (bare[0], _COMMA_ADDED)
            end = bare.end()
        if head[2] == "(" and kind != "comment" and unclosed < _PATIENCE:
            close = _parenthesis(text, end)
            unclosed += close is None
            if close is not None:
                pieces += (text[end:close], "}")
                end = close + 1
    return "".join((*pieces, text[end:]))


def _parenthesis(text: str, start: int) -> int | None:
    """Where the parenthesis closes that opens before ``start``, braces and quotes left aside."""
    depth = level = 0
    is_quoted = False
    for place in range(start, len(text)):
        character = text[place]
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif depth == 0 and character == '"':
            is_quoted = not is_quoted
        elif depth == 0 and not is_quoted and character in "()":
            if character == ")" and level == 0:
                return place
            level += 1 if character == "(" else -1
    return None
