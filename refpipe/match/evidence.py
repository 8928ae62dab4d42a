"""What several fields say together: the words in which the rules are written."""

from __future__ import annotations

from refpipe.match.comparison import Comparison, Level

AGREE, SIMILAR, UNKNOWN, DIFFER = Level.AGREE, Level.SIMILAR, Level.UNKNOWN, Level.DIFFER


def has_title(c: Comparison) -> bool:
    """The titles are the same but for slips, cuts and notes."""
    return c.title.level is AGREE


def has_like_title(c: Comparison) -> bool:
    """The titles are at least alike."""
    return c.title.level >= SIMILAR


def has_people(c: Comparison) -> bool:
    """The authors are the same as far as both lists go."""
    return c.authors.level is AGREE


def has_no_other_people(c: Comparison) -> bool:
    """Nothing in the authors speaks against it."""
    return c.authors.level is not DIFFER


def has_same_place(c: Comparison) -> bool:
    """Both stand on the same page of the same volume (or issue, or year of a journal)."""
    if c.pages.level < SIMILAR or c.pages.how == "inside" or c.year.level is DIFFER:
        return False
    if c.volume.level is DIFFER:
        return False
    return c.volume.level is AGREE or (
        c.year.level >= SIMILAR and (c.container.level >= SIMILAR or c.issue.level >= SIMILAR)
    )


def has_exact_place(c: Comparison) -> bool:
    """First and last page, volume, and all else that is known of the place are the same."""
    return (
        has_same_place(c)
        and c.pages.how == "equal"
        and c.volume.level is AGREE
        and c.year.level >= UNKNOWN
        and c.issue.level is not DIFFER
    )


def has_other_place(c: Comparison) -> bool:
    """They stand elsewhere: other pages, or another volume."""
    return c.pages.level is DIFFER or c.volume.level is DIFFER


def is_same_issue(c: Comparison) -> bool:
    """Volume and issue are the same in a journal that may be the same."""
    return c.volume.level is AGREE and c.issue.level >= SIMILAR and c.container.level is not DIFFER


def has_near_year(c: Comparison) -> bool:
    """The years are at most one apart, or one is not known.

    Without a volume an issue is counted from January: then the year has to be the same.
    """
    if c.year.level is SIMILAR and c.volume.level is UNKNOWN:
        return c.issue.level is UNKNOWN
    return c.year.level is not DIFFER


def has_same_page(c: Comparison) -> bool:
    """First page, and volume or journal, are the same, and nothing of the place differs."""
    return (
        c.pages.level is AGREE
        and c.volume.level is not DIFFER
        and c.issue.level is not DIFFER
        and c.year.level >= SIMILAR
        and (c.volume.level is AGREE or c.container.level is AGREE)
    )


def has_same_range(c: Comparison) -> bool:
    """First and last page are the same, in a book or journal that may be the same.

    Without a volume the book's name, or the year and a title that tells something, has to bear
    it out.
    """
    if c.pages.how != "equal" or DIFFER in {c.year.level, c.volume.level, c.issue.level}:
        return False
    if c.container.level is AGREE or c.container.how == "shorter":
        return True
    is_told = c.detail >= 1 and c.year.level is not SIMILAR
    if c.container.level is SIMILAR:
        return is_told
    return c.container.level is UNKNOWN and is_told and c.year.level is AGREE


def is_printed_on_one_page(c: Comparison) -> bool:
    """Journal, volume, issue and first page are the same."""
    return has_same_page(c) and is_in_one_issue(c) and c.issue.level is AGREE


def has_no_other_container(c: Comparison) -> bool:
    """The journals may be one; names that are only alike need the same year."""
    if c.container.level is SIMILAR:
        return c.year.level is AGREE
    return c.container.level is not DIFFER


def has_same_pages_only(c: Comparison) -> bool:
    """The pages of one year of a journal are the same, though the volume is another."""
    return (
        c.pages.how == "equal"
        and c.volume.level is DIFFER
        and c.year.level is AGREE
        and c.container.level >= SIMILAR
    )


def is_whole_title(c: Comparison) -> bool:
    """The titles are the same from first letter to last, a footnote sign aside."""
    return c.title.how in {"equal", "footnote"}


def is_in_one_issue(c: Comparison) -> bool:
    """Journal, volume and issue are the same."""
    return c.volume.level is AGREE and c.issue.level >= SIMILAR and c.container.level is AGREE
