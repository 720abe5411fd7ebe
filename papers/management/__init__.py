"""Management commands; each calls a function of another room."""
