"""What a record means: one reader for each kind of source."""
