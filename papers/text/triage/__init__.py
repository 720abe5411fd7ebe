"""Triage of machine translations: find named faults, and remove text that is not translation.

The Chinese texts were written by a language model. Pure functions without database and Django.
``docs/triage.md`` explains each fault and how often it occurs.
"""

from papers.text.triage.abstracts import triage_abstract
from papers.text.triage.faults import Fault, Triaged
from papers.text.triage.leftovers import words_left
from papers.text.triage.signs import faulty_places
from papers.text.triage.titles import triage_title

VERSION = 6  # of the rules: check_translations --apply checks texts of other versions again
