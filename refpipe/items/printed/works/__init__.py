"""References to all that is no journal article, each read by the order of its kind."""
