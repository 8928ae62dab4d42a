"""Lippincott's journals: the slug of their pages and Ovid's code, which begins their old DOIs."""

from __future__ import annotations

import re

_TABLE = """
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
_CODES = dict(re.findall(r"(\S+) (\d{8})", _TABLE))
"""Slug → Ovid's code, as both stand in the addresses and DOIs of the journals."""

_LAST = 2002
"""After this year most DOIs are ``10.1097/01.brs.…`` or ``10.1097/BRS.…``."""

_LASTING = {"00000542": 2006, "00005344": 2003}
"""Journals that kept to the old form for longer."""


def from_slug(match: re.Match[str]) -> str | None:
    """The DOI of a page: ``/spinejournal/…/1997/07150/….25.aspx``."""
    code = _CODES.get(match["slug"].lower(), "")
    issue = match["issue"] + match["part"]
    return _doi(code, match["year"], issue, match["article"])


def from_code(match: re.Match[str]) -> str | None:
    """The DOI of an accession number, for journals of the table."""
    return _doi(match["code"], match["year"], match["issue"], match["article"])


def _doi(code: str, year: str, issue: str, article: str) -> str | None:
    if code not in _CODES.values() or int(year) > _LASTING.get(code, _LAST):
        return None
    return f"10.1097/{code}-{year}{issue}-{article:0>5}"
