"""Rich text as HTML."""

from __future__ import annotations

import re
from html import escape

from refpipe.markup.faces import tagged
from refpipe.model import Inline, Run

_SAFE_TARGET = re.compile(r"(?:https?://|mailto:|#|[./]|[\w%-]+(?:[/?#.]|$))", re.IGNORECASE)
"""Where a link may lead; ``javascript:`` and its kind are none of these."""


def html(inline: Inline) -> str:
    """HTML in which every character of the text is text, and no link runs a script."""
    return tagged(inline, _written)


def _written(run: Run) -> str:
    text = escape(run.text, quote=False)
    anchor = f' id="{escape(run.anchor)}"' if run.anchor else ""
    if run.target and is_safe(run.target):
        return f'<a{anchor} href="{escape(run.target)}">{text}</a>'
    return f"<span{anchor}>{text}</span>" if anchor else text


def is_safe(target: str) -> bool:
    """True if following the target runs no script."""
    return bool(_SAFE_TARGET.match(target)) and not re.search(r"[\x00-\x20]", target)
