"""Lists of papers: filters, counts, order, pages and cursors; topics and authors by name."""
