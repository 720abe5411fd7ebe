"""The Django app: each folder is a room, and imports run one way (docs/architecture.md)."""
