"""The rules: one file each, one table of codes."""
