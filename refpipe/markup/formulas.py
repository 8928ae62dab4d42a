"""Formulas as far as a line of text can show them: MathML and TeX as runs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from refpipe.lifetimes import lazy
from refpipe.markup.tags import ITALIC, SKIPPED, SUBSCRIPT, SUPERSCRIPT, Node, decode
from refpipe.model import Run

Marks = frozenset[str]

_ACCENTS = {
    "_": "\u0304", "^": "\u0302", "\u02c6": "\u0302", "~": "\u0303", "\u2192": "\u20d7",
    ".": "\u0307", "\u2015": "\u0304", "\u02c7": "\u030c", "\u02c9": "\u0304", "`": "\u0300",
}  # fmt: skip
"""A sign over a letter → the combining character that follows it, where Unicode does not say so."""
_MACRONS = frozenset("\u0304\u0305\u0332")
"""Bars, which go on over several letters."""

BEGIN, END = "\ufdd3", "\ufdd4"
"""Signs that no text has: where a fraction begins, and where it or a root ends.

A figure before it, or one behind that would touch its last, makes a blank of the sign: 3 1/2 is not
31/2.
"""
EDGE = lazy(f"(?P<gap>(?<=\\d){END}*(?:{BEGIN}+|{END}(?=\\d)))|[{BEGIN}{END}]")
"""Such signs at one place; ``gap`` where a blank stands for them."""

_TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms"})


def math_runs(node: Node, marks: Marks = frozenset()) -> Iterator[Run]:
    """The runs of one MathML element."""
    if node.name in SKIPPED:
        return
    if node.name in _TOKENS:
        yield from _token(node, marks)
    elif node.name == "mspace":
        yield Run(" ", marks)
    elif node.name == "mfenced":
        yield from _fenced(node, marks)
    elif node.name == "mfrac" and _ATTRIBUTE["linethickness"].search(node.attributes):
        yield from _over_no_line(_elements(node), marks)
    elif node.name in _LAYOUTS:
        yield from _LAYOUTS[node.name](_elements(node), marks)
    else:
        yield from _all(_elements(node), marks)


def _elements(node: Node) -> list[Node]:
    """The child elements; blanks between them mean nothing, other text is kept."""
    return [child for child in node.children if child.name or child.text.strip()]


def _token(node: Node, marks: Marks) -> Iterator[Run]:
    text = " ".join(decode(_inside(node)).split())
    is_variable = node.name == "mi" and len(text) == 1 and text.isalpha()
    if is_variable and "normal" not in node.attributes:
        marks |= {ITALIC}
    if text:
        yield Run(text, marks)


def _inside(node: Node) -> str:
    """The text of an element, that of the elements in it too."""
    return node.text + "".join(map(_inside, node.children))


def _all(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    """The runs of several elements."""
    for node in nodes:
        if node.name:
            yield from math_runs(node, marks)
        else:
            yield Run(decode(node.text).strip(), marks)


def _scripts(*faces: str) -> Callable[[list[Node], Marks], Iterator[Run]]:
    """A layout of a base and scripts, one for each face."""

    def layout(nodes: list[Node], marks: Marks) -> Iterator[Run]:
        yield from _all(nodes[:1], marks)
        for node, face in zip(nodes[1:], faces, strict=False):
            if face in marks:
                yield Run(_WITHIN[face], marks)
            yield from _all([node], marks | {face})

    return layout


_WITHIN = {SUPERSCRIPT: "^", SUBSCRIPT: "_"}
"""How a script of a script is written, which a line cannot raise or lower further."""


def _over(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    yield from _marked(nodes, marks, SUPERSCRIPT)


def _under(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    yield from _marked(nodes, marks, SUBSCRIPT)


def _marked(nodes: list[Node], marks: Marks, face: str) -> Iterator[Run]:
    """A base with an accent on its letter, or with whatever else stands over or under it."""
    base = list(_all(nodes[:1], marks))
    sign = "".join(run.text for run in _all(nodes[1:2], marks))
    accent = _accent(sign) if face == SUPERSCRIPT else "\u0332" if sign in _LINES else ""
    if accent in _MACRONS:
        for run in base:
            barred = (one if one in (BEGIN, END) else f"{one}{accent}" for one in run.text)
            yield Run("".join(barred), run.marks)
        return
    yield from base
    if accent:
        yield Run(accent, base[-1].marks if base else marks)
    elif sign:
        yield Run(sign, marks | {face})


_LINES = frozenset("_\u00af\u203e\u0332")
"""Lines under a letter."""


def _accent(sign: str) -> str:
    """The combining character of an accent; empty for a sign that is none."""
    if sign in _ACCENTS or len(sign) != 1:
        return _ACCENTS.get(sign, "")
    last = unicodedata.normalize("NFKD", sign)[-1]
    return last if unicodedata.combining(last) else ""


def _fraction(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    yield Run(BEGIN, marks)
    yield from _grouped(nodes[:1], marks)
    yield Run("/", marks)
    yield from _grouped(nodes[1:2], marks)
    yield Run(END, marks)


def _over_no_line(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    """Two above one another that are no fraction, as in a binomial coefficient."""
    yield from _all(nodes[:1], marks)
    yield Run(" over ", marks)
    yield from _all(nodes[1:2], marks)


def _square_root(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    yield Run("\u221a", marks)
    yield from _grouped(nodes, marks)
    yield Run(END, marks)


def _root(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    yield from _all(nodes[1:2], marks | {SUPERSCRIPT})
    yield from _square_root(nodes[:1], marks)


def _grouped(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    """The parts in brackets, unless they are one number or name: a line cannot show a bar."""
    runs = list(_all(nodes, marks))
    is_one = _ONE.fullmatch("".join(run.text for run in runs)) is not None
    yield from runs if is_one else (Run("(", marks), *runs, Run(")", marks))


_ATTRIBUTE = {
    name: lazy(rf"\b{name}\s*=\s*[\"']?(?P<value>{value})", re.IGNORECASE)
    for name, value in (
        ("open", "[^\"']*"),
        ("close", "[^\"']*"),
        ("separators", "[^\"']*"),
        ("linethickness", r"0(?:\.0+)?(?![\d.])"),
    )
}


def _fenced(node: Node, marks: Marks) -> Iterator[Run]:
    """What stands in brackets, in those that the element names and with its signs between."""
    said = {
        name: decode(found["value"]).strip() if found else usual
        for name, usual in (("open", "("), ("close", ")"), ("separators", ","))
        for found in [_ATTRIBUTE[name].search(node.attributes)]
    }
    signs = "".join(said["separators"].split())
    yield Run(said["open"], marks)
    for place, part in enumerate(_elements(node)):
        if place and signs:
            yield Run(f"{signs[min(place, len(signs)) - 1]} ", marks)
        yield from _all([part], marks)
    yield Run(said["close"], marks)


def _between(sign: str) -> Callable[[list[Node], Marks], Iterator[Run]]:
    """A layout of parts with a sign between them: the cells and the rows of a matrix."""

    def layout(nodes: list[Node], marks: Marks) -> Iterator[Run]:
        for place, node in enumerate(nodes):
            if place:
                yield Run(sign, marks)
            yield from _all([node], marks)

    return layout


def _multiscripts(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    names = [node.name for node in nodes]
    cut = names.index("mprescripts") if "mprescripts" in names else len(nodes)
    yield from _pairs(nodes[cut + 1 :], marks)
    yield from _all(nodes[:1], marks)
    yield from _pairs(nodes[1:cut], marks)


def _pairs(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    for place, node in enumerate(nodes):
        yield from _all([node], marks | {SUPERSCRIPT if place % 2 else SUBSCRIPT})


def _first(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    """The first of several ways to show the same."""
    return _all(nodes[:1], marks)


_LAYOUTS: dict[str, Callable[[list[Node], Marks], Iterator[Run]]] = {
    "msup": _scripts(SUPERSCRIPT),
    "msub": _scripts(SUBSCRIPT),
    "msubsup": _scripts(SUBSCRIPT, SUPERSCRIPT),
    "munder": _under,
    "munderover": _scripts(SUBSCRIPT, SUPERSCRIPT),
    "mover": _over,
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "mtable": _between("; "),
    "mtr": _between(" "),
    "mmultiscripts": _multiscripts,
    "semantics": _first,
    "maction": _first,
}


# ── TeX ─────────────────────────────────────────────────────────────────────────────────────────


_SIGN = r"(?:[^$\\]|\\.)"
INLINE = re.compile(
    rf"(?<!\\)\$(?:(?={_SIGN}*?(?:\\[A-Za-z%]|[_^]\{{))(?P<long>{_SIGN}{{1,400}})"
    r"|(?P<short>[^$\s]{0,60}(?:\^[\w+\u2212-]|[A-Za-z]_\w)[^$\s]{0,60}))\$(?!\d)",
    re.DOTALL,
)
"""Mathematics between dollars that is TeX for sure, and not two sums of money."""

_TABLE = """
    alpha α | beta β | gamma γ | delta δ | epsilon ε | varepsilon ε | zeta ζ | eta η | theta θ |
    iota ι | kappa κ | lambda λ | mu μ | nu ν | xi ξ | pi π | rho ρ | sigma σ | tau τ | upsilon
    υ | phi φ | varphi φ | chi χ | psi ψ | omega ω | Gamma Γ | Delta Δ | Theta Θ | Lambda Λ | Xi
    Ξ | Pi Π | Sigma Σ | Phi Φ | Psi Ψ | Omega Ω | times × | pm ± | cdot · | circ ° | to → |
    rightarrow → | leq ≤ | le ≤ | geq ≥ | ge ≥ | approx ≈ | sim ∼ | infty ∞ | prime ′ | dagger †
    | ell ℓ | partial ∂ | textregistered ® | neq ≠ | in ∈ | hbar ℏ | ast ∗ | star ⋆ | perp ⊥
