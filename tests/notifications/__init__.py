"""Telling the operator: what, when, and by which services."""
