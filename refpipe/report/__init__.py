"""Findings as text: for people, for programs, and for the machines that show them."""

from refpipe.report.concise import line

__all__ = ["line"]
