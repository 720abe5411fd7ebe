"""Read digest files into records, within limits. No database and no Django."""
