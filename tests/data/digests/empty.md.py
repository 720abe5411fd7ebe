# A quiet day.
# ruff: noqa: B018
{"records": [], "problems": []}
