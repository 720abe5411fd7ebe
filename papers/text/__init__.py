"""Text work that knows no database and no Django."""
