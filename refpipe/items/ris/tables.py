"""What RIS's types and tags mean in CSL.

After the RIS specification (Research Information Systems, 2001 and 2011) and what EndNote,
PubMed, Scopus and publishers' sites write.
"""

from __future__ import annotations

TYPES = {
    "ABST": "article-journal", "ADVS": "motion_picture", "AGGR": "document",
    "ANCIENT": "document", "ART": "graphic", "BILL": "bill", "BLOG": "post-weblog",
    "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter", "CHART": "graphic",
    "CLSWK": "book", "COMP": "software", "CONF": "paper-conference",
    "CPAPER": "paper-conference", "CTLG": "article-magazine", "DATA": "dataset",
    "DBASE": "dataset", "DICT": "entry-dictionary", "EBOOK": "book", "ECHAP": "chapter",
    "EDBOOK": "book", "EJOUR": "article-journal", "ELEC": "webpage", "ENCYC": "entry-encyclopedia",
    "EQUA": "document", "FIGURE": "graphic", "GEN": "article-journal", "GOVDOC": "report",
    "GRANT": "document", "HEAR": "hearing", "ICOMM": "personal_communication",
    "INPR": "article-journal", "JFULL": "article-journal", "JOUR": "article-journal",
    "LEGAL": "regulation", "MANSCPT": "manuscript", "MAP": "map", "MGZN": "article-magazine",
    "MPCT": "motion_picture", "MULTI": "motion_picture", "MUSIC": "song",
    "NEWS": "article-newspaper", "PAMP": "pamphlet", "PAT": "patent",
    "PCOMM": "personal_communication", "PREPRINT": "article", "RPRT": "report", "SER": "book",
    "SLIDE": "speech", "SOUND": "song", "STAND": "standard", "STAT": "legislation",
    "THES": "thesis", "UNBILL": "bill", "UNPB": "manuscript", "UNPD": "manuscript",
    "VIDEO": "motion_picture", "WEB": "webpage",
}  # fmt: skip
"""Any other type is a ``document``."""

TYPES_BACK = {
    "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
    "article": "UNPB", "bill": "BILL", "book": "BOOK", "chapter": "CHAP", "dataset": "DATA",
    "entry-dictionary": "DICT", "entry-encyclopedia": "ENCYC", "graphic": "ART",
    "hearing": "HEAR", "legal_case": "CASE", "legislation": "STAT", "manuscript": "MANSCPT",
    "map": "MAP", "motion_picture": "VIDEO", "pamphlet": "PAMP", "paper-conference": "CONF",
    "patent": "PAT", "personal_communication": "PCOMM", "post-weblog": "BLOG",
    "regulation": "LEGAL", "report": "RPRT", "review": "JOUR", "software": "COMP",
    "song": "SOUND", "speech": "SLIDE", "standard": "STAND", "thesis": "THES", "webpage": "ELEC",
}  # fmt: skip
"""CSL type → type that older programs know; any other is ``GEN``."""

PERIODICALS = frozenset({"article-journal", "article-magazine", "article-newspaper", "review"})
PARTS = frozenset({"chapter", "entry-dictionary", "entry-encyclopedia", "paper-conference"})
SITES = frozenset({"webpage", "post-weblog"})
CASES = frozenset({"legal_case", "bill", "legislation", "regulation"})
PAGE_COUNTS = frozenset({"book", "thesis", "manuscript", "pamphlet"})
"""Types whose ``SP`` is a number of pages."""
PAGED = PERIODICALS | PARTS | CASES | {"report", "patent", "hearing", "standard", "review"}
WITH_VOLUME = PERIODICALS | PARTS | CASES | {"book", "song", "dataset"}

TEXTS = {
    "AB": "abstract", "N2": "abstract", "ET": "edition", "NV": "number-of-volumes",
    "CN": "call-number", "DB": "archive", "AN": "archive_location", "ST": "title-short",
    "TT": "original-title", "SE": "section", "OP": "original-title", "M3": "genre",
}  # fmt: skip
"""Tag → variable where the type does not matter; the first that has a value counts."""
