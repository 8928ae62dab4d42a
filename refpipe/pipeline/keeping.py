"""When a woven article is better left as it is: a run that could not look must not erase."""

from __future__ import annotations

from collections.abc import Mapping

from refpipe import articles
from refpipe.model import Article, Unresolved


def must_stay(article: Article, unresolved: Mapping[str, Unresolved]) -> bool:
    """Whether weaving now would take away a number or an entry that nobody has refuted.

    A number is lost where a woven citation would show more question marks than it does.  An
    entry that no citation names cannot be told from the printed list, so a list with anything in
    it counts as holding every uncited work.
    """
    open_keys = {key for key, why in unresolved.items() if not why.is_final}
    if not open_keys:
        return False
    for citation in article.citations:
        shown = articles.printed(article, citation.span)
        asked = sum(item.key in open_keys for item in citation.items)
        if shown and asked > articles.question_marks(shown):
            return True
    return any(
        articles.printed(article, place.span).strip()
        and any(item.key in open_keys for item in place.uncited)
        for place in article.bibliographies[:1]
    )
