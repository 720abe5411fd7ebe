"""The views of the public pages, one file for each kind of address."""
