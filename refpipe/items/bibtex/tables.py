"""What BibTeX's and biblatex's types and fields mean in CSL.

After the manuals of BibTeX and of biblatex 3.20 (https://ctan.org/pkg/biblatex, chapter 2) and
CSL 1.0.2's appendix IV.
"""

from __future__ import annotations

TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "review": "review",
    "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book",
    "proceedings": "book", "mvproceedings": "book", "manual": "book", "booklet": "book",
    "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter", "incollection": "chapter",
    "suppcollection": "chapter", "inproceedings": "paper-conference",
    "conference": "paper-conference", "inreference": "entry-encyclopedia",
    "reference": "book", "mvreference": "book", "entry": "entry",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "bachelorsthesis": "thesis", "techreport": "report", "report": "report",
    "standard": "standard", "patent": "patent", "legislation": "legislation",
    "jurisdiction": "legal_case", "legal": "legislation",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "webpage": "webpage",
    "unpublished": "manuscript", "misc": "document", "dataset": "dataset", "data": "dataset",
    "software": "software", "periodical": "periodical", "letter": "personal_communication",
    "artwork": "graphic", "image": "graphic", "audio": "song", "music": "song",
    "video": "motion_picture", "movie": "motion_picture", "performance": "performance",
    "newsarticle": "article-newspaper", "newspaper": "article-newspaper",
    "magazine": "article-magazine", "preprint": "article",
}  # fmt: skip
"""Entry type → CSL type; any other is a ``document``."""

TYPES_BACK = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "book": "book", "pamphlet": "booklet", "chapter": "incollection",
    "paper-conference": "inproceedings", "entry-encyclopedia": "inreference",
    "entry-dictionary": "inreference", "thesis": "thesis", "report": "techreport",
    "patent": "patent", "webpage": "online", "post-weblog": "online", "post": "online",
    "manuscript": "unpublished", "dataset": "dataset", "software": "software",
    "periodical": "periodical", "legislation": "legislation", "legal_case": "jurisdiction",
    "personal_communication": "letter", "graphic": "artwork", "song": "audio",
    "motion_picture": "video", "performance": "performance", "standard": "standard",
}  # fmt: skip
"""CSL type → entry type; any other is ``misc`` and named in the field ``csl-type``."""

STANDINGS = {
    "inpreparation": "in preparation", "submitted": "submitted", "forthcoming": "forthcoming",
    "inpress": "in press", "prepublished": "prepublished",
}  # fmt: skip
"""biblatex's keys in the field ``pubstate`` → what they stand for."""

THESES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis",
          "bachelorsthesis": "Bachelor’s thesis"}  # fmt: skip
THESIS_TYPES = {"phdthesis": "PhD thesis", "mathesis": "Master’s thesis",
                "bathesis": "Bachelor’s thesis", "candthesis": "Candidate thesis"}  # fmt: skip
"""What biblatex's keys in the field ``type`` stand for."""

FIELDS = {
    "doi": "DOI", "url": "URL", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID", "pmcid": "PMCID",
    "volume": "volume", "volumes": "number-of-volumes", "edition": "edition",
    "pages": "page", "pagetotal": "number-of-pages", "chapter": "chapter-number",
    "abstract": "abstract", "note": "note", "annote": "annote", "annotation": "annote",
    "keywords": "keyword", "keyword": "keyword", "langid": "language", "language": "language",
    "shorttitle": "title-short", "shortjournal": "container-title-short",
    "eventtitle": "event-title", "venue": "event-place", "version": "version",
    "part": "part-number",
    "library": "call-number", "lccn": "call-number", "origtitle": "original-title",
    "origpublisher": "original-publisher", "origlocation": "original-publisher-place",
    "series": "collection-title", "status": "status", "medium": "medium", "scale": "scale",
}  # fmt: skip
"""Field → CSL variable, where one says what the other does; the first that has a value counts."""

PLAIN = frozenset({"DOI", "URL", "ISBN", "ISSN", "PMID", "PMCID"})
"""Variables that hold no LaTeX, only its escapes."""

RICH = frozenset({"abstract", "note", "annote", "keyword", "title-short", "container-title-short",
    "event-title", "collection-title", "original-title"})  # fmt: skip
"""Variables in which a face means something; a bold volume is a matter of style."""

ROLES = {
    "author": "author", "editor": "editor", "translator": "translator",
    "bookauthor": "container-author", "director": "director", "holder": "author",
}  # fmt: skip
EDITOR_ROLES = {"director": "director", "compiler": "compiler", "organizer": "organizer"}

INHERITED = {
    "title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon",
    "author": "bookauthor",
}  # fmt: skip
"""How a parent's field is called in the child that inherits it."""
NOT_INHERITED = frozenset({"crossref", "xref", "xdata", "entryset", "keywords", "note", "annote",
    "annotation", "abstract", "doi", "url", "urldate", "eprint", "pages", "pagetotal", "file",
    "shorttitle", "ids", "label", "pmid", "pmcid", "related"})  # fmt: skip
IN_CONTAINER = frozenset({"inbook", "bookinbook", "suppbook", "incollection", "suppcollection",
    "inproceedings", "conference", "inreference"})  # fmt: skip
