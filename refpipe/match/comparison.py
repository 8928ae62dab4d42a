"""What two records were found to agree on, field by field and several fields together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How far one field agrees.  Missing is unknown, never agreement."""

    DIFFER = 0
    UNKNOWN = 1
    SIMILAR = 2
    AGREE = 3


@dataclass(frozen=True, slots=True)
class Agreement:
    """One field's agreement; ``how`` names the kind (``cut``, ``typos``, ``first page`` …)."""

    level: Level
    score: float = 0.0
    how: str = ""


UNKNOWN = Agreement(Level.UNKNOWN)
DIFFER = Agreement(Level.DIFFER)
EQUAL = Agreement(Level.AGREE, 1.0, "equal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two records compared: one agreement for each field, then what contradicts.

    ``relation`` is the kind of tie that the titles' notes or versions speak of
    (``correction``, ``reply``, ``part`` …), empty for none; ``detail`` counts how much of a
    title there is to agree on: 0 generic, 1 short, 2 telling, 3 long.  ``is_equal`` is True
    where all that is known of the one is known of the other; ``is_whole`` where both are of a
    kind of which a house has one under a title, names and a year; ``is_anchored`` is False
    where neither record says where it was published: registrations, leaflets;
    ``single_author`` is True where one of them names one author and no "et al.";
    ``is_meeting`` where one is among the abstracts of a congress; ``is_supplement`` where one is
    in a supplement; ``is_translated`` where one
    has a title that its database says it translated; ``is_bare_number`` where all that makes
    them parts of a series is a number at the end of each title.
    """

    title: Agreement
    authors: Agreement
    year: Agreement
    container: Agreement
    volume: Agreement
    issue: Agreement
    pages: Agreement
    doi: Agreement
    identifier: Agreement
    url: Agreement
    detail: int
    is_equal: bool = False
    is_whole: bool = False
    is_anchored: bool = True
    single_author: bool = False
    is_meeting: bool = False
    is_supplement: bool = False
    is_translated: bool = False
    is_bare_number: bool = False
    relation: str = ""
    contradictions: tuple[str, ...] = ()

    @property
    def word_differs(self) -> bool:
        """True where a number, or a whole word, of the one title is another in the other."""
        return self.title.how in {"other numbers", "other word", "exchanged word"}

    @property
    def is_talk(self) -> bool:
        """True where one is a talk, as far as its place tells."""
        return self.is_meeting or self.is_supplement

    @property
    def fields(self) -> dict[str, Agreement]:
        """The agreements by the name of their field, in a fixed order."""
        return {name: getattr(self, name) for name in FIELDS}


FIELDS = (
    "title", "authors", "year", "container", "volume", "issue", "pages", "doi", "identifier",
    "url",
)  # fmt: skip


def has_title(c: Comparison) -> bool:
    """The titles are the same but for slips, cuts and notes."""
    return c.title.level is Level.AGREE


def has_like_title(c: Comparison) -> bool:
    """The titles are at least alike."""
    return c.title.level >= Level.SIMILAR


def has_people(c: Comparison) -> bool:
    """The authors are the same as far as both lists go."""
    return c.authors.level is Level.AGREE


def has_no_other_people(c: Comparison) -> bool:
    """Nothing in the authors speaks against it."""
    return c.authors.level is not Level.DIFFER


def has_same_place(c: Comparison) -> bool:
    """Both stand on the same page of the same volume (or issue, or year of a journal)."""
    if c.pages.level < Level.SIMILAR or c.pages.how == "inside" or c.year.level is Level.DIFFER:
        return False
    if c.volume.level is Level.DIFFER:
        return False
    return c.volume.level is Level.AGREE or (
        c.year.level >= Level.SIMILAR
        and (c.container.level >= Level.SIMILAR or c.issue.level >= Level.SIMILAR)
    )


def has_exact_place(c: Comparison) -> bool:
    """First and last page, volume, and all else that is known of the place are the same."""
    return (
        has_same_place(c)
        and c.pages.how == "equal"
        and c.volume.level is Level.AGREE
        and c.year.level >= Level.UNKNOWN
        and c.issue.level is not Level.DIFFER
    )


def has_one_range(c: Comparison) -> bool:
    """First and last page of one issue of one journal are the same, and so is the year."""
    return (
        c.pages.how == "equal"
        and c.issue.level is Level.AGREE
        and c.container.level is Level.AGREE
        and c.year.level is Level.AGREE
    )


def has_other_place(c: Comparison) -> bool:
    """They stand elsewhere: other pages, or another volume."""
    return c.pages.level is Level.DIFFER or c.volume.level is Level.DIFFER


def is_no_series(c: Comparison) -> bool:
    """All that numbers them is at their titles' ends, and they stand in two volumes or years.

    Nor are they a series on two pages under two DOIs.
    """
    is_told = Level.DIFFER in {c.doi.level, c.year.level}
    is_elsewhere = c.volume.level is Level.DIFFER or (is_told and c.pages.level is Level.DIFFER)
    return c.is_bare_number and is_elsewhere


def is_same_issue(c: Comparison) -> bool:
    """Volume and issue are the same in a journal that may be the same."""
    return (
        c.volume.level is Level.AGREE
        and c.issue.level >= Level.SIMILAR
        and c.container.level is not Level.DIFFER
    )


def has_near_year(c: Comparison) -> bool:
    """The years are at most one apart, or one is not known.

    Without a volume an issue is counted from January: then the year has to be the same.
    """
    if c.year.level is Level.SIMILAR and c.volume.level is Level.UNKNOWN:
        return c.issue.level is Level.UNKNOWN
    return c.year.level is not Level.DIFFER


def is_of_one_time(c: Comparison) -> bool:
    """The years are near enough for one work of which one record tells no place.

    A talk is printed in a supplement, and the paper under its title comes in the year after.
    """
    is_placed = not c.volume.level is c.pages.level is Level.UNKNOWN
    is_later = c.is_talk and not is_placed and c.year.level is Level.SIMILAR
    return has_near_year(c) and not is_later


def has_same_page(c: Comparison) -> bool:
    """First page, and volume or journal, are the same, and nothing of the place differs."""
    return (
        c.pages.level is Level.AGREE
        and c.volume.level is not Level.DIFFER
        and c.issue.level is not Level.DIFFER
        and c.year.level >= Level.SIMILAR
        and (c.volume.level is Level.AGREE or c.container.level is Level.AGREE)
    )


def has_same_range(c: Comparison) -> bool:
    """First and last page are the same, in a book or journal that may be the same.

    Without a volume the book's name, or the year and a title that tells something, has to bear
    it out.
    """
    if c.pages.how != "equal" or Level.DIFFER in {c.year.level, c.volume.level, c.issue.level}:
        return False
    if c.container.level is Level.AGREE or c.container.how == "shorter":
        return True
    is_told = c.detail >= 1 and c.year.level is not Level.SIMILAR
    if c.container.level is Level.SIMILAR:
        return is_told
    return c.container.level is Level.UNKNOWN and is_told and c.year.level is Level.AGREE


def is_printed_on_one_page(c: Comparison) -> bool:
    """Journal, volume, issue and first page are the same."""
    return has_same_page(c) and is_in_one_issue(c) and c.issue.level is Level.AGREE


def has_no_other_container(c: Comparison) -> bool:
    """The journals may be one; names that are only alike need the same year."""
    if c.container.level is Level.SIMILAR:
        return c.year.level is Level.AGREE
    return c.container.level is not Level.DIFFER


def has_same_pages_only(c: Comparison) -> bool:
    """The pages of one year of a journal are the same, though the volume is another."""
    return (
        c.pages.how == "equal"
        and c.volume.level is Level.DIFFER
        and c.year.level is Level.AGREE
        and c.container.level >= Level.SIMILAR
    )


def is_whole_title(c: Comparison) -> bool:
    """The titles are the same from first letter to last, a footnote sign aside."""
    return c.title.how in {"equal", "footnote"}


def is_in_one_issue(c: Comparison) -> bool:
    """Journal, volume and issue are the same."""
    return (
        c.volume.level is Level.AGREE
        and c.issue.level >= Level.SIMILAR
        and c.container.level is Level.AGREE
    )


def has_counted_place(c: Comparison) -> bool:
    """Volume, issue or a range of pages are the same, in no journal that is only called alike.

    A newspaper has a first page each day, and every book an introduction on its first pages.
    """
    is_range = c.pages.how == "equal" and c.container.level is Level.AGREE
    is_counted = is_range or c.volume.level is Level.AGREE or c.issue.level >= Level.SIMILAR
    is_alike = c.container.level is Level.SIMILAR and c.container.how == "alike"
    return is_counted and c.issue.level is not Level.DIFFER and not is_alike


def is_telling(c: Comparison) -> bool:
    """A short title needs a place, or several authors and the year, to stand for a work."""
    if c.detail >= 2 or c.volume.level is Level.AGREE or c.pages.level is Level.AGREE:
        return c.detail >= 1
    if c.title.how == "cut" and c.title.score >= 0.95:
        return c.detail == 1 and not c.single_author
    return c.detail == 1 and c.authors.score >= 0.97 and c.year.level is Level.AGREE


def has_same_people_there(c: Comparison) -> bool:
    """The same several authors in the same journal, under a title that tells something."""
    is_of_several = c.authors.how == "equal" and not c.single_author
    return is_of_several and c.container.level is Level.AGREE and c.detail >= 1


def is_without_subtitle(c: Comparison) -> bool:
    """A short title and the same with a subtitle begin on one page, by the same people.

    Two talks may; of them each has a title of its own, and no database cuts it.
    """
    return (
        c.title.how == "cut"
        and has_same_people_there(c)
        and is_printed_there(c)
        and not (c.is_talk or c.contradictions)
    )


def is_printed_there(c: Comparison) -> bool:
    """Volume, first page and year are the same, and nothing of the place differs."""
    return has_same_page(c) and c.volume.level is c.year.level is Level.AGREE
