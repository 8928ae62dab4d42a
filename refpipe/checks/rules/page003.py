"""`lastReviewed` or `reviewedBy` on a type that does not have them.

In schema.org both belong to WebPage and MedicalWebPage, not to Article and its kin.  Off by
default.

Why: search engines ignore a property on the wrong type, so the review is invisible to them.

Bad, HTML::

    <script type="application/ld+json">
    {"@context": "https://schema.org", "@type": "Article", "lastReviewed": "2026-02-10"}
    </script>

Good, HTML::

    <script type="application/ld+json">
    {"@context": "https://schema.org", "@type": "MedicalWebPage", "lastReviewed": "2026-02-10"}
    </script>

日本語: 型に合わない `lastReviewed`・`reviewedBy`。

schema.org では、どちらも WebPage と MedicalWebPage のプロパティで、Article などにはありません。
初期設定では無効です。

理由: 型に合わないプロパティは検索エンジンに無視され、監修が伝わりません。
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding

_BLOCK = re.compile(
    r"<script\b[^<>]*application/ld\+json[^<>]*>(?P<body>.*?)</script\s*>",
    re.IGNORECASE | re.DOTALL,
)
_REVIEW = ("lastReviewed", "reviewedBy")
_ABLE = re.compile(r"(?:WebPage|Page)$")
"""schema.org/WebPage and its subtypes, all of which are named so."""


def check(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """Each such property of each JSON-LD block, at the property."""
    for block in _BLOCK.finditer(subject.text):
        try:
            told = json.loads(block["body"])
        except (ValueError, RecursionError):
            continue
        for kind, name in _misplaced(told):
            place = subject.text.find(f'"{name}"', block.start("body"))
            yield subject.finding("PAGE003", max(place, block.start()), property=name, type=kind)


def _misplaced(told: object) -> Iterator[tuple[str, str]]:
    """Type and property, for every object that has a review and cannot have one."""
    if isinstance(told, list):
        for part in told:
            yield from _misplaced(part)
    elif isinstance(told, dict):
        types = told.get("@type", [])
        kinds = [str(kind) for kind in (types if isinstance(types, list) else [types])]
        if kinds and not any(_ABLE.search(kind) for kind in kinds):
            yield from ((kinds[0], name) for name in _REVIEW if name in told)
        for part in told.values():
            yield from _misplaced(part)


RULE = Rule(
    code="PAGE003",
    name="review-on-wrong-type",
    page=__doc__,
    messages={
        "": (
            "{property} belongs to MedicalWebPage; {type} does not have it",
            "{property} は MedicalWebPage のプロパティで、{type} にはありません",
        )
    },
    check=check,
    is_default=False,
)
