"""Text work that knows no database: sentences, and which of them say the same."""
