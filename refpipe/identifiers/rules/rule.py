"""The shape of a rule, and how it is tried on an address."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from refpipe.model import Certainty, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row: where it applies, what it finds there, and how that is known."""

    name: str
    host: str = ".*"
    """A pattern for the whole host, without ``www.``; its groups fill ``gives``."""
    pattern: str
    """A pattern searched in path and query, percent-decoded; its groups fill it as well."""
    gives: str | Callable[[re.Match[str]], str | None]
    """A template (``10.1038/{id}``) or a function of the match; an empty string says that the
    address is known to hold no identifier and ends the search."""
    certainty: Certainty = Certainty.CANDIDATE
    scheme: Scheme = Scheme.DOI
    source: str = ""
    """Where the knowledge comes from."""
    example: tuple[str, str]
    """An address and what the rule makes of it."""
    between: tuple[str, int, int] | None = None
    """A numeric group and the range, ends included, in which the rule holds."""

    def answer(self, host: str, subject: str) -> str | None:
        """What the rule finds in an address; None where it does not apply."""
        site = _compiled(self.host).fullmatch(host)
        match = _compiled(self.pattern).search(subject) if site else None
        if not site or not match or not self._holds(match):
            return None
        if callable(self.gives):
            return self.gives(match)
        return self.gives.format(**site.groupdict(), **match.groupdict(default=""))

    def _holds(self, match: re.Match[str]) -> bool:
        if self.between is None:
            return True
        group, first, last = self.between
        return first <= int(match[group]) <= last


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


# ── Elsevier's publisher item identifiers and the DOIs made of them ─────────────────────────────


_LANCETS = frozenset(
    """
    01406736 14702045 14744422 14733099 22132600 22138587 22150366 23523018 23523026 2214109X
    24682667 24681253 23524642 25425196 25897500 26659913 26665247 26667568
    """.split()  # noqa: SIM905
)
"""ISSNs of the Lancet journals, whose DOIs are PIIs to this day."""

_PII_LAST = 2002
"""The last year in which a PII with S was, nearly always, the DOI."""

_RESCANNED = 80000
"""From this number on an item is one that was scanned later, whose DOI is its PII in any year."""

_SERIAL = re.compile(r"S?(\d{7}[\dX])(\d\d)(\d{5})([\dX])")
_BOOK = re.compile(r"B(97[89])(\d{9})([\dX])(\d{5})([\dX])")


def pii_doi(match: re.Match[str]) -> str | None:
    """The DOI of a PII; None for the many of which the DOI is something else."""
    pii = re.sub(r"[^0-9SXB]", "", match["pii"].upper())
    if book := _BOOK.fullmatch(pii):
        return _book(*book.groups())
    serial = _SERIAL.fullmatch(pii)
    if not serial:
        return None
    issn, yy, number, check = serial.groups()
    suffix = f"{issn[:4]}-{issn[4:]}({yy}){number}-{check}"
    if not pii.startswith("S"):
        return f"10.1016/{suffix}"
    is_the_doi = issn in _LANCETS or year(yy) <= _PII_LAST or int(number) >= _RESCANNED
    return f"10.1016/s{suffix}" if is_the_doi else None


def year(yy: str, *, first: int = 30) -> int:
    """The year that two digits mean, if none is older than ``first`` of the last century."""
    return (1900 if int(yy) >= first else 2000) + int(yy)


def _book(prefix: str, body: str, check: str, chapter: str, chapter_check: str) -> str | None:
    """A chapter: ``/5…`` behind a bare ISBN in the older form, ``.0…`` behind a hyphened one."""
    if chapter.startswith("5"):
        return f"10.1016/b{prefix}-{body}-{check}/{chapter}-{chapter_check}"
    if prefix != "978" or not chapter.startswith("0"):
        return None
    # Imported here: the package takes its time, and few addresses are of chapters.
    from stdnum import isbn as arithmetic

    parts = [part for part in arithmetic.split(prefix + body + check) if part]
    if len(parts) != 5:
        return None
    return f"10.1016/b{'-'.join(parts)}.{chapter}-{chapter_check}"