"""
_SIGNS = dict(re.findall(r"([A-Za-z]+)\s+([^\s|])", _TABLE))
"""Commands that stand for one character; whatever else does, pylatexenc knows."""
_BLANKS = {",": " ", ";": " ", ":": " ", " ": " ", "\\": " ", "!": ""}
"""The sign of a command that is a blank → that blank."""

_ONE = re.compile(r"\\?[\w.,]*")
_DEEPEST = 64
"""Fractions within one another that are written out."""
_ARGUMENT = lazy(r"\s*(?:(?P<open>\{)|(?P<one>\\[A-Za-z]+|\\.|[^\s{}\\]))")
_OPTION = lazy(r"\s*\[(?P<inside>[^\[\]]*)\]")
_OVER_ONE = {
    "bar": "\u0304", "overline": "\u0304", "hat": "\u0302", "widehat": "\u0302",
    "tilde": "\u0303", "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
    "check": "\u030c", "breve": "\u0306", "acute": "\u0301", "grave": "\u0300",
    "mathring": "\u030a",
}  # fmt: skip
_SHAPES = {
    **dict.fromkeys(("frac", "tfrac", "dfrac", "cfrac"), 2),
    **dict.fromkeys(("binom", "tbinom", "dbinom", "overset", "underset", "stackrel"), 2),
    **dict.fromkeys(("sqrt", *_OVER_ONE), 1),
}
"""Commands that a line shows in another shape → how many arguments they take."""
_SHAPE = lazy(rf"\\(?P<name>{'|'.join(_SHAPES)})(?![A-Za-z])")


def in_line(source: str, *, depth: int = 0) -> str:
    r"""TeX with its fractions, roots and accents as a line of text shows them, edges marked.

    >>> in_line(r"3\frac{1}{2} \sqrt{x+1}").translate({ord(BEGIN): "<", ord(END): ">"})
    '3{<{1}/{2}>} {√{(x+1)}>}'
    """
    if "\\" not in source or depth > _DEEPEST:
        return source
    ends = _ends_of_groups(source)
    written: list[str] = []
    position = 0
    for found in _SHAPE.finditer(source):
        if found.start() < position:
            continue
        at = found.end()
        option = _OPTION.match(source, at) if found["name"] == "sqrt" else None
        at = option.end() if option else at
        taken: list[str] = []
        while len(taken) < _SHAPES[found["name"]] and (one := _ARGUMENT.match(source, at)):
            start, at = one.end(), ends.get(one.start("open"), -1) if one["open"] else one.end()
            if at < 0:
                break
            taken.append(source[start : at - 1] if one["open"] else one["one"])
        if at < 0 or len(taken) < _SHAPES[found["name"]]:
            continue
        parts = [in_line(one, depth=depth + 1) for one in taken]
        shown = _shape(found["name"], parts, option["inside"] if option else "")
        written += (source[position : found.start()], shown)
        position = at
    return "".join((*written, source[position:]))


def _ends_of_groups(source: str) -> dict[int, int]:
    """Where each brace that opens stands → the place behind the one that closes it."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for brace in re.finditer(r"\\.|[{}]", source, re.DOTALL):
        if brace[0] == "{":
            opened.append(brace.start())
        elif brace[0] == "}" and opened:
            ends[opened.pop()] = brace.end()
    return ends


