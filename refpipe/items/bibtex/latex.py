r"""LaTeX as it stands in BibTeX files ⇄ the rich text of CSL.

``read`` never fails: a macro nobody knows gives its argument, an open brace closes at the end.
The meaning of symbol macros (``\alpha``, ``\ss``) is pylatexenc's table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from refpipe.markup.formulas import EDGE, in_line, sign

_TOKEN = re.compile(
    r"\\([A-Za-z]+)\*?[ \t\n]*|\\(.)|([{}$^_])|(-{2,3}|``|''|~|[ \t\r\n]+)"
    r"|([^\\{}$^_\-`'~ \t\r\n]+|.)",
    re.DOTALL,
)

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
    "d": "\u0323", "b": "\u0331", "r": "\u030a", "t": "\u0361", "G": "\u030f", "h": "\u0309",
    "ocirc": "\u030a", "mathring": "\u030a", "acute": "\u0301", "grave": "\u0300",
    "hat": "\u0302", "ddot": "\u0308", "check": "\u030c", "breve": "\u0306",
}  # fmt: skip
"""Accent macro → combining character."""

_FACES = {
    "textit": "i", "emph": "i", "textsl": "i", "mkbibemph": "i", "mathit": "i", "textbf": "b",
    "mathbf": "b", "mkbibbold": "b", "textsuperscript": "sup", "textsubscript": "sub",
    "it": "i", "em": "i", "sl": "i", "itshape": "i", "slshape": "i", "bf": "b", "bfseries": "b",
}  # fmt: skip
"""Macro → CSL's tag."""
_SWITCHES = frozenset({"it", "em", "sl", "itshape", "slshape", "bf", "bfseries"})
"""Macros that hold until the group ends."""
_LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”", "~": "\u00a0"}
_BLANKS = " \t\r\n"
_SPACE = re.compile(f"[{_BLANKS}]+")
_SPECIAL = re.compile(r"[\\{}$~^_`']|--")
_ALONE = "\ufdd2"
"""Before an accent whose group ends without a letter, as in ``{\\"}o``: it is the next letter's."""
_LONE_ACCENT = re.compile(rf"{_ALONE}(.)([^\W\d_])?")
_DOTLESS = {"\u0131": "i", "\u0237": "j"}


def read(text: str) -> str:
    """The text without LaTeX, with CSL's four tags where it was italic, bold, raised or lowered."""
    if not _SPECIAL.search(text):
        return _SPACE.sub(" ", text).strip(_BLANKS)
    found = _LONE_ACCENT.sub(_on_next, _Reader(in_line(text)).sequence(""))
    found = EDGE.sub(lambda signs: " " if signs["gap"] else "", found)
    return _SPACE.sub(" ", found).strip(_BLANKS)


_DEEPEST = 60


class _Reader:
    """A pass over the tokens of one value."""

    __slots__ = ("depth", "index", "is_math", "quotes", "tokens")

    def __init__(self, text: str) -> None:
        self.tokens = [match.groups("") for match in _TOKEN.finditer(text)]
        self.index = 0
        self.depth = self.quotes = 0
        self.is_math = False

    def sequence(self, closer: str) -> str:
        """Everything up to the closing token, or to the end where it is missing."""
        pieces: list[str] = []
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            if closer and token[2] == closer:
                self.index += 1
                break
            if (switch := token[0]) in _SWITCHES:
                self.index += 1
                pieces.append(_tagged(_FACES[switch], self.sequence(closer)))
                break
            pieces.append(self.one())
        return "".join(pieces)

    def one(self) -> str:
        """The next token with what belongs to it."""
        word, symbol, mark, ligature, plain = self.tokens[self.index]
        self.index += 1
        if word or symbol or mark:
            return self.nested(word, symbol, mark)
        if plain in ("`", "'"):
            return self.quote(plain)
        return _LIGATURES.get(ligature, " ") if ligature else plain

    def quote(self, mark: str) -> str:
        """TeX's single quotes as quotes; one inside a word, or without its fellow, as it stands."""
        before = self.tokens[self.index - 2] if self.index > 1 else None
        after = self.tokens[self.index] if self.index < len(self.tokens) else None
        if mark == "`" and not _is_word(before, -1) and _is_word(after, 0):
            self.quotes += 1
            return "‘"
        if mark == "'" and self.quotes and not _is_word(after, 0):
            self.quotes -= 1
            return "’"
        return mark

    def nested(self, word: str, symbol: str, mark: str) -> str:
        """What takes further tokens; beyond any sane depth it is left out and its content kept."""
        if self.depth > _DEEPEST:
            return ""
        self.depth += 1
        try:
            return self.macro(word) if word else self.symbol(symbol) if symbol else self.mark(mark)
        finally:
            self.depth -= 1

    def mark(self, mark: str) -> str:
        if mark == "{":
            return self.sequence("}")
        if mark == "$":
            was_math, self.is_math = self.is_math, True
            inner = self.sequence("$")
            self.is_math = was_math
            return inner
        if mark in "^_" and self.is_math:
            return _tagged("sup" if mark == "^" else "sub", self.argument())
        return "" if mark == "}" else mark

    def argument(self) -> str:
        """What a macro takes: a group, a macro or one character."""
        while self.index < len(self.tokens) and self.tokens[self.index][3].isspace():
            self.index += 1
        if self.index == len(self.tokens):
            return ""
        plain = self.tokens[self.index][4]
        if len(plain) > 1:
            self.tokens[self.index] = ("", "", "", "", plain[1:])
            return plain[0]
        return self.one()

    def symbol(self, symbol: str) -> str:
        if symbol in _ACCENTS and not self.is_math:
            return _accented(self.argument(), _ACCENTS[symbol])
        if symbol in "([":
            self.is_math = True
            return ""
        if symbol in ")]":
            self.is_math = False
            return ""
        if symbol in "-/!":
            return ""
        return " " if symbol in "\\,;: \n\t" else symbol

    def macro(self, name: str) -> str:
        if name in _ACCENTS:
            return _accented(self.argument(), _ACCENTS[name])
        if name in _FACES:
            return _tagged(_FACES[name], self.argument())
        if name in ("enquote", "mkbibquote"):
            return f"“{self.argument()}”"
        if name == "href":
            self.argument()
            return self.argument()
        known = _symbol(name)
        return known if known is not None else ""


