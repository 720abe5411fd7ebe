"""Tests of the site's own translator."""
