"""Who can be asked about an identifier."""
