"""BibTeX's own grammar: entries, strings, concatenation, and braces as BibTeX counts them.

To BibTeX every brace counts, a backslash before it or not, and a quote closes a value only
outside of braces.  What it reads is read here to the same end.  What it would refuse is mended
where there is one way to read it, with a note that names the fault, and is otherwise broken:
one such entry costs one entry, up to the next line that begins like one.

Source: Oren Patashnik, "BibTeXing" and bibtex.web (https://ctan.org/pkg/bibtex).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from refpipe.items.exchange import Broken

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The macros that every BibTeX style defines."""

LONGEST_STRING = 10_000
"""Signs that a string may stand for; strings that double one another soon fill the memory."""
LONGEST_CHAIN = 100
"""Strings that one may stand on; each entry that uses it keeps the text of them all."""


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


_NAME = r"[^\s\"#%'(),={}@]+"
_HEAD = re.compile(rf"@\s*({_NAME})\s*([{{(])")
_HEAD_OF_LINE = re.compile(r"^[ \t]*(?:%[ \t]*)?@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_FIELDS_OUTSIDE = re.compile(
    r"(?<![\w-])(?<!%)[A-Za-z][\w-]*\s*=\s*(?:\{|(?:\"[^\"\n]*\"|\d+)\s*[,}])(?:.|\n)*"
)
_NO_ENTRY = re.compile(r"(?:\w|%[ \t]*)\Z")
_COMMENT = re.compile(r"^[ \t]*%.*", re.MULTILINE)
_PATIENCE = 20
"""So many entries that swallow the beginning of another are followed to their end, and no more."""


def entries(text: str) -> Iterator[RawEntry | Broken]:
    """The entries of a BibTeX text in order, those that cannot be read among them."""
    return _File(text).entries()


@dataclass(frozen=True, slots=True, kw_only=True)
class _String:
    """What a string stands for, and the definitions that say so."""

    value: str
    needs: tuple[str, ...] = ()


class _File:
    """A pass over the text of one file."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.heads = [head.end() for head in _HEAD_OF_LINE.finditer(text)]
        self.strings = {month: _String(value=month) for month in MONTHS}
        self.patience = _PATIENCE
        self.counted = 0
        self.line = 1

    def entries(self) -> Iterator[RawEntry | Broken]:
        end = 0
        while head := _HEAD.search(self.text, end):
            yield from self._outside(end, head.start())
            before, end = end, head.end()
            kind = head[1].lower()
            if kind in ("comment", "preamble"):
                end = self._passed(head)
                continue
            found = self._block(head)
            is_doubtful = _NO_ENTRY.search(self.text, max(before, head.start() - 80), head.start())
            if is_doubtful and not (isinstance(found, _Block) and found.fields):
                continue  # Neither ``me@example {`` in a heading nor ``%@misc{`` is an entry.
            if isinstance(found, _Block):
                end = found.end
                yield from self._meaning(kind, head.start(), found)
            else:
                end = self._next(head)
                raw = self.text[head.start() : end].rstrip()
                yield Broken(reason=found, raw=raw, line=self._line(head.start()))
        yield from self._outside(end, len(self.text))

    def _passed(self, head: re.Match[str]) -> int:
        """The place behind a comment or preamble, which is its head alone where nothing closes it.

        In a comment that opens with a parenthesis braces need not match, and to BibTeX it is none.
        """
        if head[2] == "(" or not self.patience:
            return head.end()
        close = _close(_BRACES, self.text, head.end() - 1, len(self.text))
        self.patience -= close < 0
        return max(head.end(), close)

    def _outside(self, start: int, end: int) -> Iterator[Broken]:
        """Text between entries, a comment to BibTeX, where it looks like fields."""
        shown = _COMMENT.sub(lambda line: " " * len(line[0]), self.text[start:end])
        if left := _FIELDS_OUTSIDE.search(shown):
            reason = "this looks like fields outside of an entry"
            line = self._line(start + left.start())
            yield Broken(reason=reason, raw=left[0].strip(), line=line)

    def _next(self, head: re.Match[str]) -> int:
        """The place of the next line behind a head that begins like an entry."""
        at = bisect_right(self.heads, head.end())
        return self.text.rfind("@", 0, self.heads[at]) if at < len(self.heads) else len(self.text)

    def _line(self, place: int) -> int:
        """The line of a place; places are asked for from the beginning to the end."""
        self.line += self.text.count("\n", self.counted, place)
        self.counted = place
        return self.line

    def _block(self, head: re.Match[str]) -> _Block | str:
        """What stands behind a head, read strictly, and then as whoever wrote it may have meant."""
        stop = self._next(head)
        found = _Scanner(self.text, head, stop, lenient=False).block()
        if found is None and self.patience and stop < len(self.text):
            self.patience -= 1
            longer = _Scanner(self.text, head, len(self.text), lenient=False).block()
            if isinstance(longer, _Block):
                longer.notes.append("a field holds text that looks like the beginning of an entry")
                found = longer
        if isinstance(found, _Block):
            return found
        mended = _Scanner(self.text, head, stop, lenient=True).block()
        if isinstance(mended, _Block):
            if not mended.notes:
                mended.notes.append("a brace behind a backslash is not counted; BibTeX counts it")
            return mended
        return found or "this looks like an entry, but its braces or quotes do not close"

    def _meaning(self, kind: str, start: int, block: _Block) -> Iterator[RawEntry | Broken]:
        raw = self.text[start : block.end]
        line = self._line(start)
        if kind == "string":
            yield from self._define(block, raw, line)
            return
        yield self._entry(kind, raw, line, block)

    def _define(self, block: _Block, raw: str, line: int) -> Iterator[Broken]:
        for name, pieces in block.fields:
            value, used = self._value(pieces, [])
            reason = ""
            if len(value) > LONGEST_STRING:
                reason = f"the string {name} stands for more than {LONGEST_STRING} signs"
            elif len(used) > LONGEST_CHAIN:
                reason = f"the string {name} stands on more than {LONGEST_CHAIN} others"
            if reason:
                yield Broken(reason=f"{reason}, and is not used", raw=raw, line=line)
                continue
            self.strings[name.lower()] = _String(value=value, needs=(*used, raw))

    def _entry(self, kind: str, raw: str, line: int, block: _Block) -> RawEntry:
        fields: dict[str, str] = {}
        notes = block.notes
        used: dict[str, None] = {}
        for written, pieces in block.fields:
            name = written.lower()
            value, needs = self._value(pieces, [] if name == "month" else notes)
            used.update(dict.fromkeys(needs))
            if name not in fields:
                fields[name] = value
            elif fields[name] != value and value:
                notes.append(f"the field {name} is given twice; the first one counts")
        return RawEntry(
            type=kind,
            key=block.key,
            fields=fields,
            raw=raw,
            line=line,
            notes=tuple(dict.fromkeys(notes)),
            strings=tuple(used),
        )

    def _value(self, pieces: _Pieces, notes: list[str]) -> tuple[str, tuple[str, ...]]:
        """The value that ``{…} # name # "…"`` stands for, and the definitions it takes."""
        values: list[str] = []
        needs: dict[str, None] = {}
        for is_text, piece in pieces:
            string = None if is_text else self.strings.get(piece.lower())
            if string is not None:
                needs.update(dict.fromkeys(string.needs))
            elif not is_text and not piece.isdecimal():
                notes.append(f"the string {piece} is not defined, and is taken as it stands")
            values.append(string.value if string else piece)
        return "".join(values), tuple(needs)