def _shape(name: str, parts: list[str], option: str) -> str:
    """One command with its arguments, as a line shows it."""
    if name == "sqrt":
        index = f"^{{{option}}}" if option else ""
        return f"{{{index}√{_in_brackets(parts[0])}{END}}}"
    if name in _OVER_ONE:
        return _accented(parts[0], _OVER_ONE[name])
    first, second = parts
    if "frac" in name:
        return f"{{{BEGIN}{_in_brackets(first)}/{_in_brackets(second)}{END}}}"
    if "binom" in name:
        return f"({{{first}}} over {{{second}}})"
    return f"{{{second}}}{'_' if name == 'underset' else '^'}{{{first}}}"


def _accented(group: str, accent: str) -> str:
    """A letter with its accent, or letters with a bar; more than that cannot be shown in a line."""
    if len(group) == 1 or (accent in _MACRONS and group.isalnum()):
        return "".join(f"{letter}{accent}" for letter in group)
    return f"{{{group}}}"


def _in_brackets(group: str) -> str:
    return f"{{{group}}}" if _ONE.fullmatch(group) else f"{{({group})}}"


@cache
def sign(command: str) -> str:
    """What a TeX command prints by itself; empty for one that prints nothing, or its argument."""
    if command in _SIGNS:
        return str(_SIGNS[command])
    from pylatexenc.latex2text import get_default_latex_context_db

    spec = get_default_latex_context_db().get_macro_spec(command)
    meaning: object = getattr(spec, "simplify_repl", None)
    return meaning if isinstance(meaning, str) and "%" not in meaning else ""


