"""Follow publishers: fetch what they publish into checkouts of their own, and import what changed.

A checkout is foreign: its address, its history and its files are bounded and checked here, its
digests by the import.
"""
