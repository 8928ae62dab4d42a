"""The rules, those about one thing in one file; one table of codes.

``run`` takes an article and what is known around it and gives the findings, a function of its
arguments alone.  A finding's words are made by ``message``, in English or Japanese.
"""

from refpipe.checks.rule import (
    Context,
    Double,
    HandmadeList,
    Opened,
    Reference,
    Rule,
    Searched,
    SiteDates,
    Subject,
)
from refpipe.checks.run import FAMILIES, RULES, RulePage, message, page, rule, run, select

__all__ = [
    "FAMILIES",
    "RULES",
    "Context",
    "Double",
    "HandmadeList",
    "Opened",
    "Reference",
    "Rule",
    "RulePage",
    "Searched",
    "SiteDates",
    "Subject",
    "message",
    "page",
    "rule",
    "run",
    "select",
]
