"""The site's own translator: Chinese for papers whose publishers gave none (docs/translating.md)."""