_LWW_TABLE = """
spinejournal 00007632 jspinaldisorders 00002517 neurosurgery 00006123 annalsofsurgery 00000658
anesthesiology 00000542 anesthesia-analgesia 00000539 ccmjournal 00003246 jtrauma 00005373
plasreconsurg 00006534 annalsplasticsurgery 00000637 transplantjournal 00007890 clinorthop 00003086
corr 00003086 jorthotrauma 00005131 clinicalpain 00002508 aidsonline 00002030 jhypertension 00004872
co-anesthesiology 00001503 co-cardiology 00001573 co-gastroenterology 00001574
co-hematology 00062752 co-infectiousdiseases 00001432 co-lipidology 00041433
co-clinicalnutrition 00075197 co-nephrolhypertens 00041552 co-neurology 00019052
co-obgyn 00001703 co-oncology 00001622 co-ophthalmology 00055735 co-otolaryngology 00020840
co-pediatrics 00008480 co-psychiatry 00001504 co-pulmonarymedicine 00063198
co-rheumatology 00002281 co-urology 00042307 co-criticalcare 00075198 co-allergy 00130832
co-transplantation 00075200 jcge 00004836 pancreasjournal 00006676 pidj 00006454
pec-online 00006565 psychosomaticmedicine 00006842 academicmedicine 00001888 epidem 00001648
lww-medicalcare 00005650 acsm-msse 00005768 ajsp 00000478 investigativeradiology 00004424
jcat 00004728 topicsinmri 00002142 jcraniofacialsurgery 00001665 ejanaesthesiology 00003643
melanomaresearch 00008390 anti-cancerdrugs 00001813 neuroreport 00001756
jneuro-ophthalmology 00041327
retinajournal 00006982 corneajrnl 00003226 ear-hearing 00003446 smajournalonline 00007611
md-journal 00005792 jpgn 00005176 stdjournal 00007435 cardiovascularpharm 00005344
clinicalnuclearmed 00003072 nuclearmedicinecomm 00006231 shockjournal 00024382
psychopharmacology 00004714 jonmd 00005053 headtraumarehab 00001199 intjgynpathology 00004347
amjforensicmedicine 00000433 amjclinicaloncology 00000421 ajnonline 00000446 joem 00043764
jrnldbp 00004703 eurojgh 00042737 coronary-artery 00019501 bloodcoagulation 00001721
psychgenetics 00041444 intclinpsychopharm 00004850 behaviouralpharm 00008877 jaids 00126334
"""
_LWW_CODES = dict(re.findall(r"(\S+) (\d{8})", _LWW_TABLE))
"""Slug → Ovid's code, as both stand in the addresses and DOIs of the journals."""

_LWW_LAST = 2002
"""After this year most DOIs are ``10.1097/01.brs.…`` or ``10.1097/BRS.…``."""

_LASTING = {"00000542": 2006, "00005344": 2003}
"""Journals that kept to the old form for longer."""


def from_slug(match: re.Match[str]) -> str | None:
    """The DOI of a page: ``/spinejournal/…/1997/07150/….25.aspx``."""
    code = _LWW_CODES.get(match["slug"].lower(), "")
    issue = match["issue"] + match["part"]
    return _doi(code, match["year"], issue, match["article"])


def from_code(match: re.Match[str]) -> str | None:
    """The DOI of an accession number, for journals of the table."""
    return _doi(match["code"], match["year"], match["issue"], match["article"])


def _doi(code: str, year: str, issue: str, article: str) -> str | None:
    if code not in _LWW_CODES.values() or int(year) > _LASTING.get(code, _LWW_LAST):
        return None
    return f"10.1097/{code}-{year}{issue}-{article:0>5}"


_MDPI_TABLE = """
1422-0067 ijms 1660-4601 ijerph 2077-0383 jcm 2072-6643 nu 2072-6694 cancers 2073-4409 cells
2227-9059 biomedicines 2227-9032 healthcare 2075-4418 diagnostics 1648-9144 medicina
1420-3049 molecules 1424-8220 s 2076-3417 app 2071-1050 su 2076-2607 microorganisms
2076-393X vaccines 1999-4915 v 2076-3921 antiox 2218-273X biom 1999-4923 pharmaceutics
1424-8247 ph 2076-3425 brainsci 2075-4426 jpm 2308-3425 jcdd 2411-5142 jfmk 2075-4663 sports
2072-6651 toxins 2218-1989 metabo 2304-8158 foods 2079-6382 antibiotics 2076-0817 pathogens
2414-6366 tropicalmed 2227-9067 children 2076-328X bs 2079-7737 biology 2073-4425 genes
1999-4907 f 2073-4441 w 2072-4292 rs 1996-1073 en 1996-1944 ma 2079-4991 nano 2073-4360 polym
2223-7747 plants 2076-2615 ani 2306-7381 vetsci 2304-6767 dj 2313-7673 biomimetics
2306-5354 bioengineering 1660-3397 md 2225-1154 cli 2304-6775 publications 2073-8994 sym
1099-4300 e 2227-7390 math 2079-9292 electronics 2072-666X mi 2220-9964 ijgi 2073-4433 atmos
2073-4395 agronomy 2077-0472 agriculture 2309-608X jof 2075-1729 life 2077-0375 membranes
2079-6412 coatings 2075-4701 met 2073-4344 catal 2227-9717 pr 2218-6581 robotics 2078-2489 info
2305-6304 toxics 2306-5729 data 2313-433X jimaging 2077-1312 jmse 2075-5309 buildings
2227-7102 educsci 2076-0760 socsci 2076-0787 h 2077-1444 rel 2226-4310 aerospace 2075-163X min
2076-3263 geosciences 2073-445X land 2310-2861 gels 2311-5637 fermentation 2073-4352 cryst
2304-6740 inorganics 2075-4450 insects 2227-9040 chemosensors 2079-6374 bios 2073-4468 antib
2039-4403 nursrep 1718-7729 curroncol 2254-9625 ejihpe 2218-1997 universe 2039-7283 clinpract
2035-8377 neurolint 2379-139X tomography 2624-8549 chemistry 2304-6732 photonics
"""
_MDPI_CODES = dict(re.findall(r"(\S{9}) (\S+)", _MDPI_TABLE))
"""ISSN → the code of the journal in DOIs (https://www.mdpi.com/about/journals)."""


