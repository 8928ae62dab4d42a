"""Findings as text: for people, for programs, and for the machines that show them.

Every writer is a function of its arguments; where the text goes, and whether a terminal is
there to colour it, is a door's affair.
"""

from refpipe.report import standing_changes
from refpipe.report.formats import FORMATS, Report, write
from refpipe.report.text import documents, line, rule_page, rule_table, statistics

__all__ = [
    "FORMATS",
    "Report",
    "documents",
    "line",
    "rule_page",
    "rule_table",
    "standing_changes",
    "statistics",
    "write",
]
