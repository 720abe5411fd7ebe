"""The import: store records as evidence, and derive from it what readers see."""
