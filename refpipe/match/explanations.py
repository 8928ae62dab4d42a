"""Why two records are judged to be one, or not, in plain words: English and Japanese."""

from __future__ import annotations

import json

from refpipe.match.clusters import evidence
from refpipe.match.judgement import Judgement
from refpipe.model import Decision, Verdict


def explain(subject: Decision | Judgement, lang: str = "en") -> str:
    """Why two records are judged to be one, or not: the rule, the fields, what contradicts."""
    lang = lang if lang in PHRASES else "en"
    if isinstance(subject, Judgement):
        kind, found = subject.verdict.value, json.loads(evidence(subject))
        relation = subject.relation
    else:
        kind, found = subject.kind.value, subject.told
        relation = subject.rule if subject.kind.value == Verdict.RELATED.value else ""
        if subject.by == "person":
            return _by_person(subject, lang)
    lines = [_headline(kind, relation, lang)]
    if rule := RULES[lang].get(str(found.get("rule", ""))):
        lines.append(PHRASES[lang]["because"].format(rule))
    lines.extend(_field_lines(found.get("fields"), lang))
    lines.extend(_against(found.get("against"), lang))
    if found.get("bridge"):
        lines.append(PHRASES[lang]["bridge"])
    return "\n".join(lines)


def _headline(kind: str, relation: str, lang: str) -> str:
    tail = RELATIONS[lang].get(relation, relation)
    return KINDS[lang].get(kind, kind).format(tail)


def _by_person(decision: Decision, lang: str) -> str:
    headline = _headline(decision.kind.value, decision.rule, lang)
    who = PHRASES[lang]["person"].format(decision.made[:10])
    return "\n".join(filter(None, (headline, who, decision.reason)))


def _field_lines(fields: object, lang: str) -> list[str]:
    lines = []
    for name in FIELDS[lang]:
        match fields.get(name) if isinstance(fields, dict) else None:
            case [str(level), _, str(how)] if level in LEVELS[lang]:
                note = HOW[lang].get(how, "")
                said = LEVELS[lang][level] + (PHRASES[lang]["note"].format(note) if note else "")
                lines.append(PHRASES[lang]["field"].format(FIELDS[lang][name], said))
    return lines


def _against(names: object, lang: str) -> list[str]:
    told = names if isinstance(names, list) else []
    said = [AGAINST[lang][n] for n in told if isinstance(n, str) and n in AGAINST[lang]]
    return [PHRASES[lang]["against"].format(PHRASES[lang]["comma"].join(said))] if said else []


PHRASES = {
    "en": {
        "because": "Rule: {}.",
        "person": "Decided by a person on {}.",
        "note": " ({})",
        "field": "  {}: {}",
        "against": "Against it: {}.",
        "bridge": "One of them stands between two works: the other contradicts what it is with.",
        "comma": ", ",
    },
    "ja": {
        "because": "規則：{}。",
        "person": "人が{}に決めた。",
        "note": "（{}）",
        "field": "  {}：{}",
        "against": "食い違い：{}。",
        "bridge": "片方は、もう片方と食い違う記録とも一致し、二つの文献の間に立つ。",
        "comma": "、",
    },
}

KINDS = {
    "en": {
        "match": "The two records are one work.",
        "possible": "The two records may be one work; a person has to look.",
        "related": "Two works that belong together: {}.",
        "distinct": "Two different works.",
    },
    "ja": {
        "match": "二つの記録は同じ文献である。",
        "possible": "同じ文献かもしれない。人の確認が要る。",
        "related": "別の文献だが関係がある：{}。",
        "distinct": "別の文献である。",
    },
}

LEVELS = {
    "en": {"agree": "agree", "similar": "are alike", "differ": "differ"},
    "ja": {"agree": "一致", "similar": "似ている", "differ": "異なる"},
}

FIELDS = {
    "en": {
        "title": "titles",
        "authors": "authors",
        "year": "years",
        "container": "journals",
        "volume": "volumes",
        "issue": "issues",
        "pages": "pages",
        "doi": "DOIs",
        "identifier": "PMIDs and the like",
        "url": "addresses",
    },
    "ja": {
        "title": "表題",
        "authors": "著者",
        "year": "発行年",
        "container": "掲載誌",
        "volume": "巻",
        "issue": "号",
        "pages": "ページ",
        "doi": "DOI",
        "identifier": "PMIDなどの番号",
        "url": "URL",
    },
}

