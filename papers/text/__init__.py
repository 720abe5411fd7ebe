"""Functions on text, without database and without Django."""
