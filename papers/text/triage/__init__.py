"""What is wrong with a Chinese text, by name, and the text without what is not the translation.

The texts are a language model's. Pure functions: no database, no Django. ``docs/triage.md`` tells
what each fault means and how often it was seen.
"""

from papers.text.triage.abstracts import triage_abstract
from papers.text.triage.faults import Fault, Triaged
from papers.text.triage.leftovers import words_left
from papers.text.triage.signs import faulty_places
from papers.text.triage.titles import triage_title

VERSION = 2  # of the rules: what others judged is judged again (check_translations --apply)
