"""Stands in for a machine that has no wheel of pysqlite3."""

raise ModuleNotFoundError("No module named 'pysqlite3'", name="pysqlite3")
