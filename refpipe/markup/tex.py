"""The little TeX that titles hold, as text in four faces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from refpipe.markup.elements import SUBSCRIPT, SUPERSCRIPT
from refpipe.model import Run

INLINE = re.compile(r"\$(?=[^$]*(?:\\[A-Za-z]|[_^]\{))([^$]{1,400})\$")
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
"""Commands that stand for one character."""

_TOKEN = re.compile(r"\\([A-Za-z]+)\s*|\\(.)|([_^])|([{}])|~|([^\\_^{}~]+)", re.DOTALL)


def runs(source: str, marks: frozenset[str] = frozenset()) -> Iterator[Run]:
    """The runs of a formula: letters as they are, commands for signs as signs, others dropped."""
    faces: list[frozenset[str]] = [marks]
    script: str | None = None
    for token in _TOKEN.finditer(source.strip().strip("$")):
        command, escaped, script_sign, brace, text = token.groups()
        if script_sign:
            script = SUBSCRIPT if script_sign == "_" else SUPERSCRIPT
        elif brace == "{":
            faces.append(faces[-1] | ({script} if script else set()))
            script = None
        elif brace == "}":
            faces = faces[:-1] or [marks]
        else:
            written = _SIGNS.get(command, "") if command else escaped or text or " "
            yield from _written(written, faces[-1], script)
            script = script if command and not written else None


def _written(text: str, face: frozenset[str], script: str | None) -> Iterator[Run]:
    """The text in its face; a script without braces takes one character."""
    if script and text:
        yield Run(text[:1], face | {script})
        text = text[1:]
    if text:
        yield Run(text, face)
