"""Prepare rows for templates: cards, labels, calendars and charts, and their caches."""
