"""The figures of a printed reference: volume, issue, pages and dates."""
