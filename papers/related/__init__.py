"""Papers that are alike, judged by the words of their English titles and abstracts.

``vectors.py`` weights the words of a text, ``index.py`` finds the nearest of many vectors,
``build.py`` and ``new_papers.py`` write the neighbours of all and of new papers, ``near.py`` reads
them.
"""
