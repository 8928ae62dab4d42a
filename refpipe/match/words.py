"""The words in which a judgement is said, by language."""

from __future__ import annotations

PHRASES = {
    "en": {
        "because": "Rule: {}.", "person": "Decided by a person on {}.", "note": " ({})",
        "field": "  {}: {}", "against": "Against it: {}.", "comma": ", ",
    },
    "ja": {
        "because": "規則：{}。", "person": "人が{}に決めた。", "note": "（{}）",
        "field": "  {}：{}", "against": "食い違い：{}。", "comma": "、",
    },
}  # fmt: skip

KINDS = {
    "en": {
        "match": "The two records are one work.", "possible": "The two records may be one work; a person has to look.",
        "related": "Two works that belong together: {}.", "distinct": "Two different works.",
    },
    "ja": {
        "match": "二つの記録は同じ文献である。", "possible": "同じ文献かもしれない。人の確認が要る。",
        "related": "別の文献だが関係がある：{}。", "distinct": "別の文献である。",
    },
}  # fmt: skip

LEVELS = {
    "en": {"agree": "agree", "similar": "are alike", "differ": "differ"},
    "ja": {"agree": "一致", "similar": "似ている", "differ": "異なる"},
}

FIELDS = {
    "en": {
        "title": "titles", "authors": "authors", "year": "years", "container": "journals",
        "volume": "volumes", "issue": "issues", "pages": "pages", "doi": "DOIs",
        "identifier": "PMIDs and the like", "url": "addresses",
    },
    "ja": {
        "title": "表題", "authors": "著者", "year": "発行年", "container": "掲載誌",
        "volume": "巻", "issue": "号", "pages": "ページ", "doi": "DOI",
        "identifier": "PMIDなどの番号", "url": "URL",
    },
}  # fmt: skip

HOW = {
    "en": {
        "cut": "one is cut short", "footnote": "but for a footnote sign", "typos": "but for slips",
        "lead-in": "one has a heading before it", "order": "in another order", "part": "one is part of the other",
        "other numbers": "the numbers in them are others", "other word": "a word is another",
        "first": "the first and most others", "names": "most names", "some": "only some",
        "next year": "one year apart", "abbreviated": "one is abbreviated", "initials": "by its initials",
        "shifted": "found in the wrong field", "first page": "the first page", "last page": "the last page",
        "inside": "one lies within the other", "spreadsheet date": "a spreadsheet made a date of it",
        "candidate": "derived from an address, not confirmed", "versions": "versions of one review",
        "registrants": "given by two registrants",
    },
    "ja": {
        "cut": "片方が途中で切れている", "footnote": "脚注記号を除いて", "typos": "誤字を除いて",
        "lead-in": "片方に見出しが付く", "order": "語順が違う", "part": "片方が他方の一部",
        "other numbers": "含まれる数字が違う", "other word": "違う語がある",
        "first": "筆頭著者と大半が一致", "names": "大半が一致", "some": "一部だけ",
        "next year": "一年違い", "abbreviated": "片方が略称", "initials": "頭文字による略称",
        "shifted": "別の欄に入っていた", "first page": "開始ページ", "last page": "終了ページ",
        "inside": "片方が他方の範囲内", "spreadsheet date": "表計算ソフトが日付に変えた",
        "candidate": "URLからの推定で未確認", "versions": "同じレビューの別の版",
        "registrants": "登録者が異なる",
    },
}  # fmt: skip

