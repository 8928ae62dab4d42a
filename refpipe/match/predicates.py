"""The predicates of the rules: what has to agree, and what must not speak against it."""

from __future__ import annotations

from refpipe.match import comparison as e
from refpipe.match.comparison import Comparison, Level

AGREE, SIMILAR, UNKNOWN, DIFFER = Level.AGREE, Level.SIMILAR, Level.UNKNOWN, Level.DIFFER

_ALIKE = 0.8
"""How alike two titles are of which a rule makes more than of two that only share some words."""

NOTICES = frozenset(("correction", "retraction", "expression-of-concern", "reply"))
"""Relations in which the other's authors may be others, and its title is quoted whole."""


def is_copy(c: Comparison) -> bool:
    """All that is known of the one is known of the other, and it is enough to know a work by.

    A short title without a place may be a column's, of which a year has several; no book is.
    """
    is_placed = e.has_same_place(c) and (c.detail > 0 or e.has_counted_place(c))
    return c.is_equal and (c.detail >= 2 or is_placed or (c.is_whole and e.has_title(c)))


def is_equal(c: Comparison) -> bool:
    """All that is known of the one is known of the other, and it is little."""
    return c.is_equal


def is_apart(c: Comparison) -> bool:
    """A title says that it is another thing than the other, and they do not stand in one spot."""
    if not c.relation or not e.has_like_title(c) or is_noted_later(c):
        return False
    is_issue = c.issue.level is AGREE or c.relation == "congress-abstract"
    is_same_spot = e.has_same_page(c) and e.has_people(c) and is_issue
    if c.authors.level is UNKNOWN:
        is_same_spot = e.has_title(c) and e.is_printed_on_one_page(c)
    return not e.has_exact_place(c) and not is_same_spot


def is_noted_later(c: Comparison) -> bool:
    """One DOI, one title: only one of the records notes that it is a protocol, or was withdrawn.

    A next version has a DOI of its own; an erratum or an abstract often carries the paper's.
    """
    return (
        c.relation in {"new-version", "part", "review-version"}
        and c.doi.level is AGREE
        and e.is_whole_title(c)
        and e.has_people(c)
        and c.year.level is not DIFFER
        and not e.has_other_place(c)
    )


def is_related(c: Comparison) -> bool:
    """Two things apart that are about one another: quoted whole, or by the same authors."""
    if not is_apart(c) or e.is_no_series(c):
        return False
    return e.has_title(c) if c.relation in NOTICES else e.has_people(c)


def is_version(c: Comparison) -> bool:
    """The DOIs are versions of one review or preprint."""
    return c.doi.how == "versions" and e.has_like_title(c)


def is_other_identifier(c: Comparison) -> bool:
    """They have different PMIDs, which one work hardly ever has."""
    return c.identifier.level is DIFFER and not (e.has_title(c) and e.has_exact_place(c))


def is_same_doi(c: Comparison) -> bool:
    """The DOI is one, and neither title nor place speaks against it."""
    if c.doi.level is not AGREE or c.title.level is DIFFER:
        return is_retitled(c)
    if not e.has_no_other_people(c) and not (e.is_whole_title(c) and c.detail >= 2):
        return False
    if c.title.level is SIMILAR:
        # A supplement has one DOI for all its abstracts: only the place parts them.
        is_near = c.title.score >= 0.85 and c.title.how == "alike" and not e.has_other_place(c)
        return e.has_people(c) and (e.has_exact_place(c) or (is_near and c.detail >= 2))
    if c.title.level is UNKNOWN and c.container.level is DIFFER:
        return False
    if e.has_same_place(c):
        return True
    is_told = c.title.level is UNKNOWN or e.has_title(c) or e.has_people(c)
    return is_told and not e.has_other_place(c)


def is_retitled(c: Comparison) -> bool:
    """A database translated or replaced the title: one DOI, one place, one set of authors."""
    if c.doi.level is not AGREE or not e.has_no_other_people(c):
        return False
    return e.has_exact_place(c) or (e.has_people(c) and e.has_same_range(c))


