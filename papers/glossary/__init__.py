"""The glossary of the field: pairs of Chinese and English terms that translate each other.

``current_glossary()`` returns the glossary of this site: terms that ship with it (mined, with the
list written by hand on top) and the rows of ``Term``. Its methods find terms in texts of either
language and translate them (``papers/glossary/lookup.py``). Pages and prompts use only pairs that
``is_shown``; searches also use variants, by their weight and direction.
"""

from papers.glossary.current import current_glossary, current_version, shipped_glossary, warm_up
from papers.glossary.lookup import Entry, Found, Glossary, Weighted
from papers.glossary.term_pairs import Direction, Kind, Origin, TermPair
