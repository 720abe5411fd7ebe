"""Which papers, how many, in what order: topics, authors, counts, filters, pages, cursors."""
