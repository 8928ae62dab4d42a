"""A rule's page, for the terminal and for the documentation."""

from __future__ import annotations

from collections.abc import Iterator

from refpipe.checks import FAMILIES, RULES, page

_WORDS = {
    "en": ("Must be reported", "Must not be reported", "The library then holds", "off by default"),
    "ja": ("指摘される例", "指摘されない例", "このときライブラリにあるもの", "初期設定では無効"),
}


def rule_page(code: str, lang: str) -> str:
    """The page of one rule as Markdown.  Raises KeyError where there is no such rule."""
    rule, text = RULES[code], page(code)
    bad, good, library, off = _WORDS["ja" if lang == "ja" else "en"]
    words = text.words(lang)
    parts = [f"# {code} {rule.name}", words.summary, words.body]
    if not rule.is_default:
        parts.insert(1, f"({off})")
    if text.library:
        parts.append(f"{library}:\n\n" + _fenced("\n".join(text.library), "json"))
    for is_bad, title in ((True, bad), (False, good)):
        examples = [example for example in text.examples if example.is_bad is is_bad]
        parts += [f"{title}:\n\n" + _fenced(example.text, example.form) for example in examples]
    return "\n\n".join(parts) + "\n"


def rule_table(lang: str) -> Iterator[str]:
    """Every rule on a line, by family."""
    is_japanese = lang == "ja"
    off = _WORDS["ja" if is_japanese else "en"][3]
    for family, names in FAMILIES.items():
        yield f"{family}: {names[1 if is_japanese else 0]}"
        for rule in RULES.values():
            if rule.family == family:
                mark = "" if rule.is_default else f" ({off})"
                yield f"  {rule.code}  {rule.name}: {page(rule.code).words(lang).summary}{mark}"


_TITLES = {"en": "# The rules of refpipe check", "ja": "# refpipe check の規則"}
_LEADS = {
    "en": "Written by `refpipe rule --write-docs docs/rules` from the rules themselves.",
    "ja": "規則そのものから `refpipe rule --write-docs docs/rules` で作られています。",
}
_ROWS = {"en": "| code | name | finds |", "ja": "| コード | 名前 | 指摘すること |"}


def documents() -> dict[str, str]:
    """Path below ``docs/rules`` → text, for every rule's page and the table, in both languages."""
    pages = {}
    for lang, folder in (("en", ""), ("ja", "ja/")):
        pages[f"{folder}README.md"] = _index(lang)
        for code in RULES:
            pages[f"{folder}{code}.md"] = rule_page(code, lang)
    return pages


def _index(lang: str) -> str:
    """The table of all rules, with links to their pages."""
    is_japanese = lang == "ja"
    parts = [_TITLES[lang], _LEADS[lang]]
    for family, names in FAMILIES.items():
        rows = [
            f"## {family}: {names[1 if is_japanese else 0]}",
            "",
            _ROWS[lang],
            "| --- | --- | --- |",
        ]
        for rule in RULES.values():
            if rule.family == family:
                mark = "" if rule.is_default else f" ({_WORDS[lang][3]})"
                summary = page(rule.code).words(lang).summary
                rows.append(f"| [{rule.code}]({rule.code}.md) | {rule.name} | {summary}{mark} |")
        parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"


def _fenced(text: str, form: str) -> str:
    """The text as a fenced block, the fence longer than any in it."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{form}\n{text.rstrip()}\n{fence}"