_TOKEN = re.compile(r"\\([A-Za-z]+)\s*|\\(.)|([_^])|([{}])|~|([^\\_^{}~]+)", re.DOTALL)


def tex_runs(source: str, marks: frozenset[str] = frozenset()) -> Iterator[Run]:
    """The runs of a formula: letters as they are, commands for signs as signs, others dropped."""
    faces: list[frozenset[str]] = [marks]
    script: str | None = None
    for token in _TOKEN.finditer(in_line(source.strip().strip("$"))):
        command, escaped, script_sign, brace, text = token.groups()
        if script_sign:
            script = SUBSCRIPT if script_sign == "_" else SUPERSCRIPT
        elif brace == "{":
            if script and script in faces[-1]:
                yield Run(_WITHIN[script], faces[-1])
            faces.append(faces[-1] | ({script} if script else set()))
            script = None
        elif brace == "}":
            faces = faces[:-1] or [marks]
        else:
            escaped = _BLANKS.get(escaped or "", escaped)
            written = sign(command) if command else text or " " if escaped is None else escaped
            yield from _written(written, faces[-1], script)
            script = None if written.strip() else script


def _written(text: str, face: frozenset[str], script: str | None) -> Iterator[Run]:
    """The text in its face; a script without braces takes one character."""
    if script and (text := text.lstrip()):
        within = _WITHIN[script] if script in face else ""
        yield Run(within + text[:1], face | {script})
        text = text[1:]
    if text:
        yield Run(text, face)
