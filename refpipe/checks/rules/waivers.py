"""Answers to findings that stand in the article: ``<!-- refpipe: ignore DATE001 reason -->``.

In MDX, where such a comment stops the build, it is ``{/* refpipe: … */}``, and in the front matter
of any article ``# refpipe: …`` at the end of the line.

A waiver alone on its line answers for the next line that has text; beside text it answers for
its own line.  ``ignore-file`` answers for the whole article.  Waivers of the library name the
identifier or the path that they are about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from refpipe.checks.page_dates import front_matter, without_code
from refpipe.checks.rule import Context, Subject, rule
from refpipe.model import Finding

UNUSED = "CHK001"

_SAID = r"\s*refpipe:\s*(?P<verb>ignore(?:-file)?|\S*)(?P<rest>.*?)"
_COMMENT = re.compile(rf"<!--{_SAID}-->", re.DOTALL)
_MDX_COMMENT = re.compile(rf"\{{/\*{_SAID}\*/\}}", re.DOTALL)
_YAML_COMMENT = re.compile(rf"(?:^|(?<=[ \t]))#{_SAID}$", re.MULTILINE)
_CODES = re.compile(
    r"\s*(?P<codes>[A-Z]{2,5}[0-9]{3}(?:\s*,\s*[A-Z]{2,5}[0-9]{3})*)(?P<reason>.*)", re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One waiver in the text."""

    offset: int
    codes: tuple[str, ...]
    reason: str
    line: int
    """The line it answers for; 0 for the whole article."""


@lru_cache(maxsize=8)
def comments(text: str, form: str) -> tuple[tuple[Comment, ...], tuple[int, ...]]:
    """The waivers of a text, and the offsets of those that cannot be read."""
    if "refpipe:" not in text:
        return (), ()
    good, bad = [], []
    for match in _matches(text, form):
        if match["verb"] == "not-a-citation":
            continue  # It speaks of a number, not of a rule; the scan of numbers reads it.
        codes = _CODES.match(match["rest"])
        if (
            match["verb"] not in {"ignore", "ignore-file"}
            or codes is None
            or not codes["reason"].strip()
        ):
            bad.append(match.start())
            continue
        line = 0 if match["verb"] == "ignore-file" else _answered_line(text, match)
        good.append(
            Comment(
                offset=match.start(),
                codes=tuple(code.strip() for code in codes["codes"].split(",")),
                reason=codes["reason"].strip(),
                line=line,
            )
        )
    return tuple(good), tuple(bad)


def _matches(text: str, form: str) -> Iterator[re.Match[str]]:
    shown = without_code(text, form)
    yield from _YAML_COMMENT.finditer(shown, 0, front_matter(text)[1])
    yield from _COMMENT.finditer(shown)
    if form == "mdx":
        yield from _MDX_COMMENT.finditer(shown)


def written(code: str, reason: str, *, form: str, is_in_front_matter: bool) -> str:
    """A waiver as it is written into an article of the format, beside what it answers for."""
    said = f"refpipe: ignore {code} {' '.join(re.sub(r'--|[*]/', '', reason).split())}"
    if is_in_front_matter:
        return f" # {said}"
    return f" {{/* {said} */}}" if form == "mdx" else f" <!-- {said} -->"


def apply(
    subject: Subject, found: Iterable[Finding], context: Context, *, codes: Collection[str]
) -> list[Finding]:
    """The findings that nobody waived, and one for each waiver of the text that answers nothing."""
    written, _ = comments(subject.text, subject.article.format)
    used: set[int] = set()
    kept = []
    for finding in found:
        answered = [index for index, comment in enumerate(written) if _answers(comment, finding)]
        used.update(answered)
        if not answered and not _is_waived(finding, context):
            kept.append(finding)
    if UNUSED in codes:
        kept += _unused(subject, written, used, codes)
    return kept


def _unused(
    subject: Subject, written: Sequence[Comment], used: Collection[int], codes: Collection[str]
) -> list[Finding]:
    """Findings for the waivers that answered nothing, of rules that were run at all."""
    return [
        subject.finding(UNUSED, comment.offset, codes=", ".join(comment.codes))
        for index, comment in enumerate(written)
        if index not in used and any(code in codes for code in comment.codes)
    ]


def _answers(comment: Comment, finding: Finding) -> bool:
    return finding.code in comment.codes and comment.line in {0, finding.line}


def _is_waived(finding: Finding, context: Context) -> bool:
    return any(
        waiver.code == finding.code and waiver.subject in {finding.subject or None, finding.path}
        for waiver in context.waivers
    )


def _answered_line(text: str, match: re.Match[str]) -> int:
    """The line that a comment answers for: its own, or the next with text when it stands alone."""
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    end = len(text) if end < 0 else end
    own = text.count("\n", 0, match.start()) + 1
    if text[start : match.start()].strip() or text[match.end() : end].strip():
        return own
    rest = text[match.end() :]
    blank = len(rest) - len(rest.lstrip())
    return text.count("\n", 0, match.end() + blank) + 1


# ── The rules about waivers themselves ───────────────────────────────────────────────────────────


@rule(
    "CHK001",
    "unused-waiver",
    {
        "": (
            "this waiver answers no finding ({codes}); remove it",
            "この除外指定({codes})に当たる指摘はありません。削除してください",
        )
    },
)
def unused_waiver(subject: Subject, context: Context) -> Iterable[Finding]:  # noqa: ARG001
    """A waiver that answers no finding.

    `<!-- refpipe: ignore DATE001 reason -->` stands where DATE001 finds nothing (any more).

    Why: it would silence the next real finding at this place.

    Bad::

        <!-- refpipe: ignore DATE001 sample of a wrong date -->
        更新日:2026/02/10

    Good::

        <!-- refpipe: ignore DATE001 sample of a wrong date -->
        更新日:2026/00/00

    日本語: 何にも対応していない除外指定。

    `<!-- refpipe: ignore DATE001 理由 -->` がありますが、そこに DATE001 の指摘は(もう)ありません。

    理由: 残しておくと、次の本当の誤りを隠します。
    """
    # Which waivers were used is known only when every rule has spoken; ``waivers.apply`` tells.
    return ()


@rule(
    "CHK002",
    "malformed-waiver",
    {
        "": (
            "write a waiver as <!-- refpipe: ignore CODE reason -->",
            "除外指定は <!-- refpipe: ignore コード 理由 --> の形で書いてください",
        )
    },
)
def malformed_waiver(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """A waiver without a code or without a reason.

    A waiver is written `<!-- refpipe: ignore DATE001 reason -->`, or `ignore-file` for the whole
    article.

    Why: without a code it would silence everything; without a reason nobody can tell later
    whether it still holds.

    Bad::

        <!-- refpipe: ignore DATE001 -->
        更新日:2026/00/00

    Good::

        <!-- refpipe: ignore DATE001 sample of a wrong date -->
        更新日:2026/00/00

    日本語: コードや理由のない除外指定。

    `<!-- refpipe: ignore DATE001 理由 -->` と書きます。記事全体なら `ignore-file` です。

    理由: コードがなければすべてを隠し、理由がなければ、今も必要かどうか後で判断できません。
    """
    _, malformed = comments(subject.text, subject.article.format)
    for offset in malformed:
        yield subject.finding("CHK002", offset)
