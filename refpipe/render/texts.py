"""Rich text of an item as pieces: tags as faces, quotation marks as marks that know their depth.

Cures the engine's blindness for quotation marks inside titles: it prints straight ones as they
come, and double ones inside the double ones of a quoted title.
"""

from __future__ import annotations

import re

from refpipe import markup
from refpipe.normalise.text import is_east_asian
from refpipe.render.engine.pieces import (
    BOLD,
    CLOSE,
    FIELD,
    ITALIC,
    LIGHT,
    NOCASE,
    OPEN,
    SUBSCRIPT,
    SUPERSCRIPT,
    UPRIGHT,
    Piece,
    Pieces,
    raised,
)

_FACES = {"i": ITALIC, "b": BOLD, "sup": SUPERSCRIPT, "sub": SUBSCRIPT, "sc": NOCASE}
_TOKEN = re.compile(
    r"""(?P<tag></?(?:i|b|sup|sub|sc|span)(?:\s[^<>]*)?>)
    |(?P<entity>&(?:lt|gt|amp);)
    |(?P<quote>["'“”‘’「」『』])""",
    re.VERBOSE | re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"<(?!/?(?:i|b|sup|sub|sc|span)[\s>])[/a-z][^<>]*>|&(?!(?:lt|gt|amp);)#?\w{2,8};", re.IGNORECASE
)
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_PARTNERS = {"“": "”", "‘": "’", '"': '"', "'": "'", "「": "」", "『": "』"}
_TAG = r"</?(?:i|b|sup|sub|sc|span)(?:\s[^<>]*)?>"
_BEFORE = re.compile(rf"(?:{_TAG})+\Z", re.IGNORECASE)
_AFTER = re.compile(rf"\A(?:{_TAG})+", re.IGNORECASE)
"""Tags beside a quotation mark: what it quotes stands behind them."""
_NEAR = 200
"""Signs beside a quotation mark that are looked through for them."""
_DEEPEST = 50
"""Faces within one another that are kept in mind."""
_SPACES = re.compile(r"[\s\u00a0\u200b]+")
_OPENING = frozenset("“‘「『")
_CLOSING = frozenset("”’」』")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


def rich(text: str) -> Pieces:
    """The text as pieces, its tags closed whether it closes them or not."""
    if _FOREIGN.search(text):
        # JATS, MathML and entities come only from items that no reader of ours has cleaned.
        text = markup.clean(text)
    text = _SPACES.sub(" ", _CONTROLS.sub("\ufffd", text)).strip()
    pieces: Pieces = []
    faces: list[tuple[str, int]] = []
    at = 0
    for match in _TOKEN.finditer(text):
        if match.start() > at:
            pieces += raised(text[at : match.start()], _marks(faces))
        at = match.end()
        _token(match, text, pieces, faces)
    if at < len(text):
        pieces += raised(text[at:], _marks(faces))
    return _paired(_single_spaced(pieces))


def _single_spaced(pieces: Pieces) -> Pieces:
    """The pieces without a second space where a tag parted two."""
    kept: Pieces = []
    for piece in pieces:
        is_second = bool(kept) and kept[-1].text.endswith(" ") and piece.text.startswith(" ")
        text = piece.text[1:] if is_second else piece.text
        if text:
            kept.append(piece._replace(text=text) if is_second else piece)
    return kept


def _marks(faces: list[tuple[str, int]]) -> int:
    """The faces that are open; one kind inside itself turns upright again."""
    marks = 0
    for _, face in faces:
        if face in (ITALIC, BOLD):
            marks ^= face
        else:
            marks = marks | face if face & NOCASE else (marks & ~12) | face
    return marks


def _token(match: re.Match[str], text: str, pieces: Pieces, faces: list[tuple[str, int]]) -> None:
    """Put what one token means behind the pieces."""
    token = match.group()
    if match["quote"]:
        pieces.append(Piece(token, _marks(faces), _role(match, text)))
    elif match["entity"]:
        pieces.append(Piece(_ENTITIES[token.lower()], _marks(faces)))
    elif token.startswith("</"):
        _close(token[2:-1].strip().lower(), faces)
    elif len(faces) < _DEEPEST:
        name = re.split(r"[\s>]", token[1:], maxsplit=1)[0].lower()
        faces.append((name, _span(token) if name == "span" else _FACES.get(name, 0)))


def _span(token: str) -> int:
    """What a span keeps its text from; small capitals keep their letters, being a case already."""
    if "nodecor" in token:
        return NOCASE | UPRIGHT | LIGHT
    return NOCASE if "nocase" in token or "small-caps" in token else 0


def _close(name: str, faces: list[tuple[str, int]]) -> None:
    """Take back the innermost face of a name."""
    for at in range(len(faces) - 1, -1, -1):
        if faces[at][0] == name:
            del faces[at]
            return


def _role(match: re.Match[str], text: str) -> int:
    """Whether a quotation mark can open, can close, or is an apostrophe."""
    mark = match.group()
    before = _BEFORE.sub("", text[max(0, match.start() - _NEAR) : match.start()])[-1:] or " "
    after = _AFTER.sub("", text[match.end() : match.end() + _NEAR])[:1] or " "
    if mark in _OPENING:
        return OPEN
    if mark == "’" and _is_letter(before) and _is_letter(after):
        return FIELD
    if mark in _CLOSING:
        return CLOSE
    return _straight(mark, before, after, is_odd=text.count(mark, 0, match.start()) % 2 == 1)


def _straight(mark: str, before: str, after: str, *, is_odd: bool) -> int:
    """The same for a straight mark, by what stands around it."""
    if mark == '"' and is_odd and before in "'’" and after in " ,.;:!?)":
        return CLOSE
    # Japanese puts no space before a quotation mark.
    is_joined = mark == '"' and is_east_asian(before) and not is_odd
    if is_joined or before in " (\u00a0>\"'“‘":
        return FIELD if mark == "'" and after == " " else OPEN
    if mark == "'" and after not in ",.?:; \"'”’)<":
        return FIELD
    return CLOSE


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "-"


def _paired(pieces: Pieces) -> Pieces:
    """The pieces with only true pairs of quotation marks left as such."""
    open_at: list[int] = []
    paired: set[int] = set()
    for at, piece in enumerate(pieces):
        if piece.role == OPEN:
            open_at.append(at)
        elif piece.role == CLOSE:
            _pair(at, pieces, open_at, paired)
    outer = next((pieces[at].text for at in sorted(paired) if pieces[at].text in "\"'"), "")
    return [_settled(piece, outer, is_pair=at in paired) for at, piece in enumerate(pieces)]


def _pair(at: int, pieces: Pieces, open_at: list[int], paired: set[int]) -> None:
    """Find the opening mark for a closing one; those that were opened after it are no pairs."""
    mark = pieces[at].text
    if mark == "'" and open_at and _PARTNERS[pieces[open_at[-1]].text] != mark:
        return
    while open_at:
        opened = open_at.pop()
        if _PARTNERS[pieces[opened].text] == mark:
            paired |= {opened, at}
            return


def _settled(piece: Piece, outer: str, *, is_pair: bool) -> Piece:
    """A quotation mark that has its partner; any other, and every apostrophe, as plain text.

    ``outer`` is the straight mark that the text uses first: the other one is its inner mark.
    """
    if is_pair:
        is_inner = piece.role == OPEN and piece.text in "\"'" and piece.text != outer
        return piece._replace(text="‘") if is_inner else piece
    if len(piece.text) == 1:
        return piece._replace(text="’" if piece.text == "'" else piece.text, role=FIELD)
    return piece
