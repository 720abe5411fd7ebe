"""Lists of papers as feeds.

``windows.py`` chooses the papers, ``entries.py`` makes entries of them (``days.py``: of days),
``heads.py`` says what the feed is, and ``atom.py``, ``rss.py`` and ``jsonfeed.py`` each write one.
Whether a reader has the newest state already is seen to by ``papers/http/page_cache.py``.
"""
