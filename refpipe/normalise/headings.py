"""Headings before titles, names of columns, and languages: tables of what databases write."""

from __future__ import annotations

LEAD_INS: dict[str, str] = {
    "erratum": "erratum", "errata": "erratum", "corrigendum": "erratum", "corrigenda": "erratum",
    "correction": "erratum", "corrections": "erratum", "author correction": "erratum",
    "publisher correction": "erratum", "correction to": "erratum", "erratum to": "erratum",
    "corrigendum to": "erratum", "correction for": "erratum", "erratum for": "erratum",
    "addendum": "addendum", "addendum to": "addendum",
    "retraction": "retraction", "retraction note": "retraction", "retraction notice": "retraction",
    "retraction notice to": "retraction", "retraction note to": "retraction",
    "expression of concern": "concern", "editorial expression of concern": "concern",
    "reply": "reply", "reply to": "reply", "author reply": "reply", "authors reply": "reply",
    "response": "reply", "response to": "reply", "author response": "reply", "in reply": "reply",
    "in response": "reply", "authors response": "reply", "the authors reply": "reply",
    "comment": "comment", "comment on": "comment", "comments on": "comment",
    "commentary": "comment", "commentary on": "comment", "re": "comment", "letter": "comment",
    "letter to the editor": "comment", "editorial comment": "comment", "invited commentary":
    "comment", "discussion": "comment", "abstract": "abstract", "summary": "summary",
    "summary of": "summary", "reprint": "reprint", "republished": "reprint",
    "reprint of": "reprint", "republication": "reprint", "preprint": "preprint",
    "protocol": "protocol", "study protocol": "protocol",
    "retracted": "", "retracted article": "", "withdrawn": "withdrawn", "removed": "withdrawn",
    "short report": "", "brief report": "", "short communication": "", "original article": "",
    "brief communication": "", "research article": "", "original research": "", "review": "",
    "review article": "", "invited review": "", "mini review": "", "guest editorial": "",
    "editorial": "", "technical note": "", "rapid communication": "", "case report": "",
    "original contribution": "", "original paper": "", "research note": "", "news": "",
    "short note": "", "clinical report": "", "preliminary report": "", "communication": "",
    "special article": "", "special report": "", "full paper": "", "regular article": "",
    "正誤表": "erratum", "訂正": "erratum", "原著": "", "総説": "", "症例報告": "", "短報": "",
}  # fmt: skip
"""Heading before a title → the mark it leaves; an empty one says nothing of the work."""

HEADING_WORDS = frozenset(
    """
    abstract abstracts acknowledgement acknowledgements address advertisement announcement
    announcements answer answers appendix article articles author authors book books brief
    calendar chair chairman chairs column comment commentary comments communication
    communications conference contents contributors cooperation correspondence cover
    director discussion editor editorial editorials editors errata erratum events foreword
    from front guest highlights index information instructions interview introduction
    invited issue issues journal keynote letter letters list masthead matter meeting
    memoriam message minutes news note notes obituary opinion opinions overview page panel
    paper papers perspective preface presidential president program programme question
    questions recent reminiscences reply report reports response review reviewer reviewers
    reviews section selected society special speech summary supplement symposium table
    tribute tutorial update volume welcome with workshop
    """.split()  # noqa: SIM905 — a list of so many words is read more easily so
)
"""Words of which the names of recurring columns are made."""

LANGUAGES = (
    "afrikaans|arabic|bulgarian|catalan|chinese|croatian|czech|danish|dutch|english|estonian|"
    "finnish|french|georgian|german|greek|hebrew|hungarian|icelandic|italian|japanese|korean|"
    "latvian|lithuanian|norwegian|persian|polish|portuguese|romanian|rumanian|russian|"
    "serbian|serbo-?croatian|slovak|slovene|slovenian|spanish|swedish|thai|turkish|ukrainian|"
    "undetermined language"
)