HOW = {
    "en": {
        "one page": "one page",
        "prefix": "but for a letter before them",
        "no range": "one is a single number",
        "moved": "the journal moved to another registrant",
        "shorter": "one name is longer",
        "cut": "one is cut short",
        "script": "written in two scripts, which cannot be compared",
        "footnote": "but for a footnote sign",
        "typos": "but for slips",
        "lead-in": "one has a heading before it",
        "order": "in another order",
        "part": "one is part of the other",
        "other numbers": "the numbers in them are others",
        "other word": "a word is another",
        "exchanged word": "one word stands for another",
        "first": "the first and most others",
        "names": "most names",
        "some": "only some",
        "body": "a body and its department or initials",
        "next year": "one year apart",
        "abbreviated": "one is abbreviated",
        "initials": "by its initials",
        "shifted": "found in the wrong field",
        "first page": "the first page",
        "last page": "the last page",
        "last figures": "the last figures of the last page",
        "issn": "one ISSN under different names",
        "inside": "one lies within the other",
        "spreadsheet date": "a spreadsheet made a date of it",
        "candidate": "derived from an address, not confirmed",
        "versions": "versions of one review",
        "registrants": "given by two registrants",
        "broken off": "the end of one may be missing",
        "congress": "the abstracts of one congress",
        "supplement": "one is a supplement",
        "provisional": "one is counted from 1, ahead of print",
    },
    "ja": {
        "one page": "同じ一ページ",
        "prefix": "前に付く文字を除いて",
        "no range": "片方は一つの番号だけ",
        "moved": "雑誌の移籍で登録者が変わった",
        "shorter": "片方の名が長い",
        "cut": "片方が途中で切れている",
        "script": "文字の種類が違い、比べられない",
        "footnote": "脚注記号を除いて",
        "typos": "誤字を除いて",
        "lead-in": "片方に見出しが付く",
        "order": "語順が違う",
        "part": "片方が他方の一部",
        "other numbers": "含まれる数字が違う",
        "other word": "違う語がある",
        "exchanged word": "一語が別の語に替わっている",
        "first": "筆頭著者と大半が一致",
        "names": "大半が一致",
        "some": "一部だけ",
        "body": "団体とその部署や略称",
        "next year": "一年違い",
        "abbreviated": "片方が略称",
        "initials": "頭文字による略称",
        "shifted": "別の欄に入っていた",
        "first page": "開始ページ",
        "last page": "終了ページ",
        "last figures": "終了ページの末尾の数字",
        "issn": "ISSNは同じだが誌名が違う",
        "inside": "片方が他方の範囲内",
        "spreadsheet date": "表計算ソフトが日付に変えた",
        "candidate": "URLからの推定で未確認",
        "versions": "同じレビューの別の版",
        "registrants": "登録者が異なる",
        "broken off": "一方の末尾が欠けている可能性がある",
        "congress": "同じ学会の抄録集",
        "supplement": "片方は増刊",
        "provisional": "片方は掲載前で1ページから数えている",
    },
}

AGAINST = {
    "en": {
        "other-identifier": "they have different PMIDs",
        "other-doi": "they have different DOIs",
        "relation": "one is a notice, a reply, a part or another version",
        "other-pages": "other pages",
        "other-volume": "another volume",
        "other-issue": "another issue",
        "other-container": "another journal",
        "other-authors": "other authors",
        "other-numbers": "other numbers in the titles",
        "other-word": "another word in the titles",
        "other-title": "another title",
        "other-kind": "one is a thesis",
        "one-numbered": "only one is numbered as a part of a series",
        "other-year": "another year",
    },
    "ja": {
        "other-identifier": "PMIDが違う",
        "other-doi": "DOIが違う",
        "relation": "片方は訂正・返信・一部・別の版である",
        "other-pages": "ページが違う",
        "other-volume": "巻が違う",
        "other-issue": "号が違う",
        "other-container": "掲載誌が違う",
        "other-authors": "著者が違う",
        "other-numbers": "表題の数字が違う",
        "other-word": "表題の語が違う",
        "other-title": "表題が違う",
        "other-kind": "片方は学位論文",
        "one-numbered": "片方だけが連作の番号を持つ",
        "other-year": "発行年が違う",
    },
}

RELATIONS = {
    "en": {
        "retraction": "one is the other's retraction notice",
        "correction": "one corrects the other",
        "expression-of-concern": "one voices concern about the other",
        "reinstatement": "one withdraws the other's retraction",
        "addendum": "one adds to the other",
        "new-version": "one is a new version",
        "preprint": "one is the other's preprint",
        "reply": "one replies to or comments on the other",
        "congress-abstract": "one is a congress abstract of the other",
        "review-version": "versions of one review",
        "part": "parts of one series",
        "translation": "one is a translation",
        "reprint": "one is a reprint",
        "next-edition": "one is the next edition",
    },
    "ja": {
        "retraction": "片方は他方の撤回告知",
        "correction": "片方は他方の訂正",
        "expression-of-concern": "片方は他方への懸念表明",
        "reinstatement": "片方は他方の撤回を取り消す告知",
        "addendum": "片方は他方への補足",
        "new-version": "片方は新しい版",
        "preprint": "片方は他方のプレプリント",
        "reply": "片方は他方への返信・論評",
        "congress-abstract": "片方は他方の学会抄録",
        "review-version": "同じレビューの別の版",
        "part": "同じ連作の別の部",
        "translation": "片方は翻訳",
        "reprint": "片方は再録",
        "next-edition": "片方は次の版",
    },
}

