"""A page adopted without a library: its numbers typed as keys, and woven again."""

from __future__ import annotations

from refpipe import articles
from refpipe.articles import lists
from refpipe.articles.unmanaged import unmanaged
from refpipe.model import Entry, Rendering, Run


def typed(name: str, text: str) -> str:
    """The page with each number typed as a key, as adopting it does."""
    plan = lists.plan(text, articles.read(name, "").format)
    assert plan is not None
    edits = [
        (one.span, f"[{'; '.join(f'@work{number}' for number in one.numbers)}]")
        for one in plan.numbers.citations
    ]
    cited = {number for one in plan.numbers.citations for number in one.numbers}
    labels = [int(one.label) for one in plan.found.references]
    uncited = "; ".join(f"@work{number}" for number in labels if number not in cited)
    return lists.replaced(text, plan.found, edits, uncited, is_mdx=name.endswith(".mdx"))


def woven(name: str, text: str) -> str:
    article = articles.read(name, text)
    keys = list(dict.fromkeys(item.key for one in article.citations for item in one.items))
    citations = tuple(
        tuple(Run(f"[{keys.index(item.key) + 1}]", target=f"#ref-{keys.index(item.key) + 1}")
              for item in one.items)
        for one in article.citations
    )  # fmt: skip
    entries = tuple(
        Entry(
            number=n,
            work_id=key,
            anchor=f"ref-{n}",
            label=f"[{n}]",
            content=(Run(key),),
            backlinks=(f"cite-{n}",),
        )
        for n, key in enumerate(keys, 1)
    )
    return articles.weave(article, Rendering(citations=citations, entries=entries))


def check_laws(name: str, text: str) -> None:
    """The laws of weaving on an adopted page: no fault, the same again, and typed as before."""
    before = typed(name, text)
    once = woven(name, before)
    assert not articles.read(name, once).faults
    assert woven(name, once) == once
    assert articles.unweave(articles.read(name, once)) == articles.unweave(
        articles.read(name, before)
    )
    plan = lists.plan(text, articles.read(name, "").format)
    assert plan is not None
    if not plan.numbers.unclear:
        assert unmanaged(articles.read(name, once)) == (), once
