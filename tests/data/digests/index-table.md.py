# A table of links to digests holds no record.
# ruff: noqa: B018
{"records": [], "problems": [["no-link", 1, ""]]}