RULES = {
    "en": {
        "copy": "all that is known of the one is known of the other, and nothing else",
        "equal": "all that is known of both is the same, but it is too little",
        "untitled-in-issue": "one has no title; the authors and the issue are the same",
        "one-issue": "the same title and authors in one issue; the page differs by a slip",
        "all-but-pages": "all that is known of both is the same",
        "one-congress": "the same title and authors among the abstracts of one congress",
        "unpaged": "the same title, authors, journal and year; one is from ahead of print",
        "volume-slip": "the same title, authors and year, but another volume",
        "same-address": "the same web page, and nothing speaks against it",
        "candidate-doi": "a DOI derived from an address, borne out by title and authors",
        "possible-doi": "a DOI is the same, but too little else is known",
        "versions": "their DOIs are two versions of one review or preprint",
        "said-in-title": "a title says itself that it is about the other, or a part of a series",
        "another-thing": "a title says that it is another kind of thing",
        "other-identifier": "different PMIDs are different works",
        "same-doi": "the same DOI, and nothing else differs",
        "same-doi-slip": "the same DOI, title and authors; the place differs by a slip",
        "same-identifier": "the same PMID",
        "two-dois-one-place": "two DOIs for one title on one page of one volume",
        "registered-twice": "one title, authors and journal, but two DOIs; one names no place",
        "other-doi": "different DOIs are different works",
        "title-and-place": "the same title in the same place",
        "like-title-and-place": "like titles, the same authors, the same place",
        "retitled-in-place": "two titles for the same pages of one issue, by the same authors",
        "place-and-people": "the same authors on the same pages; the title is a translation",
        "untitled-in-place": "one has no title, and the place is the same",
        "title-and-people": "the same title and authors, and nothing contradicts",
        "title-and-issue": "the same title in the same issue",
        "long-title": "the same long title, and nothing contradicts",
        "nearly": "the same title, but something else does not fit",
        "named-alike": "the same title and year by other authors; nothing says where it stands",
        "possible-place": "the same place and no other authors; the titles settle nothing",
    },
    "ja": {
        "copy": "分かっている項目が過不足なく同じ",
        "equal": "分かっている項目はすべて同じだが、情報が足りない",
        "untitled-in-issue": "片方に表題がなく、著者と号が同じ",
        "one-issue": "同じ号の同じ表題・著者で、ページの違いは誤記",
        "all-but-pages": "分かっている項目がすべて同じ",
        "one-congress": "同じ学会の抄録で、表題と著者が同じ",
        "unpaged": "表題・著者・雑誌・年が同じで、片方は掲載前の記録",
        "volume-slip": "表題・著者・年は同じだが巻が違う",
        "same-address": "同じウェブページで、食い違いがない",
        "candidate-doi": "URLから推定したDOIを表題と著者が裏づける",
        "possible-doi": "DOIは同じだが、ほかの情報が足りない",
        "versions": "DOIが同じレビューやプレプリントの二つの版を指す",
        "said-in-title": "表題が他方についての記事、または連作の一部と述べている",
        "another-thing": "表題が別の種類の文献だと述べている",
        "other-identifier": "PMIDが違えば別の文献",
        "same-doi": "DOIが同じで、食い違いがない",
        "same-doi-slip": "DOI・表題・著者が同じで、掲載箇所の違いは誤記",
        "same-identifier": "PMIDが同じ",
        "two-dois-one-place": "同じ巻の同じページの同じ表題にDOIが二つある",
        "registered-twice": "表題・著者・雑誌は同じだがDOIが二つあり、片方は巻もページも述べない",
        "other-doi": "DOIが違えば別の文献",
        "title-and-place": "表題と掲載箇所が同じ",
        "like-title-and-place": "表題が似ていて、著者と掲載箇所が同じ",
        "retitled-in-place": "同じ号の同じページ範囲・同じ著者で、表題だけが違う",
        "place-and-people": "著者とページが同じで、表題は翻訳",
        "untitled-in-place": "片方に表題がなく、掲載箇所が同じ",
        "title-and-people": "表題と著者が同じで、食い違いがない",
        "title-and-issue": "表題と号が同じ",
        "long-title": "長い表題が同じで、食い違いがない",
        "nearly": "表題は同じだが、合わない項目がある",
        "named-alike": "表題と年は同じだが著者が違い、掲載箇所が分からない",
        "possible-place": "掲載箇所が同じで著者に違いはないが、表題が決め手にならない",
    },
}