def is_same_doi_slip(c: Comparison) -> bool:
    """One DOI, one title, one journal or page: what else differs of the place is a slip."""
    is_short = c.detail < 2 and not (e.is_whole_title(c) and e.has_same_people_there(c))
    if c.doi.level is not AGREE or not e.has_title(c) or is_short:
        return False
    if c.pages.level is AGREE and c.authors.level is not DIFFER:
        return True
    return (
        e.has_people(c)
        and c.container.level is not DIFFER
        and (c.volume.level is not DIFFER or c.pages.level is not DIFFER)
    )


def is_same_identifier(c: Comparison) -> bool:
    """The PMID is one, and neither title nor DOI speaks against it."""
    return (
        c.identifier.level is AGREE
        and c.doi.level is not DIFFER
        and c.title.level is not DIFFER
        and e.has_no_other_people(c)
    )


def is_one_place_two_dois(c: Comparison) -> bool:
    """Two DOIs, but one title by one set of authors on one page."""
    return (
        c.doi.level is DIFFER
        and e.has_title(c)
        and c.title.score >= 0.9
        and e.has_people(c)
        and (
            e.has_same_page(c)
            or is_one_issue_two_registrants(c)
            or (is_one_issue(c) and c.pages.level is not DIFFER and c.detail == 3)
            or is_in_one_volume(c)
        )
    )


def is_in_one_volume(c: Comparison) -> bool:
    """One long title in one year of one journal: a DOI that lost its end is no other."""
    return (
        c.doi.how == "broken off"
        and e.is_whole_title(c)
        and c.detail == 3
        and c.volume.level is AGREE
        and c.container.level is AGREE
        and c.year.level is AGREE
        and DIFFER not in {c.pages.level, c.issue.level}
    )


def is_one_issue_two_registrants(c: Comparison) -> bool:
    """Two agencies gave a DOI to one title of one issue."""
    return (
        c.doi.how == "registrants"
        and e.is_same_issue(c)
        and c.pages.level is not DIFFER
        and c.detail >= 2
    )


def is_registered_twice(c: Comparison) -> bool:
    """Two DOIs for one long title of one year of a journal, and one of them says no more.

    It may be the DOI from ahead of print, or that of an erratum which does not call itself one.
    """
    return (
        c.doi.level is DIFFER
        and not c.relation
        and e.is_whole_title(c)
        and c.detail == 3
        and e.has_people(c)
        and c.container.level is AGREE
        and c.year.level is AGREE
        and c.volume.level is c.pages.level is UNKNOWN
    )


def is_other_doi(c: Comparison) -> bool:
    """The DOIs differ."""
    return c.doi.level is DIFFER


def is_title_and_place(c: Comparison) -> bool:
    """One title in one place; the name of a column needs the same volume, issue or range too."""
    if not e.has_title(c) or (c.detail == 0 and not e.has_counted_place(c)):
        return False
    if is_slip_of_volume_or_year(c):
        return True
    if e.is_whole_title(c) and e.has_people(c) and e.has_same_range(c):
        return True
    if not e.has_same_place(c):
        return False
    if e.has_no_other_people(c):
        return True
    return c.detail >= 2 and e.has_exact_place(c) and c.title.how in {"equal", "typos"}


def is_slip_of_volume_or_year(c: Comparison) -> bool:
    """The pages, the people and the title leave no doubt; volume or year is misprinted."""
    if not e.has_people(c) or c.detail < 2:
        return False
    if c.title.how not in {"equal", "footnote", "typos"}:
        # Nobody else of these several authors' papers of the year stands on the same pages.
        is_like = c.authors.how == "equal" and not c.single_author and c.title.score >= _ALIKE
        is_paired = c.title.how == "cut" or c.issue.level is AGREE
        return is_like and is_paired and not c.word_differs and e.has_same_pages_only(c)
    return (c.pages.how == "equal" and e.is_in_one_issue(c)) or e.has_same_pages_only(c)


