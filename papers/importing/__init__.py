"""Records become rows: evidence is written, what readers see is derived from it."""
