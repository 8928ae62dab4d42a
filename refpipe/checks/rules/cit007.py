"""A page that says it rests on its references and cites none.

The text says 参考文献に基づき or the like, and nowhere names an entry.

Why: the reader is asked to believe all of it on the strength of all of the list.

Bad::

    参考文献に基づき、その理由を説明します。

Good::

    参考文献に基づき、その理由を説明します[1]。画像だけでは分かりません[2,3]。

    参考文献

    [1] Modic MT, Ross JS. Lumbar degenerative disk disease. Radiology. 2007;245(1):43-61.
    [2] Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
    [3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.

日本語: 「参考文献に基づき」と書きながら何も引用していないページ。

本文に「参考文献に基づき」などとありますが、どの文献も引用されていません。

理由: どの記述がどの文献によるのか、読者には確かめようがありません。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from refpipe.checks.context import Context
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding

_CLAIM = re.compile(
    r"(?:参考|引用|下記の?|以下の?|上記の?)文献(?:に基づ|にもとづ|を基に|をもとに|を元に|に則|に示|によると|によれば|を踏まえ)"
    r"|(?i:based on|according to) (?:the |these |our )?(?:references|literature (?:below|cited))"
)


def check(subject: Subject, context: Context) -> Iterator[Finding]:
    """One finding at the first of such statements."""
    if subject.article.citations or context.plain:
        return
    words = subject.words
    if "文献" not in words and "eference" not in words and "iterature" not in words:
        return
    said = list(_CLAIM.finditer(words))
    if said:
        yield subject.finding("CIT007", said[0].start(), words=said[0][0], count=str(len(said)))


RULE = Rule(
    code="CIT007",
    name="claim-without-citation",
    page=__doc__,
    messages={
        "": (
            "the page says “{words}” ({count} times in all) and cites nothing",
            "「{words}」などと{count}か所に書かれていますが、文献が一つも引用されていません",
        )
    },
    check=check,
)