def mdpi_article(match: re.Match[str]) -> str | None:
    """The DOI of ``/ISSN/volume/issue/article``; None for a journal that is not in the table."""
    code = _MDPI_CODES.get(match["issn"].upper())
    if code is None or len(match["article"]) > 5:
        return None
    return f"10.3390/{code}{match['volume']}{match['issue']:0>2}{match['article']:0>4}"


_OLD_NUMBERS = {
    "66": "bjc", "68": "hdy", "12": "onc", "24": "leu", "08": "ijo", "40": "mp", "13": "npp",
    "67": "eye", "16": "ejcn", "44": "cdd", "33": "gt", "17": "bmt", "39": "ijir", "10": "jhh",
    "31": "sc", "48": "bdj", "72": "jp", "52": "ejhg", "76": "emboj", "45": "pcan", "65": "tpj",
}  # fmt: skip
"""First two of seven digits → the journal of DOIs like ``10.1038/sj.bjc.6605123``."""

_UNDOTTED = frozenset(
    """
    nature ncomms srep ng nm nn nbt nmat nphys nphoton nnano nchem nchembio ncb ni nsb nsmb
    nmeth nri nrc nrg nrd nrm nrn nrmicro ngeo nclimate
    """.split()  # noqa: SIM905
)
"""Journals whose DOIs run letters and digits together, so that 2012 in them is no year."""

_YEAR = re.compile(r"([a-z]+)((?:19|20)\d\d)(\d{1,4})")


def nature_article(match: re.Match[str]) -> str | None:
    """The DOI of ``/articles/ID``: mostly ``10.1038/ID``, with dots where the address lost them."""
    name = re.sub(r"\.(?:pdf|epub|ris)$", "", match["id"].lower())
    if re.fullmatch(r"\d{7}", name):
        journal = _OLD_NUMBERS.get(name[:2])
        return f"10.1038/sj.{journal}.{name}" if journal else None
    dotted = _YEAR.fullmatch(name)
    if dotted and dotted[1] not in _UNDOTTED:
        return "10.1038/" + ".".join(dotted.groups())
    return f"10.1038/{name}" if re.search(r"\d", name) else None


_JSTAGE_TABLE = """
internalmedicine   10.2169/internalmedicine
internalmedicine1992 10.2169/internalmedicine
naika              10.2169/naika
bpb                10.1248/bpb
bpb1993            10.1248/bpb
cpb                10.1248/cpb
cpb1958            10.1248/cpb
yakushi            10.1248/yakushi
circj              10.1253/circj
circj1960          10.1253/jcj
tjem               10.1620/tjem
tjem1920           10.1620/tjem
jpts               10.1589/jpts
rika               10.1589/rika
jspfsm             10.7600/jspfsm
jspfsm1949         10.7600/jspfsm
geriatrics         10.3143/geriatrics
geriatrics1964     10.3143/geriatrics
jjsca              10.2199/jjsca
jnms               10.1272/jnms
joh                10.1539/joh
sangyoeisei        10.1539/sangyoeisei
fpj                10.1254/fpj
"""
_JSTAGE_BEGINNINGS = dict(re.findall(r"(\S+) +(10\.\S+)", _JSTAGE_TABLE))
"""Code of the journal in addresses → the beginning of its DOIs."""


def jstage_article(match: re.Match[str]) -> str | None:
    """The DOI of ``/article/CODE/VOLUME/ISSUE/VOLUME_ISSUE_PAGE``, for journals of the table.

    Newer articles have the manuscript's number where the page was; their page must be asked.
    """
    begin = _JSTAGE_BEGINNINGS.get(match["journal"].lower())
    return f"{begin}.{match['volume']}.{match['page']}" if begin else None