def _is_word(token: tuple[str, ...] | None, place: int) -> bool:
    """True where the token has a letter or a figure at its first or last place."""
    return token is not None and bool(token[4]) and token[4][place].isalnum()


def _tagged(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag}>" if inner.strip() else inner


def _accented(base: str, accent: str) -> str:
    if not base:
        return f"{_ALONE}{accent}"
    first = _DOTLESS.get(base[0], base[0])
    return unicodedata.normalize("NFC", first + accent) + base[1:]


def _on_next(found: re.Match[str]) -> str:
    return _accented(found[2], found[1]) if found[2] else ""


_OWN_SYMBOLS = {
    "i": "\u0131", "j": "\u0237", "textasciicircum": "^", "textasciigrave": "`",
    "copyright": "©", "pounds": "£",
    "euro": "€", "slash": "/", "textunderscore": "_", "textbar": "|", "textless": "&lt;",
    "textgreater": "&gt;", "S": "§", "P": "¶", "ddag": "‡", "SS": "ẞ", "micro": "µ", "degree": "°",
    "celsius": "°C", "ohm": "Ω", "angstrom": "Å", "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘",
    "textbraceleft": "{", "textbraceright": "}", "LaTeX": "LaTeX", "TeX": "TeX",
    "BibTeX": "BibTeX", "space": " ", "nobreakspace": "\u00a0", "thinspace": " ", "par": " ",
    "newline": " ", "linebreak": " ", "textperthousand": "‰",
}  # fmt: skip
"""Symbols that pylatexenc leaves out, or prints otherwise than a title should."""


@cache
def _symbol(name: str) -> str | None:
    """What a symbol macro prints; None for one that prints its argument or that nobody knows."""
    if name in _OWN_SYMBOLS:
        return _OWN_SYMBOLS[name]
    if meaning := sign(name):
        return meaning
    # ``\\textalpha`` is ``\\alpha`` outside of formulas.
    return _symbol(name[4:]) if name.startswith("text") and len(name) > 4 else None


# ── writing ────────────────────────────────────────────────────────────────────────────

_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}", "$": r"\$", "&": r"\&", "#": r"\#",
    "_": r"\_", "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}", "\u00a0": "~", "–": "--", "—": "---",
}  # fmt: skip
# Two hyphens or apostrophes in a row would be read as a dash or a quotation mark.
_ESCAPED = re.compile(f"[{re.escape(''.join(_ESCAPES))}]|(?<=-)-|(?<=')'")
_TAGS = {"i": "textit", "b": "textbf", "sup": "textsuperscript", "sub": "textsubscript"}
_TAG = re.compile(r"<(i|b|sup|sub)>|</(?:i|b|sup|sub)>")


def write(text: str, is_protected: Callable[[str], bool] = lambda _: False) -> str:
    """LaTeX that ``read`` gives back as ``text``; letters beyond ASCII stand as they are.

    Words that ``is_protected`` holds of are put in braces, which keeps their capitals.
    """
    pieces: list[str] = []
    end = 0
    for tag in _TAG.finditer(text):
        pieces += (
            _words(text[end : tag.start()], is_protected),
            f"\\{_TAGS[tag[1]]}{{" if tag[1] else "}",
        )
        end = tag.end()
    return "".join((*pieces, _words(text[end:], is_protected)))


def _words(text: str, is_protected: Callable[[str], bool]) -> str:
    words = re.split(r"( +)", text)
    return "".join(f"{{{_plain(word)}}}" if is_protected(word) else _plain(word) for word in words)


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: _ESCAPES.get(found[0]) or "{}" + found[0], text)
