"""Numbered references for health articles, resolved, deduplicated and kept in step."""

__version__ = "0.1.0"
