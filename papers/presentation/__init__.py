"""What pages show of rows: cards, labels, calendars, charts, and what is kept of them."""
