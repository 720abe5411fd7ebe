"""Citations: papers exported as references for other programs.

``reference.py`` makes a reference from a paper. ``bibtex.py``, ``ris.py``, ``csl.py``,
``csv_file.py`` and ``jsonl.py`` each write one format; ``formats.py`` lists the formats.
"""
