"""A date that differs between what the reader sees and what machines read.

It compares the dates of publishing and of updating in the text with front matter, `<meta>` and
JSON-LD, and the two halves of each `<time>`.  A moment in another time zone agrees when it is
the same day in Japan.

Why: search results show the machine's date, the page shows the other; one of them is old.

Bad::

    ---
    date: 2026-02-01
    ---
    公開日：2026年2月10日

Bad, HTML::

    <p>公開日：<time datetime="2026-02-01">2026年2月10日</time></p>

Good::

    ---
    date: 2026-02-09T15:30:00Z
    ---
    公開日：2026年2月10日

日本語: 読者に見える日付と機械が読む日付の食い違い。

本文の公開日・更新日をフロントマター・`<meta>`・JSON-LD と、`<time>` の属性を中の文字と比べます。
別の時間帯で書かれた時刻は、日本時間で同じ日なら一致とみなします。

理由: 検索結果には機械の日付が、ページにはもう一方が表示されます。
どちらかが古いままです。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from refpipe import dates
from refpipe.checks.context import Context
from refpipe.checks.page_dates import MODIFIED, PUBLISHED, PageDate, agree
from refpipe.checks.rule import Rule, Subject
from refpipe.model import Finding


def check(subject: Subject, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """Metadata that no date of the text agrees with, and ``<time>`` at odds with itself."""
    yield from _elements(subject)
    for kind in (PUBLISHED, MODIFIED):
        dated = [s for s in subject.stamps if s.kind == kind and s.reading.value is not None]
        seen = [stamp for stamp in dated if stamp.source == "text"]
        told = [
            stamp for stamp in dated if stamp.source != "text" and not _has_words(subject, stamp)
        ]
        yield from _compare(subject, seen or told[:1], told)


def _compare(
    subject: Subject, seen: Sequence[PageDate], told: Sequence[PageDate]
) -> Iterator[Finding]:
    """Findings for what was told and was not seen; the later of the two places is named."""
    for stamp in told:
        if not seen or stamp in seen or any(agree(stamp.reading, other.reading) for other in seen):
            continue
        if stamp.source == seen[0].source:
            continue
        first, second = sorted((seen[0], stamp), key=lambda one: one.span)
        yield _finding(subject, second, first)


def _finding(subject: Subject, here: PageDate, there: PageDate) -> Finding:
    line, _ = subject.lines.at(there.span.start)
    return subject.finding(
        "DATE004",
        here.span.start,
        label=here.label,
        date=here.reading.text,
        other_label=there.label,
        other=there.reading.text,
        line=str(line),
    )


def _has_words(subject: Subject, stamp: PageDate) -> bool:
    """Whether a ``<time>`` shows a date of its own, with which alone it is compared."""
    return stamp.element is not None and bool(_shown(subject, stamp))


def _shown(subject: Subject, stamp: PageDate) -> tuple[dates.FoundDate, ...]:
    assert stamp.element is not None  # noqa: S101
    return dates.find(stamp.element.of(subject.words))


def _elements(subject: Subject) -> Iterator[Finding]:
    """``<time>`` elements whose attribute and words are two different days."""
    for stamp in subject.stamps:
        if stamp.element is None or stamp.reading.value is None:
            continue
        shown = _shown(subject, stamp)
        if (
            len(shown) == 1
            and shown[0].reading.value
            and not agree(stamp.reading, shown[0].reading)
        ):
            yield subject.finding(
                "DATE004",
                stamp.span.start,
                kind="time",
                date=stamp.reading.text,
                other=shown[0].reading.text,
            )


RULE = Rule(
    code="DATE004",
    name="dates-disagree",
    page=__doc__,
    messages={
        "": (
            "{label} {date} differs from {other_label} {other} (line {line})",
            "{label}「{date}」が{other_label}「{other}」({line}行目)と食い違っています",
        ),
        "time": (
            '<time datetime="{date}"> shows {other}',
            '<time datetime="{date}"> の表示が「{other}」になっています',
        ),
    },
    check=check,
)
