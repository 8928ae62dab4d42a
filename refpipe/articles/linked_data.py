"""A block of JSON-LD kept in an article, and taken out again without a trace.

In HTML it stands before ``</head>``, or else behind the list; in Markdown it is a line of the
front matter, which the site's template prints.  Taking it out gives back the text, character
for character.
"""

from __future__ import annotations

import re

_BLOCK = re.compile(r"<!--json-ld-->.*?<!--/json-ld-->", re.DOTALL)
_MARK = re.compile(
    r"<!--|(?P<end></head\s*>)|<(?P<name>script|style|template|textarea)\b", re.IGNORECASE
)
_LIST_END = "<!--/bibliography-->"
_FRONT = re.compile(
    r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*\r?\n(?:.*?\n)??(?P<end>(?P=fence)[ \t]*(?:\r?\n|\Z))",
    re.DOTALL,
)
NAME = "refpipe_json_ld"
"""The name of the line in the front matter."""
_LINE = re.compile(rf"^{NAME}[ \t]*[:=][^\n]*\n", re.MULTILINE)


def put(text: str, form: str, json: str) -> str:
    """The text with this JSON as its block; without a block where there is no place for one."""
    bare = take_out(text, form)
    if form == "html":
        return _in_html(bare, json)
    return _in_front_matter(bare, json)


def take_out(text: str, form: str) -> str:
    """The text without the block."""
    if form == "html":
        return _BLOCK.sub("", text)
    front = _FRONT.match(text)
    if front is None:
        return text
    return _LINE.sub("", text[: front.end()]) + text[front.end() :]


def front_matter(text: str) -> str:
    """The front matter of the text, fences and all; empty where there is none."""
    front = _FRONT.match(text)
    return front[0] if front else ""


def safe(json: str) -> str:
    """The JSON so that nothing in it ends a script, a comment, an attribute or a quotation."""
    escaped = {"<": "u003c", ">": "u003e", "&": "u0026", "'": "u0027"}
    escaped |= {"\u2028": "u2028", "\u2029": "u2029"}
    return "".join(f"\\{escaped[letter]}" if letter in escaped else letter for letter in json)


def _in_html(text: str, json: str) -> str:
    block = f'<!--json-ld--><script type="application/ld+json">{safe(json)}</script><!--/json-ld-->'
    place = _html_place(text)
    return text if place is None else text[:place] + block + text[place:]


def _html_place(text: str) -> int | None:
    """Before the end of the head that is no comment's or script's; else behind the list."""
    at, unclosed = 0, set[str]()
    while mark := _MARK.search(text, at):
        at = mark.end()
        if mark["end"]:
            return mark.start()
        name = (mark["name"] or "").lower()
        closing = re.compile(rf"</{name}\s*>" if name else "-->", re.IGNORECASE)
        # What is not closed once is closed nowhere behind it either.
        close = None if name in unclosed else closing.search(text, at)
        unclosed |= {name} if close is None else set()
        at = close.end() if close else at
    list_end = text.find(_LIST_END)
    return list_end + len(_LIST_END) if list_end >= 0 else None


def _in_front_matter(text: str, json: str) -> str:
    front = _FRONT.match(text)
    if front is None:
        return text
    newline = "\r\n" if "\r\n" in front[0] else "\n"
    # A backslash is one in both: TOML's literal and YAML's single quotation take it as it is.
    between = " = " if front["fence"] == "+++" else ": "
    line = f"{NAME}{between}'{safe(json)}'{newline}"
    return text[: front.start("end")] + line + text[front.start("end") :]
