"""Template tags and filters; other packages do not import them."""
