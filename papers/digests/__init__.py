"""Digest files read into records, within limits. No database, no Django."""