def is_unpaged(c: Comparison) -> bool:
    """One was heard of ahead of print: no pages, and a volume that was none.

    What a congress prints twice in a year, or a journal in two places, has pages.
    """
    return is_volume_slip(c) and c.pages.how != "provisional" and not c.is_meeting


def is_one_congress(c: Comparison) -> bool:
    """One title by one set of authors among the abstracts of one congress: it is listed twice."""
    return (
        c.container.how == "congress"
        and e.is_whole_title(c)
        and c.detail >= 2
        and e.has_people(c)
        and c.year.level is AGREE
        and c.volume.level is not DIFFER
    )


def is_volume_slip(c: Comparison) -> bool:
    """All agrees but the volume, and the pages are not known."""
    return (
        (c.volume.level, c.pages.level) == (DIFFER, UNKNOWN)
        and e.is_whole_title(c)
        and c.detail == 3
        and c.authors.score >= 0.97
        and not c.single_author
        and c.container.level is AGREE
        and c.year.level is AGREE
    )


def is_like_title_and_place(c: Comparison) -> bool:
    """Like titles by the same authors on the very same pages.

    Of one word for another no such slip is known: two abstracts may begin and end on one page.
    """
    is_reworded = c.title.how == "exchanged word" and not c.is_translated
    if c.title.level is not SIMILAR or not e.has_people(c) or is_reworded:
        return False
    if e.is_without_subtitle(c):
        return True
    if c.container.level is SIMILAR and c.title.score < _ALIKE:
        return False  # Neither the journal nor the title is sure: a person looks.
    if c.volume.level is UNKNOWN:
        return e.has_one_range(c)
    return e.has_exact_place(c) or is_slip_of_volume_or_year(c)


def is_retitled_in_place(c: Comparison) -> bool:
    """Two titles for what fills the same pages of one issue, by the same authors.

    Each database translates a title anew, and says so.  Two papers may share a page, and not a
    range of pages from the first to the last; a title of which nobody says that it is a
    translation may be the wrong one in a right place.
    """
    return (
        c.title.level is DIFFER
        and c.is_translated
        and not c.relation
        and c.volume.level is AGREE
        and e.has_one_range(c)
        and e.has_people(c)
    )


def is_place_and_people(c: Comparison) -> bool:
    """One place and one set of authors under wholly different titles: a translation.

    Kanji and their romanised twins cannot be compared, neither as authors nor as journals.
    """
    is_script = c.title.how == c.authors.how == "script" and c.container.level is not DIFFER
    return (
        c.title.level is DIFFER
        and e.has_exact_place(c)
        and c.year.level is AGREE
        and (is_script or (e.has_people(c) and c.container.level >= SIMILAR))
    )


def is_untitled_in_place(c: Comparison) -> bool:
    """One has no title; journal, volume, page and year are the same."""
    return (
        c.title.level is UNKNOWN
        and e.has_same_place(c)
        and c.year.level is AGREE
        and c.container.level >= SIMILAR
        and (c.volume.level is AGREE or c.issue.level >= SIMILAR)
        and e.has_no_other_people(c)
    )


def is_untitled_in_issue(c: Comparison) -> bool:
    """One has no title; several authors and the issue are the same."""
    return (
        c.title.level is UNKNOWN
        and c.volume.level is AGREE
        and c.issue.level is AGREE
        and c.container.level is AGREE
        and c.authors.how == "equal"
        and not c.single_author
        and c.pages.level is not DIFFER
    )


def is_title_and_people(c: Comparison) -> bool:
    """One title by the same authors, and nothing contradicts."""
    return (
        e.has_title(c)
        and not has_other_sort(c)
        and e.has_people(c)
        and e.is_telling(c)
        and not e.has_other_place(c)
        and c.issue.level is not DIFFER
        and e.has_no_other_container(c)
        and e.is_of_one_time(c)
        and c.is_anchored
    )


def has_other_sort(c: Comparison) -> bool:
    """One is a thesis, or a part of a series, and the other does not say so."""
    is_part = "one-numbered" in c.contradictions and not e.has_same_place(c)
    return is_part or "other-kind" in c.contradictions