AGAINST = {
    "en": {
        "other-identifier": "they have different PMIDs", "other-doi": "they have different DOIs",
        "relation": "one is a notice, a reply, a part or another version", "other-pages": "other pages",
        "other-volume": "another volume", "other-issue": "another issue",
        "other-container": "another journal", "other-authors": "other authors",
        "other-numbers": "other numbers in the titles", "other-word": "another word in the titles",
        "other-title": "another title", "other-kind": "one is a thesis", "other-year": "another year",
    },
    "ja": {
        "other-identifier": "PMIDが違う", "other-doi": "DOIが違う",
        "relation": "片方は訂正・返信・一部・別の版である", "other-pages": "ページが違う",
        "other-volume": "巻が違う", "other-issue": "号が違う", "other-container": "掲載誌が違う",
        "other-authors": "著者が違う", "other-numbers": "表題の数字が違う",
        "other-word": "表題の語が違う", "other-title": "表題が違う", "other-kind": "片方は学位論文", "other-year": "発行年が違う",
    },
}  # fmt: skip

RELATIONS = {
    "en": {
        "retraction": "one is the other's retraction notice", "correction": "one corrects the other",
        "expression-of-concern": "one voices concern about the other", "new-version": "one is a new version",
        "preprint": "one is the other's preprint", "reply": "one replies to or comments on the other",
        "congress-abstract": "one is a congress abstract of the other", "review-version": "versions of one review",
        "part": "parts of one series", "translation": "one is a translation", "reprint": "one is a reprint",
        "next-edition": "one is the next edition",
    },
    "ja": {
        "retraction": "片方は他方の撤回告知", "correction": "片方は他方の訂正", "expression-of-concern": "片方は他方への懸念表明",
        "new-version": "片方は新しい版", "preprint": "片方は他方のプレプリント", "reply": "片方は他方への返信・論評",
        "congress-abstract": "片方は他方の学会抄録", "review-version": "同じレビューの別の版", "part": "同じ連作の別の部",
        "translation": "片方は翻訳", "reprint": "片方は再録", "next-edition": "片方は次の版",
    },
}  # fmt: skip

RULES = {
    "en": {
        "versions": "their DOIs are two versions of one review or preprint",
        "said-in-title": "a title says itself that it is about the other, or a part of a series",
        "other-identifier": "different PMIDs are different works", "same-doi": "the same DOI, and nothing else differs",
        "same-doi-slip": "the same DOI, title and authors; the place differs by a slip",
        "same-identifier": "the same PMID", "two-dois-one-place": "two DOIs for one title on one page of one volume",
        "other-doi": "different DOIs are different works", "title-and-place": "the same title in the same place",
        "like-title-and-place": "like titles, the same authors, the same place",
        "place-and-people": "the same authors on the same pages; the title is a translation",
        "untitled-in-place": "one has no title, and the place is the same",
        "title-and-people": "the same title and authors, and nothing contradicts",
        "title-and-issue": "the same title in the same issue",
        "long-title": "the same long title, and nothing contradicts",
        "nearly": "the same title, but something else does not fit",
        "possible-place": "the same authors in the same place under another title",
    },
    "ja": {
        "versions": "DOIが同じレビューやプレプリントの二つの版を指す", "said-in-title": "表題が他方についての記事、または連作の一部と述べている",
        "other-identifier": "PMIDが違えば別の文献", "same-doi": "DOIが同じで、食い違いがない",
        "same-doi-slip": "DOI・表題・著者が同じで、掲載箇所の違いは誤記", "same-identifier": "PMIDが同じ",
        "two-dois-one-place": "同じ巻の同じページの同じ表題にDOIが二つある", "other-doi": "DOIが違えば別の文献",
        "title-and-place": "表題と掲載箇所が同じ", "like-title-and-place": "表題が似ていて、著者と掲載箇所が同じ",
        "place-and-people": "著者とページが同じで、表題は翻訳", "untitled-in-place": "片方に表題がなく、掲載箇所が同じ",
        "title-and-people": "表題と著者が同じで、食い違いがない", "title-and-issue": "表題と号が同じ",
        "long-title": "長い表題が同じで、食い違いがない", "nearly": "表題は同じだが、合わない項目がある",
        "possible-place": "著者と掲載箇所は同じだが表題が違う",
    },
}  # fmt: skip
