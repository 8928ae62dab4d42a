"""What the readers and writers of bibliography files share."""
