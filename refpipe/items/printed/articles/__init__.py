"""References to articles in journals: authors, title, container, numbers."""
