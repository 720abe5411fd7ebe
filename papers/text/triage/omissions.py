"""Whether a Chinese abstract leaves sentences of its English out."""

import re

from papers.text.bead_costs import length
from papers.text.incomplete import left_out
from papers.text.sentence_pairs import aligned

_LONGEST = 0.93
"""The length of a Chinese abstract that is aligned, as a share of its English. Of 43 abstracts with
a sentence that is left out, drawn from 6,000, one is longer."""

_ENGLISH_END = re.compile(r"""[.!?][)\]"'”’]?\s""")
_CHINESE_END = re.compile("[。！？]")


def leaves_sentences_out(chinese: str, english: str) -> bool:
    """Whether at least one whole sentence of the English is surely not in the Chinese
    (docs/alignment.md)."""
    if not _may_leave_out(chinese, english):
        return False
    return bool(left_out(english, chinese, aligned(english, chinese)))


def _may_leave_out(chinese: str, english: str) -> bool:
    """A quick first look, false for nineteen of twenty: whether the Chinese has fewer sentences and
    is shorter. Aligning takes a hundred times as long."""
    fewer = len(_CHINESE_END.findall(chinese)) <= len(_ENGLISH_END.findall(english.rstrip()))
    return fewer and length(chinese) < _LONGEST * length(english)
