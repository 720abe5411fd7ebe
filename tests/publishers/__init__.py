"""Following publishers: addresses, checkouts, archives."""
