"""The rules, those about one thing in one file."""