# ── one block ──────────────────────────────────────────────────────────────────────────

_Pieces = list[tuple[bool, str]]
"""The parts of a value between ``#``, each with whether it is text or the name of a string."""


@dataclass(slots=True, kw_only=True)
class _Block:
    """What stands between the delimiters of an entry or a string."""

    key: str
    fields: list[tuple[str, _Pieces]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    end: int = 0
    """The place behind its closing delimiter."""


_BRACES = re.compile(r"[{}]")
_UNESCAPED = re.compile(r"\\[\\{}]|[{}]")
_QUOTES = re.compile(r"[{}\"]")
_ESCAPED_END = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")
_BLANK = re.compile(r"[\s]*")
_KEYLESS = re.compile(r"\s*[A-Za-z][\w-]*\s*=\s*[\"{\w]")
_KEY = re.compile(r"[^\s,{}\"]*")
_KEY_IN_WORDS = re.compile(r"[^,={}\"\n]*(?=,)")
_FIELD = re.compile(r"([\w:.+*/-]+)\s*=\s*")
_BARE = re.compile(rf"{_NAME}")
_BARE_REST = re.compile(r"[^,{}\"#\n]*")
_GOES_ON = re.compile(rf"\s*(?:,\s*(?:{_NAME}\s*=|[}})]|\Z)|[}})]\s*(?:@|\Z)|#|\n\s*{_NAME}\s*=)")


def _close(signs: re.Pattern[str], text: str, start: int, stop: int) -> int:
    """The place behind the brace that closes the one at ``start``; -1 where none does."""
    depth = 0
    for sign in signs.finditer(text, start, stop):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if depth == 0:
            return sign.end()
    return -1


class _Unclosed(Exception):
    """The text ends within the block."""


class _Wrong(Exception):
    """The block breaks the grammar; the message says how."""


class _Scanner:
    """A pass over one block.

    Leniently, a brace behind a backslash does not count, and a quote within quotes closes them
    only where a value can end.
    """

    def __init__(self, text: str, head: re.Match[str], stop: int, *, lenient: bool) -> None:
        self.text = text
        self.place = head.end()
        self.stop = stop
        self.opener = head[2]
        self.has_key = head[1].lower() != "string"
        self.lenient = lenient
        self.made = _Block(key="")

    def block(self) -> _Block | str | None:
        """The block; how it breaks the grammar; or None where its text ends within it."""
        try:
            if self.has_key:
                self._key()
            while not self._is_over():
                self._field()
        except _Unclosed:
            return None
        except _Wrong as wrong:
            return str(wrong)
        self.made.end = self.place
        return self.made

    def _sign(self) -> str:
        """The next sign behind blanks."""
        self.place = _end(_BLANK, self.text, self.place, self.stop)
        if self.place >= self.stop:
            raise _Unclosed
        return self.text[self.place]

    def _key(self) -> None:
        if _KEYLESS.match(self.text, self.place, self.stop):
            return
        self._sign()
        start, self.place = self.place, _end(_KEY, *self._rest())
        key = self.text[start : self.place]
        if self.opener == "(" and key.endswith(")") and "(" not in key:
            key, self.place = key[:-1], self.place - 1
        self.made.key = key
        if self._sign() in ",})":
            return
        if words := _KEY_IN_WORDS.match(self.text, self.place, self.stop):
            self.made.key = f"{key} {words[0].strip()}"
            self.place = words.end()
        elif _FIELD.match(self.text, self.place, self.stop):
            self.made.notes.append("a comma is missing behind the key")
        else:
            raise _Wrong("this looks like an entry, but its key is broken")

    def _is_over(self) -> bool:
        while self._sign() in ",%":
            if self.text[self.place] == "%":
                self.place = self.text.find("\n", self.place, self.stop) % (self.stop + 1)
                self.made.notes.append("a line in the entry begins with %, and is passed over")
            else:
                self.place += 1
        closing = self.text[self.place]
        if closing not in "})":
            return False
        if closing != {"{": "}", "(": ")"}[self.opener]:
            self.made.notes.append(f"the entry opens with {self.opener} and closes with {closing}")
        self.place += 1
        return True

    def _field(self) -> None:
        head = _FIELD.match(self.text, self.place, self.stop)
        if head is None:
            seen = " ".join(self.text[self.place : min(self.place + 30, self.stop)].split())
            raise _Wrong(f"“{seen}” stands where a field should begin")
        self.place = head.end()
        self.made.fields.append((head[1], self._pieces(head[1])))
        if self._sign() not in ",})%":
            following = _FIELD.match(self.text, self.place, self.stop)
            if following is None:
                raise _Wrong(f"the braces or quotes of the field {head[1]} close too early")
            self.made.notes.append(f"a comma is missing before the field {following[1]}")

    def _pieces(self, name: str) -> _Pieces:
        pieces: _Pieces = []
        while True:
            sign = self._sign()
            if sign == "{":
                end = _close(_UNESCAPED if self.lenient else _BRACES, *self._rest())
                self._take(pieces, end)
            elif sign == '"':
                self._take(pieces, self._quoted())
            elif bare := _BARE.match(self.text, self.place, self.stop):
                self._bare(name, bare, pieces)
            if self._sign() != "#":
                return pieces
            self.place += 1

    def _rest(self) -> tuple[str, int, int]:
        return self.text, self.place, self.stop

    def _take(self, pieces: _Pieces, end: int) -> None:
        """Take the text up to the delimiter that ends before a place."""
        if end < 0:
            raise _Unclosed
        if _ESCAPED_END.search(self.text, self.place + 1, end - 1):
            raise _Wrong("a backslash stands before the brace or quote that closes a field")
        pieces.append((True, self.text[self.place + 1 : end - 1]))
        self.place = end

    def _quoted(self) -> int:
        """The place behind the quote that closes the one here; -1 where none does."""
        depth = 0
        for sign in _QUOTES.finditer(self.text, self.place + 1, self.stop):
            if sign[0] == '"':
                if depth <= 0 and self._can_end(sign.end()):
                    return sign.end()
            elif not (self.lenient and self.text[sign.start() - 1] == "\\"):
                depth += 1 if sign[0] == "{" else -1
        return -1

    def _can_end(self, place: int) -> bool:
        if not self.lenient or _GOES_ON.match(self.text, place, self.stop):
            return True
        self.made.notes.append("a quote stands within quotes outside of braces")
        return False

    def _bare(self, name: str, bare: re.Match[str], pieces: _Pieces) -> None:
        """Take a number, the name of a string, or words that lack their braces."""
        self.place = bare.end()
        following = _end(_BLANK, *self._rest())
        goes_on = following < self.stop and self.text[following] not in ",})#"
        if not goes_on or _FIELD.match(self.text, following, self.stop):
            pieces.append((False, bare[0]))
            return
        self.place = _end(_BARE_REST, *self._rest())
        pieces.append((True, self.text[bare.start() : self.place].strip()))
        self.made.notes.append(f"the field {name} has neither braces nor quotes")


def _end(signs: re.Pattern[str], text: str, start: int, stop: int) -> int:
    found = signs.match(text, start, stop)
    return found.end() if found else start
