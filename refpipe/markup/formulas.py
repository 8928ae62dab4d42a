"""Formulas as far as a line of text can show them: MathML and TeX as runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from refpipe.markup.tags import ITALIC, SKIPPED, SUBSCRIPT, SUPERSCRIPT, Node, decode
from refpipe.model import Run

Marks = frozenset[str]

_ACCENTS = {
    "\u00af": "\u0304", "\u203e": "\u0304", "\u2015": "\u0304", "_": "\u0304", "^": "\u0302",
    "\u02c6": "\u0302", "~": "\u0303", "\u02dc": "\u0303", "\u2192": "\u20d7", ".": "\u0307",
    "\u02d9": "\u0307", "\u00a8": "\u0308",
}  # fmt: skip
"""An accent over a letter → the combining character that follows it."""

_TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms"})


def math_runs(node: Node, marks: Marks = frozenset()) -> Iterator[Run]:
    """The runs of one MathML element."""
    if node.name in SKIPPED:
        return
    if node.name in _TOKENS:
        yield from _token(node, marks)
    elif node.name == "mspace":
        yield Run(" ", marks)
    elif node.name in _LAYOUTS:
        yield from _LAYOUTS[node.name](_elements(node), marks)
    else:
        for child in _elements(node):
            yield from math_runs(child, marks)


def _elements(node: Node) -> list[Node]:
    """The child elements; blanks between them mean nothing, other text is kept."""
    return [child for child in node.children if child.name or child.text.strip()]


def _token(node: Node, marks: Marks) -> Iterator[Run]:
    text = " ".join(decode("".join(child.text for child in node.children)).split())
    is_variable = node.name == "mi" and len(text) == 1 and text.isalpha()
    if is_variable and "normal" not in node.attributes:
        marks |= {ITALIC}
    if text:
        yield Run(text, marks)


def _all(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    for node in nodes:
        yield from (
            math_runs(node, marks) if node.name else iter((Run(decode(node.text).strip(), marks),))
        )


def _scripts(*faces: str) -> Callable[[list[Node], Marks], Iterator[Run]]:
    """A layout of a base and scripts, one for each face."""

    def layout(nodes: list[Node], marks: Marks) -> Iterator[Run]:
        yield from _all(nodes[:1], marks)
        for node, face in zip(nodes[1:], faces, strict=False):
            yield from _all([node], marks | {face})

    return layout


def _over(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    yield from _all(nodes[:1], marks)
    above = "".join(run.text for run in _all(nodes[1:2], marks))
    if above in _ACCENTS:
        yield Run(_ACCENTS[above], marks)
    elif above:
        yield Run(above, marks | {SUPERSCRIPT})


def _fraction(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    yield from _grouped(nodes[:1], marks)
    yield Run("/", marks)
    yield from _grouped(nodes[1:2], marks)


def _square_root(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    yield Run("\u221a", marks)
    yield from _grouped(nodes, marks)


def _root(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    yield from _all(nodes[1:2], marks | {SUPERSCRIPT})
    yield from _square_root(nodes[:1], marks)


def _grouped(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    """The parts in brackets, unless they are one number or name: a line cannot show a bar."""
    runs = list(_all(nodes, marks))
    is_one = _ONE.fullmatch("".join(run.text for run in runs)) is not None
    yield from runs if is_one else (Run("(", marks), *runs, Run(")", marks))


def _fenced(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    yield Run("(", marks)
    for place, node in enumerate(nodes):
        if place:
            yield Run(", ", marks)
        yield from _all([node], marks)
    yield Run(")", marks)


def _multiscripts(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    names = [node.name for node in nodes]
    cut = names.index("mprescripts") if "mprescripts" in names else len(nodes)
    yield from _pairs(nodes[cut + 1 :], marks)
    yield from _all(nodes[:1], marks)
    yield from _pairs(nodes[1:cut], marks)


def _pairs(nodes: list[Node], marks: Marks) -> Iterator[Run]:
    for place, node in enumerate(nodes):
        yield from _all([node], marks | {SUPERSCRIPT if place % 2 else SUBSCRIPT})


_LAYOUTS: dict[str, Callable[[list[Node], Marks], Iterator[Run]]] = {
    "msup": _scripts(SUPERSCRIPT),
    "msub": _scripts(SUBSCRIPT),
    "msubsup": _scripts(SUBSCRIPT, SUPERSCRIPT),
    "munder": _scripts(SUBSCRIPT),
    "munderover": _scripts(SUBSCRIPT, SUPERSCRIPT),
    "mover": _over,
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "mfenced": _fenced,
    "mmultiscripts": _multiscripts,
    "semantics": lambda nodes, marks: _all(nodes[:1], marks),
}


# ── TeX ─────────────────────────────────────────────────────────────────────────────────────────


INLINE = re.compile(r"\$(?=[^$]*(?:\\[A-Za-z%]|[_^]\{))([^$]{1,400})\$")
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
_BLANKS = {",": " ", ";": " ", ":": " ", " ": " ", "!": ""}
"""The sign of a command that is a blank → that blank."""

_ONE = re.compile(r"\\?[\w.,]*")
_DEEPEST = 8
"""Fractions within one another that are written out."""
_GROUP = r"(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\w|\\[A-Za-z]+))"
_FRACTION = re.compile(rf"\\[tdc]?frac(?![A-Za-z])\s*{_GROUP}\s*{_GROUP}")
_SQUARE_ROOT = re.compile(rf"\\sqrt(?![A-Za-z])\s*(?:\[([^\[\]]*)\])?\s*{_GROUP}")
_OVER_ONE = re.compile(
    r"\\(bar|overline|hat|tilde|vec|dot|ddot)(?![A-Za-z])\s*(?:\{([^\W\d_])\}|([^\W\d_]))"
)
_OVER = {
    "bar": "\u0304", "overline": "\u0304", "hat": "\u0302", "tilde": "\u0303",
    "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
}  # fmt: skip


def in_line(source: str) -> str:
    r"""TeX with its fractions, roots and accents as a line of text shows them.

    >>> in_line(r"\frac{1}{2} \sqrt{x+1}")
    '{1}/{2} √{(x+1)}'
    """
    for _ in range(_DEEPEST):
        before = source
        source = _FRACTION.sub(
            lambda found: f"{_in_brackets(found[1], found[2])}/{_in_brackets(found[3], found[4])}",
            source,
        )
        source = _SQUARE_ROOT.sub(
            lambda found: (
                (f"^{{{found[1]}}}" if found[1] else "") + f"√{_in_brackets(found[2], found[3])}"
            ),
            source,
        )
        source = _OVER_ONE.sub(lambda found: (found[2] or found[3]) + _OVER[found[1]], source)
        if source == before:
            break
    return source


def _in_brackets(group: str | None, one: str | None) -> str:
    inner = one if group is None else group
    return f"{{{inner}}}" if _ONE.fullmatch(inner or "") else f"{{({inner})}}"


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
            faces.append(faces[-1] | ({script} if script else set()))
            script = None
        elif brace == "}":
            faces = faces[:-1] or [marks]
        else:
            escaped = _BLANKS.get(escaped or "", escaped)
            written = sign(command) if command else text or " " if escaped is None else escaped
            yield from _written(written, faces[-1], script)
            script = script if command and not written else None


def _written(text: str, face: frozenset[str], script: str | None) -> Iterator[Run]:
    """The text in its face; a script without braces takes one character."""
    if script and text:
        yield Run(text[:1], face | {script})
        text = text[1:]
    if text:
        yield Run(text, face)
