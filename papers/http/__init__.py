"""HTTP middleware and helpers for all responses.

Client address, sign-in and rate limits; the page cache and its keys; compression; outages of the
database, a replica or the cache.
"""
