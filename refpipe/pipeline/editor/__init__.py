"""What an editor asks about an article while it is being written.

``Session`` holds a project open; ``View`` is one text as it stands in the editor.  Everything
is in character offsets of that text; what an editor counts in is a door's affair.  Nothing
here writes an article: what should change comes out as edits or as a new text.
"""

from refpipe.pipeline.editor.actions import Suggestion, Typing, pasted, suggest, typing_at
from refpipe.pipeline.editor.session import (
    Session,
    TextPlace,
    View,
    can_be_asked,
    entry_of,
    entry_place,
    entry_text,
    explain,
    has_plain_list,
    numbers_to_be,
    place_at,
    places,
)
from refpipe.pipeline.lookup import typed_key

__all__ = [
    "Session",
    "Suggestion",
    "TextPlace",
    "Typing",
    "View",
    "can_be_asked",
    "entry_of",
    "entry_place",
    "entry_text",
    "explain",
    "has_plain_list",
    "numbers_to_be",
    "pasted",
    "place_at",
    "places",
    "suggest",
    "typed_key",
    "typing_at",
]
