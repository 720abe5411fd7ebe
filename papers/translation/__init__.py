"""The site's own translator: Chinese where publishers gave none (docs/translating.md)."""
