"""Papers as references for other programs.

``reference.py`` makes one record of a paper; ``bibtex.py``, ``ris.py``, ``csl.py``, ``table.py``
and ``lines.py`` each write it in their form; ``formats.py`` lists them by the end of an address.
"""