def is_one_issue(c: Comparison) -> bool:
    """One whole title by one set of authors in one issue: the page is a slip."""
    is_spelt = c.title.how == "typos" and c.title.score >= 0.97 and c.detail == 3
    if not e.is_in_one_issue(c) or not e.has_near_year(c) or not (e.is_whole_title(c) or is_spelt):
        return False
    if c.pages.level is DIFFER and (is_spelt or c.pages.how != "no range"):
        is_told = not is_spelt or c.pages.how == "no range"
        return is_told and c.authors.how == "equal" and c.detail >= 2
    return c.authors.score >= 0.9 and c.detail >= 1


def is_all_but_pages(c: Comparison) -> bool:
    """Even a title like "Editorial" is one where all that is known of it is the same."""
    is_anonymous = c.authors.level is UNKNOWN and c.detail >= 1 and c.volume.level is AGREE
    return (
        c.title.how == "equal"
        and (c.authors.how == "equal" or is_anonymous)
        and c.container.level is AGREE
        and c.year.level is AGREE
        and (c.issue.level is AGREE or (c.volume.level is AGREE and c.detail >= 2))
        and c.volume.level is not DIFFER
        and c.issue.level is not DIFFER
        and c.pages.level is not DIFFER
    )


def is_same_address(c: Comparison) -> bool:
    """A page is known by its address, whoever names it; a title of its own makes it another."""
    return (
        c.url.level is AGREE
        and c.title.level is not DIFFER
        and not (c.title.level is SIMILAR and c.contradictions)
        and not e.has_other_place(c)
        and e.has_no_other_people(c)
    )


def is_candidate_doi(c: Comparison) -> bool:
    """A DOI derived from an address is evidence, never proof: the rest has to bear it out."""
    return (
        c.doi.how == "candidate"
        and c.title.level is SIMILAR
        and e.has_people(c)
        and not e.has_other_place(c)
        and e.has_near_year(c)
    )


def is_possible_doi(c: Comparison) -> bool:
    """A DOI, perhaps derived, is the same, and too little else is known."""
    return c.doi.level >= SIMILAR and e.has_no_other_people(c) and c.title.level is not DIFFER


def is_title_and_issue(c: Comparison) -> bool:
    """One telling title in one issue; no authors to compare."""
    return (
        e.has_title(c)
        and e.is_same_issue(c)
        and c.pages.level is not DIFFER
        and c.detail >= 2
        and c.authors.level is UNKNOWN
        and e.has_near_year(c)
    )


def is_long_title(c: Comparison) -> bool:
    """One long title; no authors to compare, and nothing contradicts."""
    return (
        e.has_title(c)
        and "one-numbered" not in c.contradictions
        and c.is_anchored
        and c.detail == 3
        and c.authors.level is UNKNOWN
        and not e.has_other_place(c)
        and c.issue.level is not DIFFER
        and e.has_no_other_container(c)
        and e.is_of_one_time(c)
    )


def is_nearly(c: Comparison) -> bool:
    """One title, but not all of the rest fits."""
    if c.pages.level is DIFFER and DIFFER in {c.volume.level, c.issue.level}:
        return False
    is_in_place = e.is_whole_title(c) and e.has_same_place(c)
    has_people = e.has_no_other_people(c) or is_in_place
    return e.has_title(c) and c.detail >= 1 and has_people and e.has_near_year(c)


def is_named_alike(c: Comparison) -> bool:
    """One telling title of one year by other authors, and no place that could tell them apart."""
    return (
        e.is_whole_title(c)
        and c.detail >= 2
        and c.authors.level is DIFFER
        and c.year.level is AGREE
        and c.volume.level is c.pages.level is UNKNOWN
        and e.has_no_other_container(c)
    )


def is_possible_place(c: Comparison) -> bool:
    """The same authors in one place under another title, or none and a title with a lead-in."""
    if c.authors.level is UNKNOWN and c.title.how == "lead-in":
        return e.has_like_title(c) and e.is_printed_on_one_page(c)
    return e.has_like_title(c) and e.has_same_place(c) and e.has_people(c)
