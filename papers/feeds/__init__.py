"""Feeds of lists of papers, subscription lists and the sitemap.

``window.py`` chooses the papers, ``entries.py`` makes entries of them (``days.py``: of days),
``head.py`` makes the head of the feed, and ``atom.py``, ``rss.py`` and ``jsonfeed.py`` each write
one format. ``papers/http/page_cache.py`` answers conditional requests of feed readers.
"""
